"""Checks of augmentation inside a net: `build_augmented(rates, strength)`."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from course_checks.passes import Net, is_same
from course_checks.property import call, check, require
from course_checks.vgg.deeper_model import plan as plan_of_blocks
from course_grader.contract import shared
from course_grader.keras_models import LayerCall

AUGMENTATIONS = ("RandomFlip", "RandomTranslation", "RandomZoom")
KINDS = (*AUGMENTATIONS, "Conv2D")
plan = partial(plan_of_blocks, augments=True)


class Watched:
    """The calls of augmentations and convolutions in one pass, which checks share."""

    def __init__(self, net: Net, *, training: bool, number: int = 0):
        def model(x: np.ndarray, *, training: bool) -> list[LayerCall]:
            return net.model.watched_pass(x, KINDS, training)[0]

        key = ("augmentations", net.model, training, net.seed, number)
        self.calls = shared(key, lambda: call(model, net.x, training=training))
        kinds = [one.layer.kind for one in self.calls]
        first = kinds.index("Conv2D") if "Conv2D" in kinds else len(kinds)
        self.in_front, self.behind = self.calls[:first], self.calls[first:]
        require(
            self.behind,
            expected="pictures that reach a convolution",
            found="no convolution",
            likely="no_layers",
        )

    @property
    def reached(self) -> np.ndarray:
        """The pictures that reach the first convolution."""
        return self.behind[0].given


def _net(build: Callable, rates: Sequence[float], strength: float, seed: int) -> Net:
    return Net(build, plan(len(rates)), rates, strength, seed=seed)


@check(
    "flip, translation, zoom and nothing else stand in front of the first convolution",
    misplaced="a layer is missing, comes twice, or stands behind a convolution, where it would "
    "move feature maps.",
    other_factor="a number stands where the argument belongs, or the range is one-sided.",
    something_else="a fourth random layer, a noise or a scaling was added; the exercise asks for "
    "three layers.",
)
def stands_in_front(
    build: Callable, rates: tuple[float, ...], *, strength: float = 0.15, seed: int = 0
) -> None:
    """The three random layers, once each, in any order, with the strength as their factor."""
    net = _net(build, rates, strength, seed)
    seen = Watched(net, training=True)
    kinds = [[one.layer.kind for one in calls] for calls in (seen.in_front, seen.behind)]
    require(
        sorted(kinds[0]) == sorted(AUGMENTATIONS) and set(kinds[1]) == {"Conv2D"},
        expected=f"{', '.join(AUGMENTATIONS)}, in any order, then the convolutions",
        found=", ".join([*kinds[0], *kinds[1]][:8]),
        likely="misplaced",
    )
    reached = net.x
    for one in seen.in_front:
        for name, factor in one.layer.factors.items():
            pair = tuple(factor) if isinstance(factor, tuple | list) else factor
            require(
                pair in (strength, (-strength, strength)),
                expected=f"{name} {strength} in {one.layer.kind} for the strength {strength}",
                found=str(pair)[:60],
                likely="other_factor",
            )
    for one in (*seen.in_front, seen.behind[0]):
        require(
            is_same(one.given, reached),
            expected=f"in training nothing else changes the pictures in front of {one.layer.kind}",
            found="they are changed",
            likely="something_else",
        )
        reached = one.returned


@check(
    "augmentation changes the pictures in training, and in training only",
    false_fail=1e-9,
    always_on="training=True is set for the augmentation by hand, or the pictures are scaled.",
    idle="the layer is missing, has the factor 0, or gets training=False.",
    fixed="the random numbers are fixed.",
)
def acts_in_training_only(
    build: Callable, rates: tuple[float, ...], *, strength: float = 0.15, seed: int = 0
) -> None:
    """Each random layer changes the pictures in training, each time anew; none does at inference.

    The model is not called without `training`: Keras's random layers then act as in training. A
    right answer fails if a flip leaves 16 pictures as they are in both of two passes. These give
    the same pictures only if translation and zoom draw the same numbers as well.
    """
    net = _net(build, rates, strength, seed)
    require(
        is_same(Watched(net, training=False).reached, net.x),
        expected="with training=False the pictures reach the first convolution as they are",
        found="they are changed",
        likely="always_on",
    )
    passes = [Watched(net, training=True, number=number) for number in (0, 1)]
    idle = set.intersection(
        *(
            {one.layer.kind for one in seen.in_front if np.array_equal(one.given, one.returned)}
            for seen in passes
        )
    )
    require(
        passes[0].in_front and not idle,
        expected="with training=True each of the random layers changes some pictures",
        found=f"{' and '.join(sorted(idle))} changes none" if idle else "no random layer",
        likely="idle",
    )
    require(
        not np.array_equal(passes[0].reached, passes[1].reached),
        expected="two passes in training change the same pictures in different ways",
        found="both change them in the same way",
        likely="fixed",
    )
