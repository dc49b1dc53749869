"""The public store: every release as it was published, in a database of its own. It has no table for anything private."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Column, MetaData, Table, column, select

from marsad.store import copying, databases
from marsad.store.columns import INTEGER, TEXT, check, is_day, is_sha256
from marsad.store.places import Place
from marsad.store.shapes import Shape

APPLICATION_ID = 0x6D727370  # "mrsp"
VERSION = 1
"""The number of this shape; a store with a higher one was made by a newer marsad."""

PUBLIC = MetaData()

release = Table(
    "release",
    PUBLIC,
    Column("manifest", TEXT, primary_key=True, nullable=False),
    Column("number", INTEGER, nullable=False),
    Column("published", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("seal", TEXT, nullable=False),
    check("release", "manifest", is_sha256("manifest")),
    check("release", "seal", is_sha256("seal")),
    check("release", "number", column("number") >= 1),
    check("release", "published", is_day("published")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""A release under the SHA-256 of its manifest. Which of two with one number stands is for the ledger to say.

`seal` is the SHA-256 of all the rest, so that a byte that changes on the disk is found.
"""


SHAPE = Shape("public", PUBLIC, APPLICATION_ID, VERSION, append_only=True)


def _seal(row: Mapping[str, Any]) -> str:
    parts = (row["manifest"], str(row["number"]), row["published"], row["record"])
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class PublicStore:
    """What was published, in one store that is only ever added to; for one thread. Close it, or use it in a `with`."""

    def __init__(self, place: Place) -> None:
        """Open the store, making an empty one where there is no file; raises Wrong if it is another's."""
        self.path = place
        databases.create_where_missing(place, SHAPE)
        self._database = databases.opened(place, SHAPE)

    def add(self, manifest: str, number: int, published: date, record: bytes) -> None:
        """Keep a release's record under the SHA-256 of its manifest; the same one again changes nothing."""
        with self._database.writing() as connection:
            known = connection.execute(select(release.c.manifest).where(release.c.manifest == manifest)).first()
            if known is None:
                row = {
                    "manifest": manifest,
                    "number": number,
                    "published": published.isoformat(),
                    "record": record.decode(),
                }
                self._database.insert(connection, release, [[*row.values(), _seal(row)]])

    def record(self, manifest: str) -> bytes | None:
        """Return the record of the release with this manifest; None if it is not here."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(release.c.record).where(release.c.manifest == manifest)
            ).scalar_one_or_none()
        return None if found is None else found.encode()

    def faults(self) -> list[str]:
        """Return what is wrong with the file as a database, with its tables, or with a release; empty if nothing is."""
        found = list(self._database.structure_faults())
        with self._database.reading() as connection:
            for found_row in connection.execute(select(release).order_by(release.c.manifest)).mappings():
                row = {str(name): value for name, value in found_row.items()}
                if _seal(row) != row["seal"]:
                    found.append(f"release {row['number']}, manifest {row['manifest']}: not what was sealed")
        return found

    def snapshot(self, target: Path) -> None:
        """Write the store as it stands at one moment into the new file `target`; others may go on writing."""
        copying.into_file(self._database, target)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
