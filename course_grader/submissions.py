"""Find the submissions in a folder, laid out as nbgrader's: STUDENT/EXERCISE/EXERCISE.ipynb.

Whatever lies there, each student's folder leads to a submission or to a sentence. What this machine
does not let the instructor read is no student's fault: it gets a sentence and no grade.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from course_grader.answers import Answers, answers_in, is_untouched
from course_grader.errors import CourseError
from course_grader.notebooks import Exercise, UnreadableNotebook, read_notebook
from course_grader.records import Submission, check_student
from course_grader.text import printable

LONGEST_TIMESTAMP = 200  # characters
MOST_NOTEBOOKS = 10  # that are looked at in one folder
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
    found, strange = [], []
    known = {exercise.name: exercise for exercise in exercises}
    for student in students:
        if student.is_symlink() or not student.is_dir():
            strange.append(f"{student.name}: no folder of a student; it is left alone.")
            continue
        try:
            check_student(student.name)
            content = _content(student)
        except CourseError as error:
            strange.append(f"{student.name}: {error}")
            continue
        except OSError as error:
            strange.append(_cannot_be_read(student.name, error))
            continue
        for path in content:
            name = f"{student.name}/{path.name}"
            if path.name in known:
                try:
                    found.append(read_submission(student.name, path, known[path.name]))
                except OSError as error:
                    strange.append(_cannot_be_read(name, error))
            else:
                strange.append(f"{name}: no exercise has this name.")
        if not any(path.name in known for path in content):
            strange.append(f"{student.name}: handed in no exercise.")
    return found, strange


def _content(folder: Path) -> list[Path]:
    """What lies in a folder, but for what programs keep there for themselves."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") or (path.is_dir() and path.name not in OF_PROGRAMS)
    ]


def read_submission(student: str, folder: Path, exercise: Exercise) -> Submission:
    """What lies in one folder, with a sentence for whatever is out of order.

    Raises OSError for a folder that cannot be read.
    """
    answers: Answers | None = None
    timestamp, remarks = None, []
    try:
        if folder.is_symlink() or not folder.is_dir():
            raise UnreadableNotebook(f"{folder.name} is no folder but a link or a file.")
        timestamp, remarks = _read_timestamp(folder)
        answers, more = _choose_notebook(folder, exercise)
        remarks += [*more, *answers.remarks]
    except UnreadableNotebook as error:
        remarks.append(f"not graded, no points: {error}")
    told = tuple(printable(remark, "?") for remark in remarks)  # names of files may hold anything
    return Submission(student, exercise, folder, answers, timestamp, told)


def _choose_notebook(folder: Path, exercise: Exercise) -> tuple[Answers, list[str]]:
    """The answers in the notebook with the right name, else in the one that has some."""
    name = f"{exercise.name}.ipynb"
    paths = _notebooks_in(folder, name)
    if not paths:
        raise UnreadableNotebook(f"there is no notebook in the folder {folder.name}.")
    read, unreadable = {}, {}
    for path in paths:
        try:
            notebook = read_notebook(path)
            read[path.name] = answers_in(notebook, exercise)
        except UnreadableNotebook as error:
            unreadable[path.name] = error
    touched = [one for one in read if not is_untouched(read[one], exercise)]
    if name in touched or (name in read and not touched):
        others = [one for one in touched if one != name]
        also = [f"{one} has answers, too, and was not graded." for one in others]
        return read[name], also
    if not touched:
        raise next(iter(unreadable.values()), None) or UnreadableNotebook(
            f"there is no {name} in the folder, and no other notebook with answers in it."
        )
    if len(touched) > 1:
        raise UnreadableNotebook(
            f"{' and '.join(touched)} have answers, and none is called {name}: ask which counts."
        )
    state = (
        "has no answers"
        if name in read
        else "cannot be read"
        if name in unreadable
        else "is missing"
    )
    return read[touched[0]], [f"{touched[0]} was graded, since {name} {state}."]


def _notebooks_in(folder: Path, first: str) -> list[Path]:
    """The notebooks in a folder: the one called `first`, then the others by name, not too many."""
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".ipynb")
    paths.sort(key=lambda path: path.name != first)
    return [path for path in paths if not path.name.startswith(".")][:MOST_NOTEBOOKS]


def _cannot_be_read(name: str, error: OSError) -> str:
    return (
        f"{name}: NOT graded: the folder cannot be read ({error.strerror}): make it readable for "
        "you and grade again."
    )


def _read_timestamp(folder: Path) -> tuple[datetime | None, list[str]]:
    path = folder / "timestamp.txt"
    if not path.exists() and not path.is_symlink():
        return None, []
    try:
        is_file = path.is_file() and not path.is_symlink()  # a pipe would be waited for
        if not is_file or path.stat().st_size > LONGEST_TIMESTAMP:
            raise ValueError
        return _utc(path.read_text(encoding="utf-8").strip()), []
    except (ValueError, OverflowError, OSError):
        return None, [
            "timestamp.txt is no date such as 2026-01-30 17:00:00 +0100: no lateness is known."
        ]


def _utc(text: str) -> datetime:
    """A date as nbgrader keeps it, in UTC and without saying so. Raises ValueError.

    ISO 8601, as nbgrader writes it. Without an offset it counts as UTC; names of zones mean others
    in other places, as IST does, and are no date. (nbgrader reads +0200 as 200 seconds, and leaves
    out a name that it does not know.)
    """
    offset = re.sub(r" ?(UTC|GMT)$", "+00:00", text)
    date = datetime.fromisoformat(re.sub(r" (?=[+-])", "", offset))
    return date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
