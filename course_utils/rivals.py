"""Pictures as a few numbers, for rivals that cost next to nothing.

What a net reaches says little until it is known what a random forest makes of a few numbers
a picture, or of very small pictures.
"""

import numpy as np


def few_numbers(pictures: np.ndarray) -> np.ndarray:
    """How the values of each picture are spread, wherever in the picture they stand.

    pictures: shape (n, height, width) or (n, height, width, channels), or `PictureFiles`.
    Returns float64, shape (n, 9 x channels); for each channel mean, spread, skewness,
    kurtosis (0 where all values are the same) and the quantiles .1, .25, .5, .75 and .9.
    """

    def numbers(picture: np.ndarray) -> np.ndarray:
        values = np.sort(picture.reshape(picture.shape[0] * picture.shape[1], -1), axis=0)
        deviations = values - values.mean(axis=0)
        squares = deviations**2
        spread = np.sqrt(squares.mean(axis=0))
        unit = np.where(spread > 0, spread, 1)
        skewness = (squares * deviations).mean(axis=0) / unit**3
        kurtosis = (squares * squares).mean(axis=0) / unit**4
        quantiles = values[
            [round(share * (len(values) - 1)) for share in (0.1, 0.25, 0.5, 0.75, 0.9)]
        ]
        return np.concatenate([values.mean(axis=0), spread, skewness, kurtosis, *quantiles])

    return np.stack([numbers(picture) for picture in pictures])


def small_pictures(pictures: np.ndarray, side: int) -> np.ndarray:
    """Each picture shrunk to `side` x `side` means of its values, in one row.

    pictures: shape (n, height, width) or (n, height, width, channels), or `PictureFiles`.
    Returns float64, shape (n, side x side x channels).
    """
    from skimage.transform import resize_local_mean

    rows = (
        resize_local_mean(picture, (side, side), preserve_range=True).ravel()
        for picture in pictures
    )
    return np.stack(list(rows))
