"""Notebooks: read from files, whoever wrote them, and their cells by nbgrader's metadata."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_grader.cells import Cell, CellKind, names_of


class UnreadableNotebook(Exception):
    """The file is no notebook; the message says why, in one sentence."""


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in a file, in format 4, whichever it was written in.

    Raises UnreadableNotebook, and MemoryError. Links are not followed.
    """
    if path.is_symlink() or not path.is_file():
        raise UnreadableNotebook(f"{path.name} is no file but a link, a folder or nothing.")
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(content, dict) or not ({"cells", "worksheets"} & content.keys()):
            raise UnreadableNotebook(f"{path.name} is no notebook: it has no cells.")
        _drop_outputs(content)
        notebook = nbformat.reader.reads(json.dumps(content | _version(content)))
        return _with_plain_line_ends(nbformat.convert(notebook, 4))
    except (UnreadableNotebook, MemoryError):
        raise
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        kind = "is empty" if path.stat().st_size == 0 else "is not valid JSON"
        raise UnreadableNotebook(f"{path.name} {kind}: submit the notebook again.") from error
    except (Exception, RecursionError) as error:  # nbformat raises many kinds
        raise UnreadableNotebook(
            f"{path.name} is no notebook that can be read ({type(error).__name__})."
        ) from error


def _version(content: dict) -> dict:
    """The format that the notebook is in, where it does not say so itself."""
    if isinstance(content.get("nbformat"), int):
        return {}
    return {"nbformat": 4 if "cells" in content else 3, "nbformat_minor": 0}


def _with_plain_line_ends(notebook: NotebookNode) -> NotebookNode:
    """Texts are compared, and editors on other systems end lines in other ways."""
    for cell in notebook.cells:
        if isinstance(cell.get("source"), str):
            cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
    return notebook


def _drop_outputs(content: dict) -> None:
    """Empty all outputs, of both formats, before the notebook is copied and converted."""
    for sheet in content.get("worksheets", [content]):
        for cell in sheet.get("cells", []):
            if "outputs" in cell:
                cell["outputs"] = []


def trusted_cells(notebook: NotebookNode) -> list[Cell]:
    """The code cells of the instructor's notebook, in order; answers are the reference's."""
    cells = []
    for number, cell in enumerate(notebook.cells, 1):
        meta = grading(cell)
        if cell.cell_type != "code" or (meta.get("grade") and meta.get("solution")):
            continue
        points = 0.0
        if meta.get("grade"):
            kind, points = CellKind.TESTS, float(meta["points"])
        elif meta.get("solution"):
            kind = CellKind.ANSWER
        else:
            kind = CellKind.TESTS_ONLY if CellKind.TESTS_ONLY in tags(cell) else CellKind.SETUP
        name = meta.get("grade_id") or cell.get("id") or f"cell-{number}"  # format 4.4 has no ids
        cells.append(Cell(kind, name, str(cell.source), points))
    return cells


def grading(cell: NotebookNode) -> dict:
    """The nbgrader metadata of a cell; empty where it has none."""
    return cell.metadata.get("nbgrader", {})


def tags(cell: NotebookNode) -> set[str]:
    """The tags of a cell."""
    return set(cell.metadata.get("tags", []))


def grade_id(cell: NotebookNode) -> str:
    """The grade id of a cell, whatever its metadata are; empty where it has none."""
    meta = cell.get("metadata", {})
    nbgrader = meta.get("nbgrader", {}) if isinstance(meta, dict) else {}
    name = nbgrader.get("grade_id", "") if isinstance(nbgrader, dict) else ""
    return name if isinstance(name, str) else ""


@dataclass(frozen=True)
class Exercise:
    """An exercise as it is graded. instructor: with answers and hidden tests; released: without."""

    name: str
    instructor: NotebookNode
    released: NotebookNode

    @cached_property
    def cells(self) -> list[Cell]:
        """The trusted code cells, with the reference answers."""
        return trusted_cells(self.instructor)

    @cached_property
    def released_texts(self) -> dict[str, str]:
        """The text of each graded cell as students got it, by grade id."""
        return {name: str(cell.source) for cell in self.released.cells if (name := grade_id(cell))}

    @cached_property
    def trusted_names(self) -> set[str]:
        """What the cells give a value that nobody answers."""
        return set().union(*(names_of(one.source)[1] for one in self.cells if one.is_trusted))

    @cached_property
    def tested_names(self) -> set[str]:
        """What the tests need of other cells."""
        tests = [one.source for one in self.cells if one.kind is CellKind.TESTS]
        return set().union(*(names_of(source)[0] for source in tests))

    @cached_property
    def code_answers(self) -> list[str]:
        """The grade ids of the answers that tests grade."""
        return [cell.name for cell in self.cells if cell.kind is CellKind.ANSWER]

    @cached_property
    def paragraphs(self) -> list[str]:
        """The grade ids of the answers that a person grades."""
        return [
            grade_id(cell)
            for cell in self.instructor.cells
            if grading(cell).get("grade") and grading(cell).get("solution")
        ]
