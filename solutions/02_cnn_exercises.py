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
# # Exercises: dropout in a convolutional net
#
# After these exercises you can
#
# - work out the shapes and the numbers of parameters of a convolutional net,
# - write spatial dropout in NumPy, and say how it differs from dropout,
# - find dropout layers that do not do what was meant,
# - read from learning curves what a comparison owes to the number of epochs,
# - save a net, load it, and show that it is the same.
#
# Time: about 90 minutes. The five items are graded by tests, 24 points in all. Each cell of
# tests below an answer is worth the points that its first line names, and stands for
# one property, so a part that is not finished costs only its own points. A few more tests of
# the same properties, with other inputs, run at grading. A test that fails says which
# property does not hold, what was expected and what was found.
#
# Replace `raise NotImplementedError()` by your own code. You may add functions of your own
# inside the answer cells.

# %%
import keras
import numpy as np
import pandas as pd

from course_utils import plotting

plotting.use_course_style()

# %% tags=["tests-only"]
from course_checks import cnn as checks

# %% [markdown] serves=["work out the shapes"]
# ## 1. Shapes and parameters
#
# Shapes here are those of one example, tuples of three integers `(height, width, channels)`.
# Write four functions:
#
# - `conv_output_shape(shape, filters, kernel, padding)`: the shape behind a `Conv2D` layer with
#   stride 1 and a square kernel of `kernel` x `kernel` pixels; `padding` is `"valid"` or
#   `"same"`;
# - `pool_output_shape(shape, size)`: the shape behind a `MaxPooling2D` layer with a window of
#   `size` x `size` pixels that moves by its own size, without padding;
# - `conv_parameters(channels, filters, kernel)`: the number of parameters, biases included, of
#   that `Conv2D` layer, applied to an input with that many channels;
# - `dense_parameters(inputs, units)`: the number of parameters, biases included, of a `Dense`
#   layer.
#
# No window is larger than the map. The tests compare your functions with Keras's own layers.


# %% nbgrader="shapes"
def conv_output_shape(shape, filters, kernel, padding):
    """The shape (height, width, channels) behind a convolution with stride 1."""
    ### BEGIN SOLUTION
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters
    ### END SOLUTION


def pool_output_shape(shape, size):
    """The shape (height, width, channels) behind a max pooling."""
    ### BEGIN SOLUTION
    height, width, channels = shape
    return height // size, width // size, channels
    ### END SOLUTION


def conv_parameters(channels, filters, kernel):
    """How many weights and biases a convolution has."""
    ### BEGIN SOLUTION
    return (kernel * kernel * channels + 1) * filters
    ### END SOLUTION


def dense_parameters(inputs, units):
    """How many weights and biases a Dense layer has."""
    ### BEGIN SOLUTION
    return (inputs + 1) * units
    ### END SOLUTION


# %% nbgrader="shapes-conv" points=1
# 1 point: the shape behind a convolution
checks.shapes.conv_is_right(conv_output_shape)
### BEGIN HIDDEN TESTS
checks.shapes.conv_is_right(conv_output_shape, seed=101)
### END HIDDEN TESTS

# %% nbgrader="shapes-pool" points=1
# 1 point: the shape behind a pooling
checks.shapes.pool_is_right(pool_output_shape)
### BEGIN HIDDEN TESTS
checks.shapes.pool_is_right(pool_output_shape, seed=101)
### END HIDDEN TESTS

# %% nbgrader="shapes-conv-parameters" points=1
# 1 point: the parameters of a convolution
checks.shapes.conv_parameters_are_right(conv_parameters)
### BEGIN HIDDEN TESTS
checks.shapes.conv_parameters_are_right(conv_parameters, seed=101)
### END HIDDEN TESTS

# %% nbgrader="shapes-dense-parameters" points=1
# 1 point: the parameters of a Dense layer
checks.shapes.dense_parameters_are_right(dense_parameters)
### BEGIN HIDDEN TESTS
checks.shapes.dense_parameters_are_right(dense_parameters, seed=101)
### END HIDDEN TESTS

# %% [markdown]
# Now the net of the lesson: three `Conv2D` layers of 64, 128 and 256 filters, 3x3, ReLU,
# padding `valid`, each followed by a 2x2 max pooling and a Dropout layer; then Flatten, a
# Dropout layer, a Dense layer of 512 units and a Dense layer of 10 units. Here its input is
# a picture in colour, 32 x 32 pixels with 3 channels.
#
# Give the name `old_cnn` to a dict from layer to the tuple (shape behind it, number of
# parameters). The keys are `"conv 1"`, `"pool 1"`, `"conv 2"`, `"pool 2"`, `"conv 3"`,
# `"pool 3"`, `"flatten"`, `"dense 1"`, `"dense 2"`. The shape behind Flatten and the Dense
# layers has one part: `(10,)` is such a tuple. Your functions may help, and so may paper.

# %% nbgrader="old-cnn"
### BEGIN SOLUTION
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}
### END SOLUTION

# %% nbgrader="old-cnn-shapes" points=1
# 1 point: the shapes (here, only the form of the answer is tested)
checks.old_cnn.rows_are_complete(old_cnn, "shape")
### BEGIN HIDDEN TESTS
net = {}
for k, filters in enumerate((64, 128, 256), 1):
    net |= {f"conv {k}": keras.layers.Conv2D(filters, 3), f"pool {k}": keras.layers.MaxPooling2D()}
net |= {"flatten": keras.layers.Flatten()}
net |= {"dense 1": keras.layers.Dense(512), "dense 2": keras.layers.Dense(10)}
checks.old_cnn.shapes_are_right(old_cnn, net)
### END HIDDEN TESTS

# %% nbgrader="old-cnn-parameters" points=1
# 1 point: the numbers of parameters (here, only the form of the answer is tested)
checks.old_cnn.rows_are_complete(old_cnn, "number of parameters")
### BEGIN HIDDEN TESTS
net = {}
for k, filters in enumerate((64, 128, 256), 1):
    net |= {f"conv {k}": keras.layers.Conv2D(filters, 3), f"pool {k}": keras.layers.MaxPooling2D()}
net |= {"flatten": keras.layers.Flatten()}
net |= {"dense 1": keras.layers.Dense(512), "dense 2": keras.layers.Dense(10)}
checks.old_cnn.parameters_are_right(old_cnn, net)
### END HIDDEN TESTS

# %% [markdown] serves=["explain what"]
# ## 2. Spatial dropout in NumPy
#
# Neighbouring pixels of a feature map resemble each other, so dropping one of them removes
# little. Spatial dropout (Tompson and others 2014, arXiv:1411.4280) drops whole maps.
#
# Write `spatial_dropout_forward(x, rate, training, generator)`, which returns `y`.
#
# | name | what it is |
# |---|---|
# | `x` | float array (examples, height, width, channels), float32 or float64; it is not changed |
# | `rate` | Python float in [0, 1), the probability that a map is dropped |
# | `training` | `True` or `False` |
# | `generator` | a `numpy.random.Generator`, the only source of random numbers |
# | `y` | float array with the shape and the dtype of `x` |
#
# A map is one channel of one example: `x[n, :, :, c]`. With `training=True`:
#
# - each map is dropped with probability `rate`, independently of the other channels, of the
#   other examples and of other calls;
# - a dropped map is exactly 0 in `y`, at all its pixels;
# - a map that is kept is `x / (1 - rate)` in `y`, up to rounding;
# - with `rate=0`, `y` equals `x` exactly.
#
# With `training=False`, `y` equals `x` exactly, at any rate. Two generators in the same state
# lead to the same maps being dropped; two calls in a row with one generator do not. NumPy's
# global random state is neither used nor changed.
#
# On maps of one pixel, spatial dropout is dropout: all tests but one use such maps,
# `checks.spatial.with_maps_of_one_pixel`, and are those of the first exercises. Where they
# speak of values, read maps.


# %% nbgrader="spatial"
def spatial_dropout_forward(x, rate, training, generator):
    """Inverted dropout of whole maps: y, of the shape of x."""
    ### BEGIN SOLUTION
    if not training:
        return x.copy()
    examples, _, _, channels = x.shape
    kept = generator.random((examples, 1, 1, channels)) >= rate
    return x * kept / (1 - rate)
    ### END SOLUTION


# %% nbgrader="spatial-form" points=1
# 1 point: shape and dtype of y
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.keeps_shape_and_dtype(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.keeps_shape_and_dtype(one_pixel, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-maps" points=1
# 1 point: maps of more than one pixel are dropped or kept as a whole
checks.spatial.drops_whole_maps(spatial_dropout_forward)
### BEGIN HIDDEN TESTS
checks.spatial.drops_whole_maps(spatial_dropout_forward, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-values" points=1
# 1 point: dropped maps are zero, the others are scaled
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.zeroes_the_dropped(one_pixel)
checks.spatial.scales_survivors(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.zeroes_the_dropped(one_pixel, seed=101)
checks.spatial.scales_survivors(one_pixel, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-identity" points=1
# 1 point: nothing happens outside training, nor at rate 0
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.is_identity_at_inference(one_pixel)
checks.spatial.is_identity_at_rate_zero(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.is_identity_at_inference(one_pixel, seed=101)
checks.spatial.is_identity_at_rate_zero(one_pixel, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-fraction" points=1
# 1 point: how many maps are dropped
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.drops_the_right_fraction(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.drops_the_right_fraction(one_pixel, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-independence" points=1
# 1 point: each map is dropped on its own
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.draws_every_unit_alone(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.draws_every_unit_alone(one_pixel, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-generator" points=1
# 1 point: the use of the generator
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.draws_again_each_call(one_pixel)
checks.spatial.uses_only_the_generator(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.draws_again_each_call(one_pixel, seed=101)
checks.spatial.uses_only_the_generator(one_pixel, seed=101)
### END HIDDEN TESTS

# %% nbgrader="spatial-input" points=1
# 1 point: x is not changed
one_pixel = checks.spatial.with_maps_of_one_pixel(spatial_dropout_forward)
checks.spatial.leaves_input_alone(one_pixel)
### BEGIN HIDDEN TESTS
checks.spatial.leaves_input_alone(one_pixel, seed=101)
### END HIDDEN TESTS

# %% [markdown] serves=["place dropout behind"]
# ## 3. Misplaced dropout layers
#
# The five models below were all meant to follow one plan:
#
# 1. In training, 20 % of what a pooling layer passes on is dropped, single values or whole
#    maps, and 50 % of what Flatten or the hidden Dense layer passes on. Any of these places may
#    also be left without dropout.
# 2. Of the values of the input pictures, no more than 10 % are dropped.
# 3. Between two layers with weights (and in front of the first) there is at most one dropout
#    layer.
# 4. The class probabilities that the model returns are not dropped.
# 5. At inference, nothing is dropped.
#
# Which dropout layers break the plan? Give the name `misplaced` to a dict from the name of each
# model (`"model 1"` to `"model 5"`) to the set of the names of its dropout layers that break
# the plan, `set()` if there is none. Where two layers break it only together, name one of
# them or both. One point for each model; the visible tests look at the form of the answer only.

# %%
layers = keras.layers

model_1 = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.2, name="drop_1"),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.2, name="drop_2"),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
        layers.Dropout(0.5, name="drop_3"),
    ]
)

model_2 = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        layers.Dropout(0.5, name="drop_1"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.SpatialDropout2D(0.2, name="drop_2"),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.5, name="drop_3"),
        layers.Dropout(0.5, name="drop_4"),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5, name="drop_5"),
        layers.Dense(10, activation="softmax"),
    ]
)


class MonteCarloDropout(layers.Dropout):
    def call(self, inputs, training=False):
        return super().call(inputs, training=True)


pictures = keras.Input((32, 32, 3))
x = layers.Conv2D(32, 3, activation="relu")(pictures)
x = layers.MaxPooling2D()(x)
x = layers.Dropout(0.2, name="drop_1")(x)
x = layers.Conv2D(64, 3, activation="relu")(x)
x = layers.MaxPooling2D()(x)
x = MonteCarloDropout(0.2, name="drop_2")(x)
x = layers.Flatten()(x)
x = layers.Dense(128, activation="relu")(x)
x = layers.Dropout(0.5, name="drop_3")(x)
model_3 = keras.Model(pictures, layers.Dense(10, activation="softmax")(x))

model_4 = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        layers.Dropout(0.1, name="drop_1"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.SpatialDropout2D(0.2, name="drop_2"),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.5, name="drop_3"),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5, name="drop_4"),
        layers.Dense(10, activation="softmax"),
    ]
)

model_5 = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.8, name="drop_1"),  # keeps 80 %
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.8, name="drop_2"),  # keeps 80 %
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5, name="drop_3"),  # keeps 50 %
        layers.Dense(10, activation="softmax"),
    ]
)

# %%
dropout_layers = {
    "model 1": ["drop_1", "drop_2", "drop_3"],
    "model 2": ["drop_1", "drop_2", "drop_3", "drop_4", "drop_5"],
    "model 3": ["drop_1", "drop_2", "drop_3"],
    "model 4": ["drop_1", "drop_2", "drop_3", "drop_4"],
    "model 5": ["drop_1", "drop_2", "drop_3"],
}

# %% nbgrader="misplaced"
### BEGIN SOLUTION
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}
### END SOLUTION

# %% nbgrader="misplaced-model-1" points=1
# 1 point: model 1 (here, only the form of the answer is tested)
checks.misplaced.layers_are_named(misplaced, dropout_layers)
### BEGIN HIDDEN TESTS
checks.misplaced.layers_are_found(misplaced, "model 1", dropout_layers["model 1"], [{"drop_3"}])
### END HIDDEN TESTS

# %% nbgrader="misplaced-model-2" points=1
# 1 point: model 2 (here, only the form of the answer is tested)
checks.misplaced.layers_are_named(misplaced, dropout_layers)
### BEGIN HIDDEN TESTS
right = [{"drop_1", "drop_3"}, {"drop_1", "drop_4"}, {"drop_1", "drop_3", "drop_4"}]
checks.misplaced.layers_are_found(misplaced, "model 2", dropout_layers["model 2"], right)
### END HIDDEN TESTS

# %% nbgrader="misplaced-model-3" points=1
# 1 point: model 3 (here, only the form of the answer is tested)
checks.misplaced.layers_are_named(misplaced, dropout_layers)
### BEGIN HIDDEN TESTS
checks.misplaced.layers_are_found(misplaced, "model 3", dropout_layers["model 3"], [{"drop_2"}])
### END HIDDEN TESTS

# %% nbgrader="misplaced-model-4" points=1
# 1 point: model 4 (here, only the form of the answer is tested)
checks.misplaced.layers_are_named(misplaced, dropout_layers)
### BEGIN HIDDEN TESTS
checks.misplaced.layers_are_found(misplaced, "model 4", dropout_layers["model 4"], [set()])
### END HIDDEN TESTS

# %% nbgrader="misplaced-model-5" points=1
# 1 point: model 5 (here, only the form of the answer is tested)
checks.misplaced.layers_are_named(misplaced, dropout_layers)
### BEGIN HIDDEN TESTS
right = [{"drop_1", "drop_2"}]
checks.misplaced.layers_are_found(misplaced, "model 5", dropout_layers["model 5"], right)
### END HIDDEN TESTS

# %% [markdown] serves=["compare dropout with data augmentation"]
# ## 4. Reading learning curves
#
# A net was trained for 30 epochs without dropout (plain) and with it. The figure shows means over
# many seeds, made up for this exercise: on validation pictures, and during `fit`, where dropout is
# on. All labels are right.

# %%
epoch = np.arange(1, 31)
histories = {
    "plain": pd.DataFrame(
        {
            "accuracy": 1 - 0.52 * np.exp(-epoch / 5),
            "val_accuracy": 0.82 - 0.3 * np.exp(-epoch / 3),
            "loss": 1.45 * np.exp(-epoch / 5),
            "val_loss": 0.5 + 0.75 * np.exp(-epoch / 3) + 0.016 * epoch,
        }
    ),
    "dropout": pd.DataFrame(
        {
            "accuracy": 0.88 - 0.58 * np.exp(-epoch / 7),
            "val_accuracy": 0.86 - 0.42 * np.exp(-epoch / 7),
            "loss": 0.34 + 1.5 * np.exp(-epoch / 7),
            "val_loss": 0.42 + 1.05 * np.exp(-epoch / 6),
        }
    ),
}
plotting.picture(
    plotting.learning_curves(histories),
    alt="Learning curves of two nets over 30 epochs; the next cell prints some of the numbers as a "
    "table.",
)

# %%
pd.concat(histories, axis=1).set_index(epoch).loc[[5, 10, 20, 30]].round(2)

# %% [markdown]
# Which of these statements does the figure bear out?
#
# - **A** Compared after 5 epochs, the plain net gets more validation pictures right.
# - **B** Compared after 30 epochs, the net with dropout gets more validation pictures right.
# - **C** Once dropout is off, the net with dropout gets the share of its training pictures right
#   that its last accuracy during `fit` names.
# - **D** From epoch 10 on the plain net's validation loss rises although its validation accuracy
#   does not fall: its mistakes get dearer, not more frequent.
# - **E** With dropout there is no gap between training and validation accuracy, since its two
#   curves stay close.
# - **F** The plain net should have been trained for longer to be compared fairly.
#
# Give the name `borne_out` to a set of the capital letters of those that it does, such as
# `{"X", "Y"}`. One point if at least one letter is chosen and every chosen statement is borne out,
# and one if every statement that is borne out is chosen (but not simply all six).

# %% nbgrader="curves"
### BEGIN SOLUTION
borne_out = {"A", "B", "D"}
### END SOLUTION

# %% nbgrader="curves-true" points=1
# 1 point: every chosen statement is borne out (here, only the form of the answer is tested)
checks.curves.are_valid(borne_out, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.curves.are_all_true(borne_out, {"A", "B", "D"}, "ABCDEF")
### END HIDDEN TESTS

# %% nbgrader="curves-complete" points=1
# 1 point: every statement that is borne out is chosen (here, only the form of the answer is tested)
checks.curves.are_valid(borne_out, "ABCDEF")
### BEGIN HIDDEN TESTS
checks.curves.are_complete(borne_out, {"A", "B", "D"}, "ABCDEF")
### END HIDDEN TESTS

# %% [markdown] serves=["save a net"]
# ## 5. A net from a file
#
# Write two functions for Keras models with dropout layers, which return probabilities of classes:
#
# - `save_and_load(model, folder)` saves the whole model in one file of Keras's own format,
#   `.keras`, in the folder (a `pathlib.Path`, empty at first; nothing else is left there), and
#   returns the model that is loaded from this file.
#   That is another model, with variables of its own. It has the same layers, dropout with its rates
#   among them, and weights of the same values.
# - `is_same(model, other, x)` says whether both models give the same outputs for the pictures `x`
#   at inference, where dropout is off: a `bool` (NumPy's will do), `True` where no output of one
#   differs by more than 1e-5 from that of the other. Only the outputs count: two models may have
#   different weights, as long as that makes no difference to these pictures.
#
# `x` is a float32 array (examples, height, width, channels).


# %% nbgrader="saved"
def save_and_load(model, folder):
    """The model, saved in a file in the folder and loaded from it."""
    ### BEGIN SOLUTION
    path = folder / "model.keras"
    model.save(path)
    return keras.saving.load_model(path)
    ### END SOLUTION


def is_same(model, other, x):
    """Whether both models give the same outputs for x at inference, up to rounding."""
    ### BEGIN SOLUTION
    outputs, others = (one.predict(x, verbose=0) for one in (model, other))
    return np.abs(outputs - others).max() <= 1e-5
    ### END SOLUTION


# %% nbgrader="saved-file" points=1
# 1 point: the file
checks.saved.file_is_whole(save_and_load)
### BEGIN HIDDEN TESTS
checks.saved.file_is_whole(save_and_load, seed=101)
### END HIDDEN TESTS

# %% nbgrader="saved-copy" points=1
# 1 point: the model that comes back from the file
checks.saved.copy_is_whole(save_and_load)
### BEGIN HIDDEN TESTS
checks.saved.copy_is_whole(save_and_load, seed=101)
### END HIDDEN TESTS

# %% nbgrader="saved-same" points=1
# 1 point: whether two models are the same
checks.saved.comparison_is_right(is_same)
### BEGIN HIDDEN TESTS
checks.saved.comparison_is_right(is_same, seed=101)
### END HIDDEN TESTS
