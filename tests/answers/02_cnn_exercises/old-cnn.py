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

# %% [raw] right="numbers in place of shapes of one part"
# -     "flatten": ((1024,), 0),
# -     "dense 1": ((512,), 524_800),
# -     "dense 2": ((10,), 5_130),
# +     "flatten": (1024, 0),
# +     "dense 1": (512, 524_800),
# +     "dense 2": (10, 5_130),

# %% [raw] right="floats that are whole"
# - old_cnn = {
# + import numpy as np
# +
# + old_cnn = {
# -     "pool 1": ((15, 15, 64), 0),
# +     "pool 1": ((np.floor(30 / 2), np.floor(30 / 2), 64), 0.0),
# -     "pool 2": ((6, 6, 128), 0),
# +     "pool 2": ((np.floor(13 / 2), np.floor(13 / 2), 128), 0.0),
# -     "pool 3": ((2, 2, 256), 0),
# +     "pool 3": ((4 / 2, 4 / 2, 256), 0.0),

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

# %% [raw] wrong="the pooling is not rounded, in float32" loses={"old-cnn-shapes": "not_whole"}
# - old_cnn = {
# + import numpy as np
# +
# + old_cnn = {
# -     "pool 1": ((15, 15, 64), 0),
# +     "pool 1": ((np.float32(30 / 2), np.float32(30 / 2), 64), 0),
# -     "pool 2": ((6, 6, 128), 0),
# +     "pool 2": ((np.float32(13 / 2), np.float32(13 / 2), 128), 0),

# %% [raw] wrong="the pooling is not rounded" loses={"old-cnn-shapes": "not_whole"}
# -     "pool 2": ((6, 6, 128), 0),
# +     "pool 2": ((6.5, 6.5, 128), 0),

# %% [raw] wrong="one pooling is rounded up" loses={"old-cnn-shapes": "carried_on"}
# -     "pool 2": ((6, 6, 128), 0),
# +     "pool 2": ((7, 7, 128), 0),

# %% [raw] wrong="Flatten keeps the shape" loses={"old-cnn-shapes": "carried_on"}
# -     "flatten": ((1024,), 0),
# +     "flatten": ((2, 2, 256), 0),

# %% [raw] wrong="infinity for a shape" loses={"old-cnn-shapes": "no_number"}
# -     "flatten": ((1024,), 0),
# +     "flatten": ((float("inf"),), 0),

# %% [raw] wrong="the biases of one layer are missing" loses={"old-cnn-parameters": "inputs_or_biases"}
# -     "dense 1": ((512,), 524_800),
# +     "dense 1": ((512,), 524_288),

# %% [raw] wrong="the input of the first Dense layer is the picture" loses={"old-cnn-parameters": "inputs_or_biases"}
# -     "dense 1": ((512,), 524_800),
# +     "dense 1": ((512,), 1_573_376),

# %% [raw] wrong="parameters in thousands" loses={"old-cnn-parameters": "not_whole"}
# -     "dense 1": ((512,), 524_800),
# -     "dense 2": ((10,), 5_130),
# +     "dense 1": ((512,), 524.8),
# +     "dense 2": ((10,), 5.13),

# %% [raw] wrong="a word for a number" loses={"old-cnn-parameters": "no_number"}
# -     "dense 1": ((512,), 524_800),
# +     "dense 1": ((512,), "many"),

# %% [raw] wrong="Flatten is left out" loses={"old-cnn-shapes": "other_layers", "old-cnn-parameters": "other_layers"}
# -     "flatten": ((1024,), 0),

# %% wrong="parameters in front" loses={"old-cnn-shapes": "exchanged", "old-cnn-parameters": "exchanged"}
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

# %% [raw] wrong="an empty row" loses={"old-cnn-shapes": "no_row", "old-cnn-parameters": "no_row"}
# -     "conv 2": ((13, 13, 128), 73_856),
# +     "conv 2": (),

# %% [raw] wrong="a row of text" loses={"old-cnn-shapes": "no_row", "old-cnn-parameters": "no_row"}
# -     "conv 2": ((13, 13, 128), 73_856),
# +     "conv 2": "text",

# %% [raw] wrong="a row of NaN" loses={"old-cnn-shapes": "no_number", "old-cnn-parameters": "no_number"}
# -     "conv 2": ((13, 13, 128), 73_856),
# +     "conv 2": (float("nan"), float("nan")),

# %% wrong="an empty dict" loses={"old-cnn-shapes": "other_layers", "old-cnn-parameters": "other_layers"}
old_cnn = {}

# %% wrong="not written" loses={"old-cnn-shapes": "error", "old-cnn-parameters": "error"}
raise NotImplementedError()

# %% [raw] wrong="another name" loses={"old-cnn-shapes": "missing", "old-cnn-parameters": "missing"}
# - old_cnn = {
# + old_net = {

# %% [raw] wrong="a syntax error" loses={"old-cnn-shapes": "error", "old-cnn-parameters": "error"}
# -     "pool 1": ((15, 15, 64), 0),
# +     "pool 1": ((15, 15, 64), 0,
