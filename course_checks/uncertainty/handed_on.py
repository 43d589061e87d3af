"""Checks of how many answers are handed on: `fewest_handed_on(confidence, right, wanted)`."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import call, check, number_from, require_equal

TOLERANCE = 1e-6


@check(
    "the number is the smallest that leaves at least the share wanted among the rest",
    kept="this is how many are kept, not how many are handed on.",
    a_share="a share is returned rather than a number.",
    more_than="the share wanted may be reached exactly: at least, not more than.",
    the_largest="this is the largest number that will do, not the smallest.",
    first_below="fewer would do: the search stopped at the first share below the one wanted.",
    counted_as_right="what is handed on counts as right; only the rest is asked about.",
    other_answers="other answers are handed on, or another share is looked at.",
)
def number_is_right(fewest_handed_on: Callable, *, seed: int = 0) -> None:
    """The surer an answer, the more often it is right.

    In the last case three quarters of the 128 surest are right, exactly as many as are wanted, and
    none of the others.
    """
    generator = generator_for(seed, 31)
    for number, wanted in ((200, 0.8013), (300, 0.9017), (250, 0.3011), (160, 0.75)):
        confidence = np.linspace(0.99, 0.3, number)
        right = generator.random(number) < np.clip(confidence + 0.05, 0, 0.97)
        right[[0, -1]] = True, False  # one picture can be kept, but not the one with the most doubt
        if wanted == 0.75:
            right = np.repeat([True, False, False], [96, 32, 32])
            right[:128] = generator.permutation(right[:128])
        kept = np.arange(1, number + 1)
        shares = np.cumsum(right) / kept  # of right answers among the surest 1, 2, ... or all
        exact = _fewest(shares >= wanted)
        order = generator.permutation(number)
        found = call(fewest_handed_on, confidence[order], right[order], wanted)
        require_equal(
            number_from(found, name="the result"),
            exact,
            case=f"{number} answers and a share of {wanted:.4f} right among the rest",
            known={
                "kept": number - exact,
                "a_share": exact / number,
                "more_than": _fewest(shares > wanted),
                "the_largest": number - 1.0,
                "first_below": float(number - np.argmax(shares < wanted)),
                "counted_as_right": _fewest((shares * kept + number - kept) / number >= wanted),
            },
            otherwise="other_answers",
            tolerance=TOLERANCE,
        )


def _fewest(holds: np.ndarray) -> float:
    """How many are handed on where as many are kept as possible; nan where it never holds."""
    return float(np.argmax(holds[::-1])) if holds.any() else np.nan
