"""Probabilities against what came true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.calibration import EDGES, calibration
from marsad.evaluate.linking import judge_linking

forecasts = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30)


def test_of_ten_called_eighty_percent_likely_eight_come_true() -> None:
    """Then the expected error is nought, and the Brier score that of a coin with such odds: .8 × .2."""
    found = calibration([(0.8, n < 8) for n in range(10)])
    assert found.expected_error == pytest.approx(0)
    assert (found.brier, found.brier_of_prior) == pytest.approx((0.16, 0.16))


def test_who_is_sure_and_wrong_has_the_largest_errors() -> None:
    """Everything said is the opposite of what happens."""
    found = calibration([(1.0, False), (0.0, True)])
    assert (found.expected_error, found.brier) == (1, 1)


@given(forecasts)
def test_each_forecast_is_in_the_bin_that_holds_it(said: list[tuple[float, bool]]) -> None:
    """Bins cover 0 to 1 without gaps; the mean of what is said lies in its bin; none is lost."""
    found = calibration(said)
    assert [bin_.high for bin_ in found.bins[:-1]] == [bin_.low for bin_ in found.bins[1:]] == list(EDGES)
    assert sum(bin_.n for bin_ in found.bins) == len(said)
    for bin_ in found.bins:
        assert bin_.mean is None or bin_.low - 1e-9 <= bin_.mean <= bin_.high + 1e-9


def test_nothing_said_is_not_wrong() -> None:
    """None in every figure."""
    found = calibration([])
    assert (found.expected_error, found.brier, found.brier_of_prior) == (None, None, None)


def test_a_join_is_right_if_most_of_both_groups_are_of_one_incident() -> None:
    """a1 and a2 are one incident: right. b1 joins them: wrong. Then a3 joins what is still mostly of its incident: right."""
    truth = {"a1": "A", "a2": "A", "a3": "A", "b1": "B"}
    joins = [("a1", "a2", 0.95), ("b1", "a1", 0.6), ("b1", "a3", 0.6)]
    found = judge_linking("x", truth, {}, {}, joins=joins).joins
    assert found is not None
    assert [(bin_.n, bin_.true) for bin_ in found.bins if bin_.n] == [(2, 1), (1, 1)]


def test_pairs_with_what_nobody_marked_are_passed_over() -> None:
    """A pair is judged where the incident of both is known."""
    found = judge_linking("x", {"a": "A", "b": "A"}, {}, {}, pairs=[("a", "b", 0.9), ("a", "z", 0.9)]).pairs
    assert found is not None
    assert sum(bin_.n for bin_ in found.bins) == 1
