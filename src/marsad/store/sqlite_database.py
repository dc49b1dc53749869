"""A store in a file of SQLite."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, Table, insert

from marsad.store import sqlite
from marsad.store.shapes import Rows, Shape


class SqliteDatabase:
    """The store of this shape in the file at `path`."""

    def __init__(
        self, path: Path, shape: Shape, *, durable: bool = True, read_only: bool = False, shredding: bool = False
    ) -> None:
        """Open the file; raises Wrong if there is none, or one that this marsad does not know."""
        self.path, self.shape = path, shape
        self._statements: dict[str, str] = {}
        self._engine = sqlite.engine(path, durable=durable, read_only=read_only, shredding=shredding)
        try:
            sqlite.known_version(self._engine, path, shape.application_id, shape.version)
        except BaseException:
            self._engine.dispose()
            raise

    def reading(self) -> AbstractContextManager[Connection]:
        """Open one snapshot for reading."""
        return sqlite.reading(self._engine, self.path)

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction that holds the right to write from its first moment."""
        return sqlite.writing(self._engine, self.path)

    def insert(self, connection: Connection, table: Table, rows: Rows) -> None:
        """Add rows; the driver runs a statement over many of them far quicker than Core does."""
        if table.name not in self._statements:  # to write one anew costs as much as to run it for a row
            self._statements[table.name] = str(insert(table).compile(dialect=self._engine.dialect))
        connection.exec_driver_sql(self._statements[table.name], list(map(tuple, rows)))

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the file and its tables."""
        with sqlite.spoken(self.path):
            shape = self.shape
            yield from sqlite.structure_faults(self._engine, shape.metadata, append_only=shape.append_only)

    def snapshot(self, target: Path) -> None:
        """Write the file as it stands at one moment into the new file `target`; others may go on writing."""
        sqlite.snapshot(self._engine, self.path, target)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
