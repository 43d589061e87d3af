"""Clothing: 3,781 photographs of ten kinds, a small real data set for transfer learning."""

import hashlib
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from course_utils.datasets.downloaded import cache_folder, download
from course_utils.datasets.folders import read_folder
from course_utils.datasets.structure import Dataset, DataUnavailableError

COMMIT = "11961516512414bf9f6c150a832cfd21b54a6b54"
ARCHIVE = f"https://github.com/alexeygrigorev/clothing-dataset-small/archive/{COMMIT}.tar.gz"
# Of the pictures: GitHub may pack the same pictures into another archive one day.
PICTURES_SHA256 = "55ee2d8f2e6ad4bb657b13347839fe62bea5db0375d77ebe169e12026edee35c"
PARTS = ("train", "validation", "test")
CLASS_NAMES = (
    "dress",
    "hat",
    "longsleeve",
    "outwear",
    "pants",
    "shirt",
    "shoes",
    "shorts",
    "skirt",
    "t-shirt",
)


def clothing(folder: str | Path | None = None, side: int = 150) -> Dataset:
    """Clothing: 3,068 training, 341 validation and 372 test pictures, `side` x `side` pixels.

    folder: where the folders train, validation and test lie, each with one folder a class;
    without it the pictures are downloaded once. Pictures are read when they are asked for.
    The parts are the publisher's: 97 % of the validation pictures come from people who sent
    training pictures too, so validation flatters; the test pictures come from five others, of whom
    one sent 63 %. "clothing-1k" is split by sender.
    Raises DataUnavailableError when the folder or a class has no pictures, or when there is
    neither a download nor a network.
    """
    root = _downloaded() if folder is None else Path(folder)
    missing = [part for part in PARTS if not (root / part).is_dir()]
    if missing:
        raise DataUnavailableError(
            f"{root} has no folder {', '.join(missing)}: name a folder that holds train, "
            "validation and test, each with one folder a class."
        )
    train, validation, test = (read_folder(root / part, CLASS_NAMES, side) for part in PARTS)
    return Dataset(
        name="clothing",
        train=train,
        validation=validation,
        test=test,
        white=255,
        class_names=CLASS_NAMES,
        source="clothing-dataset-small (Alexey Grigorev)" if folder is None else str(folder),
        licence="CC0",
    )


def _downloaded() -> Path:
    """The folder of the downloaded pictures, unpacked and checked the first time."""
    target = cache_folder() / "clothing-dataset-small"
    if not target.is_dir():
        archive = download(ARCHIVE, f"clothing-dataset-small-{COMMIT[:12]}.tar.gz")
        # Unpacked beside its place, and renamed when it is whole and right.
        with tempfile.TemporaryDirectory(dir=target.parent) as beside:
            if _unpack(archive, Path(beside) / "pictures") != PICTURES_SHA256:
                archive.unlink()
                raise DataUnavailableError(
                    f"The archive {archive} did not hold the pictures that the course knows and "
                    "has been removed: load the data set again to download it anew, or name a "
                    "folder that holds the pictures."
                )
            (Path(beside) / "pictures").rename(target)
    return target


def _unpack(archive: Path, folder: Path) -> str:
    """Write the pictures of the archive, and nothing else, below the folder.

    Returns the SHA-256 of their names and contents; that of nothing for a broken archive.
    """
    contents = {}
    try:
        with tarfile.open(archive) as members:
            for member in members:
                place = PurePosixPath(member.name).parts[1:]
                if member.isfile() and _is_picture(place):
                    content = members.extractfile(member).read()
                    path = folder.joinpath(*place)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                    contents["/".join(place)] = hashlib.sha256(content).hexdigest()
    except (tarfile.TarError, EOFError, zlib.error):
        contents = {}
    listing = "".join(f"{place} {contents[place]}\n" for place in sorted(contents))
    return hashlib.sha256(listing.encode()).hexdigest()


def _is_picture(place: tuple[str, ...]) -> bool:
    return (
        len(place) == 3
        and place[0] in PARTS
        and place[1] in CLASS_NAMES
        and place[2].endswith(".jpg")
    )
