# %% [markdown]
# Answers to the item `shapes`.

# %% [raw] right="lists, and NumPy integers"
# - def conv_output_shape(shape, filters, kernel, padding):
# + import numpy as np
# +
# +
# + def conv_output_shape(shape, filters, kernel, padding):
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     lost = {"valid": kernel - 1, "same": 0}[padding]
# +     return [shape[0] - lost, shape[1] - lost, filters]
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return list(np.array(shape) // np.array([size, size, 1]))
# -     return (kernel * kernel * channels + 1) * filters
# +     return np.int64(kernel * kernel * channels * filters + filters)
# -     return (inputs + 1) * units
# +     return np.zeros((inputs + 1, units)).size

# %% [raw] right="arrays, and floats that are whole"
# - def conv_output_shape(shape, filters, kernel, padding):
# + import numpy as np
# +
# +
# + def conv_output_shape(shape, filters, kernel, padding):
# -     height, width, _ = shape
#
# -     return height - lost, width - lost, filters
# +     return np.array([shape[0] - lost, shape[1] - lost, filters])
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return np.floor(shape[0] / size), np.floor(shape[1] / size), shape[2]
# -     return (kernel * kernel * channels + 1) * filters
# +     return float(filters * (channels * kernel**2 + 1))
# -     return (inputs + 1) * units
# +     return (inputs + 1.0) * units

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
# -     return (kernel * kernel * channels + 1) * filters
# +     return count(keras.layers.Conv2D(filters, kernel), (kernel, kernel, channels))
# -     return (inputs + 1) * units
# +     return count(keras.layers.Dense(units), (inputs,))

# %% [raw] right="positions of the window are counted, with a note on standard error"
# - def conv_output_shape(shape, filters, kernel, padding):
# + import sys
# +
# +
# + def positions(side, window, step):
# +     """At how many places a window fits on a side."""
# +     return len(range(0, side - window + 1, step))
# +
# +
# + def conv_output_shape(shape, filters, kernel, padding):
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     print(f"{kernel} x {kernel} on {shape}, {padding}", file=sys.stderr)
# +     if padding == "same":
# +         return (*shape[:2], filters)
# +     return positions(shape[0], kernel, 1), positions(shape[1], kernel, 1), filters
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return (*(positions(side, size, size) for side in shape[:2]), shape[2])
# -     return (kernel * kernel * channels + 1) * filters
# +     return sum(1 + channels * kernel * kernel for _ in range(filters))
# -     return (inputs + 1) * units
# +     weights, biases = inputs * units, units
# +     return weights + biases

# %% [raw] right="a recursion, divmod and a named tuple"
# - def conv_output_shape(shape, filters, kernel, padding):
# -     """The shape (height, width, channels) behind a convolution with stride 1."""
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# + from typing import NamedTuple
# +
# +
# + class Shape(NamedTuple):
# +     height: int
# +     width: int
# +     channels: int
# +
# +
# + def conv_output_shape(
# +     shape: tuple[int, int, int], filters: int, kernel: int, padding: str
# + ) -> tuple[int, int, int]:
# +     """Each further row and column of the kernel takes one row and one column away."""
# +     if padding == "same" or kernel == 1:
# +         return Shape(shape[0], shape[1], filters)
# +     return conv_output_shape((shape[0] - 1, shape[1] - 1, shape[2]), filters, kernel - 1, padding)
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     rows, _ = divmod(shape[0], size)
# +     columns, _ = divmod(shape[1], size)
# +     return Shape(rows, columns, shape[2])
# -     return (kernel * kernel * channels + 1) * filters
# +     return dense_parameters(kernel * kernel * channels, filters)
# -     return (inputs + 1) * units
# +     return inputs * units + units

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
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     return shape[0], shape[1], filters

# %% [raw] wrong="valid for both paddings" loses={"shapes-conv": "padding"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     return shape[0] - kernel + 1, shape[1] - kernel + 1, filters

# %% [raw] wrong="the whole kernel is lost" loses={"shapes-conv": "whole_kernel"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     if padding == "same":
# +         return shape[0], shape[1], filters
# +     return shape[0] - kernel, shape[1] - kernel, filters

# %% [raw] wrong="twice half the kernel is lost" loses={"shapes-conv": "whole_kernel"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     if padding == "same":
# +         return shape[0], shape[1], filters
# +     lost = 2 * (kernel // 2)
# +     return shape[0] - lost, shape[1] - lost, filters

# %% [raw] wrong="channels of the input are kept" loses={"shapes-conv": "input_channels"}
# -     height, width, _ = shape
#
# -     return height - lost, width - lost, filters
# +     return shape[0] - lost, shape[1] - lost, shape[2]

# %% [raw] wrong="channels times filters" loses={"shapes-conv": "formula"}
# -     height, width, _ = shape
#
# -     return height - lost, width - lost, filters
# +     return shape[0] - lost, shape[1] - lost, shape[2] * filters

# %% [raw] wrong="height and width are exchanged" loses={"shapes-conv": "sides_exchanged"}
# -     height, width, _ = shape
#
# -     return height - lost, width - lost, filters
# +     return shape[1] - lost, shape[0] - lost, filters

# %% [raw] wrong="the map is square" loses={"shapes-conv": "formula"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     side = shape[0] - (kernel - 1 if padding == "valid" else 0)
# +     return side, side, filters

# %% [raw] wrong="the number of examples in front" loses={"shapes-conv": "no_tuple"}
# -     height, width, _ = shape
#
# -     return height - lost, width - lost, filters
# +     return None, shape[0] - lost, shape[1] - lost, filters

# %% [raw] wrong="one side only" loses={"shapes-conv": "no_tuple"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     return shape[0] - (kernel - 1 if padding == "valid" else 0)

# %% [raw] wrong="the convolution is not written" loses={"shapes-conv": "unwritten"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     raise NotImplementedError()

# %% [raw] wrong="rounded up" loses={"shapes-pool": "rounded_up"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return -(-shape[0] // size), -(-shape[1] // size), shape[2]

# %% [raw] wrong="rounded to the nearest" loses={"shapes-pool": "rounded_up"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return round(shape[0] / size), round(shape[1] / size), shape[2]

# %% [raw] wrong="not rounded" loses={"shapes-pool": "not_whole"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return shape[0] / size, shape[1] / size, shape[2]

# %% [raw] wrong="the window moves by one pixel" loses={"shapes-pool": "one_pixel"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return shape[0] - size + 1, shape[1] - size + 1, shape[2]

# %% [raw] wrong="the channels are pooled" loses={"shapes-pool": "pooled_channels"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return tuple(side // size for side in shape)

# %% [raw] wrong="the window is always 2" loses={"shapes-pool": "formula"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return shape[0] // 2, shape[1] // 2, shape[2]

# %% [raw] wrong="divided by the area of the window" loses={"shapes-pool": "formula"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return shape[0] // size**2, shape[1] // size**2, shape[2]

# %% [raw] wrong="no channels" loses={"shapes-pool": "no_tuple"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return shape[0] // size, shape[1] // size

# %% [raw] wrong="the shape is assigned to" loses={"shapes-pool": "crash"}
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     shape[0] //= size
# +     shape[1] //= size
# +     return shape

# %% [raw] wrong="the biases of a convolution are missing" loses={"shapes-conv-parameters": "no_biases"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return channels * filters * kernel * kernel

# %% [raw] wrong="one channel a filter" loses={"shapes-conv-parameters": "one_channel"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return filters * kernel * kernel + filters

# %% [raw] wrong="a kernel of one side" loses={"shapes-conv-parameters": "one_side"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return filters * kernel * channels + filters

# %% [raw] wrong="one bias a convolution" loses={"shapes-conv-parameters": "one_bias"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return channels * filters * kernel * kernel + 1

# %% [raw] wrong="a bias for each channel" loses={"shapes-conv-parameters": "bias_a_channel"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return channels * filters * kernel * kernel + channels

# %% [raw] wrong="a bias for each channel of each filter" loses={"shapes-conv-parameters": "formula"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return channels * filters * (kernel * kernel + 1)

# %% [raw] wrong="a kernel of 3 by 3" loses={"shapes-conv-parameters": "formula"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return (9 * channels + 1) * filters

# %% [raw] wrong="the number of parameters is printed" loses={"shapes-conv-parameters": "no_number"}
# -     return (kernel * kernel * channels + 1) * filters
# +     print((kernel * kernel * channels + 1) * filters)

# %% [raw] wrong="the biases of a Dense layer are missing" loses={"shapes-dense-parameters": "no_biases"}
# -     return (inputs + 1) * units
# +     return inputs * units

# %% [raw] wrong="a bias for each input" loses={"shapes-dense-parameters": "bias_an_input"}
# -     return (inputs + 1) * units
# +     return inputs * units + inputs

# %% [raw] wrong="one bias a layer" loses={"shapes-dense-parameters": "one_bias"}
# -     return (inputs + 1) * units
# +     return inputs * units + 1

# %% [raw] wrong="inputs and units are added" loses={"shapes-dense-parameters": "formula"}
# -     return (inputs + 1) * units
# +     return inputs + units

# %% [raw] wrong="text" loses={"shapes-dense-parameters": "no_number"}
# -     return (inputs + 1) * units
# +     return f"{(inputs + 1) * units:,}"

# %% [raw] wrong="the layer is returned" loses={"shapes-dense-parameters": "no_number"}
# -     return (inputs + 1) * units
# +     layer = keras.layers.Dense(units)
# +     layer.build((None, inputs))
# +     return layer

# %% [raw] wrong="no biases at all" loses={"shapes-conv-parameters": "no_biases", "shapes-dense-parameters": "no_biases"}
# -     return (kernel * kernel * channels + 1) * filters
# +     return kernel * kernel * channels * filters
# -     return (inputs + 1) * units
# +     return inputs * units

# %% [raw] wrong="divisions with a point" loses={"shapes-pool": "not_whole"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     lost = kernel / 1 - 1 if padding == "valid" else 0
# +     return shape[0] - lost, shape[1] - lost, filters
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return shape[0] / size, shape[1] / size, shape[2]

# %% [raw] wrong="one name is missing" loses={"shapes-conv-parameters": "missing"}
# - def conv_parameters(channels, filters, kernel):
# + def convolution_parameters(channels, filters, kernel):

# %% [raw] wrong="a helper is missing" loses={"shapes-conv": "crash", "shapes-pool": "crash"}
# -     height, width, _ = shape
#
# -     return height - lost, width - lost, filters
# +     return jnp.array([shape[0] - lost, shape[1] - lost, filters])
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     return jnp.floor_divide(shape, [size, size, 1])

# %% [raw] wrong="not written" loses={"shapes-conv": "unwritten", "shapes-pool": "unwritten", "shapes-conv-parameters": "unwritten", "shapes-dense-parameters": "unwritten"}
# -     height, width, _ = shape
# -     lost = kernel - 1 if padding == "valid" else 0
# -     return height - lost, width - lost, filters
# +     raise NotImplementedError()
# -     height, width, channels = shape
# -     return height // size, width // size, channels
# +     raise NotImplementedError()
# -     return (kernel * kernel * channels + 1) * filters
# +     raise NotImplementedError()
# -     return (inputs + 1) * units
# +     raise NotImplementedError()

# %% [raw] wrong="the parameters are not written" loses={"shapes-conv-parameters": "unwritten", "shapes-dense-parameters": "unwritten"}
# -     return (kernel * kernel * channels + 1) * filters
# +     raise NotImplementedError()
# -     return (inputs + 1) * units
# +     raise NotImplementedError()

# %% [raw] wrong="a syntax error" loses={"shapes-conv": "error", "shapes-pool": "error", "shapes-conv-parameters": "error", "shapes-dense-parameters": "error"}
# -     """The shape (height, width, channels) behind a convolution with stride 1."""
#
# -     """The shape (height, width, channels) behind a max pooling."""
#
# -     """How many weights and biases a convolution has."""
#
# -     """How many weights and biases a Dense layer has."""
# -     return (inputs + 1) * units
# +     return (inputs + 1)) * units
