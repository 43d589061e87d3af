"""Kinds of honest submissions to which something happened, and what each of them gets.

The kinds are those of the first tables of measurements with nbgrader: what costs all points
there, or stops the batch, costs here what it must cost and no more.
"""

import copy
import json
from pathlib import Path

from classes import (
    DROPOUT,
    NET,
    POINTS,
    RIGHT,
    SHARE,
    TINY,
    WRONG_DROPOUT,
    Kind,
    answered,
    as_old_format,
    cell_of,
    without_metadata,
    write,
)
from nbformat.v4 import new_code_cell, new_output

from course_grader.jobs import State

CRASH, ERROR, FAIL, TIME_OUT = State.CRASH, State.ERROR, State.FAIL, State.TIME_OUT
MISSING, REFUSED = State.MISSING, State.REFUSED
LARGE = 50 * 2**20
UNREADABLE = {"": REFUSED}


def in_function(code: str) -> dict[str, str]:
    """The right answer, with this line in front of it inside the function."""
    head, _, body = DROPOUT.partition("\n")
    return {"dropout": f"import os, signal, sys, time\n\n{head}\n    {code}\n{body}"}


def _without(notebook, *names):
    notebook.cells = [cell for cell in notebook.cells if _name(cell) not in names]


def _name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _set(grade_id, **fields):
    return lambda notebook: cell_of(notebook, grade_id).metadata.nbgrader.update(fields)


def _twice(grade_id, **fields):
    def change(notebook):
        notebook.cells.append(copy.deepcopy(cell_of(notebook, grade_id)))
        notebook.cells[-1].update(fields)

    return change


def _foreign_cell(notebook):
    cell = new_code_cell("print(1)")
    cell.metadata["nbgrader"] = {"grade_id": "of-another-notebook", "grade": True, "points": 99}
    notebook.cells.insert(1, cell)


def _like_colab(notebook):
    notebook.nbformat_minor = 0
    notebook.metadata = {"colab": {"provenance": []}, "accelerator": "GPU"}
    for cell in notebook.cells:
        identity = cell.pop("id")
        cell.metadata = {"id": identity, "outputId": "0"}


def _as_kind(grade_id, kind):
    def change(notebook):
        cell_of(notebook, grade_id).cell_type = kind

    return change


def _with_large_outputs(notebook):
    cell_of(notebook, "dropout").outputs = [
        new_output("stream", name="stdout", text="x" * (LARGE // 50)) for _ in range(50)
    ]


def _text(text):
    return lambda folder, notebook: (folder / f"{TINY}.ipynb").write_text(text)


def _conflict(folder, notebook):
    text = json.dumps(notebook, indent=1)
    marks = '<<<<<<< HEAD\n "cells": [\n=======\n "cells": [\n>>>>>>> theirs\n'
    (folder / f"{TINY}.ipynb").write_text(text.replace(' "cells": [\n', marks))


def _called(name):
    return lambda folder, notebook: write(notebook, folder / name)


def _beside_the_untouched(folder, notebook):
    stub = "# YOUR CODE HERE\nraise NotImplementedError()"
    stubs = {"dropout": stub, "rate": stub, "why": "YOUR ANSWER HERE"}
    write(notebook, folder / "finished.ipynb")
    write(answered(notebook, stubs), folder / f"{TINY}.ipynb")


def _stamped(stamp):
    def lay(folder: Path, notebook):
        write(notebook, folder / f"{TINY}.ipynb")
        (folder / "timestamp.txt").write_text(stamp)

    return lay


# What runs for ever, or dies, takes its own points with it and no others.
ENDINGS = [
    Kind(
        "endless loop in a cell",
        {"rate": "import time\n\nwhile True:\n    time.sleep(1)\n"},
        {"rate": TIME_OUT},
        "the cell rate did not end within 5 s: look for an endless loop.",
    ),
    Kind(
        "endless loop in a function",
        in_function("while True: time.sleep(1)"),
        {"dropout": TIME_OUT},
        "`dropout_forward` did not end within 5 s: look for an endless loop.",
    ),
    Kind(
        "endless loop that ignores interrupts",
        {"rate": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"},
        {"rate": TIME_OUT},
        "look for an endless loop.",
    ),
    Kind("slow function", in_function("time.sleep(0.1)")),
    Kind("sys.exit in a cell", {"rate": "import sys\nsys.exit(0)"}, {"rate": ERROR}, "SystemExit"),
    Kind("sys.exit in a function", in_function("sys.exit(0)"), {"dropout": FAIL}, "SystemExit"),
    Kind(
        "os._exit in a function",
        in_function("os._exit(0)"),
        {"dropout": CRASH},
        "`dropout_forward` ended the process that it ran in: look for os._exit",
    ),
    Kind(
        "os._exit in a cell",
        {"rate": "import os\nos._exit(70)"},
        {"rate": CRASH},
        "the cell rate ended the process that it ran in: look for os._exit",
    ),
    Kind(
        "segmentation fault",
        in_function("import ctypes; ctypes.string_at(0)"),
        {"dropout": CRASH},
        "an error in compiled code",
    ),
    Kind("KeyboardInterrupt", in_function("raise KeyboardInterrupt"), {"dropout": FAIL}, "Keyb"),
    Kind(
        "endless recursion",
        in_function("return dropout_forward(x, rate, training, generator)"),
        {"dropout": FAIL},
        "RecursionError",
    ),
    Kind("memory hog", in_function("np.ones(2**30)"), {"dropout": FAIL}, "MemoryError"),
    Kind("input()", {"rate": "share = float(input())"}, {"rate": ERROR}, "EOFError"),
    Kind("syntax error", {"rate": "share = = 0.2"}, {"rate": ERROR}, "SyntaxError"),
    Kind("null byte in a cell", {"rate": "share = 0.2\0"}, {"rate": ERROR}, "null byte"),
    Kind("half a letter in a cell", {"rate": "share = '\ud800'"}, {"rate": ERROR}, "Unicode"),
    Kind(
        "np = None",
        {"dropout": f"{DROPOUT}\nnp = None\n"},
        {"dropout-form": FAIL, "dropout-inference": FAIL},
        "AttributeError: 'NoneType' object has no attribute",
    ),
    Kind("untouched variable", {"rate": "raise NotImplementedError()"}, {"rate": ERROR}, "not wri"),
    Kind("wrong number", {"rate": "share = 0.3"}, {"rate": FAIL}, "share is another number."),
    Kind("wrong function", {"dropout": WRONG_DROPOUT}, {"dropout": FAIL}, "does not hold"),
    Kind("output flood", {"rate": f"for _ in range(100): print('x' * 10**6)\n{SHARE}"}),
    Kind(
        "endless output",
        {"rate": "while True: print('x' * 10**6)"},
        {"rate": TIME_OUT},
        "look for an endless loop.",
    ),
    Kind("magics", {"rate": f"%matplotlib inline\n!rm -rf /\n{SHARE}"}),
]

# What is done to the notebook: only the text of the answers counts.
NOTEBOOKS = [
    Kind("one test deleted", change=lambda notebook: _without(notebook, "dropout-values")),
    Kind("all tests deleted", change=lambda notebook: _without(notebook, *POINTS[TINY])),
    Kind(
        "test edited",
        {"dropout": WRONG_DROPOUT},
        {"dropout": FAIL},
        change=lambda notebook: cell_of(notebook, "dropout-values").update(source="pass"),
    ),
    Kind("points edited", change=_set("rate-value", points=100)),
    Kind("test unlocked", change=_set("rate-value", locked=False)),
    Kind("test made an answer", change=_set("rate-value", locked=False, solution=True)),
    Kind("test made ungraded", change=_set("rate-value", grade=False)),
    Kind("cell of another notebook", change=_foreign_cell),
    Kind("test there twice", change=_twice("rate-value")),
    Kind("answer there twice", change=_twice("rate")),
    Kind(
        "two answers to one item",
        {"rate": "share = 0.7"},
        change=_twice("rate", source=SHARE),
        says="the answer cell rate is there 2 times: they were joined, in their order.",
    ),
    Kind(
        "cell id there twice",
        change=lambda notebook: notebook.cells[-1].update(id="rate", metadata={}),
        says="the paragraph why has lost its metadata: it is known by the cell before it.",
    ),
    Kind(
        "answer deleted",
        {},
        {"rate": MISSING},
        "the answer cell rate is not in the notebook.",
        change=lambda notebook: _without(notebook, "rate"),
    ),
    Kind("format 3", lay=lambda f, n: write(as_old_format(n), f / f"{TINY}.ipynb")),
    Kind("saved by Colab", change=_like_colab),
    Kind(
        "unknown kernel",
        change=lambda notebook: notebook.metadata.update(kernelspec={"name": "julia-9"}),
    ),
    Kind("notebook metadata stripped", change=lambda notebook: notebook.update(metadata={})),
    Kind(
        "cell metadata stripped",
        change=without_metadata,
        says="the answer cell dropout has lost its metadata: it is known by dropout_forward.",
    ),
    Kind("test made raw", change=_as_kind("rate-value", "raw")),
    Kind("test made Markdown", change=_as_kind("rate-value", "markdown")),
    Kind("answer made Markdown", change=_as_kind("rate", "markdown")),
    Kind("not JSON", {}, UNREADABLE, "is not valid JSON", lay=_text("import numpy as np")),
    Kind("empty file", {}, UNREADABLE, "is empty", lay=_text("")),
    Kind("empty object", {}, UNREADABLE, "it has no cells", lay=_text("{}")),
    Kind("git conflict", {}, UNREADABLE, "is not valid JSON", lay=_conflict),
    Kind("50 MB of outputs", change=_with_large_outputs),
    Kind(
        "renamed file",
        lay=_called(f"{TINY} (1).ipynb"),
        says=rf"{TINY} \(1\).ipynb was graded, since {TINY}.ipynb is missing.",
    ),
    Kind(
        "renamed file beside the untouched one",
        lay=_beside_the_untouched,
        says=f"finished.ipynb was graded, since {TINY}.ipynb has no answers.",
    ),
    Kind("no notebook", {}, UNREADABLE, "there is no notebook", lay=lambda folder, _: None),
    Kind("late", lay=_stamped("2025-03-03 12:00:00 UTC")),
    Kind("in time", lay=_stamped("2025-03-01 11:59:59 UTC")),
    Kind("no date", lay=_stamped("yesterday"), says="timestamp.txt is no date"),
    Kind("handed in twice", {"rate": "share = 0.3"}, {"rate": FAIL}, "another number"),
    Kind("handed in twice, worse", says=""),
]

SAVES = "    model = {body}\n    model.save('x.h5')\n    return model\n"
BODY = RIGHT[NET]["net"].partition("return ")[2].strip()

# What is written to standard error never costs a point.
STDERR = [
    Kind("division warning", in_function("np.ones(2) / np.zeros(2)")),
    Kind("tqdm", in_function("from tqdm import tqdm; list(tqdm(range(3)))")),
    Kind("print to standard error", in_function("print('hm', file=sys.stderr)")),
    Kind("os.write to standard error", in_function("os.write(2, b'hm')")),
    Kind("warning", in_function("import warnings; warnings.warn('hm')")),
    Kind("TensorFlow imported", {"net": f"import tensorflow\n{RIGHT[NET]['net']}"}, exercise=NET),
    Kind(
        "saved as HDF5",
        {"net": f"def build_mlp(rate):\n{SAVES.format(body=BODY)}"},
        exercise=NET,
    ),
    Kind(
        "input_shape",
        {
            "net": RIGHT[NET]["net"]
            .replace("            keras.Input((784,)),\n", "")
            .replace("Dense(256", "Dense(256, input_shape=(784,)", 1)
        },
        exercise=NET,
    ),
    Kind("honest model", exercise=NET),
]

ACCIDENTS = [*ENDINGS, *NOTEBOOKS, *STDERR]
