"""Grade a class: every submission in isolation, results into nbgrader's gradebook and grades.csv.

A digest of all that a result depends on stands with each score. What has the same digest is not
graded again, so that a grader that was stopped goes on where it was.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from course_grader.errors import CourseError
from course_grader.feedback import write_feedback, write_graded_notebook
from course_grader.fingerprint import digest_of
from course_grader.gradebook import Gradebook
from course_grader.jobs import GradesJobs, Job, NotGraded, State
from course_grader.notebooks import Exercise
from course_grader.records import StoredGrading, Submission, write_grades_csv
from course_grader.submissions import find_submissions
from course_grader.text import printable

AUTOGRADED, FEEDBACK, GRADES = "autograded", "feedback", "grades.csv"
# States that may be the student's doing or not: a person should look.
ATTENTION = (State.TIME_OUT, State.CRASH, State.REFUSED)
LONGEST_LINE = 400  # characters

Start = Callable[[], AbstractContextManager[GradesJobs]]


@dataclass(frozen=True)
class Outcome:
    """What became of a class. attention: a sentence each, with the student's name in front."""

    gradings: list[StoredGrading]
    attention: list[str]
    graded_now: int


def grade_class(
    root: Path, exercises: list[Exercise], submissions: Path, start: Start, seconds: float
) -> Outcome:
    """Grade what lies in `submissions`, and write gradebook, grades.csv and feedback in `root`.

    start: starts graders, which takes seconds; it is called where there is something to grade.
    seconds: for each call of a student's function. Raises CourseError for mistakes of the
    instructor's; those of students end up in `attention`.
    """
    try:
        found, attention = find_submissions(submissions, exercises)
        with Gradebook.of_course(root) as book:
            graded_now, failed = grade_submissions(found, book, root / AUTOGRADED, start, seconds)
            gradings = book.stored()
        write_grades_csv(root / GRADES, gradings)
        failed += _write_pages(root / FEEDBACK, gradings, found)
    except OSError as error:
        raise disk_error(error) from error
    return Outcome(gradings, attention + failed + remarks(gradings), graded_now)


def grade_submissions(
    found: list[Submission], book: Gradebook, autograded: Path, start: Start, seconds: float
) -> tuple[int, list[str]]:
    """Grade what has another digest than the gradebook: how many, and what could not be graded.

    autograded: the folder that gets a notebook of each, for formgrader. Otherwise as `grade_class`.
    """
    for exercise in {one.exercise.name: one.exercise for one in found}.values():
        book.prepare(exercise)
    graded_now, failed = 0, []
    for one in _all_graded(_fresh(found, book, seconds), start, seconds):
        if isinstance(one, Submission):
            # The notebook for formgrader first, then the scores with their digest.
            write_graded_notebook(autograded, one)
            book.store(one)
            graded_now += 1
        else:
            failed.append(_not_graded(*one, book))
    book.renew_penalties()
    return graded_now, failed


def remarks(gradings: Iterable[StoredGrading]) -> list[str]:
    """What an instructor should look at, a sentence each, with the student's name in front."""
    found = []
    for grading in gradings:
        sentences = list(grading.remarks)
        for state in ATTENTION:
            names = [test.name for test in grading.tests if test.state is state]
            if names and not (grading.remarks and len(names) == len(grading.tests)):
                sentences.append(f"{state}: {', '.join(names)}.")
        if names := [test.name for test in grading.tests if test.ran_out]:
            sentences.append(f"something ran out: {', '.join(names)}.")
        if sentences:
            found.append(f"{grading.name}: {' '.join(sentences)}")
    return found


def disk_error(error: OSError) -> CourseError:
    """What to tell of a disk that failed."""
    return CourseError(
        f"Reading or writing failed ({error}). Mend it and run the command again: what is "
        "graded stays graded."
    )


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
        lines += [f"  {printable(sentence)[:LONGEST_LINE]}" for sentence in outcome.attention]
    return "\n".join(lines)


def _write_pages(
    feedback: Path, gradings: Iterable[StoredGrading], found: Iterable[Submission]
) -> list[str]:
    """A page for each student; a sentence for each whom a gradebook from before has by no id."""
    folders = {one.name: one.own_folder for one in found}
    unwritten = []
    for grading in gradings:
        try:
            write_feedback(feedback, grading, folders.get(grading.name))
        except CourseError as error:
            unwritten.append(f"{grading.name}: no page in {FEEDBACK}/: {error}")
    return unwritten


def _fresh(found: list[Submission], book: Gradebook, seconds: float) -> list[Submission]:
    """What is to be graded, with its digest."""
    with_digests = [replace(one, digest=digest_of(one, seconds)) for one in found]
    return [one for one in with_digests if book.digest_of(one) != one.digest]


def _all_graded(
    fresh: list[Submission], start: Start, seconds: float
) -> Iterator[Submission | tuple[Submission, NotGraded]]:
    """Each submission with its results, as soon as they are there, or why there are none."""
    if not fresh:
        return
    with (
        start() as graders,
        tqdm(total=len(fresh), desc="grading", unit="submission", disable=None) as bar,
    ):
        for exercise in {one.exercise.name: one.exercise for one in fresh}.values():
            _require_full_marks(exercise, graders, seconds)
        pool = ThreadPoolExecutor(graders.count)
        waiting = [pool.submit(_graded, one, graders, seconds) for one in fresh]
        try:
            for future in as_completed(waiting):
                bar.update()
                yield future.result()
        finally:
            # Nobody waits here for a grader that is at work: they all end with `graders`.
            pool.shutdown(wait=False, cancel_futures=True)


def _require_full_marks(exercise: Exercise, graders: GradesJobs, seconds: float) -> None:
    """Raise CourseError where even the reference answers would lose points."""
    try:
        results = graders.grade(Job(tuple(exercise.cells), seconds))
    except NotGraded:  # which each submission will be told
        return
    if lost := [one for one in results if one.score < one.points]:
        reached, points = (sum(getattr(one, k) for one in results) for k in ("score", "points"))
        raise CourseError(
            f"The reference answers of {exercise.name} get {reached:g} of {points:g} points here "
            f"({lost[0].name}: {' '.join(lost[0].message.split())[:LONGEST_LINE]}), so none was "
            "graded: mend what they lack here, such as packages that the isolation does not show, "
            "or give more --seconds."
        )


def _graded(
    one: Submission, graders: GradesJobs, seconds: float
) -> Submission | tuple[Submission, NotGraded]:
    if one.answers is None:
        return replace(one, results=one.refused())
    try:
        return replace(one, results=tuple(graders.grade(one.job(seconds))))
    except NotGraded as error:
        return one, error


def _not_graded(one: Submission, error: NotGraded, book: Gradebook) -> str:
    stands = " The points of what was graded before stand until it is."
    return f"{one.name}: NOT graded: {error}{stands if book.digest_of(one) else ''}"
