"""Pictures in a paragraph: attached to its cell, as in JupyterLab, or in its text, as in Colab."""

import base64
import re
from dataclasses import dataclass

from nbformat import NotebookNode

BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
LARGEST = 10 * 2**20  # letters, of all pictures of a paragraph
IN_TEXT = re.compile(
    r"!\[[^\]\n]{0,300}\]\((?:attachment:[^)\s]{1,300}|data:(image/\w{1,20});base64,([\w+/=]*))\)"
)
SHOWN = "(picture)"  # where one was


@dataclass(frozen=True)
class Picture:
    """kind: such as image/png. data: in base64."""

    kind: str
    data: str

    def is_one(self) -> bool:
        """Whether it is of a kind that a browser shows and runs nothing of, and no HTML behind."""
        try:
            content = base64.b64decode(self.data, validate=True)
        except ValueError:
            return False
        return self.kind in BEGINNINGS and content.startswith(BEGINNINGS[self.kind])


def pictures_of(cell: NotebookNode) -> list[Picture]:
    """What a cell of text holds, whatever it is."""
    attached = cell.get("attachments")
    bundles = attached.values() if isinstance(attached, dict) else []
    kinds = [item for one in bundles if isinstance(one, dict) for item in one.items()]
    kinds += [(match[1], match[2]) for match in IN_TEXT.finditer(cell.source) if match[1]]
    return [Picture(str(kind), "".join(str(data).split())) for kind, data in kinds]


def without_pictures(text: str) -> str:
    """The text with a word in place of each picture."""
    return IN_TEXT.sub(SHOWN, text)


def attach(cell: NotebookNode, pictures: tuple[Picture, ...]) -> None:
    """Show the pictures below the text of a cell."""
    if not pictures:
        return
    cell.attachments = {f"{n}": {one.kind: one.data} for n, one in enumerate(pictures, 1)}
    cell.source += "".join(f"\n\n![picture {n}](attachment:{n})" for n in cell.attachments)
