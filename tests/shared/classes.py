"""Tiny courses, submissions and whole classes of students, made for tests of grading."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from conftest import HEADER
from nbformat import NotebookNode

from course_builder.build import student_notebook
from course_grader.jobs import State
from course_grader.notebooks import grading

TINY, NET = "01_tiny_exercises", "02_net_exercises"
SECRET = "a-hidden-test-that-nobody-may-see"  # stands in hidden tests and reference answers
Change = Callable[[NotebookNode], object]

DROPOUT = """\
def dropout_forward(x, rate, training, generator):
    if not training or rate == 0:
        return x.copy(), np.ones(x.shape, bool)
    mask = generator.random(x.shape) >= rate
    return (x * mask / (1 - rate)).astype(x.dtype), mask
"""
WRONG_DROPOUT = """\
def dropout_forward(x, rate, training, generator):
    return np.zeros(3), None
"""
SHARE = "share = 0.2\n"
MLP = """\
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )
"""
CHECKS = '# %% tags=["tests-only"]\nfrom course_checks import mlp as checks\n'
FORWARD = "dropout_forward"
WHY = "Since units are dropped at random."
RIGHT = {TINY: {"dropout": DROPOUT, "rate": SHARE, "why": WHY}, NET: {"net": MLP}}
POINTS = {
    TINY: {"dropout-form": 1, "dropout-values": 2, "dropout-inference": 1, "rate-value": 2},
    NET: {"net-dense": 1, "net-rate": 1},
}


def marker(grade_id: str, *, points: int | None = None, prose: bool = False) -> str:
    """The line that begins a graded cell: tests if it has points, an answer if not."""
    kind = "[markdown] " if prose else ""
    worth = "" if points is None else f" points={points}"
    return f'# %% {kind}nbgrader="{grade_id}"{worth}'


def answer(grade_id: str, source: str) -> str:
    return f"{marker(grade_id)}\n### BEGIN SOLUTION\n{source}### END SOLUTION\n"


def tests_cell(grade_id: str, points: int, source: str, hidden: str) -> str:
    return (
        f"{marker(grade_id, points=points)}\n# {points} points: {grade_id}\n{source}\n"
        f"### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS\n"
    )


def checked_by(grade_id: str, points: int, check: str) -> str:
    """A visible and a hidden test by one check, written like `name(answer)`."""
    hidden = check.replace(")", f", seed=101)  # {SECRET}")
    return tests_cell(grade_id, points, f"checks.{check}", f"checks.{hidden}")


TINY_SOURCE = "\n".join(
    [
        "# %%\nimport numpy as np\n",
        CHECKS,
        answer("dropout", f"# {SECRET}\n{DROPOUT}"),
        checked_by("dropout-form", 1, f"{FORWARD}.keeps_shape_and_dtype(dropout_forward)"),
        checked_by("dropout-values", 2, f"{FORWARD}.scales_survivors(dropout_forward)"),
        checked_by("dropout-inference", 1, f"{FORWARD}.is_identity_at_inference(dropout_forward)"),
        answer("rate", SHARE),
        tests_cell(
            *("rate-value", 2, "assert 0 <= share < 1, 'share lies between 0 and 1.'"),
            f"assert share == 0.2, 'share is another number.'  # {SECRET}",
        ),
        f"{marker('why', points=4, prose=True)}\n# {SECRET}\n",
    ]
)
NET_SOURCE = "\n".join(
    [
        "# %%\nimport keras\n",
        CHECKS,
        answer("net", MLP),
        checked_by("net-dense", 1, "net.has_the_layers(build_mlp, checks.mlp.PLAN, 0.4)"),
        checked_by("net-rate", 1, "net.uses_the_rate(build_mlp, checks.mlp.PLAN, [0.4])"),
    ]
)


def make_course(folder: Path, **sources: str) -> Path:
    """A course of these sources, by default of the exercises TINY and NET."""
    (folder / "solutions").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.course]\n")
    for name, cells in (sources or {TINY: TINY_SOURCE, NET: NET_SOURCE}).items():
        (folder / "solutions" / f"{name}.py").write_text(f"{HEADER}\n{cells}", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Kind:
    """A kind of submission, and what it gets.

    answers: by grade id; what is not named is answered rightly. change: is made to the notebook.
    lay: writes the folder in place of the notebook alone; gets the folder and the notebook.
    states: beginning of a test's name -> its state; all others pass. says: a regular
    expression for the message of a test that did not pass, or for what the instructor is told.
    """

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    says: str = ""
    change: Change | None = None
    lay: Callable[[Path, NotebookNode], object] | None = None
    exercise: str = TINY

    def expected(self) -> dict[str, State]:
        return {
            test: next((s for start, s in self.states.items() if test.startswith(start)), "pass")
            for test in POINTS[self.exercise]
        }

    def score(self) -> float:
        """What it deserves: the points of the tests that pass, and no others."""
        expected, points = self.expected(), POINTS[self.exercise]
        return sum(points[test] for test, state in expected.items() if state == State.PASS)


def hand_in(submitted: Path, student: str, kind: Kind, released: dict[str, NotebookNode]) -> None:
    """Write the submission of a student."""
    folder = submitted / student / kind.exercise
    folder.mkdir(parents=True)
    notebook = answered(released[kind.exercise], RIGHT[kind.exercise] | kind.answers)
    if kind.change:
        kind.change(notebook)
    if kind.lay:
        kind.lay(folder, notebook)
    else:
        write(notebook, folder / f"{kind.exercise}.ipynb")


def released_notebooks(course: Path) -> dict[str, NotebookNode]:
    return {name: student_notebook(course, name) for name in (TINY, NET)}


def answered(released: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """The released notebook with these answers, by grade id."""
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        if grading(cell).get("grade_id") in answers:
            cell.source = answers[grading(cell)["grade_id"]]
    return notebook


def reference_answers(instructor: NotebookNode) -> dict[str, str]:
    """The answers that tests grade, by grade id."""
    return {
        grading(cell)["grade_id"]: cell.source
        for cell in instructor.cells
        if cell.cell_type == "code" and grading(cell).get("solution")
    }


def cell_of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if grading(cell).get("grade_id") == grade_id)


def write(notebook: NotebookNode | dict, path: Path) -> None:
    """Write a notebook as it is, valid or not."""
    path.write_text(json.dumps(notebook), encoding="utf-8")


def without_metadata(notebook: NotebookNode) -> None:
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        cell.pop("id")
        cell.metadata = {}


def as_old_format(notebook: NotebookNode) -> NotebookNode:
    return nbformat.convert(notebook, 3)
