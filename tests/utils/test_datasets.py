"""Data sets: what is loaded, and what happens when it cannot be."""

import functools
import hashlib
import http.server
import io
import os
import pickle
import re
import shutil
import signal
import tarfile
import threading

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image

from course_utils import datasets
from course_utils.datasets import bundled, cifar, clothing_pictures, downloaded, make_bundled


@pytest.fixture(scope="module")
def mnist_5k():
    return datasets.load("mnist-5k")


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    return tmp_path / "datasets"


@pytest.fixture
def no_network(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # the discard port: nobody listens
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """Serve a folder in place of the real server; returns the folder."""
    folder = tmp_path / "server"
    folder.mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    address = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setattr(downloaded, "SERVER", address)
    monkeypatch.setattr(cifar, "ARCHIVE", f"{address}cifar-10-python.tar.gz")
    yield folder
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("name", "each", "shape"),
    [
        ("mnist-5k", (300, 100, 100), (28, 28)),
        ("fashion-mnist-6k", (300, 100, 200), (28, 28)),
        ("clothing-1k", (40, 35, 35), (96, 96, 3)),
    ],
)
def test_bundled_pictures_are_balanced_and_complete(name, each, shape):
    data = datasets.load(name)
    assert len(data.class_names) == 10
    for split, count in zip(_splits(data), each, strict=True):
        assert np.bincount(split.y).tolist() == [count] * 10
        assert split.x.shape == (10 * count, *shape)
        assert split.x.dtype == np.uint8 and split.y.dtype == np.int64
    assert data.train.x[:].max() == data.white == 255


@pytest.mark.parametrize("name", ["mnist-5k", "fashion-mnist-6k", "clothing-1k"])
def test_no_picture_stands_twice(name):
    pictures = [x.tobytes() for split in _splits(datasets.load(name)) for x in split.x]
    assert len(set(pictures)) == len(pictures)


def test_nobody_sent_pictures_of_two_parts_or_more_than_a_twentieth_of_one():
    senders = [split.groups for split in _splits(datasets.load("clothing-1k"))]
    parts_of = {}
    for part, groups in enumerate(senders):
        for sender, count in zip(*np.unique(groups, return_counts=True), strict=True):
            parts_of.setdefault(sender, []).append(part)
            assert count <= 0.05 * len(groups), sender
    assert all(len(parts) == 1 for parts in parts_of.values())


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the bundled files, which may be damaged."""
    shutil.copytree(bundled.FILES, tmp_path / "files")
    monkeypatch.setattr(bundled, "FILES", tmp_path / "files")
    return tmp_path / "files"


@pytest.mark.parametrize("damage", ["missing", "changed"])
@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("fashion-mnist-6k", "pictures.npz"),
        ("clothing-1k", "pictures.csv"),
        ("clothing-1k", "test/t-shirt/*.jpg"),
    ],
)
def test_a_damaged_bundled_file_is_named(files, name, pattern, damage):
    file = next((files / name).glob(pattern))
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(datasets.DataUnavailableError) as error:
        datasets.load(name)
    assert str(error.value) == (
        f"The file {file}, which comes with the course, is damaged or missing: "
        "install the course again."
    )


def test_bundled_pictures_of_another_number_are_refused(files, monkeypatch):
    """Whoever makes the files anew is told that the sizes changed, too."""
    file = files / bundled.FASHION_FILE
    with np.load(file) as arrays:
        np.savez(file, **{name: array[:-1] for name, array in arrays.items()})
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    monkeypatch.setattr(bundled, "FASHION_SHA256", sha256)
    with pytest.raises(datasets.DataUnavailableError, match=r"\(2999, 28, 28\) instead of \(3000,"):
        datasets.load("fashion-mnist-6k")


def test_the_full_sets_give_the_bundled_files(tmp_path, monkeypatch):
    """COURSE_FULL_DATA: a folder with the pictures of clothing and with Keras's own, keras_home."""
    folder = os.environ.get("COURSE_FULL_DATA")
    if not folder:
        pytest.skip("the full sets are not at hand: COURSE_FULL_DATA names no folder")
    monkeypatch.setenv("KERAS_HOME", f"{folder}/keras_home")
    make_bundled.main(f"{folder}/clothing-dataset-small-150", tmp_path)
    with (
        np.load(tmp_path / bundled.FASHION_FILE) as made,
        np.load(bundled.FILES / bundled.FASHION_FILE) as kept,
    ):
        assert made.files == kept.files
        assert all(np.array_equal(made[name], kept[name]) for name in made.files)
    made, kept = (
        {
            path.relative_to(root): path.read_bytes()
            for ending in ("csv", "jpg")
            for path in root.glob(f"clothing-1k/**/*.{ending}")
        }
        for root in (tmp_path, bundled.FILES)
    )
    assert made == kept


def test_splits_are_the_recorded_ones(mnist_5k):
    """Recorded trials stand for these very digits: other splits need other records."""
    from course_utils import trials

    recorded = trials.Experiment("label-noise", "mnist-5k", None, [], []).provenance()
    assert mnist_5k.fingerprint() == recorded["data_sha256"]


def test_digits_are_small_and_whole():
    digits = datasets.load("digits")
    assert sum(len(split) for split in _splits(digits)) == 1797
    assert digits.train.x.shape[1:] == (8, 8)
    assert digits.train.x.max() == digits.white == 16


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"no data set called 'minst': choose one of digits, mnis"):
        datasets.load("minst")


def test_labels_of_the_wrong_length_are_refused():
    with pytest.raises(ValueError, match="10 examples but 9 labels"):
        datasets.Split(np.zeros((10, 2, 2), np.uint8), np.zeros(9, np.int64))


def test_groups_of_the_wrong_length_are_refused():
    pictures, labels = np.zeros((10, 2, 2), np.uint8), np.zeros(10, np.int64)
    with pytest.raises(ValueError, match="10 examples but 9 groups"):
        datasets.Split(pictures, labels, labels[:9])


def test_a_subset_keeps_pictures_labels_and_groups_together():
    labels = np.arange(40) % 2
    whole = datasets.Split(np.arange(40), labels, np.arange(40) + 100)
    part = datasets.subset(whole, 10, np.random.default_rng(0))
    assert np.array_equal(part.y, labels[part.x])
    assert np.array_equal(part.groups, part.x + 100)


def test_subset_keeps_the_shares_and_depends_on_the_generator_only(mnist_5k):
    first, second, third = (
        datasets.subset(mnist_5k.train, 200, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.bincount(first.y).tolist() == [20] * 10
    assert np.array_equal(first.x, second.x) and not np.array_equal(first.x, third.x)


def test_subset_of_everything_is_everything(mnist_5k):
    whole = datasets.subset(mnist_5k.test, 1000, np.random.default_rng(0))
    assert np.array_equal(whole.x, mnist_5k.test.x)


@pytest.mark.parametrize("size", [0, 9, 2995, 3001])
def test_subset_of_an_impossible_size_is_refused(mnist_5k, size):
    with pytest.raises(ValueError, match=f"subset of {size} examples was asked for"):
        datasets.subset(mnist_5k.train, size, np.random.default_rng(0))


@pytest.mark.parametrize("fraction", [0.0, 0.3, 1.0])
def test_flipped_labels_are_wrong_exactly_where_said(fraction):
    labels = np.arange(1000) % 10
    flipped, wrong = datasets.flip_labels(labels, fraction, 10, np.random.default_rng(0))
    assert wrong.sum() == 1000 * fraction
    assert np.array_equal(flipped != labels, wrong)
    assert flipped.min() >= 0 and flipped.max() <= 9
    assert np.array_equal(labels, np.arange(1000) % 10)


def test_flipped_labels_reach_every_other_class():
    flipped, _ = datasets.flip_labels(np.zeros(9000, int), 1.0, 10, np.random.default_rng(0))
    counts = np.bincount(flipped, minlength=10)
    assert counts[0] == 0
    # Binomial(9000, 1/9) each: 6 sigma are 179.
    assert np.all(np.abs(counts[1:] - 1000) < 179)


@pytest.mark.parametrize(
    ("fraction", "classes", "message"),
    [(1.1, 10, "fraction is 1.1"), (-0.1, 10, "fraction is -0.1"), (0.5, 1, "classes is 1")],
)
def test_impossible_flips_are_refused(fraction, classes, message):
    with pytest.raises(ValueError, match=message):
        datasets.flip_labels(np.zeros(4, int), fraction, classes, np.random.default_rng(0))


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist", "cifar10", "clothing"])
def test_without_network_a_full_set_says_what_to_do(name, empty_cache, no_network):
    with pytest.raises(datasets.DataUnavailableError) as error:
        datasets.load(name)
    for part in (str(empty_cache), "put the file at", "needs no network ('mnist-5k'"):
        assert part in str(error.value)
    assert not [path for path in empty_cache.rglob("*") if path.is_file()]


def test_a_corrupt_cache_file_is_refused_and_removed(empty_cache):
    empty_cache.mkdir()
    file = empty_cache / "mnist.npz"
    file.write_bytes(b"truncated")
    with pytest.raises(datasets.DataUnavailableError, match=r"damaged .* and has been removed"):
        datasets.load("mnist")
    assert not file.exists()


def test_a_download_with_the_wrong_hash_leaves_nothing(empty_cache, serve):
    (serve / "mnist.npz").write_bytes(b"not what was asked for")
    with pytest.raises(datasets.DataUnavailableError, match=r"not the file that the course knows"):
        datasets.load("mnist")
    assert not [path for path in empty_cache.rglob("*") if path.is_file()]


class Stopping(http.server.BaseHTTPRequestHandler):
    """Sends half of what it announced; then the user presses the button that stops the cell."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self.wfile.write(bytes(500_000))
        self.wfile.flush()
        # It wakes a thread that waits for data, as `_thread.interrupt_main` does not.
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        self.connection.settimeout(60)
        self.rfile.read(1)  # until the other side hangs up

    def log_message(self, *_):
        pass


@pytest.fixture
def ctrl_c_counts():
    """A shell that starts these tests in the background lets Ctrl+C be ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_counts")
def test_an_interrupted_download_leaves_nothing_and_can_be_repeated(empty_cache, serve):
    whole = b"the whole file"
    (serve / "file.bin").write_bytes(whole)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stopping)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sha256 = hashlib.sha256(whole).hexdigest()
    with pytest.raises(KeyboardInterrupt):
        downloaded.download(f"http://127.0.0.1:{server.server_port}/", "file.bin", sha256)
    server.shutdown()
    server.server_close()
    assert not [path for path in empty_cache.rglob("*") if path.is_file()]
    again = downloaded.download(f"{downloaded.SERVER}file.bin", "file.bin", sha256)
    assert again.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_named(tmp_path, monkeypatch, serve):
    """A file where the folder should be: nobody, not even root, can write there."""
    (tmp_path / "taken").touch()
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "taken"))
    with pytest.raises(datasets.DataUnavailableError, match=r"could not be written.*KERAS_HOME"):
        datasets.load("mnist")


@pytest.fixture
def archive(serve, monkeypatch):
    """Serve an archive like that of CIFAR-10, four pictures a batch, as if it were the one."""

    def make(batch):
        file = serve / "cifar-10-python.tar.gz"
        with tarfile.open(file, "w:gz") as tar:
            for name in [f"data_batch_{number}" for number in range(1, 6)] + ["test_batch"]:
                # Written by an old NumPy, which kept its rebuilder elsewhere.
                data = pickle.dumps(batch, protocol=3).replace(b"numpy._core.", b"numpy.core.")
                member = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        monkeypatch.setattr(cifar, "ARCHIVE_SHA256", sha256)
        monkeypatch.setattr(cifar, "VALIDATION_SIZE", 10)

    return make


def test_cifar10_is_read_from_its_archive(empty_cache, archive):
    pictures = np.arange(4 * 3072).reshape(4, 3072).astype(np.uint8)
    archive({b"data": pictures, b"labels": [0, 1, 0, 1]})
    data = datasets.load("cifar10")
    assert [len(split) for split in _splits(data)] == [10, 10, 4]
    assert data.test.x.shape == (4, 32, 32, 3) and data.test.x.dtype == np.uint8
    # The archive holds all red, then all green, then all blue values of a picture.
    assert data.test.x[0, 0, 1].tolist() == [1, (1024 + 1) % 256, (2048 + 1) % 256]
    assert data.test.y.tolist() == [0, 1, 0, 1]


def test_a_hostile_archive_runs_nothing(empty_cache, archive, tmp_path):
    archive({b"data": Hostile(tmp_path / "touched")})
    with pytest.raises(datasets.DataUnavailableError, match="which arrays do not need"):
        datasets.load("cifar10")
    assert not (tmp_path / "touched").exists()


class Hostile:
    """Unpickled without care, it makes a file."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return open, (self.path, "w")


def test_a_part_of_cifar10_says_where_its_files_belong(empty_cache):
    with pytest.raises(datasets.DataUnavailableError, match=r"needs the files .*index\.npz in "):
        datasets.load("cifar10-part")
    (empty_cache / "cifar10-part").mkdir(parents=True)
    for file in cifar.PART:
        (empty_cache / "cifar10-part" / file).write_bytes(b"damaged")
    with pytest.raises(datasets.DataUnavailableError, match="damaged"):
        datasets.load("cifar10-part")


@pytest.mark.parametrize(
    ("exercise", "name"),
    [("03_vgg_exercises", "fashion-mnist-6k"), ("04_transfer_exercises", "clothing-1k")],
)
def test_the_tests_of_tables_know_how_many_pictures_there_are(exercise, name):
    source = (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")
    data = datasets.load(name)
    for part in ("train", "validation", "test"):
        assert set(re.findall(rf"\b{part}=(\d+)", source)) == {str(len(getattr(data, part)))}


def test_an_unknown_option_is_refused():
    with pytest.raises(ValueError, match="'clothing' has no option size: it has folder, side"):
        datasets.load("clothing", size=100)
    with pytest.raises(ValueError, match="'mnist-5k' has no option side: it has none"):
        datasets.load("mnist-5k", side=100)


@pytest.fixture
def pictures(tmp_path):
    """A folder of pictures like that of clothing: two of each class in each part."""
    generator = np.random.default_rng(0)
    for part in clothing_pictures.PARTS:
        for name in clothing_pictures.CLASS_NAMES:
            folder = tmp_path / "pictures" / part / name
            folder.mkdir(parents=True)
            for number in range(2):
                pixels = generator.integers(0, 256, (20, 30, 3)).astype(np.uint8)
                Image.fromarray(pixels).save(folder / f"{number}.jpg")
    return tmp_path / "pictures"


def test_clothing_is_read_from_a_folder_picture_by_picture(pictures):
    data = datasets.load("clothing", folder=pictures, side=16)
    assert data.train.x.shape == (20, 16, 16, 3)
    assert data.train.y.tolist() == [label for label in range(10) for _ in range(2)]
    first = data.train.x[0]
    assert first.shape == (16, 16, 3) and first.dtype == np.uint8
    assert np.array_equal(data.train.x[np.array([3, 0])][1], first)
    assert np.array_equal(data.train.x[18:25], data.train.x[-2:])
    with Image.open(pictures / "train" / "dress" / "0.jpg") as picture:
        expected = picture.resize((16, 16), Image.Resampling.BILINEAR)
    assert np.array_equal(first, np.asarray(expected))


def test_the_fingerprint_of_pictures_in_files_knows_contents_and_size(pictures):
    def fingerprint(side=16):
        return datasets.load("clothing", folder=pictures, side=side).fingerprint()

    before = fingerprint()
    assert fingerprint() == before != fingerprint(side=17)
    file = pictures / "test" / "hat" / "0.jpg"
    file.write_bytes(file.read_bytes() + b" ")
    assert fingerprint() != before


def test_grey_and_transparent_pictures_become_rgb(pictures):
    folder = pictures / "train" / "dress"
    Image.new("L", (20, 20), 100).save(folder / "0.jpg")
    (folder / "1.jpg").unlink()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(folder / "1.png")
    grey, transparent = datasets.load("clothing", folder=pictures, side=16).train.x[:2]
    assert (grey == 100).all()
    assert (transparent == 255).all()  # laid on white


def test_other_files_among_pictures_are_left_out_and_named(pictures):
    (pictures / "train" / "dress" / "notes.txt").write_text("no picture")
    with pytest.warns(UserWarning, match=r"1 files .* were left out: dress/notes\.txt"):
        data = datasets.load("clothing", folder=pictures)
    assert len(data.train) == 20


@pytest.mark.parametrize("content", [b"", b"no picture", None])
def test_a_broken_picture_is_named_when_it_is_read(pictures, content):
    file = pictures / "train" / "hat" / "1.jpg"
    file.write_bytes(file.read_bytes()[:400] if content is None else content)
    data = datasets.load("clothing", folder=pictures)
    with pytest.raises(datasets.DataUnavailableError, match=r"hat/1\.jpg cannot be read"):
        data.train.x[:]


def test_a_class_or_part_without_pictures_is_named(pictures):
    for file in (pictures / "test" / "skirt").iterdir():
        file.unlink()
    with pytest.raises(datasets.DataUnavailableError, match="The class skirt has no picture"):
        datasets.load("clothing", folder=pictures)
    with pytest.raises(datasets.DataUnavailableError, match="has no folder train, validation, te"):
        datasets.load("clothing", folder=pictures / "train")


@pytest.fixture
def clothing_archive(pictures, serve, monkeypatch):
    """Serve the pictures as GitHub packs them, with files that have no business there."""
    file = serve / "clothing.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.add(pictures, "clothing-1196151")
        for name in ("../outside.jpg", "clothing-1196151/train/../../outside.jpg", "/outside.jpg"):
            member = tarfile.TarInfo(name)
            member.size = 4
            tar.addfile(member, io.BytesIO(b"evil"))
    monkeypatch.setattr(clothing_pictures, "ARCHIVE", downloaded.SERVER + file.name)
    return file


def test_clothing_is_downloaded_checked_and_unpacked_once(
    empty_cache, clothing_archive, tmp_path, monkeypatch, pictures
):
    listing = "".join(
        f"{path.relative_to(pictures).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in sorted(pictures.rglob("*.jpg"))
    )
    sha256 = hashlib.sha256(listing.encode()).hexdigest()
    monkeypatch.setattr(clothing_pictures, "PICTURES_SHA256", sha256)
    assert len(datasets.load("clothing").train) == 20
    assert not list(tmp_path.rglob("outside.jpg"))
    clothing_archive.unlink()
    assert len(datasets.load("clothing").test) == 20  # from the cache


@pytest.mark.parametrize("damage", ["another", "cut short"])
def test_another_archive_of_clothing_is_refused_and_removed(empty_cache, clothing_archive, damage):
    if damage == "cut short":
        clothing_archive.write_bytes(clothing_archive.read_bytes()[:3000])
    with pytest.raises(datasets.DataUnavailableError, match="did not hold the pictures"):
        datasets.load("clothing")
    assert not [path for path in empty_cache.rglob("*") if path.is_file()]


def _splits(data):
    return data.train, data.validation, data.test
