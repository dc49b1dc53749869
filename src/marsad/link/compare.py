"""Two tellings side by side: on which level of likeness each of their sides stands. A side that one lacks is "unknown".

Levels rather than distances, so that each has a weight that a person can read, argue with and learn
(Fellegi and Sunter, A theory for record linkage, 1969; levels as in Splink).
"""

import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from marsad.link.shared_names import shared_names
from marsad.model.telling import NAMESAKE, UNLISTED, Figure, Telling, Trait

UNKNOWN = "unknown"

GAP_DAYS = 2
"""Days between two tellings beyond which only a telling number can make them one."""

BACK_DAYS = 7
"""Days before an assumed time in which the incident may lie all the same: a report that tells no day may look back a week."""

REACH_KM = 25.0
"""Kilometres between two known places beyond which they are not compared."""

_SMALL = 3
"""A number below this is in every second report, and on another day it says nothing."""

_LARGE = 20
"""A number from which on two that differ by a tenth are likelier one toll counted twice than two tolls."""

_MASSACRE = 75
"""A number from which on two of one size, neither more than twice the other, speak for one incident: so many seldom die
twice in one place in one week, and first counts of so many are far apart."""

_HUNDRED, _TELLING_DIGITS = 100, 3
"""From a hundred on a number is the rarer, the more digits stand before its noughts: 300 is a guess, 1,300 a count."""

NAMED_KM = 50.0
"""Kilometres between two known places beyond which a shared name says nothing."""

_CITY_KM = 15.0
"""Kilometres from the middle of a city within which a place may be a quarter of it."""

_EARTH_KM = 6371.0
_WIDE = 4
"""The where_prec from which a place is an area (a province or more) and its point says little."""

_SPANS = ((1, "same-day"), (3, "within-three-days"), (10, "within-a-week"), (40, "within-a-month"))
AREAS = {2: 25.0, 3: 25.0}
"""How far an area reaches from its point in kilometres, by where_prec: near a town (UCDP: some 25 km), a district."""

DISTRICT, DISTRICT_KM = 3, 60.0
"""The where_prec of a district, and how far one may reach from its point within its own province."""

_DISTANCES = ((0.5, "same-point"), (3.0, "within-3-km"), (10.0, "within-10-km"))
_OUTSIDE = frozenset({"within-10-km", "farther-off"})
_AWAY = frozenset({"farther-off", "other-province", "other-country"})
_PRINTS = (
    (0, "the-same-day"),
    (1, "the-next-day"),
    (3, "within-three-days"),
    (7, "within-a-week"),
    (30, "within-a-month"),
)
_DELAYS = ((1, "at-once"), (3, "within-three-days"), (8, "within-a-week"), (60, "within-two-months"))

_SHARED = ("none-shared", "one-shared", "two-shared", "three-shared")
_SETS = tuple(trait for trait in Trait if trait not in (Trait.SPOT, Trait.NUMBER, Trait.NAME, Trait.CALLED))
MEASURES = ("killed", "injured", "killed_or_injured", "missing")

Levels = dict[str, str]
"""The level of each comparison, by its name: {"time": "same-day", "place": "within-3-km", …}."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is told round about, in whose light two tellings are compared.

    `everyday` holds numbers that say nothing at a place, by place key, measure and number: it loses as many on day after
    day. `quiet` holds the places of which no more than two days are told: a date that is one off is an error there.
    `thin` holds the countries of which so little is told that news of the country that day hardly means anything else.
    `common` holds the sounds of names that are told on day after day: of a spokesman, a ministry, a road.
    `crowd` is among how many others each telling has to be told apart, by its id; none for one that is not in it.
    """

    everyday: Set[tuple[str, str, int]] = frozenset()
    quiet: Set[str] = frozenset()
    thin: Set[str] = frozenset()
    crowd: Mapping[str, int] = field(default_factory=dict)
    common: Set[str] = frozenset()

    def crowd_of(self, a: Telling, b: Telling) -> int:
        """Return the crowd of the busier one of two tellings; of two days that of the quieter one, whose day it is not."""
        least_or_most = min if gap_days(a, b) else max
        return least_or_most(self.crowd.get(a.telling_id, 0), self.crowd.get(b.telling_id, 0))


NOWHERE = Around()


def compared(a: Telling, b: Telling, around: Around = NOWHERE) -> Levels:
    """Return the level of every comparison of two tellings; the order of the two does not matter."""
    out = {"time": time_level(a, b, around), "place": place_level(a, b, around), "spot": _overlap(a, b, Trait.SPOT)}
    shared = shared_names(a, b, around.common)
    told = shared and not _known_apart(a, b) and not _of_two_days(a, b)
    out["numbers"], out["names"] = numbers_level(a, b), _SHARED[min(shared, len(_SHARED) - 1)] if told else UNKNOWN
    out["printed"], out["delay"] = printed_level(a, b), delay_level(a, b)
    for measure in MEASURES:
        out[measure] = figure_level(a, b, measure, around)
    for trait in _SETS:
        out[trait.value] = _overlap(a, b, trait)
    return out


def gap_days(a: Telling, b: Telling) -> int | None:
    """Return how many days lie between two tellings: 0 where their times meet, None where one has no time."""
    if a.day_from is None or b.day_from is None or a.day_to is None or b.day_to is None:
        return None
    return max(0, a.day_from - b.day_to, b.day_from - a.day_to)


def earliest(telling: Telling) -> int | None:
    """Return the first day on which what is told may have happened: of an assumed time, some days before it."""
    if telling.day_from is None:
        return None
    return telling.day_from - (BACK_DAYS if telling.assumed else 0)


def may_meet(a: Telling, b: Telling, days: int) -> bool:
    """Tell whether two tellings may be of one time, if days are so many off; True where one has no time."""
    if a.day_to is None or b.day_to is None:
        return True
    first, other = earliest(a), earliest(b)
    return first is None or other is None or max(first - b.day_to, other - a.day_to) <= days


def time_level(a: Telling, b: Telling, around: Around = NOWHERE) -> str:
    """Return how well two times agree; times that meet agree the less, the longer the longer one is."""
    gap = gap_days(a, b)
    if gap is None or a.day_from is None or b.day_from is None or a.day_to is None or b.day_to is None:
        return UNKNOWN
    if gap and (a.assumed if b.day_to < a.day_from else b.assumed):
        return "before-an-assumed-day"
    if gap == 1 and (a.carried or b.carried):
        return "next-day-of-a-carried-day"
    if gap == 1 and a.reckoned != b.reckoned:
        return "next-day-of-a-reckoned-day"
    if (
        gap == 1
        and a.place_key in around.quiet
        and b.place_key in around.quiet
        and not (_counts_few(a) and _counts_few(b))
    ):
        return "next-day-of-a-quiet-place"
    if gap:
        return {1: "next-day", 2: "two-days-off"}.get(gap, "far-off")
    longest = max(a.day_to - a.day_from, b.day_to - b.day_from) + 1
    same = a.day_from == b.day_from and a.day_to == b.day_to
    if same and 1 < longest <= _SPANS[-1][0]:
        return "same-span"
    if 1 < longest <= _SPANS[-1][0] and abs(a.day_to - b.day_to) <= 1:
        return "ends-together"
    return next((name for days, name in _SPANS if longest <= days), "within-a-long-time")


def _counts_few(telling: Telling) -> bool:
    """Tell whether a telling counts one or two and no more: so many can be harmed anywhere on the next day again."""
    numbers = [n for n in map(stated, telling.figures.values()) if n is not None]
    return bool(numbers) and 0 < max(numbers) < _SMALL


def kilometres(a: Telling, b: Telling) -> float | None:
    """Return the distance of two tellings in kilometres along the globe, None where one has no point."""
    return kilometres_between(a.latitude, a.longitude, b.latitude, b.longitude)


def kilometres_between(
    latitude: float | None, longitude: float | None, latitude_b: float | None, longitude_b: float | None
) -> float | None:
    """Return the distance of two points in degrees along the globe (haversine), None where one is not known."""
    if latitude is None or longitude is None or latitude_b is None or longitude_b is None:
        return None
    north, north_b = math.radians(latitude), math.radians(latitude_b)
    east = math.radians(longitude - longitude_b)
    half = math.sin((north - north_b) / 2) ** 2 + math.cos(north) * math.cos(north_b) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def place_level(a: Telling, b: Telling, around: Around = NOWHERE) -> str:
    """Return how well two places agree, as far as the wider of the two says.

    A place that the sentence with the number does not name may be that of something else: away from it means less.
    """
    level = _place_level(a, b, around)
    return "away-from-an-inferred-place" if level in _AWAY and (a.inferred or b.inferred) else level


def _place_level(a: Telling, b: Telling, around: Around) -> str:
    wide_a, wide_b = a.precision is None or a.precision >= _WIDE, b.precision is None or b.precision >= _WIDE
    if not wide_a and not wide_b:
        if a.place_key == b.place_key and a.place_key:
            return "same-point"
        apart = kilometres(a, b)
        if apart is not None:
            level = next((name for limit, name in _DISTANCES if apart < limit), "farther-off")
            inside = apart <= max(AREAS.get(p.precision or 0, 0.0) for p in (a, b)) or may_lie_in_district(a, b)
            if level in _OUTSIDE and may_mean_the_province(a, b):
                return "inside-the-area" if apart <= _CITY_KM else "in-the-province-of-that-name"
            return "inside-the-area" if inside and level in _OUTSIDE else level
    level = _area_level(a, b)
    return "same-country-thinly-told" if level == "same-country" and a.country in around.thin else level


def may_lie_in_district(a: Telling, b: Telling) -> bool:
    """Tell whether one of two tellings names a district in which the other may lie: near its middle, in its province."""
    if a.admin1 is None or a.admin1 != b.admin1 or a.country != b.country or DISTRICT not in (a.precision, b.precision):
        return False
    apart = kilometres(a, b)
    return apart is not None and apart <= DISTRICT_KM


def may_mean_the_province(a: Telling, b: Telling) -> bool:
    """Tell whether one of two tellings names a town after which the province is called in which the other lies."""
    if a.admin1 is None or a.admin1 != b.admin1 or a.country != b.country:
        return False
    return a.place_key.endswith(NAMESAKE) != b.place_key.endswith(NAMESAKE)


def _area_level(a: Telling, b: Telling) -> str:
    unlisted = [p.place_key.startswith(UNLISTED) for p in (a, b)]
    if a.place_key and a.place_key == b.place_key:
        land = a.country == b.country or None in (a.country, b.country)
        return "same-unlisted-name" if all(unlisted) and land else "same-area"
    if a.country and b.country and a.country != b.country:
        return "other-country"
    if any(unlisted) and not a.traits.get(Trait.CALLED, frozenset()).isdisjoint(b.traits.get(Trait.CALLED, ())):
        return "same-unlisted-name"
    known = (p for p in (a, b) if (p.precision is not None and p.precision < 6) or p.place_key.startswith(UNLISTED))
    provinces = {p.admin1 for p in known} if not all(unlisted) else {None}
    if len(provinces) == 1 and None not in provinces and a.admin1 == b.admin1:
        return "same-province"
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return "other-province"
    return "same-country" if a.country and a.country == b.country else "no-place"


def figure_level(a: Telling, b: Telling, measure: str, around: Around = NOWHERE) -> str:
    """Return how well two numbers of one measure agree.

    The same number proves the more, the rarer it is: one and two are in every second report, round numbers are guesses.
    That two numbers can be the same proves nothing where the days differ.
    """
    one, other = a.figures.get(measure), b.figures.get(measure)
    if one is None or other is None:
        return UNKNOWN
    n, m = stated(one), stated(other)
    if n is None or m is None:
        return "overlap" if _meet(one, other) else UNKNOWN
    if n == m:
        if 0 < n < _SMALL and gap_days(a, b):
            return UNKNOWN
        common = (a.place_key, measure, n) in around.everyday or (b.place_key, measure, n) in around.everyday
        return "same-everyday" if common and n else _same_number(n)
    if n == 0 or m == 0:
        return "one-has-none"
    if min(n, m) >= _LARGE and min(n, m) * 10 >= max(n, m) * 9:
        return "nearly-the-same"
    if min(n, m) >= _MASSACRE and min(n, m) * 2 >= max(n, m):
        return "large-and-close"
    if _meet(one, other):
        return UNKNOWN if gap_days(a, b) else "overlap"
    if min(n, m) * 2 > max(n, m):
        return "close"
    return "apart-and-vague" if _is_vague(a) or _is_vague(b) else "apart"


def _is_vague(telling: Telling) -> bool:
    """Tell whether a telling names no spot, or no day: that its number is another one may be all that tells it apart."""
    return telling.assumed or telling.precision is None or telling.precision >= _WIDE


def numbers_level(a: Telling, b: Telling) -> str:
    """Return how many telling numbers two tellings share: one may be chance, three are the same count of the same dead."""
    one, other = a.traits.get(Trait.NUMBER), b.traits.get(Trait.NUMBER)
    if not one or not other:
        return UNKNOWN
    return _SHARED[min(len(one & other), len(_SHARED) - 1)]


def _known_apart(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings name spots too far off one another for a shared name to say anything."""
    if a.inferred or b.inferred:
        return False
    settled = all(t.precision is not None and t.precision < _WIDE for t in (a, b))
    apart = kilometres(a, b) if settled else None
    return apart is not None and apart > NAMED_KM


def _of_two_days(a: Telling, b: Telling) -> bool:
    """Tell whether two tellings name a day each and numbers that cannot be one: a hospital may have had the dead of both."""
    own = all(
        t.day_from is not None and t.day_from == t.day_to and not (t.carried or t.assumed or t.reckoned) for t in (a, b)
    )
    if not own or a.day_from == b.day_from:
        return False
    both = [(a.figures[measure], b.figures[measure]) for measure in a.figures if measure in b.figures]
    return bool(both) and not any(_meet(one, other) for one, other in both)


def _same_number(n: int) -> str:
    if n == 0:
        return "both-none"
    if n < _SMALL:
        return "same-small"
    if n < 5:
        return "same-few"
    if n % 10 == 0 and n < _HUNDRED:
        return "same-round"
    digits = len(str(n).rstrip("0"))
    if n < _LARGE or (n >= _HUNDRED and digits < _TELLING_DIGITS):
        return "same-round" if n >= _HUNDRED and digits == 1 else "same-telling"
    return "same-rare"


def stated(figure: Figure) -> int | None:
    """Return the number that stands for a figure, None where the words set none."""
    low, best, high = figure
    return best if best is not None else low if low is not None else high


def _meet(one: Figure, other: Figure) -> bool:
    low = max(one[0] or 0, other[0] or 0)
    highs = [h for h in (one[2], other[2]) if h is not None]
    return not highs or low <= min(highs)


def printed_level(a: Telling, b: Telling) -> str:
    """Return how near in time two reports were printed: news of one incident comes in waves."""
    if a.printed is None or b.printed is None:
        return UNKNOWN
    gap = abs(a.printed - b.printed)
    return next((name for days, name in _PRINTS if gap <= days), "later")


def delay_level(a: Telling, b: Telling) -> str:
    """Return how long after the fact the later of two reports was printed: who looks back sums up and confuses days."""
    if a.printed is None or b.printed is None or a.day_to is None or b.day_to is None:
        return UNKNOWN
    delay = max(a.printed - a.day_to, b.printed - b.day_to)
    return next((name for days, name in _DELAYS if delay <= days), "long-after")


def _overlap(a: Telling, b: Telling, trait: Trait) -> str:
    one, other = a.traits.get(trait), b.traits.get(trait)
    if not one or not other:
        return UNKNOWN
    shared = len(one & other)
    if not shared:
        return "nothing-shared"
    if shared == len(one | other):
        return "the-same"
    return "one-within-the-other" if shared == min(len(one), len(other)) else "some-shared"


_AREA = frozenset({"same-area", "same-province", "same-country", "same-country-thinly-told", "no-place"})
_AGAINST = frozenset({"apart", "apart-and-vague", "one-has-none"})


def is_silent(found: Levels) -> bool:
    """Tell whether two tellings neither agree nor disagree: one has no place of its own, and no number contradicts.

    "Dozens died in the country that day" may be any incident of the day; by itself it says nothing against one.
    """
    return found["place"] in _AREA and not any(found[measure] in _AGAINST for measure in MEASURES)


def levels() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every comparison with the levels it can take, "unknown" left out."""
    time = (
        *(name for _, name in _SPANS),
        "same-span",
        "ends-together",
        "within-a-long-time",
        "before-an-assumed-day",
        "next-day",
        "next-day-of-a-carried-day",
        "next-day-of-a-quiet-place",
        "next-day-of-a-reckoned-day",
        "two-days-off",
        "far-off",
    )
    place = (
        *(name for _, name in _DISTANCES),
        "inside-the-area",
        "farther-off",
        "away-from-an-inferred-place",
        "in-the-province-of-that-name",
        "same-unlisted-name",
        "same-area",
        "same-province",
        "same-country",
    )
    sets = ("the-same", "one-within-the-other", "some-shared", "nothing-shared")
    numbers = (
        "same-rare",
        "same-telling",
        "same-round",
        "same-few",
        "same-small",
        "same-everyday",
        "both-none",
        "nearly-the-same",
        "overlap",
        "large-and-close",
        "close",
        "apart",
        "apart-and-vague",
    )
    yield "time", time
    yield "place", (*place, "same-country-thinly-told", "other-province", "other-country", "no-place")
    yield "spot", sets
    yield "numbers", _SHARED
    yield "names", _SHARED[1:]
    yield "printed", (*(name for _, name in _PRINTS), "later")
    yield "delay", (*(name for _, name in _DELAYS), "long-after")
    for measure in MEASURES:
        yield measure, (*numbers, "one-has-none")
    for trait in _SETS:
        yield trait.value, sets
