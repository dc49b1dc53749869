"""The claims of one report, told apart or together."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import DUMA, LOST, RIF, SARAQIB, SYRIA, TUESDAY, ZABADANI, children, claim, day, when

from marsad.link.facets import facet_of
from marsad.link.tellings import telling_of, telling_row, tellings_of
from marsad.model import Flag, Measure, Place
from marsad.model.telling import Telling, Trait


def told(*claims: dict[str, Any]) -> list[Telling]:
    """Return the tellings of a report that makes these claims, in the order of its text."""
    made = [claim("r", 100 * n, **one) for n, one in enumerate(claims)]
    facets = [{**asdict(f), "rank": 3, "printed": 735_563} for c in made for f in facet_of(c)]
    return list(tellings_of(facets))


def sizes(*claims: dict[str, Any]) -> list[int]:
    """Return how many claims each telling has."""
    return [len(one.claims) for one in told(*claims)]


def test_towns_are_told_apart() -> None:
    """Two towns are two incidents, and the claim behind them belongs to the town that it names."""
    assert sizes({}, {"place": SARAQIB, "value": 4}, {**children(2), "place": DUMA}) == [2, 1]


def test_days_are_told_apart() -> None:
    """Monday's dead are not Tuesday's; the injured without a day go with the last day told."""
    assert sizes({"on": day(24)}, {"on": day(25)}, {"on": None, "measure": Measure.INJURED}) == [1, 2]


@pytest.mark.parametrize("wide", [RIF, SYRIA, None])
def test_a_wider_place_is_no_other_place(wide: Any) -> None:
    """ "In Syria", "in the province", no place: the town of the same report."""
    assert sizes({}, {"place": wide, "measure": Measure.INJURED}) == [2]


def test_another_province_is_another_place() -> None:
    """Idlib's town is not in Rif Dimashq."""
    assert sizes({"place": SARAQIB}, {"place": RIF, "value": 30}) == [1, 1]


def test_a_place_that_nobody_knows_may_lie_in_a_known_one() -> None:
    """The same number "in Tell Nowhere" is the town's number; another number there is another incident."""
    assert sizes({}, {"place": LOST, "value": 12}) == [2]
    assert sizes({}, {"place": LOST, "value": 30}) == [1, 1]


def test_a_village_lies_in_what_its_report_calls_the_district() -> None:
    """A village, then its district, the land near its town, or the province by its town's name: one scene."""
    village = Place("Tal", "gn:20", "Tal", None, "SY", "Idlib", 35.80, 36.60, 1)
    district = Place("Ariha district", "gn:21", "Ariha", None, "SY", "Idlib", 35.95, 36.85, 3)
    near = Place("Saraqib", "gn:12", "Saraqib", None, "SY", "Idlib", 35.86, 36.8, 2)
    namesake = Place("Idlib", "gn:22", "Idlib", None, "SY", "Idlib", 35.93, 36.63, 1)
    for wider in (district, near, namesake):
        assert sizes({"place": village}, {"place": wider, "value": 9}) == [2]
    town = Place("Maarat", "gn:23", "Maarat", None, "SY", "Idlib", 35.65, 36.68, 1)
    assert sizes({"place": village}, {"place": town, "value": 9}) == [1, 1]


def test_a_place_of_another_sentence_may_be_that_of_the_number() -> None:
    """The same number beside no place, with that of a dateline: the town's; another number stays apart."""
    inferred = {"place": DUMA, "flags": (Flag.PLACE_INFERRED,)}
    assert sizes({"place": SARAQIB}, inferred) == [2]
    assert sizes({"place": SARAQIB}, {**inferred, "value": 30}) == [1, 1]


def test_a_telling_has_the_narrowest_place_and_time() -> None:
    """News of the country that week, then the town and the day: the telling is of the town and the day."""
    [one] = told({"place": SYRIA, "on": when(day(20), day(25))}, {"place": ZABADANI, "on": TUESDAY})
    assert (one.place_key, one.precision) == ("gn:11", 1)
    assert one.day_from == one.day_to == TUESDAY.toordinal()


def test_the_largest_whole_is_the_figure() -> None:
    """Sixty-three, then ninety-five, among them five children: ninety-five; parts set no figure, and are numbers."""
    [one] = told({"value": 63}, {"value": 95}, children(5))
    assert one.figures == {"killed": (95, 95, 95)}
    assert one.traits[Trait.NUMBER] == {"killed||63", "killed||95", "killed|children|5"}
    [parts] = told(children(5))
    assert not parts.figures


_CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from([DUMA, ZABADANI, SARAQIB, RIF, SYRIA, LOST, None]),
            "on": st.sampled_from([day(24), TUESDAY, when(day(20), day(26)), None]),
            "value": st.integers(0, 99),
            "measure": st.sampled_from([Measure.KILLED, Measure.INJURED]),
        }
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(_CLAIMS)
def test_every_claim_is_in_one_telling(claims: list[dict[str, Any]]) -> None:
    """None is lost, none is told twice, and a telling goes to a row and back."""
    made = told(*claims)
    ids = [c for one in made for c in one.claims]
    assert len(ids) == len(set(ids)) == len(claims)
    assert [telling_of(telling_row(one)) for one in made] == made


def test_a_place_that_nobody_knows_lies_in_the_country_of_its_report() -> None:
    """An unknown village among claims of Syrian places is Syrian; where two countries are told of alike, it is of none."""
    known, unknown = {"value": 5, "on": day(20)}, {"value": 40, "place": LOST, "on": day(25)}
    abroad = {"value": 7, "on": day(10), "place": Place("Mosul", "gn:9", "Mosul", None, "IQ", "Nineveh", 36.3, 43.1, 1)}

    def country_of(*told: dict[str, Any]) -> str | None:
        facets = [facet for n, one in enumerate(told) for facet in facet_of(claim("r", 100 * n, **one))]
        rows = [{**asdict(facet), "rank": 0, "printed": 735_563} for facet in facets]
        [lost] = [t for t in tellings_of(rows) if t.place_key.startswith("~")]
        return lost.country

    assert country_of(known, unknown) == "SY"
    assert country_of(unknown) is None
    assert country_of(known, unknown, abroad) is None


def test_a_drone_strike_is_an_air_strike() -> None:
    """Who tells of an air strike may mean the drone of another report; a shot is no kind of anything."""
    [drone], [shot] = told({"weapon": "drone strike"}), told({"weapon": "gunfire"})
    assert drone.traits[Trait.WEAPON] == {"drone strike", "air strike"}
    assert shot.traits[Trait.WEAPON] == {"gunfire"}
