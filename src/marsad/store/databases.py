"""The database of a store, whichever it is: a file of SQLite, or a schema on a PostgreSQL server."""

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


def create(path: Path, shape: Shape) -> None:
    """Make an empty store in a new file; on a server all stores are made at once (`store.postgres_layout`)."""
    from marsad.store import sqlite as file

    file.create(path, shape.metadata, shape.application_id, shape.version, append_only=shape.append_only)


def insert_or(connection: Connection, table: Table) -> Any:
    """Return an INSERT that can say what to do about a row that is there already; both databases spell it alike."""
    made: Insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    return made
