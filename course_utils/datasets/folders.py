"""Pictures in folders, one folder a class, read only when they are asked for."""

import hashlib
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from course_utils.datasets.structure import DataUnavailableError, Split

ENDINGS = (".jpg", ".jpeg", ".png")


class PictureFiles:
    """Pictures in files; looks like a uint8 array of shape (pictures, side, side, 3).

    A picture is read, and squeezed to `side` x `side` pixels, each time it is asked for, so
    that memory holds only what is in use. Grey pictures become RGB; transparent ones are
    laid on white.
    """

    dtype = np.dtype(np.uint8)

    def __init__(self, paths: Sequence[Path], side: int):
        self.paths, self.side = list(paths), side

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(pictures, side, side, 3)."""
        return (len(self.paths), self.side, self.side, 3)

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int | slice | np.ndarray) -> np.ndarray:
        """The pictures as an array, as NumPy would index them.

        Raises DataUnavailableError, naming the file, when a picture cannot be read.
        """
        chosen = np.arange(len(self))[index]
        if chosen.ndim == 0:
            return self._read(self.paths[chosen])
        pictures = np.empty((len(chosen), *self.shape[1:]), np.uint8)
        for row, number in enumerate(chosen):
            pictures[row] = self._read(self.paths[number])
        return pictures

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the side and of all files, in their order."""
        whole = hashlib.sha256(str(self.side).encode())
        for path in self.paths:
            whole.update(hashlib.sha256(path.read_bytes()).digest())
        return whole.hexdigest()

    def _read(self, path: Path) -> np.ndarray:
        from PIL import Image

        try:
            with Image.open(path) as picture:
                rgba = picture.convert("RGBA")
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise DataUnavailableError(
                f"The picture {path} cannot be read ({error}): replace the file or remove it."
            ) from error
        white = Image.new("RGBA", rgba.size, "white")
        picture = Image.alpha_composite(white, rgba).convert("RGB")
        return np.asarray(picture.resize((self.side, self.side), Image.Resampling.BILINEAR))


def read_folder(folder: Path, class_names: Sequence[str], side: int) -> Split:
    """The pictures of a folder that has one folder for each class, sorted by name.

    Other files are left out with a warning that names them. Raises DataUnavailableError
    when a class has no picture.
    """
    paths, labels, others = [], [], []
    for label, name in enumerate(class_names):
        files = sorted(path for path in (folder / name).glob("*") if path.is_file())
        pictures = [path for path in files if path.suffix.lower() in ENDINGS]
        if not pictures:
            raise DataUnavailableError(
                f"The class {name} has no picture in {folder / name}: put pictures "
                f"({', '.join(ENDINGS)}) there."
            )
        others += [path for path in files if path not in pictures]
        paths += pictures
        labels += [label] * len(pictures)
    if others:
        names = ", ".join(str(path.relative_to(folder)) for path in others[:5])
        warnings.warn(
            f"{len(others)} files in {folder} are no pictures and were left out: {names}"
            f"{' and others' if len(others) > 5 else ''}.",
            stacklevel=2,
        )
    return Split(PictureFiles(paths, side), np.array(labels, dtype=np.int64))
