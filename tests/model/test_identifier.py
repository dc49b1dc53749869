"""A number is believed only if its check digit is right and no institution gives it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model.identifier import SCHEMES, Scheme, identifier, luhn

EIGHT = st.text(alphabet="0123456789", min_size=8, max_size=8)


def with_check(first: str) -> str:
    """Return eight digits and the ninth that makes them a number: tried out, not computed."""
    [whole] = [first + digit for digit in "0123456789" if luhn(first + digit)]
    return whole


def test_numbers_worked_out_by_hand() -> None:
    """1 2 3 4 5 6 7 8 doubled at every second place gives 1 4 3 8 5 3 7 7, sum 38: the check digit is 2."""
    assert luhn("123456782")
    assert not any(luhn(f"12345678{digit}") for digit in "013456789")


@given(EIGHT, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(first: str, at: int, more: int) -> None:
    """A check digit catches every single wrong digit."""
    right = with_check(first)
    wrong = right[:at] + str((int(right[at]) + more) % 10) + right[at + 1 :]
    assert not luhn(wrong)


@pytest.mark.parametrize("written", ["123456782", " 12345678-2 ", "123456782.0", "١٢٣٤٥٦٧٨٢"])
def test_ways_of_writing_a_number(written: str) -> None:
    """Blanks, hyphens, a spreadsheet's decimals and Arabic digits."""
    found = identifier("ps", written)
    assert found is not None
    assert (found.value, found.believed) == ("123456782", True)


def test_zeros_that_a_spreadsheet_ate_come_back() -> None:
    """A number of seven or eight digits is filled up in front."""
    right = with_check("00123456")
    found = identifier("ps", right.lstrip("0"))
    assert found is not None
    assert found.value == right


def test_a_hospital_number_is_not_believed_even_if_it_checks() -> None:
    """804… is given to unknown bodies, and given again."""
    found = identifier("ps", with_check("80400123"))
    assert found is not None
    assert (found.check_ok, found.temporary, found.believed) == (True, True, False)


def test_other_schemes_can_be_added() -> None:
    """A scheme is a length and a rule; a number of an unknown scheme is kept and not believed."""
    own = {**SCHEMES, "camp": Scheme(4, lambda digits: digits.endswith("0"))}
    ours, theirs = identifier("camp", "1230", own), identifier("passport", "K 12-9")
    assert ours is not None
    assert ours.believed
    assert theirs is not None
    assert (theirs.value, theirs.check_ok, theirs.believed) == ("K129", None, False)


@pytest.mark.parametrize("nothing", ["", " ", "0", "000000000", "-"])
def test_nothing_is_no_number(nothing: str) -> None:
    """An empty cell and zeros."""
    assert identifier("ps", nothing) is None
