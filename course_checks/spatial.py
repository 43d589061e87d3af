"""Checks of spatial dropout, written in NumPy: whole maps are dropped.

On maps of one pixel, spatial dropout is dropout: `with_maps_of_one_pixel` hands such a
function to the checks of `forward` and `randomness`. What is left to check here is what
happens to maps of more pixels.
"""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.forward import ROUNDING, inputs_far_from_zero, scale_hint
from course_checks.report import array_from, call, random_states_kept, require

MAPS = "the maps that are returned have the shape of those that are given"


def with_maps_of_one_pixel(spatial: Callable) -> Callable:
    """`spatial` as a function of x with the shape (examples, channels), and no mask.

    spatial: maps arrays (examples, height, width, channels) to such arrays.
    """

    def forward(
        x: np.ndarray, rate: float, training: bool, generator: np.random.Generator
    ) -> tuple[np.ndarray, None]:
        y = _passed(spatial, x[:, None, None, :], rate, training, generator)
        return y[:, 0, 0, :], None

    return forward


def _passed(
    spatial: Callable, x: np.ndarray, rate: float, training: bool, generator: np.random.Generator
) -> np.ndarray:
    y = call(MAPS, spatial, x, rate, training, generator)
    return array_from(MAPS, y, name="y", shape=x.shape)


@random_states_kept()
def spatial_dropout_drops_whole_maps(spatial: Callable, *, seed: int = 0) -> None:
    """In training each map is zero as a whole or kept, and scaled, as a whole.

    At inference and at rate 0 maps of several pixels stay as they are. A right answer
    fails with p < 1e-70, if none or all of 480 maps are dropped.
    """
    what = "a map is dropped or kept as a whole"
    x = inputs_far_from_zero(seed, (40, 5, 4, 12))
    for rate in (0.3, 0.6):
        y = _passed(spatial, x.copy(), rate, True, generator_for(seed, 14))
        dropped = y == 0
        require(
            dropped.any() and not dropped.all(),
            what,
            expected=f"some maps are zero at rate {rate} in training, and some are not",
            found=f"{np.mean(dropped):.1%} of the values are zero",
            hint="nothing is dropped, or everything is.",
        )
        whole = dropped.all(axis=(1, 2)) | ~dropped.any(axis=(1, 2))
        require(
            whole.all(),
            what,
            expected="all pixels of a map are zero, or none",
            found=f"{np.mean(~whole):.1%} of the maps are zero in part",
            hint=_part_hint(dropped),
        )
        ratio = y[~dropped] / x[~dropped]
        exact = 1 / (1 - rate)
        require(
            # A narrower dtype than that of x is another check's business.
            np.all(np.abs(ratio / exact - 1) < ROUNDING.get(y.dtype.type, ROUNDING[np.float64])),
            what,
            expected=f"y / x is {exact:.4g} for every pixel of a kept map at rate {rate}",
            found=f"values from {ratio.min():.4g} to {ratio.max():.4g}",
            hint=scale_hint(np.median(ratio), rate),
        )
    for rate, training in [(0.0, True), (0.6, False)]:
        y = _passed(spatial, x.copy(), rate, training, generator_for(seed, 14))
        same = x.astype(y.dtype) if y.dtype.kind == "f" else x  # the dtype: another check
        require(
            np.array_equal(y, same),
            what,
            expected=f"y is x where nothing is dropped (rate={rate}, training={training})",
            found=f"y differs from x in {np.mean(y != x):.1%} of the values",
            hint="the case of no dropping is treated by itself, or not at all.",
        )


def _part_hint(dropped: np.ndarray) -> str:
    """Which draw is shared along which axis, where maps are zero in part."""
    if (dropped == dropped[..., :1]).all():
        return "places are dropped with all their channels; a map is one channel of one example."
    for axis, line in [(1, "column"), (2, "row")]:
        if (dropped == dropped.take([0], axis=axis)).all():
            return f"a draw is made for each {line} of a map; the map has one draw."
    return "a draw is made for each pixel: that is plain dropout, not spatial dropout."
