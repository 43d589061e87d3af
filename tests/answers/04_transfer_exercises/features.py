# %% [markdown]
# Answers to the item `features`.

# %% right="called in batches, with a progress bar on stderr"
from tqdm import tqdm


def features_of(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=False) for batch in tqdm(batches)])


# %% [raw] right="picture by picture, as float64"
# - base.predict(pictures, verbose=0)
# + np.array([np.asarray(base(one[None])[0], dtype=float) for one in pictures])

# %% [raw] right="frozen too, through keras.ops"
# -     return base.predict(pictures, verbose=0)
# +     base.trainable = False
# +     return keras.ops.convert_to_numpy(base(keras.ops.convert_to_tensor(pictures), training=False))

# %% right="called without a word on training"
features_of = lambda base, pictures: np.array(base(pictures))

# %% [raw] right="in a model around the base, in batches of seven, with a warning"
# - def features_of(base, pictures):
# + import warnings
# +
# +
# + def features_of(base, pictures):
# -     return base.predict(pictures, verbose=0)
# +     warnings.warn("few pictures", stacklevel=2)
# +     model = keras.Sequential([keras.Input(pictures.shape[1:]), base])
# +     return model.predict(pictures, batch_size=7)

# %% right="from a tf.data.Dataset, behind a magic"
%matplotlib inline
import tensorflow as tf


def features_of(base, pictures):
    dataset = tf.data.Dataset.from_tensor_slices(pictures).batch(20)
    print(len(dataset), "batches")
    return np.concatenate([base(batch, training=False).numpy() for batch in dataset], axis=0)


# %% [raw] wrong="the base called as in training" loses={"features-values": "as_in_training", "features-base": "base_changed"}
# - base.predict(pictures, verbose=0)
# + np.array(base(pictures, training=True))

# %% [raw] wrong="mean of many passes as in training" loses={"features-values": "as_in_training", "features-base": "base_changed"}
# - base.predict(pictures, verbose=0)
# + np.mean([base(pictures, training=True) for _ in range(10)], axis=0)

# %% [raw] wrong="whole batches only" loses={"features-values": "wrong_shape"}
# - (pictures, verbose
# + (pictures[: len(pictures) // 32 * 32], verbose

# %% [raw] wrong="another order" loses={"features-values": "other_order"}
# -     return base.predict(pictures, verbose=0)
# +     shuffled = np.random.default_rng(0).permutation(len(pictures))
# +     return base.predict(pictures[shuffled], verbose=0)

# %% [raw] wrong="pictures scaled once more" loses={"features-values": "changed"}
# - (pictures, verbose
# + (pictures / 255, verbose

# %% [raw] wrong="a new base without the stored weights" loses={"features-values": "changed"}
# - base.predict
# + keras.models.clone_model(base).predict

# %% [raw] wrong="zeros" loses={"features-values": "changed", "features-base": "constant"}
# - base.predict(pictures, verbose=0)
# + np.zeros((len(pictures), base.output_shape[-1]))

# %% [raw] wrong="the pictures changed in place" loses={"features-base": "in_place"}
# -     return base.predict(pictures, verbose=0)
# +     pictures /= 2
# +     return base.predict(2 * pictures, verbose=0)

# %% [raw] wrong="a tensor" loses={"features-values": "no_array", "features-base": "no_array"}
# - base.predict(pictures, verbose=0)
# + base(pictures, training=False)

# %% [raw] wrong="a list" loses={"features-values": "no_array", "features-base": "no_array"}
# - base.predict(pictures, verbose=0)
# + list(base.predict(pictures, verbose=0))

# %% [raw] wrong="the mean over the pictures" loses={"features-values": "wrong_shape", "features-base": "wrong_shape"}
# - verbose=0)
# + verbose=0).mean(axis=0)

# %% [raw] wrong="not written" loses={"features-values": "unwritten", "features-base": "unwritten"}
# - return base.predict(pictures, verbose=0)
# + raise NotImplementedError()
