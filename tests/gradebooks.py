"""Gradebooks with a tiny exercise in them, and submissions to put there.

They stand in SQLite; set COURSE_TEST_POSTGRESQL to the address of a PostgreSQL server
(postgresql+psycopg://USER@/postgres?host=FOLDER) to have all tests use that.
"""

import os
import shutil
import uuid
from datetime import datetime
from pathlib import Path

from conftest import HEADER
from course_utils.grading.results import State
from course_utils.grading.results import TestResult as Result
from course_utils.instructor.build import instructor_notebook
from course_utils.instructor.gradebook import Gradebook
from course_utils.instructor.grades import GradedSubmission
from nbformat import NotebookNode
from nbgrader import api
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy import URL, create_engine, make_url, text

NAME = "01_tiny_exercises"
SOURCE = """
# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "double-one", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert double(1) == 2

# %% nbgrader={"grade": true, "grade_id": "double-many", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(7) == 14
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": true, "grade_id": "why", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Since 2 is even.
# ### END SOLUTION
"""  # noqa: E501 - nbgrader's metadata
POSTGRESQL = os.environ.get("COURSE_TEST_POSTGRESQL", "")


def tiny_exercise(folder: Path) -> NotebookNode:
    """The instructor's notebook of a tiny exercise."""
    (folder / "solutions").mkdir()
    (folder / "pyproject.toml").write_text("")
    (folder / "solutions" / f"{NAME}.py").write_text(HEADER + SOURCE, encoding="utf-8")
    return instructor_notebook(folder, NAME)


def new_database(folder: Path, exercise: NotebookNode) -> URL:
    """A database with that exercise, for which nbgrader takes seconds."""
    name = f"test_{uuid.uuid4().hex}"
    url = make_url(f"sqlite:///{folder / name}.db")
    if POSTGRESQL:
        _on_server(f"CREATE DATABASE {name}")
        url = make_url(POSTGRESQL).set(database=name)
    with Gradebook(url.render_as_string(hide_password=False)) as book:
        book.prepare(NAME, exercise)
    return url


def copy_of(database: URL, folder: Path) -> str:
    """The address of a copy for one test."""
    if not POSTGRESQL:
        return f"sqlite:///{shutil.copy(database.database, folder / 'gradebook.db')}"
    name = f"test_{uuid.uuid4().hex}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {database.database}")
    return database.set(database=name).render_as_string(hide_password=False)


def _on_server(command: str) -> None:
    with create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(command))


def graded(
    student: str = "ada",
    one: float = 1.0,
    many: float = 2.0,
    why: str | None = "Because.",
    code: str = "return x + x",
    **other: object,
) -> GradedSubmission:
    """A submission; `why` None is the released text, untouched."""
    tests = (
        Result("double-one", "It doubles 1", 1.0, one, State.PASS if one else State.FAIL),
        Result("double-many", "It doubles many", 2.0, many, State.PASS if many else State.FAIL),
    )
    values = {
        "student": student,
        "exercise": NAME,
        "tests": tests,
        "written": {"why": why is not None},
        "answers": {"double": code, "why": why or "YOUR ANSWER HERE"},
        "digest": "first",
    }
    return GradedSubmission(**values | other)


def grade_by_hand(nbgrader: api.Gradebook, cell: str, score: float, student: str = "ada") -> None:
    """As formgrader does it."""
    grade = nbgrader.find_grade(cell, NAME, NAME, student)
    grade.manual_score, grade.needs_manual_grade = score, False
    nbgrader.db.commit()


def set_due(nbgrader: api.Gradebook, when: datetime) -> None:
    """The date until which the exercise is to be handed in."""
    nbgrader.update_or_create_assignment(NAME, duedate=when)


class BrokenPenalty(LateSubmissionPlugin):
    """A penalty that cannot be computed."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1 / 0
