"""Conditions on numbers of people, and the bounds that each condition alone hands on to its numbers.

A condition says that a sum lies between two numbers: "killed = civilians + combatants" is a sum that lies between 0 and 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Bounds = tuple[int, int | None]
"""The lowest and the highest number, None where nothing bounds it from above."""

Domains = dict[str, Bounds]

_ROUNDS = 60
"""Sweeps after which bounds that still creep are left as they are: they stay true, only wider than they might be."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The sum of `terms` (number, times how much) is at least `low` and at most `high`; None: no bound on that side.

    `name` says whose condition it is, a claim as a rule; None for what holds whoever speaks.

    >>> str(Condition.equal({"civilians": 1, "combatants": 1}, "killed"))
    'civilians + combatants - killed in 0..0'
    """

    terms: tuple[tuple[str, int], ...]
    low: int | None
    high: int | None
    name: str | None = None

    @staticmethod
    def of(terms: Mapping[str, int], low: int | None, high: int | None, name: str | None = None) -> "Condition":
        """Return the condition on a sum; terms are put in order, those that count nothing left out."""
        return Condition(tuple(sorted((n, k) for n, k in terms.items() if k)), low, high, name)

    @staticmethod
    def within(number: str, low: int | None, high: int | None, name: str | None = None) -> "Condition":
        """Return the condition that one number lies between two."""
        return Condition.of({number: 1}, low, high, name)

    @staticmethod
    def equal(parts: Mapping[str, int], whole: str, name: str | None = None) -> "Condition":
        """Return the condition that the parts add up to the whole."""
        return Condition.of({**parts, whole: -1}, 0, 0, name)

    @staticmethod
    def no_more(parts: Iterable[str], whole: str, name: str | None = None) -> "Condition":
        """Return the condition that the parts, which share nobody, fit into the whole."""
        return Condition.of({**dict.fromkeys(parts, 1), whole: -1}, None, 0, name)

    @staticmethod
    def share(
        part: str, whole: str, low: tuple[int, int] | None, high: tuple[int, int] | None, name: str | None = None
    ) -> list["Condition"]:
        """Return the conditions that a part is at least, and at most, such a fraction (over, under) of its whole.

        >>> [str(c) for c in Condition.share("civilians", "killed", (1, 2), None)]
        ['2 civilians - killed in 0..']
        """
        out = []
        if low is not None:
            out.append(Condition.of({part: low[1], whole: -low[0]}, 0, None, name))
        if high is not None:
            out.append(Condition.of({part: high[1], whole: -high[0]}, None, 0, name))
        return out

    def __str__(self) -> str:
        words = " ".join(f"{'-' if k < 0 else '+'} {'' if abs(k) == 1 else f'{abs(k)} '}{n}" for n, k in self.terms)
        ends = ("" if n is None else str(n) for n in (self.low, self.high))
        return f"{words.removeprefix('+ ')} in {'..'.join(ends)}"

    def holds(self, numbers: Mapping[str, int]) -> bool:
        """Tell whether these numbers meet the condition."""
        total = sum(k * numbers[n] for n, k in self.terms)
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


def names_in(conditions: Iterable[Condition]) -> list[str]:
    """Return every number that the conditions speak of, in order."""
    return sorted({name for condition in conditions for name, _ in condition.terms})


def handed_on(conditions: Sequence[Condition], domains: Mapping[str, Bounds]) -> Domains | None:
    """Return the bounds once every condition has handed on what it knows; None where some number has none left.

    No number that meets all conditions is ever lost. Where conditions form a tree and count everybody once, the bounds
    are the narrowest there are (see `is_tree`).
    """
    found: Domains = {n: domains.get(n, (0, None)) for n in names_in(conditions)} | dict(domains)
    for _ in range(_ROUNDS):
        changed = False
        for condition in conditions:
            outcome = _narrowed(condition, found)
            if outcome is None:
                return None
            changed |= outcome
        if not changed:
            break
    return found


def _narrowed(condition: Condition, found: Domains) -> bool | None:
    """Narrow each number of one condition by what the others leave it; None for a contradiction, else whether any moved."""
    terms, low, high = condition.terms, condition.low, condition.high
    if not terms:
        return None if (low is not None and low > 0) or (high is not None and high < 0) else False
    ends = [_ends(k, found[n]) for n, k in terms]  # as they were: a number that has moved is looked at again
    least, least_open = _total(e[0] for e in ends)
    most, most_open = _total(e[1] for e in ends)
    moved = False
    for (name, k), (mine_low, mine_high) in zip(terms, ends, strict=True):
        rest_low = _rest(least, least_open, mine_low)
        rest_high = _rest(most, most_open, mine_high)
        floor = None if low is None or rest_high is None else low - rest_high
        ceiling = None if high is None or rest_low is None else high - rest_low
        if k < 0:
            floor, ceiling = (None if ceiling is None else -ceiling), (None if floor is None else -floor)
        size = abs(k)
        at_least, at_most = found[name]
        if floor is not None:
            at_least = max(at_least, -(-floor // size))
        if ceiling is not None:
            at_most = ceiling // size if at_most is None else min(at_most, ceiling // size)
        if at_most is not None and at_least > at_most:
            return None
        if (at_least, at_most) != found[name]:
            found[name], moved = (at_least, at_most), True
    return moved


def _ends(k: int, bounds: Bounds) -> tuple[int | None, int | None]:
    low, high = bounds
    return (k * low, None if high is None else k * high) if k > 0 else (None if high is None else k * high, k * low)


def _total(ends: Iterable[int | None]) -> tuple[int, int]:
    """Return the sum of the ends that there are, and how many there are none of."""
    total = absent = 0
    for end in ends:
        if end is None:
            absent += 1
        else:
            total += end
    return total, absent


def _rest(total: int, absent: int, mine: int | None) -> int | None:
    """Return the sum of the ends of all others, None where one of them has none."""
    if mine is None:
        return total if absent == 1 else None
    return None if absent else total - mine


def is_tree(conditions: Sequence[Condition]) -> bool:
    """Tell whether the conditions on two numbers and more form no circle and count each number once.

    Then bounds handed on from condition to condition are exact: sums of intervals of whole numbers are intervals.
    """
    head: dict[str, str] = {}

    def top(node: str) -> str:
        while head.setdefault(node, node) != node:
            head[node] = head[head[node]]
            node = head[node]
        return node

    for place, condition in enumerate(conditions):
        if len(condition.terms) < 2:
            continue
        for name, k in condition.terms:
            one, other = top(f"#{place}"), top(f"n{name}")
            if abs(k) != 1 or one == other:
                return False
            head[other] = one
    return True
