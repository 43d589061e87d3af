"""Features of a frozen base: computed once, kept on disk, used for every training after.

A base that is not trained gives the same features for a picture in every epoch. They are
kept under a key made of everything that they depend on: what the model computes (base,
weights, preprocessing, picture size) and the pictures themselves.
"""

import dataclasses
import hashlib
import os
import tempfile
from pathlib import Path

import keras
import numpy as np

from course_utils import trials
from course_utils.datasets import Dataset, Split
from course_utils.datasets.structure import content

BATCH = 64


class FeaturesError(RuntimeError):
    """Features could not be kept or read; the message says what to do."""


def features(model: keras.Model, data: Dataset) -> Dataset:
    """The data set with features instead of pictures: float32, shape (examples, features).

    model: maps a batch of pictures to features. It runs as in `predict`: augmentation and
    dropout in it do nothing. Pictures are read and features written in batches of 64, and
    the features stay on disk until they are used (they are memory maps), so that memory
    does not grow with the number of pictures.
    Raises FeaturesError when the disk is full or a file of kept features is damaged.
    """
    key = fingerprint(model)

    def kept(split: Split) -> Split:
        return dataclasses.replace(split, x=_kept(model, key, split.x))

    return dataclasses.replace(
        data, train=kept(data.train), validation=kept(data.validation), test=kept(data.test)
    )


def fingerprint(model: keras.Model) -> str:
    """SHA-256 (hexadecimal) of the weights of a model and of what it gives for fixed noise.

    Two models that differ in a weight, in their preprocessing or in the size of their
    pictures have different fingerprints; the names of their layers, which Keras numbers
    anew whenever a model is built, do not matter.
    """
    noise = np.random.default_rng(0).uniform(0, 255, (BATCH, *model.input_shape[1:]))
    arrays = [*model.get_weights(), _predict(model, noise)]
    digest = hashlib.sha256(str([array.shape for array in arrays]).encode())
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def features_folder() -> Path:
    """Where features are kept: beside the data sets and weights that Keras keeps."""
    return Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "features"


def _kept(model: keras.Model, key: str, pictures: np.ndarray) -> np.ndarray:
    """The features of the pictures, from disk, or computed and written first."""
    name = hashlib.sha256(key.encode() + content(pictures)).hexdigest()
    path = features_folder() / f"{name[:32]}.npy"
    shape = (len(pictures), *model.output_shape[1:])
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _compute(model, pictures, path, shape)
        except OSError as error:
            raise FeaturesError(
                f"The features could not be written to {path.parent} ({error}): free some space "
                "there, or set KERAS_HOME to a folder that can be written to."
            ) from error
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise FeaturesError(
            f"The kept features in {path} are damaged ({error}): delete this file, so that they "
            "are computed again."
        ) from error


def _compute(model: keras.Model, pictures: np.ndarray, path: Path, shape: tuple[int, ...]) -> None:
    """Write the features beside their place and rename the file when it is whole."""
    header = {"descr": "<f4", "fortran_order": False, "shape": shape}
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        unfinished = Path(beside) / path.name
        # Not through a memory map: on a full disk that would kill the process without a word.
        with unfinished.open("wb") as file:
            np.lib.format.write_array_header_1_0(file, header)
            for start in trials.progress(range(0, len(pictures), BATCH), "batches of features"):
                rows = _predict(model, pictures[start : start + BATCH])
                file.write(rows.astype("<f4").tobytes())
        unfinished.replace(path)


def _predict(model: keras.Model, pictures: np.ndarray) -> np.ndarray:
    """The features of up to 64 pictures, always computed as a full batch.

    Keras would prepare the model anew for every other number of pictures.
    """
    batch = np.zeros((BATCH, *pictures.shape[1:]), np.float32)
    batch[: len(pictures)] = pictures
    return model.predict_on_batch(batch)[: len(pictures)]
