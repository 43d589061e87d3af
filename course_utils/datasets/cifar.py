"""CIFAR-10: 60,000 colour pictures of 32 x 32 pixels in ten classes, or a part of them."""

import io
import pickle
import tarfile

import numpy as np

from course_utils.datasets.downloaded import cache_folder, check_hash, download
from course_utils.datasets.structure import Dataset, DataUnavailableError, Split, split_off

ARCHIVE = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
ARCHIVE_SHA256 = "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
VALIDATION_SIZE = 5000
CLASS_NAMES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
LICENCE = "none stated (Krizhevsky 2009, Learning multiple layers of features from tiny images)"
ALLOWED = {
    # NumPy's own rebuilder, wherever this version of NumPy keeps it.
    ("numpy.core.multiarray", "_reconstruct"): np.empty(0).__reduce__()[0],
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}
PART = {
    "cifar10_exact_train.png": "290c8206a8fa2d7d780501aff1143b8979fa99bfcd37a6387fc434c4d9a7b7a1",
    "cifar10_exact_test.png": "0863da5c52ae148331f160c4281c9b93f2958f7cdf011e3769ccb0d10f67da9c",
    "cifar10_exact_index.npz": "e99a434770f84a2151da2e1b298647e66afddf173aca0b7b2145f6ad7f9d2a28",
}


def cifar10() -> Dataset:
    """All of CIFAR-10: 45,000 training, 5,000 validation and 10,000 test pictures."""
    path = download(ARCHIVE, "cifar-10-python.tar.gz", ARCHIVE_SHA256)
    with tarfile.open(path) as archive:  # read in place: nothing is extracted
        batches = [_read_batch(archive, f"data_batch_{number}") for number in range(1, 6)]
        test = _read_batch(archive, "test_batch")
    whole = Split(
        np.concatenate([batch.x for batch in batches]),
        np.concatenate([batch.y for batch in batches]),
    )
    source = "CIFAR-10 (Krizhevsky), the original archive"
    return _dataset("cifar10", whole, VALIDATION_SIZE, test, source)


def cifar10_part() -> Dataset:
    """A part of CIFAR-10, pixel for pixel: 7,068 training, 1,000 validation, 1,017 test pictures.

    Read from three files in the cache folder, which no server offers: two PNG strips 32
    pixels wide and their labels. Its figures are not those of the CIFAR-10 benchmark.
    """
    import skimage.io

    folder = cache_folder() / "cifar10-part"
    missing = [file for file in PART if not (folder / file).is_file()]
    if missing:
        raise DataUnavailableError(
            f"'cifar10-part' needs the files {', '.join(missing)} in {folder}: put them there, or "
            "use the data set 'fashion-mnist-6k', which needs no network."
        )
    for file, sha256 in PART.items():
        check_hash(folder / file, sha256)
    with np.load(folder / "cifar10_exact_index.npz", allow_pickle=False) as labels:
        whole, test = (
            Split(
                skimage.io.imread(folder / f"cifar10_exact_{part}.png").reshape(-1, 32, 32, 3),
                labels[f"{part}_label"].astype(np.int64),
            )
            for part in ("train", "test")
        )
    source = "a part of CIFAR-10 (Krizhevsky), pixel for pixel: 8,068 + 1,017 pictures"
    return _dataset("cifar10-part", whole, 1000, test, source)


def _dataset(name: str, whole: Split, validation_size: int, test: Split, source: str) -> Dataset:
    train, validation = split_off(whole, validation_size)
    return Dataset(name, train, validation, test, 255, CLASS_NAMES, source, LICENCE)


def _read_batch(archive: tarfile.TarFile, name: str) -> Split:
    member = archive.extractfile(f"cifar-10-batches-py/{name}")
    batch = _ArraysOnly(io.BytesIO(member.read()), encoding="bytes").load()
    pictures = batch[b"data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return Split(np.ascontiguousarray(pictures), np.array(batch[b"labels"], dtype=np.int64))


class _ArraysOnly(pickle.Unpickler):
    """Reads pickles of NumPy arrays and plain containers, and refuses all else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in ALLOWED:
            raise DataUnavailableError(
                f"The archive of cifar10 asks for {module}.{name}, which arrays do not need: "
                "delete the file and download it again."
            )
        return ALLOWED[module, name]
