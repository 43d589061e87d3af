"""Paired differences between trials, with their intervals; SciPy does the mathematics.

Two conditions are compared seed by seed: what the seed fixes in both (the training
examples drawn, their wrong labels, the order of the batches) cancels out of the difference
(pairing, or blocking). An interval over seeds holds for one fixed test set; one with the part
of the test items holds for new items as well.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Difference:
    """Mean paired difference, in the measure's unit, with a confidence interval.

    seeds: how many pairs there are. p_value: of no difference, two-sided. correlation: of the
    pairs; nan where one side does not vary. seeds_error, items_error: standard errors of the
    mean over seeds and over test items, the latter 0 where only this test set is meant.
    """

    effect: float
    low: float
    high: float
    seeds: int
    p_value: float = np.nan
    correlation: float = np.nan
    seeds_error: float = np.nan
    items_error: float = 0.0

    def in_points(self) -> "Difference":
        """The difference of two shares in percentage points."""
        names = ("effect", "low", "high", "seeds_error", "items_error")
        return dataclasses.replace(self, **{name: 100 * getattr(self, name) for name in names})

    def status(self, expects: str, p_value: float = 0.0) -> str:
        """What the interval says of the statement that the difference is `expects`.

        expects: "higher" or "lower". p_value: one that was adjusted for a family of statements,
        which must be significant as well. Returns "supported" when the whole interval lies on
        that side of 0, "refuted" when it lies on the other, "not distinguishable" when it holds
        0 or the p-value is not below 0.05.
        """
        if expects not in ("higher", "lower"):
            raise ValueError(f"expects is {expects!r}: write 'higher' or 'lower'.")
        if self.low <= 0 <= self.high or p_value >= SIGNIFICANT:
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
    before, after = _pairs(trials, measure, baseline, treatment)
    return after - before


def paired_difference(
    trials: pd.DataFrame,
    measure: str,
    baseline: Mapping[str, object],
    treatment: Mapping[str, object],
    confidence: float = 0.95,
    items: np.ndarray | None = None,
    groups: np.ndarray | None = None,
) -> Difference:
    """Mean of the paired differences with an interval by Student's t.

    items: the difference on each test item, mean over the seeds, shape (items,), where the
    interval is meant for new items, not for these alone. groups: shape (items,), which of them
    belong together; then it is meant for new groups.

    Over seeds alone the interval is mean +- t s / sqrt(n), t with n - 1 degrees of freedom
    (Student 1908, doi:10.1093/biomet/6.1.1). Seeds and items are crossed: the variance of a mean
    over both is nearly the sum of the two variances of a mean over one, which errs on the safe
    side (Owen 2007, doi:10.1214/07-AOAS122); the degrees of freedom of the sum are those of
    Welch and Satterthwaite (1946, doi:10.2307/3002019).

    Raises ValueError as `paired_values` does, and when there are fewer than two seeds or groups.
    """
    before, after = _pairs(trials, measure, baseline, treatment)
    values = after - before
    effect, (error, freedom) = float(values.mean()), _error_of_mean(values)
    seeds_error, items_error = error, 0.0
    if items is not None:
        items_error, items_freedom = _error_of_mean(items, groups)
        error = float(np.hypot(seeds_error, items_error))
        parts = seeds_error**4 / freedom + items_error**4 / items_freedom
        freedom = error**4 / parts if parts else freedom
    return Difference(
        effect,
        *_interval(effect, error, freedom, confidence),
        len(values),
        2 * float(stats.t.sf(abs(effect) / error, freedom)) if error else float(effect == 0),
        _correlation(before, after),
        seeds_error,
        items_error,
    )


def _pairs(
    trials: pd.DataFrame,
    measure: str,
    baseline: Mapping[str, object],
    treatment: Mapping[str, object],
) -> list[pd.Series]:
    """The measure in both conditions, in the order of the seeds."""
    if measure not in trials:
        raise ValueError(
            f"The trials have no measure {measure!r}: they have {', '.join(trials.columns)}."
        )
    sides = []
    for condition in (baseline, treatment):
        side = select(trials, condition).set_index("seed")[measure]
        if side.index.has_duplicates:
            raise ValueError(
                f"Several trials have {dict(condition)} and the same seed: "
                "name more columns in the condition."
            )
        sides.append(side.sort_index())
    unpaired = sorted(set(sides[0].index) ^ set(sides[1].index))
    if unpaired:
        raise ValueError(
            f"The seeds {unpaired} stand in one condition only: run both conditions for each seed."
        )
    return sides


def t_interval(values: np.ndarray, confidence: float = 0.95) -> tuple[float, float]:
    """Student's t interval for the mean of `values`, shape (n,), n at least 2."""
    return _interval(np.mean(values), *_error_of_mean(values), confidence)


def prediction_interval(
    values: np.ndarray, confidence: float = 0.99, size: int = 1
) -> tuple[float, float]:
    """Where the mean of `size` further values is expected, after `values` were seen.

    mean +- t s sqrt(1/size + 1/n), t with n - 1 degrees of freedom (for normal values;
    Hahn and Meeker 1991, doi:10.1002/9780470316771). Raises ValueError below two values.
    """
    error, freedom = _error_of_mean(values)
    error *= np.sqrt(1 + len(values) / size)
    return _interval(np.mean(values), error, freedom, confidence)


def _interval(mean: float, error: float, freedom: float, confidence: float) -> tuple[float, float]:
    half = stats.t.ppf((1 + confidence) / 2, freedom) * error
    return float(mean - half), float(mean + half)


def _error_of_mean(values: np.ndarray, groups: np.ndarray | None = None) -> tuple[float, int]:
    """The standard error of the mean of `values`, shape (n,), and its degrees of freedom.

    groups, shape (n,): values of one group may hang together, so that only the groups count.
    """
    deviations = np.asarray(values, dtype=float) - np.mean(values)
    if groups is not None:
        deviations = np.bincount(np.unique(groups, return_inverse=True)[1], deviations)
    count = len(deviations)
    if count < 2:
        raise ValueError(f"An interval needs at least two values: {count} found, so take more.")
    variance = count / (count - 1) * np.sum(deviations**2) / len(values) ** 2
    return float(np.sqrt(variance)), count - 1


def _correlation(before: pd.Series, after: pd.Series) -> float:
    if np.ptp(before) == 0 or np.ptp(after) == 0:
        return np.nan
    return float(np.corrcoef(before, after)[0, 1])
