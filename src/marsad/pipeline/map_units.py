"""Units in which places are drawn together on a map: cells of the H3 grid, and provinces."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from marsad.context.areas import inside
from marsad.model import Wrong
from marsad.pipeline.assets import asset


@dataclass(frozen=True, slots=True)
class Unit:
    """A cell or a province: `name` names it alone, `called` is what people call it, None for a cell.

    `silent` is how many places of which nobody speaks are thought to lie in it beside those of which somebody does.
    """

    kind: str
    name: str
    called: str | None
    called_ar: str | None
    geometry: dict[str, Any]
    silent: int = 0


_SILENT = 3
"""Of a province: it takes more than three places that agree before most of it is said to be anybody's."""

UnitOf = Callable[[float, float, str], Unit | None]
"""Gives the unit of a latitude, a longitude and a country, None where there is none."""


def cell_of(resolution: int) -> UnitOf:
    """Return what gives the H3 cell of a point; raises Wrong where h3 is not installed."""
    try:
        import h3
    except ImportError as fault:
        raise Wrong(
            "--cells", resolution, "needs h3, which is not installed", 'pip install "marsad[context]"'
        ) from fault

    @cache
    def unit(cell: str) -> Unit:
        ring = [[round(lon, 5), round(lat, 5)] for lat, lon in h3.cell_to_boundary(cell)]
        return Unit("cell", cell, None, None, {"type": "Polygon", "coordinates": [[*ring, ring[0]]]})

    return lambda latitude, longitude, _country: unit(h3.latlng_to_cell(latitude, longitude, resolution))


def province_of() -> UnitOf:
    """Return what gives the province of a point, by the boundaries that the map is drawn with."""

    def unit(latitude: float, longitude: float, country: str) -> Unit | None:
        for feature in _provinces(country):
            geometry = feature["geometry"]
            parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            if inside(longitude, latitude, parts):
                about = feature["properties"]
                return Unit("province", about["iso_3166_2"], about["name"], about["name_ar"], geometry, _SILENT)
        return None

    return unit


@cache
def _provinces(country: str) -> list[dict[str, Any]]:
    file = asset("boundaries") / f"{country}.json"
    if not (country.isalpha() and file.is_file()):
        return []
    features: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["features"]
    return features


def ground(countries: Iterable[str]) -> list[dict[str, Any]]:
    """Return the provinces of these countries, to be drawn under a map."""
    return [feature for country in sorted(set(countries)) for feature in _provinces(country)]
