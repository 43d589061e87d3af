"""Checks of spatial dropout: `spatial_dropout_forward(x, rate, training, generator)`.

On maps of one pixel, spatial dropout is dropout: `with_maps_of_one_pixel` makes of it a function
for the checks of `dropout_forward`. What is left to check here is what happens to maps of more
pixels.
"""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.inverted_dropout import (
    ALL_OR_NOTHING,
    SCALES,
    inputs_far_from_zero,
    kept_units,
    require_scale,
)
from course_checks.mlp.dropout_forward import (
    draws_again_each_call,
    draws_every_unit_alone,
    drops_the_right_fraction,
    is_identity_at_inference,
    is_identity_at_rate_zero,
    keeps_shape_and_dtype,
    leaves_input_alone,
    scales_survivors,
    uses_only_the_generator,
    zeroes_the_dropped,
)
from course_checks.property import array_from, call, check, require

__all__ = [
    "draws_again_each_call",
    "draws_every_unit_alone",
    "drops_the_right_fraction",
    "drops_whole_maps",
    "is_identity_at_inference",
    "is_identity_at_rate_zero",
    "keeps_shape_and_dtype",
    "leaves_input_alone",
    "scales_survivors",
    "uses_only_the_generator",
    "with_maps_of_one_pixel",
    "zeroes_the_dropped",
]


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
    return array_from(call(spatial, x, rate, training, generator), name="y", shape=x.shape)


@check(
    "a map is dropped or kept as a whole",
    false_fail=1e-8,
    other_share="the rate is altered by the size of the maps.",
    places="places are dropped with all their channels; a map is one channel of one example.",
    lines="a draw is made for each {line} of a map; the map has one draw.",
    pixels="a draw is made for each pixel: that is plain dropout, not spatial dropout.",
    no_dropping="the case of no dropping is treated by itself, or not at all.",
    **ALL_OR_NOTHING,
    **SCALES,
)
def drops_whole_maps(spatial: Callable, *, seed: int = 0) -> None:
    """In training each map is zero as a whole or kept, and scaled, as a whole.

    At inference and at rate 0 maps of several pixels stay as they are. The share of maps that are
    dropped is that of maps of one pixel, give or take six standard errors.
    """
    x = inputs_far_from_zero(seed, (40, 5, 4, 12))
    for rate in (0.3, 0.6):
        y = _passed(spatial, x.copy(), rate, True, generator_for(seed, 14))
        kept = kept_units(y)
        in_part = kept.any(axis=(1, 2)) & ~kept.all(axis=(1, 2))
        likely, line = _shared_draw(kept)
        require(
            not in_part.any(),
            expected="all pixels of a map are zero, or none",
            found=f"{np.mean(in_part):.1%} of the maps are zero in part",
            likely=likely,
            line=line,
        )
        one_pixel = _passed(spatial, x[:, :1, :1].copy(), rate, True, generator_for(seed, 14))
        shares = [np.mean(dropped) for dropped in (one_pixel == 0, ~kept)]
        margin = 6 * np.sqrt(2 * rate * (1 - rate) / one_pixel.size)
        require(
            abs(shares[0] - shares[1]) < margin,
            expected=f"{shares[0]:.0%} of the maps dropped, as of maps of one pixel, give or take "
            f"{margin:.0%}",
            found=f"{shares[1]:.0%}",
            likely="other_share",
        )
        require_scale(y[kept] / x[kept], rate, "pixel of a kept map", x.dtype, y.dtype)
    for rate, training in [(0.0, True), (0.6, False)]:
        y = _passed(spatial, x.copy(), rate, training, generator_for(seed, 14))
        same = x.astype(y.dtype) if y.dtype.kind == "f" else x  # the dtype: another check
        require(
            np.array_equal(y, same),
            expected=f"y is x where nothing is dropped (rate={rate}, training={training})",
            found=f"y differs from x in {np.mean(y != x):.1%} of the values",
            likely="no_dropping",
        )


def _shared_draw(kept: np.ndarray) -> tuple[str, str]:
    """What shares a draw where maps are zero in part: a misconception, and a line of a map."""
    if (kept == kept[..., :1]).all():
        return "places", ""
    for axis, line in [(1, "column"), (2, "row")]:
        if (kept == kept.take([0], axis=axis)).all():
            return "lines", line
    return "pixels", ""
