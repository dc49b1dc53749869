"""Where reports speak of, and where nobody reports from: provinces drawn by how many origins speak of them."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from marsad.pipeline.assets import asset
from marsad.publish.site.draw import el
from marsad.publish.site.land import mercator
from marsad.publish.site.speaker import Speaker
from marsad.text.normal import bare, fold, skeleton
from marsad.text.words import say

_WIDTH = 720.0
_MOST_COUNTRIES = 3
_FINEST = 0.8

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Covered:
    """A province, how many origins speak of it, its incidents, the last of these; `silent` where nobody does, or not lately."""

    name: str
    name_ar: str
    country: str
    rings: tuple[Ring, ...]
    origins: int
    incidents: int
    last: date | None
    silent: bool


def covered(rows: Iterable[Mapping[str, Any]], quiet: timedelta) -> list[Covered]:
    """Return the provinces of the countries that reports speak of most, with what is known of each.

    `rows` are areas of the index. A province is silent where its last incident lies `quiet` before the last one anywhere.
    """
    told = [row for row in rows if row["country"]]
    by_country: dict[str, int] = {}
    for row in told:
        by_country[row["country"]] = by_country.get(row["country"], 0) + int(row["incidents"])
    chosen = sorted(by_country, key=lambda c: (-by_country[c], c))[:_MOST_COUNTRIES]
    days = [date.fromisoformat(row["last"]) for row in told if row["last"]]
    newest = max(days, default=None)
    out = []
    for country in chosen:
        known = _by_name([row for row in told if row["country"] == country])
        for feature in _features(country):
            about = feature["properties"]
            mine = next((known[key] for key in _keys(about["name"], about["name_ar"]) if key in known), None)
            last = date.fromisoformat(mine["last"]) if mine and mine["last"] else None
            silent = last is None or newest is None or newest - last > quiet
            spoken = (int(mine["origins"]), int(mine["incidents"])) if mine else (0, 0)
            name_ar = about["name_ar"] or ""
            out.append(Covered(about["name"], name_ar, country, _rings(feature), *spoken, last, silent))
    return out


def coverage_map(areas: Sequence[Covered], lang: str) -> Markup:
    """Return the provinces as SVG: the more origins, the darker; hatched where nobody reports from. Empty for none."""
    points = [point for area in areas for ring in area.rings for point in ring]
    if not points:
        return Markup()
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = max(mercator(p[1]) for p in points), min(mercator(p[1]) for p in points)
    unit = _WIDTH / max(east - west, 0.01)
    most = max((area.origins for area in areas), default=1) or 1
    shapes = []
    for area in areas:
        line = "".join(_path(ring, west, top, unit) for ring in area.rings)
        name = area.name_ar if lang == "ar" and area.name_ar else area.name
        key = "coverage.silent" if not area.origins else "coverage.quiet" if area.silent else "coverage.spoken"
        said = say("desk", lang, key, {"name": name, "origins": Speaker(lang).number(area.origins)})
        style = "silent" if not area.origins else f"share-{max(1, math.ceil(4 * area.origins / most))}"
        fill = "url(#hatch)" if not area.origins else None
        shapes.append(el("path", el("title", said), d=line, class_=f"province-{style}", fill=fill))
    height = (top - bottom) * unit
    label = say("desk", lang, "coverage.label")
    return el("svg", *shapes, viewBox=f"0 0 {_WIDTH:.0f} {height:.0f}", class_="coverage", role="img", aria_label=label)


def _by_name(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        for key in _keys(row["admin1"] or ""):
            found.setdefault(key, row)
    return found


def _keys(*names: str | None) -> list[str]:
    """Return what a province's name is compared by: its letters, then its consonants."""
    plain = [bare(fold(name)) for name in names if name]
    return [*plain, *(f"~{skeleton(one)}" for one in plain if len(one) > 3)]


def _features(country: str) -> list[dict[str, Any]]:
    path = asset("boundaries") / f"{country}.json"
    if not path.is_file():
        return []
    features: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return features


def _rings(feature: Mapping[str, Any]) -> tuple[Ring, ...]:
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return tuple(ring for part in parts for ring in part)


def _path(ring: Ring, west: float, top: float, unit: float) -> str:
    out, last = [], (math.inf, math.inf)
    for x, y in ring:
        at = ((x - west) * unit, (top - mercator(y)) * unit)
        if abs(at[0] - last[0]) + abs(at[1] - last[1]) >= _FINEST:
            out.append(f"{at[0]:.1f} {at[1]:.1f}")
            last = at
    return "M" + " ".join(out) + "Z" if len(out) > 2 else ""
