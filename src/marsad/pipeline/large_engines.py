"""Which engine derives at large, and whether there is room for it: the local one, or Spark where it was asked for."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.engines.local import LocalEngine
from marsad.engines.local_large import LargeLocal
from marsad.model import Wrong
from marsad.pipeline.large_reading import REPORTS
from marsad.stage import Engine, LargeEngine

if TYPE_CHECKING:
    from marsad.engines.with_spark import SparkEngine

ENGINES = ("local", "spark")

A_REPORT = 6_000
"""Bytes on the disk for a report of a hundred words while it is linked, on the safe side of what benchmarks/scale.py measures."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which engine, and how it is set: `processes` and `memory` for the local one, the others for Spark."""

    engine: str = "local"
    processes: int | None = None
    memory: str | None = None
    master: str | None = None
    shuffles: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """How many reports there are, and bytes: those that deriving them takes, about, and those that are free."""

    reports: int
    needed: int
    free: int


def room_for(reports: Path, out: Path) -> Room:
    """Return what deriving these Parquet files takes on the disk of `out`; raises Wrong where one is none, or there is none."""
    files = sorted(reports.rglob("*.parquet")) if reports.is_dir() else [reports]
    if not files or not files[0].is_file():
        raise Wrong(str(reports), None, "holds no Parquet file", "write one with `marsad simulate --format parquet`")
    rows = 0
    for path in files:
        try:
            file = pq.ParquetFile(path)
        except (OSError, ValueError) as fault:
            rule = f"is no Parquet file ({str(fault)[:80]})"
            raise Wrong(str(path), None, rule, "take it out of the folder") from fault
        with file:
            rows += file.metadata.num_rows
            _columns_checked(file.schema_arrow, path)
    near = next(p for p in (out.absolute(), *out.absolute().parents) if p.exists())
    return Room(rows, rows * A_REPORT, shutil.disk_usage(near).free)


def _columns_checked(schema: pa.Schema, path: Path) -> None:
    """Raise Wrong where a file lacks ids or words, or has a column of another type than reports have."""
    for column in REPORTS:
        if column.name not in schema.names:
            if not column.nullable:
                raise Wrong(str(path), None, f"has no column {column.name}", "docs/cluster.md says what a row is")
            continue
        kind = schema.field(column.name).type
        text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
        if kind != column.type and not (text and pa.types.is_string(column.type)):
            raise Wrong(f"{path}, {column.name}", kind, f"is not of type {column.type}", "write it anew as that type")


@contextmanager
def _spark(asked: Asked, scratch: str) -> "Iterator[SparkEngine]":
    from marsad.engines.spark_session import session
    from marsad.engines.with_spark import SparkEngine

    spark = session(asked.master, asked.settings, asked.shuffles)
    try:
        with SparkEngine(spark, scratch) as engine:
            yield engine
    finally:
        spark.stop()


@contextmanager
def large_engine(asked: Asked, reports: str, out: str) -> Iterator[LargeEngine]:
    """Open the engine for a derivation into `out`, and remove what it wrote for itself alone afterwards."""
    if asked.engine == "spark":
        with _spark(asked, f"{out}/scratch") as engine:
            yield engine
        return
    scratch = Path(out) / "scratch"
    with LargeLocal(scratch, [Path(reports), Path(out)], asked.processes, asked.memory) as local:
        yield local
    shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def run_engine(asked: Asked) -> Iterator[Engine]:
    """Open the engine for a run of an observatory, whose tables fit into memory."""
    if asked.engine == "local":
        with LocalEngine(asked.processes) as local:
            yield local
        return
    with TemporaryDirectory(prefix="marsad-") as scratch, _spark(asked, scratch) as spark:
        yield spark
