"""Right answers do not fail by chance: bounds, a counted table, and a sample counted again."""

import false_fails
import pandas as pd
import pytest
from recorded import EXERCISES, checks_of

from course_builder.build import instructor_notebook
from course_builder.project import exercise_names
from course_grader.cells import CellKind
from course_grader.notebooks import trusted_cells

MOST = 1e-6


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_probability_of_a_false_fail_is_bounded(exercise):
    bounds = {name: check.property.false_fail for name, check in checks_of(exercise).items()}
    assert {name: bound for name, bound in bounds.items() if not 0 <= bound <= MOST} == {}


def test_every_test_was_repeated_and_none_failed(root):
    table = pd.read_csv(false_fails.TABLE)
    counted = set(zip(table["exercise"], table["test"], strict=True))
    tests = {
        (name, cell.name)
        for name in exercise_names(root)
        for cell in trusted_cells(instructor_notebook(root, name))
        if cell.kind is CellKind.TESTS
    }
    assert counted == tests
    assert table["failures"].sum() == 0
    assert table["repetitions"].min() >= false_fails.FEWEST


@pytest.mark.parametrize("name", ["01_mlp_exercises", "02_cnn_exercises"])
def test_a_sample_counted_again_does_not_fail(name):
    assert sum(row["failures"] for row in false_fails.measure(name, seconds=0.1)) == 0
