"""What keeps a new kept table from being changed, whichever the database."""

from alembic.operations import Operations
from alembic.operations.schemaobj import SchemaObjects
from sqlalchemy import Table
from sqlalchemy.schema import CreateTable, SchemaItem

from marsad.store import postgres_layout as layout
from marsad.store import sqlite


def on_server(op: Operations) -> bool:
    """Return whether it is a server whose store is being changed."""
    return op.get_bind().dialect.name == "postgresql"


def make_table(op: Operations, name: str, *parts: SchemaItem) -> Table:
    """Make a table, spelt as a new store spells it, spaces and all: a check compares it letter by letter."""
    table: Table = SchemaObjects(op.get_context()).table(name, *parts, sqlite_strict=True)
    op.get_bind().exec_driver_sql(" ".join(str(CreateTable(table).compile(op.get_bind())).split()))
    return table


def guard(op: Operations, table: Table) -> None:
    """Let every change and removal of a row of the table be refused."""
    statements = layout.guards("marsad_kept", table.name) if on_server(op) else sqlite.guards(table)
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
