"""The land a release's map is drawn on: cut from the derived boundaries to the frame that its incidents need."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from marsad.model import Wrong
from marsad.publish.public import PublicIncident, PublicPlace

Feature = dict[str, Any]
Box = tuple[float, float, float, float]
Point = tuple[float, float]

_SMALLEST_SPAN = 5.0
"""Degrees: a map shows at least this much around a single place."""
_MOST_COUNTRIES = 25
_WIDEST_WITH_PROVINCES = 30.0
"""Countries and degrees: in a larger frame provinces are too small to see and are left out."""
_ASPECT = 1.6
_NOWHERE = "ZZ"
"""Areas without a country code: they have no name of their own to write on a map."""
_ROOM = {1: 0.0, 2: 0.3, 3: 0.5, 4: 1.5, 5: 1.5, 6: 4.0, 7: 3.0}
"""Degrees around a point that its area may fill, by where_prec."""
_REMEDY = "make the derived files first: make setup"


def land_for(incidents: Iterable[PublicIncident], folder: Path, also: Iterable[PublicPlace] = ()) -> bytes:
    """Return the land for a map of these incidents, and of the places `also`, as GeoJSON with the frame as its `bbox`.

    Provinces of the countries in which incidents are placed, the ground of their neighbours, borders and names, all cut
    to a little more than the frame. There is no feature without a placed incident. Raises Wrong where the boundaries
    were never derived.
    """
    places = [*(one.place for one in incidents if _is_placed(one)), *(one for one in also if one.latitude is not None)]
    frame = _frame([place for place in places if place is not None])
    countries = sorted({str(place.country) for place in places if place and place.country})
    features = [] if frame is None else list(_features(folder, countries, frame))
    data = {"type": "FeatureCollection", "bbox": list(frame or (-180.0, -60.0, 180.0, 75.0)), "features": features}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _is_placed(incident: PublicIncident) -> bool:
    return incident.place is not None and incident.place.latitude is not None


def _frame(places: list[PublicPlace]) -> Box | None:
    boxes = []
    for place in places:
        if place.latitude is not None and place.longitude is not None:
            room = _ROOM.get(place.precision or 7, 3.0)
            boxes.append((place.longitude - room, place.latitude - room, place.longitude + room, place.latitude + room))
    if not boxes:
        return None
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    x, y = (west + east) / 2, (south + north) / 2
    shrink = math.cos(math.radians(min(abs(y), 70.0)))
    wide, high = max(east - west, _SMALLEST_SPAN) * 1.2, max(north - south, 0.0) * 1.3
    wide = max(wide, high / shrink * _ASPECT)
    high = wide * shrink / _ASPECT
    box = (max(x - wide / 2, -180.0), max(y - high / 2, -75.0), min(x + wide / 2, 180.0), min(y + high / 2, 80.0))
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)


def _wider(box: Box, share: float) -> Box:
    x, y = (box[2] - box[0]) * share, (box[3] - box[1]) * share
    return round(box[0] - x, 3), round(box[1] - y, 3), round(box[2] + x, 3), round(box[3] + y, 3)


def _features(folder: Path, countries: list[str], frame: Box) -> Iterator[Feature]:
    """Yield ground, provinces, borders and names in the order of countries; land reaches a little beyond the frame."""
    seen, frame = frame, _wider(frame, 0.3)
    outlines = {f["properties"]["country"]: f for f in _read(folder, "countries")}
    cuts = {code: cut for code, feature in outlines.items() if (cut := _cut(feature, frame)) is not None}
    near = frame[2] - frame[0] <= _WIDEST_WITH_PROVINCES and len(cuts) <= _MOST_COUNTRIES
    for code, cut in cuts.items():
        about = outlines[code]["properties"]
        if near:
            kind = "province" if code in countries else "ground"
            cut_provinces = [(f, c) for f in _read(folder, code) if (c := _cut(f, frame)) is not None]
            for feature, part in cut_provinces:
                yield _named(part, kind, feature["properties"])
            yield _border(code, [part for _, part in cut_provinces], frame)
        else:
            yield _named(cut, "ground", about)
            yield _border(code, [cut], frame)
        if code in countries:
            yield _named(cut, "country", about)
        in_sight = _cut(outlines[code], seen)
        if code != _NOWHERE and in_sight is not None:
            yield _named({"type": "Point", "coordinates": _middle(in_sight)}, "name", about)


def _border(country: str, parts: list[Feature], frame: Box) -> Feature:
    """Return the edges that only one of the parts has: where the country ends, or meets the sea."""
    seen: Counter[tuple[Point, Point]] = Counter()
    runs: list[list[Point]] = []
    for ring in (ring for part in parts for polygon in part["coordinates"] for ring in polygon):
        points = [(x, y) for x, y in ring]
        runs.append(points)
        seen.update((min(a, b), max(a, b)) for a, b in pairwise(points))
    lines: list[list[Point]] = []
    for points in runs:
        going = False
        for a, b in pairwise(points):
            outer = seen[min(a, b), max(a, b)] == 1 and not _on_side(a, b, frame)
            if outer and going:
                lines[-1].append(b)
            elif outer:
                lines.append([a, b])
            going = outer
    said = {"kind": "border", "country": country}
    return {"type": "Feature", "properties": said, "geometry": {"type": "MultiLineString", "coordinates": lines}}


def _on_side(a: Point, b: Point, frame: Box) -> bool:
    """Whether the edge was made by the cut and is nobody's border."""
    west, south, east, north = (round(side, 3) for side in frame)
    return a[0] == b[0] in (west, east) or a[1] == b[1] in (south, north)


def _middle(geometry: Feature) -> list[float]:
    """Return the middle of the largest part of what is in the frame."""
    rings = [polygon[0] for polygon in geometry["coordinates"]]
    ring = max(rings, key=lambda one: (max(p[0] for p in one) - min(p[0] for p in one)) * len(one))
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2
    if abs(area) < 1e-9:
        return list(ring[0])
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)) / (6 * area)
    return [round(x, 2), round(y, 2)]


def _read(folder: Path, name: str) -> list[Feature]:
    path = folder / f"{name}.json"
    if not path.is_file():
        raise Wrong(str(path), None, "is not there, and maps are drawn from it", _REMEDY)
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _parsed(path: Path, _changed: int) -> list[Feature]:
    """Return the features of a file as it was at its last change: the maps of one desk are of few countries."""
    features: list[Feature] = json.loads(path.read_text("utf-8"))["features"]
    return features


def _named(geometry: Feature, kind: str, about: Feature) -> Feature:
    said = {"kind": kind, "country": about["country"], "code": about.get("iso_3166_2", about["country"])}
    said |= {"name": about["name"], "name_ar": about["name_ar"]}
    return {"type": "Feature", "properties": said, "geometry": geometry}


def _cut(feature: Feature, frame: Box) -> Feature | None:
    """Return the part of a polygon within the frame; edges along the frame's border belong to nothing."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    kept = []
    for part in parts:
        rings = [_clip(ring, frame) for ring in part]
        if len(rings[0]) >= 4:
            kept.append([ring for ring in rings if len(ring) >= 4])
    return {"type": "MultiPolygon", "coordinates": kept} if kept else None


def _clip(ring: list[list[float]], frame: Box) -> list[list[float]]:
    """Return the ring cut at the four sides of the frame (Sutherland and Hodgman, 1974)."""
    west, south, east, north = frame
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
        return []
    out = ring[:-1]
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        out = list(_side(out, axis, limit, sign))
    return [*out, out[0]] if out else []


def _side(points: Iterable[list[float]], axis: int, limit: float, sign: int) -> Iterator[list[float]]:
    points = list(points)
    for before, after in zip([*points[-1:], *points[:-1]], points, strict=True):
        inside, was_inside = sign * (after[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was_inside:
            share = (limit - before[axis]) / (after[axis] - before[axis])
            other = before[1 - axis] + share * (after[1 - axis] - before[1 - axis])
            crossing = [round(limit, 3), round(other, 3)]
            yield crossing if axis == 0 else crossing[::-1]
        if inside:
            yield after
