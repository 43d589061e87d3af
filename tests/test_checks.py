"""The checks, tried on right answers in unusual spellings and on wrong answers.

Each wrong answer is named after its misconception, and the table says which checks
it fails: these and no others. A check that stopped noticing a mistake, or began to
punish one twice, changes the table.
"""

import functools
import pickle
import random
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from answers import (
    assert_answers_stand_alone,
    assert_well_formed,
    crashes,
    failing,
    fails,
    fails_on_useless_answers,
    leaves,
    score,
    stubbed,
    unwritten,
    visible,
)
from keras import layers
from scipy import stats

from course_utils import checks

SOURCE = Path(__file__).parents[1] / "solutions" / "01_mlp_exercises.py"
SEEDS = (0, 101, 7)


# ---------------------------------------------------------------- rates

RATES = ["conversion_values_are_right", "conversion_refuses_values_out_of_range"]


def refuse(value, low_open):
    if not (0 < value <= 1 if low_open else 0 <= value < 1):
        raise ValueError(value)
    return 1 - value


def to_rate(k):
    return refuse(k, True)


def to_keep(r):
    return refuse(r, False)


def asserting(k):
    assert 0 < k <= 1
    return 1 - k


def always_refuses(_):
    raise ValueError


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "answer",
    [
        (to_rate, to_keep),
        (lambda k: np.float64(to_rate(k)), lambda r: np.asarray(to_keep(r))),
    ],
)
def test_right_conversions(answer, seed):
    assert failing(RATES, *answer, seed=seed) == set()


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        ((lambda k: to_rate(k) * 0 + k, to_keep), {0}),  # keep-probability taken for the rate
        ((lambda k: 1 - k, to_keep), {1}),  # no refusal
        ((to_rate, to_rate), {0, 1}),  # the same ends for both ranges
        ((asserting, to_keep), {1}),  # another exception
        ((lambda k: 100 * to_rate(k), to_keep), {0}),  # per cent
        ((always_refuses, always_refuses), {0, 1}),
        ((leaves, leaves), {0, 1}),
        ((lambda k: None, to_keep), {0, 1}),
        ((3, "x"), {0, 1}),
    ],
)
def test_wrong_conversions(answer, failed):
    assert failing(RATES, *answer) == {RATES[k] for k in failed}


# ---------------------------------------------------------------- forward

FORWARD = [name for name in checks.__all__ if name.startswith("dropout_")]


def reference(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


def right_binomial(x, rate, training, generator):
    mask = generator.binomial(1, 1 - rate if training else 1.0, size=x.shape)
    return (x * mask / (1 - rate if training else 1)).astype(x.dtype), mask


def right_where_and_float_mask(x, rate, training, generator):
    kept = generator.uniform(size=x.shape) < (1 - rate) if training else np.full(x.shape, True)
    scale = 1 / (1 - rate) if training else 1
    return np.where(kept, x * scale, 0).astype(x.dtype), kept.astype(x.dtype)


def right_in_a_loop(x, rate, training, generator):
    y, mask = np.zeros_like(x), np.zeros(x.shape, np.uint8)
    for place, value in np.ndenumerate(x):
        if not training or generator.random() >= rate:
            y[place] = value / (1 - rate) if training else value
            mask[place] = 1
    return y, mask


def right_returns_x_itself(x, rate, training, generator):
    if not training or rate == 0:
        return x, np.ones(x.shape)
    return reference(x, rate, training, generator)


def right_draws_at_inference_too(x, rate, training, generator):
    numbers = generator.random(x.shape)
    mask = numbers >= (rate if training else 0)
    return [x * mask / x.dtype.type(1 - rate if training else 1), mask]


def right_by_choice(x, rate, training, generator):
    p = rate if training else 0.0
    mask = generator.choice([False, True], size=x.size, p=[p, 1 - p]).reshape(x.shape)
    y = x.copy()
    y[~mask] = 0
    y[mask] /= 1 - p
    return y, mask


def right_in_float32_numbers(x, rate, training, generator):
    if not training:
        return 1 * x, np.ones_like(x, dtype=bool)
    mask = generator.random(x.shape, dtype=np.float32) > rate - 1e-9
    return np.multiply(x, mask) * (1 / (1 - rate)), mask


def wrong_not_scaled(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return (x * mask if training else y), mask


def wrong_scaled_by_keep(x, rate, training, generator):
    mask = reference(x, rate, training, generator)[1]
    return (x * mask * (1 - rate) if training else x.copy()), mask


def wrong_original_scaling_at_inference(x, rate, training, generator):
    mask = reference(x, rate, training, generator)[1]
    return (x * mask if training else x * (1 - rate)), mask


def wrong_rate_is_keep(x, rate, training, generator):
    mask = generator.random(x.shape) < rate if training else np.ones(x.shape, bool)
    return (x * mask / rate if training and rate else x * mask), mask


def wrong_threshold_reversed(x, rate, training, generator):
    mask = generator.random(x.shape) < rate if training else np.ones(x.shape, bool)
    return (x * mask / (1 - rate) if training else x.copy()), mask


def wrong_mask_inverted(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return y, ~mask


def wrong_mask_scaled(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return y, mask / (1 - rate) if training else mask


def wrong_mask_none_at_inference(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return y, mask if training else None


def wrong_mask_drawn_twice(x, rate, training, generator):
    y, _ = reference(x, rate, training, generator)
    return y, reference(x, rate, training, generator)[1]


def wrong_active_at_inference(x, rate, training, generator):
    return reference(x, rate, True, generator)


def wrong_never_active(x, rate, training, generator):
    return x.copy(), np.ones(x.shape, bool)


def wrong_global_state(x, rate, training, generator):
    mask = np.random.rand(*x.shape) >= (rate if training else 0)
    return x * mask / (1 - rate if training else 1), mask


def wrong_own_generator(x, rate, training, generator):
    return reference(x, rate, training, np.random.default_rng())


def wrong_seed_fixed(x, rate, training, generator):
    return reference(x, rate, training, np.random.default_rng(0))


def wrong_global_seed_set(x, rate, training, generator):
    np.random.seed(0)
    return reference(x, rate, training, generator)


def wrong_fixed_number(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, bool)
    mask = np.ones(x.size, bool)
    mask[generator.permutation(x.size)[: round(rate * x.size)]] = False
    mask = mask.reshape(x.shape)
    return x * mask / (1 - rate), mask


def wrong_fixed_number_in_each_row(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, bool)
    order = generator.random(x.shape).argsort(axis=1)
    mask = order >= round(rate * x.shape[1])
    return x * mask / (1 - rate), mask


def wrong_mask_shared_by_examples(x, rate, training, generator):
    mask = np.tile(generator.random(x.shape[1]) >= (rate if training else 0), (len(x), 1))
    return x * mask / (1 - rate if training else 1), mask


def wrong_mask_shared_by_features(x, rate, training, generator):
    column = generator.random((len(x), 1)) >= (rate if training else 0)
    mask = np.repeat(column, x.shape[1], axis=1)
    return x * mask / (1 - rate if training else 1), mask


def wrong_blocks(x, rate, training, generator):
    rows = generator.random(((len(x) + 7) // 8, x.shape[1])) >= (rate if training else 0)
    mask = np.repeat(rows, 8, axis=0)[: len(x)]
    return x * mask / (1 - rate if training else 1), mask


def wrong_float64(x, rate, training, generator):
    y, mask = reference(x.astype(np.float64), rate, training, generator)
    return y, mask


def wrong_in_place(x, rate, training, generator):
    mask = generator.random(x.shape) >= (rate if training else 0)
    x *= mask
    x /= 1 - rate if training else 1
    return x, mask


def wrong_noise_instead_of_zero(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return (y + 1e-3 * ~mask).astype(x.dtype), mask


def wrong_nan_for_dropped(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return np.where(mask, y, np.nan).astype(x.dtype), mask


def wrong_rate_zero_gives_zeros(x, rate, training, generator):
    y, mask = reference(x, rate, training, generator)
    return (y * 0, mask & False) if training and rate == 0 else (y, mask)


def wrong_gaussian(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, bool)
    noise = generator.normal(1, (rate / (1 - rate)) ** 0.5, x.shape)
    return (x * noise).astype(x.dtype), np.ones(x.shape, bool)


RIGHT_FORWARD = [
    reference,
    right_binomial,
    right_where_and_float_mask,
    right_in_a_loop,
    right_returns_x_itself,
    right_draws_at_inference_too,
    right_by_choice,
    right_in_float32_numbers,
]

# Where dropped values are not zero, nothing that depends on the zeros can be seen.
NEEDS_ZEROS = {
    "zeroes_the_dropped",
    "scales_survivors",
    "drops_the_right_fraction",
    "draws_every_unit_alone",
    "draws_again_each_call",
    "uses_only_the_generator",
}

WRONG_FORWARD = {
    wrong_not_scaled: {"scales_survivors"},
    wrong_scaled_by_keep: {"scales_survivors"},
    wrong_original_scaling_at_inference: {"scales_survivors", "is_identity_at_inference"},
    wrong_rate_is_keep: {
        "scales_survivors",
        "drops_the_right_fraction",
        "is_identity_at_rate_zero",
    },
    wrong_threshold_reversed: {
        "drops_the_right_fraction",
        "is_identity_at_rate_zero",
    },
    wrong_mask_inverted: {"mask_marks_the_kept"},
    wrong_mask_scaled: {"mask_marks_the_kept"},
    wrong_mask_none_at_inference: {"mask_marks_the_kept"},
    wrong_mask_drawn_twice: {"mask_marks_the_kept"},
    wrong_active_at_inference: {"is_identity_at_inference"},
    wrong_never_active: NEEDS_ZEROS,
    wrong_global_state: {"uses_only_the_generator"},
    wrong_own_generator: {"uses_only_the_generator"},
    wrong_seed_fixed: {
        "draws_again_each_call",
        "uses_only_the_generator",
        "draws_every_unit_alone",
    },
    wrong_global_seed_set: {"uses_only_the_generator"},
    wrong_fixed_number: {"draws_every_unit_alone"},
    wrong_fixed_number_in_each_row: {"draws_every_unit_alone"},
    wrong_mask_shared_by_examples: {"draws_every_unit_alone"},
    wrong_mask_shared_by_features: {"draws_every_unit_alone"},
    wrong_blocks: {"draws_every_unit_alone"},
    wrong_float64: {"keeps_shape_and_dtype"},
    wrong_in_place: {"leaves_input_alone"},
    wrong_noise_instead_of_zero: NEEDS_ZEROS | {"mask_marks_the_kept"},
    wrong_nan_for_dropped: NEEDS_ZEROS | {"mask_marks_the_kept"},
    wrong_rate_zero_gives_zeros: {"is_identity_at_rate_zero"},
    wrong_gaussian: NEEDS_ZEROS,
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("answer", RIGHT_FORWARD)
def test_right_forward(answer, seed):
    assert failing(FORWARD, answer, seed=seed) == set()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("answer", "failed"), WRONG_FORWARD.items())
def test_wrong_forward(answer, failed, seed):
    assert failing(FORWARD, answer, seed=seed) == {f"dropout_{name}" for name in failed}


@pytest.mark.parametrize(
    ("answer", "name", "fragment"),
    [
        (wrong_not_scaled, "scales_survivors", "survivors are not scaled"),
        (wrong_scaled_by_keep, "scales_survivors", "multiplied by the keep-probability"),
        (wrong_rate_is_keep, "scales_survivors", "divided by the probability of dropping"),
        (wrong_threshold_reversed, "drops_the_right_fraction", "taken for the probability of keep"),
        (wrong_mask_inverted, "mask_marks_the_kept", "mask is inverted"),
        (wrong_mask_scaled, "mask_marks_the_kept", "scaled mask"),
        (wrong_mask_none_at_inference, "mask_marks_the_kept", "found:    None"),
        (wrong_active_at_inference, "is_identity_at_inference", "still dropped"),
        (wrong_original_scaling_at_inference, "is_identity_at_inference", "still scaled"),
        (wrong_global_state, "uses_only_the_generator", "np.random"),
        (wrong_global_seed_set, "uses_only_the_generator", "global random state"),
        (wrong_seed_fixed, "draws_again_each_call", "a seed is set"),
        (wrong_fixed_number, "draws_every_unit_alone", "a fixed number"),
        (wrong_mask_shared_by_examples, "draws_every_unit_alone", "shared by all examples"),
        (wrong_mask_shared_by_features, "draws_every_unit_alone", "shared by all features"),
        (wrong_blocks, "draws_every_unit_alone", "decides about several"),
        (wrong_float64, "keeps_shape_and_dtype", "y is float64"),
        (wrong_in_place, "leaves_input_alone", "writing into x"),
        (crashes, "scales_survivors", "RuntimeError: boom"),
        (unwritten, "scales_survivors", "not written yet"),
    ],
)
def test_forward_messages_name_the_misconception(answer, name, fragment):
    assert fragment in fails(getattr(checks, f"dropout_{name}"), answer)


# ---------------------------------------------------------------- backward

BACKWARD = [name for name in checks.__all__ if name.startswith("backward_")]


def right_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate)


def right_backward_where(upstream, mask, rate):
    return np.where(mask, upstream * (1 / (1 - rate)), 0).astype(upstream.dtype)


def right_backward_assigning(upstream, mask, rate):
    dx = upstream / (1 - rate)
    dx[np.logical_not(mask)] = 0
    return dx


def wrong_backward_fresh_mask(upstream, mask, rate):
    return right_backward(upstream, np.random.rand(*upstream.shape) >= rate, rate)


def wrong_backward_in_place(upstream, mask, rate):
    upstream *= mask
    upstream /= 1 - rate
    return upstream


def wrong_backward_like_relu(upstream, mask, rate):
    return right_backward(upstream, upstream > 0, rate)


WRONG_BACKWARD = [
    (lambda u, m, r: u * m, {"matches_numeric_gradient"}, "not scaled"),
    (lambda u, m, r: u * m * (1 - r), {"matches_numeric_gradient"}, "keep-probability"),
    (lambda u, m, r: u * m / (1 - r) ** 2, {"matches_numeric_gradient"}, "applied twice"),
    (
        lambda u, m, r: u / (1 - r),
        {"matches_numeric_gradient", "uses_the_given_mask"},
        "were dropped",
    ),
    (
        lambda u, m, r: u * (1 - m.astype(float)) / (1 - r),
        {"matches_numeric_gradient", "uses_the_given_mask", "keeps_form"},
        "were dropped",
    ),
    (wrong_backward_fresh_mask, {"matches_numeric_gradient", "uses_the_given_mask"}, ""),
    (wrong_backward_like_relu, {"matches_numeric_gradient", "uses_the_given_mask"}, ""),
    (wrong_backward_in_place, {"keeps_form"}, ""),
    (lambda u, m, r: u * (m / (1 - r)), {"keeps_form"}, ""),
    (lambda u, m, r: (u * m / (1 - r)).sum(axis=0), set(BACKWARD), "shape"),
    (unwritten, set(BACKWARD), "not written yet"),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("answer", [right_backward, right_backward_where, right_backward_assigning])
def test_right_backward(answer, seed):
    assert failing(BACKWARD, answer, seed=seed) == set()


@pytest.mark.parametrize(("answer", "failed", "fragment"), WRONG_BACKWARD)
def test_wrong_backward(answer, failed, fragment):
    failed = {name if name.startswith("backward_") else f"backward_{name}" for name in failed}
    assert failing(BACKWARD, answer) == failed
    assert fragment in (fails(checks.backward_matches_numeric_gradient, answer) or "")


# ---------------------------------------------------------------- models

MODEL = [name for name in checks.__all__ if name.startswith("model_")]


def mlp(rate=0.0, *, first=(), between=(256, 256), last=(), activation="relu", drops=(1, 1)):
    """A Sequential model to vary: extra layers in front and behind, units, dropout by layer."""
    model = keras.Sequential(list(first))
    for units, drop in zip(between, drops, strict=True):
        model.add(layers.Dense(units, activation=activation))
        if drop:
            model.add(layers.Dropout(rate))
    model.add(layers.Dense(10))
    for layer in last:
        model.add(layer)
    return model


def right_functional(rate):
    inputs = x = keras.Input((784,), name="pixels")
    for k in range(2):
        x = layers.Dense(256, name=f"hidden_{k}")(x)
        x = layers.ReLU()(x)
        x = layers.Dropout(rate, seed=k)(x)
    return keras.Model(inputs, layers.Dense(10, activation="linear")(x))


def right_nested(rate):
    def block():
        return keras.Sequential(
            [layers.Dense(256, activation=keras.activations.relu), layers.Dropout(rate)]
        )

    model = keras.Sequential([keras.Input((784,)), block(), block(), layers.Dense(10)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def right_dropout_before_relu(rate):
    # Scaling by a number that is not negative and ReLU commute.
    model = keras.Sequential([layers.Flatten()])
    for _ in range(2):
        for layer in (layers.Dense(256), layers.Dropout(rate), layers.Activation("relu")):
            model.add(layer)
    model.add(layers.Dense(10))
    return model


class Subclassed(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = [layers.Dense(256, "relu"), layers.Dense(256, "relu")]
        self.drop = layers.Dropout(rate)
        self.last = layers.Dense(10)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=training)
        return self.last(x)


class SubclassedWithOps(keras.Model):
    """ReLU written by hand, layers named one by one, one Dropout layer for both places."""

    def __init__(self, rate):
        super().__init__()
        self.one, self.two, self.three = layers.Dense(256), layers.Dense(256), layers.Dense(10)
        self.drop = layers.Dropout(rate)

    def call(self, inputs, training=None):
        x = self.drop(keras.ops.relu(self.one(inputs)), training=training)
        x = self.drop(keras.ops.maximum(self.two(x), 0.0), training=training)
        return self.three(inputs=x)


class OwnDropout(layers.Layer):
    def __init__(self, rate, scaled=True, seed=None):
        super().__init__()
        self.rate, self.scaled = rate, scaled
        self.generator = keras.random.SeedGenerator(seed)
        self.fixed = seed

    def call(self, x, training=None):
        if not training or self.rate == 0:
            return x
        seed = self.generator if self.fixed is None else self.fixed
        kept = keras.random.uniform(keras.ops.shape(x), seed=seed) >= self.rate
        scale = 1 / (1 - self.rate) if self.scaled else 1.0
        return x * keras.ops.cast(kept, x.dtype) * scale


def by_layers(*stack):
    return keras.Sequential([keras.Input((784,)), *stack])


def right_own_layer(rate):
    return by_layers(
        layers.Dense(256, activation="relu", kernel_initializer="he_normal"),
        OwnDropout(rate),
        layers.Dense(256, activation=lambda x: keras.ops.relu(x)),
        OwnDropout(rate),
        layers.Dense(10),
    )


RIGHT_MODELS = [
    mlp,
    right_functional,
    right_nested,
    right_dropout_before_relu,
    Subclassed,
    SubclassedWithOps,
    right_own_layer,
]


class WrongTrainingWiredIn(Subclassed):
    def call(self, x, training=False):
        return super().call(x, training=True)


class WrongNeverTraining(Subclassed):
    def call(self, x, training=False):
        return super().call(x, training=False)


def wrong_own_layer(rate, **options):
    return by_layers(
        layers.Dense(256, activation="relu"),
        OwnDropout(rate, **options),
        layers.Dense(256, activation="relu"),
        OwnDropout(rate, **options),
        layers.Dense(10),
    )


def with_noise(rate, noise):
    return by_layers(
        layers.Dense(256, activation="relu"),
        noise(),
        layers.Dense(256, activation="relu"),
        noise(),
        layers.Dense(10),
    )


DENSE, RELU, LOGITS = "has_the_dense_layers", "hidden_layers_use_relu", "returns_logits"
PLACES, RATE, TRAINING = "drops_after_each_hidden_layer", "uses_the_rate", "drops_in_training_only"
ALIKE = "computes_alike_in_training"
EVERY = {DENSE, RELU, LOGITS, ALIKE, PLACES, RATE, TRAINING}

WRONG_MODELS = {
    "no dropout": (lambda r: mlp(drops=(0, 0)), {PLACES, RATE, TRAINING}, "no Dropout layer"),
    "dropout on the input": (
        lambda r: mlp(r, first=[layers.Dropout(r)]),
        {PLACES},
        "drops inputs",
    ),
    "dropout on the input only": (
        lambda r: mlp(r, first=[layers.Dropout(r)], drops=(0, 0)),
        {PLACES, RATE},
        "drops inputs",
    ),
    "dropout after the output": (
        lambda r: mlp(r, last=[layers.Dropout(r)]),
        {PLACES},
        "erases logits",
    ),
    "one dropout, first": (lambda r: mlp(r, drops=(1, 0)), {PLACES}, "each hidden layer needs"),
    "one dropout, second": (lambda r: mlp(r, drops=(0, 1)), {PLACES}, "each hidden layer needs"),
    "rate hard-coded": (lambda r: mlp(0.5), {RATE}, "a number stands where"),
    "keep-probability as rate": (lambda r: mlp(1 - r), {RATE}, "probability of keeping"),
    "dropout twice": (
        lambda r: by_layers(
            layers.Dense(256, "relu"),
            layers.Dropout(r),
            layers.Dropout(r),
            layers.Dense(256, "relu"),
            layers.Dropout(r),
            layers.Dense(10),
        ),
        {RATE},
        "applied twice",
    ),
    "wrong units": (lambda r: mlp(r, between=(512, 512)), {DENSE}, "[512, 512, 10]"),
    "one hidden layer": (lambda r: mlp(r, between=(256,), drops=(1,)), {DENSE}, "[256, 10]"),
    "three hidden layers": (
        lambda r: mlp(r, between=(256, 256, 256), drops=(1, 1, 1)),
        {DENSE},
        "[256, 256, 256, 10]",
    ),
    "inputs scaled again": (
        lambda r: mlp(r, first=[layers.Rescaling(1 / 255)]),
        {DENSE},
        "inputs are scaled",
    ),
    "no activation": (lambda r: mlp(r, activation=None), {RELU}, "activation is missing"),
    "sigmoid": (lambda r: mlp(r, activation="sigmoid"), {RELU}, "another activation"),
    "leaky ReLU": (lambda r: mlp(r, activation="leaky_relu"), {RELU}, "another activation"),
    "gelu": (lambda r: mlp(r, activation="gelu"), {RELU}, "another activation"),
    "ReLU6": (lambda r: mlp(r, activation="relu6"), {RELU}, "another activation"),
    "softmax": (lambda r: mlp(r, last=[layers.Softmax()]), {LOGITS}, "a softmax is applied"),
    "sigmoid output": (
        lambda r: mlp(r, last=[layers.Activation("sigmoid")]),
        {LOGITS},
        "follows the last",
    ),
    "ReLU on the logits": (lambda r: mlp(r, last=[layers.ReLU()]), {LOGITS}, "follows the last"),
    "training wired in": (WrongTrainingWiredIn, {TRAINING}, "training=True is set"),
    "training never on": (WrongNeverTraining, {PLACES, RATE, TRAINING}, "training=False"),
    "not scaled": (lambda r: wrong_own_layer(r, scaled=False), {TRAINING}, "not scaled"),
    "mask fixed": (lambda r: wrong_own_layer(r, seed=3), {TRAINING}, "fixed by a seed"),
    "mask shared by the batch": (
        lambda r: with_noise(r, lambda: layers.Dropout(r, noise_shape=(1, 256))),
        {TRAINING},
        "noise_shape",
    ),
    "Gaussian dropout": (
        lambda r: with_noise(r, lambda: layers.GaussianDropout(r)),
        {PLACES, RATE, TRAINING},
        "",
    ),
    "noise in front": (
        lambda r: mlp(r, first=[layers.GaussianNoise(0.5)]),
        {ALIKE},
        "a noise was added",
    ),
    "normalisation behind": (
        lambda r: mlp(r, last=[layers.BatchNormalization()]),
        {ALIKE},
        "a normalisation",
    ),
    "the same layers each time": (functools.cache(mlp), {DENSE}, "made once and used again"),
    "not written": (unwritten, EVERY, "not written yet"),
    "a list of layers": (lambda r: [layers.Dense(10)], EVERY, "list of length 1"),
    "not returned": (lambda r: None, EVERY, "found:    None"),
    "wrong input size": (lambda r: mlp(r, first=[keras.Input((28, 28))]), EVERY, "ValueError"),
    "no Dense layer": (lambda r: by_layers(layers.Dropout(r)), EVERY, "0 Dense layers"),
}


@pytest.mark.parametrize("seed", SEEDS[:1])
@pytest.mark.parametrize("answer", RIGHT_MODELS)
def test_right_models(answer, seed):
    assert failing(MODEL, answer, seed=seed) == set()


@pytest.mark.parametrize(("answer", "failed", "fragment"), WRONG_MODELS.values(), ids=WRONG_MODELS)
def test_wrong_models(answer, failed, fragment):
    messages = {name: fails(getattr(checks, name), answer) for name in MODEL}
    assert {n for n, message in messages.items() if message} == {f"model_{n}" for n in failed}
    assert any(fragment in message for message in messages.values() if message), messages


# ---------------------------------------------------------------- saturation

TIED = ["tied_counts_rows", "tied_works_in_float32"]
CLASSES = ["classes_are_right_when_saturated", "classes_are_right_at_any_size"]


def sigmoid32(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, np.float32)))


def right_tied(logits):
    return float(np.mean((sigmoid32(logits) == 1).sum(axis=1) >= 2))


def right_tied_in_keras(logits):
    outputs = keras.ops.convert_to_numpy(keras.ops.sigmoid(np.asarray(logits, "float32")))
    return np.mean(np.count_nonzero(outputs == 1.0, axis=1) > 1)


def right_tied_by_sorting(logits):
    return np.mean(np.sort(sigmoid32(logits), axis=1)[:, -2] == 1)


def right_tied_other_formula(logits):
    powers = np.exp(np.float32(logits))
    return sum(list(row).count(1) > 1 for row in powers / (1 + powers)) / len(logits)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "answer", [right_tied, right_tied_in_keras, right_tied_by_sorting, right_tied_other_formula]
)
def test_right_tied(answer, seed):
    assert failing(TIED, answer, seed=seed) == set()


def equal_to_the_largest(logits):
    outputs = sigmoid32(logits)
    return np.mean((outputs == outputs.max(axis=1, keepdims=True)).sum(axis=1) >= 2)


@pytest.mark.parametrize(
    ("answer", "failed", "fragment"),
    [
        (lambda z: np.mean((sigmoid32(z) == 1).any(axis=1)), {0, 1}, "single output"),
        (lambda z: np.mean(sigmoid32(z) == 1), {0, 1}, "rather than rows"),
        (lambda z: 100 * right_tied(z), {0, 1}, "percentage"),
        (lambda z: int(right_tied(z) * len(z)), {0, 1}, "number of rows"),
        (
            lambda z: np.mean(np.isclose(sigmoid32(z), 1).sum(axis=1) >= 2),
            {0, 1},
            "close to 1.0",
        ),
        (equal_to_the_largest, {0, 1}, "below 1.0"),
        (lambda z: np.mean((1 / (1 + np.exp(-np.float64(z))) == 1).sum(axis=1) >= 2), {1}, ""),
        (lambda z: np.mean((sigmoid32(z) == 1).sum(axis=0) >= 2), {0, 1}, "wrong axis"),
        (lambda z: (sigmoid32(z) == 1).sum(axis=1) >= 2, {0, 1}, "bool array"),
        (unwritten, {0, 1}, "not written yet"),
        (lambda z: float("nan"), {0, 1}, "found:    nan"),
    ],
)
def test_wrong_tied(answer, failed, fragment):
    assert failing(TIED, answer) == {TIED[k] for k in failed}
    assert fragment in (fails(checks.tied_counts_rows, answer) or "")


def softmax32(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "answer",
    [
        lambda z: z.argmax(axis=1),
        lambda z: np.argsort(z, axis=-1)[:, -1].astype(np.int32),
        lambda z: softmax32(z).argmax(axis=1),
        lambda z: np.array([max(range(len(row)), key=row.__getitem__) for row in z]),
        lambda z: keras.ops.convert_to_numpy(keras.ops.argmax(z, axis=1)),
    ],
)
def test_right_classes(answer, seed):
    assert failing(CLASSES, answer, seed=seed) == set()


@pytest.mark.parametrize(
    ("answer", "failed", "fragment"),
    [
        (lambda z: sigmoid32(z).argmax(axis=1), {0, 1}, "saturate"),
        (lambda z: (1 / (1 + np.exp(-np.float64(z)))).argmax(axis=1), {1}, "as float64 does"),
        (lambda z: (np.exp(z) / np.exp(z).sum(1, keepdims=True)).argmax(1), {1}, "overflow"),
        (lambda z: (z / z.max(axis=1, keepdims=True)).argmax(axis=1), {1}, ""),
        (lambda z: z.argmax(axis=0), {0, 1}, "shape"),
        (lambda z: softmax32(z), {0, 1}, "shape"),
        (lambda z: z.argmax(axis=1).astype(float), {0, 1}, "integer"),
        (lambda z: list(z.argmax(axis=1)), {0, 1}, "NumPy array"),
        (unwritten, {0, 1}, "not written yet"),
    ],
)
def test_wrong_classes(answer, failed, fragment):
    assert failing(CLASSES, answer) == {CLASSES[k] for k in failed}
    messages = [fails(getattr(checks, name), answer) or "" for name in CLASSES]
    assert any(fragment in message for message in messages)


def letters_verdict(chosen):
    """Whether the form, the truth and the completeness of a choice pass; B and C are right."""
    true, allowed = {"B", "C"}, "ABCD"
    return (
        fails(checks.chosen_letters_are_valid, chosen, allowed) is None,
        fails(checks.chosen_letters_are_all_true, chosen, true, allowed) is None,
        fails(checks.chosen_letters_are_complete, chosen, true, allowed) is None,
    )


@pytest.mark.parametrize(
    ("chosen", "verdict"),
    [
        ({"B", "C"}, (True, True, True)),
        (["C", "B"], (True, True, True)),
        ("BC", (True, True, True)),
        ({"b", "c "}, (True, True, True)),
        ({"B"}, (True, True, False)),
        ({"B", "C", "D"}, (True, False, True)),
        ({"A"}, (True, False, False)),
        (set("ABCD"), (True, False, False)),
        (set(), (False, False, False)),
        ({"B", "Z"}, (False, False, False)),
        ({1, 2}, (False, False, False)),
        ({"B": 1}, (False, False, False)),
        (None, (False, False, False)),
    ],
)
def test_letters(chosen, verdict):
    assert letters_verdict(chosen) == verdict


def test_letters_are_not_given_away():
    for chosen in ({"A"}, {"B"}, set("ABCD")):
        for check in (checks.chosen_letters_are_all_true, checks.chosen_letters_are_complete):
            message = fails(check, chosen, {"B", "C"}, "ABCD") or ""
            assert not any(f"{quote}{letter}" in message for letter in "BC" for quote in "'\"")


# ---------------------------------------------------------------- trials


def frame(seed=0, seeds=8):
    effects = {0.0: 0.0, 0.2: 0.001, 0.5: 0.012, 0.8: -0.012}
    return checks.made_up_trials(effects, seeds=seeds, seed=seed)


def paired(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    return interval_of(table[rate] - table[baseline])


def interval_of(difference, factor=None, ddof=1):
    n = len(difference)
    factor = stats.t.ppf(0.975, n - 1) if factor is None else factor
    half = factor * np.std(np.asarray(difference), ddof=ddof) / np.sqrt(n)
    return np.mean(difference), np.mean(difference) - half, np.mean(difference) + half


def paired_by_merge(trials, rate, baseline=0.0):
    a, b = trials[trials.rate == rate], trials[trials.rate == baseline]
    both = a.merge(b, on="seed")
    test = stats.ttest_rel(both.test_accuracy_x, both.test_accuracy_y)
    interval = test.confidence_interval()
    effect = (both.test_accuracy_x - both.test_accuracy_y).mean()
    return np.array([effect, interval.low, interval.high])


def paired_by_sorting(trials, rate, baseline=0.0):
    trials = trials.sort_values("seed")
    a = trials.loc[trials["rate"].eq(rate), "test_accuracy"].tolist()
    b = trials.loc[trials["rate"].eq(baseline), "test_accuracy"].tolist()
    return list(interval_of([x - y for x, y in zip(a, b, strict=True)]))


def by_row(trials, rate, baseline=0.0, **options):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"].to_numpy() for r in (rate, baseline))
    return interval_of(a - b, **options)


def unpaired(trials, rate, baseline=0.0):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, baseline))
    interval = stats.ttest_ind(a, b).confidence_interval()
    return a.mean() - b.mean(), interval.low, interval.high


def with_options(**options):
    def answer(trials, rate, baseline=0.0):
        table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
        return interval_of(table[rate] - table[baseline], **options)

    return answer


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("answer", [paired, paired_by_merge, paired_by_sorting])
def test_right_intervals(answer, seed):
    for rate, options in [(0.2, {}), (0.8, {}), (0.5, {"baseline": 0.2})]:
        checks.paired_effect_is_right(answer, frame(seed), rate, **options)
        checks.paired_interval_is_right(answer, frame(seed), rate, **options)


@pytest.mark.parametrize(
    ("answer", "effect_fails", "fragment"),
    [
        (unpaired, False, "independent groups"),
        (by_row, False, "order in which they stand"),
        (with_options(factor=1.96), False, "normal distribution"),
        (with_options(factor=1.0), False, "without the t factor"),
        (with_options(factor=stats.t.ppf(0.95, 7)), False, "90 % interval"),
        (with_options(factor=stats.t.ppf(0.975, 7) * 8**0.5), False, "single differences"),
        (with_options(ddof=0), False, "divides by n"),
        (lambda t, r, baseline=0.0: paired(t, baseline, r), True, "other way round"),
        (lambda t, r, baseline=0.0: tuple(100 * v for v in paired(t, r)), True, "percentage"),
        (lambda t, r, baseline=0.0: paired(t, r)[0], True, "a tuple"),
        (lambda t, r, baseline=0.0: (None, None, None), True, "one finite number"),
        (unwritten, True, "not written yet"),
    ],
)
def test_wrong_intervals(answer, effect_fails, fragment):
    effect = fails(checks.paired_effect_is_right, answer, frame(), 0.5)
    interval = fails(checks.paired_interval_is_right, answer, frame(), 0.5)
    assert interval and bool(effect) == effect_fails
    assert fragment in (effect or interval)


def test_ignored_baseline_is_named():
    message = fails(
        checks.paired_effect_is_right,
        lambda trials, rate, baseline=0.0: paired(trials, rate),
        frame(),
        0.5,
        baseline=0.2,
    )
    assert "`baseline` is not used" in message


def verdict_from(interval):
    def verdict(trials, rate):
        _, low, high = interval(trials, rate)
        return "better" if low > 0 else "worse" if high < 0 else "cannot be told apart"

    return verdict


def verdict_fails(answer, seed=0):
    return [
        m for r in (0.2, 0.5, 0.8) if (m := fails(checks.verdict_is_right, answer, frame(seed), r))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_right_verdict(seed):
    assert verdict_fails(verdict_from(paired), seed) == []


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (verdict_from(unpaired), "not paired"),
        (verdict_from(lambda t, r: 3 * [paired(t, r)[0]]), "sign of the effect alone"),
        (verdict_from(lambda t, r: [-v for v in paired(t, r)]), "other way round"),
        (lambda t, r: "better", ""),
        (lambda t, r: "Better", "exactly"),
        (lambda t, r: ["better"], "list of length 1"),
        (unwritten, "not written yet"),
    ],
)
def test_wrong_verdict(answer, fragment):
    messages = verdict_fails(answer)
    assert messages and any(fragment in message for message in messages)


# ---------------------------------------------------------------- all checks


ALL_CHECKS = [
    *((name, 2, {}) for name in RATES),
    *((name, 1, {}) for name in [*FORWARD, *BACKWARD, *MODEL, *TIED, *CLASSES]),
    *((name, 1, {"trials": frame(), "rate": 0.5}) for name in ("paired_effect_is_right",)),
    ("paired_interval_is_right", 1, {"trials": frame(), "rate": 0.5}),
    ("verdict_is_right", 1, {"trials": frame(), "rate": 0.5}),
]


@pytest.mark.parametrize(("name", "functions", "options"), ALL_CHECKS)
def test_useless_answers_fail_in_plain_words(name, functions, options):
    assert fails_on_useless_answers(getattr(checks, name), functions, **options)


RIGHT = {
    **dict.fromkeys(RATES, (to_rate, to_keep)),
    **dict.fromkeys(FORWARD, (reference,)),
    **dict.fromkeys(BACKWARD, (right_backward,)),
    **dict.fromkeys(MODEL, (mlp,)),
    **dict.fromkeys(TIED, (right_tied,)),
    **dict.fromkeys(CLASSES, (lambda z: z.argmax(axis=1),)),
    "paired_effect_is_right": (paired,),
    "paired_interval_is_right": (paired,),
    "verdict_is_right": (verdict_from(paired),),
}


@pytest.mark.parametrize(("name", "_", "options"), ALL_CHECKS)
def test_random_states_are_left_alone(name, _, options):
    python_state, numpy_state = random.getstate(), np.random.get_state()
    getattr(checks, name)(*RIGHT[name], **options)
    fails(getattr(checks, name), *[wrong_global_seed_set] * len(RIGHT[name]), **options)
    assert random.getstate() == python_state
    assert np.array_equal(np.random.get_state()[1], numpy_state[1])
    assert np.random.get_state()[2:] == numpy_state[2:]


def test_seed_of_keras_is_left_alone():
    def draw(names):
        keras.utils.clear_session()
        keras.utils.set_random_seed(5)
        for name in names:
            getattr(checks, name)(mlp)
        return keras.ops.convert_to_numpy(keras.random.uniform((3,)))

    assert np.array_equal(draw(MODEL), draw([]))


def test_failures_can_be_sent_between_processes():
    with pytest.raises(checks.CheckFailed) as caught:
        checks.dropout_scales_survivors(wrong_not_scaled)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(copy, AssertionError) and str(copy) == str(caught.value)


def test_interrupts_are_not_swallowed():
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checks.dropout_scales_survivors(interrupted)


def test_numpy_checks_do_not_import_keras():
    code = "import sys; from course_utils import checks; assert 'keras' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_made_up_trials_are_shuffled_and_complete():
    trials = frame(seeds=5)
    assert list(trials.columns) == ["rate", "seed", "test_accuracy"]
    assert len(trials) == 20 and trials.groupby("rate")["seed"].nunique().eq(5).all()
    assert not trials["rate"].is_monotonic_increasing


# ---------------------------------------------------------------- the exercises


def test_reference_gets_all_points():
    assert score(SOURCE, change=lambda source: source) == 30


@pytest.mark.parametrize("keep", [lambda source: source, visible], ids=["all tests", "visible"])
def test_untouched_exercises_get_none(keep):
    assert score(SOURCE, change=stubbed, keep=keep) == 0


def test_exercise_cells_are_well_formed():
    assert_well_formed(SOURCE, points=34)


def test_answers_stand_alone():
    assert_answers_stand_alone(SOURCE)
