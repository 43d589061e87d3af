# %% [markdown]
# Answers to the item `saved`.

# %% right="other names for the same functions, allclose and a path in text"
import os


def save_and_load(model, folder):
    file = os.path.join(folder, f"{model.name}.keras")
    keras.models.save_model(model, file)
    return keras.models.load_model(file)


def is_same(model, other, x):
    return np.allclose(model(x, training=False), other(x, training=False), atol=1e-5)


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


# %% right="in a folder of its own, compared in Keras, called as in a notebook"
def save_and_load(model, folder):
    own = folder / "nets" / "kept"
    own.mkdir(parents=True)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.save(own / "1.keras")
    return keras.saving.load_model(own / "1.keras")


def is_same(model, other, x):
    furthest = keras.ops.max(keras.ops.abs(model(x) - other(x)))
    return float(furthest) < 1e-5


# %% right="picture by picture, in plain Python, with a warning"
import warnings


def save_and_load(model, folder):
    names = [folder / "a.keras"]
    model.save(names[0], zipped=True)
    if not names[0].is_file():
        warnings.warn("nothing was saved", stacklevel=2)
    return keras.models.load_model(*folder.glob("*.keras"))


def is_same(model, other, x):
    pairs = zip(model.predict(x, verbose=0).tolist(), other.predict(x, verbose=0).tolist())
    return all(abs(p - q) <= 1e-5 for one, two in pairs for p, q in zip(one, two, strict=True))


# %% right="lambdas, and TensorFlow"
import tensorflow as tf

save_and_load = lambda model, folder: (
    model.save(folder / "net.keras") or tf.keras.models.load_model(folder / "net.keras")
)
is_same = lambda model, other, x: (
    tf.reduce_all(tf.abs(model(x, training=False) - other(x, training=False)) < 1e-5).numpy()
)

# %% [raw] wrong="the model that was given is returned" loses={"saved-copy": "same_model"}
# -     return keras.saving.load_model(path)
# +     keras.saving.load_model(path)
# +     return model

# %% [raw] wrong="weights are loaded into the model that was given" loses={"saved-copy": "same_model"}
# - "model.keras"
# -     model.save(path)
# -     return keras.saving.load_model(path)
# + "model.weights.h5"
# +     model.save_weights(path)
# +     model.load_weights(path)
# +     return model

# %% [raw] wrong="a new model of the old layers" loses={"saved-copy": "same_model"}
# -     return keras.saving.load_model(path)
# +     return keras.Sequential(model.layers)

# %% [raw] wrong="only the architecture is kept" loses={"saved-copy": "other_weights"}
# - "model.keras"
# -     model.save(path)
# -     return keras.saving.load_model(path)
# + "model.json"
# +     path.write_text(model.to_json())
# +     return keras.models.model_from_json(path.read_text())

# %% [raw] wrong="a clone without the weights" loses={"saved-copy": "other_weights"}
# -     return keras.saving.load_model(path)
# +     return keras.models.clone_model(model)

# %% [raw] wrong="weights in half precision" loses={"saved-copy": "other_weights"}
# -     return keras.saving.load_model(path)
# +     loaded = keras.saving.load_model(path)
# +     loaded.set_weights([weight.astype(np.float16) for weight in model.get_weights()])
# +     return loaded

# %% [raw] wrong="dropout is left out of what is saved" loses={"saved-copy": "other_layers"}
# -     model.save(path)
# +     kept = [layer for layer in model.layers if not isinstance(layer, keras.layers.Dropout)]
# +     keras.Sequential([keras.Input(model.input_shape[1:]), *kept]).save(path)

# %% [raw] wrong="dropout is switched off before saving" loses={"saved-copy": "other_layers"}
# -     model.save(path)
# +     for layer in model.layers:
# +         if isinstance(layer, keras.layers.Dropout):
# +             layer.rate = 0
# +     model.save(path)

# %% [raw] wrong="the softmax is left out of what is loaded" loses={"saved-copy": "other_layers"}
# -     return keras.saving.load_model(path)
# +     loaded = keras.saving.load_model(path)
# +     loaded.layers[-1].activation = keras.activations.linear
# +     return loaded

# %% [raw] wrong="the last layer is left out" loses={"saved-copy": "other_layers"}
# -     return keras.saving.load_model(path)
# +     return keras.Sequential(keras.saving.load_model(path).layers[:-1])

# %% [raw] wrong="the name of the file is returned" loses={"saved-copy": "no_model"}
# -     return keras.saving.load_model(path)
# +     return str(path)

# %% [raw] wrong="loaded, and not returned" loses={"saved-copy": "no_model"}
# -     return keras.saving.load_model(path)
# +     loaded = keras.saving.load_model(path)

# %% [raw] wrong="a file without the ending" loses={"saved-copy": "crash"}
# - model.keras
# + model

# %% [raw] wrong="the folder is taken for the file" loses={"saved-copy": "crash"}
# -  / "model.keras"

# %% [raw] wrong="loaded before it is saved" loses={"saved-copy": "crash"}
# -     model.save(path)
# -     return keras.saving.load_model(path)
# +     loaded = keras.saving.load_model(path)
# +     model.save(path)
# +     return loaded

# %% [raw] wrong="dropout is on" loses={"saved-same": "dropout_on"}
# - one.predict(x, verbose=0)
# + keras.ops.convert_to_numpy(one(x, training=True))

# %% [raw] wrong="one object" loses={"saved-same": "objects"}
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     return model == other

# %% [raw] wrong="names are compared" loses={"saved-same": "objects"}
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     return model.to_json() == other.to_json()

# %% [raw] wrong="the shapes of the weights are compared" loses={"saved-same": "architecture"}
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     shapes = [[weight.shape for weight in one.weights] for one in (model, other)]
# +     return shapes[0] == shapes[1]

# %% [raw] wrong="a model is compared with itself" loses={"saved-same": "architecture"}
# - (model, other)
# + (model, model)

# %% [raw] wrong="means are compared" loses={"saved-same": "architecture"}
# - np.abs(outputs - others).max()
# + abs(outputs.mean() - others.mean())

# %% [raw] wrong="the classes are compared" loses={"saved-same": "too_coarse"}
# -     return np.abs(outputs - others).max() <= 1e-5
# +     return np.array_equal(outputs.argmax(axis=1), others.argmax(axis=1))

# %% [raw] wrong="a tolerance of a hundredth" loses={"saved-same": "too_coarse"}
# - 1e-5
# + 1e-2

# %% [raw] wrong="a mean of squares" loses={"saved-same": "too_coarse"}
# - np.abs(outputs - others).max()
# + ((outputs - others) ** 2).mean()

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
# -     return np.abs(outputs - others).max() <= 1e-5
# +     return np.array_equal(outputs, others)

# %% [raw] wrong="one answer a picture" loses={"saved-same": "no_bool"}
# - max()
# + max(axis=1)

# %% [raw] wrong="a tensor" loses={"saved-same": "no_bool"}
# - np.abs(outputs - others).max() <= 1e-5
# + keras.ops.all(keras.ops.abs(outputs - others) <= 1e-5)

# %% [raw] wrong="printed, not returned" loses={"saved-same": "no_bool"}
# - return np.abs(outputs - others).max() <= 1e-5
# + print(np.abs(outputs - others).max() <= 1e-5)

# %% [raw] wrong="not written" loses={"saved-copy": "unwritten", "saved-same": "unwritten"}
# -     path = folder / "model.keras"
# -     model.save(path)
# -     return keras.saving.load_model(path)
# +     raise NotImplementedError()
# -     outputs, others = (one.predict(x, verbose=0) for one in (model, other))
# -     return np.abs(outputs - others).max() <= 1e-5
# +     raise NotImplementedError()

# %% wrong="other names" loses={"saved-copy": "missing", "saved-same": "missing"}
def save_load(model, folder):
    model.save(folder / "model.keras")
    return keras.saving.load_model(folder / "model.keras")


def same(model, other, x):
    return np.allclose(model.predict(x), other.predict(x), atol=1e-5)
