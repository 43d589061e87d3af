"""How a check fails, and how it calls a student's code without being harmed by it."""

import random
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from numbers import Real

import numpy as np

from course_grader.contract import (
    AnswerError,
    CheckFailed,
    ToldObject,
    is_of_unwritten,
    is_unwritten,
)

NOT_WRITTEN = "this part is not written yet."


def failure(what: str, *, expected: str, found: str, hint: str) -> CheckFailed:
    """The error of a failed check: `what` names the property, `hint` the likely misconception."""
    return CheckFailed(
        f"This property does not hold: {what}.\n"
        f"  expected: {expected}\n"
        f"  found:    {found}\n"
        f"  likely:   {hint}"
    )


def require(holds: object, what: str, *, expected: str, found: str, hint: str) -> None:
    """Raise the `failure` unless `holds`."""
    if not holds:
        raise failure(what, expected=expected, found=found, hint=hint)


def describe(value: object) -> str:
    """A short description that is safe for any object: an unknown one is only named by type."""
    if isinstance(value, np.ndarray):
        return f"a {value.dtype} array of shape {value.shape}"
    if value is None or isinstance(value, bool | int | float | str | np.generic):
        text = repr(value)
        return text if len(text) <= 60 else text[:60] + "..."
    if isinstance(value, tuple | list | set | frozenset):
        return f"a {type(value).__name__} of length {len(value)}"
    kind = value.kind if isinstance(value, ToldObject) else type(value).__name__
    return f"an object of type {kind}"


@contextmanager
def random_states_kept() -> Iterator[None]:
    """Put NumPy's global random state and Python's `random` back afterwards.

    Each check is decorated with it. It spans the whole check, so that code which
    draws from a global state by mistake still draws anew at each call.
    """
    python_state, numpy_state = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)


def call(what: str, function: Callable, *arguments: object, **keywords: object) -> object:
    """Call the student's `function`; an error inside it becomes a failed check of `what`.

    NumPy's warnings (such as overflow) are silenced, since a right answer may cause one.
    """
    require(
        callable(function),
        what,
        expected="a function",
        found=describe(function),
        hint="the name was given another value after the function was defined.",
    )
    try:
        with np.errstate(all="ignore"):
            return function(*arguments, **keywords)
    except CheckFailed:  # raised by a check's own wrapper around the submitted code
        raise
    except (Exception, SystemExit) as error:
        inside = "the error arises inside the submitted code."
        raise failure(
            what,
            expected=f"{_call_text(function, arguments, keywords)} returns a value",
            found=_one_line(error),
            hint=NOT_WRITTEN if is_of_unwritten(error) else inside,
        ) from error


def require_written(what: str, function: Callable) -> None:
    """Fail as `call` would, before anything is made that the function would be called with.

    Where nothing is written, making that takes most of the time of grading.
    """
    # A function of another process has been told of by that.
    if getattr(function, "is_unwritten", is_unwritten(function)) is True:
        raise failure(
            what,
            expected=f"{_name(function)} returns a value",
            found="NotImplementedError",
            hint=NOT_WRITTEN,
        )


def require_value_error(what: str, function: Callable, *arguments: object, hint: str) -> None:
    """Calling the student's `function` raises ValueError, and nothing else."""
    try:
        found = f"it returned {describe(function(*arguments))}"
    except ValueError:
        return
    except (Exception, SystemExit) as error:
        found = f"{_kind(error)} instead"
    raise failure(
        what,
        expected=f"{_call_text(function, arguments, {})} raises ValueError",
        found=found,
        hint=hint,
    )


def _kind(error: BaseException) -> str:
    return error.kind if isinstance(error, AnswerError) else type(error).__name__


def _one_line(error: BaseException) -> str:
    """Type and text of an error, without the colour codes and line breaks of Keras's own."""
    is_told = isinstance(error, AnswerError)
    text = str(error) if is_told else traceback.format_exception_only(error)[-1]
    return " ".join(re.sub(r"\x1b\[\d*m", "", text).split())[:300]


def _call_text(function: Callable, arguments: tuple, keywords: dict) -> str:
    shown = [describe(value) for value in arguments]
    shown += [f"{key}={describe(value)}" for key, value in keywords.items()]
    return f"{_name(function)}({', '.join(shown)})"


def _name(function: Callable) -> str:
    return getattr(function, "__name__", type(function).__name__)


def array_from(what: str, value: object, *, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """`value` as a plain array, if it is an array of numbers of that shape."""
    require(
        isinstance(value, np.ndarray) and value.dtype.kind in "biuf",
        what,
        expected=f"{name} is a NumPy array of numbers",
        found=describe(value),
        hint=f"{name} is missing, or was turned into something other than an array.",
    )
    require(
        value.shape == shape,
        what,
        expected=f"{name} has the shape {shape}",
        found=f"shape {value.shape}",
        hint="an axis was summed over, added or left out.",
    )
    return np.asarray(value)


def number_from(what: str, value: object, *, name: str) -> float:
    """`value` as a float, if it is one finite number (an array of no dimensions will do)."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        value = value.item()  # a Python number: float32 cannot be compared with 1e300
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    require(
        is_number and -1e300 < value < 1e300,
        what,
        expected=f"{name} is one finite number",
        found=describe(value),
        hint="nothing or a collection stands where a number belongs, or the arithmetic gave a NaN.",
    )
    return float(value)


def parts_from(
    what: str,
    value: object,
    *names: str,
    hint: str = "something other than what the signature says is returned.",
) -> tuple:
    """The parts of a tuple (a list or a one-dimensional array will do), one a name."""
    if isinstance(value, np.ndarray) and value.ndim == 1:
        value = tuple(value)
    require(
        isinstance(value, tuple | list) and len(value) == len(names),
        what,
        expected=f"a tuple ({', '.join(names)})",
        found=describe(value),
        hint=hint,
    )
    return tuple(value)
