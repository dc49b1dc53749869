"""GeoJSON and GeoParquet: geometry and metadata by RFC 7946 and GeoParquet 1.1."""

import io
import json
import struct
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.publish.checks.fault import Fault

LARGEST = 500_000_000
"""Bytes of a file that is read whole."""

_WKB = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}
_POINT = struct.Struct("<BIdd")


def geojson_faults(data: bytes) -> Iterator[Fault]:
    """Yield everything in which this is no collection of features as a release has them: points, whole properties.

    Features count as rows from 1. Source: RFC 7946.
    """
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as fault:
        yield Fault(0, "", "", f"is no JSON: {fault}")
        return
    if (
        not isinstance(told, dict)
        or told.get("type") != "FeatureCollection"
        or not isinstance(told.get("features"), list)
    ):
        yield Fault(0, "type", "", "is no FeatureCollection with a list of features")
        return
    if "crs" in told:
        yield Fault(0, "crs", "", "is not in RFC 7946: all coordinates are WGS 84")
    seen: dict[str, int] = {}
    for number, feature in enumerate(told["features"], 1):
        if (
            not isinstance(feature, dict)
            or feature.get("type") != "Feature"
            or not isinstance(feature.get("properties"), dict)
        ):
            yield Fault(number, "type", "", "is no Feature with properties")
            continue
        yield from _geometry(number, feature.get("geometry", "missing"))
        yield from _properties(number, feature["properties"])
        name = str(feature.get("id", ""))
        if name and seen.setdefault(name, number) != number:
            yield Fault(number, "id", name, f"stands in feature {seen[name]} already")


def _geometry(number: int, geometry: Any) -> Iterator[Fault]:
    if geometry is None:
        return
    if not isinstance(geometry, dict):
        yield Fault(number, "geometry", str(geometry), "is neither an object nor null")
        return
    if geometry.get("type") != "Point":
        yield Fault(number, "geometry", str(geometry.get("type")), "is no Point")
        return
    point = geometry.get("coordinates")
    if not isinstance(point, list) or len(point) not in (2, 3) or not all(type(c) in (int, float) for c in point):
        yield Fault(number, "coordinates", str(point), "is no list of longitude and latitude")
    elif not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        yield Fault(number, "coordinates", str(point), "lies off the globe: longitude first, then latitude")


def _properties(number: int, told: dict[str, Any]) -> Iterator[Fault]:
    for name in ("occurred_from", "occurred_to"):
        if told.get(name) is not None and not _day(told[name]):
            yield Fault(number, name, str(told[name]), "is no day written YYYY-MM-DD")
    killed = told.get("killed", {})
    for policy, ends in killed.items() if isinstance(killed, dict) else ():
        numbers = [ends.get(end) for end in ("low", "best", "high")] if isinstance(ends, dict) else []
        known = [n for n in numbers if n is not None]
        if any(type(n) is not int or n < 0 for n in known):
            yield Fault(number, f"killed.{policy}", str(ends), "has a number that counts nobody")
        elif known != sorted(known):
            yield Fault(number, f"killed.{policy}", str(ends), "is not low ≤ best ≤ high")


def _day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def geoparquet_faults(data: bytes) -> Iterator[Fault]:
    """Yield everything in which this is no GeoParquet file. Rows count from 1. Source: GeoParquet 1.1.0."""
    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as fault:
        yield Fault(0, "", "", f"is no Parquet file: {str(fault)[:80]}")
        return
    try:
        geo = json.loads((table.schema.metadata or {})[b"geo"])
        primary, columns, version = geo["primary_column"], geo["columns"], geo["version"]
        column = columns[primary]
    except (KeyError, ValueError, TypeError):
        yield Fault(0, "geo", "", "is missing, or has no version, primary_column and columns with it")
        return
    if not str(version).startswith("1."):
        yield Fault(0, "geo.version", str(version), "is no version 1")
    if column.get("encoding") != "WKB":
        yield Fault(0, f"geo.columns.{primary}.encoding", str(column.get("encoding")), "is not WKB")
    kinds = column.get("geometry_types")
    if not isinstance(kinds, list):
        yield Fault(0, f"geo.columns.{primary}.geometry_types", str(kinds), "is no list")
        kinds = []
    if primary not in table.column_names or table.schema.field(primary).type not in (pa.binary(), pa.large_binary()):
        yield Fault(0, primary, "", "is no column of binary geometries")
        return
    yield from _wkb(primary, table.column(primary).to_pylist(), kinds, column.get("bbox"))


def _wkb(name: str, shapes: list[bytes | None], kinds: list[Any], bbox: Any) -> Iterator[Fault]:
    box = bbox if isinstance(bbox, list) and len(bbox) == 4 else [-180, -90, 180, 90]
    for number, shape in enumerate(shapes, 1):
        if shape is None:
            continue
        kind = _WKB.get(struct.unpack("<I", shape[1:5])[0]) if len(shape) >= 5 and shape[0] == 1 else None
        if kind is None:
            yield Fault(number, name, shape[:9].hex(), "is no little-endian WKB")
        elif kinds and kind not in kinds:
            yield Fault(number, name, kind, f"is none of the geometry_types {', '.join(map(str, kinds))}")
        elif kind == "Point":
            if len(shape) != _POINT.size:
                yield Fault(number, name, shape.hex()[:40], "is no whole point")
                continue
            _, _, x, y = _POINT.unpack(shape)
            if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
                yield Fault(number, name, f"{x:g} {y:g}", "lies outside the bbox, or off the globe")
