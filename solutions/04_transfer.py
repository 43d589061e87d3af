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
# # 04 Transfer learning: dropout on a small head
#
# **Question.** A net trained on ImageNet gives good features for pictures that it has never
# seen. With that base frozen and a small head on top, does dropout on the head matter?
#
# **After this lesson you can**
#
# - run a frozen base once, keep its features, and train a head with dropout on them;
# - say what `trainable = False` and `training=False` each freeze, and that neither is a switch
#   for the other;
# - say what a head is worth beside rivals that need no net, and for whose pictures;
# - sweep a rate over seeds with a checkpoint for each run, choose on validation and look at the
#   test set once;
# - say over seeds what dropout on the head does, and what the trials cannot tell.
#
# **Time.** About a minute of computing on two cores, and three quarters of an hour of reading
# and thinking. Nothing is downloaded.
#
# In each part you first write down a prediction, then run, look and explain.

# %% Imports tags=["experiment", "hide-input"]
import dataclasses
import tempfile
import time
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import (
    bases,
    claims,
    datasets,
    features,
    heads,
    plotting,
    rivals,
    statistics,
    trials,
)

# %% tags=["parameters"]
PROFILE = "quick"  # "full" takes 3,781 photographs and the base FULL_BASE (downloads)
FULL_BASE = "xception"  # or "mobilenet-0.25", which is smaller

# %% [markdown]
# `LIVE_SEED` makes this run your own: take any whole number from 100 to 999 (the recorded runs have
# those below 100).

# %%
LIVE_SEED = 100
plotting.use_course_style()

# %% [markdown]
# ## 1 Photographs of clothes, and who sent them
#
# With the course come 1,100 photographs of clothes that people took at home (collected by Alexey
# Grigorev, public domain by CC0): ten kinds, and the same number of each.

# %%
if PROFILE == "quick":
    data, base_name = datasets.load("clothing-1k"), "efficientnet-lite0"
else:
    data, base_name = datasets.load("clothing"), FULL_BASE
class_names = np.array(data.class_names)
print(len(data.train), "training pictures of", ", ".join(class_names))

# %% [markdown]
# Here is one of each.

# %% One photograph of each kind tags=["hide-input"]
first_of_each = [np.argmax(data.train.y == label) for label in range(10)]
plotting.picture(
    plotting.gallery(data.train.x[first_of_each], class_names),
    alt="One photograph of each of the ten kinds, taken at home: clothes lie on floors, beds and "
    "tables or hang on doors, in all colours and lights.",
)

# %% [markdown]
# Whoever sends several pictures takes them in one room, with one camera, and perhaps of one
# garment from two sides. If some of them are trained on and others tested on, the test asks
# about rooms that the net has seen. So nobody has pictures in two of our three parts.

# %%
bundled = datasets.load("clothing-1k")
rows = {}
for name in ("train", "validation", "test"):
    part = getattr(bundled, name)
    from_each = np.unique(part.groups, return_counts=True)[1]
    rows[name] = {
        "pictures": len(part),
        "a class": len(part) // 10,
        "senders": len(from_each),
        "most from one": from_each.max(),
    }
pd.DataFrame(rows).T

# %% [markdown]
# ### A base that runs once
#
# The base is EfficientNet-Lite0 (a variant of arXiv 1905.11946 for small devices), with the
# weights that it learnt from the 1.3 million photographs of ImageNet, and without its last
# layer. It gives 1,280 numbers for each picture, its **features**. It is **frozen**: nothing here
# changes its weights, so it gives the same features for a picture each time and need run only
# once. `features.features` computes them, keeps them on disk under a key made of what the base
# computes and of the pictures, and gives back the data with features instead of pictures.

# %%
base = bases.load(base_name, data.train.x.shape[1])
base.trainable = False
for turn in ("first", "second"):
    started = time.perf_counter()
    kept = features.features(base, data)
    print(f"{turn} time: {time.perf_counter() - started:.1f} s")
print(f"{kept.train.x.shape[1]} features for each picture")

# %% [markdown]
# The second time they are read from disk (had you run this lesson before, the first time as well).
#
# ## 2 One head, with and without dropout
#
# The head: a dense layer of 100 units, dropout, and ten outputs, one a class. These are **logits**;
# softmax turns them into probabilities. (The features reach the dense layer whole; dropout removes
# units of that layer, others for each picture in each step.) Here are two heads: one with rate 0,
# where dropout does nothing, and one with rate 0.5. Their dense layers start with the same weights;
# their outputs do not, since a dropout layer in Keras takes a random number of its own (lesson 01).

# %%
few = datasets.subset(kept.train, 200, np.random.default_rng(LIVE_SEED))
one_head = {}
for name, rate in {"plain": 0.0, "dropout": 0.5}.items():
    keras.utils.set_random_seed(LIVE_SEED)
    one_head[name] = keras.Sequential(
        [
            keras.Input((few.x.shape[1],)),
            layers.Dense(100, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(10),
        ]
    )

# %% [markdown]
# The loss is the cross-entropy: minus the logarithm of the probability that the head gives to the
# right class, as a mean over pictures. Its unit is the nat (lesson 01). Adam lowers it, in batches
# of 32 pictures, Keras's default. All epochs are run, and whenever the validation loss is the
# lowest so far, the weights go into a file: the **checkpoint**. To go back to it after training is
# early stopping after the fact. Each head has a file of its own: where runs share one, "the best
# model" of one can be that of another.
#
# **Predict.** The two heads learn from 20 pictures a class. What will the four curves of accuracy
# and of loss look like, in training and on validation pictures? In which epoch will each be at its
# best?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
own_folder = Path(tempfile.mkdtemp())
histories = {}
for name, head in one_head.items():
    keras.utils.set_random_seed(LIVE_SEED)
    head.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    best = own_folder / f"{name}.weights.h5"
    keep_best = keras.callbacks.ModelCheckpoint(
        best, monitor="val_loss", save_best_only=True, save_weights_only=True
    )
    history = head.fit(
        few.x,
        few.y,
        validation_data=(kept.validation.x, kept.validation.y),
        epochs=50,
        callbacks=[keep_best, trials.epoch_bar()],
        verbose=0,
    )
    head.load_weights(best)
    histories[name] = pd.DataFrame(history.history)

# %% How do the two heads learn? tags=["hide-input", "first-comparison"]
plotting.picture(
    plotting.learning_curves(histories),
    alt="Both heads learn the training pictures by heart, later with dropout; the validation loss "
    "is lowest early and rises again, later with dropout, while the validation accuracy stays "
    "where it is.",
)

# %% [markdown]
# Both learn their 200 pictures by heart. The curves to compare are the dashed ones: during `fit`,
# in the solid ones, dropout is on. The loss on validation pictures turns early and then rises: the
# head becomes surer and surer of answers that are wrong. The accuracy hardly cares, and may even
# go on rising. So it matters when we look, and by which measure:

# %% At the checkpoint and after the last epoch tags=["hide-input"]
pd.DataFrame(
    {
        name: {
            "epoch of the checkpoint": history["val_loss"].idxmin() + 1,
            "its loss": history["val_loss"].min(),
            "its accuracy": history["val_accuracy"][history["val_loss"].idxmin()],
            "loss after the last epoch": history["val_loss"].iloc[-1],
            "accuracy after the last epoch": history["val_accuracy"].iloc[-1],
        }
        for name, history in histories.items()
    }
).T.round(3).astype({"epoch of the checkpoint": int})

# %% [markdown]
# This is one seed, and no evidence. What early stopping by the loss costs in accuracy, and whether
# dropout matters, part 5 asks of many.
#
# ## 3 What freezing means
#
# Two switches are easily confused. `layer.trainable = False` is a property of a layer: the
# optimizer leaves its weights alone. `training=False` is said when a layer is called: dropout
# drops nothing, and batch normalisation uses its stored mean instead of that of the batch.
#
# **Predict.** For each of the four combinations: how many weight arrays may the optimizer
# change? Does dropout drop? Does the stored mean of batch normalisation move?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %%
def try_freezing(trainable, training):
    """What a dense layer, batch normalisation and dropout do under the two switches."""
    net = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(3),
            layers.BatchNormalization(),
            layers.Dropout(0.5, seed=LIVE_SEED),
        ]
    )
    net.trainable = trainable
    normalisation = net.layers[1]
    stored_mean = keras.ops.convert_to_numpy(normalisation.moving_mean).copy()
    x = np.random.default_rng(0).normal(3, 1, (100, 4)).astype("float32")
    outputs = keras.ops.convert_to_numpy(net(x, training=training))
    return {
        "trainable": trainable,
        "training": training,
        "arrays the optimizer may change": len(net.trainable_weights),
        "dropout drops": bool((outputs == 0).any()),
        "stored mean moves": not np.array_equal(stored_mean, normalisation.moving_mean),
    }


# %%
pd.DataFrame(
    [try_freezing(trainable, training) for trainable in (True, False) for training in (True, False)]
).set_index(["trainable", "training"])

# %% [markdown]
# Neither switch stands in for the other, and `trainable` does not turn dropout off. Batch
# normalisation alone listens to both: in Keras, a frozen one uses its stored mean whatever
# `training` says. (The four arrays: weights and biases of the dense layer, scale and shift of batch
# normalisation.)
#
# Many tutorials put a base into a larger model with `base(x, training=False)`. `fit` then calls the
# model with `training=True`. Which of the two does a dropout layer inside the base obey?

# %%
inside = keras.Sequential([keras.Input((8,)), layers.Dropout(0.5, seed=LIVE_SEED)])
inside.trainable = False
inputs = keras.Input((8,))
model = keras.Model(inputs, inside(inputs, training=False))
print(keras.ops.convert_to_numpy(model(np.ones((1, 8)), training=True)))

# %% [markdown]
# It drops. In Keras 3 the `training=True` of `fit` reaches every layer, whatever was said when the
# model was put together ([Keras issue
# 20285](https://github.com/keras-team/keras/issues/20285)). `trainable = False` keeps the weights
# and stored means of a base from drifting in `fit`; its dropout is quiet only where the base runs
# outside the model, as in `features.features`.
#
# Kept features are right only while the base stays frozen and sees the same pixels. With
# augmentation (training on pictures that are mirrored, shifted or recoloured at random) it does
# not. How far do the features of a picture move when it is mirrored?

# %%
shown = data.validation.x[:60]
same_class = data.validation.y[:60, None] == data.validation.y[:60]
np.fill_diagonal(same_class, False)
there, mirrored = (
    base.predict(pictures.astype("float32"), batch_size=60, verbose=0)
    for pictures in (shown, shown[:, :, ::-1])
)
between = np.linalg.norm(there[:, None] - there[None], axis=2)[same_class].mean()
moved = np.linalg.norm(there - mirrored, axis=1).mean()
print(f"they move by {moved / between:.0%} of the distance between two pictures of one class")

# %% [markdown]
# To a head these are other inputs, so the base has to run once for each version. With mirroring
# that is twice, and both results can be kept; with random shifts or colours every epoch has new
# versions, and what was saved is lost.
#
# ## 4 What is to be had without training a net
#
# Before more heads are trained, we ask what can be had without training a net. Five rivals:
#
# - a forest of trees that sees a picture as six numbers (mean and spread of red, green and blue);
# - a forest that sees it as 8 x 8 pixels;
# - a forest that sees its features;
# - the five nearest neighbours by their features, which vote;
# - logistic regression on the features: a single layer of ten outputs with a penalty on large
#   weights.


# %% tags=["experiment"]
def to_features(data):
    """The data with features of EfficientNet-Lite0 instead of pictures of 96 pixels."""
    return features.features(bases.load("efficientnet-lite0", 96), data)


# %% tags=["experiment", "clothing-rivals"]
def describe(data, numbers):
    """The data with a few numbers a picture instead of the pictures."""
    parts = {"train": data.train, "validation": data.validation, "test": data.test}
    described = {name: dataclasses.replace(part, x=numbers(part.x)) for name, part in parts.items()}
    return dataclasses.replace(data, **described)


def to_numbers(data):
    """The data in three forms, by name."""
    return {
        "6 numbers": describe(data, lambda pictures: rivals.few_numbers(pictures)[:, :6]),
        "8 x 8 pixels": describe(data, lambda pictures: rivals.small_pictures(pictures, 8)),
        "features": to_features(data),
    }


# %% [markdown]
# How strong the penalty of logistic regression is (`C` is one over it), validation decides.


# %% tags=["experiment", "clothing-rivals"]
def fit_logistic(train, validation):
    """Logistic regression; of four penalties, that with the lowest validation loss."""
    fitted = [
        make_pipeline(StandardScaler(), LogisticRegression(C=C, max_iter=1000)).fit(
            train.x, train.y
        )
        for C in (0.001, 0.01, 0.1, 1)
    ]
    return min(fitted, key=lambda model: log_loss(validation.y, model.predict_proba(validation.x)))


# %% tags=["experiment", "clothing-rivals"]
def measure_rival(data, seed, rival, numbers, examples):
    data = data[numbers]
    train = datasets.subset(data.train, examples, np.random.default_rng(seed))
    if rival == "logistic regression":
        model = fit_logistic(train, data.validation)
    elif rival == "forest":
        model = RandomForestClassifier(300, random_state=seed).fit(train.x, train.y)
    else:
        model = KNeighborsClassifier(5, metric="cosine").fit(train.x, train.y)
    right = model.predict(data.test.x) == data.test.y
    return {
        "test_accuracy": right.mean(),
        "test_right": right,
        "test_loss": log_loss(data.test.y, model.predict_proba(data.test.x)),
    }


# %% [markdown]
# **Predict.** Trained on 20 pictures of each kind, which share of the test pictures does each get
# right? A tenth is chance.

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
described = to_numbers(bundled)
live_rivals = pd.Series(
    {
        (rival, numbers): measure_rival(described, LIVE_SEED, rival, numbers, 200)["test_accuracy"]
        for rival, numbers in [
            ("forest", "6 numbers"),
            ("forest", "8 x 8 pixels"),
            ("nearest neighbours", "features"),
            ("forest", "features"),
            ("logistic regression", "features"),
        ]
    },
    name="test accuracy, 20 a class",
)
live_rivals.rename_axis(["rival", "what it sees"]).to_frame().round(3)

# %% [markdown]
# Colours alone tell next to nothing here, and tiny pictures little: for these photographs one has
# to know what clothes look like, and the base brings that along. The record has ten seeds, each
# with its own draw of 5, 20 or 40 training pictures a class.

# %% tags=["experiment", "clothing-rivals"]
clothing_rivals = trials.Experiment(
    name="clothing-rivals",
    data="clothing-1k",
    prepare=to_numbers,
    measure=measure_rival,
    conditions=[
        {"rival": rival, "numbers": numbers, "examples": examples}
        for rival, numbers in [
            ("forest", "6 numbers"),
            ("forest", "8 x 8 pixels"),
            ("forest", "features"),
            ("nearest neighbours", "features"),
            ("logistic regression", "features"),
        ]
        for examples in [50, 200, 400]
    ],
    seeds=range(10),
)

# %% [markdown]
# What does each rival reach, as a mean over seeds?

# %% What do the rivals reach, over seeds? tags=["hide-input"]
clothing_rivals.recorded().pivot_table(
    index=["rival", "numbers"], columns="examples", values="test_accuracy", sort=False
).round(3)

# %% [markdown]
# The last row is what a head has to beat.
#
# **Predict.** Over ten seeds, will the heads of part 2, with dropout or without, have more test
# pictures right than logistic regression? Part 5 has the answer.

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# ### Folds at random or by sender
#
# How much does it matter that senders are kept together? Logistic regression on the features of
# all 1,100 pictures can say: in five folds, each judged by a model of the other four, drawn
# either at random or so that all pictures of a sender lie in one fold.


# %% tags=["experiment", "head-split"]
def all_as_features(data):
    """The features of all pictures as one part, with who sent them."""
    found = to_features(data)
    parts = (found.train, found.validation, found.test)
    return datasets.Split(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("x", "y", "groups"))
    )


def measure_split(whole, seed, folds):
    """Logistic regression in five folds: each fold is judged by a model of the other four."""
    kind = {"at random": StratifiedKFold, "by sender": StratifiedGroupKFold}[folds]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=1000))
    answers = cross_val_predict(
        model,
        whole.x,
        whole.y,
        groups=whole.groups,
        cv=kind(5, shuffle=True, random_state=seed),
    )
    right = answers == whole.y
    return {"test_accuracy": right.mean(), "test_right": right, "groups": whole.groups}


# %% tags=["experiment", "head-split"]
head_split = trials.Experiment(
    name="head-split",
    data="clothing-1k",
    prepare=all_as_features,
    measure=measure_split,
    conditions=[{"folds": "at random"}, {"folds": "by sender"}],
    seeds=range(10),
)

# %% [markdown]
# **Predict.** Which folds give the higher accuracy, and by how much?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% What do the two kinds of folds give? tags=["hide-input"]
of_folds = head_split.recorded()
flattered = statistics.paired_difference(
    of_folds, "test_accuracy", {"folds": "by sender"}, {"folds": "at random"}
)
print(of_folds.groupby("folds")["test_accuracy"].mean().round(4).to_string())
print("at random, minus by sender:", claims.format_difference(flattered))

# %% [markdown]
# The brackets hold the 95 % interval of the mean difference (lesson 01). For these senders folds at
# random look better, if not by much: nobody sent more than a small part of the pictures. For other
# senders it cannot be told (the claims at the end). Where a few people sent most of the pictures,
# expect more.
#
# ## 5 Does dropout on the head matter?
#
# One pair of heads is no evidence. To train many, we put what part 2 spelt out into two functions.


# %% tags=["experiment"]
def build_head(features_in, units, rate):
    return keras.Sequential(
        [
            keras.Input((features_in,)),
            layers.Dense(units, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(10),
        ]
    )


# %% tags=["experiment"]
def fit(model, train, validation, learning_rate, epochs, best, callbacks=()):
    """All epochs; the weights with the lowest validation loss go into the file `best`."""
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    keep_best = keras.callbacks.ModelCheckpoint(
        best, monitor="val_loss", save_best_only=True, save_weights_only=True
    )
    return model.fit(
        train.x,
        train.y,
        validation_data=(validation.x, validation.y),
        batch_size=32,
        epochs=epochs,
        callbacks=[keep_best, *callbacks],
        verbose=0,
    )


# %% [markdown]
# Each trial of the record draws its own training pictures with its seed, trains a head on them, and
# is judged at its checkpoint and, with names that end in `_last`, after its last epoch.


# %% tags=["experiment"]
def score(model, data):
    """Loss and accuracy on validation and test pictures, and which of the latter were right."""
    result = {}
    for name, split in (("validation", data.validation), ("test", data.test)):
        logits = model.predict(split.x, verbose=0)
        losses = keras.losses.sparse_categorical_crossentropy(split.y, logits, from_logits=True)
        right = logits.argmax(axis=1) == split.y
        result |= {f"{name}_loss": float(keras.ops.mean(losses)), f"{name}_accuracy": right.mean()}
    return result | {"test_right": right}


# %% tags=["experiment"]
def measure_head(data, seed, rate, examples=200, epochs=50, units=100, learning_rate=1e-3):
    """A head at its checkpoint and, with names in `_last`, after its last epoch."""
    keras.utils.set_random_seed(seed)
    train = datasets.subset(data.train, examples, np.random.default_rng(seed))
    head = build_head(train.x.shape[1], units, rate)
    with tempfile.TemporaryDirectory() as own_folder:
        best = Path(own_folder) / "best.weights.h5"
        history = fit(head, train, data.validation, learning_rate, epochs, best).history
        last = {f"{name}_last": value for name, value in score(head, data).items()}
        head.load_weights(best)
    best_epoch = int(np.argmin(history["val_loss"])) + 1
    return score(head, data) | last | {"best_epoch": best_epoch}


# %% [markdown]
# ### Thirty heads side by side
#
# **Predict.** Over many heads with 20 pictures a class, 100 units and a learning rate of 0.001 as
# in part 2: what does dropout of 0.5 and of 0.8 do to accuracy and loss on validation pictures, at
# the checkpoint? Which rate is at its best in which epoch?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# A head is small, and ten of them fit into one model, side by side: each has its own start, its own
# masks and its own checkpoint, and all see the same batches. `heads.train` does that, the one
# place of the course where a net is built out of sight.

# %%
live_seeds = [LIVE_SEED + number for number in range(10)]
sweep, rows = {}, []
for rate in [0.0, 0.5, 0.8]:
    sweep[rate], best_epochs = heads.train(
        few,
        kept.validation,
        live_seeds,
        units=100,
        rate=rate,
        learning_rate=1e-3,
        epochs=50,
        callbacks=[trials.epoch_bar()],
    )
    accuracies, losses = heads.score(sweep[rate], kept.validation)
    columns = {"seed": live_seeds, "accuracy": accuracies, "loss": losses}
    rows.append(pd.DataFrame(columns | {"best epoch": best_epochs, "rate": rate}))
on_validation = pd.concat(rows)
on_validation.groupby("rate")[["accuracy", "loss", "best epoch"]].mean().round(3)

# %% [markdown]
# The higher the rate, the later a head is at its best.
#
# Of the two rates with dropout, the one with the lower mean loss is chosen, whether or not it beats
# rate 0. Only then are these heads tried on the test pictures, with that rate and with rate 0. The
# rates are paired by seed, which fixes the start of a head.

# %% tags=["method"]
chosen_rate = float(on_validation.groupby("rate")["loss"].mean().drop(0.0).idxmin())
on_test = pd.concat(
    pd.DataFrame(
        dict(zip(("accuracy", "loss"), heads.score(sweep[rate], kept.test), strict=True))
        | {"rate": rate, "seed": live_seeds}
    )
    for rate in (0.0, chosen_rate)
)
print(f"chosen: rate {chosen_rate}")
for measure, unit in {"accuracy": "points", "loss": "nats"}.items():
    difference = statistics.paired_difference(
        on_test, measure, {"rate": 0.0}, {"rate": chosen_rate}
    )
    print(f"test {measure}, minus rate 0: {claims.format_difference(difference, unit)}")

# %% [markdown]
# Your ten heads share one draw of 200 training pictures, so the interval does not know how much
# another draw would change, and it speaks of the checkpoint only. In the recorded trials each seed
# has its own draw. (All their rates are tried on the test pictures: they are there to compare, and
# nothing is chosen by them.)

# %% tags=["experiment", "head-clothing-1k"]
head_clothing_1k = trials.Experiment(
    name="head-clothing-1k",
    data="clothing-1k",
    prepare=to_features,
    measure=measure_head,
    conditions=[
        {"examples": examples, "epochs": epochs, "rate": rate}
        for examples, epochs in [(50, 100), (200, 50), (400, 40)]
        for rate in [0.0, 0.2, 0.5, 0.8]
    ],
    seeds=range(10),
)

# %% [markdown]
# Where do the means of your heads (stars, at rate 0 and the chosen rate) fall among the recorded
# heads with 20 pictures a class?

# %% Where do your heads fall among the recorded ones? tags=["hide-input"]
recorded = head_clothing_1k.recorded()
twenty = statistics.select(recorded, {"examples": 200})
_, axes = plt.subplots(2, 1, figsize=(6.4, 5.6), sharex=True)
panels = {"accuracy": "test accuracy (0 to 1)", "loss": "test cross-entropy (nats)"}
for ax, (measure, label) in zip(axes, panels.items(), strict=True):
    means = on_test.groupby("rate")[measure].mean()
    live = {f"{rate:g}": mean for rate, mean in means.items()}
    plotting.seed_dots(
        {
            f"{rate:g}": statistics.select(twenty, {"rate": rate})[f"test_{measure}"]
            for rate in (0.0, 0.2, 0.5, 0.8)
        },
        f"{label},\nat the checkpoint",
        ["plain", "dropout", "dropout", "dropout"],
        live if PROFILE == "quick" else {},  # the record has the bundled pictures
        ax,
        live_name="mean of your heads",
    )
axes[1].set_xlabel("rate on the head")
plotting.picture(
    axes,
    alt="Test accuracy and test loss of the recorded heads at four rates, with your means as "
    "stars: the dots of all rates spread widely and overlap; the loss is lowest at rate 0.8.",
)

# %% [markdown]
# The seeds of one rate, each with its own draw of pictures, spread as widely as the means of all
# rates, or more. Compared seed by seed, some of that cancels out.
#
# ### Is 100 units at 0.001 fair to both?
#
# Dropout and its rival, rate 0, may need different settings. Here are others, with 20 pictures a
# class.

# %% tags=["experiment", "head-choice"]
head_choice = trials.Experiment(
    name="head-choice",
    data="clothing-1k",
    prepare=to_features,
    measure=measure_head,
    conditions=[
        {"units": units, "learning_rate": learning_rate, "rate": rate}
        for units in [30, 100, 300]
        for learning_rate in [3e-4, 1e-3, 3e-3, 1e-2]
        for rate in [0.0, 0.5]
    ],
    seeds=range(10),
)

# %% [markdown]
# Mean validation loss at the checkpoint, and the difference in it between rate 0.5 and rate 0: both
# at 100 units and 0.001, and each in its own best row:

# %% tags=["method"]
choice = head_choice.recorded()
mean_losses = choice.pivot_table(
    index=["units", "learning_rate"], columns="rate", values="validation_loss"
)
ours = (100, 1e-3)
best_plain, best_dropout = mean_losses[0.0].idxmin(), mean_losses[0.5].idxmin()
for name, plain, dropout in [
    ("both as in part 2", ours, ours),
    ("each in its best row", best_plain, best_dropout),
]:
    difference = statistics.paired_difference(
        choice,
        "validation_loss",
        {"rate": 0.0, "units": plain[0], "learning_rate": plain[1]},
        {"rate": 0.5, "units": dropout[0], "learning_rate": dropout[1]},
    )
    print(f"{name}: {claims.format_difference(difference, 'nats')}")
mean_losses.round(3).sort_values(0.5)

# %% [markdown]
# In every row the mean loss is lower with rate 0.5. But our setting, which is older than this
# table, is the best row of neither rate; with each rate in its own the difference is smaller, and
# both intervals hold zero. (The lowest of twelve means looks better than it is, so the second is
# too sure of itself.) What follows compares rates at 100 units and 0.001 only.
#
# ### 5, 20 and 40 pictures a class
#
# These heads were trained for 100, 50 and 40 epochs.
#
# **Predict.** Will dropout on the head matter more with 5 pictures a class, or with 40? Will it
# matter more at the checkpoint, or after the last epoch?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# First the accuracy:


# %% What does each rate do to the accuracy? tags=["hide-input"]
def minus_none(groups, measure):
    """Dropout minus none, paired by seed, for each group of trials; accuracies in points."""
    rows = {
        f"{group}, rate {rate:g}": statistics.paired_difference(
            frame, measure, {"rate": 0.0}, {"rate": rate}
        )
        for group, frame in groups.items()
        for rate in (0.2, 0.5, 0.8)
    }
    if "accuracy" in measure:
        rows = {row: value.in_points() for row, value in rows.items()}
    return rows


def at_both_moments(groups, measure, label, unit):
    return same_scale(
        plotting.differences(
            {
                f"test {label} {when},\nminus rate 0 ({unit})": minus_none(groups, column)
                for when, column in {
                    "at the checkpoint": f"test_{measure}",
                    "after the last epoch": f"test_{measure}_last",
                }.items()
            }
        )
    )


def same_scale(axes):
    """All panels on one horizontal scale."""
    limits = [ax.get_xlim() for ax in axes]
    for ax in axes:
        ax.set_xlim(min(low for low, _ in limits), max(high for _, high in limits))
    return axes


amounts = {
    f"{examples // 10} a class": statistics.select(recorded, {"examples": examples})
    for examples in (50, 200, 400)
}
plotting.picture(
    at_both_moments(amounts, "accuracy", "accuracy", "points; better →"),
    alt="For 5, 20 and 40 pictures a class the differences in accuracy are small, and nearly all "
    "intervals hold zero: rate 0.8 is higher at the checkpoint with 20 a class, and lower after "
    "the last epoch with 40.",
)

# %% [markdown]
# Nowhere much. Rates 0.2 and 0.5 cannot be told from none. With 0.8 it leans to the good side at
# the checkpoint, and with 20 pictures a class the interval leaves zero out; after the last epoch
# nothing of that is left, and with 40 a class 0.8 costs a little. And the loss?

# %% What does each rate do to the loss? tags=["hide-input"]
plotting.picture(
    at_both_moments(amounts, "loss", "cross-entropy", "nats; ← better"),
    alt="At the checkpoint the loss is lower with rate 0.5 and lower still with 0.8, at all three "
    "sizes. After the last epoch it is far lower with 0.8; that of the other rates is not, and "
    "with 5 a class it is higher.",
)

# %% [markdown]
# At the checkpoint it is lower with 0.8, and leans that way with 0.5: one at a time these intervals
# leave zero out, but among all claims of the lesson it could be chance (the claims at the end have
# it for 20 a class). After the last epoch only 0.8 lowers it, and by a lot; with 5 a class 0.2 and
# 0.5 even raise it.
#
# So the answer depends on when one looks. What does stopping by the loss cost in accuracy, at each
# rate?

# %% What does stopping by the loss cost in accuracy? tags=["hide-input"]
waited = {}
for group, frame in amounts.items():
    for rate in (0.0, 0.2, 0.5, 0.8):
        heads_there = statistics.select(frame, {"rate": rate})
        two_moments = pd.concat(
            heads_there[["seed", column]].set_axis(["seed", "accuracy"], axis=1).assign(last=last)
            for column, last in (("test_accuracy", False), ("test_accuracy_last", True))
        )
        row = (
            f"{group}, rate {rate:g} (epoch {heads_there['best_epoch'].mean():.0f} "
            f"of {heads_there['epochs'].iloc[0]})"
        )
        waited[row] = statistics.paired_difference(
            two_moments, "accuracy", {"last": False}, {"last": True}
        ).in_points()
plotting.picture(
    plotting.differences(
        {"test accuracy after the last epoch,\nminus at the checkpoint (points)": waited}
    ),
    alt="With rates 0, 0.2 and 0.5 the accuracy is higher after the last epoch than at the "
    "checkpoint, at all three sizes; with 0.8 only with 5 pictures a class.",
)

# %% [markdown]
# With rates 0 to 0.5 a head has more right after its last epoch than at its checkpoint (whose mean
# epoch stands in brackets). With 0.8 the checkpoint lies latest and costs least; so a comparison at
# the checkpoint alone can credit dropout with what is due to the moment. With 20 and 40 pictures a
# class heads with 0.8 are near their best when training ends: what more epochs would do to them, we
# do not know.
#
# ### Heads and their rival
#
# In part 4 you wrote down whether the heads have more right than logistic regression. Do they, at
# either moment?

# %% Do the heads have more right than logistic regression? tags=["hide-input"]
rival = statistics.select(clothing_rivals.recorded(), {"rival": "logistic regression"})
models = pd.concat(
    [
        rival.assign(model="logistic regression", test_accuracy_last=rival["test_accuracy"]),
        recorded.assign(model=recorded["rate"].map("rate {:g}".format)),
    ]
)


def minus_logistic(measure):
    return {
        f"{examples // 10} a class, rate {rate:g}": statistics.paired_difference(
            models,
            measure,
            {"model": "logistic regression", "examples": examples},
            {"model": f"rate {rate:g}", "examples": examples},
        )
        for examples in (50, 200, 400)
        for rate in (0.0, 0.5, 0.8)
    }


more_right = {
    f"test accuracy {when},\nminus that of the rival (points; better →)": {
        row: value.in_points() for row, value in minus_logistic(measure).items()
    }
    for when, measure in {
        "at the checkpoint": "test_accuracy",
        "after the last epoch": "test_accuracy_last",
    }.items()
}
plotting.picture(
    same_scale(plotting.differences(more_right)),
    alt="At the checkpoint the heads have fewer test pictures right than logistic regression at "
    "each of the three sizes, with rates 0, 0.5 and 0.8. After the last epoch heads with rates 0 "
    "and 0.5 are much closer, and some intervals hold zero; no head is ahead.",
)

# %% [markdown]
# And their loss at the checkpoint, where it is lowest?

# %% Do the heads have a lower loss? tags=["hide-input"]
label = "test cross-entropy at the checkpoint,\nminus that of the rival (nats; ← better)"
plotting.picture(
    plotting.differences({label: minus_logistic("test_loss")}),
    alt="At each of the three sizes the loss of the heads is higher than that of logistic "
    "regression, least with rate 0.8; all intervals leave zero out.",
)

# %% [markdown]
# At the checkpoint the rival has more right than the heads at each size (with 20 a class and rate
# 0.5 for other senders as well: the claims at the end). After the last epoch the heads with 0 and
# 0.5 have made up for much of it, and with 0.5 and 5 or 20 a class they cannot be told from the
# rival. No head is ahead, and the loss of the rival is lower throughout. Why, these trials do not
# say: the rival has no hidden layer, a penalty that validation chose, features brought to one
# scale, and another optimizer. So before "does dropout help this head?" comes the question whether
# the head is worth having.
#
# ### All photographs, and another base
#
# The same heads were recorded on all 3,068 training photographs of the full set, at 150 pixels,
# for thirty epochs, with EfficientNet-Lite0 and with MobileNet (arXiv 1704.04861; a quarter as wide
# as usual). The split is the publisher's own: there nearly all validation pictures come from
# senders of training pictures, and the test pictures from five people.


# %% tags=["experiment", "head-clothing"]
def to_larger_features(data):
    return features.features(bases.load("efficientnet-lite0", 150), data)


head_clothing = trials.Experiment(
    name="head-clothing",
    data="clothing",
    prepare=to_larger_features,
    measure=measure_head,
    conditions=[{"examples": 3068, "epochs": 30, "rate": rate} for rate in [0.0, 0.2, 0.5, 0.8]],
    seeds=range(10),
)


# %% tags=["experiment", "head-clothing-mobilenet"]
def to_mobilenet_features(data):
    return features.features(bases.load("mobilenet-0.25", 150), data)


head_clothing_mobilenet = trials.Experiment(
    name="head-clothing-mobilenet",
    data="clothing",
    prepare=to_mobilenet_features,
    measure=measure_head,
    conditions=[{"examples": 3068, "epochs": 30, "rate": rate} for rate in [0.0, 0.2, 0.5, 0.8]],
    seeds=range(10),
)

# %% [markdown]
# **Predict.** Will dropout on the head matter more here, or less: for accuracy, for the loss, at
# the checkpoint, after the last epoch?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# First the accuracy again:

# %% What does each rate do to the accuracy on all photographs? tags=["hide-input"]
photographs = {
    "EfficientNet-Lite0": head_clothing.recorded(),
    "MobileNet": head_clothing_mobilenet.recorded(),
}
plotting.picture(
    at_both_moments(photographs, "accuracy", "accuracy", "points; better →"),
    alt="On all photographs, at the checkpoint, no rate has a higher accuracy that could be told "
    "from none, and MobileNet a lower one with 0.8. After the last epoch MobileNet has a higher "
    "accuracy with 0.2 and 0.5 and a lower one with 0.8; that of EfficientNet-Lite0 cannot be told "
    "apart.",
)

# %% [markdown]
# And the loss?

# %% What does each rate do to the loss on all photographs? tags=["hide-input"]
plotting.picture(
    at_both_moments(photographs, "loss", "cross-entropy", "nats; ← better"),
    alt="On all photographs, at the checkpoint, the loss of MobileNet is lower with 0.2 and 0.5, "
    "and that of EfficientNet-Lite0 cannot be told apart. After the last epoch it is lower with "
    "0.5 and 0.8, with both bases.",
)

# %% [markdown]
# In which of the thirty epochs is the validation loss lowest, and what is the accuracy, on average?

# %% In which epoch are the heads at their best? tags=["hide-input"]
pd.concat(photographs, names=["base"]).groupby(["base", "rate"])[
    ["best_epoch", "test_accuracy", "test_accuracy_last"]
].mean().round({"best_epoch": 1, "test_accuracy": 3, "test_accuracy_last": 3}).set_axis(
    ["epoch of the checkpoint", "its test accuracy", "after the last epoch"], axis=1
)

# %% [markdown]
# At the checkpoint accuracy hardly moves here either. The exception is MobileNet with 0.8, for
# which thirty epochs are too few: those heads were still improving. MobileNet's loss is lower with
# 0.2 and 0.5; with EfficientNet-Lite0 the loss at the checkpoint cannot be told apart.
#
# After the last epoch a head without dropout has overfitted, with both bases, and 0.5 and 0.8 save
# a good part of the loss. With MobileNet 0.2 does, too, and there 0.2 and 0.5 save accuracy as well
# (this was seen afterwards and is no claim of the lesson). How much longer a head with dropout has
# to train, the table says.
#
# Every seed has the same pictures here, so these intervals know nothing of another draw; and they
# hold for the five people who sent the test pictures.
#
# ### Where the head errs
#
# Your head of part 2 with dropout, on the test pictures:

# %%
logits = one_head["dropout"].predict(kept.test.x, verbose=0)
probabilities = keras.ops.convert_to_numpy(keras.ops.softmax(logits))
predicted = probabilities.argmax(axis=1)
print(f"{(predicted == kept.test.y).sum()} of {len(predicted)} test pictures right")

# %% [markdown]
# Its most confident mistakes, each with its class and, behind the arrow, the answer, with the
# probability that the head gave to that answer:

# %% The most confident mistakes tags=["hide-input"]
wrong = np.flatnonzero(predicted != kept.test.y)
surest = wrong[np.argsort(-probabilities[wrong].max(axis=1))][:10]
titles = [
    f"{truth}\n→ {answer} ({probability:.2f})"
    for truth, answer, probability in zip(
        class_names[kept.test.y[surest]],
        class_names[predicted[surest]],
        probabilities[surest].max(axis=1),
        strict=True,
    )
]
plotting.picture(
    plotting.gallery(data.test.x[surest], titles),
    alt="The ten test pictures that the head gets wrong with the highest probability, each with "
    "its class, the answer and the probability.",
)

# %% [markdown]
# A probability near 1 is no promise. Would you have known better from the picture alone? What a net
# can say about its own doubts is the subject of lesson 05.
#
# ## 6 Fine-tuning the last block
#
# So far the base was frozen whole. Now its last block is trained on with the head, at a low
# learning rate and for ten epochs, from the checkpoint of the head. All that lies before the
# block stays frozen, so that its feature maps, too, are computed once and kept.


# %% tags=["experiment", "head-tuning"]
def to_maps(data):
    """The feature maps in front of the last block: all that lies before it runs once."""
    before, _ = bases.split("efficientnet-lite0", 96)
    return features.features(before, data)


# %% tags=["experiment", "head-tuning"]
def through(last_block, split):
    """The examples with the features that the last block makes of their maps."""
    return dataclasses.replace(split, x=last_block.predict(split.x, verbose=0))


# %% [markdown]
# Batch normalisation stays frozen: with a few hundred pictures the mean of a batch is a poor guess.
#
# A head that is trained on at a lower learning rate may gain from that alone. So the rival is the
# same head, from the same checkpoint, trained on for as long with the block frozen, at 0.0001.


# %% tags=["experiment", "head-tuning"]
def put_together(last_block, head, tuned):
    """One model of both; without `tuned` the optimizer may change the head only."""
    last_block.trainable = tuned
    for layer in last_block.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False  # it goes on using its stored means and variances
    return keras.Sequential([last_block, head])


# %% tags=["experiment", "head-tuning"]
def measure_tuning(data, seed, rate, tuned, learning_rate):
    """A head, trained for ten more epochs from its checkpoint, with the last block or alone."""
    keras.utils.set_random_seed(seed)
    train = datasets.subset(data.train, 200, np.random.default_rng(seed))
    _, last_block = bases.split("efficientnet-lite0", 96)
    head = build_head(last_block.output_shape[1], 100, rate)
    with tempfile.TemporaryDirectory() as own_folder:
        best = Path(own_folder) / "best.weights.h5"
        fit(head, through(last_block, train), through(last_block, data.validation), 1e-3, 50, best)
        head.load_weights(best)
        model = put_together(last_block, head, tuned)
        fit(model, train, data.validation, learning_rate, 10, best)
        model.load_weights(best)
    return score(model, data)


# %% tags=["experiment", "head-tuning"]
head_tuning = trials.Experiment(
    name="head-tuning",
    data="clothing-1k",
    prepare=to_maps,
    measure=measure_tuning,
    conditions=[
        {"rate": rate, "tuned": tuned, "learning_rate": learning_rate}
        for rate in [0.0, 0.5]
        for tuned, learning_rate in [(False, 1e-4), (True, 1e-5), (True, 1e-4)]
    ],
    seeds=range(10),
)

# %% [markdown]
# **Predict.** Will tuning the block make the head better on new pictures than training on the head
# alone? Will dropout on the head matter more, or less?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# Your own head with dropout, both ways, for five epochs:

# %%
before_last, _ = bases.split(base_name, data.train.x.shape[1])
maps = features.features(before_last, data)
few_maps = datasets.subset(maps.train, 200, np.random.default_rng(LIVE_SEED))
tuning_losses = {}
at_checkpoint = histories["dropout"]["val_loss"].min()
for name, tuned in {"head alone": False, "last block and head": True}.items():
    _, last_block = bases.split(base_name, data.train.x.shape[1])
    head = build_head(last_block.output_shape[1], 100, 0.5)
    head.load_weights(own_folder / "dropout.weights.h5")
    model = put_together(last_block, head, tuned)
    best = own_folder / "tuned.weights.h5"
    history = fit(model, few_maps, maps.validation, 1e-4, 5, best, callbacks=[trials.epoch_bar()])
    tuning_losses[name] = [at_checkpoint, *history.history["val_loss"]]
index = pd.Index(range(6), name="epoch of tuning")
pd.DataFrame(tuning_losses, index=index).round(3)

# %% [markdown]
# These are validation losses, at epoch 0 that of the checkpoint in part 2. Is any epoch better than
# that one? In the record, of each run the best of the ten epochs is kept; neither way can go back
# to epoch 0. Does tuning the block change more than training the head alone?

# %% Does tuning the block gain more than the head alone? tags=["hide-input"]
tuning = head_tuning.recorded()


def tuned_minus_alone(measure):
    return {
        f"rate {rate:g}, learning rate {shown}": statistics.paired_difference(
            tuning,
            measure,
            {"rate": rate, "tuned": False},
            {"rate": rate, "tuned": True, "learning_rate": learning_rate},
        )
        for rate in (0.0, 0.5)
        for shown, learning_rate in (("0.00001", 1e-5), ("0.0001", 1e-4))
    }


tuned_accuracy = tuned_minus_alone("test_accuracy")
plotting.picture(
    plotting.differences(
        {
            "test accuracy,\nminus head alone (points; better →)": {
                name: difference.in_points() for name, difference in tuned_accuracy.items()
            },
            "test cross-entropy,\nminus head alone (nats; ← better)": tuned_minus_alone(
                "test_loss"
            ),
        }
    ),
    alt="Tuned at 0.00001 nothing can be told from training the head alone; at 0.0001 the loss is "
    "higher with the block tuned, and accuracy cannot be told apart.",
)

# %% [markdown]
# With 20 pictures a class tuning the last block brought nothing that could be told, at these two
# learning rates: at 0.00001 the result cannot be told from that of the head alone, and at 0.0001
# the loss is higher, for both rates (we suppose because the block, with many more weights, makes
# the head surer of pictures that it knows by heart). Does dropout on the head matter more when the
# block is tuned?

# %% Does dropout matter more when the block is tuned? tags=["hide-input"]
at_one_rate = tuning[tuning["learning_rate"] == 1e-4]
effects = {}
for measure, unit in {"test_accuracy": "points", "test_loss": "nats"}.items():
    of_dropout = [
        statistics.paired_difference(
            at_one_rate, measure, {"rate": 0.0, "tuned": tuned}, {"rate": 0.5, "tuned": tuned}
        )
        for tuned in (False, True)
    ]
    wide = at_one_rate.pivot(index=["tuned", "seed"], columns="rate", values=measure)
    gains = (wide[0.5] - wide[0.0]).rename("gain").reset_index()
    more = statistics.paired_difference(gains, "gain", {"tuned": False}, {"tuned": True})
    effects[measure.replace("_", " ")] = [
        claims.format_difference(difference, unit) for difference in (*of_dropout, more)
    ]
pd.DataFrame(
    effects,
    index=[
        "rate 0.5 minus rate 0, head alone",
        "the same, block tuned at 0.0001",
        "second row minus first",
    ],
)

# %% [markdown]
# For the loss, yes: dropout undoes part of the damage that tuning does. The accuracy cannot be told
# apart.
#
# ## What others found
#
# **On these photographs.** Alexey Grigorev, who collected them, trains our head with our four rates
# in a
# [course](https://github.com/DataTalksClub/machine-learning-zoomcamp/blob/master/08-deep-learning/notebook.ipynb)
# and in a
# [book](https://github.com/alexeygrigorev/mlbookcamp-code/blob/master/chapter-07-neural-nets/07-neural-nets-train.ipynb),
# for thirty epochs on all 3,068 pictures. What differs: Xception is the base, and each rate has one
# run. On validation pictures after the last epoch (course / book):
#
# | rate | 0 | 0.2 | 0.5 | 0.8 |
# |---|---|---|---|---|
# | accuracy | 0.8358 / 0.8358 | 0.8065 / 0.8240 | 0.8299 / 0.8299 | 0.8299 / 0.8152 |
# | loss (nats) | 0.8397 / 0.7504 | 0.8274 / 0.7548 | 0.6907 / 0.7174 | 0.5628 / 0.5989 |
#
# Both go on with rate 0.2. What do our heads do on the same validation pictures?


# %% What do our heads do on the same validation pictures? tags=["hide-input"]
plotting.picture(
    plotting.differences(
        {
            "validation accuracy, last epoch,\nminus rate 0 (points; better →)": (
                minus_none(photographs, "validation_accuracy_last")
            ),
            "validation cross-entropy, last epoch,\nminus rate 0 (nats; ← better)": (
                minus_none(photographs, "validation_loss_last")
            ),
        }
    ),
    alt="On validation pictures after the last epoch: the loss is lower with 0.5 and 0.8, with "
    "both bases. No rate has a higher accuracy that could be told from none; with MobileNet, 0.8 "
    "has a lower one.",
)

# %% [markdown]
# Where ours can tell, those single runs lie on the same side: with 0.5 and 0.8 the loss is lower,
# and no rate is seen to have a higher accuracy. Why both go on with 0.2, they do not say. (What
# MobileNet gained in accuracy on the test pictures it does not gain on these: do not build on it.)
#
# **Keras's guide** [Transfer learning &
# fine-tuning](https://keras.io/guides/transfer_learning/) has `Dropout(0.2)` between the features
# and its only layer, to regularise, and no run without it.
#
# **In the base.** Xception learnt ImageNet with rate 0.5 before its last layer, and a far larger
# set without, as overfitting was unlikely there (Chollet, arXiv 1610.02357). For EfficientNet the
# rate rises with the size of the net, from 0.2 to 0.5 (Tan and Le, arXiv 1905.11946). Neither
# paper shows what that does. Kornblith and others (arXiv 1805.08974) do: dropout before the last
# layer, while the base learns, makes a net slightly better on ImageNet, and its features *worse*
# for logistic regression on other pictures. That does not contradict ours: theirs changes the
# features, ours acts behind features that stay as they are. Whether its training cost our own base
# anything stays open.
#
# ## What would change our mind
#
# - A head with what logistic regression has and ours lacks: a penalty on its weights, features
#   brought to one scale, settings of its own for each rate.
# - Dropout on the features themselves, in front of the dense layer. In front of a linear model it
#   resembles a penalty on the weights (lesson 00), which is what the rival has.
# - More epochs for rate 0.8, and a checkpoint chosen by accuracy: ours goes by the loss, and stops
#   earlier.
# - Other people's clothes: every test part is the wardrobe of some tens of people, or of five.
# - Xception as the base: its weights are a download, and no trials of it are recorded. Run the
#   lesson with `--profile full` and see.
#
# ## Key points
#
# - At the checkpoint, dropout on this head did little for accuracy: at no number of pictures, and
#   with neither base, could rate 0.5 be told from none. It can lower the loss, above all where
#   training goes on past the best epoch; with few pictures that takes a high rate.
# - What you find depends on when you look. A checkpoint by the loss costs accuracy, least with 0.8,
#   whose checkpoint lies latest.
# - Before a net, ask a rival. At the checkpoint logistic regression on the same features had more
#   right than the heads, with dropout or without; after the last epoch heads with 0 and 0.5 were
#   closer, some not to be told from it. None was ahead, and its loss was lower throughout.
# - A frozen base runs once. Keep the features under a key of all that they depend on. With
#   random augmentation, or with any part of the base tuned, they are no longer the right ones.
# - `trainable = False` is for the optimizer (and for batch normalisation), `training=False` is for
#   one call; in Keras 3 `fit` overrides the latter in functional models.
# - Give every run a checkpoint of its own. Choose on validation, for the rival of dropout as well
#   as for dropout; then try what was chosen on the test pictures, once.
# - Know who sent the test pictures: a result holds for people like them.
#
# ## What the evidence says
#
# The claims were written down before the trials were recorded, and are judged together by Holm's
# method: *supported* when the difference lies on the claimed side of zero, *refuted* when it lies
# on the other, *not distinguishable* (a hollow circle) when the interval holds zero or when, among
# so many claims, it could be chance. An accuracy is claimed for **new pictures**, of clothes that
# other people send: the uncertainty that comes from the test pictures counts, by sender, so these
# intervals are wider than those above. Losses are claimed for *these test pictures*. All claims of
# the lesson stand on the site's page of claims.

# %% What does the evidence say? tags=["hide-input"]
claims.Ledger("04_transfer")

# %% [markdown]
# ## References
#
# - S. Kornblith, J. Shlens, Q. V. Le (2018). Do better ImageNet models transfer better?
#   [arXiv:1805.08974](https://arxiv.org/abs/1805.08974)
# - M. Tan, Q. Le (2019). EfficientNet: rethinking model scaling for convolutional neural networks.
#   [arXiv:1905.11946](https://arxiv.org/abs/1905.11946)
# - A. Howard and others (2017). MobileNets: efficient convolutional neural networks for mobile
#   vision applications. [arXiv:1704.04861](https://arxiv.org/abs/1704.04861)
# - F. Chollet (2017). Xception: deep learning with depthwise separable convolutions.
#   [arXiv:1610.02357](https://arxiv.org/abs/1610.02357)
