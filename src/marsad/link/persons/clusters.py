"""From chances to persons: what a person decided first, then the surest pairs, and never two records that cannot be one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

JOIN = 0.5
"""Pairs likelier than not are one person until somebody decides."""
SURE, REFUSED = 0.9, 0.1
"""From here on a pair needs nobody's eye; below this one it is not shown for review."""

_DEATHS_APART = 60
_YEARS_APART = 15
_BIRTHS_APART = 3700


class Zone(StrEnum):
    """What is to be done with a pair."""

    SURE = "sure"
    UNSURE = "unsure"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What of a record can contradict another: sex, age in years, days of birth and death since 1970, a believed number."""

    lst: int
    sex: str | None
    age: int | None
    born: int | None
    died: int | None
    id_ok: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of records with its chance, what is done with it, whether it is joined, and what contradicts it."""

    left: int
    right: int
    chance: float
    zone: Zone
    joined: bool
    conflicts: tuple[str, ...]


def conflicts(a: Vitals, b: Vitals) -> tuple[str, ...]:
    """Return what speaks against two records being one human being, whatever their names say.

    >>> conflicts(Vitals(0, "male", 9, None, 10, None), Vitals(1, "female", 40, None, 400, None))
    ('two_deaths', 'sex', 'age')
    """
    found = []
    if a.died is not None and b.died is not None and abs(a.died - b.died) > _DEATHS_APART:
        found.append("two_deaths")
    if a.sex is not None and b.sex is not None and a.sex != b.sex:
        found.append("sex")
    if a.born is not None and b.born is not None:
        if abs(a.born - b.born) > _BIRTHS_APART:
            found.append("age")
    elif a.age is not None and b.age is not None and abs(a.age - b.age) > _YEARS_APART:
        found.append("age")
    if a.id_ok is not None and b.id_ok is not None and a.id_ok != b.id_ok:
        found.append("id")
    return tuple(found)


def clustered(
    pairs: Iterable[tuple[int, int, float]],
    vitals: Sequence[Vitals],
    closed: Collection[int],
    same: Collection[tuple[int, int]] = (),
    apart: Collection[tuple[int, int]] = (),
    order: Sequence[str] | None = None,
) -> tuple[list[Link], list[int]]:
    """Return every pair as a link, in order, and for each record the smallest number of a record of the same person.

    `same` and `apart` are what people decided; both always hold. Then pairs of `JOIN` and more are joined, the likeliest
    first, unless the person they make had two records of a list in which nobody stands twice, two deaths, or a pair
    that was decided to be apart. A pair that contradicts itself in sex, age or number needs `SURE` to be joined, and is
    shown for review all the same. `order` names records, to break ties alike however they are numbered.
    """
    names = order if order is not None else range(len(vitals))
    heads = list(range(len(vitals)))
    members: dict[int, list[int]] = {}
    enemies: dict[int, set[int]] = {}
    for a, b in apart:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)

    def head(node: int) -> int:
        while heads[node] != node:
            heads[node] = heads[heads[node]]
            node = heads[node]
        return node

    def of(top: int) -> list[int]:
        return members.get(top, [top])

    def unite(a: int, b: int) -> None:
        a, b = head(a), head(b)
        if a != b:
            low, high = min(a, b), max(a, b)
            members[low] = of(low) + of(high)
            members.pop(high, None)
            heads[high] = low

    def allowed(a: int, b: int) -> bool:
        left, right = of(head(a)), of(head(b))
        if any(enemies.get(x, set()).intersection(right) for x in left):
            return False
        lists = {vitals[x].lst for x in left} & closed_lists
        if any(vitals[y].lst in lists for y in right):
            return False
        return not any("two_deaths" in conflicts(vitals[x], vitals[y]) for x in left for y in right)

    closed_lists = set(closed)
    for a, b in same:
        unite(a, b)
    decided = {frozenset(pair): 1.0 for pair in same} | {frozenset(pair): 0.0 for pair in apart}
    whole = sorted(
        ((decided.get(frozenset((a, b)), p), a, b) for a, b, p in _with(pairs, same)),
        key=lambda row: (-row[0], *sorted((names[row[1]], names[row[2]]))),
    )
    links = []
    for chance, a, b in whole:
        said = frozenset((a, b)) in decided
        against = conflicts(vitals[a], vitals[b])
        joined = head(a) == head(b)
        if not joined and not said and chance >= (SURE if against else JOIN) and allowed(a, b):
            unite(a, b)
            joined = True
        zone = Zone.REFUSED if chance < REFUSED else Zone.SURE if chance >= SURE else Zone.UNSURE
        if zone is Zone.SURE and not said and (against or not joined):
            zone = Zone.UNSURE
        links.append(Link(a, b, chance, zone, joined, against))
    return links, [head(node) for node in range(len(vitals))]


def _with(
    pairs: Iterable[tuple[int, int, float]], same: Collection[tuple[int, int]]
) -> Iterable[tuple[int, int, float]]:
    """Yield the pairs, and those that were decided to be one and were no pairs."""
    missing = {frozenset(pair): pair for pair in same}
    for a, b, p in pairs:
        missing.pop(frozenset((a, b)), None)
        yield a, b, p
    for a, b in missing.values():
        yield a, b, 1.0


def person_ids(of: Sequence[int], own_ids: Sequence[str], known: Mapping[str, str] | None = None) -> list[str]:
    """Return each record's person id, stable while lists grow.

    `of` gives each record's person as `clustered` returns it, `own_ids` the id each record would have alone. `known` maps
    such an id to the person id it had in an earlier linkage: a person keeps the id that most of its records had, then the
    smallest; of two persons that split, the one with more of the old records keeps it.
    """
    before = known or {}
    groups: dict[int, list[int]] = {}
    for node, top in enumerate(of):
        groups.setdefault(top, []).append(node)
    claims: list[tuple[int, str, int]] = []
    for top, nodes in groups.items():
        votes: dict[str, int] = {}
        for node in nodes:
            old = before.get(own_ids[node])
            if old is not None:
                votes[old] = votes.get(old, 0) + 1
        claims += [(-count, old, top) for old, count in votes.items()]
    least = {top: min(own_ids[n] for n in nodes) for top, nodes in groups.items()}
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, top in sorted(claims, key=lambda claim: (claim[0], claim[1], least[claim[2]])):
        if top not in given and old not in taken:
            given[top] = old
            taken.add(old)
    for top, nodes in groups.items():
        if top not in given:
            fresh = sorted(own_ids[n] for n in nodes)
            given[top] = next((i for i in fresh if i not in taken), f"{fresh[0]}+")
            taken.add(given[top])
    return [given[top] for top in of]
