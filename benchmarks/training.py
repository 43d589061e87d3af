"""What makes Keras fast on small data on a CPU? Processor seconds of ways to train one net.

Run with `python benchmarks/training.py`. Each way trains the narrow VGG net below for the
same steps in a process of its own; the table gives processor seconds and their ratio to the
first way. Timings of a busy machine are rough: compare within one run.
"""

import dataclasses
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd

from course_utils import datasets, trials

EPOCHS = 4
SIZE = 1000
BATCH = 64


def build(widths: tuple[int, ...] = (16, 32, 64)):
    from keras import Input, Sequential, layers

    model = Sequential([Input((28, 28, 1))])
    for filters in widths:
        for _ in range(2):
            model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(layers.MaxPooling2D())
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def load() -> datasets.Dataset:
    """Clothes to train on, with values from 0 to 1 and a channel."""
    data = datasets.load("fashion-mnist-6k")
    train = data.train.take(np.arange(SIZE))
    x = train.x[..., None] / np.float32(255)
    return dataclasses.replace(data, train=dataclasses.replace(train, x=x))


def fit(model, data: datasets.Dataset, **compile_options) -> None:
    model.compile("adam", "sparse_categorical_crossentropy", **compile_options)
    model.fit(data.train.x, data.train.y, batch_size=BATCH, epochs=EPOCHS, verbose=0)


def arrays(data: datasets.Dataset) -> None:
    fit(build(), data)


def steps_per_execution(data: datasets.Dataset) -> None:
    fit(build(), data, steps_per_execution=16)


def jit_compile(data: datasets.Dataset) -> None:
    fit(build(), data, jit_compile=True)


def cached_pipeline(data: datasets.Dataset) -> None:
    import tensorflow as tf

    pipeline = tf.data.Dataset.from_tensor_slices((data.train.x, data.train.y)).cache()
    pipeline = pipeline.shuffle(len(data.train)).batch(BATCH).prefetch(tf.data.AUTOTUNE)
    model = build()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(pipeline, epochs=EPOCHS, verbose=0)


def measure(data: datasets.Dataset, seed: int) -> dict[str, float]:
    import keras

    keras.utils.set_random_seed(seed)
    arrays(data)
    return {"done": 1.0}


def processor_seconds(way: Callable[[datasets.Dataset], None]) -> tuple[float, float]:
    """Processor and wall seconds of one way, imports and data not counted."""
    import keras  # noqa: F401

    data = load()
    started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    way(data)
    ended = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    used = [usage.ru_utime + usage.ru_stime for usage in (started[0], ended[0])]
    return used[1] - used[0], ended[1] - started[1]


def workers_against_one(seeds: int = 6) -> dict[int, float]:
    """Wall seconds of the same trials by one and by two worker processes."""
    data, seconds = load(), {}
    for jobs in (1, 2):
        started = time.perf_counter()
        trials.run(measure, data, [{}], range(seeds), jobs=jobs)
        seconds[jobs] = time.perf_counter() - started
    return seconds


def main() -> None:
    rows = {}
    for way in (arrays, steps_per_execution, jit_compile, cached_pipeline):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows[way.__name__] = pool.submit(processor_seconds, way).result()
    table = pd.DataFrame(rows, index=["processor seconds", "wall seconds"]).T
    table["ratio"] = table["processor seconds"] / table["processor seconds"].iloc[0]
    print(table.round(2))
    seconds = workers_against_one()
    print(f"wall seconds of 6 trials by workers: {seconds}")


if __name__ == "__main__":
    main()
