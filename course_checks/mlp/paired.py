"""Checks of the item `paired`: effect, interval and verdict, and trials to try them on."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from course_checks.draws import generator_for
from course_checks.paired_trials import COLUMNS, WIDTHS, interval, likely_width
from course_checks.property import (
    call,
    check,
    describe,
    failure,
    number_from,
    parts_from,
    require,
    require_equal,
)

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
    accuracies = {
        rate: level + effect + generator.normal(0, noise, size=seeds)
        for rate, effect in effects.items()
    }
    if errors is not None:
        for rate in set(effects) - {0.0}:
            difference = accuracies[rate] - accuracies[0.0]
            spread = (difference - difference.mean()) / difference.std(ddof=1)
            wanted = abs(effects[rate]) / errors * seeds**0.5  # their standard deviation
            accuracies[rate] = accuracies[0.0] + effects[rate] + wanted * spread
    trials = pd.concat(
        pd.DataFrame(dict(zip(COLUMNS, (rate, numbers, values), strict=True)))
        for rate, values in accuracies.items()
    )
    return trials.iloc[generator.permutation(len(trials))].reset_index(drop=True)


def _answer(
    paired: Callable, trials: pd.DataFrame, rate: float, baseline: float | None = None
) -> tuple[float, float, float]:
    """The student's effect, low and high; baseline None leaves the default."""
    keywords = {} if baseline is None else {"baseline": baseline}
    names = ("effect", "low", "high")
    parts = parts_from(call(paired, trials.copy(), rate, **keywords), *names)
    effect, low, high = (
        number_from(part, name=name) for part, name in zip(parts, names, strict=True)
    )
    return effect, low, high


@check(
    "the effect is the mean difference to the baseline",
    other_way="the difference is taken the other way round.",
    points="percentage points are returned; the accuracies are fractions.",
    no_baseline="the argument `baseline` is not used.",
    other_rows="other rows are averaged than those of the two rates.",
)
def effect_is_right(
    paired: Callable, trials: pd.DataFrame, rate: float, baseline: float | None = None
) -> None:
    """The effect is the mean accuracy at `rate` minus the one at the baseline, as a fraction."""
    found, _, _ = _answer(paired, trials, rate, baseline)
    exact, _, _ = interval(trials, rate, baseline or 0.0)
    require_equal(
        found,
        exact,
        case=f"rate {rate} against {baseline or 0.0}",
        known={
            "other_way": -exact,
            "points": 100 * exact,
            "no_baseline": interval(trials, rate, 0.0)[0],
        },
        otherwise="other_rows",
        tolerance=1e-9,
    )


@check(
    "low and high are the 95 % t interval of the differences paired by seed",
    off_middle="the interval does not lie around the mean difference, which is its middle.",
    **WIDTHS,
)
def interval_is_right(
    paired: Callable, trials: pd.DataFrame, rate: float, baseline: float | None = None
) -> None:
    """low and high are the ends of the 95 % t interval of the differences paired by seed."""
    _, low, high = _answer(paired, trials, rate, baseline)
    effect, exact_low, exact_high = interval(trials, rate, baseline or 0.0)
    is_around_the_effect = np.isclose((low + high) / 2, effect, rtol=0, atol=1e-7)
    require(
        abs(low - exact_low) < 1e-7 and abs(high - exact_high) < 1e-7,
        expected=f"from {exact_low:.7f} to {exact_high:.7f} for rate {rate} against "
        f"{baseline or 0.0}",
        found=f"from {low:.7f} to {high:.7f}",
        likely=likely_width(high - low, trials, rate, baseline or 0.0)
        if is_around_the_effect
        else "off_middle",
    )


def _verdict(low: float, high: float) -> str:
    return "better" if low > 0 else "worse" if high < 0 else VERDICTS[2]


@check(
    "the verdict follows from the paired 95 % interval",
    other_words="the verdict is not written exactly as one of the three.",
    always_the_same="the verdict is the same for every interval: the trials do not enter into it.",
    other_way="the sign is taken the other way round.",
    too_narrow="the sign of the effect alone decides, whatever its uncertainty, or an interval "
    "that is narrower than the one of 95 %, such as one standard error or the one of 90 %.",
    too_wide="the interval is too wide, as when seeds are not paired, or a fixed margin is used, "
    "or the one of 99 %.",
)
def verdict_is_right(
    verdict: Callable, trials: pd.DataFrame, rate: float, *, paired: Callable | None = None
) -> None:
    """One of the three VERDICTS: which side of 0 the paired 95 % interval lies on, if any.

    paired: the student's own function for the interval. What follows from that will do as well:
    whether the interval is right is another check's business.
    """
    found = call(verdict, trials.copy(), rate)
    require(
        isinstance(found, str) and found in VERDICTS,
        expected=f"one of {', '.join(VERDICTS)}",
        found=describe(found),
        likely="other_words",
    )
    effect, low, high = interval(trials, rate, 0.0)
    right = _verdict(low, high)
    if found == right or (paired and found == _verdict(*_answer(paired, trials, rate)[1:])):
        return
    if _is_always_the_same(verdict, trials, rate):
        likely = "always_the_same"
    elif VERDICTS[2] not in (found, right):
        likely = "other_way"
    else:
        likely = "too_narrow" if right == VERDICTS[2] else "too_wide"
    raise failure(
        expected=f"{right!r}: effect {effect:.4f}, interval from {low:.4f} to {high:.4f}",
        found=repr(found),
        likely=likely,
    )


def _is_always_the_same(verdict: Callable, trials: pd.DataFrame, rate: float) -> bool:
    """Whether an effect that is far above 0 gets the same verdict as one that is far below."""
    verdicts = []
    for effect in (0.2, -0.2):
        shifted = trials.copy()
        shifted.loc[shifted["rate"] == rate, "test_accuracy"] += effect
        verdicts.append(call(verdict, shifted, rate))
    return verdicts[0] == verdicts[1]
