"""Which incident an article's scene is: weighed by place, day, what was hit, numbers and speakers; and when it is none."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from marsad.assess.checking.scenes import Profile, Scene, matched
from marsad.model import (
    Bound,
    Case,
    Category,
    Claim,
    ClaimId,
    Finding,
    Fold,
    Grade,
    Incident,
    IncidentId,
    Measure,
    Modality,
    Origin,
    OriginKind,
    Place,
    ReportId,
    Role,
    Scope,
    Status,
    Step,
    When,
)

SABT = Place("Sabt", "gn:1", "Sabt", country="XA", admin1="North", latitude=10.0, longitude=10.0, precision=1)
MARJ = Place("Marj", "gn:2", "Marj", country="XA", admin1="South", latitude=12.0, longitude=12.0, precision=1)
MARCH, APRIL = date(2030, 3, 9), date(2030, 4, 9)


def on(day: date) -> When:
    return When(day, day, 1, day.isoformat())


def case(code: str, place: Place, day: date, killed: int, speaker: str = "mayor") -> Case:
    claim = Claim(
        claim_id=ClaimId(code),
        report_id=ReportId(code),
        start=0,
        end=2,
        text=f"{killed:2}",
        measure=Measure.KILLED,
        value=killed,
        low=killed,
        high=killed,
        bound=Bound.EXACT,
        status=Status.UNKNOWN,
        group=None,
        attribution=(speaker,),
        occurred=on(day),
        place=place,
        perpetrator=None,
        weapon=None,
        scope=Scope.INCIDENT,
        modality=Modality.ASSERTED,
        subset_of=None,
        same_as=None,
        derived=False,
        rule="made",
        score=0.9,
    )
    fold = Fold(ClaimId(code), Origin(speaker, OriginKind.OFFICIAL), "named", None, copy=False)
    finding = Finding(claim, fold, Role.COUNTED, "standing", "Daily", day, None, "")
    incident = Incident(IncidentId(code), code, place, on(day), None, None)
    return Case(incident, (finding,), (), Grade.WEAK, 1, Step("grade.none"))


def scene(place: Place | None, day: date | None, killed: int, spots: Iterable[str] = (), said: str = "") -> Scene:
    figures = frozenset({(Measure.KILLED, Category.TOTAL, killed)})
    when = None if day is None else on(day)
    return Scene(place, when, date(2030, 6, 1), frozenset(spots), frozenset(), figures, frozenset({said} - {""}))


MOSQUE = Profile(case("SABT", SABT, MARCH, 39), frozenset({"mosque"}))
BUS = Profile(case("MARJ", MARJ, APRIL, 17), frozenset({"bus"}))


def test_day_and_place_mean_the_incident_whatever_its_number() -> None:
    """A wrong number must not make the incident unknown: that is what is to be found out."""
    found = matched(scene(SABT, MARCH, 58), [MOSQUE, BUS])
    assert found is not None
    assert (found.case.incident.code, found.day_off, found.place_off) == ("SABT", False, False)


def test_what_is_one_off_is_the_incident_all_the_same() -> None:
    """Another day with the town and the dead; another town with the day, the dead and what was hit."""
    day = matched(scene(SABT, APRIL, 39), [MOSQUE, BUS])
    town = matched(scene(MARJ, MARCH, 39, {"mosque"}), [MOSQUE])
    assert day is not None
    assert (day.case.incident.code, day.day_off) == ("SABT", True)
    assert town is not None
    assert (town.case.incident.code, town.place_off) == ("SABT", True)


@pytest.mark.parametrize(
    "told",
    [
        scene(SABT, APRIL, 12),
        scene(MARJ, MARCH, 39),
        scene(MARJ, date(2030, 5, 5), 39, {"mosque"}),
        scene(SABT, None, 4),
        scene(None, MARCH, 4),
    ],
)
def test_what_is_two_off_is_none(told: Scene) -> None:
    """Another raid on the same town, the same day elsewhere, a village without a day: unknown, and no article is accused."""
    assert matched(told, [MOSQUE]) is None


def test_of_two_incidents_as_likely_it_is_neither() -> None:
    """Two attacks on mosques of one town, and an article that names no day: nobody can tell which is meant."""
    other = Profile(case("SABT-2", SABT, APRIL, 39), frozenset({"mosque"}))
    assert matched(scene(SABT, None, 39, {"mosque"}), [MOSQUE, other]) is None
    named = matched(scene(SABT, APRIL, 39, {"mosque"}), [MOSQUE, other])
    assert named is not None
    assert named.case.incident.code == "SABT-2"


def test_a_month_has_many_incidents() -> None:
    """ "In March" and the town are not enough; what was hit, or so rare a number, is."""
    march = When(date(2030, 3, 1), date(2030, 3, 31), 4, "March")
    told = replace(scene(SABT, None, 4), day=march)
    assert matched(told, [MOSQUE]) is None
    assert matched(replace(told, spots=frozenset({"mosque"})), [MOSQUE]) is not None


def test_what_was_told_without_a_place_on_that_day_may_be_of_it() -> None:
    """A report headed by the capital counts for the attack of its day: what the record keeps apart accuses nobody."""
    head = replace(SABT, place_id="gn:9", words="CAPITAL", name="Capital", latitude=14.0)
    stray = Profile(case("CAPITAL", head, MARCH, 39, "governor"))
    found = matched(scene(SABT, MARCH, 39), [MOSQUE, stray])
    assert found is not None
    assert {f.fold.origin.name for f in found.case.findings} == {"mayor", "governor"}
