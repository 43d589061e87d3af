"""Figures: Axes out, alternative text kept, nothing left open."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from course_utils import plotting
from course_utils.statistics import Difference

HISTORY = pd.DataFrame({"accuracy": [0.5, 0.7], "val_accuracy": [0.6, 0.6]})
VALUES = pd.Series([0.1, 0.2, 0.4])
IMAGES = np.zeros((2, 4, 4))


@pytest.fixture(autouse=True)
def close_all():
    yield
    plt.close("all")


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plotting.learning_curves({"plain": HISTORY}, "accuracy", "accuracy"),
        lambda: plotting.seed_dots({"a": VALUES}, "accuracy", ["plain"], live={"a": 0.3}),
        lambda: plotting.differences({"a": Difference(0.1, -0.1, 0.3, 5)}, "accuracy"),
        lambda: plotting.histograms({"a": VALUES.to_numpy()}, ["plain"], "logit"),
        lambda: plotting.digits(IMAGES, ["1", "2"], [True, False])[0],
        lambda: plotting.pictures(IMAGES, plt.subplots(1, 2)[1])[0],
        lambda: plotting.block_map(np.zeros((64, 96, 3)), np.array([[0, 1, 2]]), side=32),
        lambda: plotting.masked_images({"rate 0.5": IMAGES}, ["one", "two"])[0, 0],
    ],
)
def test_every_figure_becomes_a_picture_with_its_text(draw):
    axes = draw()
    assert isinstance(axes, Axes)
    shown = plotting.picture(axes, alt='What "it" shows.').data
    assert '<img alt="What &quot;it&quot; shows."' in shown
    assert "data:image/png;base64,iVBOR" in shown
    assert not plt.get_fignums()


def test_a_picture_needs_a_text():
    with pytest.raises(ValueError, match="alt is empty"):
        plotting.picture(plt.subplots()[1], alt=" ")


def test_your_run_is_marked():
    ax = plotting.seed_dots({"a": VALUES, "b": VALUES}, "x", ["plain", "dropout"], {"b": 0.3})
    (star,) = [line for line in ax.lines if line.get_label() == "your run is here"]
    assert star.get_xydata().tolist() == [[1.0, 0.3]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["your run is here"]


def test_intervals_that_exclude_zero_are_filled_and_others_hollow():
    rows = {"clear": Difference(0.2, 0.1, 0.3, 5), "unclear": Difference(0.2, -0.1, 0.5, 5)}
    ax = plotting.differences(rows, "accuracy")
    clear, unclear = (bars.lines[0].get_markerfacecolor() for bars in ax.containers)
    assert clear == plotting.ROLES["dropout"][0] and unclear == "white"


def test_roles_differ_in_colour_and_marker():
    assert len(set(plotting.ROLES.values())) == len(plotting.ROLES)
    assert len({colour for colour, _ in plotting.ROLES.values()}) == len(plotting.ROLES)
