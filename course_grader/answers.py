"""Take the answers out of a submission, and put them into the trusted notebook.

Nothing but the text of the answer cells is taken over. A cell is known by its grade id, else by
its cell id, else by the names that its reference answer defines: so cells that were deleted,
edited, copied, moved or added, and metadata that got lost, do no harm. A paragraph defines no
names: without metadata it is known by the cell before it.
"""

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache

from nbformat import NotebookNode

from course_grader.cells import Cell, CellKind
from course_grader.notebooks import Exercise, grade_id

# Characters in which names are looked for, of one cell and in all. A parser takes a thousand bytes
# of memory for a character, and nothing limits this process.
LONGEST_NAMING, LONGEST_SEARCHED = 50_000, 1_000_000
LONGEST_ANSWER = 2**20  # characters
# Magics, commands of the shell, and help.
FOR_IPYTHON = re.compile(r"^([ \t]*)(?:[%!?].*|\w+ *= *[%!].*|[\w.]+\?+ *)$", re.MULTILINE)


@dataclass(frozen=True)
class Answers:
    """What a submission answers, by grade id; None where the cell is missing.

    code: of cells that tests grade. written: of cells that a person grades. remarks: what was
    out of order, one sentence each.
    """

    code: dict[str, str | None]
    written: dict[str, str | None]
    remarks: tuple[str, ...] = ()

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
    taken = {name: _take_known(found, name, stubs) for name in exercise.code_answers}
    written = {name: _take_known(found, name, stubs) for name in exercise.paragraphs}
    found.cells = [cell for cell in found.cells if grade_id(cell) not in stubs]
    for cell in exercise.cells:
        if cell.kind is CellKind.ANSWER and taken[cell.name] is None:
            taken[cell.name] = _take_by_names(found, cell)
    for name, text in written.items():
        if text is None:
            written[name] = _take_by_place(found, name, submission, exercise.released)
    for texts in (taken, written):
        for name, text in texts.items():
            if text is not None and len(text) > LONGEST_ANSWER:
                texts[name] = None
                what = f"the answer cell {name} has more than {LONGEST_ANSWER} letters."
                found.remarks.append(what)
    if missing := [name for name, text in {**taken, **written}.items() if text is None]:
        found.remarks.append(f"no answer cell is there for {', '.join(missing)}.")
    return Answers(taken, written, tuple(dict.fromkeys(found.remarks)))


def is_untouched(answers: Answers, exercise: Exercise) -> bool:
    """Whether a submission has no answer that differs from what students were given."""
    return not any(is_changed(text, exercise, name) for name, text in answers.texts().items())


def is_changed(text: str | None, exercise: Exercise, name: str) -> bool:
    """Whether an answer is there and differs from what students were given."""
    return text is not None and text.strip() != exercise.released_texts[name].strip()


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


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=100)
def _defined_names(source: str) -> set[str]:
    """The names that a cell gives a value at its top level; none if it is no Python.

    Lines for IPython count as none. (Its own way to read them takes hours for some cells.)
    """
    tree = _parsed(source) or _parsed(FOR_IPYTHON.sub(r"\1pass", source))
    names = set()
    for node in tree.body if tree else []:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = [part for target in targets for part in ast.walk(target)]
            names |= {part.id for part in stored if isinstance(part, ast.Name)}
    return names
