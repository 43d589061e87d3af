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
# # 01 Dropout in a multilayer perceptron

# %% tags=["experiment"]
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from sklearn.metrics import (
    ConfusionMatrixDisplay,
    accuracy_score,
    classification_report,
    f1_score,
)
from sklearn.model_selection import ParameterGrid

from course_utils import claims, datasets, plotting, statistics, trials

# %% tags=["experiment", "label-noise", "old-rate", "old-rate-full"]
def build_mlp(rate, units=512):
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(units, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(units, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% tags=["experiment"]
def to_unit(images):
    """Grey values from 0-255 to 0-1."""
    return images / np.float32(255)


# %% tags=["experiment", "label-noise"]
def draw_digits(data, seed, size, wrong):
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, size, generator)
    labels, is_wrong = datasets.flip_labels(drawn.y, wrong, 10, generator)
    return drawn.x, labels, is_wrong


def train_on_few(data, seed, rate, size=1000, wrong=0.3, units=512, early_stopping=False):
    images, labels, _ = draw_digits(data, seed, size, wrong)
    keras.utils.set_random_seed(seed)
    model = build_mlp(rate, units)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping("val_loss", patience=3, restore_best_weights=True)
    history = model.fit(
        to_unit(images),
        labels,
        batch_size=64,
        epochs=20,
        validation_data=(to_unit(data.validation.x), data.validation.y),
        callbacks=[stop] if early_stopping else [],
        verbose=0,
    )
    return model, pd.DataFrame(history.history)


# %% tags=["experiment", "label-noise"]
def score_few(model, history, data, seed, size=1000, wrong=0.3):
    images, labels, _ = draw_digits(data, seed, size, wrong)
    _, train_accuracy = model.evaluate(to_unit(images), labels, verbose=0)
    test_loss, test_accuracy = model.evaluate(to_unit(data.test.x), data.test.y, verbose=0)
    return {
        "fit_accuracy": history["accuracy"].iloc[-1],
        "train_accuracy": train_accuracy,
        "validation_accuracy": history["val_accuracy"].iloc[-1],
        "test_accuracy": test_accuracy,
        "test_loss": test_loss,
        "epochs": len(history),
    }


def measure_few(data, seed, size, wrong, **condition):
    model, history = train_on_few(data, seed, size=size, wrong=wrong, **condition)
    return score_few(model, history, data, seed, size, wrong)


label_noise = trials.Experiment(
    name="label-noise",
    data="mnist-5k",
    measure=measure_few,
    conditions=ParameterGrid(
        [
            {
                "wrong": [0.3],
                "size": [1000],
                "units": [512],
                "early_stopping": [False],
                "rate": [0.0, 0.2, 0.5, 0.8],
            },
            {
                "wrong": [0.3],
                "size": [1000],
                "units": [512],
                "early_stopping": [True],
                "rate": [0.0, 0.5],
            },
            {
                "wrong": [0.3],
                "size": [1000],
                "units": [256],
                "early_stopping": [False],
                "rate": [0.0, 0.5],
            },
            {
                "wrong": [0.0],
                "size": [1000, 3000],
                "units": [512],
                "early_stopping": [False],
                "rate": [0.0, 0.5],
            },
        ]
    ),
    seeds=range(20),
)

# %% tags=["experiment", "old-f1", "old-f1-full"]
def build_old_net(dropout, output):
    first, second = (0.5, 0.25) if dropout else (0.0, 0.0)
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(100, activation="relu"),
            layers.Dropout(first),
            layers.Dense(50, activation="relu"),
            layers.Dropout(second),
            layers.Dense(25, activation="relu"),
            layers.Dense(10, name="logits"),
            layers.Activation(output),
        ]
    )


def train_old_net(data, seed, scaled, output, dropout, epochs):
    images = to_unit(data.train.x) if scaled else data.train.x.astype("float32")
    keras.utils.set_random_seed(seed)
    model = build_old_net(dropout, output)
    # 32 batches a call to TensorFlow: the same steps with less overhead.
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
    )
    history = model.fit(images, data.train.y, batch_size=32, epochs=epochs, verbose=0)
    return model, pd.DataFrame(history.history)


# %% tags=["experiment", "old-f1", "old-f1-full"]
def logits_and_outputs(model, images):
    """What stands before and behind the last activation, shape (examples, 10) each."""
    both = keras.Model(model.inputs[0], [model.get_layer("logits").output, *model.outputs])
    return [keras.ops.convert_to_numpy(array) for array in both(images, training=False)]


def count_tied(outputs):
    """Share of the examples in which several outputs are exactly 1."""
    return np.mean((outputs == 1).sum(axis=1) > 1)


# %% tags=["experiment", "old-f1", "old-f1-full"]
def measure_old_net(data, seed, scaled, **condition):
    model, _ = train_old_net(data, seed, scaled, **condition)
    images = to_unit(data.test.x) if scaled else data.test.x.astype("float32")
    logits, outputs = logits_and_outputs(model, images)
    predicted = outputs.argmax(axis=1)
    return {
        "test_accuracy": accuracy_score(data.test.y, predicted),
        "macro_f1": f1_score(data.test.y, predicted, average="macro", zero_division=0),
        "logit_accuracy": accuracy_score(data.test.y, logits.argmax(axis=1)),
        "tied": count_tied(outputs),
        "largest_logit": np.median(logits.max(axis=1)),
    }


def old_f1_conditions(epochs):
    return ParameterGrid(
        {
            "scaled": [False, True],
            "output": ["sigmoid", "softmax"],
            "dropout": [False, True],
            "epochs": [epochs],
        }
    )


old_f1 = trials.Experiment(
    name="old-f1",
    data="mnist-5k",
    measure=measure_old_net,
    conditions=old_f1_conditions(epochs=40),
    seeds=range(10),
)
old_f1_full = trials.Experiment(
    name="old-f1-full",
    data="mnist",
    measure=measure_old_net,
    conditions=old_f1_conditions(epochs=10),
    seeds=range(6),
)

# %% tags=["experiment", "old-rate", "old-rate-full"]
def train_wide(data, seed, rate, epochs=20):
    keras.utils.set_random_seed(seed)
    model = build_mlp(rate)
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=8
    )
    history = model.fit(
        to_unit(data.train.x),
        data.train.y,
        batch_size=128,
        epochs=epochs,
        validation_data=(to_unit(data.validation.x), data.validation.y),
        verbose=0,
    )
    return model, pd.DataFrame(history.history)


# %% tags=["experiment", "old-rate", "old-rate-full"]
def measure_wide(data, seed, rate):
    model, history = train_wide(data, seed, rate)
    train_loss, train_accuracy = model.evaluate(to_unit(data.train.x), data.train.y, verbose=0)
    test_loss, test_accuracy = model.evaluate(to_unit(data.test.x), data.test.y, verbose=0)
    return {
        "fit_accuracy": history["accuracy"].iloc[-1],
        "train_accuracy": train_accuracy,
        "validation_accuracy": history["val_accuracy"].iloc[-1],
        "test_accuracy": test_accuracy,
        "train_loss": train_loss,
        "test_loss": test_loss,
        "gap": train_accuracy - test_accuracy,
    }


old_rate = trials.Experiment(
    name="old-rate",
    data="mnist-5k",
    measure=measure_wide,
    conditions=ParameterGrid({"rate": [0.0, 0.2, 0.5, 0.8]}),
    seeds=range(20),
)
old_rate_full = trials.Experiment(
    name="old-rate-full",
    data="mnist",
    measure=measure_wide,
    conditions=ParameterGrid({"rate": [0.0, 0.2, 0.5, 0.8]}),
    seeds=range(6),
)
