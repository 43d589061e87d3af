"""Find the submissions in a folder, laid out as nbgrader's: STUDENT/EXERCISE/EXERCISE.ipynb.

Whatever lies there, each student's folder leads to a submission or to a sentence. What this machine
does not let the instructor read is no student's fault: it gets a sentence and no grade. Reading is
done in another process, with limits: what exceeds them costs its own submission only.
"""

import multiprocessing
import re
import signal
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Iterable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from course_grader import sandbox
from course_grader.answers import Answers, answers_in, is_untouched
from course_grader.errors import CourseError
from course_grader.notebooks import Exercise, UnreadableNotebook, read_notebook
from course_grader.processes import limit_memory
from course_grader.records import Submission, check_student
from course_grader.text import printable

LONGEST_TIMESTAMP = 200  # characters
MOST_NOTEBOOKS = 10  # that are looked at in one folder
OF_PROGRAMS = (".git", ".ipynb_checkpoints")  # folders
# For one submission; what honest ones hold, 250 MiB of outputs included, takes less than a second
# and 1 GiB.
SECONDS_TO_READ, MEMORY_TO_READ = 30, 2 * 2**30
NO_POINTS = "not graded, no points:"

# What lies in a submission's folder: answers, time and remarks, as `Submission` has them.
Read = tuple[Answers | None, datetime | None, tuple[str, ...]]


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
    found, left = [], []
    for folder in folders:
        student = folder.parent
        try:
            _require_student(student)
            found.append(read_submission(student.name, folder, known[folder.name]))
        except CourseError as error:
            left.append(f"{student.name}: {error}")
        except OSError as error:
            left.append(_cannot_be_read(f"{student.name}/{folder.name}", error))
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


def read_submissions(
    folders: Sequence[Path], exercises: Iterable[Exercise]
) -> tuple[list[Submission], list[str]]:
    """What lies in these folders STUDENT/EXERCISE, and a sentence for each that cannot be read."""
    known = {exercise.name: exercise for exercise in exercises}
    found, unreadable, done = [], [], 0
    while done < len(folders):
        for read in _read_apart(folders[done:], known):
            folder = folders[done]
            done += 1
            if isinstance(read, OSError):
                unreadable.append(_cannot_be_read(f"{folder.parent.name}/{folder.name}", read))
            else:
                found.append(Submission(folder.parent.name, known[folder.name], folder, *read))
    return found, unreadable


def _read_apart(folders: Sequence[Path], known: dict[str, Exercise]) -> Iterator[Read | OSError]:
    """What is read in another process, up to the first folder that costs this process."""
    context = multiprocessing.get_context("fork")  # the modules are there already
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read_and_tell, args=(folders, known, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        for _ in folders:
            if not ours.poll(SECONDS_TO_READ):
                yield _not_graded(f"reading it takes more than {SECONDS_TO_READ} s.")
                return
            yield ours.recv()
    except (EOFError, OSError):
        yield _not_graded(
            f"reading it takes more than {MEMORY_TO_READ >> 20} MiB of memory, or breaks off."
        )
    finally:
        ours.close()
        process.kill()
        process.join()


def _read_and_tell(folders: Sequence[Path], known: dict[str, Exercise], theirs: Connection) -> None:
    """In the other process, which ends where its memory does not suffice."""
    sandbox.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the caller, who then ends it
    limit_memory(MEMORY_TO_READ)
    for folder in folders:
        try:
            theirs.send(_read(folder, known[folder.name]))
        except OSError as error:
            theirs.send(error)
        except MemoryError:
            return


def _read(folder: Path, exercise: Exercise) -> Read:
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
        remarks.append(f"{NO_POINTS} {error}")
    told = tuple(printable(remark, "?") for remark in remarks)  # names of files may hold anything
    return answers, timestamp, told


def _not_graded(why: str) -> Read:
    return None, None, (f"{NO_POINTS} {why}",)


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
