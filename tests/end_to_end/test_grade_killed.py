"""A grader killed where it reads, grades or writes: the next run goes on to the same grades."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NEEDS_NAMESPACES
from running import ENDS, PART, PATIENCE, RIGHT, WRONG, left_behind, new_class, results_of, until

pytestmark = [pytest.mark.xdist_group("grade"), NEEDS_NAMESPACES]
BODIES = {"ada": RIGHT, "bob": PART, "cyd": WRONG, "dan": ENDS}
# Where it is killed: module, what is called there, which call of it, before or after.
MOMENTS = [
    ("submissions", "read_submissions", 1, "before"),
    ("submissions", "Submission", 3, "after"),
    ("gradebook", "Gradebook.prepare", 1, "before"),
    ("gradebook", "Gradebook.prepare", 1, "after"),
    ("grade", "digest_of", 4, "after"),
    ("trial", "_tried_out", 1, "after"),
    ("pool", "Graders.grade", 3, "before"),  # the first ones try the isolation
    ("pool", "Graders.grade", 4, "after"),
    ("grade", "write_graded_notebook", 1, "before"),
    ("feedback", "write_whole", 3, "before"),  # the time stamp is written, its notebook is not
    ("grade", "write_graded_notebook", 2, "after"),
    ("gradebook", "set_grades", 2, "after"),  # in the middle of a transaction
    ("gradebook", "Gradebook._assign_penalty", 3, "after"),  # its commit comes next
    ("gradebook", "Gradebook.store", 4, "after"),
    ("pool", "Graders.__exit__", 1, "before"),
    ("gradebook", "Gradebook.renew_penalties", 1, "before"),
    ("gradebook", "Gradebook.stored", 1, "after"),
    ("records", "write_whole", 1, "before"),
    ("grade", "write_feedback", 1, "before"),
    ("grade", "write_feedback", 4, "after"),
]
# Runs the command in a forked process for each line that it reads, and tells how it ended: whether
# it is killed, alone or with its group, is in the line.
FORKER = """\
import importlib, os, signal, sys
from course_builder import cli
from course_grader import grade, pool

def kill_at(module, name, number, when, is_all):
    owner, *inner = (importlib.import_module(f"course_grader.{module}"), *name.split("."))
    for part in inner[:-1]:
        owner = getattr(owner, part)
    original, calls = getattr(owner, inner[-1]), []

    def kill():
        os.killpg(0, signal.SIGKILL) if is_all else os.kill(os.getpid(), signal.SIGKILL)

    def called(*arguments, **keywords):
        calls.append(0)
        is_now = len(calls) == number
        if is_now and when == "before":
            kill()
        result = original(*arguments, **keywords)
        if is_now:
            kill()
        return result

    setattr(owner, inner[-1], called)

for line in sys.stdin:
    folder, output, *moment = line.rstrip("\\n").split("\\t")
    number = os.fork()
    if number == 0:
        os.setsid()
        os.chdir(folder)
        file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for standard in (1, 2):
            os.dup2(file, standard)
        if moment:
            module, name, count, when, is_all = moment
            kill_at(module, name, int(count), when, is_all == "all")
        status = cli.main(["grade", "submitted", "--jobs", "2"])
        sys.stdout.flush()
        os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""


class Forker:
    """Runs the command as often as one likes without importing everything each time."""

    def __init__(self, output: Path):
        self.output = output
        self.process = subprocess.Popen(
            [sys.executable, "-c", FORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ,
            text=True,
        )

    def grade(self, root: Path, *moment: object) -> int:
        """Grade, up to a moment if one is given; the exit status, negative for a signal."""
        print(root, self.output, *moment, sep="\t", file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def forker(tmp_path_factory):
    forker = Forker(tmp_path_factory.mktemp("forker") / "output")
    yield forker
    forker.process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, empty_gradebook) -> Path:
    """A class that nobody has graded."""
    root = new_class(tmp_path_factory.mktemp("sample") / "course", BODIES)
    shutil.copy(empty_gradebook, root)
    return root


@pytest.fixture(scope="module")
def expected(sample, forker) -> dict:
    """What is left of a run that nobody disturbs."""
    root = shutil.copytree(sample, sample.with_name("undisturbed"))
    assert forker.grade(root) == 1, forker.output.read_text()
    return results_of(root)


@pytest.mark.parametrize(
    "number", range(len(MOMENTS)), ids=lambda n: "-".join(map(str, MOMENTS[n]))
)
def test_a_grader_that_was_killed_goes_on_to_the_same_grades(
    sample, forker, expected, tmp_path, number
):
    root = shutil.copytree(sample, tmp_path / "course")
    victims = ("alone", "all")[number % 2]
    assert forker.grade(root, *MOMENTS[number], victims) == -signal.SIGKILL
    assert until(lambda: not left_behind(root), 60)
    assert forker.grade(root) == 1, forker.output.read_text()
    assert results_of(root) == expected


def test_a_grader_that_is_killed_before_there_is_a_gradebook_makes_one(
    sample, forker, expected, tmp_path
):
    root = shutil.copytree(sample, tmp_path / "course")
    (root / "gradebook.db").unlink()
    moment = ("gradebook", "_complete_version", 1, "before", "all")  # nbgrader's tables are there
    assert forker.grade(root, *moment) == -signal.SIGKILL
    assert forker.grade(root) == 1, forker.output.read_text()
    assert results_of(root) == expected
