"""The pages of a site, opened from the file system in Chromium."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

# Both widths and both schemes of colours; all four together would take twice as long.
VIEWS = {"phone, dark": (390, 844, "dark"), "desktop, light": (1280, 900, "light")}
BARRED = ("serious", "critical")
# Axe's preloading reads style sheets in a way that browsers refuse to pages of the file system.
AXE_OPTIONS = {"preload": False, "resultTypes": ["violations"]}
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
ANCHORS = "[...document.querySelectorAll('[id]')].map(part => part.id)"
SOURCES = """
[...document.querySelectorAll('[src], [srcset], link[href]')]
    .map(part => part.src || part.srcset || part.href)
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Words of one kind look alike in all code of a page, and axe takes minutes for all of them. It
# does not judge the contrast of single characters.
KEEP_ONE_WORD_OF_A_KIND = """
() => {
    const seen = new Set();
    for (const word of document.querySelectorAll('.highlight pre span')) {
        if (seen.has(word.className) || word.textContent.trim().length < 2)
            word.replaceWith(...word.childNodes);
        else
            seen.add(word.className);
    }
}
"""


@dataclass(frozen=True)
class Visit:
    """What is wrong on a page at one width, where its links lead, and where links may lead."""

    path: Path
    problems: tuple[str, ...]
    links: tuple[str, ...]
    anchors: frozenset[str]


def problems_of(site: Path, browser: Browser) -> list[str]:
    """What is wrong on all pages of a site, on a phone and on a desktop."""
    problems: list[str] = []
    for view, (width, height, scheme) in VIEWS.items():
        viewport = {"width": width, "height": height}
        with browser.new_context(viewport=viewport, color_scheme=scheme) as context:
            visits = [visit(context, path) for path in sorted(site.glob("*.html"))]
        found = [f"{one.path.name}: {said}" for one in visits for said in one.problems]
        problems += [f"{view}: {said}" for said in [*found, *broken_links(visits)]]
    return problems


def visit(context: BrowserContext, path: Path) -> Visit:
    """Open a page and look at it."""
    page, problems = context.new_page(), []
    page.on("console", lambda said: said.type == "error" and problems.append(said.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(f"cannot load {request.url}"))
    page.goto(path.as_uri(), wait_until="load")
    outside = [url for url in page.evaluate(SOURCES) if not url.startswith(("file:", "data:"))]
    problems += [f"needs {url}" for url in outside]
    if (pixels := page.evaluate(WIDER)) > 0:
        problems.append(f"scrolls sideways by {pixels} pixels")
    links, anchors = page.evaluate(LINKS), page.evaluate(ANCHORS)
    problems += inaccessible(page)
    page.close()
    return Visit(path, tuple(problems), tuple(links), frozenset(anchors))


def inaccessible(page: Page) -> list[str]:
    """What axe-core finds serious or critical."""
    page.evaluate(KEEP_ONE_WORD_OF_A_KIND)
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [
        f"{one['id']}: {one['help']}, as in {one['nodes'][0]['html']}"
        for one in found
        if one["impact"] in BARRED
    ]


def broken_links(visits: list[Visit]) -> list[str]:
    """Links to files and to places on pages that are not there."""
    anchors = {one.path: one.anchors for one in visits}
    broken = []
    for one in visits:
        for link in sorted(set(one.links)):
            address, anchor = urldefrag(link)
            if urlparse(address).scheme != "file":
                continue
            path = Path(unquote(urlparse(address).path))
            there = anchors.get(path, frozenset())
            if not path.is_file() or (anchor and unquote(anchor) not in there):
                broken.append(f"{one.path.name}: the link to {link} is broken")
    return broken


def search(browser: Browser, site: Path, word: str) -> set[str]:
    """The names of the pages that the site's search finds, by way of its start page."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("Control+k")
        page.locator("dialog input[type=search]").fill(word)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?*")
        page.wait_for_selector("#search-results p.search-summary:not(:empty)")
        page.wait_for_function("document.querySelectorAll('#search-results li').length > 0")
        found = page.eval_on_selector_all(
            "#search-results li a", "links => links.map(link => link.href)"
        )
    return {Path(urlparse(link).path).name for link in found}
