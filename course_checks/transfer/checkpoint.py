"""Checks of the item `checkpoint`, `best_models(train_one, rates, seeds, folder)`.

Nothing is trained. Scripted trainings, of which every number is known beforehand, stand in for the
real ones: one weight tells the run and the epoch that it is from.
"""

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from course_checks.draws import generator_for
from course_checks.passes import model_from
from course_checks.property import call, check, describe, failure, require
from course_grader.contract import shared
from course_utils.scripted import ScriptedTraining

Run = tuple[float, int]  # rate and seed
Moment = tuple[Run, int]  # and an epoch, counted from 0


def _long(beginning: list[float], plateau: float, end: list[float]) -> np.ndarray:
    """What is measured in each epoch; nothing happens in most of them."""
    return np.array([*beginning, *25 * [plateau], *end])


# The validation losses of four kinds of run: the lowest one follows a dip that is hardly higher,
# stands in front of a fall that does not reach it, in the last epoch, or in the first one. No early
# stopping that ends a training finds all of them.
VALIDATION_LOSSES = (
    _long([1.0, 0.6, 0.9, 0.75], 0.97, [0.7, 0.8, 0.5995, 0.85, 0.9]),
    _long([1.0, 0.7, 0.9, 0.6], 0.97, [0.8, 0.75, 0.95, 0.85, 0.9]),
    _long([0.7, 0.9, 0.8, 0.95], 0.97, [0.85, 1.0, 0.9, 0.75, 0.6]),
    _long([0.55, 0.9, 0.8, 0.95], 0.97, [0.85, 1.0, 0.9, 0.75, 0.6]),
)
TRAINING_LOSS = _long([0.9, 0.7, 0.6, 0.5], 0.45, [0.4, 0.35, 0.3, 0.2, 0.25])
VALIDATION_ACCURACY = _long([0.5, 0.6, 0.8, 0.7], 0.66, [0.65, 0.55, 0.6, 0.62, 0.58])
EPOCHS = len(TRAINING_LOSS)
SWEPT = {
    "exchanged": "rate and seed are exchanged, or changed on the way.",
    "other_keys": "the keys are not the pairs, or the dict is not returned.",
    "no_model": "something other than the model stands in the dict.",
    "other_weights": "a new model stands in the dict whose weights were never restored, or weights "
    "were changed.",
}


class Script:
    """Made-up trainings: what each run logs after each epoch, and the weight that it has then.

    The rates agree in their first digit, two of them in the second, and a rate and a seed written
    side by side are the same digits for two runs: file names that round, or that leave no space,
    are shared.
    """

    def __init__(self, seed: int):
        generator = generator_for(seed, 20)
        first, digit = int(generator.integers(1, 9)) / 10, int(generator.integers(1, 10))
        self.rates = [first, round(first + 0.02, 2), round(first + 0.0225, 4)]
        self.seeds = [digit, 20 + digit]
        self.runs = [(rate, number) for rate in self.rates for number in self.seeds]
        losses = generator.permutation((VALIDATION_LOSSES * 2)[: len(self.runs)])
        self.logs = {
            run: _logs(val_loss, generator) for run, val_loss in zip(self.runs, losses, strict=True)
        }
        self.asked: Counter[Run] = Counter()

    def asked_for(self, rate: float, seed: int) -> tuple[list[float], list[dict[str, float]]]:
        """The weight and the log of each epoch of one run, which counts as trained."""
        run = (rate, seed)
        self.asked[run] += 1
        if run not in self.logs:  # a thread of the student's may ask: the check says so afterwards
            return [0.0] * EPOCHS, self.logs[self.runs[0]]
        return [self.weight(run, epoch) for epoch in range(EPOCHS)], self.logs[run]

    def weight(self, run: Run, epoch: int) -> float:
        """The weight that a run has after an epoch."""
        return 100.0 * (1 + self.runs.index(run)) + epoch

    def moments(self) -> dict[float, Moment]:
        """Which run and epoch each weight is from."""
        return {
            self.weight(run, epoch): (run, epoch) for run in self.runs for epoch in range(EPOCHS)
        }

    def at_best(self, measure: str, best: Callable) -> dict[Run, Moment]:
        """The moment of each run at which a measure is lowest (argmin) or highest (argmax)."""
        return {
            run: (run, int(best([log[measure] for log in logs]))) for run, logs in self.logs.items()
        }


def _logs(val_loss: np.ndarray, generator: np.random.Generator) -> list[dict[str, float]]:
    """One dict an epoch. Each measure is best in another epoch."""
    jitter = generator.uniform(0, 0.01, (2, EPOCHS))
    loss = TRAINING_LOSS + jitter[0]
    columns = {
        "loss": loss,
        "accuracy": 1 - loss / 2,
        "val_loss": val_loss,
        "val_accuracy": VALIDATION_ACCURACY + jitter[1],
    }
    return [
        {name: float(values[epoch]) for name, values in columns.items()} for epoch in range(EPOCHS)
    ]


def _taken(best_models: Callable, seed: int) -> tuple[Script, dict[Run, Moment]]:
    """The script, and for each run the moment that its returned weights are from.

    A check that calls it declares SWEPT.
    """
    key = (best_models if callable(best_models) else None, seed)
    script, found = shared(key, lambda: _swept(best_models, seed))
    strange = [run for run in script.asked if run not in script.logs]
    require(
        not strange,
        expected=f"calls of `train_one` with a rate out of {script.rates} and a seed out of "
        f"{script.seeds}",
        found=" and ".join(f"rate {describe(rate)}, seed {describe(n)}" for rate, n in strange[:1]),
        likely="exchanged",
    )
    require(
        isinstance(found, dict) and set(found) == set(script.runs),
        expected=f"a dict with a model for each of the {len(script.runs)} pairs (rate, seed)",
        found=f"a dict with {len(found)} keys, other than these"
        if isinstance(found, dict)
        else describe(found),
        likely="other_keys",
    )
    moments = script.moments()
    return script, {run: _moment(model, moments) for run, model in found.items()}


def _swept(best_models: Callable, seed: int) -> tuple[Script, object]:
    """The script, and what the student's function returned for it."""
    script = Script(seed)
    with tempfile.TemporaryDirectory() as folder:
        train_one = ScriptedTraining(script.asked_for)
        return script, call(best_models, train_one, script.rates, script.seeds, Path(folder))


def _moment(model: object, moments: dict[float, Moment]) -> Moment:
    weights = [weight.value.ravel() for weight in model_from(model).weights()]
    value = float(weights[0][0]) if [array.size for array in weights] == [1] else np.nan
    require(
        value in moments,
        expected="weights that a training had after one of its epochs",
        found="others",
        likely="other_weights",
    )
    return moments[value]


@check(
    "each run has a checkpoint of its own",
    repeated="a training is repeated or left out.",
    one_file="all trainings write to the same file, so that the last one is restored for all.",
    one_callback="one callback serves several runs, and remembers the best value of those before; "
    "or one file or one model stands for several runs.",
    file_of_a_rate="trainings with the same rate and different seeds write to the same file.",
    file_of_several_rates="trainings of different rates write to the same file: perhaps its name "
    "rounds the rate, or runs rate and seed into one number.",
    **SWEPT,
)
def keep_each_run(best_models: Callable, *, seed: int = 0) -> None:
    """Every run gets weights of its own, whichever epoch they are from, and is trained once."""
    script, taken = _taken(best_models, seed)
    require(
        script.asked == Counter(script.runs),
        expected=f"`train_one` is called once for each of the {len(script.runs)} pairs",
        found=f"{script.asked.total()} calls for {len(script.asked)} pairs",
        likely="repeated",
    )
    sources = {run: source for run, (source, _) in taken.items()}
    foreign = [run for run in script.runs if sources[run] != run]
    require(
        not foreign,
        expected="the model of each pair (rate, seed) has weights from the training of that pair",
        found=f"{len(foreign)} of {len(taken)} have weights from another training"
        + "".join(f": {run} has those of {sources[run]}" for run in foreign[:1]),
        likely=_likely_shared(list(script.asked), sources, foreign),
    )


def _likely_shared(order: list[Run], sources: dict[Run, Run], foreign: list[Run]) -> str:
    """order: of the trainings."""
    if set(sources.values()) == {order[-1]}:
        return "one_file"
    if all(order.index(sources[run]) < order.index(run) for run in foreign):
        return "one_callback"
    is_of_same_rate = all(sources[run][0] == run[0] for run in foreign)
    return "file_of_a_rate" if is_of_same_rate else "file_of_several_rates"


@check(
    "the weights are those of the epoch with the lowest validation loss",
    of_another_run="weights of another run are restored: see the property before this one.",
    by_accuracy="validation accuracy decides.",
    by_training_loss="the training loss decides, which says nothing about new pictures.",
    by_largest="the largest validation loss is taken for the best.",
    last_epoch="the last epoch's weights are returned: nothing is restored, or the checkpoint is "
    "written after every epoch.",
    ended_early="a value is compared with that of the epoch before, or the search ends at the "
    "first rise or some epochs after it, though a lower value may come later.",
    **SWEPT,
)
def keep_the_lowest_loss(best_models: Callable, *, seed: int = 0) -> None:
    """The weights returned are those that each run had when its validation loss was lowest."""
    script, taken = _taken(best_models, seed)
    lowest = script.at_best("val_loss", np.argmin)
    wrong = [run for run in script.runs if taken[run] != lowest[run]]
    if not wrong:
        return
    run = wrong[0]
    source, epoch = taken[run]
    known = {
        "by_accuracy": script.at_best("val_accuracy", np.argmax),
        "by_training_loss": script.at_best("loss", np.argmin),
        "by_largest": script.at_best("val_loss", np.argmax),
        "last_epoch": {run: (run, EPOCHS - 1) for run in script.runs},
    }
    likely = next((name for name, moments in known.items() if moments == taken), "ended_early")
    if any(source != run for run, (source, _) in taken.items()):
        likely = "of_another_run"
    raise failure(
        expected=f"epoch {lowest[run][1] + 1} of {EPOCHS} for the run {run}",
        found=f"epoch {epoch + 1}" + ("" if source == run else f" of the run {source}"),
        likely=likely,
    )
