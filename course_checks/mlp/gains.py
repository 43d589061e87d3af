"""Checks of the item `gains`: statements about a figure."""

from course_checks.letters import are_all_true, are_complete, are_valid

__all__ = ["are_all_true", "are_complete", "are_valid"]
