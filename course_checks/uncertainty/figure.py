"""Checks of the statements that hold for a figure of doubts: letters, in a set."""

from course_checks.letters import are_all_true, are_complete, are_valid

__all__ = ["are_all_true", "are_complete", "are_valid"]
