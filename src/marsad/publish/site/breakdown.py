"""Who, with what, whom and where: the killed by groups of incidents, each a band from the lowest to the highest count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from marsad.publish.public import PublicCategory, PublicFigure, PublicIncident, PublicMeasure
from marsad.publish.site.draw import Canvas, el, fitted, top_of
from marsad.publish.site.speaker import Speaker

MOST = 8
"""Groups that are shown by name; the rest are one group."""

_ROW, _LABEL_SIZE = 40.0, 14.0


@dataclass(frozen=True, slots=True)
class Part:
    """A group of incidents: its name (None: not known), sums of lows, bests (None unless each has one) and highs.

    `open_` says that one of them has no upper bound.
    """

    name: str | None
    low: int
    best: int | None
    high: int
    open_: bool
    incidents: int


Name = Callable[[PublicIncident], str | None]


def parts_of(incidents: Iterable[PublicIncident], policy: str, name: Name) -> list[Part]:
    """Return the groups by what they are called, largest first; those without a name last."""
    groups: dict[str | None, list[PublicFigure | None]] = {}
    for one in incidents:
        groups.setdefault(name(one), []).append(killed(one, policy, PublicCategory.TOTAL))
    found = [_part(key, figures) for key, figures in groups.items()]
    return sorted(found, key=lambda part: (part.name is None, -part.high, part.name or ""))


def statuses_of(incidents: Iterable[PublicIncident], policy: str) -> list[Part]:
    """Return civilians and combatants as far as they are told apart."""
    incidents = list(incidents)
    out = []
    for category in (PublicCategory.CIVILIANS, PublicCategory.COMBATANTS):
        figures = [killed(one, policy, category) for one in incidents]
        known = [figure for figure in figures if figure is not None and figure.low is not None]
        if known:
            out.append(_part(category.value, known))
    return out


def killed(incident: PublicIncident, policy: str, category: PublicCategory) -> PublicFigure | None:
    """Return the figure of the killed of a category under a policy; None where there is none."""
    for one in incident.figures:
        if one.policy == policy and one.measure is PublicMeasure.KILLED and one.category is category:
            return one
    return None


def bars(parts: list[Part], name: Callable[[Part], str], rest: str, speaker: Speaker, label: str) -> Markup:
    """Return the groups as bands on one axis, for wide and for narrow screens; empty without groups."""
    if not parts:
        return Markup()
    shown = parts if len(parts) <= MOST + 1 else [*parts[:MOST], _together(parts[MOST:])]
    names = [rest if n == MOST and len(parts) > MOST + 1 else name(part) for n, part in enumerate(shown)]
    return Markup().join(
        _drawing(shown, names, speaker, width, which, label) for which, width in (("wide", 840.0), ("narrow", 358.0))
    )


def _drawing(parts: list[Part], names: list[str], speaker: Speaker, width: float, which: str, label: str) -> Markup:
    canvas = Canvas(width, speaker.rtl)
    beside = which == "wide"
    left = 250.0 if beside else 0.0
    right = width - 150.0
    top = top_of(n for part in parts for n in (part.low, part.high))
    row = _ROW if beside else _ROW + 16

    def x(n: int) -> float:
        return left + (right - left) * min(n, top) / top

    drawn = []
    for n, (part, name) in enumerate(zip(parts, names, strict=True)):
        middle = n * row + (row / 2 if beside else row - 14)
        reach = speaker.range(part.low, None if part.open_ else part.high)
        pieces: list[Markup] = [el("title", f"{name}: {reach}")]
        if beside:
            pieces.append(canvas.text(0, middle + 5, fitted(name, _LABEL_SIZE, left - 16), "who"))
        else:
            pieces.append(canvas.text(0, middle - 14, fitted(name, _LABEL_SIZE, width - 8), "who"))
        pieces.append(canvas.box(left, middle - 7, max(x(part.low), left + 1), 14, "sure"))
        if part.high > part.low:
            pieces.append(canvas.box(x(part.low), middle - 7, x(part.high), 14, "maybe"))
        if part.best is not None and part.high > part.low:
            pieces.append(canvas.box(x(part.best) - 1.25, middle - 10, x(part.best) + 1.25, 20, "best-tick"))
        pieces.append(canvas.text(x(part.high) + 8, middle + 5, reach, "said"))
        drawn.append(el("a", *pieces, href="#incidents"))
    return canvas.sheet(len(parts) * row + 4, label, f"breakdown {which} c-killed", *drawn)


def _part(name: str | None, figures: Iterable[PublicFigure | None]) -> Part:
    figures = list(figures)
    known = [figure for figure in figures if figure is not None and figure.low is not None]
    low = sum(figure.low or 0 for figure in known)
    high = sum(max(figure.high or 0, figure.low or 0) for figure in known)
    bests = [figure.best for figure in known if figure.best is not None]
    best = sum(bests) if len(bests) == len(known) else None
    return Part(name, low, best, high, any(figure.high is None for figure in known), len(figures))


def _together(parts: list[Part]) -> Part:
    low, high, incidents = (sum(getattr(part, end) for part in parts) for end in ("low", "high", "incidents"))
    bests = [part.best for part in parts if part.best is not None]
    best = sum(bests) if len(bests) == len(parts) else None
    return Part(None, low, best, high, any(part.open_ for part in parts), incidents)
