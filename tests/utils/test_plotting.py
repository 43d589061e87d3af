"""Figures: Axes out, alternative text kept, nothing left open; legible, also without colours."""

import base64
import io
from itertools import combinations

import matplotlib

matplotlib.use("agg")

import matplotlib.image
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.text import Text
from skimage.color import deltaE_ciede2000, rgb2lab
from sklearn.metrics import ConfusionMatrixDisplay

from course_utils import plotting
from course_utils.statistics import Difference

EPOCHS = np.arange(1, 21)
# Three of the four curves end at nearly the same height, as they do in the lessons.
HISTORY = pd.DataFrame(
    {
        "accuracy": 0.3 + 0.025 * EPOCHS,
        "val_accuracy": 0.6 + 0.01 * EPOCHS,
        "loss": 2.3 - 0.08 * EPOCHS,
        "val_loss": 1.9 - 0.06 * EPOCHS,
    }
)
HISTORIES = {"plain": HISTORY, "dropout": HISTORY * 0.99}
PLACES = ["nowhere", "behind conv", "behind\nconv, maps", "before dense", "behind dense", "old"]
SEEDS = {name: pd.Series(np.linspace(0.7, 0.9, 20) + 0.01 * i) for i, name in enumerate(PLACES)}
VALUES = pd.Series([0.1, 0.2, 0.4])
ROWS = {
    f"rate {rate}, learning rate {number}": Difference(effect, effect - 1.5, effect + 1.5, 20)
    for rate, number, effect in [("0.5", "0.00001", 7.3), ("0", "0.00010", 0.2), ("0", "0.1", -4)]
}
MEANS = pd.DataFrame(
    {
        "training set, dropout off": [0.97, 0.96, 0.94],
        "during fit, dropout on": [0.99, 0.95, 0.91],
        "test set, dropout off": [0.95, 0.94, 0.91],
    },
    index=[0.0, 0.5, 0.8],
)
PANELS = {
    "test accuracy, against nowhere\n(percentage points; better →)": ROWS,
    "test cross-entropy, against nowhere\n(nats; ← better)": ROWS,
}
GREY = np.zeros((12, 8, 8))
LONG = ["stereo motorcycle,\nnot immunohistochemistry (1.00)", "hubble deep field"] * 6
GROUPS = {"plain": np.arange(100.0), "dropout": np.arange(50.0)}


def confusion_of(names):
    generator = np.random.default_rng(0)
    true, predicted = generator.integers(0, 10, (2, 1000))
    predicted[:900] = true[:900]
    _, ax = plt.subplots(figsize=(6.6, 5.8))
    return plotting.confusion(
        ConfusionMatrixDisplay.from_predictions(
            true, predicted, display_labels=names, colorbar=False, ax=ax
        )
    )


def two_seed_dots():
    _, axes = plt.subplots(2, 1, figsize=(6.4, 5.6), sharex=True)
    for ax in axes:
        plotting.seed_dots(
            {name: SEEDS[name] for name in PLACES[:4]}, "test accuracy", ["plain"] * 4, ax=ax
        )
    return axes


FIGURES = {
    "learning curves": lambda: plotting.learning_curves(HISTORIES),
    "lines": lambda: plotting.lines(
        MEANS, ["training set", "during fit", "held-out"], "rate", "accuracy (0 to 1)"
    ),
    "dots of seeds": lambda: plotting.seed_dots(
        SEEDS, "test accuracy (0 to 1)", ["plain"] + ["dropout"] * 5, live={"old": 0.8}
    ),
    "dots of seeds, twice": two_seed_dots,
    "differences": lambda: plotting.differences(PANELS),
    "histograms": lambda: plotting.histograms(GROUPS, ["plain", "dropout"], "largest logit"),
    "confusion of digits": lambda: confusion_of(range(10)),
    "confusion of names": lambda: confusion_of(["immunohistochemistry", "china"] * 5),
    "digits": lambda: plotting.digits(GREY, ["label 5"] * 12, [True, False] * 6),
    "gallery": lambda: plotting.gallery(GREY, LONG),
    "masked images": lambda: plotting.masked_images(
        {"rate 0.5": GREY[:8], "Spatial-\nDropout2D": GREY[:8]}, [f"map {i}" for i in range(8)]
    ),
}
# Roles that may meet in one figure.
NETS = ("plain", "dropout", "early stopping", "both", "live")
MEASUREMENTS = ("during fit", "validation", "training set", "held-out")

# Full protanopia, deuteranopia and tritanopia, on linear RGB:
# Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113.
SIGHTS = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.fixture(autouse=True, scope="module")
def course_style():
    with plt.rc_context():
        plotting.use_course_style()
        yield


@pytest.fixture(autouse=True)
def close_all():
    yield
    plt.close("all")


@pytest.fixture(scope="module", params=FIGURES)
def drawn(request):
    """The Axes of a figure, and the texts that its drawing shows, each with its box."""
    axes, found, draw = np.ravel(FIGURES[request.param]()), {}, Text.draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Text, "draw", lambda text, renderer: (found.setdefault(text), draw(text, renderer))
        )
        axes[0].figure.draw_without_rendering()
    texts = [text for text in found if text.get_visible() and text.get_text().strip()]
    # Of an annotation, Text's own box leaves out the line that leads to it.
    return axes, {text: Text.get_window_extent(text) for text in texts}


def linear(colour):
    """Linear RGB of a colour, without the curve of sRGB."""
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def seen(role, sight):
    """CIE Lab of the colour of a role, as somebody with this sight sees it."""
    rgb = np.clip(SIGHTS[sight] @ linear(plotting.ROLES[role].colour), 0, 1)
    curved = np.where(rgb <= 0.0031308, 12.92 * rgb, 1.055 * rgb ** (1 / 2.4) - 0.055)
    return rgb2lab(curved)


def test_every_figure_becomes_a_picture_with_its_text(drawn):
    axes, _ = drawn
    assert all(isinstance(ax, Axes) for ax in axes)
    shown = plotting.picture(axes, alt='What "it" shows.').data
    assert '<img alt="What &quot;it&quot; shows."' in shown
    assert "data:image/png;base64,iVBOR" in shown
    assert not plt.get_fignums()


def test_a_picture_needs_a_text():
    with pytest.raises(ValueError, match="alt is empty"):
        plotting.picture(plt.subplots()[1], alt=" ")


def test_a_picture_is_shown_with_96_dots_an_inch_on_opaque_white():
    with plt.style.context("dark_background"):
        shown = plotting.picture(plt.subplots(figsize=(5, 2))[1], alt="White.").data
    assert 'width="480"' in shown
    pixels = matplotlib.image.imread(
        io.BytesIO(base64.b64decode(shown.split("base64,")[1].split('"')[0]))
    )
    assert pixels.shape == (384, 960, 4)
    assert (pixels[0, 0] == 1).all() and (pixels[..., 3] == 1).all()


def test_figures_are_no_wider_than_the_page(drawn):
    axes, _ = drawn
    assert axes[0].figure.get_figwidth() <= plotting.WIDTH


def test_no_text_is_too_small(drawn):
    _, texts = drawn
    assert texts and min(text.get_fontsize() for text in texts) >= 9


def test_no_text_is_cut_off(drawn):
    axes, texts = drawn
    page = axes[0].figure.bbox.padded(1)
    for text, box in texts.items():
        assert page.contains(box.x0, box.y0) and page.contains(box.x1, box.y1), text


def test_no_texts_overlap(drawn):
    # The box of a name aslant is mostly empty, so that it says nothing.
    boxes = {text: box.padded(-0.5) for text, box in drawn[1].items() if text.get_rotation() != 45}
    assert not [(a, b) for a, b in combinations(boxes, 2) if boxes[a].overlaps(boxes[b])]


def test_a_key_stands_above_the_axes_and_once(drawn):
    axes, _ = drawn
    assert len(axes[0].figure.legends) <= 1
    assert not [ax for ax in axes if ax.get_legend()]
    for legend in axes[0].figure.legends:
        tops = [ax.get_window_extent().y1 for ax in axes]
        assert legend.get_window_extent().y0 >= max(tops)


def test_roles_differ_in_colour_and_marker():
    assert {*NETS, *MEASUREMENTS, "neutral"} == set(plotting.ROLES)
    assert len({role.colour for role in plotting.ROLES.values()}) == len(plotting.ROLES)
    assert len({role.marker for role in plotting.ROLES.values()}) == len(plotting.ROLES)


def test_measurements_differ_in_line_style():
    assert len({plotting.ROLES[name].line for name in MEASUREMENTS}) == len(MEASUREMENTS)
    assert all(plotting.ROLES[name].line for name in MEASUREMENTS)


@pytest.mark.parametrize("role", plotting.ROLES)
def test_every_colour_stands_out_from_white(role):
    # At least 3 to 1, as the Web Content Accessibility Guidelines ask of graphical objects.
    luminance = linear(plotting.ROLES[role].colour) @ [0.2126, 0.7152, 0.0722]
    assert 1.05 / (luminance + 0.05) >= 3


@pytest.mark.parametrize("pair", [*combinations(NETS, 2), *combinations(MEASUREMENTS, 2)], ids=str)
def test_roles_in_one_figure_differ_without_colours(pair):
    first, second = (seen(role, "usual") for role in pair)
    assert abs(first[0] - second[0]) >= 10  # of 100 between black and white


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("pair", [*combinations(NETS, 2), *combinations(MEASUREMENTS, 2)], ids=str)
def test_roles_in_one_figure_differ_to_every_eye(pair, sight):
    # CIEDE2000: 1 is just noticed by somebody who compares two patches side by side.
    assert deltaE_ciede2000(*(seen(role, sight) for role in pair)) >= 12


@pytest.mark.parametrize(("epochs", "marked"), [(3, [1, 2, 3]), (24, [*range(3, 25, 3)])])
def test_a_curve_is_marked_where_its_axis_is_down_to_the_last_epoch(epochs, marked):
    history = pd.DataFrame(1.0, range(epochs), HISTORY.columns)
    ax, _ = plotting.learning_curves({"plain": history})
    assert sorted(ax.get_xticks()) == marked
    for line in ax.lines:
        assert [
            number + 1 for number, is_one in enumerate(line.get_markevery()) if is_one
        ] == marked


def test_a_curve_has_the_look_of_its_net_and_of_what_was_measured():
    for ax in plotting.learning_curves(HISTORIES):
        looks = {
            line.get_label(): (line.get_color(), line.get_linestyle(), line.get_markerfacecolor())
            for line in ax.lines
        }
        plain, dropout = (plotting.ROLES[role].colour for role in HISTORIES)
        assert looks == {
            "plain, during fit": (plain, "-", plain),
            "plain, validation": (plain, "--", "white"),
            "dropout, during fit": (dropout, "-", dropout),
            "dropout, validation": (dropout, "--", "white"),
        }
        assert sorted(text.get_text() for text in ax.texts) == sorted(looks)


def test_names_of_lines_stand_in_the_order_of_their_ends():
    ax = plotting.lines(MEANS, ["training set", "during fit", "held-out"], "rate", "accuracy")
    heights = {text.get_text(): text.xyann[1] for text in ax.texts}
    train, fit, test = (heights[name] for name in MEANS)
    assert train > fit and train > test


def test_your_run_is_marked_beside_the_dots():
    ax = plotting.seed_dots(
        {"a": VALUES, "b": VALUES}, "x", ["plain", "dropout"], {"b": 0.3}, live_name="my run"
    )
    (star,) = [line for line in ax.lines if line.get_marker() == "*"]
    dots = ax.lines[[line.get_marker() for line in ax.lines].index("s")]
    ((place, value),) = star.get_xydata()
    assert value == 0.3
    in_points = 72 / ax.figure.dpi * ax.transData.get_matrix()[0, 0]
    room = (dots.get_xdata().min() - place) * in_points
    assert room > (star.get_markersize() + dots.get_markersize()) / 2
    (legend,) = ax.figure.legends
    names = [text.get_text() for text in legend.get_texts()]
    assert names == ["one seed", "mean, 95 % interval", "my run"]


def test_dots_of_seeds_show_through_and_keep_their_edges():
    dots = plotting.seed_dots({"a": VALUES}, "x", ["plain"]).lines[0]
    face, edge = (to_rgba(colour) for colour in (dots.get_mfc(), dots.get_mec()))
    assert edge == to_rgba(plotting.ROLES["plain"].colour)
    assert face[:3] == edge[:3] and face[3] < 0.5


def test_without_a_run_of_yours_no_star_is_explained():
    ax = plotting.seed_dots({"a": VALUES}, "x", ["plain"])
    names = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    assert names == ["one seed", "mean, 95 % interval"]


def test_intervals_that_exclude_zero_are_filled_and_others_hollow():
    rows = {"clear": Difference(0.2, 0.1, 0.3, 5), "unclear": Difference(0.2, -0.1, 0.5, 5)}
    (ax,) = plotting.differences({"accuracy": rows})
    clear, unclear = (bars.lines[0].get_markerfacecolor() for bars in ax.containers)
    assert clear == plotting.ROLES["neutral"].colour and unclear == "white"
    assert len(ax.figure.legends[0].get_texts()) == 2


def test_only_marks_that_are_there_are_explained():
    (ax,) = plotting.differences({"accuracy": {"clear": Difference(0.2, 0.1, 0.3, 5)}})
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == [
        "95 % interval leaves out 0"
    ]


@pytest.mark.parametrize(("largest", "colour"), [(1.0, "black"), (2.0, "#3b0f0a")])
def test_masked_images_are_grey_up_to_one_and_brown_above(largest, colour):
    picture = plotting.masked_images({"rate 0.5": [np.full((2, 2), largest)]}, ["a"])[0, 0].images[
        0
    ]
    assert picture.to_rgba(largest) == pytest.approx(to_rgba(colour), abs=1e-3)
    red, green, blue, _ = picture.to_rgba(0.5)
    assert red == pytest.approx(green, abs=1e-2) and green == pytest.approx(blue, abs=1e-2)


def test_panels_of_differences_share_their_rows():
    left, right = plotting.differences(PANELS)
    assert [label.get_text() for label in left.get_yticklabels()] == list(ROWS)
    assert left.get_ylim() == right.get_ylim() == (2.5, -0.5)


def test_histograms_have_common_bins_and_axes():
    above, below = plotting.histograms(GROUPS, ["plain", "dropout"], "x")
    assert [patch.get_x() for patch in above.patches] == [patch.get_x() for patch in below.patches]
    assert above.get_ylim() == below.get_ylim()


def test_a_confusion_that_never_happened_is_blank():
    texts = [text.get_text() for text in confusion_of(range(10)).texts]
    assert len(texts) == 100 and "0" not in texts and "" in texts


def test_places_without_a_picture_are_blank():
    axes = plotting.gallery(GREY[:7], ["one"] * 7)
    assert axes.shape == (2, 5)
    assert [ax.axison for ax in axes.flat] == [True] * 7 + [False] * 3
