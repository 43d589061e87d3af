# %% [markdown]
# Answers to the item `dropout-backward`.

# %% right="numpy.where"
def dropout_backward(upstream, mask, rate):
    return np.where(mask, upstream * (1 / (1 - rate)), 0).astype(upstream.dtype)


# %% right="zeros are assigned"
def dropout_backward(upstream, mask, rate):
    dx = upstream / (1 - rate)
    dx[np.logical_not(mask)] = 0
    return dx


# %% right="numpy.divide with where"
def dropout_backward(upstream, mask, rate):
    return np.divide(upstream, 1 - rate, out=np.zeros_like(upstream), where=mask.astype(bool))


# %% right="TensorFlow's gradient tape"
import tensorflow as tf


def dropout_backward(upstream, mask, rate):
    x = tf.Variable(np.zeros_like(upstream))
    with tf.GradientTape() as tape:
        y = x * tf.cast(mask, x.dtype) / (1 - rate)
    return tape.gradient(y, x, output_gradients=tf.constant(upstream)).numpy()


# %% right="Keras operations"
def dropout_backward(upstream, mask, rate):
    gradient = keras.ops.where(mask, upstream / (1 - rate), keras.ops.zeros_like(upstream))
    return keras.ops.convert_to_numpy(gradient)


# %% right="loops with a note on standard error"
import sys


def dropout_backward(upstream, mask, rate):
    print(f"backward pass of {upstream.shape}", file=sys.stderr)
    dx = np.zeros_like(upstream)
    for row in range(upstream.shape[0]):
        for column in range(upstream.shape[1]):
            if mask[row, column]:
                dx[row, column] = upstream[row, column] / (1 - rate)
    return dx


# %% right="a pandas frame"
def dropout_backward(upstream, mask, rate):
    frame = pd.DataFrame(upstream).where(pd.DataFrame(mask).astype(bool), 0)
    return (frame / (1 - rate)).to_numpy()


# %% right="recursion over the rows, timed"
def dropout_backward(upstream, mask, rate):
    """The gradient of one row, then of the rows that are left."""
    if len(upstream) == 0:
        return upstream.copy()
    first = np.array([u / (1 - rate) if m else 0 for u, m in zip(upstream[0], mask[0])])
    rest = dropout_backward(upstream[1:], mask[1:], rate)
    return np.concatenate([first[np.newaxis].astype(upstream.dtype), rest])


%time dropout_backward(np.ones((2, 3)), np.eye(2, 3), 0.5)

# %% right="a lambda, with a scaled mask of the dtype of upstream"
dropout_backward = lambda upstream, mask, rate: (
    upstream * (mask.astype(upstream.dtype) / (1 - rate))
)

# %% right="a masked array, with a warning"
import warnings


def dropout_backward(upstream, mask, rate):
    warnings.warn("no random numbers are drawn", stacklevel=2)
    return np.ma.masked_where(np.equal(mask, 0), upstream / (1 - rate)).filled(0)


# %% wrong="survivors are not scaled" loses=["dropout-backward-gradient"] says=["survivors are not scaled"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask


# %% wrong="multiplied by the keep-probability" loses=["dropout-backward-gradient"] says=["multiplied by the keep-probability"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask * (1 - rate)


# %% wrong="the scale is applied twice" loses=["dropout-backward-gradient"] says=["the scale was applied twice"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate) ** 2


# %% wrong="divided by the rate" loses=["dropout-backward-gradient"] says=["divided by the probability of dropping"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask / rate


# %% wrong="multiplied by the rate" loses=["dropout-backward-gradient"] says=["multiplied by the probability of dropping"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask * rate


# %% wrong="the rate is hard-coded" loses=["dropout-backward-gradient"] says=["the numeric gradient at rate 0.2"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask / 0.5


# %% wrong="the scale is estimated from the mask" loses=["dropout-backward-gradient"] says=["estimated from the draw"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask / float(mask.mean())


# %% wrong="the mask is not used" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["were dropped", "not used"]
def dropout_backward(upstream, mask, rate):
    return upstream / (1 - rate)


# %% wrong="upstream is handed through" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["a gradient reaches units that were dropped"]
def dropout_backward(upstream, mask, rate):
    return upstream.copy()


# %% wrong="the mask is inverted, as float" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["were dropped", "the mask is inverted"]
def dropout_backward(upstream, mask, rate):
    return upstream * (1 - mask.astype(float)) / (1 - rate)


# %% wrong="the mask is inverted" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["the mask is inverted"]
def dropout_backward(upstream, mask, rate):
    return np.where(mask, 0, upstream / (1 - rate)).astype(upstream.dtype)


# %% wrong="a new mask from the global random state" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["a new mask is drawn"]
def dropout_backward(upstream, mask, rate):
    mask = np.random.rand(*upstream.shape) >= rate
    return upstream * mask / (1 - rate)


# %% wrong="a new mask from a fixed seed" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["a new mask is drawn"]
def dropout_backward(upstream, mask, rate):
    generator = np.random.default_rng(0)
    mask = generator.random(upstream.shape) >= rate
    return upstream * mask / (1 - rate)


# %% wrong="the forward pass is run again" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["a new mask is drawn"]
def dropout_backward(upstream, mask, rate):
    dx, _ = dropout_forward(upstream, rate, True, np.random.default_rng())
    return dx


# %% wrong="like ReLU" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["a gradient reaches units that were dropped"]
def dropout_backward(upstream, mask, rate):
    return upstream * (upstream > 0) / (1 - rate)


# %% wrong="NaN for the dropped" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["reaches units that were dropped"]
def dropout_backward(upstream, mask, rate):
    return np.where(mask, upstream / (1 - rate), np.nan).astype(upstream.dtype)


# %% wrong="upstream is ignored" loses=["dropout-backward-gradient"] says=["the largest difference"]
def dropout_backward(upstream, mask, rate):
    return np.where(mask, 1 / (1 - rate), 0).astype(upstream.dtype)


# %% wrong="the scaled mask is returned" loses=["dropout-backward-gradient", "dropout-backward-form"] says=["dx is float64"]
def dropout_backward(upstream, mask, rate):
    return mask / (1 - rate)


# %% wrong="a mask of one example for all" loses=["dropout-backward-gradient", "dropout-backward-mask"] says=["reaches units that were dropped"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask[0] / (1 - rate)


# %% wrong="only a Boolean mask is understood" loses=["dropout-backward-gradient"] says=["TypeError"]
def dropout_backward(upstream, mask, rate):
    dx = upstream / (1 - rate)
    dx[~mask] = 0
    return dx


# %% wrong="in place" loses=["dropout-backward-form"] says=["writing into an argument"]
def dropout_backward(upstream, mask, rate):
    upstream *= mask
    upstream /= 1 - rate
    return upstream


# %% wrong="zeros are written into upstream" loses=["dropout-backward-form"] says=["one of them changed"]
def dropout_backward(upstream, mask, rate):
    dx = upstream
    dx[mask == 0] = 0
    return dx / (1 - rate)


# %% wrong="the mask is inverted in place" loses=["dropout-backward-form"] says=["writing into an argument"]
def dropout_backward(upstream, mask, rate):
    np.logical_not(mask, out=mask)
    dx = upstream / (1 - rate)
    dx[mask == 1] = 0
    return dx


# %% wrong="the mask is scaled in place" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["Cannot cast ufunc"]
def dropout_backward(upstream, mask, rate):
    mask /= 1 - rate
    return upstream * mask


# %% wrong="the scaled mask widens the product" loses=["dropout-backward-form"] says=["dx is float64"]
def dropout_backward(upstream, mask, rate):
    return upstream * (mask / (1 - rate))


# %% wrong="zeros of the default dtype" loses=["dropout-backward-form"] says=["dx is float64"]
def dropout_backward(upstream, mask, rate):
    dx = np.zeros(upstream.shape)
    kept = mask.astype(bool)
    dx[kept] = upstream[kept] / (1 - rate)
    return dx


# %% wrong="always float32" loses=["dropout-backward-form"] says=["dx is float32"]
def dropout_backward(upstream, mask, rate):
    return (upstream * mask / (1 - rate)).astype(np.float32)


# %% wrong="summed over the examples" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["an axis was summed over"]
def dropout_backward(upstream, mask, rate):
    return (upstream * mask / (1 - rate)).sum(axis=0)


# %% wrong="flattened" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["has the shape (8, 6)"]
def dropout_backward(upstream, mask, rate):
    return (upstream * mask / (1 - rate)).ravel()


# %% wrong="only the kept values" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["has the shape (8, 6)"]
def dropout_backward(upstream, mask, rate):
    return upstream[mask.astype(bool)] / (1 - rate)


# %% wrong="the mask is returned as well" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["a tuple of length 2"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate), mask


# %% wrong="a tensor is returned" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["dx is a NumPy array"]
def dropout_backward(upstream, mask, rate):
    return keras.ops.convert_to_tensor(upstream * mask / (1 - rate))


# %% wrong="printed and not returned" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["found:    None"]
def dropout_backward(upstream, mask, rate):
    print(upstream * mask / (1 - rate))


# %% wrong="the argument rate left out" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["TypeError"]
def dropout_backward(upstream, mask):
    return upstream * mask / (1 - 0.5)


# %% wrong="not written" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["not written yet"]
def dropout_backward(upstream, mask, rate):
    """The gradient with respect to x, of the shape of upstream."""
    raise NotImplementedError()


# %% wrong="another name" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["name 'dropout_backward' is not defined"]
def backward(upstream, mask, rate):
    return upstream * mask / (1 - rate)


# %% wrong="a syntax error" loses=["dropout-backward-gradient", "dropout-backward-mask", "dropout-backward-form"] says=["name 'dropout_backward' is not defined"]
def dropout_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate
