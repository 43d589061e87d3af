"""Checks of the item `figure`: statements about learning curves."""

from course_checks.letters import are_all_true, are_complete, are_valid

__all__ = ["are_all_true", "are_complete", "are_valid"]
