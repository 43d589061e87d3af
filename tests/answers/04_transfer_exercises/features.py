# %% [markdown]
# Answers to the item `features`.

# %% right="predict with its progress bar"
def features_of(base, pictures):
    return base.predict(pictures)


# %% right="called in batches, with a progress bar on stderr"
from tqdm import tqdm


def features_of(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=False) for batch in tqdm(batches)])


# %% right="picture by picture, as float64"
def features_of(base, pictures):
    rows = [base(picture[None])[0] for picture in pictures]
    return np.array([np.asarray(row, dtype=float) for row in rows])


# %% right="frozen too, through keras.ops"
def features_of(base, pictures):
    base.trainable = False
    return keras.ops.convert_to_numpy(base(keras.ops.convert_to_tensor(pictures), training=False))


# %% right="called without a word on training"
features_of = lambda base, pictures: np.array(base(pictures))

# %% right="in a model around the base, in batches of seven, with a warning"
import warnings


def features_of(base: keras.Model, pictures: np.ndarray) -> np.ndarray:
    """What the base gives at inference: shape (n, f)."""
    if len(pictures) < 7:
        warnings.warn("few pictures", stacklevel=2)
    model = keras.Sequential([keras.Input(pictures.shape[1:]), base])
    return model.predict(pictures, batch_size=7, verbose="auto")


# %% right="a recursive function over halves"
def features_of(base, pictures):
    if len(pictures) <= 16:
        return base.predict_on_batch(pictures)
    middle = len(pictures) // 2
    return np.vstack([features_of(base, part) for part in (pictures[:middle], pictures[middle:])])


# %% right="from a tf.data.Dataset, behind a magic"
%matplotlib inline
import tensorflow as tf


def features_of(base, pictures):
    dataset = tf.data.Dataset.from_tensor_slices(pictures).batch(20)
    print(len(dataset), "batches")
    return np.concatenate([base(batch, training=False).numpy() for batch in dataset], axis=0)


# %% wrong="the base called as in training" loses=["features-values", "features-base"] says=["so that a picture's features depend on its company", "moves its stored means"]
def features_of(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=True) for batch in batches])


# %% wrong="frozen, but called as in training" loses=["features-values"] says=["its dropout drops"]
def features_of(base, pictures):
    base.trainable = False
    return np.array(base(pictures, training=True))


# %% wrong="mean of many passes as in training" loses=["features-values", "features-base"] says=["called as in training", "moves its stored means"]
def features_of(base, pictures):
    return np.mean([base(pictures, training=True) for _ in range(10)], axis=0)


# %% wrong="as in training, the weights put back" loses=["features-values"] says=["called as in training"]
def features_of(base, pictures):
    weights = base.get_weights()
    found = np.array(base(pictures, training=True))
    base.set_weights(weights)
    return found


# %% wrong="whole batches only" loses=["features-values"] says=["shape"]
def features_of(base, pictures):
    return base.predict(pictures[: len(pictures) // 32 * 32], verbose=0)


# %% wrong="the first batch only" loses=["features-values"] says=["found:    shape (32, 72)"]
def features_of(base, pictures):
    return base.predict(pictures[:32], verbose=0)


# %% wrong="another order" loses=["features-values"] says=["the pictures come out in another order"]
def features_of(base, pictures):
    shuffled = np.random.default_rng(0).permutation(len(pictures))
    return base.predict(pictures[shuffled], verbose=0)


# %% wrong="pictures scaled once more" loses=["features-values"] says=["are changed on the way"]
def features_of(base, pictures):
    return base.predict(pictures / 255, verbose=0)


# %% wrong="features scaled to unit variance" loses=["features-values"] says=["are changed on the way"]
def features_of(base, pictures):
    found = base.predict(pictures, verbose=0)
    return (found - found.mean(axis=0)) / (found.std(axis=0) + 1e-7)


# %% wrong="a new base without the stored weights" loses=["features-values"] says=["are changed on the way"]
def features_of(base, pictures):
    return keras.models.clone_model(base).predict(pictures, verbose=0)


# %% wrong="zeros" loses=["features-values", "features-base"] says=["nothing is computed"]
def features_of(base, pictures):
    return np.zeros((len(pictures), base.output_shape[-1]))


# %% wrong="the pictures changed in place" loses=["features-base"] says=["scaled or sorted in place"]
def features_of(base, pictures):
    pictures /= 2
    return base.predict(2 * pictures, verbose=0)


# %% wrong="the base trained for a step" loses=["features-values", "features-base"] says=["all weights and stored means as they were"]
def features_of(base, pictures):
    base.compile("adam", "mse")
    base.fit(pictures, np.zeros((len(pictures), base.output_shape[-1])), verbose=0)
    return base.predict(pictures, verbose=0)


# %% wrong="a tensor" loses=["features-values", "features-base"] says=["the result is a NumPy array of numbers"]
def features_of(base, pictures):
    return base(pictures, training=False)


# %% wrong="a list" loses=["features-values", "features-base"] says=["found:    a list of length"]
def features_of(base, pictures):
    return list(base.predict(pictures, verbose=0))


# %% wrong="the mean over the pictures" loses=["features-values", "features-base"] says=["an axis was summed over"]
def features_of(base, pictures):
    return base.predict(pictures, verbose=0).mean(axis=0)


# %% wrong="the pictures themselves" loses=["features-values", "features-base"] says=["has the shape"]
def features_of(base, pictures):
    return pictures.reshape(len(pictures), -1)


# %% wrong="features of the first call for all calls" loses=["features-values", "features-base"] says=["shape (70, 72)"]
kept = {}


def features_of(base, pictures):
    if "features" not in kept:
        kept["features"] = base.predict(pictures, verbose=0)
    return kept["features"]


# %% wrong="not returned" loses=["features-values", "features-base"] says=["found:    None"]
def features_of(base, pictures):
    print(base.predict(pictures, verbose=0))


# %% wrong="not written" loses=["features-values", "features-base"] says=["this part is not written yet"]
def features_of(base, pictures):
    """What the base gives at inference: shape (n, f)."""
    raise NotImplementedError()
