"""No highest-order interaction, and how far it may fail."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import KOSOVO

from marsad.estimate import CaptureTable, Code, Status
from marsad.estimate.nhoi import nhoi, sensitivity
from marsad.model.errors import Wrong

cells = st.lists(st.integers(5, 200), min_size=7, max_size=7)


def table(counts: list[int]) -> CaptureTable:
    """A full table of three lists."""
    return CaptureTable("ABC", range(1, 8), counts)


def test_kosovo_without_highest_interaction_is_the_published_closed_form() -> None:
    """The Kosovo table gives 16,942 under no highest-order interaction (closed form of the reference note)."""
    result = nhoi(KOSOVO)
    assert round(result.point or 0) == 16_942
    assert result.status is Status.OK


@given(cells)
@settings(max_examples=30, deadline=None)
def test_three_lists_follow_bartlett(counts: list[int]) -> None:
    """With three lists n0 is n1 n2 n4 n7 / (n3 n5 n6): Bartlett's ratio, by hand."""
    n1, n2, n3, n4, n5, n6, n7 = counts
    assert (nhoi(table(counts)).point or 0) - sum(counts) == pytest.approx(n1 * n2 * n4 * n7 / (n3 * n5 * n6), rel=1e-9)


@given(cells, st.floats(0, 2), st.floats(0, 2))
@settings(max_examples=20, deadline=None)
def test_a_wider_prior_never_narrows(counts: list[int], one: float, more: float) -> None:
    """The more the interaction may be, the wider the interval, on both sides; and it never goes below the documented."""
    narrow, wide = nhoi(table(counts), width=one), nhoi(table(counts), width=one + more)
    assert narrow.low is not None and narrow.high is not None and wide.low is not None and wide.high is not None  # noqa: PT018
    assert sum(counts) <= wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(cells, st.permutations(["A", "B", "C"]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_lists_does_not_matter(counts: list[int], order: list[str]) -> None:
    """Lists in another order give the same point."""
    given_ = table(counts)
    assert nhoi(given_.only(order)).point == pytest.approx(nhoi(given_).point)


@pytest.mark.long
def test_the_interval_holds_what_simulation_says() -> None:
    """Where the assumption is true, about 95 of 100 intervals hold N."""
    share = np.array([0.2, 0.16, 0.07, 0.12, 0.06, 0.05, 0.03])
    odd, even = share[[0, 1, 3, 6]].prod(), share[[2, 4, 5]].prod()
    nobody = odd / even
    held = 0
    for replicate in range(120):
        drawn = np.random.default_rng(replicate).multinomial(2000, np.append(share, nobody) / (share.sum() + nobody))
        result = nhoi(table([int(count) for count in drawn[:7]]), seed=replicate)
        held += (result.low or 0) <= 2000 <= (result.high or 0)
    assert 105 <= held <= 120


def test_the_tipping_point_is_where_the_claim_stands() -> None:
    """The curve passes the claim at the tipping point; a claim below the documented is never reached."""
    result = nhoi(KOSOVO)
    curve = sensitivity(result, claim=10_401, xi=[0.0, -0.7])
    assert curve.tipping is not None
    assert result.n + ((result.point or 0) - result.n) * np.exp(curve.tipping) == pytest.approx(10_401)
    assert curve.rows()[0]["point"] == pytest.approx(result.point)
    assert "10,401" in curve.summary()
    assert sensitivity(result, claim=4_000).tipping is None


def test_empty_cells_are_told_and_two_lists_are_no_headline() -> None:
    """Two empty patterns forbid a headline; so do two lists."""
    sparse = nhoi(CaptureTable.from_patterns("ABC", {"100": 30, "010": 20, "001": 10, "110": 5, "101": 4}))
    assert sparse.headline is None
    assert Code.PRIOR_DRIVEN in {caution.code for caution in sparse.cautions}
    assert nhoi(CaptureTable.from_patterns("AB", {"10": 30, "01": 20, "11": 10})).status is Status.LOWER_BOUND_ONLY


def test_what_cannot_be_leaned_on_is_refused() -> None:
    """A width below zero is refused by name."""
    with pytest.raises(Wrong, match="width"):
        nhoi(KOSOVO, width=-1.0)
