"""The warm server: imports Keras once; two processes are forked for every submission.

A fork is safe after the import of TensorFlow and hangs after its first operation, so no process
that forks runs any. The first process becomes the one that students' processes are forked from
(`forks`). Before, it forks the graders: each imports what only tests may import, reads submissions
from its client, forks the process of the tests, and asks the first one for the student's. Results
come back as JSON.
"""

import contextlib
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path

from course_grader import forks, sandbox
from course_grader.cells import without_magics, without_others
from course_grader.contract import ROUND, SHARED
from course_grader.forks import NOT_ISOLATED, SHUTS_IN, Child, ForkedStudent
from course_grader.isolation import Isolation
from course_grader.jobs import Ending, Job, NotGraded, State, TestResult
from course_grader.keras_models import run_operations_directly
from course_grader.remote import ProcessEnded, StudentSide
from course_grader.runner import Progress, Runner

SECONDS_TO_END = 2  # for a program that shuts a submission in


def main(arguments: list[str]) -> int:
    """Import what is shared; fork a grader for each socket, given by number; then serve them.

    Returns the exit status: 1 if a grader has failed, which said why.
    """
    isolation = Isolation(**json.loads(arguments[0]))
    without_magics("")  # for what it imports
    _warm_up(isolation.imports)
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
            forks.exit_after(Grader(isolation, other, Connection(number)).serve)
        other.close()
        controls.append(control)
        graders.append(grader)
    for number in numbers:
        os.close(number)
    forks.serve(controls, isolation)
    statuses = [os.waitpid(grader, 0)[1] for grader in graders]
    return int(any(statuses))


def _warm_up(statements: Iterable[str]) -> None:
    """Run import statements. What they import is never garbage: no child has to look at it."""
    for statement in statements:
        exec(statement, {})
    if "tensorflow" in sys.modules:
        run_operations_directly()
    gc.collect()
    gc.freeze()


class Grader:
    """Grades what the client sends, one submission after the other.

    control: to the process that students' are forked from.
    """

    def __init__(self, isolation: Isolation, control: socket.socket, client: Connection):
        self.isolation, self.control, self.client = isolation, control, client
        self.isolation_of_tests = isolation.of_tests()

    def serve(self) -> None:
        """Until the client goes away."""
        sandbox.die_with_parent()
        _warm_up(self.isolation.imports_of_tests)
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

        What an answer starts or keeps stays in the student's process. So where something ran out,
        answers are tested once more, each alone, and that counts for the tests that were lost.
        Raises NotGraded when processes cannot be started, EOFError when the client is gone.
        """
        first = self._results(Progress(job))
        results = {one.name: one for one in first}
        for item in job.to_test_again(first):
            for again in self._results(Progress(job.of_item(item), item)):
                if results[again.name].state is not State.PASS:
                    results[again.name] = again
        return list(results.values())

    def _results(self, progress: Progress) -> list[TestResult]:
        """What all tests gave.

        Each time that the student's process is lost, a new pair goes on behind the test that it was
        lost in.
        """
        while not progress.finished:
            known = progress.size()
            self._run_pair(progress)
            if not progress.finished and progress.size() == known:
                raise NotGraded(f"the processes ended without a result, in {progress.cell!r}.")
        return progress.all_results()

    def _run_pair(self, progress: Progress) -> None:
        """Start both processes and follow them until they end or nothing is heard of them."""
        messages, to_server = Pipe(duplex=False)
        side_of_tests, side_of_student = Pipe()
        if command := self.isolation.command:
            answering = Program(command, side_of_student)
        else:
            answering = ForkedStudent(self.control, side_of_student)
        testing = Child(
            lambda: run_tests(progress, side_of_tests, to_server),
            [side_of_tests.fileno(), to_server.fileno()],
            self.isolation_of_tests,
        )
        for end_of_a_child in (side_of_student, side_of_tests, to_server):
            end_of_a_child.close()
        with messages:
            try:
                self._follow(progress, messages)
            finally:
                statuses = {answering.end(), testing.end()}
        # The exit status of a program may be that of the submission itself.
        if NOT_ISOLATED in statuses and self.isolation.kind in SHUTS_IN:
            raise NotGraded("a process could not be shut in: look at `course grade --isolation`.")

    def _follow(self, progress: Progress, messages: Connection) -> None:
        """Note what the tests tell until they end, or until they have been silent for too long."""
        while True:
            start, left = time.monotonic(), progress.seconds_left()
            ready = wait([messages, self.client], min(progress.job.seconds_a_test, left))
            progress.spend(time.monotonic() - start)
            if self.client in ready:
                raise EOFError("the client is gone")
            if not ready:
                if left <= progress.job.seconds_a_test:
                    return progress.give_up()
                return progress.blame(State.TIME_OUT, "the test did not end in time.")
            try:
                _note(progress, json.loads(messages.recv_bytes()))
            except EOFError:
                if progress.finished or not progress.cell:
                    return None
                return progress.blame(State.CRASH, "the test used up the memory, or broke off.")


def run_tests(progress: Progress, side: Connection, to_server: Connection) -> None:
    """The process of the tests: run what is left of the cells, tell every step."""

    def tell(**message: object) -> None:
        to_server.send_bytes(json.dumps(message).encode())

    job = progress.job
    ROUND.set(job.round)
    SHARED.set({})
    student = StudentSide(side, job.seconds, progress.ended)
    try:
        runner = Runner(student, lambda name: tell(cell=name))
        cells = without_others(job.cells, progress.alone) if progress.alone else job.cells
        for result in runner.grade(cells, set(progress.results)):
            tell(result=result.as_dict())
    except ProcessEnded as stop:
        tell(ended=stop.cause, **asdict(stop.ending))
    else:
        tell(finished=True)


def _note(progress: Progress, message: dict) -> None:
    """What the process of the tests has told."""
    progress.cell = message.get("cell", "")
    progress.finished = "finished" in message
    if "result" in message:
        result = TestResult.from_dict(message["result"])
        progress.results[result.name] = result
    elif "ended" in message:
        ending = Ending(State(message["state"]), message["message"])
        progress.note_ending(message["ended"], ending)


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
    status = main(sys.argv[1:])
    os._exit(status)  # nothing is open, and taking TensorFlow down takes time
