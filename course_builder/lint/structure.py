"""The parts of a lesson and their order: skeleton, predictions, headings."""

from collections.abc import Iterator

from course_builder.lint.pages import Finding, Page, PageCell

# What a lesson is made of, in this order: what a block begins with, its level -> what it is.
SKELETON = {
    ("", 1): "a title",
    ("Question.", 0): "**Question.**",
    ("After this lesson you can", 0): "**After this lesson you can**, with the objectives",
    ("Time.", 0): "**Time.**, measured",
    ("Predict.", 0): "**Predict.**, before a result",
    ("What others found", 2): "## What others found",
    ("What would change our mind", 2): "## What would change our mind",
    ("Key points", 2): "## Key points",
    ("What the evidence says", 2): "## What the evidence says",
    ("References", 2): "## References",
}
PREDICTION = "Your prediction"


def lesson_is_whole(page: Page) -> Iterator[Finding]:
    """A lesson has all its parts, in order."""
    if not page.is_lesson:
        return
    left = iter(page.blocks())
    for (beginning, level), part in SKELETON.items():
        if not any(block.level == level and block.text.startswith(beginning) for block in left):
            sentence = f"{part} is missing, or stands behind a part that follows it."
            yield page.finding(1, "the skeleton", sentence)
            return


def predictions_come_first(page: Page) -> Iterator[Finding]:
    """Behind each prediction that is asked for stands a cell to write it in, before any code."""
    for cell, following in zip(page.cells, [*page.cells[1:], None], strict=True):
        asked = [block for block in cell.blocks if block.text.startswith("Predict.")]
        if asked and not (following and _is_for_a_prediction(following)):
            yield page.finding(
                asked[-1].line,
                "predictions",
                "no cell to write the prediction in follows: add one that begins with "
                f"*{PREDICTION}*.",
            )


def _is_for_a_prediction(cell: PageCell) -> bool:
    return bool(cell.blocks) and cell.blocks[0].text.startswith(PREDICTION)


def headings_are_in_order(page: Page) -> Iterator[Finding]:
    """One title, at the top; no level is left out; no heading is there twice."""
    level, seen = 0, set()
    for block in page.blocks():
        if not block.level:
            if not level:
                yield page.finding(block.line, "headings", "text stands before the title.")
                level = 1
            continue
        if block.level > level + 1:
            sentence = f"level {block.level} follows level {level}: one is left out."
            yield page.finding(block.line, "headings", sentence)
        if block.level == 1 and seen:
            yield page.finding(block.line, "headings", "a second title: use ## or ###.")
        if block.text in seen:
            sentence = f"the heading {block.text!r} is there twice."
            yield page.finding(block.line, "headings", sentence)
        seen.add(block.text)
        level = block.level
