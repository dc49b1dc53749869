"""The store of the desk: accounts, sessions, requests and approvals: a private file, or a schema on the team's server."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, and_, delete, func, insert, literal_column, or_, select, tuple_, update

from marsad.store import copying, databases
from marsad.store.desk_tables import APPLICATION_ID, DESK, TABLES, VERSION
from marsad.store.places import Place
from marsad.store.shapes import Shape

SHAPE = Shape("desk", DESK, APPLICATION_ID, VERSION, append_only=False)

FILE = "desk.db"
"""What the file is called in an observatory's folder."""

Row = dict[str, Any]

_FLEETING = ("session", "invitation", "attempt")
"""What lets somebody in at once, or only counts attempts: a copy that is put away must not."""


_TIMES = ("n", "made_at", "at")
"""Columns that say when a row came in."""


class DeskReading:
    """One snapshot of the desk's tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Return the rows in which each named column has the given value, in the order in which they came in."""
        query = select(TABLES[table]).where(self._same(table, where)).order_by(*self._in_turn(table))
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def row(self, table: str, **where: Any) -> Row | None:
        """Return the first such row, None if there is none."""
        return next(iter(self.rows(table, **where)), None)

    def requests(
        self, kind: str, most: int, after: str | None = None, by: str | None = None, waiting_for: int | None = None
    ) -> list[Row]:
        """Return up to `most` requests of a kind, newest first, from the one called `after` (its id) on.

        With `by` those alone that this person made, and, with `waiting_for`, those of anybody that nobody refused and
        fewer than so many approved.
        """
        request, verdict = TABLES["request"], TABLES["verdict"]
        query = select(request).where(request.c.kind == kind)
        if after is not None:
            at = select(request.c.made_at).where(request.c.request_id == after).scalar_subquery()
            query = query.where(tuple_(request.c.made_at, request.c.request_id) < tuple_(at, after))
        if by is not None:
            of = select(func.count()).where(verdict.c.request_id == request.c.request_id).correlate(request)
            yes, no = (of.where(verdict.c.approved == n).scalar_subquery() for n in (1, 0))
            waits = (no == 0) & (yes < (waiting_for or 0))
            query = query.where(or_(request.c.by == by, waits))
        query = query.order_by(request.c.made_at.desc(), request.c.request_id.desc()).limit(most)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def verdicts(self, request_ids: Sequence[str]) -> list[Row]:
        """Return what was said of these requests."""
        verdict = TABLES["verdict"]
        query = select(verdict).where(verdict.c.request_id.in_(request_ids))
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def count(self, table: str, since: tuple[str, str] | None = None, **where: Any) -> int:
        """Return how many such rows there are; of those alone whose column `since[0]` is not before `since[1]`."""
        query = select(func.count()).select_from(TABLES[table]).where(self._same(table, where))
        if since is not None:
            query = query.where(TABLES[table].c[since[0]] >= since[1])
        return int(self._connection.execute(query).scalar_one())

    def latest(self, table: str, column: str, **where: Any) -> Any:
        """Return the highest value of a column among such rows, None if there are none."""
        query = select(func.max(TABLES[table].c[column])).where(self._same(table, where))
        return self._connection.execute(query).scalar_one_or_none()

    def _in_turn(self, table: str) -> list[Any]:
        """Return what rows are sorted by: a file has them in the order in which they came in, a server in none."""
        found = TABLES[table]
        if self._connection.dialect.name == "sqlite":
            return [literal_column("rowid")]
        times = [found.c[name] for name in _TIMES if name in found.c]
        return [*times, *found.primary_key.columns]

    @staticmethod
    def _same(table: str, where: Mapping[str, Any]) -> Any:
        return and_(True, *(TABLES[table].c[name] == value for name, value in where.items()))


class DeskWriting(DeskReading):
    """One transaction that may change the desk's tables."""

    def add(self, table: str, **row: Any) -> None:
        """Add a row; raises Wrong where its key is taken."""
        self._connection.execute(insert(TABLES[table]).values(row))

    def change(self, table: str, where: Mapping[str, Any], **values: Any) -> int:
        """Change the rows in which the named columns have these values; return how many there were."""
        query = update(TABLES[table]).where(self._same(table, where)).values(values)
        return int(self._connection.execute(query).rowcount)

    def remove(self, table: str, before: tuple[str, str] | None = None, **where: Any) -> int:
        """Remove such rows, those alone whose column `before[0]` is before `before[1]`; return how many there were."""
        query = delete(TABLES[table]).where(self._same(table, where))
        if before is not None:
            query = query.where(TABLES[table].c[before[0]] < before[1])
        return int(self._connection.execute(query).rowcount)


class DeskStore:
    """The desk's tables, in one file or on a team's server; for many threads. Close it, or use it in a `with`."""

    def __init__(self, place: Place) -> None:
        """Open the store, making an empty file where there is none; raises Wrong if the file is another's."""
        self.path = place
        databases.create_where_missing(place, SHAPE)
        self._database = databases.opened(place, SHAPE)

    @contextmanager
    def read(self) -> Iterator[DeskReading]:
        """Open a snapshot."""
        with self._database.reading() as connection:
            yield DeskReading(connection)

    @contextmanager
    def write(self) -> Iterator[DeskWriting]:
        """Open a transaction: all of it is on the disk when the `with` ends, or, after any error, none of it."""
        with self._database.writing() as connection:
            yield DeskWriting(connection)

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the database and its tables."""
        yield from self._database.structure_faults()

    def snapshot(self, target: Path) -> None:
        """Write the store as it stands at one moment into the new file `target`, without sessions and invitations.

        Their bytes are not in it either: after a restore everybody signs in anew.
        """
        first = target.with_name(f"{target.name}.first")
        try:
            copying.into_file(self._database, first)
            with DeskStore(first) as copy:
                with copy.write() as writing:
                    for table in _FLEETING:
                        writing.remove(table)
                copying.into_file(copy._database, target)
        finally:
            for suffix in ("", "-wal", "-shm"):
                first.with_name(first.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
