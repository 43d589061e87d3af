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

# %% tags=["experiment"]
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
from sklearn.metrics import ConfusionMatrixDisplay, log_loss
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import bases, claims, datasets, features, heads, plotting, rivals, statistics
from course_utils import trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" takes 3,781 photographs and the base FULL_BASE (downloads)
FULL_BASE = "xception"  # or "mobilenet-0.25", which is smaller


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


# %% tags=["experiment", "clothing-rivals"]
def fit_logistic(train, validation):
    """Logistic regression; of four strengths of its penalty, that with the lowest validation loss."""
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
    seeds=range(5),
)


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
    seeds=range(5),
)


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
    seeds=range(5),
)


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
    seeds=range(5),
)


# %% tags=["experiment", "head-clothing"]
def to_larger_features(data):
    return features.features(bases.load("efficientnet-lite0", 150), data)


head_clothing = trials.Experiment(
    name="head-clothing",
    data="clothing",
    prepare=to_larger_features,
    measure=measure_head,
    conditions=[{"examples": 3068, "epochs": 30, "rate": rate} for rate in [0.0, 0.2, 0.5, 0.8]],
    seeds=range(5),
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
    seeds=range(5),
)


# %% tags=["experiment", "head-tuning"]
def to_maps(data):
    """The feature maps in front of the last block: all that lies before it runs once."""
    before, _ = bases.split("efficientnet-lite0", 96)
    return features.features(before, data)


# %% tags=["experiment", "head-tuning"]
def through(last_block, split):
    """The examples with the features that the last block makes of their maps."""
    return dataclasses.replace(split, x=last_block.predict(split.x, verbose=0))


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
    """A head that is trained on for ten epochs from its checkpoint, with the last block or alone."""
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
    seeds=range(5),
)
