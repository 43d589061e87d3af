# %% [markdown]
# Answers to the item `saved`.

# %% [raw] right="other names for the same functions, allclose and a path in text"
# - folder / "model.keras"
# -     model.save(path)
# -     return keras.saving.load_model(path)
# + str(folder / f"{model.name}.keras")
# +     keras.models.save_model(model, path)
# +     return keras.models.load_model(path)
# - one.predict(x, verbose=0)
# + one(x, training=False)
# - np.abs(outputs - others).max() <= 1e-5
# + np.allclose(outputs, others, atol=1e-5)

# %% right="default tolerances, in batches, with type hints and a note on standard error"
import sys
from pathlib import Path


def save_and_load(model: keras.Model, folder: Path) -> keras.Model:
    """Overwrites what is there."""
    model.save(str(folder.joinpath("net.keras")), overwrite=True)
    print(list(folder.iterdir()), file=sys.stderr)
    return keras.saving.load_model(folder / "net.keras", compile=False)


def is_same(model: keras.Model, other: keras.Model, x: np.ndarray) -> bool:
    for batch in np.array_split(x, 4):
        if not np.allclose(model.predict(batch), other.predict(batch)):
            return False
    return True


# %% [raw] right="compiled, compared in Keras, called as in a notebook"
# -     model.save(path)
# +     model.compile("adam", "sparse_categorical_crossentropy")
# +     model.save(path)
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     furthest = keras.ops.max(keras.ops.abs(model(x) - other(x)))
# +     return float(furthest) < 1e-5

# %% [raw] right="number by number, in plain Python, with a warning"
# -     model.save(path)
# -     return keras.saving.load_model(path)
# +     import warnings
# +
# +     model.save(path, zipped=True)
# +     warnings.warn("overwritten", stacklevel=2)
# +     return keras.models.load_model(*folder.glob("*.keras"))
# - one.predict(x, verbose=0)
# + one.predict(x, verbose=0).ravel().tolist()
# - np.abs(outputs - others).max() <= 1e-5
# + all(abs(p - q) <= 1e-5 for p, q in zip(outputs, others, strict=True))

# %% right="lambdas, and TensorFlow"
import tensorflow as tf

save_and_load = lambda model, folder: (
    model.save(folder / "net.keras") or tf.keras.models.load_model(folder / "net.keras")
)
is_same = lambda model, other, x: (
    tf.reduce_all(tf.abs(model(x, training=False) - other(x, training=False)) < 1e-5).numpy()
)

# %% [raw] wrong="architecture and weights in files of their own" loses={"saved-file": "other_files"}
# -     model.save(path)
# -     return keras.saving.load_model(path)
# +     model.save_weights(folder / "model.weights.h5")
# +     path.write_text(model.to_json())
# +     copy = keras.models.model_from_json(path.read_text())
# +     copy.load_weights(folder / "model.weights.h5")
# +     return copy

# %% [raw] wrong="another format" loses={"saved-file": "other_format"}
# - model.keras
# + model.h5

# %% [raw] wrong="weights are loaded into the model that was given" loses={"saved-file": "other_format", "saved-copy": "same_model"}
# - model.keras
# + model.weights.h5
# -     model.save(path)
# -     return keras.saving.load_model(path)
# +     model.save_weights(path)
# +     model.load_weights(path)
# +     return model

# %% [raw] wrong="the model that was given is returned" loses={"saved-copy": "same_model"}
# -     return keras.saving.load_model(path)
# +     return model

# %% [raw] wrong="a new model of the old layers" loses={"saved-copy": "same_model"}
# - keras.saving.load_model(path)
# + keras.Sequential(model.layers)

# %% [raw] wrong="a clone without the weights" loses={"saved-copy": "other_weights"}
# - keras.saving.load_model(path)
# + keras.models.clone_model(model)

# %% [raw] wrong="weights in half precision" loses={"saved-copy": "other_weights"}
# -     return keras.saving.load_model(path)
# +     loaded = keras.saving.load_model(path)
# +     loaded.set_weights([weight.astype(np.float16) for weight in model.get_weights()])
# +     return loaded

# %% [raw] wrong="dropout is left out of what is saved" loses={"saved-copy": "other_layers"}
# -     model.save(path)
# +     kept = [layer for layer in model.layers if not isinstance(layer, keras.layers.Dropout)]
# +     keras.Sequential([keras.Input(model.input_shape[1:]), *kept]).save(path)

# %% [raw] wrong="the softmax is left out of what is loaded" loses={"saved-copy": "other_layers"}
# -     return keras.saving.load_model(path)
# +     loaded = keras.saving.load_model(path)
# +     loaded.layers[-1].activation = keras.activations.linear
# +     return loaded

# %% [raw] wrong="the last layer is left out" loses={"saved-copy": "other_layers"}
# - keras.saving.load_model(path)
# + keras.Sequential(keras.saving.load_model(path).layers[:-1])

# %% [raw] wrong="the name of the file is returned" loses={"saved-copy": "no_model"}
# - keras.saving.load_model(path)
# + str(path)

# %% [raw] wrong="loaded, and not returned" loses={"saved-copy": "no_model"}
# - return keras
# + loaded = keras

# %% [raw] wrong="a file without the ending" loses={"saved-file": "crash", "saved-copy": "crash"}
# - model.keras
# + model

# %% [raw] wrong="the folder is taken for the file" loses={"saved-file": "crash", "saved-copy": "crash"}
# -  / "model.keras"

# %% [raw] wrong="dropout is on" loses={"saved-same": "dropout_on"}
# - one.predict(x, verbose=0)
# + keras.ops.convert_to_numpy(one(x, training=True))

# %% [raw] wrong="one object" loses={"saved-same": "objects"}
# - np.abs(outputs - others).max() <= 1e-5
# + model == other

# %% [raw] wrong="names are compared" loses={"saved-same": "objects"}
# - np.abs(outputs - others).max() <= 1e-5
# + model.to_json() == other.to_json()

# %% [raw] wrong="a model is compared with itself" loses={"saved-same": "architecture"}
# - (model, other)
# + (model, model)

# %% [raw] wrong="means are compared" loses={"saved-same": "architecture"}
# - np.abs(outputs - others).max()
# + abs(outputs.mean() - others.mean())

# %% [raw] wrong="the classes are compared" loses={"saved-same": "too_coarse"}
# - np.abs(outputs - others).max() <= 1e-5
# + np.array_equal(outputs.argmax(axis=1), others.argmax(axis=1))

# %% [raw] wrong="a tolerance of a hundredth" loses={"saved-same": "too_coarse"}
# - 1e-5
# + 1e-2

# %% [raw] wrong="the first batch only" loses={"saved-same": "some_pictures"}
# - x, verbose
# + x[:32], verbose

# %% [raw] wrong="a mean of the differences" loses={"saved-same": "some_pictures"}
# - .max()
# + .mean()

# %% [raw] wrong="weights are compared" loses={"saved-same": "weights"}
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     pairs = zip(model.get_weights(), other.get_weights())
# +     return all(np.allclose(mine, theirs, atol=1e-5) for mine, theirs in pairs)

# %% [raw] wrong="exactly the same" loses={"saved-same": "exact"}
# - np.abs(outputs - others).max() <= 1e-5
# + np.array_equal(outputs, others)

# %% [raw] wrong="one answer a picture" loses={"saved-same": "no_bool"}
# - max()
# + max(axis=1)

# %% [raw] wrong="a tensor" loses={"saved-same": "no_bool"}
# - np.abs(outputs - others).max() <= 1e-5
# + keras.ops.all(keras.ops.abs(outputs - others) <= 1e-5)

# %% [raw] wrong="not written" loses={"saved-file": "unwritten", "saved-copy": "unwritten", "saved-same": "unwritten"}
# -     path = folder / "model.keras"
# -     model.save(path)
# -     return keras.saving.load_model(path)
# +     raise NotImplementedError()
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     raise NotImplementedError()

# %% [raw] wrong="other names" loses={"saved-file": "missing", "saved-copy": "missing", "saved-same": "missing"}
# - save_and_load
# + save_load
# - is_same
# + same
