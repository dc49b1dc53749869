"""The report page in a real browser: each claim in its place, judged with one key, corrected, added, taken back."""

from typing import Any

import pytest
from desk_open import EVERYWHERE, Desk, Visit, latin

from marsad.model import DecisionKind
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.report_view import report_cards

pytestmark = pytest.mark.browser


def report_with(desk: Desk, words: str) -> str:
    """Return the report whose first words hold these."""
    with index_of(desk.observatory) as index:
        return str(next(row["report_id"] for row in index.reports({}, 100) if words in row["head"]))


def states(visit: Visit) -> list[str]:
    """Return the state of each claim on the page."""
    found: list[str] = visit.page.eval_on_selector_all(".card[data-claim]", "cards => cards.map(c => c.dataset.state)")
    return found


def decided(desk: Desk, report: str) -> list[tuple[DecisionKind, dict[str, Any], str]]:
    """Return kind, body and reason of every decision on words of this report, oldest first."""
    with desk.observatory.kept(read_only=True) as kept, kept.read() as reading:
        return [(d.kind, dict(d.body), d.reason) for _, d in reading.decisions_in(report)]


@pytest.mark.long
@EVERYWHERE
def test_a_report_shows_each_claim_in_its_place(browser: Any, desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """What is marked are the words of the claims, and the text on the page is the report's to the character."""
    report = report_with(desk, "المرصد")
    with Visit(browser, desk, size, lang) as visit:
        visit.go(f"/reports/{report}")
        cards = report_cards(desk.observatory, report)
        text = visit.page.evaluate("document.querySelector('#text').textContent")
        for card in cards:
            assert text[card.shown.start : card.shown.end] == card.shown.text
            marked = visit.page.eval_on_selector_all(
                f'.claimed[data-claims~="{card.n}"]', "marks => marks.map(m => m.textContent).join('')"
            )
            assert marked == card.shown.text
        assert visit.sideways() <= 0
        assert visit.violations() == []
        assert visit.faults == []


@pytest.mark.long
@EVERYWHERE
def test_claims_are_accepted_and_rejected_with_one_key(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """`a` accepts and goes on, `x` rejects and goes on, `u` takes back; the ledger has each with a reason."""
    report = report_with(own_desk, "Activists fear")
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go(f"/reports/{report}")
        assert states(visit) == ["proposed"] * 4
        for key, expected in (("a", ["accepted"]), ("x", ["accepted", "rejected"])):
            visit.page.keyboard.press(key)
            visit.page.wait_for_selector(f"#claim-{len(expected)}[data-state={expected[-1]}]")
            assert states(visit)[: len(expected)] == expected
            visit.page.wait_for_selector(f"#claim-{len(expected) + 1}.focus")
        visit.page.keyboard.press("k")
        visit.page.keyboard.press("u")
        visit.page.wait_for_selector("#claim-2[data-state=proposed]")
        assert states(visit) == ["accepted", "proposed", "proposed", "proposed"]
        assert visit.faults == []
    kinds = [(kind, body) for kind, body, _ in decided(own_desk, report)]
    assert kinds == [
        (DecisionKind.ACCEPT, {}),
        (DecisionKind.REJECT, {}),
        (DecisionKind.REJECT, {"undone": True}),
    ]
    assert all(reason for _, _, reason in decided(own_desk, report))


@pytest.mark.long
@EVERYWHERE
def test_a_slot_is_corrected_by_typing(browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """`e` opens the slots; the number typed, in either script, is kept with its bound and a reason."""
    report = report_with(own_desk, "Activists fear")
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go(f"/reports/{report}")
        visit.page.keyboard.press("e")
        visit.page.keyboard.type("١١٧" if lang == "ar" else "117")
        visit.page.select_option("#claim-1 [name=bound]", "at_least")
        visit.page.fill("#claim-1 [name=reason]", "The headline says so.")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector("#claim-1[data-state=corrected]")
        assert ("≥117" if lang == "en" else "١١٧") in visit.page.inner_text("#claim-1 .head")
        assert visit.faults == []
    [(kind, body, reason)] = decided(own_desk, report)
    assert kind is DecisionKind.CORRECT
    assert (body["bound"], body["value"], body["low"], body.get("high")) == ("at_least", 117, 117, None)
    assert reason == "The headline says so."


def _drag(visit: Visit, words: str) -> None:
    """Select these words of the text with the mouse."""
    place = """words => {
        const text = document.querySelector('#text');
        const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at < 0) continue;
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            walk.currentNode.parentElement.scrollIntoView({block: 'center'});
            const boxes = [...range.getClientRects()], first = boxes[0], last = boxes.at(-1);
            return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
        }
    }"""
    left, top, right, bottom = visit.page.evaluate(place, words)
    visit.page.mouse.move(left + 0.5, top)
    visit.page.mouse.down()
    visit.page.mouse.move((left + right) / 2, (top + bottom) / 2)
    visit.page.mouse.move(right - 0.5, bottom)
    visit.page.mouse.up()


@pytest.mark.long
@EVERYWHERE
def test_a_missed_claim_is_added_from_what_is_selected(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """Words dragged over and `n`: the new claim stands at exactly these characters."""
    report = report_with(own_desk, "Rights network")
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go(f"/reports/{report}")
        before = len(states(visit))
        _drag(visit, "hospital lists")
        visit.page.keyboard.press("n")
        assert visit.page.input_value("#new-claim [name=words]") == "hospital lists"
        visit.page.select_option("#new-claim [name=measure]", "injured")
        visit.page.fill("#new-claim [name=value]", "12")
        visit.page.click("#new-claim button[value=add]")
        visit.page.wait_for_selector(f"#claim-{before + 1}")
        assert "added" in states(visit)
        assert visit.faults == []
    [(kind, body, _)] = decided(own_desk, report)
    assert (kind, body["text"], body["measure"], body["value"]) == (DecisionKind.ADD, "hospital lists", "injured", 12)


@pytest.mark.long
@EVERYWHERE
def test_the_span_of_a_claim_is_dragged(browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]) -> None:
    """With a claim open for correction, what is selected becomes its words."""
    report = report_with(own_desk, "Rights network")
    with Visit(browser, own_desk, size, lang) as visit:
        visit.go(f"/reports/{report}")
        visit.page.keyboard.press("j")
        visit.page.wait_for_selector("#claim-2.focus")
        visit.page.keyboard.press("e")
        _drag(visit, "the deaths of ")
        words = visit.page.input_value("#claim-2 [name=words]")
        visit.page.click("#claim-2 button[value=correct]")
        visit.page.wait_for_selector("#claim-2[data-state=corrected]")
        assert words == "the deaths of"
    [(kind, body, _)] = decided(own_desk, report)
    assert kind is DecisionKind.CORRECT
    assert body["text"] == "the deaths of"
    assert body["end"] - body["start"] == len("the deaths of")


@pytest.mark.long
@EVERYWHERE
def test_without_scripts_the_same_work_is_done_by_hand(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """Buttons and fields alone: accept, correct, add by typing the words."""
    report = report_with(own_desk, "Activists fear")
    with Visit(browser, own_desk, size, lang, java_script_enabled=False) as visit:
        visit.go(f"/reports/{report}")
        visit.page.click("#claim-1 button[value=accept]")
        visit.page.wait_for_selector("#claim-1[data-state=accepted]")
        visit.page.click("#claim-2 summary")
        visit.page.fill("#claim-2 [name=value]", "not a number")
        visit.page.click("#claim-2 button[value=correct]")
        assert visit.page.inner_text(".trouble") != ""
        assert visit.page.input_value("#claim-2 [name=value]") == "not a number"
        visit.page.fill("#claim-2 [name=value]", "88")
        visit.page.click("#claim-2 button[value=correct]")
        visit.page.wait_for_selector("#claim-2[data-state=corrected]")
        assert visit.faults == []
    assert [kind for kind, _, _ in decided(own_desk, report)] == [DecisionKind.ACCEPT, DecisionKind.CORRECT]


@pytest.mark.long
def test_whoever_only_reads_is_shown_no_button(browser: Any, desk: Desk) -> None:
    """A reader sees text and claims, and nothing to press; what is sent all the same is refused."""
    report = report_with(desk, "Activists fear")
    with Visit(browser, desk, who="cem") as visit:
        visit.go(f"/reports/{report}")
        assert visit.page.locator(".card[data-claim]").count() == 4
        assert visit.page.locator(".card button").count() == 0
        answer = visit.page.evaluate(
            """async report => {
                const body = new URLSearchParams({act: 'accept', csrf_token: document.querySelector('[name=csrf_token]').value});
                return (await fetch(`/reports/${report}/claims`, {method: 'POST', body})).status;
            }""",
            report,
        )
        assert answer == 403


@pytest.mark.long
@EVERYWHERE
def test_two_people_at_one_claim_get_the_three_sides_and_lose_nothing(
    browser: Any, own_desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """The second of two corrections is refused with base, theirs and yours; what was typed is sent again with one button."""
    report = report_with(own_desk, "Activists fear")
    with Visit(browser, own_desk, size, lang) as one, Visit(browser, own_desk, size, lang, who="basil") as other:
        for visit in (one, other):
            visit.go(f"/reports/{report}")
            visit.page.keyboard.press("e")
        seen = one.page.input_value("#claim-1 [name=value]")
        one.page.keyboard.type("116")
        one.page.keyboard.press("Enter")
        one.page.wait_for_selector("#claim-1[data-state=corrected]")
        other.page.keyboard.type("119")
        other.page.fill("#claim-1 [name=reason]", "ثلاثة مراسلين قالوا ذلك")
        other.page.click("#claim-1 button[value=correct]")
        other.page.wait_for_selector(".sides")
        shown = latin(other.page.inner_text(".sides"))
        assert all(number in shown for number in (latin(seen), "116", "119"))
        assert other.page.input_value("[name=reason]") == "ثلاثة مراسلين قالوا ذلك"
        assert other.violations() == []
        other.page.click("form .acts button:not([name])")
        other.page.wait_for_selector("#claim-1[data-state=corrected]")
        assert "119" in latin(other.page.inner_text("#claim-1 .head"))
    first, second = (body for kind, body, _ in decided(own_desk, report) if kind is DecisionKind.CORRECT)
    assert (first["value"], second["value"]) == (116, 119)
    assert second["low"] == first["low"] + 3, "what was not typed follows the number, and is not taken for a change"


@pytest.mark.long
@EVERYWHERE
def test_the_original_is_one_key_away_and_cannot_act(
    browser: Any, desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    """`o` leads to the original in a cage, its hash checked now, and the chain of custody."""
    report = report_with(desk, "Activists fear")
    with Visit(browser, desk, size, lang) as visit:
        visit.go(f"/reports/{report}")
        visit.page.keyboard.press("o")
        visit.page.wait_for_url("**/evidence")
        intact, received = ("SHA-256 agrees", "received") if lang == "en" else ("فطابقت SHA-256", "ورد")
        assert intact in visit.page.inner_text("main")
        assert received in visit.page.inner_text("table")
        frame = visit.page.locator("iframe.original")
        assert frame.get_attribute("sandbox") == ""
        words = visit.page.frame_locator("iframe.original").locator("body").inner_text()
        assert "networks of activists" in words
        assert visit.violations() == []
        assert visit.faults == []
