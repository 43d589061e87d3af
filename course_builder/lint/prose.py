"""What the prose may say: results and words."""

import ast
import re
from collections.abc import Iterator

from course_builder.lint.pages import Course, Finding, Page
from course_builder.lint.references import QUOTED, read_quoted

# Numbers that could be results. "95 % interval" names an interval; points are also marks.
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:%|per cent\b|percent\b|points?\b|nats?\b)")
INTERVAL = re.compile(r"^\d\d %(?= (?:t |confidence |prediction )*interval)")
MARKS = re.compile(r"\d+ points?$")
MEASURE = r"\b(?:accurac(?:y|ies)|loss(?:es)?|gap|F1|recall|precision|cross-entropy)\b"
LINKS = r"(?: (?:of|is|was|were|at|about|to|from|near|nearly|around|almost|only|just|=))+"
MEASURED = (
    re.compile(rf"{MEASURE}{LINKS} (\d*\.\d+)", re.I),
    re.compile(
        rf"(\d*\.\d+)(?: (?:in|of|test|training|validation|held-out|clean|mean|macro))* {MEASURE}",
        re.I,
    ),
    re.compile(
        r"\b(\d[\d,]* (?:out )?of (?:the )?\d[\d,]*) (?:\w+ )?"
        r"(?:digits|pictures|images|photographs|examples|answers)"
    ),
)
# A high fraction of two digits or more in a sentence about a measure, unless it is a rate.
FRACTION = re.compile(r"(?<!rate )(?<!of )(?<![\d.])0?\.[5-9]\d+\b")
SENTENCE = re.compile(r"(?<=[.:;?]) ")


def no_typed_results(course: Course) -> Iterator[Finding]:
    """No number in prose or in strings could be a result of ours; those of others have a table."""
    quoted = {(row.page, row.figure) for row in read_quoted(course.root)}
    for page in course.texts():
        for line, text in _texts(page):
            for figure in dict.fromkeys(_figures(text, is_lesson=page.is_lesson)):
                if (page.name, figure) not in quoted:
                    yield page.finding(
                        line,
                        "typed results",
                        f"{figure!r} is typed: let a claim or the code print it; a figure of "
                        f"others belongs into {QUOTED}, with its source.",
                    )


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    for block in page.blocks():
        yield block.line, block.text
        yield from ((block.line, text) for text in block.images)
    for line, node in page.code():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield line, node.value


def _figures(text: str, *, is_lesson: bool) -> Iterator[str]:
    for match in FIGURE.finditer(text):
        is_mark = MARKS.match(match.group()) and not is_lesson
        if not is_mark and not INTERVAL.match(text[match.start() :]):
            yield match.group()
    for pattern in MEASURED:
        yield from (match[1] for match in pattern.finditer(text))
    for sentence in SENTENCE.split(text):
        if re.search(MEASURE, sentence, re.I):
            yield from FRACTION.findall(sentence)


OTHER_WORDS = {
    re.compile(r"\bkeep(?:ing)?[ -]rates?\b", re.I): "keep-probability",
    re.compile(r"\bdrop(?:out|ping)?[ -]probabilit(?:y|ies)\b", re.I): "rate",
    re.compile(r"\bdropout[ -]fraction\b", re.I): "rate",
}
KEEP = re.compile(r"\bkeep[ -]probabilit(?:y|ies)\b|\bprobability of (?:\*)?keeping", re.I)


def words_are_the_courses_own(course: Course) -> Iterator[Finding]:
    """Rate is the word; the keep-probability has its box; no exclamation mark, no emoji."""
    for page, block in ((each, block) for each in course.texts() for block in each.blocks()):
        for pattern, word in OTHER_WORDS.items():
            if match := pattern.search(block.text):
                sentence = f"{match.group()!r}: the word of the course is {word!r}."
                yield page.finding(block.line, "words", sentence)
        if page.is_lesson and KEEP.search(block.text) and not (block.quoted or block.item):
            sentence = "the keep-probability is spoken of in its box only."
            yield page.finding(block.line, "words", sentence)
        if "!" in block.text or any(ord(sign) >= 0x1F000 for sign in block.text):
            sentence = "an exclamation mark or an emoji: plain prose has none."
            yield page.finding(block.line, "words", sentence)
