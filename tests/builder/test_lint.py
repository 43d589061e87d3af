"""`course lint`: one small course without a fault, and one fault at a time."""

import re
import subprocess
import sys

import pytest
from conftest import HEADER
from running import COURSE

from course_builder import cli
from course_builder.cli import main
from course_builder.lint import lint
from course_builder.lint.pages import read_course
from course_builder.lint.references import QUOTED, WORKS
from course_grader.errors import CourseError
from course_utils import trials

LESSON = "solutions/01_tiny.py"
EXERCISES = "solutions/01_tiny_exercises.py"
CLAIMS, NET = "recorded/01_tiny.toml", "recorded/net.csv"
FILES = {
    LESSON: """\
# %% [markdown]
# # 01 A tiny lesson
#
# **Question.** Does it help?
#
# **After this lesson you can**
#
# - tell a rate from a keep-probability;
# - choose a rate.
#
# **Time.** About a minute. An old notebook had 47 %.

# %% [markdown]
# ## 1 The mask
#
# `Dropout` at rate 0.5 is that of Hinton and others (2012, arXiv:1207.0580).
#
# **Predict.** What comes out, with its 95 % interval?

# %% [markdown]
# *Your prediction (double-click here to write):*

# %%
model = keras.Sequential([layers.Dense(2)])

# %% tags=["first-comparison"]
model.evaluate(x)

# %% What comes out? tags=["hide-input"]
%matplotlib inline
def show(axes, alt):
    return plotting.picture(axes, alt)

layer = Dropout(0.5)  # not SpatialDropout
show(axes, alt="The effect is near zero " "at every rate.")
plotting.picture(axes, alt=f"At rate {rate} most of the units are kept.")

# %% tags=["experiment"]
net, rivals = Experiment("net", data="digits"), Experiment("rivals", data="digits")

# %% [markdown]
# ![The same figure as a picture in the text.](figure.png)
#
# > **Rate and keep-probability.** The probability of *keeping* is 1 minus the rate.
#
# ## What others found
#
# See [issue 1](https://example.org/issues/1).
#
# ## What would change our mind
#
# ## Key points
#
# ## What the evidence says
#
# ## References
#
# - G. Hinton and others (2012). A title that is not
#   misspelled. Somewhere 15. [arXiv:1207.0580](https://arxiv.org/abs/1207.0580)
""",
    EXERCISES: """\
# %% [markdown]
# # Exercises

# %% [markdown] serves=["tell a rate"]
# ## 1. Two words, 3 points

# %% nbgrader="words" points=3
assert answer

# %% [markdown] serves=["choose a rate"]
# ## 2. A choice

# %% nbgrader="choice" points=1
assert choice
""",
    WORKS: """\
key,authors,year,title,where,address,seen
hinton,G. Hinton and others,2012,A title that is not misspelled,Somewhere 15,https://arxiv.org/abs/1207.0580,2026-01-31
thread,,,A thread,,https://example.org/issues/1,
old,,,An old notebook,,,
""",
    QUOTED: """\
page,figure,source,note
01_tiny,47 %,old,one run
""",
    "README.md": """\
# A course

[Instructors](docs/instructors.md) read more than this.
""",
    "docs/instructors.md": "# For instructors\n",
    CLAIMS: """\
[[claim]]
name = "gain"
sentence = "Rate 0.5 raises the accuracy"
experiment = "net"
measure = "accuracy"
baseline = {rate = 0.0, units = 8}
treatment = {rate = 0.5, units = 8}
shown = true
""",
    NET: """\
rate,units,seed,accuracy
0.0,8,0,0.8
0.0,8,1,0.8
0.5,8,0,0.9
0.5,8,1,0.91
""",
    "recorded/net.json": '{"data_sha256": "1"}',
    "recorded/rivals.csv": "trees,seed,accuracy\n30,0,0.7\n30,1,0.7\n",
    "recorded/rivals.json": '{"data_sha256": "2"}',
}  # fmt: skip


@pytest.fixture(autouse=True)
def recorded(tmp_path, monkeypatch):
    """The claims and records of that course, not those of the course itself."""
    monkeypatch.setattr(trials, "recorded_folder", lambda: tmp_path / "recorded")


@pytest.fixture
def findings(tmp_path):
    """What lint finds in the course with a fault: file, old text, new text."""

    def findings(file=LESSON, old="", new=""):
        assert not old or FILES[file].count(old) == 1
        return lint(read_course(write_course(tmp_path, file, old, new)))

    return findings


def write_course(folder, file=LESSON, old="", new=""):
    (folder / "pyproject.toml").touch()
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        changed = text.replace(old, new) if name == file and old else text
        path.write_text(HEADER.partition("# %%")[0] * name.endswith(".py") + changed)
    return folder


def test_a_course_without_a_fault_has_no_finding(findings):
    assert findings() == []


FIRST = 'tags=["first-comparison"]'
MODEL = "model.evaluate(x)"
COMPARISON = '# %% tags=["method"]\nstatistics.select(x)\n\n'
CLAIM = (
    FILES[CLAIMS]
    .replace('"gain"', '"gain {number}"')
    .replace("{rate", "{{rate")
    .replace("8}", "8}}")
)

# What is replaced, by what -> the rule that finds it, and words of its sentence.
IN_THE_LESSON = {
    "no question": ("**Question.**", "Question:", "the skeleton", "**Question.**"),
    "no time": ("**Time.**", "Time:", "the skeleton", "**Time.**"),
    "no prediction": ("**Predict.**", "Predict:", "the skeleton", "before a result"),
    "no evidence": ("## What the evidence says", "", "the skeleton", "evidence says"),
    "parts exchanged": ("## What would change our mind\n#\n# ## Key points",
                        "## Key points\n#\n# ## What would change our mind",
                        "the skeleton", "## Key points"),
    "nowhere to predict": ("*Your prediction (double", "*(double", "predictions", "no cell"),
    "a level left out": ("## 1 The mask", "### 1 The mask", "headings", "level 3 follows level 1"),
    "two titles": ("## 1 The mask", "# The mask", "headings", "second title"),
    "a heading twice": ("## 1 The mask", "## Key points", "headings", "twice"),
    "text before the title": ("# # 01 A tiny", "# Hello.\n#\n# # 01 A tiny", "headings", "before"),
    "no text": ('plotting.picture(axes, alt=f"At rate {rate} most of the units are kept.")',
                "plotting.picture(axes)", "alternative texts", "say what the figure shows"),
    "a short text": ("At rate {rate} most of the units are kept.", "Masks.",
                     "alternative texts", "'Masks.'"),
    "no full stop": ('"at every rate."', '"at every rate"', "alternative texts", "full stop"),
    "a text of a call": ("The effect is near zero ", "", "alternative texts", "'at every rate.'"),
    "a picture in the prose": ("The same figure as a picture in the text.", "figure",
                               "alternative texts", "'figure'"),
    "shown without a text": ("%matplotlib inline", "plt.show()", "alternative texts", "plt.show"),
    "a percentage": ("Does it help?", "Does it help by 3.5 %?", "typed results", "'3.5 %'"),
    "per cent": ("Does it help?", "Does it help by 12 per cent?", "typed results", "12 per cent"),
    "points": ("Does it help?", "It gains 2.1 points.", "typed results", "'2.1 points'"),
    "nats": ("Does it help?", "The loss falls by 0.1 nats.", "typed results", "'0.1 nats'"),
    "an accuracy": ("Does it help?", "The accuracy is 0.97.", "typed results", "'0.97'"),
    "an accuracy without a nought": ("Does it help?", "Its accuracy was about .4.",
                                     "typed results", "'.4'"),
    "a number before its measure": ("Does it help?", "It has 0.4 test accuracy.",
                                    "typed results", "'0.4'"),
    "two accuracies": ("Does it help?", "Accuracy rises to 0.4 from 0.3, not 0.931.",
                       "typed results", "'0.931'"),
    "a count": ("Does it help?", "It gets 98 of 100 digits right.", "typed results", "'98 of 100'"),
    "a result in a figure's text": ("The effect is near zero", "The effect is 3 points",
                                    "typed results", "'3 points'"),
    "a result in a string": ("%matplotlib inline", 'print("It gains 3 %.")', "typed results",
                             "'3 %'"),
    "another word for the rate": ("Does it help?", "Which dropout probability?", "words", "'rate'"),
    "keep rate": ("Does it help?", "Which keep rate?", "words", "'keep-probability'"),
    "keeping outside its box": ("Does it help?", "The keep-probability helps.", "words", "box"),
    "an exclamation mark": ("Does it help?", "It helps!", "words", "exclamation mark"),
    "an emoji": ("Does it help?", "It helps \N{GRINNING FACE}.", "words", "emoji"),
    "no such layer": ("`Dropout` at", "`SpatialDropout` at", "names", "'SpatialDropout'"),
    "no such argument": ("`Dropout` at", "`Dropout(rates=0.5)` at", "names", "'rates'"),
    "no such rate": ("at rate 0.5 is", "at rates 0.5 and 0.25 is", "rates", "the rate 0.25"),
    "no such rate in a call": ("`Dropout` at", "`Dropout(0.4)` at", "rates", "the rate 0.4"),
    "a reference with another title": ("A title that", "Another title that", "references",
                                       "A title that is not misspelled"),
    "a reference to a copy": ("# ## References\n#\n", "# ## References\n#\n# - A. Author (2013). "
                              "A title. [example.org](https://example.org/copy.pdf)\n",
                              "references", "no DOI or arXiv abstract"),
    "a reference to no work": ("# ## References\n#\n", "# ## References\n#\n# - A. Author (2013). "
                               "A title. [arXiv:1301.0001](https://arxiv.org/abs/1301.0001)\n",
                               "references", "an address that is not in"),
    "a citation with another year": ("(2012, arXiv", "(2014) (arXiv", "citations", "Hinton 2014"),
    "a citation with another name": ("that of Hinton", "that of Hinten", "citations", "Hinten"),
    "a citation of another work": ("arXiv:1207.0580).", "arXiv:1207.0599).", "citations",
                                   "1207.0599"),
    "an unknown address": ("Does it help?", "See [this](https://example.org/).", "links",
                           "is not in solutions/references.csv"),
    "a link that is not safe": ("Does it help?", "See [this](http://example.org).", "links",
                                "http://example.org"),
    "a link to no notebook": ("Does it help?", "See [this](02_next.ipynb).", "links", "02_next"),
    "a mistake": ("Does it help?", "Does it halp, teh net?", "spelling", "'teh': write 'the'"),
    "a mistake in a figure's text": ("The effect is", "The efect is", "spelling", "'efect'"),
    "American English": ("Does it help?", "Does color memorize?", "spelling", "'color'"),
    "an open figure": ('What comes out? tags=["hide-input"]', "", "folding", "a figure is drawn"),
    "a folded model": (FIRST, 'Is it? tags=["first-comparison", "hide-input"]', "folding", "asked"),
    "a folded model by another name": ("%matplotlib inline", "def ask(x):\n    return model(x, "
                                       "training=True)\n\nask(x)", "folding", "asked in a folded"),
    "an open comparison": (MODEL, MODEL + "\nstatistics.select(x)", "folding", "are compared in"),
    "recorded trials by another name": (MODEL, MODEL + "\n\n# %% Trials tags=[\"hide-input\"]\n"
                                        "table = net.recorded()\n\n# %% tags=[]\ntable.mean()",
                                        "folding", "are compared in an open cell"),
    "a method that compares nothing": (FIRST, 'tags=["first-comparison", "method"]', "folding",
                                       "take it away"),
    "many methods": (f"# %% {FIRST}", f"{4 * COMPARISON}# %% {FIRST}", "folding", "more than 3"),
    "no first comparison": (f" {FIRST}", "", "reading", "0 cells have the tag"),
    "a late comparison": ("Does it help?", "Does it help?" + " word" * 2000, "reading",
                          "before the first comparison, above 10"),
    "a long lesson": ("# ## Key points", "# ## Key points\n#\n#" + " word" * 12000, "reading",
                      "minutes of reading, above 60"),
    "a long cell": (MODEL, 26 * (MODEL + "\n"), "reading", "an open cell of 26 lines"),
    "a result in a title": ("What comes out?", "Why 3 points?", "typed results", "'3 points'"),
    "a mistake in a title": ("What comes out?", "What teh?", "spelling", "'teh'"),
    "an objective without an item": ("# - choose a rate.", "# - choose a rate;\n# - train a net.",
                                     "objectives", "serves this objective: train a net."),
}  # fmt: skip
ELSEWHERE = {
    "a lesson that imports the grader": (LESSON, "# %%\n", "# %%\nimport course_grader\n",
                                         "imports", "a lesson imports course_utils only"),
    "a lesson that imports checks": (LESSON, "# %%\n", "# %%\nimport course_checks\n",
                                     "imports", "course_utils only, not course_checks"),
    "an exercise that imports the builder": (EXERCISES, "assert answer", "import course_builder",
                                             "imports", "not course_builder"),
    "checks in sight of submissions": (EXERCISES, "assert answer", "import course_checks",
                                       "imports", "in a cell of its own, tagged tests-only"),
    "a result in an exercise": (EXERCISES, "# # Exercises", "# # Exercises\n#\n# It gains 2 %.",
                                "typed results", "'2 %'"),
    "an item without an objective": (EXERCISES, "1. Two words, 3 points", "1. Two words\n\n"
                                     '# %% nbgrader="more" points=3\n1\n\n'
                                     "# %% [markdown]\n# ## Three words",
                                     "objectives", "'Three words' serves no objective"),
    "an objective that is not there": (EXERCISES, '"choose a rate"', '"choose a rate", "choose it"',
                                       "objectives", "'choose it' are the first words of 0"),
    "two objectives": (LESSON, "# - choose a rate.", "# - choose a rate;\n# - choose a rate well.",
                       "objectives", "'choose a rate' are the first words of 2"),
    "a work that nobody uses": (WORKS, "old,", "older,,,An older notebook,,,\nold,", "works",
                                "'older'"),
    "a figure of others without its row": (QUOTED, "47 %", "Time", "typed results", "'47 %'"),
    "a quoted figure without a source": (QUOTED, "one run\n",
                                         "one run\n01_tiny,47 %,elsewhere,\n", "quoted figures",
                                         "'elsewhere' is no key"),
    "a figure that is quoted nowhere": (QUOTED, "one run\n", "one run\n01_tiny,83 %,old,one run\n",
                                        "quoted figures", "'83 %' is not on the page"),
    "a result in a claim": (CLAIMS, "raises the accuracy", "gives an accuracy of 0.93",
                            "typed results", "'0.93'"),
    "a rate in a claim that is not there": (CLAIMS, "Rate 0.5", "Rate 0.6", "rates", "0.6"),
    "a mistake in a claim": (CLAIMS, "raises the", "raises teh", "spelling",
                             "'teh'"),
    "another word in a claim": (CLAIMS, "Rate 0.5 raises", "Dropout probability 0.5 raises",
                                "words", "'rate'"),
    "a claim on no experiment": (CLAIMS, '"net"', '"nets"', "claims",
                                 "gain: the lesson has no experiment 'nets'"),
    "a claim on a part of a condition": (CLAIMS, "0.5, units = 8", "0.5", "claims",
                                         "{'rate': 0.5} is no whole condition: name rate, units"),
    "a claim on no condition": (CLAIMS, "0.5, units", "0.4, units", "claims", "No trial has"),
    "a claim on no measure": (CLAIMS, '"accuracy"', '"loss"', "claims", "no measure 'loss'"),
    "no claim is shown": (CLAIMS, "shown = true", "", "claims", "0 claims are shown"),
    "many claims are shown": (CLAIMS, "shown = true\n", "shown = true\n" + "".join(
                              CLAIM.format(number=number) for number in range(8)), "claims",
                              "9 claims are shown"),
    "a claim across two data sets": (CLAIMS, "baseline = {rate = 0.0, units = 8}",
                                     'baseline_experiment = "rivals"\nbaseline = {trees = 30}',
                                     "claims", "rivals and net were recorded on other data each"),
    "a mistake in a document": ("README.md", "more than this", "more then this is recieved",
                                "spelling", "'recieved'"),
    "a link of a document": ("README.md", "docs/instructors.md", "docs/teachers.md", "links",
                             "docs/teachers.md"),
}  # fmt: skip
FAULTS = {name: (LESSON, *fault) for name, fault in IN_THE_LESSON.items()} | ELSEWHERE


def test_a_claim_on_what_is_not_recorded_is_a_fault(tmp_path):
    course = write_course(tmp_path)
    (course / NET).unlink()
    [finding] = lint(read_course(course))
    assert (finding.file, finding.line, finding.rule) == (CLAIMS, 3, "claims")
    assert "There is no recorded file net.csv" in finding.sentence


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_its_rule_and_by_no_other(findings, name):
    file, old, new, rule, words = FAULTS[name]
    found = findings(file, old, new)
    assert {finding.rule for finding in found} == {rule}
    assert any(words in finding.sentence for finding in found)


def test_a_finding_names_the_line(findings, tmp_path):
    [finding] = findings(LESSON, "Does it help?", "Does it help by 2 %?")
    line = (tmp_path / finding.file).read_text().splitlines()[finding.line - 1]
    assert "Does it help by 2 %?" in line


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("2026-01-31", "31 January", "such as 2026-01-31"), ("\nold,", "\nhinton,", "used already")],
)
def test_a_table_that_cannot_be_read_is_an_error(findings, old, new, words):
    with pytest.raises(CourseError, match=words):
        findings(WORKS, old, new)


def test_without_codespell_the_spelling_is_not_passed_over(findings, monkeypatch):
    monkeypatch.setitem(sys.modules, "codespell_lib", None)
    with pytest.raises(CourseError, match="install the extra `developer`"):
        findings()


def test_a_broken_codespell_is_not_passed_over(findings, monkeypatch):
    broken = subprocess.CompletedProcess([], 1, stdout="", stderr="no list of words")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: broken)
    with pytest.raises(CourseError, match="no list of words"):
        findings()


def markdown_cells():
    cells = [cell.split("\n", 1) for cell in FILES[LESSON].split("# %%")]
    return [
        re.sub("^# ?", "", text[0], flags=re.MULTILINE)
        for marker, *text in cells
        if "[markdown]" in marker
    ]


def test_the_command_prints_the_map_of_objectives_and_the_measures(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(write_course(tmp_path))
    assert main(["lint"]) == 0
    *lines, head, measures = capsys.readouterr().out.splitlines()
    assert lines == [
        "01_tiny: tell a rate from a keep-probability",
        "    01_tiny_exercises: 1. Two words, 3 points",
        "01_tiny: choose a rate",
        "    01_tiny_exercises: 2. A choice",
    ]
    assert head.split("  ")[0] == "lesson" and "minutes to first" in head
    # Of 3 open lines 2 stand in cells with a model; a minute is 200 words, or 15 lines.
    words = sum(len(cell.split()) for cell in markdown_cells())
    assert measures.split()[:5] == ["01_tiny", str(words), "3", "6", "67%"]
    assert measures.split()[-1] == f"{words / 200 + 3 / 15:.1f}"


def test_the_command_prints_the_findings_last_and_ends_with_1(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(write_course(tmp_path, LESSON, "Does it help?", "It helps!"))
    assert main(["lint"]) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"{LESSON}:12: an exclamation mark")


@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_who_stops_early_gets_no_traceback(tmp_path, lines):
    command, course = [COURSE, "lint"], write_course(tmp_path)
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(lines):
        process.stdout.readline()
    process.stdout.close()
    _, said = process.communicate()
    assert said == b""
    # Behind the first line there may be nothing left to write.
    assert process.returncode in (cli.NOT_READ, 0)[: 1 + lines]
