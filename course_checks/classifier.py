"""Checks of the exercise on a model that has a frozen base in it, dropout and ten logits."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from course_checks.draws import generator_for
from course_checks.frozen import (
    EXAMPLES,
    FEATURES,
    SIDE,
    changed_weights,
    features_of_base,
    kept_base,
    made_up_base,
    made_up_pictures,
    weights_by_path,
)
from course_checks.masks import ALWAYS_ON, rate_hint
from course_checks.report import (
    call,
    failure,
    random_states_kept,
    require,
    require_written,
)
from course_checks.watching import (
    is_same,
    new_model,
    watched_pass,
    without_activation,
    works_without_training,
)
from course_grader.contract import shared
from course_grader.keras_models import Layer

CLASSES = 10
RATES = (0.25, 0.6)
Pass = tuple[Layer, np.ndarray, np.ndarray]


class Classifier:
    """The student's model around a made-up base, and what that base gives at inference."""

    def __init__(self, what: str, build: Callable, base: Any, rate: float, seed: int):
        self.seed, self.pictures = seed, made_up_pictures(seed)
        self.base = base
        self.weights = weights_by_path(self.base)
        self.features = features_of_base(self.base, self.pictures)
        self.model = new_model(what, build, self.base, rate, shape=(2, SIDE, SIDE, 3))
        self.passes: dict[tuple[bool | None, int], Pass] = {}

    @cached_property
    def drifted(self) -> np.ndarray:
        """What the base gives as in training, where it is not frozen."""
        # Of a copy: such a pass moves the stored means.
        return features_of_base(made_up_base(self.seed), self.pictures, training=True)

    def changed_in_base(self) -> list[str]:
        """The names of the weights of the base that are not what they were.

        In the base itself, and where the model holds the same variables.
        """
        paths = dict(zip(self.model.tokens_of(self.base), self.weights, strict=True))
        held = {paths[one.token]: one.value for one in self.model.weights() if one.token in paths}
        moved = {
            path for path, value in held.items() if not np.array_equal(value, self.weights[path])
        }
        return sorted(moved | set(changed_weights(self.base, self.weights)))

    def watch_once(self, what: str, training: bool | None, number: int = 0) -> Pass:
        """The same pass for all checks that change nothing. number: of several to compare."""
        key = training, number
        if key not in self.passes:
            self.passes[key] = self.watch(what, training)
        return self.passes[key]

    def watch(self, what: str, training: bool | None) -> Pass:
        """The one Dense layer, what goes into it, (n, FEATURES), and the output, (n, CLASSES)."""
        seen, output = watched_pass(what, self.model, self.pictures, ("Dense",), training=training)
        shapes = [one.given.shape for one in seen] + [output.shape]
        require(
            shapes == [(EXAMPLES, FEATURES), (EXAMPLES, CLASSES)],
            what,
            expected=f"one Dense layer, from {(EXAMPLES, FEATURES)} to {(EXAMPLES, CLASSES)}",
            found=f"{len(seen)} Dense layers; inputs and output of the shapes {shapes}",
            hint="the base is not called, or layers were added or left out.",
        )
        return seen[0].layer, seen[0].given, output

    def require_features(self, what: str, given: np.ndarray, when: str) -> None:
        """Up to dropout and its factor, the Dense layer sees what the base gives at inference."""
        if _is_thinned(given, self.features):
            return
        as_in_training = _is_thinned(given, self.drifted)
        raise failure(
            what,
            expected=f"{when} the Dense layer sees the features that `base.predict` gave at first",
            found="those of a base that runs as in training" if as_in_training else "other numbers",
            hint="its batch normalisation uses the mean of the batch. (In Keras 3, `fit` tells all "
            "layers of a functional model that they are trained, whatever was said when it was "
            "built.)"
            if as_in_training
            else "something else stands between base and Dense layer, or the base is another one.",
        )


def _classifier(what: str, build: Callable, rate: float, seed: int) -> Classifier:
    """In grading, checks that change nothing share it."""
    require_written(what, build)

    def make() -> Classifier:
        return Classifier(what, build, kept_base(("classifier", rate), seed), rate, seed)

    return shared(("classifier", build, rate, seed), make)


def _is_thinned(given: np.ndarray, features: np.ndarray) -> bool:
    """Whether what is not zero is the features times one factor, as behind any dropout."""
    ratio = given[given != 0] / features[given != 0]
    return ratio.size > 0 and np.allclose(ratio, np.median(ratio), rtol=0.02)


@random_states_kept()
def classifier_returns_logits_of_the_features(build: Callable, *, seed: int = 0) -> None:
    """At inference and in training the output is the Dense layer's weighted sum, nothing else."""
    what = "the model gives ten logits, from the features that the base gives"
    classifier = _classifier(what, build, RATES[0], seed)
    for training in (False, True):
        layer, given, output = classifier.watch_once(what, training)
        if not training:
            classifier.require_features(what, given, "at inference")
        sums_to_one = np.allclose(output.sum(axis=1), 1, atol=1e-3)
        require(
            is_same(output, without_activation(layer, given)),
            what,
            expected="the output is the weighted sum of the Dense layer, in training as well",
            found=f"values from {output.min():.3g} to {output.max():.3g}"
            + (", and each row sums to 1" if sums_to_one else ""),
            hint="an activation or another layer follows the weighted sum; the loss applies its "
            "own softmax.",
        )


@random_states_kept()
def classifier_runs_the_base_as_at_inference(build: Callable, *, seed: int = 0) -> None:
    """In training, too, the base gives what it gives at inference.

    A right answer fails with p < 1e-100, if all features are dropped.
    """
    what = "the base gives what it gives at inference, also while the head is trained"
    classifier = _classifier(what, build, RATES[0], seed)
    for number in (0, 1):
        _, given, _ = classifier.watch_once(what, training=True, number=number)
        classifier.require_features(what, given, "in training")


@random_states_kept()
def classifier_leaves_the_base_alone(build: Callable, *, seed: int = 0) -> None:
    """Two steps of training change the head, and no weight or stored mean of the base."""
    what = "training changes the head and leaves the base as it was"
    require_written(what, build)
    classifier = Classifier(what, build, made_up_base(seed), RATES[0], seed)
    labels = generator_for(seed, 23).integers(0, CLASSES, EXAMPLES)
    before, _, _ = classifier.watch(what, training=False)

    def fit(pictures: np.ndarray, labels: np.ndarray) -> None:
        classifier.model.train(pictures, labels, steps=2)

    call(what, fit, classifier.pictures, labels)
    changed = classifier.changed_in_base()
    require(
        not changed,
        what,
        expected="all weights of the base as they were",
        found=f"{len(changed)} arrays of the base changed, such as {', '.join(changed[:1])}",
        hint="only the stored means moved: the base's batch normalisation runs as in training."
        if all("moving" in path for path in changed)
        else "the optimizer still has the weights of the base, or of a part of it.",
    )
    layer, given, _ = classifier.watch(what, training=False)
    classifier.require_features(what, given, "after training")
    require(
        not np.array_equal(layer.kernel, before.kernel),
        what,
        expected="the weights of the head change",
        found="they do not",
        hint="the whole model is frozen, the head too.",
    )


@random_states_kept()
def classifier_drops_features(build: Callable, *, seed: int = 0) -> None:
    """In training the share `rate` of the features is zero and the rest scaled; none at inference.

    Every feature of every picture is drawn for by itself, anew in each pass; inference is a call
    with training=False, and one without `training`. Six standard errors of all those draws:
    p(false fail) < 1e-8 for a right answer. That two passes drop the same has p < 1e-100.
    """
    what = "the head's dropout acts on the features, in training only, with the rate given"
    shares = []
    for rate in RATES:
        classifier = _classifier(what, build, rate, seed)
        for training, when in ((False, "training=False"), (None, "no `training` in the call")):
            if training is None and not works_without_training(
                classifier.model, classifier.pictures
            ):
                continue
            _, quiet, _ = classifier.watch_once(what, training)
            require(
                (quiet != 0).all(),
                what,
                expected=f"no feature dropped with {when}",
                found=f"{np.mean(quiet == 0):.0%} of them",
                hint=ALWAYS_ON.replace("the dropout", "the head's dropout"),
            )
        (_, given, _), (_, again, _) = (
            classifier.watch_once(what, training=True, number=number) for number in (0, 1)
        )
        shares.append(float(np.mean(given == 0)))
        if 0 < shares[-1] < 1:
            _require_single_draws(what, given == 0)
            require(
                not np.array_equal(given == 0, again == 0),
                what,
                expected="two passes in training drop other features",
                found="the same ones",
                hint="the random numbers are fixed, as by a seed that is set at each call.",
            )
            require(
                _is_scaled(given, classifier.features, shares[-1])
                or _is_scaled(given, classifier.drifted, shares[-1]),  # another check's business
                what,
                expected=f"a feature is 0 or about {1 / (1 - shares[-1]):.2f} times what it was, "
                f"where {shares[-1]:.0%} are dropped",
                found="other values",
                hint="survivors are not scaled, or another noise than dropout is used.",
            )
    for rate, share in zip(RATES, shares, strict=True):
        margin = 6 * np.sqrt(rate * (1 - rate) / (EXAMPLES * FEATURES))
        require(
            abs(share - rate) < margin,
            what,
            expected=f"{rate:.0%} of the features dropped at rate {rate}, give or take "
            f"{margin:.1%}",
            found=f"{share:.1%}",
            hint="the whole model is called with training=False, the head's dropout too, or "
            "there is none in front of the Dense layer."
            if max(shares) == 0
            else rate_hint(shares, RATES, "a number stands where the argument belongs."),
        )


def _is_scaled(given: np.ndarray, features: np.ndarray, share: float) -> bool:
    """Whether what is not zero makes up for the share that is."""
    exact = features / (1 - share)
    return np.allclose(given[given != 0], exact[given != 0], rtol=0.2)


def _require_single_draws(what: str, gone: np.ndarray) -> None:
    """gone: which features were dropped, (n, FEATURES). Of 32 draws not all come out the same.

    Somewhere, that is: in some row and in some column, p < 1e-100 for a right answer.
    """
    for axis, found in ((0, "one mask serves all pictures"), (1, "whole pictures are dropped")):
        mixed = gone.any(axis=axis) & ~gone.all(axis=axis)
        require(
            mixed.any(),
            what,
            expected="a draw for each feature of each picture",
            found=found,
            hint="draws are shared, as by noise_shape.",
        )
