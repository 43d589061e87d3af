"""Checks of the table of the old net: name of a layer -> (shape behind it, number of parameters).

Which rows are right is worked out from the Keras layers that a hidden test hands in, by name and in
the order of the net. Students can read this module, so nothing in it says what the layers are.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_checks.cnn.shapes import maps_behind, parameters_of
from course_checks.property import check, describe, require, whole_from

NAMES = (
    *("conv 1", "pool 1", "conv 2", "pool 2", "conv 3", "pool 3"),
    *("flatten", "dense 1", "dense 2"),
)
PICTURE = (32, 32, 3)
PARTS = ("shape", "number of parameters")  # of a row
FORM = {
    "other_layers": "a layer is left out, added or spelt in another way; Dropout layers have no "
    "row.",
    "no_row": "the shape stands in a tuple of its own: ((height, width, channels), parameters).",
}
EXCHANGED = {"exchanged": "the parts of the row are exchanged: it is (shape, parameters)."}


def _whole_parts(table: object, part: str) -> dict[str, tuple[int, ...]]:
    """That one of the PARTS of each row, as whole numbers. A check that calls it declares FORM."""
    require(
        isinstance(table, dict) and set(table) == set(NAMES),
        expected=f"a dict with the keys {', '.join(NAMES)}",
        found=", ".join(describe(key) for key in list(table)[:9])
        if isinstance(table, dict)
        else describe(table),
        likely="other_layers",
    )
    for name in NAMES:
        row = table[name]
        require(
            isinstance(row, tuple | list) and len(row) == 2,
            expected="for each layer a tuple (shape, parameters)",
            found=f"{describe(row)} for {name}",
            likely="no_row",
        )
    place = PARTS.index(part)
    return {name: _whole_numbers(table[name][place], f"the {part} of {name}") for name in NAMES}


def _whole_numbers(value: object, name: str) -> tuple[int, ...]:
    """One number or a sequence of them as a tuple, so that (10,) and 10 are the same shape."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, tuple | list):
        return (whole_from(value, name=name),)
    return tuple(whole_from(number, name=f"each part of {name}") for number in value)


def _require_right(table: object, part: str, net: Mapping[str, Any], otherwise: str) -> None:
    """That one of the PARTS of each row is the one in Keras.

    A check that calls it declares FORM and EXCHANGED.
    """
    right, shape = {}, PICTURE
    for name, layer in net.items():
        parameters, shape = parameters_of(layer, shape), maps_behind(layer, shape)
        right[name] = shape, parameters
    found, exact = _whole_parts(table, part), _whole_parts(right, part)
    is_exchanged = found == _whole_parts(right, PARTS[1 - PARTS.index(part)])
    for name in NAMES:
        require(
            found[name] == exact[name],
            expected=f"the {part} that {name} has in Keras",
            found=", ".join(map(str, found[name]))[:100] or "an empty tuple",
            likely="exchanged" if is_exchanged else otherwise,
        )


@check("each layer has a row (shape, parameters), and its {part} is in whole numbers", **FORM)
def rows_are_complete(table: object, part: str) -> None:
    """A row (shape, parameters) for each layer of the old net, whole numbers in one of the PARTS.

    part: "shape" or "number of parameters"; the other part may be anything.
    """
    _whole_parts(table, part)


@check(
    "the shapes in the table are those of the net",
    carried_on="an error in an earlier row goes on in the later ones: each row starts from the "
    "shape in the row before.",
    **FORM,
    **EXCHANGED,
)
def shapes_are_right(table: object, net: Mapping[str, Any]) -> None:
    """The shapes are those behind the layers of `net`: name -> Keras layer, not yet built."""
    _require_right(table, "shape", net, "carried_on")


@check(
    "the numbers of parameters in the table are those of the net",
    inputs_or_biases="poolings and Flatten learn nothing; elsewhere a wrong input size, or the "
    "biases.",
    **FORM,
    **EXCHANGED,
)
def parameters_are_right(table: object, net: Mapping[str, Any]) -> None:
    """The numbers are those that Keras counts in `net`: name -> Keras layer, not yet built."""
    _require_right(table, "number of parameters", net, "inputs_or_biases")
