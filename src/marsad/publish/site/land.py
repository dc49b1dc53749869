"""Land and borders within a frame: what a map is drawn on, read from the GeoJSON that a release carries."""

import json
import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from marsad.publish.public import PublicPlace

Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_GENERIC = re.compile(
    r"\b(governorate|province|region|state|district|oblast|al|ar|as|ash|ad|an|at|az|el)\b|محافظة|ولاية"
)
_HALF_CELL = {3: 0.15, 4: 0.5, 5: 0.5, 6: 1.5, 7: 1.0}
"""Half the width in degrees of the square that stands for an area whose border is not known, by where_prec."""


@dataclass(frozen=True, slots=True)
class Area:
    """A piece of land: its codes and names, and its polygons, each an outer ring and its holes.

    Kinds: `province` of a country in which incidents lie, `ground` of its neighbours, `country` as a whole; `square`
    stands for an area whose border is not known.
    """

    kind: str
    country: str
    code: str
    name: str
    name_ar: str
    polygons: list[list[Ring]]


@dataclass(frozen=True, slots=True)
class Border:
    """Where a country ends, as broken lines."""

    country: str
    lines: list[Ring]


@dataclass(frozen=True, slots=True)
class Name:
    """What a country is called, and where on the map its name belongs."""

    name: str
    name_ar: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Land:
    """Everything within the frame."""

    frame: Box
    areas: list[Area]
    borders: list[Border]
    names: list[Name]

    def area_for(self, place: PublicPlace) -> Area:
        """Return the area in which the place lies, as finely as it is known; a square where no border is known."""
        wanted = {_plain(name) for name in (place.admin1, place.name, place.name_ar) if name}
        if place.precision in (3, 4, 5):
            for area in self.areas:
                names = {_plain(area.name), _plain(area.name_ar), _plain(area.code)}
                if area.kind == "province" and area.country == place.country and names & wanted - {""}:
                    return area
        if place.precision == 6:
            for area in self.areas:
                if area.kind == "country" and area.country == place.country:
                    return area
        return _square(place)


def read_land(data: bytes) -> Land:
    """Return the land that `map/land.geojson` of a release holds."""
    read = json.loads(data)
    west, south, east, north = read["bbox"]
    areas, borders, names = [], [], []
    for feature in read["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        if about["kind"] == "border":
            lines = [[(p[0], p[1]) for p in line] for line in geometry["coordinates"]]
            borders.append(Border(about["country"], lines))
            continue
        if about["kind"] == "name":
            x, y = geometry["coordinates"]
            names.append(Name(about["name"], about["name_ar"], (x, y)))
            continue
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        polygons = [[[(p[0], p[1]) for p in ring] for ring in part] for part in parts]
        areas.append(Area(about["kind"], about["country"], about["code"], about["name"], about["name_ar"], polygons))
    return Land((west, south, east, north), areas, borders, names)


def centre_of(area: Area) -> tuple[float, float]:
    """Return a point in the middle of the area's largest part, longitude first."""
    ring = max((polygon[0] for polygon in area.polygons), key=_size)
    size = _signed(ring)
    if not size:
        return ring[0]
    x = sum((a[0] + b[0]) * _cross(a, b) for a, b in pairwise(ring)) / (6 * size)
    y = sum((a[1] + b[1]) * _cross(a, b) for a, b in pairwise(ring)) / (6 * size)
    return x, y


def mercator(latitude: float) -> float:
    """Return the height of a latitude in Mercator's projection, in degrees at the equator; poles are cut at 80."""
    bounded = max(-80.0, min(80.0, latitude))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


def _cross(a: tuple[float, float], b: tuple[float, float]) -> float:
    return a[0] * b[1] - b[0] * a[1]


def _signed(ring: Ring) -> float:
    return sum(_cross(a, b) for a, b in pairwise(ring)) / 2


def _size(ring: Ring) -> float:
    return abs(_signed(ring))


def _square(place: PublicPlace) -> Area:
    half = _HALF_CELL.get(place.precision or 7, 1.0)
    x, y = place.longitude or 0.0, place.latitude or 0.0
    ring = [
        (x - half, y - half),
        (x + half, y - half),
        (x + half, y + half),
        (x - half, y + half),
        (x - half, y - half),
    ]
    return Area("square", str(place.country or ""), "", str(place.name or ""), str(place.name_ar or ""), [[ring]])


def _plain(name: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]", "", _GENERIC.sub("", re.sub(r"[-'`ʻʿ]", " ", base))).replace("_", "")
