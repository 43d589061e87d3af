"""Checks of a model that has a frozen base in it: `build_classifier(base, rate)`."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_checks.draws import generator_for
from course_checks.passes import Net, is_thinned
from course_checks.plan import Plan
from course_checks.property import call, check, require, require_written
from course_checks.transfer.features import (
    FEATURES,
    SIDE,
    changed_weights,
    features_of_base,
    kept_base,
    made_up_base,
    weights_by_path,
)

CLASSES, RATE = 10, 0.2531


def _features(pictures: np.ndarray, base: Any, _: float) -> list[np.ndarray]:
    """What the base gives at inference, and as in training; its stored means are put back."""
    weights = base.get_weights()
    as_in_training = features_of_base(base, pictures, training=True)
    base.set_weights(weights)
    return [features_of_base(base, pictures), as_in_training]


PLAN = Plan(
    f"one Dense layer, from {FEATURES} features of the base to ten logits",
    (SIDE, SIDE, 3),
    (f"Dense: {(FEATURES,)} -> {(CLASSES,)}",),
    drops_input=True,
    first=_features,
    spread=1.0,
)


def base(seed: int = 0) -> Any:
    """A made-up base for the checks of nets, which may share it."""
    return kept_base("classifier", seed)


@check(
    "the base gives what it gives at inference, also while the head is trained",
    false_fail=1e-100,
    as_in_training="its batch normalisation uses the mean of the batch. (In Keras 3, `fit` tells "
    "all layers of a functional model that they are trained, whatever was said when it was "
    "built.)",
    other_features="something else stands between base and Dense layer, or the base is another "
    "one.",
)
def runs_the_base_as_at_inference(build: Callable, *, seed: int = 0) -> None:
    """A right answer fails if all features are dropped."""
    require_written(build)
    net = Net(build, PLAN, base(seed), RATE, seed=seed)
    for training in (False, True):
        _require_features(net, training, number=0)


def _require_features(net: Net, training: bool, number: int) -> None:
    """Up to dropout and its factor, the Dense layer sees what the base gives at inference."""
    one = net.passed(training, number)
    found = one.calls[0].given
    right, drifted = PLAN.first(one.x, *net.arguments)
    drifts = is_thinned(found, drifted)
    require(
        is_thinned(found, right),
        expected="the Dense layer sees the features that `base.predict` gave at first",
        found="those of a base that runs as in training" if drifts else "other numbers",
        likely="as_in_training" if drifts else "other_features",
    )


@check(
    "training changes the head and leaves the base as it was",
    false_fail=1e-100,
    moving_means="only the stored means moved: the base's batch normalisation runs as in training.",
    trained="the optimizer still has the weights of the base, or of a part of it.",
    frozen_head="the whole model is frozen, the head too.",
    as_in_training="the base runs as in training.",
    other_features="the base that is used is another one.",
)
def leaves_the_base_alone(build: Callable, *, seed: int = 0) -> None:
    """Two steps of training change the head, and no weight or stored mean of the base."""
    require_written(build)
    own_base = made_up_base(seed)
    weights = weights_by_path(own_base)
    net = Net(build, PLAN, own_base, RATE, seed=seed)
    labels = generator_for(seed, 23).integers(0, CLASSES, len(net.x))
    before = net.passed(training=False).calls[0].layer.kernel

    def fit(pictures: np.ndarray, labels: np.ndarray) -> None:
        net.model.train(pictures, labels, steps=2)

    call(fit, net.x, labels)
    changed = _changed_in_base(net, own_base, weights)
    require(
        not changed,
        expected="all weights of the base as they were",
        found=f"{len(changed)} arrays of the base changed, such as {', '.join(changed[:1])}",
        likely="moving_means" if all("moving" in path for path in changed) else "trained",
    )
    _require_features(net, training=False, number=1)
    require(
        not np.array_equal(net.passed(False, number=1).calls[0].layer.kernel, before),
        expected="the weights of the head change",
        found="they do not",
        likely="frozen_head",
    )


def _changed_in_base(net: Net, own_base: Any, before: dict[str, np.ndarray]) -> list[str]:
    """The names of the weights of the base that are not what they were.

    In the base itself, and where the model holds the same variables.
    """
    paths = dict(zip(net.model.tokens_of(own_base), before, strict=True))
    held = {paths[one.token]: one.value for one in net.model.weights() if one.token in paths}
    moved = {path for path, value in held.items() if not np.array_equal(value, before[path])}
    return sorted(moved | set(changed_weights(own_base, before)))
