"""Data as bytes: what comes out of a student's process is numbers, text and arrays, no more.

A message is the length of its header, the header in JSON, and the bytes of its arrays. Nothing in
it is code or names a class, so reading one runs nothing. What is no data is named by its type.
"""

import json
import re
from collections.abc import Callable, KeysView, Set
from numbers import Integral, Real

import numpy as np

from course_grader.contract import Foreign
from course_grader.text import printable

LARGEST = 64 * 2**20  # bytes of one message
DEEPEST = 20  # collections inside one another
DTYPE = re.compile(r"[<>|=]?([bB?]1?|[iu][1248]|f[248]|c(8|16)|U\d{1,4})")
LENGTH = 8
# Requests to a student's process are pickled; what is sent in a form of its own instead: its mark.
CALLBACK, MODEL, FOLDER = "callback", "model", "folder"
RETURNED, FAILED = "returned", "failed"  # how a function of the tests ended that it had called
READY = b"ready"  # what it says first where somebody waits for that

Special = Callable[[object], dict | None]


class Refused(BaseException):
    """What came is no data, or too much of it; the message is for the student.

    Not an Exception: a check must not take it for an error of the submitted code.
    """


def dump(value: object, special: Special = lambda value: None) -> bytes:
    """The value as bytes; an object that is no data becomes `Foreign`.

    special: returns a dict of data for objects that are sent in a form of their own, else None.
    Raises Refused for more than LARGEST bytes or DEEPEST levels.
    """
    blobs: list[bytes] = []
    tree = _Encoder(blobs, special).encode(value, 0)
    header = json.dumps(tree).encode()
    data = b"".join([len(header).to_bytes(LENGTH, "big"), header, *blobs])
    if len(data) > LARGEST:
        raise Refused(f"more than {LARGEST >> 20} MiB came back: return what is asked for only.")
    return data


def load(data: bytes, special: Callable[[dict], object] = dict) -> object:
    """The value in the bytes.

    special: makes the objects of the dicts that `dump`'s `special` returned. Raises Refused for
    bytes that `dump` does not write.
    """
    try:
        length = int.from_bytes(data[:LENGTH], "big")
        tree = json.loads(data[LENGTH : LENGTH + length])
        return _Decoder(memoryview(data)[LENGTH + length :], special).decode(tree)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise Refused("what came back cannot be read as data.") from error


class _Encoder:
    def __init__(self, blobs: list[bytes], special: Special):
        self.blobs, self.special, self.size = blobs, special, 0

    def encode(self, value: object, depth: int) -> object:
        try:
            return self._encode(value, depth)
        except Exception:  # an object may raise at whatever it is asked
            return {"foreign": type(value).__name__}

    def _encode(self, value: object, depth: int) -> object:
        if depth > DEEPEST:
            raise Refused(f"collections inside one another, more than {DEEPEST} deep, came back.")
        if value is None or isinstance(value, bool | str):
            return value
        if (fields := self.special(value)) is not None:
            return {"special": self._items(fields.items(), depth)}
        if isinstance(value, np.generic | np.ndarray):
            return self._array(value)
        if isinstance(value, Integral):
            return {"integer": str(int(value))}
        if isinstance(value, Real):
            return float(value)
        if isinstance(value, dict):
            return {"dict": self._items(value.items(), depth)}
        for kind, types in {
            "list": list | range,
            "tuple": tuple,
            "frozenset": frozenset,
            "set": Set | KeysView,
        }.items():
            if isinstance(value, types):
                return {kind: [self.encode(part, depth + 1) for part in value]}
        return {"foreign": type(value).__name__}

    def _items(self, items: object, depth: int) -> list:
        return [[self.encode(part, depth + 1) for part in pair] for pair in items]

    def _array(self, value: np.ndarray | np.generic) -> dict:
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        array = np.ascontiguousarray(value)
        if not DTYPE.fullmatch(array.dtype.str):
            return {"foreign": f"{type(value).__name__} of dtype {array.dtype}"}
        self.size += array.nbytes
        if self.size > LARGEST:
            raise Refused(
                f"arrays of more than {LARGEST >> 20} MiB came back: return what is asked for only."
            )
        self.blobs.append(array.tobytes())
        return {kind: [array.dtype.str, list(np.shape(value))]}


class _Decoder:
    def __init__(self, blobs: memoryview, special: Callable[[dict], object]):
        self.blobs, self.special = blobs, special

    def decode(self, tree: object) -> object:
        if not isinstance(tree, dict):
            if isinstance(tree, list):
                raise ValueError("a list stands outside its tag")
            return tree
        [(kind, content)] = tree.items()
        return getattr(self, f"_{self._known(kind)}")(content)

    @staticmethod
    def _known(kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"no kind of data: {kind}")
        return kind

    def _all(self, parts: list) -> list:
        return [self.decode(part) for part in parts]

    def _list(self, parts: list) -> list:
        return self._all(parts)

    def _tuple(self, parts: list) -> tuple:
        return tuple(self._all(parts))

    def _set(self, parts: list) -> set:
        return set(self._all(parts))

    def _frozenset(self, parts: list) -> frozenset:
        return frozenset(self._all(parts))

    def _dict(self, pairs: list) -> dict:
        return {self.decode(key): self.decode(value) for key, value in pairs}

    def _special(self, pairs: list) -> object:
        return self.special(self._dict(pairs))

    def _integer(self, text: str) -> int:
        return int(text)

    def _foreign(self, name: str) -> Foreign:
        return Foreign(printable(str(name)[:100], ""))

    def _array(self, form: list) -> np.ndarray:
        dtype, shape = form
        if not DTYPE.fullmatch(dtype) or not all(type(n) is int and n >= 0 for n in shape):
            raise ValueError("no array of data")
        kind, count = np.dtype(dtype), 1
        for length in shape:
            count *= length
        size = count * kind.itemsize
        if size > len(self.blobs):
            raise ValueError("an array is longer than its bytes")
        array = np.frombuffer(self.blobs[:size], kind).reshape(shape).copy()
        self.blobs = self.blobs[size:]
        return array

    def _scalar(self, form: list) -> np.generic:
        return self._array(form)[()]


KINDS = {
    "list", "tuple", "set", "frozenset", "dict", "special", "integer", "foreign", "array", "scalar",
}  # fmt: skip
