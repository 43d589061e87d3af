"""What a notebook's first cell prepares: a kernel that fits, and errors that say what to do."""

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from course_builder.build import student_notebook
from course_utils import notebook

PREPARED = """
from course_utils import notebook, trials
notebook.prepare()
notebook.prepare()  # as where the set-up cell is run again
"""
TRAINING = """
import keras
import numpy as np

def train(epochs, callbacks=()):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.random.default_rng(2).normal(size=(8, 4))
    fit = model.fit(x, x.sum(axis=1), epochs=epochs, verbose=0, callbacks=[*callbacks])
    return fit.history["loss"]

trained = train(epochs=3)
"""
MANY_MODELS = """
for _ in range(6):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.predict(np.ones((8, 4)), verbose=0)
"""
NOTES = """
import os
import sys

from course_utils import notebook

with notebook.without_notes():
    os.write(2, b"first\\nI0000 port.cc:153] oneDNN custom operations are on. You may see\\nsec")
    print("ond", file=sys.stderr)
    os.write(2, b"WARNING: All log messages before absl::InitializeLog() is called are\\nlast")
    if sys.argv[1:]:
        os.abort()
os.write(2, b"\\nbehind\\n")
"""
STOPPED = "trained = train(epochs=10**9, callbacks=[trials.epoch_bar()])"
PATIENCE = 120  # seconds that anything may take on a busy machine
FULL = Path("/dev/full")
NEEDS_A_FULL_DISK = pytest.mark.skipif(
    not FULL.exists(), reason="there is no /dev/full on this system"
)


def run_cells(*cells):
    """The outputs of each cell, run in one kernel, whatever fails."""
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(page, timeout=PATIENCE, iopub_timeout=PATIENCE, allow_errors=True).execute()
    return [cell.outputs for cell in page.cells]


@pytest.mark.parametrize(
    ("crash", "lines"), [([], "first\nsecond\nlast\nbehind\n"), (["crash"], "first\nsecond\nlast")]
)
def test_the_known_notes_go_and_all_else_comes_through_a_crash_too(crash, lines):
    command = [sys.executable, "-c", NOTES, *crash]
    # Read to its end, which comes when the last process that writes there has ended.
    said = subprocess.run(command, stderr=subprocess.PIPE, text=True).stderr
    assert said == lines


@pytest.mark.xdist_group("kernels")
def test_nothing_is_red_where_tensorflow_is_imported():
    [prepared, imported] = run_cells(PREPARED, "import keras\nkeras.ops.ones(3)")
    assert prepared == [] and [output.output_type for output in imported] == ["execute_result"]


@NEEDS_A_FULL_DISK
@pytest.mark.xdist_group("kernels")
def test_below_an_error_stands_what_to_do():
    """Each error is a real one; a mistake in the student's own code is left to its traceback."""
    said = {
        "print(datum)": "If a cell above makes `datum`, it has not run",
        "import numppy": "has no module `numppy`",
        "bytearray(10**18)": "not enough memory",
        f"with open('{FULL}', 'w') as disk:\n    disk.write('full')": "disk is full",
        "1 / 0": None,
        "def count():\n    steps += 1\ncount()": None,
        "raise NameError('my own')": None,
        "3 +": None,
    }
    outputs = run_cells(PREPARED, *said)[1:]
    for (cell, sentence), shown in zip(said.items(), outputs, strict=True):
        error, *below = shown
        assert error.output_type == "error" and error.traceback, cell
        if sentence:
            [advice] = below
            assert advice.name == "stderr" and sentence in advice.text
            assert advice.text.count("\n") == 1
        else:
            assert not below


def test_tensorflow_without_memory():
    import tensorflow as tf

    with pytest.raises(tf.errors.ResourceExhaustedError) as stop:
        tf.zeros((10**8, 10**8))
    assert notebook.advice(stop.value) == notebook.MEMORY


@NEEDS_A_FULL_DISK
def test_weights_on_a_full_disk():
    import h5py

    with pytest.raises(OSError) as stop, h5py.File(FULL, "w") as file:
        file["weights"] = [1.0]
    assert notebook.advice(stop.value) == notebook.DISK


@pytest.mark.xdist_group("kernels")
def test_a_training_can_be_interrupted_and_run_again(tmp_path):
    """The bar moves with the epochs; after the interrupt all is as before the cell.

    Keras runs on TensorFlow also where the user's own settings name another backend.
    """
    (tmp_path / "keras.json").write_text('{"backend": "jax"}')
    settings = os.environ | {"KERAS_HOME": str(tmp_path)}
    settings.pop("KERAS_BACKEND", None)  # which these tests may have set by an import
    manager, client = start_new_kernel(startup_timeout=PATIENCE, env=settings)
    try:
        for cell in (PREPARED, TRAINING):
            reply = client.execute_interactive(cell, timeout=PATIENCE, output_hook=lambda _: None)
            assert reply["content"]["status"] == "ok", reply["content"]
        printed = []
        client.execute_interactive(MANY_MODELS, timeout=PATIENCE, output_hook=printed.append)
        assert not [each for each in printed if each["msg_type"] == "stream"]
        client.execute(STOPPED)
        shown = until_interrupted(manager, client)
        again = "assert trained == train(3, callbacks=[trials.epoch_bar()])"
        reply = client.execute_interactive(again, timeout=PATIENCE, output_hook=lambda _: None)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert [each["ename"] for each in shown if "ename" in each] == ["KeyboardInterrupt"]
    assert any("stopped before its end" in each.get("text", "") for each in shown)
    assert reply["content"]["status"] == "ok", reply["content"]


def until_interrupted(manager, client):
    """Interrupt the kernel when its bar has moved; what it has shown until it is idle."""
    shown, is_moved, end = [], False, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        message = client.get_iopub_msg(timeout=PATIENCE)
        shown.append(message["content"])
        state = message["content"].get("data", {}).get("state", {})
        if not is_moved and message["msg_type"] == "comm_msg" and (state.get("value") or 0) != 0:
            is_moved = True
            manager.interrupt_kernel()
        if is_moved and message["content"].get("execution_state") == "idle":
            return shown
    raise AssertionError("the bar did not move, or the kernel did not stop")


def test_where_output_goes_to_a_file_there_is_no_bar():
    code = "from course_utils import trials\nfor _ in trials.progress(range(3), 'steps'): pass"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    code = f"from course_utils import trials\n{TRAINING}\ntrain(3, [trials.epoch_bar()])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "") and "epoch" not in result.stderr


def first_cell(root, folder, before="", **variables):
    """The first code cell of a lesson in a new process; `folder` is the first on its path."""
    cells = student_notebook(root, "01_mlp").cells
    code = next(cell.source for cell in cells if cell.cell_type == "code")
    path = os.pathsep.join([str(folder), str(root)])
    return subprocess.run(
        [sys.executable, "-c", before + code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path} | variables,
        cwd=folder,  # else the course's own metadata come first, where it is installed to be edited
    )


def install(folder, name, version, requires=""):
    """What pip would leave of such a package, for all that asks for its version."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", requires]
    (info / "METADATA").write_text("\n".join(filter(None, lines)) + "\n")


def test_a_package_that_is_too_old_is_named(root, tmp_path):
    install(tmp_path, "dropout_course", "1", "Requires-Dist: keras>=3.8\nRequires-Dist: nothing>=1")
    install(tmp_path, "keras", "2.15.0")
    last = first_cell(root, tmp_path).stderr.splitlines()[-1]
    assert "keras>=3.8, found 2.15.0, nothing>=1, found none" in last
    assert "%pip install 'keras>=3.8' 'nothing>=1'" in last


def test_another_backend_is_refused(root, tmp_path):
    last = first_cell(root, tmp_path, KERAS_BACKEND="jax").stderr.splitlines()[-1]
    assert "KERAS_BACKEND is 'jax'" in last and "%env KERAS_BACKEND=tensorflow" in last


def test_a_kernel_without_tensorflow_is_refused(root, tmp_path):
    absent = "import sys\nsys.modules['tensorflow'] = None\n"
    last = first_cell(root, tmp_path, absent).stderr.splitlines()[-1]
    assert "has no TensorFlow" in last and "%pip install tensorflow" in last
