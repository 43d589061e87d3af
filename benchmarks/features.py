"""What keeping the features of a frozen base saves: seconds, their ratio, and peak memory.

Run with `python benchmarks/features.py`. The sweep of the old notebook, four rates of thirty
epochs, is run twice in one go: with the base in front of the head in every epoch, and with
the base run once. Then features of 300 pictures and of ten times as many are computed, each
in a process of its own, and the peak memory of the two is compared. Takes about ten minutes on
two cores. Timings of a busy machine are rough: compare within one run.
"""

import os
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from course_utils import datasets

RATES = (0.0, 0.2, 0.5, 0.8)
EPOCHS = 30
PICTURES = 300
SIDE = 150


def frozen_base(side: int):
    import keras

    from course_utils import bases

    base = bases.load("efficientnet-lite0", 96)
    base.trainable = False
    return keras.Sequential(
        [keras.Input((side, side, 3)), keras.layers.Resizing(96, 96), base], name="frozen"
    )


def train_head(x: np.ndarray, y: np.ndarray, rate: float, base=None) -> None:
    import keras
    from keras import layers

    head = [layers.Dense(100, activation="relu"), layers.Dropout(rate), layers.Dense(10)]
    model = keras.Sequential([keras.Input(x.shape[1:]), *([base] if base else []), *head])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x, y, epochs=EPOCHS, batch_size=32, verbose=0)


def old_way(data: datasets.Dataset) -> float:
    """Seconds of the sweep with the base in every epoch."""
    base, started = frozen_base(96), time.perf_counter()
    x = data.train.x[:]
    for rate in RATES:
        train_head(x, data.train.y, rate, base)
    return time.perf_counter() - started


def new_way(data: datasets.Dataset) -> tuple[float, float]:
    """Seconds of the sweep on kept features, their computation included; and that alone."""
    from course_utils import features

    base, started = frozen_base(96), time.perf_counter()
    kept = features.features(base, data)
    computed = time.perf_counter() - started
    x = np.array(kept.train.x)
    for rate in RATES:
        train_head(x, kept.train.y, rate)
    return time.perf_counter() - started, computed


def peak_memory(pictures: int) -> float:
    """MiB at the peak while features of so many pictures of 150 pixels are computed."""
    from course_utils import features

    class Noise:
        """Pictures that are made when they are asked for, as `PictureFiles` are read."""

        dtype, shape = np.dtype(np.uint8), (pictures, SIDE, SIDE, 3)

        def __len__(self) -> int:
            return pictures

        def __getitem__(self, chosen: slice) -> np.ndarray:
            count = len(range(pictures)[chosen])
            return np.random.default_rng(chosen.start).integers(
                0, 256, (count, SIDE, SIDE, 3), np.uint8
            )

        def digest(self) -> str:
            return f"noise {pictures}"

    one = datasets.Split(np.zeros((1, SIDE, SIDE, 3), np.uint8), np.zeros(1, np.int64))
    many = datasets.Split(Noise(), np.zeros(pictures, np.int64))
    data = datasets.Dataset("noise", many, one, one, 255, ("none",), "made up", "none")
    features.features(frozen_base(SIDE), data)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(function, *arguments):
    """The result of a function that has a process and a cache of its own."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["KERAS_HOME"] = cache
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
            return worker.submit(function, *arguments).result()


def main() -> None:
    data = datasets.load("clothing-1k")
    new, computed = alone(new_way, data)
    old = alone(old_way, data)
    pictures = len(data.train) + len(data.validation) + len(data.test)
    each = 1000 * computed / pictures
    print(f"features of {pictures} pictures: {computed:.1f} s, {each:.2f} ms each")
    print(f"{len(RATES)} rates of {EPOCHS} epochs on {len(data.train)} pictures:")
    print(f"{old:.0f} s the old way,")
    print(f"{new:.1f} s on kept features, held-out ones computed too; ratio {old / new:.1f}")
    few, many = (alone(peak_memory, count) for count in (PICTURES, 10 * PICTURES))
    print(f"peak memory: {few:.0f} MiB for {PICTURES} pictures, {many:.0f} MiB for {10 * PICTURES}")


if __name__ == "__main__":
    main()
