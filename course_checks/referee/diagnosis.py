"""Checks of the item `diagnosis`: statements about a net."""

from course_checks.letters import are_all_true, are_complete, are_valid

__all__ = ["are_all_true", "are_complete", "are_valid"]
