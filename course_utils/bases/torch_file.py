"""Read the tensors of a file that torch saved, without torch and without running its code.

Such a file (torch's format before its version 1.6) is a row of pickles, which may run any
code when read by `pickle`, followed by the numbers. Here only what describes tensors is
allowed; everything else is refused.
"""

import collections
import math
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
NUMBERS = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class WeightsError(RuntimeError):
    """A file of weights could not be used; the message says what to do."""


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    """The tensors of the file by name: float32 or int64 arrays.

    Raises WeightsError when the file is cut short, is no such file, or asks for anything
    but tensors.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except (
        pickle.UnpicklingError,
        EOFError,
        AttributeError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise WeightsError(
            f"{path.name} is no complete file of tensors ({error or type(error).__name__}): "
            "install the package that it came with again."
        ) from error


@dataclass(frozen=True)
class _Storage:
    """A row of numbers in the file that tensors are views of."""

    key: str
    numbers: np.dtype
    size: int


@dataclass(frozen=True)
class _Tensor:
    """A tensor as the file describes it: a view of a storage."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _TensorsOnly(pickle.Unpickler):
    """Reads descriptions of tensors and refuses all else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _describe
        if module == "torch" and name in NUMBERS:
            return NUMBERS[name]
        raise pickle.UnpicklingError(f"it asks for {module}.{name}, which tensors do not need")

    def persistent_load(self, description: tuple) -> _Storage:
        _, numbers, key, _, size, _ = description
        return _Storage(str(key), np.dtype(numbers), int(size))


def _describe(storage: _Storage, offset: int, shape: tuple, strides: tuple, *_rest) -> _Tensor:
    if not isinstance(storage, _Storage):
        raise pickle.UnpicklingError("it has a tensor without numbers")
    return _Tensor(storage, int(offset), tuple(map(int, shape)), tuple(map(int, strides)))


def _read(file) -> dict[str, np.ndarray]:
    for expected in (MAGIC_NUMBER, PROTOCOL_VERSION):
        if _TensorsOnly(file).load() != expected:
            raise pickle.UnpicklingError("its first numbers are not those of torch's old format")
    _TensorsOnly(file).load()  # about the machine that wrote it
    described = _TensorsOnly(file).load()
    tensors = {name: value for name, value in described.items() if isinstance(value, _Tensor)}
    storages = {tensor.storage.key: tensor.storage for tensor in tensors.values()}
    rows = {key: _read_row(file, storages[key]) for key in _TensorsOnly(file).load()}
    return {name: _view(tensor, rows[tensor.storage.key]) for name, tensor in tensors.items()}


def _read_row(file, storage: _Storage) -> np.ndarray:
    (size,) = np.frombuffer(file.read(8), "<i8")
    if size != storage.size:
        raise ValueError(f"{size} numbers stand where {storage.size} are announced")
    row = file.read(size * storage.numbers.itemsize)
    return np.frombuffer(row, storage.numbers, count=size)  # ValueError when cut short


def _view(tensor: _Tensor, row: np.ndarray) -> np.ndarray:
    """The tensor as an array of its own, in C order."""
    last = tensor.offset + sum(
        (length - 1) * stride for length, stride in zip(tensor.shape, tensor.strides, strict=True)
    )
    smallest = min((tensor.offset, *tensor.shape, *tensor.strides))
    if smallest < 0 or last >= len(row) or math.prod(tensor.shape) > len(row):
        raise ValueError("a tensor reaches beyond its numbers")
    strides = [stride * row.itemsize for stride in tensor.strides]
    view = np.lib.stride_tricks.as_strided(row[tensor.offset :], tensor.shape, strides)
    return np.ascontiguousarray(view).reshape(tensor.shape)
