"""Conditions solved together, against brute force on ten thousand small cases."""

import random
from collections.abc import Sequence
from itertools import combinations, product

import pytest

from marsad.assess.conditions import Bounds, Condition, names_in
from marsad.assess.simplex import least
from marsad.assess.solve import possible, smallest_clash, solve

TOP = 4
"""In made-up cases everybody counts at most so many, so that all of them can be tried."""


def by_trying(conditions: Sequence[Condition], names: Sequence[str]) -> dict[str, Bounds]:
    """Return the bounds of every number by trying all numbers; nothing where none fits."""
    at = {name: place for place, name in enumerate(names)}
    told = [([(at[n], k) for n, k in c.terms], c.low, c.high) for c in conditions]
    fits = list(product(range(TOP + 1), repeat=len(names)))
    for terms, low, high in told:
        lows, highs = -99 if low is None else low, 99 if high is None else high
        fits = [numbers for numbers in fits if lows <= sum(k * numbers[j] for j, k in terms) <= highs]
    return {n: (min(f[at[n]] for f in fits), max(f[at[n]] for f in fits)) for n in names} if fits else {}


def made_up(dice: random.Random) -> list[Condition]:
    """Return a few conditions on two to four numbers, each named, every number bounded by what holds always."""
    names = ["a", "b", "c", "d"][: dice.randint(2, 4)]
    out = [Condition.within(n, 0, TOP) for n in names]
    for place in range(dice.randint(1, 4)):
        chosen = dice.sample(names, dice.randint(1, len(names)))
        terms = {n: dice.choice((1, 1, 1, -1, -1, 2, -2, 3)) for n in chosen}
        low = dice.choice((None, dice.randint(-4, 9)))
        high = dice.choice((None, (low or 0) + dice.randint(0, 4)))
        out.append(Condition.of(terms, low, high, f"k{place}"))
    return out


@pytest.mark.long
@pytest.mark.parametrize("block", range(20))
def test_the_bounds_are_those_of_brute_force(block: int) -> None:
    """Five hundred cases a block, ten thousand in all: the same bounds, the same contradictions."""
    dice = random.Random(block)  # noqa: S311
    for _ in range(500):
        conditions = made_up(dice)
        truth = by_trying(conditions, names_in(conditions))
        found = solve(conditions)
        assert found.bounds == truth, conditions
        assert found.exact


def test_a_clash_is_the_smallest_there_is() -> None:
    """Every set of fewer claims can hold; the clash cannot. By trying all sets, on three hundred contradictions."""
    dice, seen = random.Random(99), 0  # noqa: S311
    while seen < 300:
        conditions = made_up(dice)
        if by_trying(conditions, names_in(conditions)):
            continue
        seen += 1
        fixed = [c for c in conditions if c.name is None]
        named = [c for c in conditions if c.name is not None]
        smallest = next(
            size
            for size in range(1, len(named) + 1)
            if any(not by_trying([*fixed, *chosen], names_in(fixed)) for chosen in combinations(named, size))
        )
        clash = smallest_clash(conditions)
        assert len(clash) == smallest
        assert not by_trying([*fixed, *(c for c in named if c.name in clash)], names_in(fixed))


def test_a_circle_of_wide_numbers_is_no_endless_climb() -> None:
    """More of one than of the other, and the other way round: a contradiction found at once, however many people."""
    circle = [Condition.of({"a": 1, "b": -1}, 1, None, "one"), Condition.of({"b": 1, "a": -1}, 1, None, "other")]
    assert solve([*circle, Condition.within("a", 0, 10**9, "third")]).clash == ("one", "other")


def test_halves_that_no_whole_number_meets_are_seen() -> None:
    """Exactly half of 95: nobody is half."""
    half = Condition.share("civilians", "killed", (1, 2), (1, 2), "half")
    assert solve([*half, Condition.within("killed", 95, 95, "all")]).clash == ("all", "half")
    assert solve([*half, Condition.within("killed", 95, 96, "all")]).bounds == {
        "civilians": (48, 48),
        "killed": (96, 96),
    }


def test_where_nothing_bounds_a_number_it_stays_open() -> None:
    """At least a third of the dead, and the dead at least nine: three and more, with no end."""
    third = Condition.share("children", "killed", (1, 3), None, "third")
    found = solve([*third, Condition.within("killed", 9, None, "all"), Condition.no_more(["children"], "killed")])
    assert found.bounds == {"children": (3, None), "killed": (9, None)}


def test_large_numbers_stay_whole() -> None:
    """No rounding: 206,603 is the sum of its four parts to the last one, in any order of asking."""
    parts = {"civilians": 73_447, "fighters": 49_294, "soldiers": 76_021, "unknown": 7_841}
    told = [Condition.within(n, k, k, n) for n, k in parts.items()]
    assert solve([*told, Condition.equal(dict.fromkeys(parts, 1), "all")]).bounds["all"] == (206_603, 206_603)


def test_the_least_of_a_sum_is_a_sum() -> None:
    """Two tens and threes make 26 at the least number of notes: two tens and two threes."""
    found = least(
        [Condition.of({"tens": 10, "threes": 3}, 26, 26)], {"tens": (0, 9), "threes": (0, 9)}, {"tens": 1, "threes": 1}
    )
    assert found.value == 4


def test_what_holds_whoever_speaks_is_nobody_s_fault() -> None:
    """A contradiction without a claim in it names none."""
    assert not possible([Condition.within("a", 3, 2)])
    assert smallest_clash([Condition.within("a", 3, 2), Condition.within("a", 0, 9, "x")]) == ()
