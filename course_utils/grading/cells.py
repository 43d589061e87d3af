"""The cells of a notebook that is graded, and which of them need which others."""

import builtins
import symtable
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from course_utils.grading.deadline import deadline
from course_utils.grading.results import State
from course_utils.grading.student import without_magics

SECONDS_TO_READ = 5.0  # the answers, to find out what they need
LOOKS_EVERYWHERE = ("globals", "locals", "vars", "eval", "exec", "__dict__", "getattr")


class CellKind(StrEnum):
    """What a cell is to a grader."""

    SETUP = "setup"  # trusted, not graded
    ANSWER = "answer"
    TESTS = "tests"


@dataclass(frozen=True)
class Cell:
    """A code cell of a notebook that is graded.

    name: its grade id; empty where it has none. source: trusted, but for answers; None for an
    answer that the submission does not have. points: of a cell of tests.
    """

    kind: CellKind
    name: str
    source: str | None
    points: float = 0.0

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)

    def title(self) -> str:
        """What a cell of tests is about: its first line, without the points."""
        first = (self.source or "").lstrip().partition("\n")[0]
        _, _, title = first.lstrip("# ").partition(": ")
        return title if first.startswith("#") and title else self.name


@dataclass(frozen=True)
class Ending:
    """How a cell or a function ended the student's process, or was ended with it."""

    state: State
    message: str


def needed_here(cells: list[Cell]) -> set[str]:
    """The trusted cells that the tests need, by name."""
    return _needed(cells, [cell.source for cell in cells if cell.kind is CellKind.TESTS])


def needed_there(cells: list[Cell]) -> set[str]:
    """The trusted cells that the answers need, by name; all of them where that cannot be told."""
    answers = [cell.source or "" for cell in cells if cell.kind is CellKind.ANSWER]
    if any(word in answer for answer in answers for word in LOOKS_EVERYWHERE):
        return {cell.name for cell in cells}
    try:
        with deadline(SECONDS_TO_READ):
            return _needed(cells, [without_magics(answer) for answer in answers])
    except Exception:  # a parser can fail in many ways, or take hours
        return {cell.name for cell in cells}


def _needed(cells: list[Cell], sources: list[str]) -> set[str]:
    """The trusted cells that define what these sources name, and what those cells name.

    A cell that defines nothing is run for what it does.
    """
    wanted = set().union(*(names_of(source)[0] for source in sources))
    found = set()
    for cell in reversed([cell for cell in cells if cell.kind is CellKind.SETUP]):
        named, assigned = names_of(without_magics(cell.source))
        if not assigned or assigned & wanted:
            found.add(cell.name)
            wanted |= named | assigned
    return found


def names_of(source: str) -> tuple[set[str], set[str]]:
    """The global names that some code needs from elsewhere, and those that it assigns."""
    table = symtable.symtable(source, "<cell>", "exec")
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
