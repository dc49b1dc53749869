"""On which level two tellings stand to one another."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings_made import DUMA, telling, tellings

from marsad.link.compare import (
    Around,
    compared,
    figure_level,
    gap_days,
    is_silent,
    kilometres_between,
    levels,
    may_meet,
)
from marsad.link.weights import default_weights
from marsad.model.telling import Telling, Trait


@pytest.mark.long
@given(tellings(), tellings())
def test_the_order_of_two_does_not_matter(a: Telling, b: Telling) -> None:
    """A likeness is mutual."""
    assert compared(a, b) == compared(b, a)


@pytest.mark.long
@given(tellings(), tellings())
def test_every_level_is_one_that_has_a_name(a: Telling, b: Telling) -> None:
    """Weights and words are given by level; a level without a name would weigh nothing and could not be said."""
    known = {name: {*found, "unknown"} for name, found in levels()}
    for name, level in compared(a, b).items():
        assert level in known[name]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (100, 100, "same-day"),
        (100, 101, "next-day"),
        (100, 102, "two-days-off"),
        (100, 109, "far-off"),
        ((100, 103), (100, 103), "same-span"),
        ((97, 100), 100, "ends-together"),
        ((97, 100), 97, "within-a-week"),
        ((98, 100), 98, "within-three-days"),
        ((90, 115), 100, "within-a-month"),
        ((90, 200), 100, "within-a-long-time"),
        ((None, None), 100, "unknown"),
    ],
)
def test_time(one: object, other: object, level: str) -> None:
    """Days agree the less, the longer the longer span; spans of news that end together agree more than others."""
    assert compared(telling(on=one), telling(on=other))["time"] == level


def test_a_day_apart_is_an_error_of_dates_where_nothing_else_is_told() -> None:
    """In a place of which two days are told, neighbouring days are likelier one; elsewhere they are two days of war."""
    a, b = telling(on=100), telling(on=101)
    assert compared(a, b, Around(quiet=frozenset({"duma"})))["time"] == "next-day-of-a-quiet-place"
    assert gap_days(a, b) == 1


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ({"key": "other name", "at": (33.571, 36.401)}, "same-point"),
        ({"key": "east", "at": (33.57, 36.42)}, "within-3-km"),
        ({"key": "north", "at": (33.63, 36.40)}, "within-10-km"),
        ({"key": "far", "at": (34.57, 36.40)}, "farther-off"),
        ({"key": "rif", "precision": 4}, "same-province"),
        ({"key": "idlib", "precision": 4, "admin1": "Idlib"}, "other-province"),
        ({"key": "syria", "precision": 6, "admin1": None}, "same-country"),
        ({"key": "iraq", "precision": 6, "country": "IQ", "admin1": None}, "other-country"),
        ({"key": "", "at": None, "country": None, "admin1": None}, "no-place"),
    ],
)
def test_place(given_: dict[str, Any], level: str) -> None:
    """By distance where both are spots; by the area that the wider of the two leaves open otherwise."""
    assert compared(telling(), telling(**given_))["place"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (95, 95, "same-rare"),
        (40, 40, "same-round"),
        (12, 12, "same-telling"),
        (4, 4, "same-few"),
        (2, 2, "same-small"),
        (0, 0, "both-none"),
        (0, 5, "one-has-none"),
        (108, 112, "nearly-the-same"),
        ((60, 60, None), (95, 95, 95), "overlap"),
        (12, 20, "close"),
        (12, 95, "apart"),
        (None, 12, "unknown"),
    ],
)
def test_numbers(one: object, other: object, level: str) -> None:
    """The same number proves the more, the rarer; bounds that meet contradict nothing."""
    assert compared(telling(killed=one), telling(killed=other))["killed"] == level


def test_a_number_that_a_place_loses_every_day_proves_nothing() -> None:
    """Four dead day after day: a shared four is no sign. Nor is a one that two neighbouring days share."""
    around = Around(everyday=frozenset({("duma", "killed", 4)}))
    assert compared(telling(killed=4), telling(killed=4), around)["killed"] == "same-everyday"
    assert compared(telling(killed=1), telling(killed=1, on=101))["killed"] == "unknown"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ab", "ab", "the-same"),
        ("ab", "a", "one-within-the-other"),
        ("abc", "bcd", "some-shared"),
        ("ab", "cd", "nothing-shared"),
        ("", "cd", "unknown"),
    ],
)
def test_traits(one: str, other: str, level: str) -> None:
    """Weapons, actors and the rest are sets of words."""
    a, b = telling(traits={Trait.WEAPON: one}), telling(traits={Trait.WEAPON: other})
    assert compared(a, b)["weapon"] == level


def test_an_area_without_a_contradiction_is_silent() -> None:
    """ "Many died in Syria" speaks neither for nor against one strike of the day; "none died" speaks against it."""
    wide: dict[str, Any] = {"key": "syria", "precision": 6, "admin1": None}
    assert is_silent(compared(telling(), telling(**wide, killed=None)))
    assert not is_silent(compared(telling(), telling(**wide, killed=0)))
    assert not is_silent(compared(telling(), telling()))


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-80, 80), st.floats(-179, 179))
def test_distance_follows_the_law_of_cosines(a: float, b: float, c: float, d: float) -> None:
    """The haversine agrees with the spherical law of cosines, which is another formula for the same arc."""
    p, q, turn = math.radians(a), math.radians(c), math.radians(b - d)
    arc = math.acos(max(-1.0, min(1.0, math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(turn))))
    assert kilometres_between(a, b, c, d) == pytest.approx(6371 * arc, abs=0.2)


def test_large_numbers_of_one_size_speak_for_one_incident() -> None:
    """Eighty-five and a hundred and twenty dead in a village within a day are of one size; eight and twelve say nothing."""
    assert figure_level(telling(killed=85), telling(killed=(120, 120, None), on=101), "killed") == "large-and-close"
    assert figure_level(telling(killed=85), telling(killed=200), "killed") == "apart"
    assert figure_level(telling(killed=8), telling(killed=12), "killed") == "close"


def test_a_number_is_the_rarer_the_more_digits_it_has() -> None:
    """300 is a guess, 350 and 1,300 tell something, 1,325 is one count."""
    found = [figure_level(telling(killed=n), telling(killed=n), "killed") for n in (30, 300, 350, 1300, 1325, 37)]
    assert found == ["same-round", "same-round", "same-telling", "same-telling", "same-rare", "same-rare"]


def test_a_day_counted_from_the_day_of_print_may_be_one_off() -> None:
    """ "Yesterday" against a Wednesday: a slip is likelier than between two weekdays, or two reports that say yesterday."""
    monday, tuesday = telling(on=100), telling(on=101)
    assert compared(replace(monday, reckoned=True), tuesday)["time"] == "next-day-of-a-reckoned-day"
    assert compared(monday, tuesday)["time"] == "next-day"
    assert compared(replace(monday, reckoned=True), replace(tuesday, reckoned=True))["time"] == "next-day"


def test_a_day_told_in_another_sentence_may_be_of_something_else() -> None:
    """A day that stands two sentences off may date the other raid: one day apart it speaks less against one incident."""
    monday, tuesday = telling(on=100), telling(on=101)
    assert compared(replace(monday, carried=True), tuesday)["time"] == "next-day-of-a-carried-day"
    assert compared(monday, replace(tuesday, carried=True))["time"] == "next-day-of-a-carried-day"
    weights = default_weights().of["time"]
    assert weights["next-day"] < weights["next-day-of-a-carried-day"] < weights["same-day"]


def test_a_report_that_tells_no_day_may_look_back() -> None:
    """Printed on day 110 without a day, it is taken as news of 107 to 110: it may be of day 103 too, not of day 112."""
    no_day = replace(telling(on=(107, 110)), assumed=True)
    assert compared(no_day, telling(on=103))["time"] == "before-an-assumed-day"
    assert compared(telling(on=103), no_day)["time"] == "before-an-assumed-day"
    assert compared(no_day, telling(on=112))["time"] == "two-days-off"
    assert compared(replace(no_day, assumed=False), telling(on=103))["time"] == "far-off"
    assert may_meet(no_day, telling(on=100), 0)
    assert not may_meet(no_day, telling(on=99), 0)


def test_a_point_inside_a_named_area_is_not_away_from_it() -> None:
    """A village eighteen kilometres from the middle of its district lies in it, and "near" a town (UCDP: within 25 km) as well;
    from a town that is named without "near" it is farther off.
    """
    north = (DUMA[0] + 18 / 111.2, DUMA[1])
    village = telling(at=north, key="village")
    assert compared(telling(precision=3), village)["place"] == "inside-the-area"
    assert compared(telling(precision=2), village)["place"] == "inside-the-area"
    assert compared(telling(precision=1), village)["place"] == "farther-off"
    assert compared(telling(), village)["place"] == "farther-off"
    near = telling(at=(DUMA[0] + 1 / 111.2, DUMA[1]), key="near")
    assert compared(telling(precision=3), near)["place"] == "within-3-km"


def test_a_place_of_another_sentence_speaks_less_against_one_incident() -> None:
    """ "A car bomb in Buq killed 22. Gunmen stormed a hotel in Mogadishu": Mogadishu may not be where the 22 died."""
    far: dict[str, Any] = {"at": (DUMA[0] + 2, DUMA[1]), "key": "far"}
    assert compared(telling(), telling(**far))["place"] == "farther-off"
    assert compared(telling(inferred=True), telling(**far))["place"] == "away-from-an-inferred-place"
    assert compared(telling(), telling(**far, inferred=True))["place"] == "away-from-an-inferred-place"
    abroad = {**far, "country": "KE", "admin1": None}
    assert compared(telling(), telling(**abroad, inferred=True, precision=6))["place"] == "away-from-an-inferred-place"
    assert compared(telling(inferred=True), telling(inferred=True))["place"] == "same-point"
    weights = default_weights().of["place"]
    assert weights["farther-off"] < weights["away-from-an-inferred-place"] < 0


def test_a_name_that_two_days_share_is_the_hospital_of_both() -> None:
    """Strikes of two days, 31 and 15 dead, are not one because both name Kamal Adwan; one toll or one day is another matter."""
    named = {Trait.NAME: frozenset({"KMLTWN:kamaladwan"})}
    one = telling(on=100, killed=31, traits=named)
    assert compared(one, telling(on=101, killed=15, traits=named))["names"] == "unknown"
    assert compared(one, telling(on=101, killed=31, traits=named))["names"] == "one-shared"
    assert compared(one, telling(on=100, killed=15, traits=named))["names"] == "one-shared"
    assert compared(one, telling(on=101, killed=15, traits=named, carried=True))["names"] == "one-shared"


def test_another_number_says_more_where_nothing_else_is_told() -> None:
    """Forty against twelve in one town may be a toll that rose; in "the province", or of no day, little else tells them apart."""
    town, wide = telling(killed=40), telling(killed=40, precision=4)
    assert figure_level(telling(), town, "killed") == "apart"
    assert figure_level(telling(), wide, "killed") == "apart-and-vague"
    assert figure_level(telling(), telling(killed=40, assumed=True), "killed") == "apart-and-vague"
    weights = default_weights().of["killed"]
    assert weights["apart-and-vague"] < weights["apart"] < 0
