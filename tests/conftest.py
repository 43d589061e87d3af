"""What several tests share: the course's folder, and small courses made for one test."""

import textwrap
from pathlib import Path

import pytest

from course_grader import landlock

ROOT = Path(__file__).resolve().parent.parent
NEEDS_NAMESPACES = pytest.mark.skipif(
    not Path("/proc/self/ns/user").exists(), reason="there are no namespaces on this system"
)
NEEDS_LANDLOCK = pytest.mark.skipif(
    landlock.version() < landlock.NEEDED, reason="this kernel has no Landlock, or not all of it"
)

HEADER = """\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A tiny notebook
"""


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the course itself."""
    return ROOT


@pytest.fixture(scope="session")
def real_bundle(tmp_path_factory) -> Path:
    """The bundle of the course itself."""
    from course_builder.release import release

    folder = tmp_path_factory.mktemp("release") / "bundle"
    release(ROOT, folder)
    return folder


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory) -> Path:
    """The gradebook of `running.new_class` without submissions; nbgrader takes seconds for it."""
    from running import new_class

    from course_grader.gradebook import Gradebook

    root = new_class(tmp_path_factory.mktemp("empty") / "course", {})
    Gradebook.of_course(root).close()
    return root / "gradebook.db"


@pytest.fixture
def make_course(tmp_path, monkeypatch):
    """Make a tiny course of the sources given (name -> cells) and change to its folder."""

    def make(repository: str = "", **sources: str) -> Path:
        (tmp_path / "solutions").mkdir()
        (tmp_path / "pyproject.toml").write_text(f'[tool.course]\nrepository = "{repository}"\n')
        for name, cells in sources.items():
            path = tmp_path / "solutions" / f"{name}.py"
            path.write_text(HEADER + "\n" + textwrap.dedent(cells), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make
