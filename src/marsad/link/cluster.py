"""Pairs to groups: average linkage on log odds under constraints. A chain of near misses joins nothing.

Two groups are joined while the mean log odds over all pairs between them is above a cut, the strongest first; a pair
that was never compared counts as strongly against, a silent one does not count; nor does one that could not be compared since
nobody knows of what country one of the two tells. Source: average-link clustering with
cannot-link constraints (Davidson and Ravi, Agglomerative hierarchical clustering with constraints, 2005).
"""

import heapq
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import add

UNSEEN = -2.5
"""The log odds of two tellings that nothing brought together."""


Link = tuple[str, str, float, bool]
"""Two tellings, their log odds, and whether the pair is silent."""

NEVER = -50.0
"""Log odds at which a pair is never linked, whatever else speaks for it: a person told the two apart."""

_TIE = 1e-9
"""A difference of mean log odds below which nobody could say which of two groups is meant."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two groups joined, each named by one of its members, at mean log odds `at`."""

    kept: str
    gone: str
    at: float


class _Groups:
    """Groups of tellings with the sums of log odds between them; joining two costs the links of the smaller."""

    def __init__(self, pairs: Iterable[Link], report: Mapping[str, str], loose: Collection[str]) -> None:
        self.loose: dict[str, int] = {}
        self._loose = loose
        self.size: dict[str, int] = {}
        self.reports: dict[str, set[str]] = {}
        self.links: dict[str, dict[str, tuple[float, int, int, int]]] = {}
        self.turn: dict[str, int] = {}
        self.parted: dict[str, set[str]] = {}
        for a, b, log_odds, silent in pairs:
            self.put(a, report)
            self.put(b, report)
            if log_odds <= NEVER:
                self.parted.setdefault(a, set()).add(b)
                self.parted.setdefault(b, set()).add(a)
            aside = int(a in loose or b in loose)
            self.links[a][b] = self.links[b][a] = (0.0, 0, 1, aside) if silent else (log_odds, 1, 0, aside)

    def put(self, node: str, report: Mapping[str, str]) -> None:
        """Make a group of one telling, if there is none yet."""
        if node not in self.size:
            self.size[node], self.turn[node] = 1, 0
            self.loose[node] = int(node in self._loose)
            self.reports[node], self.links[node] = {report[node]}, {}

    def mean(self, a: str, b: str) -> float:
        total, seen, silent, aside = self.links[a][b]
        met = (self.size[a] - self.loose[a]) * (self.size[b] - self.loose[b])
        missed = self.size[a] * self.size[b] - met - aside
        pairs = self.size[a] * self.size[b] - silent - missed
        return (total + (pairs - seen) * UNSEEN) / pairs if pairs else UNSEEN

    def apart(self, a: str, b: str) -> bool:
        return b in self.parted.get(a, ()) or not self.reports[a].isdisjoint(self.reports[b])

    def torn(self, a: str, b: str, at: float) -> bool:
        """Tell whether another group draws `a` just as much as `b` does, and is not one with `b`."""
        for other in self.links[a]:
            if other != b and abs(self.mean(a, other) - at) < _TIE and not self.apart(a, other):
                near = other in self.links[b] and self.mean(b, other) > at - _TIE and not self.apart(b, other)
                if not near:
                    return True
        return False

    def join(self, kept: str, gone: str) -> None:
        links = self.links[kept]
        del links[gone]
        for other, told in self.links.pop(gone).items():
            if other == kept:
                continue
            total, seen, silent, aside = map(add, links.get(other, (0.0, 0, 0, 0)), told)
            links[other] = self.links[other][kept] = (total, int(seen), int(silent), int(aside))
            del self.links[other][gone]
        for other in self.parted.pop(gone, ()):
            self.parted[other].discard(gone)
            if other != kept:
                self.parted[other].add(kept)
                self.parted.setdefault(kept, set()).add(other)
        self.size[kept] += self.size.pop(gone)
        self.loose[kept] += self.loose.pop(gone)
        self.reports[kept] |= self.reports.pop(gone)
        self.turn[kept] += 1
        self.turn[gone] = -1


def joins(
    pairs: Iterable[Link],
    report: Mapping[str, str],
    cut: float,
    together: Collection[tuple[str, str]] = (),
    loose: Collection[str] = (),
) -> list[Join]:
    """Return the joins of groups above `cut`, in the order they are made; `report` names each telling's report.

    `loose` are the tellings of which no country is known: what was not compared with them says nothing.

    Two tellings of one report, and two that a person told apart, never come into one group. Those of a pair in `together`,
    which a person put together, are joined before all others, whatever speaks against it, at infinite log odds. The order
    of pairs does not matter.
    """
    groups = _Groups(sorted(pairs), report, frozenset(loose))
    for node in chain.from_iterable(together):
        groups.put(node, report)
    out = list(_decided(groups, sorted(together)))
    heap = [
        (-groups.mean(a, b), a, b, groups.turn[a], groups.turn[b])
        for a, links in groups.links.items()
        for b in links
        if a < b and groups.mean(a, b) > cut and not groups.apart(a, b)
    ]
    heapq.heapify(heap)
    while heap:
        against, a, b, turn_a, turn_b = heapq.heappop(heap)
        if groups.turn[a] != turn_a or groups.turn[b] != turn_b:
            continue
        if groups.torn(a, b, -against) or groups.torn(b, a, -against):
            continue
        kept, gone = (b, a) if len(groups.links[a]) < len(groups.links[b]) else (a, b)
        groups.join(kept, gone)
        out.append(Join(kept, gone, -against))
        for other in groups.links[kept]:
            mean = groups.mean(kept, other)
            if mean > cut and not groups.apart(kept, other):
                first, second = sorted((kept, other))
                heapq.heappush(heap, (-mean, first, second, groups.turn[first], groups.turn[second]))
    return out


def _decided(groups: _Groups, together: Iterable[tuple[str, str]]) -> Iterator[Join]:
    """Join what a person put together, and yield the joins."""
    head: dict[str, str] = {}
    for pair in together:
        a, b = (_top(head, node) for node in pair)
        if a != b:
            kept, gone = (b, a) if len(groups.links[a]) < len(groups.links[b]) else (a, b)
            groups.links[kept].setdefault(gone, (0.0, 0, 0, 0))
            groups.links[gone].setdefault(kept, (0.0, 0, 0, 0))
            groups.join(kept, gone)
            head[gone] = kept
            yield Join(kept, gone, math.inf)


def _top(head: dict[str, str], node: str) -> str:
    """Return the node at the head of this one's group, and shorten the way there."""
    while head.get(node, node) != node:
        head[node] = head.get(head[node], head[node])
        node = head[node]
    return node


def grouped(nodes: Iterable[str], made: Iterable[Join], cut: float) -> dict[str, str]:
    """Return each node's group, named by its smallest member, after the joins at `cut` and above.

    >>> grouped("abc", [Join("a", "b", 2.0), Join("a", "c", 0.5)], 1.0)
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    head = {node: node for node in nodes}
    for join in made:
        if join.at >= cut:
            kept, gone = sorted((_top(head, join.kept), _top(head, join.gone)))
            head[gone] = kept
    return {node: _top(head, node) for node in head}
