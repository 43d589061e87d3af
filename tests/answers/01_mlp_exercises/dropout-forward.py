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


# %% right="x itself where nothing is dropped"
def dropout_forward(x, rate, training, generator):
    if not training or rate == 0:
        return x, np.ones(x.shape)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


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


# %% right="exponential numbers, with a mask of int64"
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    dropped = generator.exponential(size=x.shape) < -np.log1p(-rate)
    y = x / (1 - rate)
    y[dropped] = 0
    return y, 1 - dropped.astype(np.int64)


# %% right="the generator is handed to default_rng, which returns it"
def dropout_forward(x, rate, training, generator):
    if training:
        numbers = np.random.default_rng(generator).random(x.shape[::-1]).T
    else:
        numbers = np.broadcast_to(1.0, x.shape)
    mask = numbers >= rate
    return np.divide(x, 1 - rate if training else 1, out=np.zeros_like(x), where=mask), mask


# %% right="a masked array and a recursion"
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    if rate == 0:
        return dropout_forward(x, rate, False, generator)
    dropped = np.logical_not(generator.random(x.size) > rate).reshape(x.shape)
    return np.ma.array(x / (1 - rate), mask=dropped).filled(0), ~dropped


# %% wrong="survivors are not scaled" loses=["dropout-forward-values"] says=["survivors are not scaled"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask, mask


# %% wrong="multiplied by the keep-probability" loses=["dropout-forward-values"] says=["multiplied by the keep-probability"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask * (1 - rate), mask


# %% wrong="the original scaling, at inference" loses=["dropout-forward-values", "dropout-forward-inference"] says=["not scaled", "still scaled"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x * (1 - rate), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask, mask


# %% wrong="divided by the rate" loses=["dropout-forward-values", "dropout-forward-rate-zero"] says=["divided by the probability of dropping"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / rate, mask


# %% wrong="multiplied by the rate" loses=["dropout-forward-values", "dropout-forward-rate-zero"] says=["multiplied by the probability of dropping"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask * rate, mask


# %% wrong="the scale is applied twice" loses=["dropout-forward-values"] says=["the scale was applied twice"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = (generator.random(x.shape) >= rate) / (1 - rate)
    y = x * mask / (1 - rate)
    return y.astype(x.dtype), mask > 0


# %% wrong="the scale is estimated from the draw" loses=["dropout-forward-values"] says=["estimated from the draw"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / float(mask.mean()), mask


# %% wrong="the scale is hard-coded" loses=["dropout-forward-values", "dropout-forward-rate-zero"] says=["at rate 0.2"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / 0.5, mask


# %% wrong="the rate is hard-coded" loses=["dropout-forward-values", "dropout-forward-rate-zero", "dropout-forward-fraction"] says=["10% of the values are zero"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= 0.5
    return x * mask / (1 - 0.5), mask


# %% wrong="the rate is read as per cent" loses=["dropout-forward-values", "dropout-forward-fraction"] says=["the rate is not the threshold"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    rate = rate / 100
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the rate is taken for the keep-probability" loses=["dropout-forward-values", "dropout-forward-rate-zero", "dropout-forward-fraction"] says=["divided by the probability of dropping", "taken for the probability of keeping"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) < rate
    return (x * mask / rate if rate else x * mask), mask


# %% wrong="the threshold is reversed" loses=["dropout-forward-rate-zero", "dropout-forward-fraction"] says=["taken for the probability of keeping"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) < rate
    return x * mask / (1 - rate), mask


# %% wrong="normal random numbers" loses=["dropout-forward-rate-zero", "dropout-forward-fraction"] says=["not uniform between 0 and 1"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.normal(size=x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="draws of 0 or 1" loses=["dropout-forward-fraction"] says=["not uniform between 0 and 1"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.integers(2, size=x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the mask is inverted in the return" loses=["dropout-forward-mask"] says=["the mask is inverted"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), ~mask


# %% wrong="the mask of the dropped, everywhere" loses=["dropout-forward-mask"] says=["it marks the dropped units"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.zeros(x.shape, dtype=bool)
    dropped = generator.random(x.shape) < rate
    y = x / (1 - rate)
    y[dropped] = 0
    return y, dropped


# %% wrong="the scaled mask is returned" loses=["dropout-forward-mask"] says=["the scaled mask was returned"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask / (1 - rate)


# %% wrong="no mask at inference" loses=["dropout-forward-mask"] says=["found:    None"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), None
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="a mask drawn at inference" loses=["dropout-forward-mask"] says=["mask and y disagree"]
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= rate
    if not training:
        return x.copy(), mask
    return x * mask / (1 - rate), mask


# %% wrong="the mask is drawn twice" loses=["dropout-forward-mask"] says=["not the one that was applied"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    y = x * (generator.random(x.shape) >= rate) / (1 - rate)
    mask = generator.random(x.shape) >= rate
    return y, mask


# %% wrong="the mask is a list" loses=["dropout-forward-mask"] says=["mask is a NumPy array"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape).tolist()
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask.tolist()


# %% wrong="active at inference" loses=["dropout-forward-inference"] says=["still dropped at prediction time"]
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="training and inference exchanged" loses=["dropout-forward-values", "dropout-forward-inference", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator"] says=["still dropped", "not one value of y is zero"]
def dropout_forward(x, rate, training, generator):
    if training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="never active" loses=["dropout-forward-values", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator"] says=["not one value of y is zero"]
def dropout_forward(x, rate, training, generator):
    return x.copy(), np.ones(x.shape, dtype=bool)


# %% wrong="rate 0 gives zeros" loses=["dropout-forward-rate-zero"] says=["the case of no dropping is treated by itself"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    if rate == 0:
        return np.zeros_like(x), np.zeros(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the global random state" loses=["dropout-forward-generator"] says=["drawn from np.random"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.random.rand(*x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="a generator of its own" loses=["dropout-forward-generator"] says=["a generator made inside the function"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    generator = np.random.default_rng()
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="a fixed seed" loses=["dropout-forward-independence", "dropout-forward-generator"] says=["a seed is set", "the mask never changes"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    generator = np.random.default_rng(0)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the global seed is set" loses=["dropout-forward-generator"] says=["global random state"]
def dropout_forward(x, rate, training, generator):
    np.random.seed(0)
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the same mask every call" loses=["dropout-forward-independence", "dropout-forward-generator"] says=["the mask is stored", "the mask never changes"]
MASKS = {}


def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    if (x.shape, rate) not in MASKS:
        MASKS[x.shape, rate] = generator.random(x.shape) >= rate
    mask = MASKS[x.shape, rate]
    return x * mask / (1 - rate), mask


# %% wrong="a copy of the generator draws" loses=["dropout-forward-generator"] says=["each call draws a new mask"]
import copy


def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = copy.deepcopy(generator).random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="a fixed number in all" loses=["dropout-forward-independence"] says=["a fixed number"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.ones(x.size, dtype=bool)
    mask[generator.permutation(x.size)[: round(rate * x.size)]] = False
    mask = mask.reshape(x.shape)
    return x * mask / (1 - rate), mask


# %% wrong="exactly k of each example" loses=["dropout-forward-independence"] says=["a fixed number of units is chosen"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    order = generator.random(x.shape).argsort(axis=1)
    mask = order >= round(rate * x.shape[1])
    return x * mask / (1 - rate), mask


# %% wrong="the mask is shared by the examples" loses=["dropout-forward-independence"] says=["shared by all examples"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.tile(generator.random(x.shape[1]) >= rate, (len(x), 1))
    return x * mask / (1 - rate), mask


# %% wrong="the mask is shared by the features" loses=["dropout-forward-independence"] says=["shared by all features"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.repeat(generator.random((len(x), 1)) >= rate, x.shape[1], axis=1)
    return x * mask / (1 - rate), mask


# %% wrong="a draw for eight examples at a time" loses=["dropout-forward-independence"] says=["decides about several"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    draws = generator.random(((len(x) + 7) // 8, x.shape[1]))
    mask = np.repeat(draws >= rate, 8, axis=0)[: len(x)]
    return x * mask / (1 - rate), mask


# %% wrong="one draw for the whole array" loses=["dropout-forward-values", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator"] says=["nothing is dropped, or everything is"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.full(x.shape, generator.random() >= rate)
    return x * mask / (1 - rate), mask


# %% wrong="the product is widened to float64" loses=["dropout-forward-form"] says=["y is float64"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * (mask / (1 - rate)), mask


# %% wrong="zeros of the default dtype" loses=["dropout-forward-form"] says=["y is float64"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    y = np.zeros(x.shape)
    y[mask] = x[mask] / (1 - rate)
    return y, mask


# %% wrong="always float32" loses=["dropout-forward-form"] says=["y is float32"]
def dropout_forward(x, rate, training, generator):
    x = x.astype(np.float32)
    if not training:
        return x, np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="in place" loses=["dropout-forward-input"] says=["writing into x"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    x *= mask
    x /= 1 - rate
    return x, mask


# %% wrong="zeros are written into x" loses=["dropout-forward-input"] says=["writing into x"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    x[~mask] = 0
    return x / (1 - rate), mask


# %% wrong="small noise in place of zeros" loses=["dropout-forward-mask", "dropout-forward-values", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator"] says=["made small or noisy"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    y = np.where(mask, x / (1 - rate), 1e-3)
    return y.astype(x.dtype), mask


# %% wrong="NaN for the dropped" loses=["dropout-forward-mask", "dropout-forward-values", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator"] says=["a dropped value is zero, not missing"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return np.where(mask, x / (1 - rate), np.nan).astype(x.dtype), mask


# %% wrong="Gaussian noise" loses=["dropout-forward-values", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator"] says=["not one value of y is zero"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    noise = generator.normal(1, (rate / (1 - rate)) ** 0.5, x.shape)
    return (x * noise).astype(x.dtype), np.ones(x.shape, dtype=bool)


# %% wrong="only y is returned" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["a tuple (y, mask)"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy()
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate)


# %% wrong="y and mask are exchanged" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero"] says=["y is bool"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return np.ones(x.shape, dtype=bool), x.copy()
    mask = generator.random(x.shape) >= rate
    return mask, x * mask / (1 - rate)


# %% wrong="y is flattened" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["y has the shape"]
def dropout_forward(x, rate, training, generator):
    rate = rate if training else 0
    mask = generator.random(x.size) >= rate
    return x.ravel() * mask / (1 - rate), mask.reshape(x.shape)


# %% wrong="lists are returned" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["y is a NumPy array"]
def dropout_forward(x, rate, training, generator):
    rate = rate if training else 0
    mask = generator.random(x.shape) >= rate
    return (x * mask / (1 - rate)).tolist(), mask.tolist()


# %% wrong="the legacy method rand" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["has no attribute 'rand'"]
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.rand(*x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the arguments in another order" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["AttributeError"]
def dropout_forward(x, rate, generator, training):
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="the argument training left out" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["TypeError"]
def dropout_forward(x, rate, generator):
    mask = generator.random(x.shape) >= rate
    return x * mask / (1 - rate), mask


# %% wrong="a crash" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["ZeroDivisionError"]
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= rate / int(training - training)
    return x * mask / (1 - rate), mask


# %% wrong="printed and not returned" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["found:    None"]
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= (rate if training else 0)
    print(x * mask / (1 - rate), mask)


# %% wrong="not written" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["not written yet"]
def dropout_forward(x, rate, training, generator):
    """Inverted dropout: returns (y, mask), both of the shape of x."""
    raise NotImplementedError()


# %% wrong="another name" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["name 'dropout_forward' is not defined"]
def forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= (rate if training else 0)
    return x * mask / (1 - rate if training else 1), mask


# %% wrong="a syntax error" loses=["dropout-forward-form", "dropout-forward-mask", "dropout-forward-values", "dropout-forward-inference", "dropout-forward-rate-zero", "dropout-forward-fraction", "dropout-forward-independence", "dropout-forward-generator", "dropout-forward-input"] says=["name 'dropout_forward' is not defined"]
def dropout_forward(x, rate, training, generator):
    mask = generator.random(x.shape) >= rate if training else
    return x * mask / (1 - rate), mask
