# %% [markdown]
# Answers to the item `spatial`.

# %% right="Generator.binomial"
def spatial_dropout_forward(x, rate, training, generator):
    rate = rate if training else 0.0
    kept = generator.binomial(1, 1 - rate, size=(len(x), x.shape[-1]))[:, None, None]
    return (x * kept / (1 - rate)).astype(x.dtype)


# %% right="a loop over the maps"
def spatial_dropout_forward(x, rate, training, generator):
    y = x.copy()
    if training and rate:
        for n in range(x.shape[0]):
            for c in range(x.shape[3]):
                y[n, :, :, c] *= (generator.random() >= rate) / (1 - rate)
    return y


# %% right="draws repeated over the pixels"
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x
    kept = generator.uniform(size=(x.shape[0], x.shape[3])) < 1 - rate
    kept = np.repeat(np.repeat(kept[:, None, None], x.shape[1], 1), x.shape[2], 2)
    return np.where(kept, x / (1 - rate), 0).astype(x.dtype)


# %% right="Keras's layer, seeded by the generator"
def spatial_dropout_forward(x, rate, training, generator):
    """The layer of Keras, whose seed is drawn from the generator."""
    seed = int(generator.integers(2**31))
    layer = keras.layers.SpatialDropout2D(rate, seed=seed, dtype=x.dtype.name)
    return keras.ops.convert_to_numpy(layer(x, training=training))


# %% right="zeros assigned to transposed maps, with a warning"
import warnings

import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    y = x / (1 - rate) if training else x.copy()
    if training:
        dropped = generator.choice([True, False], p=[rate, 1 - rate], size=(len(x), x.shape[-1]))
        np.moveaxis(y, -1, 1)[dropped] = 0
    else:
        warnings.warn("nothing is dropped", stacklevel=2)
    return y


# %% right="einsum, with draws of float32"
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    draws = generator.random((x.shape[0], x.shape[3]), dtype=np.float32)
    scale = (draws >= rate) / (1 - rate) if training else np.ones(draws.shape)
    return np.einsum("nhwc,nc->nhwc", x, scale.astype(x.dtype))


# %% right="plain dropout of maps of one pixel"
import numpy as np


def keep(shape, rate, generator):
    """Which values of an array of this shape are kept."""
    return np.logical_not(generator.random(shape) < rate)


def spatial_dropout_forward(x: np.ndarray, rate: float, training: bool, generator) -> np.ndarray:
    if training:
        first_pixel = x[:, :1, :1, :]
        return np.multiply(x, keep(first_pixel.shape, rate, generator)) / (1 - rate)
    return +x


# %% right="a progress bar and a note on standard error"
import sys

import numpy as np
from tqdm import tqdm


def spatial_dropout_forward(x, rate, training, generator):
    if not training or rate == 0:
        print("nothing is dropped", file=sys.stderr)
        return x.copy()
    y = np.zeros_like(x)
    for channel in tqdm(range(x.shape[-1])):
        kept = generator.random(len(x)) > rate
        y[kept, ..., channel] = x[kept, ..., channel] / (1 - rate)
    return y


# %% wrong="a draw for each pixel" loses=["spatial-maps"] says=["a draw is made for each pixel"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random(x.shape) >= rate
    return x * kept / (1 - rate)


# %% wrong="a draw for each row of a map" loses=["spatial-maps"] says=["each row"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, height, 1, channels)) >= rate
    return x * kept / (1 - rate)


# %% wrong="a draw for each column of a map" loses=["spatial-maps"] says=["each column"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, 1, width, channels)) >= rate
    return x * kept / (1 - rate)


# %% wrong="places are dropped with all channels" loses=["spatial-maps", "spatial-independence"] says=["all their channels"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, height, width, 1)) >= rate
    return x * kept / (1 - rate)


# %% wrong="shared by the examples" loses=["spatial-independence"] says=["shared by all examples"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((1, 1, 1, channels)) >= rate
    return x * kept / (1 - rate)


# %% wrong="a draw for each channel only" loses=["spatial-independence"] says=["a draw for each example and each feature"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random(channels) >= rate
    return x * kept / (1 - rate)


# %% wrong="whole examples are dropped" loses=["spatial-independence"] says=["shared by all features"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, 1, 1, 1)) >= rate
    return x * kept / (1 - rate)


# %% wrong="channels are looked for in the second place" loses=["spatial-maps", "spatial-independence"] says=["places are dropped with all their channels"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, channels = x.shape[:2]
    kept = generator.random((examples, channels, 1, 1)) >= rate
    return x * kept / (1 - rate)


# %% wrong="the mask does not fit the maps" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["could not be broadcast", "the maps that are returned have the shape"]
def spatial_dropout_forward(x, rate, training, generator):
    rate = rate if training else 0.0
    kept = generator.random((x.shape[0], x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="one draw for all maps" loses=["spatial-maps", "spatial-values", "spatial-fraction", "spatial-independence", "spatial-generator"] says=["nothing is dropped, or everything is"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    kept = generator.random() >= rate
    return x * kept / (1 - rate)


# %% wrong="survivors are not scaled" loses=["spatial-maps", "spatial-values"] says=["not scaled"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, 1, 1, channels)) >= rate
    return x * kept


# %% wrong="multiplied by the keep-probability" loses=["spatial-maps", "spatial-values"] says=["multiplied by the keep-probability"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, 1, 1, channels)) >= rate
    return x * kept * (1 - rate)


# %% wrong="multiplied by the rate" loses=["spatial-maps", "spatial-values", "spatial-identity"] says=["multiplied by the probability of dropping"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, 1, 1, channels)) >= rate
    return x * kept * rate


# %% wrong="divided by the rate" loses=["spatial-maps", "spatial-values", "spatial-identity"] says=["divided by the probability of dropping"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    examples, height, width, channels = x.shape
    kept = generator.random((examples, 1, 1, channels)) >= rate
    return x * kept / rate


# %% wrong="the original scaling, at inference" loses=["spatial-maps", "spatial-values", "spatial-identity"] says=["still scaled"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x * (1 - rate)
    return x * (generator.random((x.shape[0], 1, 1, x.shape[3])) >= rate)


# %% wrong="the keep-probability is the threshold" loses=["spatial-maps", "spatial-identity", "spatial-fraction"] says=["probability of keeping"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= 1 - rate
    return x * kept / (1 - rate)


# %% wrong="the rate is hard-coded" loses=["spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction"] says=["at rate 0.2"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= 0.5
    return x * kept / 0.5


# %% wrong="rate 0 gives zeros" loses=["spatial-maps", "spatial-identity"] says=["with rate=0, y equals x"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    if rate == 0:
        return x * 0
    kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="active at inference" loses=["spatial-maps", "spatial-identity"] says=["still dropped"]
def spatial_dropout_forward(x, rate, training, generator):
    kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="never active" loses=["spatial-maps", "spatial-values", "spatial-fraction", "spatial-independence", "spatial-generator"] says=["not one value of y is zero"]
def spatial_dropout_forward(x, rate, training, generator):
    return x.copy()


# %% wrong="the global random state" loses=["spatial-generator"] says=["np.random"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    kept = np.random.rand(len(x), 1, 1, x.shape[3]) >= rate
    return x * kept / (1 - rate)


# %% wrong="a generator of its own" loses=["spatial-generator"] says=["a generator made inside the function"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    generator = np.random.default_rng()
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="a fixed seed" loses=["spatial-independence", "spatial-generator"] says=["a seed is set"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    generator = np.random.default_rng(42)
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="the global seed is set" loses=["spatial-generator"] says=["global random state"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    np.random.seed(1)
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="the same maps every call" loses=["spatial-independence", "spatial-generator"] says=["the mask is stored"]
stored = {}


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    key = (x.shape, rate)
    if key not in stored:
        stored[key] = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * stored[key] / (1 - rate)


# %% wrong="Keras's layer without the generator" loses=["spatial-generator"] says=["from np.random or from a generator made inside"]
def spatial_dropout_forward(x, rate, training, generator):
    layer = keras.layers.SpatialDropout2D(rate, dtype=x.dtype.name)
    return keras.ops.convert_to_numpy(layer(x, training=training))


# %% wrong="Keras's layer in float32" loses=["spatial-form", "spatial-generator"] says=["y is float32", "a generator made inside"]
def spatial_dropout_forward(x, rate, training, generator):
    layer = keras.layers.SpatialDropout2D(rate)
    return keras.ops.convert_to_numpy(layer(x, training=training))


# %% wrong="exactly k maps of each example" loses=["spatial-independence"] says=["a fixed number"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    order = generator.random((len(x), 1, 1, x.shape[3])).argsort(axis=3)
    kept = order >= round(rate * x.shape[3])
    return x * kept / (1 - rate)


# %% wrong="in place" loses=["spatial-input"] says=["writing into x"]
def spatial_dropout_forward(x, rate, training, generator):
    if training:
        x *= generator.random((len(x), 1, 1, x.shape[3])) >= rate
        x /= 1 - rate
    return x


# %% wrong="zeros are written into x" loses=["spatial-input"] says=["writing into x"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    for n, c in np.argwhere(generator.random((len(x), x.shape[3])) < rate):
        x[n, :, :, c] = 0
    return x / (1 - rate)


# %% wrong="the product is widened to float64" loses=["spatial-form"] says=["y is float64"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.astype(np.float64)
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x.astype(np.float64) * kept / (1 - rate)


# %% wrong="the scaled mask widens the product" loses=["spatial-form"] says=["y is float64"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * (kept / (1 - rate))


# %% wrong="maps are averaged" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["the maps that are returned have the shape"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.mean(axis=(1, 2))
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return (x * kept / (1 - rate)).mean(axis=(1, 2))


# %% wrong="the mask is returned as well" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["a tuple of length 2"]
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate), kept


# %% wrong="a tensor is returned" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["y is a NumPy array"]
def spatial_dropout_forward(x, rate, training, generator):
    return keras.layers.SpatialDropout2D(rate)(x, training=training)


# %% wrong="printed and not returned" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["found:    None"]
def spatial_dropout_forward(x, rate, training, generator):
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= (rate if training else 0)
    print(x * kept / (1 - rate))


# %% wrong="numpy is imported as np only" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["name 'numpy' is not defined"]
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return numpy.where(kept, x / (1 - rate), 0)


# %% wrong="not written" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["not written yet"]
def spatial_dropout_forward(x, rate, training, generator):
    """Inverted dropout of whole maps: y, of the shape of x."""
    raise NotImplementedError()


# %% wrong="another name" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["name 'spatial_dropout_forward' is not defined"]
def spatial_dropout(x, rate, training, generator):
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= (rate if training else 0)
    return x * kept / (1 - rate if training else 1)


# %% wrong="a syntax error" loses=["spatial-form", "spatial-maps", "spatial-values", "spatial-identity", "spatial-fraction", "spatial-independence", "spatial-generator", "spatial-input"] says=["name 'spatial_dropout_forward' is not defined"]
def spatial_dropout_forward(x, rate, training, generator):
    kept = generator.random((len(x), 1, 1, x.shape[3]) >= rate
    return x * kept / (1 - rate)
