"""Reading what lies in the folder of submissions: every folder leads to answers or a sentence."""

import base64
import copy
import errno
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from classes import (
    DROPOUT,
    RIGHT,
    TINY,
    Kind,
    answered,
    cell_of,
    hand_in,
    make_course,
    released_notebooks,
    without_metadata,
    write,
)

from course_builder.build import read_exercises
from course_grader import reading
from course_grader.answers import LONGEST_ANSWER
from course_grader.errors import CourseError
from course_grader.submissions import find_submissions

NO_DATE = "timestamp.txt is no date such as 2026-01-30 17:00:00 UTC: no lateness is known."
CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}


@pytest.fixture(scope="module")
def exercises(tmp_path_factory):
    return read_exercises(make_course(tmp_path_factory.mktemp("course") / "course"))


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    return released_notebooks(make_course(tmp_path_factory.mktemp("course") / "course"))


def found(folder, exercises):
    """The only submission in the folder."""
    [submission], strange = find_submissions(folder, exercises)
    assert not strange
    return submission


def read(folder: Path, exercises, text: str):
    """A submission that is this text."""
    path = folder / "ada" / TINY / f"{TINY}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return found(folder, exercises)


def notebook(*cells: object, **more) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more)


def cell(source: object, **more) -> dict:
    return CELL | {"source": source, "id": "x"} | more


def test_a_finished_notebook_is_read_without_a_remark(tmp_path, exercises, released):
    hand_in(tmp_path, "ada", Kind("finished"), released)
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == DROPOUT
    assert submission.remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "NaN",
        '{"cells": NaN}',
        "[" * 10**6,
        '{"cells": ' + "[" * 10**6,
        notebook(1, 2.0, None),
        notebook("source", "outputs", "metadata"),
        notebook([[["source"]]]),
        notebook(cell([["a"], ["b"]])),
        '{"cells": {"a": {}, "outputs": 1}}',
        '{"worksheets": 3}',
        '{"worksheets": [3]}',
        '{"worksheets": [{"cells": [[]]}], "nbformat": 3}',
        notebook(nbformat=99),
        notebook(nbformat="4", cells=7),
        "\ufeff{",
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_no_notebook_is_told_in_one_sentence(tmp_path, exercises, text):
    submission = read(tmp_path, exercises, text)
    assert submission.answers is None
    [remark] = submission.remarks
    assert remark.startswith("not graded, no points: ") and remark.isprintable()


@pytest.mark.parametrize(
    ("limit", "value", "text", "says"),
    [
        ("MEMORY", 2**27, notebook(metadata={"x": [{}] * 5 * 10**6}), "128 MiB of memory"),
        ("SECONDS", 1, notebook(*[cell("x", metadata={"a": {"b": {}}})] * 10**5), "1 s"),
    ],
    ids=["memory", "time"],
)
def test_what_takes_too_much_to_read_costs_its_own_submission_only(
    tmp_path, exercises, released, monkeypatch, limit, value, text, says
):
    for student in ("ada", "bob", "cyd"):
        hand_in(tmp_path, student, Kind("finished"), released)
    (tmp_path / "bob" / TINY / f"{TINY}.ipynb").write_text(text)
    monkeypatch.setattr(reading, limit, value)
    found, strange = find_submissions(tmp_path, exercises)
    assert [one.answers and one.answers.code["dropout"] for one in found] == [
        DROPOUT,
        None,
        DROPOUT,
    ]
    [remark] = found[1].remarks
    assert remark.startswith(f"not graded, no points: reading it takes more than {says}")
    assert (found[0].remarks, found[2].remarks, strange) == ((), (), [])


@pytest.mark.parametrize(
    "odd",
    [
        cell({"a": "b"}),
        cell(None),
        cell("x = '\ud800\0'"),
        cell("-" * 10**6 + "1"),
        cell("x" * 2 * 10**6),
        cell("x = 1", metadata={"nbgrader": {"grade_id": ["dropout"]}}),
        cell("x = 1", metadata={"nbgrader": {"grade_id": {"a": 1}}}),
        cell("x = 1", metadata={"nbgrader": "dropout"}),
        cell("x = 1", metadata={"id": ["dropout"]}),
        cell("x = 1", id=None),
    ],
    ids=lambda odd: repr(odd)[-60:],
)
def test_an_odd_cell_does_no_harm_to_the_others(tmp_path, exercises, odd):
    submission = read(tmp_path, exercises, notebook(odd, cell(DROPOUT), cell("share = 0.2")))
    assert submission.answers.code == {"dropout": DROPOUT, "rate": "share = 0.2"}


def test_cells_that_are_there_thousands_of_times_take_no_time(tmp_path, exercises):
    same = cell("share = 0.1", metadata={"nbgrader": {"grade_id": "rate"}})
    submission = read(tmp_path, exercises, notebook(*[same] * 9000, same | {"source": "share = 2"}))
    assert submission.answers.code["rate"] == "share = 0.1\nshare = 2"


def test_an_answer_that_is_too_long_is_not_taken(tmp_path, exercises):
    long = cell(f"share = 0.2  # {'x' * 2**20}", metadata={"nbgrader": {"grade_id": "rate"}})
    submission = read(tmp_path, exercises, notebook(long))
    assert submission.answers.code["rate"] is None
    assert "the answer cell rate has more than 1048576 letters." in submission.remarks


def test_a_folder_of_many_notebooks_is_read_in_part(tmp_path, exercises, released):
    finished = answered(released[TINY], RIGHT[TINY])
    folder = tmp_path / "ada" / TINY
    folder.mkdir(parents=True)
    for number in range(30):
        write(finished, folder / f"a{number:02}.ipynb")
    write(finished, folder / f"{TINY}.ipynb")
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == DROPOUT
    assert len(submission.remarks) == 9


def test_two_finished_notebooks_of_other_names_are_not_guessed_between(
    tmp_path, exercises, released
):
    folder = tmp_path / "ada" / TINY
    folder.mkdir(parents=True)
    for name in ("a.ipynb", "b.ipynb"):
        write(answered(released[TINY], RIGHT[TINY]), folder / name)
    submission = found(tmp_path, exercises)
    assert submission.answers is None and "ask which counts" in submission.remarks[-1]


@pytest.mark.parametrize(
    "stamp",
    [
        *("yesterday", "2025-13-45", "9" * 300, "", "\0", "{}", "=1+1", "12:30", "\xff"),
        # Names of zones, as a course with another `Exchange.timezone` writes them.
        *("2026-07-31 18:30:00 CEST", "2026-07-31 18:30:00.5 IST", "2026-07-31 18:30:00 EST"),
        *(
            "2026-07-31 18:30:00 Asia/Kolkata",
            "2026-07-31 18:30:00 +9900",
            "0001-01-01 00:00 +0200",
        ),
    ],
)
def test_a_time_stamp_that_is_no_date_is_told(tmp_path, exercises, released, stamp):
    hand_in(tmp_path, "ada", Kind("finished"), released)
    (tmp_path / "ada" / TINY / "timestamp.txt").write_text(stamp)
    submission = found(tmp_path, exercises)
    assert submission.timestamp is None
    assert submission.remarks == (NO_DATE,)


@pytest.mark.parametrize(
    "stamp",
    [
        *("2026-07-31 16:30:00", "2026-07-31 16:30:00 UTC", "2026-07-31 16:30 GMT"),
        *("2026-07-31T16:30:00Z", "2026-07-31 16:30:00.000000 +0000"),
        *("2026-07-31 18:30:00 +0200", "2026-07-31 18:30:00.000000 +02:00"),
        *("2026-07-31 22:00:00 +0530", "2026-07-31T12:30:00-04:00", " 2026-07-31 16:30:00 UTC\n"),
    ],
)
def test_a_time_stamp_is_read_with_its_offset(tmp_path, exercises, released, stamp):
    hand_in(tmp_path, "ada", Kind("finished"), released)
    (tmp_path / "ada" / TINY / "timestamp.txt").write_text(stamp)
    submission = found(tmp_path, exercises)
    assert (submission.timestamp, submission.remarks) == (datetime(2026, 7, 31, 16, 30), ())


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/etc")])
def test_pipes_folders_and_links_are_never_read(tmp_path, exercises, released, make):
    hand_in(tmp_path, "ada", Kind("finished"), released)
    make(tmp_path / "ada" / TINY / "timestamp.txt")
    make(tmp_path / "ada" / TINY / "other.ipynb")
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == DROPOUT
    assert NO_DATE in submission.remarks


def test_nothing_of_a_folder_that_is_a_link_is_taken(tmp_path, exercises, released):
    hand_in(tmp_path / "others", "bob", Kind("finished"), released)
    (tmp_path / "others" / "bob" / TINY / "timestamp.txt").write_text("2025-03-01 12:00:00 UTC")
    (tmp_path / "here" / "ada").mkdir(parents=True)
    (tmp_path / "here" / "ada" / TINY).symlink_to(tmp_path / "others" / "bob" / TINY)
    submission = found(tmp_path / "here", exercises)
    assert (submission.answers, submission.timestamp) == (None, None)


def test_what_lies_there_besides_is_told(tmp_path, exercises, released):
    hand_in(tmp_path, "ada", Kind("finished"), released)
    (tmp_path / "ada" / "99_other").mkdir()
    (tmp_path / "list.txt").touch()
    (tmp_path / "bob").symlink_to(tmp_path / "ada")
    (tmp_path / "cyd").mkdir()
    (tmp_path / "ada" / f".{TINY}").mkdir()
    for made_by_a_program in (".DS_Store", "ada/.DS_Store"):
        (tmp_path / made_by_a_program).touch()
    for made_by_a_program in (".git", ".ipynb_checkpoints", "ada/.ipynb_checkpoints"):
        (tmp_path / made_by_a_program).mkdir()
    _, strange = find_submissions(tmp_path, exercises)
    assert strange == [
        f"ada/.{TINY}: no exercise has this name.",
        "ada/99_other: no exercise has this name.",
        "bob: no folder of a student; it is left alone.",
        "cyd: handed in no exercise.",
        "list.txt: no folder of a student; it is left alone.",
    ]


@pytest.mark.parametrize("student", [".ada", "<img src=x onerror=alert(1)>", "Lovelace, Ada"])
def test_a_folder_whose_name_is_no_id_is_named_and_not_graded(
    tmp_path, exercises, released, student
):
    for one in ("bob", student):
        hand_in(tmp_path, one, Kind("finished"), released)
    found, [sentence] = find_submissions(tmp_path, exercises)
    assert [submission.student for submission in found] == ["bob"]
    assert sentence.startswith(f"{student}: {student!r} cannot be a student's id: before")


@pytest.mark.parametrize("unreadable", ["bob", f"bob/{TINY}"])
def test_a_folder_that_cannot_be_listed_is_named_and_keeps_nobody_else_from_a_grade(
    tmp_path, exercises, released, monkeypatch, unreadable
):
    for student in ("ada", "bob", "cyd"):
        hand_in(tmp_path, student, Kind("finished"), released)
    listed = Path.iterdir

    def iterdir(folder):  # root may list what nobody else may
        if folder == tmp_path / unreadable:
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found, strange = find_submissions(tmp_path, exercises)
    assert [submission.student for submission in found] == ["ada", "cyd"]
    assert strange == [
        f"{unreadable}: NOT graded: the folder cannot be read (Permission denied): make it "
        "readable for you and grade again."
    ]


@pytest.mark.parametrize("mode", [0o000, 0o444])
@pytest.mark.parametrize("unreadable", ["ada", f"ada/{TINY}"])
def test_without_permission_there_is_a_sentence(tmp_path, exercises, released, mode, unreadable):
    hand_in(tmp_path, "ada", Kind("finished"), released)
    (tmp_path / unreadable).chmod(mode)
    try:
        if os.access(tmp_path / unreadable, os.R_OK | os.X_OK):
            pytest.skip("root may read everything")
        found, [sentence] = find_submissions(tmp_path, exercises)
    finally:
        (tmp_path / unreadable).chmod(0o755)
    assert found == []
    assert "the folder cannot be read (Permission denied)" in sentence


def test_a_folder_that_is_not_there_or_empty_is_the_instructors_mistake(tmp_path, exercises):
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(CourseError):
            find_submissions(folder, exercises)


def test_a_paragraph_without_metadata_is_known_by_the_cell_before_it(tmp_path, exercises, released):
    hand_in(tmp_path, "ada", Kind("stripped", change=without_metadata), released)
    submission = found(tmp_path, exercises)
    assert submission.answers.written == {"why": RIGHT[TINY]["why"]}
    assert "the paragraph why has lost its metadata" in " ".join(submission.remarks)


@pytest.mark.parametrize(
    "first", ["%matplotlib inline", "!pip list", "%%time", "np.zeros?", "files = !ls"]
)
def test_an_answer_without_metadata_is_known_whatever_ipython_does_first(
    tmp_path, exercises, released, first
):
    answer = f"{first}\n{DROPOUT}"
    kind = Kind("stripped", {"dropout": answer}, change=without_metadata)
    hand_in(tmp_path, "ada", kind, released)
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == answer
    assert "it is known by dropout_forward." in " ".join(submission.remarks)


def split_at(line: int, with_metadata: bool):
    """A cell that was split as JupyterLab does it, or a second half that has lost its metadata."""

    def change(notebook):
        first = cell_of(notebook, "dropout")
        second = copy.deepcopy(first)
        lines = DROPOUT.splitlines(keepends=True)
        first.source, second.source = "".join(lines[:line]).rstrip("\n"), "".join(lines[line:])
        if not with_metadata:
            second.metadata, second.id = {}, "new"
        notebook.cells.insert(notebook.cells.index(first) + 1, second)

    return change


@pytest.mark.parametrize("line", [1, 3])
def test_the_pieces_of_a_cell_that_was_split_are_joined(tmp_path, exercises, released, line):
    hand_in(tmp_path, "ada", Kind("split", change=split_at(line, True)), released)
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == DROPOUT
    joined = "the answer cell dropout is there 2 times: they were joined, in their order."
    assert submission.remarks == (joined,)


def test_of_two_attempts_that_are_no_python_together_the_last_one_counts(
    tmp_path, exercises, released
):
    def change(notebook):
        first = cell_of(notebook, "dropout")
        notebook.cells.insert(0, first | {"source": "def dropout_forward(x"})

    hand_in(tmp_path, "ada", Kind("two", change=change), released)
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == DROPOUT
    assert submission.remarks == ("the answer cell dropout is there 2 times: the last one counts.",)


@pytest.mark.parametrize(
    ("own", "answer", "names"),
    [
        ("import tensorflow as tf", f"{DROPOUT}\ntf.abs(1)", "tf"),
        (
            "%time three = 3\ntwo = 2",
            f"{DROPOUT}\nx = [two for _ in ()]",
            "two",
        ),
        ("import numpy as np\nshare = 3\nunused = 1", DROPOUT, ""),
        ("def keep(): return 1", f"{DROPOUT}\nkeep = 1\nkeep()", ""),
        (DROPOUT, None, "dropout_forward"),
    ],
)
def test_what_only_a_cell_that_is_not_graded_makes_is_named(
    tmp_path, exercises, released, own, answer, names
):
    def change(notebook):
        notebook.cells.append(cell(own, id="own"))

    stub = cell_of(released[TINY], "dropout").source
    hand_in(tmp_path, "ada", Kind("own", {"dropout": answer or stub}, change=change), released)
    said = "what a cell that is not graded makes is needed"
    remarks = found(tmp_path, exercises).remarks
    assert remarks == ((f"{said} ({names}): it belongs into an answer cell.",) if names else ())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_do_not_matter(tmp_path, exercises, released, end):
    def change(notebook):
        for one in notebook.cells:
            one.source = one.source.replace("\n", end)

    hand_in(tmp_path, "ada", Kind("finished", change=change), released)
    untouched = copy.deepcopy(released[TINY])
    change(untouched)
    write(untouched, tmp_path / "ada" / TINY / "a copy.ipynb")
    submission = found(tmp_path, exercises)
    assert submission.answers.code["dropout"] == DROPOUT
    assert submission.remarks == ()


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(100)).decode()
JPEG = base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(100)).decode()


def test_pictures_of_a_paragraph_are_kept_and_are_no_letters(tmp_path, exercises, released):
    """JupyterLab attaches them to the cell, Colab writes them into the text."""
    text = "See ![this](attachment:a.png), ![that](data:image/jpeg;base64,{}) and <b>.".format
    large = base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(3 * LONGEST_ANSWER)).decode()

    def change(notebook):
        attached = {"a.png": {"image/png": PNG}, "b.svg": {"image/svg+xml": "PHN2Zz4="}}
        cell_of(notebook, "why").attachments = attached | {
            "c": {"image/png": JPEG},
            "d": {"image/png": PNG + '"><script>evil()</script>'},
        }

    hand_in(tmp_path, "ada", Kind("pictures", {"why": text(large)}, change=change), released)
    submission = found(tmp_path, exercises)
    assert submission.texts["why"] == "See (picture), (picture) and <b>."
    kept = [(one.kind, one.data) for one in submission.pictures("why")]
    assert kept == [("image/png", PNG), ("image/jpeg", large)]
    [remark] = submission.remarks
    assert remark.startswith("the paragraph why has 3 of 5 pictures that are no PNG or JPEG")


def test_no_other_text_is_taken_for_a_paragraph_that_was_deleted(tmp_path, exercises, released):
    def change(notebook):
        without_metadata(notebook)
        del notebook.cells[-1]
        notebook.cells.append(notebook.cells[0])  # of the released notebook

    hand_in(tmp_path, "ada", Kind("deleted", change=change), released)
    assert found(tmp_path, exercises).answers.written == {"why": None}


def test_a_paragraph_that_is_too_long_is_left_out(tmp_path, exercises, released):
    hand_in(tmp_path, "ada", Kind("long", {"why": "x" * (LONGEST_ANSWER + 1)}), released)
    submission = found(tmp_path, exercises)
    assert submission.answers.written == {"why": None}
    assert "the answer cell why has more than" in " ".join(submission.remarks)


def test_names_are_not_looked_for_in_a_cell_that_would_fill_the_memory(
    tmp_path, exercises, released
):
    def change(notebook):
        without_metadata(notebook)
        for one in notebook.cells:
            if one.source == DROPOUT:
                one.source += "a;" * 10**6

    hand_in(tmp_path, "ada", Kind("large", change=change), released)
    assert found(tmp_path, exercises).answers.code["dropout"] is None


def test_a_cell_of_no_kind_is_no_paragraph(tmp_path, exercises, released):
    def change(notebook):
        without_metadata(notebook)
        del notebook.cells[-1]["cell_type"]

    hand_in(tmp_path, "ada", Kind("of no kind", change=change), released)
    submission = found(tmp_path, exercises)
    assert submission.answers.written == {"why": None}
