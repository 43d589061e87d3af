"""Checks of the item `augmented-evidence`: a pasted table, and the choice on it."""

from course_checks.tables import has_one_budget, is_complete, is_not_copied, is_paired, is_plausible
from course_checks.verdicts import choice_follows_from_validation, choice_is_valid

__all__ = [
    "choice_follows_from_validation",
    "choice_is_valid",
    "has_one_budget",
    "is_complete",
    "is_not_copied",
    "is_paired",
    "is_plausible",
]
