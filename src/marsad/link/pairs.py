"""Which tellings are worth comparing, and what they score: near in time and place, or of one telling number.

The work grows with the tellings that are near one another and not with their square. In a crowd (a capital under fire,
a thousand reports of one strike) each is compared with the first few and with those that share its numbers.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from marsad.link.compare import GAP_DAYS, REACH_KM, Around, compared, gap_days, is_silent, kilometres, stated
from marsad.link.weights import Weights
from marsad.model.telling import Telling

FLOOR = -5.0
"""Log odds below which a pair is not kept: nobody would look at it."""

_CELL = 0.25
"""Degrees of a cell: with its neighbours it holds everything within REACH_KM, up to 60 degrees north and south."""

_CLOSE_KM = 5.0

_BUCKET = 4
"""Days of a bucket of time."""

_LONGEST = 8
"""Buckets that an interval is sorted into at most, from its last day back."""

_CROWD = 60
"""Tellings of one cell and bucket with which every other one is compared; beyond it, those that share a number."""

_TELLING = 5
"""The smallest number by which tellings find each other across places."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings and the log odds that they are of one incident; `a` sorts before `b`.

    A silent pair is neither for nor against: it holds nothing together and keeps nothing apart.
    """

    a: str
    b: str
    report_a: str
    report_b: str
    log_odds: float
    silent: bool


_MANY_DAYS = 3

_THIN = 12
"""Places and days told of a country in one block, up to which its news is thin."""

_PERIOD = 32
"""Days of a block."""

_PERIODS = 3
"""Blocks of time that an interval is compared in at most, from its last back."""


def blocks_of(telling: Telling) -> Iterator[str]:
    """Yield the blocks in which a telling is compared: its country in its time; for each of its numbers, everywhere."""
    periods = list(_stretches(telling, GAP_DAYS, _PERIOD, _PERIODS))
    for period in periods:
        yield f"place|{telling.country or ''}|{period}"
    for number in _numbers(telling):
        for period in periods:
            yield f"number|{number}|{period}"


def scored(tellings: Sequence[Telling], weights: Weights, floor: float = FLOOR) -> Iterator[Pair]:
    """Yield the pairs of a block worth keeping, each once; two tellings of one report are never a pair."""
    place = around(tellings)
    for a, b, crowd in in_crowds(tellings):
        found = compared(a, b, place)
        log_odds = weights.score(found, crowd)
        silent = log_odds < 0 and is_silent(found)
        if silent or log_odds > floor:
            first, second = sorted((a, b), key=lambda t: t.telling_id)
            yield Pair(first.telling_id, second.telling_id, first.report_id, second.report_id, log_odds, silent)


def around(tellings: Sequence[Telling]) -> Around:
    """Return what a block tells of its places: numbers lost day after day, and places where little happens."""
    days: dict[tuple[str, str, int], set[int]] = {}
    moments: dict[str, set[tuple[str, int]]] = {}
    told: dict[str, set[int]] = {}
    for telling in tellings:
        if telling.day_to is None:
            continue
        if not _wide(telling):
            moments.setdefault(telling.country or "", set()).add((telling.place_key, telling.day_to))
        if telling.place_key:
            told.setdefault(telling.place_key, set()).add(telling.day_to)
        for measure, figure in telling.figures.items():
            number = stated(figure)
            if number:
                days.setdefault((telling.place_key, measure, number), set()).add(telling.day_to)
    return Around(
        frozenset(key for key, when in days.items() if len(when) >= _MANY_DAYS),
        frozenset(place for place, when in told.items() if len(when) < _MANY_DAYS),
        frozenset(country for country, told_of in moments.items() if country and len(told_of) <= _THIN),
        sum(map(len, moments.values())),
    )


def in_crowds(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling, int]]:
    """Yield the candidate pairs with the crowd of the busier one: among how many it would have to be told apart.

    For a known spot those are the others that it meets in time within _CLOSE_KM; for an area, all that lie in it.
    """
    pairs, most = list(candidates(tellings)), max(0, around(tellings).moments - 1)
    crowd: dict[str, int] = {}
    for a, b in pairs:
        if gap_days(a, b) not in (0, None):
            continue
        wide = [t for t in (a, b) if _wide(t)]
        near = (a, b) if not wide and (kilometres(a, b) or 0) < _CLOSE_KM else wide
        for telling in near:
            crowd[telling.telling_id] = crowd.get(telling.telling_id, 0) + 1
    for a, b in pairs:
        yield a, b, min(most, max(crowd.get(a.telling_id, 0), crowd.get(b.telling_id, 0)))


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Yield the pairs of tellings from different reports that may be of one incident, each once."""
    ordered = sorted(tellings, key=lambda t: (t.rank, t.telling_id))
    shelves: dict[tuple[object, ...], list[Telling]] = {}
    for telling in ordered:
        seen: set[str] = set()
        for key in _looked_up(telling):
            for other in shelves.get(key, ()):
                if other.telling_id not in seen and other.report_id != telling.report_id:
                    seen.add(other.telling_id)
                    if _near(telling, other):
                        yield other, telling
        for key in _shelved(telling):
            shelf = shelves.setdefault(key, [])
            if len(shelf) < _CROWD:
                shelf.append(telling)


def _near(a: Telling, b: Telling) -> bool:
    gap = gap_days(a, b)
    if gap is not None and gap > GAP_DAYS:
        return False
    apart = kilometres(a, b)
    return apart is None or apart <= REACH_KM or _wide(a) or _wide(b)


def _wide(telling: Telling) -> bool:
    return telling.latitude is None or telling.precision is None or telling.precision >= 4


def _stretches(telling: Telling, margin: int, days: int, most: int) -> Iterable[int | None]:
    """Return the stretches of so many days that a telling's time and a margin touch, the last ones where it is long."""
    if telling.day_from is None or telling.day_to is None:
        return (None,)
    last = (telling.day_to + margin) // days
    return range(max((telling.day_from - margin) // days, last - most + 1), last + 1)


def _buckets(telling: Telling, margin: int) -> Iterable[int | None]:
    return _stretches(telling, margin, _BUCKET, _LONGEST)


def _cell(telling: Telling) -> tuple[int, int]:
    latitude, longitude = telling.latitude or 0.0, telling.longitude or 0.0
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)


def _shelved(telling: Telling) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which a telling is found by others."""
    numbers = list(_numbers(telling))
    for bucket in _buckets(telling, 0):
        if _wide(telling):
            yield "country", telling.country, bucket
        else:
            cell = _cell(telling)
            yield "cell", *cell, bucket
            yield "inside", telling.country, bucket
            for number in numbers:
                yield "cell", *cell, bucket, number
        for number in numbers:
            yield "number", number, bucket


def _looked_up(telling: Telling) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which a telling looks for others."""
    numbers = list(_numbers(telling))
    for bucket in _buckets(telling, GAP_DAYS):
        yield "country", telling.country, bucket
        if _wide(telling):
            yield "inside", telling.country, bucket
        else:
            north, east = _cell(telling)
            for cell in ((north + i, east + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                yield "cell", *cell, bucket
                for number in numbers:
                    yield "cell", *cell, bucket, number
        for number in numbers:
            yield "number", number, bucket


def _numbers(telling: Telling) -> Iterator[str]:
    for measure, (low, best, _) in telling.figures.items():
        number = best if best is not None else low
        if number is not None and number >= _TELLING:
            yield f"{measure}:{number}"
