"""Checks of the item `saturation`: ties of float32 sigmoid outputs, classes in spite of them."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import (
    array_from,
    call,
    check,
    describe,
    number_from,
    require,
    require_equal,
)

CLASSES = 10
# A float32 sigmoid reaches 1.0 at a logit of about 16.64; where exactly depends on how
# it is written, so no logit of a check lies between 16 and this one.
SURELY_ABOVE = 18.0


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


@check(
    "fraction_tied is the fraction of rows with at least two outputs equal to 1.0",
    single="rows with a single output of 1.0 are counted: one is no tie.",
    near_one="outputs close to 1.0 are counted, or the sigmoid has fewer digits than float32; a "
    "tie needs float32 outputs that are exactly 1.0.",
    below_one="equal largest outputs below 1.0 are counted.",
    outputs="outputs are counted rather than rows.",
    number="a number of rows is returned rather than a fraction.",
    percentage="a percentage is returned rather than a fraction.",
    other_count="the count is taken along the wrong axis, or not of outputs equal to 1.0.",
)
def counts_tied_rows(fraction_tied: Callable, *, seed: int = 0) -> None:
    """The fraction of rows with two or more outputs exactly 1.0, for logits far from the edge."""
    generator = generator_for(seed, 5)
    for tops in ([0, 1, 2, 5, 1, 0, 3, 1], [0, 1, 1, 0], [2, 7], [0, 1, 2, 1, 0]):
        logits = _rows(generator, tops, (45.0, 60.0)).astype(np.float32)
        found = number_from(call(fraction_tied, logits.copy()), name="the fraction")
        ones, outputs = np.array(tops), 1 / (1 + np.exp(-logits))
        largest = outputs.max(axis=1, keepdims=True)
        require_equal(
            found,
            np.mean(ones >= 2),
            case=f"float32 logits, when the rows have {tops} outputs equal to 1.0",
            known={
                "single": np.mean(ones >= 1),
                "near_one": np.mean(np.isclose(outputs, 1).sum(axis=1) >= 2),
                "below_one": np.mean((outputs == largest).sum(axis=1) >= 2),
                "outputs": ones.sum() / outputs.size,
                "number": np.sum(ones >= 2),
                "percentage": 100 * np.mean(ones >= 2),
            },
            otherwise="other_count",
            tolerance=1e-6,
        )


@check(
    "fraction_tied computes the sigmoid in float32",
    float64="the sigmoid is computed in float64, where it reaches 1.0 only at far larger logits, "
    "or it is another function.",
    other_count="see the check of which rows are counted.",
)
def computes_in_float32(fraction_tied: Callable, *, seed: int = 0) -> None:
    """float64 logits from 18 to 34 saturate too: the sigmoid is computed in float32."""
    tops = [0, 1, 2, 3, 1, 2]
    logits = _rows(generator_for(seed, 6), tops, (SURELY_ABOVE, 34.0))
    require_equal(
        number_from(call(fraction_tied, logits), name="the fraction"),
        np.mean(np.array(tops) >= 2),
        case=f"float64 logits of which {tops} in a row are above 18",
        known={"float64": 0.0},
        otherwise="other_count",
        tolerance=1e-6,
    )


CLASS_HINTS = {
    "no_integers": "outputs are returned rather than class numbers, or class numbers as floats.",
    "all_equal": "the values that are compared are all equal or NaN: they saturate or overflow at "
    "this size, as float64 does too, only later.",
    "no_largest": "the largest is not taken, or along the wrong axis.",
}


def _require_classes(predict: Callable, seed: int, rows: int, low: float, high: float) -> None:
    """The class of the largest logit, for float32 logits (rows, CLASSES) from low to high.

    The largest of a row leads by 1 % of the range. A check that calls it declares CLASS_HINTS.
    """
    generator = generator_for(seed, 7)
    logits = generator.uniform(low, high, size=(rows, CLASSES))
    right = generator.integers(CLASSES, size=rows)
    logits[np.arange(rows), right] = logits.max(axis=1) + 0.01 * (high - low)
    logits = logits.astype(np.float32)
    found = array_from(call(predict, logits.copy()), name="the prediction", shape=(rows,))
    require(
        found.dtype.kind in "iu",
        expected="an integer array of class numbers",
        found=describe(found),
        likely="no_integers",
    )
    require(
        np.array_equal(found, right),
        expected=f"the class with the largest logit in each row, logits from "
        f"{logits.min():.3g} to {logits.max():.3g}",
        found=f"another class in {np.mean(found != right):.1%} of the rows",
        likely="all_equal" if np.all(found <= right) else "no_largest",
    )


@check("predict_classes is right where the sigmoid outputs tie", **CLASS_HINTS)
def finds_classes_where_outputs_tie(predict: Callable, *, seed: int = 0) -> None:
    """The class of the largest logit, int, shape (n,), where float32 sigmoids tie."""
    _require_classes(predict, seed, 200, 20.0, 34.0)


@check("predict_classes is right for logits of any size", **CLASS_HINTS)
def finds_classes_at_any_size(predict: Callable, *, seed: int = 0) -> None:
    """The same for small, large, very large and very negative logits."""
    for low, high in [(-5, 5), (40, 80), (300, 900), (-900, -300), (3000, 9000), (-9000, -3000)]:
        _require_classes(predict, seed, 100, low, high)
