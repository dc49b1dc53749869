"""A running total as it was published: where it falls, jumps, breaks, and where a day's number is not what the total grew by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

BREAK_SHARE = 0.10
"""A total that falls by a tenth or more was not corrected, it was counted otherwise: numbers before it are of another series."""

JUMP_TIMES, JUMP_SHARE, JUMP_AFTER = 3.0, 0.20, 180
"""A total jumps where it grows three times as fast as in the time before, and by a fifth or more, and nobody explains it;
in the first 180 days of a series it is the war that does so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """As of `day` a publisher's running total was `total`.

    `of_day` is the number that it gives beside it for the last `covers` days alone, None where it gives none. `added` are
    those of `of_day` that it says to have died earlier, by kind (found under rubble, accepted by a committee …), `new`
    those that it says died within these days. `label` is who or what the number is credited to, where that changes.
    """

    day: date
    total: int
    of_day: int | None = None
    covers: int = 1
    added: Mapping[str, int] = field(default_factory=dict)
    new: int | None = None
    label: str | None = None


class Oddity(StrEnum):
    """What can be odd about a step of a running total."""

    FALL = "fall"
    """It is smaller than the time before: people were taken off."""
    BREAK = "break"
    """It is smaller by a tenth or more, so it is counted in another way: no number before it can be set beside one after."""
    JUMP = "jump"
    """It grows far faster than before, and the publisher does not say why."""
    GAP = "gap"
    """The day's number is of the last day, the total grew over several: nothing was published between."""
    SHIFTED = "shifted"
    """The day's number and the growth differ, and the next day's make up for it: some were counted a day apart."""
    UNEXPLAINED = "unexplained"
    """The total grew by more, or by less, than the day's number, and nothing says why."""
    RETROACTIVE = "retroactive"
    """The day's number holds people who died earlier, added by a decision."""
    PARTS = "parts"
    """The parts of the day's number do not add up to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """At the step to `day` from `since` something is odd: `expected` by what went before or beside, and `observed`.

    For a fall, break or jump they are the totals before and after; for gap, shifted, unexplained the day's number and the
    growth; for retroactive the day's number and how many of it died earlier. `labels` are who was credited before and
    after, where that changed.
    """

    kind: Oddity
    day: date
    since: date
    expected: int
    observed: int
    labels: tuple[str | None, str | None] | None = None

    @property
    def values(self) -> dict[str, object]:
        """What a sentence about it has to name."""
        before, after = self.labels or (None, None)
        size = abs(self.observed - self.expected)
        return {
            "day": self.day,
            "since": self.since,
            "expected": f"{self.expected:,}",
            "observed": f"{self.observed:,}",
            "size": f"{size:,}",
            "share": f"{size / self.expected:.0%}" if self.expected else "–",
            "rest": f"{self.expected - self.observed:,}",
            "before": before or "?",
            "after": after or "?",
        }


def anomalies(series: Sequence[Published], decided: frozenset[str] = frozenset()) -> list[Anomaly]:
    """Return everything odd about a running total, in order of days; an ordinary rise is never odd.

    `decided` are the kinds of `added` that somebody decided on at once, as a committee does, which then are no deaths of
    these days; bodies found and wounds that killed are told apart by `of_days`, and are not odd.

    >>> told = [Published(day=date(2013, 5, 1), total=100), Published(day=date(2013, 5, 9), total=97)]
    >>> [(a.kind.value, a.expected, a.observed) for a in anomalies(told)]
    [('fall', 100, 97)]
    """
    ordered = sorted(series, key=lambda p: p.day)
    found: list[Anomaly] = []
    for now in ordered:
        found += _of_day(now, decided)
    for before, now in pairwise(ordered):
        if now.total < before.total:
            kind = Oddity.BREAK if before.total - now.total >= BREAK_SHARE * before.total else Oddity.FALL
            found.append(_step(kind, before, now, before.total, now.total))
    found += _differences(ordered)
    found += _jumps(ordered)
    return sorted(found, key=lambda a: (a.day, a.kind.value))


def of_days(now: Published) -> int | None:
    """Return how many of the day's number died within its days, None where the publisher gives no number for them.

    >>> of_days(Published(day=date(2025, 1, 11), total=46537, of_day=531, added={"committee": 499}))
    32
    """
    if now.of_day is None:
        return None
    return now.of_day - sum(now.added.values())


def _step(kind: Oddity, before: Published, now: Published, expected: int, observed: int) -> Anomaly:
    labels = (before.label, now.label) if before.label != now.label else None
    return Anomaly(kind=kind, day=now.day, since=before.day, expected=expected, observed=observed, labels=labels)


def _of_day(now: Published, decided: frozenset[str]) -> Iterator[Anomaly]:
    if now.of_day is None:
        return
    earlier = sum(n for kind, n in now.added.items() if kind in decided)
    if earlier:
        yield _step(Oddity.RETROACTIVE, now, now, now.of_day, earlier)
    parts = sum(now.added.values()) + (now.new or 0)
    if now.new is not None and parts != now.of_day:
        yield _step(Oddity.PARTS, now, now, now.of_day, parts)


def _differences(ordered: Sequence[Published]) -> Iterator[Anomaly]:
    """Yield where the day's number is not what the total grew by, told apart by what explains it."""
    steps = [
        (before, now, now.of_day - (now.total - before.total))
        for before, now in pairwise(ordered)
        if now.of_day is not None
    ]
    made_up = 0  # how many steps are still explained by the one before them
    for n, (before, now, off) in enumerate(steps):
        if not off or now.total < before.total:  # a fall is told as one
            continue
        assert now.of_day is not None  # noqa: S101 - for the type checker
        grew = now.total - before.total
        following = steps[n + 1] if n + 1 < len(steps) and steps[n + 1][0] is now else None
        if made_up == n and n:
            yield _step(Oddity.SHIFTED, before, now, now.of_day, grew)
        elif following is not None and following[2] == -off:
            made_up = n + 1
            yield _step(Oddity.SHIFTED, before, now, now.of_day, grew)
        elif (now.day - before.day).days > now.covers and grew > now.of_day:
            yield _step(Oddity.GAP, before, now, now.of_day, grew)
        else:
            yield _step(Oddity.UNEXPLAINED, before, now, now.of_day, grew)


def _jumps(ordered: Sequence[Published]) -> Iterator[Anomaly]:
    """Yield where a total without a number of its own for the time grows far faster than in the time before."""
    speed: float | None = None
    settled = ordered[0].day + timedelta(days=JUMP_AFTER) if ordered else date.max
    for before, now in pairwise(ordered):
        rise, days = now.total - before.total, max(1, (now.day - before.day).days)
        if now.of_day is not None or rise < 0:
            continue  # explained, or odd already
        old = before.day >= settled
        if speed is not None and old and rise >= JUMP_SHARE * before.total and rise / days >= JUMP_TIMES * speed:
            yield _step(Oddity.JUMP, before, now, before.total, now.total)
        speed = rise / days
