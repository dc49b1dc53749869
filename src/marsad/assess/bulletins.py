"""Running totals, bulletin by bulletin: what is new of the day, and what was added for earlier days."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bulletin:
    """As of `day` an origin's running total was `total`.

    `of_day` is the number it gives for the time since its last bulletin alone, `added` how many of those it says to be of
    earlier days; None where it does not say.
    """

    day: date
    total: int
    of_day: int | None = None
    added: int | None = None


@dataclass(frozen=True, slots=True)
class Increment:
    """Between two bulletins the total rose by `of_days` people who died in those `days`, and by `earlier` who died before.

    `earlier` is negative where people were taken off. `known` is false where the origin does not tell the two apart: the
    whole difference then stands in `undivided`, and is no day's deaths. `days` are those from one bulletin to the next.
    """

    day: date
    days: int
    of_days: int
    earlier: int
    undivided: int
    known: bool


def increments(bulletins: Sequence[Bulletin]) -> list[Increment]:
    """Return how a running total grew, in order of days; the first bulletin is a start and gives no increment.

    A difference that the origin does not explain is never taken for one day's deaths: what its own number for the time
    leaves is of earlier days, as a committee's decision adds them; a total that falls is a correction.

    >>> told = [Bulletin(date(2025, 1, 9), 1000), Bulletin(date(2025, 1, 11), 1531, of_day=531, added=499)]
    >>> [(i.of_days, i.earlier) for i in increments(told)]
    [(32, 499)]
    """
    ordered = sorted(bulletins, key=lambda b: b.day)
    out = []
    for last, now in itertools.pairwise(ordered):
        days, rise = (now.day - last.day).days, now.total - last.total
        if now.of_day is None and now.added is None:
            fell = rise < 0
            out.append(Increment(now.day, days, 0, rise if fell else 0, 0 if fell else rise, fell))
            continue
        of_days = rise - (now.added or 0) if now.of_day is None else now.of_day - (now.added or 0)
        out.append(Increment(now.day, days, of_days, rise - of_days, 0, True))
    return out
