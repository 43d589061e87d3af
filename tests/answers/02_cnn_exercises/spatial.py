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


# %% [raw] wrong="a draw for each pixel" loses={"spatial-maps": "pixels"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     examples, height, width, channels = x.shape
# +     kept = generator.random(x.shape) >= rate

# %% [raw] wrong="a draw for each row of a map" loses={"spatial-maps": "lines"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     examples, height, width, channels = x.shape
# +     kept = generator.random((examples, height, 1, channels)) >= rate

# %% [raw] wrong="a draw for each column of a map" loses={"spatial-maps": "lines"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     examples, height, width, channels = x.shape
# +     kept = generator.random((examples, 1, width, channels)) >= rate

# %% [raw] wrong="places are dropped with all channels" loses={"spatial-maps": "places", "spatial-independence": "shared"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     examples, height, width, channels = x.shape
# +     kept = generator.random((examples, height, width, 1)) >= rate

# %% [raw] wrong="shared by the examples" loses={"spatial-independence": "shared"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     examples, height, width, channels = x.shape
# +     kept = generator.random((1, 1, 1, channels)) >= rate

# %% [raw] wrong="channels are looked for in the second place" loses={"spatial-maps": "places", "spatial-independence": "shared"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     examples, channels = x.shape[:2]
# +     kept = generator.random((examples, channels, 1, 1)) >= rate

# %% wrong="the mask does not fit the maps" loses={"spatial-form": "wrong_shape", "spatial-maps": "crash", "spatial-values": "wrong_shape", "spatial-identity": "wrong_shape", "spatial-fraction": "crash", "spatial-independence": "refused", "spatial-generator": "wrong_shape", "spatial-input": "wrong_shape"}
def spatial_dropout_forward(x, rate, training, generator):
    rate = rate if training else 0.0
    kept = generator.random((x.shape[0], x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% [raw] wrong="one draw for all maps" loses={"spatial-maps": "all_or_nothing", "spatial-values": "everything", "spatial-fraction": "all_or_nothing", "spatial-independence": "all_or_nothing", "spatial-generator": "all_or_nothing"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     kept = generator.random() >= rate

# %% [raw] wrong="survivors are not scaled" loses={"spatial-maps": "unscaled", "spatial-values": "unscaled"}
# -     examples, _, _, channels = x.shape
# +     examples, height, width, channels = x.shape
# -     return x * kept / (1 - rate)
# +     return x * kept

# %% [raw] wrong="multiplied by the keep-probability" loses={"spatial-maps": "original", "spatial-values": "original"}
# -     examples, _, _, channels = x.shape
# +     examples, height, width, channels = x.shape
# -     return x * kept / (1 - rate)
# +     return x * kept * (1 - rate)

# %% [raw] wrong="multiplied by the rate" loses={"spatial-maps": "times_dropping", "spatial-values": "times_dropping", "spatial-identity": "dropped"}
# -     examples, _, _, channels = x.shape
# +     examples, height, width, channels = x.shape
# -     return x * kept / (1 - rate)
# +     return x * kept * rate

# %% [raw] wrong="divided by the rate" loses={"spatial-maps": "by_dropping", "spatial-values": "by_dropping", "spatial-identity": "scaled"}
# -     examples, _, _, channels = x.shape
# +     examples, height, width, channels = x.shape
# -     return x * kept / (1 - rate)
# +     return x * kept / rate

# %% wrong="the original scaling, at inference" loses={"spatial-maps": "unscaled", "spatial-values": "unscaled", "spatial-identity": "scaled"}
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x * (1 - rate)
    return x * (generator.random((x.shape[0], 1, 1, x.shape[3])) >= rate)


# %% [raw] wrong="the keep-probability is the threshold" loses={"spatial-maps": "no_dropping", "spatial-identity": "dropped", "spatial-fraction": "keeping"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= 1 - rate

# %% [raw] wrong="the rate is hard-coded" loses={"spatial-maps": "other_scale", "spatial-values": "other_scale", "spatial-identity": "dropped", "spatial-fraction": "other_threshold"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# -     return x * kept / (1 - rate)
# +     kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= 0.5
# +     return x * kept / 0.5

# %% wrong="active at inference" loses={"spatial-maps": "no_dropping", "spatial-identity": "dropped"}
def spatial_dropout_forward(x, rate, training, generator):
    kept = generator.random((x.shape[0], 1, 1, x.shape[3])) >= rate
    return x * kept / (1 - rate)


# %% wrong="never active" loses={"spatial-maps": "all_or_nothing", "spatial-values": "no_zeros", "spatial-fraction": "all_or_nothing", "spatial-independence": "all_or_nothing", "spatial-generator": "all_or_nothing"}
def spatial_dropout_forward(x, rate, training, generator):
    return x.copy()


# %% [raw] wrong="the global random state" loses={"spatial-generator": "other_source"}
# - def spatial_dropout_forward(x, rate, training, generator):
# + import numpy as np
# +
# +
# + def spatial_dropout_forward(x, rate, training, generator):
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     kept = np.random.rand(len(x), 1, 1, x.shape[3]) >= rate

# %% [raw] wrong="a fixed seed" loses={"spatial-independence": "never_changes", "spatial-generator": "same_again"}
# - def spatial_dropout_forward(x, rate, training, generator):
# + import numpy as np
# +
# +
# + def spatial_dropout_forward(x, rate, training, generator):
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     generator = np.random.default_rng(42)
# +     kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate

# %% [raw] wrong="the global seed is set" loses={"spatial-generator": "global_state"}
# - def spatial_dropout_forward(x, rate, training, generator):
# + import numpy as np
# +
# +
# + def spatial_dropout_forward(x, rate, training, generator):
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     np.random.seed(1)
# +     kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate

# %% wrong="the same maps every call" loses={"spatial-independence": "never_changes", "spatial-generator": "same_again"}
stored = {}


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    key = (x.shape, rate)
    if key not in stored:
        stored[key] = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x * stored[key] / (1 - rate)


# %% wrong="Keras's layer in float32" loses={"spatial-form": "fixed_dtype", "spatial-generator": "other_source"}
def spatial_dropout_forward(x, rate, training, generator):
    layer = keras.layers.SpatialDropout2D(rate)
    return keras.ops.convert_to_numpy(layer(x, training=training))


# %% [raw] wrong="exactly k maps of each example" loses={"spatial-independence": "fixed_number"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     order = generator.random((len(x), 1, 1, x.shape[3])).argsort(axis=3)
# +     kept = order >= round(rate * x.shape[3])

# %% wrong="in place" loses={"spatial-input": "in_place"}
def spatial_dropout_forward(x, rate, training, generator):
    if training:
        x *= generator.random((len(x), 1, 1, x.shape[3])) >= rate
        x /= 1 - rate
    return x


# %% wrong="zeros are written into x" loses={"spatial-input": "in_place"}
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    for n, c in np.argwhere(generator.random((len(x), x.shape[3])) < rate):
        x[n, :, :, c] = 0
    return x / (1 - rate)


# %% wrong="the product is widened to float64" loses={"spatial-form": "widened"}
import numpy as np


def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.astype(np.float64)
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return x.astype(np.float64) * kept / (1 - rate)


# %% [raw] wrong="the scaled mask widens the product" loses={"spatial-form": "widened"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# -     return x * kept / (1 - rate)
# +     kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
# +     return x * (kept / (1 - rate))

# %% wrong="maps are averaged" loses={"spatial-form": "wrong_shape", "spatial-maps": "wrong_shape", "spatial-values": "wrong_shape", "spatial-identity": "wrong_shape", "spatial-fraction": "wrong_shape", "spatial-independence": "wrong_shape", "spatial-generator": "wrong_shape", "spatial-input": "wrong_shape"}
def spatial_dropout_forward(x, rate, training, generator):
    if not training:
        return x.mean(axis=(1, 2))
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
    return (x * kept / (1 - rate)).mean(axis=(1, 2))


# %% wrong="a tensor is returned" loses={"spatial-form": "no_array", "spatial-maps": "no_array", "spatial-values": "no_array", "spatial-identity": "no_array", "spatial-fraction": "no_array", "spatial-independence": "no_array", "spatial-generator": "no_array", "spatial-input": "no_array"}
def spatial_dropout_forward(x, rate, training, generator):
    return keras.layers.SpatialDropout2D(rate)(x, training=training)


# %% wrong="printed and not returned" loses={"spatial-form": "no_array", "spatial-maps": "no_array", "spatial-values": "no_array", "spatial-identity": "no_array", "spatial-fraction": "no_array", "spatial-independence": "no_array", "spatial-generator": "no_array", "spatial-input": "no_array"}
def spatial_dropout_forward(x, rate, training, generator):
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= (rate if training else 0)
    print(x * kept / (1 - rate))


# %% [raw] wrong="numpy is imported as np only" loses={"spatial-form": "crash", "spatial-maps": "crash", "spatial-values": "crash", "spatial-identity": "crash", "spatial-fraction": "crash", "spatial-independence": "crash", "spatial-generator": "crash", "spatial-input": "crash"}
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# -     return x * kept / (1 - rate)
# +     kept = generator.random((len(x), 1, 1, x.shape[3])) >= rate
# +     return numpy.where(kept, x / (1 - rate), 0)

# %% wrong="not written" loses={"spatial-form": "unwritten", "spatial-maps": "unwritten", "spatial-values": "unwritten", "spatial-identity": "unwritten", "spatial-fraction": "unwritten", "spatial-independence": "unwritten", "spatial-generator": "unwritten", "spatial-input": "unwritten"}
def spatial_dropout_forward(x, rate, training, generator):
    """Inverted dropout of whole maps: y, of the shape of x."""
    raise NotImplementedError()


# %% wrong="another name" loses={"spatial-form": "missing", "spatial-maps": "missing", "spatial-values": "missing", "spatial-identity": "missing", "spatial-fraction": "missing", "spatial-independence": "missing", "spatial-generator": "missing", "spatial-input": "missing"}
def spatial_dropout(x, rate, training, generator):
    kept = generator.random((len(x), 1, 1, x.shape[3])) >= (rate if training else 0)
    return x * kept / (1 - rate if training else 1)


# %% wrong="a syntax error" loses={"spatial-form": "error", "spatial-maps": "error", "spatial-values": "error", "spatial-identity": "error", "spatial-fraction": "error", "spatial-independence": "error", "spatial-generator": "error", "spatial-input": "error"}
def spatial_dropout_forward(x, rate, training, generator):
    kept = generator.random((len(x), 1, 1, x.shape[3]) >= rate
    return x * kept / (1 - rate)
