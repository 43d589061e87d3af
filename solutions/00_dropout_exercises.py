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
# # Exercises: the sub-networks of a net
#
# After these exercises you can
#
# - weigh the sub-networks of a net, and work out their mean,
# - split the expected loss of a linear model with dropout into error and disagreement,
# - train a linear model with dropout without drawing a mask,
# - say how dropout shares a load among copies of a feature,
# - draw what a net loses when its units are removed,
# - find a training loop in which dropout is not active, and mend it,
# - say why dropout can make a small net worse, and what would show it.
#
# Time: about 80 minutes; the computer works for seconds. Items 1 to 7 are graded by tests, 18
# points in all; item 8 is read by a person, 4 points. Each cell of tests is worth the points that
# its first line names, and stands for one property. A few more tests of the same properties, with
# other inputs, run at grading.
#
# In all items dropout is inverted: with dropout on, what is kept is multiplied by 1 / (1 - rate).
# A mask is a row of numbers, 1 where a unit is kept and 0 where it is dropped.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your own inside
# the answer cells.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

from course_utils import plotting

plotting.use_course_style()

# %% tags=["tests-only"]
from course_checks import dropout as checks

# %% [markdown] serves=["weigh the sub-networks"]
# ## 1. How probable is a mask?
#
# Write `mask_weights(masks, rate)`. `masks` is an integer array of 0 and 1, shape (m, units): m
# masks, which need not be all there are, and some of which may be equal. `rate` is a number in
# [0, 1). Return an array of shape (m,): the probability with which dropout draws each mask.


# %% nbgrader="mask-weights"
def mask_weights(masks, rate):
    """The probability of each mask: shape (m,)."""
    ### BEGIN SOLUTION
    return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
    ### END SOLUTION


# %% nbgrader="mask-weights-values" points=1
# 1 point: the weights
checks.mask_weights.values_are_right(mask_weights)
### BEGIN HIDDEN TESTS
checks.mask_weights.values_are_right(mask_weights, rates=(0.35, 0.9), seed=101)
### END HIDDEN TESTS

# %% nbgrader="mask-weights-rate-zero" points=1
# 1 point: rate 0
checks.mask_weights.work_at_rate_zero(mask_weights)
### BEGIN HIDDEN TESTS
checks.mask_weights.work_at_rate_zero(mask_weights, units=7)
### END HIDDEN TESTS

# %% [markdown] serves=["say what the net with dropout off"]
# ## 2. The mean of all sub-networks
#
# A classifier has one hidden layer of a few units. It is given by its weights, a tuple `(w1, b1,
# w2, b2)` of arrays: the hidden units are `np.maximum(x @ w1 + b1, 0)`, dropout acts on them, and
# what is left goes through `w2` and `b2` to logits, of which softmax makes probabilities. Each
# mask of the hidden units makes a sub-network of it.
#
# Write `ensemble(x, weights, rate)`, which returns an array of shape (n, classes): for each of the
# n examples in `x` the **renormalised geometric mean** of the probabilities of all sub-networks.
# That is the exponential of the mean logarithm, where each sub-network counts with the
# probability of its mask; divided by its sum over the classes, so that each row adds up to 1.
#
# There are at most six hidden units. How you come to the result is up to you. Some sub-networks
# have logits of hundreds, of both signs.


# %% nbgrader="ensemble"
def ensemble(x, weights, rate):
    """The renormalised geometric mean of all sub-networks: shape (n, classes)."""
    ### BEGIN SOLUTION
    w1, b1, w2, b2 = weights
    logits = np.maximum(x @ w1 + b1, 0) @ w2 + b2  # the mean of those of all sub-networks
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader="ensemble-values" points=2
# 2 points: the mean
checks.ensemble.values_are_right(ensemble)
### BEGIN HIDDEN TESTS
checks.ensemble.values_are_right(ensemble, rates=(0.35, 0.1), seed=101)
### END HIDDEN TESTS

# %% nbgrader="ensemble-large" points=1
# 1 point: large logits
checks.ensemble.stands_large_logits(ensemble)
### BEGIN HIDDEN TESTS
checks.ensemble.stands_large_logits(ensemble, rate=0.6, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["split the mean loss"]
# ## 3. Error and disagreement
#
# A linear model predicts `x @ w`, without an intercept. With dropout on its features, each mask
# makes another model of it. The expected squared error of these sub-models, the mean over all
# masks (each with its probability) and over the examples, has two parts: the mean squared error
# of the *whole*, which is the model with dropout off, and the *disagreement*, the mean squared
# distance of the sub-models' predictions from those of the whole.
#
# Write `split_loss(x, y, w, rate)`, which returns both parts as a tuple of numbers `(whole,
# disagreement)`. `x` has the shape (n, features), `y` (n,), `w` (features,). The features have any
# mean and any spread. The numbers have to be exact up to rounding; there are four features in the
# tests.


# %% nbgrader="split-loss"
def split_loss(x, y, w, rate):
    """Error of the whole and disagreement of the sub-models: (whole, disagreement)."""
    ### BEGIN SOLUTION
    whole = np.mean((y - x @ w) ** 2)
    disagreement = rate / (1 - rate) * np.sum(w**2 * np.mean(x**2, axis=0))
    return whole, disagreement
    ### END SOLUTION


# %% nbgrader="split-loss-whole" points=1
# 1 point: the error of the whole
checks.split_loss.whole_is_right(split_loss)
### BEGIN HIDDEN TESTS
checks.split_loss.whole_is_right(split_loss, rates=(0.35, 0.8), seed=101)
### END HIDDEN TESTS

# %% nbgrader="split-loss-disagreement" points=1
# 1 point: the disagreement
checks.split_loss.disagreement_is_right(split_loss)
### BEGIN HIDDEN TESTS
checks.split_loss.disagreement_is_right(split_loss, rates=(0.35, 0.8), seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["show that dropout on a linear model"]
# ## 4. Dropout without drawing a mask
#
# Write `dropout_ridge(x, y, rate)`: the weights `w`, shape (features,), of the linear model
# `x @ w` that make the expected squared error of item 3 smallest. `x` and `y` are used as they
# come: the features have any mean and any spread, and there is no intercept. `rate` lies in (0, 1).
# There may be more features than examples, and some features may be equal.


# %% nbgrader="ridge"
def dropout_ridge(x, y, rate):
    """The weights with the smallest expected squared error: shape (features,)."""
    ### BEGIN SOLUTION
    gram = x.T @ x
    penalty = rate / (1 - rate) * np.diag(np.diag(gram))
    return np.linalg.solve(gram + penalty, x.T @ y)
    ### END SOLUTION


# %% nbgrader="ridge-weights" points=2
# 2 points: the weights
checks.ridge.weights_are_right(dropout_ridge)
### BEGIN HIDDEN TESTS
checks.ridge.weights_are_right(dropout_ridge, rates=(0.35, 0.8), seed=101)
### END HIDDEN TESTS

# %% nbgrader="ridge-wide" points=1
# 1 point: more features than examples
checks.ridge.work_for_wide_tables(dropout_ridge)
### BEGIN HIDDEN TESTS
checks.ridge.work_for_wide_tables(dropout_ridge, rates=(0.1, 0.7), seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["show that dropout on a linear model"]
# ## 5. Copies of a feature
#
# One feature x explains y exactly: y = slope · x. A table holds it several times, in `copies`
# equal columns, and nothing else. A linear model without intercept is trained on it as in item 4,
# with dropout of this rate.
#
# Write two functions, each of which returns a number:
#
# - `copy_weight(slope, copies, rate)`: the weight that each of the copies gets;
# - `without_one(slope, copies, rate)`: what this model, with dropout off and the weights that it
#   has, predicts for x = 1 where one of the copies is lost, so that its column holds 0.
#
# `slope` is a number other than 0, `copies` a whole number from 1, and `rate` lies in (0, 1).


# %% nbgrader="copies"
def copy_weight(slope, copies, rate):
    """The weight of each copy."""
    ### BEGIN SOLUTION
    return slope / (copies + rate / (1 - rate))
    ### END SOLUTION


def without_one(slope, copies, rate):
    """The prediction for x = 1 where one copy is lost."""
    ### BEGIN SOLUTION
    return (copies - 1) * copy_weight(slope, copies, rate)
    ### END SOLUTION


# %% nbgrader="copies-weight" points=1
# 1 point: the weight
checks.copies.weight_is_right(copy_weight, [(2.5, 3, 0.2), (-1.5, 1, 0.75)])
### BEGIN HIDDEN TESTS
checks.copies.weight_is_right(copy_weight, [(0.7, 5, 0.35), (3.0, 2, 0.9)])
### END HIDDEN TESTS

# %% nbgrader="copies-left" points=1
# 1 point: what is left
checks.copies.rest_is_right(without_one, [(2.5, 4, 0.2), (-1.5, 2, 0.75)])
### BEGIN HIDDEN TESTS
checks.copies.rest_is_right(without_one, [(0.7, 5, 0.35), (3.0, 2, 0.9), (1.3, 1, 0.4)])
### END HIDDEN TESTS

# %% [markdown] serves=["remove units one by one"]
# ## 6. A figure to draw
#
# Two nets recognise handwritten digits. They share one hidden layer with random weights that were
# never trained; what was trained, on 800 pictures, are the weights of the output layer, by least
# squares: in the plain net with all units there, in the other one with many masks drawn at the
# rate 0.3.

# %% nbgrader="two-nets" locked=true
generator = np.random.default_rng(0)
digits = load_digits()
shuffled = generator.permutation(len(digits.target))
pictures, classes = digits.data[shuffled] / 16, digits.target[shuffled]
UNITS, MASKS, RATE = 80, 10, 0.3
hidden = np.maximum(pictures @ generator.normal(size=(64, UNITS)) + generator.normal(size=UNITS), 0)


def fitted_readout(hidden, classes):
    """Weights and biases of the output layer, by least squares."""
    with_one = np.hstack([hidden, np.ones((len(hidden), 1))])
    solution = np.linalg.lstsq(with_one, np.eye(10)[classes], rcond=None)[0]
    return solution[:-1], solution[-1]


repeated = np.tile(hidden[:800], (MASKS, 1))
masked = repeated * (generator.random(repeated.shape) >= RATE) / (1 - RATE)
readouts = {
    "plain": fitted_readout(hidden[:800], classes[:800]),
    "with dropout": fitted_readout(masked, np.tile(classes[:800], MASKS)),
}
hidden, labels = hidden[800:], classes[800:]  # pictures that were not trained on
order = generator.permutation(UNITS)


def shown(ax):
    """What the axes show, as data: both labels, and the points of each line, shape (n, 2)."""
    lines = {line.get_label(): line.get_xydata() for line in ax.lines}
    return {"x_label": ax.get_xlabel(), "y_label": ax.get_ylabel(), "lines": lines}


# %% [markdown]
# How fast does each net fall apart when units are removed, one after the other?
#
# Write `draw_robustness(hidden, readouts, labels, order)`, which draws this into new axes:
#
# - `hidden`, shape (n, units): what the hidden units pass on for n examples;
# - `readouts`: a dict from the name of a net to the tuple `(kernel, bias)` of its output layer,
#   shapes (units, classes) and (classes,): its logits are `hidden @ kernel + bias`, and its answer
#   is the class of the largest;
# - `labels`, shape (n,): the right classes;
# - `order`, shape (units,): the numbers of the units in the order in which they are removed.
#
# Draw one line for each net, with its name as the `label` of the line. Its points stand at 0, 1, 2,
# ... and all units removed, and show the share of the examples, from 0 to 1, for which the answer
# is right when the first 0, 1, 2, ... units of `order` are gone. A unit that is gone passes on 0,
# and the others pass on what they always do. Give both axes labels that say what they show, and
# add a legend. The last line of the function is `return shown(ax)`: the tests look at this data.
#
# Then draw the two nets above in a cell of your own: `draw_robustness(hidden, readouts, labels,
# order);`.


# %% nbgrader="robustness"
def draw_robustness(hidden, readouts, labels, order):
    """Share of right answers against units removed, a line for each net; returns `shown(ax)`."""
    ### BEGIN SOLUTION
    _, ax = plt.subplots(figsize=(7, 4))
    removed = range(len(order) + 1)
    for name, (kernel, bias) in readouts.items():
        left, shares = hidden.copy(), []
        for number in removed:
            left[:, order[:number]] = 0
            answers = np.argmax(left @ kernel + bias, axis=1)
            shares.append(np.mean(answers == labels))
        ax.plot(removed, shares, label=name)
    ax.set(xlabel="units removed", ylabel="share of right answers")
    ax.legend(title="net")
    return shown(ax)
    ### END SOLUTION


# %% nbgrader="robustness-curves" points=2
# 2 points: the lines
checks.robustness.curves_are_right(draw_robustness)
### BEGIN HIDDEN TESTS
checks.robustness.curves_are_right(draw_robustness, names=("x", "y"), seed=101)
### END HIDDEN TESTS

# %% nbgrader="robustness-axes" points=1
# 1 point: the labels
checks.robustness.axes_are_named(draw_robustness)
### BEGIN HIDDEN TESTS
checks.robustness.axes_are_named(draw_robustness, names=("x", "y"), seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["find a training loop"]
# ## 7. A loop to mend
#
# A classmate has written a training loop and tried it with two rates. The next cells show the
# loop, and what came out of it.


# %% nbgrader="classmates-loop" locked=true
def classmates_train(net, x, labels, steps, learning_rate):
    """Train on all examples at once; the loss after each step, dropout off."""
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of(labels, net(x))
        gradients = tape.gradient(loss, net.trainable_variables)
        optimizer.apply(gradients, net.trainable_variables)
        losses.append(float(loss_of(labels, net(x))))
    return losses


# %% nbgrader="classmates-nets" locked=true
for rate in (0.2, 0.9):
    keras.utils.set_random_seed(0)
    hidden_layer = keras.layers.Dense(32, activation="relu")
    dropout, logits = keras.layers.Dropout(rate=rate), keras.layers.Dense(10)
    net = keras.Sequential([keras.Input((64,)), hidden_layer, dropout, logits])
    losses = classmates_train(net, pictures[:200], classes[:200], steps=3, learning_rate=0.5)
    print(f"rate {rate}: " + ", ".join(f"{loss:.4f}" for loss in losses))

# %% [markdown]
# Find out what is wrong, and write `train(net, x, labels, steps, learning_rate)`, which does what
# the loop was meant to do: as many steps of plain gradient descent on all examples at once, each
# with dropout on and with masks of its own. It returns a list with the loss after each step,
# measured with dropout off. `net` is a Keras model from `x` to logits with dropout in it, and it is
# trained itself, not a copy. `labels` are class numbers, and the loss is the mean cross-entropy.


# %% nbgrader="loop"
def train(net, x, labels, steps, learning_rate):
    """Train with dropout; the loss after each step, dropout off."""
    ### BEGIN SOLUTION
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of(labels, net(x, training=True))
        gradients = tape.gradient(loss, net.trainable_variables)
        optimizer.apply(gradients, net.trainable_variables)
        losses.append(float(loss_of(labels, net(x, training=False))))
    return losses
    ### END SOLUTION


# %% nbgrader="loop-training" points=2
# 2 points: dropout in the pass that trains
checks.loop.trains_with_dropout(train)
### BEGIN HIDDEN TESTS
checks.loop.trains_with_dropout(train, steps=[4], seed=101)
### END HIDDEN TESTS

# %% nbgrader="loop-losses" points=1
# 1 point: no dropout where the loss is measured
checks.loop.losses_are_without_dropout(train)
### BEGIN HIDDEN TESTS
checks.loop.losses_are_without_dropout(train, steps=[4], seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["remove units one by one", "split the mean loss"]
# ## 8. A small net that got worse
#
# A classmate trained a net with one hidden layer of 8 units on handwritten digits, without dropout
# and with rate 0.5 behind the hidden layer, for the same number of epochs and over several seeds.
# With dropout the test accuracy was lower for every seed. The classmate writes: "So dropout does
# not work."
#
# In five to eight sentences: say why dropout can make such a net worse, and describe what you
# would measure to find out whether your explanation is right, and whether the classmate's
# conclusion holds. This item is read by a person: 4 points, one for each reason or measurement
# that is right and explained.

# %% [markdown] nbgrader="small-net" points=4
# ### BEGIN SOLUTION
# **Mark scheme**, one point each, for the idea and not the words:
#
# 1. *There are no units to spare.* At rate 0.5 a sub-network has about four of the eight units,
#    and each has to solve the task: no unit may carry what no other one carries, so the net
#    cannot spend all its units on different things.
# 2. *What is trained is another loss*: error of the whole plus disagreement. The second part
#    shrinks weights; where overfitting was no problem, the first part gets larger and nothing is
#    won. Measurable: accuracy or loss on the **training** set with dropout off, in both nets. If
#    it falls as well, the net with dropout underfits.
# 3. *What dropout has bought is measured where units are missing*: remove units one by one (or
#    take single sub-networks) in both nets. The net with dropout should lose less by that, though
#    it is the worse one as a whole.
# 4. *The conclusion holds for this width, rate and budget only*: more units, smaller rates, or
#    more epochs (with dropout training is slower, so equal epochs may be unfair), each over the
#    same seeds, differences paired, with an interval. If units to spare are what was missing, the
#    effect rises with the width.
#
# Other measurements that would tell explanations apart are worth a point as well. An explanation
# without a way to test it earns at most two points. Fewer than five or more than eight sentences:
# no deduction if the reasons are there.
# ### END SOLUTION
