"""A grader that is killed, at any moment: the next run goes on to the same grades."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import NEEDS_NAMESPACES
from running import (
    ENDS,
    PART,
    PATIENCE,
    RIGHT,
    WRONG,
    left_behind,
    new_class,
    results_of,
    stored_rows,
    until,
)

pytestmark = [
    pytest.mark.xdist_group("grade"),
    NEEDS_NAMESPACES,
]
KILLS = 20
STUB = """\
class Anything(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(name, (), {})

def __getattr__(name):
    return Anything.__getattr__(None, name)
"""
# Runs `course` in a forked process for each line that it reads, and tells its number and status.
FORKER = """\
import os, sys
from course_builder import cli, grade
for line in sys.stdin:
    *arguments, folder, output = line.rstrip("\\n").split("\\t")
    number = os.fork()
    if number == 0:
        os.setsid()
        os.chdir(folder)
        file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for standard in (1, 2):
            os.dup2(file, standard)
        status = cli.main(arguments)
        sys.stdout.flush()
        os._exit(status)
    print(number, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""


class Forker:
    """Runs the command as often as one likes without importing everything each time.

    The server that it starts finds modules without content in place of Keras and TensorFlow,
    which this class does not need: nothing else is other than in the command itself.
    """

    def __init__(self, folder: Path):
        for name in ("keras", "tensorflow"):
            (folder / name).mkdir(parents=True)
            (folder / name / "__init__.py").write_text(STUB)
        paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.output = folder / "output"
        self.process = subprocess.Popen(
            [sys.executable, "-c", FORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            text=True,
        )

    def start(self, root: Path) -> int:
        """Begin to grade; the number of the process, and of its group."""
        self.output.unlink(missing_ok=True)
        words = ["grade", "submitted", "--jobs", "2", str(root), str(self.output)]
        print(*words, sep="\t", file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())

    def status(self) -> int:
        return int(self.process.stdout.readline())

    def says_isolation(self) -> bool:
        return self.output.exists() and "Isolation:" in self.output.read_text()

    def end(self) -> None:
        self.process.communicate(timeout=PATIENCE)


@pytest.fixture
def forker(tmp_path):
    forker = Forker(tmp_path / "forker")
    yield forker
    forker.end()


def test_a_grader_killed_at_any_moment_goes_on_to_the_same_grades(
    tmp_path, forker, empty_gradebook
):
    """Twenty times, alone or with its group, in the course of grading and from its start."""
    bodies = {
        f"s{number:02}": f"import time; time.sleep(0.1); {body}"
        for number, body in enumerate([RIGHT, PART, WRONG, ENDS] * 3)
    }
    sample = new_class(tmp_path / "sample", bodies)
    undisturbed = shutil.copytree(sample, tmp_path / "undisturbed")
    shutil.copy(empty_gradebook, undisturbed)
    before, grading = seconds_of(forker, undisturbed)
    expected = results_of(undisturbed)

    chance, kills, courses, root = random.Random(0), 0, 0, None
    while kills < KILLS or root is not None:
        if root is None:
            courses += 1
            root = shutil.copytree(sample, tmp_path / f"course-{courses}")
            if courses > 1:  # the first has its gradebook made, too
                shutil.copy(empty_gradebook, root)
        number = forker.start(root)
        if kills < KILLS:
            left = grading * (1 - stored_rows(root) / len(bodies))
            if kills % 2:
                until(lambda n=number: forker.says_isolation() or not is_there(n))
                time.sleep(chance.uniform(0, left))
            else:
                time.sleep(chance.uniform(0, before + left))
            kill_one_or_all(number, is_all=kills % 4 > 1)
        if (status := forker.status()) == -signal.SIGKILL:
            kills += 1
            assert until(lambda r=root: not left_behind(r), 60)
        else:
            assert (status, results_of(root)) == (1, expected)
            root = None


def seconds_of(forker: Forker, root: Path) -> tuple[float, float]:
    """How long an undisturbed run takes until it grades, and from there on."""
    start = time.monotonic()
    forker.start(root)
    assert until(forker.says_isolation)
    begin = time.monotonic()
    assert forker.status() == 1
    return begin - start, time.monotonic() - begin


def kill_one_or_all(number: int, *, is_all: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL) if is_all else os.kill(number, signal.SIGKILL)


def is_there(number: int) -> bool:
    return Path(f"/proc/{number}").exists()
