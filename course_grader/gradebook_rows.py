"""The rows of one submission in the gradebook: those of nbgrader's tables, and one of our own."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from nbgrader import api
from nbgrader.utils import parse_utc
from sqlalchemy import Column, DateTime, String, Text, select
from sqlalchemy.orm import Session, declarative_base, selectinload

from course_grader.errors import CourseError
from course_grader.jobs import TestResult
from course_grader.records import LONGEST_ID, Paragraph, StoredGrading, Submission

Base = declarative_base()


class Row(Base):
    """A row of our own table. submission: the id of nbgrader's submitted notebook."""

    __tablename__ = "course_grading"

    student = Column(String(LONGEST_ID), primary_key=True)
    exercise = Column(String(128), primary_key=True)
    submission = Column(String(32), nullable=False)
    digest = Column(String(128), nullable=False)
    graded_at = Column(DateTime(), nullable=False)
    answers = Column(Text(), nullable=False)  # hashes by grade id
    tests = Column(Text(), nullable=False)
    remarks = Column(Text(), nullable=False)


def submitted_notebook(session: Session, graded: Submission) -> api.SubmittedNotebook:
    """The submission in nbgrader's tables, made where it is missing.

    Raises CourseError for an exercise that is not in the gradebook.
    """
    source = session.scalar(
        select(api.Notebook)
        .join(api.Assignment)
        .where(
            api.Assignment.name == graded.exercise.name, api.Notebook.name == graded.exercise.name
        )
    )
    if source is None:
        raise CourseError(
            f"The gradebook has no {graded.exercise.name}: prepare the exercise first."
        )
    student = session.get(api.Student, graded.student) or api.Student(id=graded.student)
    submission = session.scalar(
        select(api.SubmittedAssignment).where(
            api.SubmittedAssignment.student_id == graded.student,
            api.SubmittedAssignment.assignment_id == source.assignment_id,
        )
    ) or api.SubmittedAssignment(student=student, assignment=source.assignment)
    submission.timestamp = parse_utc(graded.timestamp)
    for notebook in submission.notebooks:
        if notebook.notebook is source:
            return notebook
    notebook = api.SubmittedNotebook(notebook=source, assignment=submission)
    session.add(submission)
    session.flush()
    return notebook


def set_grades(notebook: api.SubmittedNotebook, graded: Submission, changed: set[str]) -> None:
    """Put the scores into nbgrader's grades. changed: grade ids of the answers that are new.

    Raises CourseError for results that are not those of the cells in the gradebook.
    """
    scores: dict[str, float | None] = {test.name: test.score for test in graded.results}
    # As nbgrader does: what was left untouched is worth 0, and no person need look at it.
    scores |= {name: None if is_new else 0.0 for name, is_new in graded.written.items()}
    cells = {cell.name: cell for cell in notebook.notebook.grade_cells}
    if scores.keys() != cells.keys():
        raise CourseError(
            f"The results of {graded.exercise.name} are not those of the cells in the gradebook "
            f"(only on one side: {', '.join(sorted(scores.keys() ^ cells.keys()))}): prepare it "
            "again."
        )
    there = {grade.cell_id: grade for grade in notebook.grades}
    code_changed = bool(changed - graded.written.keys())
    for name, cell in cells.items():
        grade = there.get(cell.id) or _added(notebook.grades, api.Grade(cell_id=cell.id))
        is_changed = name in changed if name in graded.written else code_changed
        _set_grade(grade, scores[name], is_changed)


def _set_grade(grade: api.Grade, auto_score: float | None, is_changed: bool) -> None:
    """A person's score counts before the test's: for a changed answer a person looks again."""
    grade.auto_score = auto_score
    if grade.manual_score is None:
        grade.needs_manual_grade = auto_score is None
    elif is_changed:
        grade.needs_manual_grade = True


def set_comments(notebook: api.SubmittedNotebook, graded: Submission) -> None:
    """Note, as nbgrader does, which cells were not answered."""
    released = {cell.name: cell.source for cell in notebook.notebook.source_cells}
    there = {comment.cell_id: comment for comment in notebook.comments}
    for cell in notebook.notebook.solution_cells:
        is_new = graded.texts.get(cell.name) not in (None, released.get(cell.name))
        comment = there.get(cell.id) or _added(notebook.comments, api.Comment(cell_id=cell.id))
        is_answered = graded.written.get(cell.name, is_new)
        comment.auto_comment = None if is_answered else "No response."


def _added(there: list, new: Any) -> Any:
    there.append(new)
    return new


def new_row(graded: Submission, submission: str, answers: dict[str, str]) -> Row:
    """A row of our own. answers: hashes by grade id."""
    return Row(
        student=graded.student,
        exercise=graded.exercise.name,
        submission=submission,
        digest=graded.digest,
        graded_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        answers=json.dumps(answers),
        tests=json.dumps([test.as_dict() for test in graded.results]),
        remarks=json.dumps(graded.remarks),
    )


def find_rows(session: Session, exercise: str | None) -> list[tuple[Row, api.SubmittedNotebook]]:
    """Our rows with nbgrader's submissions; a row whose submission it has dropped is left out."""
    notebook = api.SubmittedNotebook
    found = (
        select(Row, notebook)
        .join(notebook, notebook.id == Row.submission)
        .options(selectinload(notebook.grades), selectinload(notebook.comments))
    )
    if exercise is not None:
        found = found.where(Row.exercise == exercise)
    return [tuple(pair) for pair in session.execute(found)]


def stored_grading(row: Row, notebook: api.SubmittedNotebook) -> StoredGrading:
    """What both tables hold of one submission now."""
    grades = {grade.name: grade for grade in notebook.grades}
    stored = map(TestResult.from_dict, json.loads(row.tests))
    tests = tuple(replace(test, score=grades[test.name].score) for test in stored)
    others = sorted(grades.keys() - {test.name for test in tests})
    penalty = notebook.late_submission_penalty or 0.0
    return StoredGrading(
        student=row.student,
        exercise=row.exercise,
        digest=row.digest,
        graded_at=row.graded_at,
        tests=tests,
        by_hand=frozenset(t.name for t in tests if grades[t.name].manual_score is not None),
        paragraphs=tuple(_paragraph(grades[name]) for name in others),
        comments={c.name: c.manual_comment for c in notebook.comments if c.manual_comment},
        remarks=tuple(json.loads(row.remarks)),
        score=max(0.0, sum(grade.score for grade in grades.values()) - penalty),
        max_score=sum(grade.cell.max_score for grade in grades.values()),
        seconds_late=seconds_late(notebook.assignment),
        late_penalty=penalty,
        needs_manual_grade=any(grade.needs_manual_grade for grade in grades.values()),
    )


def _paragraph(grade: api.Grade) -> Paragraph:
    score = None if grade.needs_manual_grade else grade.score
    # `set_grades` gives a score by itself only to what was left untouched.
    is_written = grade.needs_manual_grade or grade.manual_score is not None
    return Paragraph(grade.name, grade.cell.max_score, score, is_written)


def seconds_late(submission: api.SubmittedAssignment) -> float:
    """By how much a submission is late; 0 where no due date is set."""
    # nbgrader's own property fails where an extension was granted but no due date is set.
    return submission.total_seconds_late if submission.assignment.duedate else 0.0


def hash_of(text: str) -> str:
    """SHA-256 of an answer, whichever letters it has."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
