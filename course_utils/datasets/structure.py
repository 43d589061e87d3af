"""What a data set is: three splits with their labels, and how a split is drawn from."""

import hashlib
from dataclasses import dataclass

import numpy as np

SPLIT_SEED = 0


class DataUnavailableError(RuntimeError):
    """A data set could not be read; the message says what to do."""


@dataclass(frozen=True)
class Split:
    """Examples, their labels and, where examples do not stand alone, what they belong to.

    x: array of pictures, shape (examples, height, width) or (examples, height, width, 3);
    uint8, from 0, unless the data set says otherwise. May be `PictureFiles`, which are read
    when they are asked for.
    y: int64 array, shape (examples,), class indices from 0.
    groups: int64 array, shape (examples,), such as who sent a picture; None where examples
    stand alone.
    Raises ValueError when the lengths differ.
    """

    x: np.ndarray
    y: np.ndarray
    groups: np.ndarray | None = None

    def __post_init__(self):
        if len(self.x) != len(self.y):
            raise ValueError(
                f"There are {len(self.x)} examples but {len(self.y)} labels: "
                "give exactly one label for each example."
            )
        if self.groups is not None and len(self.groups) != len(self.y):
            raise ValueError(
                f"There are {len(self.y)} examples but {len(self.groups)} groups: give exactly "
                "one group for each example, or None."
            )

    def __len__(self) -> int:
        return len(self.y)

    def take(self, indices: np.ndarray) -> "Split":
        """The examples with these indices, in this order."""
        groups = None if self.groups is None else self.groups[indices]
        return Split(self.x[indices], self.y[indices], groups)


@dataclass(frozen=True)
class Dataset:
    """A data set in three parts, with the value that means white."""

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
            digest.update(content(split.x))
            digest.update(np.ascontiguousarray(split.y).tobytes())
        return digest.hexdigest()


def content(pictures: np.ndarray) -> bytes:
    """What pictures are told apart by: their bytes, or the digest of their files."""
    if hasattr(pictures, "digest"):
        return pictures.digest().encode()
    return np.ascontiguousarray(pictures).tobytes()


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
    chosen = stratified(np.arange(len(split)), split.y, size, int(generator.integers(2**31)))
    return split.take(chosen)


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


def stratified(indices: np.ndarray, labels: np.ndarray, size: int, seed: int) -> np.ndarray:
    from sklearn.model_selection import train_test_split

    chosen, _ = train_test_split(indices, train_size=size, stratify=labels, random_state=seed)
    return chosen


def split_off(whole: Split, size: int) -> tuple[Split, Split]:
    """The rest and `size` examples, each class in its share, always the same ones."""
    held_out = stratified(np.arange(len(whole)), whole.y, size, SPLIT_SEED)
    rest = np.setdiff1d(np.arange(len(whole)), held_out)
    # In random order: the bundled digits come sorted by class.
    rest = np.random.default_rng(SPLIT_SEED).permutation(rest)
    return whole.take(rest), whole.take(held_out)
