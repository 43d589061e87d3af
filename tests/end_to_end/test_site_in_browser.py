"""The site that was built, `build/html/`, in a browser without a network; and what that finds."""

import re

import pytest
from chromium import NEEDS_CHROMIUM, chromium
from conftest import ROOT
from executed import PIXEL, executed_course, record_claims, text_of
from site_pages import VIEWS, problems_of, search

from course_builder import run
from course_builder.site import build_site
from course_utils import trials
from course_utils.claims import read

pytestmark = pytest.mark.xdist_group("site")
BUILT = ROOT / "build" / "html"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1>{}</main></body></html>"""


@NEEDS_CHROMIUM
@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("<script>console.error('amiss')</script>", "amiss"),
        ("<script>undefined_name()</script>", "undefined_name is not defined"),
        ('<script src="missing.js"></script>', "cannot load file:"),
        ('<img alt="Far away." src="https://example.org/a.png">', "needs https://example.org"),
        ('<a href="missing.html">There</a>', "missing.html is broken"),
        ('<a href="index.html#missing">There</a>', "index.html#missing is broken"),
        ('<p style="width: 2000px">Wide.</p>', "scrolls sideways by"),
        (f'<img src="data:image/gif;base64,{PIXEL}">', "image-alt: "),
        ('<p style="color: #999; background: #aaa">Pale.</p>', "color-contrast: "),
        (
            "<style>.n { color: #eee }</style><div class='highlight'><pre>"
            "<span class='n'>x</span> <span class='n'>pale</span></pre></div>",
            "color-contrast: ",
        ),
    ],
)
def test_the_browser_finds(tmp_path, browser, part, found):
    (tmp_path / "index.html").write_text(PAGE.format(part), encoding="utf-8")
    problems = problems_of(tmp_path, browser)
    assert len([problem for problem in problems if found in problem]) == len(VIEWS)


@NEEDS_CHROMIUM
def test_long_lines_wide_tables_and_pale_outputs_do_no_harm(tmp_path, browser, monkeypatch):
    folder = record_claims(tmp_path / "recorded", "01_one")
    monkeypatch.setattr(trials, "recorded_folder", lambda: folder)
    assert problems_of(build_site(executed_course(tmp_path / "course")).parent, browser) == []


@pytest.mark.skipif(not BUILT.is_dir(), reason="the site is not built: run `make site`")
class TestTheSiteThatIsBuilt:
    """`build/html/`, of the course itself."""

    @NEEDS_CHROMIUM
    def test_every_page_is_sound(self, browser):
        assert not problems_of(BUILT, browser)

    @NEEDS_CHROMIUM
    def test_search_finds_a_lesson(self, browser):
        assert "02_cnn.html" in search(browser, BUILT, "SpatialDropout2D")

    def test_every_figure_and_every_claim_of_the_lessons_is_there(self):
        claims_page = text_of(BUILT / "claims.html")
        lessons = sorted((ROOT / run.SITE).glob("*.ipynb"))
        assert lessons
        for path in lessons:
            written, page = path.read_text(encoding="utf-8"), BUILT / f"{path.stem}.html"
            figures = re.findall(r'<img alt=\\"([^"\\]+)', written)
            shown = re.findall(r'<img alt="([^"]+)', page.read_text(encoding="utf-8"))
            assert figures and sorted(shown) == sorted(figures)
            for claim in read(path.stem):
                assert not claim.shown or claim.sentence in text_of(page)
                assert claim.sentence in claims_page
