"""Checks of inverted dropout, written in NumPy: `dropout_forward(x, rate, training, generator)`.

A value of y that is zero was dropped, whatever the mask that was returned with it says: no input
is near zero. Some rates have more digits than a draw of whole numbers from 0 to 99 can hit.
"""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.inverted_dropout import (
    ALL_OR_NOTHING,
    SCALES,
    WIDENED,
    inputs_far_from_zero,
    kept_units,
    require_same_dtype,
    require_scale,
)
from course_checks.property import array_from, call, check, parts_from, require


def forward_pass(
    forward: Callable, x: np.ndarray, rate: float, training: bool, seed: int
) -> tuple[np.ndarray, object]:
    """One call with a fresh generator and a copy of x: y, checked for shape, and the mask as is."""
    return read_result(call(forward, x.copy(), rate, training, generator_for(seed, 2)), x)


def read_result(result: object, x: np.ndarray) -> tuple[np.ndarray, object]:
    y, mask = parts_from(result, "y", "mask")
    return array_from(y, name="y", shape=x.shape), mask


@check("y has the shape and the dtype of x", **WIDENED)
def keeps_shape_and_dtype(forward: Callable, *, seed: int = 0) -> None:
    """float32 stays float32, float64 stays float64."""
    for dtype in (np.float32, np.float64):
        for training in (True, False):
            x = inputs_far_from_zero(seed, (6, 5), dtype)
            y, _ = forward_pass(forward, x, 0.3, training, seed)
            require_same_dtype("y", y, x.dtype, f" for a {x.dtype} x (training={training})")


@check(
    "the mask is 1 for a kept unit and 0 for a dropped one",
    false_fail=1e-100,
    scaled_mask="the scaled mask was returned; the scale belongs to y alone.",
    inverted="the mask is inverted: it marks the dropped units.",
    other_mask="the mask that was returned is not the one that was applied to x.",
    of_values="the mask is read off x or y, where a 0 may be a value that is kept.",
)
def mask_marks_the_kept(forward: Callable, *, seed: int = 0) -> None:
    """The mask has the shape of x, holds only 0 and 1, and is 1 exactly where y is not zero.

    Where nothing is dropped (inference, rate 0) it is 1 everywhere. Of 1,000 zeros some are kept
    and some are dropped.
    """
    x = inputs_far_from_zero(seed, (40, 25))
    for rate, training in [(0.3, True), (0.8, True), (0.0, True), (0.5, False)]:
        y, mask = forward_pass(forward, x, rate, training, seed)
        mask = array_from(mask, name="mask", shape=x.shape)
        require(
            np.isin(mask, (0, 1)).all(),
            expected="the mask holds only 0 and 1 (or False and True)",
            found=f"the values {', '.join(f'{v:.4g}' for v in np.unique(mask)[:4])}",
            likely="scaled_mask",
        )
        wrong = np.mean((mask == 1) != (y != 0))
        is_full = bool((mask == 1).all()) and (rate == 0 or not training)
        require(
            wrong == 0 or is_full,  # a y with zeros where nothing is dropped: see other checks
            expected=f"the mask says which values of y are kept (rate={rate}, training={training})",
            found=f"mask and y disagree on {wrong:.1%} of the values",
            likely="inverted" if wrong == 1 else "other_mask",
        )
    masks = [
        array_from(forward_pass(forward, one, 0.3, True, seed)[1], name="mask", shape=x.shape)
        for one in (x, np.zeros_like(x))
    ]
    is_mixed, is_mixed_of_zeros = (0 < np.mean(mask) < 1 for mask in masks)
    require(
        is_mixed_of_zeros or not is_mixed,
        expected="zeros in x are dropped and kept like all other values",
        found="all of them dropped, or all kept",
        likely="of_values",
    )


@check(
    "dropped values are exactly zero",
    false_fail=1e-100,
    not_finite="a dropped value is zero, not missing.",
    no_zeros="nothing is dropped, or dropped values are made small or noisy instead of zero.",
)
def zeroes_the_dropped(forward: Callable, *, seed: int = 0) -> None:
    """In training, some of 2,000 values become exactly zero."""
    x = inputs_far_from_zero(seed, (100, 20))
    for rate in (0.2, 0.5, 0.8):
        y, _ = forward_pass(forward, x, rate, True, seed)
        require(
            np.isfinite(y).all(),
            expected="every value of y is a finite number",
            found=f"{np.sum(~np.isfinite(y))} values are NaN or infinite",
            likely="not_finite",
        )
        require(
            (y == 0).any(),
            expected=f"zeros in y at rate {rate} in training",
            found="not one value of y is zero",
            likely="no_zeros",
        )


@check(
    "survivors are x scaled by 1 / (1 - rate)",
    false_fail=1e-100,
    everything="everything is dropped.",
    **SCALES,
)
def scales_survivors(forward: Callable, *, seed: int = 0) -> None:
    """In training, every value that is not zero is x / (1 - rate), up to rounding.

    Some of 20,000 values survive.
    """
    for dtype in (np.float32, np.float64):
        x = inputs_far_from_zero(seed, (100, 200), dtype)
        for rate in (0.2, 0.6, 0.95):
            y, _ = forward_pass(forward, x, rate, True, seed)
            kept = y != 0
            require(
                kept.any(),
                expected=f"some values survive at rate {rate}",
                found="every value of y is zero",
                likely="everything",
            )
            # The dtype of y is another check's business.
            ratio = y[kept].astype(np.float64) / x[kept]
            require_scale(ratio, rate, "survivor", x.dtype, y.dtype)


@check(
    "with training=False, y equals x",
    dropped="units are still dropped at prediction time.",
    scaled="y is still scaled: inverted dropout scales in training, so that prediction needs no "
    "scaling.",
)
def is_identity_at_inference(forward: Callable, *, seed: int = 0) -> None:
    """At every rate, exactly."""
    x = inputs_far_from_zero(seed, (50, 20), np.float32)
    for rate in (0.2, 0.8):
        y, _ = forward_pass(forward, x, rate, False, seed)
        _require_identity(x, y, f"y is x at rate {rate}")


@check(
    "with rate=0, y equals x in training",
    dropped="something is dropped: the rate is taken for the probability of keeping, or the case "
    "of no dropping is treated by itself.",
    scaled="nothing is dropped, but the values are scaled: at rate 0 the scale is 1.",
)
def is_identity_at_rate_zero(forward: Callable, *, seed: int = 0) -> None:
    """Exactly, in training too."""
    x = inputs_far_from_zero(seed, (50, 20), np.float32)
    y, _ = forward_pass(forward, x, 0.0, True, seed)
    _require_identity(x, y, "y is x, since nothing is dropped")


def _require_identity(x: np.ndarray, y: np.ndarray, expected: str) -> None:
    require(
        np.array_equal(y, x),
        expected=expected,
        found=f"y differs from x in {np.mean(y != x):.1%} of the values",
        likely="dropped" if (y == 0).any() else "scaled",
    )


@check("x is not changed", in_place="y was built by writing into x.")
def leaves_input_alone(forward: Callable, *, seed: int = 0) -> None:
    """x holds the same values after the call as before."""
    original = inputs_far_from_zero(seed, (30, 20))
    for training in (True, False):
        x = original.copy()
        read_result(call(forward, x, 0.4, training, generator_for(seed)), x)
        require(
            np.array_equal(x, original),
            expected=f"x is the same before and after the call (training={training})",
            found=f"{np.mean(x != original):.1%} of its values changed",
            likely="in_place",
        )


@check(
    "the fraction of dropped values is the rate, up to chance",
    false_fail=1e-7,
    keeping="the rate is taken for the probability of keeping.",
    other_threshold="the numbers that decide are not uniform between 0 and 1, or have too few "
    "digits, or the rate is not the threshold.",
    **ALL_OR_NOTHING,
)
def drops_the_right_fraction(forward: Callable, *, seed: int = 0) -> None:
    """The fraction of zeros is within 6 standard errors of the rate.

    The values are laid out along the features, then along the examples, and the better one counts:
    a mask that is shared along one axis is the business of another check.
    """
    size = 60_000
    # With whole numbers from 0 to 9 or 99, the smallest one is off by 6 standard errors and more.
    for rate in (0.015, 0.137, 0.3, 0.95):
        fractions = []
        for shape in ((1, size), (size, 1)):
            y, _ = forward_pass(forward, inputs_far_from_zero(seed, shape), rate, True, seed)
            fractions.append(float(np.mean(y == 0)))
        found = min(fractions, key=lambda fraction: abs(fraction - rate))
        margin = 6 * np.sqrt(rate * (1 - rate) / size)
        is_keeping = abs(found - (1 - rate)) < margin
        require(
            abs(found - rate) < margin,
            expected=f"{rate:.1%} of the values are zero, give or take {margin:.1%}",
            found=f"{found:.1%}",
            likely="keeping"
            if is_keeping
            else "all_or_nothing"
            if found in (0, 1)
            else "other_threshold",
        )


@check(
    "every value is dropped by an independent draw of its own",
    false_fail=1e-7,
    shared="the random numbers were drawn for one axis and broadcast along the other.",
    fixed_number="a fixed number of units is chosen: the rate is a probability for each unit, not "
    "a share of the units.",
    several="one draw decides about several units.",
    copied="a part of the mask is a copy of another part, perhaps shifted, mirrored or transposed.",
    never_changes="a fixed number of units is chosen, or the mask never changes.",
    **ALL_OR_NOTHING,
)
def draws_every_unit_alone(forward: Callable, *, seed: int = 0) -> None:
    """By example, by feature, and in number; no part of the mask is a copy of another part.

    The numbers of kept values in rows and in columns must spread as independent draws do (variance
    between 0.5 and 1.6 times the binomial one), and the total must differ between calls: p < 1e-7
    for all of them together: the variances are those of 256 numbers each, 5.6 and 6.8 of their
    standard deviations away from the limits. For copies see `_largest_likeness`.
    """
    rate, size = 0.4, 256
    x = inputs_far_from_zero(seed, (size, size))
    kept = kept_units(forward_pass(forward, x, rate, True, seed)[0])
    for axis, shared in [(0, "all examples"), (1, "all features of an example")]:
        require(
            not (np.all(kept, axis=axis) | np.all(~kept, axis=axis)).all(),
            expected="a draw for each example and each feature",
            found=f"one draw is shared by {shared}",
            likely="shared",
        )
    share = kept.mean()  # whether it is the rate is another check's business
    for axis, line in [(1, "rows"), (0, "columns")]:
        spread = np.var(kept.sum(axis=axis), ddof=1) / (size * share * (1 - share))
        require(
            0.5 < spread < 1.6,
            expected=f"the number kept in the {line} varies as for independent draws",
            found=f"its variance is {spread:.2f} times the one of independent draws",
            likely="fixed_number" if spread <= 0.5 else "several",
        )
    likeness = _largest_likeness(kept)
    require(
        likeness < 0.05,
        expected="a mask that is like no shifted, mirrored or transposed copy of itself",
        found=f"a correlation of {likeness:.2f} with one of them",
        likely="copied",
    )
    small = x[:16, :16]
    totals = {
        np.count_nonzero(forward_pass(forward, small, rate, True, seed + k)[0]) for k in range(20)
    }
    require(
        len(totals) > 1,
        expected="the number of kept values varies from call to call",
        found=f"{totals.pop()} of {small.size} in each of 20 calls",
        likely="never_changes",
    )


def _largest_likeness(kept: np.ndarray) -> float:
    """The largest correlation of a square mask with its images under all shifts and symmetries.

    Of n independent draws, the correlation with one image has a standard deviation of 1/sqrt(n), or
    sqrt(2/n) where each pair counts twice: for n = 256**2, 0.05 is 9 of the latter, and there are
    8 n images: p < 1e-12.
    """
    centred = kept - kept.mean()
    spectrum, likeness = np.fft.fft2(centred), []
    for turned in (centred, centred.T):
        for image in (turned, turned[::-1], turned[:, ::-1], turned[::-1, ::-1]):
            found = np.fft.ifft2(spectrum * np.fft.fft2(image).conj()).real / np.sum(centred**2)
            if image is centred:
                found[0, 0] = 0  # with itself
            likeness.append(np.abs(found).max())
    return float(max(likeness))


@check(
    "each call draws a new mask",
    false_fail=1e-100,
    same_again="a seed is set inside the function, the mask is stored, or a copy of the generator "
    "draws.",
    **ALL_OR_NOTHING,
)
def draws_again_each_call(forward: Callable, *, seed: int = 0) -> None:
    """Two calls with one generator drop different ones of 10,000 values."""
    x = inputs_far_from_zero(seed, (200, 50))
    generator = generator_for(seed, 2)
    first, second = (
        kept_units(read_result(call(forward, x.copy(), 0.5, True, generator), x)[0])
        for _ in range(2)
    )
    require(
        not np.array_equal(first, second),
        expected="two calls in a row with the same generator drop different values",
        found="both calls drop the same ones",
        likely="same_again",
    )


@check(
    "all random numbers come from the generator that is given",
    false_fail=1e-100,
    other_source="the numbers are drawn from np.random or from a generator made inside the "
    "function.",
    global_state="np.random.seed or a function such as np.random.rand is called.",
    **ALL_OR_NOTHING,
)
def uses_only_the_generator(forward: Callable, *, seed: int = 0) -> None:
    """NumPy's global state is not touched.

    A right answer fails if generators in different states give the same 10,000 draws.
    """
    x = inputs_far_from_zero(seed, (200, 50))
    first, again, other = (
        kept_units(forward_pass(forward, x, 0.5, True, one)[0]) for one in (seed, seed, seed + 1)
    )
    require(
        np.array_equal(first, again),
        expected="two generators in the same state lead to the same mask",
        found=f"the masks differ in {np.mean(first != again):.1%} of the values",
        likely="other_source",
    )
    require(
        not np.array_equal(first, other),
        expected="generators in different states lead to different masks",
        found="the same mask from both",
        likely="other_source",
    )
    np.random.seed(987_654_321)  # a state that the submitted code is not likely to set itself
    before = np.random.get_state()
    forward_pass(forward, x, 0.5, True, seed)
    after = np.random.get_state()
    require(
        before[2:] == after[2:] and np.array_equal(before[1], after[1]),
        expected="NumPy's global random state is the same before and after",
        found="it changed",
        likely="global_state",
    )
