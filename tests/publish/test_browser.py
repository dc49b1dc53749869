"""Every page in a real browser: nothing breaks, nothing is fetched from elsewhere, nothing runs off a phone's edge."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from made import files_of, write
from releases import many, row

from marsad.cli.serve_command import serving

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = (390, 844), (1280, 900)
FILES = files_of(row()[-1])
PAGES = sorted(path for path in FILES if path.endswith(".html"))
PATIENCE = 60_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""All rules of WCAG 2.2 up to AA that axe knows, and what it recommends beyond them."""

LIGHT = 200_000
"""Bytes that a page may ask for before the map that moves."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the release on 127.0.0.1, as `marsad serve` does."""
    folder = tmp_path_factory.mktemp("release")
    write(FILES, folder)
    with serving(folder, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Visit:
    """A page that is open, and everything that went wrong on it."""

    def __init__(self, browser: Any, address: str, path: str, size: tuple[int, int], **options: Any) -> None:
        self.faults: list[str] = []
        width, height = size
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", lambda request: self._asked(request.url, address))
        self.page.goto(address + path, wait_until="load")

    def _failed(self, request: Any) -> None:
        # "aborted" is a page that was left while a font was on its way; a refused or missing file says otherwise
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:" + address)):
            self.faults.append(f"elsewhere: {url}")

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_on_a_phone_and_on_a_desk(browser: Any, address: str, path: str) -> None:
    """No error, no request to anybody else, no sideways scrolling, and nothing that shuts out a reader."""
    for size in (PHONE, DESK):
        with Visit(browser, address, path, size) as visit:
            if path.endswith("index.html"):
                visit.page.wait_for_selector("#map[data-live=yes]", timeout=PATIENCE)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
            visit.page.evaluate(AXE.read_text("utf-8"))
            found = visit.page.evaluate(f"axe.run(document, {{runOnly: {WCAG}, resultTypes: ['violations']}})")
            faults = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found["violations"]]
            assert faults == []
            assert visit.faults == []


@pytest.mark.long
@pytest.mark.parametrize("path", ["index.html", "ar/index.html"])
def test_without_scripts_the_overview_still_has_its_map_and_its_numbers(browser: Any, address: str, path: str) -> None:
    """The drawn map stands in, with every incident in the table."""
    with Visit(browser, address, path, PHONE, java_script_enabled=False) as visit:
        drawing = visit.page.locator("svg.static-map")
        box = drawing.bounding_box()
        assert drawing.is_visible()
        assert box is not None
        assert box["height"] > 100
        words = visit.page.inner_text("body")
        ranges = ("63–140", "48–120", "11") if path == "index.html" else ("٦٣–١٤٠", "٤٨–١٢٠", "١١")
        assert all(shown in words for shown in ranges)
        assert visit.faults == []


@pytest.mark.long
def test_a_spot_on_the_map_opens_to_its_incidents(browser: Any, address: str) -> None:
    """One click: when, how many, and the way to the page."""
    with Visit(browser, address, "index.html", DESK) as visit:
        visit.page.wait_for_selector("#map[data-live=yes]", timeout=PATIENCE)
        assert not visit.page.locator("svg.static-map").is_visible()
        place = """() => {
            const mark = document.querySelector(".static-map circle.sure");
            const [, , width, height] = document.querySelector(".static-map").getAttribute("viewBox").split(" ");
            return [mark.getAttribute("cx") / width, mark.getAttribute("cy") / height];
        }"""
        across, down = visit.page.evaluate(place)
        visit.page.locator(".live").scroll_into_view_if_needed()
        box = visit.page.locator(".live canvas").bounding_box()
        visit.page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        popup = visit.page.locator(".maplibregl-popup")
        popup.wait_for(timeout=PATIENCE)
        assert "Raqqa" in popup.inner_text()
        assert "63–140" in popup.inner_text()
        popup.locator("a").click()
        visit.page.wait_for_url("**/incident/RAQQA-2014-11-25.html")
        assert visit.faults == []


@pytest.mark.long
def test_a_dot_opens_to_its_words(browser: Any, address: str) -> None:
    """One click on a number of the strip leads to the sentence and who said it."""
    with Visit(browser, address, "incident/RAQQA-2014-11-25.html", DESK) as visit:
        visit.page.locator("svg.strip.wide a.mark", has_text="≥209").locator("circle").click()
        target = visit.page.locator(":target")
        assert "209 or more were killed" in target.inner_text()
        assert target.is_visible()


@pytest.mark.long
def test_in_the_dark_and_on_paper_the_words_can_be_read(browser: Any, address: str) -> None:
    """Enough contrast in the dark; on paper the pictures are there and the links of the site are not."""
    with Visit(browser, address, "incident/RAQQA-2014-11-25.html", DESK, color_scheme="dark") as visit:
        visit.page.evaluate(AXE.read_text("utf-8"))
        found = visit.page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
        assert found["violations"] == []
        visit.page.emulate_media(media="print")
        assert visit.page.locator("svg.strip.wide").is_visible()
        assert not visit.page.locator("header nav").is_visible()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a release of three hundred incidents in as many places."""
    folder = tmp_path_factory.mktemp("crowded")
    write(files_of(many(300)), folder)
    with serving(folder, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.long
@pytest.mark.parametrize("path", ["index.html", "ar/index.html", "coverage.html", "errata.html", "ar/methods.html"])
def test_a_page_weighs_little_before_the_map(browser: Any, crowded: str, path: str) -> None:
    """Page, style and letters of a large release, as they come over the line uncompressed: at most 200 kB."""
    came: list[tuple[str, int]] = []
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.on("response", lambda answer: came.append((answer.url, len(answer.body()))))
    page.goto(crowded + path, wait_until="networkidle")
    page.wait_for_timeout(500)
    context.close()
    assert any(url.endswith(".woff2") for url, _ in came)
    assert sum(size for _, size in came) <= LIGHT, came


@pytest.mark.long
def test_the_slider_shows_what_had_happened_by_a_day(browser: Any, address: str) -> None:
    """Moved by keys to its first day it leaves the one incident of that day on the map, and says which day it is."""
    for path, first in (("index.html", "20 November 2014"), ("ar/index.html", "٢٠ نوفمبر ٢٠١٤")):
        with Visit(browser, address, path, PHONE) as visit:
            visit.page.wait_for_selector("#map[data-live=yes]", timeout=PATIENCE)
            slider = visit.page.locator("#until")
            slider.focus()
            slider.press("Home")
            visit.page.wait_for_selector("#map[data-shown='1']", timeout=PATIENCE)
            assert slider.get_attribute("aria-valuetext") == first
            slider.press("End")
            visit.page.wait_for_selector("#map[data-shown='2']", timeout=PATIENCE)
            assert visit.faults == []


@pytest.mark.long
def test_without_scripts_what_was_said_can_be_found(browser: Any, address: str) -> None:
    """From the errata to the state that was corrected, opened by its address alone."""
    with Visit(browser, address, "errata.html", PHONE, java_script_enabled=False) as visit:
        visit.page.locator("#release-3 a", has_text="RAQQA-2014-11-25").click()
        visit.page.wait_for_url("**/incident/RAQQA-2014-11-25.html#said-2")
        target = visit.page.locator(":target")
        target.locator("summary").click()
        assert "63–209" in target.inner_text()
        assert "people corrected how a statement was read" in target.inner_text()
        assert visit.faults == []
