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
#
# **Question.** When does dropout make a multilayer perceptron better, and how would you
# know?
#
# **After this lesson you can**
#
# - write inverted dropout in a few lines and say what it keeps and what it changes;
# - convert between Keras's *rate* and the *keep-probability* of the first papers;
# - tell three accuracies apart: during `fit`, on the training set with dropout off, and
#   held-out;
# - compare two nets over seeds, in pairs, with an interval;
# - find out why a large gain that somebody reports is not due to dropout.
#
# **Time.** About a minute of computing on two cores, and an hour of reading and thinking.
# Nothing is downloaded.
#
# In each part you first write down a prediction, then run, look and explain. A wrong
# prediction is worth more than none.
#
# When TensorFlow is imported for the first time it may write a note in red, "oneDNN custom
# operations are on". It says that sums may be rounded in another order than on another
# machine. It is not an error.

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

# %% tags=["parameters"]
PROFILE = "quick"  # "full" trains parts 3 and 4 on all of MNIST, which takes many minutes

# %%
LIVE_SEED = 100  # your own run: any whole number from 100 to 999
plotting.use_course_style()

# %% [markdown]
# ## 1 The mask
#
# During training, a dropout layer with rate *r* sets each unit to zero with probability
# *r*, independently for each unit, each example and each step, and multiplies the units
# that stay by 1 / (1 − *r*). Because the rescaling is done in training, nothing needs to
# be done at inference. This form is called *inverted* dropout.
#
# In NumPy it takes two lines.


# %%
def drop(x, rate, generator):
    kept = generator.random(x.shape) >= rate
    return np.where(kept, x / (1 - rate), 0)


# %% [markdown]
# **Predict.** A layer puts out a million ones. After dropout at rate 0.5, what is the
# mean of the outputs, and what is their variance? And at rate 0.8? Write the four numbers
# down.

# %%
ones = np.ones((1000, 1000), dtype="float32")
rows = []
for rate in [0.2, 0.5, 0.8]:
    by_hand = drop(ones, rate, np.random.default_rng())
    by_keras = layers.Dropout(rate)(ones, training=True).numpy()
    rows.append(
        {
            "rate": rate,
            "mean, NumPy": by_hand.mean(),
            "mean, Keras": by_keras.mean(),
            "variance, NumPy": by_hand.var(),
            "variance, Keras": by_keras.var(),
            "rate / (1 - rate)": rate / (1 - rate),
        }
    )
pd.DataFrame(rows).set_index("rate").round(3)

# %% [markdown]
# The mean stays what it was: the next layer sees inputs of the usual size. The variance
# does not stay: an output *x* gets the variance *x*² · *r* / (1 − *r*), because it is
# *x* / (1 − *r*) with probability 1 − *r* and 0 otherwise. Dropout is noise whose mean is
# right and whose strength the rate sets.
#
# Now the same mask on something to look at: one digit, its pixels as the units.

# %%
digits = datasets.load("mnist-5k")
digit = digits.train.x[0] / np.float32(255)
rows = {}
for rate in [0.2, 0.5, 0.8]:
    layer = layers.Dropout(rate)
    steps = [layer(digit, training=True).numpy() for _ in range(3)]
    rows[f"rate {rate}"] = [*steps, layer(digit, training=False).numpy()]
plotting.picture(
    plotting.masked_images(rows, ["step 1", "step 2", "step 3", "inference"]),
    alt="The higher the rate, the fewer pixels of the digit are left and the darker they are; "
    "each training step drops others, and at inference the digit is whole.",
)

# %% [markdown]
# Move the slider. (Where widgets do not run, the figure above shows the same.)

# %%
import ipywidgets


def show_mask(rate):
    masked = [drop(digit, rate, np.random.default_rng(seed)) for seed in range(3)]
    axes = plotting.masked_images({f"rate {rate:.2f}": masked}, ["step 1", "step 2", "step 3"])
    return plotting.picture(axes, alt="Three masks of the same digit at the rate of the slider.")


slider = ipywidgets.FloatSlider(0.5, min=0.0, max=0.9, step=0.05, description="rate")
_ = ipywidgets.interact(show_mask, rate=slider)

# %% [markdown]
# > **Rate and keep-probability.** In Keras, `Dropout(rate)` takes the probability of
# > *dropping* a unit. The paper by Srivastava and others (2014) writes *p* for the
# > probability of *keeping* it. So rate = 1 − *p*, and their *p* = 0.8 is Keras's
# > `Dropout(0.2)`. Part 4 shows what happened to a notebook that mixed them up.

# %% [markdown]
# ## 2 Overfit on purpose
#
# Dropout is meant against overfitting, so we make a net overfit: few digits, and some of
# them with a wrong label. A net that learns those labels by heart learns something that is
# false.


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


# %%
images, labels, is_wrong = draw_digits(digits, LIVE_SEED, size=1000, wrong=0.3)
plotting.picture(
    plotting.digits(images[:12], [f"label {label}" for label in labels[:12]], is_wrong[:12]),
    alt="Twelve training digits with their labels; the framed ones carry a wrong label.",
)

# %% [markdown]
# The net has two hidden layers of 512 units, and dropout behind each. With rate 0 the
# dropout layers do nothing: that is the plain net.


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


# %% tags=["experiment", "label-noise"]
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


# %% [markdown]
# Validation and test labels are all correct. Dropout adds no weights; look at the counts.

# %%
build_mlp(rate=0.5).summary()

# %% [markdown]
# **Predict.** After 20 epochs, what share of the *training* labels (wrong ones included)
# will each net reproduce? What share of the held-out digits will it get right? And which
# of the two will have the higher accuracy in the log of `fit`?

# %%
models, histories = {}, {}
for role, rate in trials.progress({"plain": 0.0, "dropout": 0.5}.items(), "training"):
    models[role], histories[role] = train_on_few(digits, LIVE_SEED, rate)

# %%
_, axes = plt.subplots(1, 2, figsize=(9, 3.4))
plotting.learning_curves(histories, "accuracy", "accuracy", axes[0])
plotting.learning_curves(histories, "loss", "cross-entropy (nats)", axes[1])
axes[0].legend(fontsize=8)
plotting.picture(
    axes,
    alt="The plain net's training accuracy climbs towards 1 while its held-out accuracy falls "
    "after a few epochs and its held-out loss rises; with dropout both stay steady.",
)

# %% [markdown]
# Two things in these curves puzzle almost everybody at first sight.
#
# *The held-out accuracy lies above the training accuracy.* One reason is that the training
# labels are partly wrong and the held-out labels are not. Another holds for all nets with
# dropout: what `fit` logs for the training set is measured **while units are dropped**, and
# averaged over an epoch in which the net still changes. Held-out figures are measured with
# dropout off, at the end of the epoch.
#
# *Where the plain net's held-out accuracy falls, its loss rises even faster.* The net gets
# surer of answers that are wrong.
#
# So there are three accuracies, and they answer three questions.


# %% tags=["experiment", "label-noise"]
def score_few(model, history, data, seed, size=1000, wrong=0.3):
    images, labels, _ = draw_digits(data, seed, size, wrong)
    train_loss, train_accuracy = model.evaluate(to_unit(images), labels, verbose=0)
    _, validation_accuracy = model.evaluate(
        to_unit(data.validation.x), data.validation.y, verbose=0
    )
    test_loss, test_accuracy = model.evaluate(to_unit(data.test.x), data.test.y, verbose=0)
    return {
        "fit_accuracy": history["accuracy"].iloc[-1],
        "train_accuracy": train_accuracy,
        "validation_accuracy": validation_accuracy,
        "test_accuracy": test_accuracy,
        "train_loss": train_loss,
        "test_loss": test_loss,
        "epochs": len(history),
    }


# %%
scores = pd.DataFrame(
    {role: score_few(models[role], histories[role], digits, LIVE_SEED) for role in models}
)
scores.loc[["fit_accuracy", "train_accuracy", "test_accuracy"]].rename(
    {
        "fit_accuracy": "during fit (dropout on, mean of the last epoch)",
        "train_accuracy": "training set, dropout off",
        "test_accuracy": "held-out test set, dropout off",
    }
).round(3)

# %% [markdown]
# ### Your run among the others
#
# That was one run. Another seed draws other digits, other wrong labels and other first
# weights. So the same training was done beforehand for many seeds, and for other settings,
# by the very functions above. The next cell says which; it trains nothing.


# %% tags=["experiment", "label-noise"]
def measure_few(data, seed, size, wrong, **condition):
    model, history = train_on_few(data, seed, size=size, wrong=wrong, **condition)
    return score_few(model, history, data, seed, size, wrong)


noisy_grid = {"wrong": [0.3], "size": [1000]}
label_noise = trials.Experiment(
    name="label-noise",
    data="mnist-5k",
    measure=measure_few,
    conditions=ParameterGrid(
        [
            noisy_grid
            | {"units": [512, 256], "early_stopping": [False], "rate": [0.0, 0.2, 0.5, 0.8]},
            noisy_grid | {"units": [512], "early_stopping": [True], "rate": [0.0, 0.5, 0.8]},
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

# %% [markdown]
# Each dot is one recorded seed; the bar beside the dots is the mean with its 95 % interval;
# the star is the run you have just made.

# %%
recorded = label_noise.recorded()
noisy = statistics.select(
    recorded, {"wrong": 0.3, "size": 1000, "units": 512, "early_stopping": False}
)


def by_rate(frame, measure):
    return {f"rate {rate:g}": values[measure] for rate, values in frame.groupby("rate")}


plotting.picture(
    plotting.seed_dots(
        by_rate(noisy, "test_accuracy"),
        "held-out accuracy",
        roles=["plain", "dropout", "dropout", "dropout"],
        live={
            "rate 0": scores.loc["test_accuracy", "plain"],
            "rate 0.5": scores.loc["test_accuracy", "dropout"],
        },
    ),
    alt="With wrong labels in training, the dots of rates 0 and 0.2 cover the same range of "
    "held-out accuracy, those of rate 0.5 lie clearly higher, and those of 0.8 higher still.",
)

# %% [markdown]
# Two nets with the same seed share their digits and their wrong labels. So we subtract
# within each seed and look at the differences: what the seeds share cancels out.

# %%
same = {"wrong": 0.3, "size": 1000, "units": 512, "early_stopping": False}
differences = {
    f"rate {rate} against 0": statistics.paired_difference(
        recorded, "test_accuracy", baseline=same | {"rate": 0.0}, treatment=same | {"rate": rate}
    )
    for rate in [0.2, 0.5, 0.8]
}
pd.Series({name: claims.format_difference(value) for name, value in differences.items()})

# %% [markdown]
# ### An honest rival: early stopping
#
# The curves show another way out: stop when the held-out loss no longer falls, and keep
# the weights of the best epoch. It costs less than dropout, for it trains for fewer epochs.
#
# **Predict.** Which is better on these digits: dropout for all 20 epochs, early stopping
# without dropout, or both together?

# %%
stopped_model, stopped_history = train_on_few(digits, LIVE_SEED, rate=0.0, early_stopping=True)
stopped = score_few(stopped_model, stopped_history, digits, LIVE_SEED)
print(f"stopped after {stopped['epochs']} epochs")

# %%
setting = {"wrong": 0.3, "size": 1000, "units": 512}
ways = {
    "plain": {"rate": 0.0, "early_stopping": False},
    "early stopping": {"rate": 0.0, "early_stopping": True},
    "dropout 0.5": {"rate": 0.5, "early_stopping": False},
    "both": {"rate": 0.5, "early_stopping": True},
}
plotting.picture(
    plotting.seed_dots(
        {
            name: statistics.select(recorded, setting | way)["test_accuracy"]
            for name, way in ways.items()
        },
        "held-out accuracy",
        roles=["plain", "early stopping", "dropout", "early stopping"],
        live={
            "plain": scores.loc["test_accuracy", "plain"],
            "early stopping": stopped["test_accuracy"],
            "dropout 0.5": scores.loc["test_accuracy", "dropout"],
        },
    ),
    alt="Early stopping without dropout gains as much over the plain net as rate 0.5 does; both "
    "together gain most.",
)

# %%
rivals = {
    "dropout 0.5 against plain": ("plain", "dropout 0.5"),
    "early stopping against plain": ("plain", "early stopping"),
    "dropout 0.5 against early stopping": ("early stopping", "dropout 0.5"),
    "both against early stopping": ("early stopping", "both"),
    "both against dropout 0.5": ("dropout 0.5", "both"),
}
rival_differences = {
    name: statistics.paired_difference(
        recorded, "test_accuracy", setting | ways[baseline], setting | ways[treatment]
    )
    for name, (baseline, treatment) in rivals.items()
}
plotting.picture(
    plotting.differences(
        {name: value.in_points() for name, value in rival_differences.items()},
        "difference in held-out accuracy (percentage points)",
    ),
    alt="Dropout and early stopping each beat the plain net clearly; early stopping is slightly "
    "ahead of rate 0.5, and both together beat either.",
)

# %% [markdown]
# The rival is strong: it trains for fewer epochs, has no rate to choose, and does at least
# as well as rate 0.5. But the two do not do the same thing, for together they do better
# than either.
#
# A remark on fairness: early stopping looks at a validation set whose labels are all
# correct, which is more than a real data set with wrong labels would offer it.

# %% [markdown]
# ### Where the effect is not large
#
# **Predict.** The same nets, the same number of digits, but every label is correct. How
# much does dropout gain now? And with three times as many digits? These nets were recorded
# like the others; each row of the figure is rate 0.5 minus rate 0, paired by seed.

# %%
fixed = {"units": 512, "early_stopping": False}
cases = {
    "1,000 digits, wrong labels": fixed | {"wrong": 0.3, "size": 1000},
    "1,000 digits, all correct": fixed | {"wrong": 0.0, "size": 1000},
    "3,000 digits, all correct": fixed | {"wrong": 0.0, "size": 3000},
}


def rate_half_against_zero(measure):
    """Rate 0.5 minus rate 0 in each case."""
    return {
        name: statistics.paired_difference(
            recorded, measure, case | {"rate": 0.0}, case | {"rate": 0.5}
        )
        for name, case in cases.items()
    }


accuracy_gains = rate_half_against_zero("test_accuracy")
_, axes = plt.subplots(1, 2, figsize=(10, 2.2))
plotting.differences(
    {name: value.in_points() for name, value in accuracy_gains.items()},
    "accuracy (percentage points)",
    axes[0],
)
plotting.differences(rate_half_against_zero("test_loss"), "cross-entropy (nats)", axes[1])
axes[1].set_yticklabels([])
plotting.picture(
    axes,
    alt="Rate 0.5 against rate 0: a large gain in accuracy where labels are wrong, next to "
    "none where they are correct; the loss falls most where labels are wrong.",
)

# %% [markdown]
# With correct labels there is little for dropout to prevent: what the net learns by heart
# is true. The accuracy does not gain; if anything, it loses a little. The loss still falls,
# because the net with dropout is less sure of its mistakes: whether dropout "helps" depends
# on what you ask of the net. An effect that is large in one setting says little about
# another one, and the setting belongs to the claim.

# %% [markdown]
# ## 3 The old claim: "dropout lifts F1 from 47 % to 83 %"
#
# An old notebook trained a net with hidden layers of 100, 50 and 25 units on MNIST, once
# without dropout and once with rates 0.5 and 0.25, and reported a macro F1 of 47 % and
# 83 %. Without dropout it recognised nearly all zeros and ones, and almost no seven. Its
# pixels were the raw grey values from 0 to 255, and its ten outputs were **sigmoids**.
#
# Here is the net, layer for layer. The last layer is split in two, so that we can look at
# what stands before the activation: the *logits*.


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


# %% tags=["experiment", "old-f1", "old-f1-full"]
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


# %% [markdown]
# First we reproduce the claim, as the old notebook did: `predict`, `argmax`, report.

# %%
data = datasets.load({"quick": "mnist-5k", "full": "mnist"}[PROFILE])
epochs = {"quick": 40, "full": 10}[PROFILE]
old_nets, old_histories = {}, {}
for role, dropout in trials.progress({"plain": False, "dropout": True}.items(), "training"):
    old_nets[role], old_histories[role] = train_old_net(
        data, LIVE_SEED, scaled=False, output="sigmoid", dropout=dropout, epochs=epochs
    )

# %%
raw_test = data.test.x.astype("float32")
predicted = {
    role: net(raw_test, training=False).numpy().argmax(axis=1) for role, net in old_nets.items()
}
print(classification_report(data.test.y, predicted["plain"], digits=2, zero_division=0))

# %%
_, axes = plt.subplots(1, 2, figsize=(9, 4))
for ax, (role, classes) in zip(axes, predicted.items(), strict=True):
    ConfusionMatrixDisplay.from_predictions(
        data.test.y, classes, ax=ax, colorbar=False, cmap="Blues", text_kw={"fontsize": 7}
    )
    ax.grid(False)
    ax.set_title(role)
plotting.picture(
    axes,
    alt="Confusion matrices: the plain net calls most digits by a class number that is too low; "
    "with dropout most digits are on the diagonal.",
)

# %%
print(classification_report(data.test.y, predicted["dropout"], digits=2, zero_division=0))

# %% [markdown]
# There it is: a poor net without dropout, a good one with it. Case closed?
#
# Two clues say no. The confusions are one-sided: the plain net errs towards *low class
# numbers*. And the net does well on the training set by the loss, so that it cannot be so
# bad.
#
# **Predict.** Write down what you believe the cause to be, and which observation would
# show that you are wrong. Then follow the trail.
#
# ### Clue 1: what was trained?
#
# We train the plain net once more for a few epochs, with **softmax** in place of the
# sigmoids, same seed.

# %%
_, softmax_history = train_old_net(
    data, LIVE_SEED, scaled=False, output="softmax", dropout=False, epochs=4
)
pd.DataFrame(
    {
        "loss, sigmoid outputs": old_histories["plain"]["loss"][:4],
        "loss, softmax outputs": softmax_history["loss"],
    }
)

# %% [markdown]
# The losses agree in every digit. Keras remembers the logits behind a sigmoid and hands
# them to the sparse cross-entropy, which applies a softmax to them: both nets were trained
# as softmax classifiers, and have the same weights. Only what they put out differs.
#
# ### Clue 2: read the same net from its logits


# %% tags=["experiment", "old-f1", "old-f1-full"]
def logits_and_outputs(model, images):
    """What stands before and behind the last activation, shape (examples, 10) each."""
    both = keras.Model(model.inputs[0], [model.get_layer("logits").output, *model.outputs])
    return [keras.ops.convert_to_numpy(array) for array in both(images, training=False)]


# %%
logits, outputs = {}, {}
for role, net in old_nets.items():
    logits[role], outputs[role] = logits_and_outputs(net, raw_test)
pd.DataFrame(
    {
        role: {
            "argmax of the sigmoid outputs": accuracy_score(data.test.y, predicted[role]),
            "argmax of the logits": accuracy_score(data.test.y, logits[role].argmax(axis=1)),
        }
        for role in old_nets
    }
).round(3)

# %% [markdown]
# The sigmoid is an increasing function: in exact arithmetic the largest logit gives the
# largest output, and both rows would agree. They do not.
#
# ### Clue 3: the arithmetic is not exact
#
# **Predict.** The outputs are 32-bit floats, with about seven digits. From which logit on
# is the sigmoid *exactly* 1?

# %%
grid = np.linspace(10, 20, 1_000_001, dtype="float32")
saturated = grid[keras.ops.convert_to_numpy(keras.activations.sigmoid(grid)) == 1]
print(f"sigmoid(z) is exactly 1 in 32-bit floats from z = {saturated.min():.2f} on")

# %%
ax = plotting.histograms(
    {
        "plain": logits["plain"].max(axis=1),
        "dropout": logits["dropout"].max(axis=1),
    },
    roles=["plain", "dropout"],
    label="largest logit of a test digit (raw pixels)",
)
ax.axvline(saturated.min(), color="black", linewidth=1, linestyle=":")
ax.annotate(
    "sigmoid is exactly 1\nto the right of this line",
    (saturated.min(), 0.97),
    xycoords=("data", "axes fraction"),
    xytext=(4, 0),
    textcoords="offset points",
    va="top",
    fontsize=9,
)
ax.legend(loc="center right")
plotting.picture(
    ax,
    alt="Most of the plain net's largest logits lie far to the right of the point where the "
    "sigmoid becomes exactly 1; with dropout most lie to the left of it.",
)

# %% [markdown]
# ### Clue 4: ties
#
# Where several outputs are exactly 1, they tie, and `argmax` returns the **first**.


# %% tags=["experiment", "old-f1", "old-f1-full"]
def count_tied(outputs):
    """Share of the examples in which several outputs are exactly 1."""
    return np.mean((outputs == 1).sum(axis=1) > 1)


# %%
for role in old_nets:
    print(f"{role}: {count_tied(outputs[role]):.1%} of the test digits have several outputs of 1")

# %%
tied = (outputs["plain"] == 1).sum(axis=1) > 1
pd.DataFrame(
    {
        "true class": np.bincount(data.test.y[tied], minlength=10),
        "argmax of the sigmoid outputs": np.bincount(predicted["plain"][tied], minlength=10),
        "argmax of the logits": np.bincount(logits["plain"][tied].argmax(axis=1), minlength=10),
    }
).rename_axis("class, among the tied digits").T

# %% [markdown]
# The tied digits go to the low class numbers. That is where the high recall of 0 and 1 and
# the low recall of 7 come from.
#
# ### What dropout had to do with it
#
# Raw pixels make the logits large. Dropout keeps them smaller (the histogram above), so
# fewer outputs saturate and fewer tie. The gain is a repair of the read-out by accident.
# Scaling the pixels, or reading the logits, repairs it on purpose. All eight combinations,
# over seeds:


# %% tags=["experiment", "old-f1", "old-f1-full"]
def measure_old_net(data, seed, scaled, **condition):
    model, _ = train_old_net(data, seed, scaled, **condition)
    prepare = to_unit if scaled else np.float32
    logits, outputs = logits_and_outputs(model, prepare(data.test.x))
    train_logits, _ = logits_and_outputs(model, prepare(data.train.x))
    predicted = outputs.argmax(axis=1)
    return {
        "test_accuracy": accuracy_score(data.test.y, predicted),
        "macro_f1": f1_score(data.test.y, predicted, average="macro", zero_division=0),
        "logit_accuracy": accuracy_score(data.test.y, logits.argmax(axis=1)),
        "train_logit_accuracy": accuracy_score(data.train.y, train_logits.argmax(axis=1)),
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


# %%
recorded_old = {"quick": old_f1, "full": old_f1_full}[PROFILE].recorded()
recorded_old.pivot_table(
    index=["scaled", "output"],
    columns="dropout",
    values=["test_accuracy", "macro_f1"],
    aggfunc=["mean", "std"],
).round(3)

# %% [markdown]
# And the paired differences that dropout makes, on the bundled digits and on all of MNIST,
# read in each way.

# %%
readings = {
    "raw pixels, sigmoid outputs": {"scaled": False, "output": "sigmoid"},
    "raw pixels, softmax outputs": {"scaled": False, "output": "softmax"},
    "scaled pixels, sigmoid outputs": {"scaled": True, "output": "sigmoid"},
    "scaled pixels, softmax outputs": {"scaled": True, "output": "softmax"},
}


def dropout_effects(frame):
    """With dropout minus without, in percentage points, for each way of reading."""
    return {
        name: statistics.paired_difference(
            frame, "test_accuracy", reading | {"dropout": False}, reading | {"dropout": True}
        ).in_points()
        for name, reading in readings.items()
    }


_, axes = plt.subplots(1, 2, figsize=(10, 2.6), sharex=True)
for ax, experiment, title in zip(
    axes, [old_f1, old_f1_full], ["bundled digits", "all of MNIST"], strict=True
):
    plotting.differences(
        dropout_effects(experiment.recorded()), "with dropout − without (points)", ax
    )
    ax.set_title(title)
axes[1].set_yticklabels([])
plotting.picture(
    axes,
    alt="Dropout seems to gain tens of points where raw pixels meet sigmoid outputs, and costs "
    "several points in the same nets with softmax outputs; with scaled pixels it changes little.",
)

# %% [markdown]
# The nets in the first and the second row are *the same nets*. Read properly, dropout makes
# them worse: with 100, 50 and 25 units and raw pixels the nets are not overfitting, and
# losing half the units of a small layer costs more than it brings.

# %% [markdown]
# ## 4 The old claim: "dropout 0.8 is better"
#
# Another old notebook trained the 512-512 net on MNIST, without dropout and with
# `Dropout(0.8)`, one run each. Its test accuracy was 0.9849 without and 0.9737 with
# dropout; still the text preferred 0.8, because the curves of training and test lay closer
# together. It also took 0.8 for the share of units that is *kept*.
#
# **Predict.** Order the rates 0, 0.2, 0.5 and 0.8 by held-out accuracy. Which neighbours
# will be too close to call? Which rate has the smallest gap between training and held-out
# accuracy?


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
    seeds=range(5),
)


# %%
live_rates = trials.run(
    measure_wide, data, [{"rate": rate} for rate in [0.0, 0.8]], seeds=[LIVE_SEED]
)
live_rates[["rate", "fit_accuracy", "train_accuracy", "test_accuracy", "gap"]].round(4)

# %%
recorded_rates = {"quick": old_rate, "full": old_rate_full}[PROFILE].recorded()
plotting.picture(
    plotting.seed_dots(
        by_rate(recorded_rates, "test_accuracy"),
        "held-out accuracy",
        roles=["plain", "dropout", "dropout", "dropout"],
        live={f"rate {row.rate:g}": row.test_accuracy for row in live_rates.itertuples()},
    ),
    alt="The dots of rates 0, 0.2 and 0.5 cover much the same range of held-out accuracy; those "
    "of rate 0.8 lie lower.",
)

# %% [markdown]
# Compare the two stars with the bars: what would you have concluded from your run alone?
#
# Which rates can be told apart? Every pair, over seeds:


# %%
def all_pairs(frame, measure):
    """Paired differences between all rates: the column's rate minus the row's."""
    rates = sorted(frame["rate"].unique())
    table = pd.DataFrame("", index=rates[:-1], columns=rates[1:])
    for low in rates[:-1]:
        for high in (rate for rate in rates if rate > low):
            value = statistics.paired_difference(frame, measure, {"rate": low}, {"rate": high})
            table.loc[low, high] = claims.format_difference(value)
            if value.status("higher") == "not distinguishable":
                table.loc[low, high] += ", cannot be told apart"
    return table


all_pairs(recorded_rates, "test_accuracy")

# %% [markdown]
# The same on all of MNIST, recorded:

# %%
all_pairs(old_rate_full.recorded(), "test_accuracy")

# %% [markdown]
# ### A smaller gap is not a better net

# %%
means = recorded_rates.groupby("rate")[["fit_accuracy", "train_accuracy", "test_accuracy"]].mean()
_, ax = plt.subplots(figsize=(6, 3.6))
lines = {
    "train_accuracy": ("training set, dropout off", "plain", "-"),
    "fit_accuracy": ("during fit, dropout on", "neutral", ":"),
    "test_accuracy": ("held-out", "dropout", "--"),
}
for measure, (label, role, line) in lines.items():
    colour, marker = plotting.ROLES[role]
    ax.plot(means.index, means[measure], line, color=colour, marker=marker, label=label)
ax.set_xticks(means.index)
ax.set_xlabel("rate")
ax.set_ylabel("accuracy, mean over seeds")
ax.legend()
plotting.picture(
    ax,
    alt="From rate 0.5 to 0.8 the training accuracy falls more than the held-out accuracy, so "
    "the gap shrinks while the net gets worse; the accuracy during fit falls below both.",
)

# %% [markdown]
# Rate 0.8 closes the gap from the wrong side: it lowers the training accuracy, not because
# the net has become wiser but because it no longer fits. A net that guesses has no gap at
# all. The old notebook moreover compared the held-out accuracy with the accuracy during
# `fit`, dropout on: measured so, the "gap" even changes its sign.
#
# In part 2 the highest rate did best, here it does worst. There, much of what could be
# learned by heart was false; here all of it is true. The rate belongs to the problem.

# %% [markdown]
# ## What the evidence says
#
# The sentences below are judged from the recorded trials: *supported* when the whole 95 %
# interval lies on the claimed side of zero, *refuted* when it lies on the other side, *not
# distinguishable* when it holds zero. Several sentences are old claims, stated as their
# authors believed them. The course measures a sample of them again whenever it is tested.

# %% tags=["claims"]
NOISY = {"wrong": 0.3, "size": 1000, "units": 512, "early_stopping": False}
CLEAN = NOISY | {"wrong": 0.0}
STOPPED = {"early_stopping": True}
RAW = {"scaled": False, "output": "sigmoid"}
SCALED = {"scaled": True, "output": "softmax"}

ledger = claims.Ledger(
    [
        claims.Claim(
            name="noisy-dropout",
            sentence="With wrong labels in training, rate 0.5 raises held-out accuracy",
            experiment=label_noise,
            measure="test_accuracy",
            baseline=NOISY | {"rate": 0.0},
            treatment=NOISY | {"rate": 0.5},
        ),
        claims.Claim(
            name="noisy-dropout-256",
            sentence="It does so with hidden layers of 256 units, too",
            experiment=label_noise,
            measure="test_accuracy",
            baseline=NOISY | {"units": 256, "rate": 0.0},
            treatment=NOISY | {"units": 256, "rate": 0.5},
        ),
        claims.Claim(
            name="noisy-high-rate",
            sentence="With wrong labels, rate 0.8 beats rate 0.5",
            experiment=label_noise,
            measure="test_accuracy",
            baseline=NOISY | {"rate": 0.5},
            treatment=NOISY | {"rate": 0.8},
        ),
        claims.Claim(
            name="noisy-early-stopping",
            sentence="With wrong labels, early stopping alone raises held-out accuracy",
            experiment=label_noise,
            measure="test_accuracy",
            baseline=NOISY | {"rate": 0.0},
            treatment=NOISY | STOPPED | {"rate": 0.0},
        ),
        claims.Claim(
            name="noisy-both",
            sentence="Early stopping with rate 0.5 beats early stopping alone",
            experiment=label_noise,
            measure="test_accuracy",
            baseline=NOISY | STOPPED | {"rate": 0.0},
            treatment=NOISY | STOPPED | {"rate": 0.5},
        ),
        claims.Claim(
            name="clean-dropout-3000",
            sentence="With 3,000 digits, all labels correct, rate 0.5 raises held-out accuracy",
            experiment=label_noise,
            measure="test_accuracy",
            baseline=CLEAN | {"size": 3000, "rate": 0.0},
            treatment=CLEAN | {"size": 3000, "rate": 0.5},
        ),
        claims.Claim(
            name="clean-dropout-3000-loss",
            sentence="With 3,000 digits, all labels correct, rate 0.5 lowers held-out loss",
            experiment=label_noise,
            measure="test_loss",
            baseline=CLEAN | {"size": 3000, "rate": 0.0},
            treatment=CLEAN | {"size": 3000, "rate": 0.5},
            expects="lower",
            unit="nats",
        ),
        claims.Claim(
            name="old-f1-claim",
            sentence="Bundled digits, raw pixels, sigmoid outputs: dropout raises macro F1",
            experiment=old_f1,
            measure="macro_f1",
            baseline=RAW | {"dropout": False},
            treatment=RAW | {"dropout": True},
        ),
        claims.Claim(
            name="old-f1-logits",
            sentence="Bundled digits, read from the logits: dropout raises accuracy",
            experiment=old_f1,
            measure="logit_accuracy",
            baseline=RAW | {"dropout": False},
            treatment=RAW | {"dropout": True},
        ),
        claims.Claim(
            name="old-f1-read-out",
            sentence="Bundled digits, raw pixels, plain: softmax outputs beat sigmoid outputs",
            experiment=old_f1,
            measure="test_accuracy",
            baseline=RAW | {"dropout": False},
            treatment=RAW | {"dropout": False, "output": "softmax"},
        ),
        claims.Claim(
            name="old-f1-scaled",
            sentence="Bundled digits, scaled pixels, softmax outputs: dropout raises accuracy",
            experiment=old_f1,
            measure="test_accuracy",
            baseline=SCALED | {"dropout": False},
            treatment=SCALED | {"dropout": True},
        ),
        claims.Claim(
            name="old-f1-claim-full",
            sentence="All of MNIST, raw pixels, sigmoid outputs: dropout raises macro F1",
            experiment=old_f1_full,
            measure="macro_f1",
            baseline=RAW | {"dropout": False},
            treatment=RAW | {"dropout": True},
        ),
        claims.Claim(
            name="old-f1-logits-full",
            sentence="All of MNIST, read from the logits: dropout raises accuracy",
            experiment=old_f1_full,
            measure="logit_accuracy",
            baseline=RAW | {"dropout": False},
            treatment=RAW | {"dropout": True},
        ),
        claims.Claim(
            name="old-f1-read-out-full",
            sentence="All of MNIST, raw pixels, plain: softmax outputs beat sigmoid outputs",
            experiment=old_f1_full,
            measure="test_accuracy",
            baseline=RAW | {"dropout": False},
            treatment=RAW | {"dropout": False, "output": "softmax"},
        ),
        claims.Claim(
            name="old-f1-scaled-full",
            sentence="All of MNIST, scaled pixels, softmax outputs: dropout raises accuracy",
            experiment=old_f1_full,
            measure="test_accuracy",
            baseline=SCALED | {"dropout": False},
            treatment=SCALED | {"dropout": True},
        ),
        claims.Claim(
            name="old-rate-half",
            sentence="Bundled digits, 512-512 net: rate 0.5 raises held-out accuracy over rate 0",
            experiment=old_rate,
            measure="test_accuracy",
            baseline={"rate": 0.0},
            treatment={"rate": 0.5},
        ),
        claims.Claim(
            name="old-rate-high",
            sentence="Bundled digits, 512-512 net: rate 0.8 raises held-out accuracy over rate 0",
            experiment=old_rate,
            measure="test_accuracy",
            baseline={"rate": 0.0},
            treatment={"rate": 0.8},
        ),
        claims.Claim(
            name="old-rate-gap",
            sentence="Bundled digits, 512-512 net: rate 0.8 narrows the train-test gap",
            experiment=old_rate,
            measure="gap",
            baseline={"rate": 0.0},
            treatment={"rate": 0.8},
            expects="lower",
        ),
        claims.Claim(
            name="old-rate-half-full",
            sentence="All of MNIST, 512-512 net: rate 0.5 raises held-out accuracy over rate 0",
            experiment=old_rate_full,
            measure="test_accuracy",
            baseline={"rate": 0.0},
            treatment={"rate": 0.5},
        ),
        claims.Claim(
            name="old-rate-high-full",
            sentence="All of MNIST, 512-512 net: rate 0.8 raises held-out accuracy over rate 0",
            experiment=old_rate_full,
            measure="test_accuracy",
            baseline={"rate": 0.0},
            treatment={"rate": 0.8},
        ),
        claims.Claim(
            name="old-rate-gap-full",
            sentence="All of MNIST, 512-512 net: rate 0.8 narrows the train-test gap",
            experiment=old_rate_full,
            measure="gap",
            baseline={"rate": 0.0},
            treatment={"rate": 0.8},
            expects="lower",
        ),
    ]
)
ledger

# %% [markdown]
# ## What would change our mind
#
# - A sweep in which the recorded intervals for clean labels move clear of zero when the
#   test set is larger: our intervals are over seeds, on one fixed test set.
# - A Keras release whose sparse cross-entropy takes sigmoid outputs as they are: then the
#   two nets of clue 1 would no longer be the same.
# - A validation set with wrong labels that makes early stopping a weaker rival.

# %% [markdown]
# ## Key points
#
# - Dropout multiplies by a random mask with the right mean: the expectation is kept, the
#   variance grows with rate / (1 − rate), and inference is left alone.
# - In Keras the number is the probability of *dropping*.
# - Dropout helps where a net would otherwise memorise what is false. Where it would not,
#   the effect is small, nil or negative.
# - Early stopping is a rival that must be in the comparison.
# - The accuracy in the log of `fit` is measured with dropout on. Compare held-out figures.
# - One run is not evidence; a smaller gap is not a better net.
# - When a method seems to work wonders, look at how the result was read.
#
# ## References
#
# - G. E. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2012).
#   Improving neural networks by preventing co-adaptation of feature detectors.
#   [arXiv:1207.0580](https://arxiv.org/abs/1207.0580)
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2014). Dropout:
#   a simple way to prevent neural networks from overfitting. Journal of Machine Learning
#   Research 15. [jmlr.org](https://jmlr.org/papers/v15/srivastava14a.html)
# - D. Arpit and others (2017). A closer look at memorization in deep networks.
#   [arXiv:1706.05394](https://arxiv.org/abs/1706.05394)
# - L. Prechelt (1998). Early stopping, but when?
#   [doi:10.1007/3-540-49430-8_3](https://doi.org/10.1007/3-540-49430-8_3)
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998). Gradient-based learning applied to
#   document recognition. [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791)
