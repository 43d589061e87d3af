"""Paired differences between trials, with their intervals; SciPy does the mathematics.

Two conditions are compared seed by seed: what the seed fixes in both (the training
examples drawn, their wrong labels, the order of the batches) cancels out of the difference
(pairing, or blocking). Intervals are over seeds, on one fixed test set.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats


@dataclass(frozen=True)
class Difference:
    """Mean paired difference, in the measure's unit, with a confidence interval."""

    effect: float
    low: float
    high: float
    seeds: int

    def in_points(self) -> "Difference":
        """The difference of two shares in percentage points."""
        return Difference(100 * self.effect, 100 * self.low, 100 * self.high, self.seeds)

    def status(self, expects: str) -> str:
        """What the interval says of the statement that the difference is `expects`.

        expects: "higher" or "lower". Returns "supported" when the whole interval lies
        on that side of 0, "refuted" when it lies on the other, "not distinguishable"
        when it holds 0.
        """
        if expects not in ("higher", "lower"):
            raise ValueError(f"expects is {expects!r}: write 'higher' or 'lower'.")
        if self.low <= 0 <= self.high:
            return "not distinguishable"
        return "supported" if (self.low > 0) == (expects == "higher") else "refuted"


def select(trials: pd.DataFrame, condition: Mapping[str, object]) -> pd.DataFrame:
    """The rows of `trials` whose columns have the values of `condition`.

    Raises ValueError when a column is missing or no row is left.
    """
    chosen = trials
    for column, value in condition.items():
        if column not in trials:
            raise ValueError(
                f"The trials have no column {column!r}: they have {', '.join(trials.columns)}."
            )
        chosen = chosen[chosen[column] == value]
    if chosen.empty:
        raise ValueError(f"No trial has {dict(condition)}: check the values against the table.")
    return chosen


def paired_values(
    trials: pd.DataFrame,
    measure: str,
    baseline: Mapping[str, object],
    treatment: Mapping[str, object],
) -> pd.Series:
    """Treatment minus baseline, one value for each seed.

    trials: one row a trial, with the columns `seed`, `measure` and those that the two
    conditions name. Returns a float Series indexed by seed.
    Raises ValueError when a seed is there twice, or in one condition only: dropping it
    in silence would compare different seeds.
    """
    sides = []
    for condition in (baseline, treatment):
        side = select(trials, condition).set_index("seed")[measure]
        if side.index.has_duplicates:
            raise ValueError(
                f"Several trials have {dict(condition)} and the same seed: "
                "name more columns in the condition."
            )
        sides.append(side)
    unpaired = sorted(set(sides[0].index) ^ set(sides[1].index))
    if unpaired:
        raise ValueError(
            f"The seeds {unpaired} stand in one condition only: run both conditions for each seed."
        )
    return (sides[1] - sides[0]).sort_index()


def paired_difference(
    trials: pd.DataFrame,
    measure: str,
    baseline: Mapping[str, object],
    treatment: Mapping[str, object],
    confidence: float = 0.95,
) -> Difference:
    """Mean of the paired differences with Student's t interval.

    The interval is mean +- t s / sqrt(n), t with n - 1 degrees of freedom (Student 1908,
    doi:10.1093/biomet/6.1.1). Raises ValueError as `paired_values` does, and when there
    are fewer than two seeds.
    """
    values = paired_values(trials, measure, baseline, treatment)
    low, high = t_interval(values, confidence)
    return Difference(float(values.mean()), low, high, len(values))


def t_interval(values: np.ndarray, confidence: float = 0.95) -> tuple[float, float]:
    """Student's t interval for the mean of `values`, shape (n,), n at least 2."""
    return _around_mean(values, confidence, 1 / len(values))


def prediction_interval(
    values: np.ndarray, confidence: float = 0.99, size: int = 1
) -> tuple[float, float]:
    """Where the mean of `size` further values is expected, after `values` were seen.

    mean +- t s sqrt(1/size + 1/n), t with n - 1 degrees of freedom (for normal values;
    Hahn and Meeker 1991, doi:10.1002/9780470316771). Raises ValueError below two values.
    """
    return _around_mean(values, confidence, 1 / size + 1 / len(values))


def _around_mean(
    values: np.ndarray, confidence: float, variance_factor: float
) -> tuple[float, float]:
    values = np.asarray(values, dtype=float)
    if len(values) < 2:
        raise ValueError(
            f"An interval needs at least two values: {len(values)} found, so run more seeds."
        )
    half = (
        stats.t.ppf((1 + confidence) / 2, len(values) - 1)
        * values.std(ddof=1)
        * np.sqrt(variance_factor)
    )
    return float(values.mean() - half), float(values.mean() + half)
