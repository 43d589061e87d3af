"""Checks of the item `intervals`: effects and paired intervals that a student worked out."""

import numpy as np
import pandas as pd

from course_checks.paired_trials import WIDTHS, interval, likely_width
from course_checks.property import check, describe, failure, number_from, parts_from, require


@check(
    "the effect and the paired 95 % interval of sweep {name} are right",
    no_key="the name is given to something else, or a key is missing.",
    no_tuple="three numbers are wanted by themselves, not the object that holds them.",
    other_way="the difference is taken the other way round.",
    other_order="the order is (effect, low, high); here it is another one.",
    swapped="the ends are swapped: low is the smaller one.",
    points="percentage points are given; the accuracies are fractions.",
    rounded="rounded to {digits} digits after the point; four or more are asked for.",
    other_rows="other rows are compared: another measure, another sweep, or another rate.",
    **WIDTHS,
)
def is_given(
    intervals: object, name: str, trials: pd.DataFrame, rate: float, *, tolerance: float = 1e-4
) -> None:
    """`intervals[name]` is (effect, low, high) of `rate` against rate 0, paired by seed.

    tolerance: of each number; four digits after the point will do.
    """
    require(
        isinstance(intervals, dict) and name in intervals,
        expected=f"a dict with the key {name!r}",
        found=describe(intervals) if not isinstance(intervals, dict) else "other keys",
        likely="no_key",
    )
    names = ("effect", "low", "high")
    parts = parts_from(intervals[name], *names)
    effect, low, high = (
        number_from(part, name=part_name) for part, part_name in zip(parts, names, strict=True)
    )
    exact = interval(trials, rate, 0.0)

    def is_exact(*numbers: float) -> bool:
        return np.allclose(numbers, exact, rtol=0, atol=tolerance)

    if is_exact(effect, low, high):
        return
    put_right = {
        "other_way": (-effect, -high, -low),
        "other_order": (low, effect, high),
        "swapped": (effect, high, low),
        "points": (effect / 100, low / 100, high / 100),
    }
    matching = [likely for likely, numbers in put_right.items() if is_exact(*numbers)]
    found = (effect, low, high)
    digits = [n for n in (3, 2, 1, 0) if np.allclose(found, np.round(exact, n), 0, 1e-9)]
    if matching:
        likely = matching[0]
    elif digits:
        likely = "rounded"
    elif abs(effect - exact[0]) > tolerance:
        likely = "other_rows"
    else:
        likely = likely_width(high - low, trials, rate, 0.0, rounding=tolerance)
    raise failure(
        expected="the mean of the differences between rows with the same seed, and its t interval",
        found=f"effect {effect:.4f}, interval from {low:.4f} to {high:.4f}",
        likely=likely,
        digits=max(digits, default=0),
    )
