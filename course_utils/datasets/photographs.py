"""Which photograph is this tile from? Colour tiles of ten photographs, with no network.

Each photograph is cut into blocks of 64 x 64 pixels, and every block goes whole to train,
validation or test. Tiles of 32 x 32 pixels are then cut inside the blocks, so that no
pixel of a test tile was ever seen in training. (Tiles shuffled one by one would put
overlapping neighbours on both sides.)
"""

import functools

import numpy as np

from course_utils.datasets.structure import SPLIT_SEED, Dataset, Split

BLOCK = 64
SIDE = 32
STEP = 8  # tiles of a block start at every 8th pixel: 25 tiles in a block
TRAIN, VALIDATION, TEST = range(3)
SHARES = (0.6, 0.2, 0.2)  # of the blocks of each photograph
HELD_OUT = 1000  # tiles of validation and of test
PHOTOGRAPHS = (
    "astronaut",
    "chelsea",
    "coffee",
    "hubble_deep_field",
    "immunohistochemistry",
    "retina",
    "rocket",
    "stereo_motorcycle",
    "china",
    "flower",
)


def photo_tiles(tiles: int = 1000, colour: bool = False) -> Dataset:
    """Tiles of ten photographs, as many of each; validation and test hold 1,000 each.

    tiles: how many to train on, a multiple of 10. colour: True gives uint8 tiles, shape
    (32, 32, 3), values 0 to 255; False gives float32 tiles of the same shape whose colour
    and contrast are removed: each channel of each tile has mean 0 and variance 1. The same
    arguments give the same tiles; fewer tiles are among the more.
    Raises ValueError when `tiles` is no multiple of 10, or more than there are.
    """
    each, rest = divmod(tiles, len(PHOTOGRAPHS))
    most = _most_tiles()
    if rest or not 0 < each <= most:
        raise ValueError(
            f"{tiles} tiles were asked for: choose a multiple of {len(PHOTOGRAPHS)} up to "
            f"{most * len(PHOTOGRAPHS)}, which is what the smallest photograph has."
        )
    held_out = HELD_OUT // len(PHOTOGRAPHS)
    splits = [
        _split(part, count, colour)
        for part, count in ((TRAIN, each), (VALIDATION, held_out), (TEST, held_out))
    ]
    return Dataset(
        name="photo-tiles",
        train=splits[TRAIN],
        validation=splits[VALIDATION],
        test=splits[TEST],
        white=255,
        class_names=PHOTOGRAPHS,
        source="photographs of scikit-image (skimage.data) and scikit-learn (load_sample_image)",
        licence="public domain or CC0, but china and flower CC BY 2.0, stereo_motorcycle as "
        "stated in skimage.data",
    )


@functools.cache
def photograph(name: str) -> np.ndarray:
    """One of the ten photographs: uint8, shape (height, width, 3)."""
    if name in ("china", "flower"):
        from sklearn.datasets import load_sample_image

        return load_sample_image(f"{name}.jpg")
    import skimage.data

    image = getattr(skimage.data, name)()
    return image[0] if name == "stereo_motorcycle" else image  # of the pair the left one


def block_map(name: str) -> np.ndarray:
    """Where each block of a photograph goes: 0 train, 1 validation, 2 test.

    Returns an int array, shape (rows of blocks, columns of blocks).
    """
    height, width, _ = photograph(name).shape
    rows, columns = height // BLOCK, width // BLOCK
    counts = np.round(np.array(SHARES[1:]) * rows * columns).astype(int)
    parts = np.repeat([VALIDATION, TEST, TRAIN], [*counts, rows * columns - counts.sum()])
    generator = np.random.default_rng([SPLIT_SEED, PHOTOGRAPHS.index(name)])
    return generator.permutation(parts).reshape(rows, columns)


def _split(part: int, each: int, colour: bool) -> Split:
    """`each` tiles of every photograph from the blocks of one part, in random order."""
    images, labels = [], []
    for label, name in enumerate(PHOTOGRAPHS):
        generator = np.random.default_rng([SPLIT_SEED, label, part])
        for top, left in generator.permutation(corners(name, part))[:each]:
            images.append(photograph(name)[top : top + SIDE, left : left + SIDE])
            labels.append(label)
    order = np.random.default_rng([SPLIT_SEED, part]).permutation(len(labels))
    x = np.stack(images)[order]
    return Split(x if colour else without_colour(x), np.array(labels, dtype=np.int64)[order])


def corners(name: str, part: int) -> np.ndarray:
    """The upper left corners of all tiles in the blocks of one part: (tiles, 2), top and left."""
    offsets = np.arange(0, BLOCK - SIDE + 1, STEP)
    in_block = np.stack(np.meshgrid(offsets, offsets, indexing="ij"), axis=-1).reshape(-1, 2)
    blocks = np.argwhere(block_map(name) == part) * BLOCK
    return (blocks[:, None] + in_block).reshape(-1, 2)


@functools.cache
def _most_tiles() -> int:
    return min(len(corners(name, TRAIN)) for name in PHOTOGRAPHS)


def without_colour(tiles: np.ndarray) -> np.ndarray:
    """Each channel of each tile with mean 0 and variance 1, as float32.

    tiles: shape (n, height, width, 3). A channel without contrast stays 0.
    """
    centred = tiles - tiles.mean(axis=(1, 2), keepdims=True, dtype=np.float32)
    contrast = centred.std(axis=(1, 2), keepdims=True)
    # Below one grey value there is nothing but noise, which must not be blown up.
    return (centred / np.maximum(contrast, 1)).astype(np.float32)
