"""Rows matched to columns the best way."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.assignment import best_total

tables = st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 3, 5]), min_size=4, max_size=4), max_size=4)


def by_hand(table: list[list[int]]) -> int:
    """Return the best total by trying every order of the columns."""
    orders = permutations(range(4))
    return max(sum(row[column] for row, column in zip(table, order, strict=False)) for order in orders)


@given(tables)
def test_the_total_is_that_of_the_best_of_all_orders(table: list[list[int]]) -> None:
    """A gain of nought is no edge; a row that gains nothing stays alone."""
    gains = {r: {c: float(gain) for c, gain in enumerate(row) if gain} for r, row in enumerate(table)}
    assert best_total(gains) == by_hand(table)


def test_a_newcomer_moves_a_whole_chain_of_rows() -> None:
    """A hundred rows sit on the column they like best; one more can take only the first, and it costs least if all move on."""
    gains = {n: {n: 2.0, n + 1: 1.99} for n in range(100)}
    assert best_total(gains) == pytest.approx(200)
    assert best_total({**gains, "newcomer": {0: 102.0}}) == pytest.approx(102 + 100 * 1.99)


def test_nothing_to_match_gains_nothing() -> None:
    """No rows, and a row without columns."""
    assert best_total({}) == 0
    assert best_total({"a": {}}) == 0
