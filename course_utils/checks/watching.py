"""How the checks of Keras models look into a model: one eager pass, watched at its layers.

A model is judged by what it computes, not by how it is written: what goes into a layer,
and what its weights or its window make of that, before any activation. What lies between
two watched layers (activation, dropout, Flatten) shows in what reaches the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

from course_utils.checks.report import call, describe, require
from course_utils.checks.sharing import shared

SETTINGS = ("units", "kernel_size", "pool_size", "strides", "padding")
FACTORS = ("height_factor", "width_factor")


@dataclass(frozen=True)
class Layer:
    """What a check asks of a layer: plain data, which can come from another process.

    kind: the class in keras.layers. token: equal for two calls if they are of the same layer.
    kernel and bias: float arrays, None where there is none. settings: those of SETTINGS that
    the layer has. factors: those of FACTORS, a number or a pair.
    """

    kind: str
    token: int
    kernel: np.ndarray | None = None
    bias: np.ndarray | None = None
    settings: dict[str, object] = field(default_factory=dict)
    factors: dict[str, object] = field(default_factory=dict)


class LayerCall(NamedTuple):
    """One call of a watched layer: what went into it, and what it returned."""

    layer: Layer
    given: np.ndarray
    returned: np.ndarray


class Weight(NamedTuple):
    """One weight of a model. token: equal for two weights if they are the same variable."""

    token: int
    path: str
    value: np.ndarray


class WatchedModel:
    """A Keras model as the checks see it.

    Grading puts models in its place that live in the student's process, or were rebuilt from
    what came out of that (`course_utils.grading.models`).
    """

    def __init__(self, model: Any):
        self.model = model

    def first_call(self, x: np.ndarray) -> None:
        """Call the model at inference, so that all its layers exist."""
        self.model(x, training=False)

    def watched_pass(
        self, x: np.ndarray, kinds: tuple[str, ...], training: bool | None
    ) -> tuple[list[LayerCall], np.ndarray]:
        """One eager forward pass on x: the calls of layers of these kinds, and the output.

        kinds: names of classes in keras.layers. training: None calls the model without it. What
        is stored in a pass, as by batch normalisation, is put back, so that no pass depends on
        another one.
        """
        import keras

        classes = {kind: getattr(keras.layers, kind) for kind in kinds}
        seen = []
        plain_call = keras.layers.Layer.__call__

        def watching_call(layer: Any, *arguments: Any, **keywords: Any) -> Any:
            returned = plain_call(layer, *arguments, **keywords)
            kind = next((name for name, one in classes.items() if isinstance(layer, one)), None)
            if kind:
                given = arguments[0] if arguments else next(iter(keywords.values()))
                seen.append((kind, layer, given, returned))
            return returned

        to_numpy = keras.ops.convert_to_numpy
        stored = [(one, to_numpy(one).copy()) for one in self.model.non_trainable_weights]
        with mock.patch.object(keras.layers.Layer, "__call__", watching_call):
            output = self.model(x, **_training(training))
        for one, value in stored:
            one.assign(value)
        calls = [
            LayerCall(_layer(kind, layer), to_numpy(given), to_numpy(returned))
            for kind, layer, given, returned in seen
        ]
        return calls, to_numpy(output)

    def weights(self) -> list[Weight]:
        """The weights of all layers, as they are now."""
        import keras

        return [
            Weight(id(weight), weight.path, keras.ops.convert_to_numpy(weight).copy())
            for weight in self.model.weights
        ]

    def tokens(self) -> set[int]:
        """The tokens of all variables, states of random generators included."""
        return {id(variable) for variable in self.model.variables}

    def tokens_of(self, part: Any) -> list[int]:
        """The tokens of the weights of another Keras model, which may be a part of this one."""
        return [id(weight) for weight in part.weights]

    def train(self, x: np.ndarray, labels: np.ndarray, steps: int) -> None:
        """Steps of gradient descent, rate 0.1, on the cross-entropy of logits."""
        import keras

        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        # Tracing a graph takes longer than a few steps.
        self.model.compile(keras.optimizers.SGD(0.1), loss, run_eagerly=True)
        for _ in range(steps):
            self.model.train_on_batch(x, labels)


def _layer(kind: str, layer: Any) -> Layer:
    import keras

    arrays = {
        name: keras.ops.convert_to_numpy(getattr(layer, name)).copy()
        for name in ("kernel", "bias")
        if getattr(layer, name, None) is not None
    }
    settings = {name: getattr(layer, name) for name in SETTINGS if hasattr(layer, name)}
    config = layer.get_config() if kind.startswith("Random") else {}
    factors = {name: config[name] for name in FACTORS if config.get(name) is not None}
    return Layer(kind, id(layer), **arrays, settings=settings, factors=factors)


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

    return call(what, model, x, **_training(training))


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


def _training(training: bool | None) -> dict[str, bool]:
    """The argument of a call, if it is given."""
    return {} if training is None else {"training": training}


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
