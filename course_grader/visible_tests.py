"""The visible tests of one notebook, run on the student's own machine.

The answers are taken out of the notebook and tested with the tests as they were released, in
another process. That machine needs no isolation from its owner's code.
"""

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from unittest import mock

from nbformat import NotebookNode

from course_grader import student
from course_grader.answers import Answers, answers_in
from course_grader.cells import CellKind, needed_here, needed_there, with_answers, without_magics
from course_grader.errors import CourseError
from course_grader.imports import unconditional_imports
from course_grader.jobs import Job, State, TestResult
from course_grader.notebooks import (
    Exercise,
    UnreadableNotebook,
    grade_id,
    grading,
    read_notebook,
)
from course_grader.printing import Item, summary, text_of
from course_grader.processes import ENVIRONMENT
from course_grader.remote import ProcessEnded, StudentSide
from course_grader.runner import Progress, Runner

ORIGINALS = "original"


def released_original(notebook: Path) -> Exercise:
    """The exercise as it was released; raises CourseError when there is none of this name."""
    names: set[str] = set()
    for folder in (*notebook.resolve().parents, Path.cwd(), *Path.cwd().parents):
        path = folder / ORIGINALS / notebook.name
        if path.is_file():
            return as_students_know_it(notebook.stem, read_notebook(path))
        names |= {one.name for one in (folder / ORIGINALS).glob("*_exercises.ipynb")}
    if not names:
        raise CourseError("The course's folder is not found: change to it and try again.")
    raise CourseError(
        f"{notebook.name} is not the name of an exercise ({', '.join(sorted(names))}): give the "
        "notebook the name that it had."
    )


def as_students_know_it(name: str, released: NotebookNode) -> Exercise:
    """The exercise with its visible tests only, and without the reference answers."""
    return Exercise(name, released, released)


def check(notebook: Path, exercise: Exercise, seconds: float) -> int:
    """Print what each visible test finds; 0 if all pass, 1 if not.

    Raises CourseError when the file is no notebook, or when there is nothing to test.
    """
    try:
        submission = read_notebook(notebook)
    except UnreadableNotebook as error:
        raise CourseError(f"{error}") from error
    answers = answers_in(submission, exercise)
    job = Job(tuple(with_answers(exercise.cells, answers.code)), seconds)
    if not job.tests():
        raise CourseError(f"{notebook.name} has no tests: a person reads all of it.")
    for remark in (*answers.remarks, *_remarks(submission, exercise)):
        print(f"note: {remark}")
    print(f"Running the {len(job.tests())} visible tests of {notebook.name}.", flush=True)
    results = run(job)
    for item in _items(exercise, answers, results):
        print(text_of(item))
    print(summary(results))
    return 0 if all(result.state is State.PASS for result in results) else 1


def run(job: Job) -> list[TestResult]:
    """The results of all tests; where the answers' process is lost, another one goes on."""
    progress = Progress(job)
    here, there = _imports(job)
    with mock.patch.dict(os.environ, ENVIRONMENT), _silent():
        while not progress.finished:
            with _student_process(there) as connection:
                _get_ready(connection, here)
                runner = Runner(StudentSide(connection, job.seconds, progress.ended))
                try:
                    for result in runner.grade(job.cells, set(progress.results)):
                        progress.results[result.name] = result
                    progress.finished = True
                except ProcessEnded as stop:
                    progress.note_ending(stop.cause, stop.ending)
    return progress.all_results()


def _imports(job: Job) -> tuple[list[str], list[str]]:
    """What either process will import, and can begin with at once: that of the tests first."""
    there, needed = needed_there(job.cells), needed_here(job.cells)
    found: tuple[list[str], list[str]] = [], []
    for cell in job.cells:
        if cell.is_not_graded and cell.name in there | needed:
            statements = unconditional_imports(without_magics(cell.source))
            found[0].extend(statements)
            if cell.name in there and cell.kind is CellKind.SETUP:
                found[1].extend(statements)
    return found


@contextmanager
def _student_process(statements: list[str]) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    connection, other = context.Pipe()
    process = context.Process(target=student.serve_beside, args=(other, statements), daemon=True)
    process.start()
    other.close()
    try:
        yield connection
    finally:
        connection.close()
        process.kill()
        process.join()


def _get_ready(connection: Connection, statements: list[str]) -> None:
    """Import what the tests will import while the answers' process starts; wait for it."""
    try:
        for statement in statements:
            exec(statement, {})
        connection.recv_bytes()
    except (ImportError, EOFError) as error:
        why = f" ({error})" if isinstance(error, ImportError) else ""
        raise CourseError(
            f"What this notebook imports cannot be imported here{why}: install the course as its "
            "README says."
        ) from error


@contextmanager
def _silent() -> Iterator[None]:
    """TensorFlow writes to standard error when it is imported, whatever its settings."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _items(exercise: Exercise, answers: Answers, results: list[TestResult]) -> Iterator[Item]:
    """What is asked for, in the order of the notebook; tests belong to the answer above them."""
    by_name = {result.name: result for result in results}
    given, item = answers.texts(), None
    for cell in exercise.released.cells:
        name = grade_id(cell)
        if name in given:
            if item:
                yield item
            points = grading(cell).get("points", 0) if name in answers.written else 0
            item = Item(name, given[name], exercise.released_texts[name], float(points))
        elif item and name in by_name:
            item.results.append(by_name[name])
    if item:
        yield item


def _remarks(submission: NotebookNode, exercise: Exercise) -> Iterator[str]:
    """Cells of tests that are gone, are there twice or were changed."""
    here = [cell for cell in submission.cells if grade_id(cell)]
    counts = Counter(grade_id(cell) for cell in here)
    sources = {grade_id(cell): str(cell.source).strip() for cell in here}
    tests = [cell for cell in exercise.cells if cell.kind is CellKind.TESTS]
    missing = [cell.name for cell in tests if not counts[cell.name]]
    changed = [
        cell.name for cell in tests if sources.get(cell.name) not in (None, cell.source.strip())
    ]
    if missing:
        yield f"no cell of tests is there for {', '.join(missing)}: run as released."
    if changed:
        yield f"these cells of tests were changed: {', '.join(changed)}; run as released."
    for cell in tests:
        if counts[cell.name] > 1:
            yield f"the cell {cell.name} is there {counts[cell.name]} times: delete all but one."
