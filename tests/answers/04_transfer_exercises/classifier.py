# %% [markdown]
# Answers to the item `classifier`.

# %% right="subclassed, the base told training=False"
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        self.base = base
        self.base.trainable = False
        self.dropout = keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        found = self.base(x, training=False)
        return self.logits(self.dropout(found, training=training))


def build_classifier(base, rate):
    return Classifier(base, rate)


# %% right="a head that is a model of its own"
def head_of(rate):
    return keras.Sequential([keras.layers.Dropout(rate), keras.layers.Dense(10)], name="head")


def build_classifier(base: keras.Model, rate: float) -> keras.Model:
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, head_of(rate)(base(inputs, training=False)))


# %% right="each layer frozen, a seed for the dropout"
def build_classifier(base, rate):
    for layer in base.layers:
        layer.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = keras.layers.Dropout(rate, seed=1)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% right="sequential, with a warning"
import warnings


def build_classifier(base, rate):
    if base.trainable:
        warnings.warn("the base is frozen now", stacklevel=2)
        base.trainable = False
    return keras.Sequential([base, keras.layers.Dropout(rate), keras.layers.Dense(10)])


# %% [raw] right="around the output of the base"
# -     inputs = keras.Input(base.input_shape[1:])
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# -     return keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     outputs = keras.layers.Dense(10)(keras.layers.Dropout(rate)(base.output))
# +     return keras.Model(base.inputs, outputs)

# %% [raw] right="frozen, and told training=True"
# - def build_classifier(base, rate):
# + # A frozen batch normalisation uses its stored means, whatever it is told.
# + def build_classifier(base, rate):
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# +     kept = keras.layers.Dropout(rate)(base(inputs, training=True))

# %% right="a frozen copy of the base, dropout with keras.random"
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate, self.draws = rate, keras.random.SeedGenerator()

    def call(self, x, training=False):
        return keras.random.dropout(x, self.rate, seed=self.draws) if training else x


def build_classifier(base, rate):
    copy = keras.models.clone_model(base)
    copy.set_weights(base.get_weights())
    copy.trainable = False
    return keras.Sequential([copy, OwnDropout(rate), keras.layers.Dense(10)])


# %% right="logits that start at zero, compiled already, behind a magic"
%matplotlib inline


def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = keras.layers.Dropout(rate, noise_shape=(None, base.output_shape[-1]))(base(inputs))
    model = keras.Model(inputs, keras.layers.Dense(10, kernel_initializer="zeros")(x))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.summary()
    return model


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


# %% [raw] wrong="not frozen, training=False when it is built" loses={"classifier-inference": "as_in_training", "classifier-frozen": "trained"}
# -     base.trainable = False

# %% wrong="not frozen, subclassed" loses={"classifier-frozen": "trained"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        self.base = base
        self.dropout = keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        found = self.base(x, training=False)
        return self.logits(self.dropout(found, training=training))


def build_classifier(base, rate):
    return Classifier(base, rate)


# %% wrong="not frozen, subclassed, training=True" loses={"classifier-logits": "changed", "classifier-inference": "as_in_training", "classifier-frozen": "trained"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        self.base = base
        self.dropout = keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        found = self.base(x, training=True)
        return self.logits(self.dropout(found, training=bool(training)))


def build_classifier(base, rate):
    return Classifier(base, rate)


# %% [raw] wrong="the whole model frozen" loses={"classifier-frozen": "frozen_head"}
# -     base.trainable = False
#
# -     return keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     model = keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     model.trainable = False
# +     return model

# %% wrong="the head's dropout told training=False" loses={"classifier-dropout": "inactive"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        base.trainable = False
        self.base = base
        self.dropout = keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x):
        return self.logits(self.dropout(self.base(x, training=False), training=False))


def build_classifier(base, rate):
    return Classifier(base, rate)


# %% wrong="the head's dropout always active" loses={"classifier-dropout": "always_on"}
class Classifier(keras.Model):
    def __init__(self, base, rate):
        super().__init__()
        base.trainable = False
        self.base = base
        self.dropout = keras.layers.Dropout(rate)
        self.logits = keras.layers.Dense(10)

    def call(self, x):
        return self.logits(self.dropout(self.base(x, training=False), training=True))


def build_classifier(base, rate):
    return Classifier(base, rate)


# %% [raw] wrong="softmax in the model" loses={"classifier-logits": "softmax"}
# -     return keras.Model(inputs, keras.layers.Dense(10)(kept))
# +     return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(kept))

# %% [raw] wrong="a fixed rate" loses={"classifier-dropout": "constant"}
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# +     kept = keras.layers.Dropout(0.6)(base(inputs, training=False))

# %% wrong="dropout behind the logits" loses={"classifier-dropout": "on_output"}
def build_classifier(base, rate):
    base.trainable = False
    return keras.Sequential([base, keras.layers.Dense(10), keras.layers.Dropout(rate)])


# %% [raw] wrong="one mask for all pictures" loses={"classifier-dropout": "shared"}
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# +     found = base(inputs, training=False)
# +     kept = keras.layers.Dropout(rate, noise_shape=(1, found.shape[-1]))(found)

# %% [raw] wrong="the probability of keeping" loses={"classifier-dropout": "keeping"}
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# +     kept = keras.layers.Dropout(1 - rate)(base(inputs, training=False))

# %% wrong="survivors not scaled" loses={"classifier-dropout": "unscaled"}
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.draws = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        kept = keras.random.uniform(keras.ops.shape(x), seed=self.draws) >= self.rate
        return x * keras.ops.cast(kept, x.dtype)


def build_classifier(base, rate):
    base.trainable = False
    return keras.Sequential([base, OwnDropout(rate), keras.layers.Dense(10)])


# %% wrong="a hidden layer more" loses={"classifier-logits": "denses"}
def build_classifier(base, rate):
    base.trainable = False
    hidden = keras.layers.Dense(100, activation="relu")
    return keras.Sequential([base, hidden, keras.layers.Dropout(rate), keras.layers.Dense(10)])


# %% [raw] wrong="the base not called" loses={"classifier-logits": "other_sizes", "classifier-inference": "other_features", "classifier-frozen": "other_features", "classifier-dropout": "inactive"}
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# +     kept = keras.layers.Dropout(rate)(keras.layers.Flatten()(inputs))

# %% wrong="not written" loses={"classifier-logits": "unwritten", "classifier-inference": "unwritten", "classifier-frozen": "unwritten", "classifier-dropout": "unwritten"}
def build_classifier(base, rate):
    """The base, frozen and as at inference, then dropout and ten logits."""
    raise NotImplementedError()


# %% [raw] wrong="the head's dropout told training=True in a functional model" loses={"classifier-dropout": "always_on"}
# -     kept = keras.layers.Dropout(rate)(base(inputs, training=False))
# +     kept = keras.layers.Dropout(rate)(base(inputs, training=False), training=True)

# %% wrong="the same mask at each call" loses={"classifier-dropout": "fixed"}
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        return keras.random.dropout(x, self.rate, seed=42) if training else x


def build_classifier(base, rate):
    base.trainable = False
    return keras.Sequential([base, OwnDropout(rate), keras.layers.Dense(10)])
