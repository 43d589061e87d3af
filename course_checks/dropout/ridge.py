"""Checks of the linear model that dropout leads to: `dropout_ridge(x, y, rate)`."""

from collections.abc import Callable, Sequence

import numpy as np

from course_checks.arrays import require_close
from course_checks.draws import generator_for
from course_checks.property import array_from, call, check

WORDS = "the weights have the smallest expected squared error with dropout on the features"
PENALTIES = {
    "plain": "these are the weights of least squares, without dropout.",
    "identity": "all weights are punished alike; here each one by the squares of its own feature.",
    "variance": "the variance of a feature is not its mean square: features are not centred here.",
    "centred": "features and y are centred first: the model has no intercept, and 0 is what a "
    "dropped feature becomes.",
    "mean_squares": "sums of squares and mean squares are mixed: both or neither are divided by "
    "the number of examples.",
    "rate_only": "the factor is rate / (1 - rate), since survivors are scaled, and not the rate.",
    "unscaled": "the factor is rate / (1 - rate) where survivors are scaled, not rate (1 - rate).",
    "turned_round": "rate and keep-probability are exchanged.",
    "keep_scaled": "the weights are multiplied or divided by the keep-probability at the end; "
    "inverted dropout has done its scaling in training.",
    "other_penalty": "masks are drawn, or another expression is made smallest.",
}


@check(WORDS, **PENALTIES)
def weights_are_right(
    dropout_ridge: Callable, *, rates: Sequence[float] = (0.15, 0.6), seed: int = 0
) -> None:
    """Features that are neither centred nor scaled."""
    generator = generator_for(seed, 64)
    x = generator.normal([2.0, -1.0, 0.5, 3.0], [1.0, 2.0, 0.3, 1.5], size=(25, 4))
    y = x @ generator.normal(size=4) + generator.normal(1.0, 1.0, size=25)
    for rate in rates:
        _require_weights(dropout_ridge, x, y, rate)


@check(WORDS, **PENALTIES)
def work_for_wide_tables(
    dropout_ridge: Callable, *, rates: Sequence[float] = (0.3,), seed: int = 0
) -> None:
    """More features than examples, and two of them equal: X'X alone has no inverse."""
    generator = generator_for(seed, 65)
    x = generator.normal(1.0, 1.0, size=(5, 8))
    x[:, 1] = x[:, 0]
    y = generator.normal(1.0, 2.0, size=5)
    for rate in rates:
        _require_weights(dropout_ridge, x, y, rate)


def _require_weights(dropout_ridge: Callable, x: np.ndarray, y: np.ndarray, rate: float) -> None:
    """A check that calls it declares PENALTIES."""
    found = call(dropout_ridge, x.copy(), y.copy(), rate)
    examples, features = x.shape
    odds, squares = rate / (1 - rate), np.diag((x**2).sum(axis=0))
    centred, mean = x - x.mean(axis=0), y.mean()
    variances = np.diag((centred**2).sum(axis=0))

    def solved(penalty: np.ndarray, x: np.ndarray = x, y: np.ndarray = y) -> np.ndarray:
        return np.linalg.lstsq(x.T @ x + penalty, x.T @ y, rcond=None)[0]

    exact = solved(odds * squares)
    one = np.eye(features)
    kept = {"keep_scaled": (1 - rate) * exact, "keep_scaled ": exact / (1 - rate)}
    known = {
        "plain": np.linalg.lstsq(x, y, rcond=None)[0],
        "identity": solved(odds * one),
        "identity ": solved(odds * examples * one),
        "variance": solved(odds * variances),
        "centred": solved(odds * variances, centred, y - mean),
        "mean_squares": solved(odds * squares / examples),
        "rate_only": solved(rate * squares),
        "unscaled": solved(rate * (1 - rate) * squares),
        "turned_round": solved(squares / odds),
        **kept,
    }
    weights = array_from(found, name="the result", shape=(features,)).astype(np.float64)
    _require(weights, exact, known, f"{examples} examples, {features} features, rate {rate}")


def _require(
    weights: np.ndarray, exact: np.ndarray, known: dict[str, np.ndarray], case: str
) -> None:
    near = [name for name, one in known.items() if np.allclose(weights, one, rtol=0, atol=1e-6)]
    require_close(
        weights,
        exact,
        name="weights",
        case=case,
        known={name.strip(): known[name] for name in near[:1]},
        otherwise="other_penalty",
    )
