"""The first cells of every notebook: a Colab badge where there is an address, and set-up."""

import textwrap
from urllib.parse import urlparse

import nbformat
from nbformat import NotebookNode

from course_builder.source import FOLDED

TITLE = "Set-up: run this cell first"
# Plain Python, not %pip: the check must parse in every front end, and say one sentence.
LOCAL = """\
try:
    from course_utils import notebook
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        {sentence}
    ) from None
notebook.prepare()
"""
WITHOUT_ADDRESS = (
    "in a terminal run `make lab` in the course's folder, or in a new cell run "
    "`%pip install 'FOLDER[student]'` (`%pip install FOLDER` where TensorFlow is there already) "
    "with the folder that holds the course's pyproject.toml"
)
WITH_ADDRESS = (
    "in a terminal run `make lab` in the course's folder, or in a new cell run "
    "`%pip install 'dropout-course[student] @ git+{address}'`"
)
# Held at the versions that are there, none of Colab's packages changes: pip only adds, or fails.
ON_COLAB = """\
import importlib.util
import subprocess
import sys
import tempfile

if "google.colab" in sys.modules and importlib.util.find_spec("course_utils") is None:
    pip = [sys.executable, "-m", "pip"]
    with tempfile.NamedTemporaryFile() as present:
        subprocess.run([*pip, "list", "--format=freeze"], stdout=present, check=True)
        install = subprocess.run(
            [*pip, "install", "--constraint", present.name, "git+{address}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    importlib.invalidate_caches()
    if install.returncode:
        print(install.stdout)
        raise RuntimeError(
            "pip could not add the package course_utils (what it said stands above): run this "
            "cell again when {address} can be reached, and if versions conflict, first choose "
            "another runtime version under Runtime > Change runtime type."
        )
"""


def setup_cells(name: str, address: str) -> list[NotebookNode]:
    """The cells that stand behind the title of notebook `name`.

    address: the repository's public address; empty means no badge and no address anywhere.
    """
    if not address:
        return [_code(_local(remedy=WITHOUT_ADDRESS))]
    check = _local(remedy=WITH_ADDRESS.format(address=address))
    cells = [_code(ON_COLAB.format(address=address) + check)]
    badge = colab_badge(name, address)
    return ([nbformat.v4.new_markdown_cell(badge)] if badge else []) + cells


def _local(remedy: str) -> str:
    """The cell's sentence in lines that a notebook is wide enough for."""
    sentence = f"The package course_utils is not installed in this kernel: {remedy}."
    lines = textwrap.wrap(sentence, 80, drop_whitespace=False, break_long_words=False)
    return LOCAL.format(sentence="\n        ".join(f'"{line}"' for line in lines))


def colab_badge(name: str, address: str) -> str:
    """A Markdown badge that opens the notebook in Colab; empty unless it is on GitHub."""
    target = colab_address(name, address)
    image = "https://colab.research.google.com/assets/colab-badge.svg"
    return f"[![Open this notebook in Colab]({image})]({target})" if target else ""


def colab_address(name: str, address: str) -> str:
    """Where Colab opens the notebook; empty unless the repository's address is on GitHub."""
    place = urlparse(address)
    if place.netloc != "github.com":
        return ""
    return f"https://colab.research.google.com/github{place.path}/blob/main/notebooks/{name}.ipynb"


def _code(source: str) -> NotebookNode:
    metadata = {"title": TITLE, "tags": [FOLDED]}
    return nbformat.v4.new_code_cell(source.rstrip(), metadata=metadata)
