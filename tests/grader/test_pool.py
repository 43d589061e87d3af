"""Graders as their client has them: they outlive threads, and say why they end or do not start."""

import threading
import time

import pytest
from conftest import NEEDS_NAMESPACES
from running import HANGS, JOB, PATIENCE, left_behind, until

from course_grader.cells import Cell, CellKind
from course_grader.isolation import PLAIN, Isolation, chosen
from course_grader.jobs import Job, NotGraded, State
from course_grader.pool import Graders

pytestmark = [
    pytest.mark.xdist_group("grade"),
    NEEDS_NAMESPACES,
]
ENDLESS = Job((Cell(CellKind.ANSWER, "double", HANGS), *JOB.cells[1:]), seconds=PATIENCE)


def test_graders_outlive_the_thread_that_started_them():
    """Dask starts them in a thread; Linux can end a process with the thread that forked it."""
    started = []
    thread = threading.Thread(target=lambda: started.append(Graders(1, Isolation())))
    thread.start()
    thread.join()
    with started[0] as graders:
        assert [result.score for result in graders.grade(JOB)] == [1.0]
        assert [result.score for result in graders.grade(JOB)] == [1.0]


def test_who_waits_for_graders_that_end_is_told(tmp_path):
    """Be they killed, or ended by Ctrl+C, in the middle of something endless."""
    said = []

    def wait_for(graders):
        with pytest.raises(NotGraded) as stop:
            graders.grade(ENDLESS)
        said.append(str(stop.value))

    with Graders(2, chosen("namespaces", [tmp_path])) as graders:
        threads = [threading.Thread(target=wait_for, args=[graders]) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert until(lambda: len(left_behind(tmp_path)) > 3)
        start = time.monotonic()
    for thread in threads:
        thread.join()
    assert time.monotonic() - start < 10
    assert said == ["the grader's process has ended: start again."] * 4
    assert until(lambda: not left_behind(tmp_path), 10)


SLOW = "import time\ndef slow(): time.sleep(0.8); return 1"
LATER = "def later(): return slow() + 1"


def test_a_slow_item_costs_itself_alone(tmp_path):
    """However slow: what comes before and behind it is graded, with its functions as well."""
    cells = [Cell(CellKind.ANSWER, "double", JOB.cells[0].source), *JOB.cells[1:]]
    cells.append(Cell(CellKind.ANSWER, "slow", SLOW))
    cells += [Cell(CellKind.TESTS, f"slow-{k}", "assert slow() == 1", 1.0) for k in range(13)]
    cells.append(Cell(CellKind.ANSWER, "later", LATER))
    cells += [Cell(CellKind.TESTS, f"later-{k}", "assert later() == 2", 1.0) for k in range(2)]
    with Graders(1, chosen("namespaces", [tmp_path])) as graders:
        results = {one.name: one for one in graders.grade(Job(tuple(cells), seconds=1.5))}
    lost = [name for name, one in results.items() if one.state is State.TIME_OUT]
    assert set(lost) < {f"slow-{k}" for k in range(13)}
    assert results[lost[0]].message == "the item slow took more than 9 s in all."
    assert {one.state for name, one in results.items() if name not in lost} == {State.PASS}


THREADS = """
try:
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError:
    pass
"""
PROCESSES = """
try:
    while True:
        if os.fork() == 0:
            time.sleep(1000)
except OSError:
    pass
"""
MEMORY = """
kept = []
try:
    while True:
        kept.append(mmap.mmap(-1, 2**28))
except OSError:
    pass
"""
STARTS = """
def starts():
    one = threading.Thread(target=print)
    one.start()
    one.join()
    bytearray(2**29)
    return helper()
"""


@pytest.mark.parametrize(
    "bomb", [THREADS, PROCESSES, MEMORY], ids=["threads", "processes", "memory"]
)
def test_what_one_answer_uses_up_costs_no_other_answer(tmp_path, bomb):
    """They are tested again, alone with what they need; a wrong one stays wrong."""
    sources = {
        "helper": "import mmap, os, threading, time\ndef helper(): return 1",
        "bomb": f"def bomb(): return 1\n{bomb}",
        "starts": STARTS,
        "wrong": "def wrong(): return 2 * starts()",
        "needs": "def needs(): return bomb() * starts()",
    }
    cells = [
        cell
        for name, source in sources.items()
        for cell in (
            Cell(CellKind.ANSWER, name, source),
            Cell(CellKind.TESTS, f"test-{name}", f"assert {name}() == 1", 1.0),
        )
    ]
    with Graders(1, chosen("namespaces", [tmp_path])) as graders:
        results = graders.grade(Job(tuple(cells), seconds=10.0))
    states = {one.name: one.state for one in results}
    assert (states["test-helper"], states["test-starts"]) == (State.PASS, State.PASS)
    assert states["test-wrong"] is State.FAIL  # and not because something ran out
    assert states["test-needs"] is not State.PASS


ONCE = """
from pathlib import Path
if not Path({path!r}).exists():
    Path({path!r}).touch()
    raise RuntimeError("can't start new thread")
value = 1
"""


def test_the_first_answer_is_tested_again_where_another_submission_used_something_up(tmp_path):
    """As it can where processes of all submissions are counted together."""
    answer = Cell(CellKind.ANSWER, "first", ONCE.format(path=str(tmp_path / "tried")))
    with Graders(1, Isolation(PLAIN)) as graders:
        test = Cell(CellKind.TESTS, "test", "assert value == 1", 1.0)
        [result] = graders.grade(Job((answer, test)))
    assert result.state is State.PASS


@pytest.mark.parametrize("which", ["imports", "imports_of_tests"])
def test_why_a_server_cannot_start_is_told(which):
    with (
        Graders(2, Isolation(**{which: ("import a_module_that_is_missing",)})) as graders,
        pytest.raises(NotGraded, match="No module named 'a_module_that_is_missing'"),
    ):
        graders.grade(JOB)
