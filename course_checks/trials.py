"""Checks of the exercise on paired trials: effect, interval, verdict."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats

from course_checks.draws import generator_for
from course_checks.report import (
    call,
    describe,
    failure,
    number_from,
    parts_from,
    random_states_kept,
    require,
)

COLUMNS = ("rate", "seed", "test_accuracy")
VERDICTS = ("better", "worse", "cannot be told apart")


def made_up_trials(
    effects: dict[float, float],
    *,
    seeds: int = 8,
    noise: float = 0.004,
    seed: int = 0,
    errors: float | None = None,
) -> pd.DataFrame:
    """Invented trials, rows in random order: columns rate, seed, test_accuracy.

    effects: for each rate, the mean change of accuracy from 0.9. Seeds differ from
    each other by 0.02 (what pairing removes), single runs by `noise`. errors: if given, the
    mean difference of each other rate to rate 0 is its effect, and so many standard errors.
    """
    generator = generator_for(seed, 8)
    numbers = generator.choice(100, size=seeds, replace=False)
    level = generator.normal(0.9, 0.02, size=seeds)
    trials = pd.DataFrame(
        [
            (rate, int(number), base + effect + generator.normal(0, noise))
            for rate, effect in effects.items()
            for number, base in zip(numbers, level, strict=True)
        ],
        columns=list(COLUMNS),
    )
    if errors is not None:
        for rate in set(effects) - {0.0}:
            _set_difference(trials, rate, effects[rate], errors)
    order = generator.permutation(len(trials))
    return trials.iloc[order].reset_index(drop=True)


def _set_difference(trials: pd.DataFrame, rate: float, effect: float, errors: float) -> None:
    """Scale the differences of this rate to rate 0 (rows in the same order of the seeds)."""
    at_rate, plain = (
        trials.loc[trials["rate"] == one, "test_accuracy"].to_numpy() for one in (rate, 0.0)
    )
    spread = (at_rate - plain) - (at_rate - plain).mean()
    wanted = abs(effect) / errors * len(spread) ** 0.5  # their standard deviation
    trials.loc[trials["rate"] == rate, "test_accuracy"] = (
        plain + effect + spread * wanted / spread.std(ddof=1)
    )


def _pairs(trials: pd.DataFrame, rate: float, baseline: float) -> tuple[np.ndarray, np.ndarray]:
    """The accuracies at the rate and at the baseline, both in the order of their seeds."""
    rates, seeds, accuracies = (trials[name].to_numpy() for name in COLUMNS)
    at_rate, at_baseline = (
        accuracies[rates == one][np.argsort(seeds[rates == one])] for one in (rate, baseline)
    )
    return at_rate, at_baseline


def _interval(trials: pd.DataFrame, rate: float, baseline: float) -> tuple[float, float, float]:
    at_rate, at_baseline = _pairs(trials, rate, baseline)
    low, high = stats.ttest_rel(at_rate, at_baseline).confidence_interval(0.95)
    return float((at_rate - at_baseline).mean()), float(low), float(high)


def _call_paired(
    what: str, paired: Callable, trials: pd.DataFrame, rate: float, baseline: float | None
) -> tuple[float, float, float]:
    """The student's effect, low and high; baseline None leaves the default."""
    keywords = {} if baseline is None else {"baseline": baseline}
    result = call(what, paired, trials.copy(), rate, **keywords)
    names = ("effect", "low", "high")
    parts = parts_from(what, result, *names)
    effect, low, high = (
        number_from(what, part, name=name) for part, name in zip(parts, names, strict=True)
    )
    return effect, low, high


@random_states_kept()
def paired_effect_is_right(
    paired: Callable, trials: pd.DataFrame, rate: float, baseline: float | None = None
) -> None:
    """The effect is the mean accuracy at `rate` minus the one at the baseline, as a fraction."""
    what = "the effect is the mean difference to the baseline"
    effect, _, _ = _call_paired(what, paired, trials, rate, baseline)
    exact, _, _ = _interval(trials, rate, baseline or 0.0)
    known = {
        "the difference is taken the other way round.": -exact,
        "percentage points are returned; the accuracies are fractions.": 100 * exact,
        "the argument `baseline` is not used.": _interval_or_nan(trials, rate, 0.0),
    }
    matching = [hint for hint, value in known.items() if np.isclose(effect, value, atol=1e-12)]
    require(
        abs(effect - exact) < 1e-9,
        what,
        expected=f"{exact:.6f} for rate {rate} against {baseline or 0.0}",
        found=f"{effect:.6f}",
        hint=next(iter(matching), "other rows are averaged than those of the two rates."),
    )


@random_states_kept()
def interval_is_given(
    intervals: object, name: str, trials: pd.DataFrame, rate: float, *, tolerance: float = 1e-4
) -> None:
    """`intervals[name]` is (effect, low, high) of `rate` against rate 0, paired by seed.

    tolerance: of each number; four digits after the point will do.
    """
    what = f"the effect and the paired 95 % interval of sweep {name} are right"
    require(
        isinstance(intervals, dict) and name in intervals,
        what,
        expected=f"a dict with the key {name!r}",
        found=describe(intervals) if not isinstance(intervals, dict) else "other keys",
        hint="the name is given to something else, or a key is missing.",
    )
    names = ("effect", "low", "high")
    hint = "three numbers are wanted by themselves, not the object that holds them."
    parts = parts_from(what, intervals[name], *names, hint=hint)
    found = [
        number_from(what, part, name=part_name)
        for part, part_name in zip(parts, names, strict=True)
    ]
    exact = _interval(trials, rate, 0.0)
    if np.allclose(found, exact, rtol=0, atol=tolerance):
        return
    effect, low, high = exact
    known = {
        "the difference is taken the other way round.": (-effect, -high, -low),
        "the order is (effect, low, high); here it is another one.": (low, effect, high),
        "the ends are swapped: low is the smaller one.": (effect, high, low),
    }
    matching = [hint for hint, parts in known.items() if np.allclose(found, parts, 0, tolerance)]
    digits = [n for n in (3, 2, 1, 0) if np.allclose(found, np.round(exact, n), 0, 1e-9)]
    if matching:
        hint = matching[0]
    elif digits:
        hint = f"rounded to {digits[0]} digits after the point; four or more are asked for."
    elif np.allclose(found, 100 * np.array(exact), rtol=0, atol=100 * tolerance):
        hint = "percentage points are given; the accuracies are fractions."
    elif abs(found[0] - effect) > tolerance:
        hint = "other rows are compared: another measure, another sweep, or another rate."
    else:
        hint = _interval_hint(found[2] - found[1], trials, rate, 0.0, rounding=tolerance)
    raise failure(
        what,
        expected="the mean of the differences between rows with the same seed, and its t interval",
        found=f"effect {found[0]:.4f}, interval from {found[1]:.4f} to {found[2]:.4f}",
        hint=hint,
    )


def _interval_or_nan(trials: pd.DataFrame, rate: float, baseline: float) -> float:
    return np.nan if rate == baseline else _interval(trials, rate, baseline)[0]


@random_states_kept()
def paired_interval_is_right(
    paired: Callable, trials: pd.DataFrame, rate: float, baseline: float | None = None
) -> None:
    """low and high are the ends of the 95 % t interval of the differences paired by seed."""
    what = "low and high are the 95 % t interval of the differences paired by seed"
    _, low, high = _call_paired(what, paired, trials, rate, baseline)
    effect, exact_low, exact_high = _interval(trials, rate, baseline or 0.0)
    is_around_the_effect = np.isclose((low + high) / 2, effect, rtol=0, atol=1e-7)
    require(
        abs(low - exact_low) < 1e-7 and abs(high - exact_high) < 1e-7,
        what,
        expected=f"from {exact_low:.6f} to {exact_high:.6f} for rate {rate} against "
        f"{baseline or 0.0}",
        found=f"from {low:.6f} to {high:.6f}",
        hint=_interval_hint(high - low, trials, rate, baseline or 0.0)
        if is_around_the_effect
        else "the interval does not lie around the mean difference, which is its middle.",
    )


def _interval_hint(
    width: float, trials: pd.DataFrame, rate: float, baseline: float, rounding: float = 0.0
) -> str:
    """Name the misconception that gives an interval of this width, up to some rounding."""
    at_rate, at_baseline = _pairs(trials, rate, baseline)
    difference, n = at_rate - at_baseline, len(at_rate)
    t = stats.t.ppf(0.975, n - 1)
    spread = difference.std(ddof=1)
    rows = {r: part["test_accuracy"].to_numpy() for r, part in trials.groupby("rate")}
    by_row = (rows[rate] - rows[baseline]).std(ddof=1)
    unpaired = np.sqrt((at_rate.var(ddof=1) + at_baseline.var(ddof=1)) / n)
    pooled_t = stats.t.ppf(0.975, 2 * n - 2)
    known = {
        "rows are paired in the order in which they stand, not by seed.": t * by_row / n**0.5,
        "the two rates are compared as independent groups; the seed is not used.": pooled_t
        * unpaired,
        "the factor of the normal distribution is used; with few seeds, t is larger.": 1.96
        * spread
        / n**0.5,
        "the standard deviation of single differences is used, not of their mean.": t * spread,
        "the standard deviation divides by n, not by n - 1.": t * difference.std(ddof=0) / n**0.5,
        "one tail of 5 % is cut off: that is a 90 % interval.": stats.t.ppf(0.95, n - 1)
        * spread
        / n**0.5,
        "the standard error is taken once, without the t factor.": spread / n**0.5,
    }
    nearest = min(known, key=lambda hint: abs(width - 2 * known[hint]))
    if np.isclose(width, 2 * known[nearest], rtol=1e-4, atol=rounding):
        return nearest
    return "the ends are swapped, or another spread, factor or number of seeds is used."


def _verdict(low: float, high: float) -> str:
    return "better" if low > 0 else "worse" if high < 0 else VERDICTS[2]


@random_states_kept()
def verdict_is_right(
    verdict: Callable, trials: pd.DataFrame, rate: float, *, paired: Callable | None = None
) -> None:
    """One of the three VERDICTS: which side of 0 the paired 95 % interval lies on, if any.

    paired: the student's own function for the interval. What follows from that will do as well:
    whether the interval is right is another check's business.
    """
    what = "the verdict follows from the paired 95 % interval"
    found = call(what, verdict, trials.copy(), rate)
    require(
        isinstance(found, str) and found in VERDICTS,
        what,
        expected=f"one of {', '.join(VERDICTS)}",
        found=describe(found),
        hint="the verdict is not written exactly as one of the three.",
    )
    effect, low, high = _interval(trials, rate, 0.0)
    right = _verdict(low, high)
    if paired and found != right:
        _, own_low, own_high = _call_paired(what, paired, trials, rate, None)
        if found == _verdict(own_low, own_high):
            return
    if found != right and _is_always_the_same(verdict, trials, rate):
        hint = "the verdict is the same for every interval: the trials do not enter into it."
    elif VERDICTS[2] not in (found, right):
        hint = "the sign is taken the other way round."
    elif right == VERDICTS[2]:
        hint = (
            "the sign of the effect alone decides, whatever its uncertainty, or an interval that "
            "is narrower than the one of 95 %, such as one standard error."
        )
    else:
        hint = "the interval is too wide, as when seeds are not paired, or a fixed margin is used."
    require(
        found == right,
        what,
        expected=f"{right!r}: effect {effect:.4f}, interval from {low:.4f} to {high:.4f}",
        found=repr(found),
        hint=hint,
    )


def _is_always_the_same(verdict: Callable, trials: pd.DataFrame, rate: float) -> bool:
    """Whether an effect that is far above 0 gets the same verdict as one that is far below."""
    verdicts = []
    for effect in (0.2, -0.2):
        shifted = trials.copy()
        shifted.loc[shifted["rate"] == rate, "test_accuracy"] += effect
        verdicts.append(call("the verdict follows from the trials", verdict, shifted, rate))
    return verdicts[0] == verdicts[1]
