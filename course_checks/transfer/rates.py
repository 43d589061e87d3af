"""Checks of the item `rates`: two rates for a sweep."""

from course_checks.candidates import CANDIDATES, candidates_from, require_candidates
from course_checks.property import check, number_from


@check("rate_choices holds two different rates between 0 and 1", **CANDIDATES)
def are_valid(choices: object) -> None:
    """Two different rates in (0, 1), under the names "rate A" and "rate B"."""
    given = candidates_from(choices, "rate A", "rate B")
    require_candidates({name: (number_from(v, name=name),) for name, v in given.items()})
