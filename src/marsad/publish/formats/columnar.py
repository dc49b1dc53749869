"""The tables of a release as Parquet, and the incidents as GeoParquet: the same cells with their types kept."""

import io
import json
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.publish.formats.cells import part
from marsad.publish.formats.geojson import area_of, meaning_of
from marsad.publish.formats.tables import Column, Row, Table
from marsad.publish.public import PublicCategory, PublicIncident, PublicMeasure, PublicRelease

GEO_VERSION = "1.1.0"

_TYPES = {
    "text": pa.string(),
    "term": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def parquet(table: Table[Row], release: PublicRelease) -> bytes:
    """Return a table of the release as Parquet; each column's meaning stands in its metadata, in the file's own schema."""
    rows = list(table.rows(release))
    fields = [pa.field(c.name, _TYPES[c.kind], metadata={"meaning": c.meaning}) for c in table.columns]
    columns = [pa.array([_plain(c, row) for row in rows], _TYPES[c.kind]) for c in table.columns]
    return _bytes(pa.table(columns, schema=pa.schema(fields, {"about": table.about})))


def _plain(column: Column, row: object) -> Any:
    value = column.of(row)
    return str(value) if isinstance(value, str) else value


def geoparquet(release: PublicRelease) -> bytes:
    """Return one row an incident with its point as WKB, null where no place is known.

    Longitude and latitude in degrees of OGC:CRS84, as the `geo` metadata says; the points are the rounded ones of the
    record. Low, best and high of the killed are those of each policy that the release counts under. Source: GeoParquet
    specification 1.1.0.
    """
    incidents = release.incidents
    policies = sorted({str(f.policy) for incident in incidents for f in incident.figures})
    points = [_point(incident) for incident in incidents]
    columns: dict[str, pa.Array] = {
        "incident": _texts(incident.code for incident in incidents),
        "occurred_from": pa.array([i.occurred_from for i in incidents], pa.date32()),
        "occurred_to": pa.array([i.occurred_to for i in incidents], pa.date32()),
        "date_precision": pa.array([i.occurred_precision for i in incidents], pa.int8()),
        "place": _texts(part(i.place, "name") for i in incidents),
        "place_ar": _texts(part(i.place, "name_ar") for i in incidents),
        "admin1": _texts(part(i.place, "admin1") for i in incidents),
        "country": _texts(part(i.place, "country") for i in incidents),
        "area": _texts(area_of(i.place) for i in incidents),
        "point_is": _texts(meaning_of(i.place) for i in incidents),
        "place_precision": pa.array([part(i.place, "precision") for i in incidents], pa.int8()),
        "perpetrator": _texts(i.perpetrator for i in incidents),
        "weapon": _texts(i.weapon for i in incidents),
        "grade": _texts(i.grade for i in incidents),
        "origins": pa.array([i.origin_count for i in incidents], pa.int32()),
    }
    for policy in policies:
        ends = [_killed(incident, policy) for incident in incidents]
        for n, end in enumerate(("low", "best", "high")):
            columns[f"killed_{policy}_{end}"] = pa.array([one[n] for one in ends], pa.int64())
    columns["geometry"] = pa.array([None if point is None else wkb(*point) for point in points], pa.binary())
    table = pa.table(columns)
    return _bytes(table.replace_schema_metadata({"geo": json.dumps(_geo([p for p in points if p]), sort_keys=True)}))


def wkb(x: float, y: float) -> bytes:
    """Return a point as well-known binary: little-endian, type 1, longitude and latitude as doubles.

    >>> wkb(39.01, 35.95).hex()
    '0101000000e17a14ae478143409a99999999f94140'
    """
    return struct.pack("<BIdd", 1, 1, x, y)


def _geo(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if points:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        column["bbox"] = [min(xs), min(ys), max(xs), max(ys)]
    return {"version": GEO_VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


def _point(incident: PublicIncident) -> tuple[float, float] | None:
    place = incident.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.longitude, place.latitude


def _killed(incident: PublicIncident, policy: str) -> tuple[int | None, int | None, int | None]:
    for figure in incident.figures:
        if (figure.policy, figure.measure, figure.category) == (policy, PublicMeasure.KILLED, PublicCategory.TOTAL):
            return figure.low, figure.best, figure.high
    return None, None, None


def _texts(values: Iterable[object]) -> pa.Array:
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _bytes(table: pa.Table) -> bytes:
    """Return the table as a Parquet file: the same bytes for the same table and the same version of pyarrow."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", row_group_size=100_000, store_schema=True)
    return out.getvalue()
