"""The tables of how far collecting has come. Not evidence: without them, what is known already is only asked for again."""

from sqlalchemy import Column, MetaData, Table

from marsad.store.columns import INTEGER, TEXT

APPLICATION_ID = 0x6D727363  # "mrsc"
VERSION = 1

COLLECTING = MetaData()


def _key(name: str) -> Column[str]:
    return Column(name, TEXT, primary_key=True)


channel = Table(
    "channel",
    COLLECTING,
    _key("name"),
    Column("etag", TEXT),
    Column("modified", TEXT),
    Column("asked_at", TEXT),
    Column("next_at", TEXT),
    Column("failures", INTEGER, nullable=False, default=0),
    Column("paused", INTEGER, nullable=False, default=0),
    sqlite_strict=True,
)
"""What a channel's server said last (for conditional requests), and when it may be asked again."""

seen = Table(
    "seen",
    COLLECTING,
    _key("channel"),
    _key("item"),
    Column("at", TEXT, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Items that were taken in or refused for good: they are not asked for again."""

tally = Table(
    "tally",
    COLLECTING,
    _key("channel"),
    _key("day"),
    Column("new", INTEGER, nullable=False),
    Column("known", INTEGER, nullable=False),
    Column("refused", INTEGER, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

refusal = Table(
    "refusal",
    COLLECTING,
    Column("number", INTEGER, primary_key=True, autoincrement=True),
    Column("at", TEXT, nullable=False),
    Column("channel", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    sqlite_strict=True,
)
"""What was refused with no original to keep: an address that does not answer, a line that is no report."""

picture = Table(
    "picture",
    COLLECTING,
    _key("sha256"),
    Column("report_id", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
    Column("quality", INTEGER, nullable=False),
    sqlite_strict=True,
)
"""The perceptual hash (PDQ, 256 bits in hex) of each picture, with the first report that it came with."""
