"""The database of a store, whichever it is: a file of SQLite, or a schema on a PostgreSQL server."""

import fcntl
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from marsad.store.places import Place, Server
from marsad.store.shapes import Database, Shape


def opened(
    place: Place, shape: Shape, *, durable: bool = True, read_only: bool = False, shredding: bool = False
) -> Database:
    """Return the database of a store; raises Wrong if there is none, or one that this marsad does not know."""
    if isinstance(place, Server):
        from marsad.store.postgres import PostgresDatabase

        return PostgresDatabase(place, shape, read_only=read_only)
    from marsad.store.sqlite_database import SqliteDatabase

    return SqliteDatabase(place, shape, durable=durable, read_only=read_only, shredding=shredding)


def create(path: Path, shape: Shape, *, shredding: bool = False) -> None:
    """Make an empty store in a new file; on a server all stores are made at once (`store.postgres_layout`)."""
    from marsad.store import sqlite as file

    mark, version = shape.application_id, shape.version
    file.create(path, shape.metadata, mark, version, append_only=shape.append_only, shredding=shredding)


def create_where_missing(place: Place, shape: Shape, *, shredding: bool = False) -> None:
    """Make an empty store in a file that is not there; of several that come at once one makes it, and the others wait."""
    if isinstance(place, Server) or place.exists():
        return
    lock = place.with_name(f"{place.name}.making")
    # A file beside the store: a lock on the store's own would be lost with any handle on it that SQLite closes.
    handle = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not place.exists():
            create(place, shape, shredding=shredding)
        lock.unlink(missing_ok=True)  # the store is there: whoever still waits, or locks a new one, will see it
    finally:
        os.close(handle)


def insert_or(connection: Connection, table: Table) -> Any:
    """Return an INSERT that can say what to do about a row that is there already; both databases spell it alike."""
    made: Insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    return made
