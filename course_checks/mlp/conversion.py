"""Checks of the item `conversion`: a rate from a keep-probability, and the other way round."""

from collections.abc import Callable

from course_checks.draws import generator_for
from course_checks.property import (
    apart,
    call,
    check,
    failure,
    name_of,
    number_from,
    require,
    require_value_error,
)
from course_grader.contract import CheckFailed


@check(
    "rate and keep-probability are converted into each other",
    handed_through="the value is handed through unchanged: Keras's rate counts the dropped units, "
    "a keep-probability counts the kept ones.",
    other_relation="another relation than 'every unit is either dropped or kept' was used.",
)
def values_are_right(to_rate: Callable, to_keep: Callable, *, seed: int = 0) -> None:
    """Rate and keep-probability add up to one, also at the ends of both ranges."""
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
        name = name_of(function)
        found = number_from(call(function, value), name=f"{name}({value})")
        texts = apart(exact, found)
        require(
            abs(found - exact) < 1e-9,
            expected=f"{name}({value:.4g}) is {texts[0]}",
            found=texts[1],
            likely="handed_through" if found == value else "other_relation",
        )


@check(
    "a value out of range is refused with ValueError",
    ends="the ends of the two ranges differ: dropping nothing is allowed, keeping nothing is not.",
    outside="no probability is negative or above 1: such a value is let through, or another kind "
    "of error is raised, or the error is printed or returned.",
)
def refuses_values_out_of_range(to_rate: Callable, to_keep: Callable, *, seed: int = 0) -> None:
    """A keep-probability outside (0, 1] and a rate outside [0, 1) raise ValueError.

    A value within each range must be accepted first.
    """
    far = float(generator_for(seed, 10).uniform(1.5, 90.0))
    for function, good, bad in [
        (to_rate, (0.5, 1.0, 1e-6), (-1e-6, 1 + 1e-6, far, -far, 1e9, 0.0)),
        (to_keep, (0.0, 0.5, 1 - 1e-6), (-1e-6, 1 + 1e-6, far, -far, 1e9, 1.0)),
    ]:
        for value in good:
            number_from(_accepted(function, value), name=f"the result for {value}")
        for value in bad:
            likely = "ends" if value in (0.0, 1.0) else "outside"
            require_value_error(function, value, likely=likely)


def _accepted(function: Callable, value: float) -> object:
    """What the function returns for a value that lies in its range."""
    try:
        return call(function, value)
    except CheckFailed as failed:
        if not isinstance(failed.__cause__, ValueError):
            raise
        expected = f"a number for {value}, which is in the range"
        raise failure(expected=expected, found="ValueError", likely="ends") from failed
