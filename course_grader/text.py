"""Text that a terminal, a page or a table can show, whoever wrote it."""

import io
import sys


def printable(text: str, instead: str = " ") -> str:
    """One line: nothing that moves the cursor, changes colours or turns the direction."""
    return "".join(sign if sign.isprintable() else instead for sign in text)


def print_what_can_be_printed() -> None:
    """From now on a sign that the terminal or file has none for is printed as a question mark.

    Such as a Greek letter on Windows, where what is piped is no UTF-8.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # standard error shows such signs as codes
        sys.stdout.reconfigure(errors="replace")
