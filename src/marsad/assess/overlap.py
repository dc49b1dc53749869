"""What an aggregate adds to incidents that are counted already, step by step, and how much of it they cover.

Source: Iraq Body Count, methods: morgue and hospital totals are tied to an exact period and place; from each are taken
a share of fighters, given as a range, the deaths of a usual month before the war, and those in incidents already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from marsad.model import Count, Step

IBC_FIGHTERS = (Fraction(1, 50), Fraction(1, 25))
"""Of people in a morgue between one in fifty and one in twenty-five may have been fighters (Iraq Body Count, methods)."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Of an aggregate, `left` are not in the incidents that are counted; `covered` is the share that is, from low to high.

    `trail` tells every step with its numbers, in order. `clash` is true where the incidents hold more people than the
    aggregate can: one of the two is wrong, or they are not about the same place, time and people.
    """

    left: Count
    covered: tuple[Fraction, Fraction]
    trail: tuple[Step, ...]
    clash: bool = False


def remainder(
    total: Count,
    counted: Sequence[Count],
    fighters: tuple[Fraction, Fraction] | None = None,
    background: Count | None = None,
) -> Remainder:
    """Return what is left of a total for a place and time once what is counted there already has been taken away.

    `counted` are the tolls of the incidents of that place, time and kind of people; `fighters` the least and the greatest
    share of people in the total who are none of those counted; `background` the deaths of a usual such time. Nobody is
    taken away twice, and never more than there are: the lowest end is no less than nobody.

    >>> found = remainder(Count(100, None, 100), [Count(20, None, 25), Count(10, 10, 10)])
    >>> found.left, found.covered
    (Count(low=65, best=None, high=70), (Fraction(3, 10), Fraction(7, 20)))
    """
    low, high = total.low, total.high
    trail = [Step("overlap.total", {"low": low, "high": high})]
    if fighters is not None:
        least, most = fighters
        low = low - _up(low * most)
        high = None if high is None else high - _down(high * least)
        shares: dict[str, str | int | None] = {"least": str(least), "most": str(most), "low": low, "high": high}
        trail.append(Step("overlap.fighters", shares))
    if background is not None:
        low = max(0, low - (low if background.high is None else background.high))
        high = None if high is None else max(0, high - background.low)
        usual: dict[str, str | int | None] = {"from": background.low, "to": background.high, "low": low, "high": high}
        trail.append(Step("overlap.background", usual))
    base_low, base_high = low, high
    sure = sum(c.low for c in counted)
    open_above = any(c.high is None for c in counted)
    most_counted = None if open_above else sum(c.high or 0 for c in counted)
    clash = high is not None and sure > high
    low = 0 if most_counted is None else max(0, low - most_counted)
    high = None if high is None else max(0, high - sure)
    taken: dict[str, str | int | None] = {"n": len(counted), "from": sure, "to": most_counted, "low": low, "high": high}
    trail.append(Step("overlap.clash" if clash else "overlap.counted" if counted else "overlap.none", taken))
    covered = _share(sure, base_high), Fraction(1) if most_counted is None else _share(most_counted, base_low)
    return Remainder(Count(low, None, high), covered, tuple(trail), clash)


def _share(part: int, whole: int | None) -> Fraction:
    """Return a part as a share of its whole, at most 1; of an unbounded whole it may be none, of nobody it is all."""
    if whole is None:
        return Fraction(0)
    return Fraction(1) if whole == 0 else min(Fraction(1), Fraction(part, whole))


def _up(n: Fraction) -> int:
    return -(-n.numerator // n.denominator)


def _down(n: Fraction) -> int:
    return n.numerator // n.denominator
