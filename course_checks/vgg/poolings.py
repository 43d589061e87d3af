"""Checks of the sides that poolings leave: `side_after(side, poolings)`, `most_poolings(side)`."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import (
    call,
    check,
    describe,
    failure,
    require,
    require_equal,
    require_value_error,
    whole_from,
)
from course_grader.contract import CheckFailed

FORMULA = {"formula": "the formula does not follow the layer."}


@check(
    "side_after gives the side after 2x2 poolings",
    one_pooling="one pooling is computed, whatever the number of poolings.",
    rounded_up="rounded up: a single last row is left out.",
    fixed_loss="each pooling halves the side; it takes no fixed number of pixels away.",
    one_refused="a side of 1 is still a map: only a side below 1 is refused.",
    no_int="`/` was used where `//` rounds down, or another step gave a float.",
    no_map="a map with a side of 1 cannot be pooled: a side of 0 is no map.",
    **FORMULA,
)
def sides_are_right(side_after: Callable, *, seed: int = 0) -> None:
    """Halved and rounded down at each pooling, an int; ValueError where nothing is left."""
    sides = generator_for(seed, 12).integers(1, 300, size=12).tolist()
    for side in (32, 33, 31, 1, *sides):
        for poolings in range(side.bit_length()):
            require_equal(
                _side(side_after, side, poolings),
                side >> poolings,
                case=f"side {side}, {poolings} poolings",
                known={
                    "one_pooling": side // 2,
                    "rounded_up": -(-side // 2**poolings),
                    "fixed_loss": side - 2 * poolings,
                },
                otherwise="formula",
            )
    for side in (32, 1, *sides):
        require_value_error(side_after, side, side.bit_length(), likely="no_map")


def _side(side_after: Callable, side: int, poolings: int) -> int:
    """What is returned for a side that is left, if it is an int (NumPy's will do)."""
    try:
        found = call(side_after, side, poolings)
    except CheckFailed as failed:
        if side >> poolings == 1 and isinstance(failed.__cause__, ValueError):
            raise failure(
                expected=f"side_after({side}, {poolings}) returns a value, which is 1",
                found="ValueError",
                likely="one_refused",
            ) from failed
        raise
    number = whole_from(found, name="the side")
    require(
        isinstance(found, int | np.integer) and not isinstance(found, bool),
        expected=f"the side as an int, for side {side}, {poolings} poolings",
        found=describe(found),
        likely="no_int",
    )
    return number


@check(
    "most_poolings is the largest number of poolings that a side can take",
    one_too_many="one too many: the last pooling would leave a side of 0.",
    one_too_few="one too few: a side of 1 is still a map.",
    **FORMULA,
)
def most_are_right(most_poolings: Callable, *, seed: int = 0) -> None:
    """The largest number of 2x2 poolings that leaves a side of at least 1."""
    sides = generator_for(seed, 13).integers(1, 3000, size=20).tolist()
    for side in (32, 31, 33, 1, 2, 3, 64, *sides):
        exact = side.bit_length() - 1
        require_equal(
            whole_from(call(most_poolings, side), name="the number"),
            exact,
            case=f"side {side}",
            known={"one_too_many": exact + 1, "one_too_few": exact - 1},
            otherwise="formula",
        )
