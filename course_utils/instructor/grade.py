"""Grade a class: every submission in isolation, results into nbgrader's gradebook and grades.csv.

A digest of all that a result depends on stands with each score. What has the same digest is not
graded again, so that a grader that was stopped goes on where it was.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from course_utils.grading import assembly
from course_utils.grading.cells import CellKind
from course_utils.grading.cluster import tools
from course_utils.grading.results import State, TestResult
from course_utils.grading.server import Job, NotGraded
from course_utils.instructor import project
from course_utils.instructor.build import instructor_notebook, student_notebook
from course_utils.instructor.feedback import graded_notebook, write_feedback, write_graded_notebook
from course_utils.instructor.gradebook import Gradebook
from course_utils.instructor.grades import (
    GradedSubmission,
    StoredGrading,
    check_student,
    write_grades_csv,
)
from course_utils.instructor.project import CourseError
from course_utils.instructor.record import versions
from course_utils.instructor.submissions import Exercise, Submission, find_submissions

AUTOGRADED, FEEDBACK, GRADES = "autograded", "feedback", "grades.csv"
# States that may be the student's doing or not: a person should look.
ATTENTION = (State.TIME_OUT, State.CRASH, State.REFUSED)


class GradesJobs(Protocol):
    """Whatever grades a job: warm servers here, or a cluster."""

    count: int  # submissions at a time

    def grade(self, job: Job) -> list[TestResult]: ...


@dataclass(frozen=True)
class Outcome:
    """What became of a class. attention: a sentence each, with the student's name in front."""

    gradings: list[StoredGrading]
    attention: list[str]
    graded_now: int


def grade_class(
    root: Path,
    submissions: Path,
    start: Callable[[], AbstractContextManager[GradesJobs]],
    seconds: float,
) -> Outcome:
    """Grade what lies in `submissions`, and write gradebook, grades.csv and feedback in `root`.

    start: starts graders, which takes seconds; it is called where there is something to grade.
    seconds: for each call of a student's function. Raises CourseError for mistakes of the
    instructor's; those of students end up in `attention`.
    """
    try:
        return _grade_class(root, submissions, start, seconds)
    except OSError as error:
        raise CourseError(
            f"Reading or writing failed ({error}). Mend it and run the command again: what is "
            "graded stays graded."
        ) from error


def _grade_class(
    root: Path,
    submissions: Path,
    start: Callable[[], AbstractContextManager[GradesJobs]],
    seconds: float,
) -> Outcome:
    exercises = read_exercises(root)
    found, attention = find_submissions(submissions, exercises)
    with Gradebook.of_course(root) as book:
        for name in sorted({one.exercise.name for one in found}):
            book.prepare(name, _named(exercises, name).instructor)
        fresh = []
        for one in found:
            try:
                check_student(one.student)
            except CourseError as error:
                attention.append(f"{one.student!a}: {error}")
                continue
            digest = digest_of(one, seconds)
            if book.digest_of(one.student, one.exercise.name) != digest:
                fresh.append((one, digest))
        graded_now = 0
        for (one, digest), results in _all_graded(fresh, start, seconds):
            if isinstance(results, NotGraded):
                what = f"{one.student}/{one.exercise.name}: NOT graded: {results}"
                if book.digest_of(one.student, one.exercise.name):
                    what += " The points of what was graded before stand until it is."
                attention.append(what)
                continue
            _keep(root, book, one, digest, results)
            graded_now += 1
        book.renew_penalties()
        gradings = book.stored()
    write_grades_csv(root / GRADES, gradings)
    folders = {(one.student, one.exercise.name): _own_folder(one) for one in found}
    for grading in gradings:
        folder = folders.get((grading.student, grading.exercise))
        write_feedback(root / FEEDBACK, grading, folder)
    return Outcome(gradings, attention + _remarks(gradings), graded_now)


def read_exercises(root: Path) -> list[Exercise]:
    """All exercises of the course, from their source."""
    return [
        Exercise(name, instructor_notebook(root, name), student_notebook(root, name))
        for name in project.exercise_names(root)
    ]


def digest_of(submission: Submission, seconds: float) -> str:
    """SHA-256 of all that the results depend on: answers, tests, checks, versions, remarks."""
    answers = submission.answers
    facts = {
        "answers": [answers.code, answers.written] if answers else None,
        "cells": [
            cell.as_dict() for cell in assembly.trusted_cells(submission.exercise.instructor)
        ],
        "written": assembly.written_items(submission.exercise.released),
        "remarks": submission.remarks,
        "timestamp": str(submission.timestamp),
        "seconds": seconds,
        "environment": environment(),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


@cache
def environment() -> str:
    """SHA-256 of what grades: the package's own code and the versions that it runs on."""
    return hashlib.sha256(json.dumps([versions(), tools()]).encode()).hexdigest()


def table(outcome: Outcome) -> str:
    """What the command ends with: what was graded, what waits for a person, what to look at."""
    gradings = outcome.gradings
    lines = [f"{'exercise':<26}{'submissions':>12}{'mean':>8}{'of':>6}{'to grade by hand':>18}"]
    for name in sorted({grading.exercise for grading in gradings}):
        rows = [grading for grading in gradings if grading.exercise == name]
        mean = sum(row.score for row in rows) / len(rows)
        waiting = sum(row.needs_manual_grade for row in rows)
        lines.append(f"{name:<26}{len(rows):>12}{mean:>8.1f}{rows[0].max_score:>6g}{waiting:>18}")
    lines.append(
        f"Graded now: {outcome.graded_now}; as before: {len(gradings) - outcome.graded_now}. "
        f"Points: {GRADES}; pages for students: {FEEDBACK}/."
    )
    if outcome.attention:
        lines.append(f"Needs attention ({len(outcome.attention)}):")
        lines += [f"  {_one_line(sentence)}" for sentence in outcome.attention]
    return "\n".join(lines)


def _all_graded(
    fresh: list[tuple[Submission, str]],
    start: Callable[[], AbstractContextManager[GradesJobs]],
    seconds: float,
) -> Iterator[tuple[tuple[Submission, str], list[TestResult] | NotGraded]]:
    """Each submission with its results, as soon as they are there."""
    if not fresh:
        return
    with (
        start() as graders,
        tqdm(total=len(fresh), desc="grading", unit="submission", disable=None) as bar,
    ):
        pool = ThreadPoolExecutor(graders.count)
        waiting = {pool.submit(_graded, one[0], graders, seconds): one for one in fresh}
        try:
            for future in as_completed(waiting):
                bar.update()
                yield waiting[future], future.result()
        finally:
            # Nobody waits here for a grader that is at work: they all end with `graders`.
            pool.shutdown(wait=False, cancel_futures=True)


def _graded(
    submission: Submission, graders: GradesJobs, seconds: float
) -> list[TestResult] | NotGraded:
    cells = assembly.trusted_cells(submission.exercise.instructor)
    if submission.answers is None:
        return [
            TestResult(
                *(cell.name, cell.title(), cell.points, 0.0, State.REFUSED),
                submission.remarks[-1],
            )
            for cell in cells
            if cell.kind is CellKind.TESTS
        ]
    answered = assembly.with_answers(cells, submission.answers.code)
    try:
        return graders.grade(Job(tuple(answered), seconds))
    except NotGraded as error:
        return error


def _keep(
    root: Path, book: Gradebook, one: Submission, digest: str, results: list[TestResult]
) -> None:
    """The notebook for formgrader first, then the scores with their digest, in one transaction."""
    exercise = one.exercise
    stubs = {**_stubs(exercise), **assembly.written_items(exercise.released)}
    given = {**one.answers.code, **one.answers.written} if one.answers else {}
    answers = {name: given.get(name) or "" for name in stubs}
    written = assembly.written_items(exercise.released)
    changed = {
        name: given.get(name) is not None and given[name].strip() != written[name].strip()
        for name in written
    }
    notebook = graded_notebook(exercise.released, answers, results)
    write_graded_notebook(root / AUTOGRADED, one.student, exercise.name, notebook, _own_folder(one))
    graded = GradedSubmission(
        *(one.student, exercise.name, tuple(results), changed, answers, digest),
        timestamp=one.timestamp,
        remarks=one.remarks,
    )
    book.store(graded)


def _own_folder(one: Submission) -> Path | None:
    """The folder of a submission, unless it is a link, which may lead to somebody else's."""
    return None if one.folder.is_symlink() else one.folder


def _stubs(exercise: Exercise) -> dict[str, str]:
    cells = assembly.trusted_cells(exercise.released)
    return {cell.name: cell.source or "" for cell in cells if cell.kind is CellKind.ANSWER}


def _remarks(gradings: Iterable[StoredGrading]) -> list[str]:
    """What an instructor should look at, of everything that is stored."""
    found = []
    for grading in gradings:
        sentences = list(grading.remarks)
        for state in ATTENTION:
            names = [test.name for test in grading.tests if test.state is state]
            if names and not (grading.remarks and len(names) == len(grading.tests)):
                sentences.append(f"{state}: {', '.join(names)}.")
        if sentences:
            found.append(f"{grading.student}/{grading.exercise}: {' '.join(sentences)}")
    return found


def _named(exercises: list[Exercise], name: str) -> Exercise:
    return next(exercise for exercise in exercises if exercise.name == name)


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)[:400]
