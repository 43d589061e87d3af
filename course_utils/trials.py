"""Run a measurement over conditions and seeds; keep and read recorded trials.

A measurement is a function of a notebook, `measure(data, seed, **condition)`, that
trains a model and returns numbers by name. An experiment says over which conditions
and seeds it was repeated. Recorded trials are small CSV files in this package, made by
`course record` from the very cells that the student reads.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from joblib import Parallel, delayed, parallel_config

from course_utils import datasets
from course_utils.datasets import Dataset

Measurement = Callable[..., Mapping[str, float]]


@dataclass(frozen=True)
class Experiment:
    """A measurement with its data set, conditions and seeds.

    options: for `datasets.load`, such as the number of tiles. prepare: what is done to the
    data set once, before all trials, such as computing the features of a frozen base; what
    it returns is what the measurement gets.
    """

    name: str
    data: str
    measure: Measurement
    conditions: Sequence[Mapping[str, object]]
    seeds: Sequence[int]
    options: Mapping[str, object] = field(default_factory=dict)
    prepare: Callable[[Dataset], Any] = lambda data: data

    def load(self) -> Dataset:
        """The data set of the experiment, before it is prepared."""
        return datasets.load(self.data, **self.options)

    def recorded(self) -> pd.DataFrame:
        """The recorded trials, one row a trial: condition columns, seed, measures.

        Raises FileNotFoundError when none were recorded.
        """
        return pd.read_csv(_stored(f"{self.name}.csv"))

    def provenance(self) -> dict:
        """Where the recorded trials come from: source hash, versions, data, date."""
        return json.loads(_stored(f"{self.name}.json").read_text(encoding="utf-8"))


def run(
    measure: Measurement,
    data: Any,
    conditions: Sequence[Mapping[str, object]],
    seeds: Iterable[int],
    jobs: int = 1,
    backend: str = "loky",
) -> pd.DataFrame:
    """Call `measure(data, seed, **condition)` for each seed and condition.

    Returns a tidy DataFrame, one row a trial: the columns of the condition, `seed`, and
    what the measurement returned. jobs: workers that share the trials, -1 for all there
    are. backend: joblib's name for where they run; "loky" is this machine, "dask" or "ray" the
    cluster that a client is connected to.
    Raises ValueError before the first trial when nothing is to run, a seed comes twice
    or a rate lies outside [0, 1).
    """
    conditions, seeds = [dict(condition) for condition in conditions], list(seeds)
    _check_plan(conditions, seeds)
    plan = [(condition, seed) for seed in seeds for condition in conditions]
    with parallel_config(backend, n_jobs=jobs):
        finished = Parallel(return_as="generator")(
            delayed(measure)(data, seed, **condition) for condition, seed in plan
        )
        results = list(progress(finished, "trials", len(plan)))
    return pd.DataFrame(
        {**condition, "seed": seed, **result}
        for (condition, seed), result in zip(plan, results, strict=True)
    )


def progress(steps: Iterable, label: str, total: int | None = None) -> Iterable:
    """A progress bar with the time left around `steps`.

    A widget in a notebook; in a terminal a line; nothing where output goes to a file.
    """
    from tqdm.auto import tqdm

    return tqdm(steps, desc=label, total=total, leave=False, disable=None)


@contextlib.contextmanager
def progress_of_epochs(total: int) -> Iterator[None]:
    """A progress bar with the time left over the epochs of every `fit` in the block.

    total: how many epochs the block will train, in all its fits. For functions whose code is
    recorded with the trials, and which hand `fit` no callback that could show anything.
    """
    from keras.callbacks import History

    log_epoch = History.on_epoch_end  # Keras gives every fit a History

    def log_and_show(history: History, epoch: int, logs: dict | None = None) -> None:
        log_epoch(history, epoch, logs)
        bar.update()

    with progress(None, "epochs", total) as bar:
        History.on_epoch_end = log_and_show
        try:
            yield
        finally:
            History.on_epoch_end = log_epoch
        bar.total = bar.n  # fits that stopped early are done, too


def check_rate(rate: float) -> None:
    """Raise ValueError unless `rate`, the probability of dropping, lies in [0, 1)."""
    if not 0 <= rate < 1:
        raise ValueError(
            f"rate is {rate}: it is the probability of dropping a unit "
            "and must be at least 0 and below 1."
        )


def _check_plan(conditions: list[dict], seeds: list[int]) -> None:
    if not conditions or not seeds:
        raise ValueError(
            f"There are {len(conditions)} conditions and {len(seeds)} seeds: give at least one."
        )
    if len(set(seeds)) < len(seeds):
        raise ValueError(
            f"The seeds {seeds} hold one twice: the same trial again is no new evidence."
        )
    for condition in conditions:
        if "rate" in condition:
            check_rate(condition["rate"])


def recorded_folder() -> Path:
    """The folder of this package that holds the recorded trials."""
    return Path(__file__).parent / "recorded"


def _stored(file: str) -> Path:
    path = recorded_folder() / file
    if not path.is_file():
        raise FileNotFoundError(
            f"There is no recorded file {file}: make it with `course record` from the source."
        )
    return path
