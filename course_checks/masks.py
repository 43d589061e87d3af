"""What dropout did to the values at one place, as the checks of models look at it.

A value that is clearly positive in front of a place and arrives behind it as exactly zero was
dropped there, by whichever class.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from course_checks.report import require

ALWAYS_ON = (
    "training=True is set for the dropout by hand. (In a functional model, a `training` that is "
    "given in the call overrules it; a call without one does not.)"
)


def clearly_positive(values: np.ndarray) -> np.ndarray:
    """Where a value is positive beyond rounding, whatever the scale of the values."""
    return values > 0.03 * values.std()


def dropped(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Where a clearly positive value before arrives as exactly zero; nowhere if sizes differ."""
    if before.size != after.size:
        return np.zeros(before.shape, bool)
    return clearly_positive(before) & (after.reshape(before.shape) == 0)


def place_hint(found: Sequence[str], output: str, known: Mapping[str, str], otherwise: str) -> str:
    """Why dropout acts at the places `found`, named by their layers.

    output: the last place. known: beginning of a place's name -> its hint.
    """
    if not found:
        return "no Dropout layer, or one that gets rate 0 or training=False, or that is not called."
    known = {
        output: "dropout behind the output layer erases logits: it would hide the answer itself.",
        **known,
    }
    hints = [hint for place, hint in known.items() if any(name.startswith(place) for name in found)]
    return hints[0] if hints else otherwise


def rate_hint(shares: Sequence[float], rates: Sequence[float], constant: str) -> str:
    """Why these shares were dropped at these rates; `constant` is for the same one at all."""
    if max(shares) == 0:
        return "no Dropout layer, or one that is not active in training."
    if max(shares) < 0.03:
        return "hardly anything is dropped: the rate was divided by 100, as if it were in per cent."
    if max(shares) - min(shares) < 0.1:
        return constant
    if np.allclose(shares, 1 - np.array(rates), rtol=0, atol=0.1):
        return "the probability of keeping was given; Keras's rate is the one of dropping."
    return "dropout is applied twice at one place, or the rate is altered on the way."


def require_draws_for_each_example(what: str, before: np.ndarray, after: np.ndarray) -> None:
    """Some value is kept for one example and dropped for another, and so within an example.

    before and after: arrays of the same size, whose first axis counts the examples.
    """
    _require_mixed(
        what,
        *_gone_and_kept(before, after),
        expected="a unit is dropped for some examples and kept for others",
        found="each unit is either dropped or kept for all examples",
    )
    require_draws_within_an_example(what, before, after)


def require_draws_within_an_example(what: str, before: np.ndarray, after: np.ndarray) -> None:
    """The same, where a mask that all examples share is another check's business."""
    gone, kept = _gone_and_kept(before, after)
    _require_mixed(
        what,
        gone.T,
        kept.T,
        expected="of one example some units are dropped and some kept",
        found="all units of an example are either dropped or kept",
    )


def _require_mixed(
    what: str, gone: np.ndarray, kept: np.ndarray, *, expected: str, found: str
) -> None:
    """Some column holds values of both kinds."""
    hint = "one mask is shared by the whole batch, or by all units, as by noise_shape."
    require(_is_mixed(gone, kept), what, expected=expected, found=found, hint=hint)


def _is_mixed(gone: np.ndarray, kept: np.ndarray) -> bool:
    return bool((kept.any(axis=0) & gone.any(axis=0)).any())


def independent_draws(before: np.ndarray, after: np.ndarray) -> int:
    """How many draws at least decided which clearly positive values were dropped.

    One a value; where all examples share a mask, one a unit; where an example is dropped as a
    whole, one an example.
    """
    gone, kept = _gone_and_kept(before, after)
    seen = gone | kept
    if not _is_mixed(gone, kept):
        return int(seen.any(axis=0).sum())
    if not _is_mixed(gone.T, kept.T):
        return int(seen.any(axis=1).sum())
    return int(seen.sum())


def _gone_and_kept(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which clearly positive values were dropped, and which were not: (examples, values)."""
    gone = dropped(before, after).reshape(len(before), -1)
    return gone, clearly_positive(before).reshape(gone.shape) & ~gone


def drop_alike(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> bool:
    """Whether two passes drop the same, where values are clearly positive in both.

    one, other: the values before a place and behind it, in one of the passes.
    """
    live = clearly_positive(one[0]) & clearly_positive(other[0])
    return bool((dropped(*one) == dropped(*other))[live].all())
