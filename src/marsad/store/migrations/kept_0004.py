"""Version 4 of what is kept: reports can be restricted to a circle, and a server shows them to nobody else."""

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy import ForeignKey, UniqueConstraint

from marsad.model import Wrong
from marsad.store.columns import INTEGER, TEXT, check, is_instant
from marsad.store.migrations.guards import guard, make_table, on_server

KIND, VERSION = "kept", 4

_SECURED = ("custody", "decision", "original", "report", "restriction")
_FUNCTIONS = ("hidden_evidence(name)", "hidden(name)", "may(name, text)")


def upgrade(op: Operations) -> None:
    """Make the table; on a server, the layout's own functions and policies follow it (`migrations.run`)."""
    table = make_table(
        op,
        "restriction",
        sa.Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
        sa.Column("report_id", TEXT, ForeignKey("report.report_id"), nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("circle", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        UniqueConstraint("report_id", "version"),
        check("restriction", "version", sa.column("version") >= 1),
        check("restriction", "circle", sa.func.length(sa.column("circle")) > 0),
        check("restriction", "reason", sa.func.length(sa.column("reason")) > 0),
        check("restriction", "recorded_at", is_instant("recorded_at")),
    )
    guard(op, table)


def downgrade(op: Operations) -> None:
    """Remove the table; raises Wrong, changing nothing, where something is kept in it."""
    count = op.get_bind().exec_driver_sql("SELECT count(*) FROM restriction").scalar_one()
    if count:
        rule = f"is no shape for the {count} restrictions that are kept here"
        raise Wrong("--to", VERSION - 1, rule, "what is kept is never removed; stay with this version")
    if on_server(op):
        for schema, names in (("marsad_kept", _SECURED), ("marsad_derived", None)):
            _unsecure(op, schema, names)
        for function in _FUNCTIONS:
            op.execute(f"DROP FUNCTION marsad_kept.{function} CASCADE")
    op.drop_table("restriction")


def _unsecure(op: Operations, schema: str, names: tuple[str, ...] | None) -> None:
    found = (
        op.get_bind().exec_driver_sql("SELECT tablename FROM pg_policies WHERE schemaname = %s", (schema,)).scalars()
    )
    for name in found.all():
        if names is None or name in names:
            op.execute(f'DROP POLICY circles ON {schema}."{name}"')
            op.execute(f'ALTER TABLE {schema}."{name}" DISABLE ROW LEVEL SECURITY')
