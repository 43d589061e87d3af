"""Bases know what they were trained for; features are computed once and never mixed."""

import dataclasses
import resource

import keras
import numpy as np
import pytest
import skimage.data
from keras import layers
from sklearn.datasets import load_sample_image

from course_utils import bases, datasets, features

# What ImageNet calls these: 281-293 cats, 967 espresso,
# 657 missile and 744 projectile, 698 palace and 663 monastery, 985 daisy.
LABELS = {
    "chelsea": {281, 282, 285},
    "coffee": {967},
    "rocket": {657, 744},
    "china": {698, 663},
    "flower": {985},
}


@pytest.fixture(scope="module")
def lite():
    return bases.load("efficientnet-lite0", side=64)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    return tmp_path / "features"


def photograph(name):
    """A photograph that comes with scikit-image or scikit-learn: uint8, (height, width, 3)."""
    made = getattr(skimage.data, name, None)
    return made() if made else load_sample_image(f"{name}.jpg")


def test_the_port_names_photographs_as_imagenet_does():
    net = bases.efficientnet_lite.efficientnet_lite0(224, include_top=True)
    for name, expected in LABELS.items():
        whole = photograph(name)
        side = min(whole.shape[:2])
        top, left = ((length - side) // 2 for length in whole.shape[:2])
        square = whole[None, top : top + side, left : left + side].astype("float32")
        probabilities = net.predict(layers.Resizing(224, 224)(square), verbose=0)[0]
        assert probabilities.argmax() in expected, name


def test_the_base_is_that_of_the_whole_net():
    """Without its top the net gives what the top is computed from."""
    pictures = np.random.default_rng(0).uniform(0, 255, (2, 64, 64, 3)).astype("float32")
    whole = bases.efficientnet_lite.efficientnet_lite0(64, include_top=True)
    before_top = keras.Model(whole.inputs, whole.layers[-2].output)
    base = bases.load("efficientnet-lite0", side=64)
    assert base.output_shape == (None, 1280)
    np.testing.assert_allclose(
        base.predict(pictures, verbose=0), before_top.predict(pictures, verbose=0), rtol=1e-5
    )


def test_an_unknown_base_lists_the_known_ones():
    with pytest.raises(ValueError, match="choose one of efficientnet-lite0, xception, mobilenet"):
        bases.load("resnet", side=64)


@pytest.mark.parametrize("name", ["xception", "mobilenet-0.25"])
def test_without_network_a_base_says_what_to_do(name, tmp_path, monkeypatch):
    monkeypatch.setattr("keras.src.utils.file_utils.config.keras_home", lambda: str(tmp_path))
    for variable in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")  # the discard port: nobody listens
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(bases.WeightsError, match=f"{name} could not be had .* which needs none"):
        bases.load(name, side=96)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def frozen(base, side=64, **options):
    """Pictures resized to what the base sees."""
    return keras.Sequential(
        [keras.Input((96, 96, 3)), layers.Resizing(side, side, **options), base]
    )


@pytest.fixture
def pictures():
    data = datasets.load("clothing-1k")
    few = {
        part: getattr(data, part).take(np.arange(10)) for part in ("train", "validation", "test")
    }
    return dataclasses.replace(data, **few)


def test_features_are_those_of_predict_and_computed_once(lite, pictures, cache, monkeypatch):
    model = frozen(lite)
    computed = features.features(model, pictures)
    np.testing.assert_allclose(
        computed.test.x, model.predict(pictures.test.x, verbose=0), rtol=1e-5, atol=1e-6
    )
    assert computed.train.y.tolist() == pictures.train.y.tolist()
    assert computed.train.groups.tolist() == pictures.train.groups.tolist()
    assert len(list(cache.glob("*.npy"))) == 3
    monkeypatch.setattr(features, "_compute", None)  # from here on only the disk
    again = features.features(frozen(lite), pictures)  # built anew: Keras gives other names
    assert np.array_equal(again.test.x, computed.test.x)


def test_features_of_another_base_size_preprocessing_or_data_are_never_mixed(lite, pictures, cache):
    features.features(frozen(lite), pictures)
    other_weights = keras.models.clone_model(lite)
    other_weights.set_weights([weight + 1e-4 for weight in lite.get_weights()])
    others = [
        frozen(other_weights),
        frozen(bases.load("efficientnet-lite0", side=32), side=32),
        frozen(lite, interpolation="nearest"),
    ]
    for count, model in enumerate(others, start=2):
        features.features(model, pictures)
        assert len(list(cache.glob("*.npy"))) == 3 * count
    pictures.test.x[0, 0, 0, 0] ^= 1
    features.features(frozen(lite), pictures)
    assert len(list(cache.glob("*.npy"))) == 3 * 4 + 1  # the test pictures alone are others


def test_an_interrupted_extraction_leaves_nothing(lite, pictures, cache, monkeypatch):
    monkeypatch.setattr(features, "BATCH", 4)
    real, calls = keras.Model.predict_on_batch, []

    def fail_in_the_second_chunk(self, batch):
        calls.append(len(batch))
        if len(calls) == 3:  # the first is for the fingerprint
            raise KeyboardInterrupt
        return real(self, batch)

    monkeypatch.setattr(keras.Model, "predict_on_batch", fail_in_the_second_chunk)
    with pytest.raises(KeyboardInterrupt):
        features.features(frozen(lite), pictures)
    assert not [path for path in cache.rglob("*") if path.is_file()]
    monkeypatch.setattr(keras.Model, "predict_on_batch", real)
    assert features.features(frozen(lite), pictures).train.x.shape == (10, 1280)


def test_a_full_disk_is_named_and_leaves_nothing(lite, pictures, cache):
    cache.mkdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))  # as if the disk were full
    try:
        with pytest.raises(features.FeaturesError, match=r"could not be written to .*KERAS_HOME"):
            features.features(frozen(lite), pictures)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list(cache.iterdir())


def test_damaged_features_are_named_not_used(lite, pictures, cache):
    features.features(frozen(lite), pictures)
    for path in cache.glob("*.npy"):
        path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(features.FeaturesError, match=r"damaged .*delete this file"):
        features.features(frozen(lite), pictures)


def test_a_head_on_kept_features_is_the_head_on_the_base(lite, pictures, cache):
    """Same start, same order, same dropout: the same weights after training."""
    lite.trainable = False
    kept = features.features(frozen(lite), pictures)

    def train(x, before):
        keras.utils.set_random_seed(5)
        head = keras.Sequential([layers.Dropout(0.5, seed=1), layers.Dense(10, "softmax")])
        head.build((None, 1280))
        inputs = keras.Input(x.shape[1:])
        outputs = head(before(inputs, training=False) if before else inputs)
        model = keras.Model(inputs, outputs)
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, pictures.train.y, batch_size=5, epochs=2, shuffle=False, verbose=0)
        return head.get_weights()

    for cached, run in zip(
        train(np.asarray(kept.train.x), None), train(pictures.train.x, frozen(lite)), strict=True
    ):
        np.testing.assert_allclose(cached, run, rtol=1e-4, atol=1e-5)


def test_a_base_in_two_is_the_base(lite):
    before, last_block = bases.split("efficientnet-lite0", side=64)
    pictures = np.random.default_rng(3).uniform(0, 255, (2, 64, 64, 3)).astype("float32")
    whole, parts = lite(pictures), last_block(before(pictures))
    np.testing.assert_allclose(whole, parts, rtol=1e-4, atol=1e-5)
    assert 0 < last_block.count_params() < lite.count_params() / 2


def test_fit_overrides_what_a_functional_model_was_built_with():
    """The lesson teaches it; a Keras that changes it will be noticed here."""
    base = keras.Sequential([keras.Input((4,)), layers.BatchNormalization()])
    inputs = keras.Input((4,))
    model = keras.Model(inputs, layers.Dense(1)(base(inputs, training=False)))
    for trainable in (True, False):
        base.trainable = trainable
        model.compile("sgd", "mse")
        stored = np.array(base.layers[0].moving_mean)
        model.fit(np.full((8, 4), 3.0), np.zeros((8, 1)), verbose=0)
        moved = not np.array_equal(stored, np.array(base.layers[0].moving_mean))
        assert moved == trainable
