"""What is sealed of sources: the only store from which something can be destroyed, so that it is gone.

A row holds bytes that only the readers' keys open, and the salt of what the ledger says of them. Deleted rows are overwritten
(`secure_delete`), and there is no write-ahead log to keep them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from sqlalchemy import Column, LargeBinary, MetaData, Table, column, delete, func, select

from marsad.store import copying, databases
from marsad.store.columns import INTEGER, TEXT, check
from marsad.store.places import Place
from marsad.store.shapes import Shape

APPLICATION_ID = 0x6D727378  # "mrsx"
VERSION = 1

SEALED = MetaData()

box = Table(
    "box",
    SEALED,
    Column("source_id", TEXT, primary_key=True, nullable=False),
    Column("version", INTEGER, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    check("box", "salt", func.length(column("salt")) == 32),
    sqlite_strict=True,
)

SHAPE = Shape("sealed", SEALED, APPLICATION_ID, VERSION, append_only=False)

Box = tuple[str, int, bytes, bytes]
"""The source, the version, the salt, and the sealed bytes."""


class SealedStore:
    """What is sealed, in one store; for one thread. Close it, or use it in a `with`."""

    def __init__(self, place: Place, *, read_only: bool = False) -> None:
        """Open the store, making an empty one where there is no file; raises Wrong if it is another's."""
        self.path = place
        if not read_only:
            databases.create_where_missing(place, SHAPE, shredding=True)
        self._database = databases.opened(place, SHAPE, read_only=read_only, shredding=True)

    def put(self, boxes: list[Box]) -> None:
        """Keep these boxes, in one commit; one of the same source and version, which no ledger knows, gives way."""
        with self._database.writing() as connection:
            for source_id, version, salt, sealed in boxes:
                connection.execute(delete(box).where(box.c.source_id == source_id, box.c.version == version))
                self._database.insert(connection, box, [(source_id, version, salt, sealed)])

    def destroy(self, source_id: str, below: int | None = None) -> int:
        """Destroy the boxes of a source, all or those of versions below `below`; return how many there were."""
        query = delete(box).where(box.c.source_id == source_id)
        if below is not None:
            query = query.where(box.c.version < below)
        with self._database.writing() as connection:
            return int(connection.execute(query).rowcount)

    def box(self, source_id: str, version: int) -> tuple[bytes, bytes] | None:
        """Return the salt and the sealed bytes, None where there are none."""
        query = select(box.c.salt, box.c.sealed).where(box.c.source_id == source_id, box.c.version == version)
        with self._database.reading() as connection:
            found = connection.execute(query).first()
        return None if found is None else (found[0], found[1])

    def boxes(self) -> Iterator[Box]:
        """Yield every box, by source and version."""
        with self._database.reading() as connection:
            for row in connection.execute(select(box).order_by(box.c.source_id, box.c.version)):
                yield row[0], row[1], row[2], row[3]

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the database and its table."""
        yield from self._database.structure_faults()

    def snapshot(self, target: Path) -> None:
        """Write the store as it stands at one moment into the new file `target`."""
        copying.into_file(self._database, target)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
