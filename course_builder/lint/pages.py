"""The pages of the course as the rules read them: cells and prose, each with its line."""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course_builder import project
from course_builder.experiments import LessonCode
from course_builder.source import CELL_MARKER, FOLDED, read_source
from course_grader.cells import CellKind
from course_grader.notebooks import grading, tags
from course_utils import trials


@dataclass(frozen=True)
class Finding:
    """What is wrong, where (a file and a line), by which rule."""

    file: str
    line: int
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence} ({self.rule})"


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph.

    level: of a heading, 0 for a paragraph. text: as a reader sees it, without code and pictures,
    on one line. markdown: as it is written, on one line. line: in the source. quoted: in a block
    quotation. item: in a list.
    """

    level: int
    text: str
    markdown: str
    line: int
    quoted: bool = False
    item: bool = False
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    code: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageCell:
    """A cell.

    line: of its first line in the source. blocks: of a markdown cell, in order; of a folded cell
    its title. serves: the objectives that the cell marker names. tags: those of the marker.
    """

    is_markdown: bool
    source: str
    line: int
    blocks: tuple[Block, ...] = ()
    is_graded: bool = False
    serves: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()

    @property
    def is_tests_only(self) -> bool:
        """Out of sight for submissions."""
        return CellKind.TESTS_ONLY in self.tags

    @property
    def is_folded(self) -> bool:
        return FOLDED in self.tags

    def code_lines(self) -> int:
        """How many lines of code there are, blank ones and comments left out."""
        lines = [] if self.is_markdown else map(str.strip, self.source.splitlines())
        return sum(bool(line) and not line.startswith("#") for line in lines)

    def syntax(self) -> ast.Module:
        """The code of the cell, its magics left out."""
        return ast.parse(re.sub(r"^(\s*)[%!].*$", r"\1pass", self.source, flags=re.MULTILINE))


@dataclass(frozen=True)
class Page:
    """A lesson, an exercise, or a document. folder: that its links start from."""

    name: str
    file: str
    folder: Path
    cells: tuple[PageCell, ...] = field(repr=False)

    @property
    def is_lesson(self) -> bool:
        return project.is_lesson(self.name)

    def blocks(self) -> list[Block]:
        """All headings and paragraphs, in order."""
        return [block for cell in self.cells for block in cell.blocks]

    def section(self, heading: str) -> list[Block]:
        """The blocks below a heading of the second level, up to the next one."""
        found, is_inside = [], False
        for block in self.blocks():
            if 1 <= block.level <= 2:
                is_inside = block.text == heading
            elif is_inside:
                found.append(block)
        return found

    def prose(self) -> list[Block]:
        """All blocks but the references, which are written as the table of works has them."""
        references = self.section("References")
        return [block for block in self.blocks() if block not in references]

    def code(self) -> Iterator[tuple[int, ast.AST]]:
        """Every node of the code, with its line."""
        for cell in self.cells:
            for node in () if cell.is_markdown else ast.walk(cell.syntax()):
                yield cell.line + getattr(node, "lineno", 1) - 1, node

    def finding(self, line: int, rule: str, sentence: str) -> Finding:
        return Finding(self.file, line, rule, sentence)


@dataclass(frozen=True)
class Course:
    """The pages that become notebooks, the documents beside them, and the claims of the lessons.

    claims: for each lesson that has any, a page of its name with a cell for each sentence.
    """

    root: Path
    pages: tuple[Page, ...]
    documents: tuple[Page, ...]
    claims: tuple[Page, ...]

    def texts(self) -> list[Page]:
        """Pages and claims: all that students read."""
        return [*self.pages, *self.claims]

    def lesson_of(self, page: Page) -> Page | None:
        """The lesson that an exercise belongs to; a lesson's own page."""
        name = page.name.removesuffix("_exercises")
        return next((other for other in self.pages if other.name == name), None)


def read_course(root: Path) -> Course:
    """All pages, documents and claims. Raises CourseError for a source that cannot be read."""
    documents = [*sorted(root.glob("*.md")), *sorted((root / "docs").glob("*.md"))]
    return Course(
        root,
        tuple(_read_page(root, name) for name in project.source_names(root)),
        tuple(_read_document(root, path) for path in documents),
        tuple(
            page for name in project.lesson_names(root) if (page := _read_claims(root, name)).cells
        ),
    )


def _read_page(root: Path, name: str) -> Page:
    file = f"{project.SOURCES}/{name}.py"
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    markers = [number for number, line in enumerate(lines, 1) if CELL_MARKER.match(line)]
    cells = []
    for cell, marker in zip(read_source(root, name).cells, markers, strict=True):
        is_markdown = cell.cell_type == "markdown"
        text, line = (
            (cell.source, marker + 1) if is_markdown else (cell.metadata.get("title"), marker)
        )
        cells.append(
            PageCell(
                is_markdown,
                cell.source,
                marker + 1,
                tuple(_blocks(text or "", line)),
                bool(grading(cell).get("grade")),
                tuple(cell.metadata.get("serves", ())),
                frozenset(tags(cell)),
            )
        )
    return Page(name, file, root / project.NOTEBOOKS, tuple(cells))


def _read_document(root: Path, path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    cell = PageCell(True, text, 1, tuple(_blocks(text, 1)))
    return Page(path.stem, path.relative_to(root).as_posix(), path.parent, (cell,))


def _read_claims(root: Path, lesson: str) -> Page:
    path = trials.recorded_folder() / f"{lesson}.toml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    cells = []
    for claim in LessonCode(root, lesson).claims:
        line = text.count("\n", 0, text.find(claim.sentence)) + 1
        cells.append(PageCell(True, claim.sentence, line, tuple(_blocks(claim.sentence, line))))
    return Page(lesson, os.path.relpath(path, root), path.parent, tuple(cells))


def _blocks(source: str, first_line: int) -> Iterator[Block]:
    open_parts: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.nesting == 1:
            open_parts.append(token.tag)
        elif token.nesting == -1:
            open_parts.pop()
        elif token.type == "inline":
            tag = open_parts[-1]
            yield Block(
                int(tag[1]) if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else 0,
                _text(token),
                " ".join(token.content.split()),
                first_line + (token.map[0] if token.map else 0),
                "blockquote" in open_parts,
                "li" in open_parts,
                tuple(str(part.attrs["href"]) for part in _parts(token, "link_open")),
                tuple(part.content for part in _parts(token, "image")),
                tuple(part.content for part in _parts(token, "code_inline")),
            )


def _text(token: Token) -> str:
    written = {"softbreak": " ", "hardbreak": " ", "code_inline": "`", "image": ""}
    parts = [written.get(part.type, part.content) for part in token.children or ()]
    return "".join(parts)


def _parts(token: Token, kind: str) -> list[Token]:
    return [part for part in token.children or () if part.type == kind]
