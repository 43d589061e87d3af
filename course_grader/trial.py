"""What an isolation keeps from submissions, found out by trying, before anything is graded."""

import os
import subprocess
import sys
from collections.abc import Sequence

from course_grader import bubblewrap
from course_grader.cells import Cell, CellKind
from course_grader.errors import CourseError
from course_grader.isolation import (
    BUBBLEWRAP,
    COMMAND,
    KINDS,
    LANDLOCK,
    NAMESPACES,
    PLAIN,
    SETTINGS,
    STUDENT,
    Isolation,
)
from course_grader.jobs import GradesJobs, Job, NotGraded, ServerEnded, State, TestResult
from course_grader.sandbox import visible_paths

SECONDS_TO_TRY = 30
TRIED = (NAMESPACES, BUBBLEWRAP, LANDLOCK)  # which of them could stand in for another one
LONGEST_REASON = 300  # characters
CHOOSE = "choose another one, with --isolation or, for nbgrader, in nbgrader_config.py"
# Run in a student's process, like an answer: what it could do if it wanted to.
EXPLORE = """
import os
import resource
import socket
import threading
from pathlib import Path

def connects():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.connect(("192.0.2.1", 9))  # an address for documentation; nothing is sent

def fails(attempt):
    try:
        attempt()
    except (OSError, RuntimeError):  # RuntimeError: no thread can be started
        return True
    return False

def others():
    try:
        return sum(name.isdigit() for name in os.listdir("/proc")) - 1
    except PermissionError:
        return 0

def is_out_of_reach(path):
    # Nothing can be read there but what is shown.
    if path in SHOWN:
        return True
    try:
        return path.is_dir() and all(map(is_out_of_reach, path.iterdir())) or fails(
            lambda: os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK)))
    except OSError:
        return True

def start_threads():
    for _ in range({threads}):
        threading.Thread(target=threading.Event().wait, daemon=True).start()

SHOWN = [Path(path) for path in {shown!r}]
# A link may lead to a folder of nothing but what is shown, in the student's own /tmp.
FOLDERS = [
    folder
    for folder in (*SHOWN, *map(Path, ("/", "/var/tmp", "/dev/shm")))
    if folder.is_dir() and not folder.is_symlink()
]
no_network = fails(connects)
no_processes = others() <= 2 and fails(lambda: os.kill({caller}, 0))
no_course = all(map(is_out_of_reach, map(Path, {hidden!r})))
no_tests = all(map(is_out_of_reach, map(Path, {places!r})))
no_writing = all(fails((folder / "written-by-a-student").touch) for folder in FOLDERS)
no_writing = no_writing and fails(lambda: open("/proc/sys/kernel/core_pattern", "a").close())
status = Path("/proc/self/status").read_text()
no_privileges = "NoNewPrivs:\\t1" in status
limited = resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY
threading.stack_size(2**16)
limited = limited and fails(start_threads)
"""
PROPERTIES = {
    "no_network": "no network",
    "no_processes": "no other processes in reach",
    "no_course": "the course, the submissions and the gradebook out of reach",
    "no_tests": "the code that tests call out of reach",
    "no_writing": "nothing but its own /tmp to write to",
    "no_privileges": "no new privileges",
    "limited": "memory, time, processes and files limited",
}
MOST_THREADS = 1000  # to try whether processes, which threads count as, are limited
# Shuts itself in, or prints why that is not possible.
SHUT_IN = """
import sys
from course_grader import forks, sandbox
try:
    forks.SHUTS_IN[sys.argv[1]](lambda: None, [], [], sandbox.Limits())
except (sandbox.IsolationError, OSError) as error:
    print(error, flush=True)
"""
# What the program of an isolation does that grades nothing at all, by the state of every test.
USELESS = {
    State.CRASH: "ends before it has answered",
    State.TIME_OUT: "does not answer",
    State.REFUSED: f"answers something else than `python {' '.join(STUDENT)}` does",
}


def properties(graders: GradesJobs, isolation: Isolation) -> dict[str, bool]:
    """What the isolation keeps from submissions, found out by trying: sentence -> whether it holds.

    Raises CourseError when the server does not start, and when no process can be shut in in this
    way.
    """
    answer = EXPLORE.format(
        hidden=list(isolation.hidden),
        places=list(map(str, isolation.kept)),
        shown=list(map(str, visible_paths(isolation.shown))),
        caller=os.getpid(),
        threads=MOST_THREADS,
    )
    results = _tried_out(graders, isolation, answer, list(PROPERTIES))
    return {PROPERTIES[result.name]: result.state is State.PASS for result in results}


def require_working(graders: GradesJobs, isolation: Isolation) -> None:
    """Raise CourseError, as `properties` does, where nothing can be graded."""
    _tried_out(graders, isolation, "works = True", ["works"])


def _tried_out(
    graders: GradesJobs, isolation: Isolation, answer: str, names: list[str]
) -> list[TestResult]:
    """What becomes of an answer, and of a test for each of the names that it gives a value."""
    tests = [Cell(CellKind.TESTS, name, f"assert {name}", 1.0) for name in names]
    try:
        results = graders.grade(Job((Cell(CellKind.ANSWER, "explore", answer), *tests)))
    except ServerEnded as error:
        [said] = error.args
        raise CourseError(
            f"The server that grades does not start ({said or 'it says nothing'}): install this "
            "package and what it needs as its README says, and run the command again."
        ) from error
    except NotGraded as error:
        why = _why_not_shut_in(isolation.kind) if graders.is_here and not isolation.command else ""
        raise _not_working(isolation, why or str(error)) from error
    states = {result.state for result in results}
    if len(states) == 1 and (what := USELESS.get(*states)):
        program = isolation.command[0] if isolation.command else "the student's process"
        said = _said_by(isolation, graders)
        raise _not_working(isolation, f"{program} {what}{said and ', saying: '}{said}")
    return results


def _not_working(isolation: Isolation, why: str) -> CourseError:
    others = [kind for kind in KINDS if kind != isolation.kind]
    working = [kind for kind in others if kind in TRIED and not _why_not_shut_in(kind)]
    mend = "mend the command that is set, or " if isolation.kind == COMMAND else ""
    works = f"; {' and '.join(working)} would work here" if working else ""
    return CourseError(
        f"The isolation {isolation.kind!r} does not work here ({why.rstrip('.')}): {mend}"
        f"{CHOOSE} ({', '.join(others)}{works})."
    )


def _why_not_shut_in(kind: str) -> str:
    """Why this machine refuses one of the kinds in TRIED; empty where it does not."""
    if kind == BUBBLEWRAP:
        try:
            tried = _tried([*bubblewrap.command(SETTINGS, [], []), sys.executable, "-c", ""])
        except CourseError as error:
            return str(error)
        return tried.stderr if tried.returncode else ""
    return next(iter(_tried([sys.executable, "-c", SHUT_IN, kind]).stdout.splitlines()), "")


def _said_by(isolation: Isolation, graders: GradesJobs) -> str:
    """What the program of an isolation says when it is started once more, with nothing to do."""
    if not isolation.command or not graders.is_here:
        return ""
    lines = [line.strip() for line in _tried(isolation.command).stderr.splitlines()]
    # Some programs end with a hint at their manual.
    reasons = [line for line in lines if ": " in line] or list(filter(None, lines)) or [""]
    return reasons[-1][:LONGEST_REASON]


def _tried(command: Sequence[str]) -> subprocess.CompletedProcess:
    """What a command says, if it ends in time."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=sys.prefix,
            timeout=SECONDS_TO_TRY,
            **{"encoding": "utf-8", "errors": "replace"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return subprocess.CompletedProcess(command, 1, "", "")


def require_strength(isolation: Isolation, found: dict[str, bool]) -> None:
    """Raise CourseError unless all properties hold; only PLAIN may do without."""
    missing = [sentence for sentence, holds in found.items() if not holds]
    if missing and isolation.kind != PLAIN:
        raise CourseError(
            f"The isolation {isolation.kind!r} is weaker here than it should be: there is not "
            f"{'; nor '.join(missing)}; {CHOOSE}."
        )


def notice(isolation: Isolation, found: dict[str, bool]) -> str:
    """What to tell the instructor before grading starts."""
    holds = [sentence for sentence, is_so in found.items() if is_so]
    missing = [sentence for sentence, is_so in found.items() if not is_so]
    lines = [f"Isolation: {isolation.kind}: {'; '.join(holds)}."]
    if missing:
        lines += [
            "*** WARNING: submissions run as you, on your files. There is NOT:",
            *(f"***   {sentence}" for sentence in missing),
            "*** Grade work that you do not trust with another --isolation.",
        ]
    return "\n".join(lines)
