"""One value of every kind that preserving keeps, each with the row that the store makes of it."""

from datetime import datetime
from typing import Any

from marsad.model import (
    Act,
    Anchor,
    Clock,
    Custody,
    Erasure,
    KeyRole,
    ReaderKey,
    SealedSource,
    Sha256,
    Token,
    TokenKind,
    Unsealing,
)
from marsad.store import preserving_rows as rows

NOON_IN_RAQQA = datetime.fromisoformat("2014-11-25T12:00:00+03:00")
SHA = Sha256("ab" * 32)

VALUES: dict[str, Any] = {
    "custody": Custody(
        SHA,
        Act.RECEIVED,
        "collector-7",
        NOON_IN_RAQQA,
        Clock(-0.25, "radio clock"),
        "marsad 0",
        {"report": "r", "الاسم": 1},
    ),
    "anchor": Anchor("2014-11-25", 7, SHA, NOON_IN_RAQQA),
    "token": Token(7, "https://tsa.example", TokenKind.RFC3161, b"\x30\x03\x02\x01\x00", NOON_IN_RAQQA),
    "reader_key": ReaderKey("age1xyz", "reader-1", KeyRole.RECOVERY, 1, used=True, recorded_at=NOON_IN_RAQQA),
    "source": SealedSource("source-1", 1, SHA, ("age1xyz", "age1abc"), NOON_IN_RAQQA),
    "unsealing": Unsealing("source-1", 1, "reader-1", "to ask again", NOON_IN_RAQQA),
    "erasure": Erasure("source-1", "reader-1", "asked for by the source", NOON_IN_RAQQA),
}
"""In an order in which each finds what it refers to."""

ROWS: dict[str, dict[str, Any]] = {kind: getattr(rows, f"{kind}_row")(value) for kind, value in VALUES.items()}
