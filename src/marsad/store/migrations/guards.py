"""What keeps a new kept table from being changed, whichever the database."""

from alembic.operations import Operations
from sqlalchemy import Table

from marsad.store import postgres_layout as layout
from marsad.store import sqlite


def on_server(op: Operations) -> bool:
    """Return whether it is a server whose store is being changed."""
    return op.get_bind().dialect.name == "postgresql"


def guard(op: Operations, table: Table) -> None:
    """Let every change and removal of a row of the table be refused."""
    statements = layout.guards("marsad_kept", table.name) if on_server(op) else sqlite.guards(table)
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
