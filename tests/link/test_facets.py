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


def test_only_harm_makes_an_incident() -> None:
    """Populations and the displaced are the setting of incidents, never incidents."""
    for measure in Measure:
        assert len(list(facet_of(claim(measure=measure)))) == (measure in HARM)
    assert {Measure.POPULATION, Measure.DISPLACED} == set(Measure) - HARM


@settings(max_examples=50)
@given(any_claim())
def test_every_claim_of_harm_has_one_facet(one: Claim) -> None:
    """Whatever is unknown in a claim, its facet names the claim, a reach and days that are never below 1."""
    found = list(facet_of(one))
    assert len(found) == (one.measure in HARM)
    for facet in found:
        assert facet.claim_id == one.claim_id
        assert facet.reach in (1, 2, 3, 4)
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


@pytest.mark.parametrize(("place", "reach"), [(DUMA, 1), (LOST, 4), (RIF, 2), (SYRIA, 3), (None, 4)])
def test_reach_says_how_wide_a_place_is(place: Place | None, reach: int) -> None:
    """Settlement, province, country, nowhere."""
    [facet] = facet_of(claim(place=place))
    assert facet.reach == reach


@pytest.mark.parametrize(
    ("given_", "figure"),
    [
        ({"value": 12}, "killed::12"),
        ({"value": 2}, None),
        ({"value": 3}, "killed::3"),
        ({"value": 4, "group": Group.CHILDREN}, "killed:children:4"),
        ({"value": 95, "bound": Bound.MORE_THAN, "low": 96}, "killed::95"),
        ({"value": None, "low": 12, "high": 20, "bound": Bound.RANGE}, "killed::12"),
        ({"value": None, "low": 48, "high": 95, "bound": Bound.FRACTION}, None),
        ({"value": 43, "derived": True}, None),
        (unknown(), None),
    ],
)
def test_a_figure_is_a_number_that_tells_something(given_: dict[str, Any], figure: str | None) -> None:
    """Ones and twos, shares and what is worked out tell nothing about which incident it was."""
    [facet] = facet_of(claim(**given_))
    assert facet.figure == figure


def test_civilians_share_their_number_with_people() -> None:
    """Status is no part of the figure: copying turns "95 people" into "95 fighters", and they must still meet."""
    [people], [side] = facet_of(claim(value=95)), facet_of(claim(**civilians(95)))
    assert people.figure == side.figure


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
