"""Checks of the item `features`, `features_of(base, pictures)`, with a small made-up base for it.

The item `classifier` has its bases from here.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from course_checks.draws import generator_for
from course_checks.passes import is_same
from course_checks.property import array_from, call, check, failure, require, require_written
from course_grader.contract import shared

SIDE, FEATURES, EXAMPLES = 8, 72, 32


def made_up_base(seed: int, dropout: float = 0.0) -> Any:
    """A small base with batch normalisation: features of shape (n, FEATURES), above 0.

    Its layers have names that Keras gives to no layer of the student's, in another process either.
    """
    import keras
    from keras import layers

    generator = generator_for(seed, 21)
    initializer = keras.initializers.GlorotUniform(seed)
    conv = {"activation": "tanh", "kernel_initializer": initializer, "name": "base_convolution"}
    normalisation = layers.BatchNormalization(name="base_normalisation")
    inputs = x = keras.Input((SIDE, SIDE, 3), name="base_pictures")
    for layer in (
        layers.Conv2D(8, 3, 2, **conv),
        normalisation,
        layers.Dropout(dropout, name="base_dropout"),
        layers.Activation("softplus", name="base_activation"),
        layers.Flatten(name="base_features"),
    ):
        x = layer(x)
    # Stored means and variances that differ from those of any batch.
    normalisation.set_weights([generator.uniform(0.5, 1.5, 8) for _ in range(4)])
    return keras.Model(inputs, x, name="made_up_base")


def kept_base(purpose: Hashable, seed: int, dropout: float = 0.0) -> Any:
    """A made-up base; in grading the same one each time that this purpose asks for it.

    It takes time to make, in the student's process as well, and `predict` traces each model anew.
    Its weights are put back; the student's process gets them with every call.
    """

    def make() -> tuple[Any, list[np.ndarray]]:
        base = made_up_base(seed, dropout)
        return base, base.get_weights()

    base, weights = shared(("base", purpose, seed, dropout), make)
    base.set_weights(weights)
    return base


def made_up_pictures(seed: int, examples: int = EXAMPLES) -> np.ndarray:
    generator = generator_for(seed, 22)
    return generator.normal(0.0, 1.0, size=(examples, SIDE, SIDE, 3)).astype(np.float32)


def features_of_base(base: Any, pictures: np.ndarray, training: bool = False) -> np.ndarray:
    import keras

    return keras.ops.convert_to_numpy(base(pictures, training=training))


def weights_by_path(base: Any) -> dict[str, np.ndarray]:
    """The weights of a base by their names."""
    import keras

    return {weight.path: keras.ops.convert_to_numpy(weight).copy() for weight in base.weights}


def changed_weights(base: Any, before: dict[str, np.ndarray]) -> list[str]:
    """The names of the weights that are not what they were, or that were added or lost."""
    now = weights_by_path(base)
    same = {path for path in now if path in before and np.array_equal(now[path], before[path])}
    return sorted((set(now) | set(before)) - same)


@check(
    "the features are those that the base gives at inference",
    as_in_training="the base is called as in training: its dropout drops, and its batch "
    "normalisation uses the mean of the batch, so that a picture's features depend on its company.",
    other_order="the pictures come out in another order.",
    changed="the pictures, or the features, are changed on the way.",
)
def are_those_of_inference(
    features_of: Callable, *, numbers: Sequence[int] = (70, 1), seed: int = 0
) -> None:
    """For any number of pictures what `base.predict` gives."""
    require_written(features_of)
    base = kept_base("features", seed, dropout=0.4)
    for examples in numbers:
        pictures = made_up_pictures(seed, examples)
        exact = features_of_base(base, pictures)
        found = _given(features_of, base, pictures.copy(), exact.shape)
        if is_same(found, exact):
            continue
        again = _given(features_of, base, pictures.copy(), exact.shape)
        likely, others = "changed", ""
        if not is_same(found, again):
            likely, others = "as_in_training", ", and others each time"
        elif is_same(np.sort(found, axis=0), np.sort(exact, axis=0)):
            likely = "other_order"
        raise failure(
            expected=f"what `base.predict` gives for the same {examples} pictures",
            found=f"other numbers{others}",
            likely=likely,
        )


def _given(
    features_of: Callable, base: Any, pictures: np.ndarray, shape: tuple[int, ...]
) -> np.ndarray:
    return array_from(call(features_of, base, pictures), name="the result", shape=shape)


@check(
    "computing features changes neither the base nor the pictures",
    constant="nothing is computed.",
    in_place="the pictures are scaled or sorted in place.",
    base_changed="a base that runs as in training moves its stored means, or its layers were "
    "changed.",
)
def leave_the_base_alone(features_of: Callable, *, seed: int = 0) -> None:
    """No weight and no stored mean of the base changes, and the pictures stay as they are."""
    require_written(features_of)
    base, pictures = kept_base("features", seed, dropout=0.4), made_up_pictures(seed)
    given, weights = pictures.copy(), weights_by_path(base)
    found = _given(features_of, base, given, (EXAMPLES, FEATURES))
    require(
        np.ptp(found) > 0,
        expected="features that depend on the picture",
        found="the same number everywhere",
        likely="constant",
    )
    require(
        np.array_equal(given, pictures),
        expected="the pictures as they were given",
        found="other pixels",
        likely="in_place",
    )
    moved = changed_weights(base, weights)
    require(
        not moved,
        expected="all weights and stored means as they were",
        found=f"{len(moved)} arrays changed, such as {', '.join(moved[:1])}",
        likely="base_changed",
    )
