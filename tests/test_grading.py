"""The exercises, graded by nbgrader's own commands with the course's own settings.

Submissions are made from the released notebook: untouched, with all reference answers,
with one of them only, and with answers that are partly right or noisy.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_utils.instructor.build import instructor_notebook, student_notebook
from course_utils.instructor.source import grading

pytestmark = pytest.mark.xdist_group("grading")

EXERCISE = "01_mlp_exercises"
NO_RESCALING = """
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask, mask
"""
NOISE = """
import sys
import warnings

print("a print to standard error", file=sys.stderr)
warnings.warn("a warning in a right answer")
"""


@pytest.fixture(scope="module")
def full(root):
    return instructor_notebook(root, EXERCISE)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, full, root):
    """A course folder in which nbgrader has released, graded and given feedback."""
    course = tmp_path_factory.mktemp("course")
    shutil.copy(root / "nbgrader_config.py", course)
    _write(full, course / "build" / "source" / EXERCISE)
    _nbgrader(course, "generate_assignment", EXERCISE)
    released = nbformat.read(course / "release" / EXERCISE / f"{EXERCISE}.ipynb", as_version=4)
    for student, answers in _submissions(full).items():
        _write(_answer(released, answers), course / "submitted" / student / EXERCISE)
    _nbgrader(course, "autograde", EXERCISE)
    _nbgrader(course, "generate_feedback", EXERCISE)
    return course


@pytest.fixture(scope="module")
def scores(graded):
    """student -> grade id -> score, as they stand in the gradebook."""
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.cell_type == "code"
            }
            for submission in gradebook.assignment_submissions(EXERCISE)
        }


def test_the_release_is_the_notebook_that_students_open(graded, root):
    released = nbformat.read(graded / "release" / EXERCISE / f"{EXERCISE}.ipynb", as_version=4)
    ours = student_notebook(root, EXERCISE)
    assert [(cell.id, cell.source, grading(cell)) for cell in released.cells] == [
        (cell.id, cell.source, grading(cell)) for cell in ours.cells
    ]


def test_every_submission_was_graded(scores, full):
    assert set(scores) == set(_submissions(full))


def test_the_reference_gets_full_marks(scores, full):
    assert scores["reference"] == _points(full)


def test_noise_on_standard_error_costs_nothing(scores, full):
    assert scores["noisy"] == _points(full)


def test_the_untouched_notebook_gets_zero(scores, full):
    assert scores["untouched"] == dict.fromkeys(_points(full), 0.0)


def test_one_answer_gets_its_own_points_and_no_others(scores, full):
    for answer in _answers(full):
        expected = {
            name: points if _belongs(name, answer) else 0.0
            for name, points in _points(full).items()
        }
        assert scores[f"only-{answer}"] == expected, answer
        assert sum(expected.values()) > 0, f"no test belongs to {answer}"


def test_a_partly_right_answer_gets_part_of_the_points(scores, full):
    lost = {name for name, points in _points(full).items() if scores["partly"][name] < points}
    assert lost == {"dropout-forward-values"}


def test_feedback_names_property_expectation_and_misconception(graded):
    page = graded / "feedback" / "partly" / EXERCISE / f"{EXERCISE}.html"
    text = page.read_text(encoding="utf-8")
    # The words of the check that failed, not those of its source code.
    for part in (
        "This property does not hold: survivors are x scaled by 1 / (1 - rate)",
        "expected: y / x is 1.25 for every survivor at rate 0.2",
        "found:    1",
        "likely:   survivors are not scaled: the expected value of y is then smaller than x.",
    ):
        assert part in text
    assert len(list((graded / "feedback").glob("*/*/*.html"))) == len(
        list((graded / "submitted").iterdir())
    )


def test_the_paragraph_waits_for_a_person(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(EXERCISE, "reference")
        assert submission.needs_manual_grade
        (manual,) = [
            grade for grade in submission.notebooks[0].grades if grade.cell.cell_type == "markdown"
        ]
        assert manual.max_score == 4


def _submissions(full):
    """student -> grade id -> answer; what is not named stays untouched."""
    answers = _answers(full)
    noisy = {name: f"{NOISE}\n{answer}" for name, answer in answers.items()}
    return {
        "reference": answers | {"one-run-claim": "Two runs do not settle it."},
        "noisy": noisy,
        "untouched": {},
        "partly": answers | {"dropout-forward": NO_RESCALING},
        **{f"only-{name}": {name: answer} for name, answer in answers.items()},
    }


def _answers(full):
    """The reference answers by grade id, code only."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in full.cells
        if cell.cell_type == "code" and grading(cell).get("solution")
    }


def _points(full):
    """Points by grade id of all test cells."""
    return {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in full.cells
        if cell.cell_type == "code" and grading(cell).get("grade")
    }


def _belongs(test, answer):
    item = {"paired-trials": "paired"}.get(answer, answer)
    return test.startswith(f"{item}-")


def _answer(released, answers):
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        if grading(cell).get("grade_id") in answers:
            cell.source = answers[cell.metadata.nbgrader.grade_id]
    return notebook


def _write(notebook, folder):
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{EXERCISE}.ipynb")


def _nbgrader(course, *arguments):
    # As in an activated environment: nbgrader starts alembic by its bare name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["nbgrader", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": path},
    )
    assert result.returncode == 0, f"{' '.join(arguments)}:\n{result.stderr[-4000:]}"
