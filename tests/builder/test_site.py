"""`course site`: what stands on its pages."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from executed import (
    ALT,
    COVER,
    SECRET,
    SOURCES,
    executed_course,
    record_claims,
    text_of,
    write_executed,
)
from nbformat.v4 import new_output

from course_builder import run
from course_builder.build import student_notebook
from course_builder.cli import main
from course_utils import trials

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site of a tiny course."""
    course = executed_course(tmp_path_factory.mktemp("site") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        folder = record_claims(course / "recorded", "01_one")
        patch.setattr(trials, "recorded_folder", lambda: folder)
        assert main(["site"]) == 0
    return course / "build" / "html"


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    course = executed_course(tmp_path / "course")
    monkeypatch.chdir(course)
    return course


def test_the_start_page_has_the_lessons_with_their_questions(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="01_one.html"' in text and 'href="01_one_exercises.html"' in text
    assert f'<img alt="{COVER}"' in text and 'href="02_two.html"' in text
    assert "Does the wombat dig?" in text and "Does the platypus swim?" in text
    assert "A line behind the question." not in text


def test_a_lesson_has_its_outputs_and_a_still_picture_for_its_widget(site):
    text = (site / "01_one.html").read_text(encoding="utf-8")
    assert f'<img alt="{ALT}"' in text
    assert text.count('<img alt="The slider\'s picture."') == 1
    assert "what box is in text" not in text, "the picture stands in place of the widget"
    assert "what bar is in text" not in text, "a progress bar leaves nothing"
    assert "a note of TensorFlow" not in text
    assert 'href="02_two.html"' in text


def test_a_lesson_shows_its_claims_and_a_page_those_of_the_site_as_well(site):
    lesson, every = text_of(site / "01_one.html"), text_of(site / "claims.html")
    assert "Dropout gains: refuted" in lesson
    assert "Claims: 2, of which 1 refuted, 1 supported." in every
    assert "-19.5 points" in every and "-0.395 nats" in every and "these test pictures" in every
    assert "Dropout lowers the loss" in every and "Dropout lowers the loss" not in lesson
    picture = every.partition("Claims: 2, of which")[2].partition("How a claim is judged")[0]
    assert "Dropout gains: refuted (" in picture and "lowers the loss" not in picture
    assert '<img alt="Of the claims in this picture 1 refuted;' in (site / "claims.html").read_text(
        encoding="utf-8"
    )
    assert 'href="01_one.html' in (site / "claims.html").read_text(encoding="utf-8")


def test_a_claim_that_does_not_fit_its_record_is_named(course, monkeypatch, capsys):
    folder = record_claims(course / "recorded", "01_one")
    monkeypatch.setattr(trials, "recorded_folder", lambda: folder)
    (folder / "net.csv").write_text("rate,seed,accuracy\n0,0,1\n1,1,1\n")
    assert main(["site"]) == 2
    assert "01_one.toml, claim gain: The seeds [0, 1] stand" in capsys.readouterr().err


def test_exercises_have_no_answers_anywhere(site):
    assert "YOUR CODE HERE" in text_of(site / "01_one_exercises.html")
    for path in site.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("name", SOURCES)
def test_each_page_offers_the_notebook_that_students_get(site, name):
    [link] = re.findall(r'href="(_downloads/[^"]+)"', (site / f"{name}.html").read_text())
    assert link.endswith(f"/{name}.ipynb")
    notebook = nbformat.read(site / link, as_version=4)
    assert notebook == student_notebook(site.parent.parent, name)


def test_the_page_for_instructors_is_there(site):
    assert "course grade" in text_of(site / "instructors.html")


def test_colab_is_linked_only_where_the_address_is_set(site, tmp_path, monkeypatch):
    assert "colab" not in (site / "01_one.html").read_text(encoding="utf-8")
    course = executed_course(tmp_path / "course", "https://github.com/team/course")
    monkeypatch.chdir(course)
    assert main(["site"]) == 0
    for name in SOURCES:
        text = (course / "build" / "html" / f"{name}.html").read_text(encoding="utf-8")
        assert (
            f"colab.research.google.com/github/team/course/blob/main/notebooks/{name}.ipynb" in text
        )
        assert "colab-badge.svg" not in text, "a picture from the network"


def test_a_lesson_that_is_not_executed_is_named(course, capsys):
    (course / run.SITE / "02_two.ipynb").unlink()
    assert main(["site"]) == 2
    assert "02_two has not been executed: run `course run --only 02_two`" in capsys.readouterr().err


def test_a_lesson_that_has_changed_since_is_named(course, capsys):
    with (course / "solutions" / "02_two.py").open("a", encoding="utf-8") as source:
        source.write("# %%\n2\n")
    assert main(["site"]) == 2
    assert "02_two has changed since it was executed" in capsys.readouterr().err


def test_a_lesson_that_was_executed_with_the_full_profile_is_taken(course):
    notebook = student_notebook(course, "02_two")
    cell = nbformat.v4.new_code_cell('PROFILE = "full"', id=run.PROFILE_CELL)
    notebook.cells.insert(1, cell)
    write_executed(course, "02_two", notebook)
    assert main(["site"]) == 0
    assert 'PROFILE = "full"' in text_of(course / "build" / "html" / "02_two.html")


def test_a_lesson_that_has_failed_is_named(course, capsys):
    notebook = student_notebook(course, "02_two")
    error = new_output("error", ename="ValueError", evalue="no", traceback=["no"])
    notebook.cells[-1].outputs = [error]
    write_executed(course, "02_two", notebook)
    assert main(["site"]) == 2
    assert "02_two has failed with ValueError" in capsys.readouterr().err


def test_a_lesson_without_a_question_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(executed_course(tmp_path / "course", **{"02_two": "# %%\n1\n"}))
    assert main(["site"]) == 2
    assert "02_two asks nothing: begin a paragraph" in capsys.readouterr().err


def test_a_broken_reference_is_named_and_the_old_site_stays(tmp_path, monkeypatch, capsys):
    linked = SOURCES["02_two"] + "\n# %% [markdown]\n# [three](03_three.ipynb)\n"
    course = executed_course(tmp_path / "course", **{"02_two": linked})
    old = course / "build" / "html" / "index.html"
    old.parent.mkdir(parents=True)
    old.write_text("the old site")
    monkeypatch.chdir(course)
    assert main(["site"]) == 2
    said = capsys.readouterr().err
    assert "03_three.ipynb" in said and "Sphinx does not build the site" in said
    assert old.read_text() == "the old site"
    assert {path.name for path in (course / "build").iterdir()} == {"html", "pages", "site"}


def test_a_missing_package_is_named_with_what_to_do(course, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "myst_nb", None)
    assert main(["site"]) == 2
    said = capsys.readouterr().err
    assert "myst_nb" in said and "pip install 'dropout-course[developer]'" in said
