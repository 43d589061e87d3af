"""The alternative texts of figures."""

import ast
from collections.abc import Iterator

from course_builder.lint.pages import Finding, Page

WORDS = 6


def figures_have_texts(page: Page) -> Iterator[Finding]:
    """The alternative text of each figure is a sentence."""
    for line, text in alternative_texts(page):
        if not _is_sentence(text):
            sentence = (
                f"{text[:40]!r} is no sentence of {WORDS} words or more that ends with a full "
                "stop: say what the figure shows."
            )
            yield page.finding(line, "alternative texts", sentence)
    for line, node in page.code():
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "plt.show":
            sentence = "plt.show() shows a figure without a text: end with plotting.picture."
            yield page.finding(line, "alternative texts", sentence)


def alternative_texts(page: Page) -> Iterator[tuple[int, str]]:
    """The text of each figure, with its line; empty for a figure that has none."""
    for block in page.blocks():
        for text in block.images:
            yield block.line, text
    for line, node in page.code():
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            text = {word.arg: word.value for word in node.keywords}.get("alt")
            if name == "plotting.picture" and len(node.args) > 1:
                text = node.args[1]
            # A name stands for the text that a caller of the notebook's own function gives.
            is_given = text is not None and not isinstance(text, ast.Name)
            if is_given or (name == "plotting.picture" and text is None):
                yield line, _literal(text)


def _is_sentence(text: str) -> bool:
    words = text.split()
    return len(words) >= WORDS and not text[0].islower() and text.endswith(".")


def _literal(node: ast.expr | None) -> str:
    """The text of a string or an f-string, whose values count as a word each."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) if _literal(part) else "Value" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _literal(node.left) + _literal(node.right)
    return ""
