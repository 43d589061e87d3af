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
# - convert between Keras's *rate* and the *keep-probability* of the paper of 2014;
# - build a multilayer perceptron with dropout in Keras;
# - tell three accuracies apart: during `fit`, on the training set with dropout off, and
#   held-out;
# - compare two nets over seeds, in pairs, with an interval;
# - say from effects and their intervals where dropout gained, and where the trials do not tell.
#
# **Time.** Less than a minute of computing on two cores, and three quarters of an hour of reading
# and thinking. Nothing is downloaded.
#
# In each part you first write down a prediction, then run, look and explain. A wrong
# prediction is worth more than none.

# %% Imports tags=["experiment", "hide-input"]
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers
from scipy import stats
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from course_utils import claims, datasets, plotting, rivals, statistics, trials

# %% tags=["parameters"]
PROFILE = "quick"  # "full" draws the digits of your runs from all of MNIST

# %% [markdown]
# `LIVE_SEED` makes this run your own. Take any whole number from 100 to 999: the seeds below
# 100 are those of the recorded runs that you will be compared with, and those from 1000 on
# are kept for checking the record.

# %%
LIVE_SEED = 100
plotting.use_course_style()

# %% [markdown]
# ## 1 The mask
#
# What dropout does to a net, and why that might help, is the matter of lesson
# [00](00_dropout.ipynb); here is what this one needs of it. During training a layer with rate *r*
# sets each unit to zero with probability *r*, anew for each unit, each example and each step, and
# multiplies the units that stay by 1 / (1 − *r*): the mean of each output stays what it was, the
# variance grows with *r* / (1 − *r*). At inference nothing is done. In NumPy:


# %%
def drop(x, rate, generator):
    kept = generator.random(x.shape) >= rate
    return np.where(kept, x / (1 - rate), 0)


# %%
drop(np.ones((3, 8)), rate=0.5, generator=np.random.default_rng(LIVE_SEED))

# %% [markdown]
# > **Rate and keep-probability.** In Keras, `Dropout(rate)` takes the probability of *dropping* a
# > unit; the paper by Srivastava and others (2014) writes *p* for the probability of *keeping* it,
# > so rate = 1 − *p*. Their *p* = 0.8 is Keras's `Dropout(0.2)`.

# %% [markdown]
# ## 2 Overfit on purpose
#
# Dropout is meant against **overfitting**: a net learns what holds for its training examples only.
# So we make one overfit. It gets 1,000 digits from MNIST (LeCun and others 1998), three in ten of
# them with a wrong label, which is any of the other nine digits with the same chance. Whatever
# learns those labels by heart learns something that is false. They are drawn from 3,000; 1,000
# more serve for validation, by which we choose, and 1,000 for the test, by which we judge.


# %% tags=["experiment"]
def to_unit(images):
    """Grey values from 0-255 to 0-1."""
    return images / np.float32(255)


# %% tags=["experiment"]
def draw_digits(data, seed, size, wrong):
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, size, generator)
    labels, is_wrong = datasets.flip_labels(drawn.y, wrong, 10, generator)
    return drawn.x, labels, is_wrong


# %%
digits = datasets.load({"quick": "mnist-5k", "full": "mnist"}[PROFILE])
images, labels, is_wrong = draw_digits(digits, LIVE_SEED, size=1000, wrong=0.3)
print(f"{len(images)} digits, {is_wrong.sum()} of them with a wrong label")

# %% [markdown]
# Which of these twelve labels are wrong? (Thick frames mark them.)

# %% Which labels are wrong? tags=["hide-input"]
plotting.picture(
    plotting.digits(images[:12], [f"label {label}" for label in labels[:12]], is_wrong[:12]),
    alt="Twelve training digits with their labels; those with a thick frame and a bold label "
    "carry a wrong one.",
)

# %% [markdown]
# ### A net
#
# The net has two hidden layers of 512 units, and dropout behind each. With rate 0 the
# dropout layers do nothing: that is the plain net. (The dropout on the pixels stays at 0 until
# part 3.)


# %% tags=["experiment", "label-noise", "width", "examples", "advice"]
def build_mlp(rate, units=512, input_rate=0.0):
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dropout(input_rate),
            layers.Dense(units, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(units, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %% [markdown]
# Its answer to a picture is ten probabilities. Training lowers the **cross-entropy**: the mean of
# −log(probability that the net gives to the label). It is 0 where the label is given all the
# probability, log 10 where all ten digits are given the same, and without limit where the net is
# sure of something else. The logarithm is the natural one, and the unit of what it gives is called
# **nat**.


# %% tags=["experiment", "label-noise"]
def train_on_few(data, seed, rate, size=1000, wrong=0.3, early_stopping=False, callbacks=()):
    images, labels, _ = draw_digits(data, seed, size, wrong)
    keras.utils.set_random_seed(seed)
    model = build_mlp(rate)
    # 8 batches a call to TensorFlow: the same steps with less overhead.
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=8
    )
    stop = keras.callbacks.EarlyStopping("val_loss", patience=3, restore_best_weights=True)
    history = model.fit(
        to_unit(images),
        labels,
        batch_size=64,
        epochs=20,
        validation_data=(to_unit(data.validation.x), data.validation.y),
        callbacks=[*callbacks, stop] if early_stopping else [*callbacks],
        verbose=0,
    )
    return model, pd.DataFrame(history.history)


# %% [markdown]
# Validation and test labels are all correct. Dropout adds no weights; look at the counts.

# %%
build_mlp(rate=0.5).summary(print_fn=print)

# %% [markdown]
# **Predict.** One net has rate 0, one has rate 0.5. After 20 epochs, what share of the *training*
# labels (wrong ones included) will each net reproduce? What share of the test digits, which it
# never saw, will it get right? And which net will have the higher training accuracy in the log of
# `fit`?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
trained = {
    role: train_on_few(digits, LIVE_SEED, rate, callbacks=[trials.epoch_bar()])
    for role, rate in {"plain": 0.0, "dropout": 0.5}.items()
}
models = {role: model for role, (model, _) in trained.items()}
histories = {role: history for role, (_, history) in trained.items()}

# %% [markdown]
# How do the two nets do, epoch by epoch: in accuracy, and in cross-entropy?

# %% How do the two nets do, epoch by epoch? tags=["hide-input", "first-comparison"]
plotting.picture(
    plotting.learning_curves(histories),
    alt="The plain net's training accuracy climbs towards 1 while its validation accuracy falls "
    "after a few epochs and its validation loss rises; with dropout both turn later and less.",
)

# %% [markdown]
# Two things in these curves may puzzle.
#
# *With dropout, the validation accuracy lies above the training accuracy for most of the
# run; without it, in the first epochs only.* One reason is that the training labels are
# partly wrong and the validation labels are not. Another holds for all nets with dropout:
# what `fit` logs for the training set is measured **while units are dropped**, and averaged
# over an epoch in which the net still changes. Validation figures are measured with dropout
# off, at the end of the epoch.
#
# *The plain net's validation loss goes on rising where its accuracy hardly falls any more.*
# Accuracy counts wrong answers; the loss also asks how sure they are.
#
# So there are three accuracies, for three questions. *During `fit`*: is training getting on, with
# units missing? *On the training set, dropout off*: how much of it can the net reproduce?
# *Held-out*: how good is it for other digits?


# %% tags=["experiment", "label-noise", "width", "examples", "advice", "paper-nets"]
def score_test(model, data):
    """Loss and accuracy on the test digits, and which of them the net gets right."""
    images = to_unit(data.test.x)
    loss, accuracy = model.evaluate(images, data.test.y, verbose=0)
    right = np.asarray(model(images)).argmax(axis=1) == data.test.y
    return {"test_loss": loss, "test_accuracy": accuracy, "test_right": right}


# %% tags=["experiment", "label-noise"]
def score_few(model, history, data, seed, size=1000, wrong=0.3):
    images, labels, _ = draw_digits(data, seed, size, wrong)
    train_loss, train_accuracy = model.evaluate(to_unit(images), labels, verbose=0)
    _, validation_accuracy = model.evaluate(
        to_unit(data.validation.x), data.validation.y, verbose=0
    )
    return {
        "fit_accuracy": history["accuracy"].iloc[-1],
        "train_accuracy": train_accuracy,
        "validation_accuracy": validation_accuracy,
        "train_loss": train_loss,
        "epochs": len(history),
        **score_test(model, data),
    }


# %%
scores = pd.DataFrame(
    {role: score_few(models[role], histories[role], digits, LIVE_SEED) for role in models}
)
scores.loc[["fit_accuracy", "train_accuracy", "test_accuracy"]].rename(
    {
        "fit_accuracy": "during fit, mean of the last epoch",
        "train_accuracy": "training set, dropout off",
        "test_accuracy": "held-out test set, dropout off",
    }
).round(3)

# %% [markdown]
# More than seven in ten training labels reproduced means that wrong ones are among them. How many?

# %%
reproduced = {}
for role, model in models.items():
    same = model.predict(to_unit(images), verbose=0).argmax(axis=1) == labels
    reproduced[role] = {
        "correct labels": same[~is_wrong].mean(),
        "wrong labels": same[is_wrong].mean(),
    }
pd.DataFrame(reproduced).rename_axis("share reproduced").round(2)

# %% [markdown]
# Rate 0.5 does not keep the net from learning wrong labels by heart; it only learns fewer of them.
#
# ### When does it help?
#
# Lesson 00 ended with this question, and with what to vary: the width of the net, the labels, the
# number of examples. We begin with the width, with correct labels and with wrong ones.
#
# One run of each net would not do. Another seed draws other digits, other wrong labels, other first
# weights, another order of the batches and other masks. So the nets were trained beforehand for
# many seeds, by the very functions of this page. This one trains a net and scores it:


# %% tags=["experiment", "width", "examples", "advice"]
def measure_net(
    data, seed, wrong, rate, size=1000, units=256, input_rate=0.0, learning_rate=0.001, epochs=20
):
    images, labels, _ = draw_digits(data, seed, size, wrong)
    keras.utils.set_random_seed(seed)
    model = build_mlp(rate, units, input_rate)
    model.compile(
        keras.optimizers.Adam(learning_rate),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=32,
    )
    # All epochs behind each other in one, each shuffled anew: the same steps, and much faster.
    generator = np.random.default_rng(seed)
    shuffles = [generator.permutation(size) for _ in range(int(np.ceil(epochs)))]
    order = np.concatenate(shuffles)[: round(epochs * size)]
    model.fit(to_unit(images[order]), labels[order], batch_size=64, shuffle=False, verbose=0)
    _, train_accuracy = model.evaluate(to_unit(images), labels, verbose=0)
    return {"train_accuracy": train_accuracy, **score_test(model, data)}


# %% [markdown]
# The next cell lists what it was called with; it trains nothing. Each net has two hidden layers of
# the same width, and learns for 20 epochs from 1,000 digits.

# %% tags=["experiment", "width"]
width = trials.Experiment(
    name="width",
    data="mnist-5k",
    measure=measure_net,
    conditions=[
        {"units": units, "wrong": wrong, "rate": rate}
        for units in [4, 8, 16, 32, 64, 128, 256]
        for wrong in [0.0, 0.3]
        for rate in [0.0, 0.5]
    ],
    seeds=range(10),
)

# %% [markdown]
# **Predict.** With rate 0.5, half of the units are missing at each step. From which width on will
# that help: with correct labels, and with three in ten wrong?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# One width first, the one nearest to your pair: 256 units, three labels in ten wrong. How much does
# rate 0.5 gain over rate 0?
#
# Two nets with the same seed share their digits, their wrong labels and the order of the batches.
# (Not all of their weights: in Keras a dropout layer with a rate above 0 takes a random number of
# its own, and the layers behind it start from other ones.) So we subtract within each seed: what
# both owe to an easy or an unlucky draw cancels out.
#
# - The mean of these differences is the **effect**. With other seeds it would come out a little
#   differently.
# - By how much, its *standard error* says: the standard deviation of the differences, divided by
#   the root of their number.
# - The effect plus and minus *t* standard errors is its **95 % interval**. Of intervals made in
#   this way, 95 in 100 hold the mean over endlessly many seeds. Student's distribution gives *t*:
#   about 2, and more where there are few pairs.

# %% tags=["method"]
recorded_width = width.recorded()
widest = statistics.select(recorded_width, {"units": 256, "wrong": 0.3})
by_seed = widest.pivot(index="seed", columns="rate", values="test_accuracy")
gains = 100 * (by_seed[0.5] - by_seed[0.0])  # in percentage points, one for each seed
mean, error = gains.mean(), gains.std() / np.sqrt(len(gains))
t = stats.t.ppf(0.975, len(gains) - 1)  # leaves out 0.025 on each side, 0.05 in all
print(f"{mean:+.1f} points [{mean - t * error:+.1f}, {mean + t * error:+.1f}]")

# %% [markdown]
# A difference in *points* is one of percentages; the brackets hold the interval. From here on a
# helper, `statistics.paired_difference`, works them out. From which width on does rate 0.5 gain?
# Each mark is an effect, the bar its interval; the lowest on the right is the one just computed.
# Both panels have one scale.

# %% From which width on does dropout gain? tags=["hide-input"]
labels_of = {"all labels correct": 0.0, "three in ten wrong": 0.3}


def effects(frame, rows, measure, baseline, treatment):
    """Treatment minus baseline, for each kind of labels and each row (name -> condition)."""
    return {
        labels: {
            name: statistics.paired_difference(
                frame,
                measure,
                {"wrong": wrong} | row | baseline,
                {"wrong": wrong} | row | treatment,
            )
            for name, row in rows.items()
        }
        for labels, wrong in labels_of.items()
    }


def draw_gains(panels):
    """One panel for each kind of labels, side by side, on one scale."""
    height = 1.2 + 0.32 * len(next(iter(panels.values())))
    _, axes = plt.subplots(1, 2, figsize=(plotting.WIDTH, height), sharex=True, sharey=True)
    return plotting.differences(
        {
            f"test accuracy, {labels}\n(percentage points; better →)": {
                name: value.in_points() for name, value in rows.items()
            }
            for labels, rows in panels.items()
        },
        axes,
    )


widths = {f"{units} units": {"units": units} for units in [4, 8, 16, 32, 64, 128, 256]}
plotting.picture(
    draw_gains(effects(recorded_width, widths, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})),
    alt="Rate 0.5 costs nets of 4 to 16 units ten points and more with any labels; with correct "
    "labels the cost shrinks to nothing at 256 units, with wrong labels it turns into a gain "
    "between 32 and 64 units, and the gain is largest in the widest nets.",
)

# %% [markdown]
# Mean accuracies by width, labels and rate:

# %% What do nets of each width reach? tags=["hide-input"]
pd.concat(
    {
        f"{where}, {labels}": statistics.select(recorded_width, {"wrong": wrong})
        .pivot_table(index="units", columns="rate", values=measure)
        .rename(columns="rate {:g}".format)
        for where, measure in {"test": "test_accuracy", "training": "train_accuracy"}.items()
        for labels, wrong in labels_of.items()
    },
    axis=1,
).rename_axis(columns=[None, None]).round(2)

# %% [markdown]
# An interval that holds 0 (a hollow mark) means that the two cannot be told apart here. These are
# intervals over seeds: other draws from the same 3,000 digits, other wrong labels, weights and
# masks, but one fixed test set.
#
# A narrow net has no units to spare: with half of them missing at each step it cannot learn even
# what is true (look at its training accuracy). From 8 units on the cost shrinks as the net gets
# wider (one of 4 has less to lose). With correct labels nothing is left to tell at 256 units. With
# wrong labels the cost turns into a gain, for now the plain net has room to learn them by heart.
#
# The table shows another way out. With wrong labels, plain nets of middling width do better than
# wide ones: they are too narrow to memorise much. Wide nets with dropout do better still.
#
# ### Your run among the others
#
# Pairs like yours, of 512 units, were recorded as well, with twice as many seeds, and so were other
# rates and settings. Each row of the list is a number of digits, the share of wrong labels, whether
# training stops early, and the rates that were tried.


# %% tags=["experiment", "label-noise"]
def measure_few(data, seed, size, wrong, **condition):
    model, history = train_on_few(data, seed, size=size, wrong=wrong, **condition)
    return score_few(model, history, data, seed, size, wrong)


label_noise = trials.Experiment(
    name="label-noise",
    data="mnist-5k",
    measure=measure_few,
    conditions=[
        {"size": size, "wrong": wrong, "early_stopping": early_stopping, "rate": rate}
        for size, wrong, early_stopping, rates in [
            (1000, 0.3, False, [0.0, 0.2, 0.5, 0.8, 0.9]),
            (1000, 0.3, True, [0.0, 0.5, 0.8]),
            (1000, 0.0, False, [0.0, 0.5]),
            (3000, 0.0, False, [0.0, 0.5]),
        ]
        for rate in rates
    ],
    seeds=range(20),
)

# %% [markdown]
# **Predict.** Which of the rates 0, 0.2, 0.5, 0.8 and 0.9 would you take for your net and its
# partly wrong labels?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# That is decided on the validation set, so that the test set can still judge the choice. Here is
# the mean validation accuracy over the recorded seeds.

# %% tags=["method"]
recorded = label_noise.recorded()
noisy_labels, correct_labels = {"size": 1000, "wrong": 0.3}, {"size": 1000, "wrong": 0.0}
noisy = statistics.select(recorded, noisy_labels | {"early_stopping": False})
validation_means = noisy.groupby("rate")["validation_accuracy"].mean()
chosen_rate = validation_means.idxmax()
print(f"rate chosen on validation: {chosen_rate}")
validation_means.round(3).to_frame()

# %% [markdown]
# Now the test set: each rate against rate 0, paired by seed.

# %% tags=["method"]
differences = {
    rate: statistics.paired_difference(noisy, "test_accuracy", {"rate": 0.0}, {"rate": rate})
    for rate in [0.2, 0.5, 0.8, 0.9]
}
pd.DataFrame(
    {
        f"rate {rate} against 0": {
            "difference in test accuracy": claims.format_difference(value),
            "correlation of the pairs": f"{value.correlation:.2f}",
        }
        for rate, value in differences.items()
    }
).T

# %% [markdown]
# The *correlation* of the pairs says how much of the scatter the two nets share. Near 1, pairing
# narrows the interval much; near 0, not at all. Here most of the scatter belongs to each net alone.
#
# Rate 0.5 gains less here than in the nets of 256 units. Part 4 comes back to that.
#
# How do all rates do, seed by seed? The stars are the two nets that you have trained.


# %% How do the rates do on the test set? tags=["hide-input"]
def by_rate(frame, measure):
    return {f"rate {rate:g}": values[measure] for rate, values in frame.groupby("rate")}


plotting.picture(
    plotting.seed_dots(
        by_rate(noisy, "test_accuracy"),
        "test accuracy (0 to 1)",
        roles=["plain", *["dropout"] * 4],
        live={
            "rate 0": scores.loc["test_accuracy", "plain"],
            "rate 0.5": scores.loc["test_accuracy", "dropout"],
        },
    ),
    alt="With wrong labels in training, the dots of rates 0 and 0.2 cover the same range of "
    "test accuracy, those of rate 0.5 lie clearly higher, and those of 0.8 higher still; those of "
    "0.9 lie lowest and scatter most.",
)

# %% [markdown]
# And what does each rate do to the labels that were to be learnt? Means over the seeds:

# %% What does each net reproduce? tags=["hide-input"]
noisy.groupby("rate")[
    ["fit_accuracy", "train_accuracy", "test_accuracy", "test_loss"]
].mean().rename(
    columns={
        "fit_accuracy": "during fit",
        "train_accuracy": "training accuracy",
        "test_accuracy": "test accuracy",
        "test_loss": "test loss (nats)",
    }
).round(3)

# %% [markdown]
# The plain net reproduces nearly all training labels, the wrong ones included. With rate 0.8, the
# choice of the validation set, it reproduces about as many as are right, and is best on the test
# digits. (Arpit and others, arXiv 1706.05394, found that dropout, well chosen, hinders a net in
# learning noise without harm to what it learns from real data.) With rate 0.9 it reproduces fewer:
# with a tenth of its units it has not learnt in 20 epochs even what is true. Look at the last
# column, too: by loss rate 0.5 is best, and rate 0.8 is little better than none. Its answers are
# mostly right, and very unsure.

# %% [markdown]
# ### Another way: early stopping
#
# The curves of your pair show one more way out: stop when the validation loss has not fallen for
# three epochs, and keep the weights of the best one. It costs less than dropout, for it trains for
# fewer epochs. (Prechelt 1998 compares such rules: waiting longer gains a little, and costs much
# time.)
#
# **Predict.** Put in order for these digits: dropout at rate 0.5, dropout at 0.8, early stopping
# without dropout, early stopping with dropout.

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
stopped_model, stopped_history = train_on_few(
    digits, LIVE_SEED, rate=0.0, early_stopping=True, callbacks=[trials.epoch_bar()]
)
stopped = score_few(stopped_model, stopped_history, digits, LIVE_SEED)
print(f"stopped after {stopped['epochs']} epochs")

# %% [markdown]
# Dropout, early stopping, or both: which does best, seed by seed?

# %% Dropout, early stopping, or both? tags=["hide-input"]
ways = {
    "plain": {"rate": 0.0, "early_stopping": False},
    "early stopping": {"rate": 0.0, "early_stopping": True},
    "dropout 0.5": {"rate": 0.5, "early_stopping": False},
    "dropout 0.8": {"rate": 0.8, "early_stopping": False},
    "both, 0.5": {"rate": 0.5, "early_stopping": True},
    "both, 0.8": {"rate": 0.8, "early_stopping": True},
}

plotting.picture(
    plotting.seed_dots(
        {
            name: statistics.select(recorded, noisy_labels | way)["test_accuracy"]
            for name, way in ways.items()
        },
        "test accuracy (0 to 1)",
        roles=["plain", "early stopping", "dropout", "dropout", "both", "both"],
        live={
            "plain": scores.loc["test_accuracy", "plain"],
            "early stopping": stopped["test_accuracy"],
            "dropout 0.5": scores.loc["test_accuracy", "dropout"],
        },
    ),
    alt="Early stopping and rate 0.5 gain about as much over the plain net; rate 0.8, with or "
    "without early stopping, and early stopping at rate 0.5 lie higher.",
)

# %% [markdown]
# And in pairs: which of two ways is ahead?

# %% Which of two ways is ahead? tags=["hide-input"]
rival_pairs = {
    "dropout 0.5 against plain": ("plain", "dropout 0.5"),
    "early stopping against plain": ("plain", "early stopping"),
    "dropout 0.5 against early stopping": ("early stopping", "dropout 0.5"),
    "dropout 0.8 against early stopping": ("early stopping", "dropout 0.8"),
    "both, 0.5 against early stopping": ("early stopping", "both, 0.5"),
    "both, 0.8 against dropout 0.8": ("dropout 0.8", "both, 0.8"),
}
pair_differences = {
    name: statistics.paired_difference(
        recorded, "test_accuracy", noisy_labels | ways[baseline], noisy_labels | ways[treatment]
    )
    for name, (baseline, treatment) in rival_pairs.items()
}
plotting.picture(
    plotting.differences(
        {
            "difference in test accuracy (percentage points; better →)": {
                name: value.in_points() for name, value in pair_differences.items()
            }
        }
    ),
    alt="Rate 0.5 and early stopping each beat the plain net clearly; early stopping is about "
    "level with rate 0.5 and behind rate 0.8, adds to rate 0.5 and nothing to rate 0.8.",
)

# %% [markdown]
# The rival is strong: it trains for fewer epochs and does a little better than rate 0.5. Rate 0.8,
# the choice of the validation set, beats it. At rate 0.5 stopping still adds something; at 0.8,
# nothing that could be told.
#
# Neither comes free of choices. Of five rates the best was chosen; early stopping was tried with
# one patience only, and may have more to give. And both used validation digits whose labels are all
# correct, which a real data set with wrong labels would not offer.

# %% [markdown]
# ### The same nets, all labels correct
#
# Where every label was correct, no width up to 256 units showed a gain in accuracy.
#
# **Predict.** Will nets of 512 units gain, with 1,000 digits or with three times as many? And what
# will dropout do to the loss?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# These nets were recorded like the others; each row of the figure is rate 0.5 minus rate 0,
# paired by seed.

# %% Does the gain last where all labels are correct? tags=["hide-input"]
cases = {
    "1,000 digits, wrong labels": noisy_labels | {"early_stopping": False},
    "1,000 digits, all correct": correct_labels | {"early_stopping": False},
    "3,000 digits, all correct": {"size": 3000, "wrong": 0.0, "early_stopping": False},
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
plotting.picture(
    plotting.differences(
        {
            "test accuracy\n(percentage points; better →)": {
                name: value.in_points() for name, value in accuracy_gains.items()
            },
            "test cross-entropy\n(nats; ← better)": rate_half_against_zero("test_loss"),
        }
    ),
    alt="Rate 0.5 against rate 0: a large gain in accuracy where labels are wrong, none where "
    "they are correct; the loss falls most where labels are wrong.",
)

# %% [markdown]
# With correct labels there is little for dropout to prevent: what the net learns by heart is true.
# The accuracy does not gain here either. With 3,000 digits it even loses a trace, so little that
# with other test digits it might not. The loss still falls: the net's probabilities are better,
# though no more of its answers are right. So whether dropout "helps" depends on what you ask of the
# net; and an effect that is large in one setting says little about another.

# %% [markdown]
# ### What would something cheap have reached?
#
# So far nets were compared with nets. What a net reaches says little until we know what methods
# reach that cost next to nothing. Five of them learn from the same digits with the same labels:
#
# - a random forest that sees **nine numbers** of each digit, which tell how much ink of which grey
#   there is, not where: would that do?
# - a random forest on all pixels: each tree is grown on a sample of the digits, and 300 trees vote;
# - the label of the nearest digit;
# - the vote of the ten nearest digits;
# - logistic regression on all pixels: a net without hidden layers.
#
# **Predict.** Which of them will do well with all labels correct? Which will suffer much from wrong
# ones, and which little? Will any of them beat the nets?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment", "digit-rivals"]
def pixels(images):
    return to_unit(images).reshape(len(images), -1)


def rival_methods(seed):
    """Name -> how a picture is described, and what learns from the descriptions."""
    return {
        "forest, 9 numbers": (rivals.few_numbers, RandomForestClassifier(300, random_state=seed)),
        "forest, pixels": (pixels, RandomForestClassifier(300, random_state=seed)),
        "nearest neighbour": (pixels, KNeighborsClassifier(1)),
        "10 neighbours": (pixels, KNeighborsClassifier(10)),
        "logistic regression": (pixels, LogisticRegression(max_iter=1000)),
    }


# %% tags=["experiment", "digit-rivals"]
def measure_rival(data, seed, rival, wrong):
    images, labels, _ = draw_digits(data, seed, size=1000, wrong=wrong)
    describe, method = rival_methods(seed)[rival]
    method.fit(describe(images), labels)
    right = method.predict(describe(data.test.x)) == data.test.y
    return {"test_accuracy": right.mean(), "test_right": right}


digit_rivals = trials.Experiment(
    name="digit-rivals",
    data="mnist-5k",
    measure=measure_rival,
    conditions=[
        {"rival": rival, "wrong": wrong} for rival in rival_methods(seed=0) for wrong in [0.0, 0.3]
    ],
    seeds=range(20),
)

# %%
live_rivals = trials.run(
    measure_rival,
    digits,
    [
        {"rival": rival, "wrong": wrong}
        for rival in ["forest, pixels", "nearest neighbour"]
        for wrong in [0.0, 0.3]
    ],
    seeds=[LIVE_SEED],
)

# %% [markdown]
# What does each of them reach, and what do the nets? Each dot is a recorded seed, which draws other
# digits and other wrong labels; the stars are those that you have just trained.

# %% What do cheap methods reach? tags=["hide-input"]
recorded_rivals = digit_rivals.recorded()


def by_net(wrong):
    nets = statistics.select(recorded, {"size": 1000, "wrong": wrong} | {"early_stopping": False})
    return {
        f"net,\nrate {rate:g}": statistics.select(nets, {"rate": rate})["test_accuracy"]
        for rate in [0.0, 0.5]
    }


def by_rival(frame, wrong):
    chosen = statistics.select(frame, {"wrong": wrong}).groupby("rival", sort=False)
    return {
        rival.replace(" ", "\n", 1): values["test_accuracy"].reset_index(drop=True)
        for rival, values in chosen
    }


_, axes = plt.subplots(2, 1, figsize=(plotting.WIDTH, 5.2), sharex=True, sharey=True)
for ax, (labels_are, wrong) in zip(
    axes, {"all labels correct": 0.0, "three in ten wrong": 0.3}.items(), strict=True
):
    plotting.seed_dots(
        by_rival(recorded_rivals, wrong) | by_net(wrong),
        f"test accuracy,\n{labels_are}",
        roles=[*["neutral"] * 5, "plain", "dropout"],
        live={name: values[0] for name, values in by_rival(live_rivals, wrong).items()},
        ax=ax,
    )
plotting.picture(
    axes,
    alt="With correct labels the forest on the pixels lies highest, the nearest neighbour and "
    "logistic regression close below; with wrong labels the latter two lose about a quarter of the "
    "test digits, the forest and the ten neighbours little. The nets lie near the forest with "
    "correct labels, below it with wrong ones. Nine numbers tell next to nothing.",
)

# %% [markdown]
# Nine numbers without places tell little: what makes a digit is where its ink is. On the pixels all
# do well while the labels are correct. With wrong ones they part: the nearest neighbour repeats
# whatever label it finds, and logistic regression, which has hundreds of weights for each class,
# can bend to many. Where many vote, wrong labels that are scattered over all classes are outvoted.
#
# Which nets do better than the forest on the pixels? They got the same digits with the same labels;
# each row is a net minus the forest, paired by seed.

# %% Which nets beat the forest? tags=["hide-input"]
nets_and_forest = pd.concat([recorded.assign(rival="none"), recorded_rivals])
against_forest = {
    "correct labels, rate 0": correct_labels | ways["plain"],
    "correct labels, rate 0.5": correct_labels | ways["dropout 0.5"],
    "wrong labels, rate 0": noisy_labels | ways["plain"],
    "wrong labels, rate 0.5": noisy_labels | ways["dropout 0.5"],
    "wrong labels, rate 0.8": noisy_labels | ways["dropout 0.8"],
    "wrong labels, early stopping": noisy_labels | ways["early stopping"],
}
plotting.picture(
    plotting.differences(
        {
            "net minus forest, test accuracy (percentage points; better →)": {
                name: statistics.paired_difference(
                    nets_and_forest,
                    "test_accuracy",
                    {"rival": "forest, pixels", "wrong": condition["wrong"]},
                    {"rival": "none"} | condition,
                ).in_points()
                for name, condition in against_forest.items()
            }
        }
    ),
    alt="With correct labels the nets and the forest are about level; with wrong labels every net "
    "lies below the forest, the plain net by far, rate 0.8 by least.",
)

# %% [markdown]
# With correct labels, net and forest are about level. With wrong ones the forest, untuned, is ahead
# of each of these nets. At rate 0.8 dropout takes back most of what the plain net loses, not all of
# it. So dropout is no reason to prefer this net; it repairs, in part, a method that memorises what
# is false. A forest, which lets many trees vote, has some of that repair built in.

# %% [markdown]
# ## 3 How many examples?
#
# After the width and the labels, the third thing to vary is the number of digits. Over a number of
# *epochs*, more digits also mean more steps of training. So each number of digits was trained in
# two ways: for 20 epochs, and for 800 steps whatever the number. The net is again the one of 256
# units, half as wide as your pair, to save time. A second kind of dropout also drops pixels, at the
# rate 0.2, as in the papers of 2012 (Hinton and others, arXiv 1207.0580) and of 2014.
#
# **Predict.** With three labels in ten wrong: will rate 0.5 gain more with 100 digits or with
# 3,000? With all labels correct? And does it matter whether epochs or steps are the same?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment", "examples"]
def measure_examples(data, seed, size, budget, **condition):
    epochs = {"20 epochs": 20, "800 steps": 800 * 64 / size}[budget]
    return measure_net(data, seed, size=size, epochs=epochs, **condition)


examples = trials.Experiment(
    name="examples",
    data="mnist-5k",
    measure=measure_examples,
    conditions=[
        {"size": size, "budget": budget, "wrong": wrong, "input_rate": input_rate, "rate": rate}
        for size in [100, 300, 1000, 3000]
        for budget in ["20 epochs", "800 steps"]
        for wrong in [0.0, 0.3]
        for input_rate, rate in [(0.0, 0.0), (0.0, 0.5), (0.2, 0.5)]
    ],
    seeds=range(10),
)

# %% [markdown]
# Your own pair of nets, with 3,000 digits, three labels in ten of them wrong, and 800 steps:

# %%
many = {"size": 3000, "budget": "800 steps", "wrong": 0.3, "input_rate": 0.0}
live_many = trials.run(
    measure_examples, digits, [many | {"rate": rate} for rate in [0.0, 0.5]], seeds=[LIVE_SEED]
)
live_many[["rate", "train_accuracy", "test_accuracy", "test_loss"]].round(3)

# %% [markdown]
# And the recorded ones: how does the gain change with the number of digits? Each row is rate 0.5
# behind the hidden layers minus rate 0, paired by seed.

# %% How does the gain change with the number of digits? tags=["hide-input"]
recorded_examples = examples.recorded()
no_dropout = {"input_rate": 0.0, "rate": 0.0}
hidden = {"input_rate": 0.0, "rate": 0.5}
hidden_and_pixels = {"input_rate": 0.2, "rate": 0.5}
sizes = {
    f"{size:,} digits, {budget}": {"size": size, "budget": budget}
    for size in [100, 300, 1000, 3000]
    for budget in ["20 epochs", "800 steps"]
}
plotting.picture(
    draw_gains(effects(recorded_examples, sizes, "test_accuracy", no_dropout, hidden)),
    alt="With wrong labels the gain grows with the number of digits, at equal epochs and at equal "
    "steps, and is largest with 3,000; with correct labels no number shows a gain, 100 digits for "
    "20 epochs show a cost, and 3,000 a small one.",
)

# %% [markdown]
# And how many training labels, of which three in ten are wrong, do these nets reproduce? Mean
# training accuracies:

# %% How many labels are reproduced? tags=["hide-input"]
statistics.select(recorded_examples, {"wrong": 0.3, "input_rate": 0.0}).assign(
    digits=lambda frame: frame["size"].map("{:,} digits".format),
    net=lambda frame: frame["rate"].map("rate {:g}".format),
).pivot_table(
    index="digits", columns=["budget", "net"], values="train_accuracy", sort=False
).rename_axis(index=None, columns=[None, None]).round(2)

# %% [markdown]
# With wrong labels the gain is larger with more digits: over 20 epochs from 100 digits on, over 800
# steps from 300 on. It is large where dropout keeps the net from reproducing all labels. After 800
# steps with 100 or 300 digits it has learnt them by heart in spite of dropout, and little is
# gained.
#
# With correct labels no number of digits shows a gain. Twenty epochs of 100 digits are a few dozen
# steps, too few for a net that dropout slows; with 3,000 there is a small cost as well.
#
# **Predict.** With correct labels, will it help to drop pixels, too? And what will dropout do to
# the loss, with 100 digits and with 3,000?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% [markdown]
# Rate 0.5 behind the hidden layers, without and with rate 0.2 on the pixels, minus no dropout; all
# labels correct, 800 steps:

# %% Does it help to drop pixels as well? tags=["hide-input"]
places = {"hidden layers": hidden, "pixels as well": hidden_and_pixels}


def against_none(measure):
    """Dropout in each place minus none, by number of digits."""
    return {
        f"{size:,} digits, {place}": statistics.paired_difference(
            recorded_examples,
            measure,
            {"size": size, "budget": "800 steps", "wrong": 0.0} | no_dropout,
            {"size": size, "budget": "800 steps", "wrong": 0.0} | rates,
        )
        for size in [100, 300, 1000, 3000]
        for place, rates in places.items()
    }


plotting.picture(
    plotting.differences(
        {
            "test accuracy\n(percentage points; better →)": {
                name: value.in_points() for name, value in against_none("test_accuracy").items()
            },
            "test cross-entropy\n(nats; ← better)": against_none("test_loss"),
        }
    ),
    alt="Behind the hidden layers alone no number of digits shows a gain in accuracy; with the "
    "pixels as well 300 and 1,000 digits do. The loss rises with 100 digits and falls with 1,000 "
    "and 3,000, more with the pixels as well.",
)

# %% [markdown]
# With some pixels dropped as well, accuracy gains after all with 300 and with 1,000 digits: the
# only gain with correct labels in parts 2 and 3. The loss falls from 1,000 digits on, whether
# accuracy gains or not; with 100 it rises.

# %% [markdown]
# ## 4 What the paper advises
#
# Srivastava and others (2014) advise those who use dropout to take **more units**, since only some
# of them are there at each step (*n* / (1 − rate) in place of *n*, so twice as many at rate 0.5),
# and a **larger learning rate**, since the gradients of different masks work against each other (10
# to 100 times that of a plain net, for stochastic gradient descent; we take three times that of
# Adam, a choice of ours). And they report that dropout takes two to three times as long to train:
# so **more steps** (we take three times as many).
#
# **Predict.** Which of the three will help a net of 256 units with rate 0.5? And would the same
# help a plain net?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %% tags=["experiment", "advice"]
SETTINGS = {
    "as it is": {},
    "more units": {"units": 512},
    "larger learning rate": {"learning_rate": 0.003},
    "more steps": {"epochs": 60},
    "all three": {"units": 512, "learning_rate": 0.003, "epochs": 60},
}


def measure_advice(data, seed, setting, wrong, rate):
    return measure_net(data, seed, wrong, rate, **SETTINGS[setting])


advice = trials.Experiment(
    name="advice",
    data="mnist-5k",
    measure=measure_advice,
    conditions=[
        {"setting": setting, "wrong": wrong, "rate": rate}
        for setting in SETTINGS
        for wrong in [0.0, 0.3]
        for rate in [0.0, 0.5]
    ],
    seeds=range(10),
)

# %% [markdown]
# What does each piece of advice change, with dropout and without? Each row is a setting minus the
# net as it is, paired by seed; each panel has its own scale.

# %% What does each piece of advice change? tags=["hide-input"]
recorded_advice = advice.recorded()
nets_of = {"plain": 0.0, "rate 0.5": 0.5}
plotting.picture(
    plotting.differences(
        {
            f"test accuracy, {labels}\n(percentage points; better →)": {
                f"{setting}, {net}": statistics.paired_difference(
                    recorded_advice,
                    "test_accuracy",
                    {"wrong": wrong, "rate": rate, "setting": "as it is"},
                    {"wrong": wrong, "rate": rate, "setting": setting},
                ).in_points()
                for setting in list(SETTINGS)[1:]
                for net, rate in nets_of.items()
            }
            for labels, wrong in labels_of.items()
        }
    ),
    alt="With correct labels most pieces gain a fraction of a point, for the plain net as for the "
    "one with dropout. With wrong labels each costs the net with dropout several points, more "
    "steps and all three most, and the plain net less.",
)

# %% [markdown]
# With wrong labels, how many training labels does each net reproduce, and what does it reach? Means
# over the seeds:

# %% What does each net reproduce? tags=["hide-input"]
pd.concat(
    {
        where: statistics.select(recorded_advice, {"wrong": 0.3})
        .pivot_table(index="setting", columns="rate", values=measure, sort=False)
        .rename(columns={rate: net for net, rate in nets_of.items()})
        for where, measure in {
            "training accuracy": "train_accuracy",
            "test accuracy": "test_accuracy",
        }.items()
    },
    axis=1,
).rename_axis(index=None, columns=[None, None]).round(2)

# %% [markdown]
# With correct labels all three together gain something, and the plain net gains as much: these
# trials show nothing that belongs to dropout. With wrong labels every piece costs the net with
# dropout several points, and more steps cost most. Each undoes what dropout did: with more room,
# larger steps or more of them the net reproduces more of the labels, wrong ones included. The plain
# net, which reproduced them already, loses less. (So in part 2 rate 0.5 gained less in nets of 512
# units than in those of 256.)
#
# The advice is meant for nets that dropout leaves with too little room or time, as the narrow ones
# of part 2; here more of either did harm. (Ten times the learning rate, or another optimiser, was
# not tried.)

# %% [markdown]
# ## What others found
#
# **Dropout on MNIST.** It is often told that dropout took the error on MNIST from 1.60 % to 1.06 %.
# Both stand in table 2 of Srivastava and others (2014), whose nets learnt from all 60,000 digits:
#
# | hidden layers | units | dropout | max-norm | error |
# |---|---|---|---|---|
# | 2 of 800 units (by others, 2003) | logistic | no | no | 1.60 % |
# | 3 of 1,024 units | logistic | yes | no | 1.35 % |
# | 3 of 1,024 units | ReLU | yes | no | 1.25 % |
# | 3 of 1,024 units | ReLU | yes | yes | 1.06 % |
#
# Logistic units put out 1 / (1 + exp(−*x*)); **max-norm** shortens the weights into a unit where
# they get longer than a limit. So four things change from the first row to the last. Where only
# dropout does (table 9: ReLU and max-norm), the error falls from 1.35 % to 1.05 %.
#
# Ours: two hidden layers of 256 units, 3,000 digits, correct labels, 20 epochs; rates (0.2 on the
# pixels, 0.5) and limit (2) as in the paper; three times the usual learning rate, or the weights
# hardly reach the limit.
#
# **Predict.** Which will add most to the test accuracy: dropout, ReLU or max-norm?

# %% [markdown]
# *Your prediction (double-click here to write):*


# %% tags=["experiment", "paper-nets"]
def build_paper_net(activation, max_norm, input_rate, rate):
    limit = keras.constraints.MaxNorm(max_norm) if max_norm else None
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dropout(input_rate),
            layers.Dense(256, activation=activation, kernel_constraint=limit),
            layers.Dropout(rate),
            layers.Dense(256, activation=activation, kernel_constraint=limit),
            layers.Dropout(rate),
            layers.Dense(10, activation="softmax", kernel_constraint=limit),
        ]
    )


# %% tags=["experiment", "paper-nets"]
def measure_paper_net(data, seed, activation, max_norm, input_rate, rate):
    images, labels, _ = draw_digits(data, seed, size=3000, wrong=0.0)
    keras.utils.set_random_seed(seed)
    model = build_paper_net(activation, max_norm, input_rate, rate)
    model.compile(
        keras.optimizers.Adam(0.003),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=47,
    )
    model.fit(to_unit(images), labels, batch_size=64, epochs=20, verbose=0)
    _, train_accuracy = model.evaluate(to_unit(images), labels, verbose=0)
    return {"train_accuracy": train_accuracy, **score_test(model, data)}


# %% tags=["experiment", "paper-nets"]
paper_nets = trials.Experiment(
    name="paper-nets",
    data="mnist-5k",
    measure=measure_paper_net,
    conditions=[
        {"activation": activation, "max_norm": max_norm, "input_rate": input_rate, "rate": rate}
        for activation in ["sigmoid", "relu"]
        for max_norm in [0.0, 2.0]
        for input_rate, rate in [(0.0, 0.0), (0.2, 0.5)]
    ],
    seeds=range(10),
)

# %% [markdown]
# What does each step change, paired by seed? Three rows go down the table, each from the net
# before; two add dropout alone to nets of ReLU.

# %% What does each step change? tags=["hide-input"]
recorded_paper = paper_nets.recorded()
logistic, relu = {"activation": "sigmoid"}, {"activation": "relu"}
free, bounded = {"max_norm": 0.0}, {"max_norm": 2.0}
none, both = no_dropout, hidden_and_pixels
steps = {
    "logistic, add dropout": (logistic | free | none, logistic | free | both),
    "then ReLU": (logistic | free | both, relu | free | both),
    "then max-norm": (relu | free | both, relu | bounded | both),
    "ReLU, add dropout": (relu | free | none, relu | free | both),
    "ReLU, max-norm, add dropout": (relu | bounded | none, relu | bounded | both),
}


def changes(measure):
    """What each step changes."""
    return {
        name: statistics.paired_difference(recorded_paper, measure, before, after)
        for name, (before, after) in steps.items()
    }


plotting.picture(
    plotting.differences(
        {
            "test accuracy\n(percentage points; better →)": {
                name: value.in_points() for name, value in changes("test_accuracy").items()
            },
            "test cross-entropy\n(nats; ← better)": changes("test_loss"),
        }
    ),
    alt="Dropout adds a little accuracy to the logistic net, ReLU more, max-norm none that can be "
    "told; in the ReLU nets dropout cannot be told from none by accuracy. Every step lowers the "
    "loss, max-norm by a trace.",
)

# %% [markdown]
# In ours ReLU adds most to the accuracy; in the table it is the smallest step. In nets of ReLU, ten
# seeds cannot tell whether dropout or max-norm adds any. The loss dropout lowers in each of these
# nets. Theirs were larger, saw twenty times as many digits and took a million steps: what decides
# stays open.
#
# **How many digits.** In the paper's section 7.4, dropout gains nothing with 100 and 500 digits,
# then more and more, and less again towards 50,000. With pixels dropped as well (part 3) ours agree
# in shape: the gain is in the middle. But it comes and goes with fewer digits; smaller nets and 800
# steps may be why.

# %% [markdown]
# ## What would change our mind
#
# About what dropout gains on these digits:
#
# - A validation set with wrong labels, as a real one would have: early stopping may then be a
#   weaker rival, and another rate be chosen.
# - Another number of epochs, or other sizes of the net: the best rate may depend on both, and so
#   may its lead over early stopping.
# - Other wrong labels. Here they are spread evenly over the classes, which makes them easy to
#   outvote; labels that confuse the same two classes again and again are not.
# - More digits than 3,000, and pictures harder than digits (lessons 02 and 03).

# %% [markdown]
# ## Key points
#
# - Dropout multiplies by a random mask with the right mean: the expectation is kept, the variance
#   grows with rate / (1 − rate), and inference is left alone.
# - In Keras the number is the probability of *dropping*.
# - Dropout needs units to spare: narrow nets lost by it, whatever the labels.
# - It gained much where a wide net would otherwise memorise what is false, and with such labels
#   more with more digits. It hindered memorising, and at rate 0.5 did not end it.
# - Where all labels were correct, dropout behind the hidden layers gained no accuracy, and a little
#   with some pixels dropped as well. With 1,000 digits or more it lowered a wide net's loss.
# - Advice has its setting, too: what is said to help dropout did harm where labels were wrong.
# - Put rivals into the comparison: early stopping, and something cheap. With wrong labels an
#   untuned forest beat dropout and early stopping.
# - The accuracy in the log of `fit` is measured with dropout on. Compare held-out figures.
# - One run is not evidence. Choose on validation, judge on test digits that have chosen nothing.

# %% [markdown]
# ## What the evidence says
#
# These claims were written before their experiments were recorded: *supported* when the difference
# lies on the claimed side of zero, *refuted* when it lies on the other, *not distinguishable* when
# it could be chance. The more claims are judged, the more of them chance would pass; so they are
# judged together by Holm's method, which asks more of each. Accuracies are claimed for **new
# pictures**: the interval has a part for the choice of the test digits, and is a little wider than
# above. The loss is claimed for *these test pictures*. All claims of this lesson stand on the
# site's page of claims.

# %% What does the evidence say? tags=["hide-input"]
claims.Ledger("01_mlp")

# %% [markdown]
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
