"""What an incident is called, and where, when and by whom it is said to have been."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from told import DUMA, DUMA_AR, GOVERNMENT, RIF, SYRIA, TUESDAY, Prints, claim, day, hear, heard, when

from marsad.link.describe import Dossier, code_of, weighing_of
from marsad.model import Incident, Place, Scope, content_id


def incident(*told: tuple[str, int, Mapping[str, Any]]) -> Incident:
    """Return the incident that these claims make."""
    [made] = weighing_of(Dossier("c", tuple(hear(*told))))
    return made.incident


def test_the_earliest_claim_names_the_incident() -> None:
    """Later reports, copies and background leave the id as it is."""
    first = hear(("A", 25, {}))[0]
    more = hear(("A", 25, {}), ("B", 26, {"value": 40}), ("C", 27, {"scope": Scope.CUMULATIVE}))
    copy = heard(claim("copy"), "D", day(28), of=first.claim.claim_id)
    [one], [other] = weighing_of(Dossier("c", (first,))), weighing_of(Dossier("d", (*more, copy)))
    assert one.incident.incident_id == other.incident.incident_id == content_id("incident", first.claim.claim_id)
    assert len(other.standing) == 4


def test_without_a_claim_of_an_incident_there_is_none() -> None:
    """Copies alone, or running totals alone, make no incident."""
    copy = heard(claim("r"), of=claim("x").claim_id)
    total = heard(claim("s", scope=Scope.CUMULATIVE))
    assert list(weighing_of(Dossier("c", (copy, total)))) == []


def test_the_finest_place_that_most_name() -> None:
    """A town before its province before its country, whatever comes first; the words stay with the claims."""
    made = incident(("A", 25, {"place": SYRIA}), ("B", 25, {"place": RIF}), ("C", 26, {"place": DUMA_AR}))
    assert made.place == replace(DUMA, words="Duma")


def test_the_sharpest_day_that_most_name() -> None:
    """A day before an interval; of two days the one that more claims give; of as many, the earlier."""
    wide = when(day(22), day(26))
    assert incident(("A", 26, {"on": wide}), ("B", 26, {"on": TUESDAY})).when == when(TUESDAY)
    three: list[tuple[str, int, Mapping[str, Any]]] = [
        ("A", 26, {"on": day(24)}),
        ("B", 26, {"on": day(25)}),
        ("C", 26, {"on": day(25)}),
    ]
    assert incident(*three).when == when(day(25))
    assert incident(*three[:2]).when == when(day(24))
    assert incident(("A", 26, {"on": None})).when is None


def test_who_and_with_what_as_most_say() -> None:
    """The party and the weapon that most claims name; nobody naming one, none."""
    told: list[tuple[str, int, Mapping[str, Any]]] = [
        ("A", 25, {"perpetrator": "Islamic State"}),
        ("B", 25, {}),
        ("C", 25, {"weapon": None}),
    ]
    made = incident(*told)
    assert (made.perpetrator, made.weapon) == (GOVERNMENT, "air strike")
    assert incident(("A", 25, {"perpetrator": None, "weapon": None})).perpetrator is None


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (DUMA, "DUMA-2014-11-25"),
        (Place("x", None, "Deir ez-Zor"), "DEIR-EZ-ZOR-2014-11-25"),
        (Place("x", None, "Şūrān"), "SURAN-2014-11-25"),
        (None, "UNPLACED-2014-11-25"),
    ],
)
def test_a_code_is_what_people_say(place: Place | None, code: str) -> None:
    """Place and day, in letters that every keyboard has."""
    assert code_of(place, when(TUESDAY)) == code


def test_a_place_in_another_script_has_a_code_of_its_own() -> None:
    """Two Arabic names without a Latin one do not share a code."""
    codes = {code_of(Place(name, None, name), when(date(2014, 11, 25))) for name in ("قرية", "تل")}
    assert len(codes) == 2
    assert all(code.isascii() for code in codes)


def test_incidents_that_share_place_and_day_are_told_apart_by_number() -> None:
    """The earliest reported keeps the plain code when a person parts them and when reports are added."""
    made = Prints()
    made.add("A", day(26), {"place": Place("Tell A", None, "Tell Nowhere")})
    made.add("B", day(27), {"place": Place("Tell B", None, "Tell Nowhere"), "value": 40})
    found = made.derived()
    codes = {row["incident_id"]: row["code"] for row in found["incident"].to_pylist()}
    ids = [content_id("incident", c.claim_id) for c in made.claims]
    assert [codes[i] for i in ids] == ["TELL-NOWHERE-2014-11-25", "TELL-NOWHERE-2014-11-25-2"]
