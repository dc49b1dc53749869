"""The incident page in a real browser: figures to their words, as known on a day, merge, split, mark, grade, sign off."""

from typing import Any

import pytest
from desk_open import EVERYWHERE, Desk, Visit

from marsad.model import DecisionKind
from marsad.pipeline.run import run

pytestmark = pytest.mark.browser

CODE = "RAQQA-2014-11-25"


def decided(desk: Desk) -> list[tuple[DecisionKind, dict[str, Any]]]:
    """Return kind and body of every decision, oldest first."""
    with desk.observatory.kept(read_only=True) as kept, kept.read() as reading:
        return [(d.kind, dict(d.body)) for d in reading.decisions()]


@pytest.mark.long
@EVERYWHERE
def test_an_incident_is_whole(browser: Any, desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """Every policy in a column, the strip, the map, every claim with its sentence; nothing wider than a phone."""
    with Visit(browser, desk, size, lang) as visit:
        visit.go(f"/incidents/{CODE}")
        assert visit.page.locator(".totals").first.locator("thead th").count() == 3
        best = "95–205" if lang == "en" else "٩٥–٢٠٥"
        assert best in visit.page.inner_text(".totals tbody tr:first-child")
        visit.page.wait_for_selector("#map-here svg.static-map")
        assert visit.page.locator("svg.strip").count() == 2
        assert visit.sideways() <= 0
        assert visit.violations() == []
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
def test_a_figure_opens_to_the_words_and_these_to_the_report(
    browser: Any, desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """From a cell to its explanation, from there to the claim, from there to the report: three clicks."""
    with Visit(browser, desk, size, lang) as visit:
        visit.go(f"/incidents/{CODE}")
        visit.page.click(".totals tbody tr:first-child td:nth-child(3) a")
        visit.page.wait_for_selector("#why-ucdp-killed-total:target")
        visit.page.click("#why-ucdp-killed-total .rests a >> nth=0")
        target = visit.page.locator(":target")
        assert ("killed" if lang == "en" else "قت") in target.inner_text().casefold()
        target.locator("small a").first.click()
        visit.page.wait_for_url("**/reports/**")
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
def test_as_known_on_a_day_is_what_was_known_then(browser: Any, desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """The slider, and without scripts the field of a day, show fewer origins on the first day; nothing can be decided there."""
    with Visit(browser, desk, size, lang) as visit:
        visit.go(f"/incidents/{CODE}")
        slider = visit.page.locator("input[type=range]")
        assert slider.is_visible()
        now = visit.page.locator("#voices ~ .voice, .voice").count()
        slider.focus()
        visit.page.keyboard.press("Home")
        visit.page.wait_for_url("**known_on=2014-12-01**")
        assert visit.page.locator(".voice").count() < now
        assert visit.page.locator("button[value=merge]").count() == 0
    with Visit(browser, desk, size, lang, java_script_enabled=False) as visit:
        visit.go(f"/incidents/{CODE}")
        visit.page.fill("[name=known_on]", "2014-12-02")
        visit.page.click(".known button")
        visit.page.wait_for_url("**known_on=2014-12-02**")
        assert visit.page.locator(".mode-note").is_visible()
        visit.go(f"/incidents/{CODE}?known_on=1999-01-01")
        assert visit.page.locator(".trouble").is_visible()
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
def test_incidents_are_merged_and_claims_split_off_and_marked(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """What is said on the page is what the next run makes: one incident fewer, one more, a claim that counts no longer."""
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go("/incidents/RAQQA-2014-11-27")
        visit.page.fill("[name=into]", CODE)
        visit.page.click("button[value=merge]")
        visit.page.wait_for_selector("#work")
        run(own_desk.observatory, processes=1)
        visit.go("/incidents")
        assert "RAQQA-2014-11-27" not in visit.page.inner_text("main")
        visit.go(f"/incidents/{CODE}")
        box = visit.page.locator("[name=claims]")
        box.nth(0).check()
        visit.page.fill("[name=name]", "the second wave")
        visit.page.click("button[value=split]")
        visit.page.wait_for_selector("#work")
        visit.page.locator("[name=claims]").nth(3).check()
        visit.page.select_option("[name=scope]", "background")
        visit.page.click("button[value=scope]")
        visit.page.wait_for_selector("#work")
        assert visit.page.locator(".trouble").count() == 0
        run(own_desk.observatory, processes=1)
        visit.go("/incidents")
        assert visit.page.locator(".row").count() == 3
        assert visit.faults == []
    kinds = [kind for kind, _ in decided(own_desk)]
    assert {DecisionKind.JOIN, DecisionKind.APART, DecisionKind.CORRECT} <= set(kinds)


@pytest.mark.long
@EVERYWHERE
def test_somebody_else_than_the_author_signs_off_and_sees_what_changed(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """Who graded may not sign; another reviewer may; after a change the page says what is not as it was."""
    with Visit(browser, own_desk, size, lang, who="amal") as author:
        author.go(f"/incidents/{CODE}")
        author.page.select_option("section:has(#grading) [name=grade]", "weak")
        author.page.fill("section:has(#grading) [name=reason]", "One voice under all of it.")
        author.page.click("button[value=grade]")
        author.page.wait_for_selector("#work")
        assert author.page.locator("button[value=sign-toll]").count() == 0
        with Visit(browser, own_desk, size, lang, who="basil") as other:
            other.go(f"/incidents/{CODE}")
            other.page.click("button[value=sign-toll]")
            other.page.wait_for_selector(".aspect:nth-of-type(2) bdi")
            assert other.page.locator(".aspect details").count() == 0
            author.go(f"/incidents/{CODE}")
            author.page.locator("[name=claims]").nth(0).check()
            author.page.fill("[name=name]", "apart")
            author.page.click("button[value=split]")
            author.page.wait_for_selector("#work")
            run(own_desk.observatory, processes=1)
            other.go(f"/incidents/{CODE}")
            assert other.page.locator(".aspect details").count() == 1
            assert other.violations() == []
            assert other.faults == []
    assert [kind for kind, _ in decided(own_desk)][:2] == [DecisionKind.GRADE, DecisionKind.SIGN_TOLL]
