"""Models that come out of a student's process: rebuilt from Keras's own layers, or asked there.

A model that consists of Keras's own layers comes as configuration and weights; the tests run on
one that is rebuilt from these, which no code of the student can touch. A configuration is read
only if each class in it is on a list of plain layers. Any other model (a subclass of keras.Model,
a layer of the student's own) stays where it is: it is watched there, and what was watched comes
as data.
"""

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.report import ToldObject
from course_utils.checks.watching import Layer, LayerCall, WatchedModel, Weight
from course_utils.grading.wire import Refused

LAYERS = {
    "Activation", "Add", "AveragePooling2D", "BatchNormalization", "Concatenate", "Conv2D",
    "Dense", "DepthwiseConv2D", "Dropout", "ELU", "Flatten", "GaussianDropout", "GaussianNoise",
    "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GroupNormalization", "Identity",
    "InputLayer", "LayerNormalization", "LeakyReLU", "MaxPooling2D", "Multiply", "Normalization",
    "RandomContrast", "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "ReLU",
    "Rescaling", "Reshape", "Softmax", "SpatialDropout2D", "UnitNormalization", "ZeroPadding2D",
}  # fmt: skip
# Everything else that the configuration of such a model names.
OTHERS = {"Functional", "Sequential", "Model", "DTypePolicy", "__keras_tensor__"}
MODELS = {"Functional", "Sequential", "Model"}
LARGEST_CONFIG = 2**20  # characters
# Has no part in the forward pass, or is overwritten when the model gets its weights.
LEFT_OUT = ("compile_config", "_regularizer", "_constraint", "_initializer")
ZEROS = {"module": "keras.initializers", "class_name": "Zeros", "config": {}}
START_VALUES = {"Dense": ["kernel_initializer"], "Conv2D": ["kernel_initializer"]}

Exchange = Callable[..., Any]


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
            self.model = _model(_without_start(self.config) if self.sent else self.config)
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


def received_model(
    fields: dict, tokens_by_part: dict[int, list[int]], exchange: Exchange
) -> ReceivedModel:
    """The model that takes the place of the one that the student's process named."""
    if plain_config(fields["config"]) is None:
        return RemoteModel(fields, tokens_by_part, exchange)
    return RebuiltModel(fields, tokens_by_part, exchange)


def plain_config(text: str) -> dict | None:
    """The configuration of a model of Keras's own layers; None if there is anything else in it.

    What does not belong to the forward pass is left out.
    """
    if not isinstance(text, str):
        raise Refused("the configuration of the model is no text.")
    if not text or len(text) > LARGEST_CONFIG:
        return None
    try:
        config = json.loads(text)
        is_plain = config["class_name"] in MODELS and _is_plain(config)
        return _reduced(config) if is_plain else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_plain(node: object) -> bool:
    if isinstance(node, list):
        return all(map(_is_plain, node))
    if not isinstance(node, dict):
        return True
    if "class_name" in node and node.get("class_name") not in LAYERS | OTHERS:
        return False
    is_keras = str(node.get("module", "keras")).split(".")[0] == "keras"
    return is_keras and all(
        _is_plain(value) for key, value in node.items() if not _is_left_out(key)
    )


def _is_left_out(key: str) -> bool:
    return key.endswith(LEFT_OUT)


def _reduced(node: object) -> Any:
    if isinstance(node, list):
        return [_reduced(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _reduced(value) for key, value in node.items() if not _is_left_out(key)}
    return kept | ({"registered_name": None} if "registered_name" in node else {})


def _without_start(node: object) -> Any:
    """Zeros as the start values of all layers, which are made faster than random ones."""
    if isinstance(node, list):
        return [_without_start(part) for part in node]
    if not isinstance(node, dict):
        return node
    found = {key: _without_start(value) for key, value in node.items()}
    names = START_VALUES.get(str(node.get("class_name")), ())
    if names:
        found["config"] |= dict.fromkeys(names, ZEROS)
    return found


def _model(config: dict) -> Any:
    import keras

    if config["class_name"] != "Sequential":
        return keras.saving.deserialize_keras_object(config)
    # Keras would build the model anew behind each layer that is added.
    layers = config["config"]["layers"]
    return keras.Sequential([keras.saving.deserialize_keras_object(layer) for layer in layers])


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
