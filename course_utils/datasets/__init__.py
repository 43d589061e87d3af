"""Data sets for the lessons: loaded whole, split once, never silently replaced.

`load(name)` returns train, validation and test. The bundled sets (`digits`, `mnist-5k`,
`fashion-mnist-6k`, `clothing-1k`) come with the course or with installed packages and need no
network; the full sets are downloaded once into the Keras cache and checked against their SHA-256.
"""

import inspect
from collections.abc import Callable

from course_utils.datasets.bundled import clothing_1k, digits, fashion_mnist_6k, mnist_5k
from course_utils.datasets.cifar import cifar10, cifar10_part
from course_utils.datasets.clothing_pictures import clothing
from course_utils.datasets.downloaded import fashion_mnist, mnist
from course_utils.datasets.structure import (
    Dataset,
    DataUnavailableError,
    Split,
    flip_labels,
    subset,
)

__all__ = [
    "DataUnavailableError",
    "Dataset",
    "Split",
    "flip_labels",
    "is_bundled",
    "load",
    "names",
    "subset",
]

BUNDLED: dict[str, Callable[..., Dataset]] = {
    "digits": digits,
    "mnist-5k": mnist_5k,
    "fashion-mnist-6k": fashion_mnist_6k,
    "clothing-1k": clothing_1k,
}
FULL: dict[str, Callable[..., Dataset]] = {
    "mnist": mnist,
    "fashion-mnist": fashion_mnist,
    "cifar10": cifar10,
    "cifar10-part": cifar10_part,
    "clothing": clothing,
}


def load(name: str, **options: object) -> Dataset:
    """Load a data set by name; `names()` lists them.

    options: "clothing" takes `folder` and `side` (see `clothing`); the others none.
    Raises ValueError for an unknown name or option, and DataUnavailableError when a bundled set
    is damaged, or a full one is neither in the cache nor to be had from the network, or corrupt.
    """
    loaders = BUNDLED | FULL
    if name not in loaders:
        known = ", ".join(names())
        raise ValueError(f"There is no data set called {name!r}: choose one of {known}.")
    allowed = inspect.signature(loaders[name]).parameters
    unknown = sorted(set(options) - set(allowed))
    if unknown:
        raise ValueError(
            f"The data set {name!r} has no option {', '.join(unknown)}: it has "
            f"{', '.join(allowed) or 'none'}."
        )
    return loaders[name](**options)


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return (*BUNDLED, *FULL)


def is_bundled(name: str) -> bool:
    """Whether the data set comes with the installed packages and needs no network."""
    return name in BUNDLED
