"""`course check NOTEBOOK`, as a student calls it: what it finds, prints and returns."""

import copy
import os
import subprocess
import sys
import time

import pytest
from classes import RIGHT, TINY, answered, cell_of, make_course, write

from course_builder import cli
from course_builder.build import student_notebook
from course_grader import check
from course_grader.notebooks import grading

LOOPS = "def dropout_forward(*_):\n    while True:\n        pass\n"
ENDS = "import os\n\ndef dropout_forward(*_):\n    os._exit(0)\n"
NO_SCALE = """\
def dropout_forward(x, rate, training, generator):
    if not training:
        return x.copy(), np.ones(x.shape, bool)
    print("a print of the student's")
    mask = generator.random(x.shape) >= rate
    return x * mask, mask
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The tiny exercise, as students get it."""
    return student_notebook(make_course(tmp_path_factory.mktemp("course") / "course"), TINY)


@pytest.fixture
def run(tmp_path, released, capfd, monkeypatch):
    """Check a notebook in a student's copy of the course: exit status and what is printed."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    for folder in ("notebooks", "original"):
        (tmp_path / folder).mkdir()
    write(released, tmp_path / "original" / f"{TINY}.ipynb")

    def run(notebook, *options: str, name: str = TINY) -> tuple[int, str]:
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        if isinstance(notebook, str):
            path.write_text(notebook, encoding="utf-8")
        elif notebook is not None:
            write(notebook, path)
        status = check.main(["check", str(path), *options])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return status, out + err

    return run


def with_answers(released, **answers: str):
    return answered(released, RIGHT[TINY] | answers)


def test_right_answers_end_with_0(run, released):
    status, printed = run(with_answers(released))
    assert status == 0
    assert "dropout: 4 of 4 points" in printed
    assert "why: a person reads it, 4 points" in printed
    assert "4 of 4 visible tests pass: 6 of 6 points." in printed
    assert "note:" not in printed


def test_a_wrong_answer_ends_with_1_and_a_hint_and_prints_go_nowhere(run, released):
    status, printed = run(with_answers(released, dropout=NO_SCALE))
    assert status == 1
    assert "dropout: 2 of 4 points" in printed
    assert "fail      dropout-values" in printed
    assert "likely:   survivors are not scaled" in printed
    assert "a print of the student's" not in printed


def test_the_untouched_notebook_says_what_is_not_written_and_no_more(run, released):
    status, printed = run(released)
    assert status == 1
    for item, points in (("dropout", 4), ("rate", 2), ("why", 4)):
        assert f"{item}: not written yet, 0 of {points} points" in printed
    assert "NotImplementedError" not in printed


def test_a_half_written_answer_says_which_tests_are_open(run, released):
    half = "def dropout_forward(x, rate, training, generator):\n    raise NotImplementedError\n"
    status, printed = run(with_answers(released, dropout=half))
    assert status == 1
    assert "open      dropout-form" in printed


def test_an_answer_that_is_no_python_is_told_and_costs_its_own_points(run, released):
    status, printed = run(with_answers(released, dropout="def dropout_forward(:\n"))
    assert status == 1
    assert "the answer cell dropout does not run: it ends in SyntaxError" in " ".join(
        printed.split()
    )
    assert "rate: 2 of 2 points" in printed
    assert printed.count("as above") == 2  # one sentence, not three times


@pytest.mark.parametrize(
    "answer", ["share = 1 / 0", "import sys; sys.exit(3)", "%matplotlib inline"]
)
def test_an_answer_that_does_not_define_its_name_is_told(run, released, answer):
    status, printed = run(with_answers(released, rate=answer))
    assert status == 1
    assert "the name 'share' is not defined" in printed
    assert "dropout: 4 of 4 points" in printed


def test_an_endless_loop_costs_its_time_once(run, released):
    start = time.monotonic()
    status, printed = run(with_answers(released, dropout=LOOPS), "--seconds", "2")
    assert status == 1
    assert "`dropout_forward` did not end within 2 s: look for an endless loop." in printed
    assert "time-out  dropout-form" in printed
    assert "rate: 2 of 2 points" in printed
    assert time.monotonic() - start < 60


def test_an_answer_that_ends_its_process_is_told(run, released):
    status, printed = run(with_answers(released, dropout=ENDS))
    assert status == 1
    assert "`dropout_forward` ended the process that it ran in: look for os._exit" in printed
    assert "rate: 2 of 2 points" in printed


def test_cells_that_are_gone_or_there_twice_or_changed_are_named(run, released):
    notebook = with_answers(released)
    notebook.cells.append(copy.deepcopy(cell_of(notebook, "rate-value")))
    notebook.cells.remove(cell_of(notebook, "dropout-form"))
    cell_of(notebook, "dropout-values").source = "pass"
    status, printed = run(notebook)
    assert status == 0  # the tests are run as they were released
    assert "note: no cell of tests is there for dropout-form" in printed
    assert "note: these cells of tests were changed: dropout-values" in printed
    assert "note: the cell rate-value is there 2 times" in printed


def test_deleting_every_test_is_no_success(run, released):
    notebook = copy.deepcopy(released)
    notebook.cells = [cell for cell in notebook.cells if not grading(cell).get("grade")]
    status, printed = run(notebook)
    assert status == 1
    assert "note: no cell of tests is there for dropout-form, dropout-values" in printed
    assert "0 of 4 visible tests pass" in printed


def test_an_answer_cell_that_is_gone_is_named(run, released):
    notebook = with_answers(released)
    notebook.cells.remove(cell_of(notebook, "dropout"))
    status, printed = run(notebook)
    assert status == 1
    assert "note: no answer cell is there for dropout." in printed
    assert "dropout: the cell is missing, 0 of 4 points" in printed


UNREADABLE = {
    "empty": ("", "is empty"),
    "cut off": ('{"cells": [', "is not valid JSON"),
    "no notebook": ('{"a": 1}', "it has no cells"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_notebook_ends_with_2_and_a_sentence(run, case):
    content, sentence = UNREADABLE[case]
    status, printed = run(content)
    assert (status, printed.count("\n")) == (2, 1)
    assert printed.startswith("course: ") and sentence in printed


def test_a_notebook_that_is_not_there_or_has_another_name_ends_with_2(run, released):
    assert run(None)[0] == 2
    status, printed = run(with_answers(released), name=f"{TINY} (1)")
    assert status == 2
    assert f"is not the name of an exercise ({TINY}.ipynb)" in printed


def test_the_notebook_may_lie_elsewhere_and_the_course_s_folder_be_the_current_one(
    run, released, tmp_path_factory
):
    path = tmp_path_factory.mktemp("downloads") / f"{TINY}.ipynb"
    write(with_answers(released), path)
    assert check.main(["check", str(path)]) == 0


def test_outside_the_course_s_folder_it_is_looked_for_in_vain(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert check.main(["check", f"{TINY}.ipynb"]) == 2
    assert "The course's folder is not found" in capsys.readouterr().err


def test_control_characters_of_an_answer_do_not_reach_the_terminal(run, released):
    rude = "def dropout_forward(*_):\n    raise ValueError('\\x1b[2J gone')\n"
    _, printed = run(with_answers(released, dropout=rude))
    assert "gone" in printed and "\x1b" not in printed


def test_a_package_that_is_missing_is_named_with_what_to_do(run, released, tmp_path):
    original = copy.deepcopy(released)
    cell = next(one for one in original.cells if one.source == "import numpy as np")
    cell.source += "\nimport a_package_that_is_missing"
    write(original, tmp_path / "original" / f"{TINY}.ipynb")
    status, printed = run(with_answers(released))
    assert status == 2
    assert "cannot be imported here (No module named 'a_package_that_is_missing'): inst" in printed


def test_in_the_course_s_own_folder_the_source_is_what_counts(tmp_path, monkeypatch, capsys):
    """There is no folder `original`, and the notebook in `notebooks` may be stale."""
    root = make_course(tmp_path / "course")
    path = tmp_path / f"{TINY}.ipynb"
    write(answered(student_notebook(root, TINY), RIGHT[TINY]), path)
    monkeypatch.chdir(root)
    assert cli.main(["check", str(path)]) == 0
    assert "4 of 4 visible tests pass" in capsys.readouterr().out
    assert cli.main(["check", "03_other_exercises.ipynb"]) == 2


@pytest.mark.parametrize("module", ["course_grader.check", "course_builder.cli"])
def test_where_a_sign_cannot_be_printed_a_mark_stands_for_it(tmp_path, released, module):
    """As on Windows, where what is piped is no UTF-8."""
    make_course(tmp_path)
    (tmp_path / "original").mkdir()
    write(released, tmp_path / "original" / f"{TINY}.ipynb")
    write(with_answers(released, rate="raise ValueError('σ ✓ é')"), tmp_path / f"{TINY}.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", module, "check", f"{TINY}.ipynb"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        encoding="cp1252",
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "ValueError: ? ? é" in done.stdout
