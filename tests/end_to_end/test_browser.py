"""The course in JupyterLab, driven in a real browser as students and instructors use it.

Pictures of what they see are kept in build/screenshots/, for people to look at.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from browsers import (
    ANSWERS,
    SUCCESS,
    Lab,
    open_lab,
)
from chromium import NEEDS_CHROMIUM
from classes import cell_of
from classroom import NAME, UNSCALED, Classroom, configure, new_classroom
from conftest import ROOT
from nbgrader import api
from playwright.sync_api import FrameLocator, expect

pytestmark = [pytest.mark.xdist_group("browser"), NEEDS_CHROMIUM]
EXCHANGE = 'c.Exchange.root = "/srv/nbgrader/exchange"\n'


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Iterator[Classroom]:
    """A copy of the course, with an exercise released through nbgrader's exchange."""
    with new_classroom(tmp_path_factory.mktemp("browser")) as room:
        shutil.copy(ROOT / "Makefile", room.course)
        configure(room, EXCHANGE)
        for command in (
            "course build --without-gate",
            f"nbgrader generate_assignment {NAME}",
            f"nbgrader release_assignment {NAME}",
        ):
            room.run(command)
            assert room.statuses[command] == [0], room.printed[command]
        shutil.copytree(ROOT / "notebooks", room.course / "notebooks", dirs_exist_ok=True)
        yield room


@pytest.fixture(scope="module")
def lab(course) -> Iterator[Lab]:
    """What `make lab` opens."""
    make = ["make", "--dry-run", "--assume-old=.venv/installed", "lab"]
    # Under `make test` its own settings would have this make print more than the command.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("MAKE")}
    command = subprocess.check_output(make, cwd=course.course, env=environment, text=True)
    settings = course.course.parent / "lab"
    with open_lab(command, course.course, settings, course.environment) as lab:
        lab.wait_for("00_dropout.ipynb")
        yield lab


def test_make_lab_opens_the_first_lesson(lab):
    title = lab.notebook.get_by_role("heading", name="00 What dropout does")
    expect(title).to_be_visible()
    assert "/lab/tree/notebooks/00_dropout.ipynb" in lab.page.url
    set_up = lab.notebook.locator(".jp-CodeCell").first
    expect(set_up.locator(".jp-InputPlaceholder")).to_be_visible()
    expect(set_up.get_by_text("notebook.prepare()")).to_have_count(0)
    lab.keep(lab.page, "lesson-light")


def test_the_assignment_list_shows_what_is_released(lab):
    lab.choose("Nbgrader", "Assignment List")
    expect(lab.page.locator("#released_assignments_list")).to_contain_text(NAME)
    expect(lab.dialog).to_have_count(0)


def test_an_exercise_is_fetched_answered_validated_and_submitted(lab, course):
    lab.fetch(NAME)
    wrong = ANSWERS["conversion"].replace("return 1 - keep_probability", "return keep_probability")
    lab.answer(ANSWERS | {"conversion": wrong})
    lab.set_theme("dark")
    said = lab.validate()
    lab.keep(lab.page, "validate-wrong-dark")
    assert said.count("The following cell failed:") == 1
    assert "This property does not hold: rate and keep-probability are converted" in said
    expect(lab.dialog.get_by_text("likely:")).to_be_in_viewport(ratio=1)  # without scrolling
    lab.close_dialog()
    lab.set_theme("light")
    lab.answer({"conversion": ANSWERS["conversion"]})
    said = lab.validate()
    lab.keep(lab.page, "validate-right-light")
    lab.close_dialog()
    assert SUCCESS in said
    lab.submit(NAME)
    lab.keep_in_both_themes("assignment-list")
    [arrived] = course.exchange.glob(f"dropout/inbound/*/{NAME}.ipynb")
    handed_in = nbformat.read(arrived, as_version=4)
    assert {grade_id: cell_of(handed_in, grade_id).source for grade_id in ANSWERS} == ANSWERS


def test_formgrader_shows_the_exercises(lab):
    page = lab.formgrader()
    expect(page.get_by_role("heading", name="Manage Assignments")).to_be_visible()
    expect(page.locator("table")).to_contain_text(NAME)
    expect(lab.dialog).to_have_count(0)
    lab.keep_in_both_themes("formgrader")


def test_formgraders_buttons_grade_as_the_command_does(lab, course):
    stolen = course.course.parent / "stolen"
    theft = f"open({str(stolen)!r}, 'w').close()\n"
    course.hand_in("ada", ANSWERS | {"dropout-forward": UNSCALED})
    course.hand_in("mallory", ANSWERS | {"conversion": theft + ANSWERS["conversion"]})
    (course.course / "submitted" / "linked").symlink_to("ada")
    page = lab.formgrader()
    page.get_by_role("link", name="Manage Assignments").click()
    page.get_by_role("row").filter(has_text=NAME).locator(".num-submissions a").click()
    for student in ("ada", "mallory"):
        _press(lab, page, student, "autograde", "Successfully autograded")
        _press(lab, page, student, "generate-feedback", "Successfully generated feedback")
    _press(lab, page, "linked", "autograde", "linked: no folder of a student; it is left alone")
    assert not stolen.exists()
    copy = course.course.parent / "graded by the command"
    made = shutil.ignore_patterns("gradebook.db", "autograded", "feedback")
    shutil.copytree(course.course, copy, symlinks=True, ignore=made)
    done = subprocess.run(["course", "grade", "submitted"], cwd=copy, env=course.environment)
    assert done.returncode == 1  # of the link
    assert _scores(course.course) == _scores(copy)
    pages = "*/*/*.html"
    texts = [
        sorted(p.read_text() for p in (c / "feedback").glob(pages)) for c in (course.course, copy)
    ]
    assert texts[0] == texts[1]
    assert ["survivors are not scaled" in text for text in texts[0]].count(True) == 1


def _press(lab: Lab, page: FrameLocator, student: str, button: str, says: str) -> None:
    """Press a button of a submission, and close the dialog that says how it ended."""
    page.get_by_role("row").filter(has_text=student).locator(f".{button} a").click()
    dialog = page.locator(".modal.in")
    expect(dialog).to_contain_text(says)
    expect(dialog).to_have_css("opacity", "1")  # for the picture
    lab.keep(lab.page, f"formgrader-{button}-{student}")
    dialog.get_by_role("button", name="OK").click()
    expect(dialog).to_have_count(0)


def _scores(course: Path) -> dict[tuple[str, str], tuple[float | None, bool]]:
    """What the gradebook holds: for each student and cell the score, and whether a person looks."""
    with api.Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {
            (submission.student.id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in book.assignment_submissions(NAME)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
