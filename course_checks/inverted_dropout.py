"""What checks of inverted dropout in NumPy share: inputs, dtypes, scales, and their misconceptions.

Every input is far from zero, so "this value of y is zero" means "this unit was dropped".
"""

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import apart, require

# How far a ratio may be from the exact one: a scale may have been computed in float32.
ROUNDING, ROUNDING_OF_HALF = 1e-5, 2e-3
WIDENED = {
    "widened": "a float64 array, such as a Boolean array divided by a number, entered the product "
    "and widened it.",
    "fixed_dtype": "the dtype is written in: it should follow the array that is given.",
}
SCALES = {
    "unscaled": "survivors are not scaled: the expected value of y is then smaller than x.",
    "original": "survivors were multiplied by the keep-probability: that is the scaling of the "
    "original method, at prediction time.",
    "by_dropping": "survivors were divided by the probability of dropping.",
    "times_dropping": "survivors were multiplied by the probability of dropping.",
    "twice": "the scale was applied twice.",
    "other_scale": "the scale is estimated from the draw, or another one than the inverse of "
    "keeping.",
}
ALL_OR_NOTHING = {"all_or_nothing": "nothing is dropped, or everything is."}


def inputs_far_from_zero(seed: int, shape: tuple[int, ...], dtype: type = np.float64) -> np.ndarray:
    """Values of both signs with sizes between 0.5 and 2, never near zero."""
    generator = generator_for(seed, 1)
    signs = generator.choice([-1.0, 1.0], size=shape)
    return (signs * generator.uniform(0.5, 2.0, size=shape)).astype(dtype)


def kept_units(y: np.ndarray) -> np.ndarray:
    """Which values of y are not zero; a check needs some kept and some dropped."""
    kept = y != 0
    require(
        kept.any() and not kept.all(),
        expected="in training, some values of y are zero and some are not",
        found=f"{np.mean(~kept):.1%} of them are zero",
        likely="all_or_nothing",
    )
    return kept


def require_same_dtype(name: str, found: np.ndarray, exact: np.dtype, case: str = "") -> None:
    """A check that calls it declares WIDENED."""
    require(
        found.dtype == exact,
        expected=f"{name} is {exact}{case}",
        found=f"{name} is {found.dtype}",
        likely="widened" if found.dtype == np.float64 else "fixed_dtype",
    )


def require_scale(ratio: np.ndarray, rate: float, case: str, *dtypes: np.dtype) -> None:
    """Survivors are 1 / (1 - rate) times what they were. A check that calls it declares SCALES.

    dtypes: of the arrays, the narrowest of which rounds.
    """
    exact = 1 / (1 - rate)
    rounding = ROUNDING_OF_HALF if np.dtype(np.float16) in dtypes else ROUNDING
    low, high, middle = (float(of(ratio)) for of in (np.min, np.max, np.median))
    worst = max(low, high, key=lambda one: abs(one - exact))
    texts = apart(exact, worst)
    require(
        abs(worst / exact - 1) < rounding,
        expected=f"y / x is {texts[0]} for every {case} at rate {rate}",
        found=texts[1] if np.isclose(low, high) else f"values from {low:.4g} to {high:.4g}",
        likely=likely_scale(middle, rate),
    )


def likely_scale(ratio: float, rate: float) -> str:
    """That one of SCALES which is behind values that are `ratio` times their input."""
    known = {
        "unscaled": 1.0,
        "original": 1 - rate,
        "by_dropping": 1 / rate,
        "times_dropping": rate,
        "twice": (1 - rate) ** -2,
    }
    near = (name for name, value in known.items() if np.isclose(ratio, value, rtol=1e-3))
    return next(near, "other_scale")
