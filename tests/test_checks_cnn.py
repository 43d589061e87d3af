"""The checks of `02_cnn_exercises`, tried on right answers in other words and on wrong ones."""

import random
from pathlib import Path

import numpy as np
import pytest
from answers import (
    USELESS,
    assert_answers_stand_alone,
    assert_well_formed,
    failing,
    fails,
    fails_on_useless_answers,
    score,
    stubbed,
    unwritten,
    visible,
)
from keras import layers

from course_utils import checks

SOURCE = Path(__file__).parents[1] / "solutions" / "02_cnn_exercises.py"
SEEDS = (0, 101, 7)

# ---------------------------------------------------------------- shapes and parameters


def conv_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return shape[0] - lost, shape[1] - lost, filters


def pool_shape(shape, size):
    return shape[0] // size, shape[1] // size, shape[2]


def conv_parameters(channels, filters, kernel):
    return filters * (channels * kernel**2 + 1)


def dense_parameters(inputs, units):
    return inputs * units + units


RIGHT_SHAPES = {
    "conv_shapes_are_right": [
        conv_shape,
        lambda *a: list(conv_shape(*a)),
        lambda *a: np.array(conv_shape(*a)),
        lambda *a: tuple(float(v) for v in conv_shape(*a)),
        lambda s, f, k, p: layers.Conv2D(f, k, padding=p).compute_output_shape((1, *s))[1:],
    ],
    "pool_shapes_are_right": [
        pool_shape,
        lambda s, size: (*((n - size) // size + 1 for n in s[:2]), s[2]),
        lambda s, size: (np.floor(s[0] / size), np.floor(s[1] / size), s[2]),
    ],
    "conv_parameters_are_right": [
        conv_parameters,
        lambda c, f, k: np.int64(k * k * c * f + f),
        lambda c, f, k: float(conv_parameters(c, f, k)),
    ],
    "dense_parameters_are_right": [dense_parameters, lambda i, u: np.zeros((i + 1, u)).size],
}

WRONG_SHAPES = [
    ("conv_shapes_are_right", lambda s, f, k, p: (*s[:2], f), "not looked at"),
    (
        "conv_shapes_are_right",
        lambda s, f, k, p: conv_shape(s, f, k, "same" if p == "valid" else "valid"),
        "exchanged",
    ),
    (
        "conv_shapes_are_right",
        lambda s, f, k, p: (s[0] - k, s[1] - k, f) if p == "valid" else (*s[:2], f),
        "k - 1 times",
    ),
    ("conv_shapes_are_right", lambda s, f, k, p: (*conv_shape(s, f, k, p)[:2], s[2]), "one map a"),
    (
        "conv_shapes_are_right",
        lambda s, f, k, p: (*conv_shape(s, f, k, p)[1::-1], f),
        "height and width are exchanged",
    ),
    ("conv_shapes_are_right", lambda *a: (1, *conv_shape(*a)), "number of examples"),
    ("conv_shapes_are_right", unwritten, "not written yet"),
    ("pool_shapes_are_right", lambda s, k: (-(-s[0] // k), -(-s[1] // k), s[2]), "rounded up"),
    ("pool_shapes_are_right", lambda s, k: (s[0] / k, s[1] / k, s[2]), "rounds down"),
    ("pool_shapes_are_right", lambda s, k: (s[0] - k + 1, s[1] - k + 1, s[2]), "own size"),
    ("pool_shapes_are_right", lambda s, k: tuple(n // k for n in s), "channels are pooled"),
    ("conv_parameters_are_right", lambda c, f, k: c * f * k * k, "biases are missing"),
    ("conv_parameters_are_right", lambda c, f, k: f * k * k + f, "spans all channels"),
    ("conv_parameters_are_right", lambda c, f, k: f * k * c + f, "two sides"),
    ("conv_parameters_are_right", lambda c, f, k: c * f * k * k + 1, "each filter"),
    ("conv_parameters_are_right", lambda c, f, k: c * f * k * k + c, "each filter"),
    ("dense_parameters_are_right", lambda i, u: i * u, "biases are missing"),
    ("dense_parameters_are_right", lambda i, u: i * u + i, "not to each input"),
    ("dense_parameters_are_right", lambda i, u: i * u + 1, "not one to the layer"),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "answer"), [(name, answer) for name, all_ in RIGHT_SHAPES.items() for answer in all_]
)
def test_right_shapes(name, answer, seed):
    getattr(checks, name)(answer, seed=seed)


@pytest.mark.parametrize(("name", "answer", "fragment"), WRONG_SHAPES)
def test_wrong_shapes(name, answer, fragment):
    assert fragment in fails(getattr(checks, name), answer)


@pytest.mark.parametrize("name", RIGHT_SHAPES)
def test_useless_shapes_fail_in_plain_words(name):
    assert fails_on_useless_answers(getattr(checks, name))


OLD_CNN = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}
TABLE = ["cnn_shapes_are_right", "cnn_parameters_are_right"]
FORM = ["shape", "number of parameters"]


def halved_by(function):
    """OLD_CNN as a pool_output_shape of floats gives it."""
    pooled = {f"pool {k}": function(side / 2) for k, side in ((1, 30), (2, 13), (3, 4))}
    return OLD_CNN | {
        name: ((side, side, OLD_CNN[name][0][2]), 0.0) for name, side in pooled.items()
    }


@pytest.mark.parametrize(
    ("table", "formless", "failed"),
    [
        (OLD_CNN, set(), set()),
        ({name: [list(shape), np.int64(n)] for name, (shape, n) in OLD_CNN.items()}, set(), set()),
        (OLD_CNN | {"flatten": (1024, 0)}, set(), set()),
        (halved_by(np.floor), set(), set()),
        (halved_by(np.float32), {0}, {0}),
        (halved_by(float), {0}, {0}),
        (OLD_CNN | {"pool 2": ((7, 7, 128), 0)}, set(), {0}),
        (OLD_CNN | {"flatten": ((), 0)}, set(), {0}),
        (OLD_CNN | {"flatten": ((True,), 0)}, {0}, {0}),
        (OLD_CNN | {"flatten": ((float("inf"),), 0)}, {0}, {0}),
        (OLD_CNN | {"dense 1": ((512,), 524_288)}, set(), {1}),
        (OLD_CNN | {"dense 1": ((512,), "many")}, {1}, {1}),
        ({name: row for name, row in OLD_CNN.items() if name != "flatten"}, {0, 1}, {0, 1}),
        (OLD_CNN | {"dropout 1": ((2, 2, 256), 0)}, {0, 1}, {0, 1}),
        ({name: shape for name, (shape, _) in OLD_CNN.items()}, {0, 1}, {0, 1}),
        *((value, {0, 1}, {0, 1}) for value in USELESS),
        *((OLD_CNN | {"conv 2": (value, value)}, None, {0, 1}) for value in USELESS),
    ],
)
def test_table_of_the_old_net(table, formless, failed):
    assert failing(TABLE, table) == {TABLE[k] for k in failed}
    without_form = {part for part in FORM if fails(checks.cnn_rows_are_complete, table, part)}
    assert formless is None or without_form == {FORM[k] for k in formless}


def test_the_wrong_row_is_shown():
    message = fails(checks.cnn_shapes_are_right, OLD_CNN | {"pool 2": ((7, 7, 128), 0)})
    assert "the shape that pool 2 has in Keras" in message and "7, 7, 128" in message
    message = fails(checks.cnn_shapes_are_right, halved_by(float))
    assert "each part of the shape of pool 2 is a whole number" in message and "6.5" in message


# ---------------------------------------------------------------- spatial dropout

ON_ONE_PIXEL = [
    name
    for name in checks.__all__
    if name.startswith("dropout_") and name != "dropout_mask_marks_the_kept"
]


def spatial_failing(answer, seed=0):
    found = failing(ON_ONE_PIXEL, checks.with_maps_of_one_pixel(answer), seed=seed)
    if fails(checks.spatial_dropout_drops_whole_maps, answer, seed=seed):
        found |= {"maps"}
    return {name.removeprefix("dropout_") for name in found}


def with_mask(shape_of, threshold=lambda rate: rate, scale=lambda rate: 1 / (1 - rate)):
    """Spatial dropout whose draws have the shape `shape_of(n, h, w, c)`."""

    def answer(x, rate, training, generator):
        if not training:
            return x.copy()
        kept = generator.random(shape_of(*x.shape)) >= threshold(rate)
        return (x * kept * scale(rate)).astype(x.dtype)

    return answer


reference = with_mask(lambda n, h, w, c: (n, 1, 1, c))


def right_binomial(x, rate, training, generator):
    rate = rate if training else 0.0
    kept = generator.binomial(1, 1 - rate, size=(len(x), x.shape[-1]))[:, None, None]
    return (x * kept / (1 - rate)).astype(x.dtype)


def right_in_a_loop(x, rate, training, generator):
    y = x.copy()
    if training and rate:
        for n in range(x.shape[0]):
            for c in range(x.shape[3]):
                y[n, :, :, c] *= (generator.random() >= rate) / (1 - rate)
    return y


def right_repeated(x, rate, training, generator):
    if not training:
        return x
    kept = generator.uniform(size=(x.shape[0], x.shape[3])) < 1 - rate
    kept = np.repeat(np.repeat(kept[:, None, None], x.shape[1], 1), x.shape[2], 2)
    return np.where(kept, x / (1 - rate), 0).astype(x.dtype)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("answer", [reference, right_binomial, right_in_a_loop, right_repeated])
def test_right_spatial_dropout(answer, seed):
    assert spatial_failing(answer, seed) == set()


def wrong_active_at_inference(x, rate, training, generator):
    return reference(x, rate, True, generator)


def wrong_global_state(x, rate, training, generator):
    kept = np.random.rand(len(x), 1, 1, x.shape[3]) >= (rate if training else 0)
    return (x * kept / (1 - rate if training else 1)).astype(x.dtype)


def wrong_fixed_number(x, rate, training, generator):
    if not training:
        return x.copy()
    order = generator.random((len(x), 1, 1, x.shape[3])).argsort(axis=3)
    return (x * (order >= round(rate * x.shape[3])) / (1 - rate)).astype(x.dtype)


def wrong_in_place(x, rate, training, generator):
    if training:
        x *= generator.random((len(x), 1, 1, x.shape[3])) >= rate
        x /= 1 - rate
    return x


def wrong_float64(x, rate, training, generator):
    return reference(x.astype(np.float64), rate, training, generator)


def wrong_average(x, rate, training, generator):
    return reference(x, rate, training, generator).mean(axis=(1, 2))


WRONG_SPATIAL = {
    "each pixel": (with_mask(lambda n, h, w, c: (n, h, w, c)), {"maps"}, "each pixel"),
    "each row": (with_mask(lambda n, h, w, c: (n, h, 1, c)), {"maps"}, "each row"),
    "each column": (with_mask(lambda n, h, w, c: (n, 1, w, c)), {"maps"}, "each column"),
    "places": (
        with_mask(lambda n, h, w, c: (n, h, w, 1)),
        {"maps", "draws_every_unit_alone"},
        "all their channels",
    ),
    "shared by examples": (
        with_mask(lambda n, h, w, c: (1, 1, 1, c)),
        {"draws_every_unit_alone"},
        "shared by all examples",
    ),
    "whole examples": (
        with_mask(lambda n, h, w, c: (n, 1, 1, 1)),
        {"draws_every_unit_alone"},
        "shared by all features",
    ),
    "not scaled": (
        with_mask(lambda n, h, w, c: (n, 1, 1, c), scale=lambda rate: 1.0),
        {"maps", "scales_survivors"},
        "not scaled",
    ),
    "keep-probability": (
        with_mask(lambda n, h, w, c: (n, 1, 1, c), threshold=lambda rate: 1 - rate),
        {"maps", "drops_the_right_fraction", "is_identity_at_rate_zero"},
        "probability of keeping",
    ),
    "inference": (
        wrong_active_at_inference,
        {"maps", "is_identity_at_inference"},
        "still dropped",
    ),
    "global state": (wrong_global_state, {"uses_only_the_generator"}, "np.random"),
    "fixed number": (wrong_fixed_number, {"draws_every_unit_alone"}, "a fixed number"),
    "in place": (wrong_in_place, {"leaves_input_alone"}, "writing into x"),
    "float64": (wrong_float64, {"keeps_shape_and_dtype"}, "y is float64"),
    "averaged": (
        wrong_average,
        {"maps", *(name.removeprefix("dropout_") for name in ON_ONE_PIXEL)},
        "the maps that are returned have the shape",
    ),
}


@pytest.mark.parametrize(
    ("answer", "failed", "fragment"), WRONG_SPATIAL.values(), ids=WRONG_SPATIAL
)
def test_wrong_spatial_dropout(answer, failed, fragment):
    assert spatial_failing(answer) == failed
    messages = [
        fails(getattr(checks, name), checks.with_maps_of_one_pixel(answer)) for name in ON_ONE_PIXEL
    ]
    messages.append(fails(checks.spatial_dropout_drops_whole_maps, answer))
    assert any(fragment in message for message in messages if message), messages


def test_useless_spatial_dropout_fails_in_plain_words():
    assert fails_on_useless_answers(checks.spatial_dropout_drops_whole_maps)

    def on_one_pixel(answer):
        checks.dropout_scales_survivors(checks.with_maps_of_one_pixel(answer))

    assert fails_on_useless_answers(on_one_pixel)


def test_random_states_are_left_alone():
    python_state, numpy_state = random.getstate(), np.random.get_state()
    checks.spatial_dropout_drops_whole_maps(reference)
    assert spatial_failing(wrong_global_state) == {"uses_only_the_generator"}
    checks.conv_parameters_are_right(conv_parameters)
    checks.cnn_shapes_are_right(OLD_CNN)
    assert random.getstate() == python_state
    assert np.array_equal(np.random.get_state()[1], numpy_state[1])
    assert np.random.get_state()[2:] == numpy_state[2:]


def test_failure_shows_the_call_with_maps():
    one_pixel = checks.with_maps_of_one_pixel(unwritten)
    assert "shape (100, 1, 1, 20)" in fails(checks.dropout_scales_survivors, one_pixel)


# ---------------------------------------------------------------- misplaced layers

LAYERS = {"model 1": ["a", "b", "c"], "model 2": ["a", "b"]}


@pytest.mark.parametrize("names", [{"a"}, ["a"], ("a", "a"), "a", frozenset("a")])
def test_right_names(names):
    answer = {"model 1": names, "model 2": set()}
    checks.layers_are_named(answer, LAYERS)
    checks.wrong_layers_are_found(answer, "model 1", LAYERS["model 1"], [{"a"}])
    checks.wrong_layers_are_found(answer, "model 2", LAYERS["model 2"], [set()])


@pytest.mark.parametrize("names", [{"a"}, {"b"}, {"a", "b"}])
def test_either_of_a_pair_is_right(names):
    pair = [{"a"}, {"b"}, {"a", "b"}]
    checks.wrong_layers_are_found({"model 1": names}, "model 1", "abc", pair)


def test_an_empty_dict_stands_for_the_empty_set():
    checks.wrong_layers_are_found({"model 1": {}}, "model 1", "abc", [set()])


@pytest.mark.parametrize(
    ("names", "fragment"),
    [
        (set(), "at least one is missing"),
        ({"b"}, "at least one that follows"),
        ({"a", "b"}, "at least one that follows"),
        (set("abc"), "at least one that follows"),
        ({"z"}, "no dropout layer"),
        *((value, "") for value in USELESS),
    ],
)
def test_wrong_names(names, fragment):
    message = fails(
        checks.wrong_layers_are_found, {"model 1": names}, "model 1", LAYERS["model 1"], [{"a"}]
    )
    assert fragment in message
    assert fails(checks.wrong_layers_are_found, names, "model 1", LAYERS["model 1"], [{"a"}])


@pytest.mark.parametrize("answer", [{"model 1": {"a"}}, *USELESS])
def test_names_of_each_model_are_needed(answer):
    assert fails(checks.layers_are_named, answer, LAYERS)


# ---------------------------------------------------------------- the exercises


def test_reference_gets_all_points():
    assert score(SOURCE, change=lambda source: source) == 19


@pytest.mark.parametrize("keep", [lambda source: source, visible], ids=["all tests", "visible"])
def test_untouched_exercises_get_none(keep):
    assert score(SOURCE, change=stubbed, keep=keep) == 0


def test_each_answer_earns_its_own_points():
    assert_answers_stand_alone(SOURCE)


def test_exercise_cells_are_well_formed():
    assert_well_formed(SOURCE, points=19)
