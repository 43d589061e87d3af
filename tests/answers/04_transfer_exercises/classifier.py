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


# %% right="around the output of the base"
def build_classifier(base, rate):
    """The base's own graph, frozen, goes on into the head."""
    base.trainable = False
    outputs = keras.layers.Dense(10)(keras.layers.Dropout(rate)(base.output))
    return keras.Model(base.inputs, outputs)


# %% right="frozen, and told training=True"
# A frozen batch normalisation uses its stored means, whatever it is told.
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=True))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


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


# %% wrong="not frozen, training=False when it is built" loses=["classifier-inference", "classifier-frozen"] says=["its batch normalisation uses the mean of the batch", "the optimizer still has the weights of the base"]
def build_classifier(base, rate):
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="not frozen, training=True" loses=["classifier-inference", "classifier-frozen"] says=["its batch normalisation uses the mean of the batch"]
def build_classifier(base, rate):
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=True))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="not frozen, subclassed" loses=["classifier-frozen"] says=["the optimizer still has the weights of the base"]
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


# %% wrong="not frozen, subclassed, training=True" loses=["classifier-logits", "classifier-inference", "classifier-frozen"] says=["those of a base that runs as in training"]
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


# %% wrong="only the batch normalisation frozen" loses=["classifier-frozen"] says=["or of a part of it"]
def build_classifier(base, rate):
    for layer in base.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="all frozen but the batch normalisation" loses=["classifier-inference", "classifier-frozen"] says=["uses the mean of the batch"]
def build_classifier(base, rate):
    for layer in base.layers:
        layer.trainable = isinstance(layer, keras.layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="the whole model frozen" loses=["classifier-frozen"] says=["the whole model is frozen, the head too"]
def build_classifier(base, rate):
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    model = keras.Model(inputs, keras.layers.Dense(10)(kept))
    model.trainable = False
    return model


# %% wrong="the head frozen, the base not" loses=["classifier-inference", "classifier-frozen"] says=["the optimizer still has the weights of the base"]
def build_classifier(base, rate):
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    model = keras.Model(inputs, keras.layers.Dense(10)(kept))
    model.layers[-1].trainable = False
    return model


# %% wrong="around the output of the base, not frozen" loses=["classifier-inference", "classifier-frozen"] says=["its batch normalisation uses the mean of the batch"]
def build_classifier(base, rate):
    outputs = keras.layers.Dense(10)(keras.layers.Dropout(rate)(base.output))
    return keras.Model(base.inputs, outputs)


# %% wrong="the head's dropout told training=False" loses=["classifier-dropout"] says=["the head's dropout too"]
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


# %% wrong="the head's dropout always active" loses=["classifier-dropout"] says=["training=True is set for the head's dropout"]
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


# %% wrong="softmax in the model" loses=["classifier-logits"] says=["each row sums to 1"]
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(kept))


# %% wrong="a fixed rate" loses=["classifier-dropout"] says=["a number stands where the argument belongs"]
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(0.6)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="dropout behind the logits" loses=["classifier-logits", "classifier-dropout"] says=["there is none in front of the Dense layer"]
def build_classifier(base, rate):
    base.trainable = False
    return keras.Sequential([base, keras.layers.Dense(10), keras.layers.Dropout(rate)])


# %% wrong="one mask for all pictures" loses=["classifier-dropout"] says=["one mask serves all pictures"]
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    found = base(inputs, training=False)
    kept = keras.layers.Dropout(rate, noise_shape=(1, found.shape[-1]))(found)
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="the probability of keeping" loses=["classifier-dropout"] says=["the probability of keeping was given"]
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(1 - rate)(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="survivors not scaled" loses=["classifier-dropout"] says=["survivors are not scaled"]
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


# %% wrong="a hidden layer more" loses=["classifier-logits", "classifier-inference", "classifier-frozen", "classifier-dropout"] says=["layers were added or left out"]
def build_classifier(base, rate):
    base.trainable = False
    hidden = keras.layers.Dense(100, activation="relu")
    return keras.Sequential([base, hidden, keras.layers.Dropout(rate), keras.layers.Dense(10)])


# %% wrong="the base not called" loses=["classifier-logits", "classifier-inference", "classifier-frozen", "classifier-dropout"] says=["the base is not called"]
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(keras.layers.Flatten()(inputs))
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="not written" loses=["classifier-logits", "classifier-inference", "classifier-frozen", "classifier-dropout"] says=["this part is not written yet"]
def build_classifier(base, rate):
    """The base, frozen and as at inference, then dropout and ten logits."""
    raise NotImplementedError()


# %% wrong="the head's dropout told training=True in a functional model" loses=["classifier-dropout"] says=["training=True is set for the head's dropout", "no `training` in the call"]
def build_classifier(base, rate):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    kept = keras.layers.Dropout(rate)(base(inputs, training=False), training=True)
    return keras.Model(inputs, keras.layers.Dense(10)(kept))


# %% wrong="the same mask at each call" loses=["classifier-dropout"] says=["two passes in training drop other features"]
class OwnDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        return keras.random.dropout(x, self.rate, seed=42) if training else x


def build_classifier(base, rate):
    base.trainable = False
    return keras.Sequential([base, OwnDropout(rate), keras.layers.Dense(10)])
