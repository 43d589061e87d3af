"""Run a measurement over conditions and seeds; keep and read recorded trials.

A measurement is a function of a notebook, `measure(data, seed, **condition)`, that
trains a model and returns numbers by name, and beside an accuracy which of the test items
were right, a bool array. An experiment says over which conditions and seeds it was repeated.
Recorded trials are small files in this package, made by `course record` from the very cells
that the student reads.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, parallel_config

from course_utils import datasets
from course_utils.datasets import Dataset

if TYPE_CHECKING:  # brings Keras
    from tqdm.keras import TqdmCallback

Measurement = Callable[..., Mapping[str, float | np.ndarray]]


@dataclass(frozen=True)
class Experiment:
    """A measurement with its data set, conditions and seeds.

    options: for `datasets.load`, such as the side of the pictures. prepare: what is done to the
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
        """The recorded trials, as `recorded` gives them."""
        return recorded(self.name)

    def provenance(self) -> dict:
        """Where the recorded trials come from: source hash, versions, data, date."""
        return json.loads(_stored(f"{self.name}.json").read_text(encoding="utf-8"))


def recorded(name: str) -> pd.DataFrame:
    """The recorded trials of an experiment, one row a trial: condition columns, seed, measures.

    Raises FileNotFoundError when none were recorded.
    """
    return pd.read_csv(_stored(f"{name}.csv"))


def recorded_items(name: str) -> dict[str, np.ndarray]:
    """How many seeds got each test item right, for each condition; empty if it was not kept.

    By the name that the measurement gives (`test_right` beside `test_accuracy`): integers, shape
    (conditions, items), the conditions in the order of the recorded trials. `groups`, shape
    (items,), says which items belong together, such as pictures from one sender; it is there
    only where some do.
    """
    path = recorded_folder() / f"{name}.npz"
    if not path.is_file():
        return {}
    with np.load(path) as kept:
        return dict(kept)


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
    what the measurement returned; arrays stand in columns of objects. jobs: workers that share
    the trials, -1 for all there are. backend: joblib's name for where they run; "loky" is this
    machine, "dask" or "ray" the cluster that a client is connected to.
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


def epoch_bar() -> "TqdmCallback":
    """A callback for one `fit`: a progress bar over its epochs, shown as `progress` shows one."""
    from tqdm.keras import TqdmCallback

    class EpochBar(TqdmCallback):
        def on_train_end(self, logs: dict | None = None) -> None:
            self.epoch_bar.total = self.epoch_bar.n  # a fit that stopped early is done, not failed
            super().on_train_end(logs)

    return EpochBar(verbose=0, leave=False, disable=None)


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
