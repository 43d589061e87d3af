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


# %% right="a dropout layer of its own"
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.generator = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training or self.rate == 0:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.generator) >= self.rate
        return x * keras.ops.cast(kept, x.dtype) / (1 - self.rate)


def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu", kernel_initializer="he_normal"),
            OwnDropout(rate),
            keras.layers.Dense(256, activation=lambda x: keras.ops.relu(x)),
            OwnDropout(rate),
            keras.layers.Dense(10),
        ]
    )


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


# %% wrong="no dropout" loses=["mlp-places", "mlp-rate", "mlp-training"] says=["no Dropout layer"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="dropout on the input" loses=["mlp-places"] says=["drops inputs"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="dropout on the input only" loses=["mlp-places", "mlp-rate"] says=["drops inputs"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="dropout after the output" loses=["mlp-places"] says=["erases logits"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
            keras.layers.Dropout(rate),
        ]
    )


# %% wrong="dropout after the output only" loses=["mlp-places"] says=["it would hide the answer itself"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(10),
            keras.layers.Dropout(rate),
        ]
    )


# %% wrong="dropout after a softmax" loses=["mlp-logits", "mlp-places"] says=["erases logits", "a softmax is applied"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10, activation="softmax"),
            keras.layers.Dropout(rate),
        ]
    )


# %% wrong="dropout after the first hidden layer only" loses=["mlp-places"] says=["each hidden layer needs"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="dropout after the second hidden layer only" loses=["mlp-places"] says=["each hidden layer needs"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the rate is hard-coded" loses=["mlp-rate"] says=["a number stands where"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the rate of the second layer is hard-coded" loses=["mlp-rate"] says=["dropped after hidden layer 2"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the keep-probability is given" loses=["mlp-rate"] says=["probability of keeping"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(1 - rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(1 - rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the rate is halved" loses=["mlp-rate"] says=["the rate is altered on the way"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate / 2),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate / 2),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="dropout twice at one place" loses=["mlp-rate"] says=["applied twice"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="other numbers of units" loses=["mlp-dense"] says=["[512, 512, 10]"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="one hidden layer" loses=["mlp-dense"] says=["[256, 10]"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="three hidden layers" loses=["mlp-dense"] says=["[256, 256, 256, 10]"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="one output" loses=["mlp-dense"] says=["[256, 256, 1]"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(1),
        ]
    )


# %% wrong="inputs are scaled again" loses=["mlp-dense"] says=["inputs are scaled"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="inputs are normalised" loses=["mlp-dense"] says=["they are changed before it"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.LayerNormalization(),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="no activation" loses=["mlp-relu"] says=["activation is missing"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="no activation in the second layer" loses=["mlp-relu"] says=["hidden layer 2 passes on its weighted sum"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="sigmoid in the hidden layers" loses=["mlp-relu"] says=["another activation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="sigmoid"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="sigmoid"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="tanh in the hidden layers" loses=["mlp-relu"] says=["another activation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="tanh"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="tanh"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="leaky ReLU" loses=["mlp-relu"] says=["another activation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="leaky_relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="leaky_relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="GELU" loses=["mlp-relu"] says=["another activation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="gelu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="gelu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="ReLU6" loses=["mlp-relu"] says=["another activation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu6"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu6"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="softmax in the output layer" loses=["mlp-logits"] says=["a softmax is applied"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% wrong="a softmax layer" loses=["mlp-logits"] says=["from_logits=True applies its own"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
            keras.layers.Softmax(),
        ]
    )


# %% wrong="sigmoid at the output" loses=["mlp-logits"] says=["follows the last"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10, activation="sigmoid"),
        ]
    )


# %% wrong="ReLU on the logits" loses=["mlp-logits"] says=["follows the last"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
            keras.layers.ReLU(),
        ]
    )


# %% wrong="training wired in" loses=["mlp-training"] says=["training=True is set"]
class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = [keras.layers.Dense(256, "relu"), keras.layers.Dense(256, "relu")]
        self.drop = keras.layers.Dropout(rate)
        self.last = keras.layers.Dense(10)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=True)
        return self.last(x)


def build_mlp(rate):
    return Perceptron(rate)


# %% wrong="training never on" loses=["mlp-places", "mlp-rate", "mlp-training"] says=["training=False"]
class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = [keras.layers.Dense(256, "relu"), keras.layers.Dense(256, "relu")]
        self.drop = keras.layers.Dropout(rate)
        self.last = keras.layers.Dense(10)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=False)
        return self.last(x)


def build_mlp(rate):
    return Perceptron(rate)


# %% wrong="training inverted" loses=["mlp-places", "mlp-rate", "mlp-training"] says=["no place at all", "units are dropped"]
class Perceptron(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = [keras.layers.Dense(256, "relu"), keras.layers.Dense(256, "relu")]
        self.drop = keras.layers.Dropout(rate)
        self.last = keras.layers.Dense(10)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=not training)
        return self.last(x)


def build_mlp(rate):
    return Perceptron(rate)


# %% wrong="a Dropout layer that is always active" loses=["mlp-training"] says=["so it stays active in prediction"]
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


# %% wrong="a function that always drops" loses=["mlp-training"] says=["two outputs for the same input differ"]
def build_mlp(rate):
    def drop(x):
        return keras.random.dropout(x, rate)

    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Lambda(drop),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Lambda(drop),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="survivors are not scaled" loses=["mlp-training"] says=["not scaled"]
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.generator = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.generator) >= self.rate
        return x * keras.ops.cast(kept, x.dtype)


def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            OwnDropout(rate),
            keras.layers.Dense(256, activation="relu"),
            OwnDropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="multiplied by the keep-probability" loses=["mlp-training"] says=["times its value at inference"]
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.generator = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.generator) >= self.rate
        return x * keras.ops.cast(kept, x.dtype) * (1 - self.rate)


def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            OwnDropout(rate),
            keras.layers.Dense(256, activation="relu"),
            OwnDropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the same mask every call" loses=["mlp-training"] says=["fixed by a seed"]
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.generator = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=3) >= self.rate
        return x * keras.ops.cast(kept, x.dtype) / (1 - self.rate)


def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            OwnDropout(rate),
            keras.layers.Dense(256, activation="relu"),
            OwnDropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the mask is shared by the batch" loses=["mlp-training"] says=["noise_shape"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate, noise_shape=(1, 256)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate, noise_shape=(1, 256)),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="Gaussian dropout" loses=["mlp-places", "mlp-rate", "mlp-training"] says=["no place at all"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.GaussianDropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.GaussianDropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="alpha dropout" loses=["mlp-places", "mlp-rate", "mlp-training"] says=["no place at all"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.AlphaDropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.AlphaDropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="spatial dropout of vectors" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["ValueError"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.SpatialDropout1D(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.SpatialDropout1D(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="noise in front" loses=["mlp-logits"] says=["a noise was added"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.GaussianNoise(0.5),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="normalisation behind" loses=["mlp-logits"] says=["a normalisation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
            keras.layers.BatchNormalization(),
        ]
    )


# %% wrong="normalisation of the inputs by batch" loses=["mlp-logits"] says=["a normalisation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="normalisation of what is passed on" loses=["mlp-logits", "mlp-training"] says=["a normalisation"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the model is kept for each rate" loses=["mlp-dense"] says=["made once and used again"]
import functools


@functools.cache
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the layers are made outside" loses=["mlp-dense"] says=["two calls whose models share weights"]
hidden_1 = keras.layers.Dense(256, activation="relu")
hidden_2 = keras.layers.Dense(256, activation="relu")
output = keras.layers.Dense(10)


def build_mlp(rate):
    drop = keras.layers.Dropout
    return keras.Sequential([hidden_1, drop(rate), hidden_2, drop(rate), output])


# %% wrong="one model made outside" loses=["mlp-dense", "mlp-rate"] says=["made once and used again", "a number stands where"]
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


# %% wrong="a list of layers" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["a list of length 6"]
def build_mlp(rate):
    return [
        keras.Input((784,)),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(10),
    ]


# %% wrong="not returned" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["found:    None"]
def build_mlp(rate):
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


# %% wrong="what compile returns" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["found:    None"]
def build_mlp(rate):
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
    return model.compile("adam", "sparse_categorical_crossentropy")


# %% wrong="the class is returned" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["an object of type type"]
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


def build_mlp(rate):
    return Perceptron


# %% wrong="images of 28 by 28 pixels" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["ValueError"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="no Dense layer" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["0 Dense layers"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dropout(rate),
        ]
    )


# %% wrong="no hidden layer" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["1 Dense layers"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="layers without their module" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["NameError: name 'Dense' is not defined"]
def build_mlp(rate):
    return keras.Sequential([Dense(256), Dropout(rate), Dense(256), Dropout(rate), Dense(10)])


# %% wrong="the shape of the input in the wrong place" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["Unrecognized keyword arguments"]
def build_mlp(rate):
    model = keras.Sequential()
    model.add(keras.layers.Dense(256, activation="relu", shape=784))
    model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(256, activation="relu"))
    model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="the argument rate left out" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["TypeError"]
def build_mlp():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="not written" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["not written yet"]
def build_mlp(rate):
    """A perceptron 784-256-256-10 with dropout of this rate after both hidden layers."""
    raise NotImplementedError()


# %% wrong="another name" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["name 'build_mlp' is not defined"]
def build_model(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="a syntax error" loses=["mlp-dense", "mlp-relu", "mlp-logits", "mlp-places", "mlp-rate", "mlp-training"] says=["name 'build_mlp' is not defined"]
def build_mlp(rate):
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate)
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10),
        ]
    )
