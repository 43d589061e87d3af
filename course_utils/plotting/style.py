"""The one look of all figures: what has which colour, how wide they are, how they are shown.

A net has a colour and a marker, a measurement of it has a line as well. Those that meet in a
figure differ in lightness too, so that they can be told apart in grey print and by readers
who do not see all colours; `tests/utils/test_plotting.py` computes how far.
"""

import base64
import html
import io
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML
from matplotlib.artist import Artist
from matplotlib.axes import Axes


class Role(NamedTuple):
    """How a thing is drawn, in every lesson."""

    colour: str
    marker: str
    line: str = ""  # of measurements only


ROLES = {
    # nets
    "plain": Role("#C9540E", "o"),
    "dropout": Role("#004476", "s"),
    "early stopping": Role("#00A68A", "^"),
    "both": Role("#4448E4", "X"),  # dropout and early stopping
    "live": Role("#000000", "*"),
    # measurements
    "during fit": Role("#3B3B3B", "h", "-"),
    "validation": Role("#B78C1E", "P", "--"),
    "training set": Role("#92406E", "D", "-."),
    "held-out": Role("#0081A8", "v", ":"),
    # what is none of these
    "neutral": Role("#5A5A5A", "d"),
}
WIDTH = 7.5  # inches; the column of text is about as wide in JupyterLab and on the site
SMALL = 9  # points; no text is smaller
DOTS_SHOWN = 96  # per inch: a point of text is a point of the page
DOTS_STORED = 2 * DOTS_SHOWN  # sharp on screens with twice as many

STYLE = {
    "font.size": 10,
    "axes.titlesize": 10,
    "legend.fontsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "image.cmap": "gray_r",
    # opaque, also where JupyterLab is dark
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
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
    figure.savefig(buffer, format="png", dpi=DOTS_STORED, facecolor="white")
    width = round(figure.get_figwidth() * DOTS_SHOWN)
    plt.close(figure)
    png = base64.b64encode(buffer.getvalue()).decode()
    return HTML(
        f'<img alt="{html.escape(alt)}" width="{width}" style="max-width: 100%" '
        f'src="data:image/png;base64,{png}">'
    )


def key(ax: Axes, marks: list[Artist]) -> None:
    """What the marks mean, in one row above the figure, once for all its Axes."""
    if not ax.figure.legends:
        ax.figure.legend(handles=marks, loc="outside upper left", ncols=len(marks))
