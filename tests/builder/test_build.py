"""From source to notebook: one rule, deterministic, and broken sources named."""

import json
import subprocess
import sys

import nbformat
import pytest

from course_builder.build import instructor_notebook, student_notebook
from course_builder.cli import main

ANSWER = '# %% nbgrader="square"'
TEST = '# %% nbgrader="square-test" points=2'
EXERCISE = f"""
{ANSWER}
def square(x):
    ### BEGIN SOLUTION
    return x * x
    ### END SOLUTION

{TEST}
assert square(2) == 4
### BEGIN HIDDEN TESTS
assert square(3) == 9
### END HIDDEN TESTS
"""


def test_the_student_gets_no_answers_and_no_hidden_tests(make_course):
    course = make_course(**{"01_tiny_exercises": EXERCISE})
    assert main(["build", "--without-gate"]) == 0
    text = (course / "notebooks" / "01_tiny_exercises.ipynb").read_text()
    for secret in ("x * x", "square(3)", "BEGIN SOLUTION", "HIDDEN"):
        assert secret not in text
    assert "raise NotImplementedError()" in text and "square(2) == 4" in text
    full = (course / "build/source/01_tiny_exercises/01_tiny_exercises.ipynb").read_text()
    assert "x * x" in full and "square(3)" in full


def test_building_twice_gives_the_same_bytes_and_ids_survive_new_cells(make_course):
    course = make_course(**{"01_tiny_exercises": EXERCISE})
    notebook = course / "notebooks" / "01_tiny_exercises.ipynb"
    main(["build", "--without-gate"])
    first = notebook.read_bytes()
    main(["build", "--without-gate"])
    assert notebook.read_bytes() == first
    ids = [cell["id"] for cell in json.loads(first)["cells"]]
    assert "square" in ids and "square-test" in ids and len(set(ids)) == len(ids)
    source = course / "solutions" / "01_tiny_exercises.py"
    source.write_text(source.read_text().replace(ANSWER, "# %% [markdown]\n# New.\n\n" + ANSWER))
    main(["build", "--without-gate"])
    assert set(ids) < {cell["id"] for cell in json.loads(notebook.read_bytes())["cells"]}


FOLDED = """
# %% Does the gain last? tags=["hide-input"]
print(1)
"""


def test_a_folded_cell_is_folded_wherever_the_notebook_is_shown(make_course):
    """JupyterLab reads `source_hidden`, Colab `cellView` and `@title`, MyST-NB tag and prompt."""
    course = make_course(**{"01_tiny": FOLDED})
    title = "Does the gain last?"
    *_, cell = student_notebook(course, "01_tiny").cells
    assert cell.source == f"# @title {title}\nprint(1)"
    assert cell.metadata == {
        "cellView": "form",
        "jupyter": {"source_hidden": True},
        "mystnb": {"code_prompt_hide": title, "code_prompt_show": title},
        "tags": ["hide-input"],
    }


@pytest.mark.parametrize(
    "marker",
    ['# %% tags=["hide-input"]', "# %% A title", '# %% [markdown] tags=["hide-input"]'],
)
def test_a_title_without_a_fold_and_a_fold_without_a_title_are_refused(make_course, marker, capsys):
    make_course(**{"01_tiny": f"{marker}\nprint(1)\n"})
    assert main(["build"]) == 2
    said = capsys.readouterr().err
    assert "01_tiny.py, line" in said and ("a title" in said or "only code" in said)


def test_equal_cells_get_different_ids(make_course):
    make_course(**{"01_tiny": "# %%\nprint(1)\n\n# %%\nprint(1)\n"})
    assert main(["build"]) == 0


def test_check_names_what_is_stale_and_changes_nothing(make_course, capsys):
    course = make_course(**{"01_tiny": "# %%\n1 + 1\n", "02_tiny": "# %%\n2 + 2\n"})
    assert main(["build", "--check"]) == 1
    assert not (course / "notebooks").exists()
    main(["build"])
    assert main(["build", "--check"]) == 0
    notebooks = course / "notebooks"
    edited = (notebooks / "01_tiny.ipynb").read_text().replace("1 + 1", "1 + 2")
    (notebooks / "01_tiny.ipynb").write_text(edited)
    (notebooks / "03_gone.ipynb").write_text("{}")
    capsys.readouterr()
    assert main(["build", "--check"]) == 1
    printed = capsys.readouterr().out
    assert "01_tiny.ipynb differs" in printed and "03_gone.ipynb has no source" in printed
    assert "02_tiny" not in printed
    assert (notebooks / "01_tiny.ipynb").read_text() == edited
    main(["build"])
    assert "notebooks/03_gone.ipynb removed" in capsys.readouterr().out
    assert not (notebooks / "03_gone.ipynb").exists()


BROKEN = {
    "an unclosed solution": (
        EXERCISE.replace("    ### END SOLUTION\n", ""),
        "line 13: BEGIN SOLUTION is never closed",
    ),
    "a solution closed twice": (
        EXERCISE.replace("    ### END SOLUTION\n", "    ### END SOLUTION\n" * 2),
        "END SOLUTION where the region was never opened",
    ),
    "a solution in a solution": (
        EXERCISE.replace("    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n" * 2),
        "BEGIN SOLUTION where the region is not closed yet",
    ),
    "unclosed hidden tests": (
        EXERCISE.replace("### END HIDDEN TESTS\n", ""),
        "BEGIN HIDDEN TESTS is never closed",
    ),
    "a solution outside an answer cell": (
        EXERCISE.replace(ANSWER, "# %%"),
        "so students would see it",
    ),
    "hidden tests outside a test cell": (
        EXERCISE.replace(TEST, "# %%"),
        "hidden tests stand in a cell that is not graded",
    ),
    "duplicate grade ids": (
        EXERCISE.replace('"square-test"', '"square"'),
        "the grade_id 'square' is used already (01_tiny_exercises.py, line 13)",
    ),
    "points without a grade id": (
        EXERCISE.replace(TEST, "# %% points=2"),
        "points and locked need a grade id",
    ),
    "a grade id with a space": (
        EXERCISE.replace('"square-test"', '"square test"'),
        "the grade id is 'square test'",
    ),
    "nbgrader's own metadata": (
        EXERCISE.replace('nbgrader="square"', 'nbgrader={"grade_id": "square"}'),
        "the grade id is {'grade_id': 'square'}",
    ),
    "a test without points": (
        EXERCISE.replace(" points=2", ""),
        "hidden tests stand in a cell that is not graded",
    ),
    "points that are no number": (
        EXERCISE.replace("points=2", 'points="2"'),
        "points is '2': write a number",
    ),
    "points below 0": (EXERCISE.replace("points=2", "points=-1"), "points is -1"),
    "a paragraph without points": (
        EXERCISE + '\n# %% [markdown] nbgrader="why"\n# Why?\n',
        "what a person reads has points",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_source_is_named_and_nothing_is_written(make_course, capsys, case):
    cells, message = BROKEN[case]
    course = make_course(**{"00_fine": "# %%\n1\n", "01_tiny_exercises": cells})
    assert main(["build"]) == 2
    error = capsys.readouterr().err
    assert message in error and "01_tiny_exercises.py" in error
    assert not (course / "notebooks").exists() and not (course / "build").exists()


def test_a_source_without_a_title_is_refused(make_course, capsys):
    course = make_course(**{"01_tiny": ""})
    (course / "solutions" / "01_tiny.py").write_text("# %%\n1 + 1\n")
    assert main(["build"]) == 2
    assert "does not start with a title" in capsys.readouterr().err


def test_outside_the_course_the_command_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert "is not inside the course's folder" in capsys.readouterr().err


def test_without_an_address_no_badge_and_no_address(make_course):
    course = make_course(**{"01_tiny": "# %%\n1\n"})
    text = nbformat.writes(student_notebook(course, "01_tiny"))
    assert "http" not in text and "colab" not in text.lower()


def test_with_an_address_there_is_a_badge_to_it(make_course):
    course = make_course("https://github.com/someone/somewhere", **{"01_tiny": "# %%\n1\n"})
    text = nbformat.writes(student_notebook(course, "01_tiny"))
    assert "/github/someone/somewhere/blob/main/notebooks/01_tiny.ipynb" in text
    assert "git+https://github.com/someone/somewhere" in text


def test_an_address_elsewhere_installs_but_shows_no_badge(make_course):
    course = make_course("https://example.org/team/course", **{"01_tiny": "# %%\n1\n"})
    text = nbformat.writes(student_notebook(course, "01_tiny"))
    assert "colab.research" not in text and "git+https://example.org/team/course" in text


@pytest.mark.parametrize("address", ["", "https://github.com/someone/somewhere"])
def test_the_first_cell_says_in_one_sentence_what_to_do(make_course, tmp_path, address):
    course = make_course(address, **{"01_tiny": "# %%\n1\n"})
    result = _run_first_cell(course, tmp_path, "")
    last = result.stderr.strip().splitlines()[-1]
    assert result.returncode == 1
    assert last.startswith("ModuleNotFoundError: The package course_utils is not installed")
    assert "`make lab`" in last and "%pip install" in last
    assert "Traceback" in result.stderr and result.stderr.count("Error") == 1


def test_on_colab_the_first_cell_says_what_to_do_when_pip_fails(make_course, tmp_path):
    """With a stand-in google.colab and a stand-in pip, which reports and fails to install."""
    course = make_course("https://github.com/someone/somewhere", **{"01_tiny": "# %%\n1\n"})
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__init__.py").touch()
    (tmp_path / "pip" / "__main__.py").write_text(
        "import sys; sys.exit(' '.join(sys.argv[1:]) if 'install' in sys.argv else 0)"
    )
    colab = "import sys, types; sys.modules['google.colab'] = types.ModuleType('colab')\n"
    result = _run_first_cell(course, tmp_path, colab)
    assert result.stdout.startswith("install --constraint ")
    assert "git+https://github.com/someone/somewhere" in result.stdout
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("RuntimeError: pip could not add the package course_utils")
    assert "run this cell again" in last and result.stderr.count("Error") == 1


def test_the_first_cell_is_silent_where_the_package_is_there(make_course, root):
    course = make_course(**{"01_tiny": "# %%\n1\n"})
    code = student_notebook(course, "01_tiny").cells[1].source
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_importing_the_package_imports_no_tensorflow():
    code = (
        "import sys, course_utils;"
        "print(sorted({'tensorflow', 'keras', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr


def test_instructor_and_student_have_the_same_cells(root):
    full = instructor_notebook(root, "01_mlp_exercises")
    bare = student_notebook(root, "01_mlp_exercises")
    assert [cell.id for cell in full.cells] == [cell.id for cell in bare.cells]


def _run_first_cell(course, folder, before):
    """The first code cell in a Python that has no course_utils; `folder` is on its path."""
    cells = student_notebook(course, "01_tiny").cells
    code = next(cell.source for cell in cells if cell.cell_type == "code")
    return subprocess.run(
        [sys.executable, "-S", "-c", before + code],
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
    )
