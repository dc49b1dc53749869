"""Two lists, lower bounds and sample coverage: published figures, and that nothing of it is a headline."""

import pytest
from published import HEPATITIS, KOSOVO, runs, table_of

from marsad.estimate import (
    CaptureTable,
    Code,
    Status,
    chao_mh,
    chao_mt,
    chapman,
    lincoln_petersen,
    sample_coverage,
    two_list_sensitivity,
)
from marsad.model import Wrong

TWO = CaptureTable.from_patterns("AB", {"10": 80, "01": 30, "11": 20})


def test_lincoln_and_petersen_divide() -> None:
    """100 and 50 persons, 20 on both: 250."""
    assert lincoln_petersen(TWO).point == 250


def test_chapman_and_its_variance() -> None:
    """(101 51 / 21) - 1, variance 101 51 80 30 / (21^2 22)."""
    result = chapman(TWO)
    assert result.point == pytest.approx(101 * 51 / 21 - 1)
    assert result.error == pytest.approx((101 * 51 * 80 * 30 / (21**2 * 22)) ** 0.5)


@pytest.mark.parametrize("estimate", [chapman, lincoln_petersen])
def test_two_lists_give_no_headline(estimate) -> None:  # type: ignore[no-untyped-def]
    """A number is there, its status says lower bound, and the reason has a name."""
    result = estimate(TWO)
    assert (result.status, result.headline) == (Status.LOWER_BOUND_ONLY, None)
    assert result.cautions[0].code is Code.FEWER_THAN_THREE_LISTS


def test_lists_that_share_nobody() -> None:
    """Lincoln and Petersen's number does not exist, Chapman's does; both name the empty overlap."""
    apart = CaptureTable.from_patterns("AB", {"10": 80, "01": 30})
    assert lincoln_petersen(apart).point is None
    assert chapman(apart).point == 81 * 31 - 1
    assert two_list_sensitivity(apart)[1] is None
    assert Code.EMPTY_OVERLAP in {caution.code for caution in chapman(apart).cautions}


def test_two_list_formulas_refuse_three_lists() -> None:
    """Which two lists to take is a person's choice."""
    with pytest.raises(Wrong):
        chapman(KOSOVO)


@pytest.mark.parametrize("name", ["neworleans_5lists", "uk_2013_5lists", "australia_4lists"])
def test_chao_s_bound_is_near_the_model_it_comes_from(name: str) -> None:
    """Bias-corrected, it lies near Rcapture's Mh Chao; with f2 = 10 in New Orleans the correction is 8 percent."""
    theirs = {row["model"]: row["abundance"] for row in runs(name, "Rcapture")[0]["closedp_t"]}["Mh Chao (LB)"]
    assert chao_mh(table_of(name)).point == pytest.approx(theirs, rel=0.08)


def test_chao_s_bounds_of_the_hepatitis_outbreak() -> None:
    """f1 = 187, f2 = 56: 271 + (2/3) 187 186 / 114 and 271 + (187^2 - 69^2 - 55^2 - 63^2) / 114."""
    assert chao_mh(HEPATITIS).point == pytest.approx(271 + 2 / 3 * 187 * 186 / 114)
    assert chao_mt(HEPATITIS).point == pytest.approx(271 + (187**2 - 69**2 - 55**2 - 63**2) / 114)


def test_sample_coverage_of_the_hepatitis_outbreak_is_as_published() -> None:
    """Coverage .513, and 407, 971 and 508 persons for independent lists, dependent ones and one step (Chao and others 2001)."""
    result = sample_coverage(HEPATITIS)
    assert [round(model.n or 0) for model in result.models] == [407, 971, 508]
    assert result.diagnostics["coverage"] == pytest.approx(0.513, abs=5e-4)
    assert result.status is Status.LOWER_BOUND_ONLY
    assert result.point == result.models[2].n


def test_sample_coverage_is_the_same_for_the_same_seed_alone() -> None:
    """The interval is drawn; a seed makes it again."""
    assert sample_coverage(KOSOVO, seed=4).low == sample_coverage(KOSOVO, seed=4).low
    assert sample_coverage(KOSOVO, seed=4).low != sample_coverage(KOSOVO, seed=5).low
