"""The tables of what is kept: only ever added to. Every kept thing names the ledger leaf that seals it.

The reference from a kept thing to its leaf makes it impossible to store one without the other.
"""

from sqlalchemy import Column, ForeignKey, LargeBinary, MetaData, Table, UniqueConstraint, column, func

from marsad.store.columns import INTEGER, TEXT, check, is_day, is_instant, is_moment, is_sha256, is_truth

APPLICATION_ID = 0x6D72736B  # "mrsk"
VERSION = 4
"""The number of this shape; a store with a higher one was made by a newer marsad."""

KEPT = MetaData()


def _seq() -> Column[int]:
    return Column("seq", INTEGER, ForeignKey("leaf.seq"), primary_key=True, autoincrement=False)


def _text(name: str, nullable: bool = False, unique: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=nullable, unique=unique)


leaf = Table(
    "leaf",
    KEPT,
    Column("seq", INTEGER, primary_key=True, autoincrement=False),
    Column("leaf", LargeBinary, nullable=False),
    check("leaf", "seq", column("seq") >= 0),
    sqlite_strict=True,
)
"""The ledger's leaves, numbered without a gap: canonical JSON, no content in the open."""

node = Table(
    "node",
    KEPT,
    Column("level", INTEGER, primary_key=True, autoincrement=False),
    Column("idx", INTEGER, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    check("node", "level", column("level").between(0, 62)),
    check("node", "idx", column("idx") >= 0),
    check("node", "hash", func.length(column("hash")) == 32),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The hashes of the complete subtrees of the ledger's tree."""

opening = Table(
    "opening",
    KEPT,
    _seq(),
    Column("salt", LargeBinary, nullable=False),
    check("opening", "salt", func.length(column("salt")) == 32),
    sqlite_strict=True,
)
"""The salt that opens a leaf. Secret: with it, a guess at the content can be confirmed."""

evidence = Table(
    "evidence",
    KEPT,
    _seq(),
    _text("sha256", unique=True),
    Column("size", INTEGER, nullable=False),
    _text("media_type"),
    _text("sha3_512"),
    check("evidence", "sha256", is_sha256("sha256")),
    check("evidence", "sha3_512", func.length(column("sha3_512")) == 128),
    check("evidence", "size", column("size") >= 0),
    sqlite_strict=True,
)

report = Table(
    "report",
    KEPT,
    _seq(),
    _text("report_id", unique=True),
    Column("evidence", TEXT, ForeignKey("evidence.sha256"), nullable=False),
    _text("outlet"),
    _text("published", nullable=True),
    _text("lang", nullable=True),
    _text("address", nullable=True),
    _text("recorded_at"),
    _text("intake_key", unique=True),
    check("report", "published", is_day("published")),
    check("report", "recorded_at", is_instant("recorded_at")),
    check("report", "outlet", func.length(column("outlet")) > 0),
    sqlite_strict=True,
)

decision = Table(
    "decision",
    KEPT,
    _seq(),
    _text("anchor"),
    _text("kind"),
    Column("version", INTEGER, nullable=False),
    _text("body"),
    _text("actor"),
    _text("reason"),
    _text("recorded_at"),
    UniqueConstraint("anchor", "kind", "version"),
    check("decision", "version", column("version") >= 1),
    check("decision", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)

release = Table(
    "release",
    KEPT,
    _seq(),
    Column("number", INTEGER, nullable=False, unique=True),
    _text("manifest"),
    _text("policy"),
    _text("as_known_on"),
    Column("tree_size", INTEGER, nullable=False),
    _text("root"),
    _text("recorded_at"),
    check("release", "number", column("number") >= 1),
    check("release", "manifest", is_sha256("manifest")),
    check("release", "as_known_on", is_day("as_known_on")),
    check("release", "tree_size", column("tree_size") >= 0),
    check("release", "root", is_sha256("root")),
    check("release", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)

place_list = Table(
    "place_list",
    KEPT,
    _seq(),
    Column("evidence", TEXT, ForeignKey("evidence.sha256"), nullable=False),
    _text("kind"),
    _text("name"),
    _text("country"),
    Column("version", INTEGER, nullable=False),
    Column("used", INTEGER, nullable=False),
    _text("recorded_at"),
    UniqueConstraint("evidence", "country", "version"),
    check("place_list", "version", column("version") >= 1),
    check("place_list", "used", is_truth("used")),
    check("place_list", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)

custody = Table(
    "custody",
    KEPT,
    _seq(),
    Column("evidence", TEXT, ForeignKey("evidence.sha256"), nullable=True, index=True),
    _text("act"),
    _text("actor"),
    _text("at"),
    _text("clock"),
    _text("tool"),
    _text("detail"),
    check("custody", "at", is_moment("at")),
    check("custody", "actor", func.length(column("actor")) > 0),
    sqlite_strict=True,
)
"""What was done with evidence; `at` keeps the zone it was told in, `clock` and `detail` are JSON."""

anchor = Table(
    "anchor",
    KEPT,
    _seq(),
    _text("day"),
    Column("tree_size", INTEGER, nullable=False, unique=True),
    _text("root"),
    _text("recorded_at"),
    check("anchor", "day", is_day("day")),
    check("anchor", "tree_size", column("tree_size") >= 0),
    check("anchor", "root", is_sha256("root")),
    check("anchor", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)

token = Table(
    "token",
    KEPT,
    _seq(),
    Column("tree_size", INTEGER, ForeignKey("anchor.tree_size"), nullable=False),
    _text("authority"),
    _text("kind"),
    _text("token"),
    _text("recorded_at"),
    UniqueConstraint("tree_size", "authority"),
    check("token", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)
"""`token` is in base64."""

reader_key = Table(
    "reader_key",
    KEPT,
    _seq(),
    _text("recipient"),
    _text("holder"),
    _text("role"),
    Column("version", INTEGER, nullable=False),
    Column("used", INTEGER, nullable=False),
    _text("recorded_at"),
    UniqueConstraint("recipient", "version"),
    check("reader_key", "version", column("version") >= 1),
    check("reader_key", "used", is_truth("used")),
    check("reader_key", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)

source = Table(
    "source",
    KEPT,
    _seq(),
    _text("source_id"),
    Column("version", INTEGER, nullable=False),
    _text("commitment"),
    _text("recipients"),
    _text("recorded_at"),
    UniqueConstraint("source_id", "version"),
    check("source", "version", column("version") >= 1),
    check("source", "commitment", is_sha256("commitment")),
    check("source", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)
"""That a source is sealed; what is sealed lies in sealed.db, where it can be destroyed."""

unsealing = Table(
    "unsealing",
    KEPT,
    _seq(),
    _text("source_id"),
    Column("number", INTEGER, nullable=False),
    _text("reader"),
    _text("reason"),
    _text("recorded_at"),
    UniqueConstraint("source_id", "number"),
    check("unsealing", "number", column("number") >= 1),
    check("unsealing", "reason", func.length(column("reason")) > 0),
    check("unsealing", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)

erasure = Table(
    "erasure",
    KEPT,
    _seq(),
    _text("source_id", unique=True),
    _text("actor"),
    _text("reason"),
    _text("recorded_at"),
    check("erasure", "recorded_at", is_instant("recorded_at")),
    sqlite_strict=True,
)
