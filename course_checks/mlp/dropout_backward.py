"""Checks of the item `dropout-backward`: the gradient, where the mask is held fixed."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.inverted_dropout import (
    SCALES,
    WIDENED,
    inputs_far_from_zero,
    likely_scale,
    require_same_dtype,
)
from course_checks.property import array_from, call, check, require


def _case(seed: int, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """An upstream gradient and a Boolean mask, both (8, 6), with values kept and dropped."""
    mask = generator_for(seed, 3).random((8, 6)) >= rate
    mask[0, 0], mask[0, 1] = True, False
    return inputs_far_from_zero(seed, (8, 6)), mask


def _gradient(
    backward: Callable, upstream: np.ndarray, mask: np.ndarray, rate: float
) -> np.ndarray:
    """The student's dx. upstream, mask: for the student to write into."""
    return array_from(call(backward, upstream, mask, rate), name="dx", shape=mask.shape)


def _numeric_gradient(upstream: np.ndarray, mask: np.ndarray, rate: float) -> np.ndarray:
    """Central differences of the sum of upstream * y, where y is dropout with a fixed mask."""

    def loss(x: np.ndarray) -> float:
        return float(np.sum(upstream * np.where(mask, x / (1 - rate), 0.0)))

    x, step = np.ones(mask.shape), 1e-3
    shifts = step * np.eye(x.size).reshape(-1, *x.shape)
    differences = [loss(x + shift) - loss(x - shift) for shift in shifts]
    return np.reshape(differences, x.shape) / (2 * step)


@check(
    "dx is the gradient of the forward pass with the mask held fixed",
    reaches_dropped="a gradient reaches units that were dropped: they had no effect on y.",
    no_upstream="dx is the same for each kept unit: upstream is not used.",
    **SCALES,
)
def matches_numeric_gradient(backward: Callable, *, seed: int = 0) -> None:
    """dx agrees with central differences to 1e-6 of the scale, for Boolean and for 0/1 masks."""
    for rate in (0.2, 0.5, 0.95):
        upstream, mask = _case(seed, rate)
        numeric = _numeric_gradient(upstream, mask, rate)
        for kind in (bool, np.float64, np.int64):
            dx = _gradient(backward, upstream.copy(), mask.astype(kind), rate)
            error, limit = np.max(np.abs(dx - numeric)), 1e-6 / (1 - rate)
            require(
                error < limit,
                expected=f"the numeric gradient at rate {rate}, to {limit:.1g}",
                found=f"the largest difference is {error:.3g}",
                likely=_likely(dx, upstream, mask, rate),
            )


def _likely(dx: np.ndarray, upstream: np.ndarray, mask: np.ndarray, rate: float) -> str:
    if (dx[~mask] != 0).any():
        return "reaches_dropped"
    if np.ptp(dx[mask]) == 0:
        return "no_upstream"
    return likely_scale(float(np.median(dx[mask] / upstream[mask])), rate)


@check(
    "the backward pass uses the mask of the forward pass",
    other_mask="a new mask is drawn, the mask is inverted, or it is not used.",
)
def uses_the_given_mask(backward: Callable, *, seed: int = 0) -> None:
    """dx is zero exactly where the given mask is zero, at every call."""
    for rate in (0.5, 0.8):
        upstream, mask = _case(seed, rate)
        for turn in (mask, ~mask):
            for _ in range(2):
                reached = _gradient(backward, upstream.copy(), turn.copy(), rate) != 0
                require(
                    np.array_equal(reached, turn),
                    expected="dx is zero where the mask is 0, and only there",
                    found=f"{np.mean(reached != turn):.1%} of the values are otherwise",
                    likely="other_mask",
                )


@check(
    "dx has the form of upstream, and the arguments are not changed",
    in_place="dx was built by writing into an argument.",
    **WIDENED,
)
def keeps_form(backward: Callable, *, seed: int = 0) -> None:
    """dx has the shape and dtype of upstream; upstream and the mask are not changed."""
    for dtype in (np.float32, np.float64):
        upstream, mask = _case(seed, 0.4)
        upstream = upstream.astype(dtype)
        given, given_mask = upstream.copy(), mask.copy()
        dx = _gradient(backward, given, given_mask, 0.4)
        require_same_dtype("dx", dx, upstream.dtype)
        require(
            np.array_equal(given, upstream) and np.array_equal(given_mask, mask),
            expected="upstream and mask hold the same values after the call",
            found="one of them changed",
            likely="in_place",
        )
