"""What is written of results: the feedback page, the notebook for graders, and where they lie."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from gradebooks import HONEST_IDS
from jinja2 import Environment, FileSystemLoader
from nbconvert import HTMLExporter
from nbgrader.apps.api import NbGraderAPI
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from course_builder.build import read_exercise
from course_grader.answers import Answers
from course_grader.cells import CellKind
from course_grader.errors import CourseError
from course_grader.feedback import (
    feedback_page,
    graded_notebook,
    write_feedback,
    write_graded_notebook,
)
from course_grader.gradebook import Gradebook
from course_grader.jobs import State
from course_grader.jobs import TestResult as Result
from course_grader.notebooks import grading as cell_grading
from course_grader.pictures import Picture
from course_grader.records import Paragraph, StoredGrading, Submission

NAME = "01_mlp_exercises"
FAILED = """\
This property does not hold: survivors are x scaled by 1 / (1 - rate).
  expected: y / x is 1.25 for every survivor at rate 0.2
  found:    1
  likely:   survivors are not scaled."""
HOSTILE = "<script>alert(1)</script>\x1b[31m\x00\u202e'\"&\ud800" + 10_000 * "W" + 10_000 * "\n<b>"


def stored(**changes):
    """What a gradebook holds of a submission of two tests and one paragraph."""
    values = {
        "student": "ada",
        "exercise": NAME,
        "digest": "",
        "graded_at": datetime(2025, 3, 1),
        "tests": (
            Result("a", "Survivors are scaled", 2.0, 0.0, State.FAIL, FAILED),
            Result("b", "The mask is returned", 1.0, 1.0, State.PASS),
        ),
        "by_hand": frozenset(),
        "paragraphs": (Paragraph("one-run-claim", 4.0, None),),
        "comments": {},
        "remarks": ("handed in twice",),
        "score": 1.0,
        "max_score": 7.0,
        "seconds_late": 0.0,
        "late_penalty": 0.0,
        "needs_manual_grade": True,
    }
    return StoredGrading(**values | changes)


def one_test(state=State.FAIL, message="", **changes):
    return stored(tests=(Result("a", "A title", 2.0, 0.0, state, message),), **changes)


class Page(HTMLParser):
    """The text of a page, in pieces, and its elements."""

    def __init__(self, html):
        super().__init__()
        self.text, self.elements = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        if data.strip() and self.elements[-1][0] != "style":
            self.text.append(" ".join(data.split()))


def test_the_page_names_every_test_its_result_and_its_points():
    text = Page(feedback_page(stored())).text
    start = text.index("Survivors are scaled")
    assert text[start + 1 : start + 3] == ["✗ does not hold", "0 of 2"]
    start = text.index("The mask is returned")
    assert text[start + 1 : start + 3] == ["✓ passed", "1 of 1"]
    assert "1 of 2 tests passed." in text


def test_the_message_of_a_check_is_shown_in_its_parts():
    text = Page(feedback_page(stored())).text
    start = text.index("This property does not hold: survivors are x scaled by 1 / (1 - rate).")
    assert text[start + 1 : start + 7] == [
        "Expected",
        "y / x is 1.25 for every survivor at rate 0.2",
        "Found",
        "1",
        "Likely cause",
        "survivors are not scaled.",
    ]


def test_a_message_of_one_line_stands_alone():
    page = Page(feedback_page(one_test(State.ERROR, "NameError: name 'x' is not defined")))
    assert "NameError: name 'x' is not defined" in page.text
    assert "dl" not in [tag for tag, _ in page.elements]


@pytest.mark.parametrize("state", State)
def test_every_state_is_said_in_words(state):
    text = Page(feedback_page(one_test(state))).text
    mark, *words = text[text.index("A title") + 1].split()
    assert words and mark == ("✓" if state == State.PASS else "✗")


def test_a_paragraph_that_waits_makes_the_result_preliminary():
    text = Page(feedback_page(stored())).text
    assert text[text.index("One run claim") + 1 :][:2] == ["not graded yet", "– of 4"]
    assert any(piece.startswith("Not final") for piece in text)


def test_a_paragraph_that_nobody_wrote_is_not_called_graded():
    untouched = (Paragraph("one-run-claim", 4.0, 0.0, is_written=False),)
    text = Page(feedback_page(stored(paragraphs=untouched, needs_manual_grade=False))).text
    assert text[text.index("One run claim") + 1 :][:2] == ["nothing was written", "0 of 4"]
    assert not any(piece.startswith("Not final") for piece in text)


def test_what_a_person_gave_and_wrote_is_shown():
    text = Page(
        feedback_page(
            stored(
                paragraphs=(Paragraph("one-run-claim", 4.0, 3.5),),
                comments={"one-run-claim": "Well argued.", "dropout-forward": "Short and clear."},
                by_hand=frozenset("a"),
                needs_manual_grade=False,
                late_penalty=0.5,
            )
        )
    ).text
    assert text[text.index("One run claim") + 1 :][:3] == ["graded", "3.5 of 4", "Well argued."]
    assert text[text.index("Dropout forward") + 1] == "Short and clear."
    assert "✗ does not hold; points given by a person" in text
    assert any(piece.endswith("after the due date: 0.5.") for piece in text)
    assert not any(piece.startswith("Not final") for piece in text)


def test_remarks_for_the_instructor_are_not_for_the_student():
    assert "handed in twice" not in feedback_page(stored())


@pytest.mark.parametrize("place", ["student", "title", "message", "comment"])
def test_hostile_text_is_shown_as_text_and_shortened(place):
    changes = {
        "student": {"student": HOSTILE},
        "title": {"tests": (Result("a", HOSTILE, 1.0, 0.0, State.FAIL),)},
        "message": {"tests": (Result("a", "A title", 1.0, 0.0, State.FAIL, HOSTILE),)},
        "comment": {"comments": {"a": HOSTILE[:900], "one-run-claim": HOSTILE[:900]}},
    }
    html = feedback_page(stored(**changes[place]))
    tags = {tag for tag, _ in Page(html).elements}
    assert "&lt;script&gt;alert(1)" in html
    assert not tags & {"script", "b", "img", "link"}
    assert len(html) < len(feedback_page(stored())) + 3000
    assert all(sign == "\n" or sign.isprintable() for sign in html)
    html.encode()


def test_a_persons_long_comment_is_kept_whole():
    comment = "\n".join(["A sentence of some length, on a line of its own."] * 60)
    assert comment in feedback_page(stored(comments={"one-run-claim": comment}))


def test_the_page_needs_nothing_else_and_says_what_its_tables_hold():
    page = Page(feedback_page(stored()))
    attributes = [pair for _, pairs in page.elements for pair in pairs.items()]
    assert not {name for name, _ in attributes} & {"src", "href", "onclick"}
    assert ("html", {"lang": "en"}) in page.elements
    assert [tag for tag, _ in page.elements].count("h1") == 1
    ids = {value for name, value in attributes if name == "id"}
    assert {value for name, value in attributes if name == "aria-labelledby"} == ids
    assert all("scope" in pairs for tag, pairs in page.elements if tag == "th")


@pytest.fixture(scope="module")
def exercise(root):
    return read_exercise(root, NAME)


@pytest.fixture(scope="module")
def released(exercise):
    return exercise.released


def submitted(exercise, answers, results=(), student="ada", **more):
    """A graded submission with these answers, by grade id, code or not."""
    names = exercise.code_answers
    code = {name: text for name, text in answers.items() if name in names}
    written = {name: text for name, text in answers.items() if name not in names}
    folder = more.pop("folder", Path("nowhere"))
    return Submission(student, exercise, folder, Answers(code, written), results=results, **more)


def by_name(notebook):
    return {cell_grading(cell).get("grade_id"): cell for cell in notebook.cells}


def test_the_graders_notebook_is_the_released_one_with_answers_and_results(exercise, released):
    answers = {"dropout-forward": "mine = 1", "one-run-claim": "Because \ud800."}
    tests = (
        Result("dropout-forward-values", "Values", 1.0, 0.0, State.FAIL, f"{FAILED}\x1b[31m"),
        Result("dropout-forward-mask", "Mask", 1.0, 1.0, State.PASS),
    )
    notebook = graded_notebook(submitted(exercise, answers, tests))
    nbformat.validate(notebook)
    cells, before = by_name(notebook), by_name(released)
    assert cells["dropout-forward"].source == "mine = 1"
    assert cells["one-run-claim"].source == "Because ?."
    assert cells["dropout-backward"].source == "", "it was not handed in"
    assert cells["dropout-forward-values"].source == before["dropout-forward-values"].source
    [output] = cells["dropout-forward-values"].outputs
    assert (output.output_type, output.ename, output.evalue) == ("error", "fail", FAILED)
    assert output.traceback[1:] == FAILED.splitlines()
    [output] = cells["dropout-forward-mask"].outputs
    assert (output.name, output.text) == ("stdout", "passed: 1 of 1 points\n")
    assert before["dropout-forward-mask"].outputs == []


def as_formgrader_shows_it(submission, folder) -> str:
    nbformat.write(graded_notebook(submission), folder / "graded.ipynb")
    config = Config({"HTMLExporter": {"template_name": "formgrade"}})
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    names = ("assignment_id", "notebook_id", "submission_id", "student", "last_name")
    more = ("first_name", "base_url", "notebook_path")
    resources = dict.fromkeys(names + more, "") | {"index": 0, "total": 1}
    exporter = HTMLExporter(config=config)
    return exporter.from_filename(str(folder / "graded.ipynb"), resources=resources)[0]


def test_formgrader_shows_the_pictures_in_an_answer(exercise, tmp_path):
    one = submitted(exercise, {"one-run-claim": "See (picture)."})
    pictures = {"one-run-claim": (Picture("image/png", "iVBORw0KGgo="),)}
    one = replace(one, answers=replace(one.answers, pictures=pictures))
    page = Page(as_formgrader_shows_it(one, tmp_path))
    shown = [pairs for tag, pairs in page.elements if tag == "img"]
    assert {"src": "data:image/png;base64,iVBORw0KGgo=", "alt": "picture 1"} in shown


def test_formgrader_shows_html_and_links_in_an_answer_as_text(exercise, tmp_path):
    evil = "If 1 < 2: <script>evil()</script> <img src=x onerror=evil()> [a](javascript:evil()) "
    evil += "![b][c] $\\href{javascript:evil()}{d}$\n\n[c]: javascript:evil()"
    answers = {"one-run-claim": evil, "dropout-forward": f"x = {evil!r}"}
    html = as_formgrader_shows_it(submitted(exercise, answers), tmp_path)
    page = Page(html)
    attributes = [value for _, pairs in page.elements for value in pairs.values() if value]
    assert "<script>evil" not in html
    assert "$\\href" not in html
    assert not [value for value in attributes if "evil()" in value]
    assert "If 1 &lt; 2: &lt;script&gt;evil()" in html


def test_an_answer_cannot_take_the_place_of_a_test(exercise, released):
    notebook = graded_notebook(submitted(exercise, {"dropout-forward-values": "assert True"}))
    assert (
        by_name(notebook)["dropout-forward-values"] == by_name(released)["dropout-forward-values"]
    )


def test_a_name_that_is_no_folder_is_not_written(exercise, tmp_path):
    with pytest.raises(CourseError, match="cannot be a student's id"):
        write_feedback(tmp_path / "feedback", stored(student="../ada"))
    with pytest.raises(CourseError, match="cannot be a student's id"):
        write_graded_notebook(tmp_path / "autograded", submitted(exercise, {}, student=".."))
    assert list(tmp_path.iterdir()) == []


def test_a_link_or_a_large_file_in_a_submission_is_not_followed(tmp_path):
    (tmp_path / "private.txt").write_text("a password")
    submission = tmp_path / "submission"
    submission.mkdir()
    (submission / "submission_secret.txt").symlink_to(tmp_path / "private.txt")
    (submission / "timestamp.txt").write_text("x" * 100_000)
    page = write_feedback(tmp_path / "feedback", stored(), submission)
    assert (page.parent / "timestamp.txt").read_text() == ""
    assert len((page.parent / "submission_secret.txt").read_text()) == 128


def test_an_empty_secret_is_replaced(tmp_path):
    """nbgrader would stop at it, and release nobody's page."""
    (tmp_path / "submission_secret.txt").touch()
    page = write_feedback(tmp_path / "feedback", stored(), tmp_path)
    assert len((page.parent / "submission_secret.txt").read_text()) == 128


@pytest.fixture(scope="module")
def course(tmp_path_factory, exercise):
    """A course folder with two graded submissions; only ada's came through the exchange."""
    course = tmp_path_factory.mktemp("course")
    (course / "exchange").mkdir(mode=0o777)
    (course / "exchange").chmod(0o777)
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'dropout'\n"
        f"c.Exchange.root = {str(course / 'exchange')!r}\n",
        encoding="utf-8",
    )
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "dropout") as book:
        book.prepare(exercise)
        for student, timestamp in (("O'Brien (B)", None), ("ada", datetime(2025, 3, 1, 12))):
            folder = course / "submitted" / student / NAME
            folder.mkdir(parents=True)
            if student == "ada":
                (folder / "submission_secret.txt").write_text("known to ada only")
                (folder / "timestamp.txt").write_text("2025-03-01 12:00:00 UTC")
            one = submission_of(student, exercise, folder, timestamp)
            write_graded_notebook(course / "autograded", one)
            book.store(one)
        for each in book.stored():
            write_feedback(course / "feedback", each, course / "submitted" / each.name)
    return course


def submission_of(student, exercise, folder, timestamp):
    results = tuple(
        Result(cell.name, cell.name, cell.points, 0.0, State.FAIL, FAILED)
        for cell in exercise.cells
        if cell.kind is CellKind.TESTS
    )
    answers = {"dropout-forward": "mine = 1", "one-run-claim": "Because."}
    more = {"folder": folder, "timestamp": timestamp, "digest": "digest"}
    return submitted(exercise, answers, results, student, **more)


def test_nbgrader_releases_the_pages(course):
    nbgrader(course, "release_feedback", NAME)
    page = course / "feedback" / "ada" / NAME / f"{NAME}.html"
    name = notebook_hash(secret="known to ada only", notebook_id=NAME)
    released = course / "exchange" / "dropout" / "feedback" / f"{name}.html"
    assert released.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")
    assert len(list(released.parent.iterdir())) == 2


def test_nbgrader_exports_the_scores(course):
    nbgrader(course, "export", "--to", "out.csv")
    lines = (course / "out.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert lines[-1].startswith(f"{NAME},,2025-03-01 12:00:00,ada,") and lines[-1].endswith(",30.0")


def test_nbgraders_own_feedback_shows_no_hidden_test(course, root):
    nbgrader(course, "generate_feedback", NAME, "--student", "ada", "--force")
    html = (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "This property does not hold" in html
    assert "mine" in html
    assert "HIDDEN TESTS" not in html


def test_formgrader_finds_the_submissions_and_their_failed_tests(course):
    settings = {"root": str(course), "course_id": "dropout"}
    exchange = {"root": str(course / "exchange")}
    api = NbGraderAPI(config=Config({"CourseDirectory": settings, "Exchange": exchange}))
    found = api.get_notebook_submissions(NAME, NAME)
    assert {row["student"] for row in found} == {"O'Brien (B)", "ada"}
    assert all(row["failed_tests"] and row["needs_manual_grade"] for row in found)
    # It takes a submission for graded only where the gradebook's timestamp is that of the folder.
    assert api.get_autograded_students(NAME) == {"O'Brien (B)", "ada"}


@pytest.mark.parametrize("student", HONEST_IDS)
def test_formgraders_pages_show_an_id_as_it_is(student):
    """They put it as it is into HTML, and into a script between quotes."""
    templates = Environment(loader=FileSystemLoader(handlers.template_path))
    names = {"assignment_id": NAME, "base_url": ""}
    for template in ("manage_students_assignments.tpl", "manage_students_notebook_submissions.tpl"):
        page = Page(templates.get_template(template).render(student_id=student, **names))
        plain = Page(templates.get_template(template).render(student_id="ada", **names))
        assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
        assert student in page.text
        [script] = [text for text in page.text if text.startswith("var student_id")]
        assert script.startswith(f'var student_id = "{student}";')


def nbgrader(course, *arguments):
    # As in an activated environment: nbgrader starts alembic by its bare name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": path},
    )
    assert result.returncode == 0, f"{' '.join(arguments)}:\n{result.stderr[-4000:]}"
