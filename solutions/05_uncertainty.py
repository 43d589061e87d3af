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
# **Question.** What can dropout that is left on at inference tell about a net's doubts?

# %% tags=["experiment"]
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


# %% tags=["experiment"]
def calibration_error(probabilities, labels, bins=15):
    """Expected calibration error: how far confidence and share of right answers lie apart."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    numbers = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(numbers, right - confidence)
    return np.abs(gaps).sum() / len(labels)


# %% tags=["experiment"]
def share_right_of_surest(right, doubt, coverage=0.8):
    """The share of right answers when those with the most doubt are handed on."""
    return right[np.argsort(doubt, kind="stable")[: round(coverage * len(right))]].mean()


def area(doubt, other_doubt):
    """The probability that one of the others gets more doubt (area under the ROC)."""
    is_other = np.repeat([0, 1], [len(doubt), len(other_doubt)])
    return roc_auc_score(is_other, np.concatenate([doubt, other_doubt]))


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


# %% tags=["experiment"]
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


# %% tags=["experiment"]
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
    seeds=range(5),
)
