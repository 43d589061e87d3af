"""Read a source: jupytext's percent format, with nbgrader's metadata in the cell marker.

Mistakes are found here, before anything is built from them, and named with their line.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from course_utils.instructor import project
from course_utils.instructor.project import CourseError

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
CELL_MARKER = re.compile(r"^# %%")
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
    markers = text.splitlines()
    for cell, place, line in zip(notebook.cells, where, lines, strict=True):
        _check_metadata(cell, place, markers[line - 1])
        _check_regions(cell, place)
    _check_grade_ids(notebook, where)
    return notebook


def tags(cell: NotebookNode) -> set[str]:
    """The tags of a cell."""
    return set(cell.metadata.get("tags", []))


def grading(cell: NotebookNode) -> dict:
    """The nbgrader metadata of a cell; empty where it has none."""
    return cell.metadata.get("nbgrader", {})


def _check_metadata(cell: NotebookNode, place: str, marker: str) -> None:
    if "nbgrader" in marker and not isinstance(cell.metadata.get("nbgrader"), dict):
        raise CourseError(
            f"{place}: the nbgrader metadata is not valid JSON: "
            'write nbgrader={"grade_id": "...", ...} on the marker line.'
        )
    if "nbgrader" in cell.metadata and not GRADE_ID.fullmatch(grading(cell).get("grade_id", "")):
        raise CourseError(
            f"{place}: grade_id is {grading(cell).get('grade_id')!r}: "
            "write 1 to 64 letters, digits, hyphens or underscores."
        )


def _check_regions(cell: NotebookNode, place: str) -> None:
    for region in REGIONS:
        _check_balance(cell.source, region, place)
    if "BEGIN SOLUTION" in cell.source and not grading(cell).get("solution"):
        raise CourseError(
            f"{place}: a solution region stands in a cell that is no answer cell, so students "
            'would see it: set "solution": true in its nbgrader metadata.'
        )
    if "BEGIN HIDDEN TESTS" in cell.source and not grading(cell).get("grade"):
        raise CourseError(
            f"{place}: hidden tests stand in a cell that is not graded: "
            'set "grade": true in its nbgrader metadata.'
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
