# %% [markdown]
# Answers to the item `head`.

# %% right="functional, with a ReLU of its own, TensorFlow's names, behind a magic"
%matplotlib inline
import tensorflow as tf


def build_head(rate):
    inputs = tf.keras.layers.Input(shape=(1280,), name="features")
    hidden = tf.keras.layers.ReLU()(tf.keras.layers.Dense(100)(inputs))
    kept = tf.keras.layers.Dropout(rate, seed=1)(hidden)
    return tf.keras.Model(inputs=inputs, outputs=tf.keras.layers.Dense(10, name="logits")(kept))


# %% [raw] right="a model in a model"
# -             keras.layers.Dense(100, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.Sequential([keras.layers.Dense(100, "relu"), keras.layers.Dropout(rate)]),

# %% [raw] right="dropout in front of the ReLU, which gives the same numbers"
# -             keras.layers.Dense(100, activation="relu"),
# +             keras.layers.Dense(100),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Activation("relu"),

# %% right="subclassed, with keras.ops, training=False by default"
class Head(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden, self.out = keras.layers.Dense(100), keras.layers.Dense(10)
        self.dropout = keras.layers.Dropout(rate)

    def call(self, x, training=False):
        x = keras.ops.relu(self.hidden(x))
        return self.out(self.dropout(x, training=True) if training else x)


def build_head(rate: float) -> keras.Model:
    return Head(rate)


# %% right="subclassed, has to be told training"
class Head(keras.Model):
    """Its `call` has no default for `training`; `fit`, `predict` and `evaluate` give it."""

    def __init__(self, rate):
        super().__init__()
        self.hidden = keras.layers.Dense(100, activation="relu")
        self.dropout, self.out = keras.layers.Dropout(rate), keras.layers.Dense(10)

    def call(self, x, training):
        return self.out(self.dropout(self.hidden(x), training=training))


build_head = Head


# %% [raw] right="a dropout layer written by hand"
# - def build_head(rate):
# + class OwnDropout(keras.layers.Layer):
# +     def __init__(self, rate):
# +         super().__init__()
# +         self.rate, self.draws = rate, keras.random.SeedGenerator()
# +
# +     def call(self, x, training=None):
# +         if not training or self.rate == 0:
# +             return x
# +         kept = keras.random.uniform(keras.ops.shape(x), seed=self.draws) >= self.rate
# +         return keras.ops.where(kept, x / (1 - self.rate), 0.0)
# +
# +
# + def build_head(rate):
# - keras.layers.Dropout
# + OwnDropout

# %% right="compiled already, with a warning and a print"
import warnings


def build_head(rate):
    warnings.warn(f"the rate is {rate}", stacklevel=2)
    hidden = keras.layers.Dense(100, "relu", kernel_initializer="he_normal")
    dropout = keras.layers.Dropout(np.float32(rate))
    model = keras.Sequential([hidden, dropout, keras.layers.Dense(10, kernel_regularizer="l2")])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    print("a head with rate", rate)
    return model


# %% [raw] wrong="another number of units" loses={"head-layers": "other_sizes"}
# - Dense(100,
# + Dense(128,

# %% [raw] wrong="no bias" loses={"head-layers": "no_bias"}
# - Dense(10)
# + Dense(10, use_bias=False)

# %% [raw] wrong="no hidden layer" loses={"head-layers": "denses", "head-activations": "no_hidden", "head-place": "on_input", "head-rate": "inactive"}
# -             keras.layers.Dense(100, activation="relu"),

# %% [raw] wrong="no activation" loses={"head-activations": "no_activation"}
# - 100, activation="relu"
# + 100

# %% [raw] wrong="softmax in the model" loses={"head-activations": "softmax"}
# - Dense(10)
# + Dense(10, activation="softmax")

# %% [raw] wrong="normalisation behind the logits" loses={"head-activations": "not_the_sum"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),
# +             keras.layers.BatchNormalization(),

# %% [raw] wrong="dropout on the features" loses={"head-place": "on_input", "head-rate": "inactive"}
# -             keras.layers.Dense(100, activation="relu"),
# -             keras.layers.Dropout(rate),
# +             keras.layers.Dropout(rate),
# +             keras.layers.Dense(100, activation="relu"),

# %% [raw] wrong="dropout on the logits too" loses={"head-place": "on_output"}
# -             keras.layers.Dense(10),
# +             keras.layers.Dense(10),
# +             keras.layers.Dropout(rate),

# %% [raw] wrong="no dropout" loses={"head-place": "nowhere", "head-rate": "inactive"}
# -             keras.layers.Dropout(rate),

# %% [raw] wrong="Gaussian dropout" loses={"head-place": "nowhere", "head-rate": "inactive"}
# - Dropout(rate)
# + GaussianDropout(rate)

# %% [raw] wrong="the probability of keeping" loses={"head-rate": "keeping"}
# - Dropout(rate)
# + Dropout(1 - rate)

# %% [raw] wrong="a fixed rate" loses={"head-rate": "constant"}
# - Dropout(rate)
# + Dropout(0.5)

# %% wrong="training=True in a functional model" loses={"head-place": "always_on"}
def build_head(rate):
    inputs = keras.Input((1280,))
    x = keras.layers.Dense(100, activation="relu")(inputs)
    x = keras.layers.Dropout(rate)(x, training=True)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% [raw] wrong="one mask for all units of a row" loses={"head-place": "shared"}
# - Dropout(rate)
# + Dropout(rate, noise_shape=(None, 1), seed=2)

# %% [raw] wrong="one mask for the whole batch" loses={"head-place": "shared"}
# - Dropout(rate)
# + Dropout(rate, noise_shape=(1, 100), seed=2)

# %% [raw] wrong="the same layers in each model" loses={"head-layers": "same_model"}
# - def build_head(rate):
# + hidden = keras.layers.Dense(100, activation="relu")
# +
# +
# + def build_head(rate):
# - keras.layers.Dense(100, activation="relu")
# + hidden

# %% [raw] wrong="survivors not scaled" loses={"head-place": "unscaled"}
# - def build_head(rate):
# + class OwnDropout(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return super().call(x, training) * (1 - self.rate if training else 1)
# +
# +
# + def build_head(rate):
# - keras.layers.Dropout
# + OwnDropout

# %% [raw] wrong="the same mask at each call" loses={"head-place": "fixed"}
# - def build_head(rate):
# + class OwnDropout(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return keras.random.dropout(x, self.rate, seed=42) if training else x
# +
# +
# + def build_head(rate):
# - keras.layers.Dropout
# + OwnDropout

# %% wrong="not written" loses={"head-layers": "unwritten", "head-activations": "unwritten", "head-place": "unwritten", "head-rate": "unwritten"}
def build_head(rate):
    """A head of 100 units with dropout on 1,280 features: ten logits."""
    raise NotImplementedError()


# %% [raw] wrong="not returned" loses={"head-layers": "no_model", "head-activations": "no_model", "head-place": "no_model", "head-rate": "no_model"}
# - return
# + model =
