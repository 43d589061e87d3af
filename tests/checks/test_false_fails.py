"""Right answers do not fail by chance: a counted table, bounds, and a sample counted again."""

import re

import false_fails
import pandas as pd
import pytest

import course_checks as checks
from course_builder.build import instructor_notebook
from course_builder.project import exercise_names
from course_grader.cells import CellKind
from course_grader.notebooks import trusted_cells

# Checks whose verdict depends on what a right answer draws at random.
RANDOM = (
    "classifier_drops_features",
    "classifier_runs_the_base_as_at_inference",
    "dropout_draws_again_each_call",
    "dropout_draws_every_unit_alone",
    "dropout_drops_the_right_fraction",
    "dropout_scales_survivors",
    "dropout_uses_only_the_generator",
    "dropout_zeroes_the_dropped",
    "evidence_is_not_copied",
    "model_computes_alike_in_training",
    "model_drops_after_each_hidden_layer",
    "model_drops_in_training_only",
    "model_uses_the_rate",
    "monte_carlo_information_is_right",
    "monte_carlo_mean_is_right",
    "net_augments_in_training_only",
    "net_drops_behind_each_pooling",
    "net_uses_the_rates",
    "spatial_dropout_drops_whole_maps",
    "test_is_not_copied",
)
BOUND = re.compile(r"p(?:\(false fail\))?\s+<\s+(\d+e-\d+)")


@pytest.mark.parametrize("name", RANDOM)
def test_the_docstring_bounds_the_probability_of_a_false_fail(name):
    bounds = [float(bound) for bound in BOUND.findall(getattr(checks, name).__doc__)]
    assert bounds, "no bound such as `p < 1e-8`"
    assert max(bounds) <= 1e-6


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
