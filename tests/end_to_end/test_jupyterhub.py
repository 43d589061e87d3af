"""A round on a JupyterHub, over HTTP: what an instructor and a student do in their servers.

The hub is real, the accounts are the machine's, and all is set up as the page for instructors says.
This needs root, and what `.ci/run` installs.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from classes import answered, reference_answers
from classroom import BLOCK, NAME, ON_A_HUB, PARAGRAPH, UNSCALED, commands_of, copy_course
from conftest import NEEDS_NAMESPACES, ROOT
from hubs import NEEDS_A_HUB, Hub, Person, environment_with, give, new_hub
from nbformat import from_dict

from course_builder.build import instructor_notebook
from course_builder.release import release
from course_grader.trial import PROPERTIES

pytestmark = [pytest.mark.xdist_group("jupyterhub"), NEEDS_NAMESPACES, NEEDS_A_HUB]
POINTS = 26  # of the tests
ASSIGNMENT = {"course_id": "dropout", "assignment_id": NAME}
COURSE = "course"  # in the instructor's home
IN_THE_COURSE = "cd ~/course && source .venv/bin/activate && "
PATH = f"{NAME}/{NAME}.ipynb"  # of the notebook that was fetched
ANSWERS = reference_answers(instructor_notebook(ROOT, NAME))
# Stands in front of an answer: where it runs, it leaves a file wherever it can.
INTRUDER = """\
import os
for folder in {folders!r}:
    try:
        open(os.path.join(folder, "intruder"), "w").close()
    except OSError:
        pass
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A new folder that all accounts can look into, as no folder of pytest's is."""
    with tempfile.TemporaryDirectory(prefix="hub-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def hub(folder) -> Iterator[Hub]:
    """A hub that is running, set up as the page says, and an exercise that is built."""
    with new_hub(folder, ["grace", "ada"]) as hub:
        course, students = hub.home("grace") / COURSE, folder / "opt" / "dropout-students"
        copy_course(course)
        shutil.copy(ROOT / "README.md", course)  # which the package names
        environment_with(course / ".venv", "--editable", str(course))
        give(course, hub.names["grace"])
        students.parent.mkdir()
        release(ROOT, students)
        environment_with(students / ".venv", str(students))
        page = ON_A_HUB.replace("grace", hub.names["grace"])
        page = re.sub("/(home|opt|srv)/", rf"{folder}/\1/", page)
        blocks = BLOCK.findall(page)
        [of_the_hub] = [text for _, text in blocks if "Spawner" in text]
        hub.start(of_the_hub)
        for kind, text in blocks:
            if kind == "console":
                for command in commands_of(text):
                    set_up(hub, command)
            elif text != of_the_hub:
                for place in (course, students / ".venv/etc/jupyter"):
                    with (place / "nbgrader_config.py").open("a") as stream:
                        stream.write(f"\n{text}")
        set_up(hub, f"{IN_THE_COURSE} course build --without-gate")
        yield hub


def set_up(hub: Hub, command: str) -> None:
    """Run a command of the page's, as root or in the instructor's terminal."""
    if command.startswith("sudo "):
        subprocess.run(command.removeprefix("sudo ").split(), check=True)
    else:
        done = hub.run("grace", command)
        assert done.returncode == 0, done


@pytest.fixture(scope="module")
def grace(hub) -> Person:
    """The instructor."""
    return Person(hub, "grace")


@pytest.fixture(scope="module")
def ada(hub) -> Person:
    """A student."""
    return Person(hub, "ada")


def test_formgrader_shows_the_course_and_releases_from_it(grace):
    assignments = grace.ask("formgrader/api/assignments")
    assert [one["name"] for one in assignments] == [NAME]
    press(grace, f"assignment/{NAME}/assign")
    press(grace, f"assignment/{NAME}/release")


def test_a_student_fetches_validates_and_submits(ada, hub):
    ada.ask("assignments/fetch", ASSIGNMENT)
    write(ada, intruding(hub) | {PARAGRAPH: "One run is none."})
    assert ada.ask("assignments/validate", {"path": PATH}) == {"success": True, "value": {}}
    assert (hub.home("ada") / "intruder").exists()
    assert ada.ask("assignments/submit", ASSIGNMENT)["success"]


def test_what_is_not_for_students_is_out_of_their_reach(hub):
    exchange = hub.folder / "srv/nbgrader/exchange"
    for command in (
        f"ls {hub.home('grace') / COURSE}",
        f"ls {exchange}/dropout/inbound",  # what others have submitted
        f"mv {exchange}/dropout {exchange}/mine",
    ):
        done = hub.run("ada", command)
        assert done.returncode != 0 and not done.stdout
        assert "denied" in done.stderr or "not permitted" in done.stderr


def test_what_is_collected_is_graded_in_isolation(grace, hub):
    press(grace, f"assignment/{NAME}/collect")
    done = hub.run("grace", f"{IN_THE_COURSE} course grade submitted")
    isolation = f"Isolation: namespaces: {'; '.join(PROPERTIES.values())}.\n"
    assert (done.returncode, done.stderr) == (0, isolation)
    assert score(grace, hub) == POINTS
    assert not list(hub.home("grace").rglob("intruder"))


def test_the_buttons_grade_and_give_feedback(ada, grace, hub):
    write(ada, intruding(hub) | {"dropout-forward": UNSCALED})
    assert ada.ask("assignments/submit", ASSIGNMENT)["success"]
    press(grace, f"assignment/{NAME}/collect")
    press(grace, f"submission/{NAME}/{hub.names['ada']}/autograde")
    assert score(grace, hub) == POINTS - 1
    assert not list(hub.home("grace").rglob("intruder"))
    press(grace, f"assignment/{NAME}/generate_feedback")
    press(grace, f"assignment/{NAME}/release_feedback")
    ada.ask("assignments/fetch_feedback", ASSIGNMENT)
    [page] = hub.home("ada").glob(f"{NAME}/feedback/*/{NAME}.html")
    text = page.read_text(encoding="utf-8")
    assert f"<strong>{POINTS - 1}</strong> of 30 points" in text
    assert "survivors are not scaled" in text


def intruding(hub: Hub) -> dict[str, str]:
    """Right answers, the first of which does more than it should."""
    folders = [hub.home("ada"), hub.home("grace"), hub.home("grace") / COURSE]
    first, *_ = ANSWERS
    return ANSWERS | {first: INTRUDER.format(folders=list(map(str, folders))) + ANSWERS[first]}


def write(student: Person, answers: dict[str, str]) -> None:
    """Write answers, by grade id, into the notebook that a student has fetched, and save it."""
    model = student.ask(f"api/contents/{PATH}")
    notebook = answered(from_dict(model["content"]), answers)
    student.ask(f"api/contents/{PATH}", model | {"content": notebook}, "PUT")


def press(instructor: Person, button: str) -> None:
    """Press a button of formgrader's."""
    said = instructor.ask(f"formgrader/api/{button}", {})
    assert said["success"], said


def score(instructor: Person, hub: Hub) -> float:
    """The student's points in formgrader."""
    return instructor.ask(f"formgrader/api/submission/{NAME}/{hub.names['ada']}")["score"]
