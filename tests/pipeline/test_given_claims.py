"""Marks as claims, with the place and time of what was read nearby."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from marsad.evaluate.linked_marks import LinkedMark
from marsad.model import Bound, Claim, ClaimId, Group, Measure, Modality, Place, ReportId, Scope, Status, When
from marsad.pipeline.given_claims import given_claims, known_of

REPORT = ReportId("r")
MARK = LinkedMark(
    report_id="r",
    cid="r.c1",
    start=10,
    end=20,
    low=12,
    high=None,
    qualifier="at_least",
    category="killed",
    victim_type="civilian",
    group=None,
    attribution=("a monitor", "Wire"),
    scope="incident",
    status="asserted",
    part=False,
    incident="MARKET",
)


def read(start: int, end: int, town: str) -> Claim:
    """Return a claim that was read in the report, of this town."""
    place = Place(words=town, name=town, place_id=f"t:{town}", latitude=1.0, longitude=2.0, precision=1, country="XX")
    day = date(2010, 12, 1)
    return Claim(
        claim_id=ClaimId(town),
        report_id=REPORT,
        start=start,
        end=end,
        text="-" * (end - start),
        measure=Measure.KILLED,
        value=1,
        low=1,
        high=1,
        bound=Bound.EXACT,
        status=Status.UNKNOWN,
        group=None,
        attribution=(),
        occurred=When(day, day, 1),
        place=place,
        perpetrator="the army",
        weapon="air strike",
        scope=Scope.INCIDENT,
        modality=Modality.ASSERTED,
        subset_of=None,
        same_as=None,
        derived=False,
        rule="x",
        score=1.0,
    )


def given(*found: Claim, **fields: Any) -> Claim:
    """Return the mark, changed as told, as a claim."""
    [(cid, claim)] = given_claims(REPORT, [replace(MARK, **fields)], found)
    assert cid == "r.c1"
    return claim


def test_what_was_marked_comes_from_the_mark_and_the_rest_from_the_same_words() -> None:
    """Number, bound, category, speakers are the mark's; place, time, perpetrator and weapon those of the claim read there."""
    claim = given(read(0, 11, "Abora"), read(12, 22, "Besse"))
    assert (claim.low, claim.high, claim.bound, claim.measure) == (12, None, Bound.AT_LEAST, Measure.KILLED)
    assert (claim.status, claim.attribution) == (Status.CIVILIAN, ("a monitor", "Wire"))
    assert claim.place is not None
    assert claim.place.name == "Besse"
    assert (claim.perpetrator, claim.weapon) == ("the army", "air strike")


def test_where_nothing_was_read_the_nearest_claim_tells_place_and_time() -> None:
    """Fewest characters away, before or after; without any, nothing is known."""
    near = given(read(0, 4, "Abora"), read(24, 30, "Besse"))
    assert near.place is not None
    assert near.place.name == "Besse"
    alone = given()
    assert (alone.place, alone.occurred, alone.perpetrator) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"qualifier": "up_to"}, {"bound": Bound.AT_MOST}),
        ({"qualifier": "roughly"}, {"bound": Bound.EXACT}),
        ({"group": "children"}, {"group": Group.CHILDREN}),
        ({"group": "shepherds"}, {"group": None}),
        ({"status": "superseded"}, {"modality": Modality.RETRACTED}),
        ({"status": "unconfirmed"}, {"modality": Modality.ASSERTED}),
        ({"scope": "stock"}, {"scope": Scope.BACKGROUND}),
        ({"scope": "cumulative"}, {"scope": Scope.CUMULATIVE}),
        ({"part": True}, {"subset_of": ClaimId("whole")}),
    ],
)
def test_words_of_marks_in_words_of_claims(fields: dict[str, Any], found: dict[str, Any]) -> None:
    """Where a claim has no such word, the plain one stands."""
    claim = given(**fields)
    assert {name: getattr(claim, name) for name in found} == found


def test_marks_without_spans_stand_one_behind_the_other() -> None:
    """They keep their order, and two marks of one report are two claims."""
    marks = [replace(MARK, cid=f"r.c{n}", start=None, end=None) for n in range(3)]
    claims = [claim for _, claim in given_claims(REPORT, marks, [])]
    assert [claim.start for claim in claims] == sorted({claim.start for claim in claims})
    assert len({claim.claim_id for claim in claims}) == 3


def test_where_the_incident_is_known_the_claim_is_there_and_then() -> None:
    """Place and day come from the list of incidents; what it leaves out comes from what was read; other marks are left."""
    known = {"MARKET": known_of({"id": "MARKET", "date": "2010-12-05", "place": "Corvi", "lat": 7.3, "lon": -3.4})}
    other = replace(MARK, cid="r.c2", incident="BRIDGE")
    claims = dict(given_claims(REPORT, [MARK, other], [read(0, 11, "Abora")], known))
    place, day = claims["r.c1"].place, claims["r.c1"].occurred
    assert place is not None
    assert day is not None
    assert (place.latitude, place.precision, day.start) == (7.3, 1, date(2010, 12, 5))
    assert claims["r.c2"].place == read(0, 11, "Abora").place
    vague = known_of({"id": "MARKET", "date": "2010-12", "lat": None})
    assert (vague.place, vague.day) == (None, None)
