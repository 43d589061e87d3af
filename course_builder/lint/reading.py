"""How long a lesson takes to read, and how much of its code is in the open."""

from collections.abc import Iterator, Sequence

from course_builder.lint.folding import lines_about_models
from course_builder.lint.pages import Course, Finding, Page, PageCell

WORDS_A_MINUTE, LINES_A_MINUTE = 200, 15
MINUTES = 60
FIRST = "first-comparison"  # the cell with the first result with and without dropout
MINUTES_TO_FIRST = 10
LINES_OF_A_CELL = 25


def lesson_is_read_in_time(page: Page) -> Iterator[Finding]:
    """An open cell is short, the first comparison comes soon, and the whole within the hour."""
    if not page.is_lesson:
        return
    for cell in page.cells:
        if not cell.is_folded and cell.code_lines() > LINES_OF_A_CELL:
            sentence = (
                f"an open cell of {cell.code_lines()} lines, above {LINES_OF_A_CELL}: split it, "
                "or fold what is machinery."
            )
            yield page.finding(cell.line, "reading", sentence)
    firsts = [cell for cell in page.cells if FIRST in cell.tags]
    if len(firsts) != 1:
        sentence = (
            f"{len(firsts)} cells have the tag {FIRST!r}: give it to the one with the first result "
            "with and without dropout."
        )
        yield page.finding(1, "reading", sentence)
    elif (minutes := minutes_to_first(page)) > MINUTES_TO_FIRST:
        sentence = (
            f"{minutes:.1f} minutes of reading come before the first comparison, above "
            f"{MINUTES_TO_FIRST}: move something behind it."
        )
        yield page.finding(firsts[0].line, "reading", sentence)
    if (minutes := _minutes(page.cells)) > MINUTES:
        sentence = f"{minutes:.1f} minutes of reading, above {MINUTES}: shorten the lesson."
        yield page.finding(1, "reading", sentence)


def minutes_to_first(page: Page) -> float:
    """Minutes up to the end of the cell with the first comparison; of all, where there is none."""
    ends = [number for number, cell in enumerate(page.cells, 1) if FIRST in cell.tags]
    return _minutes(page.cells[: ends[0]] if ends else page.cells)


def printed_measures(course: Course) -> str:
    """A table, one row a lesson: words, lines of code, and minutes of reading."""
    head = ("lesson", "words", "open", "folded", "about models", "minutes to first", "in all")
    rows = [head, *(_measures(page) for page in course.pages if page.is_lesson)]
    return "\n".join(f"{row[0]:<16}" + "".join(f"{each:>18}" for each in row[1:]) for row in rows)


def _measures(page: Page) -> tuple[str, ...]:
    is_open = [cell.code_lines() for cell in page.cells if not cell.is_folded]
    folded = sum(cell.code_lines() for cell in page.cells if cell.is_folded)
    share = lines_about_models(page) / max(sum(is_open), 1)
    minutes = (minutes_to_first(page), _minutes(page.cells))
    numbers = (_words(page.cells), sum(is_open), folded, f"{share:.0%}")
    return (page.name, *map(str, numbers), *(f"{each:.1f}" for each in minutes))


def _minutes(cells: Sequence[PageCell]) -> float:
    lines = sum(cell.code_lines() for cell in cells if not cell.is_folded)
    return _words(cells) / WORDS_A_MINUTE + lines / LINES_A_MINUTE


def _words(cells: Sequence[PageCell]) -> int:
    return sum(len(cell.source.split()) for cell in cells if cell.is_markdown)
