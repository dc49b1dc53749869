"""What numbers of people say together: chains of displacement, stocks that flows must explain, tolls by inhabitants."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from marsad.context.people import Flow, People, displacement_data
from marsad.model import Count


@dataclass(frozen=True, slots=True)
class Movement:
    """So many people moved from one place to another between two days; a place is None where nobody tells it."""

    origin: str | None
    destination: str | None
    persons: Count
    first: date | None
    last: date


def distinct(movements: Sequence[Movement]) -> Count:
    """Return how many different people moved: no more than all movements together, and no fewer than if everybody who left
    a place had come to it by an earlier movement.

    Who fled from A to B and then from B to C is in both numbers and is one person.

    >>> day = date(2014, 9, 1)
    >>> a_b = Movement("A", "B", Count(1000, 1000, 1000), day, day)
    >>> b_c = Movement("B", "C", Count(600, 600, 600), date(2014, 10, 1), date(2014, 10, 1))
    >>> distinct([a_b, b_c])
    Count(low=1000, best=None, high=1600)
    """
    ordered = sorted(movements, key=lambda m: (m.first or m.last, m.last, m.origin or "", m.destination or ""))
    waiting: dict[str, int] = {}
    low = 0
    open_above = False
    for m in ordered:
        again = min(m.persons.low, waiting.get(m.origin or "", 0)) if m.origin else 0
        if m.origin:
            waiting[m.origin] = waiting.get(m.origin, 0) - again
        low += m.persons.low - again
        if m.destination:
            most = m.persons.low if m.persons.high is None else m.persons.high
            waiting[m.destination] = waiting.get(m.destination, 0) + most
        open_above = open_above or m.persons.high is None
    high = None if open_above else sum(m.persons.high or 0 for m in ordered)
    chained = low != sum(m.persons.low for m in ordered)
    bests = [m.persons.best for m in ordered]
    best = None if chained or None in bests else sum(b for b in bests if b is not None)
    return Count(low, best, high)


def flows_of(people: Iterable[People], flow: Flow = Flow.NEW) -> list[Movement]:
    """Return the movements that numbers of one place and kind tell of, in order of days, no movement twice.

    Numbers whose days meet are of one movement, as it grew or as others count it: of each source the newest number counts,
    and the movement lies between the lowest and the highest of the sources. A number that names no first day is of all days
    up to its last.
    """
    told = [p for p in people if p.flow is flow and p.persons is not None]
    groups: list[list[People]] = []
    ends: dict[tuple[str | None, str | None, bool], list[People]] = {}
    for p in sorted(told, key=lambda p: (p.last, p.reported, p.knowledge_id)):
        ends.setdefault(_ends(p), []).append(p)
    for of in ends.values():
        for p in reversed(of):
            earliest = min((q.first or date.min for q in groups[-1]), default=date.max) if groups else date.max
            same = groups and _ends(groups[-1][0]) == _ends(p)
            if same and p.last >= earliest:
                groups[-1].append(p)
            else:
                groups.append([p])
    return sorted((_movement(group) for group in groups), key=lambda m: (m.first or m.last, m.last, str(m.origin)))


def _ends(people: People) -> tuple[str | None, str | None, bool]:
    return people.origin, people.place_key, people.leaving


def _movement(group: Sequence[People]) -> Movement:
    newest: dict[str, People] = {}
    for p in group:  # the newest first
        newest.setdefault(p.source, p)
    counts = [p.persons for p in newest.values() if p.persons is not None]
    highs = [c.high for c in counts]
    high = None if None in highs else max(h for h in highs if h is not None)
    best = counts[0].best if len(counts) == 1 else None
    firsts = [p.first for p in group]
    first = None if None in firsts else min(f for f in firsts if f is not None)
    count = Count(min(c.low for c in counts), best, high)
    of = group[0]
    ends = (of.place_key, None) if of.leaving else (of.origin, of.place_key)
    return Movement(*ends, count, first, max(p.last for p in group))


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Between two stocks of one source and place so many are `unexplained` by those newly displaced and returned.

    `method` says why the two are not comparable, None where the publisher counted alike. `grew` is the difference of the
    stocks; `unexplained` None where no flow is told.
    """

    source: str
    flow: Flow
    earlier: People
    later: People
    grew: tuple[int, int | None]
    unexplained: tuple[int, int] | None
    method: str | None


def balances(people: Iterable[People]) -> list[Balance]:
    """Return, stock by stock of each source and place, how it changed, what flows explain of that, and where it breaks."""
    told = sorted(people, key=lambda p: (p.last, p.reported, p.knowledge_id))
    stocks: dict[tuple[str, Flow, str | None], list[People]] = {}
    for p in told:
        if p.stock and p.persons is not None and not p.baseline:
            stocks.setdefault((p.source, p.flow, p.place_key), []).append(p)
    out = []
    for (source, flow, place), series in sorted(stocks.items(), key=str):
        flows = [p for p in told if p.place_key == place and p.source == source and not p.stock and p.persons]
        for earlier, later in pairwise(series):
            if earlier.last < later.last:
                out.append(_balance(source, flow, earlier, later, flows))
    return out


_IN: Mapping[Flow, frozenset[Flow]] = {Flow.PRESENT: frozenset({Flow.NEW}), Flow.ABROAD: frozenset()}
_OUT: Mapping[Flow, frozenset[Flow]] = {
    Flow.PRESENT: frozenset({Flow.RETURNED}),
    Flow.ABROAD: frozenset({Flow.REPATRIATED}),
}


def _balance(source: str, flow: Flow, earlier: People, later: People, flows: Sequence[People]) -> Balance:
    one, other = earlier.persons, later.persons
    assert one is not None  # noqa: S101 - stocks without a number were left out
    assert other is not None  # noqa: S101
    grew = _minus(other, one)
    within = [p for p in flows if earlier.last < p.last <= later.last]
    came = [p.persons for p in within if p.flow in _IN.get(flow, frozenset()) and p.persons]
    left = [p.persons for p in within if p.flow in _OUT.get(flow, frozenset()) and p.persons]
    unexplained = None
    if (came or left) and grew[1] is not None:
        most_came = sum(c.high if c.high is not None else c.low for c in came)
        most_left = sum(c.high if c.high is not None else c.low for c in left)
        low = grew[0] - most_came + sum(c.low for c in left)
        high = grew[1] - sum(c.low for c in came) + most_left
        unexplained = (min(low, high), max(low, high))
    method = method_change(source, flow, earlier.last, later.last)
    return Balance(
        source=source, flow=flow, earlier=earlier, later=later, grew=grew, unexplained=unexplained, method=method
    )


def _minus(one: Count, other: Count) -> tuple[int, int | None]:
    high = None if one.high is None else one.high - other.low
    return one.low - (other.low if other.high is None else other.high), high


def method_change(source: str, flow: Flow, earlier: date, later: date) -> str | None:
    """Return why stocks of a publisher on both days are not comparable, None where nothing is known that they are not."""
    for change in displacement_data()["method_change"]:
        between = earlier.year < change["year"] <= later.year
        if change["source"] == source and flow.value in change["flows"] and between:
            return str(change["why"])
    return None


def per_100_000(toll: Count, inhabitants: Count) -> tuple[Fraction, Fraction | None]:
    """Return how many were killed of a hundred thousand inhabitants, from and to; the upper end None where it is open.

    Raises ValueError for a place of nobody.

    >>> low, high = per_100_000(Count(95, 95, 95), Count(220_000, None, 220_000))
    >>> round(float(low), 1), high == low
    (43.2, True)
    """
    if not inhabitants.low:
        raise ValueError("inhabitants: their fewest are 0, and a toll is a share of somebody")
    low = Fraction(0) if inhabitants.high is None else Fraction(toll.low * 100_000, inhabitants.high)
    return low, None if toll.high is None else Fraction(toll.high * 100_000, inhabitants.low)
