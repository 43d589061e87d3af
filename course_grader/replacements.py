"""An answer that is written as its differences from the reference answer.

Lines `- TEXT` give a piece of the reference answer, in which it stands once, and the lines `+ TEXT`
below them what stands there instead; without any, the piece is left out. The next `-` below a `+`,
or below a blank line, begins another replacement. They come in the order of the reference answer.
"""

import re

from course_grader.errors import CourseError

REGION = re.compile(r"^ *### (?:BEGIN|END) SOLUTION\n?", re.MULTILINE)
LINE = re.compile(r"([-+])(?: (.*))?")


def with_replacements(reference: str, lines: str, place: str) -> str:
    """The reference answer, less nbgrader's marks, with the replacements that `lines` describe.

    Raises CourseError, which begins with `place`, for a line that is not understood, and for a
    piece that does not stand once in the reference answer, behind the piece before it.
    """
    reference = REGION.sub("", reference)
    parts, end = [], 0
    for old, new in _replacements(lines, place):
        piece = f"{place}: the piece that begins with {old.strip().partition(chr(10))[0]!r} stands"
        if (count := reference.count(old)) != 1:
            raise CourseError(
                f"{piece} {count} times in the reference answer: give one that stands there once."
            )
        if (start := reference.index(old)) < end:
            raise CourseError(
                f"{piece} not behind the one above it in the reference answer: exchange them."
            )
        parts += [reference[end:start], new]
        end = start + len(old)
        is_whole_line = start == 0 or reference[start - 1] == "\n"
        if not new and is_whole_line and reference[end : end + 1] == "\n":
            end += 1
    return "".join([*parts, reference[end:]])


def _replacements(lines: str, place: str) -> list[tuple[str, str]]:
    """Pairs of a piece and what stands there instead."""
    pairs: list[tuple[list[str], list[str]]] = []
    above = ""
    for line in lines.splitlines():
        sign, text = _read(line, place)
        if sign == "-" != above:
            pairs.append(([], []))
        if sign == "+" and not above:
            raise CourseError(f"{place}: above {line!r}, no `- ` says what it replaces: add it.")
        if sign:
            pairs[-1][sign == "+"].append(text)
        above = sign
    if not pairs:
        raise CourseError(f"{place}: nothing is replaced: add lines that begin with `- ` or `+ `.")
    return [("\n".join(old), "\n".join(new)) for old, new in pairs]


def _read(line: str, place: str) -> tuple[str, str]:
    """The sign and the text of a line; a blank one has neither."""
    found = LINE.fullmatch(line)
    if not found and line.strip():
        raise CourseError(f"{place}: {line!r} begins with neither `- ` nor `+ `: correct it.")
    return (found[1], found[2] or "") if found else ("", "")
