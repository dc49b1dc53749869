"""Log-linear models: agreement with what is published and with the field's packages, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import HEPATITIS, KOSOVO, SPARSE, runs, table_of

from marsad.estimate import CaptureTable, Code, Status, loglinear, loglinear_many
from marsad.estimate.intervals import profile
from marsad.estimate.lattice import all_models, model_of, named
from marsad.estimate.ranking import candidates, rank, rank_many
from marsad.model import Wrong

RCAPTURE = ("kosovo_1999", "uk_2013_5lists", "netherlands_5lists", "neworleans_5lists", "australia_4lists")


def test_kosovo_gives_the_published_10356() -> None:
    """The best model by BIC of all 113 is [123,14,34], and its estimate is the published one to the person."""
    result = loglinear(KOSOVO)
    assert result.models[0].name == "[123,14,34]"
    assert result.point == pytest.approx(10356.519, abs=5e-4)
    assert result.error == pytest.approx(785.902, abs=5e-4)
    assert result.models[0].aic == pytest.approx(132.74667, abs=1e-5)
    assert result.models[0].bic == pytest.approx(203.02963, abs=1e-5)
    assert (result.low, result.high) == pytest.approx((8994.26, 12110.41), abs=0.01)
    assert result.status is Status.OK


@pytest.mark.long
@pytest.mark.parametrize("name", RCAPTURE)
def test_rcapture_agrees_on_every_model_it_prints(name: str) -> None:
    """N, AIC, BIC, deviance and degrees of freedom of each of its fifteen best models, standard error to four digits.

    Where no maximum likelihood estimate exists Rcapture prints where its steps stopped; marsad says that there is none.
    """
    table = table_of(name)
    ranking = candidates(table.dense().astype(float), None, "bic")
    at = {named(model): k for k, model in enumerate(ranking.models)}
    agreed = 0
    for row in runs(name, "Rcapture")[0]["closedpMS_top"]:
        mine = ranking.model(at[row["model"]])
        if mine.code:
            assert row["infoFit"] != 0
            continue
        assert (mine.n, mine.aic, mine.bic, mine.deviance) == pytest.approx(
            (row["abundance"], row["AIC"], row["BIC"], row["deviance"]), rel=1e-6
        )
        assert mine.error == pytest.approx(row["stderr"], rel=1e-4)
        assert mine.df == row["df"]
        agreed += 1
    assert agreed >= 10


@pytest.mark.parametrize("name", RCAPTURE)
def test_rcapture_agrees_on_profile_intervals(name: str) -> None:
    """The multinomial profile interval is Rcapture's, to a hundredth of a person (or three in a million)."""
    table = table_of(name)
    compared = 0
    for model, run in runs(name, "Rcapture")[0]["profile_CI"].items():
        ranking = rank(model_of(model, table.n_lists)[None], table.dense().astype(float))
        if ranking.codes[0] or isinstance(run["CI"][0]["supCL"], str):
            continue
        at = ranking.examined
        low, high = profile(at.terms[0], at.cells[0], ranking.counts, ranking.missing[0], ranking.log_error[0])
        assert (low, high) == pytest.approx((run["CI"][0]["infCL"], run["CI"][0]["supCL"]), rel=3e-6, abs=0.01)
        compared += 1
    assert compared


@pytest.mark.parametrize(
    ("name", "n"),
    [("kosovo_1999", 14341.66), ("uk_2013_5lists", 11313.0), ("neworleans_5lists", 1034.15), ("australia_4lists", 6496.0),
     ("uk_2013_6lists", 11418.0), ("netherlands_5lists", 121521.6), ("korea_3lists", 268.78)],
)  # fmt: skip
def test_stepwise_choice_gives_the_published_points(name: str, n: float) -> None:
    """Pairs added one by one, as SparseMSE does."""
    assert loglinear(table_of(name), criterion="stepwise").point == pytest.approx(n, abs=0.1)


def test_korea_by_bic_is_the_published_157() -> None:
    """Women in Palembang: empty overlaps struck out, best by BIC."""
    assert loglinear(table_of("korea_3lists")).point == pytest.approx(157.1667, abs=1e-4)


@pytest.mark.long
def test_six_lists_are_searched() -> None:
    """The best model of pairs on six lists is found, with the estimate of an independent program."""
    result = loglinear(table_of("uk_2013_6lists"))
    assert result.models[0].name == "[12,13,25,35,36,45]"
    assert result.point == pytest.approx(12350, abs=0.5)


def test_average_covers_what_single_models_say() -> None:
    """An average over models is wider than its best model taken alone, and lies above the documented dead."""
    alone, average = loglinear(KOSOVO, interval="wald"), loglinear(KOSOVO, average=True)
    assert alone.headline is not None
    assert average.headline is not None
    assert average.headline[2] - average.headline[0] > alone.headline[2] - alone.headline[0]
    assert KOSOVO.n < average.headline[0]


def test_bootstrap_of_the_best_model_alone_is_about_its_likelihood_interval() -> None:
    """With nothing to choose, the bootstrap agrees with the profile within Monte Carlo error."""
    result = loglinear(KOSOVO, interval="bca", choose_among=1)
    assert (result.low, result.high) == pytest.approx((8994, 12110), rel=0.03)


def test_bootstrap_that_knows_of_the_choice_fails_and_says_so() -> None:
    """Chosen among twenty, Kosovo's estimate lies at the edge of its own replicates: no end is made up."""
    result = loglinear(KOSOVO, interval="bca")
    assert result.headline is None
    assert Code.BOOTSTRAP_FAILED in {caution.code for caution in result.cautions}


def test_two_lists_have_no_model() -> None:
    """Below three lists there is a status and a named reason, no number."""
    result = loglinear(CaptureTable.from_patterns("AB", {"10": 5, "01": 7, "11": 2}))
    assert (result.status, result.point) == (Status.LOWER_BOUND_ONLY, None)
    assert result.cautions[0].code is Code.FEWER_THAN_THREE_LISTS


def test_lists_that_share_nobody_have_no_number() -> None:
    """Three lists without any overlap: not identifiable, whatever the model."""
    result = loglinear(CaptureTable.from_patterns("ABC", {"100": 40, "010": 30, "001": 20}))
    assert (result.status, result.point, result.headline) == (Status.NOT_IDENTIFIABLE, None, None)


def test_a_model_of_one_s_own_is_fitted_alone() -> None:
    """No interaction of three lists: for three lists, the closed form n111 n100 n010 n001 / (n110 n101 n011)."""
    n = HEPATITIS.texts()
    closed = n["111"] * n["100"] * n["010"] * n["001"] / (n["110"] * n["101"] * n["011"])
    result = loglinear(HEPATITIS, models=["[12,13,23]"])
    assert result.point == pytest.approx(HEPATITIS.n + closed, rel=1e-9)


def test_the_term_of_all_lists_is_refused() -> None:
    """What no table can tell cannot be asked for."""
    with pytest.raises(Wrong):
        loglinear(SPARSE, models=["[123]"])


cells = st.lists(st.integers(0, 60), min_size=15, max_size=15)


def four_lists(counts: list[int]) -> CaptureTable:
    """Return the table of fifteen cells."""
    return CaptureTable("ABCD", range(1, 16), counts)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(cells, st.permutations(range(4)))
def test_order_of_lists_does_not_matter(counts: list[int], order: list[int]) -> None:
    """Lists in another order give the same estimate and status."""
    table = four_lists(counts)
    if table.n_lists < 4:
        return
    one, other = loglinear(table, average=True), loglinear(table.only(["ABCD"[j] for j in order]), average=True)
    assert one.status is other.status
    if one.point is not None:
        assert (one.low, one.point, one.high) == pytest.approx((other.low, other.point, other.high), rel=1e-4)


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(st.lists(cells, min_size=1, max_size=4))
def test_many_tables_together_are_the_same_as_each_alone(tables: list[list[int]]) -> None:
    """Fitting strata together changes nothing beyond where iterations stop."""
    strata = [four_lists(counts) for counts in tables]
    for together, table in zip(loglinear_many(strata), strata, strict=True):
        alone = loglinear(table, average=True)
        assert together.status is alone.status
        assert (together.point is None) is (alone.point is None)
        if alone.point is not None:
            assert together.point == pytest.approx(alone.point, rel=1e-4)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(cells)
def test_models_together_are_the_same_as_one_by_one(counts: list[int]) -> None:
    """A model's fit does not depend on its neighbours in the stack."""
    dense = np.array([0, *counts], dtype=float)
    together = rank_many(all_models(4), dense[None])[0]
    for at in (0, 17, 60, 112):
        alone = rank(all_models(4)[at : at + 1], dense)
        assert alone.codes[0] == together.codes[at]
        if not alone.codes[0]:
            assert alone.missing[0] == pytest.approx(together.missing[at], rel=1e-4)
