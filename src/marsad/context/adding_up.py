"""Numbers that must add up: a whole and its parts, a war and its years, casualties and the killed and hurt among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.model import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """`whole` should be what `parts` add up to, each with its name; `name` says what is added up."""

    name: str
    whole: Count
    parts: tuple[tuple[str, Count], ...]

    @property
    def added(self) -> Count:
        """What the parts add up to, open above if one of them is."""
        low = sum(part.low for _, part in self.parts)
        highs = [part.high for _, part in self.parts]
        return Count(low, None, None if None in highs else sum(high for high in highs if high is not None))

    @property
    def holds(self) -> bool:
        """Whether whole and sum of the parts can be the same number.

        >>> parts = (("documented", Count(143350, None, 143350)), ("estimated", Count(163537, None, 163537)))
        >>> Sum(name="civilians", whole=Count(306887, None, 306887), parts=parts).holds
        True
        """
        return self.off == 0

    @property
    def off(self) -> int:
        """By how many people the parts fall short of the whole at least; negative where they are more than it, 0 if they fit."""
        added, whole = self.added, self.whole
        if added.high is not None and added.high < whole.low:
            return whole.low - added.high
        if whole.high is not None and added.low > whole.high:
            return whole.high - added.low
        return 0


@dataclass(frozen=True, slots=True)
class Period:
    """In the days from `first` to `last` so many people were killed, as one publisher has it."""

    first: date
    last: date
    count: Count


def periods_added(name: str, total: Period, periods: Iterable[Period], slack: int = 92) -> Sum | None:
    """Return the sum of periods that follow each other and fill a total's days; None where they leave out some of them.

    The first may begin up to `slack` days before the total, as a war does that begins in March of its first year.
    """
    inside = sorted((p for p in periods if p.last <= total.last), key=lambda p: p.first)
    filling: list[Period] = []
    for period in inside:
        if not filling or (period.first - filling[-1].last).days == 1:
            filling.append(period)
    if len(filling) < 2 or filling[-1].last != total.last or abs((total.first - filling[0].first).days) > slack:
        return None
    parts = tuple((f"{p.first} to {p.last}", p.count) for p in filling)
    return Sum(name=name, whole=total.count, parts=parts)


def off(sums: Sequence[Sum]) -> list[Sum]:
    """Return the sums that do not hold, those furthest off first."""
    return sorted((s for s in sums if not s.holds), key=lambda s: (-abs(s.off), s.name))
