"""One property of a student's work: how a check states it, and how it says that it does not hold.

A check is a function with `@check`, which gives the property in words and its misconceptions, each
with a name and a hint. It returns None if the property holds. If not, `require` or `failure` raises
`CheckFailed`: property, what was expected, what was found and the likely misconception are put
together here and nowhere else. An error inside the student's code is reported in the same form.

A check leaves NumPy's global random state and Python's `random` as it found them, and gives the
student's code arrays of its own. `seed` chooses its data; a right answer passes with every seed.
"""

import inspect
import random
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from numbers import Real

import numpy as np

from course_grader.contract import (
    AnswerError,
    CheckFailed,
    ToldObject,
    is_of_unwritten,
    is_unwritten,
)

# What can go wrong with any answer; a check may say one of them in words of its own.
COMMON = {
    "unwritten": "this part is not written yet.",
    "crash": "the error arises inside the submitted code.",
    "no_function": "the name was given another value after the function was defined.",
    "no_array": "it is missing, or was turned into something other than an array.",
    "wrong_shape": "an axis was summed over, added or left out.",
    "no_number": "nothing or a collection stands where a number belongs, or the arithmetic gave a "
    "NaN.",
    "not_whole": "`/` was used where `//` rounds down.",
    "no_tuple": "something other than what the signature says is returned.",
    "no_model": "the model is not returned, or a list of layers or a layer is.",
    "no_layers": "the layers are made, but not applied to the input.",
}


@dataclass(frozen=True)
class Property:
    """What a check declares.

    words: the property; `{name}` stands for an argument of the check. false_fail: an upper bound on
    the probability that a right answer fails. misconceptions: the hint of each, by its name.
    """

    words: str
    false_fail: float = 0.0
    misconceptions: Mapping[str, str] = field(default_factory=dict)


CURRENT: ContextVar[Property] = ContextVar("current property")


def check(words: str, *, false_fail: float = 0.0, **misconceptions: str) -> Callable:
    """Make a function a check of the property in `words`; its `property` is what was declared."""
    declared = Property(words, false_fail, misconceptions)

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(function)

        @wraps(function)
        def checked(*arguments: object, **keywords: object) -> None:
            bound = signature.bind(*arguments, **keywords)
            bound.apply_defaults()
            stated = words.format(**bound.arguments)
            token = CURRENT.set(Property(stated, false_fail, COMMON | misconceptions))
            try:
                with random_states_kept():
                    function(*arguments, **keywords)
            finally:
                CURRENT.reset(token)

        checked.property = declared
        return checked

    return decorated


def failure(*, expected: str, found: str, likely: str, **details: object) -> CheckFailed:
    """The error of the check that runs.

    likely: the name of the misconception. details: what its hint leaves open.
    """
    current = CURRENT.get()
    return CheckFailed(
        f"This property does not hold: {current.words}.\n"
        f"  expected: {expected}\n"
        f"  found:    {found}\n"
        f"  likely:   {current.misconceptions[likely].format(**details)}",
        likely,
    )


def require(holds: object, *, expected: str, found: str, likely: str, **details: object) -> None:
    """Raise the `failure` unless `holds`."""
    if not holds:
        raise failure(expected=expected, found=found, likely=likely, **details)


def require_equal(
    found: object,
    exact: object,
    *,
    case: str,
    known: Mapping[str, object],
    otherwise: str,
    tolerance: float | None = None,
) -> None:
    """What was found is the exact value, as numbers if there is a `tolerance`.

    known: misconception -> the value that it gives; the first that fits is likely.
    """

    def fits(value: object) -> bool:
        return found == value if tolerance is None else abs(found - value) < tolerance

    if not fits(exact):
        likely = next((name for name, value in known.items() if fits(value)), otherwise)
        texts = (str(exact), str(found)) if tolerance is None else apart(exact, found)
        raise failure(expected=f"{texts[0]} for {case}", found=texts[1], likely=likely)


def apart(*numbers: float) -> tuple[str, ...]:
    """The numbers with as many digits, four or more, as it takes to tell them apart."""
    for digits in range(4, 18):
        texts = tuple(f"{number:.{digits}g}" for number in numbers)
        if len(set(texts)) == len(set(numbers)):
            break
    return texts


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

    It spans the whole check, so that code which draws from a global state by mistake still draws
    anew at each call.
    """
    python_state, numpy_state = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)


def call(function: Callable, *arguments: object, **keywords: object) -> object:
    """Call the student's `function`; an error inside it fails the check.

    NumPy's warnings (such as overflow) are silenced, since a right answer may cause one.
    """
    require(
        callable(function),
        expected="a function",
        found=describe(function),
        likely="no_function",
    )
    try:
        with np.errstate(all="ignore"):
            return function(*arguments, **keywords)
    except CheckFailed:  # raised by a check's own wrapper around the submitted code
        raise
    except (Exception, SystemExit) as error:
        raise failure(
            expected=f"{_call_text(function, arguments, keywords)} returns a value",
            found=_one_line(error),
            likely="unwritten" if is_of_unwritten(error) else "crash",
        ) from error


def require_written(function: Callable) -> None:
    """Fail as `call` would, before anything is made that the function would be called with.

    Where nothing is written, making that takes most of the time of grading.
    """
    # A function of another process has been told of by that.
    require(
        getattr(function, "is_unwritten", is_unwritten(function)) is not True,
        expected=f"{name_of(function)} returns a value",
        found="NotImplementedError",
        likely="unwritten",
    )


def require_value_error(function: Callable, *arguments: object, likely: str) -> None:
    """Calling the student's `function` raises ValueError, and nothing else."""
    try:
        found = f"it returned {describe(function(*arguments))}"
    except ValueError:
        return
    except (Exception, SystemExit) as error:
        found = f"{_kind(error)} instead"
        likely = "unwritten" if is_of_unwritten(error) else likely
    expected = f"{_call_text(function, arguments, {})} raises ValueError"
    raise failure(expected=expected, found=found, likely=likely)


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
    return f"{name_of(function)}({', '.join(shown)})"


def name_of(function: Callable) -> str:
    """What it was defined as."""
    return getattr(function, "__name__", type(function).__name__)


def array_from(value: object, *, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """`value` as a plain array, if it is an array of numbers of that shape."""
    require(
        isinstance(value, np.ndarray) and value.dtype.kind in "biuf",
        expected=f"{name} is a NumPy array of numbers",
        found=describe(value),
        likely="no_array",
    )
    require(
        value.shape == shape,
        expected=f"{name} has the shape {shape}",
        found=f"shape {value.shape}",
        likely="wrong_shape",
    )
    return np.asarray(value)


def number_from(value: object, *, name: str) -> float:
    """`value` as a float, if it is one finite number (an array of no dimensions will do)."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        value = value.item()  # a Python number: float32 cannot be compared with 1e300
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    require(
        is_number and -1e300 < value < 1e300,
        expected=f"{name} is one finite number",
        found=describe(value),
        likely="no_number",
    )
    return float(value)


def whole_from(value: object, *, name: str) -> int:
    """`value` as an int, if it is a whole number of any type."""
    number = number_from(value, name=name)
    require(
        number == int(number),
        expected=f"{name} is a whole number",
        found=f"{number:.6g}",
        likely="not_whole",
    )
    return int(number)


def parts_from(value: object, *names: str) -> tuple:
    """The parts of a tuple (a list or a one-dimensional array will do), one a name."""
    if isinstance(value, np.ndarray) and value.ndim == 1:
        value = tuple(value)
    require(
        isinstance(value, tuple | list) and len(value) == len(names),
        expected=f"a tuple ({', '.join(names)})",
        found=describe(value),
        likely="no_tuple",
    )
    return tuple(value)
