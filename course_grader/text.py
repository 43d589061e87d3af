"""Text that a terminal, a page or a table can show, whoever wrote it."""


def printable(text: str, instead: str = " ") -> str:
    """One line: nothing that moves the cursor, changes colours or turns the direction."""
    return "".join(sign if sign.isprintable() else instead for sign in text)
