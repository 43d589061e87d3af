"""References, citations, quoted figures and links, against the table of works."""

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_builder import project
from course_builder.lint.pages import Course, Finding, Page
from course_grader.errors import CourseError

WORKS = f"{project.SOURCES}/references.csv"
QUOTED = f"{project.SOURCES}/quoted.csv"
SOURCES_OF_A_REFERENCE = (
    "https://arxiv.org/abs/",
    "https://doi.org/",
    "https://jmlr.org/papers/",
    "https://proceedings.neurips.cc/paper/",
    "https://www.cs.toronto.edu/~kriz/",
)
LABELS = {"arxiv.org/abs/": "arXiv:", "doi.org/": "doi:"}
ARXIV = re.compile(r"arXiv[: ](\d{4}\.\d{4,5})")
# "Gal and Ghahramani, arXiv 1506.02142", "Tompson and others 2014, arXiv:1411.4280"
AUTHOR_AND_ARXIV = re.compile(
    rf"([A-Z]\w+) and (?:others|[A-Z]\w+),? \(?(?:\d{{4}}, )?{ARXIV.pattern}"
)
# "Srivastava and others (2014)", "Chollet (2017)", "Gal and Ghahramani 2016"
AUTHOR_AND_YEAR = re.compile(
    r"([A-Z]\w+)(?: and (?:others|[A-Z]\w+),?(?= \(?\d)|(?= \()) \(?((?:19|20)\d\d)\b"
)


@dataclass(frozen=True)
class Work:
    """A row of the table of works: a paper, a thread, or an old notebook, which has no address.

    seen: the day when address and title were last found together, None where nobody has looked.
    line: in the table.
    """

    key: str
    authors: str
    year: str
    title: str
    where: str
    address: str
    seen: datetime.date | None
    line: int

    def reference(self) -> str:
        """The work as it stands in a lesson's References."""
        title = self.title if self.title.endswith("?") else f"{self.title}."
        where = f" {self.where}." if self.where else ""
        label = re.sub(r"^https://(?:www\.)?", "", self.address)
        for beginning, short in LABELS.items():
            label = label.replace(beginning, short)
        label = label if ":" in label else label.split("/")[0]
        return f"{self.authors} ({self.year}). {title}{where} [{label}]({self.address})"


@dataclass(frozen=True)
class QuotedFigure:
    """A row of the table of quoted figures: no result of ours. source: a key, or the page."""

    page: str
    figure: str
    source: str
    line: int


def read_works(root: Path) -> list[Work]:
    """The table of works. Raises CourseError for a key used twice and for a wrong date."""
    works: dict[str, Work] = {}
    for line, row in _rows(root / WORKS):
        if row["key"] in works:
            raise CourseError(f"{WORKS}, line {line}: the key {row['key']!r} is used already.")
        works[row["key"]] = Work(**(row | {"seen": _date(row["seen"], line), "line": line}))
    return list(works.values())


def read_quoted(root: Path) -> list[QuotedFigure]:
    """The table of quoted figures."""
    names = ("page", "figure", "source")
    return [
        QuotedFigure(*(row[name] for name in names), line) for line, row in _rows(root / QUOTED)
    ]


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for row in reader:
                yield reader.line_num, row


def _date(text: str, line: int) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CourseError(
            f"{WORKS}, line {line}: seen is {text!r}: write a date such as 2026-01-31, or nothing."
        ) from error


def references_are_works(course: Course) -> Iterator[Finding]:
    """Each reference is a row of the table, letter by letter, and has a source that lasts."""
    works = read_works(course.root)
    of_address = {work.address: work for work in works if work.address}
    for page in course.pages:
        for block in page.section("References"):
            work = next((of_address[link] for link in block.links if link in of_address), None)
            if not any(link.startswith(SOURCES_OF_A_REFERENCE) for link in block.links):
                sentence = f"no DOI or arXiv abstract for {block.text[:50]!r}."
                yield page.finding(block.line, "references", sentence)
            elif work is None:
                sentence = f"{block.text[:50]!r} has an address that is not in {WORKS}."
                yield page.finding(block.line, "references", sentence)
            elif block.markdown != work.reference():
                sentence = f"the row {work.key!r} of {WORKS} makes it {work.reference()!r}."
                yield page.finding(block.line, "references", sentence)


def cited_works_are_listed(course: Course) -> Iterator[Finding]:
    """A work that is cited on a page stands in the references of its lesson."""
    works = read_works(course.root)
    for page in course.texts():
        listed = _listed(course.lesson_of(page), works)
        for block in page.prose():
            for cited in _cited(block.text):
                if not any(_is_meant(work, *cited) for work in listed):
                    sentence = f"{' '.join(filter(None, cited))} is not in the lesson's references."
                    yield page.finding(block.line, "citations", sentence)


def _listed(lesson: Page | None, works: list[Work]) -> list[Work]:
    blocks = lesson.section("References") if lesson else []
    links = {link for block in blocks for link in block.links}
    return [work for work in works if work.address in links]


def _cited(text: str) -> set[tuple[str, str, str]]:
    """Author, year and arXiv id of each work that is cited; "" for what is not said."""
    return (
        {("", "", match[1]) for match in ARXIV.finditer(text)}
        | {(match[1], "", match[2]) for match in AUTHOR_AND_ARXIV.finditer(text)}
        | {(match[1], match[2], "") for match in AUTHOR_AND_YEAR.finditer(text)}
    )


def _is_meant(work: Work, author: str, year: str, arxiv: str) -> bool:
    return author in work.authors and year in work.year and work.address.endswith(arxiv)


def quoted_figures_have_sources(course: Course) -> Iterator[Finding]:
    """A quoted figure stands on its page, and is from a work or set by the page itself."""
    keys = {work.key for work in read_works(course.root)}
    prose = {page.name: " ".join(b.text for b in page.blocks()) for page in course.pages}
    for row in read_quoted(course.root):
        if row.source not in keys and row.source != row.page:
            sentence = f"{row.source!r} is no key of {WORKS}, and not the page."
            yield Finding(QUOTED, row.line, "quoted figures", sentence)
        if row.figure not in prose.get(row.page, ""):
            sentence = f"{row.figure!r} is not on the page {row.page!r}: remove the row."
            yield Finding(QUOTED, row.line, "quoted figures", sentence)


def works_are_used(course: Course) -> Iterator[Finding]:
    """Each work is linked from a page, or a figure of it is quoted."""
    links = {
        link
        for page in (*course.pages, *course.documents)
        for block in page.blocks()
        for link in block.links
    }
    sources = {row.source for row in read_quoted(course.root)}
    for work in read_works(course.root):
        if work.address not in links and work.key not in sources:
            sentence = f"no page links or quotes {work.key!r}: remove the row."
            yield Finding(WORKS, work.line, "works", sentence)


def links_are_right(course: Course) -> Iterator[Finding]:
    """Links lead to an address of the table of works, or to a file that is there."""
    known = {work.address for work in read_works(course.root)}
    for page in (*course.pages, *course.documents):
        for block in page.prose():
            for link in block.links:
                if link.startswith("https://") and link not in known:
                    sentence = f"{link!r} is not in {WORKS}: add it, with the day it was seen."
                    yield page.finding(block.line, "links", sentence)
                elif not link.startswith("https://") and not (page.folder / link).is_file():
                    sentence = f"{link!r} is neither an https address nor a file of the course."
                    yield page.finding(block.line, "links", sentence)
