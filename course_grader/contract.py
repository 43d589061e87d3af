"""What tests and the grader agree on: a failed check, a score, what stands for an object.

The checks of a course import this module and `keras_models`, and nothing else of the grader. Data
and protocols only: importing it takes no time.
"""

import textwrap
import traceback
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from numbers import Real
from types import FunctionType
from typing import Any

WIDTH = 96  # of a message in JupyterLab, in characters
# Students meet round 0. The release gate grades the gallery of answers in other rounds as well.
ROUND: ContextVar[int] = ContextVar("round", default=0)
SHARED: ContextVar[dict | None] = ContextVar("shared", default=None)


class CheckFailed(AssertionError):
    """A graded property does not hold; the message says which one.

    misconception: the name of what is likely behind it.
    """

    def __init__(self, message: str = "", misconception: str = ""):
        super().__init__(message, misconception)
        self.misconception = misconception

    def __str__(self) -> str:
        return self.args[0]

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the message, below the error in submitted code that led to it.

        The way through the checks would push both out of sight, in nbgrader's dialog above all.
        """
        lines = "".join(self._cause()).splitlines()
        for line in f"{type(self).__name__}: {self}".splitlines():
            under = " " * 12 if line.startswith("  ") else ""  # below the text of "likely:"
            lines += textwrap.wrap(line, WIDTH, subsequent_indent=under)
        return lines

    def _cause(self) -> list[str]:
        if not (error := self.__cause__):
            return []
        submitted = error.__traceback__ and error.__traceback__.tb_next  # less the check's call
        return traceback.format_exception(type(error), error, submitted)


class AnswerError(Exception):
    """An error inside submitted code that ran in another process.

    kind: the name of the error's type. message: its text.
    """

    def __init__(self, kind: str, message: str):
        super().__init__(f"{kind}: {message}" if message else kind)
        self.kind = kind


class AnswerValueError(AnswerError, ValueError):
    """A ValueError, or an error of a type derived from it."""


class AnswerNotWritten(AnswerError, NotImplementedError):
    """The NotImplementedError of what students are given."""


class Score(float):
    """What `score` returns; no other number gives part of the points."""


def score(reached: float, *, of: float) -> Score:
    """Part of the points of a cell of tests, where it is the last expression of the cell.

    Raises ValueError unless 0 <= reached <= of, both finite numbers.
    """
    for value in (reached, of):
        if isinstance(value, bool) or not isinstance(value, Real):
            raise ValueError(f"a score is a number, no {type(value).__name__}: give points.")
    if not 0 <= reached <= of < float("inf"):
        raise ValueError(f"a score lies between 0 and {of}, not {reached}: give points.")
    return Score(reached)


class ToldObject:
    """Stands for an object of another process. kind: the name of its type, as told by that."""

    kind: str


@dataclass(frozen=True)
class Foreign(ToldObject):
    """Stands for an object that could not be returned, being no data."""

    kind: str


def _released() -> None:
    raise NotImplementedError()


def is_unwritten(function: object) -> bool:
    """Whether this is a function as it was released, whatever its arguments and docstring."""
    if not isinstance(function, FunctionType):
        return False
    one, other = function.__code__, _released.__code__
    return (one.co_code, one.co_names) == (other.co_code, other.co_names)


def is_of_unwritten(error: BaseException) -> bool:
    """Whether this is the error of what students are given, and none of a library.

    Keras raises NotImplementedError for a layer without `call`, NumPy for a symbolic tensor.
    """
    if isinstance(error, AnswerNotWritten):
        return True
    if type(error) is not NotImplementedError or error.args:
        return False
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_globals.get("__name__") == "__main__"


def shared(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` returns; in grading it is called once for each key in all tests of a submission.

    For models and results of a student's functions that nothing can change between two checks. In
    a notebook, where a student changes one cell and runs another, nothing is shared.
    """
    kept = SHARED.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return kept[key]
