"""What a store is made of, and what it needs of a database, whichever it is: snapshots, one writer at a time, a check."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, MetaData, Table

from marsad.model import Wrong

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
