"""A tiny class, graded by the command itself: start it, wait for it, read what it leaves."""

import contextlib
import csv
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import classes
from conftest import ROOT
from nbgrader import api

from course_builder.build import read_exercises, student_notebook
from course_grader.cells import Cell, CellKind
from course_grader.grade import Outcome, Start, grade_class
from course_grader.jobs import Job

COURSE = Path(sys.executable).with_name("course")
NAME = "01_double_exercises"
REFERENCE = "def double(x):\n    return 2 * x\n"
SOURCE = "\n".join(
    [
        "# %%\nimport numpy as np\n",
        classes.answer("double", REFERENCE),
        classes.tests_cell("double-one", 1, "assert double(1) == 2", "assert double(-1) == -2"),
        classes.tests_cell("double-many", 2, "assert double(2) == 4", "assert double(7) == 14"),
        f"{classes.marker('why', points=4, prose=True)}\n# Since 2 is even.\n",
    ]
)
RIGHT, PART, WRONG = "return 2 * x", "return 2 * x if abs(x) < 3 else 0", "return x"
ENDS, HANGS = "import os; os._exit(3)", "while True: pass"
JOB = Job(
    (
        Cell(CellKind.ANSWER, "double", REFERENCE),
        Cell(CellKind.TESTS, "double-one", "assert double(1) == 2", 1.0),
    )
)
SECONDS = 30.0  # for a call of a student's function
PATIENCE = 120  # seconds that anything may take on a busy machine


def new_class(folder: Path, bodies: dict[str, str]) -> Path:
    """A course with nbgrader's settings, and a submission a student: the body of `double`."""
    root = classes.make_course(folder, **{NAME: SOURCE})
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for student, body in bodies.items():
        hand_in(root, student, body)
    return root


def hand_in(root: Path, student: str, body: str, why: str = "Because.") -> None:
    """Write the submission of a student: the body of `double`, and a paragraph."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    answers = {"double": f"def double(x):\n    {body}", "why": why}
    classes.write(classes.answered(student_notebook(root, NAME), answers), folder / f"{NAME}.ipynb")


def grade_here(root: Path, start: Start, seconds: float = SECONDS) -> Outcome:
    """Grade what was handed in, in this process."""
    return grade_class(root, read_exercises(root), root / "submitted", start, seconds)


def start_course(root: Path, *arguments: str) -> subprocess.Popen:
    """The command itself, as a user starts it in the course's folder."""
    # A shell that starts these tests in the background lets Ctrl+C be ignored.
    return subprocess.Popen(
        ["env", "--default-signal=INT", COURSE, "grade", "submitted", *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run_course(root: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    process = start_course(root, *arguments)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until it is so, but not for longer than that; whether it is so."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.2)
    return is_so()


def left_behind(root: Path) -> list[str]:
    """The graders of this course that are still there."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = file.read_text().split("\0")
            if "course_grader.server" in words and any(str(root) in word for word in words):
                found.append(file.parent.name)
    return found


def stored_rows(root: Path) -> int:
    """How many submissions stand in the gradebook, whoever is writing."""
    with contextlib.suppress(sqlite3.Error):
        database = f"file:{root / 'gradebook.db'}?mode=ro"
        with contextlib.closing(sqlite3.connect(database, uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM course_grading").fetchone()[0]
    return 0


def results_of(root: Path) -> dict[str, object]:
    """All that grading leaves: files whole, and what nbgrader reads in its gradebook."""
    files = {
        str(path.relative_to(root)): path.read_bytes()
        for pattern in ("grades.csv", "feedback/*/*/*.html", "autograded/*/*/*.ipynb")
        for path in root.glob(pattern)
    }
    with api.Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        for submission in book.assignment_submissions(NAME):
            [notebook] = submission.notebooks
            grades = {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}
            comments = {c.name: c.auto_comment for c in notebook.comments}
            files[submission.student.id] = (submission.score, grades, comments)
    return files


def rows_of(root: Path) -> dict[str, dict[str, str]]:
    """The rows of grades.csv, by student."""
    with (root / "grades.csv").open(encoding="utf-8", newline="") as stream:
        return {row["student"]: row for row in csv.DictReader(stream)}
