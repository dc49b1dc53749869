"""All claims about one or several incidents reckoned together: what they allow, and which of them cannot all hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.assess.conditions import Bounds, Condition
from marsad.assess.people import Key, keys_of, number, people, told
from marsad.assess.solve import possible, smallest_clash, solve
from marsad.model import Category, Claim, ClaimId, Measure

FEW, WAYS = 12, 150
"""Different claims, and ways to leave some of them out, up to which every largest set that can hold is looked at."""

MANY = 40
"""Different things said of one scene beyond which contradictions are no longer followed up, only the widest ends taken."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Between the two bounds lie the people of each number, as far as the claims go; None: nothing bounds it from above.

    Where all claims can hold together the bounds are the narrowest that arithmetic gives. Where they cannot, `clash` is the
    smallest set of claims that cannot all hold, and the bounds hold everything that some largest set of claims which can
    hold together allows. Nothing is averaged, and nobody's claim is thrown away.
    """

    bounds: Mapping[Key, Bounds]
    clash: tuple[ClaimId, ...] = ()
    exact: bool = True

    def of(self, measure: Measure, category: Category, scene: str = "") -> Bounds | None:
        """Return the bounds of one number, None where nobody speaks of anything that bears on it."""
        return self.bounds.get((scene, measure, category))


def reckon(
    claims: Sequence[Claim],
    scene: Mapping[ClaimId, str] | None = None,
    wanted: Iterable[tuple[Measure, Category]] = (),
) -> Reckoning:
    """Return what the claims allow together.

    `scene` names the incident of each claim, one and the same where None is given; claims that it does not name speak of
    none. `wanted` are numbers to work out beside those that the claims speak of, for each scene that somebody speaks of.
    """
    at = {c.claim_id: "" for c in claims} if scene is None else scene
    keys = dict.fromkeys(keys_of(claims, at))
    spoken = {(s, m) for s, m, _ in keys}
    keys |= dict.fromkeys((s, m, c) for s in {s for s, _ in spoken} for m, c in wanted if (s, m) in spoken)
    keys |= dict.fromkeys((s, m, Category.TOTAL) for s, m in spoken)
    return reckoned(list(keys), told(claims, at))


def reckoned(keys: Sequence[Key], said: Sequence[Condition]) -> Reckoning:
    """Return what these conditions, each under a claim's id, allow for these numbers of people."""
    always = people(keys)
    names = {number(key): key for key in keys}
    distinct: dict[tuple[object, ...], Condition] = {}
    for condition in sorted(said, key=_content):  # the same words twice are one condition, under the first claim's name
        distinct.setdefault(_content(condition)[:-1], condition)
    groups: dict[str, list[Condition]] = {}
    for condition in distinct.values():
        groups.setdefault(str(condition.name), []).append(condition)
    whole = solve([*always, *distinct.values()], names)
    if whole.possible or not names:
        return Reckoning({names[n]: b for n, b in whole.bounds.items()}, exact=whole.exact)
    clash = whole.clash or smallest_clash([*always, *distinct.values()])
    sets = _largest_sets(always, list(groups.values()))
    bounds: dict[Key, Bounds] = {}
    exact = True
    for chosen in sets:
        found = solve([*always, *chosen], names)
        exact &= found.exact
        for name, mine in found.bounds.items():
            bounds[names[name]] = _wider(bounds.get(names[name]), mine)
    return Reckoning(bounds, tuple(ClaimId(c) for c in clash), exact)


def _content(condition: Condition) -> tuple[object, ...]:
    low, high = condition.low, condition.high
    return condition.terms, low is None, low or 0, high is None, high or 0, condition.name


def _largest_sets(always: Sequence[Condition], groups: Sequence[Sequence[Condition]]) -> list[list[Condition]]:
    """Return the sets of claims that can hold together and take in no further one; where they are very many, for each
    claim one that has it."""
    found = _every_set(always, groups) if len(groups) <= FEW else None
    sets = _one_for_each(always, groups) if found is None else found
    return [[c for n in sorted(chosen) for c in groups[n]] for chosen in sorted(sets, key=sorted)]


def _every_set(always: Sequence[Condition], groups: Sequence[Sequence[Condition]]) -> set[frozenset[int]] | None:
    """Return every largest set, None where there are too many ways to leave claims out.

    Whatever cannot hold together holds a contradiction in which each claim is needed; a largest set leaves out one of them.
    """
    waiting, seen, out = [frozenset(range(len(groups)))], set[frozenset[int]](), set[frozenset[int]]()
    while waiting:
        chosen = waiting.pop()
        if chosen in seen:
            continue
        seen.add(chosen)
        if len(seen) > WAYS:
            return None
        if _can(always, groups, chosen):
            out.add(chosen)
            continue
        clash = sorted(chosen)
        for n in list(clash):
            if not _can(always, groups, [m for m in clash if m != n]):
                clash.remove(n)
        waiting += [chosen - {n} for n in clash]
    return {chosen for chosen in out if not any(chosen < other for other in out)}


def _one_for_each(always: Sequence[Condition], groups: Sequence[Sequence[Condition]]) -> set[frozenset[int]]:
    out: set[frozenset[int]] = set()
    for seed in range(len(groups)):
        if not _can(always, groups, [seed]):
            continue
        chosen = [seed]
        for other in range(len(groups)) if len(groups) <= MANY else ():
            if other != seed and _can(always, groups, [*chosen, other]):
                chosen.append(other)
        out.add(frozenset(chosen))
    return out


def _can(always: Sequence[Condition], groups: Sequence[Sequence[Condition]], chosen: Iterable[int]) -> bool:
    return possible([*always, *(c for n in chosen for c in groups[n])])


def _wider(one: Bounds | None, other: Bounds) -> Bounds:
    if one is None:
        return other
    high = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return min(one[0], other[0]), high
