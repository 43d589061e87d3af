"""Which isolation there is, what it keeps from submissions, and whether it does so here."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.grading.cells import Cell, CellKind
from course_utils.grading.client import SETTINGS, Graders, ServerEnded
from course_utils.grading.nest import NAMESPACES, PLAIN, Isolation
from course_utils.grading.results import State, TestResult
from course_utils.grading.sandbox import Limits, to_cover, visible_paths
from course_utils.grading.server import Job, NotGraded

BUBBLEWRAP, COMMAND = "bubblewrap", "command"
KINDS = (NAMESPACES, BUBBLEWRAP, COMMAND, PLAIN)
STUDENT = ("-m", "course_utils.grading.student")
SECONDS_TO_TRY = 30
LONGEST_REASON = 300  # characters

# Run in a student's process, like an answer: what it could do if it wanted to.
EXPLORE = """
import os
import socket
import resource
from pathlib import Path

def connects():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.connect(("192.0.2.1", 9))  # an address for documentation; nothing is sent

def fails(attempt):
    try:
        attempt()
    except OSError:
        return True
    return False

def is_out_of_sight(path):
    # Nothing is there but folders that lead to the interpreter and the packages.
    return not path.exists() or all(
        one in SHOWN or any(one in shown.parents for shown in SHOWN) and is_out_of_sight(one)
        for one in path.iterdir()
    )

SHOWN = [Path(path) for path in {shown!r}]
FOLDERS = [folder for folder in (*SHOWN, Path("/dev/shm")) if folder.is_dir()]
no_network = fails(connects)
no_processes = sum(name.isdigit() for name in os.listdir("/proc")) <= 3
no_course = all(map(is_out_of_sight, map(Path, {hidden!r})))
no_writing = all(fails((folder / "written-by-a-student").touch) for folder in FOLDERS)
no_writing = no_writing and fails(lambda: open("/proc/sys/kernel/core_pattern", "a").close())
status = Path("/proc/self/status").read_text()
no_privileges = "NoNewPrivs:\\t1" in status
limited = resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY
"""
PROPERTIES = {
    "no_network": "no network",
    "no_processes": "no other processes in sight",
    "no_course": "the course, the submissions and the gradebook out of sight",
    "no_writing": "nothing but its own /tmp to write to",
    "no_privileges": "no new privileges",
    "limited": "memory, time, processes and files limited",
}
# Shuts itself in, or prints why that is not possible.
SHUT_IN = """
from course_utils.grading import sandbox
try:
    sandbox.run_isolated(lambda: None, [], sandbox.Limits())
except (sandbox.IsolationError, OSError) as error:
    print(error, flush=True)
"""
# What the program of an isolation does that grades nothing at all, by the state of every test.
USELESS = {
    State.CRASH: "ends before it has answered",
    State.TIME_OUT: "does not answer",
    State.REFUSED: f"answers something else than `python {' '.join(STUDENT)}` does",
}


def chosen(kind: str, hidden: Iterable[Path], command: Sequence[str] = ()) -> Isolation:
    """The isolation of this kind.

    hidden: folders that submissions must not see. command: of the kind COMMAND, in full. Raises
    CourseError for one that is not there.
    """
    folders = tuple(str(path.resolve()) for path in hidden)
    if kind == BUBBLEWRAP:
        return Isolation(kind, _bubblewrap(folders), folders)
    if kind == COMMAND:
        if not command:
            raise CourseError(
                "No command is set: give `isolation` in pyproject.toml, under [tool.course], the "
                f"words of one that runs `python {' '.join(STUDENT)}` in a container."
            )
        return Isolation(kind, tuple(command), folders)
    return Isolation(kind, (), folders)


def properties(graders: Graders, isolation: Isolation) -> dict[str, bool]:
    """What the isolation keeps from submissions, found out by trying: sentence -> whether it holds.

    Raises CourseError when the server does not start, and when no process can be shut in in this
    way.
    """
    shown = [str(path) for path in visible_paths()]
    answer = EXPLORE.format(hidden=list(isolation.hidden), shown=shown)
    results = _tried_out(graders, isolation, answer, list(PROPERTIES))
    return {PROPERTIES[result.name]: result.state is State.PASS for result in results}


def require_working(graders: Graders, isolation: Isolation) -> None:
    """Raise CourseError, as `properties` does, where nothing can be graded."""
    _tried_out(graders, isolation, "works = True", ["works"])


def _tried_out(
    graders: Graders, isolation: Isolation, answer: str, names: list[str]
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
        raise _not_working(isolation, _why_not_shut_in(isolation, graders) or str(error)) from error
    states = {result.state for result in results}
    if len(states) == 1 and (what := USELESS.get(*states)):
        program = isolation.command[0] if isolation.command else "the student's process"
        said = _said_by(isolation, graders)
        raise _not_working(isolation, f"{program} {what}{said and ', saying: '}{said}")
    return results


def _not_working(isolation: Isolation, why: str) -> CourseError:
    others = ", ".join(kind for kind in KINDS if kind != isolation.kind)
    mend = "mend `isolation` in pyproject.toml, or " if isolation.kind == COMMAND else ""
    return CourseError(
        f"The isolation {isolation.kind!r} does not work here ({why.rstrip('.')}): {mend}choose "
        f"another one with --isolation ({others})."
    )


def _why_not_shut_in(isolation: Isolation, graders: object) -> str:
    """Why this machine refuses namespaces; empty where it does not, or does not grade itself."""
    if isolation.kind != NAMESPACES or not isinstance(graders, Graders):
        return ""
    return next(iter(_tried([sys.executable, "-c", SHUT_IN]).stdout.splitlines()), "")


def _said_by(isolation: Isolation, graders: object) -> str:
    """What the program of an isolation says when it is started once more, with nothing to do."""
    if not isolation.command or not isinstance(graders, Graders):
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
            f"{'; nor '.join(missing)}; choose another one with --isolation."
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


def _bubblewrap(hidden: tuple[str, ...]) -> tuple[str, ...]:
    program = shutil.which("bwrap")
    if program is None:
        raise CourseError(
            "bubblewrap is not installed (there is no program bwrap on the PATH): install the "
            "package bubblewrap, or choose another isolation with --isolation."
        )
    words = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--unshare-user", "--disable-userns", "--clearenv"]
    for name, value in {**SETTINGS, "HOME": "/tmp", "PATH": "/usr/bin:/bin"}.items():
        words += ["--setenv", name, value]
    # Before what is shown: a course, with its packages, may lie in /tmp.
    words += ["--size", str(Limits().files), "--tmpfs", "/tmp"]
    for path in visible_paths():
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            words += ["--ro-bind", str(path), str(path)]
    for path, inner in to_cover(visible_paths(), map(Path, hidden)).items():
        words += ["--tmpfs", str(path)]
        for one in inner:
            words += ["--ro-bind", str(one), str(one)]
        words += ["--remount-ro", str(path)]
    words += ["--proc", "/proc", "--dev", "/dev"]
    # Without capabilities root is still root: it could write to /proc/sys.
    words += ["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"]
    words += ["--chdir", "/tmp"]
    return (*words, sys.executable, *STUDENT)
