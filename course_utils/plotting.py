"""Figures of the lessons: a DataFrame or array in, Axes out; nothing is fitted or shown.

One look for all lessons: the colour-blind-safe palette of Okabe and Ito (Wong 2011,
doi:10.1038/nmeth.1618), with markers and line styles that differ in grey print too. The
same thing has the same colour everywhere: `ROLES` says which.
"""

import base64
import html
import io
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import HTML
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from course_utils import statistics

# role: colour, marker
ROLES = {
    "plain": ("#D55E00", "o"),
    "dropout": ("#0072B2", "s"),
    "early stopping": ("#009E73", "^"),
    "live": ("#000000", "*"),
    "neutral": ("#767676", "o"),
    "training set": ("#CC79A7", "D"),
    "validation": ("#E69F00", "P"),
    "held-out": ("#56B4E9", "v"),
}
LINES = ("-", "--", ":")
RESOLUTION = 144  # dots per inch; pictures are shown at half of it, sharp on any screen

STYLE = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "image.cmap": "gray_r",
}


def use_course_style() -> None:
    """Set the look of all following figures."""
    plt.rcParams.update(STYLE)


def picture(axes: Axes | np.ndarray, alt: str) -> HTML:
    """The figure of `axes` as a picture with alternative text, and close it.

    alt: a sentence that states the finding. Raises ValueError when it is empty. The result
    is HTML because JupyterLab and nbconvert drop the text of a bare PNG output.
    """
    if not alt.strip():
        raise ValueError("alt is empty: write a sentence that states what the figure shows.")
    figure = np.ravel(axes)[0].figure
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=RESOLUTION, facecolor="white")
    width = round(figure.get_figwidth() * RESOLUTION / 2)
    plt.close(figure)
    png = base64.b64encode(buffer.getvalue()).decode()
    return HTML(
        f'<img alt="{html.escape(alt)}" width="{width}" style="max-width: 100%" '
        f'src="data:image/png;base64,{png}">'
    )


def pictures(images: Sequence[np.ndarray], axes: Sequence[Axes]) -> Sequence[Axes]:
    """One picture in each of the axes, without ticks.

    images: shape (height, width), or (height, width, 3) with values 0 to 255 or 0.0 to 1.0.
    """
    for ax, image in zip(axes, images, strict=True):
        _draw_image(ax, image)
    return axes


def block_map(photograph: np.ndarray, parts: np.ndarray, side: int) -> Axes:
    """A photograph under its blocks of training, validation and test.

    photograph: shape (height, width, 3). parts: 0, 1 or 2 for each block of `side` pixels,
    shape (rows, columns).
    """
    ax = _single_axes(width=6.5, height=4.6)
    _draw_image(ax, photograph)
    for part, role in enumerate(["training set", "validation", "held-out"]):
        colour, marker = ROLES[role]
        rows, columns = np.nonzero(parts == part)
        for row, column in zip(rows, columns, strict=True):
            ax.add_patch(
                Rectangle((column * side, row * side), side, side, fc=colour, ec="white", alpha=0.4)
            )
        ax.plot(
            (columns + 0.5) * side,
            (rows + 0.5) * side,
            marker,
            color="white",
            markeredgecolor=colour,
            linewidth=0,
            label="test set" if role == "held-out" else role,
        )
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return ax


def digits(images: np.ndarray, titles: Sequence[str], marked: Sequence[bool]) -> np.ndarray:
    """A row of grey pictures with titles; the marked ones are framed.

    images: shape (n, height, width). Returns the n Axes.
    """
    _, axes = plt.subplots(1, len(images), figsize=(0.85 * len(images), 1.25), squeeze=False)
    colour, _ = ROLES["plain"]
    for ax, image, title, mark in zip(axes[0], images, titles, marked, strict=True):
        _draw_image(ax, image)
        ax.set_title(title, fontsize=9, color=colour if mark else "black")
        if mark:
            _frame(ax, colour)
    return axes[0]


def masked_images(rows: Mapping[str, Sequence[np.ndarray]], columns: Sequence[str]) -> np.ndarray:
    """A grid of grey pictures: one row for each key, one column for each name.

    rows: label -> pictures of shape (height, width) with values from 0; 1 and all above is
    drawn black, so that the same value has the same grey everywhere. Returns Axes, shape
    (rows, columns).
    """
    _, axes = plt.subplots(
        len(rows), len(columns), figsize=(1.15 * len(columns) + 0.5, 1.2 * len(rows)), squeeze=False
    )
    for row, (label, images) in zip(axes, rows.items(), strict=True):
        for ax, image in zip(row, images, strict=True):
            _draw_image(ax, image, black=1)
        row[0].set_ylabel(label)
    for ax, name in zip(axes[0], columns, strict=True):
        ax.set_title(name, fontsize=9)
    return axes


def learning_curves(
    histories: Mapping[str, pd.DataFrame], measure: str, label: str, ax: Axes | None = None
) -> Axes:
    """What `fit` logged in each epoch: training solid, validation dashed.

    histories: role (a key of ROLES) -> one row an epoch with the columns `measure` and
    `val_measure`. label: the name of the vertical axis.
    """
    ax = ax or _single_axes()
    for role, history in histories.items():
        colour, marker = ROLES[role]
        epochs = np.arange(1, len(history) + 1)
        style = {"color": colour, "marker": marker, "markevery": 3, "markersize": 5}
        ax.plot(epochs, history[measure], "-", label=f"{role}, during fit", **style)
        ax.plot(
            epochs,
            history[f"val_{measure}"],
            "--",
            markerfacecolor="white",
            label=f"{role}, validation",
            **style,
        )
    ax.set_xlabel("epoch")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_ylabel(label)
    return ax


def seed_dots(
    groups: Mapping[str, pd.Series],
    label: str,
    roles: Sequence[str],
    live: Mapping[str, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Every recorded seed as a dot, the mean with its 95 % interval, your run as a star.

    groups: name -> one value a seed. roles: a key of ROLES for each group. live: name ->
    the value of the run made in the notebook.
    """
    ax = ax or _single_axes(width=1.5 + 1.15 * len(groups))
    for position, (values, role) in enumerate(zip(groups.values(), roles, strict=True)):
        colour, marker = ROLES[role]
        spread = np.linspace(-0.16, 0.16, len(values))
        ax.plot(
            position + spread, values, marker, color=colour, alpha=0.55, markersize=4, linewidth=0
        )
        low, high = statistics.t_interval(values)
        ax.errorbar(
            position + 0.28,
            np.mean(values),
            yerr=[[np.mean(values) - low], [high - np.mean(values)]],
            color=colour,
            marker="_",
            markersize=12,
            capsize=4,
            linewidth=2,
        )
    if live:
        _draw_live(ax, {list(groups).index(name): value for name, value in live.items()})
    ax.set_xticks(range(len(groups)), list(groups))
    ax.set_xlim(-0.5, len(groups) - 0.5)
    ax.set_ylabel(label)
    ax.grid(axis="x", visible=False)
    return ax


def differences(
    rows: Mapping[str, statistics.Difference], label: str, ax: Axes | None = None
) -> Axes:
    """Paired differences with their 95 % intervals around the line of no difference.

    rows: name -> difference; filled where the interval excludes 0, hollow where it does not.
    """
    ax = ax or _single_axes(width=7.5, height=0.8 + 0.42 * len(rows))
    colour, _ = ROLES["dropout"]
    for position, difference in enumerate(rows.values()):
        excludes_zero = difference.low > 0 or difference.high < 0
        ax.errorbar(
            difference.effect,
            position,
            xerr=[[difference.effect - difference.low], [difference.high - difference.effect]],
            color=colour,
            marker="s" if excludes_zero else "o",
            markerfacecolor=colour if excludes_zero else "white",
            capsize=4,
        )
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks(range(len(rows)), list(rows))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xlabel(label)
    ax.grid(axis="y", visible=False)
    return ax


def histograms(
    groups: Mapping[str, np.ndarray], roles: Sequence[str], label: str, ax: Axes | None = None
) -> Axes:
    """The distribution of each group on common bins, as outlines.

    groups: name -> values, shape (n,). roles: a key of ROLES for each group.
    """
    ax = ax or _single_axes()
    bins = np.histogram_bin_edges(np.concatenate([np.ravel(v) for v in groups.values()]), 50)
    for position, ((name, values), role) in enumerate(zip(groups.items(), roles, strict=True)):
        colour, _ = ROLES[role]
        line = LINES[position % len(LINES)]
        ax.hist(values, bins, histtype="step", color=colour, linestyle=line, lw=2, label=name)
    ax.set_xlabel(label)
    ax.set_ylabel("number of examples")
    ax.legend()
    return ax


def _draw_live(ax: Axes, points: Mapping[float, float]) -> None:
    colour, marker = ROLES["live"]
    ax.plot(
        list(points),
        list(points.values()),
        marker,
        color=colour,
        markersize=13,
        markeredgecolor="white",
        linewidth=0,
        zorder=5,
        label="your run is here",
    )
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0))


def _draw_image(ax: Axes, image: np.ndarray, black: float | None = None) -> None:
    ax.imshow(image, vmin=0, vmax=black)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(False)


def _frame(ax: Axes, colour: str) -> None:
    for spine in ax.spines.values():
        spine.set(visible=True, color=colour, linewidth=2)


def _single_axes(width: float = 6.0, height: float = 3.4) -> Axes:
    return plt.subplots(figsize=(width, height))[1]
