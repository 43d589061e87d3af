"""The warm server: imports Keras once; two processes are forked for every submission.

A fork is safe after the import of TensorFlow and hangs after its first operation, so no process
that forks runs any. The first process is the `nest`; each of its graders reads submissions from
its client, forks the tester, and has the student's process forked by the nest. Results come back
as JSON.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path

from course_utils.checks.draws import ROUND
from course_utils.checks.sharing import SHARED
from course_utils.grading import nest, sandbox
from course_utils.grading.cells import Cell, CellKind, Ending
from course_utils.grading.nest import NAMESPACES, NOT_ISOLATED, Child, HatchedStudent, Isolation
from course_utils.grading.results import State, TestResult
from course_utils.grading.side import ProcessEnded, StudentSide
from course_utils.grading.tester import Tester

WARM = (
    "keras", "tensorflow", "numpy", "pandas", "scipy.stats", "IPython.core.inputtransformer2",
    "matplotlib.pyplot", "sklearn", "tqdm.auto",
    "course_utils.checks", "course_utils.datasets", "course_utils.features",
    "course_utils.bases", "course_utils.notebook", "course_utils.statistics", "course_utils.trials",
)  # fmt: skip


SECONDS_TO_END = 2  # for a program that shuts a submission in


class NotGraded(Exception):
    """The grader itself failed: no verdict on the submission."""


@dataclass(frozen=True)
class Job:
    """A submission to grade: its cells in their order.

    seconds: for each request to the student's process; seconds_in_all: for the submission.
    round: of the checks' random numbers.
    """

    cells: tuple[Cell, ...]
    seconds: float = 30.0
    seconds_in_all: float = 600.0
    round: int = 0

    @classmethod
    def from_dict(cls, fields: dict) -> "Job":
        cells = [Cell(**row | {"kind": CellKind(row["kind"])}) for row in fields["cells"]]
        return cls(**fields | {"cells": tuple(cells)})

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)

    def tests(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind is CellKind.TESTS]


@dataclass
class Progress:
    """What is known of a submission so far. cell: the one that is being run."""

    results: dict[str, TestResult] = field(default_factory=dict)
    ended: dict[str, Ending] = field(default_factory=dict)
    cell: str = ""
    finished: bool = False

    def size(self) -> int:
        return len(self.results) + len(self.ended)


def main(arguments: list[str]) -> None:
    """Import what is warm; fork a grader for each of the sockets given by number; be their nest."""
    isolation = Isolation(**json.loads(arguments[0]))
    for name in WARM:
        importlib.import_module(name)
    _run_operations_directly()
    # What was imported is never garbage: no collection in a forked process has to look at it.
    gc.collect()
    gc.freeze()
    numbers = {int(number) for number in arguments[1:]}
    controls: list[socket.socket] = []
    graders = []
    for number in numbers:
        control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        grader = os.fork()
        if grader == 0:
            for useless in [*controls, control]:
                useless.close()
            for useless in numbers - {number}:
                os.close(useless)
            nest.exit_after(Grader(isolation, other, Connection(number)).serve)
        other.close()
        controls.append(control)
        graders.append(grader)
    for number in numbers:
        os.close(number)
    nest.serve(controls, isolation)
    for grader in graders:
        os.waitpid(grader, 0)


def _run_operations_directly() -> None:
    """TensorFlow makes a function of every kind of operation before it runs the first of them.

    In a process that lives for a few passes that takes longer than the passes. There is no public
    setting; where a version has none at all, grading is slower, and no verdict changes.
    """
    try:
        from tensorflow.python import pywrap_tfe
    except ImportError:
        return
    name = "TFE_ContextOptionsSetRunEagerOpAsFunction"
    if set_option := getattr(pywrap_tfe, name, None):
        setattr(pywrap_tfe, name, lambda options, _: set_option(options, False))


class Grader:
    """Grades what the client sends, one submission after the other.

    control: to the nest.
    """

    def __init__(self, isolation: Isolation, control: socket.socket, client: Connection):
        self.isolation, self.control, self.client = isolation, control, client

    def serve(self) -> None:
        """Until the client goes away."""
        sandbox.die_with_parent()
        while True:
            try:
                job = Job.from_dict(json.loads(self.client.recv_bytes()))
                answer = {"results": [one.as_dict() for one in self.grade(job)]}
            except EOFError:
                return
            except NotGraded as error:
                answer = {"error": str(error)}
            self.client.send_bytes(json.dumps(answer).encode())

    def grade(self, job: Job) -> list[TestResult]:
        """The result of every test, in their order, whatever the submission does.

        Each time that the student's process is lost, a new pair goes on behind the test that it
        was lost in. Raises NotGraded when processes cannot be started, EOFError when the client
        is gone.
        """
        progress, end = Progress(), time.monotonic() + job.seconds_in_all
        while not progress.finished and time.monotonic() < end:
            known = progress.size()
            self._run_pair(job, progress, end)
            if not progress.finished and progress.size() == known and time.monotonic() < end:
                raise NotGraded(f"the processes ended without a result, in {progress.cell!r}.")
        message = f"the submission as a whole took more than {job.seconds_in_all:g} s."
        late = Ending(State.TIME_OUT, message)
        return [progress.results.get(test.name) or _lost(test, late) for test in job.tests()]

    def _run_pair(self, job: Job, progress: Progress, end: float) -> None:
        """Start both processes and follow them until they end or nothing is heard of them."""
        messages, to_server = Pipe(duplex=False)
        tester_side, student_side = Pipe()
        answering = self._student(student_side)
        tester = Child(
            lambda: run_tests(job, progress, tester_side, to_server),
            [tester_side.fileno(), to_server.fileno()],
            self.isolation,
        )
        for end_of_a_child in (student_side, tester_side, to_server):
            end_of_a_child.close()
        with messages:
            try:
                _follow(job, progress, messages, self.client, end)
            finally:
                statuses = {answering.end(), tester.end()}
        # The exit status of a program may be that of the submission itself.
        if NOT_ISOLATED in statuses and self.isolation.kind == NAMESPACES:
            raise NotGraded("a process could not be shut in: look at `course grade --isolation`.")

    def _student(self, side: Connection) -> "HatchedStudent | Program":
        if self.isolation.command:
            return Program(self.isolation.command, side)
        return HatchedStudent(self.control, side)


def _follow(
    job: Job, progress: Progress, messages: Connection, client: Connection, end: float
) -> None:
    """Note what the tester says until it ends, or until it has been silent for too long."""
    while True:
        seconds = min(4 * job.seconds, end - time.monotonic())
        ready = wait([messages, client], max(seconds, 0))
        if client in ready:
            raise EOFError("the client is gone")
        if not ready:
            return _blame(job, progress, State.TIME_OUT, "the test did not end in time.")
        try:
            message = json.loads(messages.recv_bytes())
        except EOFError:
            if progress.finished or not progress.cell:
                return None
            return _blame(job, progress, State.CRASH, "the test used up the memory, or broke off.")
        _note(message, progress)


def run_tests(job: Job, progress: Progress, side: Connection, to_server: Connection) -> None:
    """The tester's process: run what is left of the cells, tell every step."""

    def tell(**message: object) -> None:
        to_server.send_bytes(json.dumps(message).encode())

    ROUND.set(job.round)
    SHARED.set({})
    tester = Tester(
        StudentSide(side, job.seconds, progress.ended),
        progress.ended,
        lambda name: tell(cell=name),
    )
    try:
        for result in tester.grade(list(job.cells), set(progress.results)):
            tell(result=result.as_dict())
    except ProcessEnded as stop:
        is_cell = any(cell.name == stop.cause for cell in job.cells)
        tell(ended=stop.cause, is_cell=is_cell, **asdict(stop.ending))
    else:
        tell(finished=True)


def _note(message: dict, progress: Progress) -> None:
    if "cell" in message:
        progress.cell = message["cell"]
    elif "result" in message:
        row = message["result"]
        result = TestResult(**row | {"state": State(row["state"])})
        progress.results[result.name] = result
        progress.cell = ""
    elif "ended" in message:
        ending = Ending(State(message["state"]), message["message"])
        # A function that crashed may be right for other inputs; an endless one costs time.
        if message["is_cell"] or ending.state is State.TIME_OUT:
            progress.ended[message["ended"]] = ending
        progress.cell = ""
    else:
        progress.finished = True


def _blame(job: Job, progress: Progress, state: State, message: str) -> None:
    """The cell that was being run is what the processes were lost in."""
    tests = {test.name: test for test in job.tests()}
    if progress.cell in tests:
        progress.results[progress.cell] = _lost(tests[progress.cell], Ending(state, message))
    elif progress.cell:
        progress.ended[progress.cell] = Ending(state, f"the cell {progress.cell}: {message}")


def _lost(test: Cell, ending: Ending) -> TestResult:
    return TestResult(test.name, test.title(), test.points, 0.0, ending.state, ending.message)


class Program:
    """A student's process that a program starts and shuts in, such as bubblewrap."""

    def __init__(self, command: tuple[str, ...], side: Connection):
        try:
            self.process = subprocess.Popen(
                command,
                stdin=side.fileno(),
                stdout=side.fileno(),
                stderr=subprocess.DEVNULL,
                preexec_fn=sandbox.end_first,
            )
        except OSError as error:
            raise NotGraded(f"{command[0]} cannot be started: {error.strerror}") from error

    def end(self) -> int:
        """Kill it, with all that it started."""
        number = self.process.pid
        with contextlib.suppress(OSError):  # not every system tells
            children = Path(f"/proc/{number}/task/{number}/children").read_text()
            for child in map(int, children.split()):  # the submission can reach bubblewrap's
                os.kill(child, signal.SIGKILL)
        self.process.terminate()  # which a program such as Docker hands on to its container
        try:
            return self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # nothing is open, and taking TensorFlow down takes time
