# %% [markdown]
# Answers to the item `classifier`.

# %% right="subclassed, has to be told training"
class Classifier(keras.Model):
    """Its `call` has no default for `training`; `fit`, `predict` and `evaluate` give it."""

    def __init__(self, base, rate):
        super().__init__()
        base.trainable = False
        self.base, self.dropout = base, keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x, training):
        return self.logits(self.dropout(self.base(x, training=False), training=training))


build_classifier = Classifier


# %% [raw] right="a head that is a model of its own"
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# -     return keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     head = keras.Sequential([keras.layers.Dropout(rate), keras.layers.Dense(10)], name="head")
# +     return keras.Model(inputs, head(base(inputs, training=False)))

# %% [raw] right="each layer frozen, a seed for the dropout"
# -     base.trainable = False
# +     for layer in base.layers:
# +         layer.trainable = False
# - Dropout(rate)
# + Dropout(rate, seed=1)

# %% right="sequential, with a warning"
import warnings


def build_classifier(base, rate):
    if base.trainable:
        warnings.warn("the base is frozen now", stacklevel=2)
        base.trainable = False
    return keras.Sequential([base, keras.layers.Dropout(rate), keras.layers.Dense(10)])


# %% [raw] right="around the output of the base"
# -     inputs = keras.Input(base.input_shape[1:])
# +     inputs = base.inputs
# - base(inputs, training=False)
# + base.output

# %% [raw] right="frozen, and told training=True: batch normalisation uses its stored means"
# - training=False
# + training=True

# %% right="a frozen copy of the base, dropout with keras.random"
class OwnDropout(keras.layers.Dropout):
    def call(self, x, training=False):
        return keras.random.dropout(x, self.rate, seed=self.seed_generator) if training else x


def build_classifier(base, rate):
    copy = keras.models.clone_model(base)
    copy.set_weights(base.get_weights())
    copy.trainable = False
    return keras.Sequential([copy, OwnDropout(rate), keras.layers.Dense(10)])


# %% [raw] right="logits that start at zero, compiled already, behind a magic"
# - def build_classifier(base, rate):
# + %matplotlib inline
# +
# +
# + def build_classifier(base, rate):
# -     return keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     model = keras.Model(inputs, keras.layers.Dense(10, kernel_initializer="zeros")(kept))
# +     model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
# +     model.summary()
# +     return model

# %% [raw] wrong="not frozen, training=False when it is built" loses={"classifier-inference": "as_in_training", "classifier-frozen": "trained"}
# -     base.trainable = False

# %% wrong="not frozen, subclassed" loses={"classifier-frozen": "trained"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        self.base, self.dropout = base, keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        return self.logits(self.dropout(self.base(x, training=False), training=training))


build_classifier = Classifier


# %% wrong="not frozen, subclassed, training=True" loses={"classifier-logits": "changed", "classifier-inference": "as_in_training", "classifier-frozen": "trained"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        self.base, self.dropout = base, keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        return self.logits(self.dropout(self.base(x, training=True), training=training))


build_classifier = Classifier


# %% [raw] wrong="weights frozen, but no layer" loses={"classifier-inference": "as_in_training", "classifier-frozen": "moving_means"}
# -     base.trainable = False
# +     for weight in base.weights:
# +         weight.trainable = False

# %% [raw] wrong="a copy of the base that is not frozen" loses={"classifier-inference": "as_in_training", "classifier-frozen": "other_features"}
# -     base.trainable = False
# +     copy = keras.models.clone_model(base)
# +     copy.set_weights(base.get_weights())
# - base(inputs, training=False)
# + copy(inputs, training=False)

# %% wrong="a copy of the base as in training, its gradient stopped" loses={"classifier-logits": "changed", "classifier-inference": "as_in_training", "classifier-frozen": "as_in_training"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        self.copy, self.dropout = keras.models.clone_model(base), keras.layers.Dropout(rate)
        self.copy.set_weights(base.get_weights())
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        found = keras.ops.stop_gradient(self.copy(x, training=True))
        return self.logits(self.dropout(found, training=training))


build_classifier = Classifier


# %% [raw] wrong="the whole model frozen" loses={"classifier-frozen": "frozen_head"}
# -     return keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     model = keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     model.trainable = False
# +     return model

# %% [raw] wrong="the head's dropout told training=False" loses={"classifier-dropout": "nowhere"}
# - def build_classifier(base, rate):
# + class Quiet(keras.layers.Dropout):
# +     def call(self, x):
# +         return super().call(x, training=False)
# +
# +
# + def build_classifier(base, rate):
# - keras.layers.Dropout
# + Quiet

# %% [raw] wrong="the head's dropout told training=True" loses={"classifier-dropout": "always_on"}
# - training=False)
# + training=False), training=True

# %% [raw] wrong="softmax in the model" loses={"classifier-logits": "softmax"}
# - Dense(10)
# + Dense(10, activation="softmax")

# %% [raw] wrong="logits through tanh" loses={"classifier-logits": "not_the_sum"}
# - Dense(10)
# + Dense(10, activation="tanh")

# %% [raw] wrong="a fixed rate" loses={"classifier-dropout": "constant"}
# - Dropout(rate)
# + Dropout(0.6)

# %% wrong="dropout behind the logits" loses={"classifier-dropout": "on_output"}
def build_classifier(base, rate):
    base.trainable = False
    return keras.Sequential([base, keras.layers.Dense(10), keras.layers.Dropout(rate)])


# %% [raw] wrong="one mask for all pictures" loses={"classifier-dropout": "shared"}
# - Dropout(rate)
# + Dropout(rate, noise_shape=(1, base.output_shape[-1]))

# %% [raw] wrong="the probability of keeping" loses={"classifier-dropout": "keeping"}
# - Dropout(rate)
# + Dropout(1 - rate)

# %% [raw] wrong="survivors not scaled" loses={"classifier-dropout": "unscaled"}
# - def build_classifier(base, rate):
# + class OwnDropout(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return super().call(x, training) * (1 - self.rate if training else 1)
# +
# +
# + def build_classifier(base, rate):
# - keras.layers.Dropout
# + OwnDropout

# %% [raw] wrong="the same mask at each call" loses={"classifier-dropout": "fixed"}
# - def build_classifier(base, rate):
# + class OwnDropout(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return keras.random.dropout(x, self.rate, seed=42) if training else x
# +
# +
# + def build_classifier(base, rate):
# - keras.layers.Dropout
# + OwnDropout

# %% [raw] wrong="a hidden layer more" loses={"classifier-logits": "denses"}
# - Dense(10)(kept)
# + Dense(10)(keras.layers.Dense(100, activation="relu")(kept))

# %% [raw] wrong="the base not called" loses={"classifier-logits": "other_sizes", "classifier-inference": "other_features", "classifier-frozen": "other_features", "classifier-dropout": "nowhere"}
# - base(inputs, training=False)
# + keras.layers.Flatten()(inputs)

# %% wrong="not written" loses={"classifier-logits": "unwritten", "classifier-inference": "unwritten", "classifier-frozen": "unwritten", "classifier-dropout": "unwritten"}
def build_classifier(base, rate):
    """The base, frozen and as at inference, then dropout and ten logits."""
    raise NotImplementedError()
