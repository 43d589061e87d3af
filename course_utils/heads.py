"""Heads trained side by side: many small nets on the same features, for the time of one.

Each head is a dense layer with ReLU, dropout and a dense layer of logits. The heads share the
batches and nothing else: each has its own start, its own masks and its own checkpoint, and
learns as it would alone (`tests/utils/test_heads.py` trains them one by one to compare).
"""

from collections.abc import Callable, Sequence

import keras
import numpy as np
from keras import layers

from course_utils.datasets import Split


def train(
    train: Split,
    validation: Split,
    seeds: Sequence[int],
    *,
    units: int,
    rate: float,
    learning_rate: float,
    epochs: int,
    classes: int = 10,
    callbacks: Sequence[keras.callbacks.Callback] = (),
) -> tuple[keras.Model, np.ndarray]:
    """Train one head for each seed with Adam, in batches of 32, and go back to its best epoch.

    train, validation: features, shape (n, f), with their labels. seeds: of the start weights; the
    first one also fixes the order of the batches and the masks, through Keras's global seed.
    Returns a model from features to logits, shape (n, heads, classes), in which each head has the
    weights with which its validation loss was lowest, and the epochs of these, counted from 1,
    shape (heads,).
    """
    keras.utils.set_random_seed(seeds[0])
    model = _build(train.x.shape[1], units, rate, classes, seeds)
    model.compile(keras.optimizers.Adam(learning_rate), _sum_of_losses)
    checkpoints = _Checkpoints(validation, len(seeds))
    labels = np.repeat(train.y[:, None], len(seeds), axis=1)
    model.fit(
        np.array(train.x),
        labels,
        batch_size=32,
        epochs=epochs,
        callbacks=[checkpoints, *callbacks],
        verbose=0,
    )
    model.set_weights(checkpoints.weights)
    return model, checkpoints.epoch


def score(model: keras.Model, split: Split) -> tuple[np.ndarray, np.ndarray]:
    """Accuracy and mean cross-entropy (nats) of each head, dropout off: both of shape (heads,)."""
    logits = keras.ops.convert_to_numpy(model(np.array(split.x), training=False))
    labels = np.repeat(split.y[:, None], logits.shape[1], axis=1)
    losses = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    accuracies = (logits.argmax(axis=2) == labels).mean(axis=0)
    return accuracies, keras.ops.convert_to_numpy(losses).mean(axis=0)


def _build(
    features: int, units: int, rate: float, classes: int, seeds: Sequence[int]
) -> keras.Model:
    """`EinsumDense` is a dense layer with one more letter, h for the head."""
    heads = len(seeds)
    return keras.Sequential(
        [
            keras.Input((features,)),
            layers.EinsumDense(
                "ni,hio->nho",
                (heads, units),
                activation="relu",
                bias_axes="ho",
                kernel_initializer=_own_starts(seeds),
            ),
            layers.Dropout(rate),
            layers.EinsumDense(
                "nhi,hio->nho",
                (heads, classes),
                bias_axes="ho",
                kernel_initializer=_own_starts(seeds),
            ),
        ]
    )


def _own_starts(seeds: Sequence[int]) -> Callable:
    """Start weights of shape (heads, i, o): for each head those of a dense layer with its seed."""

    def start(shape, dtype=None):
        return keras.ops.stack(
            [keras.initializers.GlorotUniform(int(seed))(shape[1:], dtype) for seed in seeds]
        )

    return start


def _sum_of_losses(labels, logits):
    """Keras takes the mean over examples and heads; times the heads, each learns as if alone."""
    losses = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    return logits.shape[1] * losses


class _Checkpoints(keras.callbacks.Callback):
    """Keeps the weights that each head had when its validation loss was lowest."""

    def __init__(self, validation: Split, heads: int):
        super().__init__()
        self.validation = validation
        self.lowest = np.full(heads, np.inf)
        self.epoch = np.zeros(heads, dtype=int)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        _, losses = score(self.model, self.validation)
        better = losses < self.lowest
        self.lowest[better], self.epoch[better] = losses[better], epoch + 1
        weights = self.model.get_weights()
        if epoch == 0:
            self.weights = weights
        for kept, now in zip(self.weights, weights, strict=True):
            kept[better] = now[better]
