# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 00 What dropout does
#
# **Question.** What does dropout do to a net, and why might that help?
#
# **After this lesson you can**
#
# - weigh the sub-networks of a net by the probability of their masks;
# - say what the net with dropout off has to do with all its sub-networks, and check it in numbers;
# - split the mean loss of the sub-networks into the loss of the whole and their disagreement;
# - show that dropout on a linear model is ridge regression, and say what it does to copies of a
#   feature;
# - remove units one by one, and say what a plain net loses that one with dropout does not;
# - find a training loop in which dropout is not active, and mend it (in the exercises).
#
# **Time.** About 20 seconds of computing on two cores, and three quarters of an hour of reading and
# thinking. Nothing is downloaded.
#
# In each part you first write down a prediction, then run, look and explain. A wrong prediction is
# worth more than none.

# %% Imports tags=["experiment", "hide-input"]
import itertools

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from matplotlib.colors import LinearSegmentedColormap
from scipy.special import log_softmax
from sklearn.datasets import load_diabetes, make_moons
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.preprocessing import StandardScaler

from course_utils import claims, datasets, plotting, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" draws the digits of parts 1 and 6 from all of MNIST

# %% [markdown]
# `LIVE_SEED` makes this run your own. Take any whole number from 100 to 999: the seeds below
# 100 are those of the recorded runs that you will be compared with, and those from 1000 on
# are kept for checking the record.

# %%
LIVE_SEED = 100
plotting.use_course_style()

# %% [markdown]
# ## 1 What it does
#
# ### The mask
#
# During training, a dropout layer with rate *r* sets each unit to zero with probability *r*,
# independently for each unit, and multiplies the units that stay by 1 / (1 − *r*). What is kept and
# what is dropped is the **mask**. Because the rescaling is done in training, nothing needs to be
# done at inference. This form is called *inverted* dropout. In NumPy it takes two lines:


# %%
def drop(x, rate, generator):
    kept = generator.random(x.shape) >= rate
    return np.where(kept, x / (1 - rate), 0)


# %% [markdown]
# **Predict.** A layer puts out a million ones. After dropout at rate 0.5, what is the mean of the
# outputs, and what is their variance? And at rate 0.8?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
ones = np.ones((1000, 1000), dtype="float32")
rows = []
for rate in [0.2, 0.5, 0.8]:
    by_hand = drop(ones, rate, np.random.default_rng(LIVE_SEED))
    by_keras = layers.Dropout(rate, seed=LIVE_SEED)(ones, training=True).numpy()
    rows.append(
        {
            "rate": rate,
            "mean, NumPy": by_hand.mean(),
            "mean, Keras": by_keras.mean(),
            "variance, NumPy": by_hand.var(),
            "variance, Keras": by_keras.var(),
        }
    )
pd.DataFrame(rows).set_index("rate").round(3)

# %% [markdown]
# The mean stays what it was, up to chance: the next layer sees inputs of the usual size. The
# variance does not: an output *x* gets the variance *x*² · *r* / (1 − *r*), because it is *x* / (1
# − *r*) with probability 1 − *r* and 0 otherwise. **Dropout is noise with the right mean, and the
# rate sets how strong it is.** The factor *r* / (1 − *r*) will come back twice in part 4.
#
# Now the same on something to look at: one digit of MNIST (LeCun and others 1998), its pixels, from
# 0 to 1, as the units.

# %%
pictures = datasets.load({"quick": "mnist-5k", "full": "mnist"}[PROFILE])
digit = pictures.train.x[0] / np.float32(255)
rows = {}
for rate in [0.2, 0.5, 0.8]:
    layer = layers.Dropout(rate, seed=LIVE_SEED)
    steps = [layer(digit, training=True).numpy() for _ in range(3)]
    rows[f"rate {rate}"] = [*steps, layer(digit, training=False).numpy()]

# %% What does the mask leave of a digit? tags=["hide-input"]
plotting.picture(
    plotting.masked_images(rows, ["step 1", "step 2", "step 3", "inference"]),
    alt="The higher the rate, the fewer pixels of the digit are left, and the further those that "
    "are left go beyond 1: up to 5 at the highest rate. Each training step drops others; at "
    "inference the digit is whole and the same at every rate.",
)

# %% [markdown]
# **Predict.** Three copies of this digit go through the layer in one batch. Do they lose the same
# pixels?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
layer = layers.Dropout(0.5, seed=LIVE_SEED)
copies = np.stack([digit, digit, digit])
masked = layer(copies, training=True).numpy()
dropped = (masked == 0)[:, digit > 0]
pd.DataFrame(
    {
        "pixels of the digit": dropped.shape[1],
        "dropped in copy 1": dropped[0].sum(),
        "in copies 1 and 2": dropped[:2].all(axis=0).sum(),
        "in all three": dropped.all(axis=0).sum(),
    },
    index=["one batch"],
)

# %% [markdown]
# No: each copy has a mask of its own, and a new one at each step. In a running notebook, move the
# slider: one row of pixels through the middle of the digit, before dropout (line) and after (bars).
# What is left rises above the line, the more the higher the rate.

# %% One row of pixels, at any rate tags=["hide-input"]
import ipywidgets


def show_row(rate):
    _, axes = plt.subplots(1, 3, figsize=(plotting.WIDTH, 2.2), sharey=True)
    for step, ax in enumerate(axes, 1):
        row = drop(digit, rate, np.random.default_rng(LIVE_SEED + step))[14]
        ax.bar(range(28), row, color=plotting.ROLES["dropout"].colour)
        ax.step(range(28), digit[14], where="mid", color="black", linewidth=1)
        ax.set(title=f"step {step}, rate {rate:.2f}", xlabel="pixel", ylim=(0, 10.5))
    axes[0].set_ylabel("value")
    return plotting.picture(
        axes,
        alt="Three masks of one row of pixels, at the rate of the slider: some pixels are dropped, "
        "the others are raised above their value without dropout.",
    )


slider = ipywidgets.FloatSlider(0.5, min=0.0, max=0.9, step=0.05, description="rate")
_ = ipywidgets.interact(show_row, rate=slider)

# %% [markdown]
# > **Rate and keep-probability.** In Keras, `Dropout(rate)` takes the probability of *dropping* a
# > unit. The paper by Srivastava and others (2014) writes *p* for the probability of *keeping* it.
# > So rate = 1 − *p*, and their *p* = 0.8 is Keras's `Dropout(0.2)`. Who mixes them up drops four
# > units in five instead of one.

# %% [markdown]
# ### Thirty points
#
# All nets of this lesson have one form: a hidden layer of ReLU units, which put out max(0, *x*),
# dropout behind it, and an output layer. They differ in size only. (`decay` is for a rival in part
# 6.)


# %% tags=["experiment"]
def build_net(inputs, units, outputs, rate, decay=0.0):
    penalty = keras.regularizers.L2(decay)
    return keras.Sequential(
        [
            keras.Input((inputs,)),
            layers.Dense(units, activation="relu", kernel_regularizer=penalty),
            layers.Dropout(rate),
            layers.Dense(outputs, kernel_regularizer=penalty),
        ]
    )


# %% tags=["experiment"]
def train(net, x, y, loss, epochs, batch_size, learning_rate, seed):
    """Adam; all epochs are laid end to end, each in an order of its own, which saves time."""
    generator = np.random.default_rng(seed)
    order = np.concatenate([generator.permutation(len(x)) for _ in range(epochs)])
    net.compile(keras.optimizers.Adam(learning_rate), loss, steps_per_execution=100)
    net.fit(x[order], y[order], batch_size=batch_size, shuffle=False, verbose=0)


# %% [markdown]
# The first task is a curve, sin(1.5 *x*), of which a net sees thirty points with noise. It is
# judged by its mean squared distance from the curve itself.


# %% tags=["experiment", "curves"]
def curve(x):
    return np.sin(1.5 * x)


def draw_points(seed):
    generator = np.random.default_rng(seed)
    x = generator.uniform(-2, 2, (30, 1))
    return x, curve(x) + generator.normal(0, 0.7, x.shape)


def fit_curve(seed, units, rate):
    x, y = draw_points(seed)
    keras.utils.set_random_seed(seed)
    net = build_net(1, units, 1, rate)
    train(net, x, y, "mse", epochs=3000, batch_size=30, learning_rate=0.01, seed=seed)
    return net


# %% [markdown]
# **Predict.** Two nets of 200 units each see the thirty points 3,000 times, one without dropout and
# one with rate 0.5. What will their curves look like? Which will be nearer to the true one?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
ROLE_OF = {0.0: "plain", 0.5: "dropout"}
between = np.linspace(-2, 2, 400)[:, None]
found = {}
for rate in trials.progress([0.0, 0.5], "nets"):
    net = fit_curve(LIVE_SEED, units=200, rate=rate)
    found[ROLE_OF[rate]] = net.predict(between, verbose=0)
{role: float(((y - curve(between)) ** 2).mean().round(3)) for role, y in found.items()}

# %% What do the two nets make of thirty points? tags=["hide-input", "first-comparison"]
x, y = draw_points(LIVE_SEED)
_, axes = plt.subplots(1, 2, figsize=(plotting.WIDTH, 2.9), sharey=True)
for ax, (role, values) in zip(axes, found.items(), strict=True):
    ax.plot(between, curve(between), "--", color="black", linewidth=1, label="the curve")
    ax.plot(x, y, "o", color=plotting.ROLES["neutral"].colour, markersize=4, label="points")
    ax.plot(between, values, color=plotting.ROLES[role].colour, linewidth=2.5, label="the net")
    ax.set(title={"plain": "200 units, plain", "dropout": "200 units, rate 0.5"}[role], xlabel="x")
    ax.set_ylim(y.min() - 0.4, y.max() + 0.4)
axes[0].set_ylabel("y")
axes[0].legend(loc="lower right")
plotting.picture(
    axes,
    alt="The plain net bends to the single points; the net with dropout draws a calmer curve, "
    "through their middle.",
)

# %% [markdown]
# The plain net bends towards single points, noise and all. The one with dropout is calmer. But one
# run is not evidence: with `LIVE_SEED` at 100 the plain net happens to be the nearer one. (100 is
# the first number allowed; another one chosen for its result would be a poor start.) Here are ten
# seeds, each with its own points, and nets of 10 units besides those of 200. `trials.Experiment`
# only says what to measure: its seeds were run once, with this code, and recorded, and the folded
# cells read the record. (Each experiment has to name a data set; this one uses none.)


# %% tags=["experiment", "curves"]
def measure_curve(data, seed, units, rate):
    between = np.linspace(-2, 2, 400)[:, None]
    net = fit_curve(seed, units, rate)
    distance = net.predict(between, verbose=0) - curve(between)
    return {"test_error": (distance**2).mean()}


curves = trials.Experiment(
    name="curves",
    data="digits",
    measure=measure_curve,
    conditions=[{"units": units, "rate": rate} for units in [200, 10] for rate in [0.0, 0.5]],
    seeds=range(10),
)

# %% [markdown]
# **Predict.** Does dropout help the net of 10 units, too?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# Each dot is one seed; the bar is the mean with its 95 % interval (about 95 of 100 such intervals
# hold the mean over all seeds there could be; lesson 01 works one out); the stars are your own. The
# nets of one seed share their points, so what counts is the difference seed by seed: its interval
# stands at the end of this lesson.

# %% Does dropout help at either width? tags=["hide-input"]
recorded_curves = curves.recorded()
groups = {
    f"{width} units,\n{label}": statistics.select(recorded_curves, {"units": width, "rate": at})[
        "test_error"
    ]
    for width in [200, 10]
    for at, label in {0.0: "plain", 0.5: "rate 0.5"}.items()
}
own = {
    "200 units,\nplain": ((found["plain"] - curve(between)) ** 2).mean(),
    "200 units,\nrate 0.5": ((found["dropout"] - curve(between)) ** 2).mean(),
}
plotting.picture(
    plotting.seed_dots(groups, "squared distance from the curve", ["plain", "dropout"] * 2, own),
    alt="With 200 units the nets with dropout lie nearer to the curve than the plain ones; with 10 "
    "units they lie a little further from it on average, and the intervals overlap.",
)

# %% [markdown]
# With 200 units dropout helps, and brings the wide net about as near as the narrow one is without.
# (Curve and noise were chosen as a case where it does, on seeds outside the record.)
# With 10 units it does not help; whether it harms, ten seeds do not tell. Why either? For an
# answer, look at what the mask makes of a net.

# %% [markdown]
# ## 2 A net is many nets
#
# A mask takes units out of a net. What is left is a net as well: a **sub-network**. With *n* units
# there are 2ⁿ masks, and as many sub-networks, all with the same weights. Each training step with
# dropout trains some of them; with dropout off we ask the **whole** net.


# %% tags=["experiment"]
def all_masks(units):
    """Every mask, 1 for what is kept; the whole net comes first: shape (2 ** units, units)."""
    return np.array(list(itertools.product([1, 0], repeat=units)))


# %% [markdown]
# Dropout with rate *r* draws a mask that keeps *k* units and drops *d* with probability
# (1 − *r*)ᵏ *r*ᵈ. That is the weight with which a sub-network counts.


# %% tags=["experiment"]
def weigh(masks, rate):
    """The probability of each mask."""
    return (1 - rate) ** masks.sum(axis=1) * rate ** (1 - masks).sum(axis=1)


# %%
masks = all_masks(4)
table = pd.DataFrame({"kept": masks.sum(axis=1), **{r: weigh(masks, r) for r in [0.2, 0.5, 0.8]}})
counts = table.groupby("kept")
weights = counts.mean().add_prefix("each at rate ")
weights.insert(0, "masks", counts.size())
weights.loc["together"] = [len(masks), *table[[0.2, 0.5, 0.8]].sum()]
weights.round(4)

# %% [markdown]
# At rate 0.5 all masks are equally probable. At rate 0.2 the whole net is far more probable than
# any other, at rate 0.8 the empty one.
#
# ### Sixteen nets to look at
#
# Four units are few enough to draw all 16 sub-networks. The task is to tell two moons apart by two
# coordinates; the net's two outputs are **logits**: softmax makes them probabilities.


# %% tags=["experiment"]
CROSS_ENTROPY = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


# %% tags=["experiment", "moons"]
def fit_moons(seed, rate):
    x, y = make_moons(200, noise=0.2, random_state=seed)
    keras.utils.set_random_seed(seed)
    net = build_net(2, 4, 2, rate)
    train(net, x, y, CROSS_ENTROPY, epochs=200, batch_size=20, learning_rate=0.02, seed=seed)
    return net


# %% [markdown]
# To ask a sub-network, multiply what the hidden units put out by its mask, and rescale.


# %% tags=["experiment"]
def take_apart(net, x):
    """What the hidden units put out for `x`, and the weights and biases of the output layer."""
    w1, b1, w2, b2 = (each.astype("float64") for each in net.get_weights())
    return np.maximum(x @ w1 + b1, 0), w2, b2


def ask(hidden, w2, b2, mask, rate):
    """The outputs of the sub-network with this mask."""
    return (hidden * mask / (1 - rate)) @ w2 + b2


# %% [markdown]
# **Predict.** One net is trained plainly, one with rate 0.5. Then of each the whole is asked, as it
# is with dropout off, and the 15 sub-networks that drop something, all with the same rescaling.
# Whose sub-networks will be better? And which whole?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
x, y = make_moons(200, noise=0.2, random_state=LIVE_SEED)
across, up = np.meshgrid(np.linspace(-1.7, 2.7, 120), np.linspace(-1.3, 1.8, 90))
grid = np.stack([across.ravel(), up.ravel()], axis=1)
maps, rights = {}, {}
for rate in trials.progress([0.0, 0.5], "nets"):
    net, role = fit_moons(LIVE_SEED, rate), ROLE_OF[rate]
    inside, behind = take_apart(net, grid), take_apart(net, x)
    rates = [0.0, *[0.5] * 15]  # the first, which keeps all units, as it is with dropout off
    asked = list(zip(masks, rates, strict=True))
    maps[role] = [ask(*inside, *each).argmax(axis=1).reshape(across.shape) for each in asked]
    rights[role] = [(ask(*behind, *each).argmax(axis=1) == y).mean() for each in asked]

# %% [markdown]
# The whole stands top left. Orange and blue are the two moons here, and the two outputs are drawn
# as one.


# %% The sixteen sub-networks after plain training tags=["hide-input"]
def draw_net(ax, mask):
    """Two inputs, four hidden units and an output; what the mask drops is crossed out."""
    inputs, units = [(0, 0.9), (0, 2.1)], [(1, height) for height in (3, 2, 1, 0)]
    for unit, kept in zip(units, mask, strict=True):
        for other in [*inputs, (2, 1.5)]:
            ends = zip(unit, other, strict=True)
            if kept:
                ax.plot(*ends, color="black", linewidth=0.7, zorder=1)
        ax.plot(*unit, "o", ms=9, mfc="white", mec="black" if kept else "silver", zorder=2)
        if not kept:
            ax.plot(*unit, "x", ms=11, mew=1.8, color=plotting.ROLES["plain"].colour, zorder=3)
    for other in [*inputs, (2, 1.5)]:
        ax.plot(*other, "o", ms=6, color="black", zorder=2)
    ax.set(xlim=(-0.3, 2.3), ylim=(-0.5, 3.5))
    ax.set_axis_off()


def draw_subnetworks(role):
    """All 16, the whole first, then those with three units, and so on."""
    _, axes = plt.subplots(
        4, 8, figsize=(plotting.WIDTH, 5.2), gridspec_kw={"width_ratios": [0.62, 1] * 4}
    )
    ordered = np.argsort(-masks.sum(axis=1), kind="stable")
    colours = LinearSegmentedColormap.from_list("two", ["#f3cfb0", "#a9c9e0"])
    for number, place in zip(ordered, itertools.product(range(4), range(4)), strict=True):
        left, right = axes[place[0], 2 * place[1]], axes[place[0], 2 * place[1] + 1]
        draw_net(left, masks[number])
        right.pcolormesh(across, up, maps[role][number], cmap=colours, vmin=0, vmax=1)
        for label, (name, size) in enumerate({"plain": 1.3, "dropout": 1.3}.items()):
            look = plotting.ROLES[name]
            right.plot(*x[y == label].T, look.marker, color=look.colour, ms=size)
        right.set(xticks=[], yticks=[], aspect="equal", xlim=(-1.7, 2.7), ylim=(-1.3, 1.8))
        right.grid(False)
        right.set_title(f"{rights[role][number]:.2f} right", fontsize=9, pad=2)
    title = {"plain": "after plain training", "dropout": "after training with rate 0.5"}[role]
    axes[0, 0].figure.suptitle(title)
    return axes


plotting.picture(
    draw_subnetworks("plain"),
    alt="Sixteen small nets, units crossed out, each with its map of the two moons, after plain "
    "training: the whole net draws a line between the moons; a few of the others do so roughly, "
    "and about half draw lines that have little to do with the moons.",
)

# %% [markdown]
# That was the plain net, the share of its 200 training points right above each map. Now the one
# with dropout:

# %% The sixteen sub-networks after training with dropout tags=["cover", "hide-input"]
plotting.picture(
    draw_subnetworks("dropout"),
    alt="The same after training with dropout: most sub-networks draw a line that tells the moons "
    "apart roughly, and much like the whole net; those that keep few units often guess.",
)


# %% [markdown]
# After plain training only the whole was ever asked for an answer: some of its parts are good by
# luck, others are not. Dropout asked the parts, and more of them can do the task alone, roughly.
# What that costs the whole, one run on its training points need not show. Over seeds, on 1,000 new
# points each:


# %% tags=["experiment", "moons"]
def measure_moons(data, seed, rate):
    net = fit_moons(seed, rate)
    x, y = make_moons(1000, noise=0.2, random_state=seed + 100_000)
    behind = take_apart(net, x)
    whole = ask(*behind, np.ones(4), rate=0.0)  # dropout off
    rights = [(ask(*behind, mask, rate=0.5).argmax(axis=1) == y).mean() for mask in all_masks(4)]
    return {
        "test_accuracy": (whole.argmax(axis=1) == y).mean(),
        "part_accuracy": np.mean(rights),
    }


moons = trials.Experiment(
    name="moons",
    data="digits",
    measure=measure_moons,
    conditions=[{"rate": rate} for rate in [0.0, 0.5]],
    seeds=range(10),
)

# %% What do the whole and its parts reach? tags=["hide-input"]
recorded_moons = moons.recorded()
plotting.picture(
    plotting.seed_dots(
        {
            f"{which},\n{label}": statistics.select(recorded_moons, {"rate": at})[measure]
            for which, measure in {"whole": "test_accuracy", "mean of 16": "part_accuracy"}.items()
            for at, label in {0.0: "plain", 0.5: "rate 0.5"}.items()
        },
        "accuracy on new points (0 to 1)",
        ["plain", "dropout"] * 2,
    ),
    alt="The mean accuracy of the sixteen sub-networks is much higher after training with dropout; "
    "that of the whole net is lower.",
)

# %% [markdown]
# The parts gain, the whole loses. Four units that must each be able to do without the others are
# too few for this task. That is the price, and part 3 looks at what it buys.

# %% [markdown]
# ## 3 All 4,096 of them
#
# Twelve units on the 8 x 8 digits of scikit-learn: still few enough to ask every sub-network.


# %% tags=["experiment"]
def flat(split, white):
    """A picture as a row of values from 0 to 1."""
    return split.x.reshape(len(split.x), -1) / np.float32(white)


# %% tags=["experiment", "subnetworks"]
def fit_digits(data, seed, rate):
    keras.utils.set_random_seed(seed)
    net = build_net(64, 12, 10, rate)
    x, y = flat(data.train, data.white), data.train.y
    train(net, x, y, CROSS_ENTROPY, epochs=100, batch_size=32, learning_rate=0.005, seed=seed)
    return net


# %% [markdown]
# Each sub-network gets three marks on the test digits: its accuracy; its loss, the
# **cross-entropy**, which is the mean of −log(probability that it gives to the right digit), in
# **nats**, the unit that goes with the natural logarithm; and how far its probabilities *q* lie
# from those of the whole net, *p*: the **Kullback-Leibler divergence**, Σ *p* (log *p* − log *q*)
# over the ten digits. It is 0 where both say the same, and positive elsewhere.


# %% tags=["experiment", "subnetworks"]
def score_subnetworks(net, x, y, masks, rate):
    """Accuracy, loss, and divergence from the whole net, one row a mask."""
    hidden, w2, b2 = take_apart(net, x)
    whole = log_softmax(hidden @ w2 + b2, axis=1)
    rows = []
    for mask in masks:
        part = log_softmax(ask(hidden, w2, b2, mask, rate), axis=1)
        rows.append(
            {
                "accuracy": (part.argmax(axis=1) == y).mean(),
                "loss": -part[np.arange(len(y)), y].mean(),
                "divergence": (np.exp(whole) * (whole - part)).sum(axis=1).mean(),
            }
        )
    return pd.DataFrame(rows)


# %% [markdown]
# **Predict.** With rate 0.5 and 12 units, a sub-network has six units on average. What share of the
# test digits will one get right, after plain training and after training with dropout? Will the
# best of 4,096 beat the whole net?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
digits, masks = datasets.load("digits"), all_masks(12)
test_x, test_y = flat(digits.test, digits.white), digits.test.y
nets, parts, thinned = {}, {}, {}
for rate, role in trials.progress(ROLE_OF.items(), "nets", 2):
    nets[role] = fit_digits(digits, LIVE_SEED, rate)
    parts[role] = score_subnetworks(nets[role], test_x, test_y, masks, rate=0.5)
    thinned[role] = score_subnetworks(nets[role], test_x, test_y, masks, rate=0.0)

# %% [markdown]
# The first mask keeps all units: `thinned`, which does not rescale, has the whole net in its first
# row. How good are the sub-networks, and the whole (line)?

# %% How good is a sub-network? tags=["hide-input"]
axes = plotting.histograms(
    {
        "plain training": parts["plain"]["accuracy"].to_numpy(),
        "trained with rate 0.5": parts["dropout"]["accuracy"].to_numpy(),
    },
    ["plain", "dropout"],
    "test accuracy (0 to 1)",
)
for ax, role in zip(axes, parts, strict=True):
    ax.axvline(thinned[role]["accuracy"][0], color="black", linewidth=2)
    ax.texts[0].set(x=0.02, ha="left")
    ax.set_ylabel("sub-networks")
    ax.set_xlim(0, 1)
plotting.picture(
    axes,
    alt="After plain training the 4,096 sub-networks are spread far below the whole net, most of "
    "them below half of the digits; after training with dropout most lie well above half. Hardly "
    "any lies above its whole net.",
)

# %% [markdown]
# How near does the best part come? (It is picked on the digits that judge it, which flatters it.)

# %% The best of the parts tags=["hide-input"]
pd.DataFrame(
    {
        {"plain": "plain", "dropout": "rate 0.5"}[role]: {
            "whole": thinned[role]["accuracy"][0],
            "best of 4,096 parts": scores["accuracy"].max(),
            "mean of the parts": scores["accuracy"].mean(),
            "share of parts above the whole": (
                scores["accuracy"] > thinned[role]["accuracy"][0]
            ).mean(),
        }
        for role, scores in parts.items()
    }
).round(4)

# %% [markdown]
# A mean of many poor voters can be a good one; part 4 says in what sense the whole is a mean of its
# parts.
#
# ### One unit after another
#
# Now units are removed from the finished nets, without any rescaling. Of all ways to remove *k*
# units we look at the mean, and at the worst.
#
# **Predict.** Both nets have twelve units. How much will each lose with one unit, and how much with
# the unit that it needs most?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% What is lost with each unit? tags=["hide-input"]
_, ax = plt.subplots(figsize=(plotting.WIDTH, 3.4))
removed = 12 - masks.sum(axis=1)
for role, scores in thinned.items():
    look, by_number = plotting.ROLES[role], scores["accuracy"].groupby(removed)
    name = {"plain": "plain", "dropout": "rate 0.5"}[role]
    for line, values, what in [("-", by_number.mean(), "mean"), (":", by_number.min(), "worst")]:
        filled = look.colour if what == "mean" else "white"
        ax.plot(values[:7], line, color=look.colour, marker=look.marker, mfc=filled, lw=2)
        ax.annotate(
            f"{name}, {what}",
            (6, values[6]),
            (10, 0),
            textcoords="offset points",
            color=look.colour,
            va="center",
        )
ax.set(xlabel="units removed", ylabel="test accuracy (0 to 1)", xticks=range(7), ylim=(0, 1))
plotting.picture(
    ax,
    alt="The plain net starts highest and falls steeply with the first unit removed, most steeply "
    "in the worst case; the net with dropout starts a little lower and falls slowly at first.",
)

# %% [markdown]
# The same was recorded over seeds, with one more thing, which part 4 needs: the mean of all 4,096
# answers, in two ways.


# %% tags=["experiment", "subnetworks"]
def average_subnetworks(net, x, masks, rate):
    """Weighted by their masks: the mean of the probabilities, and that of their logarithms."""
    hidden, w2, b2 = take_apart(net, x)
    arithmetic = geometric = 0
    for mask, weight in zip(masks, weigh(masks, rate), strict=True):
        part = log_softmax(ask(hidden, w2, b2, mask, rate), axis=1)
        arithmetic = arithmetic + weight * np.exp(part)
        geometric = geometric + weight * part
    return arithmetic, geometric


# %% tags=["experiment", "subnetworks"]
def measure_subnetworks(data, seed, rate):
    net, masks = fit_digits(data, seed, rate), all_masks(12)
    x, y = flat(data.test, data.white), data.test.y
    parts = score_subnetworks(net, x, y, masks, rate=0.5)
    thinned = score_subnetworks(net, x, y, masks[masks.sum(axis=1) >= 11], rate=0.0)
    arithmetic, _ = average_subnetworks(net, x, masks, rate=0.5)
    right = (ask(*take_apart(net, x), masks[0], 0.0)).argmax(axis=1) == y
    return {
        "test_accuracy": right.mean(),
        "test_loss": thinned["loss"][0],
        "part_accuracy": parts["accuracy"].mean(),
        "best_part": parts["accuracy"].max(),
        "part_loss": parts["loss"].mean(),
        "disagreement": parts["divergence"].mean(),
        "mean_accuracy": (arithmetic.argmax(axis=1) == y).mean(),
        "mean_loss": -np.log(arithmetic[np.arange(len(y)), y]).mean(),
        "cost_of_a_unit": right.mean() - thinned["accuracy"][1:].mean(),
        "cost_of_the_worst": right.mean() - thinned["accuracy"].min(),
        "test_right": right,
    }


# %% tags=["experiment", "subnetworks"]
subnetworks = trials.Experiment(
    name="subnetworks",
    data="digits",
    measure=measure_subnetworks,
    conditions=[{"rate": rate} for rate in [0.0, 0.5]],
    seeds=range(10),
)

# %% What do whole, parts and thinned nets reach? tags=["hide-input"]
recorded_parts = subnetworks.recorded()
recorded_parts["one_removed"] = recorded_parts["test_accuracy"] - recorded_parts["cost_of_a_unit"]
recorded_parts["worst_removed"] = (
    recorded_parts["test_accuracy"] - recorded_parts["cost_of_the_worst"]
)
shown = {
    "test_accuracy": "whole",
    "one_removed": "one unit\nremoved",
    "worst_removed": "worst unit\nremoved",
    "part_accuracy": "mean of the\n4,096 parts",
}
_, axes = plt.subplots(1, 2, figsize=(plotting.WIDTH, 3.4), sharey=True)
for ax, (at, kind) in zip(axes, ROLE_OF.items(), strict=True):
    of_kind = statistics.select(recorded_parts, {"rate": at})
    plotting.seed_dots(
        {label: of_kind[measure] for measure, label in shown.items()},
        "test accuracy (0 to 1)" if kind == "plain" else "",
        [kind] * 4,
        ax=ax,
    )
    ax.set_title({"plain": "plain training", "dropout": "trained with rate 0.5"}[kind])
plotting.picture(
    axes,
    alt="The plain whole net is the best of all, but falls far with one unit removed, further with "
    "the worst one, and its parts get a third of the digits. With dropout the whole is a few "
    "points lower, hardly falls with one unit, and its parts get most digits.",
)

# %% [markdown]
# A plain net is a team in which each unit is needed. That fits what Hinton and others (2012) call
# **co-adaptation**: units rely on what the others do. (It does not prove it: twelve units with a
# job each, of which no other can take over, would be missed as much.) Dropout makes each unit
# dispensable, and not for nothing: with these twelve units the whole gets worse.

# %% [markdown]
# ## 4 The whole is the average
#
# ### A mean of 4,096 answers
#
# Why should the net with dropout off have anything to do with the nets that were trained? Its
# logits are a sum over the hidden units, *b* + Σ *hⱼ wⱼ*. A sub-network's are *b* + Σ *mⱼ* / (1 −
# *r*) · *hⱼ wⱼ*, with 1 or 0 for *mⱼ*. A unit is kept with probability 1 − *r*, so the weighted
# mean of *mⱼ* / (1 − *r*) over all masks is 1, and:
#
# 1. the mean of the logits of all sub-networks, weighted by their masks, is the logits of the
#    whole;
# 2. softmax makes logits into probabilities, where log *q* is logit minus a number that is the same
#    for all ten digits;
# 3. so the weighted mean of log *q* is the logits of the whole minus some number. Its exponentials
#    need not sum to 1; divided by their sum, **renormalised**, they *are* the whole's
#    probabilities.
#
# A mean of logarithms is the logarithm of the **geometric mean**. **The net with dropout off is the
# geometric mean of all its sub-networks, renormalised: exactly, with one hidden layer and no
# dropout on its inputs, at every rate and however it was trained.** With more layers, or dropout on
# the inputs, there is a ReLU behind a mask and step 1 holds approximately only.
#
# A usual committee takes the arithmetic mean of the probabilities. Both, on your two nets:

# %%
rows = {}
for role, net in nets.items():
    whole = log_softmax(ask(*take_apart(net, test_x), masks[0], 0.0), axis=1)
    arithmetic, geometric = average_subnetworks(net, test_x, masks, rate=0.5)
    geometric = log_softmax(geometric, axis=1)  # renormalised
    rows[role] = {
        "largest gap, geometric mean to whole": np.abs(np.exp(geometric) - np.exp(whole)).max(),
        "largest gap, arithmetic mean to whole": np.abs(arithmetic - np.exp(whole)).max(),
    }
pd.DataFrame(rows).map("{:.1g}".format)

# %% [markdown]
# The geometric mean is the whole to the last digits of double precision. The arithmetic mean is
# not. Is it the better answer? Means over the recorded seeds:

# %% Whole or arithmetic mean? tags=["hide-input"]
pd.concat(
    {
        what: recorded_parts.groupby("rate")[list(columns)]
        .mean()
        .set_axis(["whole", "arithmetic mean", "one sub-network"], axis=1)
        for what, columns in {
            "test accuracy": ("test_accuracy", "mean_accuracy", "part_accuracy"),
            "test loss (nats)": ("test_loss", "mean_loss", "part_loss"),
        }.items()
    },
    axis=1,
).rename(index={0.0: "plain", 0.5: "rate 0.5"}).rename_axis(index=None).round(3)

# %% [markdown]
# After training with dropout the whole is about as accurate as the mean of 4,096 answers, for the
# price of one, and its loss is lower. After plain training most answers are bad, and the mean of
# them all is unsure: hence its loss.
#
# ### Loss and disagreement
#
# Step 3 left a number over. With *p* for the whole, there is one number *D* for each example, the
# same for all ten digits *c*:
#
# > mean of log *q(c)* = log *p(c)* − *D*
#
# - Take the right digit for *c* and change signs: mean loss of the sub-networks =
#   loss of the whole + *D*.
# - Multiply both sides by *p(c)*, sum over *c* (Σ *p* = 1) and solve for *D*: it is the mean of Σ
#   *p* (log *p* − log *q*), the **divergence** of the sub-networks from the whole.
#
# So **the mean loss of the sub-networks is the loss of the whole plus their disagreement**. On each
# example, not just on average; the masks count with their probability.
#
# **Predict.** Training with dropout lowers the mean loss of the sub-networks: that is what it draws
# masks for. By which of the two parts? (The numbers are of the test digits.)

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
split = pd.DataFrame(
    {
        role: {
            "mean loss of the sub-networks": parts[role]["loss"] @ weigh(masks, 0.5),
            "loss of the whole": thinned[role]["loss"][0],
            "disagreement": parts[role]["divergence"] @ weigh(masks, 0.5),
        }
        for role in nets
    }
)
split.loc["first minus the other two"] = split.iloc[0] - split.iloc[1] - split.iloc[2]
split.map("{:.3g}".format)

# %% [markdown]
# The sum holds to the last digits. **Training with dropout lowered the disagreement, and let the
# loss of the whole rise to do so.** (On the training examples that is to be expected: plain
# training lowers that loss and nothing else. On new ones the whole may gain, as in part 5.) Plain
# training looks at neither the parts nor their disagreement.
#
# ### With squared loss: ridge
#
# For squared loss the split is the one of mean and variance: for random answers *a*, the mean of
# (*y* − *a*)² is (*y* − mean of *a*)² + variance of *a*, and that variance is the disagreement. A
# linear model answers Σ *wⱼ xⱼ*. With dropout on its inputs the mean answer is the whole's, term
# *j* has the variance *r* / (1 − *r*) · *wⱼ*² *xⱼ*² (part 1), the masks are independent, and so
#
# > mean squared loss of the sub-models
# > = squared loss of the whole + *r* / (1 − *r*) · Σ *wⱼ*² *xⱼ*²
#
# for one example. Over all of them the mean of *xⱼ*² takes the place of *xⱼ*²; where features are
# standardised it is 1, and the last term is a number times Σ *wⱼ*²: the penalty of **ridge
# regression**. Dropout on a linear model *is* ridge, as far as its expected loss goes.
#
# Three ways to the best weights on scikit-learn's diabetes data, with ten standardised features
# (mean 0, variance 1), the target centred, no intercept, rate 0.1: solve for the penalty; fit all
# 1,024 masked copies of the data, weighted by their masks; ask `Ridge`, which sums the squared
# errors of the *n* examples instead of averaging them, so that its `alpha` is *n* times *r* / (1 −
# *r*).

# %%
diabetes = load_diabetes()
X = StandardScaler().fit_transform(diabetes.data)
target = diabetes.target - diabetes.target.mean()
n, rate, masks_of_ten = len(X), 0.1, all_masks(10)
alpha = n * rate / (1 - rate)
solved = np.linalg.solve(X.T @ X + alpha * np.eye(10), X.T @ target)
copies = LinearRegression(fit_intercept=False).fit(
    np.concatenate([X * mask / (1 - rate) for mask in masks_of_ten]),
    np.tile(target, len(masks_of_ten)),
    sample_weight=np.repeat(weigh(masks_of_ten, rate), n),
)
ridge = Ridge(alpha=alpha, fit_intercept=False).fit(X, target)
plain = LinearRegression(fit_intercept=False).fit(X, target)
{
    "largest gap, copies to solved": float(np.abs(copies.coef_ - solved).max()),
    "largest gap, Ridge to solved": float(np.abs(ridge.coef_ - solved).max()),
    "correlation of s1 and s2": float(np.corrcoef(X[:, 4], X[:, 5])[0, 1].round(2)),
}

# %% [markdown]
# All three agree. (Features that are not standardised get a penalty each: an exercise.)
#
# Two of the features, s1 and s2, are nearly copies of each other: see their correlation.
#
# **Predict.** What weights will least squares give to such a pair, and what weights will ridge give
# them, that is, dropout?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% How are copies of a feature weighted? tags=["hide-input"]
_, ax = plt.subplots(figsize=(plotting.WIDTH, 3.2))
for shift, (role, model) in zip(
    [-0.12, 0.12], {"plain": plain, "dropout": ridge}.items(), strict=True
):
    look = plotting.ROLES[role]
    name = {"plain": "least squares", "dropout": "rate 0.1"}[role]
    ax.plot(np.arange(10) + shift, model.coef_, look.marker, color=look.colour, ms=8, label=name)
ax.axhline(0, color="black", linewidth=1)
ax.axvspan(3.5, 5.5, color="gold", alpha=0.25)
ax.set_xticks(range(10), diabetes.feature_names)
ax.text(4.5, 0.97, "nearly copies", ha="center", va="top", transform=ax.get_xaxis_transform())
ax.set(ylabel="weight", xlabel="feature")
ax.legend(loc="lower right")
plotting.picture(
    ax,
    alt="Least squares gives s1 and s2, which are nearly copies, large weights of opposite signs; "
    "with dropout at rate 0.1 both get nearly the same small weight. Of the others s3 and s5 "
    "change most.",
)

# %% [markdown]
# Least squares plays the copies off against each other: two large weights of opposite signs, each
# of which is needed to cancel much of the other. With dropout both get nearly the same small one. Σ
# *wⱼ*² is least when copies share the load, and a shared load is what is least hurt when one of
# them is missing. (The weights of s3 and s5 move as well: these blood values are correlated with
# others, too.) What happens, on the same data, when s1 is lost, that is, set to its mean?

# %%
lost = X * (np.array(diabetes.feature_names) != "s1")
pd.DataFrame(
    {
        where: {
            name: np.mean((model.predict(data) - target) ** 2) / np.mean(target**2)
            for name, model in {"least squares": plain, "rate 0.1": ridge}.items()
        }
        for where, data in {"all features": X, "s1 lost": lost}.items()
    }
).rename_axis("squared error, as a share of the target's variance").round(3)

# %% [markdown]
# With all features there is little between them. When one is lost, the one that shared is as good
# as before: in small, what part 3 found in nets.

# %% [markdown]
# ## 5 Is it an ensemble?
#
# The whole is a mean of sub-networks. Means of several nets, **ensembles**, usually do better than
# one net. So is that why dropout helps? A test against a real ensemble: 900 digits, three in ten
# with a wrong label, 64 units; one net or the mean of eight that differ in their first weights and
# the order of the digits.


# %% tags=["experiment", "ensembles"]
def measure_ensemble(data, seed, rate, nets):
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, 900, generator)
    labels, _ = datasets.flip_labels(drawn.y, 0.3, 10, generator)
    x, test_x = flat(drawn, data.white), flat(data.test, data.white)
    answers = []
    for member in range(nets):
        keras.utils.set_random_seed(seed + 10_000 * member)
        net = build_net(64, 64, 10, rate)
        order = seed + 10_000 * member
        train(net, x, labels, CROSS_ENTROPY, 60, batch_size=64, learning_rate=0.003, seed=order)
        answers.append(keras.ops.softmax(net.predict(test_x, verbose=0)))
    right = np.mean(answers, axis=0).argmax(axis=1) == data.test.y
    return {"test_accuracy": right.mean(), "test_right": right}


# %% [markdown]
# **Predict.** Order these four by test accuracy: one plain net, the mean of eight plain nets, one
# net with rate 0.5, the mean of eight of those.

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% tags=["experiment", "ensembles"]
ensembles = trials.Experiment(
    name="ensembles",
    data="digits",
    measure=measure_ensemble,
    conditions=[{"rate": rate, "nets": nets} for rate in [0.0, 0.5] for nets in [1, 8]],
    seeds=range(10),
)

# %% Is one net with dropout as good as eight without? tags=["hide-input"]
recorded_ensembles = ensembles.recorded()
plotting.picture(
    plotting.seed_dots(
        {
            f"{how_many},\n{label}": statistics.select(
                recorded_ensembles, {"rate": at, "nets": count}
            )["test_accuracy"]
            for at, label in {0.0: "plain", 0.5: "rate 0.5"}.items()
            for count, how_many in {1: "one net", 8: "mean of eight"}.items()
        },
        "test accuracy (0 to 1)",
        ["plain", "plain", "dropout", "dropout"],
    ),
    alt="The mean of eight plain nets is better than one plain net; one net with dropout is better "
    "than the mean of eight plain ones; the mean of eight with dropout lies highest by a little.",
)

# %% [markdown]
# Eight plain nets beat one, and one net with dropout beats the eight. So "it works because it is an
# ensemble" is not the whole of it. What else? All eight learn from the same wrong labels. What
# share of these does a net give back when it is asked again?

# %%
generator = np.random.default_rng(LIVE_SEED)
drawn = datasets.subset(digits.train, 900, generator)
labels, wrong = datasets.flip_labels(drawn.y, 0.3, 10, generator)
x, given_back = flat(drawn, digits.white), {}
for rate, role in trials.progress(ROLE_OF.items(), "nets", 2):
    keras.utils.set_random_seed(LIVE_SEED)
    net = build_net(64, 64, 10, rate)
    train(net, x, labels, CROSS_ENTROPY, 60, batch_size=64, learning_rate=0.003, seed=LIVE_SEED)
    answers = net.predict(x, verbose=0).argmax(axis=1)
    given_back[role] = float((answers == labels)[wrong].mean().round(3))
given_back

# %% [markdown]
# The plain net learns some of the wrong labels, the net with dropout fewer. What most members of a
# committee have learnt alike, its mean cannot take back; the net with dropout is itself another
# net, not a cheap mean of the usual ones. (One run of single nets: what the eight have in common
# was not counted, nor whether this is the only reason.)
#
# There is a second difference. A committee gains by disagreement: by part 4 the loss of its
# geometric mean is the mean loss *minus* the disagreement. Bagging and the like keep their members
# different on purpose. Training with dropout makes the sub-networks more alike, as your nets
# showed.
#
# Whether the mean of eight nets with dropout is better than one, these trials do not tell when all
# claims are judged together, as on the site's page of claims.

# %% [markdown]
# ## 6 What a unit paints
#
# An **autoencoder** learns to give back its own input through fewer units than pixels: here 14 x 14
# pixels of MNIST through 100 units. What a unit adds to the picture is its row of weights in the
# output layer, which can be looked at: what it paints.


# %% tags=["experiment", "painted"]
def small(images):
    """Pictures of 28 x 28 pixels as rows of 14 x 14, from 0 to 1."""
    halves = images.reshape(len(images), 14, 2, 14, 2).mean(axis=(2, 4))
    return (halves / 255).reshape(len(images), -1).astype("float32")


# %% tags=["experiment", "painted"]
def fit_autoencoder(x, seed, rate, decay):
    keras.utils.set_random_seed(seed)
    net = build_net(196, 100, 196, rate, decay)
    train(net, x, x, "mse", epochs=30, batch_size=64, learning_rate=0.003, seed=seed)
    return net


# %% [markdown]
# An honest comparison needs a rival: **weight decay**, the sum of all squared weights as a penalty,
# as strong (0.00045) as makes the error about that of the net with dropout. The strength was chosen
# on one seed outside the record.
#
# **Predict.** How will the painted pictures of the three nets differ?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
generator = np.random.default_rng(LIVE_SEED)
train_x = small(datasets.subset(pictures.train, 3000, generator).x)
held_out = small(pictures.test.x)
RIVALS = {
    "plain": {"rate": 0.0, "decay": 0.0},
    "rate 0.5": {"rate": 0.5, "decay": 0.0},
    "weight decay": {"rate": 0.0, "decay": 0.00045},
}
painters = {
    name: fit_autoencoder(train_x, LIVE_SEED, **rival)
    for name, rival in trials.progress(RIVALS.items(), "nets", 3)
}

# %% [markdown]
# Ten units of each net: of the thirty that put most into the test pictures, every third. Red adds,
# blue takes away.

# %% What do the units paint? tags=["hide-input"]
_, axes = plt.subplots(3, 10, figsize=(plotting.WIDTH, 2.7))
for row, (name, net) in zip(axes, painters.items(), strict=True):
    hidden, painted, _ = take_apart(net, held_out)
    shares = (painted**2).sum(axis=1) * (hidden**2).mean(axis=0)
    for ax, unit in zip(row, np.argsort(-shares)[:30:3], strict=True):
        limit = np.abs(painted[unit]).max()
        ax.imshow(painted[unit].reshape(14, 14), cmap="RdBu_r", vmin=-limit, vmax=limit)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
    row[0].set_ylabel(name.replace(" ", "\n"))
plotting.picture(
    axes,
    alt="Units of the plain net paint specks that look like noise in the shape of a digit; those "
    "of the net with dropout paint strokes and pieces of digits, and so do many of the net with "
    "weight decay.",
)

# %% [markdown]
# With dropout there are strokes and pieces of digits, with weight decay in many units as well; in
# the plain net there are hardly any. Three numbers over seeds: the error; what removing one unit
# adds to it, on average over the units; and how **smooth** the painting is: the correlation of
# neighbouring pixels in it, the mean over the units, by what they put into the pictures.


# %% tags=["experiment", "painted"]
def smoothness(painted, shares):
    """The correlation of neighbouring pixels, mean over the units with these weights."""
    found = []
    for image in painted.reshape(-1, 14, 14):
        ones = np.concatenate([image[:, 1:].ravel(), image[1:].ravel()])
        others = np.concatenate([image[:, :-1].ravel(), image[:-1].ravel()])
        found.append(np.corrcoef(ones, others)[0, 1])
    return np.average(found, weights=shares)


# %% tags=["experiment", "painted"]
def measure_painted(data, seed, rate, decay):
    generator = np.random.default_rng(seed)
    net = fit_autoencoder(small(datasets.subset(data.train, 2900, generator).x), seed, rate, decay)
    x = small(data.test.x)
    hidden, painted, bias = take_apart(net, x)
    missed = hidden @ painted + bias - x
    error = (missed**2).mean()
    without = [
        ((missed - np.outer(hidden[:, unit], painted[unit])) ** 2).mean() for unit in range(100)
    ]
    shares = (painted**2).sum(axis=1) * (hidden**2).mean(axis=0)
    return {
        "test_error": error,
        "growth": np.mean(without) / error,
        "smoothness": smoothness(painted, shares),
    }


# %% tags=["experiment", "painted"]
painted = trials.Experiment(
    name="painted",
    data="mnist-5k",
    measure=measure_painted,
    conditions=[
        {"rate": rate, "decay": decay} for rate, decay in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.00045)]
    ],
    seeds=range(10),
)

# %% Error, growth and smoothness tags=["hide-input"]
recorded_painted = painted.recorded()
recorded_painted["extra"] = recorded_painted["growth"] - 1
_, axes = plt.subplots(1, 3, figsize=(plotting.WIDTH, 3.2))
labels = {
    "test_error": "squared error",
    "extra": "error added by removing a unit,\nas a share of the error (log scale)",
    "smoothness": "smoothness (correlation)",
}
for ax, (measure, label) in zip(axes, labels.items(), strict=True):
    plotting.seed_dots(
        {
            name.replace(" ", "\n"): statistics.select(recorded_painted, rival)[measure]
            for name, rival in RIVALS.items()
        },
        label,
        ["plain", "dropout", "neutral"],
        ax=ax,
    )
axes[1].set_yscale("log")
plotting.picture(
    axes,
    alt="The plain net has by far the lowest error, and loses most when a unit is removed. Dropout "
    "and weight decay have nearly the same, higher error; both lose little with a unit, dropout "
    "least, and both paint smoother than the plain net, weight decay smoothest.",
)

# %% [markdown]
# The plain net has the lowest error by far, even with a unit removed: its error grows by a large
# share, but of a small number. So here dropout only costs; there is no noise for it to resist. What
# changes is that the error hardly depends on any one unit, and that what a unit paints can be
# recognised. Weight decay of the same error does nearly as much of the one, and by this measure
# more of the other, though with it all units are always there. So "a unit must be of use without
# knowing who else is there" cannot be the only reason. Part 4 has one that fits both: with squared
# loss, dropout before a linear layer is a penalty on the squares of its weights, each times the
# mean square of what its unit puts out.

# %% [markdown]
# ## 7 When does it help?
#
# So far: dropout trains parts that can do without each other. The whole paid for it with 4 units on
# the moons, with 12 on digits, and with 100 in the autoencoder, whose pictures are clean and many;
# with 10 units on a curve it is open. It gained where a wide net would have bent to noise (200
# units on thirty points, 64 on wrong labels). But only part 1 varied one thing by itself.
#
# That suggests what to vary: the width, the labels, the number of examples. Lesson
# [01](01_mlp.ipynb) does, on larger nets, beside rivals, and asks when a difference is one. What
# the scatter of the sub-networks' answers can tell about one of them is the matter of lesson 05.
#
# One practical thing first. Masks are drawn only when Keras is told that it trains. `fit` does so;
# a loop of your own must call `net(x, training=True)`, or dropout is silently off: nothing fails,
# and the net is simply a plain one.

# %%
keras.utils.set_random_seed(LIVE_SEED)
net = build_net(64, 12, 10, rate=0.5)
first, again = net(test_x[:1]), net(test_x[:1])
drawn, redrawn = net(test_x[:1], training=True), net(test_x[:1], training=True)
{
    "called twice: the same answer": bool(np.all(first == again)),
    "called twice with training=True: the same": bool(np.all(drawn == redrawn)),
}

# %% [markdown]
# Asking the same question twice, with the very call of the loop, is the test: with dropout active,
# the two answers differ.

# %% [markdown]
# ## What others found
#
# **Why it was made.** Hinton and others (2012) meant dropout to prevent co-adaptation, in which a
# feature is only helpful beside certain others. Part 3 shows one consequence: what a plain net
# loses with one unit, and one with dropout does not.
#
# **What units paint.** Srivastava and others (2014, section 7.1) show an autoencoder's features
# without and with dropout: noise in the one, strokes and spots in the other, and report similar
# errors. Ours show the same two kinds of pictures, but differ much in error. Theirs had 256 units,
# pictures in full size and all of MNIST; which of these decides stays open. They show no rival of
# equal error: weight decay, in ours, paints strokes as well.
#
# **The average.** Baldi and Sadowski (2013) treat the net with dropout off as normalised geometric
# mean, which in deep nets it is approximately. Warde-Farley and others, arXiv 1312.6197, enumerated
# the masks of small ReLU nets and found the whole about as good as the exact mean. With one hidden
# layer and no dropout on the inputs the two are the same, as here.
#
# **Loss and disagreement.** For squared loss the split is the ambiguity of Krogh and Vedelsby
# (1995); that it carries over to probabilities, geometric means and the Kullback-Leibler divergence
# is in Heskes (1998). Both had ensembles in mind that are trained apart.
#
# **Ridge.** Wager and others, arXiv 1307.1493, show that for generalised linear models dropout is
# approximately L2 regularisation, after scaling the features; for squared loss nothing is
# approximate. But that is the *expected* loss. Clara and others, arXiv 2306.10529, study the
# weights that gradient descent with dropout steps through in the linear model, where the relation
# is more subtle: the noise of the masks stays in them.

# %% [markdown]
# ## What would change our mind
#
# - Deeper nets. All identities here rest on one hidden layer; with two, the whole is the geometric
#   mean only approximately, and the split of the loss no longer adds up exactly.
# - An ensemble whose members see different digits, or more than eight of them: either could close
#   the gap to dropout.
# - Clean labels in part 5: where there is nothing false to learn, the ensemble may win.
# - Members that learn fewer wrong labels by other means: weight decay, or training that stops
#   early. The plain nets of part 5 had neither.
# - Other strengths of weight decay in part 6, chosen per layer: dropout has no such choice here.
# - Rates below 0.5, with which small nets may lose nothing. We tried one rate.

# %% [markdown]
# ## Key points
#
# - Dropout multiplies by a random mask with the right mean; what stays is scaled up by
#   1 / (1 − rate). In Keras the number is the probability of *dropping*.
# - A net of *n* units is 2ⁿ sub-networks, each weighted by the probability of its mask.
# - With dropout off, a net of one hidden layer is exactly the renormalised geometric mean of its
#   sub-networks.
# - Mean loss of the sub-networks = loss of the whole + disagreement. Training with dropout lowered
#   the disagreement; plain training does not look at it.
# - For squared loss the disagreement is a penalty on squared weights: on a linear model dropout is
#   ridge, and copies of a feature share the load.
# - A plain net is a team in which each unit is needed; with dropout each can be spared. The whole
#   may pay for it: the small nets on moons and digits got worse, and so did the autoencoder.
# - "It is an ensemble" is not the whole of it: with wrong labels one net with dropout beat the mean
#   of eight plain ones.
# - Ask twice, as your loop asks: if a net that should be training gives the same answer both times,
#   dropout is off.

# %% [markdown]
# ## What the evidence says
#
# These claims were written before their experiments were recorded: *supported* when the difference
# lies on the claimed side of zero, *refuted* when it lies on the other, *not distinguishable* when
# it could be chance. In brackets stands the 95 % interval of the difference. They are judged
# together by Holm's method, which asks more of each the more there are. Accuracies on digits are
# claimed for **new pictures**, all else for *these test pictures*, or the points that each seed
# drew. All claims of this lesson stand on the site's page of claims.

# %% What does the evidence say? tags=["hide-input"]
claims.Ledger("00_dropout")

# %% [markdown]
# ## References
#
# - G. E. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2012). Improving
#   neural networks by preventing co-adaptation of feature detectors.
#   [arXiv:1207.0580](https://arxiv.org/abs/1207.0580)
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2014). Dropout: a
#   simple way to prevent neural networks from overfitting. Journal of Machine Learning Research 15.
#   [jmlr.org](https://jmlr.org/papers/v15/srivastava14a.html)
# - P. Baldi, P. Sadowski (2013). Understanding dropout. Advances in Neural Information Processing
#   Systems 26.
#   [proceedings.neurips.cc](https://proceedings.neurips.cc/paper/2013/hash/71f6278d140af599e06ad9bf1ba03cb0-Abstract.html)
# - D. Warde-Farley, I. J. Goodfellow, A. Courville, Y. Bengio (2013). An empirical analysis of
#   dropout in piecewise linear networks. [arXiv:1312.6197](https://arxiv.org/abs/1312.6197)
# - A. Krogh, J. Vedelsby (1995). Neural network ensembles, cross validation, and active learning.
#   Advances in Neural Information Processing Systems 7.
#   [proceedings.neurips.cc](https://proceedings.neurips.cc/paper/1994/hash/b8c37e33defde51cf91e1e03e51657da-Abstract.html)
# - T. Heskes (1998). Bias/variance decompositions for likelihood-based estimators. Neural
#   Computation 10. [doi:10.1162/089976698300017232](https://doi.org/10.1162/089976698300017232)
# - S. Wager, S. Wang, P. Liang (2013). Dropout training as adaptive regularization.
#   [arXiv:1307.1493](https://arxiv.org/abs/1307.1493)
# - G. Clara, S. Langer, J. Schmidt-Hieber (2024). Dropout regularization versus l2-penalization in
#   the linear model. Journal of Machine Learning Research 25.
#   [arXiv:2306.10529](https://arxiv.org/abs/2306.10529)
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998). Gradient-based learning applied to document
#   recognition. [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791)
