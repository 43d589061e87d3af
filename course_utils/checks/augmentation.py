"""Checks of augmentation inside a model: random layers in front of the first convolution."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.nets import build_net, is_same, random_tiles
from course_utils.checks.report import random_states_kept, require
from course_utils.checks.watching import watched_pass

AUGMENTATIONS = ("RandomFlip", "RandomTranslation", "RandomZoom")
EXAMPLES = 64


def _augmentations(
    what: str, model: Any, *, training: bool, seed: int
) -> list[tuple[Any, np.ndarray]]:
    """Each call of an augmentation or a convolution, with its input."""
    seen, _ = watched_pass(
        what, model, random_tiles(seed, EXAMPLES), (*AUGMENTATIONS, "Conv2D"), training=training
    )
    return seen


def _kind(layer: Any) -> str:
    import keras

    return next(
        name
        for name in (*AUGMENTATIONS, "Conv2D")
        if isinstance(layer, getattr(keras.layers, name))
    )


@random_states_kept()
def net_augments_before_the_first_convolution(build: Callable, *, seed: int = 0) -> None:
    """The three random layers stand in front of the first convolution, once each."""
    what = "flip, translation and zoom stand in front of the first convolution"
    strength = round(float(np.random.default_rng([seed, 16]).uniform(0.05, 0.4)), 3)
    seen = _augmentations(what, build_net(what, build, strength), training=True, seed=seed)
    kinds = [_kind(layer) for layer, _ in seen]
    before = kinds[: kinds.index("Conv2D")] if "Conv2D" in kinds else kinds
    require(
        sorted(before) == sorted(AUGMENTATIONS) and not set(kinds[len(before) :]) - {"Conv2D"},
        what,
        expected=f"{', '.join(AUGMENTATIONS)}, in any order, then the convolutions",
        found=", ".join(kinds[:8]) or "none of these layers",
        hint="a layer is missing, comes twice, or stands behind a convolution, where it would "
        "move feature maps.",
    )
    for layer, _ in seen[: len(before)]:
        for name, factor in _factors(layer).items():
            require(
                factor in (strength, (-strength, strength)),
                what,
                expected=f"{name} {strength} in {_kind(layer)} for the strength {strength}",
                found=str(factor)[:60],
                hint="a number stands where the argument belongs, or the range is one-sided.",
            )


def _factors(layer: Any) -> dict[str, object]:
    """The factors that the strength sets, a pair as a tuple; an unset one is left out."""
    config = layer.get_config()
    factors = {
        name: config[name]
        for name in ("height_factor", "width_factor")
        if config.get(name) is not None
    }
    return {
        name: tuple(value) if isinstance(value, tuple | list) else value
        for name, value in factors.items()
    }


@random_states_kept()
def net_augments_in_training_only(build: Callable, *, seed: int = 0) -> None:
    """Each random layer changes the tiles in training, anew at each pass; none does at inference.

    A right answer fails with p < 1e-15: a flip leaves 64 tiles as they are.
    """
    what = "augmentation changes the tiles in training, and in training only"
    model = build_net(what, build, 0.2)
    quiet = _augmentations(what, model, training=False, seed=seed)
    first, second = (_augmentations(what, model, training=True, seed=seed) for _ in range(2))
    require(
        quiet and first and second and all(_kind(s[-1][0]) == "Conv2D" for s in (quiet, first)),
        what,
        expected="tiles that reach a convolution",
        found="no convolution",
        hint="the convolutions are missing.",
    )
    inputs = [value for _, value in quiet]
    place = [_kind(layer) for layer, _ in quiet].index("Conv2D")
    require(
        is_same(inputs[place], random_tiles(seed, EXAMPLES)),
        what,
        expected="with training=False the tiles reach the first convolution as they are",
        found="they are changed",
        hint="training=True is set for the augmentation by hand, or the tiles are scaled.",
    )
    kinds = [_kind(layer) for layer, _ in first]
    place = kinds.index("Conv2D")
    for k in range(max(place, 1)):
        require(
            place and not np.array_equal(first[k][1], first[k + 1][1]),
            what,
            expected="with training=True each of the random layers changes some tiles",
            found=f"{kinds[k]} changes none" if place else "no random layer",
            hint="the layer is missing, has the factor 0, or gets training=False.",
        )
    require(
        not np.array_equal(first[place][1], second[place][1]),
        what,
        expected="two passes in training change the same tiles in different ways",
        found="both change them in the same way",
        hint="the random numbers are fixed.",
    )
