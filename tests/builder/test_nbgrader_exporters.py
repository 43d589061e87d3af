"""nbgrader's autograde and generate_feedback, set as in the course: like `course grade`, safely."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import NEEDS_NAMESPACES
from nbgrader import api
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from running import (
    ENDS,
    NAME,
    PART,
    PATIENCE,
    RIGHT,
    WRONG,
    hand_in,
    left_behind,
    new_class,
    results_of,
    run_course,
    until,
)

pytestmark = [pytest.mark.xdist_group("nbgrader_exporters"), NEEDS_NAMESPACES]
CLASS = {"ada": RIGHT, "bob": PART, "cyd": WRONG, "dan": ENDS}
CLASS |= dict.fromkeys(("eve", "fay", "gil", "hal", "ivy", "jan"), RIGHT)
ALONE = "kim"  # is graded by the button
LATE = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'
STEPS = ("feedback", "submitted")
STAMPS = ["submission_secret.txt", "timestamp.txt"]
DUE = "2026-01-31 18:00:00 UTC"


def nbgrader(root: Path, *words: str) -> tuple[int, str]:
    """Exit status and what is said."""
    # As in an activated environment: nbgrader starts alembic by its bare name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["nbgrader", *words],
        cwd=root,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout


def api_of(root: Path) -> NbGraderAPI:
    """What formgrader's buttons call."""
    settings = NbGrader(log_level="ERROR")
    settings.load_cwd_config = False
    settings.initialize([], root=str(root))
    return NbGraderAPI(settings.coursedir, parent=settings, log_level="DEBUG")  # as there


@pytest.fixture(scope="module")
def stolen(tmp_path_factory) -> Path:
    """A file that a submission tries to write."""
    return tmp_path_factory.mktemp("instructor") / "stolen"


@pytest.fixture(scope="module")
def set_up(empty_gradebook, stolen) -> Callable[[Path], Path]:
    """Make a course with a due date, and a class where few submissions are as they should be."""

    def set_up(folder: Path) -> Path:
        root = new_class(folder, CLASS | {ALONE: RIGHT})
        with (root / "nbgrader_config.py").open("a") as settings:
            settings.write(LATE)
        shutil.copy(empty_gradebook, root)
        with api.Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
            book.update_or_create_assignment(NAME, duedate=DUE)
        folders = {student: root / "submitted" / student / NAME for student in CLASS}
        hand_in(root, "cyd", f"open({str(stolen)!r}, 'w').close(); return x")
        (folders["eve"] / f"{NAME}.ipynb").rename(folders["eve"] / "copy.ipynb")
        (folders["fay"] / "timestamp.txt").write_text("2026-01-31 19:30:00 +0200\n")  # in time
        (folders["fay"] / "submission_secret.txt").write_text("a secret of fay's and nbgrader's")
        (folders["gil"] / "timestamp.txt").write_text("2026-01-31 20:00:00 UTC\n")
        (folders["hal"] / "timestamp.txt").write_text("nonsense\n")
        (folders["ivy"] / "zero").symlink_to("/dev/zero")
        os.mkfifo(folders["ivy"] / "pipe")
        shutil.rmtree(folders["jan"].parent)
        folders["jan"].parent.symlink_to(folders["ada"].parent)
        return root

    return set_up


@dataclass(frozen=True)
class Done:
    """What a command has left in a course, and what it said."""

    root: Path
    results: dict[str, object]
    said: str


@pytest.fixture(scope="module")
def autograded(tmp_path_factory, set_up) -> Done:
    """The class without ALONE, graded and given feedback by nbgrader's commands."""
    root = set_up(tmp_path_factory.mktemp("autograded") / "course")
    status, said = nbgrader(
        root, "autograde", NAME, f"--CourseDirectory.student_id_exclude={ALONE}"
    )
    assert status == 1, said
    status, more = nbgrader(root, "generate_feedback", NAME)
    assert status == 0, more
    return Done(root, results_of(root), said)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, set_up) -> Done:
    """The same class, graded by `course grade`."""
    root = set_up(tmp_path_factory.mktemp("graded") / "course")
    status, out, err = run_course(root)
    assert status == 1, out + err
    return Done(root, results_of(root), out)


def test_scores_notebooks_and_pages_are_those_of_course_grade(autograded, graded):
    expected = {
        name: found
        for name, found in graded.results.items()
        if ALONE not in name and name != "grades.csv"
    }
    assert autograded.results == expected
    assert {name: found[0] for name, found in expected.items() if name in CLASS} == {
        **{"ada": 3, "bob": 1, "cyd": 0, "dan": 0, "eve": 3, "fay": 3, "gil": 3, "hal": 3, "ivy": 3}
    }


def test_lateness_counts_as_the_course_reads_it(autograded):
    pages = {
        name: autograded.results[f"feedback/{name}/{NAME}/{NAME}.html"]
        for name in sorted(CLASS.keys() - {"jan"})
    }
    assert [name for name, page in pages.items() if b"after the due date: 3." in page] == ["gil"]


def test_pages_can_be_released_as_what_was_submitted(autograded):
    for stamp in STAMPS:
        here, there = (autograded.root / step / "fay" / NAME / stamp for step in STEPS)
        assert here.read_text() == there.read_text()


def test_what_course_grade_says_of_a_submission_is_said(autograded, graded):
    said = graded.said.partition("Needs attention")[2].splitlines()[1:]
    assert len(said) == 4
    for sentence in said:
        assert sentence.strip() in autograded.said
    assert "Traceback" not in autograded.said


def test_submissions_run_isolated_and_none_of_their_files_is_opened_or_copied(autograded, stolen):
    assert "Isolation: namespaces: no network" in autograded.said
    assert not stolen.exists()
    for folder in ("autograded", "feedback"):
        files = sorted(path.name for path in (autograded.root / folder / "ivy" / NAME).iterdir())
        assert [f"{NAME}.{'ipynb' if folder == 'autograded' else 'html'}", *STAMPS] == files


def test_no_page_shows_a_hidden_test(autograded):
    pages = [text for name, text in autograded.results.items() if name.startswith("feedback/")]
    assert len(pages) == 9
    assert not [page for page in pages if b"double(7)" in page]


def test_course_grade_then_grades_what_is_new_and_nothing_else(autograded):
    _, out, _ = run_course(autograded.root)
    assert "Graded now: 1; as before: 9." in out
    after = results_of(autograded.root)
    assert {name: after[name] for name in autograded.results} == autograded.results


def test_the_buttons_grade_one_submission_and_leave_no_process(graded):
    root, buttons = graded.root, api_of(graded.root)
    hand_in(root, ALONE, WRONG)
    pressed = buttons.autograde(NAME, ALONE)
    assert pressed["success"], pressed
    assert f"{ALONE}/{NAME}: 0 of 7 points" in pressed["log"]
    assert "[DEBUG]" not in pressed["log"]
    assert buttons.generate_feedback(NAME, ALONE)["success"]
    after = results_of(root)
    assert after[ALONE][0] == 0
    assert b"<strong>0</strong> of 7" in after[f"feedback/{ALONE}/{NAME}/{NAME}.html"]
    changed = {name for name, found in after.items() if graded.results.get(name) != found}
    assert changed == {name for name in after if ALONE in name}
    assert until(lambda: not left_behind(root), 10)


@pytest.fixture
def course(tmp_path, empty_gradebook) -> Path:
    """A course with one submission, which is not graded."""
    root = new_class(tmp_path / "course", {"ada": RIGHT})
    shutil.copy(empty_gradebook, root)
    return root


def configure(root: Path, settings: str, isolation: list[str] | None = None) -> None:
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(settings)
    (root / "pyproject.toml").write_text(
        f"[tool.course]\nisolation = {json.dumps(isolation or [])}\n"
    )


def make_older(root: Path) -> None:
    """Make the gradebook that of an older nbgrader."""
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        database.execute("ALTER TABLE student DROP COLUMN lms_user_id")
        database.execute("UPDATE alembic_version SET version_num = '167914646830'")
        database.commit()


BY_COMMAND = 'c.AutogradeExporter.isolation = "command"\n'
LAYOUT = 'c.CourseDirectory.directory_structure = "{nbgrader_step}/{assignment_id}/{student_id}"\n'
WEAK = [sys.executable, "-m", "course_grader.student_console"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda root: configure(root, BY_COMMAND), "No command is set"),
        (lambda root: configure(root, BY_COMMAND, WEAK), "is weaker here than it should be"),
        (make_older, "(its table student has no lms_user_id): copy it as a backup, run `nbgrader"),
        (
            lambda root: (root / "solutions" / f"{NAME}.py").write_text("x ="),
            f"{NAME}.py has 0 cell markers",
        ),
    ],
    ids=["no command", "weak", "older gradebook", "broken source"],
)
def test_where_nothing_can_be_graded_a_sentence_says_so(course, change, says):
    change(course)
    pressed = api_of(course).autograde(NAME, "ada")
    assert not pressed["success"]
    assert pressed["log"].startswith("[ERROR] ")
    assert says in pressed["log"]
    assert not (course / "autograded").exists()
    assert until(lambda: not left_behind(course), 10)
