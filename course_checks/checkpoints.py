"""Checks of the exercise on checkpoints: which weights each run of a sweep ends with.

Nothing is trained. Scripted trainings, of which every number is known beforehand, stand in for the
real ones: one weight tells the run and the epoch that it is from.
"""

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import (
    call,
    describe,
    failure,
    random_states_kept,
    require,
)
from course_checks.watching import model_from
from course_grader.contract import shared
from course_utils.scripted import ScriptedTraining

Run = tuple[float, int]  # rate and seed
Epochs = dict[Run, int]  # counted from 0
OWN = "each run has a checkpoint of its own"
BEST = "the weights are those of the epoch with the lowest validation loss"
NO_MODEL = "something other than the model stands in the dict."
EPOCHS = 7
# Two dips; the lower one comes first in some runs and second in others. Behind the lowest value
# there is a fall that does not reach it, and the last epoch is no dip.
FIRST_LOWER = np.array([1.0, 0.6, 0.9, 0.75, 0.7, 0.8, 0.95])
SECOND_LOWER = np.array([1.0, 0.7, 0.9, 0.6, 0.8, 0.75, 0.95])
TRAINING_LOSS = np.array([0.9, 0.7, 0.6, 0.5, 0.4, 0.2, 0.3])
VALIDATION_ACCURACY = np.array([0.5, 0.6, 0.8, 0.7, 0.65, 0.55, 0.6])


class Script:
    """Made-up trainings: what each run logs after each epoch, and the weight that it has then.

    The rates agree in their first digit, and a rate and a seed written side by side are the same
    digits for two runs: file names that round, or that leave no space, are shared.
    """

    def __init__(self, seed: int):
        generator = generator_for(seed, 20)
        first, digit = int(generator.integers(1, 9)) / 10, int(generator.integers(1, 10))
        self.rates = [0.0, first, round(first + 0.02, 2)]
        self.seeds = [digit, 20 + digit]
        self.runs = [(rate, number) for rate in self.rates for number in self.seeds]
        shapes = generator.permutation([FIRST_LOWER, SECOND_LOWER] * (len(self.runs) // 2))
        self.logs = {
            run: _logs(val_loss, generator) for run, val_loss in zip(self.runs, shapes, strict=True)
        }
        self.asked: Counter[Run] = Counter()

    def asked_for(self, rate: float, seed: int) -> tuple[list[float], list[dict[str, float]]]:
        """The weight and the log of each epoch of one run, which counts as trained."""
        run = (rate, seed)
        if run not in self.logs:
            raise failure(
                OWN,
                expected=f"calls of `train_one` with a rate out of {self.rates} and a seed out of "
                f"{self.seeds}",
                found=f"rate {describe(rate)}, seed {describe(seed)}",
                hint="rate and seed are exchanged, or changed on the way.",
            )
        self.asked[run] += 1
        return [self.weight(run, epoch) for epoch in range(EPOCHS)], self.logs[run]

    def weight(self, run: Run, epoch: int) -> float:
        """The weight that a run has after an epoch."""
        return 100.0 * (1 + self.runs.index(run)) + epoch

    def moments(self) -> dict[float, tuple[Run, int]]:
        """Which run and epoch each weight is from."""
        return {
            self.weight(run, epoch): (run, epoch) for run in self.runs for epoch in range(EPOCHS)
        }

    def epochs(self, measure: str, best: Callable) -> Epochs:
        """The epoch of each run at which a measure is lowest (argmin) or highest (argmax)."""
        return {run: int(best([log[measure] for log in logs])) for run, logs in self.logs.items()}


def _logs(val_loss: np.ndarray, generator: np.random.Generator) -> list[dict[str, float]]:
    """One dict an epoch. Each measure is best in another epoch, and none in the last."""
    jitter = generator.uniform(0, 0.01, (3, EPOCHS))
    loss = TRAINING_LOSS + jitter[0]
    columns = {
        "loss": loss,
        "accuracy": 1 - loss / 2,
        "val_loss": val_loss + jitter[1],
        "val_accuracy": VALIDATION_ACCURACY + jitter[2],
    }
    return [
        {name: float(values[epoch]) for name, values in columns.items()} for epoch in range(EPOCHS)
    ]


def _taken(
    what: str, best_models: Callable, seed: int
) -> tuple[Script, dict[Run, tuple[Run, int]]]:
    """The script, and for each run the run and epoch that its returned weights are from."""
    key = (best_models if callable(best_models) else None, seed)
    script, found = shared(key, lambda: _swept(what, best_models, seed))
    require(
        isinstance(found, dict) and set(found) == set(script.runs),
        what,
        expected=f"a dict with a model for each of the {len(script.runs)} pairs (rate, seed)",
        found=describe(found)
        if not isinstance(found, dict)
        else f"a dict with {len(found)} keys, other than these",
        hint="the keys are not the pairs, or the dict is not returned.",
    )
    moments = script.moments()
    return script, {run: _moment(what, model, moments) for run, model in found.items()}


def _swept(what: str, best_models: Callable, seed: int) -> tuple[Script, object]:
    """The script, and what the student's function returned for it."""
    script = Script(seed)
    with tempfile.TemporaryDirectory() as folder:
        train_one = ScriptedTraining(script.asked_for)
        return script, call(what, best_models, train_one, script.rates, script.seeds, Path(folder))


def _moment(what: str, model: object, moments: dict[float, tuple[Run, int]]) -> tuple[Run, int]:
    weights = [weight.value.ravel() for weight in model_from(what, model, hint=NO_MODEL).weights()]
    value = float(weights[0][0]) if [array.size for array in weights] == [1] else np.nan
    require(
        value in moments,
        what,
        expected="weights that a training had after one of its epochs",
        found="others",
        hint="a new model stands in the dict whose weights were never restored, or weights were "
        "changed.",
    )
    return moments[value]


@random_states_kept()
def checkpoints_keep_each_run(best_models: Callable, *, seed: int = 0) -> None:
    """`best_models(train_one, rates, seeds, folder)` gives every run weights of its own.

    Whichever epoch they are from. Every run is trained once.
    """
    script, taken = _taken(OWN, best_models, seed)
    require(
        script.asked == Counter(script.runs),
        OWN,
        expected=f"`train_one` is called once for each of the {len(script.runs)} pairs",
        found=f"{script.asked.total()} calls for {len(script.asked)} pairs",
        hint="a training is repeated or left out.",
    )
    sources = {run: source for run, (source, _) in taken.items()}
    foreign = [run for run in script.runs if sources[run] != run]
    require(
        not foreign,
        OWN,
        expected="the model of each pair (rate, seed) has weights from the training of that pair",
        found=f"{len(foreign)} of {len(taken)} have weights from another training"
        + "".join(f": {run} has those of {sources[run]}" for run in foreign[:1]),
        hint=_shared_hint(script, sources, foreign),
    )


def _shared_hint(script: Script, sources: dict[Run, Run], foreign: list[Run]) -> str:
    order = list(script.asked)
    if set(sources.values()) == {order[-1]}:
        return "all trainings write to the same file, so that the last one is restored for all."
    if all(order.index(sources[run]) < order.index(run) for run in foreign):
        return (
            "one callback serves several runs, and remembers the best value of those before; or "
            "one file or one model stands for several runs."
        )
    if all(sources[run][0] == run[0] for run in foreign):
        return "trainings with the same rate and different seeds write to the same file."
    return (
        "trainings of different rates write to the same file: perhaps its name rounds the rate, or "
        "runs rate and seed into one number."
    )


@random_states_kept()
def checkpoints_keep_the_lowest_loss(best_models: Callable, *, seed: int = 0) -> None:
    """The weights returned are those that each run had when its validation loss was lowest."""
    script, taken = _taken(BEST, best_models, seed)
    lowest = script.epochs("val_loss", np.argmin)
    wrong = [run for run in script.runs if taken[run] != (run, lowest[run])]
    if not wrong:
        return
    run = wrong[0]
    source, epoch = taken[run]
    raise failure(
        BEST,
        expected=f"epoch {lowest[run] + 1} of {EPOCHS} for the run {run}",
        found=f"epoch {epoch + 1}" + ("" if source == run else f" of the run {source}"),
        hint=_epoch_hint(script, taken),
    )


def _epoch_hint(script: Script, taken: dict[Run, tuple[Run, int]]) -> str:
    if any(source != run for run, (source, _) in taken.items()):
        return "weights of another run are restored: see the property before this one."
    known = {
        "validation accuracy decides.": script.epochs("val_accuracy", np.argmax),
        "the training loss decides, which says nothing about new pictures.": script.epochs(
            "loss", np.argmin
        ),
        "the largest validation loss is taken for the best.": script.epochs("val_loss", np.argmax),
        "the last epoch's weights are returned: nothing is restored, or the checkpoint is written "
        "after every epoch.": dict.fromkeys(script.runs, EPOCHS - 1),
    }
    found = {run: epoch for run, (_, epoch) in taken.items()}
    matching = [hint for hint, epochs in known.items() if epochs == found]
    return next(
        iter(matching),
        "a value is compared with that of the epoch before, or the search ends at the first rise.",
    )
