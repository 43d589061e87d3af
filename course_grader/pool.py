"""Start the warm server and have submissions graded by it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from types import TracebackType

from course_grader.isolation import SETTINGS, Isolation
from course_grader.jobs import Job, NotGraded, ServerEnded, TestResult

# Of the caller's environment the server, and so a submission, gets these and no others.
PASSED_ON = (
    *("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL"),
    *("LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV"),
)
SECONDS_TO_END = 2
LONGEST_OUTPUT = 2**20  # bytes of what the server says to standard error


class Graders:
    """Some graders that work side by side; use it in a `with` statement.

    count: how many; so many threads are busy at a time.
    """

    is_here = True

    def __init__(self, count: int, isolation: Isolation):
        self.count = count
        pairs = [socket.socketpair() for _ in range(count)]
        theirs = [other.fileno() for _, other in pairs]
        known = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        # TensorFlow talks to standard error at every start.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._server = subprocess.Popen(
            [
                *(sys.executable, "-m", "course_grader.server"),
                json.dumps(asdict(isolation)),
                *map(str, theirs),
            ],
            pass_fds=theirs,
            env=known | SETTINGS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            cwd=Path(sys.prefix),
            process_group=0,  # Ctrl+C is for the caller, who then ends the server
        )
        self._sockets = [mine for mine, _ in pairs]
        self._free: Queue[Connection | None] = Queue()
        for mine, other in pairs:
            other.close()
            self._free.put(Connection(os.dup(mine.fileno())))
        self._left, self._change = count, threading.Lock()

    def __enter__(self) -> "Graders":
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all graders at once; whoever waits for one gets NotGraded."""
        for one in self._sockets:
            with contextlib.suppress(OSError):  # the other side has gone before
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        try:
            self._server.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._server.kill()  # its children end with it
            self._server.wait()
        self._said.close()

    def grade(self, job: Job) -> list[TestResult]:
        """The result of every test of a submission.

        Raises NotGraded when the grader itself fails, ServerEnded when it is gone.
        """
        connection = self._free.get()
        if connection is None:
            self._free.put(None)
            raise ServerEnded(self._last_words())
        try:
            connection.send_bytes(json.dumps(job.as_dict()).encode())
            answer = json.loads(connection.recv_bytes())
        except (EOFError, OSError) as error:
            self._lose(connection)
            raise ServerEnded(self._last_words()) from error
        self._free.put(connection)
        if "error" in answer:
            raise NotGraded(answer["error"])
        return [TestResult.from_dict(fields) for fields in answer["results"]]

    def _lose(self, connection: Connection) -> None:
        connection.close()
        with self._change:
            self._left -= 1
            if self._left == 0:
                self._free.put(None)  # for whoever waits: there is no grader

    def _last_words(self) -> str:
        """The last line that the server said before it failed; empty if there is none."""
        with contextlib.suppress(subprocess.TimeoutExpired, ValueError):  # ValueError: closed
            if self._server.wait(SECONDS_TO_END) > 0:
                said = os.pread(self._said.fileno(), LONGEST_OUTPUT, 0).decode("utf-8", "replace")
                return said.strip().splitlines()[-1] if said.strip() else ""
        return ""
