"""Read a source: jupytext's percent format, with nbgrader's metadata in the cell marker.

`nbgrader="GRADE-ID"` marks an answer; with `points=2` a cell of tests or, in Markdown, an answer
that a person reads; with `locked=true` a cell that students must leave as it is.

A title and `tags=["hide-input"]` mark a cell that is folded wherever the notebook is shown.

Mistakes are found here, before anything is built from them, and named with their line.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from course_builder import project
from course_grader.errors import CourseError
from course_grader.notebooks import grading, tags

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
CELL_MARKER = re.compile(r"^# %%")
FOLDED = "hide-input"
GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_source(root: Path, name: str) -> NotebookNode:
    """The notebook that `solutions/NAME.py` describes, answers included.

    Raises CourseError with file and line for an unclosed or misplaced region, unreadable
    nbgrader metadata, and a grade id that is missing, malformed or used twice.
    """
    path = root / project.SOURCES / f"{name}.py"
    text = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if CELL_MARKER.match(line)]
    if len(lines) != len(notebook.cells):
        raise CourseError(
            f"{path.name} has {len(lines)} cell markers (# %%) but {len(notebook.cells)} cells: "
            "start each cell, the first one too, with a marker of its own."
        )
    where = [f"{path.name}, line {line}" for line in lines]
    for cell, place in zip(notebook.cells, where, strict=True):
        _check_title(cell, place)
        _complete_metadata(cell, place)
        _check_regions(cell, place)
    _check_grade_ids(notebook, where)
    return notebook


def _check_title(cell: NotebookNode, place: str) -> None:
    is_folded, title = FOLDED in tags(cell), cell.metadata.get("title", "")
    if is_folded and cell.cell_type != "code":
        raise CourseError(f"{place}: only code is folded: take {FOLDED} from the marker.")
    if is_folded != bool(title):
        raise CourseError(
            f"{place}: a folded cell has a title, and no other cell has one (found {title!r}): "
            f'write `# %% What does it show? tags=["{FOLDED}"]`, or neither.'
        )


def _complete_metadata(cell: NotebookNode, place: str) -> None:
    """The metadata that nbgrader wants, from what the cell marker says."""
    points, locked = cell.metadata.pop("points", None), cell.metadata.pop("locked", False)
    if "nbgrader" not in cell.metadata:
        if points is not None or locked:
            raise CourseError(f'{place}: points and locked need a grade id: add nbgrader="...".')
        return
    name, is_prose = cell.metadata["nbgrader"], cell.cell_type == "markdown"
    if not isinstance(name, str) or not GRADE_ID.fullmatch(name):
        raise CourseError(
            f'{place}: the grade id is {name!r}: write nbgrader="..." with 1 to 64 letters, '
            "digits, hyphens or underscores."
        )
    if is_prose and points is None:
        raise CourseError(f"{place}: what a person reads has points: add points=... to the marker.")
    if points is not None and (isinstance(points, str | bool) or not points >= 0):
        raise CourseError(f"{place}: points is {points!r}: write a number that is not below 0.")
    is_tests = points is not None and not is_prose
    cell.metadata["nbgrader"] = {
        "grade": points is not None,
        "grade_id": name,
        "locked": is_tests or locked,
        "schema_version": 3,
        "solution": not (is_tests or locked),
        "task": False,
    } | ({} if points is None else {"points": points})


def _check_regions(cell: NotebookNode, place: str) -> None:
    for region in REGIONS:
        _check_balance(cell.source, region, place)
    if "BEGIN SOLUTION" in cell.source and not grading(cell).get("solution"):
        raise CourseError(
            f"{place}: a solution region stands in a cell that is no answer cell, so students "
            'would see it: mark it as one, with nbgrader="..." and no points.'
        )
    if "BEGIN HIDDEN TESTS" in cell.source and not grading(cell).get("grade"):
        raise CourseError(
            f"{place}: hidden tests stand in a cell that is not graded: "
            'give it nbgrader="..." and points=... in its marker.'
        )


def _check_balance(source: str, region: str, place: str) -> None:
    is_open = False
    for offset, kind in _region_marks(source, region):
        if (kind == "BEGIN") == is_open:
            state = "is not closed yet" if is_open else "was never opened"
            raise CourseError(
                f"{place} + {offset}: {kind} {region} where the region {state}: "
                f"pair each BEGIN {region} with one END {region}."
            )
        is_open = not is_open
    if is_open:
        raise CourseError(
            f"{place}: BEGIN {region} is never closed: add END {region} in the same cell."
        )


def _region_marks(source: str, region: str) -> Iterator[tuple[int, str]]:
    for offset, line in enumerate(source.splitlines(), 1):
        for kind in ("BEGIN", "END"):
            if f"{kind} {region}" in line:
                yield offset, kind


def _check_grade_ids(notebook: NotebookNode, where: list[str]) -> None:
    seen: dict[str, str] = {}
    for cell, place in zip(notebook.cells, where, strict=True):
        grade_id = grading(cell).get("grade_id")
        if grade_id in seen:
            raise CourseError(
                f"{place}: the grade_id {grade_id!r} is used already ({seen[grade_id]}): "
                "give each cell its own."
            )
        if grade_id:
            seen[grade_id] = place
