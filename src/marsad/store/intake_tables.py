"""The tables of what came in beside the words of reports: originals they were taken out of, and what was refused."""

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint, column, func

from marsad.store.columns import INTEGER, TEXT, check, is_instant
from marsad.store.kept_tables import KEPT

original = Table(
    "original",
    KEPT,
    Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
    Column("report_id", TEXT, ForeignKey("report.report_id"), nullable=False),
    Column("evidence", TEXT, ForeignKey("evidence.sha256"), nullable=False, index=True),
    Column("role", TEXT, nullable=False),
    UniqueConstraint("report_id", "evidence"),
    check("original", "role", column("role").in_(("source", "attached"))),
    sqlite_strict=True,
)
"""That a report was taken out of this evidence (source), or came with it (attached)."""

quarantine = Table(
    "quarantine",
    KEPT,
    Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
    Column("evidence", TEXT, ForeignKey("evidence.sha256"), nullable=False),
    Column("name", TEXT, nullable=False),
    Column("channel", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("recorded_at", TEXT, nullable=False),
    UniqueConstraint("evidence", "name", "channel", "reason"),
    check("quarantine", "reason", func.length(column("reason")) > 0),
    check("quarantine", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)
"""That this evidence could not be read, and why. It is kept: a later marsad may be able to."""
