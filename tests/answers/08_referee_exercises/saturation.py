# %% [markdown]
# Answers to the item `saturation`.

# %% [raw] right="Keras operations"
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     outputs = keras.ops.sigmoid(keras.ops.convert_to_tensor(logits, dtype="float32"))
# +     ones = keras.ops.convert_to_numpy(keras.ops.equal(outputs, 1.0))
# +     return np.mean(np.count_nonzero(ones, axis=1) > 1)
# -     return np.argmax(logits, axis=1)
# +     return keras.ops.convert_to_numpy(keras.ops.argmax(logits, axis=1))

# %% [raw] right="by sorting"
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     outputs = 1 / (1 + np.exp(-logits.astype("float32")))
# +     return np.mean(np.sort(outputs, axis=1)[:, -2] == 1)
# -     return np.argmax(logits, axis=1)
# +     return np.argsort(logits, axis=-1)[:, -1].astype(np.int32)

# %% [raw] right="another formula, in Python"
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     powers = np.exp(np.float32(logits))
# +     outputs = np.where(np.isinf(powers), 1, powers / (1 + powers))
# +     return sum(list(row).count(1) > 1 for row in outputs) / len(logits)
# -     return np.argmax(logits, axis=1)
# +     return np.array([max(range(len(row)), key=row.__getitem__) for row in logits])

# %% right="scipy.special, and a softmax in front"
from scipy.special import expit, softmax


def fraction_tied(logits: np.ndarray) -> float:
    """Rows with at least two outputs of 1.0, as a fraction of all rows."""
    at_one = np.equal(expit(np.asarray(logits, np.float32)), np.float32(1))
    return float((at_one.sum(axis=1) > 1).sum() / at_one.shape[0])


def predict_classes(logits: np.ndarray) -> np.ndarray:
    return softmax(logits, axis=1).argmax(axis=1)


# %% right="TensorFlow, with a plot"
%matplotlib inline
import matplotlib.pyplot as plt
import tensorflow as tf


def fraction_tied(logits):
    ones = tf.cast(tf.sigmoid(tf.cast(logits, tf.float32)) == 1.0, tf.int32)
    return tf.reduce_mean(tf.cast(tf.reduce_sum(ones, axis=1) >= 2, tf.float32)).numpy()


def predict_classes(logits):
    return tf.argmax(logits, axis=1).numpy()


plt.hist(logits.ravel(), bins=30)
plt.show()


# %% right="a progress bar and a counter"
from collections import Counter

from tqdm.auto import tqdm


def fraction_tied(logits):
    tied = 0
    for row in tqdm(np.asarray(logits, dtype="float32"), desc="rows"):
        tied += Counter((1 / (1 + np.exp(-row))).tolist())[1.0] >= 2
    return tied / len(logits)


def predict_classes(logits):
    classes = np.zeros(len(logits), dtype=int)
    for number, row in enumerate(logits):
        best = 0
        for place, value in enumerate(row):
            if value > row[best]:
                best = place
        classes[number] = best
    return classes


# %% right="pandas frames, with a warning"
import warnings


def fraction_tied(logits):
    outputs = pd.DataFrame(1 / (1 + np.exp(-np.float32(logits))))
    fraction = outputs.eq(1).sum(axis="columns").ge(2).mean()
    if fraction > 0.1:
        warnings.warn(f"{fraction:.0%} of the rows are tied", stacklevel=2)
    return fraction


def predict_classes(logits):
    return pd.DataFrame(logits).idxmax(axis="columns").to_numpy()


# %% [raw] right="the places of the maxima"
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     with np.errstate(over="ignore"):
# +         below = 1 - 1 / (1 + np.exp(np.negative(logits, dtype=np.float32, casting="same_kind")))
# +     return np.mean([np.sum(row == 0) not in (0, 1) for row in below])
# -     return np.argmax(logits, axis=1)
# +     return np.nonzero(logits == logits.max(axis=1, keepdims=True))[1]

# %% [raw] wrong="a single output counts" loses={"saturation-tied": "single", "saturation-float32": "other_count"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((sigmoid(logits) == 1).any(axis=1))

# %% [raw] wrong="outputs are counted" loses={"saturation-tied": "outputs", "saturation-float32": "other_count"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean(sigmoid(logits) == 1)

# %% [raw] wrong="a percentage" loses={"saturation-tied": "percentage", "saturation-float32": "other_count"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return 100 * np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)

# %% [raw] wrong="a number of rows" loses={"saturation-tied": "number", "saturation-float32": "other_count"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return int(np.sum((sigmoid(logits) == 1).sum(axis=1) >= 2))

# %% [raw] wrong="equal largest outputs count" loses={"saturation-tied": "below_one", "saturation-float32": "other_count"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     outputs = sigmoid(logits)
# +     largest = outputs.max(axis=1, keepdims=True)
# +     return np.mean((outputs == largest).sum(axis=1) >= 2)

# %% [raw] wrong="exactly two" loses={"saturation-tied": "other_count", "saturation-float32": "other_count"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((sigmoid(logits) == 1).sum(axis=1) == 2)

# %% [raw] wrong="rows without a tie" loses={"saturation-tied": "below_one"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((sigmoid(logits) == 1).sum(axis=1) < 2)

# %% [raw] wrong="float64" loses={"saturation-float32": "float64"}
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((1 / (1 + np.exp(-np.float64(logits))) == 1).sum(axis=1) >= 2)

# %% [raw] wrong="the dtype of the logits" loses={"saturation-float32": "float64"}
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((1 / (1 + np.exp(-logits)) == 1).sum(axis=1) >= 2)

# %% [raw] wrong="float16" loses={"saturation-tied": "near_one", "saturation-float32": "other_count"}
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((1 / (1 + np.exp(-np.float16(logits))) == 1).sum(axis=1) >= 2)

# %% [raw] wrong="softmax in place of sigmoid" loses={"saturation-tied": "other_count", "saturation-float32": "float64"}
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     powers = np.exp(logits - logits.max(axis=1, keepdims=True))
# +     outputs = powers / powers.sum(axis=1, keepdims=True)
# +     return np.mean((outputs == 1).sum(axis=1) >= 2)

# %% [raw] wrong="the outputs computed above are used" loses={"saturation-tied": "near_one", "saturation-float32": "other_count"}
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((outputs == 1).sum(axis=1) >= 2)

# %% [raw] wrong="a truth value for each row" loses={"saturation-tied": "no_number", "saturation-float32": "no_number"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return (sigmoid(logits) == 1).sum(axis=1) >= 2

# %% [raw] wrong="NaN" loses={"saturation-tied": "no_number", "saturation-float32": "no_number"}
# - def fraction_tied(logits):
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean(sigmoid(logits)[:0])

# %% [raw] wrong="the math module" loses={"saturation-tied": "crash", "saturation-float32": "crash"}
# - def fraction_tied(logits):
# + import math
# +
# +
# + def fraction_tied(logits):
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     return np.mean((1 / (1 + math.exp(-logits)) == 1).sum(axis=1) >= 2)

# %% wrong="classes from float32 outputs" loses={"saturation-classes": "all_equal", "saturation-any-size": "all_equal"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return sigmoid(logits).argmax(axis=1)


# %% wrong="classes from float64 outputs" loses={"saturation-any-size": "all_equal"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return (1 / (1 + np.exp(-np.float64(logits)))).argmax(axis=1)


# %% wrong="classes from a softmax that overflows" loses={"saturation-any-size": "all_equal"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    powers = np.exp(logits)
    return (powers / powers.sum(axis=1, keepdims=True)).argmax(axis=1)


# %% wrong="divided by the largest" loses={"saturation-any-size": "no_largest"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return (logits / logits.max(axis=1, keepdims=True)).argmax(axis=1)


# %% wrong="30 subtracted before the sigmoid" loses={"saturation-any-size": "all_equal"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return sigmoid(logits - 30).argmax(axis=1)


# %% wrong="clipped at 30" loses={"saturation-classes": "all_equal", "saturation-any-size": "all_equal"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.clip(logits, -30, 30).argmax(axis=1)


# %% wrong="whole numbers" loses={"saturation-classes": "all_equal", "saturation-any-size": "all_equal"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.astype(int).argmax(axis=1)


# %% wrong="along the examples" loses={"saturation-classes": "wrong_shape", "saturation-any-size": "wrong_shape"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.argmax(axis=0)


# %% wrong="over all values" loses={"saturation-classes": "no_array", "saturation-any-size": "no_array"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits)


# %% wrong="a column of classes" loses={"saturation-classes": "wrong_shape", "saturation-any-size": "wrong_shape"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1, keepdims=True)


# %% wrong="the largest logit itself" loses={"saturation-classes": "no_integers", "saturation-any-size": "no_integers"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.max(axis=1)


# %% wrong="classes as floats" loses={"saturation-classes": "no_integers", "saturation-any-size": "no_integers"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.argmax(axis=1).astype(float)


# %% wrong="a list of classes" loses={"saturation-classes": "no_array", "saturation-any-size": "no_array"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return list(logits.argmax(axis=1))


# %% [raw] wrong="not written" loses={"saturation-tied": "unwritten", "saturation-float32": "unwritten", "saturation-classes": "unwritten", "saturation-any-size": "unwritten"}
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# +     raise NotImplementedError()
# -     return np.argmax(logits, axis=1)
# +     raise NotImplementedError()

# %% wrong="the classes are not written" loses={"saturation-classes": "unwritten", "saturation-any-size": "unwritten"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    raise NotImplementedError()


# %% [raw] wrong="one name is missing" loses={"saturation-tied": "missing", "saturation-float32": "missing"}
# - def fraction_tied(logits):
# -     """The fraction of rows with at least two float32 sigmoid outputs equal to 1.0."""
# -     outputs = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# -     return float(np.mean(np.sum(outputs == 1, axis=1) >= 2))
# + def sigmoid(logits):
# +     return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))
# +
# +
# + def fraction(logits):
# +     return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)

# %% wrong="a syntax error" loses={"saturation-tied": "error", "saturation-float32": "error", "saturation-classes": "error", "saturation-any-size": "error"}
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) = 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)

# %% wrong="the search starts at -1000" loses={"saturation-any-size": "all_equal"}
def fraction_tied(logits):
    outputs = 1 / (1 + np.exp(-np.asarray(logits, np.float32)))
    return float(np.mean((outputs == 1).sum(axis=1) >= 2))


def predict_classes(logits):
    best, classes = np.full(len(logits), -1000.0), np.zeros(len(logits), int)
    for k in range(logits.shape[1]):
        is_better = logits[:, k] > best
        best[is_better], classes[is_better] = logits[is_better, k], k
    return classes
