"""A class of honest, unlucky and hostile students, graded in one run: what each of them gets."""

import csv
import hashlib
import re
import shutil
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from datetime import datetime
from pathlib import Path

import pytest
from accidents import ACCIDENTS, in_function
from attacks import AT_THE_MACHINE, ATTACKS
from classes import NET, RIGHT, SECRET, TINY, Kind, hand_in, make_course, released_notebooks
from conftest import NEEDS_LANDLOCK, NEEDS_NAMESPACES
from nbgrader import api
from running import grade_here

from course_builder.build import read_exercises
from course_grader import seccomp
from course_grader.grade import (
    ATTENTION,
    Outcome,
    table,
)
from course_grader.gradebook import Gradebook
from course_grader.isolation import LANDLOCK, NAMESPACES, Isolation, chosen
from course_grader.jobs import State
from course_grader.pool import Graders
from course_grader.records import StoredGrading

pytestmark = [pytest.mark.xdist_group("attacks"), NEEDS_NAMESPACES]
SECONDS = 5  # for each request
SECONDS_TO_END = 10  # for processes that were killed
HONEST = ("aa-first", "mm-middle", "zz-last")
DUE = datetime(2025, 3, 1, 12)
WRITTEN = ("autograded", "feedback", "grades.csv", "gradebook.db")
AGAIN = {  # what two students hand in the second time
    "handed-in-twice": Kind("right"),
    "handed-in-twice-worse": Kind("worse", in_function("os._exit(0)"), {"dropout": State.CRASH}),
}


class Class:
    """A class that was graded twice: the second time, some submissions were other ones."""

    def __init__(self, folder: Path, kinds: list[Kind]):
        self.course, self.kinds = make_course(folder / "course"), kinds
        built = self.course / "build" / "source" / TINY / f"{TINY}.py"
        built.parent.mkdir(parents=True)
        built.write_text(RIGHT[TINY]["rate"])
        self.outside = folder / "outside"
        self.outside.mkdir()
        self.submitted = self.course / "submitted"
        self.released = released_notebooks(self.course)
        self.listeners = _listeners()
        self.port = self.listeners[0].getsockname()[1]
        self.before: dict[str, str] = {}
        self.after: dict[str, str] = {}
        self.left: list[str] = []  # processes, after the first time and at the end
        self.left_at_the_end: list[str] = []
        self.first: Outcome
        self.second: Outcome

    def fill(self) -> None:
        """Write all submissions."""
        for student in HONEST:
            self.hand_in(student, Kind("honest"))
            self.hand_in(student, Kind("honest", exercise=NET))
        for kind in self.kinds:
            self.hand_in(student_of(kind), kind)

    def hand_in(self, student: str, kind: Kind) -> None:
        answers = {name: self._placed(text) for name, text in kind.answers.items()}
        placed = Kind(**vars(kind) | {"answers": answers})
        hand_in(self.submitted, student, placed, self.released)

    def grade(self, graders: Graders) -> Outcome:
        return grade_here(self.course, lambda: nullcontext(graders), SECONDS)

    def set_due_date(self) -> None:
        with Gradebook.of_course(self.course) as book:
            for exercise in read_exercises(self.course):
                book.prepare(exercise)
        with api.Gradebook(f"sqlite:///{self.course / 'gradebook.db'}") as gradebook:
            gradebook.update_or_create_assignment(TINY, duedate=DUE)

    def grading(self, kind: Kind) -> StoredGrading:
        return self.of_student(student_of(kind))[0]

    def of_student(self, student: str) -> list[StoredGrading]:
        return [one for one in self.first.gradings if one.student == student]

    def processes(self) -> list[str]:
        """The processes of grading, and of submissions, that are there."""
        end, found = time.monotonic() + SECONDS_TO_END, []
        while time.monotonic() < end:
            found = [line for line in _command_lines() if self._is_ours(line)]
            if len(found) <= 3:  # the server and two graders
                break
            time.sleep(0.1)
        return found

    def _is_ours(self, line: str) -> bool:
        is_server = str(self.course) in line and "course_grader.server" in line
        return is_server or f"{self.port}.125" in line

    def _placed(self, text: str) -> str:
        for mark, value in {
            "@COURSE@": self.course,
            "@OUTSIDE@": self.outside,
            "@PORT@": self.port,
            "@MARK@": f"{self.port}.125",
        }.items():
            text = text.replace(mark, str(value))
        return text


def student_of(kind: Kind) -> str:
    return re.sub(r"\W+", "-", kind.name.lower()).strip("-")


def _started(isolation: Isolation) -> Graders:
    """Graders; those with Landlock where namespaces are refused, as most containers do it."""
    if isolation.kind == NAMESPACES:
        return Graders(2, isolation)
    # A filter of system calls holds for one thread and for all that it starts.
    with ThreadPoolExecutor(1, initializer=seccomp.refuse, initargs=[seccomp.NAMESPACES]) as thread:
        return thread.submit(Graders, 2, isolation).result()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The whole class, graded; then two hand in again, and the class is graded again."""
    return _graded_class(tmp_path_factory.mktemp("class"), NAMESPACES, [*ACCIDENTS, *ATTACKS])


@pytest.fixture(scope="module")
def contained(tmp_path_factory):
    """The same with what depends on the isolation, with Landlock, where there is nothing else."""
    twice = [kind for kind in ACCIDENTS if student_of(kind) in AGAIN]
    kinds = [*twice, *AT_THE_MACHINE]
    return _graded_class(tmp_path_factory.mktemp("contained"), LANDLOCK, kinds)


def _graded_class(folder: Path, isolation: str, kinds: list[Kind]) -> Class:
    one = Class(folder, kinds)
    one.fill()
    one.set_due_date()
    one.before = _digests(one.course)
    cells = [cell for exercise in read_exercises(one.course) for cell in exercise.cells]
    with _started(chosen(isolation, [one.course, one.submitted], cells=cells)) as graders:
        one.first = one.grade(graders)
        one.after = _digests(one.course)
        one.left = one.processes()
        one.gradebook = _rows(one.course / "gradebook.db")
        for name, again in AGAIN.items():
            shutil.rmtree(one.submitted / name)
            one.hand_in(name, again)
        one.second = one.grade(graders)
    one.left_at_the_end = one.processes()
    return one


def _digests(course: Path) -> dict[str, str]:
    """All files of the course but those that grading writes."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(course.rglob("*"))
        if path.is_file() and path.relative_to(course).parts[0] not in WRITTEN
    }


def _rows(gradebook: Path) -> list[tuple[str, str]]:
    """Name and kind of all that is in the database, tables and triggers."""
    with closing(sqlite3.connect(gradebook)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return connection.execute("select name, type from sqlite_master").fetchall()


def _listeners() -> list[socket.socket]:
    """Sockets that a submission could reach if it saw this system's network."""
    network = socket.create_server(("127.0.0.1", 0))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(f"\0course-{network.getsockname()[1]}")
    unix.listen()
    for one in (network, unix):
        one.setblocking(False)
    return [network, unix]


def _command_lines() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return found


def _all(kinds):
    return [pytest.param(kind, id=kind.name) for kind in kinds]


def _assert_as_expected(graded, kind):
    grading = graded.grading(kind)
    print(*(f"{t.name} {t.state} {t.score} {t.message[:300]!r}" for t in grading.tests), sep="\n")
    print(grading.remarks)
    assert {test.name: test.state for test in grading.tests} == kind.expected()
    assert sum(test.score for test in grading.tests) == kind.score()
    told = [test.message for test in grading.tests] + list(grading.remarks)
    assert any(re.search(kind.says, text) for text in told)


@pytest.mark.parametrize("kind", _all(ACCIDENTS))
def test_an_accident_costs_what_it_must_and_no_more(graded, kind):
    _assert_as_expected(graded, kind)


@pytest.mark.parametrize("kind", _all(ATTACKS))
def test_a_hostile_submission_gets_nothing_that_it_does_not_deserve(graded, kind):
    _assert_as_expected(graded, kind)


@pytest.mark.parametrize("student", HONEST)
def test_honest_students_get_all_points_wherever_they_stand(graded, student):
    rows = graded.of_student(student)
    assert [(one.auto, one.score) for one in rows] == [(6, 6), (2, 2)]
    assert not [remark for one in rows for remark in one.remarks]


def test_every_submission_is_graded(graded):
    assert not [sentence for sentence in graded.first.attention if "NOT graded" in sentence]
    assert graded.first.graded_now == len(graded.kinds) + 2 * len(HONEST)


def test_no_file_of_the_course_or_of_a_submission_is_changed(graded):
    assert graded.after == graded.before
    assert list(graded.outside.iterdir()) == []


def test_the_gradebook_is_whole_and_has_no_trigger(graded):
    assert {kind for _, kind in graded.gradebook} <= {"table", "index"}


def test_no_submission_reaches_a_socket_of_this_system(graded):
    for listener in graded.listeners:
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_no_process_outlives_the_submission_that_started_it(graded):
    assert len(graded.left) == 3  # the server and two graders
    assert graded.left_at_the_end == []


@pytest.mark.parametrize("name", ["late", "in time"])
def test_lateness_is_known_from_the_time_stamp(graded, name):
    late = graded.of_student(name.replace(" ", "-"))[0].seconds_late
    assert late == (2 * 24 * 3600 if name == "late" else 0)


def test_what_needs_attention_is_told_in_one_line_each(graded):
    lines = table(graded.first).splitlines()
    for kind in graded.kinds:
        states = set(map(State, kind.expected().values()))
        if states & set(ATTENTION):
            [line] = [line for line in lines if line.strip().startswith(f"{student_of(kind)}/")]
            assert line.isprintable() and len(line) < 500


def test_grades_csv_has_one_row_a_submission_and_no_formula(graded):
    text = (graded.course / "grades.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 1 + len(graded.first.gradings)
    cut = [line.split(";") for line in text.splitlines()]  # as some spreadsheets do
    values = [value for row in rows + cut for value in row]
    assert not [value for value in values if value.startswith(("=", "+", "-", "@"))]


def test_what_students_and_graders_see_has_no_script_and_no_secret(graded):
    pages = list((graded.course / "feedback").glob("*/*/*.html"))
    notebooks = list((graded.course / "autograded").glob("*/*/*.ipynb"))
    assert len(pages) == len(notebooks) == len(graded.first.gradings)
    for path in pages + notebooks:
        text = path.read_text(encoding="utf-8")
        assert SECRET not in text, path
        assert path.suffix != ".html" or "<script" not in text, path


def test_only_what_was_handed_in_again_is_graded_again(graded):
    assert graded.second.graded_now == len(AGAIN)
    again = {one.student: one for one in graded.second.gradings}
    assert again["handed-in-twice"].auto == 6
    assert again["handed-in-twice-worse"].auto == 2  # a crash leaves no old points behind
    before = {(one.student, one.exercise): one.score for one in graded.first.gradings}
    after = {(one.student, one.exercise): one.score for one in graded.second.gradings}
    changed = {
        student
        for student, exercise in before
        if before[student, exercise] != after.get((student, exercise))
    }
    assert changed == set(AGAIN)


@NEEDS_LANDLOCK
@pytest.mark.xdist_group("contained")
@pytest.mark.parametrize("kind", _all(AT_THE_MACHINE))
def test_in_a_container_a_hostile_submission_gets_no_more(contained, kind):
    _assert_as_expected(contained, kind)


@NEEDS_LANDLOCK
@pytest.mark.xdist_group("contained")
@pytest.mark.parametrize(
    "holds",
    [
        test_every_submission_is_graded,
        test_no_file_of_the_course_or_of_a_submission_is_changed,
        test_the_gradebook_is_whole_and_has_no_trigger,
        test_no_submission_reaches_a_socket_of_this_system,
        test_no_process_outlives_the_submission_that_started_it,
        test_only_what_was_handed_in_again_is_graded_again,
    ],
)
def test_in_a_container_it_holds_as_well(contained, holds):
    holds(contained)
