"""Gradebooks with a tiny exercise in them, and submissions to put there.

They stand in SQLite; set COURSE_TEST_POSTGRESQL to the address of a PostgreSQL server
(postgresql+psycopg://USER@/postgres?host=FOLDER) to have all tests use that.
"""

import os
import shutil
import tempfile
import uuid
from datetime import datetime
from functools import cache
from pathlib import Path

from conftest import HEADER
from nbgrader import api
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy import URL, create_engine, make_url, text

from course_builder.build import read_exercise
from course_grader.answers import Answers
from course_grader.gradebook import Gradebook
from course_grader.jobs import State
from course_grader.jobs import TestResult as Result
from course_grader.notebooks import Exercise
from course_grader.records import Submission

NAME = "01_tiny_exercises"
SOURCE = """
# %% nbgrader="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader="double-one" points=1
assert double(1) == 2

# %% nbgrader="double-many" points=2
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(7) == 14
### END HIDDEN TESTS

# %% [markdown] nbgrader="why" points=4
# ### BEGIN SOLUTION
# Since 2 is even.
# ### END SOLUTION
"""
HONEST_IDS = (
    *("ada", "2026-0042", "ada.lovelace+x@example.org", "Ada Lovelace_1234_file", "_ada"),
    *(
        "O'Brien",
        "O’Brien",
        "Gal·la Ünal",
        "e\u0301mile",
        "李",
        "हिन्दी",
        "علی\u200cرضا",
        "Team (A)",
    ),
)
NO_IDS = (
    *(".", "..", "../x", "a/b", "a\\b", "C:x", "a\nb", "a\tb", "\udcff", "\u202eada", "a\u00a0b"),
    *("<img src=x onerror=alert(1)>", 'a"b', "a&lt;b", "a#b", "a?b", "a%41", "a*", "[ab]", "{a}"),
    *("=cmd()", "+1", "-1", "@a", "'a", "＝1", "a;b", "a,b", ".ada", " ada", "ada ", "a  b", "a|b"),
)
POSTGRESQL = os.environ.get("COURSE_TEST_POSTGRESQL", "")


@cache
def tiny_exercise() -> Exercise:
    """A tiny exercise with three cells that are graded."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "solutions", f"{NAME}.py")
        source.parent.mkdir()
        source.write_text(HEADER + SOURCE, encoding="utf-8")
        Path(folder, "pyproject.toml").touch()
        return read_exercise(Path(folder), NAME)


def new_database(folder: Path) -> URL:
    """A database with that exercise, for which nbgrader takes seconds."""
    name = f"test_{uuid.uuid4().hex}"
    url = make_url(f"sqlite:///{folder / name}.db")
    if POSTGRESQL:
        _on_server(f"CREATE DATABASE {name}")
        url = make_url(POSTGRESQL).set(database=name)
    with Gradebook(url.render_as_string(hide_password=False)) as book:
        book.prepare(tiny_exercise())
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
) -> Submission:
    """A submission; `why` None is the released text, untouched."""
    results = (
        Result("double-one", "It doubles 1", 1.0, one, State.PASS if one else State.FAIL),
        Result("double-many", "It doubles many", 2.0, many, State.PASS if many else State.FAIL),
    )
    exercise = tiny_exercise()
    released = exercise.released_texts["why"]
    values = {
        "student": student,
        "exercise": exercise,
        "folder": Path(student),
        "answers": Answers({"double": code}, {"why": released if why is None else why}),
        "digest": "first",
        "results": results,
    }
    return Submission(**values | other)


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
