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
# **Question.** Where in a convolutional net does dropout belong, and does data augmentation
# do the same job?
#
# **After this lesson you can**
#
# - work out the shapes and parameter counts of a convolutional net, layer by layer;
# - place dropout behind convolution blocks, before and behind a dense layer, and see where it
#   is out of place;
# - explain what `SpatialDropout2D` drops and `Dropout` does not;
# - compare dropout with data augmentation over seeds, at equal budget;
# - save a net, load it, and check what was kept.
#
# **Time.** About a minute of computing on two cores, and an hour of reading and thinking.
# Nothing is downloaded.
#
# In each part you first write down a prediction, then run, look and explain.
#
# When TensorFlow is imported for the first time it may write two notes in red, "All log
# messages before absl::InitializeLog()" and "oneDNN custom operations are on". Neither is an
# error.

# %% tags=["experiment"]
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
from sklearn.neighbors import KNeighborsClassifier

from course_utils import claims, datasets, plotting, statistics, trials
from course_utils.datasets import photographs

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
# ## 1 Ten photographs in tiles
#
# The data are tiles of 32 x 32 pixels, cut from ten photographs, and the question is: which
# photograph is this tile from? A net could cheat by colour alone, so colour and contrast are
# removed: each channel of each tile has mean 0 and variance 1.

# %%
coloured = datasets.load("photo-tiles", tiles=1000, colour=True)
tiles = datasets.load("photo-tiles", tiles=1000)


def as_picture(tile):
    """Values from 0 to 1, for looking at."""
    return (tile - tile.min()) / (tile.max() - tile.min())


first_of_each = [np.argmax(tiles.train.y == label) for label in range(10)]
with_colour = coloured.train.x[first_of_each]
without_colour = [as_picture(tile) for tile in tiles.train.x[first_of_each]]
class_names = [name.replace("_", " ") for name in tiles.class_names]
without_name = 5 * ["as the net sees it"]
plotting.picture(
    plotting.gallery(
        [*with_colour[:5], *without_colour[:5], *with_colour[5:], *without_colour[5:]],
        [*class_names[:5], *without_name, *class_names[5:], *without_name],
    ),
    alt="One tile of each of the ten photographs, above in colour, below without its own colour "
    "and contrast: texture and edges are left.",
)

# %% [markdown]
# ### Which tiles may the net be tested on?
#
# Tiles of one photograph overlap and resemble each other. So each photograph is cut into
# blocks of 64 x 64 pixels first, and every block goes whole to training, validation or test.

# %%
plotting.picture(
    plotting.block_map(
        photographs.photograph("chelsea"), photographs.block_map("chelsea"), photographs.BLOCK
    ),
    alt="The photograph of a cat under a grid of blocks; each block belongs as a whole to "
    "training, validation or test, and the strips left at two edges belong to none.",
)

# %% [markdown]
# **Predict.** A classifier that learns nothing, but looks for the most similar training tile
# (the nearest neighbour, pixel by pixel), gets some share of the test tiles right. What
# happens to that share when the tiles are shuffled one by one?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %%
def nearest_neighbour_accuracy(train_x, train_y, test_x, test_y):
    model = KNeighborsClassifier(n_neighbors=1)
    model.fit(train_x.reshape(len(train_x), -1), train_y)
    return model.score(test_x.reshape(len(test_x), -1), test_y)


all_x = np.concatenate([tiles.train.x, tiles.test.x])
all_y = np.concatenate([tiles.train.y, tiles.test.y])
order = np.random.default_rng(LIVE_SEED).permutation(len(all_y))
train, test = order[: len(tiles.train)], order[len(tiles.train) :]
pd.Series(
    {
        "blocks kept whole": nearest_neighbour_accuracy(
            tiles.train.x, tiles.train.y, tiles.test.x, tiles.test.y
        ),
        "tiles shuffled one by one": nearest_neighbour_accuracy(
            all_x[train], all_y[train], all_x[test], all_y[test]
        ),
    },
    name="test accuracy of the nearest neighbour",
).round(3).to_frame()

# %% [markdown]
# The classifier has not become better; the test has become easier. Tiles that overlap now stand
# on both sides, so that the test holds pixels that were seen in training. A net tested in this
# way would look better than it is.

# %% [markdown]
# ## 2 Shapes and parameters, layer by layer
#
# The net is that of an old notebook: three convolutions of 64, 128 and 256 filters of 3 x 3,
# each followed by 2 x 2 max pooling, then a dense layer of 512 units. The dropout
# rates are arguments: one for all convolutions, one before and one behind the dense layer. With
# rate 0 a dropout layer does nothing.


# %% tags=["experiment"]
def as_inputs(pictures):
    """Tiles without colour as they are; grey values from 0-255 to 0-1."""
    return pictures if pictures.dtype == np.float32 else pictures / np.float32(255)


# %% tags=["experiment"]
def build_cnn(conv, before_dense, after_dense, spatial=False, augmented=False):
    drop_behind_conv = layers.SpatialDropout2D if spatial else layers.Dropout
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            *(augmentation_layers() if augmented else []),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            drop_behind_conv(conv),
            layers.Conv2D(128, 3, activation="relu"),
            layers.MaxPooling2D(),
            drop_behind_conv(conv),
            layers.Conv2D(256, 3, activation="relu"),
            layers.MaxPooling2D(),
            drop_behind_conv(conv),
            layers.Flatten(),
            layers.Dropout(before_dense),
            layers.Dense(512, activation="relu"),
            layers.Dropout(after_dense),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% [markdown]
# The last argument puts three layers in front that change the pictures at random in training
# (and do nothing at inference). Part 5 is about them.


# %% tags=["experiment"]
def augmentation_layers():
    return [
        layers.RandomFlip("horizontal"),
        layers.RandomTranslation(0.1, 0.1),
        layers.RandomZoom(0.1),
    ]


# %% [markdown]
# **Predict.** For each convolution, pooling and dense layer: what shape comes out, and how
# many parameters does it have? A 3 x 3 convolution without padding loses one pixel at each
# edge; pooling halves the side and drops the rest; each filter has one weight for each of
# its 3 x 3 x (channels in) inputs, and a bias.

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
old_net = build_cnn(conv=0.2, before_dense=0.5, after_dense=0.0)
rows, shape = [], (32, 32, 3)
for layer in old_net.layers:
    formula = "none"
    if isinstance(layer, layers.Conv2D):
        formula = f"(3 x 3 x {shape[-1]} + 1) x {layer.filters}"
    if isinstance(layer, layers.Dense):
        formula = f"({shape[-1]} + 1) x {layer.units}"
    shape = tuple(layer.output.shape[1:])
    rows.append(
        {
            "layer": type(layer).__name__,
            "output shape": shape,
            "parameters": layer.count_params(),
            "by formula": formula,
        }
    )
pd.DataFrame(rows)

# %% [markdown]
# Dropout layers have no parameters and change no shape. More than half of all parameters sit
# in the dense layer behind `Flatten`. The old notebook promised dropout "at every layer", after
# arXiv 1207.0580, yet left this one bare: there is dropout before it, and none behind it.

# %%
total = old_net.count_params()
dense = max(layer.count_params() for layer in old_net.layers if isinstance(layer, layers.Dense))
print(f"{dense:,} of {total:,} parameters ({dense / total:.0%}) are in the dense layer")

# %% [markdown]
# ## 3 The old net, trained

# %% [markdown]
# **Predict.** The old net has dropout at four places. After 20 epochs on 1,000 tiles, what
# will its accuracy be on the training tiles (with dropout off), and on test tiles?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment"]
def train_cnn(data, seed, epochs, **places):
    keras.utils.set_random_seed(seed)
    model = build_cnn(**places)
    model.compile(
        keras.optimizers.RMSprop(2e-4), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    history = model.fit(
        as_inputs(data.train.x),
        data.train.y,
        batch_size=64,
        epochs=epochs,
        validation_data=(as_inputs(data.validation.x), data.validation.y),
        verbose=0,
    )
    return model, pd.DataFrame(history.history)


# %% tags=["experiment"]
def score_cnn(model, history, data):
    train_loss, train_accuracy = model.evaluate(as_inputs(data.train.x), data.train.y, verbose=0)
    test_loss, test_accuracy = model.evaluate(as_inputs(data.test.x), data.test.y, verbose=0)
    return {
        "fit_accuracy": history["accuracy"].iloc[-1],
        "train_accuracy": train_accuracy,
        "validation_accuracy": history["val_accuracy"].iloc[-1],
        "test_accuracy": test_accuracy,
        "train_loss": train_loss,
        "validation_loss": history["val_loss"].iloc[-1],
        "test_loss": test_loss,
        "gap": train_accuracy - test_accuracy,
    }


# %%
data = tiles if PROFILE == "quick" else datasets.load("cifar10")
with trials.progress_of_epochs(20):
    model, history = train_cnn(
        data, LIVE_SEED, epochs=20, conv=0.2, before_dense=0.5, after_dense=0.0
    )
scores = score_cnn(model, history, data)
pd.Series(scores)[["fit_accuracy", "train_accuracy", "validation_accuracy", "test_accuracy"]].round(
    3
).to_frame("the old net, your run")

# %%
plotting.picture(
    plotting.learning_curves({"dropout": history}),
    alt="Accuracy and loss of the old net, epoch by epoch: the curves during fit and on "
    "validation tiles stay close for most of the training; dropout is on in the one and off in "
    "the other.",
)

# %% [markdown]
# With dropout on, the accuracy during `fit` is that of a net with values missing; it says
# little about the training tiles. The clean training accuracy does, and it lies far above the
# accuracies on held-out tiles. Those of validation and test differ, too: each is made of a few
# blocks of ten photographs, and one reading is that some blocks are easier than others.

# %% [markdown]
# ## 4 Where to put dropout
#
# **Predict.** Dropout behind the convolutions, before the dense layer, behind it, or
# everywhere: which place is best on test tiles, after the same 20 epochs? Is any better than
# no dropout at all?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment"]
def measure_cnn(data, seed, epochs, **places):
    model, history = train_cnn(data, seed, epochs, **places)
    return score_cnn(model, history, data)


# %% [markdown]
# The names say where dropout stands. "maps" means `SpatialDropout2D`, which we come to below.


# %% tags=["experiment", "claims"]
def place(conv=0.0, before_dense=0.0, after_dense=0.0, spatial=False, augmented=False):
    return {
        "conv": conv,
        "before_dense": before_dense,
        "after_dense": after_dense,
        "spatial": spatial,
        "augmented": augmented,
    }


places = {
    "nowhere": place(),
    "behind conv": place(conv=0.2),
    "behind conv, maps": place(conv=0.2, spatial=True),
    "before dense": place(before_dense=0.5),
    "behind dense": place(after_dense=0.5),
    "old": place(conv=0.2, before_dense=0.5),
    "everywhere": place(conv=0.2, before_dense=0.5, after_dense=0.5),
    "augmentation": place(augmented=True),
    "augmentation, old": place(conv=0.2, before_dense=0.5, augmented=True),
}

# %% tags=["experiment", "cnn-places"]
cnn_places = trials.Experiment(
    name="cnn-places",
    data="photo-tiles",
    options={"tiles": 1000},
    measure=measure_cnn,
    conditions=[{"epochs": 20} | where for where in places.values()],
    seeds=range(12),
)

# %% [markdown]
# Each of these nets was recorded over seeds, by the code above, on the 1,000 photo tiles. The
# place is chosen on validation tiles; the test tiles then judge the choice.

# %%
recorded = cnn_places.recorded()
without_augmentation = [name for name in places if not name.startswith("augmentation")]


def mean_accuracies(frame, names, splits):
    """Mean accuracy over seeds, with dropout off; one row a place, one column a split."""
    columns = [f"{split}_accuracy" for split in splits]
    return pd.DataFrame(
        {name: statistics.select(frame, places[name])[columns].mean() for name in names}
    ).T.round(3)


means = mean_accuracies(recorded, without_augmentation, ["train", "validation"])
print("chosen on validation:", means["validation_accuracy"].idxmax())
means

# %% [markdown]
# Each dot is one seed; the bar is the mean with its 95 % interval; the star is the net that you
# have just trained.

# %%
# The recorded nets saw tiles; with the full profile yours saw CIFAR-10 and has no place here.
live = {"old": scores["test_accuracy"]} if PROFILE == "quick" else None
_, ax = plt.subplots(figsize=(plotting.WIDTH, 4))
plotting.picture(
    plotting.seed_dots(
        {
            textwrap.fill(name, 12): statistics.select(recorded, places[name])["test_accuracy"]
            for name in without_augmentation
        },
        "test accuracy (0 to 1)",
        roles=["plain"] + ["dropout"] * (len(without_augmentation) - 1),
        live=live,
        ax=ax,
    ),
    alt="Dropout before the dense layer lies a little above no dropout, behind it as well, though "
    "less clearly; behind the convolutions and in the old net the dots overlap with those of no "
    "dropout; with dropout everywhere they lie lowest.",
)

# %% [markdown]
# Nets with the same seed share the order of the batches, so we look at the differences to no
# dropout, seed by seed.


# %%
def against_nowhere(frame, names, measure):
    """Each place minus no dropout, paired by seed."""
    return {
        name: statistics.paired_difference(frame, measure, places["nowhere"], places[name])
        for name in names
    }


def draw_differences(frame, names):
    """Differences in accuracy and in loss, side by side."""
    accuracy = against_nowhere(frame, names, "test_accuracy")
    return plotting.differences(
        {
            "test accuracy, against nowhere\n(percentage points; better →)": {
                name: value.in_points() for name, value in accuracy.items()
            },
            "test cross-entropy, against nowhere\n(nats; ← better)": against_nowhere(
                frame, names, "test_loss"
            ),
        }
    )


plotting.picture(
    draw_differences(recorded, without_augmentation[1:]),
    alt="Against no dropout: before the dense layer some accuracy is gained, with dropout everywhere "
    "some is lost, and at the other places nothing can be told apart; the loss falls in all rows "
    "but the one with dropout everywhere.",
)

# %% [markdown]
# Before the dense layer, which holds more than half of the parameters, dropout gains a little
# accuracy. Behind it, where the old notebook had none, the gain leans the same way, but can be told
# apart neither from none nor from that before the layer. Behind the convolutions and in the old
# net no gain shows. Dropout everywhere loses accuracy, against no dropout and against the old net.
# Its accuracy on the training tiles, in the table above, is the lowest of the seven: it has learnt
# least of what there is to learn.
#
# By cross-entropy the picture is kinder: it falls wherever dropout stands in one place only, and
# in the old net; with dropout everywhere it cannot be told apart. One reading is that a net with
# dropout is less sure of its mistakes.

# %% [markdown]
# ### Whole maps: `SpatialDropout2D`
#
# Neighbouring pixels of a feature map say much the same. `Dropout` removes single pixels, so
# their neighbours still tell the next layer what was there. `SpatialDropout2D` removes whole
# maps (Tompson and others, arXiv 1411.4280). Here are six maps of your trained net's first
# convolution.

# %%
tile = as_inputs(data.test.x[data.test.y == 1][:1])
first_maps = keras.Model(model.inputs[0], model.get_layer(index=0).output)(tile).numpy()
by_contrast = np.argsort(first_maps.std(axis=(0, 1, 2)))
six_maps = first_maps[..., by_contrast[-30::5]]  # of neighbours in this order many look alike


def as_grey(maps):
    """The maps of the one tile, scaled alike; dropout at rate 0.5 doubles what it keeps."""
    maps = keras.ops.convert_to_numpy(maps)[0] / (2 * six_maps.max())
    return list(np.moveaxis(maps, -1, 0))


plotting.picture(
    plotting.masked_images(
        {
            "inference": as_grey(six_maps),
            "Dropout": as_grey(layers.Dropout(0.5, seed=3)(six_maps, training=True)),
            "Spatial-\nDropout2D": as_grey(
                layers.SpatialDropout2D(0.5, seed=3)(six_maps, training=True)
            ),
        },
        [f"map {number}" for number in range(1, 7)],
    ),
    alt="Six feature maps of one tile: Dropout makes holes in every map, through which its shape "
    "still shows; SpatialDropout2D removes some maps altogether and keeps the others whole.",
)

# %%
maps_difference = statistics.paired_difference(
    recorded, "test_accuracy", places["behind conv"], places["behind conv, maps"]
)
print("whole maps against single values:", claims.format_difference(maps_difference))

# %% [markdown]
# The interval lies below zero: at this rate and after 20 epochs, dropping whole maps costs a
# little accuracy against dropping single values. A good reason for a method is not yet an effect.

# %% [markdown]
# ## 5 Data augmentation
#
# Another cure for too little data is to make more: flip, shift and zoom the training pictures
# at random. In Keras these are layers in front of the net, active in training only. Here is
# one tile, as it is and as five training steps would see it.

# %%
keras.utils.set_random_seed(LIVE_SEED)
augment = keras.Sequential(augmentation_layers())
picture = as_picture(coloured.train.x[first_of_each[6]].astype("float32"))
seen = [picture] + [augment(picture[None], training=True)[0].numpy() for _ in range(5)]
plotting.picture(
    plotting.gallery(
        [np.clip(tile, 0, 1) for tile in seen],
        ["as it is", *(f"step {step}" for step in range(1, 6))],
        columns=6,
    ),
    alt="One tile and five versions of it, flipped, shifted and zoomed a little, each different.",
)

# %% [markdown]
# **Predict.** Augmentation alone, dropout alone (the old net), both together: which is best
# after 20 epochs? If each gains something, do the gains add?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
names = ["old", "augmentation", "augmentation, old"]
plotting.picture(
    draw_differences(recorded, names),
    alt="Against neither cure: no gain in accuracy can be told apart from none, with dropout, with "
    "augmentation or with both; the loss falls clearly with dropout alone only.",
)

# %% [markdown]
# Do the gains add? If they did, both together would gain as much as the two gains summed up.
# The next line compares the two, seed by seed: both − augmentation − old + neither. Below zero,
# something is missing to the sum.


# %%
def missing_to_the_sum(frame):
    gains = {
        name: statistics.paired_values(frame, "test_accuracy", places["nowhere"], places[name])
        for name in names
    }
    missing = gains["augmentation, old"] - gains["augmentation"] - gains["old"]
    low, high = statistics.t_interval(missing)
    return claims.format_difference(
        statistics.Difference(float(missing.mean()), low, high, len(missing))
    )


print("both against the sum of the two gains:", missing_to_the_sum(recorded))


# %%
def compare_cures(frame):
    """Differences in held-out accuracy between the cures, paired by seed."""
    pairs = [
        ("nowhere", "old"),
        ("nowhere", "augmentation"),
        ("nowhere", "augmentation, old"),
        ("augmentation", "augmentation, old"),
        ("old", "augmentation, old"),
    ]
    rows = {}
    for without, with_it in pairs:
        rows[f"{with_it} minus {without}"] = {
            f"{split} accuracy": claims.format_difference(
                statistics.paired_difference(
                    frame, f"{split}_accuracy", places[without], places[with_it]
                )
            )
            for split in ("validation", "test")
        }
    return pd.DataFrame(rows).T


compare_cures(recorded)

# %% [markdown]
# After 20 epochs neither cure gains test accuracy that could be told apart from none, so there is
# hardly anything to add up. Dropout on top of augmentation even loses some. Both lower the
# accuracy on the training tiles, as the next table shows: these nets have learnt little so far.

# %%
mean_accuracies(recorded, ["nowhere", *names], ["train", "validation", "test"])

# %% [markdown]
# The row "augmentation minus nowhere" gives two answers. On test tiles the effect cannot be told
# apart from none; on validation tiles augmentation loses, and the interval leaves zero out. Each of
# the two sets is made of a few blocks of ten photographs, and an effect that differs so much
# between two held-out sets is not yet known. The intervals here are over seeds, on fixed blocks:
# they do not cover that.

# %% [markdown]
# ### Longer training
#
# Are dropout and augmentation only slow? The same four nets were recorded with three times
# as many epochs.
#
# **Predict.** Which of the four gains from longer training, and which wins after it?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% tags=["experiment", "cnn-longer"]
cnn_longer = trials.Experiment(
    name="cnn-longer",
    data="photo-tiles",
    options={"tiles": 1000},
    measure=measure_cnn,
    conditions=[
        {"epochs": 60} | places[name]
        for name in ["nowhere", "old", "augmentation", "augmentation, old"]
    ],
    seeds=range(5),
)

# %%
recorded_longer = cnn_longer.recorded()
mean_accuracies(recorded_longer, ["nowhere", *names], ["train", "validation", "test"])

# %%
plotting.picture(
    draw_differences(recorded_longer, names),
    alt="After 60 epochs, against neither cure: dropout, augmentation and both together gain test "
    "accuracy, dropout alone with the highest mean; the loss falls clearly in all three.",
)

# %%
print("both against the sum of the two gains:", missing_to_the_sum(recorded_longer))
compare_cures(recorded_longer)

# %% [markdown]
# The net without a cure has now learnt its training tiles by heart, and on test tiles all three
# gain against it. Dropout alone gains on validation tiles, too. It has the highest mean on test
# tiles, though it cannot be told apart from augmentation alone; both cures together do worse than
# dropout alone, on either set. The gains do not add. Chosen on validation, dropout alone would be
# taken.
#
# What could not be told after 20 epochs can be told after 60: the answer depends on the budget. One
# reading is that dropout slows learning and pays only where there is time to catch up; that was
# not tested.

# %% [markdown]
# ## 6 Save and load
#
# The format `.keras` holds the layers, their weights and the state of the optimizer.

# %%
own_folder = tempfile.TemporaryDirectory()  # removed when the kernel ends
folder = Path(own_folder.name)
path = folder / "old_net.keras"
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
# One thing is not in the file: where the random numbers of the dropout layers had got to. A
# loaded net goes on training with other masks, so its next losses need not be those
# that the net would have had without the pause.


# %%
def dropout_states(net):
    return [layer.seed_generator.state.numpy().tolist() for layer in net.layers if is_active(layer)]


def is_active(layer):
    return isinstance(layer, layers.Dropout) and layer.rate > 0


print("random states of the dropout layers when saved:", dropout_states(model))
print("                                  when loaded:", dropout_states(loaded))

# %% [markdown]
# On Colab a file is gone when the session ends, so there it is offered for download.

# %%
if "google.colab" in sys.modules:
    from google.colab import files

    files.download(str(path))

# %% [markdown]
# ## 7 What has changed since the old notebooks
#
# Most of their spellings no longer run. Each row tries an old one and shows what Keras says to
# it, then tries the new one.

# %%
spellings = {
    "keras.optimizers.RMSprop(lr=2e-4)": "keras.optimizers.RMSprop(learning_rate=2e-4)",
    "history['acc']": "history['accuracy']",
    "from keras.layers.core import Dropout": "from keras.layers import Dropout",
    "from keras.utils import np_utils": "from keras.utils import to_categorical",
    "from keras.preprocessing.image import ImageDataGenerator": "from keras.layers import RandomFlip",
    "model.predict_classes(inputs)": "model.predict(inputs, verbose=0).argmax(axis=1)",
    "model.save('net.h5')": "model.save('net.keras')",
}


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
            "what Keras says to it": try_spelling(old),
            "now": new,
            "and to that": try_spelling(new),
        }
        for old, new in spellings.items()
    ]
).set_index("old")

# %% [markdown]
# The last old spelling still runs: `.h5` is a legacy format that Keras can write, and does not
# recommend. Labels need no `to_categorical` where the loss is the sparse cross-entropy.

# %% [markdown]
# ## What the evidence says
#
# The sentences below are judged from the recorded trials: *supported* when the whole 95 %
# interval lies on the claimed side of zero, *refuted* when it lies on the other side, *not
# distinguishable* when it holds zero. Each interval stands alone: of twenty sentences about
# nothing, one would be expected to look supported or refuted by chance. Whenever Keras,
# TensorFlow or the code behind a measurement changes, they are measured again with another seed,
# but for those on augmentation after 60 epochs, which take minutes.


# %% tags=["claims"]
def claim(name, sentence, baseline, treatment, experiment=cnn_places, sample=1, **options):
    """A claim about two places; one fresh seed, since a training takes most of a minute."""
    epochs = experiment.conditions[0]["epochs"]
    return claims.Claim(
        name=name,
        sentence=f"1,000 photo tiles, {epochs} epochs: {sentence}",
        experiment=experiment,
        baseline=places[baseline],
        treatment=places[treatment],
        sample=sample,
        **({"measure": "test_accuracy"} | options),
    )


loss = {"measure": "test_loss", "expects": "lower", "unit": "nats"}
validation = {"measure": "validation_accuracy"}
longer = {"experiment": cnn_longer}
both = "augmentation, old"
ledger = claims.Ledger(
    [
        claim(
            "cnn-behind-conv",
            "dropout behind the convolutions raises test accuracy",
            "nowhere",
            "behind conv",
        ),
        claim(
            "cnn-before-dense",
            "dropout before the dense layer raises test accuracy",
            "nowhere",
            "before dense",
        ),
        claim(
            "cnn-behind-dense",
            "dropout behind the dense layer raises test accuracy",
            "nowhere",
            "behind dense",
        ),
        claim(
            "cnn-behind-dense-loss",
            "dropout behind the dense layer lowers test loss",
            "nowhere",
            "behind dense",
            **loss,
        ),
        claim(
            "cnn-which-side",
            "dropout behind the dense layer beats dropout before it",
            "before dense",
            "behind dense",
        ),
        claim("cnn-old", "the old net's dropout raises test accuracy", "nowhere", "old"),
        claim("cnn-old-loss", "the old net's dropout lowers test loss", "nowhere", "old", **loss),
        claim(
            "cnn-everywhere",
            "dropout everywhere raises test accuracy over the old net's",
            "old",
            "everywhere",
        ),
        claim(
            "cnn-maps",
            "whole maps raise test accuracy over single values",
            "behind conv",
            "behind conv, maps",
        ),
        claim("cnn-augmentation", "augmentation raises test accuracy", "nowhere", "augmentation"),
        claim(
            "cnn-augmentation-validation",
            "augmentation raises validation accuracy",
            "nowhere",
            "augmentation",
            **validation,
        ),
        claim(
            "cnn-both", "dropout on top of augmentation raises test accuracy", "augmentation", both
        ),
        claim(
            "cnn-longer-old",
            "the old net's dropout raises test accuracy",
            "nowhere",
            "old",
            **longer,
        ),
        claim(
            "cnn-longer-old-loss",
            "the old net's dropout lowers test loss",
            "nowhere",
            "old",
            **longer,
            **loss,
        ),
        claim(
            "cnn-longer-augmentation",
            "augmentation raises test accuracy",
            "nowhere",
            "augmentation",
            **longer,
            sample=0,
        ),
        claim(
            "cnn-longer-both",
            "dropout on top of augmentation raises test accuracy",
            "augmentation",
            both,
            **longer,
            sample=0,
        ),
        claim(
            "cnn-longer-augmentation-on-top",
            "augmentation on top of the old net's dropout raises test accuracy",
            "old",
            both,
            **longer,
            sample=0,
        ),
    ]
)
ledger

# %% [markdown]
# ## What would change our mind
#
# - A number of epochs chosen on validation for each net. Two budgets were compared, the longer one
#   with few seeds, and they did not give the same answer.
# - More tiles, or other pictures. A thousand tiles of ten photographs are few, and the test
#   blocks of each photograph are few as well: the intervals are over seeds, on one fixed
#   split into blocks.
# - Other rates. Each place was tried with one rate, that of the old notebook where it had one.
#
# ## Key points
#
# - Shapes and parameters can be worked out by hand; dropout changes neither.
# - After 20 epochs dropout helped a little before the dense layer, and everywhere it hurt; after 60
#   the old net's dropout gained clearly. Whether it pays depends on the number of epochs.
# - `Dropout` removes single values of a map, `SpatialDropout2D` whole maps.
# - Augmentation and dropout are two cures for one ill. Here their gains did not add.
# - An effect that differs between two held-out sets is not yet known.
# - Keep what belongs together on one side of the split, or the test measures memory.
# - A `.keras` file holds weights and optimizer, but not where the dropout masks had got to.
#
# ## References
#
# - G. E. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2012).
#   Improving neural networks by preventing co-adaptation of feature detectors.
#   [arXiv:1207.0580](https://arxiv.org/abs/1207.0580)
# - J. Tompson, R. Goroshin, A. Jain, Y. LeCun, C. Bregler (2014). Efficient object
#   localization using convolutional networks.
#   [arXiv:1411.4280](https://arxiv.org/abs/1411.4280)
# - C. Shorten, T. M. Khoshgoftaar (2019). A survey on image data augmentation for deep
#   learning. [doi:10.1186/s40537-019-0197-0](https://doi.org/10.1186/s40537-019-0197-0)
# - A. Krizhevsky (2009). Learning multiple layers of features from tiny images.
#   [cs.toronto.edu](https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf)
