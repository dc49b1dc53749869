"""The table of which reports are for some eyes alone."""

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint, column, func

from marsad.store.columns import INTEGER, TEXT, check, is_instant
from marsad.store.kept_tables import KEPT

restriction = Table(
    "restriction",
    KEPT,
    Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
    Column("report_id", TEXT, ForeignKey("report.report_id"), nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("circle", TEXT, nullable=False),
    Column("actor", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("recorded_at", TEXT, nullable=False),
    UniqueConstraint("report_id", "version"),
    check("restriction", "version", column("version") >= 1),
    check("restriction", "circle", func.length(column("circle")) > 0),
    check("restriction", "reason", func.length(column("reason")) > 0),
    check("restriction", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)
"""From now on this report is for this circle alone, or, as "*" says, for everybody again. The highest version stands."""
