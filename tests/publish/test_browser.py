"""Every page in a real browser: nothing breaks, nothing is fetched from elsewhere, nothing runs off a phone's edge."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from made import published, write

from marsad.cli.serve_command import serving

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
PHONE, DESK = (390, 844), (1280, 900)
PAGES = sorted(path for path in published()[1] if path.endswith(".html"))
PATIENCE = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the release on 127.0.0.1, as `marsad serve` does."""
    folder = tmp_path_factory.mktemp("release")
    write(published()[1], folder)
    with serving(folder, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


class Visit:
    """A page that is open, and everything that went wrong on it."""

    def __init__(self, browser: Any, address: str, path: str, size: tuple[int, int], **options: Any) -> None:
        self.faults: list[str] = []
        width, height = size
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        self.page.on("request", lambda request: self._asked(request.url, address))
        self.page.goto(address + path, wait_until="load")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:" + address)):
            self.faults.append(f"elsewhere: {url}")

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_on_a_phone_and_on_a_desk(browser: Any, address: str, path: str) -> None:
    """No error, no request to anybody else, no sideways scrolling, and nothing that shuts out a reader."""
    for size in (PHONE, DESK):
        with Visit(browser, address, path, size) as visit:
            if path.endswith("index.html"):
                visit.page.wait_for_selector("#map[data-live=yes]", timeout=PATIENCE)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
            visit.page.evaluate(AXE.read_text("utf-8"))
            found = visit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            grave = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
            assert [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in grave] == []
            assert visit.faults == []


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
        ranges = ("63–209", "48–120", "11") if path == "index.html" else ("٦٣–٢٠٩", "٤٨–١٢٠", "١١")
        assert all(shown in words for shown in ranges)
        assert visit.faults == []


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
        assert "63–209" in popup.inner_text()
        popup.locator("a").click()
        visit.page.wait_for_url("**/incident/RAQQA-2014-11-25.html")
        assert visit.faults == []


def test_a_dot_opens_to_its_words(browser: Any, address: str) -> None:
    """One click on a number of the strip leads to the sentence and who said it."""
    with Visit(browser, address, "incident/RAQQA-2014-11-25.html", DESK) as visit:
        visit.page.locator("svg.strip.wide a.mark", has_text="≥209").locator("circle").click()
        target = visit.page.locator(":target")
        assert "209 or more were killed" in target.inner_text()
        assert target.is_visible()


def test_in_the_dark_and_on_paper_the_words_can_be_read(browser: Any, address: str) -> None:
    """Enough contrast in the dark; on paper the pictures are there and the links of the site are not."""
    with Visit(browser, address, "incident/RAQQA-2014-11-25.html", DESK, color_scheme="dark") as visit:
        visit.page.evaluate(AXE.read_text("utf-8"))
        found = visit.page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
        assert found["violations"] == []
        visit.page.emulate_media(media="print")
        assert visit.page.locator("svg.strip.wide").is_visible()
        assert not visit.page.locator("header nav").is_visible()
