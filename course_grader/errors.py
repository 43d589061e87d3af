"""The error that commands report to people."""


class CourseError(Exception):
    """A mistake in a course's files or in a command; the message says what to do."""
