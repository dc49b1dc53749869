"""The tables of the desk: who may sign in, who has, and what was asked and approved. Private; no word of a report is in it."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, MetaData, Table, column, func

from marsad.store.columns import INTEGER, TEXT, check, is_instant, is_truth

APPLICATION_ID = 0x6D727374  # "mrst": of the team at the desk; "mrsd" is what is derived
VERSION = 1

DESK = MetaData()


def _text(name: str, *, nullable: bool = False, key: bool = False, unique: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=nullable, primary_key=key, unique=unique)


def _account() -> Column[str]:
    return Column("account_id", TEXT, ForeignKey("account.account_id"), nullable=False, index=True)


Table(
    "account",
    DESK,
    _text("account_id", key=True),
    _text("name"),
    _text("name_key", unique=True),
    _text("roles"),
    _text("groups"),
    _text("language"),
    _text("password", nullable=True),
    _text("totp", nullable=True),
    Column("totp_step", INTEGER, nullable=False),
    Column("disabled", INTEGER, nullable=False),
    Column("version", INTEGER, nullable=False),
    _text("made_at"),
    check("account", "disabled", is_truth("disabled")),
    check("account", "made_at", is_instant("made_at")),
    check("account", "name", func.length(column("name")) > 0),
    sqlite_strict=True,
)
"""`account_id` is the pseudonym that the ledger keeps; `name` what the person signs in with, kept nowhere else."""

Table(
    "passkey",
    DESK,
    _text("credential_id", key=True),
    _account(),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", INTEGER, nullable=False),
    _text("label"),
    _text("made_at"),
    sqlite_strict=True,
)

Table(
    "session",
    DESK,
    _text("token_hash", key=True),
    _account(),
    _text("factor"),
    _text("made_at"),
    _text("seen_at"),
    _text("challenge", nullable=True),
    check("session", "factor", column("factor").in_(["password", "both"])),
    sqlite_strict=True,
)
"""A session's own token is nowhere but in the browser; here is its SHA-256."""

Table("invitation", DESK, _text("token_hash", key=True), _account(), _text("expires_at"), sqlite_strict=True)
"""One-time links by which somebody sets a password."""

Table("device", DESK, _text("token_hash", key=True), _account(), _text("made_at"), sqlite_strict=True)
"""Browsers from which somebody has signed in before: they have attempts of their own, so that nobody can lock one out."""

attempt = Table("attempt", DESK, _text("bucket"), _text("at"), sqlite_strict=True)
Index("attempt_bucket", attempt.c.bucket, attempt.c.at)

Table(
    "restriction",
    DESK,
    _text("kind", key=True),
    _text("object", key=True),
    _text("grp", key=True),
    _text("by"),
    _text("at"),
    check("restriction", "kind", column("kind").in_(["report", "incident"])),
    sqlite_strict=True,
)
"""A report, or the incident of the words at an anchor, is for this group alone."""

Table(
    "request",
    DESK,
    _text("request_id", key=True),
    _text("kind"),
    _text("by"),
    _text("what"),
    _text("reason"),
    _text("made_at"),
    _text("expires_at", nullable=True),
    check("request", "kind", column("kind").in_(["export", "opening"])),
    sqlite_strict=True,
)

Table(
    "verdict",
    DESK,
    Column("request_id", TEXT, ForeignKey("request.request_id"), primary_key=True, nullable=False),
    _text("by", key=True),
    Column("approved", INTEGER, nullable=False),
    _text("at"),
    check("verdict", "approved", is_truth("approved")),
    sqlite_strict=True,
)

Table(
    "answered",
    DESK,
    _text("by", key=True),
    _text("once", key=True),
    _text("asked"),
    _text("answer"),
    _text("at"),
    sqlite_strict=True,
)
"""What was answered to an idempotency key: the same key gets the same answer, and changes nothing again."""

Table(
    "view",
    DESK,
    _text("view_id", key=True),
    _account(),
    _text("name"),
    _text("query"),
    _text("made_at"),
    sqlite_strict=True,
)

Table(
    "event",
    DESK,
    Column("n", INTEGER, primary_key=True),
    _text("at"),
    _text("by"),
    _text("what"),
    _text("about", nullable=True),
    sqlite_strict=True,
)
"""What was done with accounts, modes and requests: pseudonyms alone."""

Table("setting", DESK, _text("name", key=True), _text("value"), sqlite_strict=True)

TABLES = dict(DESK.tables)
