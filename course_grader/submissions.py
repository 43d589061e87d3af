"""Find the submissions in a folder, laid out as nbgrader's: STUDENT/EXERCISE/EXERCISE.ipynb.

Whatever lies there, each student's folder leads to a submission or to a sentence. What this machine
does not let the instructor read is no student's fault: it gets a sentence and no grade.
"""

from collections.abc import Iterable
from pathlib import Path

from course_grader.errors import CourseError
from course_grader.notebooks import Exercise
from course_grader.reading import read_folders
from course_grader.records import Submission, check_student

OF_PROGRAMS = (".git", ".ipynb_checkpoints")  # folders


def find_submissions(folder: Path, exercises: list[Exercise]) -> tuple[list[Submission], list[str]]:
    """All submissions, and a sentence for whatever else lies there.

    Raises CourseError when there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise CourseError(f"There is no folder {folder}: give the one with a folder a student.")
    students = _content(folder)
    if not students:
        raise CourseError(f"{folder} is empty: collect the submissions first.")
    folders, strange = [], []
    known = {exercise.name for exercise in exercises}
    for student in students:
        try:
            _require_student(student)
            content = _content(student)
        except CourseError as error:
            strange.append(f"{student.name}: {error}")
            continue
        except OSError as error:
            strange.append(_cannot_be_read(student.name, error))
            continue
        folders += [path for path in content if path.name in known]
        strange += [
            f"{student.name}/{path.name}: no exercise has this name."
            for path in content
            if path.name not in known
        ]
        if not any(path.name in known for path in content):
            strange.append(f"{student.name}: handed in no exercise.")
    found, left = read_submissions(folders, exercises)
    return found, strange + left


def read_submissions(
    folders: Iterable[Path], exercises: list[Exercise]
) -> tuple[list[Submission], list[str]]:
    """What lies in folders that are called STUDENT/EXERCISE, and a sentence for each left alone."""
    known = {exercise.name: exercise for exercise in exercises}
    of_students, found, left = [], [], []
    for folder in folders:
        try:
            _require_student(folder.parent)
            of_students.append(folder)
        except CourseError as error:
            left.append(f"{folder.parent.name}: {error}")
    for folder, read in zip(of_students, read_folders(of_students, known), strict=True):
        student = folder.parent.name
        if isinstance(read, OSError):
            left.append(_cannot_be_read(f"{student}/{folder.name}", read))
        else:
            found.append(Submission(student, known[folder.name], folder, *read))
    return found, left


def _require_student(folder: Path) -> None:
    if folder.is_symlink() or not folder.is_dir():
        raise CourseError("no folder of a student; it is left alone.")
    check_student(folder.name)


def _content(folder: Path) -> list[Path]:
    """What lies in a folder, but for what programs keep there for themselves."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") or (path.is_dir() and path.name not in OF_PROGRAMS)
    ]


def _cannot_be_read(name: str, error: OSError) -> str:
    return (
        f"{name}: NOT graded: the folder cannot be read ({error.strerror}): make it readable for "
        "you and grade again."
    )
