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
# - say how many doubtful cases have to be handed on for a wanted share of right answers,
# - find where a head promises more than it keeps,
# - read from curves whose doubt is worth more.
#
# Time: about 40 minutes; the computer works for seconds. All items are graded by tests, 7 points in
# all. Each cell of tests is worth the points that its first line names, and stands for one
# property. A few more tests of the same properties run at grading. Nothing is downloaded, neither
# now nor at grading.
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
from course_checks import uncertainty as checks

# %% [markdown] serves=["leave dropout on"]
# ## 1. Dropout left on
#
# Monte Carlo dropout asks a head several times with dropout on. Write
# `monte_carlo(head, x, passes)`. `head` is a Keras model with dropout in it: features, shape (n,
# f), become logits, shape (n, k). `x` is an array of such features, and `passes` says how often the
# head sees all of it, each time with dropout on and other masks. Softmax makes probabilities of the
# logits of each pass. Return a tuple `(mean, information)` of NumPy arrays:
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
checks.monte_carlo.mean_is_right(monte_carlo)
### BEGIN HIDDEN TESTS
checks.monte_carlo.mean_is_right(monte_carlo, passes=[3], seed=101)
### END HIDDEN TESTS

# %% nbgrader="monte-carlo-information" points=1
# 1 point: the information
checks.monte_carlo.information_is_right(monte_carlo)
### BEGIN HIDDEN TESTS
checks.monte_carlo.information_is_right(monte_carlo, passes=[3], seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["measure what a doubt is worth"]
# ## 2. How many have to be handed on?
#
# A head has answered for n pictures. A person can look at some of them, and the ones with the most
# doubt are handed on first. The head's answers for the rest are kept, and at least a given share of
# these has to be right.
#
# Write `fewest_handed_on(confidence, right, wanted)`. `confidence`, shape (n,), is the probability
# of each answer: the less, the more doubt; no two are equal. `right`, shape (n,), says which
# answers are right, `True` or `False`. Both are NumPy arrays. `wanted` is a number from 0 to 1.
# Return the smallest whole number of pictures to hand on after which at least the share `wanted` of
# the rest is right. In the tests there is such a number below n. (The share need not rise with each
# picture that is handed on.)


# %% nbgrader="handed-on"
def fewest_handed_on(confidence, right, wanted):
    """The smallest number to hand on, so that enough of the rest is right."""
    ### BEGIN SOLUTION
    from_most_doubt = right[np.argsort(confidence)]
    for handed_on in range(len(right)):
        if from_most_doubt[handed_on:].mean() >= wanted:
            return handed_on
    ### END SOLUTION


# %% nbgrader="handed-on-number" points=1
# 1 point: the number
checks.handed_on.number_is_right(fewest_handed_on)
### BEGIN HIDDEN TESTS
checks.handed_on.number_is_right(fewest_handed_on, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["measure what a doubt is worth"]
# ## 3. Where a head promises too much
#
# The calibration error of the lesson is a mean over bins. Before a head is put to use, the worst
# bin matters more: where does it promise most beyond what it keeps?
#
# Write `largest_promise(confidence, right, bins)`, with arrays as in item 2 (here confidences may
# be equal) and the number of bins, of equal width, into which the numbers from 0 to 1 are cut. For
# a bin that has answers in it, the *promise* is their mean confidence minus the share of them that
# is right. Return the largest promise of all bins that have answers; it may be below 0. A
# confidence of exactly 1 belongs to the last bin; no other confidence in the tests lies on the
# border of two bins.


# %% nbgrader="promise"
def largest_promise(confidence, right, bins):
    """The largest excess of confidence over the share of right answers in a bin."""
    ### BEGIN SOLUTION
    inner_borders = np.linspace(0, 1, bins + 1)[1:-1]
    excess = pd.Series(confidence - right).groupby(np.digitize(confidence, inner_borders))
    return excess.mean().max()
    ### END SOLUTION


# %% nbgrader="promise-largest" points=1
# 1 point: the largest promise
checks.promise.largest_is_right(largest_promise)
### BEGIN HIDDEN TESTS
checks.promise.largest_is_right(largest_promise, seed=101)
### END HIDDEN TESTS

# %% nbgrader="promise-edge" points=1
# 1 point: empty bins, a confidence of exactly 1, and promises below 0
checks.promise.works_at_the_edge(largest_promise)
### BEGIN HIDDEN TESTS
checks.promise.works_at_the_edge(largest_promise, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["compare it with rivals"]
# ## 4. A figure to read
#
# For one seed of the lesson the next cell draws what share of the answers is right when the
# pictures with the most doubt are handed on, by three kinds of doubt. (Further to the left, more
# are handed on. The first two are the same head.)

# %% nbgrader="curves" locked=true
CURVES = pd.read_csv(
    StringIO("""\
kept,"dropout off, 1 - maximum","masks, mutual information","five heads, 1 - maximum"
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
# - **A** Whatever share is handed on, mutual information leaves more right answers than 1 - maximum
#   with dropout off.
# - **B** With nothing handed on, the five heads have more right than the one head has with dropout
#   off.
# - **C** Where the masks agree best, the answers are all right.
# - **D** If the doubt were drawn at random, the curve would be level but for chance.
# - **E** The figure tells whose probabilities can be taken at their word.
# - **F** If all doubts of a method were twice as large, its curve would be the same.
#
# Give the name `figure_reading` to a set of the capital letters that hold, such as `{"X", "Y"}`.
# One point if at least one letter is chosen and every chosen statement holds, and one if every
# statement that holds is chosen (but not simply all six).

# %% nbgrader="figure"
### BEGIN SOLUTION
figure_reading = {"B", "D", "F"}
### END SOLUTION

# %% nbgrader="figure-true" points=1
# 1 point: every chosen statement holds (here, only the form of the answer is tested)
checks.figure.are_valid(figure_reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.figure.are_all_true(figure_reading, {"B", "D", "F"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="figure-complete" points=1
# 1 point: every statement that holds is chosen (here, only the form of the answer is tested)
checks.figure.are_valid(figure_reading, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.figure.are_complete(figure_reading, {"B", "D", "F"}, "ABCDEF")
### END HIDDEN TESTS
