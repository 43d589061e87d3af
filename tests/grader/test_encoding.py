"""What is sent between the processes: data comes through, everything else is named or refused."""

import json

import numpy as np
import pytest

from course_grader import encoding
from course_grader.contract import Foreign

DATA = [
    None,
    True,
    3,
    -(10**30),
    0.1,
    float("inf"),
    "text \ud800",
    [1, (2.0, {"a": {3}}), frozenset({4})],
    {1: "one", (2, 3): [None]},
    np.arange(6, dtype=">i4").reshape(2, 3),
    np.zeros((0, 3), np.float32),
    np.array(["a", "bc"]),
    np.array(1 + 2j),
]


class Hostile:
    """Raises at whatever is asked of it."""

    def __getattribute__(self, name):
        raise RuntimeError

    __iter__ = __len__ = __bool__ = __eq__ = __getattribute__
    __hash__ = None


def message(tree: object, blobs: bytes = b"") -> bytes:
    header = json.dumps(tree).encode()
    return len(header).to_bytes(encoding.LENGTH, "big") + header + blobs


@pytest.mark.parametrize("value", DATA, ids=repr)
def test_data_comes_back_as_it_was(value):
    back = encoding.load(encoding.dump(value))
    np.testing.assert_array_equal(back, value) if isinstance(value, np.ndarray) else None
    assert isinstance(value, np.ndarray) or (back == value and type(back) is type(value))


@pytest.mark.parametrize(
    "make",
    [
        object,
        Hostile,
        lambda: len,
        lambda: np.array([object()]),
        lambda: np.array(1, "M8[Y]"),
        bytes,
    ],
)
def test_what_is_no_data_is_named_by_its_type(make):
    assert isinstance(encoding.load(encoding.dump(make())), Foreign)


def test_a_list_within_itself_and_too_much_data_are_refused():
    endless = []
    endless.append(endless)
    for value in (endless, np.zeros(encoding.LARGEST + 1, bool), "x" * (encoding.LARGEST + 1)):
        with pytest.raises(encoding.Refused):
            encoding.dump(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        b"\xff" * 100,
        message([1, 2]),
        message({}),
        message({"list": [1], "tuple": [2]}),
        message({"no-such-kind": []}),
        message({"__class__": []}),
        message({"special": [["handle"]]}),
        message({"special": 3}),
        message({"dict": [[{"list": []}, 1]]}),
        message({"set": [{"list": []}]}),
        message({"integer": "9" * 10_000}),
        message({"integer": "inf"}),
        message({"array": ["O", [1]]}, bytes(8)),
        message({"array": ["<f8", [2**62, 4]]}),
        message({"array": ["<f8", [-1]]}, bytes(8)),
        message({"array": ["<f8", [True]]}, bytes(8)),
        message({"array": ["<f8", [1.0]]}, bytes(8)),
        message({"array": ["<f8", [1] * 100]}, bytes(8)),
        message({"array": ["U0", [1]]}),
        message({"array": ["<f8", [0, 2**80]]}),
        message({"array": [["<f8"], [1]]}, bytes(8)),
        message({"array": "no"}),
        message({"scalar": ["<f8", []]}),
        (10**5).to_bytes(8, "big") + b"[" * 10**5,
        (6 * 10**5).to_bytes(8, "big") + b'{"list":[' * 10**5,
    ],
    ids=lambda data: repr(data[:60]),
)
def test_bytes_that_nobody_writes_are_refused(data):
    with pytest.raises(encoding.Refused):
        encoding.load(data)


def test_the_name_of_a_type_is_short_and_printable():
    name = encoding.load(message({"foreign": "\x1b[31m\n" + "x" * 10_000})).kind
    assert name.isprintable() and len(name) <= 100
