"""Replicates and linkages made one estimate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import KOSOVO, reference

from marsad.estimate import CaptureTable, Code, Status, decomposable
from marsad.estimate.combine import Rule, combine, combine_results, over_linkages
from marsad.model import Wrong


def replicates() -> tuple[list[np.ndarray], list[int]]:
    """Return the draws and documented numbers of twenty replicates of one Colombian stratum."""
    every = reference("verdata_combine")["replicates"].values()
    return [np.array(one["N_draws"], dtype=float) for one in every], [one["n_obs"] for one in every]


def test_verdata_s_rule_is_reproduced() -> None:
    """1,266 / 1,593 / 2,148, as its own test expects."""
    assert [round(n) for n in combine(*replicates(), rule="verdata")] == [1266, 1593, 2148]


def test_rubin_s_rule_of_1987() -> None:
    """1,275 / 1,593 / 2,111: with Rubin's own degrees of freedom."""
    assert [round(n) for n in combine(*replicates(), rule="rubin1987")] == [1275, 1593, 2111]


def test_the_mixture_keeps_the_skew() -> None:
    """1,309 / 1,535 / 2,308: all draws together."""
    assert combine(*replicates()) == pytest.approx((1309, 1535, 2308), rel=0.002)


def test_one_replicate_is_refused() -> None:
    """A single replicate cannot show how much imputing matters."""
    with pytest.raises(Wrong):
        combine([np.array([5.0, 6.0])], [4])


def test_replicates_without_an_estimate_are_not_left_out() -> None:
    """One replicate that has no estimate makes the whole unidentifiable."""
    thin = decomposable(CaptureTable.from_patterns("AB", {"10": 5, "11": 2}))
    result = combine_results([decomposable(KOSOVO), thin])
    assert (result.headline, result.status) == (None, Status.LOWER_BOUND_ONLY)


def test_few_replicates_are_named() -> None:
    """Two replicates give a number and a warning."""
    result = combine_results([decomposable(KOSOVO), decomposable(KOSOVO)])
    assert result.headline is not None
    assert [caution.code for caution in result.cautions] == [Code.FEW_REPLICATES]
    assert result.point == pytest.approx(12_595, rel=0.02)


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.floats(0, 1e4), min_size=30, max_size=30), min_size=2, max_size=6), st.randoms())
def test_order_of_replicates_does_not_matter(missing: list[list[float]], rng) -> None:  # type: ignore[no-untyped-def]
    """Replicates shuffled give the same interval, by every rule."""
    draws = [np.array(one) + 50 for one in missing]
    order = list(range(len(draws)))
    rng.shuffle(order)
    rules: tuple[Rule, ...] = ("mixture", "rubin1987", "verdata")
    for rule in rules:
        one = combine(draws, [50] * len(draws), rule=rule)
        other = combine([draws[k] for k in order], [50] * len(draws), rule=rule)
        assert one == pytest.approx(other)


def test_linkages_are_averaged_and_distinct_tables_estimated_once() -> None:
    """A table that three linkages share is asked once; disagreement between linkages widens."""
    looser = CaptureTable.from_patterns(KOSOVO.lists, {**KOSOVO.texts(), "1111": 54, "1000": 1104})
    asked: list[str] = []

    def method(table: CaptureTable):  # type: ignore[no-untyped-def]
        asked.append(table.hash)
        return decomposable(table, sensitivity=False)

    result = over_linkages([KOSOVO, looser, KOSOVO, KOSOVO], method)
    alone = decomposable(KOSOVO, sensitivity=False)
    assert len(asked) == 2
    assert result.diagnostics["distinct_tables"] == 2
    assert 0 < result.diagnostics["share_between"] < 1
    assert result.headline is not None
    assert alone.headline is not None
    assert result.headline[2] - result.headline[0] > 0.95 * (alone.headline[2] - alone.headline[0])
