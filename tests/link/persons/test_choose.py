"""A pair's chance is its share of all ways to match the lists one to one."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.link.persons.choose import Pairs, chances


def by_hand(left: Sequence[int], right: Sequence[int], weight: Sequence[float]) -> list[float]:
    """Return the chances by trying every set of pairs in which nobody stands twice."""
    whole, each = 0.0, [0.0] * len(weight)
    for size in range(len(weight) + 1):
        for some in itertools.combinations(range(len(weight)), size):
            if len({left[e] for e in some}) < size or len({right[e] for e in some}) < size:
                continue
            mass = 2.0 ** sum(weight[e] for e in some)
            whole += mass
            for e in some:
                each[e] += mass
    return [mass / whole for mass in each]


TREES = [
    ([0], [10], [3.0]),
    ([0, 0], [10, 11], [8.0, 8.0]),
    ([0, 0, 1], [10, 11, 11], [4.0, 6.0, 5.0]),
    ([0, 1, 2, 2], [10, 10, 10, 11], [7.0, 2.0, -1.0, 0.5]),
    ([0, 0, 1, 1, 2], [10, 11, 11, 12, 12], [3.0, 3.5, 9.0, 1.0, 4.0]),
]


@pytest.mark.parametrize(("left", "right", "weight"), TREES)
def test_exact_where_pairs_form_no_circle(left: list[int], right: list[int], weight: list[float]) -> None:
    """The messages give what trying all matchings gives."""
    lists = [0] * 10 + [1] * 10
    found = chances(Pairs(left, right, weight), lists, {0, 1})
    assert found == pytest.approx(by_hand(left, right, weight), abs=1e-6)


@pytest.mark.long
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(4, 7), st.floats(-4, 8)), max_size=9, unique_by=lambda e: e[:2])
)
def test_near_the_truth_in_any_tangle(edges: list[tuple[int, int, float]]) -> None:
    """Where pairs form circles the chances stay within a fifth of the truth, and no record is more than once somebody."""
    left, right, weight = [e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges]
    found = chances(Pairs(left, right, weight), [0] * 4 + [1] * 4, {0, 1})
    assert found == pytest.approx(by_hand(left, right, weight), abs=0.2)
    for node in range(8):
        assert sum(p for a, b, p in zip(left, right, found, strict=True) if node in (a, b)) <= 1.05


def test_a_tie_goes_to_review() -> None:
    """A record that fits two brothers equally well is neither surely."""
    one, two = chances(Pairs([0, 0], [1, 2], [20.0, 20.0]), [0, 1, 1], {0, 1})
    assert one == two == pytest.approx(0.5, abs=0.01)


def test_a_list_that_repeats_people_ties_nothing() -> None:
    """Where a person may stand twice, one pair says nothing against another."""
    one, two = chances(Pairs([0, 0], [1, 2], [20.0, 20.0]), [0, 1, 1], {0})
    assert min(one, two) > 0.999
