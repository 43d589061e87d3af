"""The cells of a notebook that is graded: what they are, where they run, and what they need."""

import builtins
import symtable
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from course_grader.processes import deadline

SECONDS_TO_READ = 5.0  # the answers, to find out what they need
# Words of code whose names do not stand in it as names: the last ones begin magics.
LOOKS_EVERYWHERE = (
    *("globals", "locals", "vars", "eval", "exec", "__dict__", "getattr"),
    *("%time", "%capture", "%prun"),
)


class CellKind(StrEnum):
    """What a cell is to a grader."""

    SETUP = "setup"  # trusted, not graded
    TESTS_ONLY = "tests-only"  # trusted, not graded, and out of sight for answers: a tag says so
    ANSWER = "answer"
    TESTS = "tests"


@dataclass(frozen=True)
class Cell:
    """A code cell of a notebook that is graded.

    name: its grade id, else its cell id. source: trusted, but for answers; None for an answer
    that the submission does not have. points: of a cell of tests.
    """

    kind: CellKind
    name: str
    source: str | None
    points: float = 0.0

    def title(self) -> str:
        """What a cell of tests is about: its first line, without the points."""
        first = (self.source or "").lstrip().partition("\n")[0]
        _, _, title = first.lstrip("# ").partition(": ")
        return title if first.startswith("#") and title else self.name

    @property
    def is_not_graded(self) -> bool:
        return self.kind in (CellKind.SETUP, CellKind.TESTS_ONLY)

    @property
    def is_trusted(self) -> bool:
        return self.kind is not CellKind.ANSWER


def with_answers(cells: Iterable[Cell], answers: dict[str, str | None]) -> list[Cell]:
    """The trusted cells with a student's answers in place of the reference's."""
    return [
        Cell(cell.kind, cell.name, answers.get(cell.name)) if cell.kind is CellKind.ANSWER else cell
        for cell in cells
    ]


def needed_here(cells: Sequence[Cell]) -> set[str]:
    """The trusted cells that the tests need, by name."""
    return _needed(cells, [cell.source for cell in cells if cell.kind is CellKind.TESTS])


def needed_there(cells: Sequence[Cell]) -> set[str]:
    """The trusted cells that the answers need, by name; all of them where that cannot be told."""
    answers = [cell.source or "" for cell in cells if cell.kind is CellKind.ANSWER]
    if any(word in answer for answer in answers for word in LOOKS_EVERYWHERE):
        return {cell.name for cell in cells}
    try:
        with deadline(SECONDS_TO_READ):
            return _needed(cells, answers)
    except Exception:  # a parser can fail in many ways, or take hours
        return {cell.name for cell in cells}


def _needed(cells: Sequence[Cell], sources: list[str]) -> set[str]:
    """The trusted cells that define what these sources name, and what those cells name.

    A cell that defines nothing is run for what it does.
    """
    wanted = set().union(*(names_of(source)[0] for source in sources))
    found = set()
    for cell in reversed([cell for cell in cells if cell.is_not_graded]):
        named, assigned = names_of(cell.source)
        if not assigned or assigned & wanted:
            found.add(cell.name)
            wanted |= named | assigned
    return found


def without_others(cells: Sequence[Cell], item: str) -> list[Cell]:
    """The cells without the answers that this one and the tests do not need, if that can be told.

    An answer is needed that defines a name which no trusted cell does.
    """
    source = next(cell.source for cell in cells if cell.name == item) or ""
    if any(word in source for word in LOOKS_EVERYWHERE):
        return list(cells)
    try:
        with deadline(SECONDS_TO_READ):
            return _without_others(cells, item)
    except Exception:  # as above
        return list(cells)


def _without_others(cells: Sequence[Cell], item: str) -> list[Cell]:
    of_trusted = set().union(*(names_of(cell.source)[1] for cell in cells if cell.is_trusted))
    wanted, kept = set(), []
    for cell in reversed(cells):
        named, assigned = _names_of_any(cell)
        needed = wanted if cell.is_trusted else wanted - of_trusted
        is_needed = cell.kind is CellKind.TESTS or cell.name == item or bool(assigned & needed)
        if is_needed:
            wanted |= named
        if is_needed or cell.is_trusted:
            kept.append(cell)
    return kept[::-1]


def _names_of_any(cell: Cell) -> tuple[set[str], set[str]]:
    """As `names_of`; of what is no Python, none."""
    try:
        return names_of(cell.source or "")
    except SyntaxError:
        return set(), set()


def names_of(source: str) -> tuple[set[str], set[str]]:
    """The global names that some code needs from elsewhere, and those that it assigns."""
    table = symtable.symtable(without_magics(source), "<cell>", "exec")
    assigned = {one.get_name() for one in table.get_symbols() if _is_assigned(one)}
    return set(_global_names(table)) - assigned - set(dir(builtins)), assigned


def _is_assigned(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _global_names(inner)


class Absent:
    """Stands for IPython's shell, and for what only tests import: calls do nothing."""

    def __getattr__(self, name: str) -> Callable:
        return lambda *_, **__: None

    def __call__(self, *_: object, **__: object) -> None:
        return None


def notebook_namespace() -> dict[str, Any]:
    """The names that a notebook starts with."""
    return {"__name__": "__main__", "get_ipython": Absent, "display": lambda *_, **__: None}


def without_magics(source: str) -> str:
    """Plain Python: magics and shell commands become calls of `get_ipython()`."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(source)
