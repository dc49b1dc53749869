"""Migrations of a store, up and down, all steps of one call in one transaction: killed, it has its old shape or its new."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from marsad.model import Wrong
from marsad.store import postgres_layout as layout
from marsad.store import postgres_stores as stores
from marsad.store import sqlite
from marsad.store.migrations import kept_0004
from marsad.store.places import Place, Server
from marsad.store.postgres_roles import give_rights
from marsad.store.postgres_secured import policies
from marsad.store.shapes import Shape

STEPS: tuple[ModuleType, ...] = (kept_0004,)
"""Every version that some store was made in before, in their order."""


def migrate(place: Place, shape: Shape, to: int | None = None) -> tuple[int, int]:
    """Bring a store to the version `to`, or to the one this marsad knows; return the version it had and the one it has.

    Raises Wrong, changing nothing, where there is no way there, or something kept would have no place.
    """
    wanted = shape.version if to is None else to
    with _changing(place, shape) as (connection, version):
        if not 1 <= wanted <= shape.version:
            rule = f"is no version between 1 and {shape.version}"
            raise Wrong("--to", wanted, rule, "name a version that this marsad knows")
        op = Operations(MigrationContext.configure(connection))
        steps = [step for step in STEPS if shape.kind == step.KIND]
        if wanted > version:
            _complete(steps, version, wanted, shape)
            for step in steps:
                if version < step.VERSION <= wanted:
                    step.upgrade(op)
        elif wanted < version:
            _complete(steps, wanted, version, shape)
            for step in reversed(steps):
                if wanted < step.VERSION <= version:
                    step.downgrade(op)
        _mark(connection, place, shape, wanted)
    return version, wanted


def _complete(steps: list[ModuleType], low: int, high: int, shape: Shape) -> None:
    if [step.VERSION for step in steps if low < step.VERSION <= high] != list(range(low + 1, high + 1)):
        rule = f"has no way between its versions {low} and {high}"
        raise Wrong(f"the store of what is {shape.kind}", None, rule, "open it with the marsad that made it")


@contextmanager
def _changing(place: Place, shape: Shape) -> Iterator[tuple[Connection, int]]:
    if isinstance(place, Server):
        with stores.administering(place) as connection:
            version = layout.known_version(connection, shape, f"{place}, {shape.kind}", older=True)
            stores.take_turn(connection)
            yield stores.enter(connection, shape), version
        return
    engine = sqlite.engine(place, durable=True)
    try:
        version = sqlite.known_version(engine, place, shape.application_id, shape.version, older=True)
        with sqlite.writing(engine, place) as connection:
            yield connection, version
    finally:
        engine.dispose()


def _mark(connection: Connection, place: Place, shape: Shape, version: int) -> None:
    if not isinstance(place, Server):
        connection.exec_driver_sql(f"PRAGMA user_version={version}")
        return
    if version == shape.version:
        _secure(connection, shape)
    connection.exec_driver_sql("UPDATE shape SET version = %s", (version,))
    give_rights(connection, place.database)


def _secure(connection: Connection, shape: Shape) -> None:
    """Lay the functions and policies of today over the tables, those that read out of reports included."""
    for statement in layout.functions(shape):
        connection.exec_driver_sql(statement)
    for other in (shape, stores.SHAPES["derived"]):
        schema = layout.schema_of(other)
        secured = connection.exec_driver_sql("SELECT tablename FROM pg_policies WHERE schemaname = %s", (schema,))
        done = set(secured.scalars())
        stores.enter(connection, other)
        for table in other.metadata.sorted_tables:
            if table.name not in done:
                for statement in policies(other.kind, table):
                    connection.exec_driver_sql(statement)
    stores.enter(connection, shape)
