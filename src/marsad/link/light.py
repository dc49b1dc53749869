"""The light in which two tellings of a block are compared: what else is told of their places and days.

All of it is counted in one pass over the block, and in steps: another report in a crowd of thirty changes nothing, so that
what a new report can touch stays near to it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from marsad.link.compare import Around, stated
from marsad.model.telling import Telling, Trait

_MANY_DAYS = 3

_ON_END = 2
"""Days between which no other lies by which the reports of one incident date it: began, ended, printed, wrongly counted."""

_THIN = 12
"""Places and days told of a country in one block, up to which its news is thin."""

_LONGEST = 8
"""Days of a long time that are counted, its last ones."""

_FINE = 0.03
"""Degrees of a cell; a crowd is what is told of the day in it and its neighbours, some five kilometres about."""

_WIDE, _COUNTRY = 4, 6

_STEPS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)
"""Crowds are counted in these steps."""

_Spot = tuple[object, ...]


def around(tellings: Sequence[Telling]) -> Around:
    """Return what a block tells of its places: numbers lost day after day, places where little happens, and the crowds.

    The crowd of a telling is how many others tell of its spot on its day (of its area, where it names no spot): among so
    many it has to be told apart. It is never more than the places and days that the block tells of.
    """
    days: dict[tuple[str, str, int], set[int]] = {}
    moments: dict[str, set[tuple[str, int]]] = {}
    told: dict[str, set[int]] = {}
    named: dict[str, set[int]] = {}
    for telling in tellings:
        if telling.day_to is None:
            continue
        if not is_wide(telling):
            moments.setdefault(telling.country or "", set()).add((telling.place_key, telling.day_to))
        if telling.place_key:
            told.setdefault(telling.place_key, set()).add(telling.day_to)
        for name in telling.traits.get(Trait.NAME, ()):
            named.setdefault(name.partition(":")[0], set()).add(telling.day_to)
        for measure, figure in telling.figures.items():
            number = stated(figure)
            if number:
                days.setdefault((telling.place_key, measure, number), set()).add(telling.day_to)
    most = max(0, sum(map(len, moments.values())) - 1)
    return Around(
        frozenset(key for key, when in days.items() if len(when) >= _MANY_DAYS),
        frozenset(place for place, when in told.items() if len(when) < _MANY_DAYS),
        frozenset(country for country, told_of in moments.items() if country and len(told_of) <= _THIN),
        {telling_id: _step(min(n, most)) for telling_id, n in _crowds(tellings)},
        frozenset(name for name, when in named.items() if _times(when) >= _MANY_DAYS),
    )


def _times(days: Iterable[int]) -> int:
    """Return how many times these days are: days on end, by which one incident may be dated, are one."""
    on = sorted(days)
    return len(on[:1]) + sum(later - day > _ON_END for day, later in pairwise(on))


def is_wide(telling: Telling) -> bool:
    """Tell whether a telling names an area, a province or more, or no place at all."""
    return telling.latitude is None or telling.precision is None or telling.precision >= _WIDE


def _crowds(tellings: Sequence[Telling]) -> Iterator[tuple[str, int]]:
    count: Counter[_Spot] = Counter()
    for telling in tellings:
        for day in _days(telling):
            count[telling.country, day] += 1
            if not is_wide(telling):
                count[(*_cell(telling), day)] += 1
    for telling in tellings:
        near = max(sum(count[spot] for spot in _spots(telling, day)) for day in _days(telling))
        yield telling.telling_id, near - 1


def _spots(telling: Telling, day: int | None) -> Iterator[_Spot]:
    """Yield the spots whose tellings of a day are a telling's crowd, itself among them."""
    if is_wide(telling):
        yield telling.country, day
        return
    north, east = _cell(telling)
    yield from ((north + i, east + j, day) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _days(telling: Telling) -> Iterable[int | None]:
    if telling.day_from is None or telling.day_to is None:
        return (None,)
    return range(max(telling.day_from, telling.day_to - _LONGEST + 1), telling.day_to + 1)


def _cell(telling: Telling) -> tuple[int, int]:
    return math.floor((telling.latitude or 0.0) / _FINE), math.floor((telling.longitude or 0.0) / _FINE)


def _step(crowd: int) -> int:
    return max(step for step in _STEPS if step <= crowd)
