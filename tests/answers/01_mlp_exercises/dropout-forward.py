# %% [markdown]
# Answers to the item `dropout-forward`.

# %% right="Generator.binomial"
def dropout_forward(x, rate, training, generator):
    rate = rate if training else 0.0
    mask = generator.binomial(1, 1 - rate, size=x.shape)
    return (x * mask / (1 - rate)).astype(x.dtype), mask


# %% right="numpy.where, with a mask of floats"
def dropout_forward(x, rate, training, generator):
    if training:
        kept = generator.uniform(size=x.shape) < 1 - rate
        scale = 1 / (1 - rate)
    else:
        kept, scale = np.full(x.shape, True), 1
    return np.where(kept, x * scale, 0).astype(x.dtype), kept.astype(x.dtype)


# %% right="a loop over the values"
def dropout_forward(x, rate, training, generator):
    y, mask = np.zeros_like(x), np.zeros(x.shape, np.uint8)
    for place, value in np.ndenumerate(x):
        if not training or generator.random() >= rate:
            y[place] = value / (1 - rate) if training else value
            mask[place] = 1
    return y, mask


# %% [raw] right="x itself where nothing is dropped"
# -     if not training:
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +     if not training or rate == 0:
# +         return x, np.ones(x.shape)

# %% right="draws at inference too, a list"
def dropout_forward(x, rate, training, generator):
    numbers = generator.random(x.shape)
    mask = numbers >= (rate if training else 0)
    return [x * mask / x.dtype.type(1 - rate if training else 1), mask]


# %% right="Generator.choice"
def dropout_forward(x, rate, training, generator):
    p = rate if training else 0.0
    mask = generator.choice([False, True], size=x.size, p=[p, 1 - p]).reshape(x.shape)
    y = x.copy()
    y[~mask] = 0
    y[mask] /= 1 - p
    return y, mask


# %% right="draws of a child of the generator, in a cell that is timed"
%%time
def dropout_forward(x, rate, training, generator):
    [child] = generator.spawn(1)
    mask = child.random(x.shape) >= (rate if training else 0)
    return (x * mask / (1 - rate if training else 1)).astype(x.dtype), mask


# %% right="draws in float32"
def dropout_forward(x, rate, training, generator):
    if not training:
        return 1 * x, np.ones_like(x, dtype=bool)
    mask = generator.random(x.shape, dtype=np.float32) > rate - 1e-9
    return np.multiply(x, mask) * (1 / (1 - rate)), mask


# %% right="scipy.stats.bernoulli, with a warning"
import warnings


def dropout_forward(x, rate, training, generator):
    if not training:
        warnings.warn("dropout does nothing at inference", stacklevel=2)
        rate = 0.0
    mask = stats.bernoulli.rvs(1 - rate, size=x.shape, random_state=generator)
    return np.where(mask == 1, x / (1 - rate), 0).astype(x.dtype), mask


# %% right="a progress bar over the examples"
from tqdm.auto import tqdm


def dropout_forward(x, rate, training, generator):
    """Draws the mask of one example after the other."""
    mask = np.ones(x.shape, dtype=bool)
    if training:
        for row in tqdm(range(len(x)), leave=False):
            mask[row] = generator.random(x.shape[1]) >= rate
    return x * mask / (1 - rate if training else 1), mask


# %% right="a named tuple"
from typing import NamedTuple


class Passed(NamedTuple):
    y: np.ndarray
    mask: np.ndarray


def dropout_forward(
    x: np.ndarray, rate: float, training: bool, generator: np.random.Generator
) -> Passed:
    """Inverted dropout."""
    threshold = {True: rate, False: 0.0}[training]
    mask = generator.uniform(0.0, 1.0, size=x.shape) >= threshold
    return Passed(y=x * mask / (1 - threshold), mask=mask)


# %% [raw] right="exponential numbers, with a mask of int64"
# -     mask = generator.random(x.shape) >= rate
# -     return x * mask / (1 - rate), mask
# +     dropped = generator.exponential(size=x.shape) < -np.log1p(-rate)
# +     y = x / (1 - rate)
# +     y[dropped] = 0
# +     return y, 1 - dropped.astype(np.int64)

# %% right="the generator is handed to default_rng, which returns it"
def dropout_forward(x, rate, training, generator):
    if training:
        numbers = np.random.default_rng(generator).random(x.shape[::-1]).T
    else:
        numbers = np.broadcast_to(1.0, x.shape)
    mask = numbers >= rate
    return np.divide(x, 1 - rate if training else 1, out=np.zeros_like(x), where=mask), mask


# %% [raw] right="a masked array and a recursion"
# -     mask = generator.random(x.shape) >= rate
# -     return x * mask / (1 - rate), mask
# +     if rate == 0:
# +         return dropout_forward(x, rate, False, generator)
# +     dropped = np.logical_not(generator.random(x.size) > rate).reshape(x.shape)
# +     return np.ma.array(x / (1 - rate), mask=dropped).filled(0), ~dropped

# %% [raw] wrong="survivors are not scaled" loses={"dropout-forward-values": "unscaled"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask, mask

# %% [raw] wrong="multiplied by the keep-probability" loses={"dropout-forward-values": "original"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask * (1 - rate), mask

# %% [raw] wrong="the original scaling, at inference" loses={"dropout-forward-values": "unscaled", "dropout-forward-inference": "scaled"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x * (1 - rate), np.ones(x.shape, dtype=bool)
# -     return x * mask / (1 - rate), mask
# +     return x * mask, mask

# %% [raw] wrong="divided by the rate" loses={"dropout-forward-values": "by_dropping", "dropout-forward-rate-zero": "scaled"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask / rate, mask

# %% [raw] wrong="multiplied by the rate" loses={"dropout-forward-values": "times_dropping", "dropout-forward-rate-zero": "dropped"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask * rate, mask

# %% [raw] wrong="the scale is applied twice" loses={"dropout-forward-values": "twice"}
# -     mask = generator.random(x.shape) >= rate
# -     return x * mask / (1 - rate), mask
# +     mask = (generator.random(x.shape) >= rate) / (1 - rate)
# +     y = x * mask / (1 - rate)
# +     return y.astype(x.dtype), mask > 0

# %% [raw] wrong="the scale is estimated from the draw" loses={"dropout-forward-values": "other_scale"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask / float(mask.mean()), mask

# %% [raw] wrong="the scale is hard-coded" loses={"dropout-forward-values": "other_scale", "dropout-forward-rate-zero": "scaled"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask / 0.5, mask

# %% [raw] wrong="the rate is taken for the keep-probability" loses={"dropout-forward-values": "by_dropping", "dropout-forward-rate-zero": "dropped", "dropout-forward-fraction": "keeping"}
# -     mask = generator.random(x.shape) >= rate
# -     return x * mask / (1 - rate), mask
# +     mask = generator.random(x.shape) < rate
# +     return (x * mask / rate if rate else x * mask), mask

# %% [raw] wrong="the threshold is reversed" loses={"dropout-forward-rate-zero": "dropped", "dropout-forward-fraction": "keeping"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = generator.random(x.shape) < rate

# %% [raw] wrong="normal random numbers" loses={"dropout-forward-rate-zero": "dropped", "dropout-forward-fraction": "other_threshold"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = generator.normal(size=x.shape) >= rate

# %% [raw] wrong="draws of 0 or 1" loses={"dropout-forward-fraction": "other_threshold"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = generator.integers(2, size=x.shape) >= rate

# %% [raw] wrong="the mask is inverted in the return" loses={"dropout-forward-mask": "inverted"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask / (1 - rate), ~mask

# %% wrong="the mask of the dropped, everywhere" loses={"dropout-forward-mask": "inverted"}
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.zeros(x.shape, dtype=bool)
    dropped = generator.random(x.shape) < rate
    y = x / (1 - rate)
    y[dropped] = 0
    return y, dropped


# %% [raw] wrong="the scaled mask is returned" loses={"dropout-forward-mask": "scaled_mask"}
# -     return x * mask / (1 - rate), mask
# +     return x * mask / (1 - rate), mask / (1 - rate)

# %% [raw] wrong="no mask at inference" loses={"dropout-forward-mask": "no_array"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x.copy(), None

# %% [raw] wrong="the mask is a list" loses={"dropout-forward-mask": "no_array"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x.copy(), np.ones(x.shape).tolist()
# -     return x * mask / (1 - rate), mask
# +     return x * mask / (1 - rate), mask.tolist()

# %% [raw] wrong="active at inference" loses={"dropout-forward-inference": "dropped"}
# -     if not training:
# -         return x.copy(), np.ones(x.shape, dtype=bool)

# %% [raw] wrong="training and inference exchanged" loses={"dropout-forward-values": "no_zeros", "dropout-forward-inference": "dropped", "dropout-forward-fraction": "all_or_nothing", "dropout-forward-independence": "all_or_nothing", "dropout-forward-generator": "all_or_nothing"}
# -     if not training:
# +     if training:

# %% wrong="never active" loses={"dropout-forward-values": "no_zeros", "dropout-forward-fraction": "all_or_nothing", "dropout-forward-independence": "all_or_nothing", "dropout-forward-generator": "all_or_nothing"}
def dropout_forward(x, rate, training, generator):
    return x.copy(), np.ones(x.shape, dtype=bool)


# %% [raw] wrong="the global random state" loses={"dropout-forward-generator": "other_source"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = np.random.rand(*x.shape) >= rate

# %% [raw] wrong="a generator of its own" loses={"dropout-forward-generator": "other_source"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x.copy(), np.ones(x.shape, dtype=bool)
# +     generator = np.random.default_rng()

# %% [raw] wrong="a fixed seed" loses={"dropout-forward-independence": "never_changes", "dropout-forward-generator": "same_again"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x.copy(), np.ones(x.shape, dtype=bool)
# +     generator = np.random.default_rng(0)

# %% [raw] wrong="the global seed is set" loses={"dropout-forward-generator": "global_state"}
# -     """Inverted dropout: returns (y, mask), both of the shape of x."""
# +     """Inverted dropout: returns (y, mask), both of the shape of x."""
# +     np.random.seed(0)

# %% [raw] wrong="a copy of the generator draws" loses={"dropout-forward-generator": "same_again"}
# - def dropout_forward(x, rate, training, generator):
# + import copy
# +
# +
# + def dropout_forward(x, rate, training, generator):
# -     mask = generator.random(x.shape) >= rate
# +     mask = copy.deepcopy(generator).random(x.shape) >= rate

# %% [raw] wrong="a fixed number in all" loses={"dropout-forward-independence": "never_changes"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = np.ones(x.size, dtype=bool)
# +     mask[generator.permutation(x.size)[: round(rate * x.size)]] = False
# +     mask = mask.reshape(x.shape)

# %% [raw] wrong="exactly k of each example" loses={"dropout-forward-independence": "fixed_number"}
# -     mask = generator.random(x.shape) >= rate
# +     order = generator.random(x.shape).argsort(axis=1)
# +     mask = order >= round(rate * x.shape[1])

# %% [raw] wrong="the mask is shared by the examples" loses={"dropout-forward-independence": "shared"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = np.tile(generator.random(x.shape[1]) >= rate, (len(x), 1))

# %% [raw] wrong="the mask is shared by the features" loses={"dropout-forward-independence": "shared"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = np.repeat(generator.random((len(x), 1)) >= rate, x.shape[1], axis=1)

# %% [raw] wrong="a draw for eight examples at a time" loses={"dropout-forward-independence": "several"}
# -     mask = generator.random(x.shape) >= rate
# +     draws = generator.random(((len(x) + 7) // 8, x.shape[1]))
# +     mask = np.repeat(draws >= rate, 8, axis=0)[: len(x)]

# %% [raw] wrong="draws of whole numbers below 1" loses={"dropout-forward-values": "everything", "dropout-forward-fraction": "all_or_nothing", "dropout-forward-independence": "all_or_nothing", "dropout-forward-generator": "all_or_nothing"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = generator.integers(1, size=x.shape) >= rate

# %% [raw] wrong="the product is widened to float64" loses={"dropout-forward-form": "widened"}
# -     return x * mask / (1 - rate), mask
# +     return x * (mask / (1 - rate)), mask

# %% [raw] wrong="zeros of the default dtype" loses={"dropout-forward-form": "widened"}
# -     return x * mask / (1 - rate), mask
# +     y = np.zeros(x.shape)
# +     y[mask] = x[mask] / (1 - rate)
# +     return y, mask

# %% [raw] wrong="always float32" loses={"dropout-forward-form": "fixed_dtype"}
# -     """Inverted dropout: returns (y, mask), both of the shape of x."""
# +     """Inverted dropout: returns (y, mask), both of the shape of x."""
# +     x = x.astype(np.float32)
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x, np.ones(x.shape, dtype=bool)

# %% [raw] wrong="in place" loses={"dropout-forward-input": "in_place"}
# -     return x * mask / (1 - rate), mask
# +     x *= mask
# +     x /= 1 - rate
# +     return x, mask

# %% [raw] wrong="zeros are written into x" loses={"dropout-forward-input": "in_place"}
# -     return x * mask / (1 - rate), mask
# +     x[~mask] = 0
# +     return x / (1 - rate), mask

# %% [raw] wrong="small noise in place of zeros" loses={"dropout-forward-mask": "other_mask", "dropout-forward-values": "no_zeros", "dropout-forward-fraction": "all_or_nothing", "dropout-forward-independence": "all_or_nothing", "dropout-forward-generator": "all_or_nothing"}
# -     return x * mask / (1 - rate), mask
# +     y = np.where(mask, x / (1 - rate), 1e-3)
# +     return y.astype(x.dtype), mask

# %% [raw] wrong="NaN for the dropped" loses={"dropout-forward-mask": "other_mask", "dropout-forward-values": "not_finite", "dropout-forward-fraction": "all_or_nothing", "dropout-forward-independence": "all_or_nothing", "dropout-forward-generator": "all_or_nothing"}
# -     return x * mask / (1 - rate), mask
# +     return np.where(mask, x / (1 - rate), np.nan).astype(x.dtype), mask

# %% [raw] wrong="only y is returned" loses={"dropout-forward-form": "no_tuple", "dropout-forward-mask": "no_tuple", "dropout-forward-values": "no_tuple", "dropout-forward-inference": "no_tuple", "dropout-forward-rate-zero": "no_tuple", "dropout-forward-fraction": "no_tuple", "dropout-forward-independence": "no_tuple", "dropout-forward-generator": "no_tuple", "dropout-forward-input": "no_tuple"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return x.copy()
# -     return x * mask / (1 - rate), mask
# +     return x * mask / (1 - rate)

# %% [raw] wrong="y and mask are exchanged" loses={"dropout-forward-form": "fixed_dtype", "dropout-forward-mask": "scaled_mask", "dropout-forward-values": "other_scale", "dropout-forward-inference": "scaled", "dropout-forward-rate-zero": "scaled"}
# -         return x.copy(), np.ones(x.shape, dtype=bool)
# +         return np.ones(x.shape, dtype=bool), x.copy()
# -     return x * mask / (1 - rate), mask
# +     return mask, x * mask / (1 - rate)

# %% wrong="y is flattened" loses={"dropout-forward-form": "wrong_shape", "dropout-forward-mask": "wrong_shape", "dropout-forward-values": "wrong_shape", "dropout-forward-inference": "wrong_shape", "dropout-forward-rate-zero": "wrong_shape", "dropout-forward-fraction": "wrong_shape", "dropout-forward-independence": "wrong_shape", "dropout-forward-generator": "wrong_shape", "dropout-forward-input": "wrong_shape"}
def dropout_forward(x, rate, training, generator):
    rate = rate if training else 0
    mask = generator.random(x.size) >= rate
    return x.ravel() * mask / (1 - rate), mask.reshape(x.shape)


# %% wrong="lists are returned" loses={"dropout-forward-form": "no_array", "dropout-forward-mask": "no_array", "dropout-forward-values": "no_array", "dropout-forward-inference": "no_array", "dropout-forward-rate-zero": "no_array", "dropout-forward-fraction": "no_array", "dropout-forward-independence": "no_array", "dropout-forward-generator": "no_array", "dropout-forward-input": "no_array"}
def dropout_forward(x, rate, training, generator):
    rate = rate if training else 0
    mask = generator.random(x.shape) >= rate
    return (x * mask / (1 - rate)).tolist(), mask.tolist()


# %% [raw] wrong="the legacy method rand" loses={"dropout-forward-form": "crash", "dropout-forward-mask": "crash", "dropout-forward-values": "crash", "dropout-forward-rate-zero": "crash", "dropout-forward-fraction": "crash", "dropout-forward-independence": "crash", "dropout-forward-generator": "crash", "dropout-forward-input": "crash"}
# -     mask = generator.random(x.shape) >= rate
# +     mask = generator.rand(*x.shape) >= rate

# %% [raw] wrong="the arguments in another order" loses={"dropout-forward-form": "crash", "dropout-forward-mask": "crash", "dropout-forward-values": "crash", "dropout-forward-inference": "crash", "dropout-forward-rate-zero": "crash", "dropout-forward-fraction": "crash", "dropout-forward-independence": "crash", "dropout-forward-generator": "crash", "dropout-forward-input": "crash"}
# - def dropout_forward(x, rate, training, generator):
# + def dropout_forward(x, rate, generator, training):

# %% wrong="a crash" loses={"dropout-forward-form": "crash", "dropout-forward-mask": "crash", "dropout-forward-values": "crash", "dropout-forward-inference": "crash", "dropout-forward-rate-zero": "crash", "dropout-forward-fraction": "crash", "dropout-forward-independence": "crash", "dropout-forward-generator": "crash", "dropout-forward-input": "crash"}
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= rate / int(training - training)
    return x * mask / (1 - rate), mask


# %% wrong="printed and not returned" loses={"dropout-forward-form": "no_tuple", "dropout-forward-mask": "no_tuple", "dropout-forward-values": "no_tuple", "dropout-forward-inference": "no_tuple", "dropout-forward-rate-zero": "no_tuple", "dropout-forward-fraction": "no_tuple", "dropout-forward-independence": "no_tuple", "dropout-forward-generator": "no_tuple", "dropout-forward-input": "no_tuple"}
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= (rate if training else 0)
    print(x * mask / (1 - rate), mask)


# %% wrong="not written" loses={"dropout-forward-form": "unwritten", "dropout-forward-mask": "unwritten", "dropout-forward-values": "unwritten", "dropout-forward-inference": "unwritten", "dropout-forward-rate-zero": "unwritten", "dropout-forward-fraction": "unwritten", "dropout-forward-independence": "unwritten", "dropout-forward-generator": "unwritten", "dropout-forward-input": "unwritten"}
def dropout_forward(x, rate, training, generator):
    """Inverted dropout: returns (y, mask), both of the shape of x."""
    raise NotImplementedError()


# %% wrong="another name" loses={"dropout-forward-form": "missing", "dropout-forward-mask": "missing", "dropout-forward-values": "missing", "dropout-forward-inference": "missing", "dropout-forward-rate-zero": "missing", "dropout-forward-fraction": "missing", "dropout-forward-independence": "missing", "dropout-forward-generator": "missing", "dropout-forward-input": "missing"}
def forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= (rate if training else 0)
    return x * mask / (1 - rate if training else 1), mask


# %% wrong="a syntax error" loses={"dropout-forward-form": "error", "dropout-forward-mask": "error", "dropout-forward-values": "error", "dropout-forward-inference": "error", "dropout-forward-rate-zero": "error", "dropout-forward-fraction": "error", "dropout-forward-independence": "error", "dropout-forward-generator": "error", "dropout-forward-input": "error"}
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= rate if training else
    return x * mask / (1 - rate), mask

# %% right="a scale of TensorFlow, in float32"
import tensorflow as tf


def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    y = tf.constant(x * mask) / tf.cast(1 - rate, x.dtype)
    return y.numpy(), mask


# %% [raw] wrong="whole numbers from 0 to 9" loses={"dropout-forward-values": "everything", "dropout-forward-fraction": "other_threshold"}
# - generator.random(x.shape) >= rate
# + generator.integers(0, 10, x.shape) / 10 >= rate

# %% [raw] wrong="whole numbers from 0 to 99" loses={"dropout-forward-fraction": "other_threshold"}
# - generator.random(x.shape) >= rate
# + generator.integers(100, size=x.shape) >= 100 * rate

# %% wrong="a symmetric mask" loses={"dropout-forward-independence": "copied"}
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    numbers = generator.random(x.shape)
    if x.shape[0] == x.shape[1]:
        numbers = np.tril(numbers) + np.tril(numbers, -1).T
    mask = numbers >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the second half of a batch gets the masks of the first, from the end" loses={"dropout-forward-independence": "several"}
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    half = generator.random((-(-len(x) // 2), *x.shape[1:]))
    mask = np.concatenate([half, half[::-1]])[: len(x)] >= rate
    return x * mask / (1 - rate), mask


# %% wrong="features from the end share the draws of the first ones of another example" loses={"dropout-forward-independence": "copied"}
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    numbers = generator.random(x.shape)
    middle = x.shape[1] // 2
    if middle:
        numbers[:, -middle:] = np.roll(numbers[:, :middle], 3, axis=0)[:, ::-1]
    mask = numbers >= rate
    return x * mask / (1 - rate), mask


# %% [raw] wrong="the mask is what is not zero in y" loses={"dropout-forward-mask": "of_values"}
# - return x * mask / (1 - rate), mask
# + y = x * mask / (1 - rate)
# +     return y, y != 0

# %% [raw] wrong="a rate of 0.9 at most" loses={"dropout-forward-values": "other_scale", "dropout-forward-fraction": "other_threshold"}
# - mask = generator
# + rate = min(rate, 0.9)
# +     mask = generator
