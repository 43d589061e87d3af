"""Checks of the forward pass of inverted dropout, written in NumPy.

Every input that a check makes is far from zero, so "this value of y is zero" means
"this unit was dropped", whatever the mask that was returned with it says.
"""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import (
    array_from,
    call,
    parts_from,
    random_states_kept,
    require,
)

# How far a ratio may be from the exact one, by rounding alone.
ROUNDING = {np.float16: 2e-3, np.float32: 1e-5, np.float64: 1e-10}


def inputs_far_from_zero(seed: int, shape: tuple[int, int], dtype: type = np.float64) -> np.ndarray:
    """Values of both signs with sizes between 0.5 and 2, never near zero."""
    generator = generator_for(seed, 1)
    signs = generator.choice([-1.0, 1.0], size=shape)
    return (signs * generator.uniform(0.5, 2.0, size=shape)).astype(dtype)


def forward_pass(
    what: str, forward: Callable, x: np.ndarray, rate: float, training: bool, seed: int
) -> tuple[np.ndarray, object]:
    """One call with a fresh generator and a copy of x: y, checked for shape, and the mask as is."""
    generator = generator_for(seed, 2)
    return read_result(what, call(what, forward, x.copy(), rate, training, generator), x)


def read_result(what: str, result: object, x: np.ndarray) -> tuple[np.ndarray, object]:
    y, mask = parts_from(what, result, "y", "mask")
    return array_from(what, y, name="y", shape=x.shape), mask


def kept_units(what: str, y: np.ndarray) -> np.ndarray:
    """Which values of y are not zero; a check needs some kept and some dropped."""
    kept = y != 0
    require(
        kept.any() and not kept.all(),
        what,
        expected="in training, some values of y are zero and some are not",
        found=f"{np.mean(~kept):.1%} of them are zero",
        hint="nothing is dropped, or everything is.",
    )
    return kept


@random_states_kept()
def dropout_keeps_shape_and_dtype(forward: Callable, *, seed: int = 0) -> None:
    """y has the shape and the dtype of x: float32 stays float32, float64 stays float64."""
    what = "y has the shape and the dtype of x"
    for dtype in (np.float32, np.float64):
        for training in (True, False):
            x = inputs_far_from_zero(seed, (6, 5), dtype)
            y, _ = forward_pass(what, forward, x, 0.3, training, seed)
            require(
                y.dtype == x.dtype,
                what,
                expected=f"y is {x.dtype} for a {x.dtype} x (training={training})",
                found=f"y is {y.dtype}",
                hint=dtype_hint(y.dtype),
            )


def dtype_hint(found: np.dtype) -> str:
    """Why a result has this dtype in place of that of its input."""
    if found == np.float64:
        return (
            "a float64 array, such as a Boolean array divided by a number, entered the product and "
            "widened it."
        )
    return "the dtype is written in: it should follow the array that is given."


@random_states_kept()
def dropout_mask_marks_the_kept(forward: Callable, *, seed: int = 0) -> None:
    """The mask has the shape of x, holds only 0 and 1, and is 1 exactly where y is not zero.

    Where nothing is dropped (inference, rate 0) it is 1 everywhere.
    """
    what = "the mask is 1 for a kept unit and 0 for a dropped one"
    x = inputs_far_from_zero(seed, (40, 25))
    for rate, training in [(0.3, True), (0.8, True), (0.0, True), (0.5, False)]:
        y, mask = forward_pass(what, forward, x, rate, training, seed)
        mask = array_from(what, mask, name="mask", shape=x.shape)
        require(
            np.isin(mask, (0, 1)).all(),
            what,
            expected="the mask holds only 0 and 1 (or False and True)",
            found=f"the values {', '.join(f'{v:.4g}' for v in np.unique(mask)[:4])}",
            hint="the scaled mask was returned; the scale belongs to y alone.",
        )
        kept = y != 0
        wrong = np.mean((mask == 1) != kept)
        is_full = bool((mask == 1).all()) and (rate == 0 or not training)
        require(
            wrong == 0 or is_full,  # a y with zeros where nothing is dropped: see other checks
            what,
            expected=f"the mask says which values of y are kept (rate={rate}, training={training})",
            found=f"mask and y disagree on {wrong:.1%} of the values",
            hint="the mask is inverted: it marks the dropped units."
            if wrong == 1
            else "the mask that was returned is not the one that was applied to x.",
        )


@random_states_kept()
def dropout_zeroes_the_dropped(forward: Callable, *, seed: int = 0) -> None:
    """In training, some values become exactly zero; p(false fail) < 1e-100 with 2,000 draws."""
    what = "dropped values are exactly zero"
    x = inputs_far_from_zero(seed, (100, 20))
    for rate in (0.2, 0.5, 0.8):
        y, _ = forward_pass(what, forward, x, rate, True, seed)
        require(
            np.isfinite(y).all(),
            what,
            expected="every value of y is a finite number",
            found=f"{np.sum(~np.isfinite(y))} values are NaN or infinite",
            hint="a dropped value is zero, not missing.",
        )
        require(
            (y == 0).any(),
            what,
            expected=f"zeros in y at rate {rate} in training",
            found="not one value of y is zero",
            hint="nothing is dropped, or dropped values are made small or noisy instead of zero.",
        )


@random_states_kept()
def dropout_scales_survivors(forward: Callable, *, seed: int = 0) -> None:
    """In training, every value that is not zero is x / (1 - rate), up to the rounding of y.

    Some of 2,000 values survive: p(false fail) < 1e-100.
    """
    what = "survivors are x scaled by 1 / (1 - rate)"
    for dtype in (np.float32, np.float64):
        x = inputs_far_from_zero(seed, (100, 20), dtype)
        for rate in (0.2, 0.6, 0.8):
            y, _ = forward_pass(what, forward, x, rate, True, seed)
            kept = y != 0
            require(
                kept.any(),
                what,
                expected=f"some values survive at rate {rate}",
                found="every value of y is zero",
                hint="everything is dropped.",
            )
            ratio = y[kept].astype(np.float64) / x[kept]
            exact = 1 / (1 - rate)
            rounding = max(ROUNDING[dtype], ROUNDING.get(y.dtype.type, 0))  # dtype: another check
            require(
                np.all(np.abs(ratio / exact - 1) < rounding),
                what,
                expected=f"y / x is {exact:.4g} for every survivor at rate {rate}",
                found=_range_text(ratio),
                hint=scale_hint(np.median(ratio), rate),
            )


def _range_text(values: np.ndarray) -> str:
    low, high = values.min(), values.max()
    return f"{low:.4g}" if np.isclose(low, high) else f"values from {low:.4g} to {high:.4g}"


def scale_hint(ratio: float, rate: float) -> str:
    """The likely misconception behind survivors that are `ratio` times their input."""
    known = {
        "survivors are not scaled: the expected value of y is then smaller than x.": 1.0,
        "survivors were multiplied by the keep-probability: that is the scaling of the "
        "original method, at prediction time.": 1 - rate,
        "survivors were divided by the probability of dropping.": 1 / rate,
        "survivors were multiplied by the probability of dropping.": rate,
        "the scale was applied twice.": (1 - rate) ** -2,
    }
    for hint, value in known.items():
        if np.isclose(ratio, value, rtol=1e-3):
            return hint
    return "the scale is estimated from the draw, or another one than the inverse of keeping."


@random_states_kept()
def dropout_is_identity_at_inference(forward: Callable, *, seed: int = 0) -> None:
    """With training=False, y equals x exactly at every rate."""
    what = "with training=False, y equals x"
    x = inputs_far_from_zero(seed, (50, 20), np.float32)
    for rate in (0.2, 0.8):
        y, _ = forward_pass(what, forward, x, rate, False, seed)
        require(
            np.array_equal(y, x),
            what,
            expected=f"y is x at rate {rate}",
            found=f"y differs from x in {np.mean(y != x):.1%} of the values",
            hint="units are still dropped at prediction time."
            if (y == 0).any()
            else "y is still scaled: inverted dropout scales in training, so that prediction "
            "needs no scaling.",
        )


@random_states_kept()
def dropout_is_identity_at_rate_zero(forward: Callable, *, seed: int = 0) -> None:
    """With rate=0, y equals x exactly, in training too."""
    what = "with rate=0, y equals x in training"
    x = inputs_far_from_zero(seed, (50, 20), np.float32)
    y, _ = forward_pass(what, forward, x, 0.0, True, seed)
    require(
        np.array_equal(y, x),
        what,
        expected="y is x, since nothing is dropped",
        found=f"y differs from x in {np.mean(y != x):.1%} of the values",
        hint="something is dropped: the rate is taken for the probability of keeping, or the case "
        "of no dropping is treated by itself."
        if (y == 0).any()
        else "nothing is dropped, but the values are scaled: at rate 0 the scale is 1.",
    )


@random_states_kept()
def dropout_leaves_input_alone(forward: Callable, *, seed: int = 0) -> None:
    """x holds the same values after the call as before."""
    what = "x is not changed"
    original = inputs_far_from_zero(seed, (30, 20))
    for training in (True, False):
        x = original.copy()
        read_result(what, call(what, forward, x, 0.4, training, generator_for(seed)), x)
        require(
            np.array_equal(x, original),
            what,
            expected=f"x is the same before and after the call (training={training})",
            found=f"{np.mean(x != original):.1%} of its values changed",
            hint="y was built by writing into x.",
        )
