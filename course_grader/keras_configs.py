"""Configurations of Keras models that a student's process sends: read only where they are plain.

A configuration is plain if each class in it is on a list of Keras's own layers. To build a model
from any other could run code that the student chose.
"""

import json
from typing import Any

from course_grader.encoding import Refused

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


def without_start(node: object) -> Any:
    """Zeros as the start values of all layers, which are made faster than random ones."""
    if isinstance(node, list):
        return [without_start(part) for part in node]
    if not isinstance(node, dict):
        return node
    found = {key: without_start(value) for key, value in node.items()}
    names = START_VALUES.get(str(node.get("class_name")), ())
    if names:
        found["config"] |= dict.fromkeys(names, ZEROS)
    return found


def model_of(config: dict) -> Any:
    """The model that a configuration describes, which `plain_config` has let pass."""
    import keras

    if config["class_name"] != "Sequential":
        return keras.saving.deserialize_keras_object(config)
    # Keras would build the model anew behind each layer that is added.
    layers = config["config"]["layers"]
    return keras.Sequential([keras.saving.deserialize_keras_object(layer) for layer in layers])
