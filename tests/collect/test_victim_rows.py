"""Cells of a list of victims: what they say, and what a form has filled in by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.victim_rows import Row, age_at_death, birth, day, victim_record
from marsad.model import VictimRecord
from marsad.stage import Rejection


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("34", 34),
        ("34.0", 34),
        ("٣٤", 34),
        ("34 سنة", 34),
        ("7 years old", 7),
        ("5 months", 0),
        ("Less than a day", 0),
        ("رضيع", 0),
        ("0", None),
        ("", None),
        ("unknown", None),
        ("220", None),
    ],
)
def test_ages(written: str, years: int | None) -> None:
    """Words for less than a year are 0; the number 0 alone means that nobody knows."""
    assert age_at_death(written, None, None) == years


def test_an_age_from_two_days() -> None:
    """Where no age is written, the days of birth and death give it; 0 is believed if they do."""
    assert age_at_death("", date(2001, 5, 5), date(2031, 5, 6)) == 30
    assert age_at_death("0", date(2031, 5, 5), date(2031, 7, 6)) == 0


@pytest.mark.parametrize("filled_in", ["1990-01-01", "2000-01-01", "01/01/1970", "1900-01-01"])
def test_a_forms_default_is_no_birth(filled_in: str) -> None:
    """1 January of a round year is what a form begins with."""
    assert birth(filled_in) is None


def test_days_are_read_year_first_or_day_first() -> None:
    """Month first only where nothing else fits."""
    assert day("2031-03-04") == day("4/3/2031") == day("04.03.2031") == date(2031, 3, 4)
    assert day("3/25/2031") == date(2031, 3, 25)
    assert day("31/31/2031") is None


def test_a_row_becomes_a_record() -> None:
    """Cells by what they are; the identity number checked, the sex in one of two words."""
    cells = {
        "name_ar": "منى سالم كفراوي",
        "name_en": "Mona Salem Kafrawi",
        "sex": "أنثى",
        "age": "31",
        "id_number": "123456782",
    }
    found = victim_record(Row(7, cells), "ministry")
    assert isinstance(found, VictimRecord)
    assert (found.record_id, found.sex, found.age, len(found.names)) == ("7", "female", 31, 2)
    assert found.ids[0].believed


def test_a_rejection_repeats_no_name() -> None:
    """A row without a name is one rejection, which tells its number and nobody's name."""
    found = victim_record(Row(3, {"father": "", "place": "Kafr Nuran"}), "ngo")
    assert isinstance(found, Rejection)
    assert "row 3" in found.reason
    assert "Nuran" not in found.reason


@given(st.dictionaries(st.sampled_from(["name", "sex", "age", "born", "died", "id_number"]), st.text(max_size=30)))
def test_any_row_is_a_record_or_a_rejection(cells: dict[str, str]) -> None:
    """No cell makes a run fail."""
    assert isinstance(victim_record(Row(1, cells), "any"), VictimRecord | Rejection)
