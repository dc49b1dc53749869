"""Who held what, drawn by day: maps that follow each other behind a slider without scripts, and a band of days for a place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from marsad.publish.formats.context_files import placed
from marsad.publish.public import PublicHolding, PublicPoint, PublicText
from marsad.publish.site.draw import el, isolated, joined, width_of
from marsad.publish.site.land import Box, Land
from marsad.publish.site.places_map import WIDTH, Paper, drawn_land
from marsad.publish.site.speaker import Speaker

COLOURS = 8
"""Parties with a colour of their own: those that hold most; others are grey."""

_DRAWN = 60
"""Places that a map draws: those of which most is told. The table names them all."""
_NAME = 20.0
_RADIUS, _FACILITY = 9.0, 6.0
_BAND, _HIGH = 720.0, 20.0
_ROOM, _NARROWEST = 1.35, 3.0
"""How much wider than its places a map is, and how many degrees it shows at least."""


def shades_of(holdings: Sequence[PublicHolding]) -> dict[PublicText, int]:
    """Return the number of each party's colour, those first that hold most days; the ninth and later share the last."""
    days: dict[PublicText, int] = {}
    for one in holdings:
        for share in one.shares:
            days[share.party] = days.get(share.party, 0) + (one.last - one.first).days + 1
    ordered = sorted(days, key=lambda party: (-days[party], party))
    return {party: min(n, COLOURS) for n, party in enumerate(ordered)}


def ground(land: Land, points: Sequence[PublicPoint]) -> tuple[Paper, Markup]:
    """Return the paper that maps of these places are drawn on, and the land, drawn once for every map of a page to use."""
    paper, lines = drawn_land(replace(land, frame=_frame(land, points)))
    return paper, el(
        "svg", el("defs", el("g", *lines, id="land")), class_="patterns", aria_hidden="true", width=0.0, height=0.0
    )


def _frame(land: Land, points: Sequence[PublicPoint]) -> Box:
    """Return the part of the land's frame that holds the places with some room around them, as wide to high as the frame."""
    placed_at = [at for point in points if (at := placed(point)) is not None]
    if not placed_at:
        return land.frame
    west, south, east, north = land.frame
    x = (min(at[0] for at in placed_at) + max(at[0] for at in placed_at)) / 2
    y = (min(at[1] for at in placed_at) + max(at[1] for at in placed_at)) / 2
    share = max(
        (max(at[0] for at in placed_at) - min(at[0] for at in placed_at)) * _ROOM / (east - west),
        (max(at[1] for at in placed_at) - min(at[1] for at in placed_at)) * _ROOM / (north - south),
        _NARROWEST / (east - west),
    )
    if share >= 1:
        return land.frame
    wide, high = (east - west) * share / 2, (north - south) * share / 2
    x, y = min(max(x, west + wide), east - wide), min(max(y, south + high), north - high)
    return x - wide, y - high, x + wide, y + high


def day_map(
    holdings: Sequence[PublicHolding],
    points: Mapping[PublicText, PublicPoint],
    shades: Mapping[PublicText, int],
    paper: Paper,
    speaker: Speaker,
    day: date,
) -> Markup:
    """Return the map of one day: a disc for each place in the holder's colour, paler the less sure; a ring for a siege."""
    shown = [one for one in holdings if placed(points[one.point]) is not None]
    shown.sort(key=lambda one: (-len(one.statements), one.point, one.facility or ""))
    taken: list[tuple[float, float, float, float]] = []
    marks, names = [], []
    for one in shown[:_DRAWN]:
        at = placed(points[one.point])
        assert at is not None  # noqa: S101 - chosen above
        x, y = paper.at(*at)
        x = x + 14 if one.facility else x
        marks.append(_mark(one, x, y, shades, title(one, points, speaker)))
        names.append(_name(one, points, speaker, x, y, taken, paper.height))
    label = speaker.plain("context.map_label", day=speaker.day(day))
    box = f"0 0 {WIDTH:.0f} {paper.height:.0f}"
    return el(
        "svg",
        el("use", href="#land"),
        *marks,
        *names,
        viewBox=box,
        class_="static-map held",
        role="img",
        aria_label=label,
    )


def title(one: PublicHolding, points: Mapping[PublicText, PublicPoint], speaker: Speaker) -> str:
    """Return what a place is called, with what of it is meant."""
    point = points[one.point]
    name = speaker.own(point.name, point.name_ar)
    if one.facility is None:
        return name
    return speaker.plain(
        "context.facility_of", facility=speaker.term("facility", one.facility, str(one.facility)), place=name
    )


def band(
    runs: Sequence[PublicHolding], shades: Mapping[PublicText, int], days: tuple[date, date], speaker: Speaker
) -> Markup:
    """Return the days of one place as a band: the holder's colour, paler the less sure, gaps where nobody says anything."""
    first, last = days
    span = (last - first).days + 1
    parts = []
    for one in runs:
        left = (one.first - first).days / span * _BAND
        wide = ((one.last - one.first).days + 1) / span * _BAND
        left = _BAND - left - wide if speaker.rtl else left
        shade = shades[one.shares[0].party] if one.shares else COLOURS
        opacity = f"{max(0.2, 1 - one.unsure):.2f}"
        split = [s for s in one.shares if s.share > 0]
        high = _HIGH / max(1, len(split))
        for n, share in enumerate(split[:4]):
            parts.append(
                el(
                    "rect",
                    x=left,
                    y=n * high,
                    width=wide,
                    height=high,
                    class_=f"p{shades[share.party]}",
                    opacity=opacity,
                )
            )
        if not split:
            parts.append(
                el("rect", x=left, y=0.0, width=wide, height=_HIGH, class_=f"p{shade} fought", opacity=opacity)
            )
    said = speaker.plain("context.band_label", a=speaker.day(first), b=speaker.day(last))
    return el(
        "svg", *parts, viewBox=f"0 0 {_BAND:.0f} {_HIGH:.0f}", class_="held-band", role="img", aria_label=said,
        preserveAspectRatio="none",
    )  # fmt: skip


def _mark(one: PublicHolding, x: float, y: float, shades: Mapping[PublicText, int], called: str) -> Markup:
    r = _FACILITY if one.facility else _RADIUS
    opacity = f"{max(0.25, 1 - one.unsure):.2f}"
    parts = [el("title", isolated(called)), el("circle", cx=x, cy=y, r=r, class_="under")]
    held = [share for share in one.shares if share.share > 0][:2]
    if len(held) == 2:
        left = f"M{x:.1f} {y - r:.1f}A{r} {r} 0 0 0 {x:.1f} {y + r:.1f}Z"
        right = f"M{x:.1f} {y - r:.1f}A{r} {r} 0 0 1 {x:.1f} {y + r:.1f}Z"
        parts += [
            el("path", d=d, class_=f"p{shades[share.party]}", opacity=opacity)
            for d, share in zip((left, right), held, strict=True)
        ]
    elif held:
        parts.append(el("circle", cx=x, cy=y, r=r, class_=f"p{shades[held[0].party]}", opacity=opacity))
    if one.verdict == "contested":
        parts.append(
            el(
                "path",
                d=f"M{x - r:.1f} {y - r:.1f}l{2 * r:.0f} {2 * r:.0f}m0 {-2 * r:.0f}l{-2 * r:.0f} {2 * r:.0f}",
                class_="fight",
            )
        )
    if one.besieged:
        parts.append(el("circle", cx=x, cy=y, r=r + 4, class_="siege"))
    return joined([el("g", *parts)])


def _name(
    one: PublicHolding,
    points: Mapping[PublicText, PublicPoint],
    speaker: Speaker,
    x: float,
    y: float,
    taken: list[tuple[float, float, float, float]],
    height: float,
) -> Markup:
    """The name beside the place where it meets no other; a facility goes by its place's name."""
    if one.facility is not None:
        return Markup()
    name = title(one, points, speaker)
    wide = width_of(name, _NAME)
    room = 20.0 if one.besieged else 13.0
    for dx in (room, -room - wide):
        box = (x + dx, y - _NAME, x + dx + wide, y + 8)
        inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < height - 2
        if inside and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
            taken.append(box)
            return el("text", name, x=box[0], y=y + 6, class_="spot-name", direction="ltr")
    return Markup()
