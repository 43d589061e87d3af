# %% [markdown]
# Answers to the item `spatial`.

# %% [raw] right="Generator.binomial, at inference too"
# -     if not training:
# -         return x.copy()
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# -     return x * kept / (1 - rate)
# +     rate = rate if training else 0.0
# +     kept = generator.binomial(1, 1 - rate, size=(len(x), x.shape[-1]))[:, None, None]
# +     return (x * kept / (1 - rate)).astype(x.dtype)

# %% right="a loop over the maps"
def spatial_dropout_forward(x, rate, training, generator):
    y = x.copy()
    if training and rate:
        for n in range(x.shape[0]):
            for c in range(x.shape[3]):
                y[n, :, :, c] *= (generator.random() >= rate) / (1 - rate)
    return y


# %% [raw] right="draws repeated over the pixels, x itself at inference"
# - x.copy()
# + x
# -     examples, _, _, channels = x.shape
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# -     return x * kept / (1 - rate)
# +     kept = generator.uniform(size=(x.shape[0], x.shape[3])) < 1 - rate
# +     kept = np.repeat(np.repeat(kept[:, None, None], x.shape[1], 1), x.shape[2], 2)
# +     return np.where(kept, x / (1 - rate), 0).astype(x.dtype)

# %% right="Keras's layer, seeded by the generator"
def spatial_dropout_forward(x, rate, training, generator):
    seed = int(generator.integers(2**31))
    layer = keras.layers.SpatialDropout2D(rate, seed=seed, dtype=x.dtype.name)
    return keras.ops.convert_to_numpy(layer(x, training=training))


# %% right="zeros assigned to transposed maps, with a warning and a note on standard error"
import sys
import warnings


def spatial_dropout_forward(x: np.ndarray, rate: float, training: bool, generator) -> np.ndarray:
    y = x / (1 - rate) if training else x.copy()
    if training:
        dropped = generator.choice([True, False], p=[rate, 1 - rate], size=(len(x), x.shape[-1]))
        np.moveaxis(y, -1, 1)[dropped] = 0
    else:
        warnings.warn("nothing is dropped", stacklevel=2)
    print(rate, file=sys.stderr)
    return y


# %% right="einsum, with draws of float32"
def spatial_dropout_forward(x, rate, training, generator):
    draws = generator.random((x.shape[0], x.shape[3]), dtype=np.float32)
    scale = (draws >= rate) / (1 - rate) if training else np.ones(draws.shape)
    return np.einsum("nhwc,nc->nhwc", x, scale.astype(x.dtype))


# %% [raw] wrong="a draw for each pixel" loses={"spatial-maps": "pixels"}
# - (examples, 1, 1, channels)
# + x.shape

# %% [raw] wrong="a draw for each row of a map" loses={"spatial-maps": "lines"}
# - (examples, 1, 1, channels)
# + (examples, x.shape[1], 1, channels)

# %% [raw] wrong="a draw for each column of a map" loses={"spatial-maps": "lines"}
# - (examples, 1, 1, channels)
# + (examples, 1, x.shape[2], channels)

# %% [raw] wrong="places are dropped with all channels" loses={"spatial-maps": "places", "spatial-independence": "shared"}
# - (examples, 1, 1, channels)
# + (*x.shape[:3], 1)

# %% [raw] wrong="the rate divided by the height of the maps" loses={"spatial-maps": "other_share"}
# - >= rate
# + >= rate / x.shape[1]

# %% [raw] wrong="shared by the examples" loses={"spatial-independence": "shared"}
# - (examples, 1, 1, channels)
# + (1, 1, 1, channels)

# %% [raw] wrong="channels are looked for in the second place" loses={"spatial-maps": "places", "spatial-independence": "shared"}
# - (examples, 1, 1, channels)
# + (*x.shape[:2], 1, 1)

# %% [raw] wrong="the mask does not fit the maps" loses={"spatial-form": "wrong_shape", "spatial-maps": "crash", "spatial-values": "wrong_shape", "spatial-identity": "wrong_shape", "spatial-fraction": "crash", "spatial-independence": "refused", "spatial-generator": "wrong_shape", "spatial-input": "wrong_shape"}
# - (examples, 1, 1, channels)
# + (examples, channels)

# %% [raw] wrong="draws of whole numbers below 1" loses={"spatial-maps": "all_or_nothing", "spatial-values": "everything", "spatial-fraction": "all_or_nothing", "spatial-independence": "all_or_nothing", "spatial-generator": "all_or_nothing"}
# - generator.random((examples
# + generator.integers(1, size=(examples

# %% [raw] wrong="exactly k maps of each example" loses={"spatial-independence": "fixed_number"}
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     order = generator.random((examples, 1, 1, channels)).argsort(axis=3)
# +     kept = order >= round(rate * channels)

# %% [raw] wrong="survivors are not scaled" loses={"spatial-maps": "unscaled", "spatial-values": "unscaled"}
# -  / (1 - rate)

# %% [raw] wrong="multiplied by the keep-probability" loses={"spatial-maps": "original", "spatial-values": "original"}
# - / (1 - rate)
# + * (1 - rate)

# %% [raw] wrong="multiplied by the rate" loses={"spatial-maps": "times_dropping", "spatial-values": "times_dropping", "spatial-identity": "dropped"}
# - / (1 - rate)
# + * rate

# %% [raw] wrong="divided by the rate" loses={"spatial-maps": "by_dropping", "spatial-values": "by_dropping", "spatial-identity": "scaled"}
# - / (1 - rate)
# + / rate

# %% [raw] wrong="scaled twice" loses={"spatial-maps": "twice", "spatial-values": "twice"}
# - / (1 - rate)
# + / (1 - rate) / (1 - rate)

# %% [raw] wrong="the original scaling, at inference" loses={"spatial-maps": "unscaled", "spatial-values": "unscaled", "spatial-identity": "scaled"}
# - x.copy()
# + x * (1 - rate)
# -  / (1 - rate)

# %% [raw] wrong="the keep-probability is the threshold" loses={"spatial-maps": "no_dropping", "spatial-identity": "dropped", "spatial-fraction": "keeping"}
# - >= rate
# + >= 1 - rate

# %% [raw] wrong="the rate is hard-coded" loses={"spatial-maps": "other_scale", "spatial-values": "other_scale", "spatial-identity": "dropped", "spatial-fraction": "other_threshold"}
# -     examples, _, _, channels
# +     rate = 0.5
# +     examples, _, _, channels

# %% [raw] wrong="active at inference" loses={"spatial-maps": "no_dropping", "spatial-identity": "dropped"}
# -     if not training:
# -         return x.copy()

# %% [raw] wrong="never active" loses={"spatial-maps": "all_or_nothing", "spatial-values": "no_zeros", "spatial-fraction": "all_or_nothing", "spatial-independence": "all_or_nothing", "spatial-generator": "all_or_nothing"}
# -     if not training:
# -         return x.copy()
# +     return x.copy()

# %% [raw] wrong="the global random state" loses={"spatial-generator": "other_source"}
# - generator.random((examples, 1, 1, channels))
# + np.random.rand(examples, 1, 1, channels)

# %% [raw] wrong="a fixed seed" loses={"spatial-independence": "never_changes", "spatial-generator": "same_again"}
# - = generator
# + = np.random.default_rng(42)

# %% [raw] wrong="the global seed is set" loses={"spatial-generator": "global_state"}
# -     examples, _, _, channels
# +     np.random.seed(1)
# +     examples, _, _, channels

# %% [raw] wrong="the same maps every call" loses={"spatial-independence": "never_changes", "spatial-generator": "same_again"}
# - def spatial_dropout_forward(x, rate, training, generator):
# + stored = {}
# +
# +
# + def spatial_dropout_forward(x, rate, training, generator):
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# +     if (x.shape, rate) not in stored:
# +         stored[x.shape, rate] = generator.random((examples, 1, 1, channels)) >= rate
# +     kept = stored[x.shape, rate]

# %% wrong="Keras's layer in float32" loses={"spatial-form": "fixed_dtype", "spatial-generator": "other_source"}
def spatial_dropout_forward(x, rate, training, generator):
    layer = keras.layers.SpatialDropout2D(rate)
    return keras.ops.convert_to_numpy(layer(x, training=training))


# %% wrong="in place" loses={"spatial-input": "in_place"}
def spatial_dropout_forward(x, rate, training, generator):
    if training:
        x *= generator.random((len(x), 1, 1, x.shape[3])) >= rate
        x /= 1 - rate
    return x


# %% [raw] wrong="zeros are written into x" loses={"spatial-input": "in_place"}
# -     kept = generator.random((examples, 1, 1, channels)) >= rate
# -     return x * kept / (1 - rate)
# +     for n, c in np.argwhere(generator.random((examples, channels)) < rate):
# +         x[n, :, :, c] = 0
# +     return x / (1 - rate)

# %% [raw] wrong="the product is widened to float64" loses={"spatial-form": "widened"}
# - return x *
# + return x.astype(np.float64) *

# %% [raw] wrong="the scaled mask widens the product" loses={"spatial-form": "widened"}
# - kept / (1 - rate)
# + (kept / (1 - rate))

# %% [raw] wrong="maps are averaged" loses={"spatial-form": "wrong_shape", "spatial-maps": "wrong_shape", "spatial-values": "wrong_shape", "spatial-identity": "wrong_shape", "spatial-fraction": "wrong_shape", "spatial-independence": "wrong_shape", "spatial-generator": "wrong_shape", "spatial-input": "wrong_shape"}
# - x.copy()
# + x.mean(axis=(1, 2))
# - x * kept / (1 - rate)
# + (x * kept / (1 - rate)).mean(axis=(1, 2))

# %% wrong="a tensor is returned" loses={"spatial-form": "no_array", "spatial-maps": "no_array", "spatial-values": "no_array", "spatial-identity": "no_array", "spatial-fraction": "no_array", "spatial-independence": "no_array", "spatial-generator": "no_array", "spatial-input": "no_array"}
def spatial_dropout_forward(x, rate, training, generator):
    return keras.layers.SpatialDropout2D(rate)(x, training=training)


# %% [raw] wrong="numpy is imported as np only" loses={"spatial-form": "crash", "spatial-maps": "crash", "spatial-values": "crash", "spatial-identity": "crash", "spatial-fraction": "crash", "spatial-independence": "crash", "spatial-generator": "crash", "spatial-input": "crash"}
# - x * kept / (1 - rate)
# + numpy.where(kept, x / (1 - rate), 0)

# %% wrong="not written" loses={"spatial-form": "unwritten", "spatial-maps": "unwritten", "spatial-values": "unwritten", "spatial-identity": "unwritten", "spatial-fraction": "unwritten", "spatial-independence": "unwritten", "spatial-generator": "unwritten", "spatial-input": "unwritten"}
def spatial_dropout_forward(x, rate, training, generator):
    """Inverted dropout of whole maps: y, of the shape of x."""
    raise NotImplementedError()


# %% [raw] wrong="another name" loses={"spatial-form": "missing", "spatial-maps": "missing", "spatial-values": "missing", "spatial-identity": "missing", "spatial-fraction": "missing", "spatial-independence": "missing", "spatial-generator": "missing", "spatial-input": "missing"}
# - spatial_dropout_forward
# + spatial_dropout

# %% [raw] wrong="a syntax error" loses={"spatial-form": "error", "spatial-maps": "error", "spatial-values": "error", "spatial-identity": "error", "spatial-fraction": "error", "spatial-independence": "error", "spatial-generator": "error", "spatial-input": "error"}
# - channels)) >=
# + channels) >=

# %% [raw] wrong="the rate is divided by the size of the maps" loses={"spatial-maps": "other_share"}
# - kept = generator
# + rate /= x.shape[1] * x.shape[2]
# +     kept = generator
