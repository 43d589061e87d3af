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
#
# **Question.** Dropout narrows the gap between training and test accuracy of a net of VGG
# blocks. Does it make the net better, and does longer training change the answer?

# %% tags=["experiment"]
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.model_selection import ParameterGrid

from course_utils import claims, datasets, plotting, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" trains on CIFAR-10, which takes hours

# %%
LIVE_SEED = 100
plotting.use_course_style()


# %% tags=["experiment"]
def vgg_block(filters, rate):
    return [
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(rate),
    ]


# %% tags=["experiment"]
def build_vgg(rates):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            *vgg_block(32, rates[0]),
            *vgg_block(64, rates[1]),
            *vgg_block(128, rates[2]),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% tags=["experiment"]
def as_inputs(pictures):
    """Tiles without colour as they are; grey values from 0-255 to 0-1."""
    return pictures if pictures.dtype == np.float32 else pictures / np.float32(255)


# %% tags=["experiment"]
def train_vgg(data, seed, dropout, epochs):
    keras.utils.set_random_seed(seed)
    model = build_vgg(rates=(0.25, 0.25, 0.4) if dropout else (0.0, 0.0, 0.0))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
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
def score_vgg(model, history, data):
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


# %% tags=["experiment"]
def measure_vgg(data, seed, dropout, epochs):
    model, history = train_vgg(data, seed, dropout, epochs)
    return score_vgg(model, history, data)


# %% tags=["experiment", "vgg"]
vgg = trials.Experiment(
    name="vgg",
    data="photo-tiles",
    options={"tiles": 1000},
    measure=measure_vgg,
    conditions=ParameterGrid({"dropout": [False, True], "epochs": [8, 24]}),
    seeds=range(10),
)

# %% tags=["experiment", "vgg-cifar10-part"]
vgg_cifar10_part = trials.Experiment(
    name="vgg-cifar10-part",
    data="cifar10-part",
    measure=measure_vgg,
    conditions=ParameterGrid({"dropout": [False, True], "epochs": [10]}),
    seeds=range(5),
)
