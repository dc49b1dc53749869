"""Conditions solved together: the narrowest bounds of every number, and the smallest set of claims that cannot all hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from marsad.assess.conditions import Bounds, Condition, Domains, handed_on, is_tree, names_in
from marsad.assess.simplex import least


@dataclass(frozen=True, slots=True)
class Solution:
    """The bounds of every number, and which claims clash: empty where all conditions can hold together.

    Where they cannot, `bounds` is empty and `clash` names the smallest set of claims that cannot all hold (the first in
    the order of their names, if there are several as small); an empty `clash` with empty `bounds` means that what holds
    whoever speaks contradicts itself. `exact` is false where some bound may be wider than it need be; it is never
    narrower.
    """

    bounds: Mapping[str, Bounds]
    clash: tuple[str, ...] = ()
    exact: bool = True

    @property
    def possible(self) -> bool:
        """Whether all conditions can hold together."""
        return bool(self.bounds) and not self.clash


def solve(conditions: Sequence[Condition], wanted: Iterable[str] | None = None) -> Solution:
    """Return the narrowest bounds of the wanted numbers (of all, where None is given) under all conditions together.

    Every number is a number of people: whole, and no less than nobody.

    >>> both = [Condition.equal({"civilians": 1, "combatants": 1}, "killed"), Condition.within("killed", 95, 95, "a")]
    >>> solve([*both, Condition.within("civilians", 48, None, "b")]).bounds["combatants"]
    (0, 47)
    >>> solve([*both, Condition.within("civilians", 96, None, "b")]).clash
    ('a', 'b')
    """
    names = names_in(conditions)
    asked = names if wanted is None else list(wanted)
    found = handed_on(conditions, dict.fromkeys(asked, (0, None)))
    several = [c for c in conditions if len(c.terms) > 1]
    if found is not None and is_tree(several):
        return Solution({n: found[n] for n in asked})
    if found is None or not _met(several, found):
        return Solution({}, smallest_clash(conditions))
    bounds: Domains = {}
    exact = True
    for name in asked:
        low, high, sure = _narrowest(several, found, name)
        bounds[name] = low, high
        exact &= sure
    return Solution(bounds, exact=exact)


def _narrowest(conditions: Sequence[Condition], domains: Domains, name: str) -> tuple[int, int | None, bool]:
    low, high = domains[name]
    near = _neighbours(conditions, name)
    mine = {n: domains[n] for n in {name, *names_in(near)}}
    exact = True
    if not _reached(near, mine, name, low):
        found = least(near, mine, {name: 1})
        low, exact = (low if found.value is None else found.value), found.exact
    if high is None or not _reached(near, mine, name, high):
        found = least(near, mine, {name: -1})
        high = high if found.value is None else -found.value
        exact &= found.exact
    return low, high, exact


def _neighbours(conditions: Sequence[Condition], name: str) -> list[Condition]:
    """Return the conditions that bear on a number, directly or through others."""
    reached, out, rest = {name}, list[Condition](), list(conditions)
    while touched := [c for c in rest if any(n in reached for n, _ in c.terms)]:
        out += touched
        rest = [c for c in rest if c not in touched]
        reached |= {n for c in touched for n, _ in c.terms}
    return out


def _reached(conditions: Sequence[Condition], domains: Domains, name: str, number: int) -> bool:
    """Tell whether everything else can be filled in with this number there, taking the least or the most at each step.

    False does not mean that it cannot: it means that the quick way found none.
    """
    for high in (False, True):
        found = handed_on(conditions, {**domains, name: (number, number)})
        while found is not None:
            loose = next((n for n, (low, most) in sorted(found.items()) if low != most), None)
            if loose is None:
                if all(c.holds({n: low for n, (low, _) in found.items()}) for c in conditions):
                    return True
                break
            low, most = found[loose]
            taken = low if most is None or not high else most
            found = handed_on(conditions, {**found, loose: (taken, taken)})
    return False


def _met(conditions: Sequence[Condition], domains: Domains) -> bool:
    """Tell whether whole numbers meet all conditions."""
    if not domains:
        return True
    first = min(domains)
    if _reached(conditions, domains, first, domains[first][0]):
        return True
    found = least(conditions, domains, {})
    return found.value is not None or found.open


def possible(conditions: Sequence[Condition]) -> bool:
    """Tell whether all conditions can hold together."""
    found = handed_on(conditions, {})
    if found is None:
        return False
    several = [c for c in conditions if len(c.terms) > 1]
    return is_tree(several) or _met(several, found)


def smallest_clash(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Return the smallest set of named conditions that cannot all hold, () where they can or where no name is to blame.

    Every set that can hold leaves out at least one of the clash. So sets are grown until they can take no more; what
    each left out is noted; and the smallest set that meets all the notes is tried next, until one cannot hold.
    """
    fixed = [c for c in conditions if c.name is None]
    by_name: dict[str, list[Condition]] = {}
    for condition in conditions:
        if condition.name is not None:
            by_name.setdefault(condition.name, []).append(condition)
    names = sorted(by_name)

    def holds(chosen: Iterable[str]) -> bool:
        return possible([*fixed, *(c for name in chosen for c in by_name[name])])

    if not holds(()) or holds(names):
        return ()
    notes: list[frozenset[str]] = []
    while True:
        tried = _smallest_meeting(notes, names)
        if not holds(tried):
            return tried
        grown = list(tried)
        for name in names:
            if name not in tried and holds([*grown, name]):
                grown.append(name)
        notes.append(frozenset(names) - set(grown))


def _smallest_meeting(notes: Sequence[frozenset[str]], names: Sequence[str]) -> tuple[str, ...]:
    """Return the smallest choice, the first in order among equals, that has one of each note."""
    useful = [name for name in names if any(name in note for note in notes)]
    for size in range(len(useful) + 1):
        for chosen in combinations(useful, size):
            if all(not note.isdisjoint(chosen) for note in notes):
                return chosen
    return tuple(useful)
