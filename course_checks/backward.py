"""Checks of the backward pass of dropout with a fixed mask."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.forward import dtype_hint, inputs_far_from_zero, scale_hint
from course_checks.report import array_from, call, random_states_kept, require


def _backward_case(seed: int, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """An upstream gradient and a Boolean mask, both (8, 6), with values kept and dropped."""
    mask = generator_for(seed, 3).random((8, 6)) >= rate
    mask[0, 0], mask[0, 1] = True, False
    return inputs_far_from_zero(seed, (8, 6)), mask


def _backward(
    what: str, backward: Callable, upstream: np.ndarray, mask: np.ndarray, rate: float
) -> np.ndarray:
    dx = call(what, backward, upstream.copy(), mask.copy(), rate)
    return array_from(what, dx, name="dx", shape=upstream.shape)


def _numeric_gradient(upstream: np.ndarray, mask: np.ndarray, rate: float) -> np.ndarray:
    """Central differences of the sum of upstream * y, where y is dropout with a fixed mask."""

    def loss(x: np.ndarray) -> float:
        return float(np.sum(upstream * np.where(mask, x / (1 - rate), 0.0)))

    x, step = np.ones(upstream.shape), 1e-3
    gradient = np.empty_like(x)
    for place in np.ndindex(*x.shape):
        shift = np.zeros_like(x)
        shift[place] = step
        gradient[place] = (loss(x + shift) - loss(x - shift)) / (2 * step)
    return gradient


@random_states_kept()
def backward_matches_numeric_gradient(backward: Callable, *, seed: int = 0) -> None:
    """dx agrees with central differences to 1e-6, for Boolean and for 0/1 masks."""
    what = "dx is the gradient of the forward pass with the mask held fixed"
    for rate in (0.2, 0.5, 0.8):
        upstream, mask = _backward_case(seed, rate)
        numeric = _numeric_gradient(upstream, mask, rate)
        for kind in (bool, np.float64, np.int64):
            dx = _backward(what, backward, upstream, mask.astype(kind), rate)
            error = np.max(np.abs(dx - numeric))
            require(
                error < 1e-6,
                what,
                expected=f"the numeric gradient at rate {rate}, to 1e-6",
                found=f"the largest difference is {error:.3g}",
                hint=_gradient_hint(dx, upstream, mask, rate),
            )


def _gradient_hint(dx: np.ndarray, upstream: np.ndarray, mask: np.ndarray, rate: float) -> str:
    if (dx[~mask] != 0).any():
        return "a gradient reaches units that were dropped: they had no effect on y."
    if (dx[mask] == 0).any():
        return "units that were kept get no gradient."
    if np.ptp(dx[mask]) == 0:
        return "dx is the same for each kept unit: upstream is not used."
    return scale_hint(np.median(dx[mask] / upstream[mask]), rate)


@random_states_kept()
def backward_uses_the_given_mask(backward: Callable, *, seed: int = 0) -> None:
    """dx is zero exactly where the given mask is zero, at every call."""
    what = "the backward pass uses the mask of the forward pass"
    for rate in (0.5, 0.8):
        upstream, mask = _backward_case(seed, rate)
        for turn in (mask, ~mask):
            for _ in range(2):
                reached = _backward(what, backward, upstream, turn, rate) != 0
                require(
                    np.array_equal(reached, turn),
                    what,
                    expected="dx is zero where the mask is 0, and only there",
                    found=f"{np.mean(reached != turn):.1%} of the values are otherwise",
                    hint="a new mask is drawn, the mask is inverted, or it is not used.",
                )


@random_states_kept()
def backward_keeps_form(backward: Callable, *, seed: int = 0) -> None:
    """dx has the shape and dtype of upstream; upstream and the mask are not changed."""
    what = "dx has the form of upstream, and the arguments are not changed"
    for dtype in (np.float32, np.float64):
        upstream, mask = _backward_case(seed, 0.4)
        upstream = upstream.astype(dtype)
        given, given_mask = upstream.copy(), mask.copy()
        dx = call(what, backward, given, given_mask, 0.4)
        dx = array_from(what, dx, name="dx", shape=upstream.shape)
        require(
            dx.dtype == upstream.dtype,
            what,
            expected=f"dx is {upstream.dtype}",
            found=f"dx is {dx.dtype}",
            hint=dtype_hint(dx.dtype),
        )
        require(
            np.array_equal(given, upstream) and np.array_equal(given_mask, mask),
            what,
            expected="upstream and mask hold the same values after the call",
            found="one of them changed",
            hint="dx was built by writing into an argument.",
        )
