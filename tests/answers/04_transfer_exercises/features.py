# %% [markdown]
# Answers to the item `features`.

# %% [raw] right="predict with its progress bar"
# -     return base.predict(pictures, verbose=0)
# +     return base.predict(pictures)

# %% right="called in batches, with a progress bar on stderr"
from tqdm import tqdm


def features_of(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=False) for batch in tqdm(batches)])


# %% [raw] right="picture by picture, as float64"
# -     return base.predict(pictures, verbose=0)
# +     rows = [base(picture[None])[0] for picture in pictures]
# +     return np.array([np.asarray(row, dtype=float) for row in rows])

# %% [raw] right="frozen too, through keras.ops"
# -     return base.predict(pictures, verbose=0)
# +     base.trainable = False
# +     return keras.ops.convert_to_numpy(base(keras.ops.convert_to_tensor(pictures), training=False))

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


# %% [raw] right="a recursive function over halves"
# -     return base.predict(pictures, verbose=0)
# +     if len(pictures) <= 16:
# +         return base.predict_on_batch(pictures)
# +     middle = len(pictures) // 2
# +     return np.vstack([features_of(base, part) for part in (pictures[:middle], pictures[middle:])])

# %% right="from a tf.data.Dataset, behind a magic"
%matplotlib inline
import tensorflow as tf


def features_of(base, pictures):
    dataset = tf.data.Dataset.from_tensor_slices(pictures).batch(20)
    print(len(dataset), "batches")
    return np.concatenate([base(batch, training=False).numpy() for batch in dataset], axis=0)


# %% [raw] wrong="the base called as in training" loses={"features-values": "as_in_training", "features-base": "base_changed"}
# -     return base.predict(pictures, verbose=0)
# +     batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
# +     return np.concatenate([base(batch, training=True) for batch in batches])

# %% [raw] wrong="mean of many passes as in training" loses={"features-values": "as_in_training", "features-base": "base_changed"}
# -     return base.predict(pictures, verbose=0)
# +     return np.mean([base(pictures, training=True) for _ in range(10)], axis=0)

# %% [raw] wrong="whole batches only" loses={"features-values": "wrong_shape"}
# -     return base.predict(pictures, verbose=0)
# +     return base.predict(pictures[: len(pictures) // 32 * 32], verbose=0)

# %% [raw] wrong="the first batch only" loses={"features-values": "wrong_shape"}
# -     return base.predict(pictures, verbose=0)
# +     return base.predict(pictures[:32], verbose=0)

# %% [raw] wrong="another order" loses={"features-values": "other_order"}
# -     return base.predict(pictures, verbose=0)
# +     shuffled = np.random.default_rng(0).permutation(len(pictures))
# +     return base.predict(pictures[shuffled], verbose=0)

# %% [raw] wrong="pictures scaled once more" loses={"features-values": "changed"}
# -     return base.predict(pictures, verbose=0)
# +     return base.predict(pictures / 255, verbose=0)

# %% [raw] wrong="a new base without the stored weights" loses={"features-values": "changed"}
# -     return base.predict(pictures, verbose=0)
# +     return keras.models.clone_model(base).predict(pictures, verbose=0)

# %% [raw] wrong="zeros" loses={"features-values": "changed", "features-base": "constant"}
# -     return base.predict(pictures, verbose=0)
# +     return np.zeros((len(pictures), base.output_shape[-1]))

# %% [raw] wrong="the pictures changed in place" loses={"features-base": "in_place"}
# -     return base.predict(pictures, verbose=0)
# +     pictures /= 2
# +     return base.predict(2 * pictures, verbose=0)

# %% [raw] wrong="a tensor" loses={"features-values": "no_array", "features-base": "no_array"}
# -     return base.predict(pictures, verbose=0)
# +     return base(pictures, training=False)

# %% [raw] wrong="a list" loses={"features-values": "no_array", "features-base": "no_array"}
# -     return base.predict(pictures, verbose=0)
# +     return list(base.predict(pictures, verbose=0))

# %% [raw] wrong="the mean over the pictures" loses={"features-values": "wrong_shape", "features-base": "wrong_shape"}
# -     return base.predict(pictures, verbose=0)
# +     return base.predict(pictures, verbose=0).mean(axis=0)

# %% [raw] wrong="the pictures themselves" loses={"features-values": "wrong_shape", "features-base": "wrong_shape"}
# -     return base.predict(pictures, verbose=0)
# +     return pictures.reshape(len(pictures), -1)

# %% [raw] wrong="not written" loses={"features-values": "unwritten", "features-base": "unwritten"}
# -     return base.predict(pictures, verbose=0)
# +     raise NotImplementedError()
