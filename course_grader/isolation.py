"""Which isolation there is, and what it has to show and to hide."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import cache_from_source
from pathlib import Path

from course_grader import bubblewrap
from course_grader.cells import Cell, CellKind, without_magics
from course_grader.imports import packages_of, place_of, unconditional_imports
from course_grader.processes import ENVIRONMENT

NAMESPACES, BUBBLEWRAP, LANDLOCK = "namespaces", "bubblewrap", "landlock"
COMMAND, PLAIN = "command", "plain"
KINDS = (NAMESPACES, BUBBLEWRAP, LANDLOCK, COMMAND, PLAIN)
STUDENT = ("-m", "course_grader.student_console")
# The environment of the server, and of all that it starts.
SETTINGS = ENVIRONMENT | {
    # Both compile kernels in each process anew, which does not pay for a few passes.
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL": "0",
    # One thread a process: several processes grade side by side.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # Large pages of memory, where the system has them: a fork copies the table of all pages.
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Isolation:
    """How the student's process is shut in.

    kind: one of KINDS. command: of a program that does it, with its arguments, the interpreter and
    STUDENT included. hidden: folders not to be seen. imports: import statements of the trusted
    cells, run before there is a submission. imports_of_tests: those of cells for tests only; what
    they import, and no other cell does, submissions must not see.
    """

    kind: str = NAMESPACES
    command: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    imports_of_tests: tuple[str, ...] = ()

    @cached_property
    def kept(self) -> list[Path]:
        """The packages that submissions must not see."""
        places = _places(_packages(self.imports_of_tests) - _packages(self.imports))
        return [*places, *(Path(cache_from_source(one)) for one in places if one.is_file())]

    @cached_property
    def shown(self) -> list[Path]:
        """What has to be seen wherever it lies: the packages that the trusted cells import."""
        return _places(_packages(self.imports))

    @cached_property
    def covered(self) -> list[Path]:
        """What must not be seen."""
        return [*map(Path, self.hidden), *self.kept]

    def of_tests(self) -> "Isolation":
        """The same for the process of the tests, which sees what is kept from submissions."""
        everything = (*self.imports, *self.imports_of_tests)
        return replace(self, imports=everything, imports_of_tests=())


def _packages(statements: Iterable[str]) -> set[str]:
    return packages_of(statements) - sys.stdlib_module_names


def _places(packages: Iterable[str]) -> list[Path]:
    return [place for package in sorted(packages) if (place := place_of(package))]


def chosen(
    kind: str, hidden: Iterable[Path], command: Sequence[str] = (), cells: Iterable[Cell] = ()
) -> Isolation:
    """The isolation of this kind.

    hidden: folders that submissions must not see. command: of the kind COMMAND, in full. cells:
    of all exercises, for what they import. Raises CourseError for an isolation that is not there.
    """
    folders = tuple(str(path.resolve()) for path in hidden)
    statements = {CellKind.SETUP: {}, CellKind.TESTS_ONLY: {}}  # dicts keep the order
    for cell in cells:
        if cell.kind in statements:
            found = unconditional_imports(without_magics(cell.source))
            statements[cell.kind] |= dict.fromkeys(found)
    isolation = Isolation(kind, (), folders, *map(tuple, statements.values()))
    if kind == BUBBLEWRAP:
        words = bubblewrap.command(SETTINGS, isolation.shown, isolation.covered)
        return replace(isolation, command=(*words, sys.executable, *STUDENT))
    return replace(isolation, command=tuple(command)) if kind == COMMAND else isolation
