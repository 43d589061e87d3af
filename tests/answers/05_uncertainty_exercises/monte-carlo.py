# %% [markdown]
# Answers to the item `monte-carlo`.

# %% right="in a loop, with the logarithm of clipped probabilities"
def monte_carlo(head, x, passes):
    drawn = []
    for _ in range(passes):
        probabilities = keras.ops.softmax(head(x, training=True), axis=-1)
        drawn.append(np.asarray(probabilities))
    drawn = np.array(drawn)
    mean = drawn.mean(axis=0)

    def entropy(p):
        return -np.sum(p * np.log(np.clip(p, 1e-12, 1)), axis=-1)

    return mean, entropy(mean) - np.mean(entropy(drawn), axis=0)


# %% right="all passes in one call"
def monte_carlo(head, x, passes):
    logits = np.asarray(head(np.tile(x, (passes, 1)), training=True), dtype=np.float64)
    drawn = np.exp(logits - logits.max(axis=1, keepdims=True))
    drawn = (drawn / drawn.sum(axis=1, keepdims=True)).reshape(passes, len(x), -1)
    mean = np.mean(drawn, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(p > 0, -p * np.log(p), 0).sum(axis=-1) for p in (mean, drawn)]
    return mean, terms[0] - terms[1].mean(axis=0)


# %% right="as the mean divergence of the answers from their mean"
from scipy.special import rel_entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=1) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    return mean, rel_entr(drawn, mean).sum(axis=2).mean(axis=0)


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


# %% right="in a model with a softmax behind the head, example by example"
def monte_carlo(head, x, passes):
    """The head's answers, one example at a time."""
    model = keras.Sequential([keras.Input(x.shape[1:]), head, keras.layers.Softmax()])
    means, informations = np.zeros((len(x), head.output_shape[-1])), np.zeros(len(x))
    rows = np.repeat(x, passes, axis=0)
    drawn = np.split(np.array(model(rows, training=True), dtype=float), len(x))
    for k, p in enumerate(drawn):
        means[k] = p.mean(axis=0)
        single = [-sum(q * np.log(q) for q in row if q > 0) for row in p]
        informations[k] = -sum(q * np.log(q) for q in means[k] if q > 0) - np.mean(single)
    return means, informations


# %% right="with type hints, a warning and output"
import warnings


def entropy_of(probabilities: np.ndarray) -> np.ndarray:
    logs = np.log(probabilities, out=np.zeros_like(probabilities), where=probabilities > 0)
    return -(probabilities * logs).sum(-1)


def monte_carlo(head: keras.Model, x: np.ndarray, passes: int) -> tuple[np.ndarray, np.ndarray]:
    if passes < 10:
        warnings.warn("few passes", stacklevel=2)
    drawn = np.array([keras.ops.softmax(head(x, training=True)) for _ in range(passes)])
    print(drawn.shape)
    return drawn.mean(0), entropy_of(drawn.mean(0)) - entropy_of(drawn).mean(0)


# %% wrong="dropout off" loses={"monte-carlo-mean": "dropout_off", "monte-carlo-information": "all_the_same"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = softmax(np.stack([head(x, training=False) for _ in range(passes)]), axis=-1)
    mean = drawn.mean(axis=0)
    return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="dropout off, with what rounding leaves of the information" loses={"monte-carlo-mean": "dropout_off", "monte-carlo-information": "all_the_same"}
def monte_carlo(head, x, passes):
    drawn = np.stack([keras.ops.softmax(head(x, training=False)) for _ in range(passes)])
    mean = drawn.mean(axis=0)

    def entropy(p):
        return -np.sum(p * np.log(p + 1e-7), axis=-1)

    return mean, entropy(mean + 1e-6) - entropy(drawn).mean(axis=0)


# %% wrong="softmax of the mean logits" loses={"monte-carlo-mean": "mean_of_logits"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    logits = np.stack([head(x, training=True) for _ in range(passes)])
    mean = softmax(logits.mean(axis=0), axis=-1)
    entropies = entr(softmax(logits, axis=-1)).sum(axis=-1)
    return mean, entr(mean).sum(axis=-1) - entropies.mean(axis=0)


# %% wrong="the mean of the logits" loses={"monte-carlo-mean": "logits"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    logits = np.stack([head(x, training=True) for _ in range(passes)])
    drawn = softmax(logits, axis=-1)
    information = entr(drawn.mean(axis=0)).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
    return logits.mean(axis=0), information


# %% wrong="the head asked once" loses={"monte-carlo-mean": "asked_once", "monte-carlo-information": "all_the_same"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    answer = softmax(head(x, training=True), axis=-1)
    drawn = np.stack([answer] * passes)
    mean = drawn.mean(axis=0)
    return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="fifty passes, whatever is asked for" loses={"monte-carlo-mean": "other_passes"}
from scipy.special import rel_entr, softmax


def monte_carlo(head, x, passes=50):
    drawn = np.stack([softmax(head(x, training=True), axis=1) for _ in range(50)])
    mean = drawn.mean(axis=0)
    return mean, rel_entr(drawn, mean).sum(axis=2).mean(axis=0)


# %% wrong="a seed set before each pass" loses={"monte-carlo-mean": "asked_once", "monte-carlo-information": "all_the_same"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    answers = []
    for _ in range(passes):
        for layer in head.layers:
            if isinstance(layer, keras.layers.Dropout):
                layer.seed_generator.state.assign([0, 1])
        answers.append(softmax(head(x, training=True), axis=-1))
    drawn = np.stack(answers)
    mean = drawn.mean(axis=0)
    return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="probabilities added up" loses={"monte-carlo-mean": "added_up"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    return passes * mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="the median" loses={"monte-carlo-mean": "no_mean"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    information = entr(drawn.mean(axis=0)).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)
    return np.median(drawn, axis=0), information


# %% wrong="softmax over the examples" loses={"monte-carlo-mean": "other_passes", "monte-carlo-information": "other_measure"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=0) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="only the entropy of the mean" loses={"monte-carlo-information": "of_mean"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    return mean, entr(mean).sum(axis=-1)


# %% wrong="only the mean entropy" loses={"monte-carlo-information": "of_passes"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    return drawn.mean(axis=0), entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="the other way round" loses={"monte-carlo-information": "turned_round"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    return mean, entr(drawn).sum(axis=-1).mean(axis=0) - entr(mean).sum(axis=-1)


# %% wrong="in bits" loses={"monte-carlo-information": "bits"}
from scipy import stats
from scipy.special import softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    entropies = stats.entropy(drawn, axis=-1, base=2)
    return mean, stats.entropy(mean, axis=-1, base=2) - entropies.mean(axis=0)


# %% wrong="0 ln 0 computed" loses={"monte-carlo-information": "zero_log_zero"}
def monte_carlo(head, x, passes):
    drawn = np.stack([keras.ops.softmax(head(x, training=True)) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    entropies = -(drawn * np.log(drawn)).sum(axis=-1)
    return mean, -(mean * np.log(mean)).sum(axis=-1) - entropies.mean(axis=0)


# %% wrong="the variance of the probabilities" loses={"monte-carlo-information": "other_measure"}
from scipy.special import softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    return drawn.mean(axis=0), drawn.var(axis=0).sum(axis=-1)


# %% wrong="one number for all examples" loses={"monte-carlo-information": "no_array"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    mean = drawn.mean(axis=0)
    return mean, np.mean(entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0))


# %% wrong="the mean over passes and examples" loses={"monte-carlo-mean": "wrong_shape", "monte-carlo-information": "wrong_shape"}
from scipy.special import entr, softmax


def monte_carlo(head, x, passes):
    drawn = np.stack([softmax(head(x, training=True), axis=-1) for _ in range(passes)])
    mean = drawn.mean(axis=(0, 1))
    return mean, entr(mean).sum(axis=-1) - entr(drawn).sum(axis=-1).mean(axis=0)


# %% wrong="a tensor" loses={"monte-carlo-mean": "no_array", "monte-carlo-information": "no_array"}
def monte_carlo(head, x, passes):
    drawn = keras.ops.stack([keras.ops.softmax(head(x, training=True)) for _ in range(passes)])
    mean = keras.ops.mean(drawn, axis=0)
    entropy = lambda p: -keras.ops.sum(p * keras.ops.log(p + 1e-9), axis=-1)
    return mean, entropy(mean) - keras.ops.mean(entropy(drawn), axis=0)


# %% wrong="the mean alone" loses={"monte-carlo-mean": "no_tuple", "monte-carlo-information": "no_tuple"}
from scipy.special import softmax


def monte_carlo(head, x, passes):
    return np.mean([softmax(head(x, training=True), axis=-1) for _ in range(passes)], axis=0)


# %% wrong="not written" loses={"monte-carlo-mean": "unwritten", "monte-carlo-information": "unwritten"}
def monte_carlo(head, x, passes):
    """Mean probabilities and mutual information, dropout on."""
    raise NotImplementedError()
