"""A submission on its way to the gradebook, what the gradebook holds of it, and grades.csv."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from course_grader.answers import Answers, is_changed
from course_grader.cells import with_answers
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_grader.jobs import Ending, Job, State, TestResult
from course_grader.notebooks import Exercise
from course_grader.pictures import Picture

LONGEST_ID = 128  # of a student, in nbgrader's tables
# What an id may have besides letters, digits and the marks of any script, whose names also use the
# invisible joiners. nbgrader puts ids as they are into HTML, scripts, addresses and its CSV.
SIGNS_OF_IDS = frozenset(" ._-@+'’·()\u200c\u200d")
FORMULA = tuple("=+-@＝＋－＠")  # spreadsheets take full-width signs as well
CSV_COLUMNS = (
    *("student", "exercise", "score", "max_score", "auto", "manual"),
    *("needs_manual_grade", "seconds_late", "late_penalty", "remarks"),
)


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one exercise. It grows on its way: digest, then results.

    student: the name of the folder. answers: None where there is no notebook that can be read;
    the last remark says why. timestamp: in UTC; None if there is none. remarks: for the
    instructor, one sentence each. digest: of all that the results depend on. results: in the order
    of the notebook.
    """

    student: str
    exercise: Exercise
    folder: Path
    answers: Answers | None
    timestamp: datetime | None = None
    remarks: tuple[str, ...] = ()
    digest: str = ""
    results: tuple[TestResult, ...] = ()

    @property
    def name(self) -> str:
        """As it is told to the instructor."""
        return f"{self.student}/{self.exercise.name}"

    @property
    def own_folder(self) -> Path | None:
        """Its folder, unless that is a link, which may lead to somebody else's."""
        return None if self.folder.is_symlink() else self.folder

    def job(self, seconds: float) -> Job:
        """What a grader gets. seconds: for each call of a student's function."""
        given = self.answers.code if self.answers else {}
        return Job(tuple(with_answers(self.exercise.cells, given)), seconds)

    def refused(self) -> tuple[TestResult, ...]:
        """The results where there are no answers: no points, and the last remark."""
        ending = Ending(State.REFUSED, self.remarks[-1])
        return tuple(TestResult.lost(test, ending) for test in self.job(0).tests())

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of every answer, by grade id; empty where there is none."""
        given = self.answers.texts() if self.answers else {}
        names = (*self.exercise.code_answers, *self.exercise.paragraphs)
        return {name: given.get(name) or "" for name in names}

    def pictures(self, name: str) -> tuple[Picture, ...]:
        """Those of a paragraph, by its grade id."""
        return self.answers.pictures.get(name, ()) if self.answers else ()

    @cached_property
    def written(self) -> dict[str, bool]:
        """Whether the student changed them: the cells that a person grades, by grade id."""
        given = self.answers.written if self.answers else {}
        return {
            name: is_changed(given.get(name), self.exercise, name)
            for name in self.exercise.paragraphs
        }


@dataclass(frozen=True)
class Paragraph:
    """A cell that a person grades, as it stands now. score: None while it waits for a person.

    is_written: False where the cell was left as it was released, and no person gave points.
    """

    name: str
    points: float
    score: float | None
    is_written: bool = True


@dataclass(frozen=True)
class StoredGrading:
    """What the gradebook holds of one submission now, manual grades and comments included.

    tests: with the scores that count, which a person may have changed: by_hand names those
    tests. comments: a person's comments, by grade id of the answer. late_penalty: in points.
    score: in points, less the penalty, never below 0, as in nbgrader's export.
    """

    student: str
    exercise: str
    digest: str
    graded_at: datetime
    tests: tuple[TestResult, ...]
    by_hand: frozenset[str]
    paragraphs: tuple[Paragraph, ...]
    comments: dict[str, str]
    remarks: tuple[str, ...]
    score: float
    max_score: float
    seconds_late: float
    late_penalty: float
    needs_manual_grade: bool

    @property
    def name(self) -> str:
        """As it is told to the instructor."""
        return f"{self.student}/{self.exercise}"

    @property
    def auto(self) -> float:
        """The points of all tests."""
        return sum(test.score for test in self.tests)

    @property
    def manual(self) -> float | None:
        """The points of all paragraphs; None while one of them waits for a person."""
        scores = [paragraph.score for paragraph in self.paragraphs]
        return None if None in scores else sum(scores)


def check_student(student: str) -> None:
    """Raise CourseError unless `student` can be a folder's name and an id wherever nbgrader has it.

    That is: in the gradebook, on formgrader's pages, in addresses, patterns of paths, and tables.
    """
    kinds = [unicodedata.category(sign)[0] for sign in student]
    begins_well = kinds[:1] in (["L"], ["N"]) or student.startswith("_")
    is_known = all(
        kind in "LMN" or sign in SIGNS_OF_IDS for kind, sign in zip(kinds, student, strict=True)
    )
    is_one_line = student == " ".join(student.split())
    if not (begins_well and is_known and is_one_line and len(student) <= LONGEST_ID):
        raise CourseError(
            f"{student[:LONGEST_ID]!r} cannot be a student's id: before you open formgrader, give "
            f"the folder a name of 1 to {LONGEST_ID} letters, digits, single spaces and . _ - @ + "
            "' ( ) that begins with a letter or a digit."
        )


def write_grades_csv(path: Path, gradings: Iterable[StoredGrading]) -> None:
    """Write one row a submission, in the order given; the columns are CSV_COLUMNS.

    `manual` is empty while a paragraph waits for a person. Text that a spreadsheet would take
    for a formula starts with an apostrophe, and no text has a tab or a semicolon, where some
    spreadsheets begin a new cell in spite of quotes.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_csv_row(grading) for grading in gradings)
    write_whole(path, text.getvalue())


def _csv_row(grading: StoredGrading) -> list[object]:
    return [
        _plain(grading.student),
        _plain(grading.exercise),
        grading.score,
        grading.max_score,
        grading.auto,
        "" if grading.manual is None else grading.manual,
        "yes" if grading.needs_manual_grade else "no",
        round(grading.seconds_late),
        grading.late_penalty,
        _plain(" ".join(grading.remarks)),
    ]


def _plain(text: str) -> str:
    """One line, and one cell, that no spreadsheet takes for a formula."""
    line = " ".join(text.replace(";", ",").split())
    return f"'{line}" if line.startswith(FORMULA) else line
