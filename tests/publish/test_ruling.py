"""Telling less takes one person, telling more again takes two."""

from datetime import UTC, datetime, timedelta

import cases
import pytest

from marsad.model import Decision, DecisionKind
from marsad.publish.disclose import Withheld, disclose
from marsad.publish.public import PublicIncident, PublicReason
from marsad.publish.ruling import NO_RULING, Ruling, ruling_of

BEGIN = datetime(2014, 12, 1, tzinfo=UTC)


def row(*decided: tuple[str, str, dict[str, object]]) -> list[Decision]:
    """Return decisions one after the other: what kind, by whom, about what."""
    return [
        Decision("r:1-2", DecisionKind(kind), n + 1, body, actor, "a reason", BEGIN + timedelta(minutes=n))
        for n, (kind, actor, body) in enumerate(decided)
    ]


PLACE: dict[str, object] = {"place": "province"}
ALL: dict[str, object] = {"incident": True}


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ([], NO_RULING),
        ([("withhold", "lynx", PLACE)], Ruling(place="province")),
        ([("withhold", "lynx", PLACE), ("loosen", "lynx", PLACE)], Ruling(place="province")),
        ([("withhold", "lynx", PLACE), ("loosen", "lynx", PLACE), ("loosen", "lynx", PLACE)], Ruling(place="province")),
        ([("withhold", "lynx", PLACE), ("loosen", "lynx", PLACE), ("loosen", "fox", PLACE)], NO_RULING),
        ([("loosen", "lynx", PLACE), ("loosen", "fox", PLACE), ("withhold", "owl", PLACE)], Ruling(place="province")),
        ([("loosen", "lynx", ALL), ("withhold", "owl", ALL), ("loosen", "fox", ALL)], Ruling(silent=True)),
        ([("withhold", "lynx", {"place": "country"}), ("withhold", "fox", PLACE)], Ruling(place="country")),
        (
            [("withhold", "lynx", {"embargo_hours": 168}), ("withhold", "fox", {"embargo_hours": 48})],
            Ruling(embargo=timedelta(hours=168)),
        ),
        ([("withhold", "lynx", ALL | PLACE), ("loosen", "a", ALL), ("loosen", "b", ALL)], Ruling(place="province")),
    ],
)
def test_what_holds_after_a_row_of_decisions(
    decided: list[tuple[str, str, dict[str, object]]], expected: Ruling
) -> None:
    """One person tightens at once; nobody loosens alone, nor with an approval from before the tightening."""
    assert ruling_of(row(*decided)) == expected


def test_a_silent_incident_is_counted_and_not_told() -> None:
    """Withheld for safety, whatever else would let it through."""
    assert disclose(cases.raqqa(), cases.policy(), cases.NOW, ruling=Ruling(silent=True)) == Withheld(
        PublicReason.SAFETY
    )


@pytest.mark.parametrize(("how", "province"), [("province", "Ar Raqqah"), ("country", None)])
def test_a_place_is_told_no_finer_than_was_decided(how: str, province: str | None) -> None:
    """Neither name nor point nor code gives it away."""
    told = disclose(cases.raqqa(), cases.policy(), cases.NOW, ruling=Ruling(place=how))
    assert isinstance(told, PublicIncident)
    assert told.place is not None
    assert (told.place.name, told.place.latitude, told.place.admin1, told.place.coarsened) == (
        None,
        None,
        province,
        True,
    )
    assert "RAQQA-" not in told.code or how == "province"
    assert told.code == ("AR-RAQQAH-2014-11-25" if how == "province" else "SY-2014-11-25")


def test_an_embargo_by_decision_only_lengthens() -> None:
    """A week holds; an hour does not shorten the day that the policy asks for."""
    now = datetime(2014, 11, 29, 12, tzinfo=UTC)
    week, hour = Ruling(embargo=timedelta(hours=168)), Ruling(embargo=timedelta(hours=1))
    assert disclose(cases.raqqa(), cases.policy(), now, ruling=week) == Withheld(PublicReason.EMBARGO)
    early = datetime(2014, 11, 27, 11, tzinfo=UTC)
    assert disclose(cases.raqqa(), cases.policy(), early, ruling=hour) == Withheld(PublicReason.EMBARGO)
    assert isinstance(disclose(cases.raqqa(), cases.policy(), now, ruling=hour), PublicIncident)
