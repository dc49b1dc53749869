"""Intervals by drawing reports again."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.figures import f1, precision
from marsad.evaluate.resample import draws, intervals
from marsad.evaluate.tally import Tally


def tally(right: int, spurious: int) -> Tally:
    return Counter({("found", "right"): right, ("found", "spurious"): spurious})


def test_a_draw_has_as_many_positions_as_there_are_reports_and_uses_all_evenly() -> None:
    """Over many draws each of ten reports is drawn close to a tenth of the time."""
    drawn = Counter(n for draw in draws(10, 2000) for n in draw)
    assert sum(drawn.values()) == 20_000
    assert set(drawn) == set(range(10))
    assert all(1800 < count < 2200 for count in drawn.values())  # 2000 ± 4.7 standard deviations of √(20000·.1·.9)


def test_equal_reports_leave_no_doubt() -> None:
    """Where every report gives 3 right of 4, so does every draw."""
    found = intervals([tally(3, 1)] * 5, {"precision": precision("found")})
    assert found == {"precision": (0.75, 0.75)}


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    """100 reports of one guess each, half of them right: 95 % of draws lie within about .5 ± 1.96·√(.25/100)."""
    found = intervals([tally(1, 0)] * 50 + [tally(0, 1)] * 50, {"precision": precision("found")}, 4000)
    assert found["precision"] is not None
    low, high = found["precision"]
    assert abs(low - 0.402) < 0.02
    assert abs(high - 0.598) < 0.02


def test_nothing_to_judge_has_no_interval() -> None:
    """No reports, and reports without guesses, give None and no division by zero."""
    figures = {"precision": precision("found")}
    assert intervals([], figures) == {"precision": None}
    assert intervals([Counter()], figures) == {"precision": None}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_an_interval_lies_within_what_single_reports_give(counts: list[tuple[int, int]]) -> None:
    """No draw of reports is better than the best report or worse than the worst."""
    tallies = [tally(*each) for each in counts]
    singles = [value for each in tallies if (value := f1("found")(each)) is not None]
    found = intervals(tallies, {"f1": f1("found")}, 50)["f1"]
    if found is not None:
        assert min(singles) - 1e-9 <= found[0] <= found[1] <= max(singles) + 1e-9
