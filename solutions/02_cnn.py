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
# - place dropout behind convolution blocks, before and behind a dense layer, and say which
#   places can be told apart;
# - explain what `SpatialDropout2D` drops and `Dropout` does not;
# - compare dropout with data augmentation, alone and together, at equal budget;
# - save a net with the state of its optimizer, load it, and check that nothing was lost.
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
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.model_selection import ParameterGrid

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


# %% tags=["experiment", "cnn-places", "cnn-longer"]
def as_inputs(pictures):
    """Tiles without colour as they are; grey values from 0-255 to 0-1."""
    return pictures if pictures.dtype == np.float32 else pictures / np.float32(255)


# %% tags=["experiment", "cnn-places", "cnn-longer"]
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


# %% tags=["experiment", "cnn-places", "cnn-longer"]
def augmentation_layers():
    return [
        layers.RandomFlip("horizontal"),
        layers.RandomTranslation(0.1, 0.1),
        layers.RandomZoom(0.1),
    ]


# %% tags=["experiment", "cnn-places", "cnn-longer"]
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


# %% tags=["experiment", "cnn-places", "cnn-longer"]
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


# %% tags=["experiment", "cnn-places", "cnn-longer"]
def measure_cnn(data, seed, epochs, **places):
    model, history = train_cnn(data, seed, epochs, **places)
    return score_cnn(model, history, data)


# %% tags=["experiment", "cnn-places", "cnn-longer", "claims"]
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
    seeds=range(8),
)

# %% tags=["experiment", "cnn-longer"]
cnn_longer = trials.Experiment(
    name="cnn-longer",
    data="photo-tiles",
    options={"tiles": 1000},
    measure=measure_cnn,
    conditions=[
        {"epochs": 60} | places[where]
        for where in ["nowhere", "old", "augmentation", "augmentation, old"]
    ],
    seeds=range(5),
)
