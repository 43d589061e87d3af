"""What tests call is out of sight for submissions, however the course is installed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NEEDS_NAMESPACES, ROOT
from environments import environment_without_the_course

pytestmark = NEEDS_NAMESPACES
PACKAGES = ("course_builder", "course_checks", "course_grader", "course_utils")
# Looks for the checks in all ways: by their name, in their folders, and in all of its memory.
THEFT = """
import importlib, os, re, sys
from pathlib import Path

import course_utils

found = []
for name in ("course_checks", "course_checks.mlp", "course_checks.property"):
    try:
        found += [one for one in vars(importlib.import_module(name)) if one[0] != "_"]
    except ImportError:
        pass
places = [Path(place) for place in (*sys.path, Path(course_utils.__file__).parents[1], @ROOT@)]
for place in places:
    for folder, _, files in os.walk(place / "course_checks"):
        found += files
# Its own text does not hold what it looks for.
words = re.compile(rb"a dropped value is zero, not [m]issing")
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps"):
        area, mode = line.split()[:2]
        start, end = (int(one, 16) for one in area.split("-"))
        if mode.startswith("rw"):
            try:
                memory.seek(start)
                found += words.findall(memory.read(end - start))
            except (OSError, ValueError, OverflowError):
                pass
"""
TESTS = """
assert callable(checks.dropout_forward.scales_survivors)
assert found == [], str(found)[:500]
"""
# Grades the theft, with each isolation, where the course is installed in one way.
GRADE = """
import json, sys
from course_grader.cells import Cell, CellKind
from course_grader.isolation import chosen
from course_grader.trial import properties, require_strength
from course_grader.jobs import Job
from course_grader.pool import Graders

theft, tests = json.load(sys.stdin)
cells = (
    Cell(CellKind.SETUP, "set-up", "from course_utils import notebook"),
    Cell(CellKind.TESTS_ONLY, "checks", "from course_checks import mlp as checks"),
    Cell(CellKind.ANSWER, "theft", theft),
    Cell(CellKind.TESTS, "tests", tests, 1.0),
)
isolation = chosen(sys.argv[1], [], cells=cells)
with Graders(1, isolation) as graders:
    require_strength(isolation, properties(graders, isolation))
    [result] = graders.grade(Job(cells))
print(json.dumps([result.state, result.message]))
"""


@pytest.fixture(scope="module", params=["editable", "ordinary"])
def python(request, tmp_path_factory) -> Path:
    """A Python with the course installed: as here, or copied into the environment."""
    if request.param == "editable":
        return Path(sys.executable)
    folder = tmp_path_factory.mktemp("ordinary")
    for name in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / "course" / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / "course")
    python = environment_without_the_course(folder / "environment")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", folder / "course"], check=True)
    shutil.rmtree(folder / "course")
    return python


@pytest.mark.parametrize("kind", ["namespaces", "bubblewrap"])
def test_a_submission_finds_nothing_of_the_checks(python, kind):
    if kind == "bubblewrap" and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed: the package bubblewrap brings it")
    texts = json.dumps([THEFT.replace("@ROOT@", repr(str(ROOT))), TESTS])
    done = subprocess.run(
        [python, "-c", GRADE, kind], input=texts, capture_output=True, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == ["pass", ""]


def test_without_isolation_they_are_in_sight_and_the_theft_finds_them():
    """What this file tests with can fail."""
    texts = json.dumps([THEFT.replace("@ROOT@", repr(str(ROOT))), TESTS])
    done = subprocess.run(
        [sys.executable, "-c", GRADE, "plain"], input=texts, capture_output=True, text=True, cwd="/"
    )
    state, message = json.loads(done.stdout)
    assert state == "fail" and "dropout_forward" in message, done.stderr[-2000:]
