"""How it adds up: the killed up to each day, a band from the sum of the lows to the sum of the highs, a line at the best."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from marsad.publish.public import PublicCategory, PublicIncident
from marsad.publish.site.breakdown import killed
from marsad.publish.site.draw import Canvas, el, joined, ticks, top_of
from marsad.publish.site.speaker import Speaker

Point = tuple[date, int, int, int]
"""A day, and the sums of lows, bests and highs up to its end."""

_HEIGHT, _TOP, _BOTTOM, _LEFT = 240.0, 14.0, 204.0, 52.0
_BEYOND = 0.08
"""Of the span of days: so far the axis goes on after the last one, so that the last sum can be seen."""
_MOST = 60
"""Points that are drawn: more would not be seen."""


def points_of(incidents: Iterable[PublicIncident], policy: str) -> list[Point]:
    """Return the sums up to each day on which something happened; an incident of several days counts on its last."""
    days: dict[date, list[int]] = {}
    for one in incidents:
        figure = killed(one, policy, PublicCategory.TOTAL)
        if one.occurred_to is None or figure is None or figure.low is None:
            continue
        sums = days.setdefault(one.occurred_to, [0, 0, 0])
        best = figure.best if figure.best is not None else figure.low
        for n, number in enumerate((figure.low, best, max(figure.high or 0, figure.low))):
            sums[n] += number
    low = best = high = 0
    out = []
    for day in sorted(days):
        low, best, high = low + days[day][0], best + days[day][1], high + days[day][2]
        out.append((day, low, best, high))
    return out


def curve(incidents: Iterable[PublicIncident], policy: str, speaker: Speaker) -> Markup:
    """Return the curve for wide and for narrow screens; empty with fewer than two days."""
    points = points_of(incidents, policy)
    if len(points) < 2:
        return Markup()
    return joined(_drawing(points, speaker, width, name) for name, width in (("wide", 840.0), ("narrow", 358.0)))


def thinned(points: list[Point], most: int = _MOST) -> list[Point]:
    """Return at most `most` of the points, first and last among them.

    >>> [n for _, n, _, _ in thinned([(date(2014, 1, 1 + n), n, n, n) for n in range(9)], 3)]
    [0, 4, 8]
    """
    if len(points) <= most:
        return points
    return [points[round(n * (len(points) - 1) / (most - 1))] for n in range(most)]


def _drawing(points: list[Point], speaker: Speaker, width: float, name: str) -> Markup:
    canvas = Canvas(width, speaker.rtl)
    right = width - 12.0
    first, last = points[0][0].toordinal(), points[-1][0].toordinal()
    beyond = last + max(1, round((last - first) * _BEYOND))
    top = top_of(high for _, _, _, high in points)
    points = thinned(points)

    def at(day: date, n: int) -> tuple[float, float]:
        x = _LEFT + (right - _LEFT) * (day.toordinal() - first) / max(beyond - first, 1)
        return x, _BOTTOM - (_BOTTOM - _TOP) * n / top

    parts = []
    for n in ticks(top, 6):
        y = at(points[0][0], n)[1]
        parts.append(canvas.line(_LEFT, y, right, y, "grid"))
        parts.append(canvas.text(_LEFT - 8, y + 4, speaker.number(n), "tick", "end"))
    lows = _steps([at(day, low) for day, low, _, _ in points], right)
    bests = _steps([at(day, best) for day, _, best, _ in points], right)
    highs = _steps([at(day, high) for day, _, _, high in points], right)
    shape = "M" + " ".join(f"{canvas.x(x):.1f} {y:.1f}" for x, y in [*highs, *reversed(lows)]) + "Z"
    parts.append(el("path", el("title", speaker.plain("curve.label")), d=shape, class_="maybe"))
    parts.append(canvas.path(bests, "step"))
    parts.append(canvas.text(_LEFT, _BOTTOM + 22, speaker.short_day(points[0][0], year=True), "tick"))
    parts.append(
        canvas.text(at(points[-1][0], 0)[0], _BOTTOM + 22, speaker.short_day(points[-1][0], year=True), "tick", "end")
    )
    return canvas.sheet(_HEIGHT, speaker.plain("curve.label"), f"curve {name} c-killed", *parts)


def _steps(points: list[tuple[float, float]], end: float) -> list[tuple[float, float]]:
    """Return the points as a staircase up to `end`: a sum stays as it is until the day on which it grows."""
    out = points[:1]
    for x, y in points[1:]:
        out += [(x, out[-1][1]), (x, y)]
    return [*out, (end, out[-1][1])]
