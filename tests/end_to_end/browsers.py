"""JupyterLab in a real browser: its server, its page, and what a student does there."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium
from classes import reference_answers
from classroom import NAME, PARAGRAPH
from conftest import ROOT
from nbformat import NotebookNode
from playwright.sync_api import FrameLocator, Locator, Page, ViewportSize, expect
from running import until

from course_builder.build import instructor_notebook, student_notebook
from course_grader.notebooks import grading

SCREENSHOTS = ROOT / "build" / "screenshots"
PATIENCE = 900  # seconds that anything may take on a busy machine
SIZE = ViewportSize(width=1280, height=900)
TALL = ViewportSize(width=1280, height=6000)
# All of them right.
ANSWERS = reference_answers(instructor_notebook(ROOT, NAME)) | {
    PARAGRAPH: "A run with one seed settles nothing."
}
SUCCESS = "Success! Your notebook passes all the tests."
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
# Else JupyterLab asks whether it may fetch news, and keeps only the cells in sight on the page,
# where tests look at all of them.
LOOK = """{
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}
}"""
SERVER = "c.ServerApp.allow_root = True\nc.ServerApp.open_browser = False\n"
TOO_WIDE = (
    "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
)
ARE_LOADED = "all => all.map(one => one.complete && one.naturalWidth > 0)"


class Lab:
    """The page of JupyterLab, as it is opened by the command that started its server."""

    def __init__(self, page: Page):
        self.page = page

    @property
    def notebook(self) -> Locator:
        """The notebook in sight."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    @property
    def dialog(self) -> Locator:
        return self.page.locator(".jp-Dialog")

    def choose(self, menu: str, item: str) -> None:
        """Choose an item of a menu, such as "Run" and "Run All Cells"; "A > B" is a submenu."""
        self.page.locator(".lm-MenuBar-itemLabel").get_by_text(menu, exact=True).click()
        for label in item.split(" > "):
            self.page.locator(".lm-Menu-itemLabel").get_by_text(label, exact=True).click()

    def open(self, name: str) -> None:
        """Open a notebook of the folder in the file browser."""
        self.page.locator(".jp-DirListing-itemText").get_by_text(name, exact=True).dblclick()
        self.wait_for(name)

    def wait_for(self, name: str) -> None:
        """Wait until a notebook is in sight and its kernel is ready; before, menus do nothing.

        The window has its usual size then, also after `unroll`.
        """
        self.page.set_viewport_size(SIZE)
        tab = self.page.locator(".jp-mod-current .lm-TabBar-tabLabel")
        expect(tab.get_by_text(name, exact=True)).to_be_visible()
        expect(self.notebook.locator(".jp-Cell").first).to_be_visible()
        kernel = self.page.locator("#jp-bottom-panel").get_by_text("Python 3 (ipykernel) | Idle")
        expect(kernel).to_be_visible()

    def run_all(self) -> None:
        """Run all cells, to the end of the kernel's work."""
        # Folded cells have no prompt that would say [*]; this goes by all cells that wait.
        state = self.notebook.locator(".jp-Notebook-ExecutionIndicator")
        self.choose("Run", "Run All Cells")
        expect(state).to_have_attribute("data-status", "busy")
        expect(state).to_have_attribute("data-status", "idle")

    def unroll(self) -> None:
        """Make the page so tall that the longest output is in sight as a whole."""
        self.page.set_viewport_size(TALL)

    def save(self) -> None:
        self.choose("File", "Save Notebook")
        expect(self.page.locator(".jp-mod-current.jp-mod-dirty")).to_have_count(0)

    def pictures(self) -> list[bool]:
        """For each picture that a cell has put out, not a widget, whether it is loaded."""
        pictures = ".jp-OutputArea-output img:not(.jupyter-widgets img)"
        return self.notebook.locator(pictures).evaluate_all(ARE_LOADED)

    def cut_off(self) -> list[str]:
        """The text of code and outputs that are wider than the notebook."""
        return self.notebook.locator(".cm-scroller, .jp-OutputArea-output").evaluate_all(TOO_WIDE)

    def illegible(self) -> list[str]:
        """The outputs and texts with too little contrast for WCAG 2 AA, as axe-core measures it."""
        panel = ".jp-NotebookPanel:not(.lm-mod-hidden)"
        shown = {"include": [[f"{panel} .jp-OutputArea-output"], [f"{panel} .jp-MarkdownOutput"]]}
        options = {"runOnly": ["color-contrast"]}
        # axe-core looks only at what is in sight, and a body of no height, as here, hides it all.
        self.page.add_style_tag(content="body { height: 100vh }")
        view = self.notebook.locator(".jp-WindowedPanel-outer")
        found = []
        for top in range(0, view.evaluate("one => one.scrollHeight"), TALL["height"] - 1000):
            view.evaluate("(one, top) => one.scrollTo(0, top)", top)
            found += Axe().run(self.page, context=shown, options=options).response["violations"]
        return sorted({node["html"] for violation in found for node in violation["nodes"]})

    def write(self, cell: int, text: str) -> None:
        """Replace what stands in a cell, the first being 0, by typing."""
        found = self.notebook.locator(".jp-Cell").nth(cell)
        found.dblclick()  # which opens the editor of a cell of text
        found.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def answer(self, answers: dict[str, str]) -> None:
        """Write answers, by grade id, into the exercise NAME, which is open, and save it."""
        for place, cell in enumerate(student_notebook(ROOT, NAME).cells):
            if (grade_id := grading(cell).get("grade_id")) in answers:
                self.write(place, answers[grade_id])
        self.save()

    def validate(self) -> str:
        """Press nbgrader's Validate, and read its dialog to the end."""
        self.notebook.get_by_role("button", name="Validate").click()
        expect(self.dialog).to_contain_text("Validation Results")
        return self.dialog.inner_text()

    def close_dialog(self) -> None:
        self.page.keyboard.press("Enter")
        expect(self.dialog).to_have_count(0)

    def fetch(self, name: str) -> None:
        """Fetch an assignment through nbgrader's Assignment List, and open its notebook."""
        self.choose("Nbgrader", "Assignment List")
        self._row("released", name).get_by_role("button", name="Fetch").click()
        row = self._row("fetched", name)
        row.get_by_role("button", name=name).click()
        row.get_by_role("link", name=name).click()
        self.wait_for(f"{name}.ipynb")

    def submit(self, name: str) -> None:
        """Submit an assignment that was fetched, through nbgrader's Assignment List."""
        self.choose("Nbgrader", "Assignment List")
        self._row("fetched", name).get_by_role("button", name="Submit").click()
        expect(self._row("submitted", name)).to_be_visible()

    def _row(self, kind: str, name: str) -> Locator:
        rows = self.page.locator(f"#{kind}_assignments_list > .list_item")
        return rows.filter(has_text=name)

    def formgrader(self) -> FrameLocator:
        """Open nbgrader's Formgrader; its page."""
        self.choose("Nbgrader", "Formgrader")
        return self.page.frame_locator("#formgrader iframe")

    def set_theme(self, name: str) -> None:
        self.choose("Settings", f"Theme > {THEMES[name]}")
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", THEMES[name])

    def keep_outputs(self, folder: str) -> None:
        """Keep a picture of what each cell has put out."""
        for place, cell in enumerate(self.notebook.locator(".jp-Cell").all()):
            outputs = cell.locator(".jp-Cell-outputArea")
            if outputs.count() and outputs.is_visible():
                self.keep(outputs, f"{folder}/{place:03}")

    def keep_in_both_themes(self, name: str) -> None:
        """Keep pictures of the page; it is left in the last theme."""
        for theme in reversed(THEMES):
            self.set_theme(theme)
            self.keep(self.page, f"{name}-{theme}")

    def keep(self, what: Locator | Page, name: str) -> None:
        """Keep a picture of it, for people to look at."""
        path = SCREENSHOTS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        what.screenshot(path=path)


@contextmanager
def open_lab(
    command: str, folder: Path, settings: Path, environment: dict[str, str]
) -> Iterator[Lab]:
    """Start JupyterLab by a command in a folder, and open in a browser what it would open.

    settings: a new folder for Jupyter's configuration, data and run time.
    """
    (settings / "config" / "labconfig").mkdir(parents=True)
    (settings / "config" / "jupyter_server_config.py").write_text(f"c = get_config()\n{SERVER}")
    (settings / "config/labconfig/default_setting_overrides.json").write_text(LOOK)
    places = {
        f"JUPYTER_{kind.upper()}_DIR": str(settings / kind)
        for kind in ("config", "data", "runtime")
    }
    log = settings / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=folder,
            # Without bytecode a kernel imports Keras for many seconds.
            env={k: v for k, v in environment.items() if k != "PYTHONDONTWRITEBYTECODE"} | places,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        start = _page_to_open(process, settings / "runtime", log)
        with chromium() as browser:
            page = browser.new_page(viewport=SIZE)
            page.set_default_timeout(PATIENCE * 1000)
            expect.set_options(timeout=PATIENCE * 1000)
            page.goto(start.as_uri())
            yield Lab(page)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _page_to_open(process: subprocess.Popen, runtime: Path, log: Path) -> Path:
    """The page that Jupyter's server writes when it is ready, and that it gives to the browser."""

    def pages() -> list[Path]:
        return list(runtime.glob("jpserver-file-to-run-*-open.html"))

    until(lambda: bool(pages()) or process.poll() is not None, PATIENCE)
    assert pages(), log.read_text()
    return pages()[0]


def outputs_of(path: Path) -> list[NotebookNode]:
    """All outputs of a saved notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return [output for cell in cells for output in cell.get("outputs", [])]


def errors(path: Path) -> list[str]:
    """The errors among the outputs of a saved notebook; on the page they look like warnings."""
    return [output.evalue for output in outputs_of(path) if output.output_type == "error"]
