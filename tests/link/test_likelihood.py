"""How sure it is that a number was copied: what must raise that, and what must not touch it."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.link.likelihood import TELLING, is_round, same_number

NUMBERS = st.integers(TELLING, 5000)


@given(NUMBERS, st.booleans(), st.lists(NUMBERS, max_size=4))
def test_a_number_that_is_folded_is_a_copy_more_likely_than_not(number: int, credited: bool, also: list[int]) -> None:
    """It is a probability, above a half and below certainty."""
    assert 0.5 < same_number(number, credited, also) < 1


@given(NUMBERS, NUMBERS)
def test_each_further_number_in_common_makes_it_surer(number: int, further: int) -> None:
    """Two reports that agree on the dead and on the injured agree by chance far more rarely."""
    assert same_number(number, credited=False, also=[further]) > same_number(number, credited=False)


@given(NUMBERS)
def test_an_outlet_that_credits_an_agency_has_its_number_from_elsewhere(number: int) -> None:
    """It says itself that it was not there."""
    assert same_number(number, credited=True) > same_number(number, credited=False)


def test_round_numbers_tell_less() -> None:
    """A hundred is what people say who do not count; 95 and 105 are not."""
    assert is_round(100)
    for other in (95, 105):
        assert same_number(other, credited=False) > same_number(100, credited=False)


def test_large_numbers_tell_more_than_small_ones() -> None:
    """Counts of one event agree on 95 more rarely than on 5."""
    assert same_number(95, credited=False) > same_number(15, credited=False) > same_number(5, credited=False)
