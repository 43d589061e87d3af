# %% [markdown]
# Answers to the item `saturation`.

# %% right="Keras operations"
def fraction_tied(logits):
    outputs = keras.ops.sigmoid(keras.ops.convert_to_tensor(logits, dtype="float32"))
    ones = keras.ops.convert_to_numpy(keras.ops.equal(outputs, 1.0))
    return np.mean(np.count_nonzero(ones, axis=1) > 1)


def predict_classes(logits):
    return keras.ops.convert_to_numpy(keras.ops.argmax(logits, axis=1))


# %% right="by sorting"
def fraction_tied(logits):
    outputs = 1 / (1 + np.exp(-logits.astype("float32")))
    return np.mean(np.sort(outputs, axis=1)[:, -2] == 1)


def predict_classes(logits):
    return np.argsort(logits, axis=-1)[:, -1].astype(np.int32)


# %% right="another formula, in Python"
def fraction_tied(logits):
    powers = np.exp(np.float32(logits))
    outputs = np.where(np.isinf(powers), 1, powers / (1 + powers))
    return sum(list(row).count(1) > 1 for row in outputs) / len(logits)


def predict_classes(logits):
    return np.array([max(range(len(row)), key=row.__getitem__) for row in logits])


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


# %% right="the places of the maxima"
def fraction_tied(logits):
    with np.errstate(over="ignore"):
        below = 1 - 1 / (1 + np.exp(np.negative(logits, dtype=np.float32, casting="same_kind")))
    return np.mean([np.sum(row == 0) not in (0, 1) for row in below])


def predict_classes(logits):
    return np.nonzero(logits == logits.max(axis=1, keepdims=True))[1]


# %% wrong="a single output counts" loses=["saturation-tied", "saturation-float32"] says=["one is no tie"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).any(axis=1))


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="outputs are counted" loses=["saturation-tied", "saturation-float32"] says=["rather than rows"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean(sigmoid(logits) == 1)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="a percentage" loses=["saturation-tied", "saturation-float32"] says=["a percentage is returned"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return 100 * np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="a number of rows" loses=["saturation-tied", "saturation-float32"] says=["a number of rows is returned"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return int(np.sum((sigmoid(logits) == 1).sum(axis=1) >= 2))


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="outputs close to 1.0 count" loses=["saturation-tied", "saturation-float32"] says=["close to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean(np.isclose(sigmoid(logits), 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="outputs that round to 1.00 count" loses=["saturation-tied", "saturation-float32"] says=["close to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits).round(2) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="outputs above 0.9999 count" loses=["saturation-tied", "saturation-float32"] says=["close to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) > 0.9999).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="equal largest outputs count" loses=["saturation-tied", "saturation-float32"] says=["below 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    outputs = sigmoid(logits)
    largest = outputs.max(axis=1, keepdims=True)
    return np.mean((outputs == largest).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="any equal outputs count" loses=["saturation-tied", "saturation-float32"] says=["fraction of rows with at least two outputs equal to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean([len(np.unique(row)) < len(row) for row in sigmoid(logits)])


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="exactly two" loses=["saturation-tied", "saturation-float32"] says=["outputs equal to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) == 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="more than two" loses=["saturation-tied", "saturation-float32"] says=["outputs equal to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) > 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="rows without a tie" loses=["saturation-tied"] says=["outputs equal to 1.0"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) < 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="float64" loses=["saturation-float32"] says=["the sigmoid is computed in float64"]
def fraction_tied(logits):
    return np.mean((1 / (1 + np.exp(-np.float64(logits))) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="the dtype of the logits" loses=["saturation-float32"] says=["computed in float64"]
def fraction_tied(logits):
    return np.mean((1 / (1 + np.exp(-logits)) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="float16" loses=["saturation-tied", "saturation-float32"] says=["when the rows have"]
def fraction_tied(logits):
    return np.mean((1 / (1 + np.exp(-np.float16(logits))) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="softmax in place of sigmoid" loses=["saturation-tied", "saturation-float32"] says=["not of outputs equal to 1.0"]
def fraction_tied(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    outputs = powers / powers.sum(axis=1, keepdims=True)
    return np.mean((outputs == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="along the columns" loses=["saturation-tied", "saturation-float32"] says=["wrong axis"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=0) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="the outputs computed above are used" loses=["saturation-tied", "saturation-float32"] says=["when the rows have"]
def fraction_tied(logits):
    return np.mean((outputs == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="a truth value for each row" loses=["saturation-tied", "saturation-float32"] says=["bool array"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return (sigmoid(logits) == 1).sum(axis=1) >= 2


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="NaN" loses=["saturation-tied", "saturation-float32"] says=["found:    nan"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean(sigmoid(logits)[:0])


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="text" loses=["saturation-tied", "saturation-float32"] says=["one finite number"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    share = np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)
    return f"{share:.1%}"


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="the fraction is printed" loses=["saturation-tied", "saturation-float32"] says=["found:    None"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    print(np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2))


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="the math module" loses=["saturation-tied", "saturation-float32"] says=["TypeError"]
import math


def fraction_tied(logits):
    return np.mean((1 / (1 + math.exp(-logits)) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="classes from float32 outputs" loses=["saturation-classes", "saturation-any-size"] says=["saturate or overflow at this size"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return sigmoid(logits).argmax(axis=1)


# %% wrong="classes from float64 outputs" loses=["saturation-any-size"] says=["as float64 does"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return (1 / (1 + np.exp(-np.float64(logits)))).argmax(axis=1)


# %% wrong="classes from a softmax that overflows" loses=["saturation-any-size"] says=["overflow"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    powers = np.exp(logits)
    return (powers / powers.sum(axis=1, keepdims=True)).argmax(axis=1)


# %% wrong="divided by the largest" loses=["saturation-any-size"] says=["the largest is not taken"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return (logits / logits.max(axis=1, keepdims=True)).argmax(axis=1)


# %% wrong="log of the sigmoid" loses=["saturation-any-size"] says=["saturate"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return (-np.logaddexp(0, -logits)).argmax(axis=1)


# %% wrong="30 subtracted before the sigmoid" loses=["saturation-any-size"] says=["another class"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return sigmoid(logits - 30).argmax(axis=1)


# %% wrong="clipped at 30" loses=["saturation-classes", "saturation-any-size"] says=["another class"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.clip(logits, -30, 30).argmax(axis=1)


# %% wrong="whole numbers" loses=["saturation-classes", "saturation-any-size"] says=["another class"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.astype(int).argmax(axis=1)


# %% wrong="the largest without its sign" loses=["saturation-any-size"] says=["the largest is not taken"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.abs(logits).argmax(axis=1)


# %% wrong="the smallest" loses=["saturation-classes", "saturation-any-size"] says=["the largest is not taken"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.argmin(axis=1)


# %% wrong="the first of the sorted" loses=["saturation-classes", "saturation-any-size"] says=["the largest is not taken"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argsort(logits, axis=1)[:, 0]


# %% wrong="along the examples" loses=["saturation-classes", "saturation-any-size"] says=["the prediction has the shape"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.argmax(axis=0)


# %% wrong="over all values" loses=["saturation-classes", "saturation-any-size"] says=["a NumPy array"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits)


# %% wrong="a column of classes" loses=["saturation-classes", "saturation-any-size"] says=["an axis was summed over, added"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1, keepdims=True)


# %% wrong="the largest logit itself" loses=["saturation-classes", "saturation-any-size"] says=["an integer array"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.max(axis=1)


# %% wrong="probabilities" loses=["saturation-classes", "saturation-any-size"] says=["shape"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# %% wrong="classes as floats" loses=["saturation-classes", "saturation-any-size"] says=["an integer array"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return logits.argmax(axis=1).astype(float)


# %% wrong="a list of classes" loses=["saturation-classes", "saturation-any-size"] says=["a NumPy array"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return list(logits.argmax(axis=1))


# %% wrong="a tensor of classes" loses=["saturation-classes", "saturation-any-size"] says=["a NumPy array"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return keras.ops.argmax(logits, axis=1)


# %% wrong="the classes read above are returned" loses=["saturation-classes", "saturation-any-size"] says=["shape (2000,)"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return read_classes


# %% wrong="the classes are printed" loses=["saturation-classes", "saturation-any-size"] says=["found:    None"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    print(logits.argmax(axis=1))


# %% wrong="not written" loses=["saturation-tied", "saturation-float32", "saturation-classes", "saturation-any-size"] says=["not written yet"]
def fraction_tied(logits):
    """The fraction of rows with at least two float32 sigmoid outputs equal to 1.0."""
    raise NotImplementedError()


def predict_classes(logits):
    """The class with the largest logit in each row: integers, shape (n,)."""
    raise NotImplementedError()


# %% wrong="the classes are not written" loses=["saturation-classes", "saturation-any-size"] says=["not written yet"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    raise NotImplementedError()


# %% wrong="one name is missing" loses=["saturation-tied", "saturation-float32"] says=["name 'fraction_tied' is not defined"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction(logits):
    return np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)


# %% wrong="a syntax error" loses=["saturation-tied", "saturation-float32", "saturation-classes", "saturation-any-size"] says=["is not defined"]
def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float32)))


def fraction_tied(logits):
    return np.mean((sigmoid(logits) = 1).sum(axis=1) >= 2)


def predict_classes(logits):
    return np.argmax(logits, axis=1)
