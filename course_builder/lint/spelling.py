"""Spelling, by codespell: its lists of mistakes, and its list of English words, read backwards.

The course is written in British English. codespell's list leads from British to American words.
"""

import importlib.resources
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from course_builder.lint.figures import alternative_texts
from course_builder.lint.pages import Course, Finding, Page
from course_grader.errors import CourseError

LISTS = "clear,rare"
FOUND = 65  # how codespell ends if it finds something
BRITISH_TO_AMERICAN = "dictionary_en-GB_to_en-US.txt"
MORE = "learned->learnt\nspelled->spelt\n"
# British words that are American ones for something else; and things of Keras.
ALLOWED = (
    "biased,focused,focuses,focusing,practice,practices,program,routing,stories,meter,meters,"
    "writable,optimizer,optimizers,regularizer,regularizers,initializer,initializers"
)


def words_are_spelt_right(course: Course) -> Iterator[Finding]:
    """The prose and the alternative texts are spelt right, in British English.

    Raises CourseError where codespell is missing.
    """
    texts = [
        (page, line, text)
        for page in (*course.texts(), *course.documents)
        for line, text in _texts(page)
    ]
    for number, wrong, right in _misspelt([text for _, _, text in texts]):
        page, line, _ = texts[number]
        yield page.finding(line, "spelling", f"{wrong!r}: write {right!r}.")


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    yield from ((block.line, block.text) for block in page.prose())
    yield from alternative_texts(page)


def _misspelt(texts: list[str]) -> Iterator[tuple[int, str, str]]:
    """The number of the text, the word and what to write, for each word that is wrong."""
    if importlib.util.find_spec("codespell_lib") is None:
        raise CourseError(
            "The spelling cannot be checked, since codespell is not installed: "
            "install the extra `developer`."
        )
    with tempfile.TemporaryDirectory() as folder:
        british = Path(folder) / "british.txt"
        british.write_text(_american_to_british(), encoding="utf-8")
        options = ["--builtin", LISTS, "-D", "-", "-D", str(british), "-L", ALLOWED]
        command = [sys.executable, "-m", "codespell_lib", *options, "-"]
        lines = "\n".join(" ".join(text.split()) for text in texts)
        done = subprocess.run(
            command, input=lines, capture_output=True, text=True, encoding="utf-8", cwd=folder
        )
    if done.returncode not in (0, FOUND):
        raise CourseError(f"codespell ended with {done.returncode}: {done.stderr.strip()[:500]}")
    for number, wrong, right in re.findall(r"^(\d+): .*\n\t(.+) ==> (.+)$", done.stdout, re.M):
        yield int(number) - 1, wrong, right


def _american_to_british() -> str:
    words = importlib.resources.files("codespell_lib") / "data" / BRITISH_TO_AMERICAN
    pairs = [line.split("->") for line in words.read_text(encoding="utf-8").splitlines()]
    return MORE + "".join(
        f"{american.strip()}->{british}\n"
        for british, americans in pairs
        for american in americans.split(",")
        if american.strip()
    )
