"""What UCDP's four columns of deaths hold, and how ACLED divides a number for several days."""

from collections.abc import Mapping
from dataclasses import dataclass

from marsad.assess.figures import Figure
from marsad.model import Category, Step


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths of side A and side B, of civilians and of people of unknown status; `best` is their sum, always.

    Source: UCDP GED codebook, deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, low, high.
    """

    side_a: int
    side_b: int
    civilians: int
    unknown: int
    low: int
    high: int
    why: Step

    @property
    def best(self) -> int:
        """The sum of the four."""
        return self.side_a + self.side_b + self.civilians + self.unknown


def deaths_of(figures: Mapping[Category, Figure], perpetrator: str | None = None) -> Deaths | None:
    """Return the four columns that a policy's figures of the killed fill, None where nobody was killed or nobody told.

    Side A is whoever is said to have done it, so that the fighters it killed are of side B; where nobody is named, the
    fighters' side is not known and they stand among the unknown. Of civilians as many are put down as the words support
    ("more than half of 95": 48), the rest of the best figure as unknown. Where a total has no best figure its lowest
    number is taken. An incident without a death is no event.
    """
    total = figures[Category.TOTAL].count
    if total is None or total.high == 0:
        return None
    best = total.low if total.best is None else total.best
    known = {c: f.count for c, f in figures.items() if f.count is not None}
    civilians, fighters = (
        0 if c is None else (c.low if c.best is None else c.best)
        for c in (known.get(Category.CIVILIANS), known.get(Category.COMBATANTS))
    )
    civilians = min(civilians, best)
    fighters = min(fighters, best - civilians)
    side_b, loose = (fighters, 0) if perpetrator is not None else (0, fighters)
    unknown = best - civilians - fighters + loose
    high = best if total.high is None else total.high
    step = Step("deaths.four", {"civilians": civilians, "fighters": side_b, "unknown": unknown, "best": best})
    found = Deaths(0, side_b, civilians, unknown, min(total.low, best), max(high, best), step)
    return found if found.high else None


def spread(number: int, days: int) -> list[int]:
    """Return a number for several days divided evenly, the remainder going to the first day.

    Source: ACLED codebook, fatalities. Raises ValueError for fewer than one day or fewer than nobody.

    >>> spread(14, 3)
    [6, 4, 4]
    """
    if days < 1 or number < 0:
        raise ValueError(f"{number} people in {days} days: needs a day and no negative number")
    each, rest = divmod(number, days)
    return [each + rest, *[each] * (days - 1)]
