"""Take the answers out of a submission, and put them into the trusted notebook.

Nothing but the text of the answer cells is taken over. A cell is known by its grade id, else by
its cell id, else by the names that its reference answer defines: so cells that were deleted,
edited, copied, split, moved or added, and metadata that got lost, do no harm. A paragraph defines
no names: without metadata it is known by the cell before it.
"""

import ast
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from nbformat import NotebookNode

from course_grader.cells import Cell, CellKind
from course_grader.notebooks import Exercise, grade_id
from course_grader.pictures import LARGEST, Picture, pictures_of, without_pictures

# Characters in which names are looked for, of one cell and in all. A parser takes a thousand bytes
# of memory for a character, and a cell of data that a student pasted should not cost the answers.
LONGEST_NAMING, LONGEST_SEARCHED = 50_000, 1_000_000
LONGEST_ANSWER = 2**20  # characters
Node = TypeVar("Node", bound=ast.AST)
# Magics, commands of the shell, and help.
FOR_IPYTHON = re.compile(r"^([ \t]*)(?:[%!?].*|\w+ *= *[%!].*|[\w.]+\?+ *)$", re.MULTILINE)


@dataclass(frozen=True)
class Answers:
    """What a submission answers, by grade id; None where the cell is missing.

    code: of cells that tests grade. written: of cells that a person grades, and pictures: what
    those hold. remarks: what was out of order, one sentence each.
    """

    code: dict[str, str | None]
    written: dict[str, str | None]
    remarks: tuple[str, ...] = ()
    pictures: dict[str, tuple[Picture, ...]] = field(default_factory=dict)

    def texts(self) -> dict[str, str | None]:
        """All of them, by grade id."""
        return {**self.code, **self.written}


@dataclass
class _Found:
    """The cells of a submission that have not been taken yet."""

    cells: list[NotebookNode]
    remarks: list[str] = field(default_factory=list)


def answers_in(submission: NotebookNode, exercise: Exercise) -> Answers:
    """What `submission` answers of the exercise."""
    found = _Found([cell for cell in submission.cells if isinstance(cell.get("source"), str)])
    stubs = exercise.released_texts
    cells = {
        name: _known(found, name, stubs) for name in (*exercise.code_answers, *exercise.paragraphs)
    }
    found.cells = [cell for cell in found.cells if grade_id(cell) not in stubs]
    for cell in exercise.cells:
        if cell.kind is CellKind.ANSWER and not cells[cell.name]:
            cells[cell.name] = _known_by_names(found, cell)
    for name in exercise.paragraphs:
        if not cells[name]:
            cells[name] = _known_by_place(found, name, submission, exercise.released)
    taken = {name: _code(found, name, cells[name]) for name in exercise.code_answers}
    written = {name: _text(found, name, cells[name]) for name in exercise.paragraphs}
    pictures = {name: _pictures(found, name, cells[name]) for name in exercise.paragraphs}
    if missing := [name for name, text in {**taken, **written}.items() if text is None]:
        found.remarks.append(f"no answer cell is there for {', '.join(missing)}.")
    if lost := _made_elsewhere(found, taken, exercise):
        found.remarks.append(
            f"what a cell that is not graded makes is needed ({', '.join(sorted(lost))}): it "
            "belongs into an answer cell."
        )
    return Answers(taken, written, tuple(dict.fromkeys(found.remarks)), pictures)


def is_untouched(answers: Answers, exercise: Exercise) -> bool:
    """Whether a submission has no answer that differs from what students were given."""
    return not any(is_changed(text, exercise, name) for name, text in answers.texts().items())


def is_changed(text: str | None, exercise: Exercise, name: str) -> bool:
    """Whether an answer is there and differs from what students were given."""
    return text is not None and text.strip() != exercise.released_texts[name].strip()


def _cell_id(cell: NotebookNode) -> object:
    meta = cell.get("metadata", {})
    return cell.get("id") or (meta.get("id") if isinstance(meta, dict) else None)


def _known(found: _Found, name: str, stubs: dict[str, str]) -> list[NotebookNode]:
    """The cells with this grade id, else with this cell id: of many, those that were changed.

    JupyterLab gives both halves of a cell that is split its metadata.
    """
    for identity in (grade_id, _cell_id):
        if same := [cell for cell in found.cells if identity(cell) == name]:
            found.cells = [cell for cell in found.cells if identity(cell) != name]
            changed = [cell for cell in same if cell.source.strip() != stubs[name].strip()]
            return list({str(cell.source): cell for cell in changed or same}.values())
    return []


def _code(found: _Found, name: str, cells: list[NotebookNode]) -> str | None:
    """An answer in pieces, joined. If that is no Python, and the last one is, it is a new try."""
    text = "\n".join(cell.source for cell in cells)
    if len(cells) > 1:
        is_new = not _tree(text) and _tree(cells[-1].source)
        text = cells[-1].source if is_new else text
        counts = "the last one counts" if is_new else "they were joined, in their order"
        found.remarks.append(f"the answer cell {name} is there {len(cells)} times: {counts}.")
    return _not_too_long(found, name, text) if cells else None


def _text(found: _Found, name: str, cells: list[NotebookNode]) -> str | None:
    """A paragraph, in one piece."""
    text = "\n\n".join(without_pictures(cell.source) for cell in cells)
    return _not_too_long(found, name, text) if cells else None


def _not_too_long(found: _Found, name: str, text: str) -> str | None:
    if len(text) <= LONGEST_ANSWER:
        return text
    found.remarks.append(f"the answer cell {name} has more than {LONGEST_ANSWER} letters.")
    return None


def _pictures(found: _Found, name: str, cells: list[NotebookNode]) -> tuple[Picture, ...]:
    """The pictures of a paragraph that can be shown. Halves of a split cell have the same ones."""
    all_of_them = dict.fromkeys(one for cell in cells for one in pictures_of(cell))
    kept, letters = [], 0
    for one in all_of_them:
        letters += len(one.data)
        if letters <= LARGEST and one.is_one():
            kept.append(one)
    if missing := len(all_of_them) - len(kept):
        found.remarks.append(
            f"the paragraph {name} has {missing} of {len(all_of_them)} pictures that are no PNG or "
            "JPEG, or too large: ask for them."
        )
    return tuple(kept)


def _made_elsewhere(found: _Found, taken: dict[str, str | None], exercise: Exercise) -> set[str]:
    """The names that tests or answers need and only cells make that do not count."""
    written = [text for name, text in taken.items() if is_changed(text, exercise, name)]
    needed = exercise.tested_names.union(*map(_loaded_names, written))
    own = exercise.trusted_names.union(*map(_stored_names, written))
    made, searched = set(), 0
    for cell in found.cells:
        searched += len(cell.source)
        if searched <= LONGEST_SEARCHED and cell.get("cell_type") == "code":
            made |= _defined_names(cell.source) | _imported_names(cell.source)
    return needed & made - own


def _known_by_names(found: _Found, reference: Cell) -> list[NotebookNode]:
    """The last cell without a known id that defines a name of the reference answer."""
    names, searched = _defined_names(reference.source), 0
    for cell in reversed([one for one in found.cells if len(one.source) <= LONGEST_NAMING]):
        searched += len(cell.source)
        if searched > LONGEST_SEARCHED:
            break
        if known := names & _defined_names(cell.source):
            found.cells = [one for one in found.cells if one is not cell]
            found.remarks.append(
                f"the answer cell {reference.name} has lost its metadata: it is known by "
                f"{', '.join(sorted(known))}."
            )
            return [cell]
    return []


def _known_by_place(
    found: _Found, name: str, submission: NotebookNode, released: NotebookNode
) -> list[NotebookNode]:
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
            return [cell]
    return []


@lru_cache(maxsize=100)
def _tree(source: str) -> ast.Module | None:
    """A cell as Python; None if it is none, or too much.

    Lines for IPython count as nothing. (Its own way to read them takes hours for some cells.)
    """
    if len(source) > LONGEST_NAMING:
        return None
    for text in (source, FOR_IPYTHON.sub(r"\1pass", source)):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.parse(text)
    return None


def _defined_names(source: str) -> set[str]:
    """The names that a cell gives a value at its top level, but for imports."""
    tree, names = _tree(source), set()
    for node in tree.body if tree else []:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {one.id for target in targets for one in _of_kind(target, ast.Name)}
    return names


def _imported_names(source: str) -> set[str]:
    """The names that a cell imports."""
    aliases = _of_kind(_tree(source), ast.alias)
    return {one.asname or one.name.partition(".")[0] for one in aliases}


def _loaded_names(source: str) -> set[str]:
    return {one.id for one in _of_kind(_tree(source), ast.Name) if isinstance(one.ctx, ast.Load)}


def _stored_names(source: str) -> set[str]:
    """Whatever is given a value anywhere in a cell."""
    tree = _tree(source)
    names = {one.id for one in _of_kind(tree, ast.Name) if not isinstance(one.ctx, ast.Load)}
    names |= {one.name for one in _of_kind(tree, ast.FunctionDef, ast.ClassDef)}
    return names | {one.arg for one in _of_kind(tree, ast.arg)} | _imported_names(source)


def _of_kind(tree: ast.AST | None, *kinds: type[Node]) -> Iterator[Node]:
    return (one for one in ast.walk(tree) if isinstance(one, kinds)) if tree else iter(())
