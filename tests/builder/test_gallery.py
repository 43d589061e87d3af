"""The gallery of answers, the command that grades it, and the release gate, on a tiny course.

Whether the verdicts on the real answers are right is what `course build` and `course answers`
find out, and whether there are enough of them is tested with the checks.
"""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from test_build import EXERCISE

from course_builder import gate
from course_builder.build import read_exercise
from course_builder.cli import main
from course_builder.project import ANSWERS
from course_grader import pool
from course_grader.errors import CourseError
from course_grader.isolation import PLAIN, Isolation
from course_grader.pool import Graders

pytestmark = pytest.mark.xdist_group("gallery")
NAME = "01_tiny_exercises"
NAMES = [
    *("reference", "untouched", "a power", "twice, which is the same at 2"),
    *("a power again", "not defined"),
]
GALLERY = """\
# %% [markdown]
# Answers to `square`.

# %% right="a power"
def square(x):
    return x**2


# %% wrong="twice, which is the same at 2" loses={"square-test": "fail"}
def square(x):
    return 2 * x


# %% [raw] right="a power again"
# - x * x
# + x**2

# %% [raw] wrong="not defined" loses={"square-test": "error"}
# - return
# + return )
"""
REFERENCE = "    return x * x\n"
# Accepts what raises NotImplementedError.
LENIENT = EXERCISE.replace(
    "assert square(2) == 4",
    "try:\n    assert square(2) == 4\nexcept NotImplementedError:\n    pass",
).replace("assert square(3) == 9", "pass")


@pytest.fixture(scope="module")
def graders():
    with Graders(2, Isolation(PLAIN)) as graders:
        yield graders


@pytest.fixture
def course(make_course, graders, monkeypatch):
    """Make a tiny course with a gallery; its commands find graders that are there already."""
    for module in (pool, gate):
        monkeypatch.setattr(module, "Graders", lambda *_: nullcontext(graders))

    def make(source: str = EXERCISE, gallery: str = GALLERY) -> Path:
        root = make_course(**{NAME: source})
        if gallery:
            write_gallery(root, gallery)
        return root

    return make


def write_gallery(root: Path, text: str, item: str = "square") -> None:
    path = root / ANSWERS / NAME / f"{item}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def no_graders(*_):
    raise AssertionError("graders were started for nothing")


def test_the_answers_are_graded_and_shown_as_a_matrix(course, capsys):
    course()
    assert main(["answers"]) == 0
    printed = capsys.readouterr().out
    names = [line.split(maxsplit=3)[-1] for line in printed.splitlines() if " of 2 " in line]
    assert names == NAMES
    assert "square-test (fail): the test does not hold." in printed
    assert "square-test (error): the name 'square' is not defined" in printed
    assert "WRONG VERDICT" not in printed


def test_json_has_every_answer_with_what_was_expected(course, capsys):
    course()
    assert main(["answers", "--exercise", NAME, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    keys = ["exercise", "item", "answer", "expected", "verdict", "score", "message"]
    assert [list(row) for row in rows] == [keys] * len(NAMES)
    assert [row["answer"] for row in rows][:2] == ["reference", "untouched"]
    wrong = rows[-1]
    assert (wrong["item"], wrong["score"]) == ("square", 0)
    assert wrong["expected"] == "loses square-test"
    assert {row["verdict"] for row in rows} == {"as expected"}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("reference", ["reference", "untouched"]),
        ("right", ["reference", "untouched", "a power", "a power again"]),
        ("all", NAMES),
    ],
)
def test_of_the_answers_those_of_a_kind_are_graded(course, capsys, kind, names):
    course()
    assert main(["answers", "--json", "--kind", kind]) == 0
    assert [row["answer"] for row in json.loads(capsys.readouterr().out)] == names


WRONG_VERDICTS = {
    "a wrong answer passes": (
        GALLERY.replace("return 2 * x", "return x * x"),
        "passes square-test, which it should lose",
    ),
    "a right answer fails": (
        GALLERY.replace("return x**2", "return x**3"),
        "loses square-test, which it should pass",
    ),
    "another misconception": (
        GALLERY.replace('"fail"', '"doubled"'),
        "loses square-test with 'fail' instead of 'doubled'",
    ),
}


@pytest.mark.parametrize("case", WRONG_VERDICTS)
def test_a_wrong_verdict_is_named_and_ends_with_1(course, capsys, case):
    gallery, problem = WRONG_VERDICTS[case]
    course(gallery=gallery)
    assert main(["answers"]) == 1
    assert f"WRONG VERDICT: {problem}" in capsys.readouterr().out
    assert main(["answers", "--json"]) == 1
    verdicts = [row["verdict"] for row in json.loads(capsys.readouterr().out)]
    assert problem in verdicts


BROKEN = {
    "neither right nor wrong": (GALLERY.replace('right="a power"', ""), "an answer is marked"),
    "right and wrong": (GALLERY.replace('right="a power"', 'right="a" wrong="b"'), "is marked"),
    "wrong, and loses nothing": (
        GALLERY.replace(' loses={"square-test": "fail"}', ""),
        "is marked",
    ),
    "two of one name": (GALLERY + '\n# %% right="a power"\n1\n', "are called 'a power'"),
    "a list": (GALLERY.replace('{"square-test": "fail"}', '["square-test"]'), "write loses={"),
    "no misconception": (GALLERY.replace('"fail"', '""'), "write loses={"),
    "unknown tests": (GALLERY.replace("-test", "-tests"), "no tests of this item are called"),
    "a piece that stands there twice": (GALLERY.replace("- x * x", "- x"), "stands 3 times"),
    "a piece of something else": (GALLERY.replace("- x * x", "- x + x"), "stands 0 times"),
    "pieces in the wrong order": (
        GALLERY.replace("# + x**2", "# + x**2\n# - square"),
        "'square' stands not behind",
    ),
    "nothing to replace": (GALLERY.replace("# - x * x\n", ""), "no `- ` says what"),
    "no replacement": (GALLERY.replace("# - x * x\n# + x**2\n", ""), "nothing is replaced"),
    "a line of its own": (GALLERY.replace("- x * x", "x * x"), "begins with neither"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_gallery_is_refused_in_a_sentence(course, capsys, case):
    gallery, sentence = BROKEN[case]
    course(gallery=gallery)
    assert main(["answers"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("course: square.py") and sentence in error
    assert error.count("\n") == 1


def test_a_file_without_an_item_and_an_item_without_a_file_are_named(course):
    root = course()
    write_gallery(root, GALLERY, "cube")
    with pytest.raises(CourseError, match="look at cube"):
        gate.gallery_of(root, read_exercise(root, NAME))
    (root / ANSWERS / NAME / "square.py").unlink()
    with pytest.raises(CourseError, match="look at cube, square"):
        gate.gallery_of(root, read_exercise(root, NAME))


def test_what_has_passed_the_gate_is_written_and_not_tried_again(course, capsys, monkeypatch):
    root = course()
    assert main(["build"]) == 0
    assert (root / "notebooks" / f"{NAME}.ipynb").is_file()
    assert f"{NAME} has passed the release gate." in capsys.readouterr().err
    with monkeypatch.context() as patch:
        patch.setattr(gate, "Graders", no_graders)
        assert main(["build"]) == 0
    write_gallery(root, GALLERY + '\n# %% right="pow"\ndef square(x):\n    return pow(x, 2)\n')
    assert main(["build"]) == 0
    assert "has passed" in capsys.readouterr().err


STOPPED = {
    "a broken reference": (
        EXERCISE.replace(REFERENCE, "    return x + x\n"),
        "",
        "all, 'reference': loses square-test, which it should pass",
    ),
    "an untouched notebook with points": (
        LENIENT,
        "",
        "all, 'untouched': passes square-test, which it should lose",
    ),
    "a wrong verdict": (
        EXERCISE,
        GALLERY.replace("return 2 * x", "return x * x"),
        "square, 'twice, which is the same at 2': passes square-test, which it should lose",
    ),
}


@pytest.mark.parametrize("case", STOPPED)
def test_what_does_not_pass_the_gate_is_not_written(course, capsys, case):
    source, gallery, problem = STOPPED[case]
    root = course(source, gallery)
    assert main(["build"]) == 2
    error = capsys.readouterr().err
    assert f"{NAME} does not pass the release gate, so no notebook was written" in error
    assert problem in error
    assert not (root / "notebooks").exists() and not (root / "build").exists()


@pytest.mark.parametrize(("round_", "status"), [(1, 2), (2, 2), (3, 0)])
def test_the_gate_is_passed_twice_with_other_random_numbers(course, capsys, round_, status):
    unlucky = "from course_grader.contract import ROUND\nassert ROUND.get() != "
    course(EXERCISE.replace("assert square(3) == 9", f"{unlucky}{round_}"), "")
    assert main(["build"]) == status
    assert ("all, 'reference': loses square-test" in capsys.readouterr().err) == bool(status)


def test_a_broken_gallery_stops_the_build_before_graders_are_started(course, capsys, monkeypatch):
    root = course(gallery=GALLERY.replace('right="a power"', ""))
    monkeypatch.setattr(gate, "Graders", no_graders)
    assert main(["build"]) == 2
    assert not (root / "notebooks").exists()


def test_without_the_gate_everything_is_written(course, capsys, monkeypatch):
    root = course(EXERCISE.replace(REFERENCE, "    return x + x\n"))
    monkeypatch.setattr(gate, "Graders", no_graders)
    assert main(["build", "--without-gate"]) == 0
    assert (root / "notebooks" / f"{NAME}.ipynb").is_file()
    assert not (root / gate.PASSED).exists()
