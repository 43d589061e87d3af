"""Checks of dropout that stays on at inference: `monte_carlo(head, x, passes)`.

The small made-up head has one hidden unit, which each pass keeps or drops for each example. So a
pass gives an example one of two answers, and what several passes give depends only on how many of
them kept the unit: every right result is known exactly, but for that whole number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import entr, softmax

from course_checks.draws import generator_for
from course_checks.property import (
    array_from,
    call,
    check,
    failure,
    parts_from,
    require,
    require_written,
)
from course_grader.contract import shared

EXAMPLES, FEATURES, CLASSES, RATE = 97, 6, 4, 0.5
TOLERANCE = 1e-3  # of probabilities, and of entropies in nats


@dataclass(frozen=True)
class MadeUp:
    """A head, its features, and its logits for each example, shape (EXAMPLES, CLASSES).

    kept, dropped: of a pass that keeps the hidden unit, or drops it. plain: with dropout off.
    """

    head: Any
    x: np.ndarray
    kept: np.ndarray
    dropped: np.ndarray
    plain: np.ndarray


def _made_up(seed: int) -> MadeUp:
    """Some examples have sure answers: their smaller probabilities are exactly zero."""
    import keras
    from keras import layers

    generator = generator_for(seed, 25)
    # Names that Keras gives to no layer of the student's, in another process either.
    hidden = layers.Dense(1, activation="relu", name="head_hidden")
    dropout = layers.Dropout(RATE, name="head_dropout")
    logits = layers.Dense(CLASSES, name="head_logits")
    head = keras.Sequential([keras.Input((FEATURES,)), hidden, dropout, logits], name="made_up")
    direction, bias = np.array([[1.0, 1.0, -0.8, 0.4]]), generator.uniform(-0.5, 0.5, CLASSES)
    head.set_weights([np.ones((FEATURES, 1)), np.zeros(1), direction, bias])
    sizes = generator.permutation(np.geomspace(0.5, 150, EXAMPLES))
    shares = generator.dirichlet(np.full(FEATURES, 2.0), EXAMPLES)
    x = (sizes[:, None] * shares).astype(np.float32)
    unit = x.sum(axis=1, keepdims=True, dtype=np.float64)
    kept, dropped, plain = (size * direction + bias for size in (unit / (1 - RATE), 0 * unit, unit))
    return MadeUp(head, x, kept, dropped, plain)


def _mixed(kept: np.ndarray, dropped: np.ndarray, passes: int) -> np.ndarray:
    """The mean over passes of which 0, 1, ... or all have kept the unit (the first axis)."""
    share = np.linspace(0, 1, passes + 1).reshape(-1, *kept.ndim * [1])
    return share * kept + (1 - share) * dropped


def _means(made_up: MadeUp, passes: int) -> np.ndarray:
    """The right means: (passes + 1, EXAMPLES, CLASSES)."""
    return _mixed(softmax(made_up.kept, axis=1), softmax(made_up.dropped, axis=1), passes)


def _answered(monte_carlo: Callable, passes: int, seed: int) -> tuple[MadeUp, np.ndarray, object]:
    """What was asked, the mean that was returned, and the information as it came.

    In grading, both checks look at the same call.
    """
    require_written(monte_carlo)
    made_up = shared(("made-up head", seed), lambda: _made_up(seed))
    result = shared(
        ("monte carlo", monte_carlo if callable(monte_carlo) else None, passes, seed),
        lambda: call(monte_carlo, made_up.head, made_up.x.copy(), passes),
    )
    mean, information = parts_from(result, "mean", "information")
    mean = array_from(mean, name="mean", shape=(EXAMPLES, CLASSES))
    return made_up, mean.astype(np.float64), information


def _distances(found: np.ndarray, values: np.ndarray) -> np.ndarray:
    """How far each example's probabilities are from each of the `values`: (len(values), n)."""
    return np.abs(found - values).max(axis=2)


@check(
    "the mean is that of the probabilities, from as many passes with dropout on",
    false_fail=1e-11,
    dropout_off="dropout is off, as in `predict`.",
    mean_of_logits="softmax is taken of the mean of the logits.",
    logits="logits are returned: the head has no softmax of its own.",
    added_up="the probabilities are added up, and not divided by the number of passes.",
    other_passes="another number of passes, some of them with dropout off, or it is not their "
    "probabilities that are averaged.",
    shared_mask="one mask is shared by all examples.",
    asked_once="the head is asked once, or the random numbers are fixed, as by a seed that is set "
    "before each pass.",
    no_mean="it is not the mean that is taken, but the median or the like.",
)
def mean_is_right(monte_carlo: Callable, *, passes: Sequence[int] = (4, 1), seed: int = 0) -> None:
    """`monte_carlo(head, x, passes)[0]`: the mean of the probabilities, dropout on in each pass.

    A right answer fails if all 97 examples get the same mask in a single pass, with p < 1e-28, or
    if no example keeps its unit in 1 of 4 passes, or none in 3 of them.
    """
    for number in passes:
        made_up, mean, _ = _answered(monte_carlo, number, seed)
        distances = _distances(mean, _means(made_up, number))
        wrong = ~(distances.min(axis=0) < TOLERANCE)  # a NaN is wrong
        if wrong.any():
            raise failure(
                expected=f"for each example one of the {number + 1} means that {_count(number)} "
                "can give, whatever is dropped",
                found=f"another one for {wrong.sum()} of {EXAMPLES} examples",
                likely=_likely_mean(mean, made_up, number),
            )
        times_kept = set(distances.argmin(axis=0))
        require(
            len(times_kept) > 1,
            expected=f"masks of its own for each example in {_count(number)}",
            found="the same one for all examples",
            likely="shared_mask",
        )
        between = set(range(1, number))
        require(
            times_kept & between or not between,
            expected=f"other masks in each of {_count(number)}",
            found="the same ones in all of them",
            likely="asked_once",
        )
        require(
            between <= times_kept,
            expected=f"examples for which 1, 2 or more of {_count(number)} dropped a unit",
            found="some of these numbers for no example",
            likely="no_mean",
        )


def _count(passes: int) -> str:
    return "1 pass" if passes == 1 else f"{passes} passes"


def _likely_mean(mean: np.ndarray, made_up: MadeUp, passes: int) -> str:
    mean_logits = _mixed(made_up.kept, made_up.dropped, passes)
    known = {
        "dropout_off": softmax(made_up.plain, axis=1)[None],
        "mean_of_logits": softmax(mean_logits, axis=2),
        "logits": mean_logits,
        "added_up": passes * _means(made_up, passes),
    }
    tolerance = TOLERANCE * max(1, np.abs(mean).max())
    fitting = (
        name
        for name, values in known.items()
        if (_distances(mean, values).min(axis=0) < tolerance).all()
    )
    return next(fitting, "other_passes")


@check(
    "the information is the entropy of the mean less the mean entropy of the passes",
    false_fail=1e-57,
    all_the_same="all passes give the same answer: dropout is off, or random numbers are fixed.",
    zero_log_zero="0 ln 0 is computed, which is not a number.",
    of_mean="the mean entropy of the passes is not taken off.",
    of_passes="this is the mean entropy of the passes alone.",
    turned_round="the difference is taken the other way round.",
    bits="these are bits: the logarithm has the base 2.",
    other_measure="another measure of spread, entropies along another axis, or a mean and "
    "entropies of different passes.",
)
def information_is_right(
    monte_carlo: Callable, *, passes: Sequence[int] = (4, 1), seed: int = 0
) -> None:
    """`monte_carlo(head, x, passes)[1]`: entropy of the mean less the mean entropy, in nats.

    A mean of no such answers, or of another number of passes, costs its own test only. A right
    answer fails if each of 97 examples gets the same mask in all passes, three or more.
    """
    for number in passes:
        made_up, mean, information = _answered(monte_carlo, number, seed)
        found = array_from(information, name="information", shape=(EXAMPLES,))
        require(
            number == 1 or (np.abs(found) >= TOLERANCE).any() or np.isnan(found).any(),
            expected=f"more than 0 nats where {number} passes differ",
            found="0 for all examples",
            likely="all_the_same",
        )
        of_mean, of_passes, is_right = _entropies(made_up, mean, number)
        wrong = ~_agrees(found, of_mean - of_passes, is_right)
        if wrong.any():
            raise failure(
                expected=f"for {_count(number)}, in nats, what the entropies of the mean and of "
                "the single answers give",
                found=f"something else for {wrong.sum()} of {EXAMPLES} examples, in all from "
                f"{np.min(found):.3g} to {np.max(found):.3g}",
                likely=_likely_information(found, of_mean, of_passes, is_right),
            )


def _entropies(
    made_up: MadeUp, mean: np.ndarray, passes: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Entropies of the mean, mean entropies of the passes, and which of these pairs are right.

    All of shape (pairs, EXAMPLES). Means of answers tell by themselves which share of the passes
    kept the unit. What is no such mean may go with any share.
    """
    kept, dropped = softmax(made_up.kept, axis=1), softmax(made_up.dropped, axis=1)
    entropies = _entropy(kept), _entropy(dropped)
    way = kept - dropped
    share = ((mean - dropped) * way).sum(axis=1) / (way**2).sum(axis=1)
    are_means = (np.abs(mean - dropped - share[:, None] * way) < TOLERANCE).all()
    own, right = _entropy(mean), _entropy(_mixed(kept, dropped, passes))
    any_share = _mixed(*entropies, passes)
    of_passes = [[share * entropies[0] + (1 - share) * entropies[1]], any_share, any_share]
    of_mean = np.concatenate([[own], np.broadcast_to(own, right.shape), right])
    number = passes + 1
    is_right = np.array([are_means, *number * [not are_means], *number * [not are_means]])
    return of_mean, np.concatenate(of_passes), is_right[:, None]


def _entropy(probabilities: np.ndarray) -> np.ndarray:
    """In nats; what is no probability has none."""
    return entr(np.clip(probabilities, 0, 1)).sum(axis=-1)


def _agrees(found: np.ndarray, values: np.ndarray, is_right: np.ndarray) -> np.ndarray:
    """For each example, whether it has one of the values that are right."""
    return ((np.abs(found - values) < TOLERANCE) & is_right).any(axis=0)


def _likely_information(
    found: np.ndarray, of_mean: np.ndarray, of_passes: np.ndarray, is_right: np.ndarray
) -> str:
    if np.isnan(found).any():
        return "zero_log_zero"
    exact = of_mean - of_passes
    known = {
        "of_mean": of_mean,
        "of_passes": of_passes,
        "turned_round": -exact,
        "bits": exact / np.log(2),
    }
    fitting = (name for name, values in known.items() if _agrees(found, values, is_right).all())
    return next(fitting, "other_measure")
