"""Paired differences and intervals against SciPy and by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from course_utils import statistics

PLAIN, DROPOUT = {"rate": 0.0}, {"rate": 0.5}


@pytest.fixture
def frame():
    generator = np.random.default_rng(0)
    seeds = np.arange(8)
    difficulty = generator.normal(0.9, 0.05, 8)
    gains = generator.normal(0.02, 0.01, 8)
    rows = pd.concat(
        [
            pd.DataFrame({"rate": 0.0, "seed": seeds, "accuracy": difficulty}),
            pd.DataFrame({"rate": 0.5, "seed": seeds, "accuracy": difficulty + gains}),
        ]
    )
    return rows.sample(frac=1, random_state=0)


def test_the_interval_is_that_of_the_paired_t_test(frame):
    found = statistics.paired_difference(frame, "accuracy", PLAIN, DROPOUT)
    sides = frame.pivot(index="seed", columns="rate", values="accuracy")
    expected = stats.ttest_rel(sides[0.5], sides[0.0])
    assert found.seeds == 8
    assert found.effect == pytest.approx((sides[0.5] - sides[0.0]).mean())
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval(0.95)))


def test_the_p_value_and_the_correlation_of_the_pairs_are_scipys(frame):
    found = statistics.paired_difference(frame, "accuracy", PLAIN, DROPOUT)
    sides = frame.pivot(index="seed", columns="rate", values="accuracy")
    assert found.p_value == pytest.approx(stats.ttest_rel(sides[0.5], sides[0.0]).pvalue)
    assert found.correlation == pytest.approx(stats.pearsonr(sides[0.5], sides[0.0]).statistic)
    assert found.seeds_error == pytest.approx(stats.sem(sides[0.5] - sides[0.0]))
    assert found.items_error == 0


def test_where_one_side_does_not_vary_there_is_no_correlation(frame):
    flat = frame.assign(accuracy=frame["accuracy"].where(frame["rate"] > 0, 0.9))
    assert np.isnan(statistics.paired_difference(flat, "accuracy", PLAIN, DROPOUT).correlation)


def test_differences_without_spread_leave_no_doubt(frame):
    same = frame.assign(accuracy=0.5)
    even = frame.assign(accuracy=0.5 + frame["rate"])
    assert statistics.paired_difference(same, "accuracy", PLAIN, DROPOUT).p_value == 1
    assert statistics.paired_difference(even, "accuracy", PLAIN, DROPOUT).p_value == 0


def test_new_items_add_their_variance(frame):
    """Two independent errors, as Welch's test of two means has them: SciPy knows its freedom."""
    items = np.random.default_rng(1).normal(0.0, 0.1, 30)
    found = statistics.paired_difference(frame, "accuracy", PLAIN, DROPOUT, items=items)
    gains = statistics.paired_values(frame, "accuracy", PLAIN, DROPOUT)
    expected = stats.ttest_ind(gains, items, equal_var=False).confidence_interval()
    assert (found.seeds_error, found.items_error) == pytest.approx(
        (stats.sem(gains), stats.sem(items))
    )
    assert found.effect == gains.mean()
    assert found.high - found.low == pytest.approx(expected.high - expected.low)


def test_items_that_stand_together_count_as_one(frame):
    """Copies of an item are no further evidence."""
    items = np.random.default_rng(1).normal(0.0, 0.1, 30)
    alone = statistics.paired_difference(frame, "accuracy", PLAIN, DROPOUT, items=items)
    copied = statistics.paired_difference(
        frame,
        "accuracy",
        PLAIN,
        DROPOUT,
        items=np.repeat(items, 4),
        groups=np.repeat(np.arange(30), 4),
    )
    assert (copied.low, copied.high, copied.p_value) == pytest.approx(
        (alone.low, alone.high, alone.p_value)
    )


def test_one_group_gives_no_interval(frame):
    with pytest.raises(ValueError, match="at least two values: 1 found"):
        statistics.paired_difference(
            frame, "accuracy", PLAIN, DROPOUT, items=np.arange(3.0), groups=np.zeros(3)
        )


def test_the_interval_holds_for_new_seeds_and_new_items():
    """500 repetitions at 95 % or more: 25 misses expected, sigma 4.9; 6 sigma leave 54.

    Each net has its own luck, each item gains its own share, and both meet by chance.
    """
    generator, misses = np.random.default_rng(0), 0
    for _ in range(500):
        luck, gains = generator.normal(0, 0.02, (8, 1)), generator.normal(0.1, 0.3, 60)
        results = luck + gains + generator.normal(0, 0.4, (8, 60))
        trials = pd.DataFrame(
            {
                "rate": np.repeat([0.0, 0.5], 8),
                "seed": [*range(8)] * 2,
                "accuracy": [*np.zeros(8), *results.mean(axis=1)],
            }
        )
        found = statistics.paired_difference(
            trials, "accuracy", PLAIN, DROPOUT, items=results.mean(axis=0)
        )
        misses += not found.low <= 0.1 <= found.high
    assert misses <= 54


def test_pairs_go_by_seed_not_by_row(frame):
    by_seed = statistics.paired_values(frame, "accuracy", PLAIN, DROPOUT)
    assert by_seed.index.tolist() == list(range(8))
    shuffled = statistics.paired_values(
        frame.sample(frac=1, random_state=1), "accuracy", PLAIN, DROPOUT
    )
    assert by_seed.equals(shuffled)


def test_a_seed_in_one_condition_only_is_refused(frame):
    lacking = frame[~((frame["rate"] == 0.5) & (frame["seed"] == 3))]
    with pytest.raises(ValueError, match=r"seeds \[3\] stand in one condition only"):
        statistics.paired_difference(lacking, "accuracy", PLAIN, DROPOUT)


def test_a_seed_twice_in_a_condition_is_refused(frame):
    with pytest.raises(ValueError, match="the same seed"):
        statistics.paired_difference(pd.concat([frame, frame]), "accuracy", PLAIN, DROPOUT)


def test_one_seed_gives_no_interval(frame):
    with pytest.raises(ValueError, match="at least two values: 1 found"):
        statistics.paired_difference(frame[frame["seed"] == 0], "accuracy", PLAIN, DROPOUT)


@pytest.mark.parametrize(
    ("condition", "message"),
    [({"rat": 0.5}, "no column 'rat'"), ({"rate": 0.4}, r"No trial has \{'rate': 0.4\}")],
)
def test_conditions_that_select_nothing_are_refused(frame, condition, message):
    with pytest.raises(ValueError, match=message):
        statistics.select(frame, condition)


def test_a_measure_that_is_not_there_is_refused(frame):
    with pytest.raises(ValueError, match="no measure 'loss': they have rate, seed, accuracy"):
        statistics.paired_difference(frame, "loss", PLAIN, DROPOUT)


@pytest.mark.parametrize(
    ("low", "high", "expects", "status"),
    [
        (0.1, 0.2, "higher", "supported"),
        (0.1, 0.2, "lower", "refuted"),
        (-0.2, -0.1, "lower", "supported"),
        (-0.2, -0.1, "higher", "refuted"),
        (-0.1, 0.2, "higher", "not distinguishable"),
        (-0.1, 0.2, "lower", "not distinguishable"),
        (0.0, 0.2, "higher", "not distinguishable"),
    ],
)
def test_status(low, high, expects, status):
    assert statistics.Difference(0.0, low, high, 5).status(expects) == status


@pytest.mark.parametrize(
    ("p_value", "status"), [(0.049, "supported"), (0.05, "not distinguishable")]
)
def test_a_p_value_adjusted_for_a_family_counts_as_well(p_value, status):
    assert statistics.Difference(0.0, 0.1, 0.2, 5).status("higher", p_value) == status


def test_status_knows_two_directions():
    with pytest.raises(ValueError, match="expects is 'better'"):
        statistics.Difference(0.0, 0.1, 0.2, 5).status("better")


def test_points_are_a_hundredfold():
    points = statistics.Difference(0.01, -0.02, 0.04, 5, 0.3, 0.2, 0.001, 0.002).in_points()
    assert points == statistics.Difference(1.0, -2.0, 4.0, 5, 0.3, 0.2, 0.1, 0.2)


def test_prediction_interval_covers_new_means():
    """4,000 repetitions at 99 %: 40 misses expected, sigma 6.3; 6 sigma leave [2, 78]."""
    generator = np.random.default_rng(0)
    misses = 0
    for _ in range(4000):
        values, new = generator.normal(size=12), generator.normal(size=3).mean()
        low, high = statistics.prediction_interval(values, confidence=0.99, size=3)
        misses += not low <= new <= high
    assert 2 <= misses <= 78


def test_values_without_spread_give_a_point():
    assert statistics.t_interval(np.full(5, 0.5)) == (0.5, 0.5)
