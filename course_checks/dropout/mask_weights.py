"""Checks of the probabilities of masks: `mask_weights(masks, rate)`."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import comb

from course_checks.arrays import require_close
from course_checks.draws import generator_for
from course_checks.property import array_from, call, check, failure

UNITS, MASKS = 6, 20
WEIGHTS = {
    "swapped": "rate and keep-probability are exchanged, or dropped and kept units.",
    "uniform": "all masks are taken to be as probable as each other, which holds at rate 0.5 only.",
    "other_weight": "other powers of other probabilities are multiplied.",
}


@check(
    "a mask's weight is the probability that just these units are dropped and kept",
    normalised="the weights are divided by their sum: they are probabilities as they are, and the "
    "masks that are given need not be all.",
    counted="this is the probability of so many dropped units, whichever they are: the weight "
    "asked for is that of one mask.",
    only_dropped="the units that are kept have a probability as well.",
    only_kept="the units that are dropped have a probability as well.",
    **WEIGHTS,
)
def values_are_right(
    mask_weights: Callable, *, rates: Sequence[float] = (0.2, 0.65), seed: int = 0
) -> None:
    """`mask_weights(masks, rate)`, shape (m,), for masks drawn at random, shape (m, units)."""
    for rate in rates:
        masks = generator_for(seed, 60).integers(0, 2, size=(MASKS, UNITS))
        masks[0], masks[1] = 0, 1  # none kept, all kept
        kept = masks.sum(axis=1)
        dropped = UNITS - kept
        exact = rate**dropped * (1 - rate) ** kept
        require_close(
            _weights(mask_weights, masks, rate),
            exact,
            name="weights",
            case=f"{MASKS} masks of {UNITS} units at rate {rate}",
            known={
                "swapped": rate**kept * (1 - rate) ** dropped,
                "uniform": np.full(MASKS, 0.5**UNITS),
                "normalised": exact / exact.sum(),
                "counted": comb(UNITS, dropped) * exact,
                "only_dropped": rate**dropped,
                "only_kept": (1 - rate) ** kept,
            },
            otherwise="other_weight",
        )


@check(
    "at rate 0 the mask that keeps all units has the weight 1, and any other one 0",
    logarithm="the logarithm of 0 is computed.",
    **WEIGHTS,
)
def work_at_rate_zero(mask_weights: Callable, *, units: int = 4) -> None:
    """`mask_weights(masks, 0.0)`, for masks that keep all units, some of them and none."""
    masks = np.tri(units + 1, units, -1, dtype=int)
    weights = _weights(mask_weights, masks, 0.0)
    exact = masks.all(axis=1).astype(float)
    if not np.isfinite(weights).all():
        raise failure(
            expected="numbers from 0 to 1 at rate 0",
            found="NaN or infinity among the weights",
            likely="logarithm",
        )
    require_close(
        weights,
        exact,
        name="weights",
        case=f"{units + 1} masks at rate 0, the first of which keeps no unit and the last all",
        known={"swapped": exact[::-1], "uniform": np.full(units + 1, 0.5**units)},
        otherwise="other_weight",
    )


def _weights(mask_weights: Callable, masks: np.ndarray, rate: float) -> np.ndarray:
    found = call(mask_weights, masks.copy(), rate)
    return array_from(found, name="the result", shape=(len(masks),))
