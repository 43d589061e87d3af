"""Checks of the item `augmented-test`: a pasted table, and the conclusion from it."""

from course_checks.tables import is_not_copied, is_plausible
from course_checks.verdicts import conclusion_follows, conclusion_is_valid, is_of_the_chosen

__all__ = [
    "conclusion_follows",
    "conclusion_is_valid",
    "is_not_copied",
    "is_of_the_chosen",
    "is_plausible",
]
