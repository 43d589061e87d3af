"""Features of a frozen base: computed once, kept on disk, used for every training after.

A base that is not trained gives the same features for a picture in every epoch. They are
kept under a key made of everything that they depend on: the layers and weights of the
model (with them its preprocessing and picture size), and the pictures themselves.
"""

import dataclasses
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np

from course_utils import trials
from course_utils.datasets import Dataset, Split
from course_utils.datasets.structure import content

BATCH = 64


def features(model: keras.Model, data: Dataset) -> Dataset:
    """The data set with features instead of pictures: float32, shape (examples, features).

    model: maps a batch of pictures to features. It runs as in `predict`, so it should be
    frozen: augmentation and dropout in it do nothing. Pictures are read and features
    written in batches of 64, and the features stay on disk until they are used (they are
    memory maps), so that memory does not grow with the number of pictures.
    """
    key = fingerprint(model)
    splits = {
        part: Split(_kept(model, key, split.x), split.y)
        for part, split in (
            ("train", data.train),
            ("validation", data.validation),
            ("test", data.test),
        )
    }
    return dataclasses.replace(data, **splits)


def fingerprint(model: keras.Model) -> str:
    """SHA-256 (hexadecimal) of the layers of a model, with their settings, and its weights.

    The names of layers do not count: Keras numbers them anew whenever a model is built.
    """
    layers = model.to_json()
    for number, layer in enumerate(_with_inner_layers(model)):
        layers = layers.replace(json.dumps(layer.name), f'"layer {number}"')
    digest = hashlib.sha256(layers.encode())
    for weight in model.get_weights():
        digest.update(np.ascontiguousarray(weight).tobytes())
    return digest.hexdigest()


def _with_inner_layers(layer: keras.Layer) -> Iterator[keras.Layer]:
    yield layer
    for inner in getattr(layer, "layers", []):
        yield from _with_inner_layers(inner)


def features_folder() -> Path:
    """Where features are kept: beside the data sets and weights that Keras keeps."""
    return Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "features"


def _kept(model: keras.Model, key: str, pictures: np.ndarray) -> np.ndarray:
    """The features of the pictures, from disk, or computed and written first."""
    name = hashlib.sha256(key.encode() + content(pictures)).hexdigest()
    path = features_folder() / f"{name[:32]}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _compute(model, pictures, path)
    return np.load(path, mmap_mode="r", allow_pickle=False)


def _compute(model: keras.Model, pictures: np.ndarray, path: Path) -> None:
    """Write the features beside their place and rename the file when it is whole."""
    shape = (len(pictures), *model.output_shape[1:])
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        unfinished = Path(beside) / path.name
        rows = np.lib.format.open_memmap(unfinished, "w+", np.float32, shape)
        starts = range(0, len(pictures), BATCH)
        for start in trials.progress(starts, "features"):
            chunk = slice(start, start + BATCH)
            rows[chunk] = model.predict_on_batch(pictures[chunk])
        rows.flush()
        unfinished.replace(path)
