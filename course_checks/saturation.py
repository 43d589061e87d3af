"""Checks of the exercise on the saturated sigmoid: ties, repair, diagnosis."""

from collections.abc import Callable, Collection

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import (
    array_from,
    call,
    describe,
    number_from,
    random_states_kept,
    require,
)

CLASSES = 10
# A float32 sigmoid reaches 1.0 at a logit of about 16.64; where exactly depends on how
# it is written, so no logit of a check lies between 16 and this one.
SURELY_ABOVE = 18.0


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logits))


def _rows(generator: np.random.Generator, tops: list[int], high: tuple[float, float]) -> np.ndarray:
    """Logits, one row for each number in `tops`: that many in the range `high`, the rest small.

    float64, shape (len(tops), CLASSES). Among the small ones, two are equal and near 1
    after the sigmoid (logits of 13 to 15), but below 1.0.
    """
    logits = generator.uniform(-10.0, 10.0, size=(len(tops), CLASSES))
    for row, top in zip(logits, tops, strict=True):
        places = generator.permutation(CLASSES)
        row[places[:top]] = generator.uniform(*high, size=top)
        row[places[top : top + 2]] = generator.uniform(13.0, 15.0)
    return logits


def _tied_fraction(
    what: str, fraction_tied: Callable, logits: np.ndarray, tops: list[int]
) -> tuple[float, float]:
    """What the student's function returns, and what is right."""
    found = number_from(what, call(what, fraction_tied, logits), name="the fraction")
    return found, float(np.mean(np.array(tops) >= 2))


@random_states_kept()
def tied_counts_rows(fraction_tied: Callable, *, seed: int = 0) -> None:
    """The fraction of rows with two or more outputs exactly 1.0, for logits far from the edge."""
    what = "fraction_tied is the fraction of rows with at least two outputs equal to 1.0"
    generator = generator_for(seed, 5)
    for tops in ([0, 1, 2, 5, 1, 0, 3, 1], [0, 1, 1, 0], [2, 7], [0, 1, 2, 1, 0]):
        logits = _rows(generator, tops, (45.0, 60.0)).astype(np.float32)
        found, exact = _tied_fraction(what, fraction_tied, logits, tops)
        require(
            abs(found - exact) < 1e-6,
            what,
            expected=f"{exact:.4g}, when the rows have {tops} outputs equal to 1.0",
            found=f"{found:.4g}",
            hint=_tied_hint(found, _sigmoid(logits), np.array(tops)),
        )


def _tied_hint(found: float, outputs: np.ndarray, tops: np.ndarray) -> str:
    near = np.isclose(outputs, 1).sum(axis=1)
    equal = (outputs == outputs.max(axis=1, keepdims=True)).sum(axis=1)
    known = {
        "rows with a single output of 1.0 are counted: one is no tie.": np.mean(tops >= 1),
        "outputs close to 1.0 are counted, or the sigmoid has fewer digits than float32; a tie "
        "needs float32 outputs that are exactly 1.0.": np.mean(near >= 2),
        "equal largest outputs below 1.0 are counted.": np.mean(equal >= 2),
        "outputs are counted rather than rows.": tops.sum() / outputs.size,
        "a number of rows is returned rather than a fraction.": np.sum(tops >= 2),
        "a percentage is returned rather than a fraction.": 100 * np.mean(tops >= 2),
    }
    for hint, value in known.items():
        if np.isclose(found, value):
            return hint
    return "the count is taken along the wrong axis, or not of outputs equal to 1.0."


@random_states_kept()
def tied_works_in_float32(fraction_tied: Callable, *, seed: int = 0) -> None:
    """float64 logits from 18 to 34 saturate too: the sigmoid is computed in float32."""
    what = "fraction_tied computes the sigmoid in float32"
    generator = generator_for(seed, 6)
    tops = [0, 1, 2, 3, 1, 2]
    logits = _rows(generator, tops, (SURELY_ABOVE, 34.0))
    found, exact = _tied_fraction(what, fraction_tied, logits, tops)
    require(
        abs(found - exact) < 1e-6,
        what,
        expected=f"{exact:.4g} for float64 logits of which {tops} in a row are above 18",
        found=f"{found:.4g}",
        hint="the sigmoid is computed in float64, where it reaches 1.0 only at far larger logits, "
        "or it is another function."
        if found == 0
        else "see the check of which rows are counted.",
    )


def _separate_logits(seed: int, rows: int, low: float, high: float) -> tuple[np.ndarray, ...]:
    """float32 logits (rows, CLASSES) whose largest leads by 1 % of the range, and its column."""
    generator = generator_for(seed, 7)
    logits = generator.uniform(low, high, size=(rows, CLASSES))
    classes = generator.integers(CLASSES, size=rows)
    logits[np.arange(rows), classes] = logits.max(axis=1) + 0.01 * (high - low)
    return logits.astype(np.float32), classes


def _require_classes(what: str, predict: Callable, logits: np.ndarray, right: np.ndarray) -> None:
    found = call(what, predict, logits.copy())
    found = array_from(what, found, name="the prediction", shape=right.shape)
    require(
        found.dtype.kind in "iu",
        what,
        expected="an integer array of class numbers",
        found=describe(found),
        hint="outputs are returned rather than class numbers, or class numbers as floats.",
    )
    if np.all(found == 0):
        hint = "the values that are compared are all equal or NaN: they saturate or overflow at "
        hint += "this size, as float64 does too, only later."
    elif np.array_equal(found, np.argmax(_sigmoid(logits), axis=1)):
        hint = "the classes are still read from the saturated outputs."
    else:
        hint = "the largest is not taken, or along the wrong axis."
    require(
        np.array_equal(found, right),
        what,
        expected=f"the class with the largest logit in each row, logits from "
        f"{logits.min():.3g} to {logits.max():.3g}",
        found=f"another class in {np.mean(found != right):.1%} of the rows",
        hint=hint,
    )


@random_states_kept()
def classes_are_right_when_saturated(predict: Callable, *, seed: int = 0) -> None:
    """The class of the largest logit, int, shape (n,), where float32 sigmoids tie."""
    what = "predict_classes is right where the sigmoid outputs tie"
    _require_classes(what, predict, *_separate_logits(seed, 200, 20.0, 34.0))


@random_states_kept()
def classes_are_right_at_any_size(predict: Callable, *, seed: int = 0) -> None:
    """The same for small, large, very large and very negative logits."""
    what = "predict_classes is right for logits of any size"
    for low, high in [(-5, 5), (40, 80), (300, 900), (-900, -300)]:
        _require_classes(what, predict, *_separate_logits(seed, 100, low, high))


def _letters(what: str, chosen: object, allowed: str) -> set[str]:
    """The chosen letters as a set of capitals, if they are a collection of allowed letters."""
    is_collection = isinstance(chosen, Collection) and not isinstance(chosen, dict)
    letters = list(chosen) if is_collection else []
    require(
        letters and all(isinstance(letter, str) for letter in letters),
        what,
        expected='a set of letters such as {"X", "Y"}, with at least one letter',
        found=describe(chosen),
        hint="the answer is not written as a set of strings.",
    )
    capitals = {letter.strip().upper() for letter in letters}
    require(
        capitals <= set(allowed),
        what,
        expected=f"letters out of {', '.join(allowed)}",
        found=", ".join(sorted(capitals - set(allowed)))[:60],
        hint="a letter that no statement has.",
    )
    return capitals


def chosen_letters_are_valid(chosen: object, allowed: str) -> None:
    """`chosen` is a set (or list, tuple, string) of at least one of the letters in `allowed`."""
    _letters("the answer is a set of the letters that are offered", chosen, allowed)


def chosen_letters_are_all_true(chosen: object, true: set[str], allowed: str) -> None:
    """No letter is chosen whose statement does not hold."""
    what = "every chosen statement holds"
    require(
        _letters(what, chosen, allowed) <= true,
        what,
        expected="only statements that hold",
        found="at least one that does not",
        hint="a statement sounds right, but what is shown above speaks against it.",
    )


def chosen_letters_are_complete(chosen: object, true: set[str], allowed: str) -> None:
    """Every letter whose statement holds is chosen, and not simply all letters."""
    what = "every statement that holds is chosen"
    letters = _letters(what, chosen, allowed)
    require(
        letters != set(allowed),
        what,
        expected="a choice among the statements",
        found="all of them",
        hint="some of the statements contradict what is shown above.",
    )
    require(
        true <= letters,
        what,
        expected="all statements that hold",
        found="at least one is missing",
        hint="a statement that is borne out above was passed over.",
    )
