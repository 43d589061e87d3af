"""Cheap rivals: what a forest is given, and what it makes of the bundled pictures."""

import numpy as np
import pytest
from scipy import stats
from sklearn.ensemble import RandomForestClassifier

from course_utils import datasets, rivals

GENERATOR = np.random.default_rng(0)
COLOUR = GENERATOR.integers(0, 256, (5, 12, 16, 3)).astype(np.uint8)


def test_few_numbers_are_the_moments_and_quantiles_of_each_channel():
    values = COLOUR.reshape(5, -1, 3).astype(float)
    numbers = rivals.few_numbers(COLOUR).reshape(5, 9, 3)
    np.testing.assert_allclose(numbers[:, 0], values.mean(axis=1))
    np.testing.assert_allclose(numbers[:, 1], values.std(axis=1))
    np.testing.assert_allclose(numbers[:, 2], stats.skew(values, axis=1))
    np.testing.assert_allclose(numbers[:, 3], stats.kurtosis(values, axis=1, fisher=False))
    shares = (0.1, 0.25, 0.5, 0.75, 0.9)
    quantiles = np.quantile(values, shares, axis=1, method="nearest").swapaxes(0, 1)
    np.testing.assert_array_equal(numbers[:, 4:], quantiles)


def test_few_numbers_know_nothing_of_places():
    moved = GENERATOR.permutation(COLOUR.reshape(5, -1, 3), axis=1).reshape(COLOUR.shape)
    np.testing.assert_allclose(rivals.few_numbers(moved), rivals.few_numbers(COLOUR))


def test_a_picture_of_one_grey_value_has_no_skewness():
    assert rivals.few_numbers(np.full((1, 4, 4), 7)).tolist() == [[7, 0, 0, 0, 7, 7, 7, 7, 7]]


def test_small_pictures_are_means_of_blocks():
    blocks = COLOUR[:, :, :12].reshape(5, 4, 3, 4, 3, 3).mean(axis=(2, 4))
    small = rivals.small_pictures(COLOUR[:, :, :12], 4)
    np.testing.assert_allclose(small, blocks.reshape(5, -1))


def pixels(pictures):
    return pictures.reshape(len(pictures), -1)


def eight_by_eight(pictures):
    return rivals.small_pictures(pictures, 8)


# Means and standard deviations over seeds 0 to 9; a seed draws the pictures to train on, too.
FIGURES = {
    "clothes, few numbers": ("fashion-mnist-6k", rivals.few_numbers, 1000, 0.345, 0.011),
    "clothes, pixels": ("fashion-mnist-6k", pixels, 1000, 0.789, 0.007),
    "photographs, few numbers": ("clothing-1k", rivals.few_numbers, 400, 0.155, 0.010),
    "photographs, 8 x 8": ("clothing-1k", eight_by_eight, 400, 0.231, 0.012),
}


@pytest.mark.parametrize("case", FIGURES)
def test_a_forest_reaches_what_it_is_known_to_reach(case):
    name, numbers, size, mean, spread = FIGURES[case]
    data = datasets.load(name)
    drawn = datasets.subset(data.train, size, np.random.default_rng(0))
    forest = RandomForestClassifier(300, random_state=0).fit(numbers(drawn.x), drawn.y)
    assert abs(forest.score(numbers(data.test.x), data.test.y) - mean) < 6 * spread
