"""The checks of `02_cnn_exercises`, called outside grading; its answers are in `tests/answers`."""

import pytest
from failing import USELESS, failing, fails, fails_on_useless_answers, unwritten

import course_checks as checks

# ---------------------------------------------------------------- right answers


def conv_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return shape[0] - lost, shape[1] - lost, filters


def pool_shape(shape, size):
    return shape[0] // size, shape[1] // size, shape[2]


def conv_parameters(channels, filters, kernel):
    return filters * (channels * kernel**2 + 1)


def dense_parameters(inputs, units):
    return inputs * units + units


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
LAYERS = {"model 1": ["a", "b", "c"], "model 2": ["a", "b"]}


def spatial(draws=lambda n, h, w, c: (n, 1, 1, c), scale=lambda rate: 1 / (1 - rate)):
    """Spatial dropout whose draws have the shape `draws(n, h, w, c)`."""

    def answer(x, rate, training, generator):
        if not training:
            return x.copy()
        kept = generator.random(draws(*x.shape)) >= rate
        return (x * kept * scale(rate)).astype(x.dtype)

    return answer


CASES = {
    "conv_shapes_are_right": (
        (conv_shape,),
        (lambda shape, filters, kernel, padding: (*shape[:2], filters),),
        "not looked at",
    ),
    "pool_shapes_are_right": (
        (pool_shape,),
        (lambda shape, size: (-(-shape[0] // size), -(-shape[1] // size), shape[2]),),
        "rounded up",
    ),
    "conv_parameters_are_right": (
        (conv_parameters,),
        (lambda channels, filters, kernel: channels * filters * kernel**2,),
        "biases are missing",
    ),
    "dense_parameters_are_right": (
        (dense_parameters,),
        (lambda inputs, units: inputs * units + inputs,),
        "not to each input",
    ),
    "cnn_shapes_are_right": (
        (OLD_CNN,),
        (OLD_CNN | {"pool 2": ((7, 7, 128), 0)},),
        "the shape that pool 2 has in Keras",
    ),
    "cnn_parameters_are_right": (
        (OLD_CNN,),
        (OLD_CNN | {"dense 1": ((512,), 524_288)},),
        "biases",
    ),
    "cnn_rows_are_complete": (
        (OLD_CNN, "shape"),
        (OLD_CNN | {"dropout 1": ((2, 2, 256), 0)}, "shape"),
        "Dropout layers have no row",
    ),
    "spatial_dropout_drops_whole_maps": (
        (spatial(),),
        (spatial(lambda n, h, w, c: (n, h, w, c)),),
        "a draw is made for each pixel",
    ),
    "layers_are_named": (
        ({"model 1": {"a"}, "model 2": set()}, LAYERS),
        ({"model 1": {"a"}}, LAYERS),
        "no key 'model 2'",
    ),
    "wrong_layers_are_found": (
        ({"model 1": {"a"}}, "model 1", "abc", [{"a"}, {"b"}, {"a", "b"}]),
        ({"model 1": {"c"}}, "model 1", "abc", [{"a"}, {"b"}, {"a", "b"}]),
        "at least one that follows",
    ),
}

# ---------------------------------------------------------------- properties


@pytest.mark.parametrize(
    ("table", "formless"),
    [
        (OLD_CNN, set()),
        (OLD_CNN | {"flatten": (1024, 0)}, set()),
        (OLD_CNN | {"flatten": ((), 0)}, set()),
        (OLD_CNN | {"flatten": ((True,), 0)}, {"shape"}),
        (OLD_CNN | {"pool 2": ((6.5, 6.5, 128), 0)}, {"shape"}),
        (OLD_CNN | {"dense 1": ((512,), "many")}, {"number of parameters"}),
        ({name: shape for name, (shape, _) in OLD_CNN.items()}, {"shape", "number of parameters"}),
        *((value, {"shape", "number of parameters"}) for value in USELESS),
    ],
)
def test_form_of_the_table(table, formless):
    """A row whose shape alone has no form keeps its number of parameters, and the other way."""
    found = {
        part
        for part in ("shape", "number of parameters")
        if fails(checks.cnn_rows_are_complete, table, part)
    }
    assert found == formless


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_parts_of_an_answer(value):
    """A row of the table, and the names of one model."""
    table = ["cnn_shapes_are_right", "cnn_parameters_are_right"]
    assert failing(table, OLD_CNN | {"conv 2": (value, value)}) == set(table)
    names = {"model 1": value}
    assert fails(checks.wrong_layers_are_found, names, "model 1", LAYERS["model 1"], [{"a"}])


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (spatial(), set()),
        (spatial(lambda n, h, w, c: (1, 1, 1, c)), {"dropout_draws_every_unit_alone"}),
        (spatial(scale=lambda rate: 1.0), {"dropout_scales_survivors"}),
    ],
)
def test_checks_of_dropout_on_maps_of_one_pixel(answer, failed):
    on_vectors = {name for name in checks.__all__ if name.startswith("dropout_")}
    names = on_vectors - {"dropout_mask_marks_the_kept"}
    assert failing(sorted(names), checks.with_maps_of_one_pixel(answer)) == failed


def test_useless_answers_on_maps_of_one_pixel():
    def on_one_pixel(answer):
        checks.dropout_scales_survivors(checks.with_maps_of_one_pixel(answer))

    assert fails_on_useless_answers(on_one_pixel)


def test_failure_shows_the_call_with_maps():
    one_pixel = checks.with_maps_of_one_pixel(unwritten)
    assert "shape (100, 1, 1, 20)" in fails(checks.dropout_scales_survivors, one_pixel)
