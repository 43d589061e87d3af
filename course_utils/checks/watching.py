"""How the checks of Keras models look into a model: one eager pass, watched at its layers.

A model is judged by what it computes, not by how it is written: what goes into a layer,
and what its weights or its window make of that, before any activation. What lies between
two watched layers (activation, dropout, Flatten) shows in what reaches the next one: a
value that is clearly positive and arrives there as exactly zero was dropped.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

from course_utils.checks.report import call, describe, require


class LayerCall(NamedTuple):
    """One call of a watched layer: what went into it, and what it returned."""

    layer: Any
    given: np.ndarray
    returned: np.ndarray


def built_model(what: str, build: Callable, *arguments: object, shape: tuple[int, ...]) -> Any:
    """The student's model, called once on zeros of `shape` so that all its layers exist."""
    import keras  # here, so that the NumPy checks do not wait seconds for TensorFlow

    model = call(what, build, *arguments)
    require(
        isinstance(model, keras.Model),
        what,
        expected="the function returns a keras.Model",
        found=describe(model),
        hint="the model is not returned, or a list of layers or a layer is.",
    )
    call(what, model, np.zeros(shape, np.float32), training=False)
    return model


def watched_pass(
    what: str, model: Any, x: np.ndarray, kinds: tuple[str, ...], *, training: bool
) -> tuple[list[LayerCall], np.ndarray]:
    """One eager forward pass of the model on x.

    kinds: names of classes in keras.layers. Returns the calls of such layers, in their
    order, and the output of the model.
    """
    import keras

    classes = tuple(getattr(keras.layers, kind) for kind in kinds)
    seen = []
    plain_call = keras.layers.Layer.__call__

    def watching_call(layer: Any, *arguments: Any, **keywords: Any) -> Any:
        returned = plain_call(layer, *arguments, **keywords)
        if isinstance(layer, classes):
            given = arguments[0] if arguments else next(iter(keywords.values()))
            seen.append((layer, given, returned))
        return returned

    with mock.patch.object(keras.layers.Layer, "__call__", watching_call):
        returned = call(what, model, x, training=training)
    to_numpy = keras.ops.convert_to_numpy
    calls = [
        LayerCall(layer, *(call(what, to_numpy, value) for value in values))
        for layer, *values in seen
    ]
    return calls, call(what, to_numpy, returned)


def without_activation(layer: Any, value: np.ndarray) -> np.ndarray:
    """What a Dense, Conv2D or MaxPooling2D layer makes of its input, before any activation."""
    import keras

    if isinstance(layer, keras.layers.MaxPooling2D):
        result = keras.ops.max_pool(value, layer.pool_size, layer.strides, layer.padding)
        return keras.ops.convert_to_numpy(result)
    if isinstance(layer, keras.layers.Conv2D):
        total = keras.ops.conv(value, layer.kernel, layer.strides, layer.padding)
    else:
        total = keras.ops.matmul(value, layer.kernel)
    return keras.ops.convert_to_numpy(total if layer.bias is None else total + layer.bias)


def clearly_positive(values: np.ndarray) -> np.ndarray:
    """Where a value is positive beyond rounding, whatever the scale of the values."""
    return values > 0.03 * values.std()


def is_same(found: np.ndarray, exact: np.ndarray) -> bool:
    """Equal up to the rounding of a matrix product, whatever Flatten did to the shape.

    Some devices multiply matrices in a format with ten bits after the point.
    """
    return found.size == exact.size and np.allclose(
        found.ravel(), exact.ravel(), rtol=1e-2, atol=0.01 * exact.std()
    )


def dropped(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Where a clearly positive value before arrives as exactly zero; nowhere if sizes differ."""
    if before.size != after.size:
        return np.zeros(before.shape, bool)
    return clearly_positive(before) & (after.reshape(before.shape) == 0)


def place_hint(found: Sequence[str], output: str, known: Mapping[str, str], otherwise: str) -> str:
    """Why dropout acts at the places `found`, named by their layers.

    output: the last place. known: beginning of a place's name -> its hint.
    """
    if not found:
        return "no Dropout layer, or one that gets rate 0 or training=False, or that is not called."
    known = {
        output: "dropout behind the output layer erases logits: it would hide the answer itself.",
        **known,
    }
    hints = [hint for place, hint in known.items() if any(name.startswith(place) for name in found)]
    return hints[0] if hints else otherwise


def rate_hint(shares: Sequence[float], rates: Sequence[float], constant: str) -> str:
    """Why these shares were dropped at these rates; `constant` is for the same one at all."""
    if max(shares) == 0:
        return "no Dropout layer, or one that is not active in training."
    if max(shares) - min(shares) < 0.1:
        return constant
    if np.allclose(shares, 1 - np.array(rates), rtol=0, atol=0.1):
        return "the probability of keeping was given; Keras's rate is the one of dropping."
    return "dropout is applied twice at one place, or the rate is altered on the way."
