"""How the checks of Keras models look into a model: one eager pass, watched at its layers.

A model is judged by what it computes, not by how it is written: what goes into a layer,
and what its weights or its window make of that, before any activation. What lies between
two watched layers (activation, dropout, Flatten) shows in what reaches the next one.
"""

from collections.abc import Callable

import numpy as np

from course_checks.report import call, describe, require
from course_grader.contract import shared
from course_grader.keras_models import Layer, LayerCall, WatchedModel, training_option


def model_from(
    what: str,
    value: object,
    *,
    hint: str = "the model is not returned, or a list of layers or a layer is.",
) -> WatchedModel:
    """`value` as a model that can be watched, if it is a keras.Model."""
    import keras  # here, so that the NumPy checks do not wait seconds for TensorFlow

    require(
        isinstance(value, keras.Model | WatchedModel),
        what,
        expected="a keras.Model",
        found=describe(value),
        hint=hint,
    )
    return value if isinstance(value, WatchedModel) else WatchedModel(value)


def built_model(
    what: str, build: Callable, *arguments: object, shape: tuple[int, ...]
) -> WatchedModel:
    """The student's model, called once on zeros of `shape` so that all its layers exist.

    In grading, checks that ask for the same model share it.
    """
    key = (build if callable(build) else None, arguments)
    return shared(key, lambda: new_model(what, build, *arguments, shape=shape))


def new_model(
    what: str, build: Callable, *arguments: object, shape: tuple[int, ...]
) -> WatchedModel:
    """The same, from a call of the student's function in any case."""
    submitted = model_from(what, call(what, build, *arguments))

    def model(x: np.ndarray, *, training: bool) -> None:
        submitted.first_call(x)

    call(what, model, np.zeros(shape, np.float32), training=False)
    return submitted


def require_a_new_model(
    what: str, model: WatchedModel, build: Callable, *arguments: object, shape: tuple[int, ...]
) -> None:
    """Another call of the student's function makes other variables than those of `model`.

    In grading, one further model is enough for all checks of that function.
    """
    another = shared(
        ("another model", build), lambda: new_model(what, build, *arguments, shape=shape)
    )
    require(
        not another.tokens() & model.tokens(),
        what,
        expected="a new model at each call",
        found="two calls whose models share weights",
        hint="layers, or the whole model, are made once and used again, so that the next model "
        "starts with what the last one learnt.",
    )


def watched_pass(
    what: str,
    submitted: WatchedModel,
    x: np.ndarray,
    kinds: tuple[str, ...],
    *,
    training: bool | None,
) -> tuple[list[LayerCall], np.ndarray]:
    """One pass, watched; an error inside the model becomes a failed check of `what`."""

    def model(x: np.ndarray, *, training: bool | None = None) -> tuple[list[LayerCall], np.ndarray]:
        return submitted.watched_pass(x, kinds, training)

    return call(what, model, x, **training_option(training))


def works_without_training(submitted: WatchedModel, x: np.ndarray) -> bool:
    """Whether the model can be called without `training`.

    It cannot where a `call` of the student's own asks for the argument. Keras's `fit`, `predict`
    and `evaluate` always give it, so that such a model is right as well.
    """

    def works() -> bool:
        try:
            submitted.watched_pass(x, (), None)
        except Exception:
            return False
        return True

    return shared(("without training", submitted), works)


def without_activation(layer: Layer, value: np.ndarray) -> np.ndarray:
    """What a Dense, Conv2D or MaxPooling2D layer makes of its input, before any activation."""
    import keras

    how = layer.settings
    if layer.kind == "MaxPooling2D":
        result = keras.ops.max_pool(value, how["pool_size"], how["strides"], how["padding"])
        return keras.ops.convert_to_numpy(result)
    if layer.kind == "Conv2D":
        total = keras.ops.conv(value, layer.kernel, how["strides"], how["padding"])
        total = keras.ops.convert_to_numpy(total)
    else:
        total = value @ layer.kernel
    return total if layer.bias is None else total + layer.bias


def is_same(found: np.ndarray, exact: np.ndarray) -> bool:
    """Equal up to the rounding of a matrix product, whatever Flatten did to the shape.

    Some devices multiply matrices in a format with ten bits after the point.
    """
    return found.size == exact.size and np.allclose(
        found.ravel(), exact.ravel(), rtol=1e-2, atol=0.01 * exact.std()
    )
