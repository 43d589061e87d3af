"""Checks of the item `dropout-rates`: two tuples of rates for the net that was chosen."""

from numbers import Real

import numpy as np

from course_checks.candidates import CANDIDATES, candidates_from, require_candidates
from course_checks.property import check, describe, require


@check(
    "rate_choices holds two different tuples of rates between 0 and 1, a rate a block",
    other_length="each block of the net that was chosen in part 1 has a rate of its own.",
    **CANDIDATES,
)
def are_valid(choices: object, chosen: object) -> None:
    """Two different tuples of rates in (0, 1), under the names "rates A" and "rates B".

    chosen: "4 blocks" or "5 blocks", the net that the rates are for; where it is neither, both
    numbers are right.
    """
    given = candidates_from(choices, "rates A", "rates B")
    known = {"4 blocks": [4], "5 blocks": [5]}
    blocks = known.get(chosen, [4, 5]) if isinstance(chosen, str) else [4, 5]
    require_candidates({name: _rates(name, value, blocks) for name, value in given.items()})


def _rates(name: str, rates: object, blocks: list[int]) -> tuple[float, ...]:
    """The rates as a tuple. blocks: how many of them there may be."""
    values = list(rates) if isinstance(rates, tuple | list | np.ndarray) else []
    numbers = [float(v) for v in values if isinstance(v, Real) and not isinstance(v, bool)]
    require(
        len(numbers) == len(values) and len(values) in blocks,
        expected=f"{' or '.join(map(str, blocks))} numbers for {name}",
        found=describe(rates),
        likely="other_length",
    )
    return tuple(numbers)
