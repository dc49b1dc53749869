"""Rare names that two reports share."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tellings_made import telling, tellings

from marsad.link.compare import Around, compared
from marsad.link.light import around
from marsad.link.pairs import blocks_of
from marsad.link.shared_names import shared_names
from marsad.model.telling import Telling
from marsad.text.sound import sound


def named(*names: str, **given: Any) -> Telling:
    """Return a telling beside whose numbers these names stand."""
    return telling(traits={"name": [f"{sound(name)}:{name.lower()}" for name in names]}, **given)


NOWHERE = {"at": None, "key": "", "country": None, "admin1": None}


def test_spellings_of_one_name_are_one() -> None:
    """A village and a nurse, each spelled twice, are two names; another village is none."""
    one, other = named("Vuhesi", "Syayipuma", "Djangi"), named("Vuessi", "Syaypuma", "Lodza")
    assert shared_names(one, other) == 2


@given(st.lists(st.sampled_from(["Vuhesi", "Vuessi", "Lodza", "Majengo"]), max_size=4), tellings())
def test_it_is_mutual(names: list[str], other: Telling) -> None:
    """Who shares with whom does not matter."""
    one = named(*names)
    assert shared_names(one, other) == shared_names(other, one)


def test_a_village_that_is_the_place_of_both_counts_once() -> None:
    """As their place, and not as a name beside it."""
    place = {**NOWHERE, "key": f"~{sound('Munglai Hkyet')}"}
    assert shared_names(named("Munglai", "Hkyet", **place), named("Munglai", "Hkyet", **place)) == 0


def test_the_place_of_one_beside_the_numbers_of_the_other_is_shared() -> None:
    """One report has it in Banki, the other only names Banki; where both have one place, it counts as that alone."""
    banki = {"called": [sound("Banki")], "name": []}
    here = telling(key="~banki", at=None, traits=banki)
    assert shared_names(here, named("Bankee", **NOWHERE)) == shared_names(named("Bankee", **NOWHERE), here) == 1
    assert shared_names(here, named("Bama", **NOWHERE)) == 0
    assert shared_names(here, telling(key="~banki", at=None, traits=banki)) == 0


def test_a_name_told_on_day_after_day_tells_nothing() -> None:
    """A spokesman speaks of every incident: on the third day his name links none."""
    told = [named("Ferrand", on=day, **NOWHERE) for day in (100, 104, 108)]
    assert shared_names(told[0], told[1], around(told).common) == 0
    assert shared_names(told[0], told[1], around(told[:2]).common) == 1


def test_days_on_end_are_one_time() -> None:
    """An incident is told by when it began, ended and was printed: a name of its days alone is still rare."""
    told = [named("Vuhesi", on=day, **NOWHERE) for day in (100, 101, 103, 104)]
    assert shared_names(told[0], told[3], around(told).common) == 1


def test_a_name_says_nothing_of_two_towns() -> None:
    """Where both places are known, and far apart, the same name is no likeness."""
    far = named("Ferrand", at=(34.8, 36.4), key="homs")
    near = named("Ferrand", at=(33.9, 36.4), key="nabk")
    assert compared(named("Ferrand"), far, Around())["names"] == "unknown"
    assert compared(named("Ferrand"), near, Around())["names"] == "one-shared"
    assert compared(named("Ferrand"), named("Ferrand", **NOWHERE), Around())["names"] == "one-shared"


def test_reports_without_a_place_find_each_other_by_a_name() -> None:
    """A block for each of the longest names, whatever country a report may tell of."""
    one, other = named("Majengo", **NOWHERE), named("Majengo")
    assert {name for name in blocks_of(one) if name.startswith("name|")} & set(blocks_of(other))
    many = named(*(f"Vu{letter}{letter}bet" for letter in "bdfgklmnprst"), **NOWHERE)
    assert len({name.split("|")[1] for name in blocks_of(many) if name.startswith("name|")}) == 6
