"""All stores of an observatory on a server at once: made, looked for, set aside. In one transaction, or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection

from marsad.model import Wrong
from marsad.store import collecting, derived, kept, public, sealed
from marsad.store import postgres_layout as layout
from marsad.store.databases import Shape
from marsad.store.places import Server
from marsad.store.postgres import engine, spoken, wait_for_turn
from marsad.store.postgres_roles import give_rights

SHAPES: Mapping[str, Shape] = {
    shape.kind: shape for shape in (kept.SHAPE, public.SHAPE, sealed.SHAPE, derived.SHAPE, collecting.SHAPE)
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
        connection.exec_driver_sql(f"ALTER SCHEMA {schema} RENAME TO {schema}_moved_{mark}")


def enter(connection: Connection, shape: Shape) -> Connection:
    """Return the connection, which sees this store alone from here on."""
    connection.exec_driver_sql(f"SET LOCAL search_path = {layout.schema_of(shape)}, pg_temp")
    return connection


def take_turn(connection: Connection) -> None:
    """Keep everybody else from writing to any of the stores until the transaction ends."""
    for shape in SHAPES.values():
        wait_for_turn(connection, shape)
