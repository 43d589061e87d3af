"""Checks of the exercise on what a doubt is worth: handing on, and calibration."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import call, number_from, random_states_kept, require

TOLERANCE = 1e-6


def _right(generator: np.random.Generator, share: np.ndarray) -> np.ndarray:
    """Answers, right with these probabilities."""
    return generator.random(len(share)) < share


@random_states_kept()
def fewest_handed_on_are_right(fewest_handed_on: Callable, *, seed: int = 0) -> None:
    """`fewest_handed_on(confidence, right, wanted)`: the rest has at least that share right.

    The surer an answer, the more often it is right. In the last case three quarters of the 128
    surest are right, exactly as many as are wanted, and none of the others.
    """
    what = "the number is the smallest that leaves at least the share wanted among the rest"
    generator = generator_for(seed, 31)
    for number, wanted in ((200, 0.8013), (300, 0.9017), (250, 0.3011), (160, 0.75)):
        confidence = np.linspace(0.99, 0.3, number)
        right = _right(generator, np.clip(confidence + 0.05, 0, 0.97))
        right[[0, -1]] = True, False  # one picture can be kept, but not the one with the most doubt
        if wanted == 0.75:
            right = np.repeat([True, False, False], [96, 32, 32])
            right[:128] = generator.permutation(right[:128])
        order = generator.permutation(number)
        confidence, right = confidence[order], right[order]
        shares, kept = _shares_of_kept(confidence, right), np.arange(1, number + 1)
        exact = _fewest(shares >= wanted)
        found = number_from(
            what,
            call(what, fewest_handed_on, confidence.copy(), right.copy(), wanted),
            name="the result",
        )
        known = {
            "this is how many are kept, not how many are handed on.": number - exact,
            "a share is returned rather than a number.": exact / number,
            "the share wanted may be reached exactly: at least, not more than.": _fewest(
                shares > wanted
            ),
            "this is the largest number that will do, not the smallest.": number - 1,
            "fewer would do: the search stopped at the first share below the one wanted.": number
            - np.argmax(shares < wanted),
            "what is handed on counts as right; only the rest is asked about.": _fewest(
                (shares * kept + number - kept) / number >= wanted
            ),
        }
        matching = [hint for hint, value in known.items() if abs(found - value) < TOLERANCE]
        require(
            abs(found - exact) < TOLERANCE,
            what,
            expected=f"{exact:g} of {number}, for a share of {wanted:.4f} right among the rest",
            found=f"{found:.6g}",
            hint=next(
                iter(matching), "other answers are handed on, or another share is looked at."
            ),
        )


def _shares_of_kept(confidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The share of right answers among the surest 1, 2, ... or all."""
    return np.cumsum(right[np.argsort(-confidence)]) / np.arange(1, len(right) + 1)


def _fewest(holds: np.ndarray) -> float:
    """How many are handed on where as many are kept as possible; nan where it never holds."""
    return float(np.argmax(holds[::-1])) if holds.any() else np.nan


@random_states_kept()
def largest_promise_is_right(largest_promise: Callable, *, seed: int = 0) -> None:
    """`largest_promise(confidence, right, bins)`; each bin has its own share of right answers."""
    generator = generator_for(seed, 32)
    for bins, gaps in ((10, (0.1, -0.35, 0.2, 0.05, 0.0)), (4, (-0.35, 0.15))):
        places = generator.permutation(np.repeat(np.arange(bins)[-len(gaps) :], 60))
        confidence = (places + generator.uniform(0.1, 0.9, size=len(places))) / bins
        share = confidence - np.array(gaps)[places - places.min()]
        _require_promise(largest_promise, confidence, _right(generator, share), bins)


@random_states_kept()
def largest_promise_works_at_the_edge(largest_promise: Callable, *, seed: int = 0) -> None:
    """The same with many empty bins, for answers with a confidence of 1, and for modest heads."""
    generator = generator_for(seed, 33)
    for values, shares in (((1.0, 0.95, 0.71), (0.5, 1.0, 0.9)), ((0.51, 0.31), (0.9, 0.8))):
        right = _right(generator, np.repeat(shares, 40))
        _require_promise(largest_promise, np.repeat(values, 40), right, 15)


def _require_promise(
    largest_promise: Callable, confidence: np.ndarray, right: np.ndarray, bins: int
) -> None:
    what = "the number is the largest of confidence minus share right, over the bins with answers"
    found = number_from(
        what,
        call(what, largest_promise, confidence.copy(), right.copy(), bins),
        name="the result",
    )
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    by_bin = _gaps(confidence, right, places)
    sizes = np.unique(places, return_counts=True)[1]
    exact, below_one = by_bin.max(), confidence < 1
    known = {
        "the sign is lost or turned round: take confidence minus share right.": -by_bin.min(),
        "this is the expected calibration error, the mean of the distances.": np.abs(by_bin)
        @ sizes
        / len(right),
        "bins without answers count as 0; they do not count.": max(exact, 0.0),
        "single answers are looked at, not the means of a bin.": (confidence - right).max(),
        "each bin's gap is weighted by its answers; here it is the largest gap itself.": (
            by_bin * sizes
        ).max()
        / len(right),
        "answers with a confidence of 1 have a bin of their own.": _gaps(
            confidence, right, (confidence * bins).astype(int)
        ).max(),
        "answers with a confidence of 1 are in no bin; they belong to the last one.": _gaps(
            confidence[below_one], right[below_one], places[below_one]
        ).max(),
    }
    matching = [hint for hint, value in known.items() if abs(found - value) < TOLERANCE]
    require(
        abs(found - exact) < TOLERANCE,
        what,
        expected=f"{exact:.6f} for {len(right)} answers in {bins} bins",
        found=f"{found:.6g}",
        hint=next(iter(matching), "other answers are taken together, or another gap is taken."),
    )


def _gaps(confidence: np.ndarray, right: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Mean confidence minus share right, for each bin that has answers."""
    return np.array([(confidence - right)[places == place].mean() for place in np.unique(places)])
