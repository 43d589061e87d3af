"""Checks of the sides that poolings leave, and of how many poolings a side can take."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import (
    call,
    describe,
    failure,
    random_states_kept,
    require,
    require_value_error,
)
from course_checks.shapes import require_equal, whole
from course_grader.contract import CheckFailed


@random_states_kept()
def side_after_is_right(side_after: Callable, *, seed: int = 0) -> None:
    """Halved and rounded down at each pooling, an int; ValueError where nothing is left."""
    what = "side_after gives the side after 2x2 poolings"
    sides = generator_for(seed, 12).integers(1, 300, size=12).tolist()
    for side in (32, 33, 31, 1, *sides):
        for poolings in range(side.bit_length()):
            exact = side >> poolings
            found = _side(what, side_after, side, poolings)
            known = {
                "one pooling is computed, whatever the number of poolings.": side // 2,
                "rounded up: a single last row is left out.": -(-side // 2**poolings),
                "each pooling halves the side; it takes no fixed number of pixels away.": side
                - 2 * poolings,
            }
            require_equal(what, f"side {side}, {poolings} poolings", found, exact, known)
    for side in (32, 1, *sides):
        require_value_error(
            what,
            side_after,
            side,
            side.bit_length(),
            hint="a map with a side of 1 cannot be pooled: a side of 0 is no map.",
        )


def _side(what: str, side_after: Callable, side: int, poolings: int) -> int:
    """What is returned for a side that is left, if it is an int (NumPy's will do)."""
    try:
        found = call(what, side_after, side, poolings)
    except CheckFailed as failed:
        if side >> poolings == 1 and isinstance(failed.__cause__, ValueError):
            raise failure(
                what,
                expected=f"side_after({side}, {poolings}) returns a value, which is 1",
                found="ValueError",
                hint="a side of 1 is still a map: only a side below 1 is refused.",
            ) from failed
        raise
    number = whole(what, found, name="the side")
    require(
        isinstance(found, int | np.integer) and not isinstance(found, bool),
        what,
        expected=f"the side as an int, for side {side}, {poolings} poolings",
        found=describe(found),
        hint="`/` was used where `//` rounds down, or another step gave a float.",
    )
    return number


@random_states_kept()
def most_poolings_is_right(most_poolings: Callable, *, seed: int = 0) -> None:
    """The largest number of 2x2 poolings that leaves a side of at least 1."""
    what = "most_poolings is the largest number of poolings that a side can take"
    sides = generator_for(seed, 13).integers(1, 3000, size=20).tolist()
    for side in (32, 31, 33, 1, 2, 3, 64, *sides):
        exact = side.bit_length() - 1
        found = call(what, most_poolings, side)
        known = {
            "one too many: the last pooling would leave a side of 0.": exact + 1,
            "one too few: a side of 1 is still a map.": exact - 1,
        }
        number = whole(what, found, name="the number")
        require_equal(what, f"side {side}", number, exact, known)
