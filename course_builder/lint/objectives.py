"""Objectives of lessons and the items of exercises that serve them.

An objective is a line of the list behind "After this lesson you can". An item is a section of an
exercise with cells that are graded. The marker of the cell with its heading names the objectives
that it serves, each by its first words, as in `# %% [markdown] serves=["write inverted"]`; students
do not see that, since an objective may be a hint.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from course_builder.lint.pages import Block, Course, Finding, Page, PageCell

LIST = "After this lesson you can"


@dataclass(frozen=True)
class Objective:
    """What a lesson promises."""

    page: Page
    line: int
    text: str


@dataclass(frozen=True)
class Item:
    """A graded section of an exercise. serves: the first words of objectives."""

    page: Page
    heading: Block
    serves: tuple[str, ...]


def objectives(course: Course) -> list[Objective]:
    """The objectives of all lessons, in order."""
    found = []
    for page in course.pages:
        is_inside = False
        for block in page.blocks():
            is_inside = block.text == LIST or (is_inside and block.item)
            if is_inside and block.item:
                found.append(Objective(page, block.line, block.markdown.rstrip(".;,")))
    return found


def items(course: Course) -> list[Item]:
    """The items of all exercises, in order."""
    return [
        Item(page, cells[0].blocks[0], cells[0].serves)
        for page in course.pages
        for cells in _sections(page)
        if any(cell.is_graded for cell in cells)
    ]


def _sections(page: Page) -> list[list[PageCell]]:
    """The cells from each heading of the first or second level up to the next one."""
    found: list[list[PageCell]] = []
    for cell in page.cells:
        if cell.blocks and 1 <= cell.blocks[0].level <= 2:
            found.append([cell])
        elif found:
            found[-1].append(cell)
    return found


def items_serve_objectives(course: Course) -> Iterator[Finding]:
    """Each item names an objective, and what it names are the first words of just one."""
    texts = [objective.text for objective in objectives(course)]
    for item in items(course):
        if not item.serves:
            sentence = f"the item {item.heading.text!r} serves no objective: add serves=[...]."
            yield item.page.finding(item.heading.line, "objectives", sentence)
        for words in item.serves:
            meant = sum(text.startswith(words) for text in texts)
            if meant != 1:
                sentence = f"{words!r} are the first words of {meant} objectives, not of one."
                yield item.page.finding(item.heading.line, "objectives", sentence)


def objectives_have_items(course: Course) -> Iterator[Finding]:
    """Each objective is served by an item."""
    for objective, serving in _map(course):
        if not serving:
            sentence = f"no item of an exercise serves this objective: {objective.text}."
            yield objective.page.finding(objective.line, "objectives", sentence)


def printed_map(course: Course) -> str:
    """Each objective, and below it the items that serve it."""
    lines = []
    for objective, serving in _map(course):
        lines.append(f"{objective.page.name}: {objective.text}")
        lines += [f"    {item.page.name}: {item.heading.text}" for item in serving]
    return "\n".join(lines)


def _map(course: Course) -> list[tuple[Objective, list[Item]]]:
    return [
        (objective, [item for item in items(course) if _serves(item, objective)])
        for objective in objectives(course)
    ]


def _serves(item: Item, objective: Objective) -> bool:
    return any(objective.text.startswith(words) for words in item.serves)
