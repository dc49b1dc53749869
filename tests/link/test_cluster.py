"""Pairs to groups, under constraints."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.link.cluster import NEVER, UNSEEN, Link, grouped, joins

NODES = "abcdefgh"


@st.composite
def links(draw: st.DrawFn) -> tuple[list[Link], dict[str, str]]:
    """Draw scored pairs over a few tellings, and the report of each."""
    report = {node: draw(st.sampled_from("123456")) for node in NODES}
    pairs = draw(st.sets(st.sampled_from(list(combinations(NODES, 2))), max_size=20))
    scores = st.one_of(st.floats(-5, 5).map(lambda x: round(x, 3)), st.just(NEVER))
    return [(a, b, draw(scores), draw(st.booleans())) for a, b in sorted(pairs)], report


def _slowly(pairs: list[Link], report: dict[str, str], cut: float) -> set[frozenset[str]]:
    """Return the groups by the definition: join the best allowed pair of groups, look at all of them again, and so on."""
    score = {frozenset((a, b)): (w, silent) for a, b, w, silent in pairs}
    groups = [frozenset(node) for node in {n for a, b, _, _ in pairs for n in (a, b)}]
    while True:
        best = None
        for one, other in combinations(sorted(groups, key=sorted), 2):
            between = [score.get(frozenset((x, y)), (UNSEEN, False)) for x in one for y in other]
            loud = [w for w, silent in between if not silent]
            barred = {report[x] for x in one} & {report[y] for y in other} or any(w <= NEVER for w, _ in between)
            if barred or not loud or all(frozenset((x, y)) not in score for x in one for y in other):
                continue
            mean = sum(loud) / len(loud)
            if mean > cut and (best is None or mean > best[0]):
                best = mean, one, other
        if best is None:
            return set(groups)
        groups = [g for g in groups if g not in best[1:]] + [best[1] | best[2]]


def _groups(pairs: list[Link], report: dict[str, str], cut: float) -> set[frozenset[str]]:
    nodes = {n for a, b, _, _ in pairs for n in (a, b)}
    of = grouped(nodes, joins(pairs, report, cut), cut)
    return {frozenset(n for n in nodes if of[n] == name) for name in of.values()}


@pytest.mark.long
@settings(max_examples=200)
@given(links(), st.floats(-3, 2))
def test_groups_are_those_of_the_definition(drawn: tuple[list[Link], dict[str, str]], cut: float) -> None:
    """The heap gives what looking at all groups again after each join gives, ties aside."""
    pairs, report = drawn
    weights = [w for _, _, w, silent in pairs if not silent]
    if len(set(weights)) == len(weights):
        assert _groups(pairs, report, cut) == _slowly(pairs, report, cut) or _tie_in(pairs, report, cut)


def _tie_in(pairs: list[Link], report: dict[str, str], cut: float) -> bool:
    """Tell whether two joins stand so near one another that rounding or a tie decides."""
    heights = sorted(j.at for j in joins(pairs, report, cut))
    means = [w for _, _, w, _ in pairs]
    near = any(abs(a - b) < 1e-6 for a, b in pairwise(heights))
    return near or len({round(m, 6) for m in means}) < len(means)


@pytest.mark.long
@settings(max_examples=200)
@given(links(), st.floats(-3, 2))
def test_what_must_stay_apart_does(drawn: tuple[list[Link], dict[str, str]], cut: float) -> None:
    """No group holds two tellings of one report, nor two that a person told apart."""
    pairs, report = drawn
    for group in _groups(pairs, report, cut):
        assert len({report[node] for node in group}) == len(group)
        for a, b, log_odds, silent in pairs:
            assert silent or log_odds > NEVER or not {a, b} <= group


@pytest.mark.long
@settings(max_examples=100)
@given(links(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(drawn: tuple[list[Link], dict[str, str]], dice: object) -> None:
    """The same pairs in any order make the same groups."""
    pairs, report = drawn
    shuffled = list(pairs)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _groups(pairs, report, -1.0) == _groups(shuffled, report, -1.0)


@pytest.mark.long
@settings(max_examples=100)
@given(links())
def test_a_lower_cut_only_joins(drawn: tuple[list[Link], dict[str, str]]) -> None:
    """Groups at a high cut lie within groups at a lower one: sure within likely within plausible."""
    pairs, report = drawn
    made = joins(pairs, report, -3.0)
    nodes = {n for a, b, _, _ in pairs for n in (a, b)}
    high, low = grouped(nodes, made, 1.0), grouped(nodes, made, -2.0)
    for a, b in combinations(sorted(nodes), 2):
        assert high[a] != high[b] or low[a] == low[b]


def test_a_chain_of_near_misses_joins_nothing_far() -> None:
    """Each day like the next one, a week long, one link a little stronger: two days are joined, and no third."""
    chain: list[Link] = [(NODES[n], NODES[n + 1], 1.0 + n / 10, False) for n in range(7)]
    report = {n: n for n in NODES}
    assert max(len(g) for g in _groups(chain, report, 0.0)) == 2
    assert all(len(g) == 1 for g in _groups([(a, b, 1.0, False) for a, b, _, _ in chain[:3]], report, 0.0) if "b" in g)


def test_nobody_is_given_to_one_of_two_equals() -> None:
    """Twelve in one town, twelve in another, twelve "in the country": nobody can tell which, and nothing is joined."""
    pairs: list[Link] = [("a", "c", 2.0, False), ("b", "c", 2.0, False), ("a", "b", -4.0, False)]
    assert _groups(pairs, {"a": "1", "b": "2", "c": "3"}, 0.0) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_a_silent_pair_neither_holds_nor_parts() -> None:
    """One agrees with the first and is silent to the second: it joins both. Silent to both, it joins neither."""
    report = {"a": "1", "b": "2", "c": "3"}
    agrees: list[Link] = [("a", "b", 3.0, False), ("a", "c", 1.0, False), ("b", "c", -3.0, True)]
    assert _groups(agrees, report, 0.0) == {frozenset("abc")}
    silent: list[Link] = [("a", "b", 3.0, False), ("a", "c", -1.0, True), ("b", "c", -3.0, True)]
    assert _groups(silent, report, UNSEEN) == {frozenset("ab"), frozenset("c")}


def test_what_could_not_be_compared_says_nothing() -> None:
    """a and b are one; c, of no known country, met only a, and agrees: that b and c never met is nothing against them."""
    pairs = [("a", "b", 3.0, False), ("a", "c", 1.0, False)]
    report = {"a": "1", "b": "2", "c": "3"}
    assert len(joins(pairs, report, 0.0)) == 1
    assert len(joins(pairs, report, 0.0, loose={"c"})) == 2
    parted = [*pairs, ("b", "c", -9.0, False)]
    assert len(joins(parted, report, 0.0, loose={"c"})) == 1
