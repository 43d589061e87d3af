"""Where things lie in the course's folder."""

import tomllib
from pathlib import Path

from course_grader.errors import CourseError

SOURCES = "solutions"
NOTEBOOKS = "notebooks"
BUILD = "build"
ANSWERS = "tests/answers"  # right and wrong ones, with what they deserve: a folder an exercise


def find_root(start: Path | None = None) -> Path:
    """The course's folder: the nearest one, from `start` upwards, with `solutions/`.

    Raises CourseError when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / SOURCES).is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise CourseError(
        f"{start} is not inside the course's folder (one with pyproject.toml and {SOURCES}/): "
        "change to it first."
    )


def repository_address(root: Path) -> str:
    """The setting `repository` in pyproject.toml; empty while it is unset."""
    return _settings(root).get("repository", "").rstrip("/")


def isolation_command(root: Path) -> list[str]:
    """The setting `isolation` in pyproject.toml; empty while it is unset."""
    return _settings(root).get("isolation", [])


def exercise_names(root: Path) -> list[str]:
    """The names of the exercises."""
    return [name for name in source_names(root) if not is_lesson(name)]


def _settings(root: Path) -> dict:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return settings.get("tool", {}).get("course", {})


def source_names(root: Path) -> list[str]:
    """The names of all sources, in the order of the course."""
    return sorted(path.stem for path in (root / SOURCES).glob("*.py"))


def lesson_names(root: Path) -> list[str]:
    """The names of the lessons."""
    return [name for name in source_names(root) if is_lesson(name)]


def is_lesson(name: str) -> bool:
    """Whether a source is a lesson; all others are exercises."""
    return not name.endswith("_exercises")


def check_name(name: str, known: list[str]) -> None:
    """Raise CourseError unless `name` is one of the known ones."""
    if name not in known:
        raise CourseError(f"There is no {name!r} here: choose one of {', '.join(known)}.")
