"""A whole store from one database into another, whichever they are, row by row in the order of its keys, or only its digest."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from marsad.store import databases
from marsad.store.columns import in_order
from marsad.store.shapes import Database, Rows, Shape
from marsad.store.sqlite_database import SqliteDatabase

_AT_ONCE = 5_000

Insert = Callable[[Connection, Table, Rows], None]

Digest = dict[str, tuple[int, str]]
"""How many rows each table has, and the SHA-256 over them in the order of its keys: equal content, equal digest."""


def into_file(source: Database, target: Path) -> None:
    """Write a store as it stands at one moment into the new file `target`; it gets its name when it is complete."""
    if isinstance(source, SqliteDatabase):
        source.snapshot(target)
        return
    with source.reading() as connection:
        file_of(connection, source.shape, target)


def file_of(connection: Connection, shape: Shape, target: Path) -> Digest:
    """Write the store that a connection reads into the new file `target`; return what it holds there."""
    beside = target.with_name(f"{target.name}.copy")
    beside.unlink(missing_ok=True)  # what a killed copy left
    databases.create(beside, shape)
    copy = SqliteDatabase(beside, shape)
    try:
        with copy.writing() as writing:
            rows_into(connection, shape, writing, copy.insert)
        with copy.reading() as reading:
            digest = digest_of(reading, shape)
    finally:
        copy.close()
    for suffix in ("-wal", "-shm"):
        beside.with_name(beside.name + suffix).unlink(missing_ok=True)
    _synced(beside)
    beside.rename(target)
    return digest


def rows_into(source: Connection, shape: Shape, writing: Connection, insert: Insert) -> None:
    """Add all rows of the store that `source` reads to the empty one that `writing` writes."""
    for table in shape.metadata.sorted_tables:
        for rows in rows_of(source, table):
            insert(writing, table, rows)


def digest_of(connection: Connection, shape: Shape) -> Digest:
    """Return the digest of the store that a connection reads."""
    found: Digest = {}
    for table in shape.metadata.sorted_tables:
        digest, count = hashlib.sha256(), 0
        for rows in rows_of(connection, table):
            count += len(rows)
            digest.update("".join(f"{tuple(row)!r}\n" for row in rows).encode("utf-8", "surrogatepass"))
        found[table.name] = (count, digest.hexdigest())
    return found


def rows_of(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """Yield the rows of a table, some thousands at once, in the order of its key, or of all columns where it has none."""
    order = list(table.primary_key.columns) or list(table.columns)
    query = select(table).order_by(*map(in_order, order))
    with connection.execute(query, execution_options={"stream_results": True}) as result:
        while rows := result.fetchmany(_AT_ONCE):
            yield list(rows)


def _synced(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
