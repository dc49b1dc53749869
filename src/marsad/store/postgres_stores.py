"""All stores of an observatory on a server at once: made, looked for, set aside. In one transaction, or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, literal, select

from marsad.model import Wrong
from marsad.store import collecting, copying, derived, desk, kept, public, sealed
from marsad.store import postgres_layout as layout
from marsad.store.places import Server
from marsad.store.postgres import engine, put, spoken, wait_for_turn
from marsad.store.postgres_roles import give_rights
from marsad.store.shapes import Shape
from marsad.store.sqlite_database import SqliteDatabase

SHAPES: Mapping[str, Shape] = {
    shape.kind: shape for shape in (kept.SHAPE, public.SHAPE, sealed.SHAPE, derived.SHAPE, collecting.SHAPE, desk.SHAPE)
}
"""Every kind of store, what others refer to first."""


@contextmanager
def administering(server: Server) -> Iterator[Connection]:
    """Open one transaction over all schemas, as whoever owns them or is to own them."""
    made = engine(server, "pg_catalog")
    try:
        with spoken(str(server)), made.begin() as connection:
            yield connection
    finally:
        made.dispose()


def there(connection: Connection) -> bool:
    """Return whether any store lies in the database."""
    query = "SELECT count(*) FROM pg_namespace WHERE nspname = ANY(%s)"
    names = [layout.schema_of(shape) for shape in SHAPES.values()]
    return bool(connection.exec_driver_sql(query, (names,)).scalar_one())


def make(connection: Connection, server: Server) -> list[str]:
    """Make all stores, empty, with the roles that may use them; return the roles that could not be made.

    Raises Wrong where there are stores already, or this user may not make them.
    """
    if there(connection):
        rule = "holds an observatory already"
        raise Wrong(
            str(server), None, rule, "name an empty database: createdb --encoding=UTF8 --template=template0 NAME"
        )
    for shape in SHAPES.values():
        layout.lay_out(connection, shape)
    return give_rights(connection, server.database)


def drop(connection: Connection) -> None:
    """Remove all stores with everything in them: for what `make` has just made, and for copies that are proven to be copies."""
    for shape in reversed(list(SHAPES.values())):
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {layout.schema_of(shape)} CASCADE")


def set_aside(connection: Connection, mark: str) -> None:
    """Give all schemas another name, so that nobody who still has this address writes to what has moved away."""
    for shape in SHAPES.values():
        schema = layout.schema_of(shape)
        if shape.kind == "sealed":  # an erasure later on would not reach it
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
            continue
        connection.exec_driver_sql(f"ALTER SCHEMA {schema} RENAME TO {schema}_moved_{mark}")


def enter(connection: Connection, shape: Shape) -> Connection:
    """Return the connection, which sees this store alone from here on."""
    connection.exec_driver_sql(f"SET LOCAL search_path = {layout.schema_of(shape)}, pg_temp")
    return connection


def take_turn(connection: Connection) -> None:
    """Keep everybody else from writing to any of the stores until the transaction ends."""
    for shape in SHAPES.values():
        wait_for_turn(connection, shape)


def known(connection: Connection, server: Server, shape: Shape) -> None:
    """Raise Wrong unless this store is there, in the shape that this marsad knows."""
    layout.known_version(connection, shape, f"{server}, {shape.kind}")


def number_on(connection: Connection, shape: Shape) -> None:
    """See to it that rows numbered by the database go on after those copied with their numbers."""
    for table in shape.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = connection.exec_driver_sql(
            "SELECT pg_get_serial_sequence(%s, %s)", (f"{layout.schema_of(shape)}.{table.name}", column.name)
        ).scalar_one()
        last = connection.execute(select(func.max(column))).scalar_one()
        if sequence is not None and last is not None:
            connection.exec_driver_sql("SELECT setval(%s, %s)", (sequence, last))


def rights(server: Server) -> list[str]:
    """Give the roles exactly their rights; return those that could not be made, because this user may make none."""
    with administering(server) as connection:
        if not there(connection):
            raise Wrong(str(server), None, "holds no observatory", "make one: marsad init --store")
        return give_rights(connection, server.database)


def prepare(server: Server) -> list[str]:
    """Make all stores, empty, on a server; return the roles that could not be made.

    Empty ones that are there, as a killed run leaves them, will do; raises Wrong for others.
    """
    with administering(server) as connection:
        if not there(connection):
            return make(connection, server)
        for shape in SHAPES.values():
            known(connection, server, shape)
            enter(connection, shape)
            for table in shape.metadata.sorted_tables:
                if connection.execute(select(literal(1)).select_from(table).limit(1)).first() is not None:
                    raise _taken(server)
        return give_rights(connection, server.database)


def remove(server: Server) -> None:
    """Remove the stores that `prepare` has just made."""
    with administering(server) as connection:
        drop(connection)


def _taken(server: Server) -> Wrong:
    remedy = "name an empty database: createdb --encoding=UTF8 --template=template0 NAME"
    return Wrong(str(server), None, "holds an observatory already", remedy)


def derived_anew(server: Server) -> bool:
    """Make the store of what is derived anew, empty, if it is of an older shape; return whether it was."""
    shape = SHAPES["derived"]
    with administering(server) as connection:
        if layout.known_version(connection, shape, f"{server}, derived", older=True) == shape.version:
            return False
        wait_for_turn(connection, shape)
        connection.exec_driver_sql(f"DROP SCHEMA {layout.schema_of(shape)} CASCADE")
        layout.lay_out(connection, shape)
        give_rights(connection, server.database)
    return True


def desk_made(server: Server, file: Path) -> bool:
    """Make the store of the desk where an older marsad left none, with what lies in `file`; return whether there was none."""
    with administering(server) as connection:
        schema = layout.schema_of(desk.SHAPE)
        there = connection.exec_driver_sql("SELECT to_regclass(%s)::text", (f"{schema}.shape",)).scalar_one()
        if there is not None:
            return False
        layout.lay_out(connection, desk.SHAPE)
        if file.exists():
            source = SqliteDatabase(file, desk.SHAPE)
            try:
                with source.reading() as reading:
                    copying.rows_into(reading, desk.SHAPE, enter(connection, desk.SHAPE), put)
            finally:
                source.close()
            number_on(connection, desk.SHAPE)
        give_rights(connection, server.database)
    return True
