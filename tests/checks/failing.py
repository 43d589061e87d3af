"""What the tests of the checks share: how a check fails, and useless answers."""

import numpy as np
import pandas as pd

import course_checks as checks


def fails(check, *answer, **options) -> str | None:
    """The message of the failed check, or None if it passes."""
    try:
        check(*answer, **options)
    except checks.CheckFailed as failure:
        message = str(failure)
        for part in ("property does not hold: ", "expected: ", "found: ", "likely: "):
            assert part in message, message
        return message
    return None


def failing(names: list[str], *answer, **options) -> set[str]:
    return {name for name in names if fails(getattr(checks, name), *answer, **options)}


def crashes(*_):
    raise RuntimeError("boom")


NOTEBOOK = {"__name__": "__main__"}
exec("def unwritten(*_): raise NotImplementedError()", NOTEBOOK)
unwritten = NOTEBOOK["unwritten"]


def leaves(*_):
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
    pd.DataFrame({"a": [1]}),
    Hostile(),
    (Hostile(), Hostile()),
    {},
    (np.array([["a"]]), np.array([None])),
]


def fails_on_useless_answers(check, functions=1, **options) -> bool:
    """Whether every useless answer, and every function that returns one, fails in plain words."""
    answers = [lambda *_, value=value, **__: value for value in USELESS]
    answers += [crashes, unwritten, leaves, 3, None, Hostile()]
    return all(fails(check, *[answer] * functions, **options) for answer in answers)
