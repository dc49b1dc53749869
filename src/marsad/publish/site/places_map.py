"""The map: drawn here as SVG for every reader, and as GeoJSON for readers whose browser runs scripts."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from marsad.publish.formats.geojson import meaning_of
from marsad.publish.public import PublicIncident, PublicPlace
from marsad.publish.site.draw import el, isolated, width_of
from marsad.publish.site.land import Area, Box, Land, Name, Ring, centre_of, mercator
from marsad.publish.site.speaker import Speaker
from marsad.publish.totals import killed_range

Place = tuple[float, float, str | None]
"""Where a name may stand beside its spot: right and down from it, and how it is anchored."""

WIDTH = 720.0
_LARGEST = 26.0
_FINEST = 1.5
_HEAVIEST, _ROUGHEST = 20_000, 5
"""Characters that outlines may have, and how often they are drawn more roughly until they do."""
_DRAWN = 40
"""Places that are drawn: the largest. More would crowd a phone and weigh on a slow line; the moving map has them all."""
_LISTED = 12
"""Incidents of one place that are named on the moving map: the latest."""
"""Units: points of a border that lie closer than this to the last one are left out."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one or more incidents lie: a point, or the area of which no more is known."""

    place: PublicPlace
    incidents: tuple[PublicIncident, ...]
    longitude: float
    latitude: float
    area: Area | None

    @property
    def range(self) -> tuple[int, int | None]:
        """How many were killed there, summed over the incidents: lowest and highest count, None without upper bound."""
        return killed_range(self.incidents)


def spots_of(incidents: Iterable[PublicIncident], land: Land) -> list[Spot]:
    """Return where incidents lie, those of one place together, in the order of their first incident."""
    groups: dict[tuple[object, ...], list[PublicIncident]] = defaultdict(list)
    for incident in incidents:
        place = incident.place
        if place is not None and meaning_of(place) != "unknown":
            groups[place.latitude, place.longitude, place.precision, place.name].append(incident)
    spots = []
    for together in groups.values():
        place = together[0].place
        assert place is not None  # noqa: S101 - only placed incidents were grouped
        area = land.area_for(place) if meaning_of(place) == "stands_for_area" else None
        x, y = (place.longitude or 0.0, place.latitude or 0.0) if area is None else centre_of(area)
        spots.append(Spot(place, tuple(together), x, y, area))
    return spots


def radius(n: int, largest: int) -> float:
    """Return the radius of a disc whose area stands for n people, in pixels; nobody has no disc."""
    return 0.0 if n <= 0 else max(3.5, _LARGEST * math.sqrt(n / max(largest, 1)))


def static_map(spots: list[Spot], land: Land, speaker: Speaker) -> Markup:
    """Return the map as SVG; empty where no incident has a known place."""
    if not spots:
        return Markup()
    paper, lines = drawn_land(land)
    largest = max(max(spot.range[1] or 0, spot.range[0]) for spot in spots)
    spots = sorted(spots, key=lambda spot: -max(spot.range[1] or 0, spot.range[0]))[:_DRAWN]
    taken: list[Box] = []
    areas = [_area(spot, paper, speaker, taken) for spot in spots if spot.area is not None]
    points = [_point(spot, paper, speaker, largest, taken) for spot in spots if spot.area is None]
    names = [_country_name(name, paper, speaker, taken) for name in land.names]
    return el(
        "svg",
        *lines,
        *names,
        *areas,
        *points,
        viewBox=f"0 0 {WIDTH:.0f} {paper.height:.0f}",
        class_="static-map",
        role="group",
        aria_label=speaker.plain("map.label"),
        direction="rtl" if speaker.rtl else None,
    )


def drawn_land(land: Land) -> tuple["Paper", list[Markup]]:
    """Return ground, provinces and borders, as finely as their weight allows, and the paper that they are drawn on."""
    paper, drawn = Paper(land.frame, _FINEST), [Markup()]
    for finest in (_FINEST * 1.5**n for n in range(_ROUGHEST)):
        paper = Paper(land.frame, finest)
        solid = [area for area in land.areas if area.kind not in ("country", "province")]
        inner = [area for area in land.areas if area.kind == "province"]
        drawn = [
            el("path", d="".join(map(paper.outline, solid)), class_="ground"),
            el("path", d="".join(map(paper.outline, inner)), class_="province") if inner else Markup(),
            el(
                "path",
                d="".join(paper.broken(line) for one in land.borders for line in one.lines if paper.seen(line)),
                class_="border",
            ),
        ]
        if sum(map(len, drawn)) <= _HEAVIEST:
            break
    return paper, drawn


def marks_geojson(spots: list[Spot], speakers: list[Speaker]) -> bytes:
    """Return the spots for the map that scripts draw: points with radii, areas as polygons, words in every language."""
    largest = max((max(spot.range[1] or 0, spot.range[0]) for spot in spots), default=1)
    features = [_mark(spot, largest, speakers) for spot in spots]
    data = {"type": "FeatureCollection", "largest": largest, "features": features}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _mark(spot: Spot, largest: int, speakers: list[Speaker]) -> dict[str, object]:
    low, high = spot.range
    said: dict[str, object] = {"kind": "area" if spot.area else meaning_of(spot.place)}
    said["r_low"] = round(radius(low, largest), 1)
    said["r_high"] = round(radius(low if high is None else high, largest), 1)
    said["days"] = [[one.occurred_to and one.occurred_to.isoformat(), *_ends(one)] for one in spot.incidents]
    newest = sorted(spot.incidents, key=lambda one: (one.occurred_to or date.min, one.code), reverse=True)[:_LISTED]
    said["more"] = len(spot.incidents) - len(newest)
    for speaker in speakers:
        said[f"name_{speaker.lang}"] = speaker.place(spot.place)
        said[f"lines_{speaker.lang}"] = [
            {
                "code": str(one.code),
                "when": speaker.when(one, short=True),
                "killed": speaker.range(*killed_range([one])),
            }
            for one in newest
        ]
    geometry: dict[str, object] = {"type": "Point", "coordinates": [spot.longitude, spot.latitude]}
    if spot.area is not None:
        geometry = {"type": "MultiPolygon", "coordinates": spot.area.polygons}
        said["at"] = [round(spot.longitude, 3), round(spot.latitude, 3)]
    return {"type": "Feature", "geometry": geometry, "properties": said}


def _ends(incident: PublicIncident) -> tuple[int, int]:
    low, high = killed_range([incident])
    return low, low if high is None else high


class Paper:
    """The frame in Mercator's projection on paper of a fixed width."""

    def __init__(self, frame: Box, finest: float) -> None:
        self.frame, self.finest = frame, finest
        self.west, self.east = frame[0], frame[2]
        self.top = mercator(frame[3])
        self.unit = WIDTH / (self.east - self.west)
        self.height = (self.top - mercator(frame[1])) * self.unit

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies on the paper, from its left and top."""
        return (longitude - self.west) * self.unit, (self.top - mercator(latitude)) * self.unit

    def outline(self, area: Area) -> str:
        """Return the path of an area's rings, those too small to be seen left out."""
        rings = [self.broken(ring) for polygon in area.polygons for ring in polygon if self.seen(ring)]
        return "".join(f"{ring}Z" for ring in rings if ring)

    def seen(self, ring: Ring) -> bool:
        """Whether a ring is large enough to be seen at this fineness, and reaches into the frame."""
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        if min(xs) > self.frame[2] or max(xs) < self.frame[0] or min(ys) > self.frame[3] or max(ys) < self.frame[1]:
            return False
        return (max(xs) - min(xs) + max(ys) - min(ys)) * self.unit > 4 * self.finest

    def broken(self, line: Ring) -> str:
        """Return the path of a line, points too close to each other left out."""
        start, steps, last = "", [], (math.inf, math.inf)
        for longitude, latitude in line:
            x, y = self.at(longitude, latitude)
            x, y = round(x, 1), round(y, 1)
            if abs(x - last[0]) + abs(y - last[1]) < self.finest:
                continue
            if start:
                steps.append(f"{_short(x - last[0])} {_short(y - last[1])}")
            else:
                start = f"M{_short(x)} {_short(y)}l"
            last = (x, y)
        return start + " ".join(steps) if steps else ""


def _short(number: float) -> str:
    """Return a number with one decimal, without what can be left out: paths are most of a drawn map's weight."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def _area(spot: Spot, paper: Paper, speaker: Speaker, taken: list[Box]) -> Markup:
    assert spot.area is not None  # noqa: S101 - called for areas only
    outline = paper.outline(spot.area)
    shape = el("path", d=outline, class_="area") + el("path", d=outline, fill="url(#hatch)", class_="area-hatch")
    x, y = paper.at(spot.longitude, spot.latitude)
    return _linked(spot, shape, _label(spot, speaker, x, y, 0, taken, paper), speaker)


def _point(spot: Spot, paper: Paper, speaker: Speaker, largest: int, taken: list[Box]) -> Markup:
    x, y = paper.at(spot.longitude, spot.latitude)
    low, high = spot.range
    outer = radius(low if high is None else high, largest)
    near = " near" if meaning_of(spot.place) == "near" else ""
    shape = el("circle", cx=x, cy=y, r=outer, class_=f"maybe{near}")
    shape += el("circle", cx=x, cy=y, r=radius(low, largest), class_=f"sure{near}")
    return _linked(spot, shape, _label(spot, speaker, x, y, outer, taken, paper), speaker)


def _linked(spot: Spot, shape: Markup, label: Markup, speaker: Speaker) -> Markup:
    one = spot.incidents[0]
    target = f"incident/{one.code}.html" if len(spot.incidents) == 1 else "#incidents"
    title = speaker.plain("map.spot", place=isolated(speaker.place(spot.place)), killed=speaker.range(*spot.range))
    return el("a", el("title", title), shape, label, href=target, class_="spot")


def _label(spot: Spot, speaker: Speaker, x: float, y: float, r: float, taken: list[Box], paper: Paper) -> Markup:
    """The name beside the spot where it meets no other name, else nothing: the table has every name."""
    name, size = speaker.place(spot.place), 26.0
    wide = width_of(name, size)
    after: Place = (r + 8, 8.0, "end" if speaker.rtl else None)
    before: Place = (-r - 8 - wide, 8.0, None if speaker.rtl else "end")
    middle: list[Place] = [(-wide / 2, 8.0, "middle")]
    around: list[Place] = [after, before, (-wide / 2, r + 28, "middle"), (-wide / 2, -r - 10, "middle")]
    for dx, dy, anchor in around if r else middle:
        box = (x + dx, y + dy - size, x + dx + wide, y + dy + 6)
        inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < paper.height - 2
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            at = x if anchor == "middle" else box[0] if dx > 0 else box[2]
            return el("text", name, x=at, y=y + dy, class_="spot-name", text_anchor=anchor)
    return Markup()


def _country_name(country: Name, paper: Paper, speaker: Speaker, taken: list[Box]) -> Markup:
    name, size = country.name_ar if speaker.rtl else country.name, 20.0
    x, y = paper.at(*country.at)
    wide = width_of(name, size) * 1.1
    box = (x - wide / 2, y - size, x + wide / 2, y + 6)
    inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < paper.height - 2
    if not inside or any(_meet(box, other) for other in taken):
        return Markup()
    taken.append(box)
    return el("text", name, x=x, y=y, class_="country-name", text_anchor="middle")


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
