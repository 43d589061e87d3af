"""Read what lies in the folders of submissions, in a process with limits of memory and time.

A file that exceeds them costs its own submission only, with a sentence that says so.
"""

import multiprocessing
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from course_grader import sandbox
from course_grader.answers import Answers, answers_in, is_untouched
from course_grader.notebooks import Exercise, UnreadableNotebook, read_notebook
from course_grader.text import printable

# Of one submission. An honest one takes milliseconds; 250 MiB of outputs take 1 s and 0.8 GiB.
SECONDS, MEMORY = 30, 2 * 2**30
LONGEST_TIMESTAMP = 200  # characters
MOST_NOTEBOOKS = 10  # that are looked at in one folder
NO_POINTS = "not graded, no points:"

# Answers, time and remarks, as `records.Submission` has them.
Read = tuple[Answers | None, datetime | None, tuple[str, ...]]


def read_folders(
    folders: Sequence[Path], exercises: Mapping[str, Exercise]
) -> Iterator[Read | OSError]:
    """What lies in each of these folders, in their order, or why it cannot be read.

    exercises: by name, which is also that of the folder.
    """
    done = 0
    while done < len(folders):
        for read in _read_apart(folders[done:], exercises):
            yield read
            done += 1


def _read_apart(
    folders: Sequence[Path], exercises: Mapping[str, Exercise]
) -> Iterator[Read | OSError]:
    """What is read in another process, up to the first folder that costs this process."""
    context = multiprocessing.get_context("fork")  # the modules are there already
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read_and_tell, args=(folders, exercises, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        for _ in folders:
            if not ours.poll(SECONDS):
                yield _not_graded(f"reading it takes more than {SECONDS} s.")
                return
            yield ours.recv()
    except (EOFError, OSError):
        yield _not_graded(
            f"reading it takes more than {MEMORY >> 20} MiB of memory, or breaks off."
        )
    finally:
        ours.close()
        process.kill()
        process.join()


def _read_and_tell(
    folders: Sequence[Path], exercises: Mapping[str, Exercise], theirs: Connection
) -> None:
    """In the other process, which ends where its memory does not suffice."""
    sandbox.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the caller, who then ends it
    sandbox.limit_memory(MEMORY)
    for folder in folders:
        try:
            theirs.send(_read(folder, exercises[folder.name]))
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
            "timestamp.txt is no date such as 2026-01-30 17:00:00 UTC: no lateness is known."
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
