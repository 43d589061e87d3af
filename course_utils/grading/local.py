"""The visible tests of one notebook, run on the student's own machine.

The answers are taken out of the notebook and tested with the tests as they were released, in
another process. That machine needs no isolation from its owner's code.
"""

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from unittest import mock

from nbformat import NotebookNode

from course_utils.errors import CourseError
from course_utils.grading import assembly, student
from course_utils.grading.cells import Cell, CellKind, Ending, needed_here, needed_there
from course_utils.grading.printing import Item, summary, text_of
from course_utils.grading.results import State, TestResult
from course_utils.grading.side import ProcessEnded, StudentSide
from course_utils.grading.tester import Tester

ORIGINALS = "original"
# As at grading.
ENVIRONMENT = {
    "NBGRADER_EXECUTION": "autograde",
    "KERAS_BACKEND": "tensorflow",
    "MPLBACKEND": "Agg",
    "CUDA_VISIBLE_DEVICES": "",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
SLOW = "keras"  # takes seconds to import


def released_original(notebook: Path) -> NotebookNode:
    """The exercise as it was released; raises CourseError when there is none of this name."""
    names: set[str] = set()
    for folder in (*notebook.resolve().parents, Path.cwd(), *Path.cwd().parents):
        path = folder / ORIGINALS / notebook.name
        if path.is_file():
            return assembly.read_notebook(path)
        names |= {one.name for one in (folder / ORIGINALS).glob("*_exercises.ipynb")}
    if not names:
        raise CourseError("The course's folder is not found: change to it and try again.")
    raise CourseError(
        f"{notebook.name} is not the name of an exercise ({', '.join(sorted(names))}): give the "
        "notebook the name that it had."
    )


def check(notebook: Path, original: NotebookNode, seconds: float) -> int:
    """Print what each visible test finds; 0 if all pass, 1 if not.

    Raises CourseError when the file is no notebook, or when there is nothing to test.
    """
    try:
        submission = assembly.read_notebook(notebook)
    except assembly.UnreadableNotebook as error:
        raise CourseError(f"{error}") from error
    answers = assembly.answers_in(submission, original, original)
    cells = assembly.with_answers(assembly.trusted_cells(original), answers.code)
    count = sum(cell.kind is CellKind.TESTS for cell in cells)
    if not count:
        raise CourseError(f"{notebook.name} has no tests: a person reads all of it.")
    for remark in (*answers.remarks, *_remarks(submission, original)):
        print(f"note: {remark}")
    print(f"Running the {count} visible tests of {notebook.name}.", flush=True)
    results = run(cells, seconds)
    for item in _items(original, answers, results):
        print(text_of(item))
    print(summary(results))
    return 0 if all(result.state is State.PASS for result in results) else 1


def run(cells: list[Cell], seconds: float) -> list[TestResult]:
    """The results of all tests; where the answers' process is lost, another one goes on."""
    results: dict[str, TestResult] = {}
    ended: dict[str, Ending] = {}
    with mock.patch.dict(os.environ, ENVIRONMENT):
        while True:
            with _student_process(_slow_there(cells)) as connection:
                _get_ready(connection, cells)
                side = StudentSide(connection, seconds, ended)
                try:
                    for result in Tester(side, ended).grade(cells, set(results)):
                        results[result.name] = result
                    break
                except ProcessEnded as stop:
                    is_cell = any(cell.name == stop.cause for cell in cells)
                    if is_cell or stop.ending.state is State.TIME_OUT:
                        ended[stop.cause] = stop.ending
    return [results[cell.name] for cell in cells if cell.kind is CellKind.TESTS]


@contextmanager
def _student_process(modules: Sequence[str]) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    connection, other = context.Pipe()
    process = context.Process(target=student.serve_beside, args=(other, modules), daemon=True)
    process.start()
    other.close()
    try:
        yield connection
    finally:
        connection.close()
        process.kill()
        process.join()


def _slow_there(cells: list[Cell]) -> list[str]:
    """What the answers' process will import, and can begin with at once."""
    names = needed_there(cells)
    answers = [cell for cell in cells if cell.kind is CellKind.ANSWER or cell.name in names]
    return [SLOW] if _mentions_slow(answers) else []


def _get_ready(connection: Connection, cells: list[Cell]) -> None:
    """Import what the tests will import while the answers' process starts; wait for it."""
    names = needed_here(cells)
    try:
        if _mentions_slow([cell for cell in cells if cell.name in names]):
            with _silent():
                import_module(SLOW)
        connection.recv_bytes()
    except (ImportError, EOFError) as error:
        raise CourseError(
            "Keras or TensorFlow cannot be imported here: install the course as its README says."
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


def _mentions_slow(cells: list[Cell]) -> bool:
    return any(SLOW in (cell.source or "") for cell in cells)


def _items(
    original: NotebookNode, answers: assembly.Answers, results: list[TestResult]
) -> Iterator[Item]:
    """What is asked for, in the order of the notebook; tests belong to the answer above them."""
    by_name = {result.name: result for result in results}
    given, item = {**answers.code, **answers.written}, None
    for cell in original.cells:
        name = assembly.grade_id(cell)
        if name in given:
            if item:
                yield item
            points = cell.metadata.nbgrader.get("points", 0) if name in answers.written else 0
            item = Item(name, given[name], str(cell.source), float(points))
        elif item and name in by_name:
            item.results.append(by_name[name])
    if item:
        yield item


def _remarks(submission: NotebookNode, original: NotebookNode) -> Iterator[str]:
    """Graded cells that are gone, are there twice or were changed."""
    here = [cell for cell in submission.cells if assembly.grade_id(cell)]
    counts = Counter(assembly.grade_id(cell) for cell in here)
    sources = {assembly.grade_id(cell): str(cell.source).strip() for cell in here}
    tests = [cell for cell in assembly.trusted_cells(original) if cell.kind is CellKind.TESTS]
    answers = [name for cell in original.cells if (name := _answer_id(cell))]
    missing = [cell.name for cell in tests if not counts[cell.name]]
    changed = [
        cell.name for cell in tests if sources.get(cell.name) not in (None, cell.source.strip())
    ]
    if missing:
        yield f"no cell of tests is there for {', '.join(missing)}: run as released."
    if changed:
        yield f"these cells of tests were changed: {', '.join(changed)}; run as released."
    for name in [*answers, *(cell.name for cell in tests)]:
        if counts[name] > 1:
            yield f"the cell {name} is there {counts[name]} times: delete all but one."


def _answer_id(cell: NotebookNode) -> str:
    is_answer = cell.metadata.get("nbgrader", {}).get("solution")
    return assembly.grade_id(cell) if is_answer else ""
