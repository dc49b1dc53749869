"""Every entry of the data by which context is read is shown by its own example."""

import re
import tomllib
from importlib import resources
from typing import Any

import pytest
from test_people import number

from marsad.context.control_rules import control_rules
from marsad.context.facilities import facility_beside, split_facility
from marsad.context.people import Flow, displacement_data, people_of
from marsad.model.control import ControlState

FACILITIES: list[dict[str, Any]] = tomllib.loads(
    (resources.files("marsad.resources") / "context" / "facilities.toml").read_text("utf-8")
)["facility"]


@pytest.mark.parametrize("entry", FACILITIES, ids=lambda e: e["name"])
def test_a_facility_is_found_beside_some_name_of_its_example(entry: dict[str, Any]) -> None:
    """One of the words with a capital has it right beside."""
    names = re.findall(r"[A-Z][\w-]+(?: (?:al|Issa)[\w-]*)*", entry["example"])
    assert entry["name"] in {facility_beside(entry["example"], name) for name in names}


@pytest.mark.parametrize("entry", displacement_data()["flow"], ids=lambda e: e["name"])
def test_a_way_of_being_displaced_is_told_by_its_example(entry: dict[str, Any]) -> None:
    """The clause around the number of the example."""
    [count] = re.findall(r"[\d,]*\d", entry["example"])
    told = people_of(number(count, entry["example"], 1))
    assert told is not None
    assert told.flow is Flow(entry["name"])


@pytest.mark.parametrize(
    ("words", "place", "facility"),
    [
        ("Tabqa air base", "Tabqa", "air base"),
        ("air base of Tabqa", "Tabqa", "air base"),
        ("مطار الطبقة", "الطبقة", "air base"),
        ("Aleppo's international airport", "Aleppo", "airport"),
        ("countryside of Hama", "Hama", "countryside"),
        ("villages around Kobani", "Kobani", "countryside"),
        ("ريف حلب", "حلب", "countryside"),
        ("Raqqa", "Raqqa", None),
        ("Airport Road", "Airport Road", None),
        ("", "", None),
    ],
)
def test_a_place_that_a_person_writes_is_parted_from_its_facility(words: str, place: str, facility: str | None) -> None:
    """Before or behind the name, in both scripts."""
    assert split_facility(words) == (place, facility)


def test_a_facility_elsewhere_in_the_sentence_is_not_the_place_s() -> None:
    """They left the town for an air base; the base of another place; a long text costs nothing."""
    assert facility_beside("They left Tabqa for an air base near Homs.", "Tabqa") is None
    assert facility_beside("Tabqa " * 10_000, "Tabqa") is None
    assert facility_beside("", "Tabqa") is None


def test_every_state_fades_and_weights_are_shares() -> None:
    """Half-lives are positive; nothing is surer than sure."""
    rules = control_rules()
    assert set(rules.half_life) == set(ControlState)
    assert all(days > 0 for days in rules.half_life.values())
    weights = (
        rules.asserted,
        rules.hedged,
        rules.partial,
        rules.larger_town,
        rules.larger_province,
        rules.larger_country,
    )
    assert all(0 < weight <= 1 for weight in weights)
    assert rules.hedged < rules.asserted
