"""Heads trained side by side are the heads that one would train one by one."""

import keras
import numpy as np
import pytest
from keras import layers

from course_utils import heads
from course_utils.datasets import Split

SETTINGS = {"units": 8, "learning_rate": 0.02, "epochs": 12, "classes": 3}


@pytest.fixture(scope="module")
def parts():
    """Training and validation examples with noisy labels, so that heads overfit."""
    generator = np.random.default_rng(0)
    x = generator.normal(size=(160, 12)).astype("float32")
    y = (x[:, :3] + generator.normal(size=(160, 3))).argmax(axis=1)
    return Split(x[:80], y[:80]), Split(x[80:], y[80:])


def train_alone(train, validation, first_seed, seed, file):
    """What a reader would write: one head, with Keras's own layers, loss and checkpoint."""
    keras.utils.set_random_seed(first_seed)
    head = keras.Sequential(
        [
            keras.Input((12,)),
            layers.Dense(8, "relu", kernel_initializer=keras.initializers.GlorotUniform(seed)),
            layers.Dropout(0.0),
            layers.Dense(3, kernel_initializer=keras.initializers.GlorotUniform(seed)),
        ]
    )
    head.compile(
        keras.optimizers.Adam(SETTINGS["learning_rate"]),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    best = keras.callbacks.ModelCheckpoint(
        file, monitor="val_loss", save_best_only=True, save_weights_only=True
    )
    history = head.fit(
        train.x,
        train.y,
        validation_data=(validation.x, validation.y),
        batch_size=32,
        epochs=SETTINGS["epochs"],
        callbacks=[best],
        verbose=0,
    )
    head.load_weights(file)
    return head, 1 + int(np.argmin(history.history["val_loss"]))


def test_without_dropout_each_head_is_the_one_trained_alone(parts, tmp_path):
    seeds = [5, 6, 7]
    together, epochs = heads.train(*parts, seeds, rate=0.0, **SETTINGS)
    accuracies, losses = heads.score(together, parts[1])
    for number, seed in enumerate(seeds):
        alone, best_epoch = train_alone(*parts, seeds[0], seed, tmp_path / f"{seed}.weights.h5")
        assert epochs[number] == best_epoch < SETTINGS["epochs"]
        for shared, own in zip(together.get_weights(), alone.get_weights(), strict=True):
            np.testing.assert_allclose(shared[number], own, atol=1e-4)
        loss, accuracy = alone.evaluate(parts[1].x, parts[1].y, verbose=0)
        assert losses[number] == pytest.approx(loss, abs=1e-4)
        assert accuracies[number] == pytest.approx(accuracy)


def test_heads_with_one_start_differ_by_their_masks_only(parts):
    twice = [5, 5]
    for rate, are_equal in ((0.0, True), (0.5, False)):
        model, _ = heads.train(*parts, twice, rate=rate, **SETTINGS)
        first, second = np.moveaxis(np.array(model(parts[1].x, training=False)), 1, 0)
        assert np.allclose(first, second, atol=1e-5) == are_equal


def test_the_seeds_fix_everything(parts):
    one, again = (heads.train(*parts, [5, 6], rate=0.5, **SETTINGS)[0] for _ in range(2))
    for mine, other in zip(one.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, other)
