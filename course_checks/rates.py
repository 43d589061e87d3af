"""Checks of rates: their conversion from keep-probabilities, and rates that a student chose."""

from collections.abc import Callable
from numbers import Real

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import (
    call,
    describe,
    failure,
    number_from,
    random_states_kept,
    require,
    require_value_error,
)
from course_grader.contract import CheckFailed

ENDS = "the ends of the two ranges differ: dropping nothing is allowed, keeping nothing is not."
OUTSIDE = (
    "no probability is negative or above 1: such a value is let through, or another kind of error "
    "is raised, or the error is printed or returned."
)


@random_states_kept()
def conversion_values_are_right(to_rate: Callable, to_keep: Callable, *, seed: int = 0) -> None:
    """Rate and keep-probability add up to one, also at the ends of both ranges."""
    what = "rate and keep-probability are converted into each other"
    drawn = float(generator_for(seed, 9).uniform(0.05, 0.45))
    for function, value, exact in [
        (to_rate, 0.8, 0.2),
        (to_rate, 0.25, 0.75),
        (to_rate, 1.0, 0.0),
        (to_keep, 0.3, 0.7),
        (to_keep, 0.9, 0.1),
        (to_keep, 0.0, 1.0),
        (to_rate, drawn, 1 - drawn),
        (to_keep, drawn, 1 - drawn),
    ]:
        name = getattr(function, "__name__", "the function")
        found = number_from(what, call(what, function, value), name=f"{name}({value})")
        require(
            abs(found - exact) < 1e-9,
            what,
            expected=f"{name}({value:.4g}) is {exact:.4g}",
            found=f"{found:.4g}",
            hint="the value is handed through unchanged: Keras's rate counts the dropped units, "
            "a keep-probability counts the kept ones."
            if found == value
            else "another relation than 'every unit is either dropped or kept' was used.",
        )


@random_states_kept()
def conversion_refuses_values_out_of_range(
    to_rate: Callable, to_keep: Callable, *, seed: int = 0
) -> None:
    """A keep-probability outside (0, 1] and a rate outside [0, 1) raise ValueError.

    A value within each range must be accepted first.
    """
    what = "a value out of range is refused with ValueError"
    far = float(generator_for(seed, 10).uniform(1.5, 90.0))
    for function, good, bad in [
        (to_rate, (0.5, 1.0), (-0.1, 1.1, far, -far, 0.0)),
        (to_keep, (0.0, 0.5), (-0.1, 1.2, far, -far, 1.0)),
    ]:
        for value in good:
            number_from(what, _accepted(what, function, value), name=f"the result for {value}")
        for value in bad:
            hint = ENDS if value in (0.0, 1.0) else OUTSIDE
            require_value_error(what, function, value, hint=hint)


def _accepted(what: str, function: Callable, value: float) -> object:
    """What the function returns for a value that lies in its range."""
    try:
        return call(what, function, value)
    except CheckFailed as failed:
        if not isinstance(failed.__cause__, ValueError):
            raise
        raise failure(
            what,
            expected=f"a number for {value}, which is in the range",
            found="ValueError",
            hint=ENDS,
        ) from failed


def rate_choices_are_valid(choices: object, chosen: object) -> None:
    """Two different tuples of rates in (0, 1), under the names "rates A" and "rates B".

    chosen: "4 blocks" or "5 blocks", the net that the rates are for; where it is neither, both
    numbers are right.
    """
    what = "rate_choices holds two different tuples of rates between 0 and 1, a rate a block"
    given = _choices(what, choices, ("rates A", "rates B"))
    blocks = [k for k in (4, 5) if chosen == f"{k} blocks"] or [4, 5]
    tuples = [_rates(what, name, value, blocks) for name, value in given.items()]
    require(
        tuples[0] != tuples[1],
        what,
        expected="two tuples that differ",
        found="the same one twice",
        hint="a choice needs two candidates.",
    )


def two_rates_are_valid(choices: object) -> None:
    """Two different rates in (0, 1), under the names "rate A" and "rate B"."""
    what = "rate_choices holds two different rates between 0 and 1"
    given = _choices(what, choices, ("rate A", "rate B"))
    rates = [number_from(what, value, name=name) for name, value in given.items()]
    for name, rate in zip(given, rates, strict=True):
        _require_inside(what, name, [rate])
    require(
        rates[0] != rates[1],
        what,
        expected="two rates that differ",
        found=f"{rates[0]:.4g} twice",
        hint="a choice needs two candidates.",
    )


def _choices(what: str, choices: object, names: tuple[str, str]) -> dict[str, object]:
    """The two choices by their names, in this order."""
    require(
        isinstance(choices, dict) and set(choices) == set(names),
        what,
        expected=f'a dict with the keys "{names[0]}" and "{names[1]}"',
        found=describe(choices) if not isinstance(choices, dict) else "other keys",
        hint="a key is missing or spelt in another way.",
    )
    return {name: choices[name] for name in names}


def _require_inside(what: str, name: str, rates: list[float]) -> None:
    require(
        all(0 < rate < 1 for rate in rates),
        what,
        expected=f"rates above 0 and below 1 for {name}",
        found=", ".join(f"{float(rate):.4g}" for rate in rates),
        hint="a percentage stands where a probability belongs, or a rate at an end, which drops "
        "nothing or everything.",
    )


def _rates(what: str, name: str, rates: object, blocks: list[int]) -> tuple[float, ...]:
    """The rates as a tuple. blocks: how many of them there may be."""
    values = list(rates) if isinstance(rates, tuple | list | np.ndarray) else []
    numbers = [v for v in values if isinstance(v, Real) and not isinstance(v, bool)]
    require(
        len(numbers) == len(values) and len(values) in blocks,
        what,
        expected=f"{' or '.join(map(str, blocks))} numbers for {name}",
        found=describe(rates),
        hint="each block of the net that was chosen in part 1 has a rate of its own.",
    )
    _require_inside(what, name, numbers)
    return tuple(float(v) for v in numbers)
