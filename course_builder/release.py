"""The release of the bundle: the folder that students get, if no leak is found in it."""

import tempfile
from pathlib import Path

from course_builder.bundle import contents
from course_builder.leaks import find_leaks
from course_grader.errors import CourseError


def release(root: Path, destination: Path) -> list[Path]:
    """Write the bundle to `destination` and return its files; the same source, the same bytes.

    Raises CourseError, and writes nothing, where the destination holds something already, where
    a file of the allow-list is missing, and where `find_leaks` finds anything.
    """
    destination = destination.absolute()
    if destination.exists() and not (destination.is_dir() and not any(destination.iterdir())):
        raise CourseError(f"{destination} is there and is no empty folder: name a new one.")
    if not destination.parent.is_dir():
        raise CourseError(f"There is no folder {destination.parent}: make it, or name another.")
    files = contents(root)
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".release-") as beside:
        folder = Path(beside) / "bundle"
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o644)
        if leaks := find_leaks(root, folder):
            raise CourseError("\n".join(["nothing is released, for the bundle leaks:", *leaks]))
        if destination.exists():
            destination.rmdir()
        folder.rename(destination)
    return [destination / name for name in files]
