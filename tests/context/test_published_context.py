"""Running totals as published: an ordinary rise is never odd, everything else has a name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.context.adding_up import Period, Sum, off, periods_added
from marsad.context.published import Oddity, Published, anomalies, of_days
from marsad.model import Count

START = date(2024, 1, 1)


def _series(*steps: tuple[int, int, int | None]) -> list[Published]:
    """Return a series of (day, total, number of the day)."""
    return [Published(day=START + timedelta(days=n), total=total, of_day=of_day) for n, total, of_day in steps]


def _kinds(series: list[Published], decided: frozenset[str] = frozenset()) -> list[tuple[str, int]]:
    return [(a.kind.value, (a.day - START).days) for a in anomalies(series, decided)]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_a_total_that_grows_by_its_days_is_never_odd(days: list[int]) -> None:
    """Whatever the days are: massacres and quiet weeks alike."""
    total, series = 0, []
    for n, number in enumerate(days):
        total += number
        series.append(Published(day=START + timedelta(days=n), total=total, of_day=number))
    assert anomalies(series) == []


@given(st.permutations(_series((0, 10, None), (1, 30, 20), (2, 25, 2), (3, 60, 9), (5, 80, 4))))
def test_the_order_in_which_numbers_come_does_not_matter(series: list[Published]) -> None:
    """A late bulletin is set in its place."""
    assert anomalies(series) == anomalies(sorted(series, key=lambda p: p.day))


def test_a_small_fall_is_a_correction_and_a_large_one_a_break() -> None:
    """32 of 1,032 were taken off; 99,000 of 606,000 were never counted in the same way."""
    assert _kinds(_series((0, 1032, None), (2, 1000, None))) == [("fall", 2)]
    assert _kinds(_series((0, 606_000, None), (900, 507_000, None))) == [("break", 900)]


def test_a_fall_says_if_another_is_credited() -> None:
    """The number before and the number after are of two bodies."""
    told = [
        Published(day=START, total=1032, label="office"),
        Published(day=date(2024, 1, 3), total=1000, label="ministry"),
    ]
    assert [a.labels for a in anomalies(told)] == [("office", "ministry")]


def test_a_number_that_is_made_up_for_the_next_day_was_shifted() -> None:
    """313 and 210 where the total grew by 310 and 213."""
    assert _kinds(_series((0, 100, None), (1, 410, 313), (2, 623, 210))) == [("shifted", 1), ("shifted", 2)]


def test_a_number_of_one_day_after_three_silent_ones_is_a_gap() -> None:
    """The total grew over days of which nothing was published."""
    assert _kinds(_series((0, 100, None), (3, 753, 151))) == [("gap", 3)]
    assert _kinds(_series((0, 100, None), (1, 339, 151))) == [("unexplained", 1)]


def test_deaths_that_a_committee_adds_are_none_of_these_days() -> None:
    """Of 531, 499 died earlier: 32 are left; what was found under rubble is told apart and is not odd."""
    point = Published(day=START, total=46_537, of_day=531, added={"committee": 499}, new=32)
    assert [(a.kind, a.observed) for a in anomalies([point], frozenset({"committee"}))] == [(Oddity.RETROACTIVE, 499)]
    assert of_days(point) == 32
    found = Published(day=START, total=47_283, of_day=122, added={"recovered": 120}, new=2)
    assert anomalies([found], frozenset({"committee"})) == []
    assert of_days(found) == 2


def test_parts_of_a_day_that_do_not_make_it_are_odd() -> None:
    """30 and 499 are not 531."""
    point = Published(day=START, total=46_537, of_day=531, added={"committee": 499}, new=30)
    assert [a.kind for a in anomalies([point])] == [Oddity.PARTS]


def test_a_total_that_leaps_after_years_jumps_and_a_war_that_begins_does_not() -> None:
    """Ten times in the first weeks is the war; by two thirds, after years of a slower pace, is another count."""
    slow = [(0, 30_000, None), (400, 115_000, None), (900, 210_000, None), (2400, 370_000, None)]
    assert _kinds(_series(*slow, (3000, 606_000, None))) == [("jump", 3000)]
    assert _kinds(_series((0, 10, None), (3, 60, None), (9, 900, None), (30, 4000, None))) == []


def test_a_whole_and_its_parts() -> None:
    """Documented and estimated make the published whole; one that is 40 short is named first."""
    parts = (("documented", Count(143_350, None, 143_350)), ("estimated", Count(163_537, None, 163_537)))
    good = Sum(name="civilians", whole=Count(306_887, None, 306_887), parts=parts)
    short = Sum(name="civilians", whole=Count(306_927, None, 306_927), parts=parts)
    assert good.holds
    assert short.off == 40
    assert off([good, short]) == [short]
    open_above = (*parts, ("missing", Count(0, None, None)))
    assert Sum(name="with the missing", whole=Count(400_000, None, None), parts=open_above).holds


@pytest.mark.parametrize(("last", "holds"), [(76_021, True), (76_020, False)])
def test_years_that_fill_a_war_make_its_total(last: int, holds: bool) -> None:
    """Four years and their sum; one person less and it does not hold."""
    numbers = (7_841, 49_294, 73_447, last)
    years = [
        Period(date(2011 + n, 1, 1), date(2011 + n, 12, 31), Count(number, None, number))
        for n, number in enumerate(numbers)
    ]
    total = Period(date(2011, 3, 18), date(2014, 12, 31), Count(206_603, None, 206_603))
    found = periods_added("a monitor", total, years)
    assert found is not None
    assert found.holds is holds


def test_years_with_one_missing_are_not_added() -> None:
    """A sum that leaves out a year says nothing of the total."""
    years = [Period(date(y, 1, 1), date(y, 12, 31), Count(1, None, 1)) for y in (2011, 2012, 2014)]
    assert periods_added("x", Period(date(2011, 1, 1), date(2014, 12, 31), Count(4, None, 4)), years) is None
