"""What a store needs of a database, whichever it is: snapshots to read, one writer at a time, a check of its tables."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Insert, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite

from marsad.model import Wrong
from marsad.store.places import Place, Server

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables of one kind of store, their mark and version; `append_only` ones refuse to change or lose a row."""

    kind: str
    metadata: MetaData
    application_id: int
    version: int
    append_only: bool


class Lost(Wrong):
    """The connection to the server broke. Whether the last commit was made is not known; what can be recognised is sent again."""


class Database(Protocol):
    """One store's tables, on any database. Close it; transactions are connections of SQLAlchemy."""

    shape: Shape

    def reading(self) -> AbstractContextManager[Connection]:
        """Open one snapshot for reading; what others commit meanwhile is not seen in it."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction as the only writer; all of it is on the disk when the `with` ends, or none of it."""

    def insert(self, connection: Connection, table: Table, rows: Rows) -> None:
        """Add rows, each with a value for every column in their order, as quickly as the database can."""

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the database, its tables, their rules and what guards them."""

    def close(self) -> None:
        """Let go of the database."""


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
