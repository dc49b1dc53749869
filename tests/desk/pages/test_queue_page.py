"""The queue and the search in a real browser: order, folded copies, filters, views, keys, Arabic however it is spelled."""

from typing import Any

import pytest
from desk_open import EVERYWHERE, Desk, Visit

from marsad.pipeline.views.index import index_of

pytestmark = pytest.mark.browser


def titles(visit: Visit) -> list[str]:
    """Return the titles of the rows on the page."""
    return [words.strip() for words in visit.page.locator(".row .title").all_inner_texts()]


@pytest.mark.long
@EVERYWHERE
def test_the_queue_is_whole(browser: Any, desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """Most people at stake first, the rule of the order said, every copy under what it copies and nowhere else."""
    with Visit(browser, desk, size, lang) as visit:
        visit.go("/queue")
        assert visit.page.locator(".row").count() == 15
        assert "205" in titles(visit)[0]
        assert visit.page.locator("main > div > p.note").first.inner_text() != ""
        folded = visit.page.locator(".row .folded")
        folded.first.locator("summary").click()
        assert "Harbour Daily" in folded.first.inner_text()
        assert not any("Toll from Syrian raids" in title for title in titles(visit))
        assert visit.sideways() <= 0
        assert visit.violations() == []
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
def test_keys_alone_lead_from_the_queue_into_a_report_and_on(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """`j`, Enter, `a` until done, `]` to the next report, `g q` back: no mouse."""
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go("/queue")
        visit.page.wait_for_selector(".row.focus")
        visit.page.keyboard.press("j")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector("#claim-1.focus")
        first = visit.page.url
        for n in range(1, visit.page.locator(".card[data-claim]").count() + 1):
            visit.page.keyboard.press("a")
            visit.page.wait_for_selector(f"#claim-{n}[data-state=accepted]")
        visit.page.wait_for_selector("[data-onward]:focus")
        visit.page.keyboard.press("]")
        visit.page.wait_for_url(lambda url: url.split("#")[0] != first.split("#")[0])
        visit.page.wait_for_selector(".card.focus")
        visit.page.keyboard.press("g")
        visit.page.keyboard.press("q")
        visit.page.wait_for_url("**/queue")
        assert visit.page.locator(".row").count() == 14
        assert visit.faults == []


@pytest.mark.long
def test_the_keys_are_shown_and_go_away(browser: Any, desk: Desk) -> None:
    """`?` lists the keys of this page, Escape closes the list; without scripts a link does."""
    with Visit(browser, desk) as visit:
        visit.go("/queue")
        visit.page.keyboard.press("?")
        assert visit.page.locator("#keys").is_visible()
        assert "next row" in visit.page.inner_text("#keys")
        assert visit.violations() == []
        visit.page.keyboard.press("Escape")
        assert not visit.page.locator("#keys").is_visible()


@pytest.mark.long
def test_keys_of_an_arabic_keyboard_do_the_same(browser: Any, desk: Desk) -> None:
    """The key in the place of `j` says "ت" there, and goes to the next row all the same."""
    with Visit(browser, desk, lang="ar") as visit:
        visit.go("/queue")
        visit.page.wait_for_selector(".row:nth-child(1).focus")
        visit.page.evaluate(
            "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true, cancelable: true}))"
        )
        visit.page.wait_for_selector(".row:nth-child(2).focus")


@pytest.mark.long
@EVERYWHERE
def test_a_filter_is_saved_under_a_name_and_forgotten(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """Arabic reports alone; the view is there for this person and for nobody else."""
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go("/queue")
        visit.page.select_option("select[name=lang]", "ar")
        visit.page.click(".filters button")
        visit.page.wait_for_url("**lang=ar**")
        visit.page.wait_for_selector(".row")
        assert visit.page.locator(".row").count() == 1
        visit.page.click(".views details summary")
        visit.page.fill(".views [name=name]", "بالعربية <b>")
        visit.page.click(".views details button")
        visit.go("/queue")
        visit.page.click("text=بالعربية")
        visit.page.wait_for_url("**lang=ar**")
        visit.page.wait_for_selector(".row")
        assert visit.page.locator(".row").count() == 1
        with Visit(browser, own_desk, size, lang, who="basil") as other:
            other.go("/queue")
            assert "بالعربية" not in other.page.inner_text(".views")
        visit.page.click(".views span form button")
        visit.go("/queue")
        assert "بالعربية" not in visit.page.inner_text(".views")
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
@pytest.mark.parametrize(
    "asked", ["الرّقه", *(pytest.param(one, marks=pytest.mark.soak) for one in ("بالرقة", "للرقه"))]
)
def test_arabic_is_found_however_it_is_spelled(
    browser: Any, desk: Desk, lang: str, size: tuple[int, int], asked: str
) -> None:
    """Ta marbuta or ha, vowels or none, with what is written onto the article: the same report."""
    with Visit(browser, desk, size, lang) as visit:
        visit.go("/queue")
        visit.page.fill("#q", asked)
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/search**")
        assert any("المرصد" in title for title in titles(visit))
        assert visit.page.locator("mark").count() >= 1
        assert visit.sideways() <= 0
        assert visit.faults == []


@pytest.mark.long
def test_a_search_takes_phrases_and_codes(browser: Any, desk: Desk) -> None:
    """Words in quotation marks stand together; the beginning of a code finds incidents; nothing found says so."""
    with Visit(browser, desk) as visit:
        visit.go('/search?q="networks of activists"')
        assert visit.page.locator(".row").count() == 1
        visit.go('/search?q="activists of networks"')
        assert visit.page.locator(".empty").count() == 1
        visit.go("/search?q=nawa")
        assert "NAWA-2014-11-27" in visit.page.inner_text("main")
        for hostile in ('"', "*", "a AND OR NOT (", "NEAR(", "raqqa^2", "{x}", "-", "\u202e", "'; --", "said:raqqa"):
            assert visit.go(f"/search?q={hostile}").status == 200


def test_the_index_follows_what_is_decided(own_desk: Desk) -> None:
    """A report whose claims are all judged leaves the open ones, and comes back when a judgement is taken back."""
    from datetime import UTC, datetime

    from marsad.model import DecisionKind
    from marsad.pipeline.service import WriteService
    from marsad.pipeline.views.report_view import report_cards

    observatory = own_desk.observatory
    with index_of(observatory) as index:
        report = index.reports({"state": "open"}, 1)[0]["report_id"]
    anchors = list(dict.fromkeys(card.anchor for card in report_cards(observatory, report)))
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, bytes)
        now = datetime(2014, 12, 8, tzinfo=UTC)
        for anchor in anchors:
            service.decide(
                anchor=anchor,
                kind=DecisionKind.ACCEPT,
                body={},
                actor="wren",
                reason="read",
                expected_version=0,
                now=now,
            )
        with index_of(observatory) as index:
            row = index.item(report)
            assert row is not None
            assert row["state"] == "done"
        service.decide(
            anchor=anchors[0],
            kind=DecisionKind.ACCEPT,
            body={"undone": True},
            actor="wren",
            reason="no",
            expected_version=1,
            now=now,
        )
    with index_of(observatory) as index:
        row = index.item(report)
        assert row is not None
        assert row["state"] == "open"
