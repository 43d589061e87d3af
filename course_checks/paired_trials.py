"""The effect of a rate on trials that are paired by seed, its interval, and where it goes wrong."""

import numpy as np
import pandas as pd
from scipy import stats

COLUMNS = ("rate", "seed", "test_accuracy")
# What gives an interval of another width.
WIDTHS = {
    "paired_by_row": "rows are paired in the order in which they stand, not by seed.",
    "unpaired": "the two rates are compared as independent groups; the seed is not used.",
    "normal": "the factor of the normal distribution is used; with few seeds, t is larger.",
    "of_single": "the standard deviation of single differences is used, not of their mean.",
    "divided_by_n": "the standard deviation divides by n, not by n - 1.",
    "one_tail": "one tail of 5 % is cut off: that is a 90 % interval.",
    "no_factor": "the standard error is taken once, without the t factor.",
    "other_width": "the ends are swapped, or another spread, factor or number of seeds is used.",
}


def _pairs(trials: pd.DataFrame, rate: float, baseline: float) -> tuple[np.ndarray, np.ndarray]:
    """The accuracies at the rate and at the baseline, both in the order of their seeds."""
    rates, seeds, accuracies = (trials[name].to_numpy() for name in COLUMNS)
    at_rate, at_baseline = (
        accuracies[rates == one][np.argsort(seeds[rates == one])] for one in (rate, baseline)
    )
    return at_rate, at_baseline


def interval(trials: pd.DataFrame, rate: float, baseline: float) -> tuple[float, float, float]:
    """Effect, low and high: the mean difference by seed, and its 95 % t interval."""
    at_rate, at_baseline = _pairs(trials, rate, baseline)
    low, high = stats.ttest_rel(at_rate, at_baseline).confidence_interval(0.95)
    return float((at_rate - at_baseline).mean()), float(low), float(high)


def likely_width(
    width: float, trials: pd.DataFrame, rate: float, baseline: float, rounding: float = 0.0
) -> str:
    """Which of WIDTHS gives an interval of this width, up to some rounding."""
    at_rate, at_baseline = _pairs(trials, rate, baseline)
    rows = {one: part["test_accuracy"].to_numpy() for one, part in trials.groupby("rate")}
    n, error, t = len(at_rate), stats.sem(at_rate - at_baseline), stats.t.ppf
    halves = {
        "paired_by_row": t(0.975, n - 1) * stats.sem(rows[rate] - rows[baseline]),
        "unpaired": t(0.975, 2 * n - 2) * np.hypot(stats.sem(at_rate), stats.sem(at_baseline)),
        "normal": 1.96 * error,
        "of_single": t(0.975, n - 1) * error * n**0.5,
        "divided_by_n": t(0.975, n - 1) * error * (1 - 1 / n) ** 0.5,
        "one_tail": t(0.95, n - 1) * error,
        "no_factor": error,
    }
    nearest = min(halves, key=lambda name: abs(width - 2 * halves[name]))
    is_near = np.isclose(width, 2 * halves[nearest], rtol=1e-4, atol=rounding)
    return nearest if is_near else "other_width"
