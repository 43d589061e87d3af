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
# # 03 VGG blocks, the gap, and closing it

# %% tags=["experiment"]
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.ensemble import RandomForestClassifier

from course_utils import claims, datasets, plotting, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" trains on CIFAR-10, which takes hours

# %%
LIVE_SEED = 100
plotting.use_course_style()


# %% tags=["experiment", "vgg"]
def vgg_block(filters, rate):
    return [
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(rate),
    ]


# %% tags=["experiment", "vgg"]
def build_vgg(shape, rates):
    return keras.Sequential(
        [
            keras.Input(shape),
            *vgg_block(32, rates[0]),
            *vgg_block(64, rates[1]),
            *vgg_block(128, rates[2]),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% tags=["experiment"]
def draw_pictures(data, seed, size, wrong):
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, size, generator)
    labels, is_wrong = datasets.flip_labels(drawn.y, wrong, 10, generator)
    return drawn.x, labels, is_wrong


# %% tags=["experiment", "vgg-forest"]
def measure_forest(data, seed, wrong):
    pictures, labels, _ = draw_pictures(data, seed, 1000, wrong)
    forest = RandomForestClassifier(300, random_state=seed)
    forest.fit(pictures.reshape(len(pictures), -1), labels)
    test_right = forest.predict(data.test.x.reshape(len(data.test.x), -1)) == data.test.y
    return {"test_accuracy": test_right.mean(), "test_right": test_right}


vgg_forest = trials.Experiment(
    name="vgg-forest",
    data="fashion-mnist-6k",
    measure=measure_forest,
    conditions=[{"wrong": wrong} for wrong in [0.0, 0.3]],
    seeds=range(10),
)


# %% tags=["experiment", "vgg"]
def as_inputs(pictures):
    """Grey values from 0-255 to 0-1; 28 x 28 pixels in a frame of zeros, 32 x 32, with a channel."""
    if pictures.ndim == 3:
        pictures = np.pad(pictures, ((0, 0), (2, 2), (2, 2)))[..., None]
    return pictures / np.float32(255)


# %% tags=["experiment", "vgg"]
def compile_vgg(shape, seed, dropout):
    keras.utils.set_random_seed(seed)
    model = build_vgg(shape, rates=(0.25, 0.25, 0.4) if dropout else (0.0, 0.0, 0.0))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% tags=["experiment", "vgg"]
def score_vgg(model, pictures, labels, data):
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


# %% tags=["experiment", "vgg"]
def measure_vgg(data, seed, dropout, wrong):
    """The scores after 24 epochs, and on the way, after 8, under names that end in _8."""
    pictures, labels, _ = draw_pictures(data, seed, 1000, wrong)
    inputs = as_inputs(pictures)
    model = compile_vgg(inputs.shape[1:], seed, dropout)
    model.fit(inputs, labels, batch_size=64, epochs=8, verbose=0)
    early = score_vgg(model, pictures, labels, data)
    model.fit(inputs, labels, batch_size=64, epochs=24, initial_epoch=8, verbose=0)
    late = score_vgg(model, pictures, labels, data)
    return {f"{name}_8": value for name, value in early.items()} | late


vgg = trials.Experiment(
    name="vgg",
    data="fashion-mnist-6k",
    measure=measure_vgg,
    conditions=[
        {"dropout": dropout, "wrong": wrong} for wrong in [0.0, 0.3] for dropout in [False, True]
    ],
    seeds=range(10),
)
