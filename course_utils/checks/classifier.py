"""Checks of the exercise on a model that has a frozen base in it, dropout and ten logits."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.frozen import (
    EXAMPLES,
    FEATURES,
    SIDE,
    changed_weights,
    features_of_base,
    made_up_base,
    made_up_pictures,
    weights_by_path,
)
from course_utils.checks.report import call, random_states_kept, require
from course_utils.checks.watching import (
    built_model,
    is_same,
    rate_hint,
    watched_pass,
    without_activation,
)

CLASSES = 10


class Classifier:
    """The student's model around a made-up base, and what that base gives at inference."""

    def __init__(self, what: str, build: Callable, rate: float, seed: int):
        self.what, self.pictures = what, made_up_pictures(seed)
        self.base = made_up_base(seed)
        self.weights = weights_by_path(self.base)
        self.features = features_of_base(self.base, self.pictures)
        # The base as in training, where it is not frozen; a copy, since that moves its means.
        self.drifted = features_of_base(made_up_base(seed), self.pictures, training=True)
        self.model = built_model(what, build, self.base, rate, shape=(2, SIDE, SIDE, 3))

    def watch(self, training: bool) -> tuple[Any, np.ndarray, np.ndarray]:
        """The one Dense layer, what goes into it, (n, FEATURES), and the output, (n, CLASSES)."""
        seen, output = watched_pass(
            self.what, self.model, self.pictures, ("Dense",), training=training
        )
        shapes = [one.given.shape for one in seen] + [output.shape]
        require(
            shapes == [(EXAMPLES, FEATURES), (EXAMPLES, CLASSES)],
            self.what,
            expected=f"one Dense layer, from {(EXAMPLES, FEATURES)} to {(EXAMPLES, CLASSES)}",
            found=f"{len(seen)} Dense layers; inputs and output of the shapes {shapes}",
            hint="the base is not called, or layers were added or left out.",
        )
        return seen[0].layer, seen[0].given, output

    def require_features(self, given: np.ndarray, when: str) -> None:
        """Up to dropout and its factor, the Dense layer sees what the base gives at inference."""
        as_in_training = _is_thinned(given, self.drifted)
        require(
            _is_thinned(given, self.features),
            self.what,
            expected=f"{when} the Dense layer sees the features that `base.predict` gave at first",
            found="those of a base that runs as in training" if as_in_training else "other numbers",
            hint="its batch normalisation uses the mean of the batch. (In Keras 3, `fit` tells all "
            "layers of a functional model that they are trained, whatever was said when it was "
            "built.)"
            if as_in_training
            else "something else stands between base and Dense layer, or the base is another one.",
        )


def _is_thinned(given: np.ndarray, features: np.ndarray) -> bool:
    """Whether what is not zero is the features times one factor, as behind any dropout."""
    ratio = given[given != 0] / features[given != 0]
    return ratio.size > 0 and np.allclose(ratio, np.median(ratio), rtol=0.02)


@random_states_kept()
def classifier_returns_logits_of_the_features(build: Callable, *, seed: int = 0) -> None:
    """At inference and in training the output is the Dense layer's weighted sum, nothing else."""
    what = "the model gives ten logits, from the features that the base gives"
    classifier = Classifier(what, build, 0.5, seed)
    for training in (False, True):
        layer, given, output = classifier.watch(training)
        if not training:
            classifier.require_features(given, "at inference")
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
    """In training, too, the base gives what it gives at inference."""
    what = "the base gives what it gives at inference, also while the head is trained"
    classifier = Classifier(what, build, 0.5, seed)
    for _ in range(2):
        _, given, _ = classifier.watch(training=True)
        classifier.require_features(given, "in training")


@random_states_kept()
def classifier_leaves_the_base_alone(build: Callable, *, seed: int = 0) -> None:
    """Two steps of training change the head, and no weight or stored mean of the base."""
    what = "training changes the head and leaves the base as it was"
    classifier = Classifier(what, build, 0.5, seed)
    import keras

    labels = np.random.default_rng([seed, 23]).integers(0, CLASSES, EXAMPLES)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    call(what, classifier.model.compile, keras.optimizers.SGD(0.1), loss)
    layer, _, _ = classifier.watch(training=False)
    kernel = keras.ops.convert_to_numpy(layer.kernel).copy()
    for _ in range(2):
        call(what, classifier.model.train_on_batch, classifier.pictures, labels)
    changed = changed_weights(classifier.base, classifier.weights)
    require(
        not changed,
        what,
        expected="all weights of the base as they were",
        found=f"{len(changed)} arrays of the base changed, such as {', '.join(changed[:1])}",
        hint="only the stored means moved: the base's batch normalisation runs as in training."
        if all("moving" in path for path in changed)
        else "the optimizer still has the weights of the base, or of a part of it.",
    )
    layer, given, _ = classifier.watch(training=False)
    classifier.require_features(given, "after training")
    require(
        not np.array_equal(keras.ops.convert_to_numpy(layer.kernel), kernel),
        what,
        expected="the weights of the head change",
        found="they do not",
        hint="the whole model is frozen, the head too.",
    )


@random_states_kept()
def classifier_drops_features(build: Callable, *, seed: int = 0) -> None:
    """In training the share `rate` of the features is zero and the rest scaled; none at inference.

    Every feature of every picture is drawn for by itself. Six standard errors of all those
    draws: p(false fail) < 1e-8 for a right answer.
    """
    what = "the head's dropout acts on the features, in training only, with the rate given"
    rates, shares = (0.25, 0.6), []
    for rate in rates:
        classifier = Classifier(what, build, rate, seed)
        _, quiet, _ = classifier.watch(training=False)
        require(
            (quiet != 0).all(),
            what,
            expected="no feature dropped with training=False",
            found=f"{np.mean(quiet == 0):.0%} of them",
            hint="training=True is set for the head's dropout by hand.",
        )
        _, given, _ = classifier.watch(training=True)
        shares.append(float(np.mean(given == 0)))
        if 0 < shares[-1] < 1:
            _require_single_draws(what, given == 0)
            require(
                any(
                    np.allclose(given[given != 0], scaled[given != 0], rtol=0.2)
                    for scaled in (
                        classifier.features / (1 - shares[-1]),
                        classifier.drifted / (1 - shares[-1]),  # another check's business
                    )
                ),
                what,
                expected=f"a feature is 0 or about {1 / (1 - shares[-1]):.2f} times what it was, "
                f"where {shares[-1]:.0%} are dropped",
                found="other values",
                hint="survivors are not scaled, or another noise than dropout is used.",
            )
    for rate, share in zip(rates, shares, strict=True):
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
            else rate_hint(shares, rates, "a number stands where the argument belongs."),
        )


def _require_single_draws(what: str, gone: np.ndarray) -> None:
    """gone: which features were dropped, (n, FEATURES). Of 32 draws not all come out the same.

    Somewhere, that is: in some row and in some column, p < 1e-100 for a right answer.
    """
    for axis, shared in ((0, "one mask serves all pictures"), (1, "whole pictures are dropped")):
        mixed = gone.any(axis=axis) & ~gone.all(axis=axis)
        require(
            mixed.any(),
            what,
            expected="a draw for each feature of each picture",
            found=shared,
            hint="draws are shared, as by noise_shape.",
        )
