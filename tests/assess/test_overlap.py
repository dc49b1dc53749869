"""Aggregates minus what is counted, as an explicit trail; running totals bulletin by bulletin."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.assess.bulletins import Bulletin, increments
from marsad.assess.overlap import IBC_FIGHTERS, remainder
from marsad.model import Count
from marsad.text.words import LANGUAGES, say


def test_a_month_s_morgue_total_without_fighters_the_usual_dead_and_those_counted() -> None:
    """1,000 bodies: 960 to 980 without fighters; 850 to 880 without 100 to 110 usual deaths; 600 to 680 without 200 to 250
    counted. By hand, after Iraq Body Count's method."""
    found = remainder(
        Count(1000, None, 1000), [Count(150, None, 200), Count(50, 50, 50)], IBC_FIGHTERS, Count(100, None, 110)
    )
    assert found.left == Count(600, None, 680)
    assert [step.rule for step in found.trail] == [
        "overlap.total",
        "overlap.fighters",
        "overlap.background",
        "overlap.counted",
    ]
    assert [(s.values["low"], s.values["high"]) for s in found.trail[1:]] == [(960, 980), (850, 880), (600, 680)]
    assert all(say("why", lang, s.rule, s.values) for lang in LANGUAGES for s in found.trail)


def test_where_no_incident_lies_it_says_so() -> None:
    """Nothing is taken away from a total beside which nothing is recorded, and no empty sum is told."""
    found = remainder(Count(900, None, 1000), [])
    assert [step.rule for step in found.trail] == ["overlap.total", "overlap.none"]
    assert found.left == Count(900, None, 1000)
    assert "0" not in say("why", "en", "overlap.none", found.trail[-1].values).replace("900", "").replace("1000", "")


def test_coverage_is_a_range() -> None:
    """195,001 and more against 9,750 to 19,500 counted: between none, for the total has no end, and a tenth."""
    found = remainder(Count(195_000, None, None), [Count(9_750, None, 19_500)])
    assert found.covered == (Fraction(0), Fraction(1, 10))
    assert found.left == Count(175_500, None, None)


def test_more_counted_than_there_are_is_a_clash_and_no_negative_number() -> None:
    """Twenty in incidents, ten in the total: nobody is left, and it says so."""
    found = remainder(Count(10, None, 10), [Count(20, None, 20)])
    assert (found.clash, found.left, found.covered) == (True, Count(0, None, 0), (Fraction(1), Fraction(1)))


@given(st.integers(0, 500), st.integers(0, 60), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=6))
def test_what_is_truly_left_is_within_what_is_said(rest: int, width: int, told: list[tuple[int, int]]) -> None:
    """A true total made of true incidents and others: whatever the ranges around them, the others lie in the remainder."""
    true_total = rest + sum(n for n, _ in told)
    counted = [Count(max(0, n - w), None, n + w) for n, w in told]
    found = remainder(Count(max(0, true_total - width), None, true_total + width), counted)
    assert found.left.high is not None
    assert found.left.low <= rest <= found.left.high


def test_a_committee_s_additions_are_no_day_s_deaths() -> None:
    """531 more in two days, 499 of them of earlier days: 32 died in the two days, as the bulletin or its own number says."""
    start = Bulletin(date(2025, 1, 9), 46_006)
    for now in (Bulletin(date(2025, 1, 11), 46_537, 531, 499), Bulletin(date(2025, 1, 11), 46_537, 32)):
        [step] = increments([now, start])
        assert (step.days, step.of_days, step.earlier, step.undivided, step.known) == (2, 32, 499, 0, True)


def test_a_difference_that_nobody_explains_is_of_no_day() -> None:
    """Two totals and no word between them: the whole rise is undivided; a fall is a correction."""
    rise, fall = increments([Bulletin(date(2025, 1, n), total) for n, total in ((1, 100), (2, 160), (3, 150))])
    assert (rise.undivided, rise.of_days, rise.known) == (60, 0, False)
    assert (fall.earlier, fall.undivided, fall.known) == (-10, 0, True)


@given(st.lists(st.tuples(st.integers(0, 900), st.none() | st.integers(0, 90)), min_size=2, max_size=9))
def test_increments_add_up_to_the_last_total(told: list[tuple[int, int | None]]) -> None:
    """Nobody is lost between bulletins."""
    bulletins = [Bulletin(date(2025, 1, n + 1), total, of_day) for n, (total, of_day) in enumerate(told)]
    grown = sum(i.of_days + i.earlier + i.undivided for i in increments(bulletins))
    assert told[0][0] + grown == told[-1][0]


def test_no_total_no_remainder() -> None:
    """Nobody at all, all covered."""
    assert remainder(Count(0, 0, 0), []).covered == (Fraction(1), Fraction(1))
    with pytest.raises(ValueError, match="needs 0 <= low"):
        remainder(Count(5, None, 3), [])
