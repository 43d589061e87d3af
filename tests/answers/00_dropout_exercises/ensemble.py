# %% [markdown]
# Answers to the item `ensemble`.

# %% [raw] right="the net with dropout off, with SciPy's softmax"
# -     logits = np.maximum(x @ w1 + b1, 0) @ w2 + b2  # the mean of those of all sub-networks
# -     powers = np.exp(logits - logits.max(axis=1, keepdims=True))
# -     return powers / powers.sum(axis=1, keepdims=True)
# +     from scipy.special import softmax
# +
# +     return softmax(np.maximum(x @ w1 + b1, 0) @ w2 + b2, axis=1)

# %% right="all sub-networks, one after the other, with logarithms of probabilities"
from itertools import product

from scipy.special import log_softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        mask = np.array(mask)
        logits = hidden * mask / (1 - rate) @ w2 + b2
        mean = mean + np.prod(np.where(mask, 1 - rate, rate)) * log_softmax(logits, axis=1)
    mean = np.exp(mean - mean.max(axis=1, keepdims=True))
    return mean / mean.sum(axis=1, keepdims=True)


# %% right="softmax of the mean logits of all masks at once, with output"
def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    units = len(b1)
    masks = np.arange(2**units)[:, None] >> np.arange(units) & 1
    kept = masks.sum(axis=1)
    chances = (1 - rate) ** kept * rate ** (units - kept)
    print(chances.sum())
    hidden = np.maximum(x @ w1 + b1, 0) * masks[:, None] / (1 - rate)
    logits = np.einsum("m,mnu,uk->nk", chances, hidden, w2) + b2
    logits -= logits.max(axis=1, keepdims=True)
    return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


# %% [raw] right="in Keras, float32, with a warning"
# -     logits = np.maximum(x @ w1 + b1, 0) @ w2 + b2  # the mean of those of all sub-networks
# -     powers = np.exp(logits - logits.max(axis=1, keepdims=True))
# -     return powers / powers.sum(axis=1, keepdims=True)
# +     import warnings
# +
# +     warnings.warn("dropout is off", stacklevel=2)
# +     logits = np.maximum(x @ w1 + b1, 0) @ w2 + b2
# +     return np.asarray(keras.ops.softmax(keras.ops.convert_to_tensor(logits, "float32")))

# %% wrong="not renormalised" loses={"ensemble-values": "not_renormalised", "ensemble-large": "other_mean"}
from itertools import product

from scipy.special import log_softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        logits = hidden * np.array(mask) / (1 - rate) @ w2 + b2
        mean += np.prod(np.where(mask, 1 - rate, rate)) * log_softmax(logits, axis=1)
    return np.exp(mean)


# %% wrong="rate and keep-probability exchanged" loses={"ensemble-values": "swapped", "ensemble-large": "other_mean"}
from itertools import product

from scipy.special import log_softmax, softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        logits = hidden * np.array(mask) / (1 - rate) @ w2 + b2
        mean += np.prod(np.where(mask, rate, 1 - rate)) * log_softmax(logits, axis=1)
    return softmax(mean, axis=1)


# %% wrong="all masks alike" loses={"ensemble-values": "uniform", "ensemble-large": "other_mean"}
from itertools import product

from scipy.special import log_softmax, softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    logs = [
        log_softmax(hidden * np.array(mask) / (1 - rate) @ w2 + b2, axis=1)
        for mask in product([0, 1], repeat=hidden.shape[1])
    ]
    return softmax(np.mean(logs, axis=0), axis=1)


# %% wrong="survivors not scaled" loses={"ensemble-values": "unscaled", "ensemble-large": "other_mean"}
from itertools import product

from scipy.special import log_softmax, softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        logits = hidden * np.array(mask) @ w2 + b2
        mean += np.prod(np.where(mask, 1 - rate, rate)) * log_softmax(logits, axis=1)
    return softmax(mean, axis=1)


# %% [raw] wrong="the whole times the keep-probability" loses={"ensemble-values": "unscaled", "ensemble-large": "other_mean"}
# - np.maximum(x @ w1 + b1, 0) @ w2
# + (1 - rate) * np.maximum(x @ w1 + b1, 0) @ w2

# %% wrong="the arithmetic mean" loses={"ensemble-values": "arithmetic", "ensemble-large": "arithmetic"}
from itertools import product

from scipy.special import softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        logits = hidden * np.array(mask) / (1 - rate) @ w2 + b2
        mean += np.prod(np.where(mask, 1 - rate, rate)) * softmax(logits, axis=1)
    return mean


# %% wrong="logarithms of probabilities that were computed first" loses={"ensemble-large": "underflow"}
from itertools import product

from scipy.special import softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        logits = hidden * np.array(mask) / (1 - rate) @ w2 + b2
        mean += np.prod(np.where(mask, 1 - rate, rate)) * np.log(softmax(logits, axis=1))
    return np.exp(mean) / np.exp(mean).sum(axis=1, keepdims=True)


# %% wrong="powers multiplied up" loses={"ensemble-large": "underflow"}
from itertools import product


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 1.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        powers = np.exp(hidden * np.array(mask) / (1 - rate) @ w2 + b2)
        chances = powers / powers.sum(axis=1, keepdims=True)
        mean = mean * chances ** np.prod(np.where(mask, 1 - rate, rate))
    return mean / mean.sum(axis=1, keepdims=True)


# %% [raw] wrong="logits" loses={"ensemble-values": "logits", "ensemble-large": "other_mean"}
# - return powers / powers.sum(axis=1, keepdims=True)
# + return logits

# %% wrong="divided by the sum over the examples" loses={"ensemble-values": "normalised_wrongly", "ensemble-large": "other_mean"}
from itertools import product

from scipy.special import log_softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    mean = 0.0
    for mask in product([0, 1], repeat=hidden.shape[1]):
        logits = hidden * np.array(mask) / (1 - rate) @ w2 + b2
        mean += np.prod(np.where(mask, 1 - rate, rate)) * log_softmax(logits, axis=1)
    return np.exp(mean) / (np.exp(mean).sum(axis=0) + 1e-300)


# %% wrong="a hundred masks drawn" loses={"ensemble-values": "other_mean", "ensemble-large": "other_mean"}
from scipy.special import log_softmax, softmax


def ensemble(x, weights, rate):
    w1, b1, w2, b2 = weights
    hidden = np.maximum(x @ w1 + b1, 0)
    masks = np.random.default_rng(0).random((100, 1, len(b1))) >= rate
    return softmax(log_softmax(masks * hidden / (1 - rate) @ w2 + b2, axis=2).mean(axis=0), axis=1)


# %% [raw] wrong="no ReLU" loses={"ensemble-values": "other_mean", "ensemble-large": "other_mean"}
# - np.maximum(x @ w1 + b1, 0)
# + (x @ w1 + b1)

# %% [raw] wrong="a tensor" loses={"ensemble-values": "no_array", "ensemble-large": "no_array"}
# - return powers / powers.sum(axis=1, keepdims=True)
# + return keras.ops.softmax(logits)

# %% [raw] wrong="the mean over the examples as well" loses={"ensemble-values": "wrong_shape", "ensemble-large": "wrong_shape"}
# - return powers / powers.sum(axis=1, keepdims=True)
# + return (powers / powers.sum(axis=1, keepdims=True)).mean(axis=0)

# %% wrong="not written" loses={"ensemble-values": "unwritten", "ensemble-large": "unwritten"}
def ensemble(x, weights, rate):
    """The renormalised geometric mean of all sub-networks: shape (n, classes)."""
    raise NotImplementedError()
