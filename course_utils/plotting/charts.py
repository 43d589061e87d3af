"""Curves, dots, intervals, distributions and confusions."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from scipy.optimize import isotonic_regression
from sklearn.metrics import ConfusionMatrixDisplay

from course_utils import statistics
from course_utils.plotting.style import ROLES, SMALL, WIDTH, key

# Where the marks of a group stand, left and right of its name: your run, the seeds, their mean.
LIVE, FIRST_SEED, LAST_SEED, MEAN = -0.36, -0.24, 0.12, 0.27
BINS = 40
MARKS = 10  # of a learning curve, at most


def learning_curves(histories: Mapping[str, pd.DataFrame]) -> np.ndarray:
    """What `fit` logged in each epoch: the accuracy, and under it the loss.

    histories: role (a key of ROLES) -> one row an epoch with the columns accuracy,
    val_accuracy, loss and val_loss. Returns the two Axes. The net gives a curve its colour
    and marker; it is solid and filled during fit, dashed and hollow on validation data.
    """
    _, axes = plt.subplots(2, 1, figsize=(WIDTH, 5.2), sharex=True)
    epochs = max(map(len, histories.values()))
    marked = np.arange(epochs, 0, -epochs // MARKS)  # the last one is
    labels = {"accuracy": "accuracy (0 to 1)", "loss": "cross-entropy (nats)"}
    for ax, (measure, label) in zip(axes, labels.items(), strict=True):
        for role, history in histories.items():
            _draw_curve(ax, history[measure], marked, role, "during fit")
            _draw_curve(ax, history[f"val_{measure}"], marked, role, "validation")
        ax.set_ylabel(label)
        ax.set_xticks(marked)
    axes[-1].set_xlabel("epoch")
    for ax in axes:
        _label_ends(ax)
    return axes


def lines(frame: pd.DataFrame, roles: Sequence[str], x_label: str, y_label: str) -> Axes:
    """One line for each column, with the column's name at its end.

    frame: the index is the horizontal axis; the names have one line. roles: a key of ROLES
    for each column, one of the measurements, which have a line style.
    """
    ax = _single_axes(WIDTH, 3.6)
    for name, role in zip(frame, roles, strict=True):
        colour, marker, line = ROLES[role]
        ax.plot(frame.index, frame[name], line, color=colour, marker=marker, lw=2, label=name)
    ax.set_xticks(frame.index)
    ax.set_xlabel(x_label)
    ax.set_ylabel(y_label)
    _label_ends(ax)
    return ax


def seed_dots(
    groups: Mapping[str, pd.Series],
    label: str,
    roles: Sequence[str],
    live: Mapping[str, float] | None = None,
    ax: Axes | None = None,
    live_name: str = "your run",
) -> Axes:
    """Every recorded seed as a dot, the mean with its 95 % interval, your run as a star.

    groups: name -> one value a seed. roles: a key of ROLES for each group. live: name ->
    the value of the run made in the notebook. live_name: what the star stands for.
    """
    ax = ax or _single_axes(min(WIDTH, 1.5 + 1.15 * len(groups)), 3.4)
    for position, (values, role) in enumerate(zip(groups.values(), roles, strict=True)):
        _draw_group(ax, position, values, role)
    names = list(groups)
    if live:
        _draw_live(ax, [names.index(name) for name in live], list(live.values()))
    key(ax, [*_seed_marks(), *([_mark("live", live_name, 11)] if live else [])])
    ax.set_xticks(range(len(names)), names)
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_ylabel(label)
    ax.grid(axis="x", visible=False)
    return ax


def differences(
    panels: Mapping[str, Mapping[str, statistics.Difference]], axes: Sequence[Axes] | None = None
) -> Sequence[Axes]:
    """Paired differences with their 95 % intervals around the line of no difference.

    panels: name of the horizontal axis -> name of the row -> difference, with the same rows
    in each panel; filled where the interval leaves out 0, hollow where it holds 0. Returns one
    Axes a panel. axes: where they are not to be made here; they share their vertical axis.
    """
    rows = list(next(iter(panels.values())))
    is_whole = axes is None  # else more may be drawn into the figure
    if axes is None:
        size = (WIDTH, 1.2 + 0.32 * len(rows))
        _, axes = plt.subplots(1, len(panels), figsize=size, sharey=True, squeeze=False)
        axes = axes[0]
    for ax, (label, panel) in zip(axes, panels.items(), strict=True):
        for position, name in enumerate(rows):
            _draw_difference(ax, position, panel[name])
        ax.axvline(0, color="black", linewidth=1)
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        ax.set_xlabel(label)
        ax.grid(axis="y", visible=False)
    axes[0].set_yticks(range(len(rows)), rows)
    axes[0].set_ylim(len(rows) - 0.5, -0.5)
    marks = {
        True: _mark("neutral", "95 % interval leaves out 0", 5, marker="s"),
        False: _mark("neutral", "95 % interval holds 0", 5, marker="o", markerfacecolor="white"),
    }
    there = {_leaves_out_zero(value) for panel in panels.values() for value in panel.values()}
    key(axes[0], [mark for kind, mark in marks.items() if kind in there or not is_whole])
    return axes


def histograms(
    groups: Mapping[str, np.ndarray],
    roles: Sequence[str],
    label: str,
    axes: Sequence[Axes] | None = None,
) -> Sequence[Axes]:
    """The distribution of each group on common bins, one under the other.

    groups: name -> values, shape (n,). roles: a key of ROLES for each group. Returns one Axes
    a group. axes: where they are not to be made here.
    """
    if axes is None:
        size = (6.4, 0.6 + 1.3 * len(groups))
        _, axes = plt.subplots(
            len(groups), 1, figsize=size, sharex=True, sharey=True, squeeze=False
        )
        axes = axes[:, 0]
    bins = np.histogram_bin_edges(np.concatenate([np.ravel(v) for v in groups.values()]), BINS)
    for ax, (name, values), role in zip(axes, groups.items(), roles, strict=True):
        ax.hist(values, bins, color=ROLES[role].colour)
        ax.text(0.98, 0.92, name, transform=ax.transAxes, ha="right", va="top")
        ax.set_ylabel("examples")
    axes[-1].set_xlabel(label)
    return axes


def confusion(display: ConfusionMatrixDisplay) -> Axes:
    """A drawn confusion matrix in the look of the course: no grid, no zeros, names aslant."""
    ax = display.ax_
    ax.grid(False)
    ax.tick_params(length=0)
    ax.set(xlabel="predicted class", ylabel="true class")
    for number in display.text_.flat:
        if number.get_text() == "0":
            number.set_text("")
    names = ax.get_xticklabels()
    if max(len(name.get_text()) for name in names) > 2:
        plt.setp(names, rotation=45, ha="right", rotation_mode="anchor")
    return ax


def _draw_curve(ax: Axes, values: pd.Series, marked: np.ndarray, role: str, measured: str) -> None:
    colour, marker, _ = ROLES[role]
    epochs = np.arange(1, len(values) + 1)
    ax.plot(
        epochs,
        values,
        ROLES[measured].line,
        color=colour,
        marker=marker,
        markevery=np.isin(epochs, marked).tolist(),
        markersize=6,
        markerfacecolor=colour if measured == "during fit" else "white",
        label=f"{role}, {measured}",
    )


def _label_ends(ax: Axes) -> None:
    """The name of each line right of its end, moved apart where they would overlap."""
    ax.figure.draw_without_rendering()  # the layout decides how high the Axes are
    height = ax.get_window_extent().height / ax.figure.dpi * 72
    to_axes = ax.transData + ax.transAxes.inverted()
    ends = {line: to_axes.transform(line.get_xydata()[-1])[1] for line in ax.lines}
    ordered = sorted(ends, key=ends.get)
    # The nearest places that stand a line of text apart: ends less these steps, never falling.
    steps = 1.6 * SMALL / height * np.arange(len(ordered))
    places = isotonic_regression([ends[line] for line in ordered] - steps).x + steps
    places -= max(0, places[-1] - 1)
    for line, place in zip(ordered, places, strict=True):
        ax.annotate(
            line.get_label(),
            line.get_xydata()[-1],
            xytext=(1.03, place),
            textcoords="axes fraction",
            fontsize=SMALL,
            va="center",
            arrowprops={"arrowstyle": "-", "color": line.get_color(), "relpos": (0, 0.5)},
        )


def _draw_group(ax: Axes, position: int, values: pd.Series, role: str) -> None:
    colour, marker, _ = ROLES[role]
    places = position + np.linspace(FIRST_SEED, LAST_SEED, len(values))
    # Dots that hide each other show through, and each keeps its edge.
    look = {"mfc": (colour, 0.4), "mec": colour, "mew": 0.8, "markersize": 4.5}
    ax.plot(places, values, marker, **look)
    mean, (low, high) = np.mean(values), statistics.t_interval(values)
    ax.errorbar(
        position + MEAN,
        mean,
        yerr=[[mean - low], [high - mean]],
        color=colour,
        marker="_",
        markersize=12,
        capsize=4,
        linewidth=2,
    )


def _draw_live(ax: Axes, positions: Sequence[int], values: Sequence[float]) -> None:
    colour, marker, _ = ROLES["live"]
    ax.plot(np.add(positions, LIVE), values, marker, color=colour, markersize=11, linewidth=0)


def _draw_difference(ax: Axes, position: int, difference: statistics.Difference) -> None:
    leaves_out_zero = _leaves_out_zero(difference)
    colour = ROLES["neutral"].colour
    ax.errorbar(
        difference.effect,
        position,
        xerr=[[difference.effect - difference.low], [difference.high - difference.effect]],
        color=colour,
        marker="s" if leaves_out_zero else "o",
        markerfacecolor=colour if leaves_out_zero else "white",
        markersize=5,
        capsize=4,
    )


def _leaves_out_zero(difference: statistics.Difference) -> bool:
    return difference.low > 0 or difference.high < 0


def _seed_marks() -> list[Line2D]:
    return [
        _mark("neutral", "one seed", 5, marker="o"),
        _mark("neutral", "mean, 95 % interval", 12, marker="|", markeredgewidth=2),
    ]


def _mark(role: str, label: str, size: float, **look) -> Line2D:
    colour, marker, _ = ROLES[role]
    return Line2D(
        [], [], **{"marker": marker} | look, color=colour, markersize=size, linewidth=0, label=label
    )


def _single_axes(width: float, height: float) -> Axes:
    return plt.subplots(figsize=(width, height))[1]
