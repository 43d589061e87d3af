"""A course that is not this one: two items, no Keras, graded by `course_grader` alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NEEDS_NAMESPACES, ROOT
from environments import environment_without_the_course

pytestmark = [pytest.mark.xdist_group("another_course"), NEEDS_NAMESPACES]
ATLAS = "CAPITALS = {'Norway': 'Oslo', 'Kenya': 'Nairobi'}\n"
CHECKS = """
from course_grader.contract import CheckFailed, score

def names(capital_of, capitals):
    right = sum(capital_of(country) == capital for country, capital in capitals.items())
    return score(right, of=len(capitals))

def counts(count):
    if count({}) != 0:
        raise CheckFailed("an empty atlas has no capitals.")
"""
COURSE = """
import json, sys
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_grader.grade import grade_class
from course_grader.isolation import chosen
from course_grader.trial import properties, require_strength
from course_grader.notebooks import Exercise, grade_id
from course_grader.pool import Graders
from course_grader.released import released

root, NAME = Path.cwd(), "capitals"

def graded(name, source, points=None):
    is_answer = points is None
    meta = {"grade": not is_answer, "grade_id": name, "locked": not is_answer,
            "schema_version": 3, "solution": is_answer, "task": False}
    meta |= {} if is_answer else {"points": points}
    return new_code_cell(source, metadata={"nbgrader": meta})

def answer(name, head, body):
    source = f"{head}\\n    ### BEGIN SOLUTION\\n    {body}\\n    ### END SOLUTION"
    return graded(name, source)

instructor = new_notebook(cells=[
    new_markdown_cell("# Capitals"),
    new_code_cell("import sys\\nfrom atlas import CAPITALS"),
    new_code_cell("import json\\nimport atlas_checks\\n%matplotlib inline",
                  metadata={"tags": ["tests-only"]}),
    answer("find", "def capital_of(country):", "return CAPITALS[country]"),
    graded("find-names", "# 2 points: the names\\n%time\\n"
           "atlas_checks.names(capital_of, CAPITALS)", 2),
    answer("count", "def count(atlas):", "return len(atlas)"),
    graded("count-empty", "# 1 point: none\\natlas_checks.counts(count)\\n"
           "assert not {'keras', 'course_utils', 'course_checks'} & set(sys.modules)", 1),
])
instructor.nbformat_minor = 4  # in which cells have no ids
for cell in instructor.cells:
    del cell["id"]
instructor.metadata.kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
exercise = Exercise(NAME, instructor, released(instructor, NAME))
for student, answers in json.load(sys.stdin).items():
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True)
    notebook = released(instructor, NAME)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))
isolation = chosen("namespaces", [root], cells=exercise.cells)

def start():
    graders = Graders(2, isolation)
    require_strength(isolation, properties(graders, isolation))
    return graders

outcome = grade_class(root, [exercise], root / "submitted", start, 10)
rows = {
    one.student: [(test.score, test.state, test.message) for test in one.tests]
    for one in outcome.gradings
}
found = sorted(name for name in sys.modules if name in ("keras", "tensorflow", "course_utils"))
print(json.dumps([rows, outcome.attention, found]))
"""
RIGHT = "def capital_of(country):\n    return CAPITALS[country]"
SUBMISSIONS = {
    "ada": {"find": RIGHT, "count": "def count(atlas):\n    return len(atlas)"},
    "bob": {"find": "def capital_of(country):\n    return 'Oslo'"},
    "cyd": {"find": f"import atlas_checks\n\n{RIGHT}", "count": "def count(a):\n    return 7"},
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory) -> tuple[dict, list[str], list[str]]:
    """What became of three students: their tests, what needs attention, modules in the way."""
    folder = tmp_path_factory.mktemp("another")
    alone, course = folder / "alone", folder / "course"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "course_grader", alone / "course_grader", ignore=ignored)
    (alone / "atlas.py").write_text(ATLAS)
    (alone / "atlas_checks.py").write_text(CHECKS)
    course.mkdir()
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    python = environment_without_the_course(folder / "environment")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # for alembic
    done = subprocess.run(
        [python, "-c", COURSE],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(alone), "PATH": path},
        input=json.dumps(SUBMISSIONS),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def test_right_partly_right_and_wrong_answers_get_what_they_deserve(outcome):
    tests, _, _ = outcome
    scores = {student: [score for score, _, _ in results] for student, results in tests.items()}
    assert scores == {"ada": [2, 1], "bob": [1, 0], "cyd": [0, 0]}
    assert tests["cyd"][1][2] == "an empty atlas has no capitals."


def test_what_only_its_tests_import_is_out_of_sight(outcome):
    tests, _, _ = outcome
    assert "No module named 'atlas_checks'" in tests["cyd"][0][2]


def test_nobody_needs_attention_and_nothing_of_this_course_is_imported(outcome):
    _, attention, found = outcome
    assert (attention, found) == ([], [])
