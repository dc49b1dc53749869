"""Found pairs are judged by who the records are known to be; what nobody knows counts neither way."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluate.linkage import pair_score

TRUTH = {("a", "1"): "x", ("b", "1"): "x", ("a", "2"): "y", ("b", "2"): "y", ("a", "3"): "z"}


def test_right_wrong_missed_and_unjudged() -> None:
    """One of each: a true pair, a false one, a true pair that was not found, and one of which nobody knows."""
    found = [(("a", "1"), ("b", "1")), (("a", "2"), ("b", "9")), (("a", "3"), ("b", "8"))]
    score = pair_score(found, TRUTH)
    assert (score.right, score.wrong, score.missed, score.unjudged) == (1, 1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


def test_nothing_to_judge_is_no_score() -> None:
    """Where nothing is known, there are no shares."""
    score = pair_score([], {})
    assert (score.precision, score.recall, score.f1) == (None, None, None)


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(0, 5).map(str)), st.sampled_from("xyz")))
def test_all_true_pairs_score_one(truth: dict[tuple[str, str], str]) -> None:
    """Pairs of different lists that are one person, all of them: nothing missed, nothing wrong."""
    pairs = [(a, b) for a in truth for b in truth if a < b and a[0] != b[0] and truth[a] == truth[b]]
    score = pair_score(pairs, truth)
    assert (score.right, score.wrong, score.missed) == (len(pairs), 0, 0)
