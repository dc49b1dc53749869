"""From one printed story alone: what it says of who holds what, who lives where, and how many died, each by a question."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.context.people import Flow, People
from marsad.model import Scope
from marsad.model.control import Control, ControlState
from marsad.pipeline.actors import register_of
from marsad.pipeline.control import History, Parties, asked_place, history, opened_gazetteer, who_held
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.people import everybody, lived
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.totals import totals

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "seed"
NOW, DAY = datetime(2014, 12, 1, tzinfo=UTC), date(2014, 11, 26)
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the printed story is not at hand")

GOLD: dict[str, Any] = (
    {claim["id"]: claim for claim in json.loads((FOLDER / "seed_gold.json").read_text("utf-8"))["claims"]}
    if FOLDER.exists()
    else {}
)

CONTROL = {
    # of whom the story says what, at which place; the place is the one that is asked for
    "C06": ("Raqa", "Islamic State", ControlState.HELD, True),
    "C07": ("Raqa", "Islamic State", ControlState.HELD, False),
    "C09": ("Raqa", "Government of Syria", ControlState.LOST, True),
    "C10": ("Raqa", "Islamic State", ControlState.HELD, True),
    "C11": ("Raqa", "Islamic State", ControlState.HELD, False),
    "C17": ("Syria", "Islamic State", ControlState.HELD, False),
    "C40": ("Raqa", "Islamic State", ControlState.HELD, False),
    "C41": ("Iraq", "pro-government forces", ControlState.HELD, True),
    "C43a": ("Mosul", "Islamic State", ControlState.HELD, False),
    "C43b": ("Tikrit", "Islamic State", ControlState.HELD, False),
    "C43c": ("Fallujah", "Islamic State", ControlState.HELD, False),
    "C43d": ("Iraq", "Islamic State", ControlState.HELD, False),
}


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """The story as the only report."""
    made = Observatory.init(tmp_path_factory.mktemp("story") / "obs", "story", NOW)
    [file] = FOLDER.glob("000_*.txt")
    with made.kept() as kept:
        given = Particulars(outlet="An Outlet", published=DAY)
        list(WriteService(kept, made.vault, bytes).receive_all(gather(file, given), lambda: NOW))
    run(made, processes=1)
    return made


def _history(observatory: Observatory, place: str) -> History:
    gazetteer = opened_gazetteer(observatory)
    with observatory.derived(read_only=True) as derived:
        parties = Parties(register_of(observatory), gazetteer)
        return history(observatory, derived, asked_place(derived, gazetteer, place), parties=parties)


def _meets(start: int, end: int, gold: str) -> bool:
    return any(span["start"] < end and start < span["end"] for span in GOLD[gold]["spans"])


def _told(found: History, gold: str) -> list[Control]:
    return [c for c in found.stand if _meets(c.start, c.start + len(c.text), gold)]


@pytest.mark.long
@pytest.mark.parametrize("gold", CONTROL)
def test_what_the_story_says_of_control_is_returned_by_the_history_of_its_place(
    observatory: Observatory, gold: str
) -> None:
    """Party, state and words; times as far as the story tells them."""
    place, party, state, change = CONTROL[gold]
    told = [
        c for c in _told(_history(observatory, place), gold) if (c.party, c.state, c.change) == (party, state, change)
    ]
    assert told, f"{gold} is not in the history of {place}"
    partial = GOLD[gold].get("control", {}).get("status") == "partial" or gold == "C17"
    assert {c.partial for c in told} == {partial}
    assert all(c.last <= date.fromisoformat(GOLD[gold]["time"]["end"]) or c.first is None for c in told)


def test_the_city_is_the_jihadists_on_the_day_and_was_lost_by_the_government_before_they_came(
    observatory: Observatory,
) -> None:
    """Held, by one party, without a dispute; nobody says who held it in 2012."""
    gazetteer = opened_gazetteer(observatory)
    with observatory.derived(read_only=True) as derived:
        asked = asked_place(derived, gazetteer, "Raqa")
        answer = who_held(observatory, derived, asked, DAY)
        assert (answer.verdict, answer.party) == ("held", "Islamic State")
        assert who_held(observatory, derived, asked, date(2012, 6, 1)).verdict == "unknown"
        mosul = who_held(observatory, derived, asked_place(derived, gazetteer, "Mosul"), DAY)
    assert (mosul.party, mosul.holdings[0].rule) == ("Islamic State", "stated")
    changes = [(c.party, c.state.value) for c in _history(observatory, "Raqa").changes]
    assert ("Government of Syria", "lost") in changes
    assert ("Islamic State", "held") in changes


def test_year_and_order_of_the_fall_are_kept_as_said(observatory: Observatory) -> None:
    """ "Last year" is the whole of 2013: the story may err, and nothing is corrected."""
    [fell] = _told(_history(observatory, "Raqa"), "C06")
    assert (fell.first, fell.last) == (date(2013, 1, 1), date(2013, 12, 31))


def _people(observatory: Observatory, place: str, gold: str) -> list[People]:
    gazetteer = opened_gazetteer(observatory)
    with observatory.derived(read_only=True) as derived:
        told = everybody(derived, asked_place(derived, gazetteer, place))
        rows = {r["knowledge_id"]: r for r in derived.table("knowledge").to_pylist()}
    return [p for p in told if _meets(rows[p.knowledge_id]["start"], rows[p.knowledge_id]["end"], gold)]


@pytest.mark.parametrize(
    ("gold", "place", "flow", "low", "high", "baseline"),
    [
        ("C13", "Syria", Flow.NEW, 2_000_000, None, False),
        ("C36", "Raqa", Flow.POPULATION, 220_000, 220_000, True),
        ("C37", "Raqa", Flow.POPULATION, 300_000, 350_000, False),
        ("C38", "Raqa", Flow.PRESENT, 0, 350_000, False),
    ],
)
def test_who_lived_lives_and_fled(
    observatory: Observatory, gold: str, place: str, flow: Flow, low: int, high: int | None, baseline: bool
) -> None:
    """Before the war, now, among them the displaced; and the millions, who are no stock of any place."""
    [told] = _people(observatory, place, gold)
    assert told.persons is not None
    assert (told.flow, told.persons.low, told.persons.high, told.baseline) == (flow, low, high, baseline)


def test_the_toll_of_the_raid_is_set_against_the_inhabitants_of_before_the_war(observatory: Observatory) -> None:
    """95 of about 220,000 are 43 of a hundred thousand."""
    gazetteer = opened_gazetteer(observatory)
    with observatory.derived(read_only=True) as derived:
        found = lived(observatory, derived, asked_place(derived, gazetteer, "Raqa"), "ucdp", DAY)
    assert found.toll is not None
    assert found.share is not None
    assert (found.toll.low, found.toll.high) == (95, 95)
    assert round(float(found.share[0])) == 43


def test_the_war_s_total_stands_apart_and_the_raid_is_a_sliver_of_it(observatory: Observatory) -> None:
    """More than 195,000, open above: the one incident covers between nothing and 95 of 195,001 of it."""
    told, running = totals(observatory, "ucdp")
    [war] = [t for t in told if _meets(t.claim.start, t.claim.end, "C12")]
    assert (war.claim.low, war.claim.high, war.claim.scope) == (195_001, None, Scope.CUMULATIVE)
    assert war.incidents == 1
    assert float(war.found.covered[1]) == pytest.approx(95 / 195_001)
    assert running == []
