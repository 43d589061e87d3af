"""The exercises, graded by nbgrader's own commands with the course's own settings.

Submissions are made from the released notebook, with all reference answers and much noise, and with
answers that are partly right; of one exercise untouched as well. (That one answer gets its own
points and no others is tested with the checks of each exercise, which takes no class.)
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from classes import answered, reference_answers
from executed import text_of
from nbgrader.api import Gradebook

from course_builder.build import instructor_notebook, student_notebook
from course_grader.notebooks import grading

NOISE = """
import sys
import warnings

print("a print to standard error", file=sys.stderr)
warnings.warn("a warning in a right answer")
"""


NO_RESCALING = """
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask, mask
"""
PIXEL_BY_PIXEL = """
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    return x * (generator.random(x.shape) >= rate) / (1 - rate)
"""
SHARED_CHECKPOINT = """
best_models = best_models_with_one_file
"""
MISSING = (
    "This property does not hold: every statement that holds is chosen",
    "all statements that hold",
    "a statement that is borne out above was passed over.",
)


@dataclass(frozen=True)
class Exercise:
    """What is submitted for one exercise, and what is expected of it.

    wrong: reference answers by grade id -> the wrong answers of the student "partly".
    lost: the tests that they fail. feedback: words of the failed check.
    manual: the paragraph that a person grades, if there is one, for manual_points.
    """

    name: str
    wrong: Callable[[dict[str, str]], dict[str, str]]
    lost: set[str]
    feedback: tuple[str, ...]
    manual: str = ""
    manual_points: int = 4


EXERCISES = [
    Exercise(
        "00_dropout_exercises",
        wrong=lambda answers: {
            "ridge": answers["ridge"].replace("np.diag(np.diag(gram))", "np.eye(len(gram))")
        },
        lost={"ridge-weights", "ridge-wide"},
        feedback=(
            "This property does not hold: the weights have the smallest expected squared error",
            "all weights are punished alike; here each one by the squares of its own",
        ),
        manual="small-net",
    ),
    Exercise(
        "01_mlp_exercises",
        wrong=lambda answers: {"dropout-forward": NO_RESCALING},
        lost={"dropout-forward-values"},
        feedback=(
            "This property does not hold: survivors are x scaled by 1 / (1 - rate)",
            "y / x is 1.25 for every survivor at rate 0.2",
            "1",
            "survivors are not scaled: the expected value of y is then smaller than x.",
        ),
        manual="one-run-claim",
    ),
    Exercise(
        "02_cnn_exercises",
        wrong=lambda answers: {"spatial": PIXEL_BY_PIXEL},
        lost={"spatial-maps"},
        feedback=(
            "This property does not hold: a map is dropped or kept as a whole",
            "all pixels of a map are zero, or none",
            "a draw is made for each pixel: that is plain dropout, not spatial dropout.",
        ),
    ),
    Exercise(
        "03_vgg_exercises",
        wrong=lambda answers: {
            "deeper-test": answers["deeper-test"].replace("higher", "cannot be told apart")
        },
        lost={"deeper-test-conclusion"},
        feedback=(
            "This property does not hold: the conclusion follows from the paired 95 % interval",
            "what an interval from +0.0047 to +0.1073 says of 5 blocks minus plain",
        ),
        manual="what-the-tables-say",
        manual_points=5,
    ),
    Exercise(
        "04_transfer_exercises",
        wrong=lambda answers: {"checkpoint": SHARED_CHECKPOINT},
        lost={"checkpoint-own", "checkpoint-best"},
        feedback=(
            "This property does not hold: each run has a checkpoint of its own",
            "the model of each pair (rate, seed) has weights from the training of that",
            "all trainings write to the same file, so that the last one is restored",
        ),
        manual="what-the-sweep-says",
    ),
    Exercise(
        "05_uncertainty_exercises",
        wrong=lambda answers: {"figure": 'figure_reading = {"D", "F"}'},
        lost={"figure-complete"},
        feedback=MISSING,
    ),
    Exercise(
        "08_referee_exercises",
        wrong=lambda answers: {"gap-figure": 'gap_read = {"A", "D"}'},
        lost={"gap-figure-complete"},
        feedback=MISSING,
    ),
]


PARAMETERS = [
    pytest.param(exercise, id=exercise.name, marks=pytest.mark.xdist_group(exercise.name))
    for exercise in EXERCISES
]


@pytest.fixture(scope="module", params=PARAMETERS)
def exercise(request):
    return request.param


@pytest.fixture(scope="module")
def full(root, exercise):
    return instructor_notebook(root, exercise.name)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, exercise, full, root):
    """A course folder in which nbgrader has released, graded and given feedback."""
    course, name = tmp_path_factory.mktemp("course"), exercise.name
    for part in ("nbgrader_config.py", "pyproject.toml", f"solutions/{name}.py"):
        (course / part).parent.mkdir(exist_ok=True)
        shutil.copy(root / part, course / part)
    _write(full, course / "build" / "source" / name / f"{name}.ipynb")
    _nbgrader(course, "generate_assignment", name)
    released = _released(course, name)
    for student, answers in _submissions(exercise, full).items():
        submission = answered(released, answers)
        if student == "noisy":
            _switch_training_on(submission)
        _write(submission, course / "submitted" / student / name / f"{name}.ipynb")
    _nbgrader(course, "autograde", name)
    _nbgrader(course, "generate_feedback", name)
    return course


@pytest.fixture(scope="module")
def scores(graded, exercise):
    """student -> grade id -> score, as they stand in the gradebook."""
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.cell_type == "code"
            }
            for submission in gradebook.assignment_submissions(exercise.name)
        }


def test_the_release_is_the_notebook_that_students_open(graded, exercise, root):
    released, ours = _released(graded, exercise.name), student_notebook(root, exercise.name)
    assert [(cell.id, cell.source, grading(cell)) for cell in released.cells] == [
        (cell.id, cell.source, grading(cell)) for cell in ours.cells
    ]


def test_every_submission_was_graded(scores, exercise, full):
    assert set(scores) == set(_submissions(exercise, full))


def test_noise_and_a_training_switch_left_on_cost_nothing(scores, full):
    assert scores["noisy"] == _points(full)


@pytest.mark.parametrize("exercise", PARAMETERS[:1], indirect=True)
def test_the_untouched_notebook_gets_zero(scores, full):
    assert scores["untouched"] == dict.fromkeys(_points(full), 0.0)


def test_a_partly_right_answer_gets_part_of_the_points(scores, exercise, full):
    lost = {name for name, points in _points(full).items() if scores["partly"][name] < points}
    assert lost == exercise.lost


def test_feedback_names_property_expectation_and_misconception(graded, exercise):
    page = graded / "feedback" / "partly" / exercise.name / f"{exercise.name}.html"
    for part in exercise.feedback:
        assert part in text_of(page)
    assert len(list((graded / "feedback").glob("*/*/*.html"))) == len(
        list((graded / "submitted").iterdir())
    )


def test_the_paragraph_waits_for_a_person(graded, exercise):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(exercise.name, "partly")
        manual = {
            grade.name: grade.max_score
            for grade in submission.notebooks[0].grades
            if grade.cell.cell_type == "markdown"
        }
        assert submission.needs_manual_grade == bool(exercise.manual)
        assert manual == ({exercise.manual: exercise.manual_points} if exercise.manual else {})


def _submissions(exercise, full):
    """student -> grade id -> answer; what is not named stays untouched."""
    answers = reference_answers(full)
    written = {exercise.manual: "The tables do not settle it."} if exercise.manual else {}
    submissions = {
        "noisy": {name: f"{NOISE}\n{answer}" for name, answer in answers.items()},
        "partly": answers | written | exercise.wrong(answers),
    }
    return submissions | ({"untouched": {}} if exercise is EXERCISES[0] else {})


def _points(full):
    """Points by grade id of all test cells."""
    return {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in full.cells
        if cell.cell_type == "code" and grading(cell).get("grade")
    }


def _switch_training_on(notebook):
    """As a student may leave it; where nothing is trained there is no switch."""
    for cell in notebook.cells:
        cell.source = cell.source.replace("TRAIN = False", "TRAIN = True")


def _released(course, name):
    return nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4)


def _write(notebook, path):
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


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
