"""The pages of what stands beside incidents in a real browser: the slider without scripts, phones, and nobody shut out."""

from pathlib import Path
from typing import Any

import pytest
from made import files_of, write
from stated import context, release

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PLACE = f"place/{context().points[0].id}.html"
PAGES = [f"{folder}{page}" for folder in ("", "ar/") for page in ("context.html", PLACE, "actor/islamic-state.html")]
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release that tells who held Kobani."""
    made = tmp_path_factory.mktemp("release")
    write(files_of(release()), made)
    return made


@pytest.mark.long
def test_the_slider_needs_no_script(browser: Any, folder: Path) -> None:
    """One map is seen at a time: the last day's, and by an arrow key the one before."""
    within = browser.new_context(java_script_enabled=False)
    page = within.new_page()
    page.goto((folder / "context.html").as_uri())
    seen = page.locator(".steps figure:visible")
    assert (seen.count(), seen.locator("strong").first.inner_text()) == (1, "31 October 2014")
    page.locator("#day-2014-10-31").focus()
    page.keyboard.press("ArrowLeft")
    assert (seen.count(), seen.locator("strong").first.inner_text()) == (1, "26 October 2014")
    page.locator("label[for='day-2014-10-06']").click()
    assert "held in part by Islamic State, and besieged" in seen.inner_text()
    within.close()


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES)
def test_each_page_fits_a_phone_and_shuts_nobody_out(browser: Any, folder: Path, path: str) -> None:
    """Nothing runs off the edge, and axe finds nothing, by day and by night."""
    for scheme in ("light", "dark"):
        within = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)
        page = within.new_page()
        page.goto((folder / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.add_script_tag(content=AXE.read_text("utf-8"))
        found = page.evaluate(f"async () => (await axe.run({RULES})).violations.map(v => v.id)")
        assert found == [], scheme
        within.close()
