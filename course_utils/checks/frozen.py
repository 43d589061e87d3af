"""Checks of the exercises on frozen bases: their features, a model around them, passes saved.

A small made-up base with batch normalisation stands in for the real one.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.report import (
    array_from,
    call,
    number_from,
    random_states_kept,
    require,
)
from course_utils.checks.watching import (
    built_model,
    is_same,
    rate_hint,
    watched_pass,
    without_activation,
)

SIDE, FEATURES, CLASSES, EXAMPLES = 8, 72, 10, 32
PASSES = "the passes saved are those of the old way minus those of the new one"


def _made_up_base(seed: int, dropout: float = 0.0) -> Any:
    """A small base with batch normalisation: features of shape (n, FEATURES), above 0."""
    import keras
    from keras import layers

    generator = np.random.default_rng([seed, 21])
    initializer = keras.initializers.GlorotUniform(seed)
    normalisation = layers.BatchNormalization()
    inputs = x = keras.Input((SIDE, SIDE, 3))
    for layer in (
        layers.Conv2D(8, 3, 2, activation="tanh", kernel_initializer=initializer),
        normalisation,
        layers.Dropout(dropout),
        layers.Activation("softplus"),
        layers.Flatten(),
    ):
        x = layer(x)
    # Stored means and variances that differ from those of any batch.
    normalisation.set_weights([generator.uniform(0.5, 1.5, 8) for _ in range(4)])
    return keras.Model(inputs, x, name="made_up_base")


def _pictures(seed: int, examples: int = EXAMPLES) -> np.ndarray:
    generator = np.random.default_rng([seed, 22])
    return generator.normal(0.0, 1.0, size=(examples, SIDE, SIDE, 3)).astype(np.float32)


def _features(base: Any, pictures: np.ndarray, training: bool = False) -> np.ndarray:
    import keras

    return keras.ops.convert_to_numpy(base(pictures, training=training))


@random_states_kept()
def features_are_those_of_inference(features_of: Callable, *, seed: int = 0) -> None:
    """`features_of(base, pictures)`: for any number of pictures what `base.predict` gives."""
    what = "the features are those that the base gives at inference"
    for examples in (70, 1, 64):
        base, pictures = _made_up_base(seed, dropout=0.4), _pictures(seed, examples)
        exact = _features(base, pictures)
        found, again = (
            array_from(
                what,
                call(what, features_of, base, pictures.copy()),
                name="the result",
                shape=exact.shape,
            )
            for _ in range(2)
        )
        require(
            is_same(found, exact),
            what,
            expected=f"what `base.predict` gives for the same {examples} pictures",
            found="other numbers" + ("" if is_same(found, again) else ", and others each time"),
            hint=_features_hint(found, again, exact),
        )


def _features_hint(found: np.ndarray, again: np.ndarray, exact: np.ndarray) -> str:
    if not is_same(found, again):
        return (
            "the base is called as in training: its dropout drops, and its batch normalisation "
            "uses the mean of the batch, so that a picture's features depend on its company."
        )
    if is_same(np.sort(found, axis=0), np.sort(exact, axis=0)):
        return "the pictures come out in another order."
    return "the pictures, or the features, are changed on the way."


@random_states_kept()
def features_leave_the_base_alone(features_of: Callable, *, seed: int = 0) -> None:
    """No weight and no stored mean of the base changes, and the pictures stay as they are."""
    what = "computing features changes neither the base nor the pictures"
    base, pictures = _made_up_base(seed, dropout=0.4), _pictures(seed)
    given, weights = pictures.copy(), _by_path(base)
    found = call(what, features_of, base, given)
    array = array_from(what, found, name="the result", shape=(EXAMPLES, FEATURES))
    require(
        np.ptp(array) > 0,
        what,
        expected="features that depend on the picture",
        found="the same number everywhere",
        hint="nothing is computed.",
    )
    require(
        np.array_equal(given, pictures),
        what,
        expected="the pictures as they were given",
        found="other pixels",
        hint="the pictures are scaled or sorted in place.",
    )
    moved = _changed(base, weights)
    require(
        not moved,
        what,
        expected="all weights and stored means as they were",
        found=f"{len(moved)} arrays changed, such as {', '.join(moved[:1])}",
        hint="a base that runs as in training moves its stored means, or its layers were changed.",
    )


def _by_path(base: Any) -> dict[str, np.ndarray]:
    """The weights of a base by their names."""
    import keras

    return {weight.path: keras.ops.convert_to_numpy(weight).copy() for weight in base.weights}


def _changed(base: Any, before: dict[str, np.ndarray]) -> list[str]:
    """The names of the weights that are not what they were, or that were added or lost."""
    now = _by_path(base)
    same = {path for path in now if path in before and np.array_equal(now[path], before[path])}
    return sorted((set(now) | set(before)) - same)


class Classifier:
    """The student's model around a made-up base, and what that base gives at inference."""

    def __init__(self, what: str, build: Callable, rate: float, seed: int):
        self.what, self.pictures = what, _pictures(seed)
        self.base = _made_up_base(seed)
        self.weights = _by_path(self.base)
        self.features = _features(self.base, self.pictures)
        # The base as in training, where it is not frozen; a copy, since that moves its means.
        self.drifted = _features(_made_up_base(seed), self.pictures, training=True)
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
    changed = _changed(classifier.base, classifier.weights)
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


@random_states_kept()
def passes_saved_are_right(passes_saved: Callable, *, seed: int = 0) -> None:
    """`passes_saved(train, validation, test, epochs, runs)`, an exact whole number.

    The old way: each run passes training and validation pictures through the base in every
    epoch, and the test pictures once. The new way: each picture once.
    """
    generator = np.random.default_rng([seed, 24])
    drawn = [int(generator.integers(low, 20 * low)) for low in (500, 100, 50, 3, 2)]
    for numbers in ([1000, 200, 300, 30, 4], drawn, [100, 10, 5, 1, 3], [1, 1, 1, 1, 1]):
        train, validation, test, epochs, runs = numbers
        old = runs * (epochs * (train + validation) + test)
        exact = old - (train + validation + test)
        found = number_from(PASSES, call(PASSES, passes_saved, *numbers), name="the result")
        known = {
            "the passes that the new way needs as well are not taken off.": old,
            "the validation pictures, which pass through the base in every epoch, too, are left "
            "out.": exact - runs * epochs * validation,
            "the test pictures pass through the base once a run, not once an epoch.": exact
            + runs * (epochs - 1) * test,
            "one run is counted; a sweep has several.": exact - (runs - 1) * (old // runs),
            "the features are thought to be computed anew for each run.": old
            - runs * (train + validation + test),
        }
        matching = [hint for hint, value in known.items() if value == found]
        require(
            found == exact,
            PASSES,
            expected=f"{exact} for {train} training, {validation} validation and {test} test "
            f"pictures, {epochs} epochs and {runs} runs",
            found=f"{found:.10g}",
            hint=next(iter(matching), "batches are counted, or another product or sum."),
        )
