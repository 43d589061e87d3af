"""Keras models as tests see them: in the same process, or in that of the student.

A model is judged by what it computes, not by how it is written: one eager pass is watched at its
layers. A model of a student's process that consists of Keras's own layers comes as configuration
and weights; the tests run on one that is rebuilt from these, which no code of the student can
touch (`keras_configs`). Any other model (a subclass of keras.Model, a layer of the student's own)
stays where it is: it is watched there, and what was watched comes as data.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

from course_grader.contract import ToldObject
from course_grader.encoding import Refused
from course_grader.keras_configs import model_of, plain_config, without_start

SETTINGS = ("units", "kernel_size", "pool_size", "strides", "padding")
FACTORS = ("height_factor", "width_factor")

Exchange = Callable[..., Any]


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

    In grading, models stand in its place that live in the student's process, or were rebuilt from
    what came out of that.
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
            output = self.model(x, **training_option(training))
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


def training_option(training: bool | None) -> dict[str, bool]:
    """The argument of a call, if it is given."""
    return {} if training is None else {"training": training}


def is_model(value: object) -> bool:
    """Whether this is a Keras model; Keras is not imported to find out."""
    keras = sys.modules.get("keras")  # there is no model before somebody has imported it
    return keras is not None and isinstance(value, keras.Model)


class ReceivedModel(WatchedModel, ToldObject):
    """A model that the student's process named.

    fields: what it told of the model. tokens_by_part: id of a model that was an argument there
    -> the tokens of its weights. exchange: sends a request there and returns the answer.
    """

    def __init__(self, fields: dict, tokens_by_part: dict[int, list[int]], exchange: Exchange):
        super().__init__(None)
        self.exchange = exchange
        self.handle, self.kind = _integer(fields["model"]), str(fields["kind"])[:100]
        self.tokens_by_part = tokens_by_part
        self.renew(fields)

    def renew(self, fields: dict) -> None:
        """The same model was named again: what was told of it counts anew."""
        self.sent = _weights(fields["weights"])
        self.sent_tokens = {_integer(token) for token in fields["tokens"]}

    def tokens(self) -> set[int]:
        return self.sent_tokens or {self.handle}

    def tokens_of(self, part: Any) -> list[int]:
        return self.tokens_by_part[id(part)]


class RemoteModel(ReceivedModel):
    """A model that stays there."""

    def first_call(self, x: np.ndarray) -> None:
        self.exchange("first_call", self.handle, x)

    def watched_pass(
        self, x: np.ndarray, kinds: tuple[str, ...], training: bool | None
    ) -> tuple[list[LayerCall], np.ndarray]:
        answer = self.exchange("watched_pass", self.handle, x, kinds, training)
        try:
            calls, output = answer
            return [_layer_call(*one, kinds) for one in calls], _array(output)
        except (TypeError, ValueError, KeyError) as error:
            raise Refused("what the model passed on cannot be read as numbers.") from error

    def weights(self) -> list[Weight]:
        return _weights(self.exchange("weights", self.handle))

    def train(self, x: np.ndarray, labels: np.ndarray, steps: int) -> None:
        self.exchange("train", self.handle, x, labels, steps)


class RebuiltModel(ReceivedModel):
    """A model made anew from configuration and weights, as soon as it is needed."""

    def __init__(self, fields: dict, tokens_by_part: dict[int, list[int]], exchange: Exchange):
        self.config: dict | None = None
        super().__init__(fields, tokens_by_part, exchange)

    def renew(self, fields: dict) -> None:
        """A model that is as it was stays the same one, and so goes on with its random numbers."""
        super().renew(fields)
        config, self.is_current = plain_config(fields["config"]), False
        if config != self.config or not self.sent:
            self.model, self.config = None, config

    def first_call(self, x: np.ndarray) -> None:
        if not self.sent:
            # Built there, so that layers that models share have the same weights.
            self.exchange("first_call", self.handle, x)
        self.first = x

    def watched_pass(
        self, x: np.ndarray, kinds: tuple[str, ...], training: bool | None
    ) -> tuple[list[LayerCall], np.ndarray]:
        self._rebuild()
        return super().watched_pass(x, kinds, training)

    def train(self, x: np.ndarray, labels: np.ndarray, steps: int) -> None:
        self._rebuild()
        super().train(x, labels, steps)

    def _rebuild(self) -> None:
        """Not before a pass is asked for: many a model is asked for its weights only."""
        if self.is_current:
            return
        if self.model is None:
            self.model = model_of(without_start(self.config) if self.sent else self.config)
        if self.sent:
            self.model.set_weights([weight.value for weight in self.sent])
        if not self.model.built:  # its layers may be, where models share them
            super().first_call(self.first)
        self.is_current = True

    def weights(self) -> list[Weight]:
        if not (self.is_current and self.sent):
            return self.sent
        now = super().weights()
        return [Weight(*old[:2], new.value) for old, new in zip(self.sent, now, strict=True)]


def told_fields(model: Any) -> dict:
    """What the student's process tells of a model: configuration, weights, and their variables.

    The configuration is empty if there is none that will do.
    """
    weights = [tuple(weight) for weight in WatchedModel(model).weights()]
    try:
        # The configuration of a Sequential leaves a layer out that stands in it a second time.
        layers = [id(layer) for layer in _layers_of(model)]
        config = model.to_json() if len(set(layers)) == len(layers) else ""
    except Exception:
        config = ""
    return {"config": config, "weights": weights, "tokens": WatchedModel(model).tokens()}


def _layers_of(model: Any) -> Iterator[Any]:
    """The layers of a model and of the models in it, each as often as it is listed."""
    for layer in getattr(model, "layers", ()):
        yield layer
        yield from _layers_of(layer)


def received_model(
    fields: dict, tokens_by_part: dict[int, list[int]], exchange: Exchange
) -> ReceivedModel:
    """The model that takes the place of the one that the student's process named."""
    if plain_config(fields["config"]) is None:
        return RemoteModel(fields, tokens_by_part, exchange)
    return RebuiltModel(fields, tokens_by_part, exchange)


def _layer_call(layer: dict, given: object, returned: object, kinds: tuple[str, ...]) -> LayerCall:
    if layer["kind"] not in kinds:
        raise ValueError("a layer that was not asked for")
    return LayerCall(Layer(**layer), _array(given), _array(returned))


def _weights(rows: object) -> list[Weight]:
    try:
        return [Weight(_integer(token), str(path), _array(value)) for token, path, value in rows]
    except (TypeError, ValueError) as error:
        raise Refused("the weights of the model cannot be read as numbers.") from error


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
