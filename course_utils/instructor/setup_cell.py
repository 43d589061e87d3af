"""The first cells of every notebook: a Colab badge where there is an address, and set-up."""

from urllib.parse import urlparse

import nbformat
from nbformat import NotebookNode

# Plain Python, not %pip: the check must parse in every front end, and say one sentence.
LOCAL = """\
# Set-up: run this cell first.
try:
    import course_utils
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "The package course_utils is not installed in this kernel: {remedy}."
    ) from None
"""
WITHOUT_ADDRESS = (
    "in a terminal run `make lab` in the course's folder, or in a new cell run "
    "`%pip install 'FOLDER[student]'` with the folder that holds the course's pyproject.toml"
)
WITH_ADDRESS = (
    "in a terminal run `make lab` in the course's folder, or in a new cell run "
    "`%pip install 'dropout-course[student] @ git+{address}'`"
)
# Colab has Keras and TensorFlow: installing the package alone leaves them as they are.
ON_COLAB = """\
# Set-up: run this cell first.
import importlib.util
import subprocess
import sys

if "google.colab" in sys.modules and importlib.util.find_spec("course_utils") is None:
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "git+{address}"], check=True
    )
"""


def setup_cells(name: str, address: str) -> list[NotebookNode]:
    """The cells that stand behind the title of notebook `name`.

    address: the repository's public address; empty means no badge and no address anywhere.
    """
    if not address:
        return [_code(LOCAL.format(remedy=WITHOUT_ADDRESS))]
    check = LOCAL.format(remedy=WITH_ADDRESS.format(address=address)).split("\n", 1)[1]
    cells = [_code(ON_COLAB.format(address=address) + check)]
    badge = colab_badge(name, address)
    return ([nbformat.v4.new_markdown_cell(badge)] if badge else []) + cells


def colab_badge(name: str, address: str) -> str:
    """A Markdown badge that opens the notebook in Colab; empty unless it is on GitHub."""
    place = urlparse(address)
    if place.netloc != "github.com":
        return ""
    target = (
        f"https://colab.research.google.com/github{place.path}/blob/main/notebooks/{name}.ipynb"
    )
    image = "https://colab.research.google.com/assets/colab-badge.svg"
    return f"[![Open this notebook in Colab]({image})]({target})"


def _code(source: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(source.rstrip())
