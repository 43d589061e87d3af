"""Checks of the mean of all sub-networks: `ensemble(x, weights, rate)`.

With one hidden layer and dropout behind it, the renormalised geometric mean of the sub-networks is
the net with dropout off: what is right is known without a sub-network.
"""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from scipy.special import log_softmax, softmax

from course_checks.arrays import require_close
from course_checks.draws import generator_for
from course_checks.property import array_from, call, check, failure

EXAMPLES, FEATURES, UNITS, CLASSES = 7, 4, 6, 3
Weights = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
MEANS = {
    "arithmetic": "this is the arithmetic mean of the probabilities, not the geometric one.",
    "other_mean": "other sub-networks are averaged, or in another way.",
}


def _hidden(x: np.ndarray, weights: Weights) -> np.ndarray:
    return np.maximum(x @ weights[0] + weights[1], 0)


def _exact(x: np.ndarray, weights: Weights) -> np.ndarray:
    return softmax(_hidden(x, weights) @ weights[2] + weights[3], axis=1)


def _known(x: np.ndarray, weights: Weights, rate: float) -> dict[str, np.ndarray]:
    """What mistakes lead to, by enumerating all masks."""
    masks = np.array(list(product((0, 1), repeat=UNITS)))
    kept, hidden = masks.sum(axis=1), _hidden(x, weights)
    right = rate ** (UNITS - kept) * (1 - rate) ** kept
    swapped = rate**kept * (1 - rate) ** (UNITS - kept)
    uniform = np.full(len(masks), 0.5**UNITS)
    thinned = masks[:, None] * hidden
    scaled, unscaled = (one @ weights[2] + weights[3] for one in (thinned / (1 - rate), thinned))

    def mean(values: np.ndarray, weights_of_masks: np.ndarray) -> np.ndarray:
        return np.tensordot(weights_of_masks, values, axes=1)

    geometric = np.exp(mean(log_softmax(scaled, axis=2), right))
    return {
        "not_renormalised": geometric,
        "swapped": softmax(mean(scaled, swapped), axis=1),
        "uniform": softmax(mean(scaled, uniform), axis=1),
        "unscaled": softmax(mean(unscaled, right), axis=1),
        "arithmetic": mean(softmax(scaled, axis=2), right),
        "logits": mean(scaled, right),
        "normalised_wrongly": geometric / np.maximum(geometric.sum(axis=0), 1e-300),
    }


@check(
    "the result is the renormalised geometric mean of all sub-networks, weighted by their masks",
    not_renormalised="the geometric mean is not divided by its sum over the classes.",
    swapped="rate and keep-probability are exchanged in the weights of the masks.",
    uniform="all masks have the same weight, which is right at rate 0.5 only.",
    unscaled="the units that are kept are not scaled by 1 / (1 - rate).",
    logits="these are logits: softmax is missing.",
    normalised_wrongly="the sum is taken over the examples rather than over the classes.",
    **MEANS,
)
def values_are_right(
    ensemble: Callable, *, rates: Sequence[float] = (0.2, 0.7), seed: int = 0
) -> None:
    """`ensemble(x, weights, rate)`, shape (n, classes)."""
    for rate in rates:
        generator = generator_for(seed, 61)
        x = generator.normal(size=(EXAMPLES, FEATURES))
        weights = (
            generator.normal(size=(FEATURES, UNITS)),
            generator.normal(0.5, 0.3, size=UNITS),
            generator.normal(size=(UNITS, CLASSES)),
            generator.normal(size=CLASSES),
        )
        require_close(
            _means(ensemble, x, weights, rate),
            _exact(x, weights),
            name="result",
            case=f"{UNITS} hidden units at rate {rate}",
            known=_known(x, weights, rate),
            otherwise="other_mean",
        )


@check(
    "the result is right where sub-networks have logits of hundreds",
    underflow="a probability became exactly 0, or a logit too large for `exp`: take logarithms of "
    "probabilities without computing the probabilities first.",
    **MEANS,
)
def stands_large_logits(ensemble: Callable, *, rate: float = 0.3, seed: int = 0) -> None:
    """Units in pairs that nearly cancel: with all units, logits are small."""
    generator, pairs = generator_for(seed, 62), UNITS // 2
    x = generator.normal(size=(EXAMPLES, FEATURES))
    kernel = generator.normal(size=(FEATURES, pairs))
    bias = generator.uniform(0.5, 1.5, size=pairs)
    large = 800 * generator.choice([-1.0, 1.0], size=(pairs, CLASSES))
    large += 200 * generator.normal(size=(pairs, CLASSES))
    small = generator.normal(size=(pairs, CLASSES))
    weights = (
        np.hstack([kernel, kernel]),
        np.hstack([bias, bias]),
        np.vstack([large, small - large]),
        generator.normal(size=CLASSES),
    )
    found = _means(ensemble, x, weights, rate)
    if not np.isfinite(found).all():
        raise failure(
            expected=f"probabilities for logits up to {800 / (1 - rate):.0f} and more",
            found="NaN or infinity",
            likely="underflow",
        )
    exact, known = _exact(x, weights), _known(x, weights, rate)
    require_close(
        found,
        exact,
        name="result",
        case=f"sub-networks with logits of hundreds, at rate {rate}",
        known={"arithmetic": known["arithmetic"]},
        otherwise="other_mean",
        tolerance=1e-3,
    )


def _means(ensemble: Callable, x: np.ndarray, weights: Weights, rate: float) -> np.ndarray:
    found = call(ensemble, x.copy(), tuple(one.copy() for one in weights), rate)
    return array_from(found, name="the result", shape=(EXAMPLES, CLASSES)).astype(np.float64)
