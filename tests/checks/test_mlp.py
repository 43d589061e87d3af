"""Properties of the checks of `01_mlp_exercises` that no answer in the gallery can show."""

import keras
import numpy as np
import pytest
from failing import fails, misconception_of
from recorded import recording

from course_checks import letters, net
from course_checks.mlp import mlp
from course_checks.mlp.paired import (
    effect_is_right,
    interval_is_right,
    made_up_trials,
    verdict_is_right,
)

MLP = "01_mlp_exercises"


@pytest.fixture(scope="module")
def names():
    """The names of the notebook, with the reference answers."""
    return recording(MLP).names


def test_seed_of_keras_is_left_alone():
    def draw(calls):
        keras.utils.clear_session()
        keras.utils.set_random_seed(5)
        for call in calls:
            call.repeat()
        return keras.ops.convert_to_numpy(keras.random.uniform((3,)))

    of_nets = [call for call in recording(MLP).calls if call.item == "mlp"]
    assert of_nets and np.array_equal(draw(of_nets), draw([]))


def test_letters_are_not_given_away():
    for chosen in ({"A"}, {"B"}, set("ABCD")):
        for check in (letters.are_all_true, letters.are_complete):
            message = fails(check, chosen, {"B", "C"}, "ABCD") or ""
            assert not any(f"{quote}{letter}" in message for letter in "BC" for quote in "'\"")


@pytest.mark.parametrize("seed", [0, 101, 7])
@pytest.mark.parametrize(("rate", "baseline"), [(0.2, None), (0.8, None), (0.5, 0.2)])
def test_intervals_of_any_trials(names, rate, baseline, seed):
    trials = made_up_trials({0.0: 0.0, 0.2: 0.001, 0.5: 0.012, 0.8: -0.012}, seed=seed)
    paired = names["paired_difference"]
    effect_is_right(paired, trials, rate, baseline)
    interval_is_right(paired, trials, rate, baseline)
    verdict_is_right(names["verdict"], trials, rate)
    without = misconception_of(
        effect_is_right, lambda t, r, baseline=0.0: paired(t, r), trials, 0.5, 0.2
    )
    assert without == "no_baseline"


@pytest.mark.parametrize("seed", [0, 101, 7])
@pytest.mark.parametrize("errors", [0.5, 1.6, 9.0])
def test_trials_whose_difference_is_so_many_standard_errors(seed, errors):
    effects = {0.0: 0.0, 0.4: 0.004, 0.5: -0.003}
    made = made_up_trials(effects, seed=seed, errors=errors)
    wide = made.pivot(index="seed", columns="rate", values="test_accuracy")
    for rate in (0.4, 0.5):
        difference = wide[rate] - wide[0.0]
        assert np.isclose(difference.mean(), effects[rate])
        assert np.isclose(abs(difference.mean()) / difference.sem(), errors)


def test_made_up_trials_are_shuffled_and_complete():
    table = made_up_trials({0.0: 0.0, 0.2: 0.001, 0.5: 0.012, 0.8: -0.012}, seeds=5)
    assert list(table.columns) == ["rate", "seed", "test_accuracy"]
    assert len(table) == 20 and table.groupby("rate")["seed"].nunique().eq(5).all()
    assert not table["rate"].is_monotonic_increasing


class DropsOneSmallValue(keras.layers.Layer):
    """As dropout at a rate near 0 does now and then: a value that is hardly above 0."""

    def call(self, x, training=False):
        if not training:
            return x
        distance = keras.ops.where(x > 0, keras.ops.abs(x - 0.02 * keras.ops.std(x)), 1e9)
        return keras.ops.where(distance == keras.ops.min(distance), 0.0, x)


def test_a_single_value_that_is_dropped_at_a_rate_near_zero_costs_nothing():
    def build(rate):
        hidden = [
            layer
            for _ in range(2)
            for layer in (keras.layers.Dense(256, "relu"), DropsOneSmallValue())
        ]
        return keras.Sequential([keras.Input((784,)), *hidden, keras.layers.Dense(10)])

    net.computes_alike_in_training(build, mlp.PLAN, 1e-9)
