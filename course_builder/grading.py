"""What `course grade` and nbgrader's own commands have in common before they grade a submission."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from course_builder import project
from course_grader.errors import CourseError
from course_grader.isolation import COMMAND, STUDENT, Isolation, chosen
from course_grader.trial import notice, properties, require_strength

if TYPE_CHECKING:  # takes a second to import
    from course_grader.notebooks import Exercise
    from course_grader.pool import Graders


def isolation_for(root: Path, kind: str, exercises: "list[Exercise]", *hidden: Path) -> Isolation:
    """The isolation of this kind for these exercises; a command comes from pyproject.toml.

    hidden: folders that submissions must not see. Raises CourseError for an isolation that is not
    there.
    """
    command = project.isolation_command(root)
    if kind == COMMAND and not command:
        raise CourseError(
            "No command is set: give `isolation` in pyproject.toml, under [tool.course], the "
            f"words of one that runs `python {' '.join(STUDENT)}` in a container."
        )
    cells = [cell for exercise in exercises for cell in exercise.cells]
    return chosen(kind, hidden, command, cells)


@contextmanager
def tried_graders(
    graders: "Graders", isolation: Isolation, say: Callable[[str], object]
) -> "Iterator[Graders]":
    """The graders, when their isolation was tried and is told.

    Raises CourseError where nothing can be graded, and for an isolation that is weaker than its
    kind promises.
    """
    with graders:
        found = properties(graders, isolation)
        require_strength(isolation, found)
        say(notice(isolation, found))
        yield graders
