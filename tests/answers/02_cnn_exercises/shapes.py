# %% [markdown]
# Answers to the item `shapes`.

# %% right="lists, and NumPy integers"
import numpy as np


def conv_output_shape(shape, filters, kernel, padding):
    lost = {"valid": kernel - 1, "same": 0}[padding]
    return [shape[0] - lost, shape[1] - lost, filters]


def pool_output_shape(shape, size):
    return list(np.array(shape) // np.array([size, size, 1]))


def conv_parameters(channels, filters, kernel):
    return np.int64(kernel * kernel * channels * filters + filters)


def dense_parameters(inputs, units):
    return np.zeros((inputs + 1, units)).size


# %% right="arrays, and floats that are whole"
import numpy as np


def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return np.array([shape[0] - lost, shape[1] - lost, filters])


def pool_output_shape(shape, size):
    return np.floor(shape[0] / size), np.floor(shape[1] / size), shape[2]


def conv_parameters(channels, filters, kernel):
    return float(filters * (channels * kernel**2 + 1))


def dense_parameters(inputs, units):
    return (inputs + 1.0) * units


# %% right="Keras is asked"
def conv_output_shape(shape, filters, kernel, padding):
    layer = keras.layers.Conv2D(filters, kernel, padding=padding)
    return layer.compute_output_shape((1, *shape))[1:]


def pool_output_shape(shape, size):
    return keras.layers.MaxPooling2D(size)(keras.Input(shape)).shape[1:]


def count(layer, shape):
    """How many parameters a layer has on inputs of this shape."""
    layer.build((None, *shape))
    return layer.count_params()


def conv_parameters(channels, filters, kernel):
    return count(keras.layers.Conv2D(filters, kernel), (kernel, kernel, channels))


def dense_parameters(inputs, units):
    return count(keras.layers.Dense(units), (inputs,))


# %% right="positions of the window are counted, with a note on standard error"
import sys


def positions(side, window, step):
    """At how many places a window fits on a side."""
    return len(range(0, side - window + 1, step))


def conv_output_shape(shape, filters, kernel, padding):
    print(f"{kernel} x {kernel} on {shape}, {padding}", file=sys.stderr)
    if padding == "same":
        return (*shape[:2], filters)
    return positions(shape[0], kernel, 1), positions(shape[1], kernel, 1), filters


def pool_output_shape(shape, size):
    return (*(positions(side, size, size) for side in shape[:2]), shape[2])


def conv_parameters(channels, filters, kernel):
    return sum(1 + channels * kernel * kernel for _ in range(filters))


def dense_parameters(inputs, units):
    weights, biases = inputs * units, units
    return weights + biases


# %% right="a recursion, divmod and a named tuple"
from typing import NamedTuple


class Shape(NamedTuple):
    height: int
    width: int
    channels: int


def conv_output_shape(
    shape: tuple[int, int, int], filters: int, kernel: int, padding: str
) -> tuple[int, int, int]:
    """Each further row and column of the kernel takes one row and one column away."""
    if padding == "same" or kernel == 1:
        return Shape(shape[0], shape[1], filters)
    return conv_output_shape((shape[0] - 1, shape[1] - 1, shape[2]), filters, kernel - 1, padding)


def pool_output_shape(shape, size):
    rows, _ = divmod(shape[0], size)
    columns, _ = divmod(shape[1], size)
    return Shape(rows, columns, shape[2])


def conv_parameters(channels, filters, kernel):
    return dense_parameters(kernel * kernel * channels, filters)


def dense_parameters(inputs, units):
    return inputs * units + units


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

# %% wrong="the padding is not looked at" loses=["shapes-conv"] says=["not looked at"]
def conv_output_shape(shape, filters, kernel, padding):
    return shape[0], shape[1], filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="valid for both paddings" loses=["shapes-conv"] says=["the padding is not looked at"]
def conv_output_shape(shape, filters, kernel, padding):
    return shape[0] - kernel + 1, shape[1] - kernel + 1, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="valid and same are exchanged" loses=["shapes-conv"] says=["exchanged"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "same" else 0
    return shape[0] - lost, shape[1] - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the whole kernel is lost" loses=["shapes-conv"] says=["k - 1 times"]
def conv_output_shape(shape, filters, kernel, padding):
    if padding == "same":
        return shape[0], shape[1], filters
    return shape[0] - kernel, shape[1] - kernel, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="half the kernel is lost" loses=["shapes-conv"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    if padding == "same":
        return shape[0], shape[1], filters
    return shape[0] - kernel // 2, shape[1] - kernel // 2, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="twice half the kernel is lost" loses=["shapes-conv"] says=["kernel 2"]
def conv_output_shape(shape, filters, kernel, padding):
    if padding == "same":
        return shape[0], shape[1], filters
    lost = 2 * (kernel // 2)
    return shape[0] - lost, shape[1] - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the map grows" loses=["shapes-conv"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    if padding == "same":
        return shape[0], shape[1], filters
    return shape[0] + kernel - 1, shape[1] + kernel - 1, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the kernel is always 3" loses=["shapes-conv"] says=["kernel 1"]
def conv_output_shape(shape, filters, kernel, padding):
    if padding == "same":
        return shape[0], shape[1], filters
    return shape[0] - 2, shape[1] - 2, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="channels of the input are kept" loses=["shapes-conv"] says=["one map a filter"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return shape[0] - lost, shape[1] - lost, shape[2]


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="channels times filters" loses=["shapes-conv"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return shape[0] - lost, shape[1] - lost, shape[2] * filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="height and width are exchanged" loses=["shapes-conv"] says=["height and width are exchanged"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return shape[1] - lost, shape[0] - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the map is square" loses=["shapes-conv"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    side = shape[0] - (kernel - 1 if padding == "valid" else 0)
    return side, side, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the number of examples in front" loses=["shapes-conv"] says=["number of examples"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return None, shape[0] - lost, shape[1] - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="one side only" loses=["shapes-conv"] says=["a tuple (height, width, channels)"]
def conv_output_shape(shape, filters, kernel, padding):
    return shape[0] - (kernel - 1 if padding == "valid" else 0)


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="nothing is returned for valid" loses=["shapes-conv"] says=["found:    None"]
def conv_output_shape(shape, filters, kernel, padding):
    if padding == "same":
        return shape[0], shape[1], filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the convolution is not written" loses=["shapes-conv"] says=["not written yet"]
def conv_output_shape(shape, filters, kernel, padding):
    """The shape (height, width, channels) behind a convolution with stride 1."""
    raise NotImplementedError()


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="rounded up" loses=["shapes-pool"] says=["rounded up"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return -(-shape[0] // size), -(-shape[1] // size), shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="rounded to the nearest" loses=["shapes-pool"] says=["for ("]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return round(shape[0] / size), round(shape[1] / size), shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="not rounded" loses=["shapes-pool"] says=["rounds down"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return shape[0] / size, shape[1] / size, shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the window moves by one pixel" loses=["shapes-pool"] says=["own size"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return shape[0] - size + 1, shape[1] - size + 1, shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the channels are pooled" loses=["shapes-pool"] says=["channels are pooled"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return tuple(side // size for side in shape)


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the window is always 2" loses=["shapes-pool"] says=["size 1"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return shape[0] // 2, shape[1] // 2, shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="divided by the area of the window" loses=["shapes-pool"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return shape[0] // size**2, shape[1] // size**2, shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the last window is left out" loses=["shapes-pool"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return (shape[0] - size) // size, (shape[1] - size) // size, shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="no channels" loses=["shapes-pool"] says=["an axis was left out"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    return shape[0] // size, shape[1] // size


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the shape is assigned to" loses=["shapes-pool"] says=["TypeError"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    shape[0] //= size
    shape[1] //= size
    return shape


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the biases of a convolution are missing" loses=["shapes-conv-parameters"] says=["biases are missing"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return channels * filters * kernel * kernel


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="one channel a filter" loses=["shapes-conv-parameters"] says=["spans all channels"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return filters * kernel * kernel + filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="a kernel of one side" loses=["shapes-conv-parameters"] says=["two sides"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return filters * kernel * channels + filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="one bias a convolution" loses=["shapes-conv-parameters"] says=["each filter"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return channels * filters * kernel * kernel + 1


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="a bias for each channel" loses=["shapes-conv-parameters"] says=["not to each channel of the input"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return channels * filters * kernel * kernel + channels


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="a bias for each channel of each filter" loses=["shapes-conv-parameters"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return channels * filters * (kernel * kernel + 1)


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="a kernel of 3 by 3" loses=["shapes-conv-parameters"] says=["kernel 1"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (9 * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the number of parameters is printed" loses=["shapes-conv-parameters"] says=["found:    None"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    print((kernel * kernel * channels + 1) * filters)


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="the biases of a Dense layer are missing" loses=["shapes-dense-parameters"] says=["biases are missing"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return inputs * units


# %% wrong="a bias for each input" loses=["shapes-dense-parameters"] says=["not to each input"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return inputs * units + inputs


# %% wrong="one bias a layer" loses=["shapes-dense-parameters"] says=["not one to the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return inputs * units + 1


# %% wrong="inputs and units are added" loses=["shapes-dense-parameters"] says=["the formula does not follow the layer"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return inputs + units


# %% wrong="text" loses=["shapes-dense-parameters"] says=["one finite number"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return f"{(inputs + 1) * units:,}"


# %% wrong="the layer is returned" loses=["shapes-dense-parameters"] says=["an object of type Dense"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    layer = keras.layers.Dense(units)
    layer.build((None, inputs))
    return layer


# %% wrong="no biases at all" loses=["shapes-conv-parameters", "shapes-dense-parameters"] says=["one a filter", "one a unit"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return kernel * kernel * channels * filters


def dense_parameters(inputs, units):
    return inputs * units


# %% wrong="divisions with a point" loses=["shapes-pool"] says=["`//` rounds down"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel / 1 - 1 if padding == "valid" else 0
    return shape[0] - lost, shape[1] - lost, filters


def pool_output_shape(shape, size):
    return shape[0] / size, shape[1] / size, shape[2]


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="one name is missing" loses=["shapes-conv-parameters"] says=["name 'conv_parameters' is not defined"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def convolution_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="a helper is missing" loses=["shapes-conv", "shapes-pool"] says=["NameError: name 'jnp' is not defined"]
def conv_output_shape(shape, filters, kernel, padding):
    lost = kernel - 1 if padding == "valid" else 0
    return jnp.array([shape[0] - lost, shape[1] - lost, filters])


def pool_output_shape(shape, size):
    return jnp.floor_divide(shape, [size, size, 1])


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1) * units


# %% wrong="not written" loses=["shapes-conv", "shapes-pool", "shapes-conv-parameters", "shapes-dense-parameters"] says=["not written yet"]
def conv_output_shape(shape, filters, kernel, padding):
    raise NotImplementedError()


def pool_output_shape(shape, size):
    raise NotImplementedError()


def conv_parameters(channels, filters, kernel):
    raise NotImplementedError()


def dense_parameters(inputs, units):
    raise NotImplementedError()


# %% wrong="the parameters are not written" loses=["shapes-conv-parameters", "shapes-dense-parameters"] says=["not written yet"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    raise NotImplementedError()


def dense_parameters(inputs, units):
    raise NotImplementedError()


# %% wrong="a syntax error" loses=["shapes-conv", "shapes-pool", "shapes-conv-parameters", "shapes-dense-parameters"] says=["is not defined"]
def conv_output_shape(shape, filters, kernel, padding):
    height, width, _ = shape
    lost = kernel - 1 if padding == "valid" else 0
    return height - lost, width - lost, filters


def pool_output_shape(shape, size):
    height, width, channels = shape
    return height // size, width // size, channels


def conv_parameters(channels, filters, kernel):
    return (kernel * kernel * channels + 1) * filters


def dense_parameters(inputs, units):
    return (inputs + 1)) * units
