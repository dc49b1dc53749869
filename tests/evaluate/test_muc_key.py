"""What the texts and keys of MUC say."""

from datetime import date

import pytest
from muc_made import EMPTY, TEXTS, key

from marsad.evaluate.muc_key import KeyFact, Template, templates
from marsad.evaluate.muc_texts import muc_texts


def only(**slots: str) -> Template:
    [found] = templates(key(**slots))
    return found


def facts(**slots: str) -> list[tuple[set[str], set[int], bool, bool]]:
    return [(set(f.measures), set(f.numbers), f.optional, f.named) for f in only(**slots).facts]


def test_texts_begin_at_their_ids_and_know_the_day_of_their_dateline() -> None:
    """The line with the id is no part of a text; NO DATE is None."""
    first, second = muc_texts(TEXTS)
    assert (first.text_id, first.published) == ("DEV-MUC3-9001", date(1990, 1, 3))
    assert (second.text_id, second.published) == ("DEV-MUC3-9002", None)
    assert "9001" not in first.text
    assert "THREE GUERRILLAS" in first.text
    assert "COUNCIL" not in first.text


def test_a_file_without_ids_has_no_texts() -> None:
    """A note that lies beside the texts is none of them."""
    assert list(muc_texts("HOW THE TEXTS WERE MADE\n\nBY HAND.\n")) == []


def test_an_irrelevant_text_has_no_template() -> None:
    """A template of stars is none."""
    assert list(templates(EMPTY)) == []
    assert [t.text_id for t in templates(key() + EMPTY + key("DEV-MUC3-9003"))] == ["DEV-MUC3-9001", "DEV-MUC3-9003"]


@pytest.mark.parametrize(
    ("day", "days"),
    [
        ("02 JAN 90", [(date(1990, 1, 2), date(1990, 1, 2))]),
        ("- 02 JAN 90", [(None, date(1990, 1, 2))]),
        ("30 DEC 89 - 02 JAN 90", [(date(1989, 12, 30), date(1990, 1, 2))]),
        ("02 JAN 90 / (- 03 JAN 90)", [(date(1990, 1, 2),) * 2, (None, date(1990, 1, 3))]),
        ("FEB 88", [(date(1988, 2, 1), date(1988, 2, 29))]),
        ("-", []),
        ("07 NOV", []),
    ],
)
def test_days_of_the_key(day: str, days: list[tuple[date | None, date]]) -> None:
    """A day, on or before a day, an interval, alternatives, a month; without a year nothing."""
    assert list(only(day=day).days) == days


@pytest.mark.parametrize(
    ("place", "places"),
    [
        ("PERU", [("PERU",)]),
        ("PERU: JUNIN (DEPARTMENT): TARMA (CITY)", [("PERU", "JUNIN", "TARMA")]),
        ("PERU: TARMA (CITY) / PERU: JAUJA (CITY)", [("PERU", "TARMA"), ("PERU", "JAUJA")]),
        ("(PERU: LIMA (CITY)) / (PERU: LIMA (DEPARTMENT))", [("PERU", "LIMA")] * 2),
        ("PERU: LIMA (CITY / DEPARTMENT)", [("PERU", "LIMA")]),
        ("(PERU) / (CHILE)", [("PERU",), ("CHILE",)]),
        ("PERU: TARMA (CITY) - JAUJA (CITY)", [("PERU", "TARMA"), ("PERU", "JAUJA")]),
        ("-", []),
    ],
)
def test_places_of_the_key(place: str, places: list[tuple[str, ...]]) -> None:
    """From the country inwards, kinds left out; alternatives and "between A and B" are several places."""
    assert list(only(place=place).places) == places


@pytest.mark.parametrize(
    ("number", "numbers"),
    [
        ("4", {4}),
        ("~4", {4}),
        ("4-", {4}),
        ("-4", {4}),
        ("- 4", {4}),
        ("4-6", {4}),
        ("4 / 5-", {4, 5}),
        ("PLURAL", set()),
        ("10 / 10- / PLURAL", {10}),
    ],
)
def test_numbers_of_the_key(number: str, numbers: set[int]) -> None:
    """The lower end where there is one, else the upper; PLURAL is no number."""
    assert facts(numbers=f'{number}: "FARMERS"') == [({"killed"}, numbers, False, False)]


def test_effects_are_tied_to_numbers_by_any_name_of_the_target() -> None:
    """A number and an effect belong together if one of the target's aliases is in both."""
    found = facts(
        numbers='4: "FARMERS" / "VILLAGERS"\n6: "PEOPLE"\n1: "ANA RUIZ"\n2: "GUARDS"',
        names='"ANA RUIZ"',
        effects='DEATH: "VILLAGERS"\nINJURY / DEATH: "PEOPLE"\n? INJURY: "ANA RUIZ"\nNO INJURY OR DEATH: "GUARDS"',
    )
    assert found == [
        ({"killed"}, {4}, False, False),
        ({"injured", "killed"}, {6}, False, False),
        ({"injured"}, {1}, True, True),
    ]


def test_what_the_key_doubts_is_optional() -> None:
    """A question mark at the number or the effect, and an optional template, make a fact optional."""
    for slots in (
        {"numbers": '? 4: "FARMERS"'},
        {"effects": '? DEATH: "FARMERS"'},
        {"number": "1 (OPTIONAL)"},
    ):
        assert [optional for _, _, optional, _ in facts(**slots)] == [True]


def test_a_stated_total_is_a_fact_where_all_met_with_the_same() -> None:
    """Six priests and a cook killed, eight in all stated; not where one of the targets came off unharmed."""
    both = {"numbers": '6: "PRIESTS"\n1: "COOK"', "total": "8"}
    alike = only(**both, effects='DEATH: "PRIESTS"\nDEATH: "COOK"')
    assert [set(fact.numbers) for fact in alike.facts] == [{6}, {1}, {8}]
    assert [set(f.numbers) for f in only(**both, effects='DEATH: "PRIESTS"').facts] == [{6}]


def test_sums_are_known_but_no_facts() -> None:
    """What a template's facts add up to by measure is kept apart, if each has one number."""
    slots = {
        "numbers": '6: "PRIESTS"\n1: "COOK"\n2: "GUARDS"',
        "effects": 'DEATH: "PRIESTS"\nDEATH: "COOK"\nINJURY: "GUARDS"',
    }
    assert only(**slots).totals == {("killed", 7)}
    assert only().totals == frozenset()


def test_people_of_whom_some_died_have_no_number_of_either() -> None:
    """The key has 30 people for killed and for injured: it says of neither how many."""
    mixed = only(numbers='30: "PEOPLE"\n1: "GUARD"', effects='DEATH: "PEOPLE"\nINJURY: "PEOPLE"\nDEATH: "GUARD"')
    assert [set(fact.numbers) for fact in mixed.facts] == [set(), set(), {1}]
    assert (mixed.mixed, only().mixed) == (30, 0)
    assert only(effects='INJURY / DEATH: "FARMERS"').mixed == 0
    apart = only(numbers='7: "PEOPLE"\n30: "PEOPLE"', effects='DEATH: "PEOPLE"\nINJURY: "PEOPLE"')
    assert ([set(fact.numbers) for fact in apart.facts], apart.mixed) == ([{7, 30}, {7, 30}], 0)


def test_a_fact_without_a_number_is_still_a_fact() -> None:
    """The dead of whom the key gives no number at all."""
    assert only(numbers="-", effects='DEATH: "-"').facts == (
        KeyFact(frozenset({"killed"}), frozenset(), ("-",), optional=False, named=False),
    )
