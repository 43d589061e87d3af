"""Pictures in rows and columns."""

import textwrap
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap

from course_utils.plotting.style import SMALL, WIDTH

LINE = 0.18  # inches a line of a title takes


def gallery(images: Sequence[np.ndarray], titles: Sequence[str], columns: int = 5) -> np.ndarray:
    """Pictures with titles, row after row.

    images: shape (height, width), or (height, width, 3) with values 0 to 255 or 0.0 to 1.0.
    Returns Axes, shape (rows, columns).
    """
    side = WIDTH / columns
    titles = [_wrapped(title, side) for title in titles]
    rows = [titles[start : start + columns] for start in range(0, len(titles), columns)]
    lines = sum(1 + max(title.count("\n") for title in row) for row in rows)
    height = side * len(rows) + LINE * (lines + 1)
    _, axes = plt.subplots(
        len(rows), columns, figsize=(WIDTH, height), squeeze=False, layout="compressed"
    )
    for ax, image, title in zip(axes.flat[: len(images)], images, titles, strict=True):
        _draw_image(ax, image)
        ax.set_title(title, fontsize=SMALL)
    for ax in axes.flat[len(images) :]:
        ax.set_axis_off()
    return axes


def digits(images: np.ndarray, titles: Sequence[str], marked: Sequence[bool]) -> np.ndarray:
    """A row of grey pictures with titles; the marked ones are framed, their titles bold.

    images: shape (n, height, width). Returns the n Axes.
    """
    axes = gallery(images, titles, columns=len(images))[0]
    for ax, mark in zip(axes, marked, strict=True):
        if mark:
            _frame(ax, "black", width=2.5)
            ax.title.set_fontweight("bold")
    return axes


def masked_images(rows: Mapping[str, Sequence[np.ndarray]], columns: Sequence[str]) -> np.ndarray:
    """A grid of pictures, one row for each key, one column for each name, with a scale of values.

    rows: label -> pictures of shape (height, width) with values from 0, usually to 1. Where none is
    above 1, they go from white to black. Else, as where dropout has raised some, they are grey up
    to 1 and brown above, darker and darker. Returns Axes, shape (rows, columns).
    """
    margin = 1.5  # of the labels and the scale
    side = min(1.2, (WIDTH - margin) / len(columns))
    _, axes = plt.subplots(
        len(rows),
        len(columns),
        figsize=(side * len(columns) + margin, side * len(rows) + LINE),
        squeeze=False,
    )
    largest = max(1.0, *(np.max(image) for images in rows.values() for image in images))
    scale = _grey_then_brown(largest)
    for row, (label, images) in zip(axes, rows.items(), strict=True):
        for ax, image in zip(row, images, strict=True):
            _draw_image(ax, image, largest, scale)
        row[0].set_ylabel(label)
    for ax, name in zip(axes[0], columns, strict=True):
        ax.set_title(name, fontsize=SMALL)
    axes[0, 0].figure.colorbar(axes[0, 0].images[0], ax=axes, label="value", aspect=30)
    return axes


def _grey_then_brown(largest: float) -> Colormap:
    """For values from 0 to `largest`, at least 1: white to grey at 1, then browns; ever darker."""
    if largest == 1:
        return colormaps["gray_r"]
    one = 1 / largest
    above = min(one + 1e-3, 1.0)
    colours = [(0.0, "white"), (one, "#a8a8a8")]
    colours += [(above, "#d98334"), (above + 0.3 * (1 - above), "#a8461a"), (1.0, "#3b0f0a")]
    return LinearSegmentedColormap.from_list("grey, then brown", colours)


def _wrapped(title: str, side: float) -> str:
    """Broken between words where it would be wider than `side` inches."""
    characters = int(side * 72 / (0.54 * SMALL))
    return "\n".join(
        textwrap.fill(line, characters, break_long_words=False) for line in title.split("\n")
    )


def _draw_image(
    ax: Axes, image: np.ndarray, largest: float | None = None, scale: Colormap | None = None
) -> None:
    ax.imshow(image, vmin=0, vmax=largest, cmap=scale)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(False)
    _frame(ax, "silver", width=0.8)


def _frame(ax: Axes, colour: str, width: float) -> None:
    for spine in ax.spines.values():
        spine.set(visible=True, color=colour, linewidth=width)
