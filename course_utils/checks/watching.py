"""How the checks of Keras models look into a model: one eager pass, watched at its layers.

A model is judged by what it computes, not by how it is written: what goes into a layer,
and what its weights or its window make of that, before any activation. What lies between
two watched layers (activation, dropout, Flatten) shows in what reaches the next one.
"""

from collections.abc import Callable
from typing import Any
from unittest import mock

import numpy as np

from course_utils.checks.report import call, describe, require


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
) -> tuple[list[tuple[Any, np.ndarray]], np.ndarray]:
    """One eager forward pass of the model on x.

    kinds: names of classes in keras.layers. Returns each call of such a layer with its input,
    in the order of the calls, and the output of the model.
    """
    import keras

    classes = tuple(getattr(keras.layers, kind) for kind in kinds)
    seen = []
    plain_call = keras.layers.Layer.__call__

    def watching_call(layer: Any, *arguments: Any, **keywords: Any) -> Any:
        if isinstance(layer, classes):
            seen.append((layer, arguments[0] if arguments else next(iter(keywords.values()))))
        return plain_call(layer, *arguments, **keywords)

    with mock.patch.object(keras.layers.Layer, "__call__", watching_call):
        returned = call(what, model, x, training=training)
    to_numpy = keras.ops.convert_to_numpy
    return [(layer, call(what, to_numpy, value)) for layer, value in seen], call(
        what, to_numpy, returned
    )


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
