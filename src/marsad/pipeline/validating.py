"""Validating: a file read row by row, and every place in which it is not what it is said to be."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from marsad.collect.csv_rows import csv_rows
from marsad.model import Wrong
from marsad.publish.checks.acled import acled_faults
from marsad.publish.checks.documents import claimreview_faults, prov_faults
from marsad.publish.checks.fault import Fault
from marsad.publish.checks.geo import LARGEST, geojson_faults, geoparquet_faults
from marsad.publish.checks.hxl import hxl_faults
from marsad.publish.checks.ranges import airwars_faults, ibc_faults
from marsad.publish.checks.ucdp import ucdp_faults
from marsad.publish.formats.described import format_named
from marsad.stage import Rejection

__all__ = ["FORMATS", "Fault", "faults_in", "recognised"]

TABLES: Mapping[str, Callable[[Iterable[Sequence[str]]], Iterator[Fault]]] = {
    "ucdp-ged": ucdp_faults,
    "acled": acled_faults,
    "hxl": hxl_faults,
    "airwars": airwars_faults,
    "ibc": ibc_faults,
}
"""What checks each format that is a table."""

WHOLE: Mapping[str, Callable[[bytes], Iterator[Fault]]] = {
    "geojson": geojson_faults,
    "geoparquet": geoparquet_faults,
    "prov": prov_faults,
    "claimreview": claimreview_faults,
}
"""What checks each format whose files are read as one."""

_ENDS = {".geojson": "geojson", ".jsonld": "claimreview", ".parquet": "geoparquet"}

FORMATS = (*TABLES, *WHOLE)
"""Every format by which a file can be checked."""


def faults_in(path: Path, form: str) -> Iterator[Fault]:
    """Yield everything in which the file is not of the format, in its order; raises Wrong for one that cannot be read."""
    try:
        if form in TABLES:
            yield from TABLES[form](_rows(path))
            return
        if path.stat().st_size > LARGEST:
            raise Wrong(str(path), path.stat().st_size, f"is larger than {LARGEST:,} bytes", "validate a part of it")
        yield from WHOLE[form](path.read_bytes())
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", "check name and permissions") from fault


def recognised(path: Path) -> str:
    """Return the format that a file is in by its name or its first row; raises Wrong where that is none of those known."""
    if path.name == "prov.jsonl":
        return "prov"
    if path.suffix in _ENDS:
        return _ENDS[path.suffix]
    try:
        first = next(iter(_rows(path)), [])
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", "check name and permissions") from fault
    names = {name.strip().removeprefix("\ufeff") for name in first}
    shares = {form: len(names & set(format_named(form).header)) / len(format_named(form).header) for form in TABLES}
    best = max(shares, key=shares.__getitem__)
    if shares[best] < 0.5:
        raise Wrong(str(path), None, "is of no format that its first row tells", f"name it: --as {'|'.join(FORMATS)}")
    return best


def _rows(path: Path) -> Iterator[Sequence[str]]:
    """Yield the cells of each row; one that is no row of a table counts as a row without cells."""
    with path.open("rb") as stream:
        for item in csv_rows(stream, path.name):
            yield [] if isinstance(item, Rejection) else item[1]
