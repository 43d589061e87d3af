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
# # 02 Dropout in a convolutional net
#
# **Question.** Where in a convolutional net does dropout belong?
#
# **After this lesson you can**
#
# - work out the shapes and parameter counts of a convolutional net, layer by layer;
# - place dropout behind convolutions, before and behind a dense layer, and say from recorded
#   trials where it pays, with right labels and with wrong ones;
# - explain what `SpatialDropout2D` and DropBlock drop and `Dropout` does not;
# - compare dropout with data augmentation over seeds, at equal budget;
# - save a net, load it, and check what was kept.
#
# **Time.** About a minute of computing on two cores, some 35 minutes of reading, and the time for
# your own predictions. Nothing is downloaded.
#
# In most parts you first write down a prediction, then run, look and explain.

# %% Imports tags=["experiment", "hide-input"]
import contextlib
import io
import sys
import tempfile
import textwrap
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from course_utils import claims, datasets, plotting, rivals, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" trains on CIFAR-10, which takes hours

# %% [markdown]
# `LIVE_SEED` makes this run your own. Take any whole number from 100 to 999: the seeds below
# 100 are those of the recorded runs that you will be compared with, and those from 1000 on
# are kept for checking the record.

# %%
LIVE_SEED = 100
plotting.use_course_style()

# %% [markdown]
# ## 1 A thousand pictures of clothes
#
# Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv 1708.07747) shows clothes as a shop shows them:
# grey, in the middle of 28 x 28 pixels, ten classes. The publisher gives it away under the MIT
# licence, so a part of it comes with the course: 3,000 pictures to train on, 1,000 for
# validation, and 2,000 of the publisher's own test set, each class as often as the others.

# %%
clothes = datasets.load("fashion-mnist-6k")
first_of_each = [np.argmax(clothes.train.y == label) for label in range(10)]
print({part: getattr(clothes, part).x.shape for part in ["train", "validation", "test"]})

# %% What do the ten classes look like? tags=["hide-input"]
plotting.picture(
    plotting.gallery(clothes.train.x[first_of_each], clothes.class_names),
    alt="One picture of each of the ten classes: grey clothes, shoes and a bag, each in the middle "
    "of a small picture; the shoes point to the left.",
)

# %% [markdown]
# Each net below sees 1,000 of the 3,000, drawn by its own seed, so that seeds differ in their
# pictures, too. As in lesson 01 there are two cases: all labels right, and a share of them wrong,
# drawn at random from the other nine classes. Those of validation and test stay right.


# %% tags=["experiment"]
def draw_pictures(data, seed, size, wrong):
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, size, generator)
    labels, is_wrong = datasets.flip_labels(drawn.y, wrong, 10, generator)
    return drawn.x, labels, is_wrong


# %%
pictures, labels, is_wrong = draw_pictures(clothes, LIVE_SEED, size=1000, wrong=0.3)
print(f"{len(pictures)} pictures, {is_wrong.sum()} of them with a wrong label")

# %% [markdown]
# Eight of them; a thick frame marks a wrong label.

# %% Which labels are wrong? tags=["hide-input"]
names = [clothes.class_names[label] for label in labels[:8]]
plotting.picture(
    plotting.digits(pictures[:8], names, is_wrong[:8]),
    alt="Eight training pictures with their labels; those with a thick frame and a bold label "
    "carry a wrong one.",
)

# %% [markdown]
# ## 2 Shapes and parameters, layer by layer
#
# The net comes from an older teaching notebook that this lesson replaces ("the old notebook" from
# here on): three convolutions of 64, 128 and 256 filters of 3 x 3, each followed by 2 x 2 max
# pooling, then a dense layer of 512 units. It was made for CIFAR-10 (Krizhevsky 2009), 50,000
# training pictures in colour of 32 x 32 pixels; ours of 28 x 28 get a frame of zeros.


# %% tags=["experiment", "cnn-places"]
def as_inputs(pictures):
    """Grey values from 0-255 to 0-1; 28 x 28 pixels framed to 32 x 32, with a channel."""
    if pictures.ndim == 3:
        pictures = np.pad(pictures, ((0, 0), (2, 2), (2, 2)))[..., None]
    return pictures / np.float32(255)


# %% [markdown]
# The dropout rates are arguments: one behind each convolution and its pooling, one before and one
# behind the dense layer. With rate 0 a dropout layer does nothing. `drop` is for part 4.


# %% tags=["experiment", "cnn-places"]
def build_cnn(
    shape, conv=0.0, before_dense=0.0, after_dense=0.0, drop=layers.Dropout, augmented=False
):
    return keras.Sequential(
        [
            keras.Input(shape),
            *(augmentation_layers() if augmented else []),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            drop(conv),
            layers.Conv2D(128, 3, activation="relu"),
            layers.MaxPooling2D(),
            drop(conv),
            layers.Conv2D(256, 3, activation="relu"),
            layers.MaxPooling2D(),
            drop(conv),
            layers.Flatten(),
            layers.Dropout(before_dense),
            layers.Dense(512, activation="relu"),
            layers.Dropout(after_dense),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% [markdown]
# `augmented` puts three layers in front that change the pictures at random in training (and do
# nothing at inference). Part 5 is about them.


# %% tags=["experiment", "cnn-places"]
def augmentation_layers():
    return [
        layers.RandomFlip("horizontal"),
        layers.RandomTranslation(0.1, 0.1),
        layers.RandomZoom(0.1),
    ]


# %% [markdown]
# **Predict.** For each convolution, pooling and dense layer: what shape comes out, and how
# many parameters does it have? A 3 x 3 convolution without padding loses one pixel at each
# edge; pooling halves the side, rounded down; each filter has one weight for each of its
# 3 x 3 x (channels in) inputs, each dense unit one for each input, and both have a bias. The old
# net has rate 0.2 behind each pooling and 0.5 before the dense layer: which share of what leaves
# the last pooling gets to the dense layer in training?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
old_net = build_cnn((32, 32, 1), conv=0.2, before_dense=0.5)
old_net.summary()

# %% [markdown]
# For instance, 64 channels come into the second convolution, so it has (3 x 3 x 64 + 1) x 128
# parameters; `Flatten` lays out 2 x 2 x 256 values, so the dense layer has (1,024 + 1) x 512. That
# is more than half of all parameters. Dropout layers have none and change no shape. `Flatten` drops
# nothing, so two dropout layers stand one behind the other there, and 0.8 x 0.5 of the values get
# through: the last place behind a convolution *is* the one before the dense layer.

# %% [markdown]
# ## 3 Two nets, trained
#
# We train the net twice on the pictures above, 300 labels wrong: without dropout, and with that
# of the old notebook.
#
# The old notebook trained with RMSprop at a learning rate of 0.0002 (`PROFILE = "full"` keeps it).
# Our 20 epochs on 1,000 pictures are 320 steps, few for so small a rate, so the default here is
# Adam, as Keras sets it. The loss is the cross-entropy of lesson 01: the mean of −log of the
# probability that a net gives to the label, in nats (units of the natural logarithm).


# %% tags=["experiment", "cnn-places"]
def train_cnn(pictures, labels, seed, where, optimizer="adam", **options):
    keras.utils.set_random_seed(seed)
    inputs = as_inputs(pictures)
    model = build_cnn(inputs.shape[1:], **where)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(inputs, labels, batch_size=64, epochs=20, verbose=0, **options)
    return model, pd.DataFrame(history.history)


# %% tags=["experiment", "cnn-places"]
def score_cnn(model, pictures, labels, data):
    """Losses and accuracies with dropout off, and which test pictures the net gets right."""
    parts = {
        "train": (pictures, labels),
        "validation": (data.validation.x, data.validation.y),
        "test": (data.test.x, data.test.y),
    }
    scores = {}
    for part, (x, y) in parts.items():
        loss, accuracy = model.evaluate(as_inputs(x), y, verbose=0)
        scores |= {f"{part}_loss": loss, f"{part}_accuracy": accuracy}
    answers = model.predict(as_inputs(data.test.x), verbose=0).argmax(axis=1)
    scores["gap"] = scores["train_accuracy"] - scores["test_accuracy"]
    return scores | {"test_right": answers == data.test.y}


# %% [markdown]
# **Predict.** After 20 epochs, for either net: the accuracy on the training pictures, labels as
# given, with dropout off; the accuracy on test pictures; and which share of the 300 wrong labels
# the net has learnt by heart.

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
data, optimizer = clothes, "adam"
if PROFILE == "full":
    data = datasets.load("cifar10")
    optimizer = {"class_name": "RMSprop", "config": {"learning_rate": 2e-4}}
    pictures, labels, is_wrong = draw_pictures(data, LIVE_SEED, len(data.train), wrong=0.3)
held_out = as_inputs(data.validation.x[:250]), data.validation.y[:250]
trained = {}
for role, where in {"plain": {}, "dropout": {"conv": 0.2, "before_dense": 0.5}}.items():
    options = {"validation_data": held_out, "callbacks": [trials.epoch_bar()]}
    trained[role] = train_cnn(pictures, labels, LIVE_SEED, where, optimizer, **options)

# %% tags=["first-comparison"]
scores = {role: score_cnn(model, pictures, labels, data) for role, (model, _) in trained.items()}
table = pd.DataFrame(scores).drop("test_right").astype(float)
table.loc["fit_accuracy"] = {role: h["accuracy"].iloc[-1] for role, (_, h) in trained.items()}
for role, (model, _) in trained.items():
    answers = model.predict(as_inputs(pictures[is_wrong]), verbose=0).argmax(axis=1)
    table.loc["wrong labels learnt by heart", role] = np.mean(answers == labels[is_wrong])
table.loc["as many by mere mistakes"] = (1 - table.loc["test_accuracy"]) / 9
table.drop(["train_loss", "validation_loss", "gap"]).round(3)

# %% [markdown]
# (`fit_accuracy`: in the last epoch, with dropout on. The last row: by mistake, a net may give a
# wrong label that it has not learnt, too.) How did the two get there, epoch by epoch? To save time
# the curves see 250 of the validation pictures; the table has seen all.

# %% How do the two nets learn? tags=["hide-input"]
plotting.picture(
    plotting.learning_curves({role: history for role, (_, history) in trained.items()}),
    alt="Without dropout the accuracy during fit climbs far above that on validation pictures, and "
    "the validation loss rises again; with dropout the accuracy during fit stays below that on "
    "validation pictures, and the validation loss goes on falling or stays low.",
)

# %% [markdown]
# The net without dropout has learnt a large share of the wrong labels by heart, the one with
# dropout few of them, and it gets more test pictures right. With dropout the training accuracy lies
# *below* the test accuracy. It is counted against labels of which 300 are wrong: a net that had
# learnt all that is true and nothing that is false would get 700 of its 1,000 training labels
# "right".
#
# Single epochs jump, above all on the dashed curve of the net without dropout. How good was that
# net at its best epoch, and how good at its last?

# %%
curves = pd.DataFrame({role: history["val_accuracy"] for role, (_, history) in trained.items()})
pd.DataFrame(
    {
        "best epoch": curves.idxmax() + 1,
        "validation accuracy there": curves.max(),
        "and at the end": curves.iloc[-1],
    }
).round(3)

# %% [markdown]
# A good part of dropout's lead is that the other net trained too long. Early stopping, the rival in
# lesson 01, would keep the best epoch (which flatters a little, being chosen on the pictures that
# it is counted on). Below all nets train for 20 epochs, so each gain is one *at equal epochs*; how
# much of it early stopping would give as well, no trial of this lesson tells.

# %% [markdown]
# ### What would something cheap have reached?
#
# Whether a net does well can only be told beside something cheap. As in lesson 01, the first rival
# sees of a picture nine numbers (mean, spread, skewness, kurtosis, five quantiles of its grey
# values), the others all pixels. Logistic regression is held back more than scikit-learn does by
# default (C = 0.1), which did better on validation where labels were wrong.


# %% tags=["experiment", "fashion-rivals"]
def as_pixels(pictures):
    return pictures.reshape(len(pictures), -1) / 255


def build_rival(name, seed):
    forest = RandomForestClassifier(300, random_state=seed)
    representation, classifier = {
        "forest on a few numbers": (rivals.few_numbers, forest),
        "forest on pixels": (as_pixels, forest),
        "nearest neighbour": (as_pixels, KNeighborsClassifier(n_neighbors=1)),
        "logistic regression": (as_pixels, LogisticRegression(C=0.1, max_iter=1000)),
    }[name]
    return make_pipeline(FunctionTransformer(representation), classifier)


# %% [markdown]
# **Predict.** On digits the nine numbers told little: will they tell more of clothes? And which
# rivals, trained on the 1,000 pictures of part 1, 300 with a wrong label, get more test pictures
# right than your two nets?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
given, given_labels, _ = draw_pictures(clothes, LIVE_SEED, size=1000, wrong=0.3)
rows = {}
for name in [
    "forest on a few numbers",
    "nearest neighbour",
    "logistic regression",
    "forest on pixels",
]:
    rival = build_rival(name, LIVE_SEED).fit(given, given_labels)
    rows[name] = {
        "training pictures, labels as given": rival.score(given, given_labels),
        "validation": rival.score(clothes.validation.x, clothes.validation.y),
        "test": rival.score(clothes.test.x, clothes.test.y),
    }
pd.DataFrame(rows).T.round(3)

# %% [markdown]
# The nearest neighbour has every training picture by heart, and repeats its wrong labels. A forest
# has them by heart as well, but the votes of 300 trees, each grown on another sample of the
# pictures, average the wrong labels out. So to learn by heart need not harm, if it is averaged.
#
# One run is not evidence. The rivals were recorded over the ten seeds of the nets in part 4, on the
# same pictures and labels.


# %% tags=["experiment", "fashion-rivals"]
def measure_rival(data, seed, rival, wrong):
    pictures, labels, _ = draw_pictures(data, seed, 1000, wrong)
    model = build_rival(rival, seed).fit(pictures, labels)
    test_right = model.predict(data.test.x) == data.test.y
    return {
        "train_accuracy": model.score(pictures, labels),
        "validation_accuracy": model.score(data.validation.x, data.validation.y),
        "test_accuracy": test_right.mean(),
        "test_right": test_right,
    }


# %% tags=["experiment", "fashion-rivals"]
fashion_rivals = trials.Experiment(
    name="fashion-rivals",
    data="fashion-mnist-6k",
    measure=measure_rival,
    conditions=[
        {"rival": rival, "wrong": wrong}
        for rival in [
            "forest on a few numbers",
            "nearest neighbour",
            "logistic regression",
            "forest on pixels",
        ]
        for wrong in [0.0, 0.3]
    ],
    seeds=range(10),
)


# %% What do the rivals reach over seeds? tags=["hide-input"]
recorded_rivals = fashion_rivals.recorded()
recorded_rivals.pivot_table(
    index="rival", columns="wrong", values=["validation_accuracy", "test_accuracy"], sort=False
).round(3)

# %% [markdown]
# (`wrong` is the share of wrong labels.) On validation the forest on pixels is the best of them in
# both cases, so it is the rival that nets have to beat. The few numbers do much worse: clothes
# cannot be told by how grey a picture is.

# %% [markdown]
# ## 4 Where to put dropout
#
# The old notebook promised dropout "at every layer", and named a paper for it: Hinton and others,
# arXiv 1207.0580. That paper's net for CIFAR-10 has three convolutions with pooling as well, and
# then a locally connected layer (a convolution whose filters differ from place to place). It has
# dropout in this last hidden layer only, at rate 0.5: its error is 16.6 % without and 15.6 % with
# it. (By the paper's appendix the layer itself was added with the dropout, so a part of the gain
# may be the layer's.) So *where* is not settled by the paper: it is this lesson's own question.
#
# ### What is dropped: values, maps, blocks
#
# What one filter makes of a picture is a map. `Dropout` removes single values of it,
# `SpatialDropout2D` (Tompson and others, arXiv 1411.4280) whole maps. DropBlock (Ghiasi and others,
# arXiv 1810.12890) removes squares, here of 3 x 3 values, or the whole map where it is smaller.
# Keras has no such layer; this is one.


# %% tags=["experiment", "cnn-places"]
class DropBlock(layers.Layer):
    """Drops squares of each map (Ghiasi and others, arXiv 1810.12890)."""

    def __init__(self, rate, size=3):
        super().__init__()
        self.rate, self.size = rate, size
        self.masks = keras.random.SeedGenerator()

    def call(self, maps, training=False):
        if not training:
            return maps
        pictures, (side, _, channels) = keras.ops.shape(maps)[0], maps.shape[1:]
        size = min(self.size, side)
        places = side - size + 1  # a square lies inside the map
        gamma = self.rate / size**2 * side**2 / places**2
        corners = keras.random.uniform((pictures, places, places, channels), seed=self.masks)
        corners = keras.ops.cast(corners < gamma, maps.dtype)
        around = (size - 1, size - 1)
        corners = keras.ops.pad(corners, ((0, 0), around, around, (0, 0)))
        kept = 1 - keras.ops.max_pool(corners, size, strides=1)
        return maps * kept / keras.ops.mean(kept)


# %% [markdown]
# Corners are drawn so often (`gamma`, as in the paper) that squares which do not overlap would
# drop a share of `rate`; since some do overlap, it is a little less. What is kept is scaled up
# by the share that was in fact kept.
#
# **Predict.** Six maps of one picture go through each layer, with rate 0.3 (and, since these maps
# are large, squares of 5 x 5). How many of the six does each layer damage, and how many are lost
# altogether? Behind which could you still draw all six?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
plain_net = trained["plain"][0]
picture = as_inputs(data.test.x[data.test.y == 9][:1])
first_maps = keras.Model(plain_net.inputs[0], plain_net.get_layer(index=0).output)(picture).numpy()
by_contrast = np.argsort(first_maps.std(axis=(0, 1, 2)))
six_maps = first_maps[..., by_contrast[-30::5]]  # of neighbours in this order many look alike
keras.utils.set_random_seed(LIVE_SEED)
dropped = {
    "Dropout": layers.Dropout(0.3)(six_maps, training=True),
    "Spatial-\nDropout2D": layers.SpatialDropout2D(0.3)(six_maps, training=True),
    "DropBlock": DropBlock(0.3, size=5)(six_maps, training=True),
}


# %% What is left of six maps? tags=["hide-input"]
largest = max(np.max(maps) for maps in [six_maps, *dropped.values()])


def as_grey(maps):
    """The maps of the one picture, all scaled by the largest value that any layer puts out."""
    maps = keras.ops.convert_to_numpy(maps)[0] / largest
    return list(np.moveaxis(maps, -1, 0))


plotting.picture(
    plotting.masked_images(
        {"inference": as_grey(six_maps)} | {name: as_grey(maps) for name, maps in dropped.items()},
        [f"map {number}" for number in range(1, 7)],
    ),
    alt="Six feature maps of one picture: Dropout makes fine holes in every map, through which its "
    "shape still shows; SpatialDropout2D removes some maps altogether and keeps the others whole; "
    "DropBlock cuts squares out of them.",
)

# %% [markdown]
# (White is zero, dropped or not; what is kept is darker than at inference, being scaled up.) Behind
# `Dropout` every map has holes, and each can still be drawn: neighbours in a map say much the same,
# so they tell the next layer what stood in the hole, as copies of a feature do that share the load
# (lesson 00). Behind the others they tell less, or nothing.
#
# ### The places
#
# Here is what was tried. "Old" is the old notebook's net; rates that are not named are 0. A place
# comes with its rate, 0.2 three times or 0.5 once, and several places are more dropout, too:
# "where" and "how much" are not told apart here.


# %% tags=["experiment", "cnn-places"]
PLACES = {
    "nowhere": {},
    "behind conv": {"conv": 0.2},
    "behind conv, maps": {"conv": 0.2, "drop": layers.SpatialDropout2D},
    "behind conv, blocks": {"conv": 0.2, "drop": DropBlock},
    "before dense": {"before_dense": 0.5},
    "behind dense": {"after_dense": 0.5},
    "old": {"conv": 0.2, "before_dense": 0.5},
    "everywhere": {"conv": 0.2, "before_dense": 0.5, "after_dense": 0.5},
    "augmentation": {"augmented": True},
    "augmentation, old": {"augmented": True, "conv": 0.2, "before_dense": 0.5},
}


# %% [markdown]
# Each was recorded over ten seeds, by the code above, with right labels; those without augmentation
# also with 300 wrong ones.
#
# **Predict.** Which place is best on test pictures when the labels are right, and which when they
# are wrong? Is any better than no dropout at all? Will squares or whole maps do better than single
# values? And will accuracy and loss agree?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment", "cnn-places"]
def measure_cnn(data, seed, place, wrong):
    pictures, labels, _ = draw_pictures(data, seed, 1000, wrong)
    model, _ = train_cnn(pictures, labels, seed, PLACES[place])
    return score_cnn(model, pictures, labels, data)


cnn_places = trials.Experiment(
    name="cnn-places",
    data="fashion-mnist-6k",
    measure=measure_cnn,
    conditions=[{"place": place, "wrong": 0.0} for place in PLACES]
    + [{"place": place, "wrong": 0.3} for place in PLACES if "augmentation" not in place],
    seeds=range(10),
)


# %% [markdown]
# The place is chosen on validation pictures; the test pictures then judge the choice.

# %% tags=["method"]
recorded = cnn_places.recorded()
without_augmentation = [place for place in PLACES if "augmentation" not in place]
means = recorded.pivot_table(
    index="place", columns="wrong", values="validation_accuracy", sort=False
).loc[without_augmentation]
print("chosen on validation:", means.idxmax().to_dict())
means.round(3)

# %% [markdown]
# Now the test pictures, 300 labels wrong: how far does dropout lift a net, and does it reach the
# best rival, which stands first? Each dot is one seed; the bar is the mean with its 95 % interval
# (where the mean over many more seeds would probably lie: lesson 01); the stars are the nets that
# you have trained.

# %% Which place is best with wrong labels? tags=["hide-input"]
wrong_rivals = statistics.select(recorded_rivals, {"rival": "forest on pixels", "wrong": 0.3})
groups = {"forest on pixels": wrong_rivals["test_accuracy"]} | {
    place: statistics.select(recorded, {"place": place, "wrong": 0.3})["test_accuracy"]
    for place in without_augmentation
}
live = {"nowhere": scores["plain"]["test_accuracy"], "old": scores["dropout"]["test_accuracy"]}
_, ax = plt.subplots(figsize=(plotting.WIDTH, 4))
plotting.picture(
    plotting.seed_dots(
        {textwrap.fill(name, 10): values for name, values in groups.items()},
        "test accuracy (0 to 1)",
        roles=["neutral", "plain"] + ["dropout"] * (len(groups) - 2),
        live=live if PROFILE == "quick" else None,  # the recorded nets saw clothes
        ax=ax,
    ),
    alt="With 300 labels wrong the net without dropout lies lowest, far below the forest on "
    "pixels; dropout lifts it wherever it stands, most where it stands in several places: up to "
    "the forest, and not above it.",
)

# %% [markdown]
# Without dropout the net does far worse than a forest that is grown in a second; dropout in several
# places brings it close to the forest. Now each place, and the forest, against the net without
# dropout, on the same pictures and labels, paired by seed. Where is the gain larger, and do
# accuracy and loss agree? (Each interval stands alone, here and below, and speaks of these test
# pictures; the ledger at the end judges all claims of this lesson together.)


# %% What does each place change in accuracy? tags=["hide-input"]
CASES = {"right labels": 0.0, "300 labels wrong": 0.3}
everyone = pd.concat([recorded, recorded_rivals.rename(columns={"rival": "place"})])


def paired(measure, wrong, without, place):
    """One place minus another, paired by seed; accuracies in percentage points."""
    sides = [{"place": side, "wrong": wrong} for side in (without, place)]
    difference = statistics.paired_difference(everyone, measure, *sides)
    return difference if "loss" in measure else difference.in_points()


def draw_pairs(pairs, *measures):
    """The second of each pair minus the first; right labels and wrong ones on one scale."""
    labels = {
        "test_accuracy": "test accuracy\n(percentage points; better →)",
        "test_loss": "test cross-entropy\n(nats; ← better)",
    }
    panels = {
        f"{case}: {labels[measure]}": {
            name: paired(measure, wrong, *sides) for name, sides in pairs.items()
        }
        for measure in measures
        for case, wrong in CASES.items()
    }
    size = (plotting.WIDTH, len(measures) * (1.2 + 0.32 * len(pairs)))
    axes = plt.subplots(len(measures), 2, figsize=size, sharex="row", sharey=True, squeeze=False)[1]
    return plotting.differences(panels, axes.ravel())


against_nowhere = {place: ("nowhere", place) for place in without_augmentation[1:]}
plotting.picture(
    draw_pairs(
        {"forest on pixels": ("nowhere", "forest on pixels"), **against_nowhere}, "test_accuracy"
    ),
    alt="With right labels all differences in accuracy are small, the forest's, too; the intervals "
    "before and behind the dense layer lie just above zero. With 300 labels wrong all lie far to "
    "the right of zero, furthest the forest, and of the nets the old one and dropout everywhere.",
)

# %% What does each place change in loss? tags=["hide-input"]
plotting.picture(
    draw_pairs(against_nowhere, "test_loss"),
    alt="The loss falls at every place, with right labels and, by more, with 300 labels wrong.",
)

# %% [markdown]
# The two cases of lesson 01 again. With right labels the differences in accuracy are small. Two
# intervals, before and behind the dense layer, leave zero out when each is taken by itself; neither
# holds when all claims of the lesson are judged together. With 300 wrong labels every place gains
# much. The places that validation chose have the highest means on the test pictures, too. The loss
# falls at every place in both cases: a net with dropout need not be right more often to be less
# sure of its mistakes.
#
# Which place is better than another? From "before dense" the old net differs by dropout behind the
# convolutions, and "everywhere" from the old net by that behind the dense layer. And are maps or
# blocks better than single values, behind the convolutions?

# %% Does one more place help, and do maps or blocks? tags=["hide-input"]
plotting.picture(
    draw_pairs(
        {
            "old − before dense": ("before dense", "old"),
            "everywhere − old": ("old", "everywhere"),
            "maps − values": ("behind conv", "behind conv, maps"),
            "blocks − values": ("behind conv", "behind conv, blocks"),
        },
        "test_accuracy",
        "test_loss",
    ),
    alt="With right labels the old net has a lower accuracy and a lower loss than the net with "
    "dropout before its dense layer alone; with 300 labels wrong it has the higher accuracy, and "
    "the losses cannot be told apart. All intervals of everywhere against the old net hold zero, "
    "and so do those of maps and of blocks against values, except that with right labels whole "
    "maps have the higher loss.",
)

# %% [markdown]
# With wrong labels the best single place, before the dense layer, gains accuracy by dropout behind
# the convolutions; in loss that cannot be told. With right labels it loses a little accuracy, and
# its loss falls a little. One place more, everywhere, changes nothing that could be told; nor do
# maps or blocks, but for the loss of whole maps with right labels, which is higher.
#
# One reading: each bit of dropout takes away some of what a net needs to learn single pictures by
# heart. So "where?" leads back to "when?". Where much of what could be learnt by heart is false,
# more dropout, in more than one place, paid here; where all labels are right, one place at the
# dense layer was enough for the accuracy.

# %% [markdown]
# ## 5 Data augmentation
#
# Another cure for too little data is to make more: flip, shift and zoom the training pictures
# at random. In Keras these are layers in front of the net, active in training only (they stand in
# part 2). Here is one picture, as it is and as five training steps would see it; what a shift
# leaves empty is filled with the picture's mirror image.

# %%
keras.utils.set_random_seed(LIVE_SEED)
augment = keras.Sequential(augmentation_layers())
boot = as_inputs(clothes.train.x[first_of_each[9]][None])
seen = [boot[0]] + [augment(boot, training=True)[0].numpy() for _ in range(5)]

# %% What do five training steps see? tags=["hide-input"]
plotting.picture(
    plotting.gallery(
        [picture[:, :, 0] for picture in seen],
        ["as it is", *(f"step {step}" for step in range(1, 6))],
        columns=6,
    ),
    alt="One ankle boot and five versions of it, flipped, shifted and zoomed a little, each "
    "different.",
)

# %% [markdown]
# **Predict.** With right labels, each with the same 20 epochs: augmentation alone, dropout alone
# (the old net), both together: which is best? Could a flip, a shift or a zoom do harm here?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% What do augmentation and dropout change? tags=["hide-input"]
names = ["old", "augmentation", "augmentation, old"]
axis_labels = {
    "test_accuracy": "test accuracy, against neither\n(percentage points; better →)",
    "test_loss": "test cross-entropy, against neither\n(nats; ← better)",
}
plotting.picture(
    plotting.differences(
        {
            label: {name: paired(measure, 0.0, "nowhere", name) for name in names}
            for measure, label in axis_labels.items()
        }
    ),
    alt="With right labels the old net's dropout lowers the loss and leaves the accuracy where it "
    "is; augmentation, alone and on top of dropout, lowers the accuracy, and the loss by less.",
)

# %% How wide is the gap of each? tags=["hide-input"]
statistics.select(recorded, {"wrong": 0.0}).pivot_table(
    index="place", values=["train_accuracy", "test_accuracy", "gap"], sort=False
).loc[["nowhere", *names]][["train_accuracy", "test_accuracy", "gap"]].round(3)

# %% [markdown]
# Dropout alone did best: it has the lowest loss, and loses no accuracy. Augmentation narrows the
# gap (training minus test accuracy) most, and costs accuracy: a narrow gap is not a better net. Two
# readings, which these trials do not tell apart. In Fashion-MNIST shoes point to the left and
# everything stands in the middle, so the net spends its effort on pictures that the test set hardly
# shows. Or it only needs longer, since after 20 epochs it gets far from all of its training
# pictures right. Which changes are safe depends on the pictures, as the survey of Shorten and
# Khoshgoftaar (2019) says: a flip leaves a cat a cat, and a turn makes a 6 a 9.

# %% [markdown]
# ## 6 Save and load
#
# A net, here the old one, can be kept, as a file in the format `.keras`.
#
# **Predict.** When it is loaded again, are its predictions the same? The state of its optimizer?
# And if training goes on: is it as if there had been no pause?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
own_folder = tempfile.TemporaryDirectory()  # removed when the kernel ends
folder = Path(own_folder.name)
path = folder / "old_net.keras"
model, history = trained["dropout"]
model.save(path)
loaded = keras.saving.load_model(path)
inputs = as_inputs(data.test.x[:100])
same_predictions = np.array_equal(
    model.predict(inputs, verbose=0), loaded.predict(inputs, verbose=0)
)
same_optimizer = all(
    np.array_equal(mine, theirs)
    for mine, theirs in zip(model.optimizer.variables, loaded.optimizer.variables, strict=True)
)
print(f"predictions equal: {same_predictions}; state of the optimizer equal: {same_optimizer}")

# %% [markdown]
# One thing is not in the file: how far the random numbers of the dropout layers had got ([Keras
# issue 19796](https://github.com/keras-team/keras/issues/19796), closed as stale). Each layer that
# drops counts the masks that it has drawn, one a step.


# %%
def masks_drawn(net):
    generators = [getattr(layer, "seed_generator", None) for layer in net.layers]
    return [int(generator.state[1]) for generator in generators if generator]


print(f"masks drawn when saved: {masks_drawn(model)}; when loaded: {masks_drawn(loaded)}")

# %% [markdown]
# The loaded net begins anew, with another seed as well. If it goes on training it meets other
# masks, and its next losses need not be those that the net would have had without the pause.

# %% [markdown]
# On Colab a file is gone when the session ends, so there it is offered for download.

# %%
if "google.colab" in sys.modules:
    from google.colab import files

    files.download(str(path))

# %% [markdown]
# ## 7 If you meet older code
#
# Many an old spelling no longer runs. Each row tries one, shows what Keras says, and tries the new.

# %%
spellings = {
    "keras.optimizers.RMSprop(lr=2e-4)": "keras.optimizers.RMSprop(learning_rate=2e-4)",
    "history['acc']": "history['accuracy']",
    "from keras.layers.core import Dropout": "from keras.layers import Dropout",
    "from keras.utils import np_utils": "from keras.utils import to_categorical",
    "from keras.preprocessing.image import ImageDataGenerator": (
        "from keras.layers import RandomFlip"
    ),
    "model.save('net.h5')": "model.save('net.keras')",
}


# %% What does Keras say to old and new spellings? tags=["hide-input"]
def try_spelling(code):
    try:
        with contextlib.chdir(folder), contextlib.redirect_stderr(io.StringIO()):
            exec(code, globals())
    except Exception as error:
        return f"{type(error).__name__}: {str(error).split(' (')[0]}"
    return "runs"


pd.set_option("display.max_colwidth", None)
pd.DataFrame(
    [
        {
            "old": old,
            "what Keras says": try_spelling(old),
            "new": new,
            "then": try_spelling(new),
        }
        for old, new in spellings.items()
    ]
).set_index("old")

# %% [markdown]
# The last old spelling still runs: `.h5` is a legacy format that Keras can write, and does not
# recommend. Labels need no `to_categorical` where the loss is the sparse cross-entropy.

# %% [markdown]
# ## What others found
#
# **Where.** Srivastava and others (2014) tried dropout in the dense layers only and in all layers;
# errors on test pictures:
#
# | pictures | without | dense layers | all layers |
# |---|---|---|---|
# | SVHN (house numbers) | 3.95 % | 3.02 % | 2.55 % |
# | CIFAR-10 | 15.60 % | 14.32 % | 12.61 % |
#
# ("Without" on CIFAR-10 is a net tuned by hand; the paper itself counts from a net of others whose
# settings were found by a search, 14.98 %. The 15.6 % of part 4 is a net with dropout.) With all
# layers the rates were 0.1 on the input, 0.25, 0.25 and 0.5 at three convolutions (96, 128 and 256
# filters of 5 x 5) and 0.5 at two dense layers of 2,048 units; the norm of the weights was bounded,
# too.
#
# Our nearest pair is the old net against dropout before the dense layer (part 4). With wrong labels
# ours agrees, in accuracy. With right labels, which is their case, it leans the other way in
# accuracy, and their way in loss; dropout at both dense places, without the convolutions, was not
# tried. They had 50,000 pictures (CIFAR-10) or hundreds of thousands (SVHN), many more steps and
# larger nets. Our old net gets fewer of its training pictures right than the net without dropout
# (part 5), so too few steps or units for so much dropout may be the reason: the paper says that
# dropout makes training two to three times as long, and that with 100 or 500 digits dropout gained
# nothing. More epochs, more pictures and the bounded norm were not tried here, so that stays open.
#
# **What.** [Keras's page](https://keras.io/api/layers/regularization_layers/spatial_dropout2d/)
# says that `SpatialDropout2D` "should be used instead" of `Dropout` where neighbouring pixels of a
# map are strongly correlated. Its source (Tompson and others, arXiv 1411.4280) looks for people's
# joints in photographs, and tried it on nothing else. Ghiasi and others (arXiv 1810.12890) classify
# pictures, as we do. On ImageNet, a ResNet-50 gets 76.51 % right without, 76.80 % with dropout,
# 77.41 % with whole maps and 78.13 % with DropBlock. In part 4 neither could be told from single
# values in accuracy, and whole maps had the higher loss with right labels. Their rates were 0.3 for
# values and 0.1 for maps and blocks, ours all 0.2; their maps are larger (behind our last pooling a
# map has 2 x 2 values, and a block is all of it), their nets deeper, and they raise DropBlock's
# rate bit by bit during training. Which of these matters stays open.
#
# ## What would change our mind
#
# - Early stopping, or a number of epochs chosen on validation for each net: all had 20, which is
#   too many for the net without dropout where labels are wrong. Lesson 03 compares two budgets.
# - A net that beats the forest where labels are wrong. With 1,000 small pictures, all in the
#   middle, none was seen to; nets gain by more pictures.
# - Other rates. Each place was tried with one, that of the old notebook where it had one.
# - Wrong labels that are wrong for a reason. Here a wrong class is drawn at random; people mistake
#   a shirt for a coat, and that is harder to outvote.
#
# ## Key points
#
# - Where? With wrong labels dropout in several places, with its usual rates, gave the highest
#   accuracy after 20 epochs; with right labels one place at the dense layer was enough for that.
# - With right labels the loss fell at every place; no gain in accuracy held when all claims were
#   judged together.
# - `Dropout` removes single values of a map, `SpatialDropout2D` whole maps, DropBlock squares.
#   Which of them made no difference to accuracy here that could be told.
# - Put cheap rivals beside a net. With wrong labels a forest grown in a second lay far above the
#   net without dropout, and no net with dropout was seen to beat it.
# - A narrow gap is not a better net: augmentation narrowed it most, and cost accuracy here.
# - Shapes and parameters can be worked out by hand; dropout changes neither. A `.keras` file holds
#   weights and optimizer, but not how far the dropout masks had got.
#
# ## What the evidence says
#
# The claims were written before their experiments were recorded, and are judged together, by Holm's
# method: *supported* when the difference lies on the claimed side of zero, *refuted* when it lies
# on the other, *not distinguishable* when its interval holds zero or when, among so many claims, it
# could be chance (some twenty are judged, eight shown; all stand on the site's page of claims). The
# intervals of accuracy take in that other test pictures might have been drawn, and speak of **new
# pictures** of the same kind; those of loss speak of *these test pictures*.

# %% What does the evidence say? tags=["hide-input"]
claims.Ledger("02_cnn")

# %% [markdown]
# ## References
#
# - G. E. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2012).
#   Improving neural networks by preventing co-adaptation of feature detectors.
#   [arXiv:1207.0580](https://arxiv.org/abs/1207.0580)
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2014). Dropout: a
#   simple way to prevent neural networks from overfitting. Journal of Machine Learning Research 15.
#   [jmlr.org](https://jmlr.org/papers/v15/srivastava14a.html)
# - H. Xiao, K. Rasul, R. Vollgraf (2017). Fashion-MNIST: a novel image dataset for benchmarking
#   machine learning algorithms. [arXiv:1708.07747](https://arxiv.org/abs/1708.07747)
# - J. Tompson, R. Goroshin, A. Jain, Y. LeCun, C. Bregler (2014). Efficient object
#   localization using convolutional networks.
#   [arXiv:1411.4280](https://arxiv.org/abs/1411.4280)
# - G. Ghiasi, T.-Y. Lin, Q. V. Le (2018). DropBlock: a regularization method for convolutional
#   networks. [arXiv:1810.12890](https://arxiv.org/abs/1810.12890)
# - C. Shorten, T. M. Khoshgoftaar (2019). A survey on image data augmentation for deep
#   learning. [doi:10.1186/s40537-019-0197-0](https://doi.org/10.1186/s40537-019-0197-0)
# - A. Krizhevsky (2009). Learning multiple layers of features from tiny images.
#   [cs.toronto.edu](https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf)
