"""Which tellings are worth comparing, and what they score: near in time and place, or of one telling number.

The work grows with the tellings that are near one another and not with their square. In a crowd (a capital under fire,
a thousand reports of one strike) each is compared with the first few and with those that share its numbers.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.link.compare import (
    DISTRICT,
    GAP_DAYS,
    NAMED_KM,
    REACH_KM,
    Around,
    compared,
    earliest,
    is_silent,
    kilometres,
    may_lie_in_district,
    may_mean_the_province,
    may_meet,
)
from marsad.link.light import around, is_wide
from marsad.link.shared_names import shared_names
from marsad.link.weights import Weights
from marsad.model.schema_linking import PAIR
from marsad.model.telling import Telling, Trait

FLOOR = -5.0
"""Log odds below which a pair is not kept: nobody would look at it."""

_CELL = 0.25
"""Degrees of a cell: with its neighbours it holds everything within REACH_KM, up to 60 degrees north and south."""

_BUCKET = 4
"""Days of a bucket of time."""

_LONGEST = 8
"""Buckets that an interval is sorted into at most, from its last day back."""

_CROWD = 60
"""Tellings of one cell and bucket with which every other one is compared; beyond it, those that share a number."""

_NAMES, _NAMES_OF_A_TOWN = 6, 3
"""Names by which a telling is found, at most: of a known town fewer, as its place finds it, too."""

_TELLING = 5
"""The smallest number by which tellings find each other across places."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings and the log odds that they are of one incident; `a` sorts before `b`.

    A silent pair is neither for nor against: it holds nothing together and keeps nothing apart. `loose_a` and `loose_b` say
    which of the two is told of no known country.
    """

    a: str
    b: str
    report_a: str
    report_b: str
    log_odds: float
    silent: bool
    loose_a: bool = False
    loose_b: bool = False


PERIOD = 32
"""Days of a block."""

PERIODS = 3
"""Blocks of time that an interval is compared in at most, from its last back."""

_Key = tuple[object, ...]


def blocks_of(telling: Telling) -> Iterator[str]:
    """Yield the blocks in which a telling is compared: its country in its time; for each of its numbers and names, everywhere."""
    periods = list(_stretches(telling, GAP_DAYS, PERIOD, PERIODS))
    for period in periods:
        yield f"place|{telling.country or ''}|{period}"
    for number in _numbers(telling):
        for period in periods:
            yield f"number|{number}|{period}"
    for name in _names(telling):
        for period in periods:
            yield f"name|{name}|{period}"


def pair_row(pair: Pair) -> dict[str, Any]:
    """Return a pair as a row of schema PAIR."""
    return {name: getattr(pair, name) for name in PAIR.names}


def scored(
    tellings: Sequence[Telling], weights: Weights, floor: float = FLOOR, owned: Callable[[str, str], bool] | None = None
) -> Iterator[Pair]:
    """Yield the pairs of a block worth keeping, each once; two tellings of one report are never a pair.

    `owned` tells of two tellings, by their ids, whether they are compared here, and not in another block that holds both.
    """
    light = around(tellings)
    for a, b in candidates(tellings):
        if owned is not None and not owned(a.telling_id, b.telling_id):
            continue
        pair = pair_of(a, b, light, weights, floor)
        if pair is not None:
            yield pair


def pair_of(a: Telling, b: Telling, light: Around, weights: Weights, floor: float = FLOOR) -> Pair | None:
    """Return how two tellings compare in the light of their block, None where nobody would look at it."""
    found = compared(a, b, light)
    log_odds = weights.score(found, light.crowd_of(a, b))
    silent = log_odds < 0 and is_silent(found)
    if not silent and log_odds <= floor and not (is_loose(a) or is_loose(b)):
        return None  # of a loose one it is kept that it was compared
    first, second = sorted((a, b), key=lambda t: t.telling_id)
    return Pair(
        first.telling_id,
        second.telling_id,
        first.report_id,
        second.report_id,
        log_odds,
        silent,
        *map(is_loose, (first, second)),
    )


def is_loose(telling: Telling) -> bool:
    """Tell whether nobody knows in which country a telling plays: it is not compared with all that is told of that country."""
    return telling.country is None


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Yield the pairs of tellings from different reports that may be of one incident, each once, the earlier one first."""
    shelves = Shelves(tellings)
    for n in range(len(shelves.ordered)):
        yield from shelves.before(n)


class Shelves:
    """The tellings of a block on shelves, the earliest first; a shelf holds no more than the first _CROWD."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.ordered = sorted(tellings, key=lambda t: (t.rank, t.telling_id))
        self.at = {telling.telling_id: n for n, telling in enumerate(self.ordered)}
        self._on: dict[_Key, list[int]] = {}
        for n, telling in enumerate(self.ordered):
            for key in _shelved(telling):
                self._on.setdefault(key, []).append(n)

    def before(self, n: int) -> Iterator[tuple[Telling, Telling]]:
        """Yield the n-th telling as the second one of its pairs."""
        telling = self.ordered[n]
        seen: set[int] = set()
        for key in _looked_up(telling):
            for k in self._on.get(key, ())[:_CROWD]:
                if k >= n:
                    break
                if k not in seen:
                    seen.add(k)
                    other = self.ordered[k]
                    if other.report_id != telling.report_id and _near(telling, other):
                        yield other, telling

    def after(self, n: int) -> Iterator[tuple[Telling, Telling]]:
        """Yield the n-th telling as the first one of its pairs."""
        telling = self.ordered[n]
        held = {key for key in _shelved(telling) if n in self._on[key][:_CROWD]}
        for other in self.ordered[n + 1 :] if held else ():
            if (
                other.report_id != telling.report_id
                and _near(telling, other)
                and not held.isdisjoint(_looked_up(other))
            ):
                yield telling, other

    def displaced_by(self, moved: Iterable[Telling]) -> Iterator[Telling]:
        """Yield the tellings at the ends of the shelves on which these stand, or stood: one more pushes one off."""
        changes = Counter(key for telling in moved for key in _shelved(telling))
        for key, n in changes.items():
            for k in self._on.get(key, ())[max(0, _CROWD - n) : _CROWD + n]:
                yield self.ordered[k]


def _near(a: Telling, b: Telling) -> bool:
    if not may_meet(a, b, GAP_DAYS):
        return False
    if a.inferred or b.inferred or is_wide(a) or is_wide(b):
        return True
    apart = kilometres(a, b)
    if apart is None or apart <= REACH_KM or may_mean_the_province(a, b) or may_lie_in_district(a, b):
        return True
    return apart <= NAMED_KM and shared_names(a, b) > 0


def _stretches(telling: Telling, margin: int, days: int, most: int) -> Iterable[int | None]:
    """Return the stretches of so many days that a telling's time and a margin touch, the last ones where it is long."""
    first = earliest(telling)
    if first is None or telling.day_to is None:
        return (None,)
    last = (telling.day_to + margin) // days
    return range(max((first - margin) // days, last - most + 1), last + 1)


def _buckets(telling: Telling, margin: int) -> Iterable[int | None]:
    return _stretches(telling, margin, _BUCKET, _LONGEST)


def _cell(telling: Telling) -> tuple[int, int]:
    latitude, longitude = telling.latitude or 0.0, telling.longitude or 0.0
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)


def _shelved(telling: Telling) -> Iterator[_Key]:
    """Yield the keys under which a telling is found by others."""
    numbers, names = list(_numbers(telling)), _names(telling)
    for bucket in _buckets(telling, 0):
        if is_wide(telling):
            yield "country", telling.country, bucket
        else:
            cell = _cell(telling)
            yield "cell", *cell, bucket
            yield "inside", telling.country, bucket
            for number in numbers:
                yield "cell", *cell, bucket, number
            if telling.precision == DISTRICT:
                yield "district", telling.country, telling.admin1, bucket
            elif telling.admin1 is not None:
                yield "in a district", telling.country, telling.admin1, bucket
        for number in numbers:
            yield "number", number, bucket
        for name in names:
            yield "name", name, bucket


def _looked_up(telling: Telling) -> Iterator[_Key]:
    """Yield the keys under which a telling looks for others."""
    numbers, names = list(_numbers(telling)), _names(telling)
    for bucket in _buckets(telling, GAP_DAYS):
        yield "country", telling.country, bucket
        if is_wide(telling):
            yield "inside", telling.country, bucket
        else:
            north, east = _cell(telling)
            for cell in ((north + i, east + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                yield "cell", *cell, bucket
                for number in numbers:
                    yield "cell", *cell, bucket, number
            yield "district", telling.country, telling.admin1, bucket
            if telling.precision == DISTRICT:
                yield "in a district", telling.country, telling.admin1, bucket
        for number in numbers:
            yield "number", number, bucket
        for name in names:
            yield "name", name, bucket


def _names(telling: Telling) -> list[str]:
    """Return the sounds of a telling's names by which others find it: the longest ones, which are the rarest."""
    sounds = {name.partition(":")[0] for name in telling.traits.get(Trait.NAME, ())}
    return sorted(sounds, key=lambda name: (-len(name), name))[: _NAMES if is_wide(telling) else _NAMES_OF_A_TOWN]


def _numbers(telling: Telling) -> Iterator[str]:
    for measure, (low, best, _) in telling.figures.items():
        number = best if best is not None else low
        if number is not None and number >= _TELLING:
            yield f"{measure}:{number}"
