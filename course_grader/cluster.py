"""Graders on a Dask cluster: each worker process keeps one warm server of its own.

A worker needs this package and nothing else: submissions come to it and results go back as data.
"""

import logging
import threading
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Any

from course_grader.errors import CourseError
from course_grader.fingerprint import tools_of
from course_grader.isolation import Isolation
from course_grader.jobs import Job, NotGraded, TestResult
from course_grader.pool import Graders

SECONDS_TO_CONNECT = 30  # for the scheduler, and for a worker
DASK_LOGS = ("distributed", "distributed.client")
_SERVERS: dict[Isolation, Graders] = {}  # of this worker process
_STARTING = threading.Lock()


class ClusterGraders:
    """The workers behind a scheduler; use it in a `with` statement."""

    is_here = False

    def __init__(self, address: str, isolation: Isolation):
        try:
            from distributed import Client
        except ImportError as error:
            raise CourseError("Dask is not installed: install the package distributed.") from error
        for name in DASK_LOGS:  # what goes wrong is told in one sentence
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.address, self.isolation = address, isolation
        try:
            self._client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {address} ({error}): start one with "
                "`dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`."
            ) from error

    @property
    def count(self) -> int:
        """How many submissions to send at a time: some more than there are threads there."""
        return 2 * max(sum(self._client.nthreads().values()), 1)

    def __enter__(self) -> "ClusterGraders":
        try:
            self._client.wait_for_workers(1, SECONDS_TO_CONNECT)
        except TimeoutError as error:
            self._client.close()
            raise self._no_worker() from error
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def grade(self, job: Job) -> list[TestResult]:
        """The result of every test of a submission; a lost worker's work is done by another.

        Raises NotGraded when its workers end again and again, CourseError when the cluster is
        gone, or has workers that cannot grade.
        """
        from distributed import KilledWorker

        try:
            future = self._client.submit(
                _grade_there, job, self.isolation, tools_of(job.cells), pure=False, retries=3
            )
            return self._result(future)
        except KilledWorker as error:
            raise NotGraded("the workers that graded it ended, several times.") from error
        except (CancelledError, OSError) as error:
            raise CourseError(
                f"The connection to the Dask scheduler at {self.address} was lost: start again; "
                "what is graded stays graded."
            ) from error
        except ImportError as error:
            raise CourseError(
                f"A Dask worker cannot grade ({error}): install this package in its environment."
            ) from error

    def _no_worker(self) -> CourseError:
        return CourseError(
            f"No worker is connected to the scheduler at {self.address}: start some with "
            f"`dask worker {self.address} --nthreads 1`, where this package is installed, too."
        )

    def _result(self, future: Any) -> list[TestResult]:
        while True:
            try:
                return future.result(SECONDS_TO_CONNECT)
            except TimeoutError:
                if future.done():
                    raise
                if not self._client.nthreads():
                    raise self._no_worker() from None


def _grade_there(job: Job, isolation: Isolation, expected: dict[str, str]) -> list[TestResult]:
    """Runs on a worker."""
    here = tools_of(job.cells)
    others = sorted(name for name, known in expected.items() if here.get(name) != known)
    if others:
        raise CourseError(
            f"A Dask worker has another version of {', '.join(others)} than this machine: "
            "install the same on both."
        )
    server = _server(isolation)
    try:
        return server.grade(job)
    except NotGraded:
        _SERVERS.pop(isolation, None)
        raise


def _server(isolation: Isolation) -> Graders:
    """The warm server of this worker, with as many graders as the worker has threads."""
    from distributed import get_worker

    with _STARTING:
        if isolation not in _SERVERS:
            _SERVERS[isolation] = Graders(get_worker().state.nthreads, isolation)
        return _SERVERS[isolation]
