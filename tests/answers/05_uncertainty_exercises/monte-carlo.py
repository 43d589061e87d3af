# %% [markdown]
# Answers to the item `monte-carlo`.

# %% [raw] right="in a loop, with the logarithm of clipped probabilities"
# -     from scipy.special import entr, softmax
# -
# -     logits = [keras.ops.convert_to_numpy(head(x, training=True)) for _ in range(passes)]
# -     drawn = softmax(np.stack(logits), axis=-1)
# +     entr = lambda p: -p * np.log(np.clip(p, 1e-12, 1))
# +     drawn = []
# +     for _ in range(passes):
# +         drawn.append(np.asarray(keras.ops.softmax(head(x, training=True), axis=-1)))
# +     drawn = np.array(drawn)

# %% [raw] right="all passes in one call"
# -     logits = [keras.ops.convert_to_numpy(head(x, training=True)) for _ in range(passes)]
# -     drawn = softmax(np.stack(logits), axis=-1)
# +     logits = np.asarray(head(np.tile(x, (passes, 1)), training=True))
# +     drawn = softmax(logits.astype(float), axis=-1).reshape(passes, len(x), -1)

# %% [raw] right="as the mean divergence of the answers from their mean, with a warning and output"
# -     from scipy.special import entr, softmax
# +     import warnings
# +
# +     from scipy.special import rel_entr, softmax
# +
# +     warnings.warn("few passes", stacklevel=2)
# +     print(x.shape)
# - entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# + rel_entr(drawn, mean).sum(axis=2).mean(axis=0)

# %% right="summed up as it goes, with a progress bar on stderr"
from scipy import stats
from tqdm import tqdm


def monte_carlo(head, x, passes):
    mean, entropies = 0.0, 0.0
    for _ in tqdm(range(passes)):
        p = keras.ops.convert_to_numpy(keras.activations.softmax(head(x, training=True)))
        mean = mean + p / passes
        entropies = entropies + stats.entropy(p, axis=1) / passes
    return mean, stats.entropy(mean, axis=1) - entropies


# %% right="a list of both, through TensorFlow, with a small number in the logarithm"
import tensorflow as tf


def monte_carlo(head, x, passes):
    drawn = tf.stack([tf.nn.softmax(head(x, training=True)) for _ in range(passes)])
    mean = tf.reduce_mean(drawn, axis=0)
    entropy = lambda p: -tf.reduce_sum(p * tf.math.log(p + 1e-9), axis=-1)
    return [mean.numpy(), (entropy(mean) - tf.reduce_mean(entropy(drawn), axis=0)).numpy()]


# %% right="in a model with a softmax behind the head, example by example, in plain Python"
def entropy(p):
    return -sum(q * np.log(q) for q in p if q > 0)


def monte_carlo(head, x, passes):
    model = keras.Sequential([keras.Input(x.shape[1:]), head, keras.layers.Softmax()])
    rows = np.array(model(np.repeat(x, passes, axis=0), training=True), dtype=float)
    drawn = np.split(rows, len(x))
    means = np.array([p.mean(axis=0) for p in drawn])
    single = [np.mean([entropy(row) for row in p]) for p in drawn]
    return means, np.array([entropy(p) for p in means]) - single


# %% [raw] wrong="dropout off" loses={"monte-carlo-mean": "dropout_off", "monte-carlo-information": "all_the_same"}
# - training=True
# + training=False

# %% [raw] wrong="dropout off, with what rounding leaves of the information" loses={"monte-carlo-mean": "dropout_off", "monte-carlo-information": "all_the_same"}
# - training=True
# + training=False
# - entr(mean)
# + entr(mean + 1e-6)

# %% [raw] wrong="softmax of the mean logits" loses={"monte-carlo-mean": "mean_of_logits"}
# - drawn.mean(axis=0)
# + softmax(np.mean(logits, axis=0), axis=-1)

# %% [raw] wrong="the mean of the logits" loses={"monte-carlo-mean": "logits"}
# - return mean
# + return np.mean(logits, axis=0)

# %% [raw] wrong="the head asked once" loses={"monte-carlo-mean": "asked_once", "monte-carlo-information": "all_the_same"}
# -  for _ in range(passes)]
# + ] * passes

# %% [raw] wrong="a seed set before each pass" loses={"monte-carlo-mean": "asked_once", "monte-carlo-information": "all_the_same"}
# -     logits = [keras.ops.convert_to_numpy(head(x, training=True)) for _ in range(passes)]
# +     logits = []
# +     for _ in range(passes):
# +         head.layers[1].seed_generator.state.assign([0, 1])
# +         logits.append(keras.ops.convert_to_numpy(head(x, training=True)))

# %% [raw] wrong="a mask drawn once for all examples" loses={"monte-carlo-mean": "shared_mask"}
# -     logits = [keras.ops.convert_to_numpy(head(x, training=True)) for _ in range(passes)]
# +     hidden, dropout, last = head.layers
# +     masks = np.random.default_rng(0).random((passes, hidden.units)) >= dropout.rate
# +     logits = [last(np.array(hidden(x)) * mask / (1 - dropout.rate)) for mask in masks]

# %% [raw] wrong="fifty passes, whatever is asked for" loses={"monte-carlo-mean": "other_passes"}
# - range(passes)
# + range(50)

# %% [raw] wrong="probabilities added up" loses={"monte-carlo-mean": "added_up"}
# - return mean
# + return passes * mean

# %% [raw] wrong="the median" loses={"monte-carlo-mean": "no_mean", "monte-carlo-information": "other_measure"}
# - return mean
# + return np.median(drawn, axis=0)

# %% [raw] wrong="softmax over the examples" loses={"monte-carlo-mean": "other_passes", "monte-carlo-information": "other_measure"}
# - (np.stack(logits), axis=-1)
# + (np.stack(logits), axis=1)

# %% [raw] wrong="only the entropy of the mean" loses={"monte-carlo-information": "of_mean"}
# -  - entr(drawn).sum(axis=-1).mean(axis=0)

# %% [raw] wrong="only the mean entropy" loses={"monte-carlo-information": "of_passes"}
# - entr(mean).sum(axis=-1) - entr
# + entr

# %% [raw] wrong="the other way round" loses={"monte-carlo-information": "turned_round"}
# - entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# + entr(drawn).sum(axis=-1).mean(axis=0) - entr(mean).sum(axis=-1)

# %% [raw] wrong="in bits" loses={"monte-carlo-information": "bits"}
# - entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# + (entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)) / np.log(2)

# %% [raw] wrong="0 ln 0 computed" loses={"monte-carlo-information": "zero_log_zero"}
# -     logits = [
# +     entr = lambda p: -p * np.log(p)
# +     logits = [

# %% [raw] wrong="the variance of the probabilities" loses={"monte-carlo-information": "other_measure"}
# - entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# + drawn.var(axis=0).sum(axis=-1)

# %% [raw] wrong="one number for all examples" loses={"monte-carlo-information": "no_array"}
# - entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# + np.mean(entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0))

# %% [raw] wrong="the mean over passes and examples" loses={"monte-carlo-mean": "wrong_shape", "monte-carlo-information": "wrong_shape"}
# - drawn.mean(axis=0)
# + drawn.mean(axis=(0, 1))

# %% [raw] wrong="tensors" loses={"monte-carlo-mean": "no_array", "monte-carlo-information": "no_array"}
# -     return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# +     information = entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
# +     return tuple(map(keras.ops.convert_to_tensor, (mean, information)))

# %% [raw] wrong="the mean alone" loses={"monte-carlo-mean": "no_tuple", "monte-carlo-information": "no_tuple"}
# - , entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)

# %% wrong="not written" loses={"monte-carlo-mean": "unwritten", "monte-carlo-information": "unwritten"}
def monte_carlo(head, x, passes):
    """Mean probabilities and mutual information, dropout on."""
    raise NotImplementedError()

# %% wrong="other passes for the information" loses={"monte-carlo-information": "other_measure"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    draws = [
        softmax([head(x, training=True) for _ in range(passes)], axis=-1) for _ in range(2)
    ]
    information = entr(draws[1].mean(axis=0)).sum(-1) - entr(draws[1]).sum(-1).mean(axis=0)
    return draws[0].mean(axis=0), information

# %% wrong="the entropy of an answer with a zero is zero" loses={"monte-carlo-information": "other_measure"}
from scipy.special import softmax


def monte_carlo(head, x, passes):
    probabilities = softmax([head(x, training=True) for _ in range(passes)], axis=-1)

    def entropy(p):
        with np.errstate(all="ignore"):
            return np.nan_to_num(-(p * np.log(p)).sum(axis=-1))

    mean = probabilities.mean(axis=0)
    return mean, entropy(mean) - entropy(probabilities).mean(axis=0)
