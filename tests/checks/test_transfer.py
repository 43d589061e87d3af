"""Properties of the checks of `04_transfer_exercises` that no answer in the gallery can show."""

import numpy as np
import pytest
from failing import USELESS, Hostile, fails
from recorded import recording

from course_checks.mlp.paired import made_up_trials
from course_checks.transfer import checkpoint
from course_checks.transfer.intervals import is_given
from course_utils.statistics import paired_difference

SWEEP = made_up_trials({0.0: 0.0, 0.5: 0.01}, seeds=6, seed=3)
FOUND = paired_difference(SWEEP, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
INTERVAL = FOUND.effect, FOUND.low, FOUND.high


def with_weights(factor):
    """Changes the models of the reference answer."""

    def changed(models):
        for model in models.values():
            model.set_weights([factor * array for array in model.get_weights()])
        return models

    return changed


@pytest.mark.parametrize(
    "changed",
    [
        lambda models: list(models.values()),
        lambda models: dict.fromkeys(models, Hostile()),
        lambda models: dict.fromkeys(models, next(iter(models.values()))),
        with_weights(np.nan),
        with_weights(3),
    ],
    ids=["a list", "hostile models", "one model for all", "not a number", "three times as much"],
)
def test_models_that_are_not_those_of_their_runs(changed):
    best_models = recording("04_transfer_exercises").names["best_models"]

    def answer(*arguments):
        return changed(best_models(*arguments))

    assert fails(checkpoint.keep_each_run, answer)
    assert fails(checkpoint.keep_the_lowest_loss, answer)


def test_tolerance_of_intervals():
    """Four digits are enough, unless more are asked for."""
    rounded = {"one": [round(value, 4) for value in INTERVAL]}
    is_given(rounded, "one", SWEEP, 0.5)
    assert fails(is_given, rounded, "one", SWEEP, 0.5, tolerance=1e-9)


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_numbers_of_one_sweep(value):
    assert fails(is_given, {"one": value}, "one", SWEEP, 0.5)
