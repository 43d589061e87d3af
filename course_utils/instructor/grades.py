"""Graded submissions: what grading hands over, what the gradebook holds of it, and grades.csv."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PureWindowsPath

from course_utils.grading.results import TestResult
from course_utils.instructor.project import CourseError, write_whole

LONGEST_ID = 128  # of a student, in nbgrader's tables
FORMULA = tuple("=+-@＝＋－＠")  # spreadsheets take full-width signs as well
CSV_COLUMNS = (
    *("student", "exercise", "score", "max_score", "auto", "manual"),
    *("needs_manual_grade", "seconds_late", "late_penalty", "remarks"),
)


@dataclass(frozen=True)
class GradedSubmission:
    """One student's submission of one exercise, graded.

    student: the name of the folder. exercise: the name of the assignment and of its notebook.
    tests: in the order of the notebook. written: grade id of each cell that a person grades ->
    whether the student changed it. answers: source by grade id, these cells included. digest:
    of all that the results depend on. timestamp: of the submission, in UTC; None if unknown.
    remarks: lines for the instructor.
    """

    student: str
    exercise: str
    tests: tuple[TestResult, ...]
    written: dict[str, bool]
    answers: dict[str, str]
    digest: str
    timestamp: datetime | None = None
    remarks: tuple[str, ...] = ()


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
    def auto(self) -> float:
        """The points of all tests."""
        return sum(test.score for test in self.tests)

    @property
    def manual(self) -> float | None:
        """The points of all paragraphs; None while one of them waits for a person."""
        scores = [paragraph.score for paragraph in self.paragraphs]
        return None if None in scores else sum(scores)


def check_student(student: str) -> None:
    """Raise CourseError unless `student` can be a folder's name and an id in the gradebook."""
    is_folder = PureWindowsPath(student).name == student and student not in ("", "..")
    is_text = not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in student)
    if not (is_folder and is_text and len(student) <= LONGEST_ID):
        raise CourseError(
            f"{student[:LONGEST_ID]!a} cannot be a student's id: give the folder a name of "
            f"1 to {LONGEST_ID} characters without slashes, colons and control characters."
        )


def write_grades_csv(path: Path, gradings: Iterable[StoredGrading]) -> None:
    """Write one row a submission, in the order given; the columns are CSV_COLUMNS.

    `manual` is empty while a paragraph waits for a person. Text that a spreadsheet would take
    for a formula starts with an apostrophe.
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
        _plain("; ".join(grading.remarks)),
    ]


def _plain(text: str) -> str:
    """One line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA) else line
