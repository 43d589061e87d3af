"""What the first cell of a notebook does: it checks the kernel, and lets errors say what to do."""

import errno
import importlib
import importlib.metadata
import importlib.util
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult

DISTRIBUTION = "dropout-course"
STOPPED = "This cell was stopped before its end: run it again before you go on to the cells below."
MEMORY = (
    'There is not enough memory for this cell: keep PROFILE = "quick", shut down the other '
    "notebooks (in JupyterLab: the list of running kernels, on the left), restart this kernel and "
    "run the notebook from the top."
)
DISK = (
    "The disk is full: free some space (the folder `features` in KERAS_HOME, else in ~/.keras, "
    "may be deleted) and run this cell again."
)
# TensorFlow's C++ writes these lines when it is imported, at whatever level it is told to log.
NOTES = ("All log messages before absl::InitializeLog()", "oneDNN custom operations are on.")
# A process of its own: what TensorFlow writes before it crashes comes through as well.
FILTER = """\
import sys

for line in sys.stdin.buffer:
    if not any(note.encode() in line for note in sys.argv[1:]):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
"""


class KernelError(Exception):
    """The kernel cannot run the course; the message says what to do."""


def prepare() -> None:
    """Check the kernel, and from now on print what to do below an error that students meet.

    The error itself and its traceback stay as they are. Keras is imported, without the notes
    that TensorFlow writes then; its warning about many models is left out as well.
    Raises KernelError when a package is missing or too old, or when Keras would not run on
    TensorFlow.
    """
    _check_packages()
    _check_backend()
    with without_notes():
        importlib.import_module("keras")
    logging.getLogger("tensorflow").addFilter(_is_news)
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.events.register("post_run_cell", _print_advice)


@contextmanager
def without_notes() -> Iterator[None]:
    """Let TensorFlow's NOTES go from standard error, and every other line through."""
    sys.stderr.flush()
    command = [sys.executable, "-c", FILTER, *NOTES]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=2) as passing_on:
        standard_error = os.dup(2)  # C++ knows the descriptor only, not sys.stderr
        os.dup2(passing_on.stdin.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(standard_error, 2)
            os.close(standard_error)


def advice(error: BaseException) -> str | None:
    """One sentence on what to do about an error that says too little; None for all others."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if type(error) is NameError and error.name:  # not the subclass for local names
        return (
            f"If a cell above makes `{error.name}`, it has not run in this kernel: choose Run > "
            "Run All Above Selected Cell (in Colab: Runtime > Run before), then run this cell "
            "again; if none does, check how the name is spelt."
        )
    if isinstance(error, ModuleNotFoundError) and error.name:
        return (
            f"The kernel that runs this notebook has no module `{error.name}`: check how the name "
            "is spelt, or choose the kernel in which the course is installed (Kernel > Change "
            "Kernel; `make lab` opens JupyterLab with it)."
        )
    if kinds & {"MemoryError", "ResourceExhaustedError"}:  # the second is TensorFlow's
        return MEMORY
    if isinstance(error, OSError) and _is_disk_full(error):
        return DISK
    return STOPPED if isinstance(error, KeyboardInterrupt) else None


def _print_advice(result: "ExecutionResult | None") -> None:
    error = result and result.error_in_exec
    if error and (sentence := advice(error)):
        print(sentence, file=sys.stderr)


def _is_news(record: logging.LogRecord) -> bool:
    # A lesson makes many models on purpose; TensorFlow takes each for one that was made anew.
    return "triggered tf.function retracing" not in str(record.msg)


def _is_disk_full(error: OSError) -> bool:
    # HDF5, in which Keras keeps weights, gives the number in its message only.
    return error.errno == errno.ENOSPC or f"errno = {errno.ENOSPC}" in str(error)


def _check_packages() -> None:
    """Compare what is installed with what the course declares; a mere copy declares nothing."""
    try:
        declared = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return
    wrong = []
    for requirement in map(Requirement, declared):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found = _version(requirement.name)
            if found is None or not requirement.specifier.contains(found, prereleases=True):
                wrong.append((str(requirement), found))
    if wrong:
        raise KernelError(
            "The kernel that runs this notebook lacks what the course needs ("
            + ", ".join(f"{wanted}, found {found or 'none'}" for wanted, found in wrong)
            + "): choose the kernel in which the course is installed (Kernel > Change Kernel), or "
            "in a new cell run `%pip install "
            + " ".join(f"'{wanted}'" for wanted, _ in wrong)
            + "` and restart the kernel."
        )


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _check_backend() -> None:
    # What is not set was set when course_utils was imported.
    backend = os.environ.get("KERAS_BACKEND")
    if backend != "tensorflow":
        raise KernelError(
            f"The course needs Keras on TensorFlow, but KERAS_BACKEND is {backend!r}: restart the "
            "kernel, in a new cell at the top run `%env KERAS_BACKEND=tensorflow`, and run the "
            "notebook from there."
        )
    if importlib.util.find_spec("tensorflow") is None:
        raise KernelError(
            "The kernel that runs this notebook has no TensorFlow: choose the kernel in which the "
            "course is installed (Kernel > Change Kernel), or in a new cell run `%pip install "
            "tensorflow` and restart the kernel."
        )
