"""Parquet, GeoParquet and GeoJSON: the same values with their types, geometry as others read it, the same bytes."""

import io
import json
from collections.abc import Iterator
from datetime import date

import cases
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from made import release_of
from many_incidents import many
from tables import dicts_of, figure

from marsad.publish.checks.fault import Fault
from marsad.publish.checks.geo import geojson_faults, geoparquet_faults
from marsad.publish.formats.columnar import geoparquet, parquet
from marsad.publish.formats.geojson import incidents_geojson
from marsad.publish.formats.tables import FIGURES, STATEMENTS, table

RELEASE = many(300)


def read(data: bytes) -> pa.Table:
    """Return the table that is in a Parquet file."""
    return pq.read_table(io.BytesIO(data))


def test_parquet_says_what_the_csv_says() -> None:
    """Cell by cell; an empty cell is null, a number a number, a day a day."""
    pairs = [
        (parquet(FIGURES, RELEASE), table(FIGURES, RELEASE)),
        (parquet(STATEMENTS, RELEASE), table(STATEMENTS, RELEASE)),
    ]
    for columns, text in pairs:
        rows, lines = read(columns).to_pylist(), dicts_of(text)
        assert len(rows) == len(lines)
        for row, line in zip(rows, lines, strict=True):
            for name, value in row.items():
                shown = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                assert shown == line[name] or "'" + shown == line[name]
    types = {field.name: field.type for field in read(parquet(FIGURES, RELEASE)).schema}
    assert (types["low"], types["occurred_from"], types["suppressed"]) == (pa.int64(), pa.date32(), pa.bool_())


def test_columns_carry_their_meaning() -> None:
    """The codebook travels in the file."""
    schema = read(parquet(FIGURES, RELEASE)).schema
    assert all(field.metadata[b"meaning"] for field in schema)


@pytest.mark.parametrize("n", [300, pytest.param(10_000, marks=pytest.mark.soak)])
def test_geoparquet_holds_every_point_and_toll(n: int) -> None:
    """Read with shapely: the record's own point, none where no place is known; low, best and high of each policy."""
    release = RELEASE if n == 300 else many(n)
    data = geoparquet(release)
    assert list(geoparquet_faults(data)) == []
    found = read(data)
    geo = json.loads(found.schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    shapes = shapely.from_wkb(found.column("geometry").to_pylist())
    known = [shape for shape in shapes if shape is not None]
    assert column["bbox"] == list(shapely.total_bounds(known))
    for row, shape, incident in zip(found.to_pylist(), shapes, release.incidents, strict=True):
        place = incident.place
        wanted = None if place is None or place.latitude is None else (place.longitude, place.latitude)
        assert (None if shape is None else (shape.x, shape.y)) == wanted
        told = figure(incident, "ucdp", "killed")
        ends = (None, None, None) if told is None else (told.low, told.best, told.high)
        assert tuple(row[f"killed_ucdp_{end}"] for end in ("low", "best", "high")) == ends
        assert row["occurred_from"] == incident.occurred_from
    assert found.schema.field("geometry").type == pa.binary()


def test_the_same_release_gives_the_same_bytes() -> None:
    """Files can be compared by their checksums."""
    again = many(300)
    assert geoparquet(again) == geoparquet(RELEASE)
    assert parquet(STATEMENTS, again) == parquet(STATEMENTS, RELEASE)


def test_a_release_without_incidents_is_a_file_too() -> None:
    """No bbox, no rows."""
    data = geoparquet(many(0))
    assert list(geoparquet_faults(data)) == []
    assert read(data).num_rows == 0
    assert list(geojson_faults(incidents_geojson(many(0)))) == []


def test_geojson_has_one_feature_an_incident() -> None:
    """Nothing wrong with it, by our rules and by shapely's reading."""
    for release in (RELEASE, release_of(cases.every())):
        data = incidents_geojson(release)
        assert list(geojson_faults(data)) == []
        for feature in json.loads(data)["features"]:
            if feature["geometry"] is not None:
                assert shapely.from_geojson(json.dumps(feature["geometry"])).is_valid


def _altered(path: str, value: object) -> bytes:
    told = json.loads(incidents_geojson(release_of([cases.raqqa()])))
    at = told
    *way, last = path.split(".")
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at[last] = value
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type", "Feature"),
        ("crs", {"type": "name"}),
        ("features.0.type", "Thing"),
        ("features.0.geometry.coordinates", [35.95, 139.01]),
        ("features.0.geometry.coordinates", ["39", "35"]),
        ("features.0.geometry.type", "Polygon"),
        ("features.0.geometry", "Raqqa"),
        ("features.0.properties.occurred_from", "yesterday"),
        ("features.0.properties.killed.ucdp.low", 900),
        ("features.0.properties.killed.ucdp.best", -1),
    ],
)
def test_violations_of_geojson_are_found(path: str, value: object) -> None:
    """One value put wrong."""
    assert list(geojson_faults(_altered(path, value)))


def _parquet(geometry: list[bytes | None], geo: dict[str, object] | None) -> bytes:
    out = io.BytesIO()
    made = pa.table(
        {"day": pa.array([date(2014, 11, 25)] * len(geometry)), "geometry": pa.array(geometry, pa.binary())}
    )
    pq.write_table(made.replace_schema_metadata({} if geo is None else {"geo": json.dumps(geo)}), out)
    return out.getvalue()


def _geo(**change: object) -> dict[str, object]:
    column = {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [0, 0, 50, 50], **change}
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


POINT = shapely.to_wkb(shapely.Point(39.0, 35.9))


@pytest.mark.parametrize(
    "data",
    [
        b"PAR1",
        _parquet([POINT], None),
        _parquet([POINT], _geo(encoding="WKT")),
        _parquet([POINT], _geo(geometry_types=["Polygon"])),
        _parquet([POINT], _geo(bbox=[0, 0, 1, 1])),
        _parquet([POINT[:10]], _geo()),
        _parquet([b"\x00" + POINT[1:]], _geo()),
        _parquet([POINT], _geo() | {"version": "9"}),
        _parquet([POINT], _geo() | {"primary_column": "shape"}),
    ],
)
def test_violations_of_geoparquet_are_found(data: bytes) -> None:
    """Damaged, without metadata, another encoding, another kind of geometry, outside the box."""
    found: Iterator[Fault] = geoparquet_faults(data)
    assert list(found)
    assert list(geoparquet_faults(_parquet([POINT, None], _geo()))) == []
