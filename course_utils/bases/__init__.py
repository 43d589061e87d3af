"""Bases for transfer learning: nets trained on ImageNet, without their top.

Each takes RGB pictures with values from 0 to 255, scales them as it was trained, and gives
one row of features a picture. The default, EfficientNet-Lite0, comes with an installed
package and needs no network; the others are those of `keras.applications`.
"""

import keras
from keras import layers

from course_utils.bases.efficientnet_lite import efficientnet_lite0
from course_utils.bases.torch_file import WeightsError

__all__ = ["WeightsError", "load", "names", "split"]

OFFLINE = "efficientnet-lite0"
LAST_BLOCKS = {
    OFFLINE: "blocks.15.expand_conv",
    "xception": "block14_sepconv1",
    "mobilenet-0.25": "conv_dw_13",
}
APPLICATIONS = {
    "xception": (keras.applications.Xception, {}),
    "mobilenet-0.25": (keras.applications.MobileNet, {"alpha": 0.25}),
}


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return (OFFLINE, *APPLICATIONS)


def load(name: str, side: int) -> keras.Model:
    """A base with its ImageNet weights for pictures of `side` x `side` pixels.

    Returns a Keras model, inputs of shape (n, side, side, 3) with values 0 to 255, outputs
    of shape (n, features). Raises ValueError for an unknown name, WeightsError when the
    weights are missing, damaged or cannot be downloaded.
    """
    if name == OFFLINE:
        return efficientnet_lite0(side)
    if name not in APPLICATIONS:
        raise ValueError(f"There is no base called {name!r}: choose one of {', '.join(names())}.")
    return _application(name, side)


def split(name: str, side: int) -> tuple[keras.Model, keras.Model]:
    """A base in two: all up to its last block, and the last block with the pooling.

    The first maps pictures, shape (n, side, side, 3), to feature maps, the second these to
    features, shape (n, features). Raises as `load` does.
    """
    base = load(name, side)
    maps = base.get_layer(LAST_BLOCKS[name]).input
    return keras.Model(base.inputs[0], maps), keras.Model(maps, base.output)


def _application(name: str, side: int) -> keras.Model:
    build, options = APPLICATIONS[name]
    # Both nets were trained on values from -1 to 1.
    scaled = layers.Rescaling(1 / 127.5, offset=-1)(keras.Input((side, side, 3)))
    try:
        return build(
            include_top=False,
            weights="imagenet",
            input_shape=(side, side, 3),
            input_tensor=scaled,
            pooling="avg",
            **options,
        )
    except Exception as error:  # Keras raises a bare Exception where a download fails
        raise WeightsError(
            f"The ImageNet weights of {name} could not be had ({error}): delete the file if it "
            f"is there and try again with a network, or use the base {OFFLINE!r}, which needs none."
        ) from error
