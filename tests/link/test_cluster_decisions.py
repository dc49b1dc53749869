"""Groups of tellings where somebody decided about pairs."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from marsad.link.cluster import NEVER, grouped, joins

NODES = "abcdef"
REPORT = {node: f"report {node}" for node in NODES}
PAIRS = list(combinations(NODES, 2))
Pair = tuple[str, str]

scores = st.lists(st.floats(-5, 5), min_size=len(PAIRS), max_size=len(PAIRS))
decisions = st.dictionaries(st.sampled_from(PAIRS), st.booleans(), max_size=5)


def groups(pairs: list[tuple[str, str, float]], yes: list[Pair], no: list[Pair]) -> dict[str, str]:
    """Return the group of each telling at log odds of nought."""
    links = {(a, b): (a, b, score, False) for a, b, score in pairs} | {pair: (*pair, NEVER, False) for pair in no}
    return grouped(NODES, joins(links.values(), REPORT, 0.0, together=yes), 0.0)


@given(scores, decisions)
def test_what_was_decided_holds_whatever_the_scores(said: list[float], decided: dict[Pair, bool]) -> None:
    """Together is together; apart is apart, unless other decisions join the two in a roundabout way."""
    pairs = [(a, b, score) for (a, b), score in zip(PAIRS, said, strict=True)]
    yes, no = ([pair for pair, same in decided.items() if same is answer] for answer in (True, False))
    found, forced = groups(pairs, yes, no), groups([], yes, [])
    assert all(found[a] == found[b] for a, b in yes)
    assert all(found[a] != found[b] or forced[a] == forced[b] for a, b in no)


def test_one_with_two_others_joins_all_three() -> None:
    """Decided twice about one telling, at equal strength: neither decision keeps the other from holding."""
    assert len(set(groups([("b", "c", -4.0)], [("a", "b"), ("a", "c")], []).values())) == len(NODES) - 2


def test_a_telling_kept_apart_from_one_is_kept_apart_from_its_whole_group() -> None:
    """a and b are surely one; c, however like b, was said not to be one with a."""
    found = groups([("a", "b", 5.0), ("b", "c", 4.0), ("a", "c", 4.0)], [], [("a", "c")])
    assert found["a"] == found["b"] != found["c"]


def test_two_tellings_of_one_report_can_be_decided_to_be_one() -> None:
    """A machine never joins them; a person who read the report may."""
    same = {"a": "r", "b": "r"}
    assert joins([("a", "b", 5.0, False)], same, 0.0) == []
    assert grouped("ab", joins([], same, 0.0, together=[("a", "b")]), 0.0) == {"a": "a", "b": "a"}


@given(scores, decisions, st.permutations(PAIRS))
def test_the_order_of_pairs_and_decisions_changes_nothing(
    said: list[float], decided: dict[Pair, bool], order: list[Pair]
) -> None:
    """The same groups, in whichever order pairs and answers came."""
    by_pair = dict(zip(PAIRS, said, strict=True))
    yes, no = ([pair for pair in order if decided.get(pair) is answer] for answer in (True, False))
    one = groups([(*pair, by_pair[pair]) for pair in PAIRS], sorted(yes), sorted(no))
    assert groups([(*pair, by_pair[pair]) for pair in order], yes, no) == one
