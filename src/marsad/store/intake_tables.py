"""The tables of what came in beside the words of reports: originals they were taken out of, and what was refused."""

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint, column, func

from marsad.store.columns import INTEGER, check, is_instant
from marsad.store.kept_tables import KEPT

original = Table(
    "original",
    KEPT,
    Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
    Column("report_id", Text, ForeignKey("report.report_id"), nullable=False),
    Column("evidence", Text, ForeignKey("evidence.sha256"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    UniqueConstraint("report_id", "evidence"),
    check("original", "role", column("role").in_(("source", "attached"))),
    sqlite_strict=True,
)
"""That a report was taken out of this evidence (source), or came with it (attached)."""

quarantine = Table(
    "quarantine",
    KEPT,
    Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
    Column("evidence", Text, ForeignKey("evidence.sha256"), nullable=False),
    Column("name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    UniqueConstraint("evidence", "name", "channel", "reason"),
    check("quarantine", "reason", func.length(column("reason")) > 0),
    check("quarantine", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)
"""That this evidence could not be read, and why. It is kept: a later marsad may be able to."""
