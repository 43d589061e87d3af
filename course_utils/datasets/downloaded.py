"""The full data sets: downloaded once into the Keras cache and checked against their SHA-256."""

import gzip
import os
from pathlib import Path

import numpy as np

from course_utils.datasets.structure import Dataset, DataUnavailableError, Split, split_off

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


def mnist() -> Dataset:
    """MNIST: 55,000 training, 5,000 validation and 10,000 test digits."""
    path = download(
        SERVER + "mnist.npz",
        "mnist.npz",
        "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    )
    # Refusing pickles: an archive of plain arrays needs none.
    with np.load(path, allow_pickle=False) as archive:
        whole = Split(archive["x_train"], archive["y_train"].astype(np.int64))
        test = Split(archive["x_test"], archive["y_test"].astype(np.int64))
    train, validation = split_off(whole, 5000)
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


def fashion_mnist() -> Dataset:
    """Fashion-MNIST: 55,000 training, 5,000 validation and 10,000 test pictures."""
    whole, test = published_fashion_mnist()
    train, validation = split_off(whole, 5000)
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


def published_fashion_mnist() -> tuple[Split, Split]:
    """The 60,000 training and the 10,000 test pictures, in the order of the publisher."""

    def read(file: str, sha256: str, header: int) -> np.ndarray:
        with gzip.open(download(SERVER + file, f"fashion-mnist/{file}", sha256)) as stream:
            return np.frombuffer(stream.read(), np.uint8, offset=header)

    def part(prefix: str, images_sha256: str, labels_sha256: str) -> Split:
        images = read(f"{prefix}-images-idx3-ubyte.gz", images_sha256, header=16)
        labels = read(f"{prefix}-labels-idx1-ubyte.gz", labels_sha256, header=8)
        return Split(images.reshape(-1, 28, 28), labels.astype(np.int64))

    train = part(
        "train",
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    )
    test = part(
        "t10k",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    )
    return train, test


def cache_folder() -> Path:
    """Where full data sets are kept: the folder that keras.datasets uses, too."""
    return Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "datasets"


def check_hash(file: Path, sha256: str) -> None:
    """Remove `file` and raise DataUnavailableError unless it has this SHA-256."""
    import pooch

    if pooch.file_hash(str(file)) != sha256:
        file.unlink()
        raise DataUnavailableError(
            f"The file {file} was damaged (its SHA-256 is not {sha256[:12]}...) and has been "
            "removed: load the data set again to download it anew."
        )


def download(address: str, file: str, sha256: str | None = None) -> Path:
    """The cached file, fetched first if it is missing, refused if its hash is wrong.

    address: where it comes from; file: its place below the cache folder; sha256: None where
    the caller checks the contents. pooch writes a download beside its place and renames it
    when the hash is right.
    """
    import pooch
    import requests

    target = cache_folder() / file
    if target.exists():
        if sha256:
            check_hash(target, sha256)
        return target
    instead = (
        f"put the file at {target} yourself, or use a data set that needs no network "
        "('mnist-5k', 'fashion-mnist-6k', 'clothing-1k')."
    )
    try:
        pooch.retrieve(
            address,
            known_hash=sha256 and f"sha256:{sha256}",
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
            f"{target.name} was downloaded from {address}, but it is not the file that the course "
            f"knows (its SHA-256 is not {sha256[:12]}...), so it was not kept: {instead}"
        ) from error
    except OSError as error:
        raise DataUnavailableError(
            f"{target.name} could not be written to {target.parent} ({error.strerror}): make room "
            "there, or set KERAS_HOME to a folder that you may write to."
        ) from error
    return target
