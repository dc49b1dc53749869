"""The timeline: for each day, month or year, how many were killed, from the lowest to the highest count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from marsad.publish.public import PublicCategory, PublicIncident, PublicMeasure
from marsad.publish.site.draw import Canvas, el, joined, ticks, top_of
from marsad.publish.site.speaker import Speaker

_HEIGHT, _TOP, _BOTTOM = 220.0, 14.0, 184.0
_DAYS, _MONTHS = 40, 30


@dataclass(frozen=True, slots=True)
class Bin:
    """What one stretch of time adds up to: sums of lows, bests and highs; `open_` if some have no upper bound."""

    start: date
    low: int
    best: int
    high: int
    open_: bool
    incidents: int


def timeline(incidents: Iterable[PublicIncident], policy: str, speaker: Speaker) -> Markup:
    """Return the timeline for wide and for narrow screens; empty where no incident has a day."""
    bins, unit = bins_of(incidents, policy)
    if not bins:
        return Markup()
    return joined(_drawing(bins, unit, speaker, width, name) for name, width in (("wide", 840.0), ("narrow", 358.0)))


def bins_of(incidents: Iterable[PublicIncident], policy: str) -> tuple[list[Bin], str]:
    """Return the bins from first to last without gaps, and their unit: day, month or year, by how long the time is."""
    dated = [one for one in incidents if one.occurred_from is not None]
    days = [one.occurred_from for one in dated if one.occurred_from is not None]
    if not days:
        return [], "day"
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month
    unit = "day" if (last - first).days <= _DAYS else "month" if months <= _MONTHS else "year"
    groups: dict[date, list[PublicIncident]] = defaultdict(list)
    for one, day in zip(dated, days, strict=True):
        groups[_start(day, unit)].append(one)
    return [_bin(start, groups[start], policy) for start in _starts(_start(first, unit), last, unit)], unit


def _start(day: date, unit: str) -> date:
    return day if unit == "day" else day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _starts(first: date, last: date, unit: str) -> Iterable[date]:
    at = first
    while at <= last:
        yield at
        at = _start(at + timedelta(days={"day": 1, "month": 32, "year": 367}[unit]), unit)


def _bin(start: date, incidents: list[PublicIncident], policy: str) -> Bin:
    figures = [
        figure
        for one in incidents
        for figure in one.figures
        if figure.policy == policy
        and figure.measure is PublicMeasure.KILLED
        and figure.category is PublicCategory.TOTAL
    ]
    known = [figure for figure in figures if figure.low is not None]
    low = sum(figure.low or 0 for figure in known)
    high = sum(max(figure.high or 0, figure.low or 0) for figure in known)
    best = sum(figure.best if figure.best is not None else figure.low or 0 for figure in known)
    open_ = any(figure.high is None for figure in known)
    return Bin(start, low, best, high, open_, len(incidents))


def _drawing(bins: list[Bin], unit: str, speaker: Speaker, width: float, name: str) -> Markup:
    canvas, left = Canvas(width, speaker.rtl), 44.0
    top = top_of(n for one in bins for n in (one.low, one.high))
    slot = (width - left - 8) / len(bins)
    bar = min(slot * 0.7, 36.0)

    def y(n: int) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * min(n, top) / top

    parts = []
    for n in ticks(top, 6):
        parts.append(canvas.line(left, y(n), width, y(n), "grid"))
        parts.append(canvas.text(left - 8, y(n) + 4, speaker.number(n), "tick", "end"))
    room = 64.0 if unit != "year" else 44.0
    every = max(1, round(room / slot + 0.49))
    for k, one in enumerate(bins):
        x = left + slot * (k + 0.5)
        parts.append(_column(canvas, speaker, unit, one, x, bar, y))
        if k % every == 0 and (x + room / 2 <= width or k == 0):
            parts.append(canvas.text(x, _BOTTOM + 20, _short(speaker, unit, one.start), "tick", "middle"))
    return canvas.sheet(_HEIGHT, speaker.plain("timeline.label"), f"timeline {name} c-killed", *parts)


def _column(canvas: Canvas, speaker: Speaker, unit: str, one: Bin, x: float, bar: float, y: "object") -> Markup:
    assert callable(y)  # noqa: S101
    if not one.incidents:
        return Markup()
    shown = speaker.range(one.low, None if one.open_ else one.high)
    title = el("title", speaker.plain("timeline.bin", when=_long(speaker, unit, one.start), killed=shown))
    parts = [title, canvas.box(x - bar / 2, y(one.low), x + bar / 2, _BOTTOM - y(one.low), "sure")]
    if one.high > one.low:
        parts.append(canvas.box(x - bar / 2, y(one.high), x + bar / 2, y(one.low) - y(one.high), "maybe"))
        parts.append(canvas.box(x - bar / 2 - 3, y(one.best) - 1.25, x + bar / 2 + 3, 2.5, "best-tick"))
    if one.open_:
        parts.append(canvas.path([(x - 4, y(one.high) - 5), (x, y(one.high) - 10), (x + 4, y(one.high) - 5)], "more"))
    return el("a", *parts, href="#incidents")


def _short(speaker: Speaker, unit: str, day: date) -> str:
    if unit == "day":
        return speaker.short_day(day)
    return (
        speaker.year(day.year)
        if unit == "year"
        else speaker.plain("day.short_month", m=speaker.plain(f"month_short.{day.month}"), y=speaker.year(day.year))
    )


def _long(speaker: Speaker, unit: str, day: date) -> str:
    return speaker.day(day) if unit == "day" else speaker.month(day) if unit == "month" else speaker.year(day.year)
