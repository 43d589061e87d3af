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
# # Exercises: the referee
#
# After these exercises you can
#
# - find out why a network that has learnt its task can still give wrong classes,
# - read from a figure what a narrower gap means.
#
# Time: about 30 minutes. Both items are graded by tests, 8 points in all. Each cell of tests below
# an answer is worth the points that its first line names, and stands for one property, so a part
# that is not finished costs only its own points. A few more tests of the same properties, with
# other inputs, run at grading. A test that fails says which property does not hold, what was
# expected and what was found.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your
# own inside the answer cells.

# %%
import keras
import numpy as np
import pandas as pd

from course_utils import plotting

# %% tags=["tests-only"]
from course_checks import referee as checks

# %% [markdown] serves=["find out what a large gain"]
# ## 1. A network that knows the digits and does not say so
#
# A network was trained on images with raw pixel values from 0 to 255. Its output layer has
# one sigmoid for each of the ten classes, and the predicted class is read as
# `np.argmax(outputs, axis=1)`. While it trained, its accuracy looked very good; the
# accuracy of the classes that are read from its outputs is poor.
#
# The next cell invents logits (the values before the sigmoid) of the kind that such a
# network has, with their labels, and reads the classes in the same way.

# %%
rows = np.arange(2000)
invented = np.random.default_rng(20)
labels = invented.integers(10, size=rows.size)
logits = invented.normal(22.0, 6.0, size=(rows.size, 10)).astype("float32")
logits[rows, labels] += 20.0

outputs = keras.ops.convert_to_numpy(keras.ops.sigmoid(logits))
read_classes = np.argmax(outputs, axis=1)
print(f"accuracy of the classes that are read: {np.mean(read_classes == labels):.3f}")
pd.DataFrame({"label": np.bincount(labels), "read": np.bincount(read_classes, minlength=10)})

# %% [markdown]
# Write two functions of `logits`, a float array of shape (n, classes), float32 or float64.
#
# `fraction_tied(logits)` converts the logits to float32, applies the sigmoid in float32,
# and returns the fraction of rows, a Python or NumPy float from 0 to 1, in which **at least
# two outputs are exactly equal to 1.0**. Rows with one output equal to 1.0 do not count, nor
# do equal outputs below 1.0. (Formulas for the sigmoid round differently at logits between 16
# and 18; the tests use none of these.)
#
# `predict_classes(logits)` returns the class with the largest logit in each row, an integer
# array of shape (n,). It is right for finite logits of any size and sign, also in the thousands.
# The largest logit of a row is always unique.


# %% nbgrader="saturation"
def fraction_tied(logits):
    """The fraction of rows with at least two float32 sigmoid outputs equal to 1.0."""
    ### BEGIN SOLUTION
    outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
    return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
    ### END SOLUTION


def predict_classes(logits):
    """The class with the largest logit in each row: integers, shape (n,)."""
    ### BEGIN SOLUTION
    return np.argmax(logits, axis=1)
    ### END SOLUTION


# %% nbgrader="saturation-tied" points=1
# 1 point: which rows are counted
checks.saturation.counts_tied_rows(fraction_tied)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.saturation.counts_tied_rows(fraction_tied, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="saturation-float32" points=1
# 1 point: float64 logits
checks.saturation.computes_in_float32(fraction_tied)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.saturation.computes_in_float32(fraction_tied, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="saturation-classes" points=1
# 1 point: classes where the outputs tie
checks.saturation.finds_classes_where_outputs_tie(predict_classes)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.saturation.finds_classes_where_outputs_tie(predict_classes, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="saturation-any-size" points=1
# 1 point: classes for logits of any size
checks.saturation.finds_classes_at_any_size(predict_classes)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.saturation.finds_classes_at_any_size(predict_classes, seed=seed)
### END HIDDEN TESTS

# %% [markdown]
# Now the diagnosis. Which of these statements hold, for the logits invented above? You may
# try each of them in a cell of your own.
#
# - **A** In most rows the label has the largest logit.
# - **B** If the sigmoid were computed in float64, no two outputs in a row would be equal to 1.0.
# - **C** If 30 were subtracted from every logit, the classes read from the float32 sigmoid
#   outputs would stay as they are.
# - **D** Logits that differ from each other lead to the same float32 output.
# - **E** Low class numbers are read too often because `np.argmax` takes the first of several
#   equal maxima.
# - **F** Even in exact arithmetic, a larger logit can have a smaller sigmoid output.
#
# Give the name `diagnosis` to a set of the capital letters that hold, such as `{"X", "Y"}`.
# One point if at least one letter is chosen and every chosen statement holds, and one if
# every statement that holds is chosen (but not simply all six).

# %% nbgrader="diagnosis"
### BEGIN SOLUTION
diagnosis = {"A", "D", "E"}
### END SOLUTION

# %% nbgrader="diagnosis-true" points=1
# 1 point: every chosen statement holds (here, only the form of the answer is tested)
checks.diagnosis.are_valid(diagnosis, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.diagnosis.are_all_true(diagnosis, {"A", "D", "E"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="diagnosis-complete" points=1
# 1 point: every statement that holds is chosen (here, only the form of the answer is tested)
checks.diagnosis.are_valid(diagnosis, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.diagnosis.are_complete(diagnosis, {"A", "D", "E"}, "ABCDEF")
### END HIDDEN TESTS

# %% [markdown] serves=["say what a narrower gap"]
# ## 2. A gap in a figure
#
# A network was trained with five rates. The figure shows three accuracies of each, means over
# seeds, made up for this exercise: during `fit`, with dropout on, in the last epoch; on the
# training set with dropout off; and on the test set with dropout off.

# %%
plotting.use_course_style()
accuracies = pd.DataFrame(
    {
        "training set, dropout off": [0.998, 0.996, 0.990, 0.970, 0.930],
        "during fit, dropout on": [0.998, 0.985, 0.955, 0.905, 0.800],
        "test set, dropout off": [0.920, 0.925, 0.928, 0.921, 0.900],
    },
    index=pd.Index([0.0, 0.2, 0.4, 0.6, 0.8], name="rate"),
)
plotting.picture(
    plotting.lines(
        accuracies,
        roles=["training set", "during fit", "held-out"],
        x_label="rate",
        y_label="accuracy, mean over seeds (0 to 1)",
    ),
    alt="Three accuracies at five rates, one line each; the next cell prints the same numbers as "
    "a table.",
)

# %%
accuracies

# %% [markdown]
# Which of these statements does the figure bear out? The *gap* is the training accuracy minus the
# test accuracy, both with dropout off.
#
# - **A** The gap is smallest at the rate 0.8.
# - **B** The net with rate 0.8 is the best of the five on test examples, since its gap is smallest.
# - **C** From rate 0.4 to rate 0.8 the gap narrows because the training accuracy falls by more
#   than the test accuracy does.
# - **D** If the accuracy during `fit` stood in the place of the training accuracy, the gap at rate
#   0.8 would be below zero.
# - **E** With dropout off, the net with rate 0.8 gets a larger share of the test examples right
#   than of the training examples.
# - **F** Rate 0.4 beats rate 0.2 on test examples by more than chance from seed to seed.
#
# Give the name `gap_read` to a set of the capital letters of those that it does, such as
# `{"X", "Y"}`. One point if at least one letter is chosen and every chosen statement is borne out,
# and one if every statement that is borne out is chosen (but not simply all six).

# %% nbgrader="gap-figure"
### BEGIN SOLUTION
gap_read = {"A", "C", "D"}
### END SOLUTION

# %% nbgrader="gap-figure-true" points=1
# 1 point: every chosen statement is borne out (here, only the form of the answer is tested)
checks.gap_figure.are_valid(gap_read, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.gap_figure.are_all_true(gap_read, {"A", "C", "D"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="gap-figure-complete" points=1
# 1 point: every statement that is borne out is chosen (here, only the form of the answer is tested)
checks.gap_figure.are_valid(gap_read, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.gap_figure.are_complete(gap_read, {"A", "C", "D"}, "ABCDEF")
### END HIDDEN TESTS
