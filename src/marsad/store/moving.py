"""All stores of an observatory from files onto a server and back, row by row, while nobody else writes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from marsad.model import Wrong
from marsad.store import copying
from marsad.store import postgres_stores as stores
from marsad.store.kept import Reading
from marsad.store.places import Server
from marsad.store.postgres import put, spoken
from marsad.store.sqlite_database import SqliteDatabase

Replaceable = Callable[[Reading], bool]
"""Says of what lies on the server already whether it is no more than an earlier copy of the same."""

Tick = Callable[[], None]

_MOVED = "CREATE TRIGGER moved BEFORE INSERT ON leaf BEGIN SELECT RAISE(ABORT, 'this observatory has moved to a server'); END"


@dataclass(frozen=True, slots=True)
class Files:
    """The stores of an observatory in files, which nobody else can write to as long as this is held."""

    paths: Mapping[str, Path]
    connections: Mapping[str, Connection]

    @property
    def kept(self) -> Reading:
        """What is kept in them."""
        return Reading(self.connections["kept"])

    def close_ledger(self) -> None:
        """See to it that nobody who still has the files open adds to them, once the `with` ends."""
        self.connections["kept"].exec_driver_sql(_MOVED)


@contextmanager
def held(paths: Mapping[str, Path]) -> Iterator[Files]:
    """Open the stores that these files hold, by kind, and keep everybody else from writing to them."""
    with ExitStack() as stack:
        found = {}
        for kind, path in paths.items():
            database = SqliteDatabase(path, stores.SHAPES[kind], shredding=kind == "sealed")
            stack.callback(database.close)
            found[kind] = stack.enter_context(database.writing())
        yield Files(paths, found)


@contextmanager
def onto_server(source: Files, server: Server, replaceable: Replaceable, tick: Tick) -> Iterator[tuple[Reading, int]]:
    """Copy all stores onto a server; give what is kept there, and the number of rows, to be looked at before it is committed.

    Raises Wrong, leaving the server as it was, where it holds something that is not `replaceable`, or where the copy
    differs from what was copied.
    """
    with stores.administering(server) as connection:
        if stores.there(connection):
            if not replaceable(Reading(stores.enter(connection, stores.SHAPES["kept"]))):
                rule = "holds an observatory that is not a copy of this one"
                raise Wrong(str(server), None, rule, "name an empty database")
            stores.drop(connection)
        stores.make(connection, server)
        rows = 0
        for kind, reading in source.connections.items():
            shape = stores.SHAPES[kind]
            copying.rows_into(reading, shape, stores.enter(connection, shape), put)
            stores.number_on(connection, shape)
            expected, found = copying.digest_of(reading, shape), copying.digest_of(connection, shape)
            rows += _checked(expected, found, f"{server}, {kind}")
            tick()
        yield Reading(stores.enter(connection, stores.SHAPES["kept"])), rows


@contextmanager
def off_server(server: Server, folder: Path, mark: str, tick: Tick) -> Iterator[tuple[Mapping[str, Path], int]]:
    """Copy all stores of a server into files of `folder`; give them, by kind, and the number of rows.

    When the `with` ends without an error, the stores on the server are set aside under names with `mark`, and what is
    sealed is removed there, so that what is erased later is gone.
    """
    with stores.administering(server) as connection:
        stores.take_turn(connection)
        made, rows = {}, 0
        for kind, shape in stores.SHAPES.items():
            with spoken(f"{server}, {kind}"):
                stores.known(connection, server, shape)
                path = folder / f"{kind}.db"
                found = copying.file_of(stores.enter(connection, shape), shape, path)
                rows += _checked(copying.digest_of(connection, shape), found, str(path))
            made[kind] = path
            tick()
        yield made, rows
        stores.set_aside(connection, mark)


def _checked(expected: copying.Digest, found: copying.Digest, where: str) -> int:
    """Return how many rows were copied; raises Wrong for a table that is not what was copied."""
    for table, (count, digest) in expected.items():
        if found[table] != (count, digest):
            rule = f"holds {found[table][0]} rows, not the {count} that were copied, or other ones"
            raise Wrong(f"{where}, {table}", None, rule, "nothing was changed; move again")
    return sum(count for count, _ in expected.values())
