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
# # 05 Uncertainty: dropout left on
#
# **Question.** Dropout that is left on at inference gives another answer each time. What can that
# tell about a net's doubts?
#
# **After this lesson you can**
#
# - leave dropout on at inference, and work out the mean of the answers and how far they differ;
# - measure what a doubt is worth: for handing on doubtful cases, for telling strangers, and whether
#   probabilities can be taken at their word;
# - compare it with rivals that need no masks, and say what masks that agree do not mean.
#
# **Time.** Half a minute of computing on two cores, 25 minutes of reading, and what time you take
# to think. Nothing is downloaded.
#
# In each part you first write down a prediction, then run, look and explain.

# %% Imports tags=["experiment", "hide-input"]
import tempfile
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import skimage.data
from keras import layers
from sklearn.metrics import roc_auc_score

from course_utils import bases, claims, datasets, features, heads, plotting, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" takes all 3,781 photographs, which are downloaded, for the live run

# %% [markdown]
# `LIVE_SEED` makes this run your own. Take any whole number from 100 to 999: the seeds below
# 100 are those of the recorded runs that you will be compared with, and those from 1000 on
# are kept for checking the record.

# %%
LIVE_SEED = 100
plotting.use_course_style()

# %% [markdown]
# ## 1 A head, and strangers
#
# A net that is asked about something it was never taught should say so. To try this we teach a head
# **eight** of the ten kinds of clothes in the photographs of lesson 04, and keep skirts and
# T-shirts from it. They are **near** strangers: clothes, from the same people's homes, of kinds
# that the head does not know. **Far** strangers are pieces of eight grey photographs in which there
# are no clothes at all.


# %% tags=["experiment"]
STRANGERS = ("brick", "camera", "coins", "grass", "gravel", "moon", "page", "text")


def strange_pictures(side, each):
    """Square pieces, from eight grey photographs without clothes: shape (8 each, side, side, 3)."""
    generator = np.random.default_rng(0)
    pieces = []
    for name in STRANGERS:
        photograph = getattr(skimage.data, name)()
        for _ in range(each):
            top, left = (generator.integers(size - side + 1) for size in photograph.shape)
            pieces.append(photograph[top : top + side, left : left + side])
    return np.repeat(np.stack(pieces)[..., None], 3, axis=-1)


# %% [markdown]
# As in lesson 04, a frozen base (EfficientNet-Lite0, trained on other photographs and left as it
# is) turns each picture into 1,280 numbers, its features, once.


# %% tags=["experiment"]
KNOWN = 8  # classes; the last two, skirts and T-shirts, are strangers


def to_known_and_strange(data):
    """Features: of the eight known classes, of the other two (near), of no clothes (far)."""
    base = bases.load("efficientnet-lite0", 96)
    found = features.features(base, data)
    train, validation, test = (
        part.take(np.flatnonzero(part.y < KNOWN))
        for part in (found.train, found.validation, found.test)
    )
    near = found.test.x[found.test.y >= KNOWN]
    far = base.predict(strange_pictures(96, each=25), batch_size=64, verbose=0)
    return {"train": train, "validation": validation, "test": test, "near": near, "far": far}


# %%
data = datasets.load("clothing-1k") if PROFILE == "quick" else datasets.load("clothing", side=96)
parts = to_known_and_strange(data)
{name: len(part) for name, part in parts.items()}  # pictures

# %% Who are the strangers? tags=["hide-input"]
skirts, t_shirts = (data.test.x[np.flatnonzero(data.test.y == label)] for label in (8, 9))
strangers = [*skirts[:2], *t_shirts[:3], *strange_pictures(96, each=25)[::25][:5]]
plotting.picture(
    plotting.gallery(strangers, ["near"] * 5 + ["far"] * 5),
    alt="Five skirts and T-shirts in people's homes, the near strangers, and five pieces of grey "
    "photographs, such as bricks, coins and grass, the far ones.",
)

# %% [markdown]
# The head is that of lesson 04, with rate 0.5 and eight outputs. It learns from 20 pictures of each
# kind, and goes back to the epoch with the lowest validation loss.


# %% tags=["experiment"]
def build_head(features_in, rate):
    return keras.Sequential(
        [
            keras.Input((features_in,)),
            layers.Dense(100, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(KNOWN),
        ]
    )


# %% tags=["experiment"]
def fit(head, train, validation, epochs, callbacks=()):
    """Adam at its own learning rate; back to the epoch with the lowest validation loss."""
    head.compile(
        optimizer=keras.optimizers.Adam(),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    with tempfile.TemporaryDirectory() as own_folder:
        best = Path(own_folder) / "best.weights.h5"
        keep_best = keras.callbacks.ModelCheckpoint(
            best, monitor="val_loss", save_best_only=True, save_weights_only=True
        )
        head.fit(
            train.x,
            train.y,
            validation_data=(validation.x, validation.y),
            batch_size=32,
            epochs=epochs,
            callbacks=[keep_best, *callbacks],
            verbose=0,
        )
        head.load_weights(best)


# %%
keras.utils.set_random_seed(LIVE_SEED)
train = datasets.subset(parts["train"], 20 * KNOWN, np.random.default_rng(LIVE_SEED))
head = build_head(train.x.shape[1], rate=0.5)
fit(head, train, parts["validation"], epochs=50, callbacks=[trials.epoch_bar()])

# %% [markdown]
# ## 2 Fifty answers to one question
#
# With `training=False` a head drops nothing and always gives the same answer. With `training=True`
# it drops units at inference as well: each pass draws other masks and gives another answer. To take
# the mean of such answers, and to look at how far they differ, is known as Monte Carlo dropout (Gal
# and Ghahramani, arXiv 1506.02142).


# %% tags=["experiment"]
def answers(head, x):
    """The probabilities that the head gives with dropout off: shape (n, classes)."""
    return keras.ops.convert_to_numpy(keras.ops.softmax(head(x, training=False)))


def masked_answers(head, x, passes):
    """The probabilities of each pass, all with masks of their own: shape (passes, n, classes)."""
    return np.stack(
        [
            keras.ops.convert_to_numpy(keras.ops.softmax(head(x, training=True)))
            for _ in range(passes)
        ]
    )


# %% [markdown]
# **Predict.** We ask about the first test picture of a kind that the head knows, about the first
# skirt or T-shirt, and about bricks. In which case will fifty answers lie furthest apart?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
asked = np.stack([parts["test"].x[0], parts["near"][0], parts["far"][0]])
keras.utils.set_random_seed(LIVE_SEED)  # the same masks whenever this cell is run again
fifty, plain = masked_answers(head, asked, passes=50), answers(head, asked)

# %% [markdown]
# The next figure has the three pictures, and beside each the probability that its fifty answers
# give to each kind of clothes. How far do they lie apart?

# %% How far do fifty answers lie apart? tags=["first-comparison", "hide-input"]
is_known = data.test.y < KNOWN
pictures = [
    data.test.x[np.flatnonzero(is_known)[0]],
    data.test.x[np.flatnonzero(~is_known)[0]],
    strange_pictures(96, each=25)[0],
]
names = [f"known: {data.class_names[parts['test'].y[0]]}", "near stranger", "far stranger"]
_, axes = plt.subplots(3, 2, figsize=(plotting.WIDTH, 5.8), width_ratios=[1, 4])
masks, off = plotting.ROLES["dropout"], plotting.ROLES["plain"]
kinds = np.arange(KNOWN)
places = kinds + np.linspace(-0.2, 0.2, 50)[:, None]
for row, name, seen, drawn, once in zip(
    axes, names, pictures, fifty.swapaxes(0, 1), plain, strict=True
):
    row[0].imshow(seen)
    row[0].set_axis_off()
    row[1].plot(places, drawn, masks.marker, color=masks.colour, markersize=3, alpha=0.5)
    row[1].plot(kinds, once, off.marker, color=off.colour, markersize=9, fillstyle="none")
    row[1].set_title(name, loc="left")
    row[1].set_ylim(-0.03, 1.03)
    row[1].set_xticks(kinds, [])
axes[1, 1].set_ylabel("probability (0 to 1)")
axes[2, 1].set_xticks(kinds, data.class_names[:KNOWN], rotation=30)
axes[0, 0].figure.suptitle(
    "Squares: 50 answers, dropout left on. Circles: the answer with dropout off.", fontsize=10
)
plotting.picture(
    axes,
    alt="Three pictures, eight classes each: the probabilities of the fifty answers are scattered "
    "around the one with dropout off, most widely where that is neither near 0 nor near 1.",
)

# %% [markdown]
# The fifty answers are scattered around the one with dropout off. How widely depends less on who is
# asked about than on that answer: where every mask is sure, and where every mask is at a loss, they
# agree.
#
# ## 3 Three measures of doubt
#
# From several answers to one question three measures can be worked out, all from the same numbers:
#
# - **1 - maximum**: what the mean of the answers leaves to all classes but the one it is for. With
#   one answer alone this is the usual measure (Hendrycks and Gimpel, arXiv 1610.02136).
# - the **entropy** of the mean, -Σ p ln p over the classes: 0 for one sure answer, ln 8 when all
#   eight are equally likely. Its unit is the nat, as that of the loss, since both take the natural
#   logarithm (lesson 01).
# - the **mutual information**, in nats too: that entropy minus the mean entropy of the single
#   answers. Take two masks that are each sure, but of different kinds, and two that both waver
#   between these kinds. The mean is the same and so is its entropy, but only the first two have
#   mutual information: it measures how far the answers contradict each other. It is the one measure
#   that a single answer cannot give.


# %% tags=["experiment"]
def entropy(probabilities):
    """In nats, along the last axis; 0 for one sure answer."""
    return -(probabilities * np.log(probabilities + 1e-12)).sum(axis=-1)


def doubts(drawn):
    """Three measures of doubt from several answers, shape (answers, n, classes)."""
    mean = drawn.mean(axis=0)
    return {
        "1 - maximum": 1 - mean.max(axis=-1),
        "entropy": entropy(mean),
        "mutual information": entropy(mean) - entropy(drawn).mean(axis=0),
    }


# %% [markdown]
# **Predict.** Which of them will tell strangers from known clothes best?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
groups = {"known": parts["test"].x, "near": parts["near"], "far": parts["far"]}
masked = {name: doubts(masked_answers(head, x, passes=50)) for name, x in groups.items()}

# %% [markdown]
# Which measure sets strangers apart? The line in each panel is the median: half of the pictures
# have more doubt, half less.

# %% Which measure sets strangers apart? tags=["hide-input"]
_, axes = plt.subplots(3, 2, figsize=(plotting.WIDTH, 4.6), sharex="col", sharey="col")
for column, doubt in zip(axes.T, ["entropy", "mutual information"], strict=True):
    bins = np.linspace(0, max(found[doubt].max() for found in masked.values()), 25)
    for ax, (name, found) in zip(column, masked.items(), strict=True):
        values = found[doubt]
        shares = np.full(len(values), 1 / len(values))
        ax.hist(values, bins, weights=shares, color=plotting.ROLES["neutral"].colour, alpha=0.6)
        ax.axvline(np.median(values), color="black", linewidth=2)
        ax.set_title(f"{name}, {len(values)} pictures", loc="left")
    column[-1].set_xlabel(f"{doubt} of the masks (nats)")
axes[1, 0].set_ylabel("share of the pictures (0 to 1)")
plotting.picture(
    axes,
    alt="Histograms of entropy and mutual information for known, near and far pictures: far "
    "strangers have more entropy than known pictures, and less mutual information; near strangers "
    "resemble the known.",
)

# %% [markdown]
# Entropy tells most far strangers: the head is unsure about them. The near ones look more like the
# known. Mutual information goes the other way: about bricks and grass the masks disagree *less*
# than about clothes. They are unsure, all in the same way, and that counts as agreement.
#
# ## 4 What is a doubt good for?
#
# That masks differ is no use in itself. Three uses can be measured.
#
# **Are probabilities to be taken at their word?** A head is *calibrated* if, of the answers that it
# gives with a probability of about 0.8, about eight in ten are right. The *expected calibration
# error* (Guo and others, arXiv 1706.04599) puts the answers into 15 bins by their probability, and
# takes the mean distance between probability and share of right answers.


# %% tags=["experiment", "doubts"]
def calibration_error(probabilities, labels, bins=15):
    """Expected calibration error: how far confidence and share of right answers lie apart."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    numbers = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(numbers, right - confidence)
    return np.abs(gaps).sum() / len(labels)


# %% [markdown]
# **Can doubtful cases be handed on?** Say a person looks at the fifth with the most doubt. What
# share of the rest is right? And **are strangers told**? The *area* is the probability that a
# stranger gets more doubt than a picture of a known kind (the area under the receiver operating
# characteristic): 1 is a perfect alarm, 0.5 a coin, and below that known pictures get more doubt.


# %% tags=["experiment"]
def share_right_of_surest(right, doubt, coverage=0.8):
    """The share of right answers when those with the most doubt are handed on."""
    return right[np.argsort(doubt, kind="stable")[: round(coverage * len(right))]].mean()


def area(doubt, other_doubt):
    """The probability that one of the others gets more doubt (area under the ROC)."""
    is_other = np.repeat([0, 1], [len(doubt), len(other_doubt)])
    return roc_auc_score(is_other, np.concatenate([doubt, other_doubt]))


# %% [markdown]
# The rivals: the same head with dropout off; a head trained without dropout; and **five heads**
# trained without dropout, from five starts, whose answers are averaged and compared just as those
# of the masks are (Lakshminarayanan and others, arXiv 1612.01474). Five heads cost five trainings;
# here they are trained side by side, as in lesson 04.


# %% tags=["experiment"]
def train_and_ask(data, seed, who):
    """Train; return a function from features to answers, shape (answers, n, classes)."""
    keras.utils.set_random_seed(seed)
    train = datasets.subset(data["train"], 20 * KNOWN, np.random.default_rng(seed))
    if who == "five heads":
        seeds = [1000 * seed + number for number in range(5)]
        five, _ = heads.train(
            train,
            data["validation"],
            seeds,
            units=100,
            rate=0.0,
            learning_rate=1e-3,
            epochs=50,
            classes=KNOWN,
        )
        return lambda x: answers(five, x).swapaxes(0, 1)
    head = build_head(train.x.shape[1], 0.0 if who == "head without dropout" else 0.5)
    fit(head, train, data["validation"], epochs=50)
    if who == "masks":
        return lambda x: masked_answers(head, x, passes=50)
    return lambda x: answers(head, x)[None]


# %% tags=["experiment", "doubts"]
def measure_doubts(data, seed, who, doubt):
    """How often the answers are right, and what the doubt about them is worth."""
    ask = train_and_ask(data, seed, who)
    test = data["test"]
    drawn = ask(test.x)
    mean = drawn.mean(axis=0)
    right = mean.argmax(axis=1) == test.y
    own = doubts(drawn)[doubt]
    near, far = (doubts(ask(data[kind]))[doubt] for kind in ("near", "far"))
    return {
        "test_accuracy": right.mean(),
        "test_right": right,
        "groups": test.groups,
        "test_loss": -np.log(mean[np.arange(len(test)), test.y]).mean(),
        "calibration_error": calibration_error(mean, test.y),
        "right_of_surest": share_right_of_surest(right, own),
        "wrong_area": area(own[right], own[~right]),
        "near_area": area(own, near),
        "far_area": area(own, far),
    }


# %% [markdown]
# **Predict.** Fifty masks of one head, or five heads without dropout: which will be more often
# right, and whose doubt is worth more?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
ask_five = train_and_ask(parts, LIVE_SEED, "five heads")
answered = {
    "dropout off": answers(head, parts["test"].x)[None],
    "masks": masked_answers(head, parts["test"].x, passes=50),
    "five heads": ask_five(parts["test"].x),
}

# %% [markdown]
# What share is right among the answers that are kept, when those with the most doubt are handed on?
# Here the doubt is 1 - maximum.

# %% What share of the answers that are kept is right? tags=["hide-input"]
coverages = np.arange(3, 11) / 10
shares = {}
for who, drawn in answered.items():
    right = drawn.mean(axis=0).argmax(axis=1) == parts["test"].y
    doubt = doubts(drawn)["1 - maximum"]
    shares[who] = [share_right_of_surest(right, doubt, coverage) for coverage in coverages]
ax = plotting.lines(
    pd.DataFrame(shares, index=coverages),
    ["plain", "dropout", "both"],
    "share of the pictures kept, those with the least doubt",
    "share right of those kept (0 to 1)",
)
ax.set_ylim(0, 1)
for place, name in zip([-0.07, 0, 0.07], ax.texts, strict=True):  # from the lowest curve up
    name.set_y(ax.lines[0].get_ydata()[-1] + place)
plotting.picture(
    ax,
    alt="Three falling curves: the more pictures are kept, the smaller the share that is right; "
    "dropout off and masks lie on each other, five heads mostly a little higher.",
)

# %% [markdown]
# To the right all pictures are kept: that is the accuracy. Further to the left more of the doubtful
# ones are handed on. Your three trainings are one seed; here is the record, in which each seed has
# its own training pictures.


# %% tags=["experiment", "doubts"]
doubt_trials = trials.Experiment(
    name="doubts",
    data="clothing-1k",
    prepare=to_known_and_strange,
    measure=measure_doubts,
    conditions=[
        {"who": "head without dropout", "doubt": "1 - maximum"},
        {"who": "dropout off", "doubt": "1 - maximum"},
        {"who": "dropout off", "doubt": "entropy"},
        {"who": "masks", "doubt": "1 - maximum"},
        {"who": "masks", "doubt": "entropy"},
        {"who": "masks", "doubt": "mutual information"},
        {"who": "five heads", "doubt": "1 - maximum"},
        {"who": "five heads", "doubt": "entropy"},
        {"who": "five heads", "doubt": "mutual information"},
    ],
    seeds=range(10),
)


# %% What is each doubt worth, on average over ten seeds? tags=["hide-input"]
recorded = doubt_trials.recorded()
measures = {
    "test_accuracy": "accuracy",
    "calibration_error": "calibration error",
    "right_of_surest": "right, a fifth handed on",
    "wrong_area": "area, wrong answers",
    "near_area": "area, near",
    "far_area": "area, far",
}
recorded.groupby(["who", "doubt"], sort=False)[list(measures)].mean().round(3).rename(
    columns=measures
)

# %% [markdown]
# Read it row by row:
#
# - *Masks against dropout off*, the same heads: nearly the same in every column but one. The
#   calibration error is smaller with masks on average, but it varies so much from seed to seed
#   that the claims at the end cannot tell this from chance.
# - *Mutual information*, the measure that only several answers can give, is the worst of the three
#   at everything: for wrong answers, for near strangers, and for far ones.
# - *Five heads* are more often right than any single one, also among the answers that are kept.
#   That is what averaging does when those who answer have learnt apart.
# - *Near strangers* are hardly told from known clothes by anybody. Doubt is about which of the
#   eight classes it is, not about whether it is any of them.
#
# Which doubt tells strangers better than the simplest, the maximum with dropout off? The next
# figure has the differences, paired by seed, with their 95 % intervals (lesson 01).


# %% Which doubt tells strangers better than the maximum? tags=["hide-input"]
def area_differences(measure):
    """Each doubt's area minus that of the maximum with dropout off, paired by seed."""
    return {
        f"{who}, {doubt}": statistics.paired_difference(
            recorded,
            measure,
            {"who": "dropout off", "doubt": "1 - maximum"},
            {"who": who, "doubt": doubt},
        )
        for who in ["masks", "five heads"]
        for doubt in ["1 - maximum", "entropy", "mutual information"]
    }


plotting.picture(
    plotting.differences(
        {
            "near strangers:\ndifference in area (better →)": area_differences("near_area"),
            "far strangers:\ndifference in area (better →)": area_differences("far_area"),
        }
    ),
    alt="Areas minus that of the maximum with dropout off: mutual information lies below zero for "
    "near and, by far, for far strangers, that of the masks and that of five heads; for far "
    "strangers the entropy of five heads lies highest.",
)

# %% [markdown]
# For far strangers entropy does better than the maximum, and needs no masks: the table has it for
# dropout off as well.
#
# ## 5 Why is mutual information no alarm here?
#
# Masks of one head share their weights, and may all err alike. But five heads share none, and their
# mutual information, the last row of the figure, is below the maximum too. What they have in common
# with the masks is the frozen base. The length of a picture's features (the root of the sum of
# their squares) says how much the base found in it:

# %%
{name: round(float(np.linalg.norm(x, axis=1).mean()), 1) for name, x in groups.items()}

# %% [markdown]
# In bricks and grass the base finds less of what it looks for. Shorter features make all units of a
# head answer more weakly, so it matters less which of them are dropped. If that is the cause, it
# can be taken away: we ask the same heads again, with the features of all pictures stretched or
# shrunk to one length.
#
# **Predict.** Will mutual information then tell far strangers? Will entropy tell them better or
# worse than before?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment", "lengths"]
def of_one_length(x, length):
    """The same features, each picture's stretched or shrunk to one length."""
    return x * length / np.linalg.norm(x, axis=1, keepdims=True)


def measure_lengths(data, seed, who, lengths):
    """The areas of strangers by entropy and by mutual information."""
    ask = train_and_ask(data, seed, who)
    asked = {"known": data["test"].x, "near": data["near"], "far": data["far"]}
    if lengths == "all the same":
        length = np.linalg.norm(data["train"].x, axis=1).mean()
        asked = {name: of_one_length(x, length) for name, x in asked.items()}
    found = {name: doubts(ask(x)) for name, x in asked.items()}
    return {
        f"{kind}_{doubt.split()[-1]}": area(found["known"][doubt], found[kind][doubt])
        for kind in ("near", "far")
        for doubt in ("entropy", "mutual information")
    }


# %% tags=["experiment", "lengths"]
length_trials = trials.Experiment(
    name="lengths",
    data="clothing-1k",
    prepare=to_known_and_strange,
    measure=measure_lengths,
    conditions=[
        {"who": who, "lengths": lengths}
        for who in ("masks", "five heads")
        for lengths in ("as they are", "all the same")
    ],
    seeds=range(10),
)

# %% [markdown]
# How well are far strangers told, before and after? At the line, 0.5, a doubt is no better than a
# coin.

# %% Are far strangers told when all features have one length? tags=["hide-input"]
asked_again = length_trials.recorded()
_, axes = plt.subplots(1, 2, figsize=(plotting.WIDTH, 3.6), sharey=True)
for ax, doubt in zip(axes, ["information", "entropy"], strict=True):
    groups_of_seeds = {
        f"{who},\n{shown}": statistics.select(asked_again, {"who": who, "lengths": lengths})[
            f"far_{doubt}"
        ]
        for who in ("masks", "five heads")
        for lengths, shown in {"as they are": "as they\nare", "all the same": "one\nlength"}.items()
    }
    roles = ["dropout", "dropout", "both", "both"]
    plotting.seed_dots(groups_of_seeds, "area, far strangers", roles, ax=ax)
    ax.axhline(0.5, color="black", linewidth=1)
    ax.set_title(doubt.replace("information", "mutual information"), loc="left")
axes[1].set_ylabel("")
plotting.picture(
    axes,
    alt="Area of far strangers over ten seeds: mutual information is near or below a coin with the "
    "features as they are and far above it with features of one length, for masks and for five "
    "heads; entropy is lower with one length than before.",
)

# %% [markdown]
# Mutual information is an alarm now, for the masks as for the five heads: about bricks and grass
# they do contradict each other, once the features are as long as those of clothes. So it was the
# short features that kept the masks quiet. Entropy loses, since much of it came from them. In all
# nothing is won: with the features as they are, the entropy of one answer with dropout off tells
# far strangers as well. (This experiment was thought of after the others, and no claim was made
# about it.)
#
# ## What others found
#
# - Gal and Ghahramani (arXiv 1506.02142) found the mean of the masks better than dropout off, in
#   nets of 50 units for regression that dropped a few units only: on house prices the error was
#   2.97, and 3.07 without dropout. In our heads, with rate 0.5, the mean is no better. They also
#   turned a handwritten 1 until their net, with dropout before its last layer alone, took it for a
#   5 and then a 7; in between the masks scattered over the whole range. So do ours where the head
#   wavers.
# - Lakshminarayanan and others (arXiv 1612.01474) trained nets of three layers on digits and showed
#   them letters. Nets that learnt apart were more often right than masks and had more entropy about
#   letters: so it is with our heads and far strangers. But their nets also disagreed more about
#   pictures that look less like digits, and ours do not.
# - Ovadia and others (arXiv 1906.02530) changed pictures, texts and advertisements. Ensembles did
#   best by most measures, and five nets may be enough. Masks in the last layer showed less doubt
#   about strangers than masks in the whole net. Ours are in the last layers only.
# - Mutual information seems to tell pictures that were altered to deceive a net (Smith and Gal,
#   arXiv 1803.08533), but does worse than entropy at telling strangers (Raina, arXiv 2502.15648,
#   Bayesian nets of another kind). Our trials agree with the second.
#
# Why do our five heads not disagree most about far strangers, as nets that learnt apart did there?
# Those learnt in all layers. Our base is frozen and gives far strangers short features, and part 5
# shows that this decides. Whether masks in a base that learns with them would tell strangers
# better, as Ovadia and others lead us to expect, stays open: no trial here has such a base.
#
# ## What would change our mind
#
# - Dropout in a whole net instead of its head: masks in all layers can disagree about more.
# - A higher rate, or heads trained on longer, beyond the lowest validation loss.
# - Temperature scaling (Guo and others, arXiv 1706.04599): all logits are divided by one number
#   that is fitted on validation pictures. It costs no masks and is the next rival to ask, though
#   Ovadia and others found that it helps less, the more the data change.
# - Other strangers. Eight photographs and two kinds of clothes are few.
#
# ## Key points
#
# - Dropout left on gives answers whose mean is no more often right than the one answer with dropout
#   off, and whose probabilities are not clearly better calibrated.
# - Mutual information is small where all masks are unsure alike. It was smaller for pictures
#   without clothes than for clothes, because the frozen base gives them short features. With
#   features of one length it told them, but no better than entropy, which needs no masks, had done
#   before.
# - Masks that agree say that the head is sure, not that it is right: mutual information tells wrong
#   answers less well than the maximum does.
# - Five heads that learnt apart were more often right, among the answers that are kept as well,
#   and told far strangers better. They cost five trainings.
# - Ask of a doubt what it is for, and compare it with the maximum that the plain head gives for
#   nothing.
#
# ## What the evidence says
#
# Eight kinds of clothes, 20 photographs a class. The claims were written down before the trials
# were recorded, and are judged together by Holm's method (lesson 01). *Supported* and *refuted*
# say that the interval lies on the claimed side of 0, or on the other; *not distinguishable*, that
# chance could explain the difference. An accuracy is claimed for clothes that new people send, all
# other measures for these test pictures. All claims of the lesson stand on the site's page of
# claims.

# %% What do the claims say? tags=["hide-input"]
claims.Ledger("05_uncertainty")

# %% [markdown]
# ## References
#
# - Y. Gal, Z. Ghahramani (2016). Dropout as a Bayesian approximation: representing model
#   uncertainty in deep learning. [arXiv:1506.02142](https://arxiv.org/abs/1506.02142)
# - B. Lakshminarayanan, A. Pritzel, C. Blundell (2016). Simple and scalable predictive
#   uncertainty estimation using deep ensembles.
#   [arXiv:1612.01474](https://arxiv.org/abs/1612.01474)
# - Y. Ovadia and others (2019). Can you trust your model's uncertainty? Evaluating predictive
#   uncertainty under dataset shift. [arXiv:1906.02530](https://arxiv.org/abs/1906.02530)
# - L. Smith, Y. Gal (2018). Understanding measures of uncertainty for adversarial example
#   detection. [arXiv:1803.08533](https://arxiv.org/abs/1803.08533)
# - K. Raina (2025). Logit disagreement: OoD detection with Bayesian neural networks.
#   [arXiv:2502.15648](https://arxiv.org/abs/2502.15648)
# - D. Hendrycks, K. Gimpel (2016). A baseline for detecting misclassified and
#   out-of-distribution examples in neural networks.
#   [arXiv:1610.02136](https://arxiv.org/abs/1610.02136)
# - C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017). On calibration of modern neural networks.
#   [arXiv:1706.04599](https://arxiv.org/abs/1706.04599)
