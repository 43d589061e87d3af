"""Checks of the exercise on what a doubt is worth: handing on, and calibration."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import call, number_from, random_states_kept, require

CLASSES = 4
TOLERANCE = 1e-6


def _answers(
    generator: np.random.Generator, maxima: np.ndarray, wrong: float | np.ndarray = 0.4
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities with these maxima of 0.5 or more, shape (n, CLASSES), and labels.

    wrong: how probable it is that a label is another class than the answer.
    """
    number = len(maxima)
    rest = generator.dirichlet(np.ones(CLASSES - 1), size=number) * (1 - maxima[:, None])
    rest = np.minimum(rest, 0.9 * maxima[:, None])
    rest += (1 - maxima - rest.sum(axis=1))[:, None] / (CLASSES - 1)
    probabilities = np.concatenate([maxima[:, None], rest], axis=1)
    order = generator.permuted(np.tile(np.arange(CLASSES), (number, 1)), axis=1)
    probabilities = np.take_along_axis(probabilities, order, axis=1)
    labels = probabilities.argmax(axis=1)
    other = np.flatnonzero(generator.random(number) < wrong)
    labels[other] = (labels[other] + generator.integers(1, CLASSES, len(other))) % CLASSES
    return probabilities, labels


def _is_right(probabilities: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1) == labels


@random_states_kept()
def kept_share_is_right(share_of_kept: Callable, *, seed: int = 0) -> None:
    """`share_of_kept(probabilities, labels, kept)`: right among the `kept` largest maxima."""
    what = "the share is that of right answers among the kept, those with the largest maximum"
    generator = generator_for(seed, 31)
    for number, kept in ((200, 140), (200, 20), (90, 90), (60, 1)):
        maxima = generator.permutation(np.linspace(0.5, 0.99, number))
        wrong = np.where(maxima > np.median(maxima), 0.1, 0.7)
        probabilities, labels = _answers(generator, maxima, wrong)
        right = _is_right(probabilities, labels)
        order = np.argsort(-maxima)
        exact = right[order[:kept]].mean()
        found = number_from(
            what,
            call(what, share_of_kept, probabilities.copy(), labels.copy(), kept),
            name="the share",
        )
        of_label = probabilities[np.arange(number), labels]
        known = {
            "those with the most doubt are kept.": right[order[-kept:]].mean(),
            "the right ones among the kept are divided by all examples.": exact * kept / number,
            "right answers are counted, not their share.": exact * kept,
            "this is the share of wrong answers.": 1 - exact,
            "nothing is handed on: this is the accuracy on all examples.": right.mean(),
            "the kept are the first ones as they stand, not those with the least doubt.": right[
                :kept
            ].mean(),
            "a doubt may not know the labels: the probability of the true class was used.": right[
                np.argsort(-of_label)[:kept]
            ].mean(),
            "a percentage is returned rather than a share.": 100 * exact,
        }
        _require_number(what, found, exact, known, f"{kept} of {number} examples kept")


@random_states_kept()
def calibration_error_is_right(calibration_error: Callable, *, seed: int = 0) -> None:
    """`calibration_error(probabilities, labels, bins)`, confidences inside of the bins."""
    generator = generator_for(seed, 32)
    for number, bins in ((300, 10), (150, 5)):
        places = generator.choice(np.arange((bins + 1) // 2, bins), size=number)
        maxima = (places + generator.uniform(0.1, 0.9, size=number)) / bins
        _require_error(calibration_error, *_answers(generator, maxima), bins)


@random_states_kept()
def calibration_error_works_at_the_edge(calibration_error: Callable, *, seed: int = 0) -> None:
    """The same where some answers have the probability 1 and most bins are empty."""
    maxima, wrong = np.repeat([[1.0, 0.95, 0.71], [0.5, 0.0, 0.05]], [30, 20, 90], axis=1)
    _require_error(calibration_error, *_answers(generator_for(seed, 33), maxima, wrong), 15)


def _require_error(
    calibration_error: Callable, probabilities: np.ndarray, labels: np.ndarray, bins: int
) -> None:
    what = "the calibration error is the mean distance between confidence and share right"
    found = number_from(
        what,
        call(what, calibration_error, probabilities.copy(), labels.copy(), bins),
        name="the calibration error",
    )
    confidence, right = probabilities.max(axis=1), _is_right(probabilities, labels)
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    inside = [places == place for place in np.unique(places)]
    gaps = np.array([right[those].mean() - confidence[those].mean() for those in inside])
    weights = np.array([those.mean() for those in inside])
    exact = np.abs(gaps) @ weights
    sure = confidence == 1
    without_sure = sum(abs((right - confidence)[those & ~sure].sum()) for those in inside)
    known = {
        "each bin counts alike; it should count by its examples.": np.abs(gaps).mean(),
        "the empty bins are counted in the mean.": np.abs(gaps).sum() / bins,
        "gaps of both signs cancel: take the absolute value of each bin's gap.": abs(
            gaps @ weights
        ),
        "the distance is taken for each example by itself, not for the means of a bin.": np.abs(
            right - confidence
        ).mean(),
        "the square of the gap is taken.": gaps**2 @ weights,
        "the largest gap is returned, not the mean.": np.abs(gaps).max(),
        "a percentage is returned rather than a share.": 100 * exact,
        "answers with the probability 1 are in no bin; they belong to the last one.": without_sure
        / len(labels),
        "answers with the probability 1 have a bin of their own; they belong to the last one.": (
            without_sure + abs((right - confidence)[sure].sum())
        )
        / len(labels),
    }
    _require_number(what, found, exact, known, f"{len(labels)} examples in {bins} bins")


def _require_number(
    what: str, found: float, exact: float, known: dict[str, float], given: str
) -> None:
    matching = [hint for hint, value in known.items() if abs(found - value) < TOLERANCE]
    require(
        abs(found - exact) < TOLERANCE,
        what,
        expected=f"{exact:.6f} for {given}",
        found=f"{found:.6g}",
        hint=next(iter(matching), "other examples are taken together, or another mean is taken."),
    )
