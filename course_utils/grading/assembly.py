"""Take the answers out of a submission, and put them into the trusted notebook.

Nothing but the text of the answer cells is taken over. A cell is known by its grade id, else by
its cell id, else by the names that its reference answer defines: so cells that were deleted,
edited, copied, moved or added, and metadata that got lost, do no harm. A paragraph defines no
names: without metadata it is known by the cell before it.
"""

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils.grading.cells import Cell, CellKind

LARGEST = 256 * 2**20  # bytes of a notebook
MOST_PARTS = 10_000_000  # of its JSON, which takes a hundred bytes and more of memory for each
MOST_CELLS = 10_000
# Characters in which names are looked for, of one cell and in all. A parser takes a thousand bytes
# of memory for a character, and nothing limits this process.
LONGEST_NAMING, LONGEST_SEARCHED = 50_000, 1_000_000
LONGEST_ANSWER = 2**20  # characters


class UnreadableNotebook(Exception):
    """The file is no notebook; the message says why, in one sentence."""


@dataclass(frozen=True)
class Answers:
    """What a submission answers, by grade id; None where the cell is missing.

    code: of cells that tests grade. written: of cells that a person grades. remarks: what was
    out of order, one sentence each.
    """

    code: dict[str, str | None]
    written: dict[str, str | None]
    remarks: tuple[str, ...] = ()


@dataclass
class _Found:
    """The cells of a submission that have not been taken yet."""

    cells: list[NotebookNode]
    remarks: list[str] = field(default_factory=list)


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in a file, in format 4, whichever it was written in.

    Raises UnreadableNotebook. Links are not followed.
    """
    if path.is_symlink() or not path.is_file():
        raise UnreadableNotebook(f"{path.name} is no file but a link, a folder or nothing.")
    if path.stat().st_size > LARGEST:
        raise UnreadableNotebook(f"{path.name} has more than {LARGEST >> 20} MiB.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        if sum(map(text.count, ",[{")) > MOST_PARTS:
            raise UnreadableNotebook(f"{path.name} has more than {MOST_PARTS} parts.")
        content = json.loads(text)
        if not isinstance(content, dict) or not ({"cells", "worksheets"} & content.keys()):
            raise UnreadableNotebook(f"{path.name} is no notebook: it has no cells.")
        _drop_outputs(content, path.name)
        notebook = nbformat.reader.reads(json.dumps(content | _version(content)))
        return nbformat.convert(notebook, 4)
    except UnreadableNotebook:
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


def _drop_outputs(content: dict, name: str) -> None:
    """Empty all outputs, of both formats, before the notebook is copied and converted."""
    sheets = content.get("worksheets", [content])
    cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    if len(cells) > MOST_CELLS:
        raise UnreadableNotebook(f"{name} has more than {MOST_CELLS} cells.")
    for cell in cells:
        if "outputs" in cell:
            cell["outputs"] = []


def trusted_cells(notebook: NotebookNode) -> list[Cell]:
    """The code cells of the instructor's notebook, in order; answers are the reference's."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        meta = cell.metadata.get("nbgrader", {})
        name, source = meta.get("grade_id") or cell.id, str(cell.source)
        if meta.get("grade") and not meta.get("solution"):
            cells.append(Cell(CellKind.TESTS, name, source, float(meta["points"])))
        elif meta.get("solution") and not meta.get("grade"):
            cells.append(Cell(CellKind.ANSWER, name, source))
        elif not meta.get("solution"):
            cells.append(Cell(CellKind.SETUP, name, source))
    return cells


def written_items(notebook: NotebookNode) -> dict[str, str]:
    """The text of each cell that a person grades, by grade id."""
    return {
        cell.metadata.nbgrader.grade_id: str(cell.source)
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.metadata.nbgrader.get("solution")
    }


def with_answers(cells: Iterable[Cell], answers: dict[str, str | None]) -> list[Cell]:
    """The trusted cells with a student's answers in place of the reference's."""
    return [
        Cell(cell.kind, cell.name, answers.get(cell.name)) if cell.kind is CellKind.ANSWER else cell
        for cell in cells
    ]


def answers_in(
    submission: NotebookNode, instructor: NotebookNode, released: NotebookNode
) -> Answers:
    """What `submission` answers.

    instructor: the trusted notebook with reference answers; released: as students got it.
    """
    found = _Found([cell for cell in submission.cells if isinstance(cell.get("source"), str)])
    stubs = {grade_id(cell): str(cell.source) for cell in released.cells if grade_id(cell)}
    answers = [cell for cell in trusted_cells(instructor) if cell.kind is CellKind.ANSWER]
    taken = {cell.name: _take_known(found, cell.name, stubs) for cell in answers}
    written = {name: _take_known(found, name, stubs) for name in written_items(instructor)}
    claimed = set(stubs)
    found.cells = [cell for cell in found.cells if grade_id(cell) not in claimed]
    for cell in answers:
        if taken[cell.name] is None:
            taken[cell.name] = _take_by_names(found, cell)
    for name, text in written.items():
        if text is None:
            written[name] = _take_by_place(found, name, submission, released)
    for texts in (taken, written):
        for name, text in texts.items():
            if text is not None and len(text) > LONGEST_ANSWER:
                texts[name] = None
                what = f"the answer cell {name} has more than {LONGEST_ANSWER} letters."
                found.remarks.append(what)
    if missing := [name for name, text in {**taken, **written}.items() if text is None]:
        found.remarks.append(f"no answer cell is there for {', '.join(missing)}.")
    return Answers(taken, written, tuple(dict.fromkeys(found.remarks)))


def is_untouched(answers: Answers, released: NotebookNode) -> bool:
    """Whether a submission has no answer that differs from what students were given."""
    stubs = {grade_id(cell): str(cell.source) for cell in released.cells if grade_id(cell)}
    given = {**answers.code, **answers.written}
    return all(text is None or text.strip() == stubs[name].strip() for name, text in given.items())


def grade_id(cell: NotebookNode) -> str:
    """The grade id of a cell, whatever its metadata are; empty where it has none."""
    meta = cell.get("metadata", {})
    nbgrader = meta.get("nbgrader", {}) if isinstance(meta, dict) else {}
    name = nbgrader.get("grade_id", "") if isinstance(nbgrader, dict) else ""
    return name if isinstance(name, str) else ""


def _cell_id(cell: NotebookNode) -> object:
    meta = cell.get("metadata", {})
    return cell.get("id") or (meta.get("id") if isinstance(meta, dict) else None)


def _take_known(found: _Found, name: str, stubs: dict[str, str]) -> str | None:
    """The text of the cell with this grade id, else with this cell id; the last changed of many."""
    for identity in (grade_id, _cell_id):
        same = [cell for cell in found.cells if identity(cell) == name]
        if not same:
            continue
        changed = [cell for cell in same if cell.source.strip() != stubs[name].strip()]
        chosen = (changed or same)[-1]
        if len({cell.source for cell in changed}) > 1:
            found.remarks.append(
                f"the answer cell {name} is there {len(same)} times: the last one counts."
            )
        found.cells = [cell for cell in found.cells if identity(cell) != name]
        return str(chosen.source)
    return None


def _take_by_names(found: _Found, reference: Cell) -> str | None:
    """The last cell without a known id that defines a name of the reference answer."""
    names, searched = _defined_names(reference.source), 0
    for cell in reversed([one for one in found.cells if len(one.source) <= LONGEST_NAMING]):
        searched += len(cell.source)
        if searched > LONGEST_SEARCHED:
            return None
        if known := names & _defined_names(cell.source):
            found.cells = [one for one in found.cells if one is not cell]
            found.remarks.append(
                f"the answer cell {reference.name} has lost its metadata: it is known by "
                f"{', '.join(sorted(known))}."
            )
            return str(cell.source)
    return None


def _take_by_place(
    found: _Found, name: str, submission: NotebookNode, released: NotebookNode
) -> str | None:
    """The text without a known id that stands behind the same cell as in the released notebook."""
    texts = [str(cell.source).strip() for cell in released.cells]
    place = [grade_id(cell) for cell in released.cells].index(name)
    others = {*texts[:place], *texts[place + 1 :]}
    free = {id(cell) for cell in found.cells if cell.get("cell_type") == "markdown"}
    for before, cell in zip(submission.cells, submission.cells[1:], strict=False):
        if id(cell) not in free or not isinstance(before.get("source"), str):
            continue
        if before.source.strip() == texts[place - 1] and cell.source.strip() not in others:
            found.cells = [one for one in found.cells if one is not cell]
            found.remarks.append(
                f"the paragraph {name} has lost its metadata: it is known by the cell before it."
            )
            return str(cell.source)
    return None


@lru_cache(maxsize=100)
def _defined_names(source: str) -> set[str]:
    """The names that a cell gives a value at its top level; none if it is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = [part for target in targets for part in ast.walk(target)]
            names |= {part.id for part in stored if isinstance(part, ast.Name)}
    return names
