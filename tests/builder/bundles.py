"""A tiny course that a bundle can be made of, and what tests of bundles share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from test_build import ANSWER, EXERCISE

from course_builder.release import release
from course_grader.errors import CourseError

NAME = "01_tiny_exercises"
NOTEBOOK = f"notebooks/{NAME}.ipynb"
MODULE = "course_utils/trials.py"
MARK_SCHEME_CELL = """
# %% [markdown] nbgrader="why" points=1
# ### BEGIN SOLUTION
# One point for saying that one seed is no evidence.
# Half a point.
# ### END SOLUTION
"""
# An answer of several lines with two hidden tests, a mark scheme, an answer of one line, and one
# that says nothing alone.
ANSWERS = (
    EXERCISE.replace(
        "    return x * x\n", "    half = x / 2\n    return 4 * half * half\n"
    ).replace("assert square(3) == 9\n", "assert square(3) == 9\nassert square(5) == 25\n")
    + MARK_SCHEME_CELL
    + ANSWER.replace('"square"', '"cube"')
    + "\ndef cube(x):\n    ### BEGIN SOLUTION\n    return x ** 3\n    ### END SOLUTION\n\n"
    + ANSWER.replace('"square"', '"is-odd"')
    + "\ndef is_odd(squares):\n    ### BEGIN SOLUTION\n    return False\n    ### END SOLUTION\n"
)


def new_course(make_course: Callable[..., Path]) -> Path:
    """A tiny course with everything that a bundle takes over from the real one."""
    folder = make_course(**{"01_tiny": "# %%\n1 + 1\n", NAME: ANSWERS})
    _complete(folder)
    return folder


def _complete(course: Path) -> None:
    """Add what a bundle takes over: a small package, and the real course's settings."""
    modules = {"course_grader/__init__.py": "", "course_grader/check.py": ""}
    modules |= {"course_utils/__init__.py": "", MODULE: ""}
    modules["course_utils/notebook.py"] = "from course_utils import trials\n"
    modules["course_utils/not_for_students.py"] = ""
    suffixes = ("csv", "json", "npz", "toml")
    modules |= {f"course_utils/recorded/odd.{suffix}": "" for suffix in suffixes}
    for name in ("odd/README.md", "clothing-1k/test/hat/odd.jpg"):
        modules[f"course_utils/datasets/files/{name}"] = ""
    for name, text in modules.items():
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (course / "requirements").mkdir()
    for name in ("pyproject.toml", "environment.yml", "requirements/newest.txt"):
        shutil.copy(ROOT / name, course / name)


def files_of(folder: Path) -> dict[str, bytes]:
    """All files in a folder, by their path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_nothing_is_released(course: Path, sentence: str) -> None:
    """The release is refused with this sentence, and leaves nothing."""
    before = sorted(course.iterdir())
    with pytest.raises(CourseError) as refusal:
        release(course, course / "bundle")
    assert sentence in str(refusal.value)
    assert sorted(course.iterdir()) == before
