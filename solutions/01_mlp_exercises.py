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
# # Exercises: dropout in a multilayer perceptron
#
# After these exercises you can
#
# - convert between a rate and a keep-probability,
# - write inverted dropout in NumPy, forwards and backwards, and say what makes it right,
# - build a multilayer perceptron with dropout in Keras,
# - read an effect and its uncertainty from trials that are paired by seed,
# - read from a figure where a gain was shown, and where it was not,
# - judge a claim that rests on a single run.
#
# Time: about 90 minutes. Items 1 to 6 are graded by tests, 26 points in all; item 7 is
# read by a person, 4 points. Each cell of tests below an answer is worth the points that
# its first line names, and stands for one property, so a part that is not finished costs
# only its own points. A few more tests of the same properties, with other inputs, run at
# grading. A test that fails says which property does not hold, what was expected and
# what was found.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your
# own inside the answer cells.

# %%
from io import StringIO

import keras
import numpy as np
import pandas as pd
from scipy import stats

from course_utils import plotting
from course_utils.statistics import Difference

# %% tags=["tests-only"]
from course_checks import mlp as checks

# %% [markdown] serves=["convert between"]
# ## 1. Two words for one setting
#
# Keras describes dropout by its **rate**, the probability that a unit is dropped. The
# paper of Srivastava and others (2014) writes p for the probability that a unit is kept.
#
# Write two functions, each from one `float` to one `float`:
#
# - `rate_from_keep_probability(keep_probability)`, for values in (0, 1]
# - `keep_probability_from_rate(rate)`, for values in [0, 1)
#
# The round bracket means that the end is excluded. A number outside the range raises
# `ValueError`.


# %% nbgrader="conversion"
def rate_from_keep_probability(keep_probability):
    """The rate, in [0, 1), that belongs to a keep-probability in (0, 1]."""
    ### BEGIN SOLUTION
    if not 0 < keep_probability <= 1:
        raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
    return 1 - keep_probability
    ### END SOLUTION


def keep_probability_from_rate(rate):
    """The keep-probability, in (0, 1], that belongs to a rate in [0, 1)."""
    ### BEGIN SOLUTION
    if not 0 <= rate < 1:
        raise ValueError(f"a rate lies in [0, 1), not {rate}")
    return 1 - rate
    ### END SOLUTION


# %% nbgrader="conversion-values" points=1
# 1 point: the values
checks.conversion.values_are_right(rate_from_keep_probability, keep_probability_from_rate)
### BEGIN HIDDEN TESTS
checks.conversion.values_are_right(rate_from_keep_probability, keep_probability_from_rate, seed=101)
### END HIDDEN TESTS

# %% nbgrader="conversion-ranges" points=1
# 1 point: the ranges
checks.conversion.refuses_values_out_of_range(
    rate_from_keep_probability, keep_probability_from_rate
)
### BEGIN HIDDEN TESTS
checks.conversion.refuses_values_out_of_range(
    rate_from_keep_probability, keep_probability_from_rate, seed=101
)
### END HIDDEN TESTS

# %% [markdown] serves=["write inverted dropout"]
# ## 2. Inverted dropout, forwards
#
# Write `dropout_forward(x, rate, training, generator)`, which returns the tuple `(y, mask)`.
#
# | name | what it is |
# |---|---|
# | `x` | float array of shape (examples, features), float32 or float64; it is not changed |
# | `rate` | Python float in [0, 1), the probability that a value is dropped |
# | `training` | `True` or `False` |
# | `generator` | a `numpy.random.Generator`, the only source of random numbers |
# | `y` | float array with the shape and the dtype of `x` |
# | `mask` | array with the shape of `x`, Boolean or of 0 and 1; 1 or `True` means **kept** |
#
# With `training=True`:
#
# - each value of `x` is dropped with probability `rate`, independently of all others:
#   of the other features, of the other examples, of other calls. The number of values
#   that are dropped is therefore itself random;
# - where a value is dropped, `y` is exactly 0;
# - where it is kept, `y` is `x / (1 - rate)`, up to rounding;
# - with `rate=0`, `y` equals `x` exactly.
#
# With `training=False`, `y` equals `x` exactly, at any rate. Whenever nothing is dropped,
# the mask is 1 everywhere.
#
# Two generators in the same state lead to the same mask; two calls in a row with one
# generator lead to different masks. NumPy's global random state is neither used nor
# changed.


# %% nbgrader="dropout-forward"
def dropout_forward(x, rate, training, generator):
    """Inverted dropout: returns (y, mask), both of the shape of x."""
    ### BEGIN SOLUTION
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask
    ### END SOLUTION


# %% nbgrader="dropout-forward-form" points=1
# 1 point: shape and dtype of y
checks.dropout_forward.keeps_shape_and_dtype(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.keeps_shape_and_dtype(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-mask" points=1
# 1 point: the mask
checks.dropout_forward.mask_marks_the_kept(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.mask_marks_the_kept(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-values" points=1
# 1 point: dropped values are zero, the others are scaled
checks.dropout_forward.zeroes_the_dropped(dropout_forward)
checks.dropout_forward.scales_survivors(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.zeroes_the_dropped(dropout_forward, seed=seed)
    checks.dropout_forward.scales_survivors(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-inference" points=1
# 1 point: nothing happens outside training
checks.dropout_forward.is_identity_at_inference(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.is_identity_at_inference(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-rate-zero" points=1
# 1 point: nothing happens at rate 0
checks.dropout_forward.is_identity_at_rate_zero(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.is_identity_at_rate_zero(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-fraction" points=1
# 1 point: how many values are dropped
checks.dropout_forward.drops_the_right_fraction(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.drops_the_right_fraction(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-independence" points=1
# 1 point: each value is dropped on its own
checks.dropout_forward.draws_every_unit_alone(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.draws_every_unit_alone(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-generator" points=1
# 1 point: the use of the generator
checks.dropout_forward.draws_again_each_call(dropout_forward)
checks.dropout_forward.uses_only_the_generator(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.draws_again_each_call(dropout_forward, seed=seed)
    checks.dropout_forward.uses_only_the_generator(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-forward-input" points=1
# 1 point: x is not changed
checks.dropout_forward.leaves_input_alone(dropout_forward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_forward.leaves_input_alone(dropout_forward, seed=seed)
### END HIDDEN TESTS

# %% [markdown] serves=["write inverted dropout"]
# ## 3. Inverted dropout, backwards
#
# In backpropagation the layer receives `upstream`, the gradient of the loss with respect
# to `y`, and passes on `dx`, the gradient of the loss with respect to `x`. The mask is the
# one that the forward pass in training returned: it is held fixed, and no random numbers
# are drawn.
#
# Write `dropout_backward(upstream, mask, rate)`, which returns `dx`.
#
# - `upstream`: float array of shape (examples, features); `dx` has its shape and, if the
#   mask is Boolean, its dtype.
# - `mask`: array of the same shape, Boolean or of the numbers 0 and 1; 1 means kept.
# - `rate`: Python float in [0, 1).
# - Neither `upstream` nor `mask` is changed.
#
# The test compares `dx` with central differences of the forward pass.


# %% nbgrader="dropout-backward"
def dropout_backward(upstream, mask, rate):
    """The gradient with respect to x, of the shape of upstream."""
    ### BEGIN SOLUTION
    return upstream * mask / (1 - rate)
    ### END SOLUTION


# %% nbgrader="dropout-backward-gradient" points=1
# 1 point: the values of the gradient
checks.dropout_backward.matches_numeric_gradient(dropout_backward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_backward.matches_numeric_gradient(dropout_backward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-backward-mask" points=1
# 1 point: the given mask is used
checks.dropout_backward.uses_the_given_mask(dropout_backward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_backward.uses_the_given_mask(dropout_backward, seed=seed)
### END HIDDEN TESTS

# %% nbgrader="dropout-backward-form" points=1
# 1 point: shape and dtype; the arguments are not changed
checks.dropout_backward.keeps_form(dropout_backward)
### BEGIN HIDDEN TESTS
for seed in (101, 202):
    checks.dropout_backward.keeps_form(dropout_backward, seed=seed)
### END HIDDEN TESTS

# %% [markdown] serves=["build a multilayer perceptron"]
# ## 4. A multilayer perceptron in Keras
#
# Write `build_mlp(rate)`, which returns a new `keras.Model` that maps a float32 array of
# shape (n, 784) to **logits** of shape (n, 10).
#
# - Two hidden layers, each a `keras.layers.Dense` of 256 units with ReLU, and an output
#   layer, a `keras.layers.Dense` of 10 units. Nothing else changes the numbers: no
#   scaling of the inputs, no normalisation, no softmax or other activation at the output.
# - In training, dropout of the given rate acts on what each of the two hidden layers passes
#   on, and nowhere else: not on the inputs, not on the logits. As always in Keras, survivors
#   are scaled up, and each call and each example has a mask of its own.
# - With `training=False`, nothing is dropped, and neither is in a call without `training`, where
#   your model takes one.
#
# `keras.Sequential`, the functional interface and a subclass of `keras.Model` (whose `call`
# has an argument `training`) are all fine. The model may be compiled or not, and built or
# not: its first call builds it.


# %% nbgrader="mlp"
def build_mlp(rate):
    """A perceptron 784-256-256-10 with dropout of this rate after both hidden layers."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )
    ### END SOLUTION


# %% nbgrader="mlp-dense" points=1
# 1 point: the Dense layers
checks.net.has_the_layers(build_mlp, checks.mlp.PLAN, 0.4)
checks.net.sees_the_inputs(build_mlp, checks.mlp.PLAN, 0.4)
### BEGIN HIDDEN TESTS
checks.net.has_the_layers(build_mlp, checks.mlp.PLAN, 0.4, seed=101)
### END HIDDEN TESTS

# %% nbgrader="mlp-relu" points=1
# 1 point: the activation of the hidden layers
checks.net.hidden_layers_end_in_relu(build_mlp, checks.mlp.PLAN, 1e-9)
### BEGIN HIDDEN TESTS
checks.net.hidden_layers_end_in_relu(build_mlp, checks.mlp.PLAN, 1e-9, seed=101)
### END HIDDEN TESTS

# %% nbgrader="mlp-logits" points=1
# 1 point: the output
checks.net.returns_logits(build_mlp, checks.mlp.PLAN, 1e-9)
checks.net.computes_alike_in_training(build_mlp, checks.mlp.PLAN, 1e-9)
### BEGIN HIDDEN TESTS
checks.net.returns_logits(build_mlp, checks.mlp.PLAN, 1e-9, seed=101)
### END HIDDEN TESTS

# %% nbgrader="mlp-places" points=1
# 1 point: where dropout acts
checks.net.drops_at_its_places(build_mlp, checks.mlp.PLAN, 0.4)
### BEGIN HIDDEN TESTS
checks.net.drops_at_its_places(build_mlp, checks.mlp.PLAN, 0.4, seed=101)
### END HIDDEN TESTS

# %% nbgrader="mlp-rate" points=1
# 1 point: how many units are dropped
checks.net.uses_the_rate(build_mlp, checks.mlp.PLAN, (0.4,), (0.7519,))
### BEGIN HIDDEN TESTS
checks.net.uses_the_rate(build_mlp, checks.mlp.PLAN, (0.4,), (0.1351,), seed=101)
### END HIDDEN TESTS

# %% nbgrader="mlp-training" points=1
# 1 point: when dropout acts, and how survivors are scaled
checks.net.drops_in_training_only(build_mlp, checks.mlp.PLAN, 0.4)
checks.net.draws_anew(build_mlp, checks.mlp.PLAN, 0.4)
checks.net.scales_survivors(build_mlp, checks.mlp.PLAN, 0.4)
### BEGIN HIDDEN TESTS
checks.net.drops_in_training_only(build_mlp, checks.mlp.PLAN, 0.4, seed=101)
checks.net.draws_anew(build_mlp, checks.mlp.PLAN, 0.4, seed=101)
checks.net.scales_survivors(build_mlp, checks.mlp.PLAN, 0.7519, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["compare two nets over seeds"]
# ## 5. Reading paired trials
#
# A network was trained once for every pair of a rate and a seed. The seed fixes the start
# weights, the training images and their order, so runs of different rates with the same
# seed belong together. The trials below are made up for this exercise.

# %%
trials = pd.read_csv(
    StringIO("""rate,seed,test_accuracy
0.0,0,0.934
0.0,3,0.891
0.2,1,0.878
0.2,5,0.868
0.8,2,0.893
0.5,3,0.906
0.5,0,0.938
0.0,1,0.886
0.8,4,0.881
0.5,2,0.908
0.8,0,0.915
0.0,4,0.886
0.8,3,0.881
0.5,1,0.887
0.5,5,0.870
0.2,4,0.892
0.0,2,0.899
0.0,5,0.863
0.8,1,0.874
0.2,3,0.897
0.2,2,0.905
0.8,5,0.854
0.2,0,0.927
0.5,4,0.901
""")
)
trials.head()

# %% [markdown]
# Write `paired_difference(trials, rate, baseline=0.0)`, which returns the tuple of floats
# `(effect, low, high)`:
#
# - `effect` is the mean over seeds of the test accuracy at `rate` minus the test accuracy
#   at the rate `baseline` with the same seed. Accuracies and effect are fractions, not per cent.
# - `low` and `high` are the ends of the 95 % confidence interval of the mean of these
#   differences, from Student's t distribution with one degree of freedom fewer than there
#   are seeds, and with the sample standard deviation (which divides by the number of seeds
#   minus 1).
#
# Write `verdict(trials, rate)`, which compares a rate with rate 0 and returns one of three
# strings: `"better"` if the whole interval lies above 0, `"worse"` if it lies below 0, and
# `"cannot be told apart"` if it contains 0.
#
# Rows come in any order, so do the seeds within a rate. The numbers of the seeds are any
# integers, and there may be more or fewer than six of them; every rate in the frame has the
# same ones, each once. `stats` is `scipy.stats`, which has the t distribution.


# %% nbgrader="paired"
def paired_difference(trials, rate, baseline=0.0):
    """Effect of `rate` against `baseline` and its 95 % interval: (effect, low, high)."""
    ### BEGIN SOLUTION
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return float(effect), float(effect - half), float(effect + half)
    ### END SOLUTION


def verdict(trials, rate):
    """ "better", "worse" or "cannot be told apart", against rate 0."""
    ### BEGIN SOLUTION
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"
    ### END SOLUTION


# %% nbgrader="paired-effect" points=1
# 1 point: the effect
for rate in (0.2, 0.5, 0.8):
    checks.paired.effect_is_right(paired_difference, trials, rate)
checks.paired.effect_is_right(paired_difference, trials, 0.5, baseline=0.2)
### BEGIN HIDDEN TESTS
other = checks.paired.made_up_trials({0.0: 0.0, 0.1: 0.01, 0.7: -0.02}, seeds=9, seed=101)
checks.paired.effect_is_right(paired_difference, other, 0.7)
checks.paired.effect_is_right(paired_difference, other, 0.1, baseline=0.7)
### END HIDDEN TESTS

# %% nbgrader="paired-interval" points=2
# 2 points: the interval
for rate in (0.2, 0.5, 0.8):
    checks.paired.interval_is_right(paired_difference, trials, rate)
checks.paired.interval_is_right(paired_difference, trials, 0.5, baseline=0.2)
### BEGIN HIDDEN TESTS
for seeds in (4, 11):
    other = checks.paired.made_up_trials({0.0: 0.0, 0.1: 0.01, 0.7: -0.02}, seeds=seeds, seed=101)
    checks.paired.interval_is_right(paired_difference, other, 0.1)
    checks.paired.interval_is_right(paired_difference, other, 0.7, baseline=0.1)
### END HIDDEN TESTS

# %% nbgrader="paired-verdict" points=1
# 1 point: the verdict
for rate in (0.2, 0.5, 0.8):
    checks.paired.verdict_is_right(verdict, trials, rate)
### BEGIN HIDDEN TESTS
effects = {0.0: 0.0, 0.1: 0.012, 0.3: -0.012, 0.6: 0.002, 0.9: -0.002}
small_effects = {0.0: 0.0, 0.4: 0.004, 0.5: -0.004}
for seed in (101, 202):
    other = checks.paired.made_up_trials(effects, seeds=7, seed=seed)
    for rate in (0.1, 0.3, 0.6, 0.9):
        checks.paired.verdict_is_right(verdict, other, rate, paired=paired_difference)
    # Intervals of 90, 95 and 99 % reach over 1.9, 2.4 and 3.5 standard errors, with eight seeds.
    for errors in (1.6, 2.1, 2.5):
        other = checks.paired.made_up_trials(small_effects, seed=seed, errors=errors)
        for rate in (0.4, 0.5):
            checks.paired.verdict_is_right(verdict, other, rate, paired=paired_difference)
### END HIDDEN TESTS

# %% [markdown] serves=["say from effects and their intervals"]
# ## 6. Reading a figure
#
# Rate 0.5 was compared with rate 0 at four numbers of training examples, once with all labels
# correct and once with three labels in ten wrong, over eight seeds each. Every row of the figure
# is the mean of the paired differences in test accuracy with its 95 % interval over seeds, on one
# test set. The results are made up for this exercise.

# %%
plotting.use_course_style()
sizes = ["100 examples", "300 examples", "1,000 examples", "3,000 examples"]
gains = {
    "all labels correct": [(0.9, 1.6), (0.7, 1.0), (0.3, 0.7), (-0.5, 0.3)],
    "three labels in ten wrong": [(0.6, 1.8), (2.4, 1.3), (5.5, 1.0), (9.8, 1.2)],
}
panels = {
    f"{labels}\n(gain in percentage points)": {
        size: Difference(mean, mean - half, mean + half, seeds=8)
        for size, (mean, half) in zip(sizes, values, strict=True)
    }
    for labels, values in gains.items()
}
plotting.picture(
    plotting.differences(panels),
    alt="Eight gains with their intervals, four for each kind of labels; the next cell prints "
    "the same numbers as a table.",
)

# %%
pd.DataFrame(
    {
        labels: [f"{mean:+.1f} [{mean - half:+.1f}, {mean + half:+.1f}]" for mean, half in values]
        for labels, values in gains.items()
    },
    index=sizes,
)

# %% [markdown]
# Which of these statements does the figure bear out?
#
# - **A** With wrong labels, dropout raised the test accuracy at 300 examples and at each larger
#   number.
# - **B** With correct labels, dropout raised the test accuracy at 100 examples, since the mean
#   lies above 0.
# - **C** With correct labels and 3,000 examples, dropout lowered the test accuracy.
# - **D** With correct labels, the gain is smaller at 1,000 examples than at 100.
# - **E** With 100 examples, the figure does not tell whether dropout gains or loses, whichever the
#   labels.
# - **F** On another test set the gains would lie in these intervals, 95 times out of 100.
#
# Give the name `borne_out` to a set of the capital letters of those that it does, such as
# `{"X", "Y"}`. One point if at least one letter is chosen and every chosen statement is borne out,
# and one if every statement that is borne out is chosen (but not simply all six).

# %% nbgrader="gains"
### BEGIN SOLUTION
borne_out = {"A", "C", "E"}
### END SOLUTION

# %% nbgrader="gains-true" points=1
# 1 point: every chosen statement is borne out (here, only the form of the answer is tested)
checks.gains.are_valid(borne_out, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.gains.are_all_true(borne_out, {"A", "C", "E"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="gains-complete" points=1
# 1 point: every statement that is borne out is chosen (here, only the form of the answer is tested)
checks.gains.are_valid(borne_out, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.gains.are_complete(borne_out, {"A", "C", "E"}, "ABCDEF")
### END HIDDEN TESTS

# %% [markdown] serves=["tell three accuracies apart", "compare two nets over seeds"]
# ## 7. A claim from one run
#
# A classmate trained the network of item 4 once with rate 0 and once with rate 0.8, and
# wrote: "With rate 0.8 the gap between training accuracy and test accuracy is much smaller.
# So the model with rate 0.8 is the better one." The training accuracies are those that
# `fit` printed.
#
# In five to eight sentences: say what can be concluded from these two runs and what
# cannot, and describe the experiment and the figures that would settle whether rate 0.8 is
# better. This item is read by a person: 4 points, one for each reason or step that is right
# and explained.

# %% [markdown] nbgrader="one-run-claim" points=4
# ### BEGIN SOLUTION
# **Mark scheme**, one point each, for the idea and not the words:
#
# 1. *The gap is not the aim.* A small gap also comes from a network that does badly on
#    both sets; "better" is decided by the accuracy (or loss) on images that were not used
#    in training.
# 2. *The training accuracy that `fit` prints is measured with dropout switched on*, while the
#    weights still change, and the test accuracy with dropout off. Part of the gap, or a gap
#    below zero, comes from that; the clean training accuracy has to be measured with `evaluate`.
# 3. *One run for each rate is not evidence*: the seed alone changes the accuracy. Several
#    seeds, the same ones for both rates, the differences paired by seed, and an interval.
# 4. *A fair comparison*: rates (and when to stop) are chosen on validation data, both rates
#    are given enough epochs, and the test set is looked at once, at the end; or another right
#    safeguard that would change the conclusion.
#
# An answer that reaches the right verdict without a reason earns no point for it. Fewer
# than five or more than eight sentences: no deduction if the reasons are there.
# ### END SOLUTION
