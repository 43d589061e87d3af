"""Checks of the exercises on transfer learning: checkpoints, frozen bases, passes saved.

Nothing is trained for long: a made-up base and made-up trainings, of which every number is
known beforehand, stand in for the real ones.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.checks.report import (
    array_from,
    call,
    describe,
    failure,
    number_from,
    random_states_kept,
    require,
)
from course_utils.checks.watching import built_model, is_same, rate_hint, watched_pass

SIDE, FEATURES, CLASSES, EXAMPLES = 8, 72, 10, 32
Run = tuple[float, int]  # rate and seed
RUNS = "each run has a checkpoint of its own"
BEST = "the weights are those of the epoch with the lowest validation loss"
PASSES = "the passes saved are those of the old way minus those of the new one"


class Script:
    """Made-up trainings: what each run logs after each epoch, and one weight that tells which.

    Two rates agree in their first digit, so that a file name which rounds them is not enough.
    """

    def __init__(self, seed: int):
        generator = np.random.default_rng([seed, 20])
        first = float(generator.integers(1, 9)) / 10
        self.rates = [0.0, first, first + 0.05]
        self.seeds = [int(number) for number in generator.choice(90, 2, replace=False) + 1]
        self.runs = [(rate, number) for rate in self.rates for number in self.seeds]
        self.logs = {run: _logs(generator) for run in self.runs}
        self.asked: list[object] = []

    def train_one(self, rate: float, seed: int, callbacks: Sequence[Any]) -> Any:
        """Stands in for the training of one model: sets its weight and its log by the script."""
        import keras

        self.asked.append((rate, seed))
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
        model.compile("sgd", "mse", metrics=["accuracy"], run_eagerly=True)
        # A callback that is to tell whether more is better asks the metrics, once they are built.
        model.train_on_batch(np.zeros((1, 1)), np.zeros((1, 1)))
        watcher = keras.callbacks.CallbackList(list(callbacks), model=model)
        watcher.on_train_begin()
        for epoch, logs in enumerate(self.logs[rate, seed]):
            model.set_weights([np.array([[self.weight((rate, seed), epoch)]], np.float32)])
            watcher.on_epoch_begin(epoch)
            watcher.on_epoch_end(epoch, dict(logs))
        watcher.on_train_end()
        return model

    def weight(self, run: Run, epoch: int) -> float:
        """The weight that a run has after an epoch, counted from 0."""
        return 100.0 * self.runs.index(run) + epoch

    def lowest(self, run: Run) -> int:
        """The epoch, counted from 0, with the lowest validation loss."""
        return int(np.argmin([logs["val_loss"] for logs in self.logs[run]]))


def _logs(generator: np.random.Generator) -> list[dict[str, float]]:
    """Six epochs, in which each measure is best in another one, and none in the last."""
    by_loss, by_accuracy = generator.choice([1, 2, 3], 2, replace=False)
    val_loss = 1 + 0.1 * np.abs(np.arange(6) - by_loss) + generator.uniform(0, 0.02, 6)
    val_accuracy = 0.8 - 0.1 * np.abs(np.arange(6) - by_accuracy) - generator.uniform(0, 0.02, 6)
    loss = np.array([0.9, 0.7, 0.6, 0.5, 0.3, 0.4])
    columns = {
        "loss": loss,
        "accuracy": 1 - loss / 2,
        "val_loss": val_loss,
        "val_accuracy": val_accuracy,
    }
    return [{name: float(values[epoch]) for name, values in columns.items()} for epoch in range(6)]


def _weights(what: str, best_models: Callable, seed: int) -> tuple[Script, dict[Run, float]]:
    """The script, and the weight of the model that was returned for each of its runs."""
    script = Script(seed)
    with tempfile.TemporaryDirectory() as folder:
        found = call(what, best_models, script.train_one, script.rates, script.seeds, Path(folder))
        require(
            isinstance(found, dict) and set(found) == set(script.runs),
            what,
            expected=f"a dict with a model for each of the {len(script.runs)} pairs (rate, seed)",
            found=describe(found)
            if not isinstance(found, dict)
            else f"a dict with {len(found)} keys, such as {list(found)[:1]}"[:100],
            hint="the keys are not the pairs, or the dict is not returned.",
        )
        return script, {run: _single_weight(what, model) for run, model in found.items()}


def _single_weight(what: str, model: object) -> float:
    weights = call(what, model.get_weights) if hasattr(model, "get_weights") else None
    sizes = [np.size(array) for array in weights] if isinstance(weights, list) else []
    require(
        sizes == [1],
        what,
        expected="a model that `train_one` returned, or one that was read from its checkpoint",
        found=describe(model),
        hint="something other than the model stands in the dict.",
    )
    return float(np.ravel(weights[0])[0])


@random_states_kept()
def checkpoints_keep_each_run(best_models: Callable, *, seed: int = 0) -> None:
    """`best_models(train_one, rates, seeds, folder)` gives every run weights of its own.

    Whichever epoch they are from. Every run is trained once.
    """
    script, weights = _weights(RUNS, best_models, seed)
    require(
        sorted(script.asked) == sorted(script.runs),
        RUNS,
        expected=f"`train_one` is called once for each of the {len(script.runs)} pairs",
        found=f"{len(script.asked)} calls for {len(set(script.asked))} pairs",
        hint="a training is repeated or left out, or rate and seed are exchanged.",
    )
    taken = {run: script.runs[int(value // 100)] for run, value in weights.items()}
    foreign = [run for run in script.runs if taken[run] != run]
    require(
        not foreign,
        RUNS,
        expected="the model of each pair (rate, seed) has weights from the training of that pair",
        found=f"{len(foreign)} of {len(taken)} have weights from another training"
        + (f": {foreign[0]} has those of {taken[foreign[0]]}" if foreign else ""),
        hint=_shared_hint(taken, foreign),
    )


def _shared_hint(taken: dict[Run, Run], foreign: list[Run]) -> str:
    if len(set(taken.values())) == 1:
        return "all trainings write to the same file, so that the last one is restored for all."
    if all(taken[run][0] == run[0] for run in foreign):
        return "trainings with the same rate and different seeds write to the same file."
    if all(taken[run][1] == run[1] for run in foreign):
        return "trainings of different rates write to the same file: perhaps the name rounds them."
    return "rates or seeds are exchanged on the way to the file or to the dict."


@random_states_kept()
def checkpoints_keep_the_lowest_loss(best_models: Callable, *, seed: int = 0) -> None:
    """The weights returned are those that each run had when its validation loss was lowest."""
    script, weights = _weights(BEST, best_models, seed)
    epochs = {run: int(value % 100) for run, value in weights.items()}
    wrong = [run for run in script.runs if epochs[run] != script.lowest(run)]
    if not wrong:
        return
    run = wrong[0]
    measures = {
        "the checkpoint goes by validation accuracy.": ("val_accuracy", np.argmax),
        "the checkpoint goes by the training loss, which says nothing about new pictures.": (
            "loss",
            np.argmin,
        ),
        "the checkpoint keeps the largest validation loss.": ("val_loss", np.argmax),
    }
    known = {
        hint: {one: int(best([logs[name] for logs in script.logs[one]])) for one in wrong}
        for hint, (name, best) in measures.items()
    }
    known[
        "the last epoch's weights are returned: nothing is restored, or the checkpoint is written "
        "after every epoch."
    ] = dict.fromkeys(wrong, len(script.logs[run]) - 1)
    matching = [
        hint for hint, by_run in known.items() if all(by_run[r] == epochs[r] for r in wrong)
    ]
    raise failure(
        BEST,
        expected=f"epoch {script.lowest(run) + 1} of 6 for the run {run}",
        found=f"epoch {epochs[run] + 1}; not the best one in {len(wrong)} of the runs",
        hint=next(
            iter(matching), "the file of one run is used for another, or by another measure."
        ),
    )


def _made_up_base(seed: int, dropout: float = 0.0) -> Any:
    """A small base with batch normalisation: features of shape (n, FEATURES), above 0."""
    import keras
    from keras import layers

    generator = np.random.default_rng([seed, 21])
    normalisation = layers.BatchNormalization()
    base = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            layers.Conv2D(8, 3, strides=2, activation="tanh"),
            normalisation,
            layers.Dropout(dropout),
            layers.Activation("softplus"),
            layers.Flatten(),
        ],
        name="made_up_base",
    )
    # Stored means and variances that differ from those of any batch.
    normalisation.set_weights([generator.uniform(0.5, 1.5, 8) for _ in range(4)])
    return base


def _pictures(seed: int, examples: int = EXAMPLES) -> np.ndarray:
    generator = np.random.default_rng([seed, 22])
    return generator.normal(0.0, 1.0, size=(examples, SIDE, SIDE, 3)).astype(np.float32)


@random_states_kept()
def features_are_those_of_inference(features_of: Callable, *, seed: int = 0) -> None:
    """`features_of(base, pictures)`: for any number of pictures what `base.predict` gives."""
    what = "the features are those that the base gives at inference"
    for examples in (70, 1, 64):
        base, pictures = _made_up_base(seed, dropout=0.4), _pictures(seed, examples)
        exact = _features(base, pictures)
        found = call(what, features_of, base, pictures.copy())
        array = array_from(what, found, name="the result", shape=exact.shape)
        require(
            is_same(array, exact),
            what,
            expected=f"what `base.predict` gives for the same {examples} pictures",
            found=f"zeros in {np.mean(array == 0):.0%} of the places"
            if (array == 0).any()
            else "other numbers",
            hint=_features_hint(array, exact),
        )


def _features_hint(found: np.ndarray, exact: np.ndarray) -> str:
    if found.shape == exact.shape and is_same(np.sort(found, axis=0), np.sort(exact, axis=0)):
        return "the pictures come out in another order."
    return (
        "the base is called as in training: its dropout drops, and its batch normalisation uses "
        "the mean of the batch, so that a picture's features depend on its company."
    )


@random_states_kept()
def features_leave_the_base_alone(features_of: Callable, *, seed: int = 0) -> None:
    """No weight and no stored mean of the base changes, and the pictures stay as they are."""
    what = "computing features changes neither the base nor the pictures"
    base, pictures = _made_up_base(seed, dropout=0.4), _pictures(seed)
    given, before = pictures.copy(), base.get_weights()
    found = call(what, features_of, base, given)
    array_from(what, found, name="the result", shape=(EXAMPLES, FEATURES))
    require(
        np.array_equal(given, pictures),
        what,
        expected="the pictures as they were given",
        found="other pixels",
        hint="the pictures are scaled or sorted in place.",
    )
    moved = _changed(base, before)
    require(
        not moved,
        what,
        expected="all weights and stored means as they were",
        found=f"{len(moved)} arrays changed, such as {', '.join(moved[:1])}",
        hint="a base that is called with training=True and is not frozen moves its stored means.",
    )


def _changed(base: Any, before: Sequence[np.ndarray]) -> list[str]:
    """The paths of the base's weights that are no longer what they were."""
    import keras

    return [
        weight.path
        for weight, old in zip(base.weights, before, strict=True)
        if not np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]


def _classifier(what: str, build: Callable, rate: float, seed: int) -> tuple[Any, Any]:
    """A made-up base and the student's model with it, called once."""
    base = _made_up_base(seed)
    return base, built_model(what, build, base, rate, shape=(2, SIDE, SIDE, 3))


def _before_logits(
    what: str, model: Any, *, training: bool, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """What goes into the model's Dense layer, (n, FEATURES), and the output, (n, CLASSES)."""
    seen, output = watched_pass(what, model, _pictures(seed), ("Dense",), training=training)
    shapes = [one.given.shape for one in seen]
    require(
        len(seen) == 1
        and shapes[0] == (EXAMPLES, FEATURES)
        and output.shape == (EXAMPLES, CLASSES),
        what,
        expected=f"one Dense layer, from {(EXAMPLES, FEATURES)} to {(EXAMPLES, CLASSES)}",
        found=f"{len(seen)} Dense layers, inputs of the shapes {shapes}, output {output.shape}",
        hint="the base is not called, or layers were added or left out.",
    )
    return seen[0].given, output


def _features(base: Any, pictures: np.ndarray, training: bool = False) -> np.ndarray:
    import keras

    return keras.ops.convert_to_numpy(base(pictures, training=training))


@random_states_kept()
def classifier_returns_logits_of_the_features(build: Callable, *, seed: int = 0) -> None:
    """At inference `build(base, rate)` is a Dense layer of ten logits on the base's features."""
    what = "at inference the model gives ten logits, from the features that the base gives"
    base, model = _classifier(what, build, 0.5, seed)
    given, output = _before_logits(what, model, training=False, seed=seed)
    _require_features(what, given, _features(base, _pictures(seed)), "at inference")
    sums_to_one = np.allclose(output.sum(axis=1), 1, atol=1e-3)
    require(
        not sums_to_one and (output < 0).any(),
        what,
        expected="any real numbers as logits",
        found=f"values from {output.min():.3g} to {output.max():.3g}"
        + (", and each row sums to 1" if sums_to_one else ""),
        hint="an activation follows the Dense layer; the loss applies its own softmax.",
    )


def _require_features(what: str, given: np.ndarray, features: np.ndarray, when: str) -> None:
    require(
        is_same(given, features),
        what,
        expected=f"{when} the Dense layer sees the features that `base.predict` gives",
        found="other numbers",
        hint="the base is not frozen, so that in training its batch normalisation uses the mean of "
        "the batch (in Keras 3 `fit` tells that to all layers of a functional model, whatever was "
        "said when it was built); or something else stands between base and Dense layer.",
    )


@random_states_kept()
def classifier_runs_the_base_as_at_inference(build: Callable, *, seed: int = 0) -> None:
    """In training, too, the base gives what it gives at inference. Tried with rate 0."""
    what = "the base runs as at inference, also while the head is trained"
    base, model = _classifier(what, build, 0.0, seed)
    for _ in range(2):
        given, _ = _before_logits(what, model, training=True, seed=seed)
        _require_features(what, given, _features(base, _pictures(seed)), "in training")


@random_states_kept()
def classifier_leaves_the_base_alone(build: Callable, *, seed: int = 0) -> None:
    """Two steps of training change the head, and no weight or stored mean of the base."""
    what = "training changes the head and leaves the base as it was"
    base, model = _classifier(what, build, 0.2, seed)
    import keras

    labels = np.random.default_rng([seed, 23]).integers(0, CLASSES, EXAMPLES)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss)
    frozen, whole = base.get_weights(), model.get_weights()
    for _ in range(2):
        call(what, model.train_on_batch, _pictures(seed), labels)
    changed = _changed(base, frozen)
    stored = [path for path in changed if "moving" in path]
    require(
        not changed,
        what,
        expected="all weights of the base as they were",
        found=f"{len(changed)} arrays of the base changed, such as {', '.join(changed[:1])}",
        hint="only the stored means moved: the base's batch normalisation runs as in training."
        if stored == changed
        else "the optimizer still has the weights of the base, or of a part of it.",
    )
    after = model.get_weights()
    require(
        len(after) == len(whole)
        and any(not np.array_equal(one, other) for one, other in zip(after, whole, strict=True)),
        what,
        expected="the weights of the head change",
        found="no weight of the model changes",
        hint="the whole model is frozen, the head too.",
    )


@random_states_kept()
def classifier_drops_features(build: Callable, *, seed: int = 0) -> None:
    """In training the share `rate` of the features is zero and the rest scaled; none at inference.

    Six standard errors of as many draws as there are features in one example, so that a mask
    is anybody's: p(false fail) < 1e-8 for a right answer.
    """
    what = "the head's dropout acts on the features, in training only, with the rate given"
    rates, shares = (0.25, 0.6), []
    for rate in rates:
        base, model = _classifier(what, build, rate, seed)
        quiet, _ = _before_logits(what, model, training=False, seed=seed)
        require(
            (quiet != 0).all(),
            what,
            expected="no feature dropped with training=False",
            found=f"{np.mean(quiet == 0):.0%} of them",
            hint="training=True is set for the head's dropout by hand.",
        )
        given, _ = _before_logits(what, model, training=True, seed=seed)
        shares.append(float(np.mean(given == 0)))
        require(
            shares[-1] in (0, 1) or _is_scaled(given, base, seed, shares[-1]),
            what,
            expected=f"a feature is 0 or about {1 / (1 - shares[-1]):.2f} times what it was, where "
            f"{shares[-1]:.0%} are dropped",
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


def _is_scaled(given: np.ndarray, base: Any, seed: int, share: float) -> bool:
    """Whether the kept features are scaled; how the base ran is another check's matter."""
    kept = given != 0
    return any(
        np.allclose(given[kept], features[kept] / (1 - share), rtol=0.2)
        for features in (_features(base, _pictures(seed), training) for training in (False, True))
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
