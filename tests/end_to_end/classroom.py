"""A classroom: the course's folder, the commands of the page for instructors, and what people do.

In between the commands students hand in their work and the instructor gives points in formgrader,
by the requests that its page sends.
"""

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
from classes import answered, reference_answers
from conftest import ROOT

from course_builder.build import instructor_notebook, student_notebook

PAGE = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
# The section that is for a hub only.
ON_A_HUB = re.search(r"^## On a JupyterHub\n.*?(?=^## )", PAGE, re.DOTALL | re.MULTILINE).group()
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAME, PARAGRAPH = "01_mlp_exercises", "one-run-claim"
# What a course is made of, for one exercise and its lesson, without a gallery.
PARTS = (
    *(path.name for path in ROOT.glob("course_*")),
    *("requirements", "environment.yml", "nbgrader_config.py", "pyproject.toml"),
    *("solutions/01_mlp.py", f"solutions/{NAME}.py"),
)
OF_STUDENTS = ("nbgrader fetch_assignment", "nbgrader submit", "nbgrader fetch_feedback")
SERVERS = ("dask scheduler", "dask worker")
PATIENCE = 400  # seconds that anything may take on a busy machine
TOKEN = "a-token"
# `urlopen` would keep the proxies that were set when it was first used, by whichever test.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
COMMENT = "One seed <is> no evidence: say how many you would want."
UNSCALED = """\
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask, mask
"""


@dataclass
class Classroom:
    """The course, a student's folder, and what the commands printed, each time they were run."""

    course: Path
    student: Path
    exchange: Path
    environment: dict[str, str]
    due: datetime
    dask: int
    lab: int
    printed: dict[str, list[str]] = field(default_factory=dict)
    statuses: dict[str, list[int]] = field(default_factory=dict)
    started: list[subprocess.Popen] = field(default_factory=list)
    shown: str = ""  # of the submission, by formgrader
    grades: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def here(self, text: str) -> str:
        """What stands on the page, with the places, ports and dates of this test."""
        return (
            text.replace("/srv/nbgrader/exchange", str(self.exchange))
            .replace("scheduler.example.org:8786", f"127.0.0.1:{self.dask}")
            .replace("dask scheduler", f"dask scheduler --port {self.dask} --dashboard-address :0")
            .replace("2026-01-31 18:00 UTC", f"{self.due:%Y-%m-%d %H:%M} UTC")
        )

    def run(self, command: str) -> None:
        """Run a command of the page to its end."""
        done = subprocess.run(
            ["bash", "-c", self.here(command)],
            cwd=self.student if command.startswith(OF_STUDENTS) else self.course,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        self.printed.setdefault(command, []).append(done.stdout + done.stderr)
        self.statuses.setdefault(command, []).append(done.returncode)
        if (self.course / "grades.csv").exists():
            self.grades[f"{command} {len(self.printed[command])}"] = self.read_grades()

    def start(self, command: str) -> Path:
        """Start a server; the file that it writes to."""
        log = self.course.parent / f"log-{len(self.started)}"
        with log.open("w") as stream:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {self.here(command)}"],
                cwd=self.course,
                env=self.environment,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return log

    def stop(self) -> None:
        for process in reversed(self.started):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.started.clear()

    def hand_in(self, student: str, answers: dict[str, str], when: datetime | None = None) -> None:
        folder = self.course / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(answered(student_notebook(ROOT, NAME), answers), folder / f"{NAME}.ipynb")
        if when:
            (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC\n")

    def ask(self, request: str, body: dict | None = None) -> str:
        """Send a request to formgrader, as its page does."""
        return DIRECT.open(
            urllib.request.Request(
                f"http://127.0.0.1:{self.lab}/formgrader/{request}",
                method="PUT" if body else "GET",
                data=json.dumps(body).encode() if body else None,
                headers={"Authorization": f"token {TOKEN}"},
            ),
            timeout=PATIENCE,
        ).read().decode()  # fmt: skip

    def read_grades(self) -> dict[str, dict[str, str]]:
        with (self.course / "grades.csv").open(encoding="utf-8", newline="") as stream:
            return {row["student"]: row for row in csv.DictReader(stream)}


def copy_course(course: Path) -> None:
    """Copy PARTS into a folder."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        (course / part).parent.mkdir(exist_ok=True)
        copy(ROOT / part, course / part)


@contextmanager
def new_classroom(folder: Path) -> Iterator[Classroom]:
    """Folders for course, student and exchange, and settings of their own for Jupyter."""
    course, student, exchange = (folder / name for name in ("course", "student", "exchange"))
    for one in (course, student, exchange, folder / "settings"):
        one.mkdir()
    exchange.chmod(0o777)
    copy_course(course)
    (course / ".venv").symlink_to(sys.prefix)  # the page activates it
    (student / "nbgrader_config.py").write_text("c = get_config()\n")
    dask, lab = free_ports(2)
    server = {"allow_root": True, "open_browser": False, "port": lab, "port_retries": 0}
    settings = {"ServerApp": server, "IdentityProvider": {"token": TOKEN}}
    (folder / "settings" / "jupyter_server_config.json").write_text(json.dumps(settings))
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(folder / "settings"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "DASK_TEMPORARY_DIRECTORY": str(folder / "dask"),
    }
    due = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=1)
    room = Classroom(course, student, exchange, environment, due, dask, lab)
    try:
        yield room
    finally:
        room.stop()


def commands_of(block: str) -> list[str]:
    """The commands of a block of the page."""
    lines = block.splitlines()
    assert all(line.startswith("$ ") for line in lines), block
    return [line.removeprefix("$ ") for line in lines]


def configure(room: Classroom, setting: str) -> None:
    """Add a setting of the page; the one of PostgreSQL needs a server and is tested elsewhere."""
    if "PASSWORD" in setting:
        return
    folders = [room.course, room.student] if "Exchange" in setting else [room.course]
    for folder in folders:
        with (folder / "nbgrader_config.py").open("a") as stream:
            stream.write(f"\n{room.here(setting)}")


def prepare(room: Classroom, command: str) -> None:
    """What students do before the instructor calls a command."""
    answers = reference_answers(instructor_notebook(ROOT, NAME))
    if command.startswith("nbgrader submit"):
        path = room.student / NAME / f"{NAME}.ipynb"
        written = answers | {PARAGRAPH: "A run with one seed settles nothing."}
        nbformat.write(answered(nbformat.read(path, as_version=4), written), path)
    elif command.startswith("nbgrader collect"):
        room.hand_in("ada", answers | {"dropout-forward": UNSCALED}, room.due)
        room.hand_in("eve", answers, room.due + timedelta(hours=2))
        room.hand_in("fay", {})
        (room.course / "submitted" / "fay" / NAME / f"{NAME}.ipynb").write_text("")
    elif "--scheduler" in command:
        room.hand_in("gil", answers)


def mark_in_formgrader(room: Classroom) -> None:
    """Give points and a comment to the one paragraph that waits; see what formgrader shows."""
    log = room.start("jupyter lab")
    found = _until(lambda: room.ask(f"api/submitted_notebooks/{NAME}/{NAME}"), log)
    [waiting] = [row["id"] for row in json.loads(found) if row["needs_manual_grade"]]
    grades = json.loads(room.ask(f"api/grades?submission_id={waiting}"))
    comments = json.loads(room.ask(f"api/comments?submission_id={waiting}"))
    [grade] = [row["id"] for row in grades if row["name"] == PARAGRAPH]
    [comment] = [row["id"] for row in comments if row["name"] == PARAGRAPH]
    room.ask(f"api/grade/{grade}", {"manual_score": 3})
    room.ask(f"api/comment/{comment}", {"manual_comment": COMMENT})
    room.shown = room.ask(f"submissions/{waiting}/")
    assert "A run with one seed settles nothing." in room.shown
    room.stop()


def start_dask(room: Classroom, command: str) -> None:
    """Start a scheduler or workers of the page, and wait until they are ready."""
    log = room.start(command)
    words, count = ("Scheduler at:", 1) if "scheduler" in command.split()[1] else ("Registered", 2)

    def is_ready() -> None:
        if log.read_text().count(words) < count:
            raise OSError(words)

    _until(is_ready, log)


def _until(attempt: Callable[[], Any], log: Path) -> Any:
    """What `attempt` returns as soon as it does not raise OSError."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except OSError as error:
            if time.monotonic() > end:
                raise AssertionError(log.read_text()[-3000:]) from error
            time.sleep(0.5)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
