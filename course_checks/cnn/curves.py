"""Checks of the statements that learning curves bear out: letters, in a set."""

from course_checks.letters import are_all_true, are_complete, are_valid

__all__ = ["are_all_true", "are_complete", "are_valid"]
