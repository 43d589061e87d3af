"""Checks of the bin that promises most: `largest_promise(confidence, right, bins)`."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import call, check, number_from, require_equal

TOLERANCE = 1e-6
WORDS = "the number is the largest of confidence minus share right, over the bins with answers"
GAPS = {
    "sign": "the sign is lost or turned round: take confidence minus share right.",
    "mean_distance": "this is the expected calibration error, the mean of the distances.",
    "empty_bins": "bins without answers count as 0, or the search starts at 0.",
    "single_answers": "single answers are looked at, not the means of a bin.",
    "weighted": "each bin's gap is weighted by its answers; here it is the largest gap itself.",
    "own_bin": "answers with a confidence of 1 have a bin of their own.",
    "no_bin": "answers with a confidence of 1 are in no bin; they belong to the last one.",
    "other_gap": "other answers are taken together, or another gap is taken.",
}


@check(WORDS, **GAPS)
def largest_is_right(largest_promise: Callable, *, seed: int = 0) -> None:
    """Each bin has its own share of right answers."""
    generator = generator_for(seed, 32)
    for bins, gaps in ((10, (0.1, -0.35, 0.2, 0.05, 0.0)), (4, (-0.35, 0.15))):
        places = generator.permutation(np.repeat(np.arange(bins)[-len(gaps) :], 60))
        confidence = (places + generator.uniform(0.1, 0.9, size=len(places))) / bins
        share = confidence - np.array(gaps)[places - places.min()]
        right = generator.random(len(share)) < share
        _require_promise(largest_promise, confidence, right, bins)


@check(WORDS, **GAPS)
def works_at_the_edge(largest_promise: Callable, *, seed: int = 0) -> None:
    """The same with many empty bins, for answers with a confidence of 1, and for modest heads."""
    generator = generator_for(seed, 33)
    for values, shares in (
        ((1.0, 0.95, 0.71), (0.5, 1.0, 0.9)),
        ((0.51, 0.31), (0.9, 0.8)),
        ((0.97, 0.51, 0.03), (1.0, 0.9, 0.0)),
    ):
        confidence, share = np.repeat(values, 40), np.repeat(shares, 40)
        right = generator.random(len(share)) < share
        _require_promise(largest_promise, confidence, right, 15)


def _require_promise(
    largest_promise: Callable, confidence: np.ndarray, right: np.ndarray, bins: int
) -> None:
    """A check that calls it declares GAPS."""
    found = call(largest_promise, confidence.copy(), right.copy(), bins)
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    by_bin, sizes = _gaps(confidence, right, places), np.unique(places, return_counts=True)[1]
    below_one = confidence < 1
    require_equal(
        number_from(found, name="the result"),
        by_bin.max(),
        case=f"{len(right)} answers in {bins} bins",
        known={
            "sign": -by_bin.min(),
            "mean_distance": np.abs(by_bin) @ sizes / len(right),
            "empty_bins": max(by_bin.max(), 0.0),
            "single_answers": (confidence - right).max(),
            "weighted": (by_bin * sizes).max() / len(right),
            "own_bin": _gaps(confidence, right, (confidence * bins).astype(int)).max(),
            "no_bin": _gaps(confidence[below_one], right[below_one], places[below_one]).max(),
        },
        otherwise="other_gap",
        tolerance=TOLERANCE,
    )


def _gaps(confidence: np.ndarray, right: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Mean confidence minus share right, for each bin that has answers."""
    return np.array([(confidence - right)[places == place].mean() for place in np.unique(places)])
