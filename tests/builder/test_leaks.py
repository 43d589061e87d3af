"""The scan of a bundle: each kind of leak is found, and keeps the bundle from being released."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from bundles import MODULE, NAME, NOTEBOOK, assert_nothing_is_released, new_course
from conftest import ROOT

from course_builder.build import student_notebook
from course_builder.leaks import find_leaks
from course_builder.release import release
from course_builder.source import read_source
from course_grader.errors import CourseError


@pytest.fixture
def course(make_course):
    return new_course(make_course)


@pytest.fixture
def bundle(course):
    """The bundle of that course, without a leak."""
    release(course, course / "bundle")
    return course / "bundle"


def test_the_bundle_of_the_course_has_no_leak(real_bundle):
    assert find_leaks(ROOT, real_bundle) == []


def test_a_bundle_that_is_not_there_is_not_called_clean(course):
    with pytest.raises(CourseError, match="There is no folder"):
        find_leaks(course, course / "bundle")


PLANTED = {
    "bytecode": ("course_utils/trials.pyc", b"code", "trials.pyc: bytecode."),
    "a cache": ("course_utils/__pycache__/a.txt", b"", "__pycache__/a.txt: bytecode."),
    "a database": ("gradebook.db", b"", "gradebook.db: a file that is not on the allow-list."),
    "the source": (f"solutions/{NAME}.py", b"", "not on the allow-list"),
    "the command": ("course_builder/cli.py", b"", "not on the allow-list"),
    "a picture": ("course_utils/datasets/a.jpg", b"\xff", "not on the allow-list"),
    "git's folder": (".git/config", b"", ".git/config: a hidden file."),
    "settings": (".env", b"", ".env: a hidden file."),
    "a checkpoint": (f"notebooks/.ipynb_checkpoints/{NAME}.ipynb", b"{}", "a hidden file."),
    "an edited file": ("Makefile", b"run:\n", "Makefile: not what the source gives"),
    "a large file": (MODULE, b"#" * 1_000_001, "1000001 bytes, more than 1000000."),
    "another encoding": (MODULE, "# é\n".encode("latin-1"), "not a text in UTF-8."),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_file_that_does_not_belong_there_is_found(course, bundle, case):
    name, content, sentence = PLANTED[case]
    (bundle / name).parent.mkdir(parents=True, exist_ok=True)
    (bundle / name).write_bytes(content)
    leaks = find_leaks(course, bundle)
    assert any(leak.startswith(name) and sentence in leak for leak in leaks), leaks


def test_symbolic_links_to_files_and_folders_are_found_and_not_followed(course, bundle):
    (bundle / "answers.py").symlink_to(course / "solutions" / f"{NAME}.py")
    (bundle / "answers").symlink_to(course / "solutions")
    assert find_leaks(course, bundle) == [
        "answers: a symbolic link, which may lead anywhere.",
        "answers.py: a symbolic link, which may lead anywhere.",
    ]


CELLS = {
    "outputs": (
        {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]},
        "outputs.",
    ),
    "an execution count": ({"execution_count": 3}, "an execution count."),
    "collapsed": ({"metadata": {"collapsed": True}}, "metadata, 'collapsed'."),
    "scrolled": ({"metadata": {"scrolled": True}}, "metadata, 'scrolled'."),
    "times": ({"metadata": {"execution": {"iopub.execute_input": "t"}}}, "metadata, 'execution'."),
    "Colab": ({"metadata": {"outputId": "1"}}, "metadata, 'outputId'."),
}


@pytest.mark.parametrize("case", CELLS)
def test_what_running_a_notebook_leaves_in_a_cell_is_found(course, bundle, case):
    change, sentence = CELLS[case]
    notebook = json.loads((bundle / NOTEBOOK).read_text())
    notebook["cells"][1].update(change)
    (bundle / NOTEBOOK).write_text(json.dumps(notebook))
    assert f"{NOTEBOOK}, cell 2: {sentence}" in find_leaks(course, bundle)


METADATA = {
    "authors": [{"name": "A. Teacher"}],
    "kernelspec": {"display_name": "My own", "language": "python", "name": "my-own"},
    "widgets": {"application/vnd.jupyter.widget-state+json": {}},
    "colab": {"provenance": []},
    "language_info": {"name": "python", "version": "3.12.1"},
}


@pytest.mark.parametrize("key", METADATA)
def test_metadata_of_a_notebook_are_found(course, bundle, key):
    notebook = json.loads((bundle / NOTEBOOK).read_text())
    notebook["metadata"][key] = METADATA[key]
    (bundle / NOTEBOOK).write_text(json.dumps(notebook))
    assert f"{NOTEBOOK}: metadata of the notebook, {key!r}." in find_leaks(course, bundle)


ABSOLUTE = ["/home/ann/course", "/Users/ann", r"C:\Users\ann", "C:/Users/ann", "/tmp", "/root/x"]


@pytest.mark.parametrize("path", ABSOLUTE)
def test_an_absolute_path_is_found(course, bundle, path):
    files = [MODULE, NOTEBOOK, "README.md"]
    for file in files:
        _plant(bundle / file, f"folder = {json.dumps(path)}")
    leaks = [leak for leak in find_leaks(course, bundle) if "the absolute path" in leak]
    assert {leak.split(",")[0] for leak in leaks} == set(files)


def test_the_path_of_the_course_itself_is_found(bundle):
    (bundle / "README.md").write_text(f"Made in {ROOT}.\n")
    assert f"README.md, line 1: the absolute path {ROOT}." in find_leaks(ROOT, bundle)


def test_addresses_and_relative_paths_are_no_absolute_paths(course, bundle):
    (bundle / "README.md").write_text("https://a.org/home/b, ~/tmp, ./root/x, data/tmp, /rooted\n")
    assert find_leaks(course, bundle) == ["README.md: not what the source gives; release it again."]


SECRETS = {
    "an answer of one line": ("return x ** 3", "a line of SOLUTION from"),
    "spaced otherwise": ("return x**3", "a line of SOLUTION from"),
    "broken": ("return x\n    ** 3", "a line of SOLUTION"),
    "in a comment": ("# cube: return x ** 3, as ever", "a line of SOLUTION from"),
    "two lines of an answer": ("half = x / 2\n\nreturn 4 * half * half", "a line of SOLUTION from"),
    "a hidden test": ("assert square(3) == 9", "a line of HIDDEN TESTS from"),
    "a mark scheme": ("# One point for saying that one seed is no evidence.", "cell why"),
    "an answer that says little": ("def is_odd(squares):\n    return False", "cell is-odd"),
    "the mark of an answer": ("### BEGIN SOLUTION", "the mark BEGIN SOLUTION."),
    "the mark of hidden tests": ("### END HIDDEN TESTS", "the mark END HIDDEN TESTS."),
    "the mark of a mark scheme": ("### BEGIN MARK SCHEME", "the mark BEGIN MARK SCHEME."),
}


@pytest.mark.parametrize("case", SECRETS)
def test_a_secret_in_the_bundle_is_found_in_every_kind_of_file(course, bundle, case):
    text, sentence = SECRETS[case]
    files = [MODULE, NOTEBOOK, f"original/{NAME}.ipynb", "README.md"]
    for file in files:
        _plant(bundle / file, text)
    leaks = [leak for leak in find_leaks(course, bundle) if sentence in leak]
    assert {leak.split(",")[0] for leak in leaks} == set(files)


@pytest.mark.parametrize("case", ["a hidden test", "the mark of an answer"])
def test_a_secret_in_the_course_is_not_released(course, case):
    text, sentence = SECRETS[case]
    _plant(course / MODULE, text)
    assert_nothing_is_released(course, sentence)


def test_a_secret_in_a_string_of_a_module_is_found(course):
    _plant(course / MODULE, r'TEXT = "def cube(x):\n\treturn\tx ** 3\n"')
    assert_nothing_is_released(course, f"{MODULE}, line ")


def test_a_secret_in_recorded_data_is_found(course):
    (course / "course_utils/recorded/odd.json").write_text(r'{"note": "cube:\treturn\tx\u002a*3"}')
    assert_nothing_is_released(course, "odd.json, a string: a line of SOLUTION from")


def test_a_secret_in_a_lesson_is_not_released(course):
    _plant(course / "solutions/01_tiny.py", "return x ** 3")
    assert_nothing_is_released(course, "notebooks/01_tiny.ipynb, cell 3: a line of SOLUTION")


def test_an_answer_that_its_own_student_version_shows_is_not_released(course):
    source = course / "solutions" / f"{NAME}.py"
    source.write_text(source.read_text().replace("def cube(x):", "# return x ** 3\ndef cube(x):"))
    assert_nothing_is_released(
        course, f"{NAME}.py, cell cube: the student version shows the answer."
    )


def test_one_line_of_several_may_stand_in_code_and_nowhere_else(course):
    _plant(course / MODULE, "half = x / 2")
    bundle = course / "bundle"
    release(course, bundle)
    (bundle / "README.md").write_text("half = x / 2\n")
    leaks = find_leaks(course, bundle)
    assert [leak for leak in leaks if "a line of" in leak] == [
        f"README.md, line 1: a line of SOLUTION from {NAME}.py, cell square: 'half = x / 2'."
    ]


def test_lines_that_say_nothing_alone_are_not_looked_for(course):
    _plant(course / MODULE, "def f(model):\n    return False\n\n# Half a point.")
    assert release(course, course / "bundle")


# The lines of the course's own answers that are not looked for alone, by the rule that
# leaks.py states. None of them answers anything: whoever adds one decides that it does not.
SAY_NOTHING = {
    *("[", "]", ")", "}", '"""', "else:", "return keras.Sequential("),
    *("if not training:", "return side", "return poolings", "poolings = 0", "return model"),
    "return shown(ax)",  # which the text of the item asks for
    *("in training.", "own tables:", "two changes, other photographs.", "for either half."),
    *("tables:", "old_cnn = {", "misplaced = {", "return handed_on"),
    *("cases = {", "dropout_evidence, dropout_chosen, step=deeper_kept[1]"),
    *("augmented_evidence, augmented_chosen, step=dropout_kept[1]",),
    *("checks.dropout_evidence.choice_follows_from_validation(",),
    *("checks.augmented_evidence.choice_follows_from_validation(",),
    *("checks.augmented_test.conclusion_follows(", "without dropout, right labels."),
}


def test_every_line_of_a_real_answer_is_looked_for_unless_it_says_nothing(real_bundle, tmp_path):
    bundle = tmp_path / "bundle"
    shutil.copytree(real_bundle, bundle)
    exercises = sorted((ROOT / "solutions").glob("*_exercises.py"))
    lines = [line for source in exercises for line in _answer_lines(source.stem)]
    (bundle / "README.md").write_text("\n\n".join(lines))
    found = "\n".join(find_leaks(ROOT, bundle))
    unseen = {line for line in lines if repr(line) not in found}
    assert len(lines) > 300
    assert unseen <= SAY_NOTHING


def _answer_lines(name: str) -> list[str]:
    """The lines in answers and hidden tests of an exercise that its students do not see."""
    shown = {
        line.strip()
        for cell in student_notebook(ROOT, name).cells
        for line in cell.source.split("\n")
    }
    lines, is_inside = [], False
    for cell in read_source(ROOT, name).cells:
        for line in cell.source.split("\n"):
            if line.strip().startswith("### "):
                is_inside = "BEGIN" in line
            elif is_inside and line.strip() and line.strip() not in shown:
                lines.append(line.strip())
    return lines


def _plant(path: Path, text: str) -> None:
    """Add a text behind what a file holds: in a cell of its own where it is a notebook."""
    if path.suffix == ".ipynb":
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell(text))
        nbformat.write(notebook, path)
    else:
        path.write_text(f"{path.read_text()}\n{text}\n")
