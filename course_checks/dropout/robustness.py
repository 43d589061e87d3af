"""Checks of what a figure shows: `draw_robustness(hidden, readouts, labels, order)`.

The figure stays where it was drawn. What its axes show comes as data: a dict with the labels of
both axes, and with the points of each line by its label.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from course_checks.draws import generator_for
from course_checks.property import call, check, describe, failure, require

EXAMPLES, UNITS, CLASSES = 150, 9, 4
TOLERANCE = 1e-6
CLEAR = 1e-3  # by which the largest logit leads, so that no answer hangs on rounding
FORM = {
    "not_shown": "what `shown(ax)` gives is not returned.",
    "no_lines": "a line has no label, another label than the name of its net, or was not drawn.",
}


class MadeUp:
    """Two nets that share a hidden layer.

    names: of the nets. order: in which units are removed; all answers on the way are clear.
    """

    def __init__(self, names: tuple[str, str], seed: int):
        generator = generator_for(seed, 66)
        kernels = generator.normal(size=(2, UNITS, CLASSES))
        kernels -= kernels.mean(axis=1, keepdims=True)  # no class is favoured
        biases = [generator.permutation(np.linspace(-1, 1, CLASSES)) for _ in names]
        self.readouts = {name: (kernels[k], biases[k]) for k, name in enumerate(names)}
        self.order = generator.permutation(UNITS)
        self.hidden = np.maximum(generator.normal(0.5, 1.0, size=(5 * EXAMPLES, UNITS)), 0)
        logits = [self.logits(name, _masks(self.order)) for name in names]
        largest = np.sort(logits, axis=-1)
        is_clear = (largest[..., -1] - largest[..., -2] > CLEAR).all(axis=(0, 1))
        answers = np.argmax(logits, axis=3)[:, 0]
        chosen = generator.choice([0, 0, 1, 2], size=5 * EXAMPLES)
        guesses = generator.integers(CLASSES, size=5 * EXAMPLES)
        labels = np.choose(chosen, [*answers, guesses])
        self.hidden = self.hidden[is_clear][:EXAMPLES]
        self.labels = labels[is_clear][:EXAMPLES]

    def logits(self, name: str, masks: np.ndarray) -> np.ndarray:
        """Of a net with each mask, (m, UNITS), 0 for what is gone: (m, examples, CLASSES)."""
        kernel, bias = self.readouts[name]
        return (masks[:, None] * self.hidden) @ kernel + bias

    def arguments(self) -> tuple:
        readouts = {name: (one.copy(), two.copy()) for name, (one, two) in self.readouts.items()}
        return self.hidden.copy(), readouts, self.labels.copy(), self.order.copy()

    def right(self, name: str, masks: np.ndarray) -> np.ndarray:
        """How many examples the net gets right with each mask."""
        return (np.argmax(self.logits(name, masks), axis=2) == self.labels).sum(axis=1)


@contextmanager
def _figures_closed() -> Iterator[None]:
    """Close the figures that are opened, so that no test shows one."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    before = pyplot.get_fignums() if pyplot else []
    try:
        yield
    finally:
        for number in pyplot.get_fignums() if pyplot else []:
            if number not in before:
                pyplot.close(number)


def _shown(draw: Callable, made_up: MadeUp) -> dict:
    """What the student's axes show. A check that calls it declares FORM."""
    with _figures_closed():
        found = call(draw, *made_up.arguments())
    require(
        isinstance(found, dict)
        and set(found) == {"x_label", "y_label", "lines"}
        and isinstance(found["lines"], dict),
        expected="what `shown(ax)` gives",
        found=describe(found),
        likely="not_shown",
    )
    return found


@check(
    "each line shows the share of right answers against the number of units removed",
    error="this is the share of wrong answers.",
    per_cent="shares from 0 to 1 are asked for, not per cent or numbers of examples.",
    one_at_a_time="one unit is missing at each point; units that are gone stay gone.",
    rescaled="the remaining units are scaled: here they pass on what they always do.",
    index_order="units are removed from the first to the last, whatever the order says.",
    from_behind="units are removed from the end of the order.",
    turned_round="the axis shows the units that are left.",
    kept="as many units are kept as should be removed.",
    exchanged="the lines of the two nets are exchanged.",
    other_points="the points do not stand at 0, 1, 2 and so on units removed, up to all of them.",
    other_share="another share is drawn.",
    **FORM,
)
def curves_are_right(
    draw: Callable, *, names: tuple[str, str] = ("one", "other"), seed: int = 0
) -> None:
    """Two nets, which are asked with 0, 1, 2, ... and all units removed."""
    made_up = MadeUp(names, seed)
    lines = _shown(draw, made_up)["lines"]
    for name, another in (names, names[::-1]):
        points = _points(lines, name)
        require(
            np.array_equal(points[:, 0], np.arange(UNITS + 1)),
            expected=f"points at 0, 1, ... {UNITS} units removed",
            found=f"{len(points)} points from {points[0, 0]:.4g} to {points[-1, 0]:.4g}",
            likely="other_points",
        )
        exact = made_up.right(name, _masks(made_up.order)) / EXAMPLES
        wrong = ~(np.abs(points[:, 1] - exact) < TOLERANCE)
        if wrong.any():
            k = int(np.argmax(wrong))
            raise failure(
                expected=f'for "{name}", {exact[k]:.4f} with {k} units removed',
                found=f"{points[k, 1]:.4f}",
                likely=_likely(points[:, 1], made_up, name, another),
            )


def _masks(order: np.ndarray) -> np.ndarray:
    """A mask for each number of units removed."""
    place = np.argsort(order)  # of each unit in the order
    return (place >= np.arange(UNITS + 1)[:, None]).astype(float)


def _likely(shares: np.ndarray, made_up: MadeUp, name: str, another: str) -> str:
    masks = _masks(made_up.order)
    single = np.vstack([np.ones(UNITS), 1 - np.eye(UNITS)[made_up.order]])
    left = np.maximum(masks.sum(axis=1, keepdims=True), 1)
    exact = made_up.right(name, masks) / EXAMPLES
    known = {
        "error": 1 - exact,
        "per_cent": 100 * exact,
        "per_cent ": EXAMPLES * exact,
        "one_at_a_time": made_up.right(name, single) / EXAMPLES,
        "rescaled": made_up.right(name, masks * UNITS / left) / EXAMPLES,
        "index_order": made_up.right(name, _masks(np.arange(UNITS))) / EXAMPLES,
        "from_behind": made_up.right(name, _masks(made_up.order[::-1])) / EXAMPLES,
        "turned_round": exact[::-1],
        "kept": made_up.right(name, 1 - masks) / EXAMPLES,
        "exchanged": made_up.right(another, masks) / EXAMPLES,
    }
    fitting = (
        wrong
        for wrong, values in known.items()
        if (np.abs(shares - values) < TOLERANCE * max(1.0, values.max())).all()
    )
    return next(fitting, "other_share").strip()


def _points(lines: dict, name: str) -> np.ndarray:
    """The points of a line, (n, 2), from the left to the right. A check declares FORM."""
    points = lines.get(name)
    require(
        isinstance(points, np.ndarray)
        and points.dtype.kind in "biuf"
        and points.ndim == 2
        and points.shape[1] == 2
        and len(points),
        expected=f'a line with the label "{name}"',
        found=f"lines with the labels {', '.join(map(describe, list(lines)[:4]))}"
        if lines
        else "no line",
        likely="no_lines",
    )
    return points[np.argsort(points[:, 0], kind="stable")]


@check(
    "each axis says what it shows",
    no_label="an axis has no label.",
    same_label="both axes have the same label.",
    **FORM,
)
def axes_are_named(draw: Callable, *, names: tuple[str, str] = ("a", "b"), seed: int = 0) -> None:
    """Both axes have labels, and other ones; each net has a line with its name."""
    shown = _shown(draw, MadeUp(names, seed))
    for axis in ("x_label", "y_label"):
        label = shown[axis]
        require(
            isinstance(label, str) and label.strip(),
            expected=f"a label of the {axis[0]} axis",
            found="none",
            likely="no_label",
        )
    require(
        shown["x_label"].strip() != shown["y_label"].strip(),
        expected="a label of its own for each axis",
        found="the same one twice",
        likely="same_label",
    )
    for name in names:
        _points(shown["lines"], name)
