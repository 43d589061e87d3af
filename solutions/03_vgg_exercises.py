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
# # Exercises: more blocks, dropout and augmentation in a VGG-style net
#
# After these exercises you can
#
# - say how many poolings a picture can take, and build a net up to that limit,
# - put dropout with rates of your own behind the blocks of a convolutional net,
# - put augmentation inside a model, so that it acts in training only,
# - choose between variants on validation data, then judge the choice once, on test data,
# - draw the conclusion that your own numbers bear, whichever it is, and the figure that shows it.
#
# Time: about 90 minutes, of which the computer trains for about ten. Items 1 to 3 build on each
# other: part 2 adds dropout to the net that you choose in part 1, part 3 adds augmentation to the
# net of part 2. They are graded by tests, 25 points in all; item 4 is read by a person, 5 points.
# Each cell of tests is worth the points that its first line names, and stands for one property. A
# few more tests of the same properties run at grading.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your own
# inside the answer cells.

# %%
import os
from io import StringIO

import keras
import numpy as np
import pandas as pd

from course_utils import datasets, trials
from course_utils.statistics import paired_difference

# %% tags=["tests-only"]
from course_checks import vgg as checks

# %% [markdown]
# ## The data, the plain model and the measurement
#
# The data are the clothes of the lesson, `fashion-mnist-6k`, in a frame of zeros: 32 x 32 pixels
# with one channel, from 0 to 1. Three training labels in ten are wrong; those of validation and
# test are right. The model below, called `plain`, has three blocks; each holds two 3x3
# convolutions with ReLU and padding `same`, then a 2x2 max pooling. It is a narrow version of the
# nets of Simonyan and Zisserman (2014, arXiv:1409.1556).


# %%
def block(filters):
    """Two 3x3 convolutions and a 2x2 max pooling: three layers in a list."""
    return [
        keras.layers.Conv2D(filters, 3, padding="same", activation="relu"),
        keras.layers.Conv2D(filters, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
    ]


def build_plain():
    """Three blocks of 16, 32 and 64 filters, a Dense layer of 64 units, ten logits."""
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *block(16),
            *block(32),
            *block(64),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% [markdown]
# Each part below compares two variants with the net of the step before and with `plain`, over
# the same seeds. `measure` trains one model and returns its numbers; `trials.run` calls it for
# each model and each seed. The seed fixes the training pictures, their wrong labels and their
# order, which are the same for all models, and the start weights, which a variant shares with
# `plain` only up to the first layer that differs (a layer of augmentation or a Dropout layer with
# a rate above 0 draws a seed of its own).
#
# Training takes minutes, so it is behind a switch. Set `TRAIN = True`, and leave it so until
# you have copied both tables of a part into its answer cells. Validation, grading and feedback
# train nothing, whatever the switch says: they read your tables. You may change the other
# three constants, the same for all models of all parts: at least three seeds, and from 10 to 2,990
# pictures.

# %%
TRAIN = False
SEEDS = (0, 1, 2, 3)
EPOCHS = 30
PICTURES = 500

# %% nbgrader="measurement" locked=true
MODELS = {"plain": build_plain}
MEASURED = {}  # name of a model -> the table of the training that it was in


def as_inputs(pictures):
    """Grey values from 0 to 1, in a frame of zeros, with a channel."""
    return np.pad(pictures, ((0, 0), (2, 2), (2, 2)))[..., None] / np.float32(255)


def measure(data, seed, model):
    """Train MODELS[model] once; loss and accuracy on the three parts of the data."""
    generator = np.random.default_rng(seed)
    drawn = datasets.subset(data.train, PICTURES, generator)
    labels, _ = datasets.flip_labels(drawn.y, 0.3, len(data.class_names), generator)
    keras.utils.set_random_seed(seed)
    network = MODELS[model]()
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss=cross_entropy, metrics=["accuracy"])
    network.fit(as_inputs(drawn.x), labels, epochs=EPOCHS, batch_size=32, verbose=0)
    result = {"epochs": EPOCHS, "pictures": PICTURES}
    for name, x, y in (
        ("train", drawn.x, labels),
        ("validation", data.validation.x, data.validation.y),
        ("test", data.test.x, data.test.y),
    ):
        loss, accuracy = network.evaluate(as_inputs(x), y, batch_size=250, verbose=0)
        result |= {f"{name}_loss": loss, f"{name}_accuracy": accuracy}
    return result


def training_is_on():
    """Whether the switch is on; at validation and grading it counts as off."""
    return TRAIN and "NBGRADER_EXECUTION" not in os.environ


def print_evidence(*models):
    """Train each model with each seed, keep all numbers, print those on train and validation."""
    data = datasets.load("fashion-mnist-6k")
    table = trials.run(measure, data, [{"model": model} for model in models], SEEDS)
    MEASURED.update(dict.fromkeys(models, table))
    print_table(table.drop(columns=["test_loss", "test_accuracy"]))


def print_test(chosen, step="plain"):
    """Print what the chosen variant, the step before and "plain" reached on the test pictures."""
    if chosen not in MEASURED:
        raise ValueError(f"{chosen!r} was not trained in this session: run the cell that does.")
    table = MEASURED[chosen]
    rows = table["model"].isin(["plain", step, chosen])
    print_table(table.loc[rows, ["model", "seed", "test_loss", "test_accuracy"]])


def print_table(table):
    print(table.to_csv(index=False, float_format="%.6f"))


# %% nbgrader="interval" locked=true
def mean_accuracies(evidence):
    """The mean accuracies of each model on train and validation."""
    table = pd.read_csv(StringIO(evidence))
    return table.groupby("model")[["train_accuracy", "validation_accuracy"]].mean()


def compare(test, chosen, step="plain"):
    """The interval of the test accuracy of `chosen` minus that of `step`, paired by seed."""
    table = pd.read_csv(StringIO(test))
    return paired_difference(table, "test_accuracy", {"model": step}, {"model": chosen})


# %% [markdown]
# In each part you choose **one** of the two variants by its mean `validation_accuracy`. The
# numbers on the test pictures are kept back until then, and are printed for the chosen variant
# and what it is compared with. The conclusion is one of three strings, and says what the 95 % t
# interval of the differences of `test_accuracy`, paired by seed (chosen variant minus the other),
# shows:
#
# - `"higher"`: the whole interval lies above 0,
# - `"lower"`: the whole interval lies below 0,
# - `"cannot be told apart"`: the interval holds 0.
#
# All three are worth full marks if they follow from your table. The two functions above help:
# in cells of your own, call `mean_accuracies(deeper_evidence)` before the choice and
# `compare(deeper_test, deeper_chosen)` after it, for example.

# %% [markdown] serves=["build a net of VGG blocks"]
# ## 1. More blocks
#
# First the limit. A 2x2 max pooling (stride 2, no padding) turns a side of 32 pixels into 16; an
# odd side loses its last row or column, so 7 becomes 3, and a side of 1 cannot be pooled.
# Write
#
# - `side_after(side, poolings)`: the side, an `int`, after that many poolings; `ValueError` if
#   it would fall below 1;
# - `most_poolings(side)`: the largest number of poolings that leaves a side of at least 1.
#
# Both take integers; `side` is at least 1 and `poolings` at least 0.


# %% nbgrader="poolings"
def side_after(side, poolings):
    """The side of a square map after some 2x2 poolings; ValueError below 1."""
    ### BEGIN SOLUTION
    for _ in range(poolings):
        side //= 2
    if side < 1:
        raise ValueError("the map is too small for so many poolings")
    return side
    ### END SOLUTION


def most_poolings(side):
    """How many 2x2 poolings a map of this side can take."""
    ### BEGIN SOLUTION
    poolings = 0
    while side >= 2:
        side //= 2
        poolings += 1
    return poolings
    ### END SOLUTION


# %% nbgrader="poolings-side" points=1
# 1 point: the side after some poolings
checks.poolings.sides_are_right(side_after)
### BEGIN HIDDEN TESTS
checks.poolings.sides_are_right(side_after, seed=101)
### END HIDDEN TESTS

# %% nbgrader="poolings-most" points=1
# 1 point: the limit
checks.poolings.most_are_right(most_poolings)
### BEGIN HIDDEN TESTS
checks.poolings.most_are_right(most_poolings, seed=101)
### END HIDDEN TESTS

# %% [markdown]
# Now write `build_deeper(blocks)`, for 3, 4 or 5 blocks: a new model like `plain`, with further
# blocks of 64 filters behind the third. It maps (n, 32, 32, 1) to logits (n, 10). The rest
# stays as in `plain`: Flatten, a Dense layer of 64 units with ReLU, a Dense layer of 10 units
# without activation, and nothing else that changes the numbers, in training neither. Convolutions,
# poolings and Dense layers are those of `keras.layers`.


# %% nbgrader="deeper-model"
def build_deeper(blocks):
    """A net of 3 to 5 blocks with 16, 32, 64, 64, 64 filters."""
    ### BEGIN SOLUTION
    layers = [keras.Input((32, 32, 1))]
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        layers += block(filters)
    layers += [
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(layers)
    ### END SOLUTION


# %% nbgrader="deeper-model-blocks" points=1
# 1 point: blocks and Dense layers
checks.net.has_the_layers(build_deeper, checks.deeper_model.plan(4), 4)
### BEGIN HIDDEN TESTS
for blocks in (3, 5):
    checks.net.has_the_layers(build_deeper, checks.deeper_model.plan(blocks), blocks)
### END HIDDEN TESTS

# %% nbgrader="deeper-model-values" points=1
# 1 point: ReLU, max pooling, logits, and nothing else that changes the numbers
plan = checks.deeper_model.plan(4)
checks.net.sees_the_inputs(build_deeper, plan, 4)
checks.net.hidden_layers_end_in_relu(build_deeper, plan, 4)
checks.net.returns_logits(build_deeper, plan, 4)
checks.net.computes_alike_in_training(build_deeper, plan, 4)
### BEGIN HIDDEN TESTS
plan = checks.deeper_model.plan(5)
checks.net.hidden_layers_end_in_relu(build_deeper, plan, 5, seed=101)
checks.net.returns_logits(build_deeper, plan, 5, seed=101)
checks.net.computes_alike_in_training(build_deeper, plan, 5, seed=101)
### END HIDDEN TESTS

# %% nbgrader="deeper-training" locked=true
MODELS |= {"4 blocks": lambda: build_deeper(4), "5 blocks": lambda: build_deeper(5)}
if training_is_on():
    print_evidence("plain", "4 blocks", "5 blocks")

# %% [markdown]
# Run the cell above with the switch on, then define two names:
#
# - `deeper_evidence`: the printed table, its first line included, as text between `"""` and `"""`;
# - `deeper_chosen`: the name of the variant that you choose, as it stands in the table.

# %% nbgrader="deeper-evidence"
### BEGIN SOLUTION
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,30,500,0.207015,0.938000,1.805783,0.599000
4 blocks,0,30,500,0.342173,0.888000,1.380817,0.636000
5 blocks,0,30,500,0.839674,0.714000,1.105604,0.686000
plain,1,30,500,0.179302,0.946000,1.715912,0.636000
4 blocks,1,30,500,0.388754,0.870000,1.673962,0.565000
5 blocks,1,30,500,0.909710,0.694000,1.187814,0.657000
plain,2,30,500,0.376872,0.868000,1.834122,0.549000
4 blocks,2,30,500,0.701853,0.778000,1.587635,0.504000
5 blocks,2,30,500,0.883876,0.702000,1.359916,0.596000
plain,3,30,500,0.364434,0.884000,2.010295,0.538000
4 blocks,3,30,500,0.603910,0.802000,1.272615,0.619000
5 blocks,3,30,500,0.827986,0.718000,1.247268,0.609000
"""
deeper_chosen = "5 blocks"
### END SOLUTION

# %% nbgrader="deeper-evidence-table" points=1
# 1 point: a complete table of numbers that a measurement can give
checks.deeper_evidence.is_complete(deeper_evidence, ["plain", "4 blocks", "5 blocks"])
checks.deeper_evidence.is_plausible(deeper_evidence, train=3000, validation=1000)
### BEGIN HIDDEN TESTS
checks.deeper_evidence.is_not_copied(deeper_evidence, "train", "validation")
### END HIDDEN TESTS

# %% nbgrader="deeper-evidence-fair" points=1
# 1 point: the same seeds, epochs and pictures for all models
checks.deeper_evidence.is_paired(deeper_evidence)
checks.deeper_evidence.has_one_budget(deeper_evidence)
### BEGIN HIDDEN TESTS
checks.deeper_evidence.is_complete(deeper_evidence, ["plain", "4 blocks", "5 blocks"])
### END HIDDEN TESTS

# %% nbgrader="deeper-evidence-choice" points=1
# 1 point: the choice (here, only the form of the answer is tested)
checks.deeper_evidence.choice_is_valid(deeper_evidence, deeper_chosen)
### BEGIN HIDDEN TESTS
checks.deeper_evidence.choice_follows_from_validation(deeper_evidence, deeper_chosen)
### END HIDDEN TESTS

# %% nbgrader="deeper-testing" locked=true
try:  # evidence and choice are kept as they are now
    deeper_kept = deeper_evidence, deeper_chosen
except NameError:
    deeper_kept = None, None
if training_is_on():
    print_test(deeper_chosen)

# %% [markdown]
# The choice is made: run the cell above, with the switch still on. It keeps evidence and choice
# as they are when it runs; the test below uses these. Define two more names:
#
# - `deeper_test`: the table that it prints, as text like the first one;
# - `deeper_conclusion`: the conclusion about the test accuracy of the chosen variant.

# %% nbgrader="deeper-test"
### BEGIN SOLUTION
deeper_test = """
model,seed,test_loss,test_accuracy
plain,0,2.006580,0.573000
5 blocks,0,1.207058,0.648000
plain,1,1.872534,0.609000
5 blocks,1,1.255462,0.626500
plain,2,1.882363,0.536000
5 blocks,2,1.472724,0.578500
plain,3,2.103926,0.506000
5 blocks,3,1.366725,0.595000
"""
deeper_conclusion = "higher"
### END SOLUTION

# %% nbgrader="deeper-test-conclusion" points=1
# 1 point: the test table and the conclusion (here, only the form of the latter is tested)
checks.deeper_test.is_of_the_chosen(deeper_test, *deeper_kept)
checks.deeper_test.is_plausible(deeper_test, test=2000)
checks.deeper_test.conclusion_is_valid(deeper_conclusion)
### BEGIN HIDDEN TESTS
checks.deeper_test.is_not_copied(deeper_test, "test")
checks.deeper_test.conclusion_follows(deeper_test, deeper_kept[1], deeper_conclusion)
### END HIDDEN TESTS

# %% [markdown] serves=["say, over seeds,"]
# ## 2. Dropout with rates of your own
#
# The net that you chose in part 1 gets dropout. Give `rate_choices` two tuples of rates of your
# own, under the names `"rates A"` and `"rates B"`: a dict from name to a tuple with one number for
# each block of that net (so four or five), between 0 and 1, both ends excluded. The two tuples
# differ.
#
# Write `build_with_dropout(rates)`: the net of `build_deeper(len(rates))`, for four or five rates,
# and behind the pooling of each block dropout of that block's rate, inverted as Keras's own.
# Nothing else is dropped, behind the Dense layers neither, and with `training=False`, or in a call
# without `training`, nothing at all. The rest is as in part 1, without noise or normalisation.

# %% nbgrader="dropout-rates"
### BEGIN SOLUTION
rate_choices = {"rates A": (0.1, 0.1, 0.2, 0.2, 0.2), "rates B": (0.25, 0.25, 0.4, 0.4, 0.4)}
### END SOLUTION

# %% nbgrader="dropout-rates-valid" points=1
# 1 point: two tuples of rates, for the net that was chosen
checks.dropout_rates.are_valid(rate_choices, deeper_kept[1])
### BEGIN HIDDEN TESTS
checks.dropout_rates.are_valid(rate_choices, deeper_kept[1])
### END HIDDEN TESTS


# %% nbgrader="dropout-model"
def build_with_dropout(rates):
    """A net with a block for each rate, and dropout of that rate behind it."""
    ### BEGIN SOLUTION
    layers = [keras.Input((32, 32, 1))]
    for filters, rate in zip((16, 32, 64, 64, 64), rates, strict=False):
        layers += [*block(filters), keras.layers.Dropout(rate)]
    layers += [
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(layers)
    ### END SOLUTION


# %% nbgrader="dropout-model-blocks" points=1
# 1 point: blocks and Dense layers, and what they compute
plan, rates = checks.dropout_model.plan(4), (0.1, 0.5, 0.7, 0.3)
checks.net.has_the_layers(build_with_dropout, plan, rates)
checks.net.sees_the_inputs(build_with_dropout, plan, rates)
checks.net.hidden_layers_end_in_relu(build_with_dropout, plan, (1e-9,) * 4)
checks.net.returns_logits(build_with_dropout, plan, (1e-9,) * 4)
### BEGIN HIDDEN TESTS
plan, rates = checks.dropout_model.plan(5), (0.5, 0.4, 0.3, 0.2, 0.6)
checks.net.has_the_layers(build_with_dropout, plan, rates)
checks.net.hidden_layers_end_in_relu(build_with_dropout, plan, (1e-9,) * 5, seed=101)
checks.net.returns_logits(build_with_dropout, plan, (1e-9,) * 5, seed=101)
### END HIDDEN TESTS

# %% nbgrader="dropout-model-places" points=1
# 1 point: where dropout acts, and when
plan, rates = checks.dropout_model.plan(4), (0.6, 0.5, 0.7, 0.55)
checks.net.drops_at_its_places(build_with_dropout, plan, rates)
checks.net.drops_in_training_only(build_with_dropout, plan, rates)
checks.net.draws_anew(build_with_dropout, plan, rates)
checks.net.computes_alike_in_training(build_with_dropout, plan, (1e-9,) * 4)
### BEGIN HIDDEN TESTS
plan, rates = checks.dropout_model.plan(5), (0.5, 0.4, 0.3, 0.2, 0.6)
checks.net.drops_at_its_places(build_with_dropout, plan, rates, seed=101)
checks.net.drops_in_training_only(build_with_dropout, plan, rates, seed=101)
checks.net.draws_anew(build_with_dropout, plan, rates, seed=101)
### END HIDDEN TESTS

# %% nbgrader="dropout-model-rates" points=1
# 1 point: the rate of each block, and how survivors are scaled
plan, rates = checks.dropout_model.plan(4), (0.1, 0.5, 0.7, 0.3)
checks.net.uses_the_rate(build_with_dropout, plan, (rates,))
checks.net.scales_survivors(build_with_dropout, plan, rates)
### BEGIN HIDDEN TESTS
plan, rates = checks.dropout_model.plan(5), (0.5137, 0.4, 0.3, 0.2, 0.6)
checks.net.uses_the_rate(build_with_dropout, plan, (rates,), seed=101)
checks.net.scales_survivors(build_with_dropout, plan, rates, seed=101)
### END HIDDEN TESTS

# %% nbgrader="dropout-training" locked=true
MODELS |= {
    "rates A": lambda: build_with_dropout(rate_choices["rates A"]),
    "rates B": lambda: build_with_dropout(rate_choices["rates B"]),
}
if training_is_on():
    print_evidence("plain", deeper_kept[1], "rates A", "rates B")

# %% [markdown]
# Run the cell above with the switch on, then define two names:
#
# - `dropout_evidence`: the printed table, its first line included, as text between `"""` and `"""`;
# - `dropout_chosen`: the name of the variant that you choose, as it stands in the table.

# %% nbgrader="dropout-evidence"
### BEGIN SOLUTION
dropout_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,30,500,0.207015,0.938000,1.805783,0.599000
5 blocks,0,30,500,0.839674,0.714000,1.105604,0.686000
rates A,0,30,500,1.197222,0.602000,0.942348,0.723000
rates B,0,30,500,1.573544,0.482000,1.189391,0.584000
plain,1,30,500,0.179302,0.946000,1.715912,0.636000
5 blocks,1,30,500,0.909710,0.694000,1.187814,0.657000
rates A,1,30,500,1.278564,0.600000,0.997695,0.696000
rates B,1,30,500,2.086740,0.186000,1.954223,0.206000
plain,2,30,500,0.376872,0.868000,1.834122,0.549000
5 blocks,2,30,500,0.883876,0.702000,1.359916,0.596000
rates A,2,30,500,1.263370,0.584000,1.012187,0.679000
rates B,2,30,500,1.551165,0.480000,1.196653,0.601000
plain,3,30,500,0.364434,0.884000,2.010295,0.538000
5 blocks,3,30,500,0.827986,0.718000,1.247268,0.609000
rates A,3,30,500,1.312159,0.590000,0.863668,0.734000
rates B,3,30,500,1.626376,0.476000,1.241373,0.568000
"""
dropout_chosen = "rates A"
### END SOLUTION

# %% nbgrader="dropout-evidence-table" points=1
# 1 point: a complete table of numbers that a measurement can give
checks.dropout_evidence.is_complete(
    dropout_evidence, ["plain", deeper_kept[1], "rates A", "rates B"]
)
checks.dropout_evidence.is_plausible(dropout_evidence, train=3000, validation=1000)
### BEGIN HIDDEN TESTS
checks.dropout_evidence.is_not_copied(dropout_evidence, "train", "validation")
### END HIDDEN TESTS

# %% nbgrader="dropout-evidence-fair" points=1
# 1 point: the same seeds, epochs and pictures for all models
checks.dropout_evidence.is_paired(dropout_evidence)
checks.dropout_evidence.has_one_budget(dropout_evidence)
### BEGIN HIDDEN TESTS
checks.dropout_evidence.is_complete(
    dropout_evidence, ["plain", deeper_kept[1], "rates A", "rates B"]
)
### END HIDDEN TESTS

# %% nbgrader="dropout-evidence-choice" points=1
# 1 point: the choice (here, only the form of the answer is tested)
checks.dropout_evidence.choice_is_valid(dropout_evidence, dropout_chosen, step=deeper_kept[1])
### BEGIN HIDDEN TESTS
checks.dropout_evidence.choice_follows_from_validation(
    dropout_evidence, dropout_chosen, step=deeper_kept[1]
)
### END HIDDEN TESTS

# %% nbgrader="dropout-testing" locked=true
try:  # evidence and choice are kept as they are now
    dropout_kept = dropout_evidence, dropout_chosen
except NameError:
    dropout_kept = None, None
if training_is_on():
    print_test(dropout_chosen, deeper_kept[1])

# %% [markdown]
# The choice is made: run the cell above, with the switch still on. It keeps evidence and choice
# as they are when it runs; the tests below use these. Define three more names:
#
# - `dropout_test`: the table that it prints, as text like the first one;
# - `dropout_conclusion`: the conclusion about the test accuracy of the chosen variant, compared
#   with the net of part 1;
# - `dropout_overall`: the same, compared with `plain`: what both steps together do.

# %% nbgrader="dropout-test"
### BEGIN SOLUTION
dropout_test = """
model,seed,test_loss,test_accuracy
plain,0,2.006580,0.573000
5 blocks,0,1.207058,0.648000
rates A,0,1.002927,0.708000
plain,1,1.872534,0.609000
5 blocks,1,1.255462,0.626500
rates A,1,1.053694,0.678500
plain,2,1.882363,0.536000
5 blocks,2,1.472724,0.578500
rates A,2,1.118504,0.638500
plain,3,2.103926,0.506000
5 blocks,3,1.366725,0.595000
rates A,3,0.898562,0.709000
"""
dropout_conclusion = "higher"
dropout_overall = "higher"
### END SOLUTION

# %% nbgrader="dropout-test-conclusion" points=1
# 1 point: the test table and the conclusion (here, only the form of the latter is tested)
step = deeper_kept[1]
checks.dropout_test.is_of_the_chosen(dropout_test, *dropout_kept, step=step)
checks.dropout_test.is_plausible(dropout_test, test=2000)
checks.dropout_test.conclusion_is_valid(dropout_conclusion)
### BEGIN HIDDEN TESTS
checks.dropout_test.is_not_copied(dropout_test, "test")
checks.dropout_test.conclusion_follows(dropout_test, dropout_kept[1], dropout_conclusion, step=step)
### END HIDDEN TESTS

# %% nbgrader="dropout-test-overall" points=1
# 1 point: the conclusion on all steps so far (here, only its form is tested)
checks.dropout_test.conclusion_is_valid(dropout_overall)
### BEGIN HIDDEN TESTS
checks.dropout_test.conclusion_follows(dropout_test, dropout_kept[1], dropout_overall)
### END HIDDEN TESTS

# %% [markdown] serves=["compare dropout with data augmentation"]
# ## 3. Augmentation
#
# Write `build_augmented(rates, strength)`: the net of `build_with_dropout(rates)` with three layers
# in front of its first convolution, these three only, in any order: `keras.layers.RandomFlip`,
# `keras.layers.RandomTranslation` and `keras.layers.RandomZoom`. Translation in both directions and
# zoom have `strength`, a number in (0, 0.5), as their factor; which way to flip is yours to
# decide. The layers act in training only. The rest is as in part 2, without noise or
# normalisation. The cell below that trains takes the rates that you choose in part 2.


# %% nbgrader="augmented-model"
def build_augmented(rates, strength):
    """The net of part 2 behind random flips, translations and zooms."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            *build_with_dropout(rates).layers,
        ]
    )
    ### END SOLUTION


# %% nbgrader="augmented-model-blocks" points=1
# 1 point: the rest is as in part 2
plan, rates = checks.augmented_model.plan(4), (0.1, 0.5, 0.7, 0.3)
checks.net.has_the_layers(build_augmented, plan, rates, 0.15)
checks.net.hidden_layers_end_in_relu(build_augmented, plan, (1e-9,) * 4, 0.15)
checks.net.returns_logits(build_augmented, plan, (1e-9,) * 4, 0.15)
checks.net.drops_at_its_places(build_augmented, plan, rates, 0.15)
checks.net.drops_in_training_only(build_augmented, plan, rates, 0.15)
checks.net.uses_the_rate(build_augmented, plan, (rates, 0.15))
### BEGIN HIDDEN TESTS
plan, rates = checks.augmented_model.plan(5), (0.5, 0.4, 0.3, 0.2, 0.6)
checks.net.has_the_layers(build_augmented, plan, rates, 0.35)
checks.net.computes_alike_in_training(build_augmented, plan, (1e-9,) * 5, 0.35)
checks.net.draws_anew(build_augmented, plan, rates, 0.35)
checks.net.uses_the_rate(build_augmented, plan, (rates, 0.35), seed=101)
checks.net.scales_survivors(build_augmented, plan, rates, 0.35)
### END HIDDEN TESTS

# %% nbgrader="augmented-model-layers" points=1
# 1 point: the three layers, their place and their strength
rates = (0.1, 0.5, 0.7, 0.3)
checks.augmented_model.stands_in_front(build_augmented, rates)
### BEGIN HIDDEN TESTS
checks.augmented_model.stands_in_front(build_augmented, rates, strength=0.35, seed=101)
### END HIDDEN TESTS

# %% nbgrader="augmented-model-training" points=1
# 1 point: augmentation acts in training only
rates = (0.1, 0.5, 0.7, 0.3)
checks.augmented_model.acts_in_training_only(build_augmented, rates)
### BEGIN HIDDEN TESTS
checks.augmented_model.acts_in_training_only(build_augmented, rates, strength=0.35, seed=101)
### END HIDDEN TESTS

# %% nbgrader="augmented-training" locked=true
MODELS |= {
    "strength 0.1": lambda: build_augmented(rate_choices[dropout_kept[1]], 0.1),
    "strength 0.2": lambda: build_augmented(rate_choices[dropout_kept[1]], 0.2),
}
if training_is_on():
    print_evidence("plain", dropout_kept[1], "strength 0.1", "strength 0.2")

# %% [markdown]
# Run the cell above with the switch on, then define two names:
#
# - `augmented_evidence`: the printed table, its first line included, as text between `"""` and
#   `"""`;
# - `augmented_chosen`: the name of the variant that you choose, as it stands in the table.

# %% nbgrader="augmented-evidence"
### BEGIN SOLUTION
augmented_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,30,500,0.207015,0.938000,1.805783,0.599000
rates A,0,30,500,1.197222,0.602000,0.942348,0.723000
strength 0.1,0,30,500,1.713961,0.432000,1.353364,0.549000
strength 0.2,0,30,500,1.926314,0.326000,1.574463,0.404000
plain,1,30,500,0.179302,0.946000,1.715912,0.636000
rates A,1,30,500,1.278564,0.600000,0.997695,0.696000
strength 0.1,1,30,500,1.698137,0.440000,1.196974,0.574000
strength 0.2,1,30,500,1.850638,0.340000,1.394590,0.460000
plain,2,30,500,0.376872,0.868000,1.834122,0.549000
rates A,2,30,500,1.263370,0.584000,1.012187,0.679000
strength 0.1,2,30,500,1.670760,0.448000,1.215533,0.614000
strength 0.2,2,30,500,1.809971,0.402000,1.381893,0.575000
plain,3,30,500,0.364434,0.884000,2.010295,0.538000
rates A,3,30,500,1.312159,0.590000,0.863668,0.734000
strength 0.1,3,30,500,1.624363,0.444000,1.116228,0.603000
strength 0.2,3,30,500,1.687621,0.412000,1.239313,0.599000
"""
augmented_chosen = "strength 0.1"
### END SOLUTION

# %% nbgrader="augmented-evidence-table" points=1
# 1 point: a complete table of numbers that a measurement can give
compared = ["plain", dropout_kept[1], "strength 0.1", "strength 0.2"]
checks.augmented_evidence.is_complete(augmented_evidence, compared)
checks.augmented_evidence.is_plausible(augmented_evidence, train=3000, validation=1000)
### BEGIN HIDDEN TESTS
checks.augmented_evidence.is_not_copied(augmented_evidence, "train", "validation")
### END HIDDEN TESTS

# %% nbgrader="augmented-evidence-fair" points=1
# 1 point: the same seeds, epochs and pictures for all models
checks.augmented_evidence.is_paired(augmented_evidence)
checks.augmented_evidence.has_one_budget(augmented_evidence)
### BEGIN HIDDEN TESTS
compared = ["plain", dropout_kept[1], "strength 0.1", "strength 0.2"]
checks.augmented_evidence.is_complete(augmented_evidence, compared)
### END HIDDEN TESTS

# %% nbgrader="augmented-evidence-choice" points=1
# 1 point: the choice (here, only the form of the answer is tested)
checks.augmented_evidence.choice_is_valid(
    augmented_evidence, augmented_chosen, step=dropout_kept[1]
)
### BEGIN HIDDEN TESTS
checks.augmented_evidence.choice_follows_from_validation(
    augmented_evidence, augmented_chosen, step=dropout_kept[1]
)
### END HIDDEN TESTS

# %% nbgrader="augmented-testing" locked=true
try:  # evidence and choice are kept as they are now
    augmented_kept = augmented_evidence, augmented_chosen
except NameError:
    augmented_kept = None, None
if training_is_on():
    print_test(augmented_chosen, dropout_kept[1])

# %% [markdown]
# The choice is made: run the cell above, with the switch still on. It keeps evidence and choice
# as they are when it runs; the tests below use these. Define three more names:
#
# - `augmented_test`: the table that it prints, as text like the first one;
# - `augmented_conclusion`: the conclusion about the test accuracy of the chosen variant, compared
#   with the net of part 2;
# - `augmented_overall`: the same, compared with `plain`: what all three steps together do.

# %% nbgrader="augmented-test"
### BEGIN SOLUTION
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.006580,0.573000
rates A,0,1.002927,0.708000
strength 0.1,0,1.389028,0.544500
plain,1,1.872534,0.609000
rates A,1,1.053694,0.678500
strength 0.1,1,1.238991,0.561500
plain,2,1.882363,0.536000
rates A,2,1.118504,0.638500
strength 0.1,2,1.259174,0.593500
plain,3,2.103926,0.506000
rates A,3,0.898562,0.709000
strength 0.1,3,1.155475,0.595500
"""
augmented_conclusion = "lower"
augmented_overall = "cannot be told apart"
### END SOLUTION

# %% nbgrader="augmented-test-conclusion" points=1
# 1 point: the test table and the conclusion (here, only the form of the latter is tested)
step = dropout_kept[1]
checks.augmented_test.is_of_the_chosen(augmented_test, *augmented_kept, step=step)
checks.augmented_test.is_plausible(augmented_test, test=2000)
checks.augmented_test.conclusion_is_valid(augmented_conclusion)
### BEGIN HIDDEN TESTS
checks.augmented_test.is_not_copied(augmented_test, "test")
checks.augmented_test.conclusion_follows(
    augmented_test, augmented_kept[1], augmented_conclusion, step=step
)
### END HIDDEN TESTS

# %% nbgrader="augmented-test-overall" points=1
# 1 point: the conclusion on all steps so far (here, only its form is tested)
checks.augmented_test.conclusion_is_valid(augmented_overall)
### BEGIN HIDDEN TESTS
checks.augmented_test.conclusion_follows(augmented_test, augmented_kept[1], augmented_overall)
### END HIDDEN TESTS

# %% [markdown] serves=["keep the gap", "say, over seeds", "compare dropout with data augmentation"]
# ## 4. What your tables say
#
# First a figure: in a cell of your own, below this one, draw the test accuracy of each seed for
# `plain` and for the net that you chose in each part, from your three test tables.
#
# Then write, in six to ten sentences: for each of the three steps, say what it did to the accuracy
# on the training pictures, to the gap between training and test, and to the test accuracy, as far
# as your tables can tell; say what they cannot tell, and which single further measurement would
# tell you most. Say also why a sixth block cannot be added, and what the fifth leaves of the
# picture. Figure and text are read by a person: 5 points.

# %% [markdown] nbgrader="what-the-tables-say" points=5
# ### BEGIN SOLUTION
# **Mark scheme**, one point each, for the idea and not the words, judged against the student's
# own tables:
#
# 1. *The figure* shows each seed of the four nets, in the order of the steps, with the axis named;
#    points of one seed can be found together (a line, a marker or a colour for each seed).
# 2. *Gap and test accuracy are kept apart.* With three wrong labels in ten a narrow gap, or one
#    below zero, is no aim in itself: the training accuracy counts labels that are wrong. A gap that
#    shrinks because the training accuracy falls is not called an improvement; each statement
#    agrees with the student's numbers.
# 3. *Uncertainty is used*: an effect is claimed only where the interval of the paired
#    differences leaves 0 out, and "no difference was found" is not turned into "there is none".
# 4. *The limits of the evidence, and a further measurement that would change or settle the
#    conclusion*. One limit, with its consequence: few seeds, one data set, one share of wrong
#    labels, one number of epochs (a net with dropout or augmentation may need more of them), one
#    variant chosen out of two, one order of the steps. One measurement, with a reason: more seeds
#    where the interval holds 0, more epochs where the training accuracy still rises, augmentation
#    without dropout, right labels.
# 5. *The limit of depth*: five poolings turn a side of 32 into 1, so a sixth has nothing to pool
#    (its side would be 0). The fifth leaves one pixel of 64 maps: 64 numbers that say what is in
#    the picture and no longer where, against 4 x 4 pixels behind the third block. Half a point
#    for either half.
#
# Sentences without a number from the tables earn at most two points.
# ### END SOLUTION
