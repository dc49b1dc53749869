"""What of a claim decides its incident."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from told import DUMA, DUMA_AR, LOST, RIF, SYRIA, TUESDAY, civilians, claim, unknown, when
from values import claims as any_claim

from marsad.link.facets import HARM, facet_of
from marsad.model import Bound, Claim, Group, Measure, Modality, Place, Scope
from marsad.model.telling import NAMESAKE


def test_only_harm_makes_an_incident() -> None:
    """Populations and the displaced are the setting of incidents, never incidents."""
    for measure in Measure:
        assert len(list(facet_of(claim(measure=measure)))) == (measure in HARM)
    assert {Measure.POPULATION, Measure.DISPLACED} == set(Measure) - HARM


@pytest.mark.long
@settings(max_examples=50)
@given(any_claim())
def test_every_claim_of_harm_has_one_facet(one: Claim) -> None:
    """Whatever is unknown in a claim, its facet names the claim, and days that are never below 1."""
    found = list(facet_of(one))
    assert len(found) == (one.measure in HARM)
    for facet in found:
        assert facet.claim_id == one.claim_id
        assert facet.precision is None or 1 <= facet.precision <= 7
        assert facet.whole in (0, 1)
        assert facet.day_from is None or 1 <= facet.day_from <= (facet.day_to or 0)


def test_one_town_in_two_scripts_is_one_place() -> None:
    """The place is the gazetteer's, not the words': Duma and دوما meet."""
    [latin], [arabic] = facet_of(claim(place=DUMA)), facet_of(claim(place=DUMA_AR))
    assert latin.place_key == arabic.place_key == "gn:10"


def test_a_place_nobody_knows_is_known_by_its_words() -> None:
    """Spelling variants that fold together meet; they never meet a place of the gazetteer."""
    [one], [other] = facet_of(claim(place=LOST)), facet_of(claim(place=Place("TELL  nowhere", None, "TELL nowhere")))
    assert one.place_key == other.place_key
    assert one.place_key.startswith("~")


@pytest.mark.parametrize(
    ("given_", "whole"),
    [
        ({"value": 12}, 1),
        ({"value": 95, "bound": Bound.MORE_THAN, "low": 96}, 1),
        (unknown(), 1),
        (civilians(7), 1),
        ({"value": 4, "group": Group.CHILDREN}, 0),
        ({"value": None, "low": 48, "high": 95, "bound": Bound.FRACTION}, 0),
        ({"value": 43, "derived": True}, 0),
        ({"value": 4, "part_of": "another claim"}, 0),
    ],
)
def test_a_part_of_another_number_is_no_whole(given_: dict[str, Any], whole: int) -> None:
    """Groups, shares, what is worked out and what is said to be among others tell no toll of their own."""
    [facet] = facet_of(claim(**given_))
    assert facet.whole == whole


@pytest.mark.parametrize(("place", "precision"), [(DUMA, 1), (LOST, None), (RIF, 4), (SYRIA, 6), (None, None)])
def test_a_facet_says_how_wide_its_place_is(place: Place | None, precision: int | None) -> None:
    """UCDP's where_prec, none for a place that nobody knows and for no place."""
    [facet] = facet_of(claim(place=place))
    assert facet.precision == precision
    assert (facet.latitude is None) == (precision is None)


def test_what_a_claim_says_hangs_on_no_date() -> None:
    """Printed a week later, the same words are read from another day: day, scope and derived bounds may differ, no more."""
    half = claim(value=None, low=48, high=95, bound=Bound.FRACTION, derived=True, text="more than half")
    later = replace(half, occurred=when(date(2014, 12, 2)), scope=Scope.BACKGROUND, low=None, high=None, derived=True)
    [one], [other] = facet_of(half), facet_of(later)
    assert (one.spot, one.signature) == (other.spot, other.signature)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 13},
        {"by": ("Somebody",)},
        {"measure": Measure.INJURED},
        {"group": Group.WOMEN},
        {"modality": Modality.DENIED},
        {"text": "a dozen people"},
    ],
)
def test_what_a_claim_says_hangs_on_everything_it_says(change: dict[str, Any]) -> None:
    """Another number, speaker, measure, group, stance or wording is another thing said."""
    [one], [other] = facet_of(claim()), facet_of(claim(**change))
    assert one.signature != other.signature


@pytest.mark.parametrize(
    ("given_", "counts"),
    [
        ({}, 1),
        ({"scope": Scope.CUMULATIVE}, 0),
        ({"scope": Scope.AGGREGATE}, 0),
        ({"scope": Scope.BACKGROUND}, 0),
        ({"modality": Modality.HYPOTHETICAL}, 0),
        ({"modality": Modality.DENIED}, 1),
    ],
)
def test_only_what_speaks_of_an_incident_makes_one(given_: dict[str, Any], counts: int) -> None:
    """Totals of a war, numbers over several incidents, earlier matters and what might happen make no incident."""
    [facet] = facet_of(claim(**given_))
    assert facet.counts == counts
    assert claim().occurred == when(TUESDAY)


@pytest.mark.parametrize(
    ("town", "province", "same"),
    [
        ("Kano", "Kano State", True),
        ("Hodeidah", "Al Hudaydah", True),
        ("Odesa", "Odessa", True),
        ("Raqqa", "Al-Raqqah", True),
        ("Duma", "Rif Dimashq", False),
        ("Boeing", "Bangui", False),
        ("Kudan", "Kaduna State", False),
    ],
)
def test_a_province_is_called_after_its_town_in_whatever_spelling(town: str, province: str, same: bool) -> None:
    """ "In Kano" may be the town or Kano State: such a town is marked."""
    place = Place(town, "gn:1", town, None, "SY", province, 35.0, 38.0, 1)
    [facet] = facet_of(claim("r", place=place))
    assert facet.place_key.endswith(NAMESAKE) is same
