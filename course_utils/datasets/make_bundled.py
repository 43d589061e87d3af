"""Makes the files of `fashion-mnist-6k` and `clothing-1k` again from the full sets.

For maintainers: `python -m course_utils.datasets.make_bundled CLOTHING [DESTINATION]`.
CLOTHING is a folder with the pictures of clothing-dataset-small (train, validation and test,
each with one folder a class) and the table senders.csv: part, cls, image, sender and label of
each picture, joined from images.csv of the parent repository. Fashion-MNIST comes from the
Keras cache. The program prints the two hashes that stand in `bundled.py`.
"""

import csv
import hashlib
import sys
from pathlib import Path

import numpy as np

from course_utils.datasets import bundled
from course_utils.datasets.clothing_pictures import CLASS_NAMES, PARTS
from course_utils.datasets.downloaded import published_fashion_mnist
from course_utils.datasets.folders import PictureFiles
from course_utils.datasets.structure import stratified

FASHION_SEED = 0
# Of 0 to 19 the one whose least varied class and part has most senders, each weighted by its
# pictures (the inverse of the sum of squared shares, 4.7); no accuracy was looked at.
CLOTHING_SEED = 3
EACH = (40, 35, 35)  # pictures of each class in training, validation and test
LARGEST_SHARE = 0.05  # of a part, from one sender
QUALITY = 90
UNKNOWN_SENDER = 0
# One photograph, sent in twice, by two senders as two things.
TWICE = ("637a56e4-", "6075b4a5-")


def make_fashion(destination: Path) -> None:
    """Draw 3,000 + 1,000 of the publisher's training and 2,000 of its test pictures."""
    published, published_test = published_fashion_mnist()
    drawn = stratified(np.arange(len(published)), published.y, 4000, FASHION_SEED)
    train = stratified(drawn, published.y[drawn], 3000, FASHION_SEED)
    parts = (
        (published, train),
        (published, np.setdiff1d(drawn, train)),
        (
            published_test,
            stratified(np.arange(len(published_test)), published_test.y, 2000, FASHION_SEED),
        ),
    )
    generator = np.random.default_rng(FASHION_SEED)
    arrays = {}
    for part, (whole, indices) in zip(PARTS, parts, strict=True):
        indices = generator.permutation(indices)
        arrays[f"{part}_pictures"] = whole.x[indices]
        arrays[f"{part}_labels"] = whole.y[indices].astype(np.uint8)
        arrays[f"{part}_indices"] = indices.astype(np.uint16)
    destination.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(destination, **arrays)


def make_clothing(source: Path, destination: Path) -> None:
    """Choose senders for each part, draw their pictures, write them 96 x 96 and the table."""
    from PIL import Image

    generator = np.random.default_rng(CLOTHING_SEED)
    with (source / "senders.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if _is_usable(row)]
    senders = np.unique([int(row["sender"]) for row in rows])
    counts = np.zeros((len(senders), len(CLASS_NAMES)), dtype=int)
    for row in rows:
        row["cell"] = (
            np.searchsorted(senders, int(row["sender"])),
            CLASS_NAMES.index(row["cls"]),
        )
        counts[row["cell"]] += 1
    assigned = assign(counts, generator)
    take = np.zeros_like(counts)
    for part, each in enumerate(EACH):
        take[assigned == part] = drawn(counts[assigned == part], each)
    chosen = []
    for row in (rows[number] for number in generator.permutation(len(rows))):
        if take[row["cell"]]:
            take[row["cell"]] -= 1
            chosen.append(row)
    table = []
    for part, name in enumerate(PARTS):
        for row in (row for row in chosen if assigned[row["cell"][0]] == part):
            original = source / row["part"] / row["cls"] / f"{row['image']}.jpg"
            path = destination / name / row["cls"] / original.name
            path.parent.mkdir(parents=True, exist_ok=True)
            pixels = PictureFiles([original], bundled.CLOTHING_SIDE)[0]
            Image.fromarray(pixels).save(path, quality=QUALITY)
            table.append(
                {
                    "part": name,
                    "class": row["cls"],
                    "name": row["image"],
                    "sender": row["sender"],
                    "original_part": row["part"],
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                }
            )
    with (destination / "pictures.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def _is_usable(row: dict[str, str]) -> bool:
    """Whether both publications agree on the class, and it is known who sent the picture."""
    return (
        row["cls"] == row["label"].lower()
        and int(row["sender"]) != UNKNOWN_SENDER
        and not row["image"].startswith(TWICE)
    )


def assign(counts: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The part of each sender, such that every part can be filled.

    counts: pictures of each sender and class. Senders are dealt out at random; then one after
    another moves to another part if no fewer pictures can be drawn after that, until enough can.
    """
    assigned = generator.permutation(np.arange(len(counts)) % len(EACH))

    def drawable(part: int) -> int:
        return drawn(counts[assigned == part], EACH[part]).sum()

    filled = [drawable(part) for part in range(len(EACH))]
    while sum(filled) < sum(EACH) * counts.shape[1]:
        sender = generator.integers(len(counts))
        before = assigned[sender]
        after = assigned[sender] = (before + generator.integers(1, len(EACH))) % len(EACH)
        moved = {part: drawable(part) for part in (before, after)}
        if sum(moved.values()) >= filled[before] + filled[after]:
            filled[before], filled[after] = moved[before], moved[after]
        else:
            assigned[sender] = before
    return assigned


def drawn(counts: np.ndarray, each: int) -> np.ndarray:
    """How many pictures of each sender and class to draw: up to `each` of a class.

    Scarce classes first; senders give one picture after another in turn, so that a class has
    pictures from as many as possible, and none gives more than the largest share of a part.
    """
    left = np.full(len(counts), int(LARGEST_SHARE * each * counts.shape[1]))
    take = np.zeros_like(counts)
    for label in np.argsort(counts.sum(axis=0), kind="stable"):
        while True:
            giving = np.flatnonzero((take[:, label] < counts[:, label]) & (left > 0))
            giving = giving[: each - take[:, label].sum()]
            if not len(giving):
                break
            take[giving, label] += 1
            left[giving] -= 1
    return take


def main(clothing: str, destination: str | Path = bundled.FILES) -> None:
    fashion_file = Path(destination) / bundled.FASHION_FILE
    clothing_table = Path(destination) / bundled.CLOTHING_TABLE
    make_fashion(fashion_file)
    make_clothing(Path(clothing), clothing_table.parent)
    for path in (fashion_file, clothing_table):
        print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
