"""Persons are made of the surest pairs, never against what people decided, and never of records that cannot be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.link.persons.clusters import Vitals, Zone, clustered, conflicts, person_ids
from marsad.link.persons.draws import drawn


def somebody(lst: int, **told: object) -> Vitals:
    """Return the vitals of a record of a list, otherwise empty."""
    empty: dict[str, object] = dict.fromkeys(("sex", "age", "born", "died", "id_ok"))
    return Vitals(lst, **{**empty, **told})  # type: ignore[arg-type]


FOUR = [somebody(0), somebody(1), somebody(2), somebody(2)]
EDGES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)).filter(lambda e: e[0] < e[1]),
    max_size=25,
    unique_by=lambda e: e[:2],
)
CHOICES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] < e[1]), max_size=4, unique=True
)


@pytest.mark.long
@given(EDGES, CHOICES, CHOICES)
def test_what_people_decided_always_holds(
    pairs: list[tuple[int, int, float]], same: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    """Whatever the chances: records decided to be one are one, records decided apart are apart unless that contradicts."""
    people = [somebody(n % 3) for n in range(10)]
    _, ones = clustered([], people, (), same)
    apart = [(a, b) for a, b in apart if ones[a] != ones[b]]
    for closed in (set(), {0, 1, 2}):
        links, of = clustered(pairs, people, closed, same, apart)
        for draw in (of, *drawn(links, people, closed, [str(n) for n in range(10)], 3, 1, same, apart)):
            assert all(draw[a] == draw[b] for a, b in same)
            assert all(draw[a] != draw[b] for a, b in apart)


@pytest.mark.long
@given(EDGES)
def test_nobody_stands_twice_on_a_closed_list(pairs: list[tuple[int, int, float]]) -> None:
    """No person has two records of a list in which nobody stands twice."""
    people = [somebody(n % 3) for n in range(10)]
    _, of = clustered(pairs, people, {0, 1, 2})
    for top in set(of):
        lists = [people[n].lst for n in range(10) if of[n] == top]
        assert len(lists) == len(set(lists))


@pytest.mark.long
@given(EDGES, st.permutations(range(10)))
def test_the_order_of_records_changes_nothing(pairs: list[tuple[int, int, float]], places: list[int]) -> None:
    """Records numbered otherwise make the same persons, ties included."""
    people = [somebody(n % 3) for n in range(10)]
    names = [f"r{n}" for n in range(10)]
    _, of = clustered(pairs, people, {0, 1, 2}, order=names)
    moved = [(min(places[a], places[b]), max(places[a], places[b]), p) for a, b, p in pairs]
    others = [people[places.index(n)] for n in range(10)]
    _, again = clustered(moved[::-1], others, {0, 1, 2}, order=[names[places.index(n)] for n in range(10)])
    groups = {frozenset(n for n in range(10) if of[n] == top) for top in of}
    assert groups == {frozenset(places.index(n) for n in range(10) if again[n] == top) for top in again}


def test_two_deaths_are_two_persons() -> None:
    """However alike: days of death months apart are never joined, and the pair is shown."""
    [link], of = clustered([(0, 1, 0.99)], [somebody(0, died=100), somebody(1, died=400)], {0, 1})
    assert of == [0, 1]
    assert (link.zone, link.joined, link.conflicts) == (Zone.UNSURE, False, ("two_deaths",))


def test_a_change_of_sex_needs_a_sure_pair_and_an_eye() -> None:
    """A pair of two sexes is joined only if all else is sure, and is for review even then."""
    people = [somebody(0, sex="male"), somebody(1, sex="female")]
    [weak], of = clustered([(0, 1, 0.8)], people, {0, 1})
    assert (of, weak.joined) == ([0, 1], False)
    [strong], of = clustered([(0, 1, 0.97)], people, {0, 1})
    assert (of, strong.joined, strong.zone) == ([0, 0], True, Zone.UNSURE)


def test_ages_and_numbers_that_no_one_person_has() -> None:
    """Ages more than fifteen years apart, births more than ten, two believed numbers."""
    assert conflicts(somebody(0, age=4), somebody(1, age=40)) == ("age",)
    assert conflicts(somebody(0, age=4, born=0), somebody(1, age=40, born=100)) == ()
    assert conflicts(somebody(0, id_ok="ps1"), somebody(1, id_ok="ps2")) == ("id",)


def test_zones() -> None:
    """Sure from nine in ten, refused below one in ten, in between for people; likelier than not is joined meanwhile."""
    links, of = clustered([(0, 1, 0.95), (0, 2, 0.6), (0, 3, 0.05)], FOUR, {0, 1, 2})
    assert [link.zone for link in links] == [Zone.SURE, Zone.UNSURE, Zone.REFUSED]
    assert of == [0, 0, 0, 3]


OWN = [f"{n:02}" for n in range(8)]


@given(st.lists(st.integers(0, 3), min_size=8, max_size=8), st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_ids_name_one_person_each_whatever_came_before(before: list[int], now: list[int]) -> None:
    """Two persons never share an id, two records of a person never have two, before or after."""
    first = person_ids(before, OWN)
    later = person_ids(now, OWN, dict(zip(OWN, first, strict=True)))
    for of, ids in ((before, first), (now, later)):
        assert len({*zip(of, ids, strict=True)}) == len(set(of)) == len(set(ids))


@pytest.mark.long
@given(st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_ids_stay_while_lists_grow(of: list[int]) -> None:
    """New records that join nobody, or join a person, change no older person's id."""
    first = person_ids(of, OWN[2:])
    grown = person_ids([9, of[0], *of], OWN, dict(zip(OWN[2:], first, strict=True)))
    assert grown[2:] == first
    assert grown[1] == first[0]


def test_a_draw_has_a_pair_as_often_as_its_chance() -> None:
    """Over many draws a lone pair of chance 0.3 is joined three times in ten."""
    people = [somebody(0), somebody(1)]
    links, _ = clustered([(0, 1, 0.3)], people, {0, 1})
    draws = drawn(links, people, {0, 1}, ["a", "b"], 2000, 5)
    joined = sum(of == [0, 0] for of in draws) / 2000
    assert 0.26 < joined < 0.34
    assert draws == drawn(links, people, {0, 1}, ["a", "b"], 2000, 5)
