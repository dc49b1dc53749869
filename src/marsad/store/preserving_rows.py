"""Custody, trusted times and sealed sources to rows and back; what of a row the ledger seals is everything but its number."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
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
from marsad.model.rows import canonical_json
from marsad.store.instants import instant

Row = dict[str, Any]


def moment(time: datetime) -> str:
    """Return a time as it was told, zone and all, to the microsecond; raises ValueError for a time without a zone.

    >>> moment(datetime.fromisoformat("2014-11-25T14:30:00+03:00"))
    '2014-11-25T14:30:00.000000+03:00'
    """
    if time.tzinfo is None:
        raise ValueError(f"{time} has no time zone; say which")
    return time.isoformat(timespec="microseconds")


def custody_row(event: Custody) -> Row:
    """Return the event as a row, without its number in the ledger."""
    return {
        "evidence": event.evidence,
        "act": event.act.value,
        "actor": event.actor,
        "at": moment(event.at),
        "clock": _clock(event.clock),
        "tool": event.tool,
        "detail": canonical_json(dict(event.detail)),
    }


@lru_cache(maxsize=64)
def _clock(clock: Clock) -> str:
    return canonical_json(asdict(clock))


def custody_of(row: Mapping[str, Any]) -> Custody:
    """Return the event that a row holds."""
    evidence = None if row["evidence"] is None else Sha256(row["evidence"])
    clock = Clock(**json.loads(row["clock"]))
    at = datetime.fromisoformat(row["at"])
    return Custody(evidence, Act(row["act"]), row["actor"], at, clock, row["tool"], json.loads(row["detail"]))


def anchor_row(anchor: Anchor) -> Row:
    """Return the anchor as a row, without its number in the ledger."""
    return {**asdict(anchor), "recorded_at": instant(anchor.recorded_at)}


def anchor_of(row: Mapping[str, Any]) -> Anchor:
    """Return the anchor that a row holds."""
    return Anchor(row["day"], row["tree_size"], Sha256(row["root"]), datetime.fromisoformat(row["recorded_at"]))


def token_row(token: Token) -> Row:
    """Return the token as a row, without its number in the ledger."""
    coded = base64.b64encode(token.token).decode()
    return {**asdict(token), "kind": token.kind.value, "token": coded, "recorded_at": instant(token.recorded_at)}


def token_of(row: Mapping[str, Any]) -> Token:
    """Return the token that a row holds."""
    kind, data = TokenKind(row["kind"]), base64.b64decode(row["token"], validate=True)
    return Token(row["tree_size"], row["authority"], kind, data, datetime.fromisoformat(row["recorded_at"]))


def reader_key_row(key: ReaderKey) -> Row:
    """Return the key as a row, without its number in the ledger."""
    return {**asdict(key), "role": key.role.value, "used": int(key.used), "recorded_at": instant(key.recorded_at)}


def reader_key_of(row: Mapping[str, Any]) -> ReaderKey:
    """Return the key that a row holds."""
    recorded_at = datetime.fromisoformat(row["recorded_at"])
    role, used = KeyRole(row["role"]), bool(row["used"])
    return ReaderKey(row["recipient"], row["holder"], role, row["version"], used, recorded_at)


def source_row(source: SealedSource) -> Row:
    """Return the sealed source as a row, without its number in the ledger."""
    recipients = canonical_json(list(source.recipients))
    return {**asdict(source), "recipients": recipients, "recorded_at": instant(source.recorded_at)}


def source_of(row: Mapping[str, Any]) -> SealedSource:
    """Return the sealed source that a row holds."""
    recipients = tuple(json.loads(row["recipients"]))
    recorded_at = datetime.fromisoformat(row["recorded_at"])
    return SealedSource(row["source_id"], row["version"], row["commitment"], recipients, recorded_at)


def unsealing_row(unsealing: Unsealing) -> Row:
    """Return the unsealing as a row, without its number in the ledger."""
    return {**asdict(unsealing), "recorded_at": instant(unsealing.recorded_at)}


def unsealing_of(row: Mapping[str, Any]) -> Unsealing:
    """Return the unsealing that a row holds."""
    recorded_at = datetime.fromisoformat(row["recorded_at"])
    return Unsealing(row["source_id"], row["number"], row["reader"], row["reason"], recorded_at)


def erasure_row(erasure: Erasure) -> Row:
    """Return the erasure as a row, without its number in the ledger."""
    return {**asdict(erasure), "recorded_at": instant(erasure.recorded_at)}


def erasure_of(row: Mapping[str, Any]) -> Erasure:
    """Return the erasure that a row holds."""
    return Erasure(row["source_id"], row["actor"], row["reason"], datetime.fromisoformat(row["recorded_at"]))


SUBJECTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "custody": lambda row: f"{row['evidence'] or '*'} {row['act']}",
    "anchor": lambda row: str(row["tree_size"]),
    "token": lambda row: f"{row['tree_size']} {row['authority']}",
    "reader_key": lambda row: f"{row['recipient']} {row['version']}",
    "source": lambda row: f"{row['source_id']} {row['version']}",
    "unsealing": lambda row: f"{row['source_id']} {row['number']}",
    "erasure": lambda row: str(row["source_id"]),
}
"""What the ledger calls these kept things, by kind."""
