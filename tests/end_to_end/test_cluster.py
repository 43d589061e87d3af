"""`course grade --scheduler`: the same work on a Dask cluster, with the gradebook on PostgreSQL."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import NEEDS_NAMESPACES
from running import (
    JOB,
    PART,
    PATIENCE,
    RIGHT,
    WRONG,
    grade_here,
    left_behind,
    new_class,
    start_course,
    until,
)
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from course_grader import cluster
from course_grader.cluster import ClusterGraders
from course_grader.errors import CourseError
from course_grader.gradebook import Gradebook
from course_grader.isolation import Isolation
from course_grader.jobs import Job
from course_grader.pool import Graders

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.xdist_group("cluster"),
    NEEDS_NAMESPACES,
]
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SLOW = "import time; time.sleep(0.4); "
CLASS = {f"s{number}": SLOW + body for number, body in enumerate([RIGHT, PART, WRONG] * 5)}
PLAIN = Isolation("plain")


@pytest.fixture(scope="module")
def postgresql():
    """The address of a PostgreSQL server that runs for these tests only, on a Unix socket."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed: Debian's package is called postgresql")
    folder = Path(tempfile.mkdtemp(prefix="course-", dir="/tmp"))  # a socket's path is short
    user = {}
    if os.geteuid() == 0:  # PostgreSQL does not run as root
        shutil.chown(folder, "postgres", "postgres")
        user = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [PROGRAMS[-1] / program, "-D", folder / "data", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            timeout=PATIENCE,
            **user,
        )

    try:
        run("initdb", "--auth=trust", "--username=course", "--no-sync", "--encoding=UTF8")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "--wait", "--log", str(folder / "log"), "--options", settings)
        yield f"postgresql+psycopg://course@/postgres?host={folder}"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):  # it did not start
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
        shutil.rmtree(folder)


@contextlib.contextmanager
def dask(*words: str, **environment: str):
    """A program of Dask, as a user starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:], "--no-dashboard"],
        env=os.environ | environment,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def scheduler(folder: Path):
    """A scheduler of Dask: its process and its address."""
    file = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    with dask("dask_scheduler", *words) as process:
        assert until(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        yield process, file


def address_in(file: Path) -> str:
    return json.loads(file.read_text())["address"]


def worker(file: Path, **environment: str):
    words = ("--scheduler-file", str(file), "--nthreads", "1", "--nworkers", "1")
    return dask("dask_worker", *words, **environment)


def use_postgresql(root: Path, url: str) -> None:
    settings = root / "nbgrader_config.py"
    lines = settings.read_text().splitlines()
    others = [line for line in lines if "CourseDirectory.db_url" not in line]
    settings.write_text("\n".join([*others, f"c.CourseDirectory.db_url = {url!r}", ""]))


def rows_in(url: str) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM course_grading"))
    except SQLAlchemyError:  # no table yet
        return 0
    finally:
        engine.dispose()


def grades_in(root: Path) -> list[tuple]:
    with Gradebook.of_course(root) as book:
        return [
            (one.student, one.score, one.needs_manual_grade, one.tests, one.remarks, one.digest)
            for one in book.stored()
        ]


def test_a_cluster_that_loses_a_worker_gives_the_same_grades(tmp_path, postgresql):
    """As two graders here, on SQLite; one of two worker processes is killed in the middle."""
    here = new_class(tmp_path / "here", CLASS)
    with Graders(2, Isolation()) as graders:
        grade_here(here, lambda: nullcontext(graders))
    there = new_class(tmp_path / "there", CLASS)
    use_postgresql(there, postgresql)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        process = start_course(there, "--scheduler", local.scheduler_address)
        assert until(lambda: rows_in(postgresql) > 1)
        with distributed.Client(local, set_as_default=False) as client:
            first, *_ = client.run(os.getpid).values()
        os.kill(first, signal.SIGKILL)
        done = rows_in(postgresql)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, done < len(CLASS)) == (0, True), err
        assert f"Graded now: {len(CLASS)}; as before: 0." in out
        assert "Isolation: namespaces" in err
    assert (there / "grades.csv").read_bytes() == (here / "grades.csv").read_bytes()
    assert grades_in(there) == grades_in(here)
    assert until(lambda: not left_behind(there), 30)


def test_what_is_wrong_with_a_cluster_is_told(tmp_path, monkeypatch):
    """No worker; one that is other than this machine; one without the package; no scheduler."""
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 2)
    with scheduler(tmp_path) as (process, file):
        address = address_in(file)
        with pytest.raises(CourseError, match="No worker is connected"):
            ClusterGraders(address, PLAIN).__enter__()
        (tmp_path / "course_grader").mkdir()
        (tmp_path / "course_grader" / "__init__.py").write_text("raise ImportError('no package')")
        monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 20)
        with (
            worker(file, PYTHONPATH=str(tmp_path)),
            ClusterGraders(address, PLAIN) as graders,
            pytest.raises(CourseError, match="this package"),
        ):
            graders.grade(JOB)
        with worker(file), ClusterGraders(address, PLAIN) as graders:
            assert [result.score for result in graders.grade(JOB)] == [1.0]
            with monkeypatch.context() as patch:
                patch.setattr(cluster, "tools_of", lambda _: {"this package": "other"})
                with pytest.raises(CourseError, match="another version of this package"):
                    graders.grade(JOB)
            threading.Timer(1, process.kill).start()
            with pytest.raises(CourseError, match=r"connection to the .* scheduler .* was lost"):
                graders.grade(slow_job())
    with pytest.raises(CourseError, match=f"No Dask scheduler answers at {address}"):
        ClusterGraders(address, PLAIN)


def slow_job() -> Job:
    first, *others = JOB.cells
    return replace(
        JOB, cells=(replace(first, source=f"import time; time.sleep({PATIENCE})"), *others)
    )


def test_the_graders_of_a_worker_that_is_killed_end_with_it(tmp_path):
    with scheduler(tmp_path) as (_, file), worker(file) as its_worker:
        isolation = Isolation("plain", (), (str(tmp_path),))
        with ClusterGraders(address_in(file), isolation) as graders:
            graders.grade(JOB)
        assert left_behind(tmp_path)
        os.killpg(its_worker.pid, signal.SIGKILL)
        assert until(lambda: not left_behind(tmp_path), 30)
