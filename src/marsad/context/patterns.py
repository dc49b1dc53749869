"""Patterns of incidents: shares with intervals, of how many incidents that say something of it, and how many say nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from marsad.context.taxonomy import targets, weapons

KEYS = ("perpetrator", "weapon", "discriminates", "target", "protected", "part-of-day", "double-tap")
Z = 1.959963984540054
"""The quantile of the normal distribution that leaves one in forty on either side."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What reports tell of the incident `code`: who, with what, what was hit, when in the day, and whether twice.

    None, and an empty tuple of targets, where no report tells; `twice` is never False, since no report says that a place was
    hit once alone.
    """

    code: str
    day: date | None
    perpetrator: str | None
    weapon: str | None
    targets: tuple[str, ...]
    part_of_day: str | None
    twice: bool | None
    responders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `stated` incidents that tell something of it are `value`; the share lies between `low` and `high`.

    The interval is Wilson's score interval at 95 %: it says how far chance alone could carry a share of so few incidents,
    were those that tell a random sample of all. They are not: what is told is what somebody saw and printed.
    """

    value: str
    n: int
    stated: int
    share: float
    low: float
    high: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """By `key`, of `incidents` incidents `stated` tell something and the rest do not; the shares, the largest first."""

    key: str
    incidents: int
    stated: int
    shares: tuple[Share, ...]


def pattern(shapes: Sequence[Shape], key: str) -> Pattern:
    """Return the shares of incidents by a key of KEYS.

    An incident with several targets counts for each, so that shares by target may add up to more than one. Raises KeyError
    for another key.
    """
    values = [(shape, _values(shape, key)) for shape in shapes]
    told = [(shape, found) for shape, found in values if found]
    by_value: dict[str, list[str]] = {}
    for shape, found in told:
        for value in dict.fromkeys(found):
            by_value.setdefault(value, []).append(shape.code)
    # Nobody reports that a place was not hit twice: the denominator of that is every incident.
    stated = len(shapes) if key == "double-tap" else len(told)
    shares = [_share(value, codes, stated) for value, codes in by_value.items()]
    return Pattern(key, len(shapes), stated, tuple(sorted(shares, key=lambda s: (-s.n, s.value))))


def wilson(n: int, of: int, z: float = Z) -> tuple[float, float]:
    """Return Wilson's score interval for a share of `n` of `of`; (0, 1) where there is nothing to take a share of.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.

    >>> [round(end, 4) for end in wilson(10, 20)]
    [0.2993, 0.7007]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if of == 0:
        return 0.0, 1.0
    share = n / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    below = 1 + z * z / of
    low = 0.0 if n == 0 else max(0.0, (middle - spread) / below)
    high = 1.0 if n == of else min(1.0, (middle + spread) / below)
    return low, high


def _share(value: str, codes: Iterable[str], stated: int) -> Share:
    found = tuple(sorted(codes))
    low, high = wilson(len(found), stated)
    return Share(value, len(found), stated, len(found) / stated, low, high, found)


def _values(shape: Shape, key: str) -> tuple[str, ...]:
    if key == "perpetrator":
        return (shape.perpetrator,) if shape.perpetrator else ()
    if key == "weapon":
        return (shape.weapon,) if shape.weapon else ()
    if key == "discriminates":
        known = weapons().get(shape.weapon or "")
        if known is None:
            return ()
        return (f"indiscriminate by {known.indiscriminate}" if known.indiscriminate else "can be aimed",)
    if key == "target":
        return shape.targets
    if key == "protected":
        return tuple(targets()[name].protected for name in shape.targets)
    if key == "part-of-day":
        return (shape.part_of_day,) if shape.part_of_day else ()
    if key == "double-tap":
        return ("struck twice",) if shape.twice else ()
    raise KeyError(key)
