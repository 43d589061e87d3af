"""Checks of a net from a file: `save_and_load(model, folder)` and `is_same(model, other, x)`.

Only the last few pictures have any red, and the first filter of the made-up net sees nothing else:
what hangs on that filter makes a difference to these pictures alone.
"""

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from course_checks.draws import generator_for
from course_checks.passes import is_same, model_from
from course_checks.property import call, check, describe, require, require_written
from course_grader.contract import shared
from course_grader.keras_models import LayerCall

EXAMPLES, RED, SIDE, FILTERS, CLASSES = 70, 3, 8, 6, 4
RATES = (0.1, 0.25, 0.5)
FEW = 6e-5  # the largest difference where only red pictures differ: a mean over all is below 1e-5
Weights = list[np.ndarray]


def _net() -> Any:
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            layers.Conv2D(FILTERS, 3, activation="relu"),
            layers.SpatialDropout2D(RATES[0]),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(RATES[1]),
            layers.Dense(12, activation="relu"),
            layers.Dropout(RATES[2]),
            layers.Dense(CLASSES, activation="softmax"),
        ]
    )


def _made_up(seed: int) -> tuple[Any, Any, Weights, np.ndarray]:
    """Two nets, the weights of the first, and pictures.

    In grading the nets are the same ones in all tests: `predict` traces each net anew.
    """
    net, other = shared("nets of the item saved", lambda: (_net(), _net()))
    generator = generator_for(seed, 41)
    x = generator.uniform(0, 1, (EXAMPLES, SIDE, SIDE, 3)).astype(np.float32)
    x[:-RED, ..., 0] = 0
    weights = [generator.normal(0, 0.2, one.shape) for one in net.weights]
    kernel, bias = weights[:2]
    kernel[:, :, 0], kernel[..., 0] = 0, 0
    kernel[:, :, 0, 0], bias[0] = generator.uniform(0.1, 0.3, (3, 3)), 0
    weights[-1][0] = -2.5  # no picture is most probably of this class
    net.set_weights(weights)
    return net, other, weights, x


def _outputs(net: Any, x: np.ndarray) -> np.ndarray:
    import keras

    return keras.ops.convert_to_numpy(net(x, training=False))


def _saved(save_and_load: Callable, seed: int) -> tuple[object, list[Path], list[str]]:
    """What was returned, the files in the folder, and what the first one holds."""
    net, *_ = _made_up(seed)
    with tempfile.TemporaryDirectory() as folder:
        returned = call(save_and_load, net, Path(folder))
        files = sorted(Path(folder).iterdir())
        is_archive = bool(files) and zipfile.is_zipfile(files[0])
        return returned, files, zipfile.ZipFile(files[0]).namelist() if is_archive else []


@check(
    "the folder has one file, which holds the whole net",
    other_files="the file lies elsewhere, or architecture and weights lie in files of their own.",
    other_format="a file with the end `.keras` holds architecture and weights: this is another "
    "format, or weights alone.",
)
def file_is_whole(save_and_load: Callable, *, seed: int = 0) -> None:
    """A native Keras file, by its name and by what it holds."""
    require_written(save_and_load)
    _, files, parts = _saved(save_and_load, seed)
    require(
        len(files) == 1,
        expected="one file in the folder",
        found=", ".join(path.name for path in files)[:100] or "none",
        likely="other_files",
    )
    require(
        files[0].suffix == ".keras" and {"config.json", "model.weights.h5"} <= set(parts),
        expected="a native Keras file, `.keras`, with a configuration and weights",
        found=f"{files[0].name[:60]} with {', '.join(parts)[:100] or 'something else'}",
        likely="other_format",
    )


@check(
    "the model from the file is another one, with the same layers and weights",
    false_fail=1e-100,
    same_model="the model that was given is returned, or one made of its layers; nothing was "
    "loaded, or only weights into that model.",
    other_weights="the layers are there with other weights: only the architecture was kept, or the "
    "weights were rounded.",
    other_layers="layers were left out or changed on the way, dropout perhaps.",
)
def copy_is_whole(save_and_load: Callable, *, seed: int = 0) -> None:
    """No variable is shared, weights are equal, and so is what is computed.

    In training, each dropout layer scales by its rate. A right answer fails if all values of a
    layer are dropped.
    """
    require_written(save_and_load)
    net, _, _, x = _made_up(seed)
    weights, exact = net.get_weights(), _outputs(net, x)
    copy = model_from(_saved(save_and_load, seed)[0])
    require(
        not copy.tokens() & set(copy.tokens_of(net)),
        expected="a model with variables of its own",
        found="variables of the model that was given",
        likely="same_model",
    )
    found = [one.value for one in copy.weights()]
    shapes = [[one.shape for one in arrays] for arrays in (weights, found)]
    require(
        shapes[0] == shapes[1],
        expected=f"weights of the shapes {shapes[0]}",
        found=f"{shapes[1]}",
        likely="other_layers",
    )
    require(
        all(map(np.array_equal, weights, found)),
        expected="weights with the same values",
        found="other values",
        likely="other_weights",
    )

    def model(x: np.ndarray, *, training: bool) -> tuple:
        return copy.watched_pass(x, ("Dropout",), training)

    require(
        is_same(call(model, x, training=False)[1], exact),
        expected="the same outputs at inference",
        found="other outputs",
        likely="other_layers",
    )
    rates = [_rate(one) for one in call(model, x, training=True)[0]]
    require(
        rates == list(RATES),
        expected=f"dropout in training with the rates {', '.join(map(str, RATES))}",
        found=", ".join(map(str, rates)) or "no dropout",
        likely="other_layers",
    )


def _rate(one: LayerCall) -> float:
    """The rate of a dropout layer, from the factor of what it keeps."""
    kept = one.returned != 0
    return round(1 - float(np.median(one.given[kept] / one.returned[kept])), 3)


@check(
    "models are the same if their outputs for the pictures are, up to 1e-5",
    no_bool="an array, a tensor or a number stands where one truth value belongs.",
    dropout_on="dropout is on: the outputs of one model differ from call to call.",
    objects="it is asked whether both are one object, or have one name, not what they compute.",
    architecture="layers are compared, or nothing is, or sums in which differences cancel.",
    too_coarse="classes are compared, or the outputs too coarsely.",
    some_pictures="not all pictures are looked at, or a mean over all of them hides a few.",
    weights="weights are compared: some make no difference to these pictures.",
    exact="the outputs are compared exactly, but rounding makes them differ a little.",
)
def comparison_is_right(compare: Callable, *, seed: int = 0) -> None:
    """`is_same(model, other, x)`, a bool, for pairs of nets that differ in more and less."""
    require_written(compare)
    net, other, weights, x = _made_up(seed)
    *front, kernel, bias = weights
    mirrored = [*front, kernel[:, ::-1], bias[::-1]]
    moved, rounded = ([*front, kernel, bias + size * np.eye(CLASSES)[0]] for size in (1e-2, 1e-6))
    red = _different_for_red(net, other, weights, x)
    cases = {
        "dropout_on": (net, weights, x, True, "a net and itself"),
        "objects": (other, weights, x, True, "two nets of the same layers and weights"),
        "architecture": (other, mirrored, x, False, "two nets with quite other outputs"),
        "too_coarse": (other, moved, x, False, "two nets of which one weight differs by 0.01"),
        "some_pictures": (other, red, x, False, "outputs that differ for the last few pictures"),
        "weights": (other, red, x[:-RED], True, "weights that differ where no output does"),
        "exact": (other, rounded, x, True, "outputs that differ by less than 1e-6"),
    }
    for likely, (model, values, pictures, exact, case) in cases.items():
        model.set_weights(values)
        found = call(compare, net, model, pictures.copy())
        require(
            isinstance(found, bool | np.bool_),
            expected="True or False",
            found=describe(found),
            likely="no_bool",
        )
        require(found == exact, expected=f"{exact} for {case}", found=str(found), likely=likely)


def _different_for_red(net: Any, other: Any, weights: Weights, x: np.ndarray) -> Weights:
    """Weights with which outputs differ for red pictures alone, by FEW at most."""
    change, exact, changed = 1e-2, _outputs(net, x), list(weights)
    for _ in range(3):
        changed[2] = weights[2].copy()
        changed[2][::FILTERS] += change  # behind the first filter, at all places of the map
        other.set_weights(changed)
        change *= FEW / np.abs(_outputs(other, x) - exact).max()
    return changed
