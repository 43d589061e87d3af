"""A training that follows a script: nothing is learnt, and callbacks are called as in `fit`.

For tests of what is made of a training. It runs where the code that is tested runs.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class ScriptedTraining:
    """Stands in for the training of one model, `train_one(rate, seed, callbacks)`.

    ask: gives, for a rate and a seed, the one weight that the model has after each epoch, and what
    each epoch logs. Calling the training returns a model with a Dense layer of one weight.
    """

    def __init__(self, ask: Callable[[float, int], tuple[list[float], list[dict[str, float]]]]):
        self.ask = ask

    def __call__(self, rate: float, seed: int, callbacks: Sequence[Any]) -> Any:
        import keras

        weights, logs = self.ask(rate, seed)
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
        model.compile("sgd", "mse", metrics=["accuracy"], run_eagerly=True)
        # A callback that is to tell whether more is better asks the metrics, once they are built.
        model.test_on_batch(np.zeros((1, 1)), np.zeros((1, 1)))
        given = callbacks if isinstance(callbacks, list | tuple) else [callbacks]
        watcher = keras.callbacks.CallbackList(
            list(given), model=model, epochs=len(logs), steps=1, verbose=0
        )
        watcher.on_train_begin()
        for epoch, (weight, log) in enumerate(zip(weights, logs, strict=True)):
            model.set_weights([np.array([[weight]], np.float32)])
            watcher.on_epoch_begin(epoch)
            watcher.on_epoch_end(epoch, dict(log))
            if model.stop_training:
                break
        watcher.on_train_end()
        return model
