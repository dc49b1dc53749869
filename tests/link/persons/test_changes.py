"""What differs between two records of one person is named by its kind."""

from datetime import date

import pytest

from marsad.link.persons.changes import Change, changes
from marsad.model import VictimRecord
from marsad.model.identifier import identifier

OLD = VictimRecord("1", "april", ("أحمد سالم علي الكفراوي",), sex="male", age=30)


def became(**told: object) -> tuple[Change, ...]:
    """Return what differs once the record says this."""
    fields = {"names": OLD.names, "sex": OLD.sex, "age": OLD.age, **told}
    return changes(OLD, VictimRecord("1", "june", **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("احمد سالم علي الكفراوى", Change.NAME_MARKS),
        ("أحمد سالم علي الكفراوب", Change.NAME_SPELLING),
        ("أحمد سالم الكفراوي", Change.NAME_SHORTER),
        ("أحمد سالم علي أبو سرحة", Change.FAMILY_NAME),
        ("باسل نادر عمر الكفراوي", Change.NAME_OTHER),
    ],
)
def test_kinds_of_names(name: str, kind: Change) -> None:
    """Marks, spelling, a part less, another family, another name."""
    assert became(names=(name,)) == (kind,)


def test_nothing_differs_and_what_is_not_told_is_no_change() -> None:
    """An edition that leaves a column out changes nobody."""
    assert became() == ()
    assert became(sex=None, age=None) == ()


def test_other_columns() -> None:
    """Sex, age, days: each has its kind, in one order."""
    assert became(sex="female", age=31, born=date(1994, 1, 2)) == (Change.SEX, Change.AGE)


def test_a_hospital_number_that_became_a_real_one_was_corrected() -> None:
    """Two right numbers are another matter than a temporary one replaced."""
    numbers = {n: identifier("ps", n) for n in ("804000123", "123456782", "000000018")}
    assert all(number is not None for number in numbers.values())

    def record(number: str | None) -> VictimRecord:
        found = numbers[number] if number else None
        return VictimRecord("1", "l", OLD.names, ids=(found,) if found else ())

    assert changes(record("804000123"), record("123456782")) == (Change.ID_CORRECTED,)
    assert changes(record("000000018"), record("123456782")) == (Change.ID_OTHER,)
    assert changes(record(None), record("123456782")) == (Change.ID_ADDED,)
    assert changes(record("123456782"), record(None)) == (Change.ID_REMOVED,)
