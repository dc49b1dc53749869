"""From places to areas: what the places of a unit say together, with how unsure that is; nothing is said of where none lies."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

RADIUS_KM = {1: 2.0, 2: 10.0, 3: 25.0, 4: 75.0, 5: 100.0, 6: 250.0, 7: 250.0}
"""How large a place is drawn at least, by UCDP's where_prec: no point is drawn finer than it is known."""

AROUND_KM = 12.0
"""How far from a town its villages and outskirts are drawn."""

LEAST_SHARE = 0.05
"""A party that holds less of an area than this is not named in it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a day: where it is, and for each party how sure it is that it held it."""

    key: str
    latitude: float
    longitude: float
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """In the area `unit`, `shares` of its places are held by each party; the rest, up to 1, nobody knows.

    `places` is how many places say so, of which `disagreeing` are held by another party than the largest. `unsure` is from 0
    to 1: the larger of what nobody knows and what the parties divide; an area of one place says what that place says, and is
    drawn with all of its doubt.
    """

    unit: str
    party: str | None
    shares: tuple[tuple[str, float], ...]
    places: int
    disagreeing: int
    unsure: float


def areas_of(points: Iterable[Point], unit_of: Callable[[Point], str | None], silent: int = 0) -> list[Area]:
    """Return the areas in which these points lie, in order of their names; a point of no unit is in none.

    `unit_of` names a point's unit: a province, or a cell of a grid. `silent` is how many places of which nobody speaks are
    counted beside those of which somebody does, as held by nobody known: one town says little of its province.

    >>> held = [Point("a", 35.9, 39.0, (("IS", 0.9),)), Point("b", 35.8, 38.6, (("Army", 0.8),))]
    >>> [(a.party, a.shares, a.unsure) for a in areas_of(held, lambda p: "Raqqa")]
    [('IS', (('IS', 0.45), ('Army', 0.4)), 0.55)]
    """
    units: dict[str, list[Point]] = {}
    for point in points:
        unit = unit_of(point)
        if unit is not None and point.shares:
            units.setdefault(unit, []).append(point)
    return [_area(unit, inside, silent) for unit, inside in sorted(units.items())]


def _area(unit: str, points: list[Point], silent: int) -> Area:
    summed: dict[str, float] = {}
    for point in points:
        for party, share in point.shares:
            summed[party] = summed.get(party, 0.0) + share / (len(points) + silent)
    shares = sorted(summed.items(), key=lambda item: (-item[1], item[0]))
    party, most = shares[0]
    disagreeing = sum(1 for point in points if point.shares[0][0] != party)
    told = tuple((name, round(share, 4)) for name, share in shares if share >= LEAST_SHARE)
    return Area(unit, party, told, len(points), disagreeing, round(1 - most, 4))


Ring = Sequence[Sequence[float]]


def inside(longitude: float, latitude: float, polygons: Iterable[Sequence[Ring]]) -> bool:
    """Tell whether a point lies in one of these polygons, each a list of rings, the first its outline, the others its holes.

    Counted is how often a ray to the east crosses the rings (Shimrat, 1962, Algorithm 112).

    >>> square = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]
    >>> inside(1, 1, [square]), inside(3, 1, [square])
    (True, False)
    """
    return any(sum(_crossings(longitude, latitude, ring) for ring in polygon) % 2 for polygon in polygons)


def _crossings(x: float, y: float, ring: Ring) -> int:
    crossed = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed += 1
    return crossed
