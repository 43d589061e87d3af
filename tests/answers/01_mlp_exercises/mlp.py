# %% [markdown]
# Answers to the item `mlp`.

# %% right="the functional interface"
def build_mlp(rate):
    inputs = x = keras.Input((784,), name="pixels")
    for k in range(2):
        x = keras.layers.Dense(256, name=f"hidden_{k}")(x)
        x = keras.layers.ReLU()(x)
        x = keras.layers.Dropout(rate, seed=k)(x)
    return keras.Model(inputs, keras.layers.Dense(10, activation="linear")(x))


# %% right="nested models, compiled"
def block(rate):
    dense = keras.layers.Dense(256, activation=keras.activations.relu)
    return keras.Sequential([dense, keras.layers.Dropout(rate)])


def build_mlp(rate):
    model = keras.Sequential(
        [keras.Input((784,)), block(rate), block(rate), keras.layers.Dense(10)]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% right="dropout before ReLU, not built"
def build_mlp(rate):
    """Scaling by a number that is not negative and ReLU commute."""
    model = keras.Sequential([keras.layers.Flatten()])
    for _ in range(2):
        model.add(keras.layers.Dense(256))
        model.add(keras.layers.Dropout(rate))
        model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% right="a subclass with one Dropout layer for both places"
class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = [keras.layers.Dense(256, "relu"), keras.layers.Dense(256, "relu")]
        self.drop = keras.layers.Dropout(rate)
        self.last = keras.layers.Dense(10)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=training)
        return self.last(x)


build_mlp = Perceptron


# %% right="a subclass with operations"
@keras.saving.register_keras_serializable()
class Perceptron(keras.Model):
    """ReLU is written by hand, in two ways."""

    def __init__(self, rate, **keywords):
        super().__init__(**keywords)
        self.one, self.two = keras.layers.Dense(256), keras.layers.Dense(256)
        self.three = keras.layers.Dense(10)
        self.drop = keras.layers.Dropout(rate)

    def call(self, inputs, training=None):
        x = self.drop(keras.ops.relu(self.one(inputs)), training=training)
        x = self.drop(keras.ops.maximum(self.two(x), 0.0), training=training)
        return self.three(inputs=x)


def build_mlp(rate):
    return Perceptron(rate, name="perceptron")


# %% [raw] right="a dropout layer of its own"
# - def build_mlp(rate):
# + class OwnDropout(keras.layers.Layer):
# +     def __init__(self, rate):
# +         super().__init__()
# +         self.rate = rate
# +         self.generator = keras.random.SeedGenerator()
# +
# +     def call(self, x, training=None):
# +         if not training or self.rate == 0:
# +             return x
# +         kept = keras.random.uniform(keras.ops.shape(x), seed=self.generator) >= self.rate
# +         return x * keras.ops.cast(kept, x.dtype) / (1 - self.rate)
# +
# +
# + def build_mlp(rate):
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="relu", kernel_initializer="he_normal"),
# +             OwnDropout(rate),
# +             keras.layers.Dense(256, activation=lambda x: keras.ops.relu(x)),
# +             OwnDropout(rate),

# %% right="TensorFlow's functions in a subclass"
import tensorflow as tf


class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.denses = [keras.layers.Dense(units) for units in (256, 256, 10)]

    def call(self, inputs, training=False):
        *hidden, last = self.denses
        x = tf.cast(inputs, tf.float32)
        for dense in hidden:
            x = tf.nn.relu(dense(x))
            if training:
                x = tf.nn.dropout(x, rate=self.rate)
        return last(x)


def build_mlp(rate):
    model = Perceptron(rate)
    model.build((None, 784))
    return model


# %% right="a penalty on the weights, a summary and a magic"
%matplotlib inline
from functools import partial

hidden = partial(keras.layers.Dense, 256, "relu", kernel_regularizer=keras.regularizers.L2(1e-4))


def build_mlp(rate: float = 0.5) -> keras.Model:
    model = keras.Sequential(name="mlp")
    model.add(keras.layers.InputLayer(shape=(784,), dtype="float32"))
    for _ in range(2):
        model.add(hidden())
        model.add(keras.layers.Dropout(rate=rate))
    model.add(keras.layers.Dense(10))
    return model


build_mlp(0.5).summary()


# %% right="a copy of a model, with a warning"
import warnings


def build_mlp(rate):
    inputs = keras.Input(shape=(784,))
    first = keras.layers.Dense(256, activation="relu")(inputs)
    second = keras.layers.Dense(256, activation="relu")(keras.layers.Dropout(rate)(first))
    outputs = keras.layers.Dense(units=10)(keras.layers.Dropout(rate)(second))
    if rate > 0.5:
        warnings.warn(f"rate {rate} is high", stacklevel=2)
    return keras.models.clone_model(keras.Model(inputs, outputs))


# %% [raw] wrong="no dropout" loses={"mlp-places": "nowhere", "mlp-rate": "inactive", "mlp-training": "inactive"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="relu"),

# %% [raw] wrong="dropout on the input" loses={"mlp-places": "on_input"}
# -             keras.Input((784,)),
# +             keras.Input((784,)),
# +             keras.layers.Dropout(rate),

# %% [raw] wrong="dropout after the output" loses={"mlp-places": "on_output"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),
# +             keras.layers.Dropout(rate),

# %% [raw] wrong="dropout after a softmax" loses={"mlp-logits": "softmax", "mlp-places": "on_output"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10, activation="softmax"),
# +             keras.layers.Dropout(rate),

# %% [raw] wrong="dropout after the first hidden layer only" loses={"mlp-places": "too_few"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),

# %% [raw] wrong="dropout after the second hidden layer only" loses={"mlp-places": "too_few"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256, activation="relu"),

# %% [raw] wrong="the rate is hard-coded" loses={"mlp-rate": "constant"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(0.5),
# +             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(0.5),

# %% [raw] wrong="the rate of the second layer is hard-coded" loses={"mlp-rate": "other_rate"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(10),
# +             keras.layers.Dropout(0.2),
# +             keras.layers.Dense(10),

# %% [raw] wrong="the keep-probability is given" loses={"mlp-rate": "keeping"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(1 - rate),
# +             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(1 - rate),

# %% [raw] wrong="dropout twice at one place" loses={"mlp-rate": "other_rate"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="relu"),

# %% [raw] wrong="other numbers of units" loses={"mlp-dense": "other_sizes"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(512, activation="relu"),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(512, activation="relu"),

# %% [raw] wrong="one hidden layer" loses={"mlp-dense": "denses"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate),

# %% [raw] wrong="three hidden layers" loses={"mlp-dense": "denses"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(10),

# %% [raw] wrong="one output" loses={"mlp-dense": "other_sizes"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(1),

# %% [raw] wrong="inputs are scaled again" loses={"mlp-dense": "changed"}
# -             keras.Input((784,)),
# +             keras.Input((784,)),
# +             keras.layers.Rescaling(1 / 255),

# %% [raw] wrong="inputs are normalised" loses={"mlp-dense": "changed"}
# -             keras.Input((784,)),
# +             keras.Input((784,)),
# +             keras.layers.LayerNormalization(),

# %% [raw] wrong="no activation" loses={"mlp-relu": "no_activation"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256),

# %% [raw] wrong="no activation in the second layer" loses={"mlp-relu": "no_activation"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256),

# %% [raw] wrong="sigmoid in the hidden layers" loses={"mlp-relu": "other_activation"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256, activation="sigmoid"),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="sigmoid"),

# %% [raw] wrong="tanh in the hidden layers" loses={"mlp-relu": "other_activation"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256, activation="tanh"),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="tanh"),

# %% [raw] wrong="softmax in the output layer" loses={"mlp-logits": "softmax"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10, activation="softmax"),

# %% [raw] wrong="sigmoid at the output" loses={"mlp-logits": "not_the_sum"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10, activation="sigmoid"),

# %% [raw] wrong="ReLU on the logits" loses={"mlp-logits": "not_the_sum"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),
# +             keras.layers.ReLU(),

# %% wrong="a Dropout layer that is always active" loses={"mlp-training": "always_on"}
class AlwaysDropout(keras.layers.Dropout):
    def call(self, inputs, training=None):
        return super().call(inputs, training=True)


def build_mlp(rate):
    inputs = keras.Input((784,))
    x = keras.layers.Dense(256, activation="relu")(inputs)
    x = AlwaysDropout(rate)(x)
    x = keras.layers.Dense(256, activation="relu")(x)
    x = AlwaysDropout(rate)(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% [raw] wrong="a function that always drops" loses={"mlp-training": "always_on"}
# -     """A perceptron 784-256-256-10 with dropout of this rate after both hidden layers."""
# +     """A perceptron 784-256-256-10 with dropout of this rate after both hidden layers."""
# +     def drop(x):
# +         return keras.random.dropout(x, rate)
# +
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Lambda(drop),
# +             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Lambda(drop),

# %% [raw] wrong="survivors are not scaled" loses={"mlp-training": "unscaled"}
# - def build_mlp(rate):
# + class OwnDropout(keras.layers.Layer):
# +     def __init__(self, rate):
# +         super().__init__()
# +         self.rate = rate
# +         self.generator = keras.random.SeedGenerator()
# +
# +     def call(self, x, training=None):
# +         if not training:
# +             return x
# +         kept = keras.random.uniform(keras.ops.shape(x), seed=self.generator) >= self.rate
# +         return x * keras.ops.cast(kept, x.dtype)
# +
# +
# + def build_mlp(rate):
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             OwnDropout(rate),
# +             keras.layers.Dense(256, activation="relu"),
# +             OwnDropout(rate),

# %% [raw] wrong="multiplied by the keep-probability" loses={"mlp-training": "unscaled"}
# - def build_mlp(rate):
# + class OwnDropout(keras.layers.Layer):
# +     def __init__(self, rate):
# +         super().__init__()
# +         self.rate = rate
# +         self.generator = keras.random.SeedGenerator()
# +
# +     def call(self, x, training=None):
# +         if not training:
# +             return x
# +         kept = keras.random.uniform(keras.ops.shape(x), seed=self.generator) >= self.rate
# +         return x * keras.ops.cast(kept, x.dtype) * (1 - self.rate)
# +
# +
# + def build_mlp(rate):
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             OwnDropout(rate),
# +             keras.layers.Dense(256, activation="relu"),
# +             OwnDropout(rate),

# %% [raw] wrong="the same mask every call" loses={"mlp-training": "fixed"}
# - def build_mlp(rate):
# + class OwnDropout(keras.layers.Layer):
# +     def __init__(self, rate):
# +         super().__init__()
# +         self.rate = rate
# +         self.generator = keras.random.SeedGenerator()
# +
# +     def call(self, x, training=None):
# +         if not training:
# +             return x
# +         kept = keras.random.uniform(keras.ops.shape(x), seed=3) >= self.rate
# +         return x * keras.ops.cast(kept, x.dtype) / (1 - self.rate)
# +
# +
# + def build_mlp(rate):
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             OwnDropout(rate),
# +             keras.layers.Dense(256, activation="relu"),
# +             OwnDropout(rate),

# %% [raw] wrong="the mask is shared by the batch" loses={"mlp-training": "shared"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate, noise_shape=(1, 256)),
# +             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(rate, noise_shape=(1, 256)),

# %% [raw] wrong="Gaussian dropout" loses={"mlp-places": "nowhere", "mlp-rate": "inactive", "mlp-training": "inactive"}
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.GaussianDropout(rate),
# +             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.GaussianDropout(rate),

# %% [raw] wrong="noise in front" loses={"mlp-logits": "noise"}
# -             keras.Input((784,)),
# +             keras.Input((784,)),
# +             keras.layers.GaussianNoise(0.5),

# %% [raw] wrong="the model is kept for each rate" loses={"mlp-dense": "same_model"}
# - def build_mlp(rate):
# + import functools
# +
# +
# + @functools.cache
# + def build_mlp(rate):

# %% wrong="the layers are made outside" loses={"mlp-dense": "same_model"}
hidden_1 = keras.layers.Dense(256, activation="relu")
hidden_2 = keras.layers.Dense(256, activation="relu")
output = keras.layers.Dense(10)


def build_mlp(rate):
    drop = keras.layers.Dropout
    return keras.Sequential([hidden_1, drop(rate), hidden_2, drop(rate), output])


# %% wrong="one model made outside" loses={"mlp-dense": "same_model", "mlp-rate": "constant"}
rate = 0.5
model = keras.Sequential(
    [
        keras.Input((784,)),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(10),
    ]
)


def build_mlp(rate):
    return model


# %% [raw] wrong="not returned" loses={"mlp-dense": "no_model", "mlp-relu": "no_model", "mlp-logits": "no_model", "mlp-places": "no_model", "mlp-rate": "no_model", "mlp-training": "no_model"}
# -     return keras.Sequential(
# +     model = keras.Sequential(

# %% [raw] wrong="what compile returns" loses={"mlp-dense": "no_model", "mlp-relu": "no_model", "mlp-logits": "no_model", "mlp-places": "no_model", "mlp-rate": "no_model", "mlp-training": "no_model"}
# -     return keras.Sequential(
# +     model = keras.Sequential(
# -     )
# +     )
# +     return model.compile("adam", "sparse_categorical_crossentropy")

# %% [raw] wrong="images of 28 by 28 pixels" loses={"mlp-dense": "crash", "mlp-relu": "crash", "mlp-logits": "crash", "mlp-places": "crash", "mlp-rate": "crash", "mlp-training": "crash"}
# -             keras.Input((784,)),
# +             keras.Input((28, 28)),

# %% [raw] wrong="no Dense layer" loses={"mlp-dense": "no_layers", "mlp-relu": "no_layers", "mlp-logits": "no_layers", "mlp-places": "no_layers", "mlp-rate": "no_layers", "mlp-training": "no_layers"}
# -             keras.Input((784,)),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.Input((784,)),
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(10),

# %% [raw] wrong="no hidden layer" loses={"mlp-dense": "denses", "mlp-relu": "no_hidden", "mlp-places": "on_input", "mlp-rate": "inactive"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),

# %% wrong="layers without their module" loses={"mlp-dense": "crash", "mlp-relu": "crash", "mlp-logits": "crash", "mlp-places": "crash", "mlp-rate": "crash", "mlp-training": "crash"}
def build_mlp(rate):
    return keras.Sequential([Dense(256), Dropout(rate), Dense(256), Dropout(rate), Dense(10)])


# %% wrong="not written" loses={"mlp-dense": "unwritten", "mlp-relu": "unwritten", "mlp-logits": "unwritten", "mlp-places": "unwritten", "mlp-rate": "unwritten", "mlp-training": "unwritten"}
def build_mlp(rate):
    """A perceptron 784-256-256-10 with dropout of this rate after both hidden layers."""
    raise NotImplementedError()


# %% [raw] wrong="another name" loses={"mlp-dense": "missing", "mlp-relu": "missing", "mlp-logits": "missing", "mlp-places": "missing", "mlp-rate": "missing", "mlp-training": "missing"}
# - def build_mlp(rate):
# + def build_model(rate):

# %% [raw] wrong="a syntax error" loses={"mlp-dense": "error", "mlp-relu": "error", "mlp-logits": "error", "mlp-places": "error", "mlp-rate": "error", "mlp-training": "error"}
# -     """A perceptron 784-256-256-10 with dropout of this rate after both hidden layers."""
#
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dropout(rate)
# +             keras.layers.Dense(256, activation="relu"),

# %% right="a subclass whose call is a function of TensorFlow"
import tensorflow as tf


class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = [keras.layers.Dense(256, "relu") for _ in range(2)]
        self.drops = [keras.layers.Dropout(rate) for _ in range(2)]
        self.last = keras.layers.Dense(10)

    @tf.function
    def call(self, x, training=False):
        for layer, drop in zip(self.hidden, self.drops):
            x = drop(layer(x), training=training)
        return self.last(x)


build_mlp = Perceptron

# %% right="a layer of its own inside functions of TensorFlow"
import tensorflow as tf


class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    @tf.function
    def call(self, x, training=None):
        if not training:
            return x
        kept = tf.random.uniform(tf.shape(x)) >= self.rate
        return tf.where(kept, x / tf.cast(1 - self.rate, x.dtype), tf.zeros_like(x))


def build_mlp(rate):
    x = inputs = keras.Input((784,))
    for _ in range(2):
        x = OwnDropout(rate)(keras.layers.Dense(256, "relu")(x))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% right="half precision, as on a GPU"
def build_mlp(rate):
    layers = keras.layers
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(2):
        model.add(layers.Dense(256, "relu"))
        model.add(layers.Dropout(rate))
    model.add(layers.Dense(10))
    keras.config.set_dtype_policy(policy)
    return model


# %% right="bfloat16 with logits in float32"
def build_mlp(rate):
    layers = keras.layers
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(2):
        model.add(layers.Dense(256, "relu", dtype="mixed_bfloat16"))
        model.add(layers.Dropout(rate, dtype="mixed_bfloat16"))
    model.add(layers.Dense(10, dtype="float32"))
    return model


# %% right="all in bfloat16"
keras.config.set_dtype_policy("mixed_bfloat16")


def build_mlp(rate):
    hidden = [f(rate) for _ in range(2) for f in (lambda _: keras.layers.Dense(256, "relu"), keras.layers.Dropout)]
    return keras.Sequential([keras.Input((784,)), *hidden, keras.layers.Dense(10)])


# %% [raw] right="logits that start at zero"
# - keras.layers.Dense(10),
# + keras.layers.Dense(10, kernel_initializer="zeros"),

# %% wrong="the original dropout" loses={"mlp-training": "scaled"}
class OriginalDropout(keras.layers.Layer):
    """Nothing is scaled in training, and everything by the keep-probability at inference."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.seeds = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x * (1 - self.rate)
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.seeds) >= self.rate
        return x * keras.ops.cast(kept, x.dtype)


def build_mlp(rate):
    x = inputs = keras.Input((784,))
    for _ in range(2):
        x = OriginalDropout(rate)(keras.layers.Dense(256, "relu")(x))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% wrong="rates of one decimal" loses={"mlp-rate": "other_rate"}
class Coarse(keras.layers.Dropout):
    def __init__(self, rate):
        super().__init__(min(round(rate, 1), 0.9))


def build_mlp(rate):
    hidden = [make for _ in range(2) for make in (keras.layers.Dense(256, "relu"), Coarse(rate))]
    return keras.Sequential([keras.Input((784,)), *hidden, keras.layers.Dense(10)])


# %% [raw] wrong="no activation, behind biases that hide it" loses={"mlp-relu": "no_activation"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256, bias_initializer=keras.initializers.Constant(1e4)),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, bias_initializer=keras.initializers.Constant(1e8)),

# %% [raw] wrong="tanh on logits, behind kernels that hide it" loses={"mlp-logits": "not_the_sum"}
# - keras.layers.Dense(10),
# + keras.layers.Dense(10, "tanh", kernel_initializer=keras.initializers.RandomNormal(0, 1e-6)),

# %% wrong="a function that is called relu" loses={"mlp-relu": "other_activation"}
def relu(x):
    return keras.ops.minimum(keras.ops.maximum(x, 0.0), 1.0)


def build_mlp(rate):
    hidden = [f for _ in range(2) for f in (keras.layers.Dense(256, relu), keras.layers.Dropout(rate))]
    return keras.Sequential([keras.Input((784,)), *hidden, keras.layers.Dense(10)])


# %% wrong="a function that is called linear" loses={"mlp-logits": "softmax"}
def linear(x):
    return keras.ops.softmax(x)


def build_mlp(rate):
    hidden = [make for _ in range(2) for make in (keras.layers.Dense(256, "relu"), keras.layers.Dropout(rate))]
    return keras.Sequential([keras.Input((784,)), *hidden, keras.layers.Dense(10, linear)])


# %% [raw] wrong="the call of one layer replaced" loses={"mlp-relu": "other_activation"}
# -     return keras.Sequential(
# +     model = keras.Sequential(
# -             keras.layers.Dense(10),
# -         ]
# -     )
# +             keras.layers.Dense(10),
# +         ]
# +     )
# +     first = model.layers[0]
# +     first.call = lambda x, training=None: keras.ops.tanh(x @ first.kernel + first.bias)
# +     return model

# %% [raw] wrong="Dropout.call patched" loses={"mlp-places": "nowhere", "mlp-rate": "inactive", "mlp-training": "inactive"}
# - def build_mlp(rate):
# + keras.layers.Dropout.call = lambda self, inputs, training=False: inputs
# +
# +
# + def build_mlp(rate):

# %% wrong="a class that says it is Keras's" loses={"mlp-training": "always_on"}
class Dropout(keras.layers.Dropout):
    def call(self, inputs, training=False):
        return super().call(inputs, training=True)


Dropout.__module__ = "keras.layers"


def build_mlp(rate):
    hidden = [f for _ in range(2) for f in (keras.layers.Dense(256, "relu"), Dropout(rate))]
    return keras.Sequential([keras.Input((784,)), *hidden, keras.layers.Dense(10)])


# %% [raw] wrong="a start that cannot be told from ReLU" loses={"mlp-relu": "other_activation"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256),
# +             keras.layers.PReLU(),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="relu"),


# %% right="a rate and a number of calls among the weights"
import tensorflow as tf


class Counting(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        constant = keras.initializers.Constant(rate)
        self.rate = self.add_weight(shape=(), initializer=constant, trainable=False, name="rate")
        self.calls = self.add_weight(shape=(), dtype="int32", initializer="zeros", trainable=False)

    def call(self, x, training=None):
        if not training:
            return x
        self.calls.assign_add(1)
        seed = keras.ops.stack([7, self.calls])
        kept = tf.random.stateless_uniform(tf.shape(x), seed) >= self.rate
        return x * tf.cast(kept, x.dtype) / (1 - self.rate)


class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.one, self.two, self.three = (keras.layers.Dense(n) for n in (256, 256, 10))
        self.drops = [Counting(rate), Counting(rate)]

    def call(self, x, training):
        x = self.drops[0](tf.nn.relu(self.one(x)), training=training)
        return self.three(self.drops[1](tf.nn.relu(self.two(x)), training=training) + 3 * 0)


build_mlp = Perceptron

# %% right="weights and sums in bfloat16"
def build_mlp(rate):
    model, short = keras.Sequential([keras.Input((784,))]), {"dtype": "bfloat16"}
    for _ in range(2):
        model.add(keras.layers.Dense(256, "relu", **short))
        model.add(keras.layers.Dropout(rate, **short))
    model.add(keras.layers.Dense(10, **short))
    return model


# %% [raw] wrong="no biases" loses={"mlp-dense": "no_bias"}
# - Dense(10),
# + Dense(10, use_bias=False),

# %% [raw] wrong="a rate of two decimals" loses={"mlp-rate": "other_rate"}
# -     return keras.Sequential(
# +     rate = round(rate, 2)
# +     return keras.Sequential(

# %% wrong="unscaled in bfloat16" loses={"mlp-training": "unscaled"}
class Unscaled(keras.layers.Dropout):
    def call(self, x, training=False):
        return super().call(x, training=training) * ((1 - self.rate) if training else 1)


def build_mlp(rate):
    model, short = keras.Sequential([keras.Input((784,))]), {"dtype": "mixed_bfloat16"}
    for _ in range(2):
        model.add(keras.layers.Dense(256, "relu", **short))
        model.add(Unscaled(rate, **short))
    model.add(keras.layers.Dense(10, **short))
    return model

# %% [raw] wrong="a ReLU that begins at 1" loses={"mlp-relu": "other_activation", "mlp-rate": "other_rate", "mlp-training": "always_on"}
# -             keras.layers.Dense(256, activation="relu"),
# -             keras.layers.Dropout(rate),
# -             keras.layers.Dense(256, activation="relu"),
# +             keras.layers.Dense(256, activation=keras.layers.ReLU(threshold=1.0)),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(256, activation="relu"),
