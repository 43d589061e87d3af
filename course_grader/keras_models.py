"""Keras models as tests see them: in the same process, or in that of the student.

A model is judged by what it computes, not by how it is written: one eager pass is watched at its
layers. A model of a student's process stays there, with whatever the student's code has made of it
and of Keras: it is watched there, and what was watched comes as data.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

from course_grader.contract import ToldObject
from course_grader.encoding import Refused

SETTINGS = ("units", "kernel_size", "pool_size", "strides", "padding")
FACTORS = ("height_factor", "width_factor")

Exchange = Callable[..., Any]


@dataclass(frozen=True)
class Layer:
    """What a check asks of a layer: plain data, which can come from another process.

    kind: the class in keras.layers. token: equal for two calls if they are of the same layer.
    dtype: what it computes in. kernel and bias: float32, None where there is none. settings: those
    of SETTINGS that the layer has. factors: those of FACTORS, a number or a pair.
    """

    kind: str
    token: int
    dtype: str = "float32"
    kernel: np.ndarray | None = None
    bias: np.ndarray | None = None
    settings: dict[str, object] = field(default_factory=dict)
    factors: dict[str, object] = field(default_factory=dict)


class LayerCall(NamedTuple):
    """One call of a watched layer.

    given: what went into it, float32. shape: of what it returned. returned: that, None where it can
    be worked out from a kernel or a window.
    """

    layer: Layer
    given: np.ndarray
    shape: tuple[int, ...]
    returned: np.ndarray | None


class Weight(NamedTuple):
    """One weight of a model. token: equal for two weights if they are the same variable."""

    token: int
    path: str
    value: np.ndarray


class WatchedModel:
    """A Keras model as the checks see it; in grading, it lives in the student's process."""

    def __init__(self, model: Any):
        self.model = model

    def first_call(self, x: np.ndarray) -> None:
        """Call the model at inference, so that all its layers exist."""
        self.model(x, training=False)

    def watched_pass(
        self, x: np.ndarray, kinds: tuple[str, ...], training: bool | None
    ) -> tuple[list[LayerCall], np.ndarray]:
        """One eager forward pass on x: the calls of layers of these kinds, and the output, float32.

        kinds: names of classes in keras.layers. training: None calls the model without it. What
        is stored in a pass, as by batch normalisation, is put back, so that no pass depends on
        another one; what is counted goes on, since draws may depend on it.
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

        stored = [(one, _numbers(one)) for one in self.model.non_trainable_weights]
        stored = [(one, value) for one, value in stored if value.dtype.kind == "f"]
        with (
            mock.patch.object(keras.layers.Layer, "__call__", watching_call),
            functions_run_eagerly(),
        ):
            output = self.model(x, **training_option(training))
        for one, value in stored:
            one.assign(value)
        return [_layer_call(*one) for one in seen], _numbers(output)

    def weights(self) -> list[Weight]:
        """The weights of all layers, as they are now."""
        return [Weight(id(one), one.path, _numbers(one)) for one in self.model.weights]

    def assign(self, values: Sequence[np.ndarray | None]) -> None:
        """Give the weights, in the order of `weights`, these values; None leaves one as it is."""
        for weight, value in zip(self.model.weights, values, strict=True):
            if value is not None:
                weight.assign(value)

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


def _layer_call(kind: str, layer: Any, given: Any, returned: Any) -> LayerCall:
    told = _layer(kind, layer)
    numbers = None if told.settings else _numbers(returned)
    return LayerCall(told, _numbers(given), tuple(returned.shape), numbers)


def _layer(kind: str, layer: Any) -> Layer:
    arrays = {
        name: _numbers(getattr(layer, name))
        for name in ("kernel", "bias")
        if getattr(layer, name, None) is not None
    }
    settings = {name: getattr(layer, name) for name in SETTINGS if hasattr(layer, name)}
    config = layer.get_config() if kind.startswith("Random") else {}
    factors = {name: config[name] for name in FACTORS if config.get(name) is not None}
    dtype = str(layer.compute_dtype)
    return Layer(kind, id(layer), dtype, **arrays, settings=settings, factors=factors)


def _numbers(value: Any) -> np.ndarray:
    """A tensor or a variable as a new array, floats as float32: NumPy has no bfloat16."""
    import keras

    if keras.backend.is_float_dtype(keras.backend.standardize_dtype(value.dtype)):
        value = keras.ops.cast(value, "float32")
    return np.array(keras.ops.convert_to_numpy(value))


@contextmanager
def functions_run_eagerly() -> Iterator[None]:
    """Inside a `tf.function` the layers of a model would see symbols instead of numbers."""
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


def training_option(training: bool | None) -> dict[str, bool]:
    """The argument of a call, if it is given."""
    return {} if training is None else {"training": training}


def is_model(value: object) -> bool:
    """Whether this is a Keras model; Keras is not imported to find out."""
    keras = sys.modules.get("keras")  # there is no model before somebody has imported it
    return keras is not None and isinstance(value, keras.Model)


class ReceivedModel(WatchedModel, ToldObject):
    """A model that the student's process named, and that stays there.

    fields: what it told of the model. tokens_by_part: id of a model that was an argument there
    -> the tokens of its weights. exchange: sends a request there and returns the answer.
    """

    def __init__(self, fields: dict, tokens_by_part: dict[int, list[int]], exchange: Exchange):
        super().__init__(None)
        self.exchange, self.tokens_by_part = exchange, tokens_by_part
        self.handle, self.kind = _integer(fields["model"]), str(fields["kind"])[:100]
        self.renew(fields)

    def renew(self, fields: dict) -> None:
        """The same model was named again: what was told of it counts anew."""
        self.sent_tokens = {_integer(token) for token in fields["tokens"]}

    def tokens(self) -> set[int]:
        return self.sent_tokens or {self.handle}

    def tokens_of(self, part: Any) -> list[int]:
        return self.tokens_by_part[id(part)]

    def first_call(self, x: np.ndarray) -> None:
        self.exchange("first_call", self.handle, x)

    def watched_pass(
        self, x: np.ndarray, kinds: tuple[str, ...], training: bool | None
    ) -> tuple[list[LayerCall], np.ndarray]:
        answer = self.exchange("watched_pass", self.handle, x, kinds, training)
        try:
            calls, output = answer
            return [_received_call(*one, kinds) for one in calls], _array(output)
        except (TypeError, ValueError, KeyError) as error:
            raise Refused("what the model passed on cannot be read as numbers.") from error

    def weights(self) -> list[Weight]:
        rows = self.exchange("weights", self.handle)
        try:
            return [Weight(_integer(one), str(path), _array(value)) for one, path, value in rows]
        except (TypeError, ValueError) as error:
            raise Refused("the weights of the model cannot be read as numbers.") from error

    def assign(self, values: Sequence[np.ndarray | None]) -> None:
        self.exchange("assign", self.handle, values)

    def train(self, x: np.ndarray, labels: np.ndarray, steps: int) -> None:
        self.exchange("train", self.handle, x, labels, steps)


def _received_call(
    layer: dict, given: object, shape: tuple, returned: object, kinds: tuple[str, ...]
) -> LayerCall:
    if layer["kind"] not in kinds:
        raise ValueError("a layer that was not asked for")
    told = Layer(**layer)
    for array in (told.kernel, told.bias, returned):
        if array is not None:
            _array(array)
    return LayerCall(told, _array(given), tuple(map(_integer, shape)), returned)


def _array(value: object) -> np.ndarray:
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        raise ValueError("no array of numbers")
    return value


def _integer(value: object) -> int:
    if type(value) is not int:
        raise Refused("what came back is not a model.")
    return value


def run_operations_directly() -> None:
    """TensorFlow makes a function of every kind of operation before it runs the first of them.

    In a process that lives for a few passes that takes longer than the passes. There is no public
    setting; where a version has none at all, grading is slower, and no verdict changes.
    """
    try:
        from tensorflow.python import pywrap_tfe
    except ImportError:
        return
    name = "TFE_ContextOptionsSetRunEagerOpAsFunction"
    if set_option := getattr(pywrap_tfe, name, None):
        setattr(pywrap_tfe, name, lambda options, _: set_option(options, False))
