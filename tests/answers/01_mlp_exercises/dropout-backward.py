# %% [markdown]
# Answers to the item `dropout-backward`.

# %% [raw] right="numpy.where"
# -     return upstream * mask / (1 - rate)
# +     return np.where(mask, upstream * (1 / (1 - rate)), 0).astype(upstream.dtype)

# %% [raw] right="zeros are assigned"
# -     return upstream * mask / (1 - rate)
# +     dx = upstream / (1 - rate)
# +     dx[np.logical_not(mask)] = 0
# +     return dx

# %% [raw] right="numpy.divide with where"
# -     return upstream * mask / (1 - rate)
# +     return np.divide(upstream, 1 - rate, out=np.zeros_like(upstream), where=mask.astype(bool))

# %% right="TensorFlow's gradient tape"
import tensorflow as tf


def dropout_backward(upstream, mask, rate):
    x = tf.Variable(np.zeros_like(upstream))
    with tf.GradientTape() as tape:
        y = x * tf.cast(mask, x.dtype) / (1 - rate)
    return tape.gradient(y, x, output_gradients=tf.constant(upstream)).numpy()


# %% [raw] right="Keras operations"
# -     return upstream * mask / (1 - rate)
# +     gradient = keras.ops.where(mask, upstream / (1 - rate), keras.ops.zeros_like(upstream))
# +     return keras.ops.convert_to_numpy(gradient)

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


# %% [raw] right="a pandas frame"
# -     return upstream * mask / (1 - rate)
# +     frame = pd.DataFrame(upstream).where(pd.DataFrame(mask).astype(bool), 0)
# +     return (frame / (1 - rate)).to_numpy()

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


# %% [raw] wrong="survivors are not scaled" loses={"dropout-backward-gradient": "unscaled"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask

# %% [raw] wrong="multiplied by the keep-probability" loses={"dropout-backward-gradient": "original"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask * (1 - rate)

# %% [raw] wrong="the scale is applied twice" loses={"dropout-backward-gradient": "twice"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask / (1 - rate) ** 2

# %% [raw] wrong="divided by the rate" loses={"dropout-backward-gradient": "by_dropping"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask / rate

# %% [raw] wrong="multiplied by the rate" loses={"dropout-backward-gradient": "times_dropping"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask * rate

# %% [raw] wrong="the rate is hard-coded" loses={"dropout-backward-gradient": "other_scale"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask / 0.5

# %% [raw] wrong="the scale is estimated from the mask" loses={"dropout-backward-gradient": "other_scale"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask / float(mask.mean())

# %% [raw] wrong="the mask is inverted, as float" loses={"dropout-backward-gradient": "reaches_dropped", "dropout-backward-mask": "other_mask", "dropout-backward-form": "widened"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * (1 - mask.astype(float)) / (1 - rate)

# %% [raw] wrong="a new mask from the global random state" loses={"dropout-backward-gradient": "reaches_dropped", "dropout-backward-mask": "other_mask"}
# -     """The gradient with respect to x, of the shape of upstream."""
# +     """The gradient with respect to x, of the shape of upstream."""
# +     mask = np.random.rand(*upstream.shape) >= rate

# %% [raw] wrong="NaN for the dropped" loses={"dropout-backward-gradient": "reaches_dropped", "dropout-backward-mask": "other_mask"}
# -     return upstream * mask / (1 - rate)
# +     return np.where(mask, upstream / (1 - rate), np.nan).astype(upstream.dtype)

# %% [raw] wrong="upstream is ignored" loses={"dropout-backward-gradient": "no_upstream"}
# -     return upstream * mask / (1 - rate)
# +     return np.where(mask, 1 / (1 - rate), 0).astype(upstream.dtype)

# %% [raw] wrong="the scaled mask is returned" loses={"dropout-backward-gradient": "no_upstream", "dropout-backward-form": "widened"}
# -     return upstream * mask / (1 - rate)
# +     return mask / (1 - rate)

# %% [raw] wrong="in place" loses={"dropout-backward-form": "in_place"}
# -     return upstream * mask / (1 - rate)
# +     upstream *= mask
# +     upstream /= 1 - rate
# +     return upstream

# %% [raw] wrong="zeros are written into upstream" loses={"dropout-backward-form": "in_place"}
# -     return upstream * mask / (1 - rate)
# +     dx = upstream
# +     dx[mask == 0] = 0
# +     return dx / (1 - rate)

# %% [raw] wrong="the mask is scaled in place" loses={"dropout-backward-gradient": "crash", "dropout-backward-mask": "crash", "dropout-backward-form": "crash"}
# -     return upstream * mask / (1 - rate)
# +     mask /= 1 - rate
# +     return upstream * mask

# %% [raw] wrong="always float32" loses={"dropout-backward-form": "fixed_dtype"}
# -     return upstream * mask / (1 - rate)
# +     return (upstream * mask / (1 - rate)).astype(np.float32)

# %% [raw] wrong="summed over the examples" loses={"dropout-backward-gradient": "wrong_shape", "dropout-backward-mask": "wrong_shape", "dropout-backward-form": "wrong_shape"}
# -     return upstream * mask / (1 - rate)
# +     return (upstream * mask / (1 - rate)).sum(axis=0)

# %% [raw] wrong="flattened" loses={"dropout-backward-gradient": "wrong_shape", "dropout-backward-mask": "wrong_shape", "dropout-backward-form": "wrong_shape"}
# -     return upstream * mask / (1 - rate)
# +     return (upstream * mask / (1 - rate)).ravel()

# %% [raw] wrong="the mask is returned as well" loses={"dropout-backward-gradient": "no_array", "dropout-backward-mask": "no_array", "dropout-backward-form": "no_array"}
# -     return upstream * mask / (1 - rate)
# +     return upstream * mask / (1 - rate), mask

# %% [raw] wrong="a tensor is returned" loses={"dropout-backward-gradient": "no_array", "dropout-backward-mask": "no_array", "dropout-backward-form": "no_array"}
# -     return upstream * mask / (1 - rate)
# +     return keras.ops.convert_to_tensor(upstream * mask / (1 - rate))

# %% wrong="the argument rate left out" loses={"dropout-backward-gradient": "crash", "dropout-backward-mask": "crash", "dropout-backward-form": "crash"}
def dropout_backward(upstream, mask):
    return upstream * mask / (1 - 0.5)


# %% [raw] wrong="not written" loses={"dropout-backward-gradient": "unwritten", "dropout-backward-mask": "unwritten", "dropout-backward-form": "unwritten"}
# -     return upstream * mask / (1 - rate)
# +     raise NotImplementedError()

# %% [raw] wrong="another name" loses={"dropout-backward-gradient": "missing", "dropout-backward-mask": "missing", "dropout-backward-form": "missing"}
# - def dropout_backward(upstream, mask, rate):
# + def backward(upstream, mask, rate):

# %% wrong="a syntax error" loses={"dropout-backward-gradient": "error", "dropout-backward-mask": "error", "dropout-backward-form": "error"}
def dropout_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate
