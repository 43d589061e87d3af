"""Checks of shapes and numbers of parameters: the truth is what Keras's own layers say.

`conv_output_shape(shape, filters, kernel, padding)`, `pool_output_shape(shape, size)`,
`conv_parameters(channels, filters, kernel)` and `dense_parameters(inputs, units)`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import call, check, parts_from, require_equal, whole_from

Shape = tuple[int, int, int]
FORMULA = {"formula": "the formula does not follow the layer."}
AXES = {"no_tuple": "the number of examples is no part of the shape here, or an axis was left out."}


def _shape_from(value: object) -> tuple[int, ...]:
    """`value` as three whole numbers. A check that calls it declares AXES."""
    parts = parts_from(value, "height", "width", "channels")
    return tuple(whole_from(part, name="each part of the shape") for part in parts)


def _drawn(seed: int) -> Iterator[tuple[Shape, int, int]]:
    """Shapes of maps that are no squares, with a number of filters and a size of window."""
    generator = generator_for(seed, 11)
    for window in (1, 2, 3, 4, 5):
        for _ in range(2):
            height, width = generator.choice(np.arange(7, 60), size=2, replace=False)
            channels, filters = generator.choice(np.arange(1, 40), size=2, replace=False)
            yield (int(height), int(width), int(channels)), int(filters), window


def maps_behind(layer: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of one example behind a Keras layer, from that in front of it."""
    return tuple(layer.compute_output_shape((None, *shape))[1:])


def parameters_of(layer: Any, shape: tuple[int, ...]) -> int:
    """How many weights and biases a Keras layer has on examples of this shape."""
    import keras

    # Only the shapes of the weights are needed: nothing is allocated, which takes most time.
    with keras.StatelessScope(initialize_variables=False):
        if not layer.built:
            layer.build((None, *shape))
    return layer.count_params()


@check(
    "conv_output_shape is the shape that a convolution returns",
    padding="`valid` and `same` are exchanged, or the padding is not looked at.",
    whole_kernel="a window of k pixels fits k - 1 times less often, not k times.",
    input_channels="the channels of the input are returned: there is one map a filter.",
    sides_exchanged="height and width are exchanged.",
    **AXES,
    **FORMULA,
)
def conv_is_right(conv_output_shape: Callable, *, seed: int = 0) -> None:
    """The output shape of keras.layers.Conv2D, stride 1, for both paddings."""
    import keras

    for shape, filters, kernel in [((32, 32, 3), 64, 3), *_drawn(seed)]:
        height, width, channels = shape
        smaller = height - kernel + 1, width - kernel + 1
        for padding, other in [("valid", (height, width)), ("same", smaller)]:
            exact = maps_behind(keras.layers.Conv2D(filters, kernel, padding=padding), shape)
            require_equal(
                _shape_from(call(conv_output_shape, shape, filters, kernel, padding)),
                exact,
                case=f"{shape}, {filters} filters, kernel {kernel}, padding {padding!r}",
                known={
                    "padding": (*other, filters),
                    "whole_kernel": (height - kernel, width - kernel, filters),
                    "input_channels": (*exact[:2], channels),
                    "sides_exchanged": (exact[1], exact[0], filters),
                },
                otherwise="formula",
            )


@check(
    "pool_output_shape is the shape that a max pooling returns",
    rounded_up="rounded up: a window that does not fit whole is left out.",
    one_pixel="the window moves by its own size, not by one pixel.",
    pooled_channels="the channels are pooled as well: each map is pooled by itself.",
    **AXES,
    **FORMULA,
)
def pool_is_right(pool_output_shape: Callable, *, seed: int = 0) -> None:
    """The output shape of keras.layers.MaxPooling2D with stride = size and no padding."""
    import keras

    for shape, _, size in [((15, 15, 7), 0, 2), *_drawn(seed)]:
        height, width, channels = shape
        exact = maps_behind(keras.layers.MaxPooling2D(size), shape)
        require_equal(
            _shape_from(call(pool_output_shape, shape, size)),
            exact,
            case=f"{shape}, size {size}",
            known={
                "rounded_up": (-(-height // size), -(-width // size), channels),
                "one_pixel": (height - size + 1, width - size + 1, channels),
                "pooled_channels": (*exact[:2], channels // size),
            },
            otherwise="formula",
        )


@check(
    "conv_parameters counts the weights and biases of a convolution",
    no_biases="the biases are missing: one a filter.",
    one_channel="each filter spans all channels of the input.",
    one_side="the kernel has two sides.",
    one_bias="one bias belongs to each filter, not to each channel or to the layer.",
    bias_a_channel="one bias belongs to each filter, not to each channel of the input.",
    **FORMULA,
)
def conv_parameters_are_right(conv_parameters: Callable, *, seed: int = 0) -> None:
    """The number of weights and biases of keras.layers.Conv2D."""
    import keras

    for (height, width, channels), filters, kernel in [((9, 8, 5), 64, 3), *_drawn(seed)]:
        exact = parameters_of(keras.layers.Conv2D(filters, kernel), (height, width, channels))
        require_equal(
            whole_from(call(conv_parameters, channels, filters, kernel), name="it"),
            exact,
            case=f"{channels} channels, {filters} filters, kernel {kernel}",
            known={
                "no_biases": exact - filters,
                "one_channel": kernel**2 * filters + filters,
                "one_side": kernel * channels * filters + filters,
                "one_bias": exact - filters + 1,
                "bias_a_channel": exact - filters + channels,
            },
            otherwise="formula",
        )


@check(
    "dense_parameters counts the weights and biases of a Dense layer",
    no_biases="the biases are missing: one a unit.",
    bias_an_input="one bias belongs to each unit, not to each input.",
    one_bias="one bias belongs to each unit, not one to the layer.",
    **FORMULA,
)
def dense_parameters_are_right(dense_parameters: Callable, *, seed: int = 0) -> None:
    """The number of weights and biases of keras.layers.Dense."""
    import keras

    for (inputs, units, _), _, _ in [((1024, 512, 1), 1, 1), *_drawn(seed)]:
        require_equal(
            whole_from(call(dense_parameters, inputs, units), name="it"),
            parameters_of(keras.layers.Dense(units), (inputs,)),
            case=f"{inputs} inputs, {units} units",
            known={
                "no_biases": inputs * units,
                "bias_an_input": inputs * units + inputs,
                "one_bias": inputs * units + 1,
            },
            otherwise="formula",
        )
