"""Checks of augmentation inside a model: random layers in front of the first convolution."""

from collections.abc import Callable

import numpy as np

from course_checks.nets import build_net, random_pictures
from course_checks.report import random_states_kept, require
from course_checks.watching import is_same, watched_pass
from course_grader.contract import shared
from course_grader.keras_models import Layer, LayerCall, WatchedModel

AUGMENTATIONS = ("RandomFlip", "RandomTranslation", "RandomZoom")
EXAMPLES = 24  # a random flip leaves all as they are with p < 1e-7


def _watched(
    what: str, model: WatchedModel, *, training: bool, seed: int, number: int = 0
) -> list[LayerCall]:
    """The calls of augmentations and convolutions in one pass, which grading shares.

    number: of the pass, where several are compared.
    """
    kinds = (*AUGMENTATIONS, "Conv2D")
    x = random_pictures(seed, EXAMPLES)
    seen, _ = shared(
        ("augmentations", model, training, seed, number),
        lambda: watched_pass(what, model, x, kinds, training=training),
    )
    return seen


def _in_front(
    what: str, model: WatchedModel, *, training: bool, seed: int, number: int = 0
) -> tuple[list[LayerCall], np.ndarray]:
    """The augmentations in front of the first convolution, and the pictures that reach that."""
    seen = _watched(what, model, training=training, seed=seed, number=number)
    kinds = [one.layer.kind for one in seen]
    require(
        "Conv2D" in kinds,
        what,
        expected="pictures that reach a convolution",
        found="no convolution",
        hint="the convolutions are missing.",
    )
    first = kinds.index("Conv2D")
    return seen[:first], seen[first].given


@random_states_kept()
def net_augments_before_the_first_convolution(
    build: Callable, *before: object, strength: float = 0.15, seed: int = 0
) -> None:
    """The three random layers stand in front of the first convolution, once each, with no other.

    before: the arguments of `build` before the strength.
    """
    what = "flip, translation, zoom and nothing else stand in front of the first convolution"
    seen = _watched(what, build_net(what, build, *before, strength), training=True, seed=seed)
    kinds = [one.layer.kind for one in seen]
    before = kinds[: kinds.index("Conv2D")] if "Conv2D" in kinds else kinds
    require(
        sorted(before) == sorted(AUGMENTATIONS) and not set(kinds[len(before) :]) - {"Conv2D"},
        what,
        expected=f"{', '.join(AUGMENTATIONS)}, in any order, then the convolutions",
        found=", ".join(kinds[:8]) or "none of these layers",
        hint="a layer is missing, comes twice, or stands behind a convolution, where it would "
        "move feature maps.",
    )
    for one in seen[: len(before)]:
        for name, factor in _factors(one.layer).items():
            require(
                factor in (strength, (-strength, strength)),
                what,
                expected=f"{name} {strength} in {one.layer.kind} for the strength {strength}",
                found=str(factor)[:60],
                hint="a number stands where the argument belongs, or the range is one-sided.",
            )
    reached = random_pictures(seed, EXAMPLES)
    for one in seen[: len(before) + 1]:
        require(
            is_same(one.given, reached),
            what,
            expected=f"in training nothing else changes the pictures in front of {one.layer.kind}",
            found="they are changed",
            hint="a fourth random layer, a noise or a scaling was added; the exercise asks for "
            "three layers.",
        )
        reached = one.returned


def _factors(layer: Layer) -> dict[str, object]:
    """The factors that the strength sets, a pair as a tuple."""
    return {
        name: tuple(value) if isinstance(value, tuple | list) else value
        for name, value in layer.factors.items()
    }


@random_states_kept()
def net_augments_in_training_only(
    build: Callable, *before: object, strength: float = 0.15, seed: int = 0
) -> None:
    """Each random layer changes the pictures in training, each time anew; none does at inference.

    before: the arguments of `build` before the strength. The model is not called without
    `training`: Keras's random layers then act as in training.

    A right answer fails with p < 1e-7: that a flip leaves 24 pictures as they are. Two passes give
    the same pictures only if translation and zoom draw the same numbers as well.
    """
    what = "augmentation changes the pictures in training, and in training only"
    model = build_net(what, build, *before, strength)
    _, quiet = _in_front(what, model, training=False, seed=seed)
    require(
        is_same(quiet, random_pictures(seed, EXAMPLES)),
        what,
        expected="with training=False the pictures reach the first convolution as they are",
        found="they are changed",
        hint="training=True is set for the augmentation by hand, or the pictures are scaled.",
    )
    (layers, first), (_, second) = (
        _in_front(what, model, training=True, seed=seed, number=number) for number in (0, 1)
    )
    idle = [one.layer.kind for one in layers if np.array_equal(one.given, one.returned)]
    require(
        layers and not idle,
        what,
        expected="with training=True each of the random layers changes some pictures",
        found=f"{' and '.join(idle)} changes none" if idle else "no random layer",
        hint="the layer is missing, has the factor 0, or gets training=False.",
    )
    require(
        not np.array_equal(first, second),
        what,
        expected="two passes in training change the same pictures in different ways",
        found="both change them in the same way",
        hint="the random numbers are fixed.",
    )
