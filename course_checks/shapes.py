"""Checks of shapes and numbers of parameters: the truth is what Keras's own layers say."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import (
    call,
    describe,
    number_from,
    random_states_kept,
    require,
)

Shape = tuple[int, int, int]
PARTS = ("shape", "number of parameters")  # of a row in the table of the old net


def _shape_from(what: str, value: object) -> tuple[int, ...]:
    """`value` as a tuple of Python integers, if it is three whole numbers."""
    if isinstance(value, np.ndarray) and value.ndim == 1:
        value = tuple(value)
    parts = value if isinstance(value, tuple | list) else ()
    require(
        len(parts) == 3,
        what,
        expected="a tuple (height, width, channels)",
        found=describe(value),
        hint="the number of examples is no part of the shape here, or an axis was left out.",
    )
    return tuple(whole(what, part, name="each part of the shape") for part in parts)


def whole(what: str, value: object, *, name: str) -> int:
    number = number_from(what, value, name=name)
    require(
        number == int(number),
        what,
        expected=f"{name} is a whole number",
        found=f"{number:.6g}",
        hint="`/` was used where `//` rounds down.",
    )
    return int(number)


def _drawn(seed: int) -> Iterator[tuple[Shape, int, int]]:
    """Shapes of maps that are no squares, with a number of filters and a size of window."""
    generator = generator_for(seed, 11)
    for window in (1, 2, 3, 4, 5):
        for _ in range(2):
            height, width = generator.choice(np.arange(7, 60), size=2, replace=False)
            channels, filters = generator.choice(np.arange(1, 40), size=2, replace=False)
            yield (int(height), int(width), int(channels)), int(filters), window


def _maps_of(layer: Any, shape: Shape) -> Shape:
    return tuple(layer.compute_output_shape((None, *shape))[1:])


def _parameters_of(layer: Any, shape: tuple[int, ...]) -> int:
    import keras

    # Only the shapes of the weights are needed: nothing is allocated, which takes most time.
    with keras.StatelessScope(initialize_variables=False):
        layer.build((None, *shape))
    return layer.count_params()


def require_equal(what: str, case: str, found: object, exact: object, known: dict) -> None:
    """`known`: hint -> the value that this misconception gives."""
    hints = [hint for hint, value in known.items() if value == found]
    require(
        found == exact,
        what,
        expected=f"{exact} for {case}",
        found=str(found),
        hint=next(iter(hints), "the formula does not follow the layer."),
    )


@random_states_kept()
def conv_shapes_are_right(conv_output_shape: Callable, *, seed: int = 0) -> None:
    """The output shape of keras.layers.Conv2D, stride 1, for both paddings."""
    import keras

    what = "conv_output_shape is the shape that a convolution returns"
    for shape, filters, kernel in [((32, 32, 3), 64, 3), *_drawn(seed)]:
        height, width, channels = shape
        for padding in ("valid", "same"):
            exact = _maps_of(keras.layers.Conv2D(filters, kernel, padding=padding), shape)
            found = call(what, conv_output_shape, shape, filters, kernel, padding)
            lost = kernel - 1
            known = {
                "`valid` and `same` are exchanged, or the padding is not looked at.": (
                    (height, width, filters)
                    if padding == "valid"
                    else (height - lost, width - lost, filters)
                ),
                "a window of k pixels fits k - 1 times less often, not k times.": (
                    height - kernel,
                    width - kernel,
                    filters,
                ),
                "the channels of the input are returned: there is one map a filter.": (
                    *exact[:2],
                    channels,
                ),
                "height and width are exchanged.": (exact[1], exact[0], filters),
            }
            case = f"{shape}, {filters} filters, kernel {kernel}, padding {padding!r}"
            require_equal(what, case, _shape_from(what, found), exact, known)


@random_states_kept()
def pool_shapes_are_right(pool_output_shape: Callable, *, seed: int = 0) -> None:
    """The output shape of keras.layers.MaxPooling2D with stride = size and no padding."""
    import keras

    what = "pool_output_shape is the shape that a max pooling returns"
    for shape, _, size in [((15, 15, 7), 0, 2), *_drawn(seed)]:
        height, width, channels = shape
        exact = _maps_of(keras.layers.MaxPooling2D(size), shape)
        known = {
            "rounded up: a window that does not fit whole is left out.": (
                -(-height // size),
                -(-width // size),
                channels,
            ),
            "the window moves by its own size, not by one pixel.": (
                height - size + 1,
                width - size + 1,
                channels,
            ),
            "the channels are pooled as well: each map is pooled by itself.": (
                *exact[:2],
                channels // size,
            ),
        }
        found = _shape_from(what, call(what, pool_output_shape, shape, size))
        require_equal(what, f"{shape}, size {size}", found, exact, known)


@random_states_kept()
def conv_parameters_are_right(conv_parameters: Callable, *, seed: int = 0) -> None:
    """The number of weights and biases of keras.layers.Conv2D."""
    import keras

    what = "conv_parameters counts the weights and biases of a convolution"
    for (height, width, channels), filters, kernel in [((9, 8, 5), 64, 3), *_drawn(seed)]:
        layer = keras.layers.Conv2D(filters, kernel)
        exact = _parameters_of(layer, (height, width, channels))
        known = {
            "the biases are missing: one a filter.": exact - filters,
            "each filter spans all channels of the input.": kernel**2 * filters + filters,
            "the kernel has two sides.": kernel * channels * filters + filters,
            "one bias belongs to each filter, not to each channel or to the layer.": exact
            - filters
            + 1,
            "one bias belongs to each filter, not to each channel of the input.": exact
            - filters
            + channels,
        }
        found = whole(what, call(what, conv_parameters, channels, filters, kernel), name="it")
        case = f"{channels} channels, {filters} filters, kernel {kernel}"
        require_equal(what, case, found, exact, known)


@random_states_kept()
def dense_parameters_are_right(dense_parameters: Callable, *, seed: int = 0) -> None:
    """The number of weights and biases of keras.layers.Dense."""
    import keras

    what = "dense_parameters counts the weights and biases of a Dense layer"
    for (inputs, units, _), _, _ in [((1024, 512, 1), 1, 1), *_drawn(seed)]:
        exact = _parameters_of(keras.layers.Dense(units), (inputs,))
        known = {
            "the biases are missing: one a unit.": inputs * units,
            "one bias belongs to each unit, not to each input.": inputs * units + inputs,
            "one bias belongs to each unit, not one to the layer.": inputs * units + 1,
        }
        found = whole(what, call(what, dense_parameters, inputs, units), name="it")
        require_equal(what, f"{inputs} inputs, {units} units", found, exact, known)


@cache
@cache
def _old_cnn() -> dict[str, tuple[tuple[int, ...], int]]:
    """Name -> (output shape, parameters) of the old net's layers, as Keras counts them."""
    import keras

    layers, shape, rows = keras.layers, (32, 32, 3), {}
    plan: dict[str, Any] = {}
    for k, filters in enumerate((64, 128, 256), 1):
        plan[f"conv {k}"] = layers.Conv2D(filters, 3)
        plan[f"pool {k}"] = layers.MaxPooling2D(2)
    plan |= {"flatten": layers.Flatten()}
    plan |= {"dense 1": layers.Dense(512), "dense 2": layers.Dense(10)}
    for name, layer in plan.items():
        parameters = _parameters_of(layer, shape)
        shape = _maps_of(layer, shape)
        rows[name] = (shape, parameters)
    return rows


def _rows_from(what: str, table: object) -> dict[str, tuple[object, object]]:
    """The table as a row (shape, parameters) for each layer of the old net."""
    names = list(_old_cnn())
    require(
        isinstance(table, dict) and set(table) == set(names),
        what,
        expected=f"a dict with the keys {', '.join(names)}",
        found=", ".join(describe(key) for key in list(table)[:9])
        if isinstance(table, dict)
        else describe(table),
        hint="a layer is left out, added or spelt in another way; Dropout layers have no row.",
    )
    for name in names:
        row = table[name]
        require(
            isinstance(row, tuple | list) and len(row) == 2,
            what,
            expected="for each layer a tuple (shape, parameters)",
            found=f"{describe(row)} for {name}",
            hint="the shape stands in a tuple of its own: ((height, width, channels), parameters).",
        )
    return {name: tuple(table[name]) for name in names}


def _whole_parts(what: str, table: object, part: str) -> dict[str, tuple[int, ...]]:
    """That one of the PARTS of each row, as whole numbers."""
    return {
        name: _whole_numbers(what, row[PARTS.index(part)], name=f"the {part} of {name}")
        for name, row in _rows_from(what, table).items()
    }


def _whole_numbers(what: str, value: object, *, name: str) -> tuple[int, ...]:
    """One number or a sequence of them as a tuple, so that (10,) and 10 are the same shape."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list):
        return (whole(what, value, name=name),)
    return tuple(whole(what, number, name=f"each part of {name}") for number in value)


def _require_rows(what: str, table: object, part: str, hint: str) -> None:
    """That one of the PARTS of each row is the one in Keras."""
    found, right = (_whole_parts(what, rows, part) for rows in (table, _old_cnn()))
    is_exchanged = found == _whole_parts(what, _old_cnn(), PARTS[1 - PARTS.index(part)])
    for name in right:
        require(
            found[name] == right[name],
            what,
            expected=f"the {part} that {name} has in Keras",
            found=", ".join(map(str, found[name]))[:100] or "an empty tuple",
            hint="the parts of the row are exchanged: it is (shape, parameters)."
            if is_exchanged
            else hint,
        )


@random_states_kept()
def cnn_rows_are_complete(table: object, part: str) -> None:
    """A row (shape, parameters) for each layer of the old net, whole numbers in one of the PARTS.

    part: "shape" or "number of parameters"; the other part may be anything.
    """
    what = f"each layer has a row (shape, parameters), and its {part} is in whole numbers"
    _whole_parts(what, table, part)


@random_states_kept()
def cnn_shapes_are_right(table: object) -> None:
    """The shapes are those that Keras gives."""
    _require_rows(
        "the shapes in the table are those of the net",
        table,
        "shape",
        "an error in an earlier row goes on in the later ones: each row starts from the shape "
        "in the row before.",
    )


@random_states_kept()
def cnn_parameters_are_right(table: object) -> None:
    """The numbers of parameters are those that Keras counts."""
    _require_rows(
        "the numbers of parameters in the table are those of the net",
        table,
        "number of parameters",
        "poolings and Flatten learn nothing; elsewhere a wrong input size, or the biases.",
    )
