# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Exercises: a head on frozen features
#
# After these exercises you can
#
# - build a head with dropout on given features,
# - give every training run a checkpoint of its own, and restore the right one,
# - run a base as at inference, alone and in a model whose head is trained,
# - say how many passes of a base are saved by keeping its features,
# - read from curves when a head should be stopped, and what they do not show,
# - tell a sweep that supports its conclusion from one that does not,
# - run a small sweep of your own and conclude what its numbers bear.
#
# Time: about 100 minutes, of which the computer works for two or three. Items 1 to 7 are graded by
# tests, 25 points in all; item 8 is read by a person, 4 points. Each cell of tests is worth the
# points that its first line names, and stands for one property. A few more tests of the same
# properties run at grading. Nothing is downloaded, neither now nor at grading.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your own inside
# the answer cells.

# %%
import os
from io import StringIO

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import bases, datasets, features, plotting, trials
from course_utils.statistics import paired_difference

plotting.use_course_style()

# %% tags=["tests-only"]
from course_checks import transfer as checks

# %% [markdown] serves=["run a frozen base once"]
# ## 1. A head
#
# A frozen base has turned every picture into 1,280 features. Write `build_head(rate)`, which
# returns a new Keras model from features, shape (n, 1280), to logits, shape (n, 10): a Dense
# layer of 100 units with ReLU, dropout with this rate behind it, and a Dense layer of ten units
# without activation. Dropout acts in training only, inverted as Keras's own: neither with
# `training=False` nor in a call without `training`.


# %% nbgrader="head"
def build_head(rate):
    """A head of 100 units with dropout on 1,280 features: ten logits."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((1280,)),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )
    ### END SOLUTION


# %% nbgrader="head-layers" points=1
# 1 point: the Dense layers
checks.net.has_the_layers(build_head, checks.head.PLAN, 0.4)
checks.net.sees_the_inputs(build_head, checks.head.PLAN, 0.4)
### BEGIN HIDDEN TESTS
checks.net.has_the_layers(build_head, checks.head.PLAN, 0.4, seed=101)
### END HIDDEN TESTS

# %% nbgrader="head-activations" points=1
# 1 point: ReLU behind the first layer, logits behind the second, nothing else
checks.net.hidden_layers_end_in_relu(build_head, checks.head.PLAN, 1e-9)
checks.net.returns_logits(build_head, checks.head.PLAN, 1e-9)
checks.net.computes_alike_in_training(build_head, checks.head.PLAN, 1e-9)
### BEGIN HIDDEN TESTS
checks.net.hidden_layers_end_in_relu(build_head, checks.head.PLAN, 1e-9, seed=101)
checks.net.returns_logits(build_head, checks.head.PLAN, 1e-9, seed=101)
### END HIDDEN TESTS

# %% nbgrader="head-place" points=1
# 1 point: where dropout acts, and when
checks.net.drops_at_its_places(build_head, checks.head.PLAN, 0.4)
checks.net.drops_in_training_only(build_head, checks.head.PLAN, 0.4)
checks.net.draws_anew(build_head, checks.head.PLAN, 0.4)
### BEGIN HIDDEN TESTS
checks.net.drops_at_its_places(build_head, checks.head.PLAN, 0.4, seed=101)
checks.net.drops_in_training_only(build_head, checks.head.PLAN, 0.4, seed=101)
checks.net.scales_survivors(build_head, checks.head.PLAN, 0.4, seed=101)
### END HIDDEN TESTS

# %% nbgrader="head-rate" points=1
# 1 point: the rate
checks.net.uses_the_rate(build_head, checks.head.PLAN, (0.4,), (0.7519,))
### BEGIN HIDDEN TESTS
checks.net.uses_the_rate(build_head, checks.head.PLAN, (0.4,), (0.1351,), seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["sweep a rate over seeds", "save a net"]
# ## 2. A checkpoint for each run
#
# The notebook that this course replaces meant to keep the best model of every run, with code like
# this:


# %% nbgrader="shared-checkpoint" locked=true
def best_models_with_one_file(train_one, rates, seeds, folder):
    models = {}
    for rate in rates:
        for seed in seeds:
            keeper = keras.callbacks.ModelCheckpoint(
                folder / "best.weights.h5",
                monitor="val_accuracy",
                save_best_only=True,
                save_weights_only=True,
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for model in models.values():
        model.load_weights(folder / "best.weights.h5")
    return models


# %% [markdown]
# `train_one(rate, seed, callbacks)` trains a new model, calls the callbacks as `fit` does, and
# returns the model as it is after its last epoch. `callbacks` is a list; they are called at the
# beginning and the end of training and of each epoch, at the end of an epoch with `loss`,
# `accuracy`, `val_loss` and `val_accuracy`. `train_one` may be called from threads, but not from
# other processes. `folder` is an empty folder, a `pathlib.Path`.
#
# Write `best_models(train_one, rates, seeds, folder)`, which trains every pair of a rate and a
# seed once and returns a dict from `(rate, seed)` to its model, with the weights that this very
# run had when its **validation loss** was lowest of all epochs. Rates may lie close together, such
# as 0.2 and 0.25.


# %% nbgrader="checkpoint"
def best_models(train_one, rates, seeds, folder):
    """(rate, seed) -> the model of that run, at its lowest validation loss."""
    ### BEGIN SOLUTION
    models = {}
    for rate in rates:
        for seed in seeds:
            own_file = folder / f"rate-{rate}-seed-{seed}.weights.h5"
            keeper = keras.callbacks.ModelCheckpoint(
                own_file, monitor="val_loss", save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
            models[rate, seed].load_weights(own_file)
    return models
    ### END SOLUTION


# %% nbgrader="checkpoint-own" points=2
# 2 points: each run has its own weights
checks.checkpoint.keep_each_run(best_models)
### BEGIN HIDDEN TESTS
checks.checkpoint.keep_each_run(best_models, seed=101)
### END HIDDEN TESTS

# %% nbgrader="checkpoint-best" points=1
# 1 point: those of the epoch with the lowest validation loss
checks.checkpoint.keep_the_lowest_loss(best_models)
### BEGIN HIDDEN TESTS
checks.checkpoint.keep_the_lowest_loss(best_models, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["say what `trainable"]
# ## 3. A base that must not drift
#
# A classmate has computed the features of pictures like this, and wonders why they differ each
# time:


# %% nbgrader="drifting-features" locked=true
def drifting_features_of(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=True) for batch in batches])


# %% [markdown]
# The base has dropout and batch normalisation in it. Write `features_of(base, pictures)`, which
# returns the features that the base gives at inference: a NumPy array, shape (n, f), a row for each
# picture of `pictures`, which has the shape (n, side, side, 3) and any n from 1. Neither the base's
# weights and stored means nor the pictures change.


# %% nbgrader="features"
def features_of(base, pictures):
    """What the base gives at inference: shape (n, f)."""
    ### BEGIN SOLUTION
    return base.predict(pictures, verbose=0)
    ### END SOLUTION


# %% nbgrader="features-values" points=1
# 1 point: the features
checks.features.are_those_of_inference(features_of)
### BEGIN HIDDEN TESTS
checks.features.are_those_of_inference(features_of, numbers=(64,), seed=101)
### END HIDDEN TESTS

# %% nbgrader="features-base" points=1
# 1 point: nothing else changes
checks.features.leave_the_base_alone(features_of)
### BEGIN HIDDEN TESTS
checks.features.leave_the_base_alone(features_of, seed=101)
### END HIDDEN TESTS

# %% [markdown]
# Where pictures are augmented, features cannot be kept, and the base stands in front of the head in
# one model. Write `build_classifier(base, rate)`: pictures, of the shape that `base.input_shape`
# says, go through `base`, which gives features of shape (n, f), then through dropout with this
# rate, then through one Dense layer of ten units without activation. This base has batch
# normalisation in it, but no dropout. While the model is trained, too, the base gives what it gives
# at inference, and none of its weights and stored means changes. The head's dropout acts in
# training only, and draws for each feature of each picture. The base comes as it was loaded, with
# `trainable` true; you may change that.


# %% nbgrader="classifier"
def build_classifier(base, rate):
    """The base, frozen and as at inference, then dropout and ten logits."""
    ### BEGIN SOLUTION
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))
    ### END SOLUTION


# %% nbgrader="classifier-logits" points=1
# 1 point: ten logits from the features
base = checks.classifier.base()
checks.net.has_the_layers(build_classifier, checks.classifier.PLAN, base, 1e-9)
checks.net.sees_the_inputs(build_classifier, checks.classifier.PLAN, base, 1e-9)
checks.net.returns_logits(build_classifier, checks.classifier.PLAN, base, 1e-9)
checks.net.computes_alike_in_training(build_classifier, checks.classifier.PLAN, base, 1e-9)
### BEGIN HIDDEN TESTS
checks.net.returns_logits(build_classifier, checks.classifier.PLAN, base, 1e-9, seed=101)
### END HIDDEN TESTS

# %% nbgrader="classifier-inference" points=1
# 1 point: the base gives what it gives at inference
checks.classifier.runs_the_base_as_at_inference(build_classifier)
### BEGIN HIDDEN TESTS
checks.classifier.runs_the_base_as_at_inference(build_classifier, seed=101)
### END HIDDEN TESTS

# %% nbgrader="classifier-frozen" points=1
# 1 point: training changes the head and nothing else
checks.classifier.leaves_the_base_alone(build_classifier)
### BEGIN HIDDEN TESTS
checks.classifier.leaves_the_base_alone(build_classifier, seed=101)
### END HIDDEN TESTS

# %% nbgrader="classifier-dropout" points=1
# 1 point: the head's dropout
base = checks.classifier.base()
checks.net.drops_at_its_places(build_classifier, checks.classifier.PLAN, base, 0.25)
checks.net.drops_in_training_only(build_classifier, checks.classifier.PLAN, base, 0.25)
checks.net.draws_anew(build_classifier, checks.classifier.PLAN, base, 0.25)
checks.net.uses_the_rate(build_classifier, checks.classifier.PLAN, (base, 0.25), (base, 0.6137))
checks.net.scales_survivors(build_classifier, checks.classifier.PLAN, base, 0.25)
### BEGIN HIDDEN TESTS
checks.net.drops_in_training_only(build_classifier, checks.classifier.PLAN, base, 0.25, seed=101)
checks.net.draws_anew(build_classifier, checks.classifier.PLAN, base, 0.25, seed=101)
checks.net.scales_survivors(build_classifier, checks.classifier.PLAN, base, 0.6137, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["run a frozen base once"]
# ## 4. Passes saved
#
# A *pass* is one picture that goes once through the base. In the old way the base stands in front
# of the head in every run: in each epoch all training pictures pass through it, then all
# validation pictures; at the end of the run the test pictures do, once. In the new way each
# picture passes once, whatever is trained afterwards.
#
# Write `passes_saved(train, validation, test, epochs, runs)`: the passes of the old way minus those
# of the new one. The arguments are whole numbers: pictures in the three parts, epochs of a run, and
# runs of the sweep.


# %% nbgrader="passes"
def passes_saved(train, validation, test, epochs, runs):
    """How many passes of the base are saved by keeping the features."""
    ### BEGIN SOLUTION
    old = runs * (epochs * (train + validation) + test)
    return old - (train + validation + test)
    ### END SOLUTION


# %% nbgrader="passes-saved" points=1
# 1 point: the passes saved
cases = {  # train, validation, test, epochs, runs: the passes saved
    (1000, 200, 300, 30, 4): 143_700,
    (1000, 200, 300, 30, 1): 34_800,
    (1000, 0, 300, 30, 4): 119_900,
    (1300, 200, 0, 30, 4): 178_500,
    (100, 10, 5, 1, 3): 230,
    (1, 1, 1, 1, 1): 0,
}
checks.passes.saved_are_right(passes_saved, cases)
### BEGIN HIDDEN TESTS
cases = {
    (2317, 456, 789, 23, 7): 448_414,
    (2317, 456, 789, 23, 1): 61_006,
    (2317, 0, 789, 23, 7): 375_454,
    (3106, 456, 0, 23, 7): 569_920,
    (640, 90, 77, 1, 12): 8_877,
    (7, 5, 3, 41, 1): 480,
}
checks.passes.saved_are_right(passes_saved, cases)
### END HIDDEN TESTS

# %% [markdown] serves=["say over seeds"]
# ## 5. A figure to read
#
# One head without dropout and one with rate 0.8 were trained on the features of 200 photographs.
# The next cell draws what they reached on validation photographs in every second epoch.

# %% nbgrader="curves" locked=true
CURVES = pd.read_csv(
    StringIO("""epoch,plain_loss,dropout_loss,plain_accuracy,dropout_accuracy
2,1.753,2.137,0.434,0.237
4,1.594,2.085,0.514,0.309
6,1.617,2.042,0.523,0.309
8,1.624,1.930,0.526,0.369
10,1.644,1.841,0.540,0.380
12,1.663,1.790,0.540,0.411
14,1.677,1.668,0.543,0.446
16,1.689,1.627,0.543,0.471
18,1.700,1.587,0.546,0.451
20,1.712,1.547,0.546,0.480
22,1.722,1.519,0.543,0.500
24,1.732,1.478,0.546,0.511
26,1.741,1.447,0.546,0.523
28,1.749,1.439,0.549,0.543
30,1.757,1.441,0.549,0.520
32,1.765,1.401,0.549,0.531
34,1.772,1.377,0.543,0.537
36,1.779,1.374,0.543,0.537
38,1.786,1.389,0.543,0.546
40,1.792,1.358,0.543,0.549
"""),
    index_col="epoch",
)
_, axes = plt.subplots(2, 1, figsize=(7.5, 6), sharex=True)
for ax, measure in zip(axes, ["loss", "accuracy"], strict=True):
    ax.plot(CURVES[f"plain_{measure}"], color="#C9540E", marker="o", label="without dropout")
    ax.plot(CURVES[f"dropout_{measure}"], color="#004476", marker="s", label="rate 0.8")
    ax.set_ylabel(f"validation {measure}")
    ax.grid(alpha=0.3)
axes[0].legend()
axes[1].set_xlabel("epoch")
plotting.picture(
    axes,
    alt="Without dropout the validation loss is lowest at epoch 4 and rises after it, while the "
    "accuracy rises a little more and stays; with rate 0.8 the loss falls and the accuracy rises "
    "to the end, from a worse start.",
)

# %% [markdown]
# Which of these statements hold for the figure?
#
# - **A** At its lowest loss, the head with rate 0.8 has a lower loss than the head without dropout
#   at its own lowest.
# - **B** If the loss matters, the head without dropout should be trained for all the epochs shown.
# - **C** The head without dropout has a higher accuracy after the last epoch than in the epoch with
#   its lowest loss.
# - **D** The figure shows that rate 0.8 makes heads better on new photographs.
# - **E** Had both been stopped after 6 epochs, the head without dropout would have had the lower
#   loss.
# - **F** For each head, the lowest loss and the highest accuracy lie in the same epoch.
#
# Give the name `figure_reading` to a set of the capital letters that hold, such as `{"X", "Y"}`.
# One point if at least one letter is chosen and every chosen statement holds, and one if every
# statement that holds is chosen (but not simply all six).

# %% nbgrader="figure"
### BEGIN SOLUTION
figure_reading = {"A", "C", "E"}
### END SOLUTION

# %% nbgrader="figure-true" points=1
# 1 point: every chosen statement holds (here, only the form of the answer is tested)
checks.figure.are_valid(figure_reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.figure.are_all_true(figure_reading, {"A", "C", "E"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="figure-complete" points=1
# 1 point: every statement that holds is chosen (here, only the form of the answer is tested)
checks.figure.are_valid(figure_reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.figure.are_complete(figure_reading, {"A", "C", "E"}, "ABCDEF")
### END HIDDEN TESTS

# %% [markdown] serves=["say over seeds"]
# ## 6. Which sweep supports its conclusion?
#
# Two sweeps, made up for this exercise, compare dropout of 0.5 on a head with none. A seed fixes
# the training pictures and the start weights of both rates. Both reports conclude: "With dropout of
# 0.5 the test accuracy is higher."

# %% nbgrader="sweeps" locked=true
SWEEPS = {
    "one": pd.read_csv(
        StringIO("""rate,seed,validation_accuracy,test_accuracy
0.5,2,0.820,0.834
0.0,2,0.799,0.817
0.5,0,0.840,0.854
0.0,1,0.768,0.781
0.5,4,0.866,0.879
0.0,3,0.796,0.805
0.5,3,0.799,0.813
0.0,0,0.826,0.836
0.5,1,0.755,0.771
0.0,4,0.800,0.807
""")
    ),
    "two": pd.read_csv(
        StringIO("""rate,seed,validation_accuracy,test_accuracy
0.0,3,0.846,0.868
0.0,6,0.834,0.857
0.0,1,0.833,0.850
0.5,6,0.852,0.855
0.0,7,0.873,0.890
0.5,5,0.872,0.882
0.5,3,0.860,0.870
0.0,0,0.830,0.843
0.5,7,0.871,0.896
0.0,4,0.820,0.832
0.0,5,0.858,0.871
0.5,2,0.846,0.857
0.5,4,0.827,0.840
0.5,0,0.848,0.851
0.0,2,0.840,0.850
0.5,1,0.847,0.861
""")
    ),
}

# %% [markdown]
# First the numbers. Define `intervals`, a dict with the keys `"one"` and `"two"`. Each value is a
# tuple `(effect, low, high)`: the mean over seeds of the test accuracy with 0.5 minus that without
# dropout, and the ends of the 95 % t interval of these differences, paired by seed; as fractions,
# rounded to no fewer than four digits after the point. You may use `paired_difference` of the
# course, whose signature `help(paired_difference)` shows.

# %% nbgrader="intervals"
### BEGIN SOLUTION
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.effect, found.low, found.high)
### END SOLUTION

# %% nbgrader="intervals-one" points=1
# 1 point: sweep one
checks.intervals.is_given(intervals, "one", SWEEPS["one"], 0.5)
### BEGIN HIDDEN TESTS
checks.intervals.is_given(intervals, "one", SWEEPS["one"], 0.5)
### END HIDDEN TESTS

# %% nbgrader="intervals-two" points=1
# 1 point: sweep two
checks.intervals.is_given(intervals, "two", SWEEPS["two"], 0.5)
### BEGIN HIDDEN TESTS
checks.intervals.is_given(intervals, "two", SWEEPS["two"], 0.5)
### END HIDDEN TESTS

# %% [markdown]
# Now the reading. Which of these statements hold for the two sweeps?
#
# - **A** The trials of sweep one support its conclusion.
# - **B** The trials of sweep two support its conclusion.
# - **C** The sweep with the larger mean difference is the one whose conclusion is supported.
# - **D** If the two rates of sweep two were compared as independent groups, without regard to the
#   seeds, the 95 % interval would hold 0.
# - **E** Sweep one shows that dropout has no effect on these data.
# - **F** In sweep one, more seeds could still support the conclusion, or refute it.
#
# Give the name `reading` to a set of the capital letters that hold, such as `{"X", "Y"}`. One point
# if at least one letter is chosen and every chosen statement holds, and one if every statement that
# holds is chosen (but not simply all six).

# %% nbgrader="reading"
### BEGIN SOLUTION
reading = {"B", "D", "F"}
### END SOLUTION

# %% nbgrader="reading-true" points=1
# 1 point: every chosen statement holds (here, only the form of the answer is tested)
checks.reading.are_valid(reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.reading.are_all_true(reading, {"B", "D", "F"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="reading-complete" points=1
# 1 point: every statement that holds is chosen (here, only the form of the answer is tested)
checks.reading.are_valid(reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.reading.are_complete(reading, {"B", "D", "F"}, "ABCDEF")
### END HIDDEN TESTS

# %% [markdown] serves=["sweep a rate over seeds", "say over seeds"]
# ## 7. A sweep of your own
#
# The data are the photographs of clothes of the lesson, `clothing-1k`, as features of
# EfficientNet-Lite0. `plain` is your head with rate 0; you choose two other rates. The seed fixes
# the training photographs, the same for all rates, and the start weights of the first layer. (The
# heads are those of item 1, which has to be right first.)
#
# The base runs once, on your machine, and the heads train in seconds; still, both are behind a
# switch. Set `TRAIN = True`, and leave it so until you have copied both tables. Validation, grading
# and feedback run no base and train nothing, whatever the switch says: they read your tables. You
# may change the other three constants: at least three seeds, and from 10 to 390 photographs in
# steps of 10, or all 400.

# %%
TRAIN = False
SEEDS = (0, 1, 2, 3, 4, 5)
EPOCHS = 40
PICTURES = 200

# %% [markdown]
# Define `rate_choices`: a dict with the keys `"rate A"` and `"rate B"` and two different rates,
# above 0 and below 1.

# %% nbgrader="rates"
### BEGIN SOLUTION
rate_choices = {"rate A": 0.3, "rate B": 0.6}
### END SOLUTION

# %% nbgrader="rates-valid" points=1
# 1 point: two rates
checks.rates.are_valid(rate_choices)
### BEGIN HIDDEN TESTS
checks.rates.are_valid(rate_choices)
### END HIDDEN TESTS

# %% nbgrader="measurement" locked=true
MEASURED = {}  # name of a model -> the table of the training that it was in


def measure(data, seed, model):
    """Train one head with the seed's own pictures; loss and accuracy on the three parts."""
    keras.utils.set_random_seed(seed)
    head = build_head({"plain": 0.0, **rate_choices}[model])
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile("adam", loss=cross_entropy, metrics=["accuracy"])
    drawn = datasets.subset(data.train, PICTURES, np.random.default_rng(seed))
    head.fit(np.array(drawn.x), drawn.y, epochs=EPOCHS, batch_size=32, verbose=0)
    result = {"epochs": EPOCHS, "pictures": PICTURES}
    for name, split in (("train", drawn), ("validation", data.validation), ("test", data.test)):
        loss, accuracy = head.evaluate(np.array(split.x), split.y, batch_size=350, verbose=0)
        result |= {f"{name}_loss": loss, f"{name}_accuracy": accuracy}
    return result


def training_is_on():
    """Whether the switch is on; at validation and grading it counts as off."""
    return TRAIN and "NBGRADER_EXECUTION" not in os.environ


def clothes_as_features():
    """The photographs with the features that the frozen base gives, computed once and kept."""
    base = bases.load("efficientnet-lite0", side=96)
    return features.features(base, datasets.load("clothing-1k"))


def print_evidence(*models):
    """Train each model with each seed, keep all numbers, print those on train and validation."""
    table = trials.run(measure, clothes_as_features(), [{"model": name} for name in models], SEEDS)
    MEASURED.update(dict.fromkeys(models, table))
    print_table(table.drop(columns=["test_loss", "test_accuracy"]))


def print_test(chosen):
    """Print what the chosen variant and "plain" reached on the test pictures."""
    if chosen not in MEASURED:
        raise ValueError(f"{chosen!r} was not trained in this session: run the cell that does.")
    table = MEASURED[chosen]
    rows = table["model"].isin(["plain", chosen])
    print_table(table.loc[rows, ["model", "seed", "test_loss", "test_accuracy"]])


def print_rival():
    """Print what logistic regression on the same training pictures reaches on the test pictures."""
    data, shares = clothes_as_features(), []
    for seed in SEEDS:
        drawn = datasets.subset(data.train, PICTURES, np.random.default_rng(seed))
        rival = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=1000))
        shares.append(rival.fit(drawn.x, drawn.y).score(data.test.x, data.test.y))
    print(f"logistic regression, mean test accuracy with the same seeds: {np.mean(shares):.4f}")


def print_table(table):
    print(table.to_csv(index=False, float_format="%.6f"))


# %% nbgrader="sweep-training" locked=true
if training_is_on():
    print_evidence("plain", "rate A", "rate B")

# %% [markdown]
# Run the cell above with the switch on. Then choose **one** of the two rates by its mean
# `validation_accuracy`, and define two names:
#
# - `sweep_evidence`: the printed table, its first line included, as text between `"""` and `"""`;
# - `sweep_chosen`: the name of the variant that you choose, `"rate A"` or `"rate B"`.

# %% nbgrader="sweep-evidence"
### BEGIN SOLUTION
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,40,200,0.002366,1.000000,1.792190,0.542857
rate A,0,40,200,0.001105,1.000000,1.764740,0.540000
rate B,0,40,200,0.003846,1.000000,1.677644,0.568571
plain,1,40,200,0.002044,1.000000,1.873376,0.531429
rate A,1,40,200,0.001080,1.000000,1.970906,0.497143
rate B,1,40,200,0.003642,1.000000,1.855359,0.542857
plain,2,40,200,0.002230,1.000000,1.910045,0.491429
rate A,2,40,200,0.001328,1.000000,2.001035,0.502857
rate B,2,40,200,0.007714,1.000000,1.815156,0.494286
plain,3,40,200,0.002111,1.000000,1.814254,0.528571
rate A,3,40,200,0.002324,1.000000,1.941524,0.505714
rate B,3,40,200,0.005784,1.000000,1.833817,0.505714
plain,4,40,200,0.002456,1.000000,1.712185,0.522857
rate A,4,40,200,0.001333,1.000000,1.970999,0.514286
rate B,4,40,200,0.005657,1.000000,1.781096,0.514286
plain,5,40,200,0.002093,1.000000,1.883354,0.525714
rate A,5,40,200,0.001406,1.000000,1.804393,0.562857
rate B,5,40,200,0.004284,1.000000,1.707590,0.580000
"""
sweep_chosen = "rate B"
### END SOLUTION

# %% nbgrader="sweep-evidence-table" points=1
# 1 point: a complete table of numbers that a measurement can give
checks.sweep_evidence.is_complete(sweep_evidence, ["plain", "rate A", "rate B"])
checks.sweep_evidence.is_plausible(sweep_evidence, train=400, validation=350)
### BEGIN HIDDEN TESTS
checks.sweep_evidence.is_not_copied(sweep_evidence, "train", "validation")
### END HIDDEN TESTS

# %% nbgrader="sweep-evidence-fair" points=1
# 1 point: the same seeds, epochs and pictures for all rates
checks.sweep_evidence.is_paired(sweep_evidence)
checks.sweep_evidence.has_one_budget(sweep_evidence)
### BEGIN HIDDEN TESTS
checks.sweep_evidence.is_complete(sweep_evidence, ["plain", "rate A", "rate B"])
### END HIDDEN TESTS

# %% nbgrader="sweep-evidence-choice" points=1
# 1 point: the choice (here, only the form of the answer is tested)
checks.sweep_evidence.choice_is_valid(sweep_evidence, sweep_chosen)
### BEGIN HIDDEN TESTS
checks.sweep_evidence.choice_follows_from_validation(sweep_evidence, sweep_chosen)
### END HIDDEN TESTS

# %% nbgrader="sweep-testing" locked=true
try:  # evidence and choice are kept as they are now
    sweep_kept = sweep_evidence, sweep_chosen
except NameError:
    sweep_kept = None, None
if training_is_on():
    print_test(sweep_chosen)
    print_rival()

# %% [markdown]
# The choice is made: run the cell above, with the switch still on. It keeps evidence and choice
# as they are when it runs; the test below uses these. Define two more names:
#
# - `sweep_test`: the table that it prints, as text like the first one (without the line about
#   logistic regression, which item 8 asks about);
# - `sweep_conclusion`: one of three strings, by the 95 % t interval of the differences of
#   `test_accuracy`, paired by seed (chosen rate minus plain): `"higher"` if the whole interval lies
#   above 0, `"lower"` if it lies below 0, `"cannot be told apart"` if it holds 0. All three are
#   worth the mark if they follow from your table. `paired_difference` and
#   `pd.read_csv(StringIO(...))` help, as above.

# %% nbgrader="sweep-test"
### BEGIN SOLUTION
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,1.530084,0.565714
rate B,0,1.578355,0.582857
plain,1,1.732838,0.522857
rate B,1,1.649382,0.548571
plain,2,1.753148,0.520000
rate B,2,1.749926,0.514286
plain,3,1.839866,0.540000
rate B,3,1.687551,0.542857
plain,4,1.777408,0.542857
rate B,4,1.686170,0.542857
plain,5,1.640741,0.525714
rate B,5,1.601818,0.568571
"""
sweep_conclusion = "cannot be told apart"
### END SOLUTION

# %% nbgrader="sweep-test-conclusion" points=1
# 1 point: the test table and the conclusion (here, only the form of the latter is tested)
checks.sweep_test.is_of_the_chosen(sweep_test, *sweep_kept)
checks.sweep_test.is_plausible(sweep_test, test=350)
checks.sweep_test.conclusion_is_valid(sweep_conclusion)
### BEGIN HIDDEN TESTS
checks.sweep_test.is_not_copied(sweep_test, "test")
checks.sweep_test.conclusion_follows(sweep_test, sweep_kept[1], sweep_conclusion)
### END HIDDEN TESTS

# %% [markdown] serves=["say over seeds", "run a frozen base once", "say what a head is worth"]
# ## 8. What your sweep says
#
# In six to ten sentences, with numbers from your tables: say what dropout on the head did in your
# sweep, to accuracy and to loss, on training and on held-out photographs, as far as your tables can
# tell; say whether the head is worth having beside the logistic regression that was printed with
# them; say what your numbers cannot tell, for whose photographs they hold, and which single further
# measurement would tell you most. Say also when keeping features is *not* allowed, and what would
# go wrong if it were done all the same. This item is read by a person: 4 points.

# %% [markdown] nbgrader="what-the-sweep-says" points=4
# ### BEGIN SOLUTION
# **Mark scheme**, one point each, for the idea and not the words, judged against the student's own
# tables:
#
# 1. *Accuracy and loss, training and held-out are kept apart*: a smaller gap is not called a better
#    model, and each statement agrees with the student's numbers.
# 2. *Uncertainty is used*: an effect is claimed only where the interval of the paired differences
#    leaves 0 out, and "no difference was found" is not turned into "there is none".
# 3. *The rival and the limits of the evidence*: the head is compared with logistic regression by
#    its number; and limits are named, with one measurement that would change or settle the
#    conclusion, with a reason: few seeds, test photographs of some tens of senders, one number of
#    photographs and of epochs, no early stopping, one base. Half a point for each of the two.
# 4. *When features must not be kept*: where the base is trained, where pictures are augmented, or
#    where the base is called with training=True, since the features of a picture then change from
#    step to step; the head would be trained on features that the model no longer gives. Half a
#    point for one case without its reason.
#
# Sentences without a number from the tables earn at most two points.
# ### END SOLUTION
