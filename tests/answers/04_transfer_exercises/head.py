# %% [markdown]
# Answers to the item `head`.

# %% right="functional, with a ReLU of its own"
def build_head(rate):
    inputs = keras.Input((1280,), name="features")
    hidden = keras.layers.ReLU()(keras.layers.Dense(100)(inputs))
    kept = keras.layers.Dropout(rate)(hidden)
    return keras.Model(inputs, keras.layers.Dense(10, name="logits")(kept))


# %% right="a model in a model"
def build_head(rate):
    hidden = keras.Sequential(
        [keras.layers.Dense(100, activation="relu"), keras.layers.Dropout(rate)]
    )
    return keras.Sequential([keras.Input((1280,)), hidden, keras.layers.Dense(10)])


# %% right="dropout in front of the ReLU"
def build_head(rate):
    """A dropped sum is 0 behind the ReLU, too, and a kept one is scaled: the same numbers."""
    model = keras.Sequential()
    model.add(keras.Input((1280,)))
    model.add(keras.layers.Dense(100))
    model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% right="subclassed, with keras.ops"
class Head(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = keras.layers.Dense(100)
        self.dropout = keras.layers.Dropout(rate)
        self.out = keras.layers.Dense(10)

    def call(self, x, training=None):
        x = keras.ops.relu(self.hidden(x))
        return self.out(self.dropout(x, training=training))


def build_head(rate: float) -> keras.Model:
    return Head(rate)


# %% right="a dropout layer written by hand"
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.draws = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training or self.rate == 0:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.draws) >= self.rate
        return keras.ops.where(kept, x / (1 - self.rate), 0.0)


def build_head(rate):
    hidden = keras.layers.Dense(100, activation="relu", kernel_initializer="he_normal")
    return keras.Sequential(
        [keras.Input((1280,)), hidden, OwnDropout(rate), keras.layers.Dense(10)]
    )


# %% right="a lambda, layers from a loop, a seed for the dropout"
from functools import reduce

from keras import layers


def chain(inputs, *parts):
    return keras.Model(inputs, reduce(lambda x, layer: layer(x), parts, inputs))


build_head = lambda rate: chain(
    keras.Input((1280,)),
    layers.Dense(100, activation=keras.activations.relu),
    layers.Dropout(rate, seed=1),
    layers.Dense(10, activation="linear"),
)


# %% right="compiled already, with a warning and a print"
import warnings


def build_head(rate):
    if not 0 <= rate < 1:
        warnings.warn(f"the rate {rate} is unusual", stacklevel=2)
    model = keras.Sequential(
        [
            keras.layers.Dense(100, "relu"),
            keras.layers.Dropout(np.float32(rate)),
            keras.layers.Dense(10, kernel_regularizer="l2"),
        ]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    print("a head with rate", rate)
    return model


# %% right="TensorFlow's own names, behind a magic"
%matplotlib inline
import tensorflow as tf


def build_head(rate):
    x = inputs = tf.keras.layers.Input(shape=(1280,))
    x = tf.keras.layers.Dense(100, activation=tf.nn.relu)(x)
    x = tf.keras.layers.Dropout(rate)(x)
    return tf.keras.Model(inputs=inputs, outputs=tf.keras.layers.Dense(10)(x))


# %% right="subclassed, has to be told training"
class Head(keras.Model):
    """Its `call` has no default for `training`; `fit`, `predict` and `evaluate` give it."""

    def __init__(self, rate):
        super().__init__()
        self.hidden = keras.layers.Dense(100, activation="relu")
        self.dropout = keras.layers.Dropout(rate)
        self.out = keras.layers.Dense(10)

    def call(self, x, training):
        return self.out(self.dropout(self.hidden(x), training=training))


build_head = Head


# %% right="subclassed, training=False by default"
class Head(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = keras.layers.Dense(100, activation="relu")
        self.dropout = keras.layers.Dropout(rate)
        self.out = keras.layers.Dense(10)

    def call(self, x, training=False):
        x = self.hidden(x)
        if training:
            x = self.dropout(x, training=True)
        return self.out(x)


def build_head(rate):
    return Head(rate)


# %% [raw] wrong="another number of units" loses={"head-layers": "other_sizes"}
# -             keras.layers.Dense(100, activation="relu"),
# +             keras.layers.Dense(128, activation="relu"),

# %% wrong="no hidden layer" loses={"head-layers": "denses", "head-activations": "no_hidden", "head-place": "on_input", "head-rate": "inactive"}
def build_head(rate):
    return keras.Sequential(
        [keras.Input((1280,)), keras.layers.Dropout(rate), keras.layers.Dense(10)]
    )


# %% [raw] wrong="no activation" loses={"head-activations": "no_activation"}
# -             keras.layers.Dense(100, activation="relu"),
# +             keras.layers.Dense(100),

# %% [raw] wrong="softmax in the model" loses={"head-activations": "softmax"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10, activation="softmax"),

# %% [raw] wrong="dropout on the features" loses={"head-place": "on_input", "head-rate": "inactive"}
# -             keras.Input((1280,)),
# +             keras.Input((1280,)),
# +             keras.layers.Dropout(rate),
# -             keras.layers.Dropout(rate),

# %% [raw] wrong="dropout on the logits too" loses={"head-place": "on_output"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),
# +             keras.layers.Dropout(rate),

# %% [raw] wrong="no dropout" loses={"head-place": "nowhere", "head-rate": "inactive"}
# -             keras.layers.Dropout(rate),

# %% [raw] wrong="the probability of keeping" loses={"head-rate": "keeping"}
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(1 - rate),

# %% [raw] wrong="a fixed rate" loses={"head-rate": "constant"}
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(0.5),

# %% wrong="always active" loses={"head-place": "always_on"}
class Head(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = keras.layers.Dense(100, activation="relu")
        self.dropout = keras.layers.Dropout(rate)
        self.out = keras.layers.Dense(10)

    def call(self, x):
        return self.out(self.dropout(self.hidden(x), training=True))


def build_head(rate):
    return Head(rate)


# %% [raw] wrong="normalisation behind the logits" loses={"head-activations": "not_the_sum"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),
# +             keras.layers.BatchNormalization(),

# %% [raw] wrong="one mask for all units of a row" loses={"head-place": "shared"}
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate, noise_shape=(None, 1), seed=2),

# %% [raw] wrong="one mask for the whole batch" loses={"head-place": "shared"}
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate, noise_shape=(1, 100), seed=2),

# %% wrong="the same layers in each model" loses={"head-layers": "same_model"}
hidden = keras.layers.Dense(100, activation="relu")
logits = keras.layers.Dense(10)


def build_head(rate):
    return keras.Sequential([keras.Input((1280,)), hidden, keras.layers.Dropout(rate), logits])


# %% [raw] wrong="Gaussian dropout" loses={"head-place": "nowhere", "head-rate": "inactive"}
# -             keras.layers.Dropout(rate),
# +             keras.layers.GaussianDropout(rate),

# %% wrong="survivors not scaled" loses={"head-place": "unscaled"}
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.draws = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.draws) >= self.rate
        return keras.ops.where(kept, x, 0.0)


def build_head(rate):
    hidden = keras.layers.Dense(100, activation="relu")
    return keras.Sequential(
        [keras.Input((1280,)), hidden, OwnDropout(rate), keras.layers.Dense(10)]
    )


# %% wrong="the same mask at each call" loses={"head-place": "fixed"}
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        return keras.random.dropout(x, self.rate, seed=42) if training else x


def build_head(rate):
    hidden = keras.layers.Dense(100, activation="relu")
    return keras.Sequential(
        [keras.Input((1280,)), hidden, OwnDropout(rate), keras.layers.Dense(10)]
    )


# %% wrong="training=True in a functional model" loses={"head-place": "always_on"}
def build_head(rate):
    inputs = keras.Input((1280,))
    x = keras.layers.Dense(100, activation="relu")(inputs)
    x = keras.layers.Dropout(rate)(x, training=True)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% wrong="not written" loses={"head-layers": "unwritten", "head-activations": "unwritten", "head-place": "unwritten", "head-rate": "unwritten"}
def build_head(rate):
    """A head of 100 units with dropout on 1,280 features: ten logits."""
    raise NotImplementedError()


# %% wrong="not returned" loses={"head-layers": "no_model", "head-activations": "no_model", "head-place": "no_model", "head-rate": "no_model"}
def build_head(rate):
    model = keras.Sequential([keras.Input((1280,)), keras.layers.Dense(100, activation="relu")])
    model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(10))
    print(model.name)
