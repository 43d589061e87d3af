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
# # Exercises: what a doubt is worth
#
# After these exercises you can
#
# - ask a head several times with dropout on, and say how far its answers differ,
# - say what share of answers is right when doubtful cases are handed on,
# - measure how far probabilities can be taken at their word,
# - read from curves whose doubt is worth more.
#
# Time: about 40 minutes; the computer works for seconds. All items are graded by tests, 7 points in
# all. Each cell of tests is worth the points that its first line names, and stands for one
# property. A few more tests of the same properties run at grading. Nothing is downloaded, neither now
# nor at grading.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your own inside
# the answer cells.

# %%
from io import StringIO

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from course_utils import plotting

plotting.use_course_style()

# %% tags=["tests-only"]
import course_checks as checks

# %% [markdown] serves=["leave dropout on"]
# ## 1. Dropout left on
#
# Monte Carlo dropout asks a head several times with dropout on. Write `monte_carlo(head, x, passes)`.
# `head` is a Keras model with dropout in it: features, shape (n, f), become logits, shape (n, k).
# `x` is an array of such features, and `passes` says how often the head sees all of it, each time
# with dropout on and other masks. Softmax makes probabilities of the logits of each pass. Return a
# tuple `(mean, information)` of NumPy arrays:
#
# - `mean`, shape (n, k): the mean of the probabilities over the passes;
# - `information`, shape (n,): for each example the mutual information in nats, which is the entropy
#   of its `mean` less the mean over the same passes of the entropies of its probabilities.
#
# The entropy of probabilities p is −Σ p ln p, the sum taken over the classes, where 0 ln 0 counts
# as 0. Probabilities that are exactly 0 occur.


# %% nbgrader="monte-carlo"
def monte_carlo(head, x, passes):
    """Mean probabilities and mutual information, dropout on."""
    ### BEGIN SOLUTION
    from scipy.special import entr, softmax

    logits = [keras.ops.convert_to_numpy(head(x, training=True)) for _ in range(passes)]
    drawn = softmax(np.stack(logits), axis=-1)
    mean = drawn.mean(axis=0)
    return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
    ### END SOLUTION


# %% nbgrader="monte-carlo-mean" points=1
# 1 point: the mean
checks.monte_carlo_mean_is_right(monte_carlo)
### BEGIN HIDDEN TESTS
checks.monte_carlo_mean_is_right(monte_carlo, passes=[3], seed=101)
### END HIDDEN TESTS

# %% nbgrader="monte-carlo-information" points=1
# 1 point: the information
checks.monte_carlo_information_is_right(monte_carlo)
### BEGIN HIDDEN TESTS
checks.monte_carlo_information_is_right(monte_carlo, passes=[3], seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["measure what a doubt is worth"]
# ## 2. Handing doubtful cases on
#
# A head has given each picture its probabilities, and a person can look at some of the pictures. The
# ones with the most doubt are handed on; the head's answers for the others are kept. The doubt about a
# picture is 1 minus the largest of its probabilities.
#
# Write `share_of_kept(probabilities, labels, kept)`. `probabilities` has the shape (n, k), a row for
# each picture; `labels` has the shape (n,), the numbers of the true classes; both are NumPy arrays.
# `kept` is a whole number from 1 to n: so many pictures are kept, those with the least doubt. Return the
# share of them whose answer, the class with the largest probability, is right, as a number from 0
# to 1. No two pictures have the same doubt.


# %% nbgrader="coverage"
def share_of_kept(probabilities, labels, kept):
    """The share of right answers among the `kept` pictures with the least doubt."""
    ### BEGIN SOLUTION
    least_doubt = np.argsort(-probabilities.max(axis=1))[:kept]
    return (probabilities.argmax(axis=1) == labels)[least_doubt].mean()
    ### END SOLUTION


# %% nbgrader="coverage-share" points=1
# 1 point: the share
checks.kept_share_is_right(share_of_kept)
### BEGIN HIDDEN TESTS
checks.kept_share_is_right(share_of_kept, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["measure what a doubt is worth"]
# ## 3. Probabilities at their word
#
# The *confidence* of an answer is its probability, the largest of the row. The expected
# calibration error cuts the numbers from 0 to 1 into bins of equal width. For each bin that has
# pictures in it, take the distance between the mean confidence of these pictures and the share of them
# whose answer is right. The error is the mean of these distances, in which a bin counts by how many
# pictures it has.
#
# Write `calibration_error(probabilities, labels, bins)`, with the arrays of item 2 and the number of
# bins. It returns a number from 0 to 1. A confidence of exactly 1 belongs to the last bin; no other
# confidence in the tests lies on the border of two bins.


# %% nbgrader="calibration"
def calibration_error(probabilities, labels, bins):
    """The mean distance between confidence and share of right answers."""
    ### BEGIN SOLUTION
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.abs(np.bincount(places, right - confidence)).sum() / len(labels)
    ### END SOLUTION


# %% nbgrader="calibration-error" points=1
# 1 point: the error
checks.calibration_error_is_right(calibration_error)
### BEGIN HIDDEN TESTS
checks.calibration_error_is_right(calibration_error, seed=101)
### END HIDDEN TESTS

# %% nbgrader="calibration-edge" points=1
# 1 point: empty bins, and a confidence of exactly 1
checks.calibration_error_works_at_the_edge(calibration_error)
### BEGIN HIDDEN TESTS
checks.calibration_error_works_at_the_edge(calibration_error, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["compare it with rivals"]
# ## 4. A figure to read
#
# For one seed of the lesson the next cell draws what share of the answers is right when the
# pictures with the most doubt are handed on, by three kinds of doubt. (Further to the left, more are
# handed on. The first two are the same head.)

# %% nbgrader="curves" locked=true
CURVES = pd.read_csv(
    StringIO("""kept,"dropout off, 1 - maximum","masks, mutual information","five heads, 1 - maximum"
0.1,0.964,0.821,1.000
0.2,0.964,0.821,1.000
0.3,0.893,0.762,0.929
0.4,0.830,0.661,0.866
0.5,0.786,0.600,0.821
0.6,0.708,0.571,0.774
0.7,0.628,0.561,0.699
0.8,0.603,0.554,0.661
0.9,0.560,0.544,0.603
1.0,0.529,0.518,0.568
"""),
    index_col="kept",
)
_, ax = plt.subplots(figsize=(7.5, 4))
for name, colour, marker in zip(CURVES, ["#C9540E", "#004476", "#4448E4"], "osX", strict=True):
    ax.plot(CURVES[name], color=colour, marker=marker, label=name)
ax.set(xlabel="share of pictures kept", ylabel="share of them that is right")
ax.legend()
plotting.picture(
    ax,
    alt="Three falling curves: five heads lie highest and begin at 1, dropout off a little lower, "
    "mutual information of the masks by far lowest except where nearly all pictures are kept.",
)

# %% [markdown]
# Which of these statements hold for the figure?
#
# - **A** Whatever share is handed on, mutual information leaves more right answers than 1 - maximum with
#   dropout off.
# - **B** With nothing handed on, the five heads have more right than the one head has with dropout off.
# - **C** Where the masks agree best, the answers are all right.
# - **D** If the doubt were drawn at random, the curve would be level but for chance.
# - **E** The figure tells whose probabilities can be taken at their word.
# - **F** If all doubts of a method were twice as large, its curve would be the same.
#
# Give the name `figure_reading` to a set of the capital letters that hold, such as `{"X", "Y"}`. One
# point if at least one letter is chosen and every chosen statement holds, and one if every statement
# that holds is chosen (but not simply all six).

# %% nbgrader="figure"
### BEGIN SOLUTION
figure_reading = {"B", "D", "F"}
### END SOLUTION

# %% nbgrader="figure-true" points=1
# 1 point: every chosen statement holds (here, only the form of the answer is tested)
checks.chosen_letters_are_valid(figure_reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.chosen_letters_are_all_true(figure_reading, {"B", "D", "F"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="figure-complete" points=1
# 1 point: every statement that holds is chosen (here, only the form of the answer is tested)
checks.chosen_letters_are_valid(figure_reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.chosen_letters_are_complete(figure_reading, {"B", "D", "F"}, "ABCDEF")
### END HIDDEN TESTS
