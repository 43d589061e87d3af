"""What a grade depends on: the tests, the code that they and the grader use, and versions."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from course_builder.build import read_exercise
from course_grader import fingerprint, imports
from course_grader.cells import Cell, CellKind
from course_grader.fingerprint import CODE, tools_of
from course_grader.imports import packages_of, unconditional_imports, used_by

OWN = ("course_checks", "course_grader", "course_utils")
CELLS = [
    Cell(CellKind.SETUP, "set-up", "import json\nimport rulers.long\nimport numpy as np"),
    Cell(CellKind.ANSWER, "answer", "import pandas"),
    Cell(CellKind.TESTS, "tests", "assert measure() == 1", 1.0),
]


@pytest.mark.parametrize(
    ("module", "decides"),
    [
        *[("course_checks.net", True), ("course_utils.statistics", True)],
        *[("course_utils.datasets.cifar", True), ("course_grader.runner", True)],
        *[("course_grader.student", True), ("course_grader.sandbox", True)],
        *[("course_grader.gradebook", False), ("course_builder.cli", False)],
        *[("course_utils.plotting.charts", False)],
    ],
)
def test_all_code_that_can_decide_about_a_score_is_found(module, decides):
    cells = read_exercise(ROOT, "03_vgg_exercises").cells
    sources = [cell.source for cell in cells if cell.is_trusted]
    used = used_by(sources, "course_grader.server")
    assert (module in used.modules) == decides
    assert {name.partition(".")[0] for name in used.modules} == set(OWN)
    assert {"keras", "numpy", "pandas", "scipy", "tensorflow", "IPython"} < set(used.versions())


@pytest.fixture
def rulers(tmp_path, monkeypatch) -> Iterator[Path]:
    """A package that comes from no distribution, on the path."""
    folder = tmp_path / "rulers"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "long.py").write_text("def measure():\n    from . import units\n    return 1\n")
    (folder / "units.py").write_text("METRE = 1\n")
    (folder / "other.py").write_text("FOOT = 0.3\n")
    monkeypatch.syspath_prepend(tmp_path)
    imports.is_own.cache_clear()
    yield folder
    imports.is_own.cache_clear()


@pytest.fixture
def code(rulers) -> Iterator[Callable[[], str]]:
    """What stands for the code of a course; asked anew each time."""

    def code() -> str:
        fingerprint._tools.cache_clear()
        return tools_of(CELLS)[CODE]

    yield code
    fingerprint._tools.cache_clear()


def test_a_change_of_what_tests_use_counts_within_functions_as_well(rulers, code):
    before = code()
    (rulers / "units.py").write_text("METRE = 2\n")
    assert code() != before


def test_layout_comments_and_what_is_not_used_do_not_count(rulers, code):
    before = code()
    (rulers / "units.py").write_text("METRE  =  1  # of course\n\n")
    (rulers / "other.py").write_text("FOOT = 0.4\n")
    assert code() == before


def test_versions_are_those_of_what_the_trusted_cells_import():
    tools = tools_of(CELLS)
    assert "numpy" in tools and "pandas" not in tools, "an answer decides nothing"


def test_imports_that_run_with_the_code_are_found():
    source = (
        "import a, b.c as d\ntry:\n    from e import f\nexcept ImportError:\n    import g\n"
        "if a:\n    import h\n\ndef later():\n    import i\n"
    )
    assert unconditional_imports(source) == ["import a, b.c as d", "from e import f"]
    assert packages_of([source]) == {"a", "b", "e", "g", "h", "i"}


def test_a_worker_tells_its_tools_without_what_reads_notebooks():
    """A cluster's worker needs the grader's code and Dask."""
    found = "assert not {'nbformat', 'nbgrader'} & set(sys.modules)"
    code = f"import sys, course_grader.cluster; {found}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_standard_library_is_nobodys_own():
    assert not any(map(imports.is_own, ("os", "json", "sys", "unittest")))
    assert not imports.is_own("numpy") and imports.is_own("course_utils")
    assert imports.place_of("a_package_that_is_nowhere") is None
    assert "zipimport" in sys.stdlib_module_names and imports.place_of("sys") is None
