"""Strata: joined by their tables alone, added up by their draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import KOSOVO

from marsad.estimate import CaptureTable, Code, Status, decomposable, loglinear
from marsad.estimate.strata import Stratum, coarsen, ladder, total


def stratum(factor: float, **names: str) -> CaptureTable:
    """Return Kosovo's table made smaller, under a name."""
    cells = {text: int(count * factor) for text, count in KOSOVO.texts().items()}
    return CaptureTable.from_patterns(KOSOVO.lists, cells, stratum=names)


def test_sums_over_strata_are_sums_of_draws() -> None:
    """The total's draws are the strata's added, so its mean is the sum of means and its variance that of variances."""
    parts = [decomposable(stratum(f, month=m), sensitivity=False) for f, m in ((0.5, "1999-04"), (0.3, "1999-05"))]
    whole = total(parts, size=40_000)
    means = sum(part.diagnostics["mean"] for part in parts)
    spread = sum((part.error or 0) ** 2 for part in parts) ** 0.5
    assert whole.draws is not None
    assert float(whole.draws.mean()) == pytest.approx(means, rel=0.005)
    assert whole.error == pytest.approx(spread, rel=0.02)
    assert whole.n == sum(part.n for part in parts)


def test_order_of_strata_does_not_matter() -> None:
    """A seed gives the same total whatever came first: each stratum has a stream of its own."""
    parts = [decomposable(stratum(f, month=str(f)), sensitivity=False) for f in (0.2, 0.3, 0.4)]
    one, other = total(parts, seed=3), total(parts[::-1], seed=3)
    assert (one.low, one.point, one.high) == (other.low, other.point, other.high)


def test_strata_without_an_estimate_add_what_is_documented() -> None:
    """Never zero: their persons count, they are named, and many of them take the headline away."""
    good = decomposable(stratum(0.5, month="1999-04"), sensitivity=False)
    thin = CaptureTable.from_patterns("AB", {"10": 5, "01": 3}, stratum={"month": "1999-06"})
    few, many = total([good], [thin]), total([good], [thin + stratum(0.4)])
    assert few.n == good.n + 8
    assert few.headline is not None
    assert few.cautions[0].code is Code.STRATUM_NOT_ESTIMATED
    assert (many.headline, many.status) == (None, Status.LOWER_BOUND_ONLY)


def test_thin_months_are_joined_into_their_quarter() -> None:
    """Two months that cannot be estimated alone become a quarter that can; a month that can stays."""
    few = {
        "100": 16,
        "010": 15,
        "001": 15,
        "110": 2,
        "101": 2,
        "011": 2,
        "111": 3,
    }  # 9 on two lists, one less than it takes
    apart = [CaptureTable.from_patterns("ABC", few, stratum={"month": f"1999-0{m}"}) for m in (1, 2)]
    april = stratum(0.5, month="1999-04")
    fine, thin, log = coarsen([*apart, april], ladder(("month",)))
    assert [dict(table.stratum) for table in fine] == [{"month": "1999-04"}, {"quarter": "1999-Q1"}]
    assert sum(table.n for table in (*fine, *thin)) == sum(table.n for table in (*apart, april))
    assert log[0].into == (("quarter", "1999-Q1"),)


seven = st.lists(st.integers(0, 12), min_size=7, max_size=7)
months = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["حلب", "Idlib"]), seven), min_size=1, max_size=12)


@settings(max_examples=30, deadline=None)
@given(months, st.randoms())
def test_everybody_stays_counted_once(rows, rng) -> None:  # type: ignore[no-untyped-def]
    """However strata are joined, the persons are the same, and the order in which they come does not matter."""
    tables = [CaptureTable("ABC", range(1, 8), counts, stratum={"month": f"2014-{m:02}", "admin1": place})
              for m, place, counts in rows]  # fmt: skip
    fine, thin, _ = coarsen(tables, ladder(("month", "admin1")))
    shuffled = list(tables)
    rng.shuffle(shuffled)
    again = coarsen(shuffled, ladder(("month", "admin1")))
    assert sum(table.n for table in (*fine, *thin)) == sum(table.n for table in tables)
    assert sorted(t.hash for t in fine) == sorted(t.hash for t in again[0])


def test_the_ladder_climbs_from_months_to_everything() -> None:
    """Month, quarter, year, then columns dropped from the last on."""
    name: Stratum = (("month", "2014-11"), ("admin1", "Raqqa"))
    seen = []
    for step in ladder(("month", "admin1")):
        name = step(name)
        seen.append(name)
    assert seen == [
        (("quarter", "2014-Q4"), ("admin1", "Raqqa")), (("year", "2014"), ("admin1", "Raqqa")), (("year", "2014"),), (),
    ]  # fmt: skip


def test_results_without_spread_cannot_be_added_silently() -> None:
    """A refusal among the results adds its documented persons."""
    refused = loglinear(CaptureTable.from_patterns("AB", {"10": 5, "11": 2}))
    whole = total([decomposable(KOSOVO, sensitivity=False), refused])
    assert whole.draws is not None
    assert float(whole.draws.min()) >= KOSOVO.n + 7
    assert np.isfinite(whole.draws).all()
