"""Clusters against incidents, under scores that others defined."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.grouping import Mixed, grouping

LUO = ("12345", "67", "89ABC")
"""The true entities of the worked example in Luo, On coreference resolution performance metrics, 2005, section 3.3."""

groups = st.lists(st.integers(0, 4), min_size=1, max_size=9).map(lambda of: {str(n): f"g{g}" for n, g in enumerate(of)})


def of(*clusters: str) -> dict[str, str]:
    """Return items, each a character, with the cluster they stand in."""
    return {item: cluster for cluster in clusters for item in cluster}


@pytest.mark.parametrize(
    ("clusters", "bcubed", "ceafe"),
    [
        (("12345", "6789ABC"), 0.865, 0.733),
        (("1234589ABC", "67"), 0.737, 0.667),
        (("123456789ABC",), 0.545, 0.294),
        (tuple("123456789ABC"), 0.400, 0.178),
    ],
)
def test_scores_are_those_that_were_published(clusters: tuple[str, ...], bcubed: float, ceafe: float) -> None:
    """B-cubed F1 and CEAF with phi 4 of the four systems in the table of that paper, to three decimals."""
    every = grouping(of(*LUO), of(*clusters)).every
    assert every.bcubed.f1 == pytest.approx(bcubed, abs=0.0006)
    assert every.ceafe.f1 == pytest.approx(ceafe, abs=0.0006)


@given(groups, groups)
def test_pairs_are_counted_as_by_hand(truth: dict[str, str], found: dict[str, str]) -> None:
    """Of all pairs of items: those put together rightly, of those put together, of those that belong together."""
    pairs = list(combinations(truth, 2))
    alone = {item: item for item in truth} | found
    made = [(a, b) for a, b in pairs if alone[a] == alone[b]]
    right = [(a, b) for a, b in made if truth[a] == truth[b]]
    there = [(a, b) for a, b in pairs if truth[a] == truth[b]]
    scored = grouping(truth, found).every.pairs
    assert scored.precision == (pytest.approx(len(right) / len(made)) if made else None)
    assert scored.recall == (pytest.approx(len(right) / len(there)) if there else None)


@given(groups)
def test_the_truth_has_full_marks_and_no_errors(truth: dict[str, str]) -> None:
    """Whatever the clusters are called."""
    scored = grouping(truth, {item: f"cluster {of}" for item, of in truth.items()})
    for three in (scored.every.bcubed, scored.every.ceafe):
        assert three.f1 == pytest.approx(1)
    assert (scored.splits, scored.merges) == ((), ())
    assert scored.sizes == scored.true_sizes


@given(groups, groups)
def test_precision_is_recall_with_the_sides_changed(truth: dict[str, str], found: dict[str, str]) -> None:
    """What is an incident too many on one side is a cluster too few on the other."""
    one = {item: found.get(item, f"alone {item}") for item in truth}
    there, back = grouping(truth, one).every, grouping(one, truth).every
    for a, b in ((there.bcubed, back.bcubed), (there.ceafe, back.ceafe)):
        assert a.precision == pytest.approx(b.recall)
    assert len(grouping(truth, one).splits) == len(grouping(one, truth).merges)


def test_single_tellings_flatter_and_are_left_out_of_the_second_score() -> None:
    """Nothing linked: eight incidents told once are all right, and only the second score sees that the ninth was missed."""
    truth = of(*"abcdefgh", "ij")
    scored = grouping(truth, {})
    assert scored.every.bcubed.f1 == pytest.approx(2 * 0.9 / 1.9)
    assert scored.shared.bcubed.f1 == pytest.approx(2 / 3)
    assert (scored.shared.items, scored.shared.incidents) == (2, 1)
    assert scored.every.pairs.f1 == 0


def test_splits_and_merges_say_what_went_where_largest_first() -> None:
    """An incident in two clusters is a split, a cluster of two incidents a merge; both tell how many items are where."""
    truth = {"1": "A", "2": "A", "3": "A", "4": "B", "5": "C", "6": "C"}
    scored = grouping(truth, {"1": "x", "2": "x", "3": "y", "4": "y", "5": "p", "6": "q"})
    assert scored.splits == (Mixed("A", {"x": 2, "y": 1}), Mixed("C", {"p": 1, "q": 1}))
    assert scored.merges == (Mixed("y", {"A": 1, "B": 1}),)
    assert scored.sizes == {1: 2, 2: 2}
    assert scored.true_sizes == {1: 1, 2: 1, 3: 1}


def test_what_nobody_found_stands_alone_and_what_nobody_asked_for_is_passed_over() -> None:
    """A missing item is a cluster of its own, also beside a cluster that is called like it."""
    scored = grouping({"1": "A", "2": "A"}, {"2": "1", "3": "1"})
    assert scored.every.clusters == 2
    assert scored.every.items == 2
