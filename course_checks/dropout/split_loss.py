"""Checks of the two parts of the mean loss: `split_loss(x, y, w, rate)`."""

from collections.abc import Callable, Sequence

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import call, check, number_from, parts_from, require_equal

EXAMPLES, FEATURES = 30, 4
TOLERANCE = 1e-5  # of the exact value


def _made_up(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features with means other than 0 and spreads of their own, answers, weights."""
    generator = generator_for(seed, 63)
    x = generator.normal([1.5, -0.5, 0.7, -2.0], [1.0, 2.0, 0.5, 0.8], size=(EXAMPLES, FEATURES))
    w = generator.choice([-1.0, 1.0], size=FEATURES) * generator.uniform(0.3, 1.5, size=FEATURES)
    return x, x @ w + generator.normal(0.3, 1.0, size=EXAMPLES), w


def _parts(split_loss: Callable, x: np.ndarray, y: np.ndarray, w: np.ndarray, rate: float) -> tuple:
    result = call(split_loss, x.copy(), y.copy(), w.copy(), rate)
    return parts_from(result, "whole", "disagreement")


def _disagreement(x: np.ndarray, w: np.ndarray, rate: float) -> float:
    return float(rate / (1 - rate) * w**2 @ np.mean(x**2, axis=0))


@check(
    "whole is the mean squared error of the model with dropout off",
    kept_share="the prediction is multiplied by the keep-probability: with inverted dropout the "
    "model with dropout off uses its weights as they are.",
    survivors="the prediction is divided by the keep-probability, as if no unit had been dropped "
    "in a pass with dropout on.",
    total="the disagreement is in it already.",
    summed="errors are added up, not averaged over the examples.",
    root="this is the root of the mean squared error.",
    other_error="another error is taken, or the prediction is another one.",
)
def whole_is_right(
    split_loss: Callable, *, rates: Sequence[float] = (0.2, 0.65), seed: int = 0
) -> None:
    """`split_loss(x, y, w, rate)[0]`."""
    x, y, w = _made_up(seed)
    for rate in rates:
        whole, _ = _parts(split_loss, x, y, w, rate)
        exact = _error(y, x @ w)
        require_equal(
            number_from(whole, name="whole"),
            exact,
            case=f"{EXAMPLES} examples at rate {rate}",
            known={
                "kept_share": _error(y, (1 - rate) * x @ w),
                "survivors": _error(y, x @ w / (1 - rate)),
                "total": exact + _disagreement(x, w, rate),
                "summed": exact * EXAMPLES,
                "root": exact**0.5,
            },
            otherwise="other_error",
            tolerance=TOLERANCE * exact,
        )


def _error(y: np.ndarray, prediction: np.ndarray) -> float:
    return float(np.mean((y - prediction) ** 2))


@check(
    "disagreement is the mean squared distance of the sub-networks from the whole",
    rate_only="the factor is rate / (1 - rate), since survivors are scaled, and not the rate.",
    unscaled="survivors are not scaled by 1 / (1 - rate).",
    turned_round="rate and keep-probability are exchanged.",
    variance="the mean of each feature is taken off: what is dropped is the feature, not its "
    "distance from the mean.",
    not_squared="the weights are not squared.",
    without_x="the features are left out: a weight disturbs the more, the larger its feature is.",
    together="all features are taken to be dropped together; each is dropped on its own, so that "
    "squares are added and not sums squared.",
    summed="squares are added up, not averaged over the examples.",
    total="the error of the whole is in it as well.",
    other_distance="too few masks are drawn, or another spread of the sub-networks is taken.",
)
def disagreement_is_right(
    split_loss: Callable, *, rates: Sequence[float] = (0.2, 0.65), seed: int = 0
) -> None:
    """`split_loss(x, y, w, rate)[1]`: r / (1 - r) times the sum of w^2 mean(x^2)."""
    x, y, w = _made_up(seed)
    squares = np.mean(x**2, axis=0)
    for rate in rates:
        _, disagreement = _parts(split_loss, x, y, w, rate)
        exact, odds = _disagreement(x, w, rate), rate / (1 - rate)
        sum_of_squares = exact / odds
        require_equal(
            number_from(disagreement, name="disagreement"),
            exact,
            case=f"{EXAMPLES} examples at rate {rate}",
            known={
                "rate_only": rate * sum_of_squares,
                "unscaled": rate * (1 - rate) * sum_of_squares,
                "turned_round": sum_of_squares / odds,
                "variance": float(odds * w**2 @ x.var(axis=0)),
                "not_squared": float(odds * np.abs(w) @ squares),
                "without_x": float(odds * w @ w),
                "together": odds * float(np.mean((x @ w) ** 2)),
                "summed": exact * EXAMPLES,
                "total": exact + _error(y, x @ w),
            },
            otherwise="other_distance",
            tolerance=TOLERANCE * exact,
        )
