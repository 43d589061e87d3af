"""The scan of a bundle for leaks: whatever students must not get.

Secret are the lines of regions that nbgrader takes out (answers, hidden tests, mark schemes) and
that the student version of their notebook does not show. They are compared word by word and sign
by sign, however spaced and broken, with every file of the bundle as it stands and with the decoded
strings of its notebooks, JSON files and Python modules.

- A line that says nothing alone is not looked for alone: one of fewer than four words and signs;
  one of keywords, brackets, commas, colons and at most one name (`if not training:`); one that
  only opens a bracket (`return keras.Sequential(`); in Markdown, one of fewer than five words. A
  region of nothing else is looked for as a whole, with the line above it.
- The course's own code treats what the exercises ask for: a check tests its argument as an answer
  does. So in a module or a notebook one line of an answer in code may stand that has others. Two
  lines of an answer are a leak there, too, and so is its only one. Other files, hidden tests and
  mark schemes are not spared.
"""

import ast
import json
import keyword
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from course_builder import project
from course_builder.build import METADATA, instructor_notebook, student_notebook
from course_builder.bundle import contents
from course_builder.source import REGIONS
from course_grader.errors import CourseError

LARGEST = 1_000_000  # bytes; the largest text of the course has 140,000
# Data of the package that are no texts; what they hold is compared with the source alone.
BINARY = (".jpg", ".npz")
LARGEST_BINARY = 3_000_000
CELL_METADATA = {"cellView", "deletable", "editable", "jupyter", "mystnb", "nbgrader", "tags"}
MARK = re.compile(rf"(BEGIN|END) ({'|'.join(REGIONS)})")
ABSOLUTE = r"/(home|Users)/\w|/(root|tmp)\b|/var/folders/|[A-Za-z]:[\\/]+Users\b"
TOKEN = re.compile(r"\w+|[^\w\s]")
SAYS_NOTHING = re.compile(
    rf"(({'|'.join(keyword.kwlist)})\b\s*)*(\w*[\s()\[\]{{}},:]*|[A-Za-z_][\w.]*[(\[{{])"
)


def find_leaks(root: Path, folder: Path) -> list[str]:
    """One sentence for each thing in the bundle `folder` that students must not get.

    The kinds: files that are not on the allow-list, not what the source gives, too large or not
    UTF-8; marks of regions; absolute paths; outputs and metadata of notebooks; secret lines.
    """
    if not folder.is_dir():
        raise CourseError(f"There is no folder {folder}: name a bundle that was released.")
    files, regions = contents(root), [*_regions(root)]
    shown = [region for region in regions if region.kind == "SOLUTION" and not region.secrets]
    leaks = [f"{region.place}: the student version shows the answer." for region in shown]
    absolute = re.compile(rf"(?<![\w.~-])({re.escape(str(root.resolve()))}\b|{ABSOLUTE})")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            leaks.append(f"{name}: a symbolic link, which may lead anywhere.")
        elif not path.is_dir():
            content = path.read_bytes()
            leaks += [name + leak for leak in _leaks_of_file(name, content, files.get(name))]
            if not name.endswith(BINARY):
                text = content.decode(errors="replace")
                leaks += [name + leak for leak in _leaks_of_text(name, text, absolute, regions)]
    return leaks


@dataclass(frozen=True)
class Region:
    """A region that nbgrader takes out: where it stands, and which of its lines are secret."""

    place: str
    kind: str
    is_prose: bool
    secrets: list[str]


def _regions(root: Path) -> Iterator[Region]:
    for name in project.source_names(root):
        shown = _tokens("\n".join(cell.source for cell in student_notebook(root, name).cells))
        for cell in instructor_notebook(root, name).cells:
            place, is_prose = f"{name}.py, cell {cell.id}", cell.cell_type == "markdown"
            for kind, above, lines in _marked(cell.source):
                telling = [line for line in lines if _tells(line, is_prose)]
                looked_for = telling or ["\n".join([above, *lines])]
                secrets = [line for line in looked_for if _tokens(line) not in shown]
                yield Region(place, kind, is_prose, list(dict.fromkeys(secrets)))


def _marked(source: str) -> Iterator[tuple[str, str, list[str]]]:
    """The regions of a cell that hold anything: kind, the line above, and the lines."""
    above, is_open = "", {}
    for line in filter(None, map(str.strip, source.splitlines())):
        mark = MARK.search(line)
        if not mark:
            above = line
            for _, lines in is_open.values():
                lines.append(line)
        elif mark[1] == "BEGIN":
            is_open[mark[2]] = above, []
        elif (region := is_open.pop(mark[2]))[1]:
            yield mark[2], *region


def _tells(line: str, is_prose: bool) -> bool:
    if is_prose:
        return len(re.findall(r"\w+", line)) >= 5
    return len(TOKEN.findall(line)) >= 4 and not SAYS_NOTHING.fullmatch(line)


def _leaks_of_file(name: str, content: bytes, wanted: bytes | None) -> Iterator[str]:
    parts = PurePosixPath(name).parts
    if name.endswith((".pyc", ".pyo")) or "__pycache__" in parts:
        yield ": bytecode."
    elif any(part.startswith(".") for part in parts):
        yield ": a hidden file."
    elif wanted is None:
        yield ": a file that is not on the allow-list."
    elif content != wanted:
        yield ": not what the source gives; release it again."
    is_binary = name.endswith(BINARY)
    largest = LARGEST_BINARY if is_binary else LARGEST
    if len(content) > largest:
        yield f": {len(content)} bytes, more than {largest}."
    if not is_binary and content.decode(errors="replace").encode() != content:
        yield ": not a text in UTF-8."


def _leaks_of_text(name: str, text: str, path: re.Pattern, regions: list[Region]) -> Iterator[str]:
    parts = [*_parts(name, text)]
    first = {}
    for part in parts:
        for pattern, what in ((MARK, "the mark"), (path, "the absolute path")):
            for match in pattern.finditer(part[1]):
                first.setdefault(f"{what} {match[0]}", _where(part, match))
    yield from (f", {place}: {what}." for what, place in first.items())
    for region in regions:
        found = {line: place for line in region.secrets if (place := _find(parts, line))}
        is_code = name.endswith((".py", ".ipynb")) and not region.is_prose
        may_coincide = is_code and region.kind == "SOLUTION" and len(region.secrets) > 1
        if len(found) > (1 if may_coincide else 0):
            what = f"a line of {region.kind} from {region.place}"
            yield from (f", {place}: {what}: {line!r}." for line, place in found.items())
    if name.endswith(".ipynb"):
        yield from _leaks_of_notebook(_parsed(text))


def _leaks_of_notebook(notebook: dict) -> Iterator[str]:
    for key, value in notebook.get("metadata", {}).items():
        if METADATA.get(key) != value:
            yield f": metadata of the notebook, {key!r}."
    for number, cell in enumerate(notebook.get("cells", []), 1):
        if cell.get("outputs"):
            yield f", cell {number}: outputs."
        if cell.get("execution_count") is not None:
            yield f", cell {number}: an execution count."
        for key in sorted(cell.get("metadata", {}).keys() - CELL_METADATA):
            yield f", cell {number}: metadata, {key!r}."


Part = tuple[str, str]  # where a decoded text stands (empty: it is the file's own), and the text


def _parts(name: str, text: str) -> Iterator[Part]:
    parsed = {} if name.endswith(".py") else _parsed(text)
    cells = parsed.pop("cells", []) if name.endswith(".ipynb") else []
    for number, cell in enumerate(cells, 1):
        yield f"cell {number}", "\n".join(_strings(cell))
    if not cells:
        yield "", text
    yield "a string", "\n".join(_strings(parsed))
    if name.endswith(".py"):
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"line {node.lineno}", node.value


def _parsed(text: str) -> dict:
    """The object in a JSON text; empty where there is none."""
    with suppress(ValueError):
        return json.loads(text) if text.lstrip().startswith("{") else {}
    return {}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield "".join(value)  # a notebook keeps a text as a list of its lines
    elif isinstance(value, list | dict):
        for item in value if isinstance(value, list) else [*value, *value.values()]:
            yield from _strings(item)


@cache
def _tokens(text: str) -> str:
    return f" {' '.join(TOKEN.findall(text))} "


def _find(parts: list[Part], line: str) -> str:
    """Where a line stands first, however spaced and broken; empty where it does not."""
    for part in parts:
        if _tokens(line) in _tokens(part[1]):
            broken = r"\s*".join(map(re.escape, TOKEN.findall(line)))
            return _where(part, re.search(broken, part[1]))
    return ""


def _where(part: Part, match: re.Match) -> str:
    line = part[1].count("\n", 0, match.start()) + 1
    return part[0] or f"line {line}"
