"""What the tests of the checks share: how a check fails, and useless answers."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from course_grader.contract import CheckFailed

PARTS = ("property does not hold: ", "expected: ", "found: ", "likely: ")


def fails(check: Callable, *answer, **options) -> str | None:
    """The message of the failed check, or None if it passes."""
    try:
        check(*answer, **options)
    except CheckFailed as failure:
        message = str(failure)
        assert all(part in message for part in PARTS), message
        return message
    return None


def misconception_of(check: Callable, *answer, **options) -> str | None:
    """The misconception that a check names, or None if it passes."""
    try:
        check(*answer, **options)
    except CheckFailed as failure:
        return failure.misconception
    return None


def crashes(*_, **__):
    raise RuntimeError("boom")


NOTEBOOK = {"__name__": "__main__"}
exec("def unwritten(*_, **__): raise NotImplementedError()", NOTEBOOK)
unwritten = NOTEBOOK["unwritten"]


def leaves(*_, **__):
    raise SystemExit


class Hostile:
    """Raises at whatever is asked of it."""

    def __repr__(self):
        raise RuntimeError

    __str__ = __len__ = __iter__ = __eq__ = __bool__ = __float__ = __array__ = __repr__
    __hash__ = None


USELESS = [
    None,
    (),
    (None, None),
    (1.0, 2.0, "x"),
    "text",
    float("nan"),
    10**400,
    np.array([object()]),
    np.zeros((3, 3), complex),
    (np.full((6, 5), np.nan), np.full((6, 5), np.nan)),
    pd.DataFrame({"no letter": [1]}),
    Hostile(),
    (Hostile(), Hostile()),
    {},
    (np.array([["a"]]), np.array([None])),
]
USELESS_FUNCTIONS = [
    *(lambda *_, value=value, **__: value for value in USELESS),
    *(crashes, unwritten, leaves, 3, None, Hostile()),
]
