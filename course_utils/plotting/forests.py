"""Claims with their intervals, one row each, in sentences."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from course_utils.plotting.style import ROLES, SMALL, WIDTH, Role
from course_utils.statistics import Difference

LETTERS = 46  # of a sentence in a line
POINTS = 240  # that its lines are wide
INCHES = 0.17  # that one is high
# What the interval says decides the mark, as in `differences`: hollow where nothing is told.
MARKS = {
    "supported": Role(ROLES["dropout"].colour, "s"),
    "refuted": Role(ROLES["plain"].colour, "X"),
    "not distinguishable": Role(ROLES["neutral"].colour, "o"),
}


class Row(NamedTuple):
    """A claim as it is drawn. difference: as shown, points for shares. evidence: in words."""

    sentence: str
    difference: Difference
    status: str
    evidence: str


def forest(panels: Mapping[str, Sequence[Row]]) -> np.ndarray:
    """Sentences with their intervals around the line of no difference, and what is said of them.

    panels: name of the horizontal axis -> rows. Returns one Axes a panel.
    """
    heights = [sum(map(_lines, rows)) for rows in panels.values()]
    _, axes = plt.subplots(
        len(panels),
        1,
        figsize=(WIDTH, INCHES * sum(heights) + 0.55 * len(panels)),
        height_ratios=heights,
        squeeze=False,
    )
    for ax, (label, rows) in zip(axes[:, 0], panels.items(), strict=True):
        _draw_panel(ax, rows)
        ax.set_xlabel(label)
    return axes[:, 0]


def _wrapped(row: Row) -> str:
    return textwrap.fill(row.sentence, LETTERS)


def _lines(row: Row) -> int:
    """How many lines of text the row takes, with one between it and the next."""
    beside = f"{row.status}\n{row.evidence}"
    return max(text.count("\n") for text in (_wrapped(row), beside)) + 2


def _draw_panel(ax: Axes, rows: Sequence[Row]) -> None:
    tall = np.array([_lines(row) for row in rows])
    places = np.cumsum(tall) - tall / 2
    for row, place in zip(rows, places, strict=True):
        colour, marker, _ = MARKS[row.status]
        face = "white" if row.status == "not distinguishable" else colour
        value = row.difference
        ax.plot([value.low, value.high], [place, place], color=colour, linewidth=2)
        ax.plot(value.effect, place, marker, color=colour, markersize=7, markerfacecolor=face)
        ax.text(
            1.03,
            place,
            f"{row.status}\n{row.evidence}",
            transform=ax.get_yaxis_transform(),
            va="center",
            fontsize=SMALL,
            color=colour,
        )
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks(places, [_wrapped(row) for row in rows], ha="left")
    ax.tick_params("y", length=0, pad=POINTS)
    ax.set_ylim(tall.sum(), 0)
    ax.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    ax.grid(axis="y", visible=False)
