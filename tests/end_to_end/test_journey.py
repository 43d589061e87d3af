"""The whole journey of a student, from the bundle and an empty environment to full marks.

`pytest --durations=0` tells the seconds of its stages.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import ANSWERS, SUCCESS, THEMES, Lab, errors, open_lab, outputs_of
from chromium import NEEDS_CHROMIUM
from classroom import NAME, new_classroom
from conftest import NEEDS_NAMESPACES
from playwright.sync_api import expect

pytestmark = [pytest.mark.xdist_group("journey"), NEEDS_CHROMIUM, NEEDS_NAMESPACES]
LESSON = "00_dropout.ipynb"
POINTS = 26  # of the tests
ASK_INDEX = [
    *(sys.executable, "-m", "pip", "install", "--dry-run"),
    *("--ignore-installed", "--no-deps", "jupyterlab"),
]


@pytest.fixture(scope="module")
def bundle(real_bundle, tmp_path_factory) -> tuple[Path, str]:
    """The bundle, installed as its README says, and the last command there, which opens it."""
    folder = tmp_path_factory.mktemp("student") / "bundle"
    shutil.copytree(real_bundle, folder)
    text = (folder / "README.md").read_text(encoding="utf-8")
    *commands, last = text.split("```\n")[1].splitlines()
    if subprocess.run(ASK_INDEX, capture_output=True).returncode:
        pytest.skip("pip reaches no package index")
    for command in commands:
        subprocess.run(["bash", "-c", command], cwd=folder, env=bare_environment(), check=True)
    return folder, last


@pytest.fixture(scope="module")
def bundle_lab(bundle) -> Iterator[Lab]:
    folder, command = bundle
    with open_lab(command, folder, folder.parent / "lab", bare_environment()) as lab:
        lab.wait_for(LESSON)
        yield lab


@pytest.fixture(scope="module")
def executed(bundle_lab, bundle) -> tuple[Path, list[str]]:
    """The first lesson, with all its cells run in JupyterLab, saved; and what is cut off there.

    That is found out before anything moves: the editor draws a line when it comes into sight.
    """
    bundle_lab.open(LESSON)
    bundle_lab.run_all()
    bundle_lab.save()
    bundle_lab.unroll()
    return bundle[0] / "notebooks" / LESSON, bundle_lab.cut_off()


@pytest.fixture
def lesson(bundle_lab, executed) -> Path:
    """That lesson, in sight."""
    bundle_lab.open(LESSON)
    bundle_lab.unroll()
    return executed[0]


def test_a_lesson_runs_where_only_the_bundle_is_installed(lesson):
    assert errors(lesson) == []


def test_every_figure_is_there(bundle_lab, lesson):
    figures = ["<img" in one.get("data", {}).get("text/html", "") for one in outputs_of(lesson)]
    assert sum(figures) > 3
    assert bundle_lab.pictures() == [True] * sum(figures)


def test_nothing_is_cut_off(executed):
    _, cut_off = executed
    assert cut_off == []


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_legible_in_both_themes(bundle_lab, lesson, theme):
    bundle_lab.set_theme(theme)
    bundle_lab.keep_outputs(f"00_dropout/{theme}")
    assert bundle_lab.illegible() == []


def test_the_slider_moves_the_picture(bundle_lab, lesson):
    picture = bundle_lab.notebook.locator(".widget-interact img")
    before = picture.get_attribute("src")
    bundle_lab.notebook.get_by_role("slider").focus()
    bundle_lab.page.keyboard.press("ArrowRight")
    expect(picture).not_to_have_attribute("src", before)
    expect(bundle_lab.notebook.locator(".widget-readout")).to_have_text("0.55")


def test_answers_given_there_are_validated_and_get_full_marks(bundle_lab, bundle, tmp_path):
    bundle_lab.open(f"{NAME}.ipynb")
    bundle_lab.answer(ANSWERS)
    assert SUCCESS in bundle_lab.validate()
    bundle_lab.close_dialog()
    notebook = bundle[0] / "notebooks" / f"{NAME}.ipynb"
    check = [".venv/bin/course", "check", notebook]
    done = subprocess.run(
        check, cwd=bundle[0], env=bare_environment(), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, ""), "TensorFlow's warnings included"
    assert f": {POINTS} of {POINTS} points." in done.stdout
    with new_classroom(tmp_path) as room:
        submission = room.course / "submitted" / "ada" / NAME
        submission.mkdir(parents=True)
        shutil.copy(notebook, submission)
        room.run("course grade submitted")
        row = room.read_grades()["ada"]
    assert (float(row["auto"]), row["needs_manual_grade"]) == (POINTS, "yes")


def bare_environment() -> dict[str, str]:
    """The environment of somebody who has no other copy of the course, and the same Python.

    Modules are compiled when they are imported: all of them at once would take a minute.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": path, "PIP_COMPILE": "0"}
