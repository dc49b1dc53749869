"""The Raqqa example from reports to tolls, against what a careful reader wrote down beforehand."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.model import Case, Category, Count, Measure, Role, Standing
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.cases import cases
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

EXAMPLE = Path(__file__).parents[2] / "examples" / "raqqa"
EXPECTED = json.loads((EXAMPLE / "expected" / "incidents.json").read_text("utf-8"))
NOW = datetime(2014, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Case]:
    """The example, run once: its incidents by code."""
    gazetteer_path()
    observatory = Observatory.init(tmp_path_factory.mktemp("raqqa") / "obs", "Raqqa", NOW)
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, bytes)
        list(service.receive_all(gather(EXAMPLE / "reports", Particulars()), lambda: NOW))
    run(observatory, processes=1)
    return {case.incident.code: case for case in cases(observatory)}


@pytest.mark.long
def test_the_incidents_are_those_expected(found: Mapping[str, Case]) -> None:
    """Sixteen reports of one day in Raqqa are one incident; the later raids and Nawa are incidents of their own."""
    assert set(found) == {incident["key"] for incident in EXPECTED["incidents"]}


@pytest.mark.parametrize("expected", EXPECTED["incidents"], ids=lambda e: e["key"])
def test_an_incident_is_described_as_expected(found: Mapping[str, Case], expected: Mapping[str, Any]) -> None:
    """Place, country, day, perpetrator and weapon are those that the reports tell."""
    incident = found[expected["key"]].incident
    assert incident.place is not None
    assert incident.when is not None
    assert (incident.place.name, incident.place.country) == (expected["place"], expected["country"])
    assert [incident.when.start.isoformat(), incident.when.end.isoformat()] == expected["occurred"]
    assert (incident.perpetrator, incident.weapon) == (expected["perpetrator"], expected["weapon"])


def _stands_by(case: Case) -> dict[str, dict[str, list[int | None]]]:
    """What each origin is counted for, in the words of the expectations."""
    out: dict[str, dict[str, list[int | None]]] = {}
    for finding in case.findings:
        claim = finding.claim
        if finding.role is Role.COUNTED and claim.bound != "unknown":
            about = claim.group or {"civilian": "civilians", "combatant": "combatants"}.get(claim.status, "")
            key = f"{claim.measure} {about}".strip()
            out.setdefault(finding.fold.origin.name, {})[key] = [claim.low, claim.high]
    return out


@pytest.mark.parametrize("expected", EXPECTED["incidents"], ids=lambda e: e["key"])
def test_origins_stand_by_what_is_expected(found: Mapping[str, Case], expected: Mapping[str, Any]) -> None:
    """Every independent origin that a reader found is found, with the numbers it stands by at the end, and no other."""
    got = _stands_by(found[expected["key"]])
    wanted = {
        origin["origin"]: {k: v for k, v in origin["stands_by"].items() if isinstance(v, list)}
        for origin in expected["origins"]
        if "open" not in origin and origin["kind"] != "party"
    }
    assert {name: got.get(name) for name in wanted} == wanted


def _count(case: Case, policy: str, category: Category) -> tuple[Count | None, Standing]:
    toll = next(t for t in case.tolls if (t.policy, t.measure, t.category) == (policy, Measure.KILLED, category))
    return toll.count, toll.standing


def test_the_toll_of_25_november(found: Mapping[str, Case]) -> None:
    """95 from the origin nearest to the dead, 205 the highest; civilians from the 52 by name to 200; fighters unknown."""
    case = found["RAQQA-2014-11-25"]
    assert _count(case, "ucdp", Category.TOTAL) == (Count(95, 95, 205), Standing.STATED)
    assert _count(case, "airwars", Category.TOTAL) == (Count(95, None, 205), Standing.STATED)
    assert _count(case, "ucdp", Category.CIVILIANS) == (Count(52, 52, 200), Standing.STATED)
    combatants, standing = _count(case, "ucdp", Category.COMBATANTS)
    assert standing is Standing.STATED_UNKNOWN
    assert combatants is not None
    assert (combatants.low, combatants.best) == (0, None)
    assert case.grade == "fair"


def test_every_toll_is_explained_by_claims_that_exist(found: Mapping[str, Case]) -> None:
    """Whatever number is given, the explanation names claims of this incident; nothing given, it says so."""
    for case in found.values():
        known = {f.claim.claim_id for f in case.findings}
        for toll in case.tolls:
            named = {c for step in toll.why.walk() for c in step.claims}
            assert named <= known
            assert bool(named) == (toll.count is not None)


def test_what_must_not_happen(found: Mapping[str, Case]) -> None:
    """The traps: copies, parts, a spun number, footage, a denial, a retraction, a combined count and a war's total."""
    case = found["RAQQA-2014-11-25"]
    counted = [f for f in case.findings if f.role is Role.COUNTED]
    totals = [f for f in counted if f.claim.measure is Measure.KILLED and f.claim.value == 95]
    assert {f.fold.origin.name for f in totals} == {"Syrian Observatory for Human Rights"}
    assert len(totals) == 1
    values = {f.claim.value for f in counted}
    assert not values & {195_000, 118, 20, 7}
    assert not [f for f in counted if f.claim.measure is Measure.BODIES_SEEN]
    assert not [f for f in counted if f.claim.bound == "none"]
    fighters = [f for f in counted if f.claim.status == "combatant" and (f.claim.low or 0) >= 95]
    assert fighters == []
    assert case.incident.perpetrator == "Government of Syria"
    assert case.origins == len(
        {f.fold.origin.name for f in counted if f.fold.origin.kind != "party" and f.claim.bound != "unknown"}
    )
