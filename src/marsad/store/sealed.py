"""What is sealed of sources: the only store from which something can be destroyed, so that it is gone.

A row holds bytes that only the readers' keys open, and the salt of what the ledger says of them. Deleted rows are overwritten
(`secure_delete`), and there is no write-ahead log to keep them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from sqlalchemy import Column, LargeBinary, MetaData, Table, Text, column, delete, func, insert, select

from marsad.store import sqlite
from marsad.store.columns import INTEGER, check

APPLICATION_ID = 0x6D727378  # "mrsx"
VERSION = 1

SEALED = MetaData()

box = Table(
    "box",
    SEALED,
    Column("source_id", Text, primary_key=True, nullable=False),
    Column("version", INTEGER, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    check("box", "salt", func.length(column("salt")) == 32),
    sqlite_strict=True,
)

Box = tuple[str, int, bytes, bytes]
"""The source, the version, the salt, and the sealed bytes."""


class SealedStore:
    """What is sealed, in one file; for one thread. Close it, or use it in a `with`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the store, making an empty one where there is none; raises Wrong if the file is another's."""
        self.path = path
        if not path.exists() and not read_only:
            sqlite.create(path, SEALED, APPLICATION_ID, VERSION, append_only=False)
        self._engine = sqlite.engine(path, durable=True, read_only=read_only, shredding=True)
        try:
            sqlite.known_version(self._engine, path, APPLICATION_ID, VERSION)
        except BaseException:
            self._engine.dispose()
            raise

    def put(self, boxes: list[Box]) -> None:
        """Keep these boxes, in one commit; one of the same source and version, which no ledger knows, gives way."""
        with sqlite.writing(self._engine, self.path) as connection:
            for source_id, version, salt, sealed in boxes:
                connection.execute(delete(box).where(box.c.source_id == source_id, box.c.version == version))
                row = {"source_id": source_id, "version": version, "salt": salt, "sealed": sealed}
                connection.execute(insert(box), row)

    def destroy(self, source_id: str, below: int | None = None) -> int:
        """Destroy the boxes of a source, all or those of versions below `below`; return how many there were."""
        query = delete(box).where(box.c.source_id == source_id)
        if below is not None:
            query = query.where(box.c.version < below)
        with sqlite.writing(self._engine, self.path) as connection:
            return int(connection.execute(query).rowcount)

    def box(self, source_id: str, version: int) -> tuple[bytes, bytes] | None:
        """Return the salt and the sealed bytes, None where there are none."""
        query = select(box.c.salt, box.c.sealed).where(box.c.source_id == source_id, box.c.version == version)
        with sqlite.reading(self._engine, self.path) as connection:
            found = connection.execute(query).first()
        return None if found is None else (found[0], found[1])

    def boxes(self) -> Iterator[Box]:
        """Yield every box, by source and version."""
        with sqlite.reading(self._engine, self.path) as connection:
            for row in connection.execute(select(box).order_by(box.c.source_id, box.c.version)):
                yield row[0], row[1], row[2], row[3]

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the file and its table."""
        with sqlite.spoken(self.path):
            yield from sqlite.structure_faults(self._engine, SEALED, append_only=False)

    def snapshot(self, target: Path) -> None:
        """Write the store as it stands at one moment into the new file `target`."""
        sqlite.snapshot(self._engine, self.path, target)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
