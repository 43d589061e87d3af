"""The bundle for students: what it holds, and that it works where it is installed."""

import ast
import re
import stat
import tomllib
from pathlib import Path

import nbformat
import pytest
from bundles import MODULE, NAME, NOTEBOOK, assert_nothing_is_released, files_of, new_course
from conftest import ROOT
from IPython.core.inputtransformer2 import TransformerManager

from course_builder.build import student_notebook
from course_builder.release import release
from course_grader.errors import CourseError

PACKAGES = ("course_checks", "course_grader", "course_utils")


@pytest.fixture
def course(make_course):
    return new_course(make_course)


def test_the_bundle_holds_what_a_student_needs_and_nothing_else(real_bundle):
    files = files_of(real_bundle)
    exercises = {path.stem for path in (ROOT / "solutions").glob("*_exercises.py")}
    sources = {path.stem for path in (ROOT / "solutions").glob("*.py")}
    assert {Path(file).stem for file in files if file.startswith("notebooks/")} == sources
    assert {Path(file).stem for file in files if file.startswith("original/")} == exercises
    assert {file.split("/")[0] for file in files} - {"LICENCE", "LICENSE"} == {
        *("Makefile", "README.md", "environment.yml", "nbgrader_config.py", "pyproject.toml"),
        *("course_checks", "course_grader", "course_utils"),
        *("notebooks", "original", "requirements"),
    }
    data = [
        *ROOT.glob("course_utils/recorded/*.*"),
        *ROOT.glob("course_utils/datasets/files/**/*.*"),
    ]
    assert {path.relative_to(ROOT).as_posix() for path in data} < set(files)
    assert {"course_grader/visible_tests.py", "course_grader/student.py"} < set(files)
    kept = ("builder", "sandbox", "server", "pool", "cluster", "gradebook", "gallery", "released")
    assert not [file for file in files if set(re.split(r"[/_.]", file)) & set(kept)]


def test_modules_and_notebooks_of_the_bundle_import_only_modules_of_the_bundle(real_bundle):
    codes = {path: path.read_text() for path in real_bundle.glob("course_*/**/*.py")}
    codes |= {path: _code(path) for path in real_bundle.glob("notebooks/*.ipynb")}
    for path, code in codes.items():
        for name in set(_own_imports(code)):
            module = real_bundle / name.replace(".", "/")
            assert module.is_dir() or module.with_suffix(".py").is_file(), (path, name)


def test_the_bundle_installs_with_the_extra_student_and_with_nothing_for_developers(real_bundle):
    settings = tomllib.loads((real_bundle / "pyproject.toml").read_text())
    original = tomllib.loads((ROOT / "pyproject.toml").read_text())
    student = original["project"]["optional-dependencies"]["student"]
    assert settings["project"]["dependencies"] == original["project"]["dependencies"]
    assert settings["project"]["optional-dependencies"] == {"student": student}
    assert settings["project"]["scripts"]["course"] == "course_grader.check:main"
    assert set(settings["tool"]) == {"setuptools"}
    assert ".[student]" in (real_bundle / "environment.yml").read_text()
    assert "developer" not in (real_bundle / "environment.yml").read_text()


def test_the_notebooks_come_from_the_source_and_not_from_the_working_tree(course):
    (course / "notebooks").mkdir()
    (course / "notebooks" / f"{NAME}.ipynb").write_text("edited by hand")
    files = release(course, course / "bundle")
    expected = nbformat.writes(student_notebook(course, NAME)) + "\n"
    assert (course / "bundle" / NOTEBOOK).read_text() == expected
    assert (course / "bundle/original" / f"{NAME}.ipynb").read_text() == expected
    assert not (course / "bundle/original/01_tiny.ipynb").exists()
    assert sorted(files) == sorted(
        path for path in (course / "bundle").rglob("*") if path.is_file()
    )


def test_the_same_source_gives_the_same_bytes_and_modes(course):
    release(course, course / "first")
    (course / MODULE).chmod(0o755)
    release(course, course / "second")
    assert files_of(course / "first") == files_of(course / "second")
    for path in (course / "second").rglob("*"):
        assert path.is_dir() or stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_licence_goes_along(course):
    (course / "LICENCE").write_text("Free.\n")
    release(course, course / "bundle")
    assert (course / "bundle/LICENCE").read_text() == "Free.\n"


def test_an_empty_folder_is_filled_and_one_that_holds_something_is_refused(course):
    (course / "bundle").mkdir()
    release(course, course / "bundle")
    before = files_of(course / "bundle")
    with pytest.raises(CourseError, match="bundle is there and is no empty folder: name a new one"):
        release(course, course / "bundle")
    with pytest.raises(CourseError, match="is no empty folder"):
        release(course, course / "pyproject.toml")
    assert files_of(course / "bundle") == before


def test_a_destination_in_no_folder_is_refused(course):
    with pytest.raises(CourseError, match="make it, or name another"):
        release(course, course / "none" / "bundle")


def test_a_file_of_the_allow_list_that_is_missing_is_named(course):
    (course / "requirements/newest.txt").unlink()
    assert_nothing_is_released(course, "There is no file requirements/newest.txt")


def _code(notebook: Path) -> str:
    """The code of a notebook as Python: magics are calls."""
    cells = nbformat.read(notebook, as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    return "".join(TransformerManager().transform_cell(source) for source in code)


def _own_imports(code: str) -> list[str]:
    """The modules of the course that the code imports."""
    names = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module in PACKAGES:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return [name for name in names if name.startswith(PACKAGES)]
