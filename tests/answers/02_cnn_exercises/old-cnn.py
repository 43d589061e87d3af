# %% [markdown]
# Answers to the item `old-cnn`.

# %% right="lists and NumPy integers"
import numpy as np

sides = {"conv 1": 30, "pool 1": 15, "conv 2": 13, "pool 2": 6, "conv 3": 4, "pool 3": 2}
filters = np.array([64, 64, 128, 128, 256, 256])
parameters = np.array([1792, 0, 73_856, 0, 295_168, 0])
old_cnn = {
    name: [[side, side, filters[k]], parameters[k]] for k, (name, side) in enumerate(sides.items())
}
old_cnn["flatten"] = [[1024], np.int64(0)]
old_cnn["dense 1"] = [[512], np.int64(524_800)]
old_cnn["dense 2"] = [[10], np.int64(5130)]

# %% right="numbers in place of shapes of one part"
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": (1024, 0),
    "dense 1": (512, 524_800),
    "dense 2": (10, 5_130),
}

# %% right="floats that are whole"
import numpy as np

old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((np.floor(30 / 2), np.floor(30 / 2), 64), 0.0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((np.floor(13 / 2), np.floor(13 / 2), 128), 0.0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((4 / 2, 4 / 2, 256), 0.0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% right="the functions of the item before"
old_cnn, shape = {}, (32, 32, 3)
for number, filters in enumerate((64, 128, 256), start=1):
    parameters = conv_parameters(shape[-1], filters, 3)
    shape = conv_output_shape(shape, filters, 3, "valid")
    old_cnn[f"conv {number}"] = shape, parameters
    shape = pool_output_shape(shape, 2)
    old_cnn[f"pool {number}"] = shape, 0
inputs = shape[0] * shape[1] * shape[2]
old_cnn["flatten"] = (inputs,), 0
old_cnn["dense 1"] = (512,), dense_parameters(inputs, 512)
old_cnn["dense 2"] = (10,), dense_parameters(512, 10)

# %% right="a model in Keras, with its summary"
from keras import layers

model = keras.Sequential([keras.Input((32, 32, 3))])
for number, filters in enumerate((64, 128, 256), start=1):
    model.add(layers.Conv2D(filters, 3, activation="relu", name=f"conv_{number}"))
    model.add(layers.MaxPooling2D(2, name=f"pool_{number}"))
    model.add(layers.Dropout(0.25))
model.add(layers.Flatten(name="flatten"))
model.add(layers.Dropout(0.5))
model.add(layers.Dense(512, activation="relu", name="dense_1"))
model.add(layers.Dense(10, activation="softmax", name="dense_2"))
model.summary()
old_cnn = {
    layer.name.replace("_", " "): (layer.output.shape[1:], layer.count_params())
    for layer in model.layers
    if not isinstance(layer, layers.Dropout)
}

# %% right="an ordered dict of arrays, with a progress bar"
from collections import OrderedDict

import numpy as np
from tqdm.auto import tqdm

rows = [
    ("conv 1", [30, 30, 64], 27 * 64 + 64),
    ("pool 1", [15, 15, 64], 0),
    ("conv 2", [13, 13, 128], 9 * 64 * 128 + 128),
    ("pool 2", [6, 6, 128], 0),
    ("conv 3", [4, 4, 256], 9 * 128 * 256 + 256),
    ("pool 3", [2, 2, 256], 0),
    ("flatten", [2 * 2 * 256], 0),
    ("dense 1", [512], 1025 * 512),
    ("dense 2", [10], 513 * 10),
]
old_cnn = OrderedDict((name, (np.array(shape), number)) for name, shape, number in tqdm(rows))

# %% right="rows in another order, annotated, with a warning"
import warnings

Row = tuple[tuple[int, ...], int]
learning: dict[str, Row] = {
    "dense 2": ((10,), 5130),
    "dense 1": ((512,), 524800),
    "conv 3": ((4, 4, 256), 295168),
    "conv 2": ((13, 13, 128), 73856),
    "conv 1": ((30, 30, 64), 1792),
}
quiet = dict(zip(["pool 1", "pool 2", "pool 3"], [(15, 15, 64), (6, 6, 128), (2, 2, 256)]))
old_cnn = learning | {name: (shape, 0) for name, shape in quiet.items()} | {"flatten": ((1024,), 0)}
warnings.warn(f"{sum(number for _, number in old_cnn.values()):,} parameters", stacklevel=1)
%time sum(number for _, number in old_cnn.values())

# %% wrong="the pooling is not rounded, in float32" loses=["old-cnn-shapes"] says=["`/` was used where `//` rounds down"]
import numpy as np

old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((np.float32(30 / 2), np.float32(30 / 2), 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((np.float32(13 / 2), np.float32(13 / 2), 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="the pooling is not rounded" loses=["old-cnn-shapes"] says=["each part of the shape of pool 2 is a whole number", "6.5"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6.5, 6.5, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="one pooling is rounded up" loses=["old-cnn-shapes"] says=["the shape that pool 2 has in Keras", "7, 7, 128"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((7, 7, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="all poolings are rounded up" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["7, 7, 128", "a wrong input size"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((7, 7, 128), 0),
    "conv 3": ((5, 5, 256), 295_168),
    "pool 3": ((3, 3, 256), 0),
    "flatten": ((2304,), 0),
    "dense 1": ((512,), 1_180_160),
    "dense 2": ((10,), 5_130),
}

# %% wrong="padding same" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["32, 32, 64", "the number of parameters that dense 1 has"]
old_cnn = {
    "conv 1": ((32, 32, 64), 1_792),
    "pool 1": ((16, 16, 64), 0),
    "conv 2": ((16, 16, 128), 73_856),
    "pool 2": ((8, 8, 128), 0),
    "conv 3": ((8, 8, 256), 295_168),
    "pool 3": ((4, 4, 256), 0),
    "flatten": ((4096,), 0),
    "dense 1": ((512,), 2_097_664),
    "dense 2": ((10,), 5_130),
}

# %% wrong="three pixels are lost" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["29, 29, 64"]
old_cnn = {
    "conv 1": ((29, 29, 64), 1_792),
    "pool 1": ((14, 14, 64), 0),
    "conv 2": ((11, 11, 128), 73_856),
    "pool 2": ((5, 5, 128), 0),
    "conv 3": ((2, 2, 256), 295_168),
    "pool 3": ((1, 1, 256), 0),
    "flatten": ((256,), 0),
    "dense 1": ((512,), 131_584),
    "dense 2": ((10,), 5_130),
}

# %% wrong="the channels of the input are kept" loses=["old-cnn-shapes"] says=["the shape that conv 1 has in Keras"]
old_cnn = {
    "conv 1": ((30, 30, 3), 1_792),
    "pool 1": ((15, 15, 3), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="channels first" loses=["old-cnn-shapes"] says=["64, 30, 30"]
old_cnn = {
    "conv 1": ((64, 30, 30), 1_792),
    "pool 1": ((64, 15, 15), 0),
    "conv 2": ((128, 13, 13), 73_856),
    "pool 2": ((128, 6, 6), 0),
    "conv 3": ((256, 4, 4), 295_168),
    "pool 3": ((256, 2, 2), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="the number of examples in front" loses=["old-cnn-shapes"] says=["one finite number"]
old_cnn = {
    "conv 1": ((None, 30, 30, 64), 1_792),
    "pool 1": ((None, 15, 15, 64), 0),
    "conv 2": ((None, 13, 13, 128), 73_856),
    "pool 2": ((None, 6, 6, 128), 0),
    "conv 3": ((None, 4, 4, 256), 295_168),
    "pool 3": ((None, 2, 2, 256), 0),
    "flatten": ((None, 1024), 0),
    "dense 1": ((None, 512), 524_800),
    "dense 2": ((None, 10), 5_130),
}

# %% wrong="shapes without channels" loses=["old-cnn-shapes"] says=["the shape that conv 1 has in Keras"]
old_cnn = {
    "conv 1": ((30, 30), 1_792),
    "pool 1": ((15, 15), 0),
    "conv 2": ((13, 13), 73_856),
    "pool 2": ((6, 6), 0),
    "conv 3": ((4, 4), 295_168),
    "pool 3": ((2, 2), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="Flatten keeps the shape" loses=["old-cnn-shapes"] says=["the shape that flatten has in Keras"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((2, 2, 256), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="Flatten keeps the channels only" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["found:    256", "a wrong input size"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((256,), 0),
    "dense 1": ((512,), 131_584),
    "dense 2": ((10,), 5_130),
}

# %% wrong="no shape behind Flatten" loses=["old-cnn-shapes"] says=["an empty tuple"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="True for a shape" loses=["old-cnn-shapes"] says=["one finite number"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((True,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="infinity for a shape" loses=["old-cnn-shapes"] says=["found:    inf"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((float("inf"),), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="shapes as text" loses=["old-cnn-shapes"] says=["found:    '30 x 30 x 64'"]
old_cnn = {
    "conv 1": ("30 x 30 x 64", 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="three parts behind a Dense layer" loses=["old-cnn-shapes"] says=["1, 1, 512"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((1, 1, 512), 524_800),
    "dense 2": ((1, 1, 10), 5_130),
}

# %% wrong="the biases of one layer are missing" loses=["old-cnn-parameters"] says=["the biases"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_288),
    "dense 2": ((10,), 5_130),
}

# %% wrong="all biases are missing" loses=["old-cnn-parameters"] says=["or the biases"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_728),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_728),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 294_912),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_288),
    "dense 2": ((10,), 5_120),
}

# %% wrong="one channel a filter" loses=["old-cnn-parameters"] says=["the number of parameters that conv 1 has in Keras"]
old_cnn = {
    "conv 1": ((30, 30, 64), 640),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 1_280),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 2_560),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="the input of the first Dense layer is the picture" loses=["old-cnn-parameters"] says=["a wrong input size"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 1_573_376),
    "dense 2": ((10,), 5_130),
}

# %% wrong="a pooling has parameters" loses=["old-cnn-parameters"] says=["poolings and Flatten learn nothing"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 256),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 512),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 1_024),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="Flatten has parameters" loses=["old-cnn-parameters"] says=["poolings and Flatten learn nothing"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 1024),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="values are counted in place of parameters" loses=["old-cnn-parameters"] says=["57600"]
old_cnn = {
    "conv 1": ((30, 30, 64), 57_600),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="parameters in thousands" loses=["old-cnn-parameters"] says=["a whole number"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524.8),
    "dense 2": ((10,), 5.13),
}

# %% wrong="a word for a number" loses=["old-cnn-parameters"] says=["found:    'many'"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), "many"),
    "dense 2": ((10,), 5_130),
}

# %% wrong="numbers as text" loses=["old-cnn-parameters"] says=["one finite number"]
old_cnn = {
    "conv 1": ((30, 30, 64), "1,792"),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="None for the layers without parameters" loses=["old-cnn-parameters"] says=["one finite number"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), None),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), None),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), None),
    "flatten": ((1024,), None),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="Flatten is left out" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["a layer is left out"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="Dropout layers are listed" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["Dropout layers have no row"]
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
    "dropout 1": ((15, 15, 64), 0),
    "dropout 2": ((6, 6, 128), 0),
    "dropout 3": ((2, 2, 256), 0),
    "dropout 4": ((1024,), 0),
}

# %% wrong="the input is listed" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["added or spelt in another way"]
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
    "input": ((32, 32, 3), 0),
}

# %% wrong="keys without spaces" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["'conv1'"]
old_cnn = {
    "conv1": ((30, 30, 64), 1_792),
    "pool1": ((15, 15, 64), 0),
    "conv2": ((13, 13, 128), 73_856),
    "pool2": ((6, 6, 128), 0),
    "conv3": ((4, 4, 256), 295_168),
    "pool3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense1": ((512,), 524_800),
    "dense2": ((10,), 5_130),
}

# %% wrong="shapes only" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["for each layer a tuple (shape, parameters)"]
old_cnn = {
    "conv 1": (30, 30, 64),
    "pool 1": (15, 15, 64),
    "conv 2": (13, 13, 128),
    "pool 2": (6, 6, 128),
    "conv 3": (4, 4, 256),
    "pool 3": (2, 2, 256),
    "flatten": (1024,),
    "dense 1": (512,),
    "dense 2": (10,),
}

# %% wrong="numbers of parameters only" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["1792 for conv 1"]
old_cnn = {
    "conv 1": 1_792,
    "pool 1": 0,
    "conv 2": 73_856,
    "pool 2": 0,
    "conv 3": 295_168,
    "pool 3": 0,
    "flatten": 0,
    "dense 1": 524_800,
    "dense 2": 5_130,
}

# %% wrong="four numbers in one tuple" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["the shape stands in a tuple of its own"]
old_cnn = {
    "conv 1": (30, 30, 64, 1_792),
    "pool 1": (15, 15, 64, 0),
    "conv 2": (13, 13, 128, 73_856),
    "pool 2": (6, 6, 128, 0),
    "conv 3": (4, 4, 256, 295_168),
    "pool 3": (2, 2, 256, 0),
    "flatten": (1024, 0),
    "dense 1": (512, 524_800),
    "dense 2": (10, 5_130),
}

# %% wrong="parameters in front" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["the shape that conv 1 has in Keras", "30, 30, 64"]
old_cnn = {
    "conv 1": (1_792, (30, 30, 64)),
    "pool 1": (0, (15, 15, 64)),
    "conv 2": (73_856, (13, 13, 128)),
    "pool 2": (0, (6, 6, 128)),
    "conv 3": (295_168, (4, 4, 256)),
    "pool 3": (0, (2, 2, 256)),
    "flatten": (0, (1024,)),
    "dense 1": (524_800, (512,)),
    "dense 2": (5_130, (10,)),
}

# %% wrong="a dict in each row" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["an object of type dict for conv 1"]
old_cnn = {
    "conv 1": {"shape": (30, 30, 64), "parameters": 1_792},
    "pool 1": {"shape": (15, 15, 64), "parameters": 0},
    "conv 2": {"shape": (13, 13, 128), "parameters": 73_856},
    "pool 2": {"shape": (6, 6, 128), "parameters": 0},
    "conv 3": {"shape": (4, 4, 256), "parameters": 295_168},
    "pool 3": {"shape": (2, 2, 256), "parameters": 0},
    "flatten": {"shape": (1024,), "parameters": 0},
    "dense 1": {"shape": (512,), "parameters": 524_800},
    "dense 2": {"shape": (10,), "parameters": 5_130},
}

# %% wrong="a row of None" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["found:    None"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": (None, None),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="an empty row" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["a tuple of length 0 for conv 2"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": (),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="a row of text" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["'text' for conv 2"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": "text",
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="a row of NaN" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["found:    nan"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0),
    "conv 2": (float("nan"), float("nan")),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}

# %% wrong="a list of rows" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["a list of length 9"]
old_cnn = [
    ((30, 30, 64), 1_792),
    ((15, 15, 64), 0),
    ((13, 13, 128), 73_856),
    ((6, 6, 128), 0),
    ((4, 4, 256), 295_168),
    ((2, 2, 256), 0),
    ((1024,), 0),
    ((512,), 524_800),
    ((10,), 5_130),
]

# %% wrong="the model itself" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["an object of type Sequential"]
old_cnn = keras.Sequential([keras.Input((32, 32, 3))])
for filters in (64, 128, 256):
    old_cnn.add(keras.layers.Conv2D(filters, 3, activation="relu"))
    old_cnn.add(keras.layers.MaxPooling2D(2))
old_cnn.add(keras.layers.Flatten())
old_cnn.add(keras.layers.Dense(512, activation="relu"))
old_cnn.add(keras.layers.Dense(10))

# %% wrong="an empty dict" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["a dict with the keys conv 1"]
old_cnn = {}

# %% wrong="what print returns" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["found:    None"]
rows = {
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
old_cnn = print(rows)

# %% wrong="not written" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["name 'old_cnn' is not defined"]
raise NotImplementedError()

# %% wrong="another name" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["name 'old_cnn' is not defined"]
old_net = {
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

# %% wrong="a syntax error" loses=["old-cnn-shapes", "old-cnn-parameters"] says=["name 'old_cnn' is not defined"]
old_cnn = {
    "conv 1": ((30, 30, 64), 1_792),
    "pool 1": ((15, 15, 64), 0,
    "conv 2": ((13, 13, 128), 73_856),
    "pool 2": ((6, 6, 128), 0),
    "conv 3": ((4, 4, 256), 295_168),
    "pool 3": ((2, 2, 256), 0),
    "flatten": ((1024,), 0),
    "dense 1": ((512,), 524_800),
    "dense 2": ((10,), 5_130),
}
