# %% [markdown]
# Answers to the item `shapes`.

# %% [raw] right="lists, and NumPy integers"
# - height - lost, width - lost, filters
# + [height - lost, width - lost, filters]
# - height // size, width // size, channels
# + list(np.array(shape) // np.array([size, size, 1]))
# - (kernel * kernel * channels + 1) * filters
# + np.int64(kernel * kernel * channels * filters + filters)
# - (inputs + 1) * units
# + np.zeros((inputs + 1, units)).size

# %% [raw] right="arrays, and floats that are whole, with a note on standard error"
# - def conv_output_shape
# + import sys
# +
# +
# + def conv_output_shape
# - height - lost, width - lost, filters
# + np.array([height - lost, width - lost, filters])
# - height // size, width // size, channels
# + np.floor(height / size), np.floor(width / size), channels
# -     return (kernel * kernel * channels + 1) * filters
# +     print(kernel, file=sys.stderr)
# +     return float(filters * (channels * kernel**2 + 1))
# - (inputs + 1) * units
# + (inputs + 1.0) * units

# %% [raw] right="Keras is asked"
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     layer = keras.layers.Conv2D(filters, kernel, padding=padding)
# +     return layer.compute_output_shape((1, *shape))[1:]
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return keras.layers.MaxPooling2D(size)(keras.Input(shape)).shape[1:]
# +
# +
# + def count(layer, shape):
# +     """How many parameters a layer has on inputs of this shape."""
# +     layer.build((None, *shape))
# +     return layer.count_params()
# - (kernel * kernel * channels + 1) * filters
# + count(keras.layers.Conv2D(filters, kernel), (kernel, kernel, channels))
# - (inputs + 1) * units
# + count(keras.layers.Dense(units), (inputs,))

# %% [raw] right="a recursion, divmod and a named tuple"
# - def conv_output_shape(shape, filters, kernel, padding):
# + from typing import NamedTuple
# +
# +
# + class Shape(NamedTuple):
# +     height: int
# +     width: int
# +     channels: int
# +
# +
# + def conv_output_shape(shape: Shape, filters: int, kernel: int, padding: str) -> Shape:
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     if padding == "same" or kernel == 1:
# +         return Shape(height, width, filters)
# +     return conv_output_shape((height - 1, width - 1, 1), filters, kernel - 1, padding)
# - height // size, width // size, channels
# + Shape(divmod(height, size)[0], divmod(width, size)[0], channels)
# - (kernel * kernel * channels + 1) * filters
# + dense_parameters(kernel * kernel * channels, filters)

# %% right="lambdas, a warning and a magic"
%matplotlib inline
import math
import warnings

warnings.warn("padding is compared with its first letter", stacklevel=1)
conv_output_shape = lambda shape, filters, kernel, padding: (
    *(side - (kernel - 1) * padding.startswith("v") for side in shape[:-1]),
    filters,
)
pool_output_shape = lambda shape, size: (
    math.floor((shape[0] - size) / size + 1),
    int((shape[1] - size) / size) + 1,
    shape[2],
)
conv_parameters = lambda channels, filters, kernel: filters * (channels * kernel**2 + 1)
dense_parameters = lambda inputs, units: math.prod((inputs + 1, units))
%timeit -n 10 -r 1 conv_parameters(3, 64, 3)

# %% [raw] wrong="the padding is not looked at" loses={"shapes-conv": "padding"}
# - kernel - 1 if padding == "valid" else 0
# + 0

# %% [raw] wrong="valid for both paddings" loses={"shapes-conv": "padding"}
# -  if padding == "valid" else 0

# %% [raw] wrong="the whole kernel is lost" loses={"shapes-conv": "whole_kernel"}
# - kernel - 1
# + kernel

# %% [raw] wrong="twice half the kernel is lost" loses={"shapes-conv": "whole_kernel"}
# - kernel - 1
# + 2 * (kernel // 2)

# %% [raw] wrong="channels of the input are kept" loses={"shapes-conv": "input_channels"}
# - width - lost, filters
# + width - lost, shape[2]

# %% [raw] wrong="channels times filters" loses={"shapes-conv": "formula"}
# - width - lost, filters
# + width - lost, shape[2] * filters

# %% [raw] wrong="height and width are exchanged" loses={"shapes-conv": "sides_exchanged"}
# - height, width, _
# + width, height, _

# %% [raw] wrong="the map is square" loses={"shapes-conv": "formula"}
# - width - lost
# + height - lost

# %% [raw] wrong="the number of examples in front" loses={"shapes-conv": "no_tuple"}
# - return height - lost
# + return None, height - lost

# %% [raw] wrong="one side only" loses={"shapes-conv": "no_tuple"}
# - , width - lost, filters

# %% [raw] wrong="a helper is missing" loses={"shapes-conv": "crash"}
# - return height - lost, width - lost, filters
# + return jnp.array([height - lost, width - lost, filters])

# %% [raw] wrong="rounded up" loses={"shapes-pool": "rounded_up"}
# - height // size, width // size
# + -(-height // size), -(-width // size)

# %% [raw] wrong="rounded to the nearest" loses={"shapes-pool": "rounded_up"}
# - height // size, width // size
# + round(height / size), round(width / size)

# %% [raw] wrong="not rounded" loses={"shapes-pool": "not_whole"}
# - height // size, width // size
# + height / size, width / size

# %% [raw] wrong="the window moves by one pixel" loses={"shapes-pool": "one_pixel"}
# - height // size, width // size
# + height - size + 1, width - size + 1

# %% [raw] wrong="the channels are pooled" loses={"shapes-pool": "pooled_channels"}
# - width // size, channels
# + width // size, channels // size

# %% [raw] wrong="the window is always 2" loses={"shapes-pool": "formula"}
# - height // size, width // size
# + height // 2, width // 2

# %% [raw] wrong="divided by the area of the window" loses={"shapes-pool": "formula"}
# - height // size, width // size
# + height // size**2, width // size**2

# %% [raw] wrong="no channels" loses={"shapes-pool": "no_tuple"}
# - width // size, channels
# + width // size

# %% [raw] wrong="the shape is assigned to" loses={"shapes-pool": "crash"}
# - height, width, channels = shape
# + shape[0] //= size

# %% [raw] wrong="the biases of a convolution are missing" loses={"shapes-conv-parameters": "no_biases"}
# - channels + 1
# + channels

# %% [raw] wrong="one channel a filter" loses={"shapes-conv-parameters": "one_channel"}
# - kernel * kernel * channels
# + kernel * kernel

# %% [raw] wrong="a kernel of one side" loses={"shapes-conv-parameters": "one_side"}
# - kernel * kernel * channels
# + kernel * channels

# %% [raw] wrong="one bias a convolution" loses={"shapes-conv-parameters": "one_bias"}
# - channels + 1) * filters
# + channels) * filters + 1

# %% [raw] wrong="a bias for each channel" loses={"shapes-conv-parameters": "bias_a_channel"}
# - channels + 1) * filters
# + channels) * filters + channels

# %% [raw] wrong="a bias for each channel of each filter" loses={"shapes-conv-parameters": "formula"}
# - channels + 1) * filters
# + channels + channels) * filters

# %% [raw] wrong="a kernel of 3 by 3" loses={"shapes-conv-parameters": "formula"}
# - kernel * kernel * channels
# + 9 * channels

# %% [raw] wrong="the number of parameters is printed" loses={"shapes-conv-parameters": "no_number"}
# - return (kernel * kernel * channels + 1) * filters
# + print((kernel * kernel * channels + 1) * filters)

# %% [raw] wrong="one name is missing" loses={"shapes-conv-parameters": "missing"}
# - conv_parameters
# + convolution_parameters

# %% [raw] wrong="the biases of a Dense layer are missing" loses={"shapes-dense-parameters": "no_biases"}
# - inputs + 1
# + inputs

# %% [raw] wrong="a bias for each input" loses={"shapes-dense-parameters": "bias_an_input"}
# - (inputs + 1) * units
# + inputs * units + inputs

# %% [raw] wrong="one bias a layer" loses={"shapes-dense-parameters": "one_bias"}
# - (inputs + 1) * units
# + inputs * units + 1

# %% [raw] wrong="inputs and units are added" loses={"shapes-dense-parameters": "formula"}
# - (inputs + 1) * units
# + inputs + units

# %% [raw] wrong="text" loses={"shapes-dense-parameters": "no_number"}
# - (inputs + 1) * units
# + f"{(inputs + 1) * units:,}"

# %% [raw] wrong="the parameters are not written" loses={"shapes-conv-parameters": "unwritten", "shapes-dense-parameters": "unwritten"}
# - return (kernel * kernel * channels + 1) * filters
# + raise NotImplementedError()
# - return (inputs + 1) * units
# + raise NotImplementedError()

# %% [raw] wrong="not written" loses={"shapes-conv": "unwritten", "shapes-pool": "unwritten", "shapes-conv-parameters": "unwritten", "shapes-dense-parameters": "unwritten"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     raise NotImplementedError()
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     raise NotImplementedError()
# - return (kernel * kernel * channels + 1) * filters
# + raise NotImplementedError()
# - return (inputs + 1) * units
# + raise NotImplementedError()

# %% [raw] wrong="a syntax error" loses={"shapes-conv": "error", "shapes-pool": "error", "shapes-conv-parameters": "error", "shapes-dense-parameters": "error"}
# - (inputs + 1)
# + (inputs + 1))
