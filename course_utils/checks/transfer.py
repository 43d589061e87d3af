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
    call,
    describe,
    number_from,
    random_states_kept,
    require,
)
from course_utils.checks.watching import built_model, is_same, rate_hint, watched_pass

SIDE, CLASSES, EXAMPLES = 8, 10, 32
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
        self.seeds = [int(number) for number in generator.choice(90, 3, replace=False) + 1]
        self.runs = [(rate, number) for rate in self.rates for number in self.seeds]
        self.logs = {run: _logs(generator) for run in self.runs}
        self.asked: list[object] = []

    def train_one(self, rate: float, seed: int, callbacks: Sequence[Any]) -> Any:
        """Stands in for the training of one model: sets its weight and its log by the script."""
        import keras

        self.asked.append((rate, seed))
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
        model.compile("sgd", "mse")  # a saved model is then loaded without a warning
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

    def lowest(self, run: Run, measure: str = "val_loss") -> int:
        """The epoch, counted from 0, with the lowest value."""
        return int(np.argmin([logs[measure] for logs in self.logs[run]]))


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
        found = call(
            what, best_models, script.train_one, script.rates, script.seeds, Path(folder)
        )
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
    weights = call(what, getattr(model, "get_weights", None)) if model is not None else None
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
    last = len(script.logs[run]) - 1
    best_accuracy = {
        one: int(np.argmax([logs["val_accuracy"] for logs in script.logs[one]])) for one in wrong
    }
    known = {
        "the last epoch's weights are returned: they are not restored from the checkpoint, or "
        "the checkpoint is overwritten after every epoch.": dict.fromkeys(wrong, last),
        "the checkpoint goes by validation accuracy, or takes the largest loss for the best.": (
            best_accuracy
        ),
        "the checkpoint goes by the training loss, which says nothing about new pictures.": {
            one: script.lowest(one, "loss") for one in wrong
        },
    }
    matching = [hint for hint, by_run in known.items() if all(by_run[r] == epochs[r] for r in wrong)]
    require(
        False,
        BEST,
        expected=f"epoch {script.lowest(run) + 1} of 6 for the run {run}",
        found=f"epoch {epochs[run] + 1}, and another than the best in {len(wrong)} runs",
        hint=next(iter(matching), "the file of one run is used for another, or by another measure."),
    )


def _made_up_base(seed: int) -> Any:
    """A small base with batch normalisation and dropout: features of shape (n, 72), above 0."""
    import keras
    from keras import layers

    generator = np.random.default_rng([seed, 21])
    base = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            layers.Conv2D(8, 3, strides=2, activation="tanh"),
            layers.BatchNormalization(),
            layers.Dropout(0.4),
            layers.Activation("softplus"),
            layers.Flatten(),
        ],
        name="made_up_base",
    )
    base.set_weights(
        [generator.uniform(0.2, 1.0, array.shape).astype(array.dtype) for array in base.get_weights()]
        if False
        else [_drawn(generator, array) for array in base.get_weights()]
    )
    return base
