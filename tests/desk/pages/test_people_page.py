"""People and the overview in a real browser: pairs judged by key, names of the living and of minors kept, coverage, funnel."""

from typing import Any

import pytest
from desk_open import EVERYWHERE, Desk, Visit

from marsad.model import DecisionKind

pytestmark = pytest.mark.browser


@pytest.mark.long
@EVERYWHERE
def test_pairs_families_and_overview_are_whole(browser: Any, desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """Each page fits its window, shuts nobody out, and asks nobody else for anything."""
    with Visit(browser, desk, size, lang) as visit:
        for path in (
            "/people",
            "/people?shown=sure",
            "/people/families",
            "/overview",
            "/account",
            "/queue/links",
            "/queue/again",
        ):
            visit.go(path)
            if path == "/overview":
                visit.page.wait_for_selector("svg.coverage")
            assert visit.sideways() <= 0, path
            assert visit.violations() == [], path
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
def test_a_pair_is_judged_with_one_key(browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """`a`: the same person; the answer stands in the ledger, with a reason, and the pair is decided."""
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go("/people")
        visit.page.wait_for_selector(".row.focus")
        assert "87" in visit.page.inner_text(".row .title") or "٨٧" in visit.page.inner_text(".row .title")
        assert visit.page.locator(".reasons li").count() >= 5
        visit.page.keyboard.press("x")
        visit.page.wait_for_selector(".empty")
        visit.go("/people?shown=decided")
        assert visit.page.locator(".row .decided").count() == 1
        assert visit.faults == []
    with own_desk.observatory.kept(read_only=True) as kept, kept.read() as reading:
        [decision] = list(reading.decisions())
    assert decision.kind is DecisionKind.PERSON
    assert decision.body["says"] == "different"
    assert decision.reason


@pytest.mark.long
@EVERYWHERE
def test_names_of_minors_and_of_the_living_are_for_those_who_may(
    browser: Any, desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """A reviewer reads them; whoever only reads does not come here at all; nothing of a name is in the page's source."""
    with Visit(browser, desk, size, lang, who="amal") as visit:
        visit.go("/people?shown=all")
        assert "Rana Salim" in visit.page.content()
    with Visit(browser, desk, size, lang, who="dina") as visit:
        visit.go("/people?shown=all")
        source = visit.page.content()
        assert "Salim Yusuf Karim Haddadin" in source
        for name in ("Rana", "رنا", "Zainab", "زينب", "Omar", "عمر سليم"):
            assert name not in source, name
        visit.go("/people/families")
        assert "Rana" not in visit.page.content()
    with Visit(browser, desk, size, lang, who="cem") as visit:
        assert visit.go("/people").status == 403


@pytest.mark.long
def test_the_funnel_counts_reports_and_the_map_names_who_is_silent(browser: Any, desk: Desk) -> None:
    """18 arrived, 18 read, 17 in an incident; Raqqa speaks, Idlib is silent."""
    with Visit(browser, desk) as visit:
        visit.go("/overview")
        numbers = visit.page.locator(".funnel td.n").all_inner_texts()
        assert numbers[:3] == ["18", "18", "17"]
        visit.page.wait_for_selector("svg.coverage")
        silent = visit.page.inner_text("#coverage-here p.note")
        assert "Idlib" in silent
        assert "Raqqah" not in silent
