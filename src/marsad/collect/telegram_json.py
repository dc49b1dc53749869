"""Telegram Desktop's export as JSON (`result.json`): one chat, or all of an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from marsad.collect.messages import Message, day_of
from marsad.collect.row_reports import STAGE
from marsad.stage import Rejection

_MEDIA = ("photo", "file", "media_type", "location_information", "contact_information", "poll")
_LATEST = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How an export is read: the name shown in messages to people, and the zone in which moments are days."""

    name: str
    zone: ZoneInfo | None = None


def is_export(head: str) -> bool:
    """Tell whether a JSON file that begins like this is an export of Telegram."""
    return (
        '"messages"' in head
        and '"type"' in head
        and ('"date_unixtime"' in head or '"text_entities"' in head or '"from_id"' in head)
    )


def telegram_message(item: Any, reading: Reading) -> Message | Rejection | None:
    """Return the message that an object of `messages` is; None for a service message ("X pinned …") or one without words.

    The day is that of `date_unixtime` in the zone that is given; without a zone, that of `date`, which is the clock of
    whoever made the export. A poll's question, and a caption, are words.
    """
    if not isinstance(item, Mapping):
        return _refused(reading, "?", "is no object")
    number = str(item.get("id", "?"))[:40]
    if item.get("type") == "service":
        return None
    if item.get("type") != "message":
        return _refused(reading, number, "is of no type that is known (message, service)")
    text = _text(item.get("text"))
    poll = item.get("poll")
    if not text and isinstance(poll, Mapping):
        text = _text(poll.get("question"))
    if not text.strip():
        return None
    moment, written = _moment(item, reading.zone)
    if moment is None:
        return _refused(reading, number, "has no date")
    return Message(
        number,
        text,
        day_of(moment, reading.zone),
        written,
        _word(item.get("from")) or _word(item.get("from_id")),
        _word(item.get("forwarded_from")) or _word(item.get("saved_from")),
        _word(item.get("edited")),
        "; ".join(filter(None, (_media(item, key) for key in _MEDIA))) or None,
        _word(item.get("reply_to_message_id")),
    )


def _moment(item: Mapping[str, Any], zone: ZoneInfo | None) -> tuple[datetime | None, str | None]:
    unix, local = _word(item.get("date_unixtime")), _word(item.get("date"))
    known = unix is not None and unix.isascii() and unix.isdigit() and int(unix) < _LATEST
    moment = datetime.fromtimestamp(int(unix or 0), UTC) if known else None
    written = None if moment is None else moment.isoformat().replace("+00:00", "Z")
    if moment is not None and zone is not None:
        return moment, written
    try:
        return (moment if local is None else datetime.fromisoformat(local)), written or local
    except ValueError:
        return moment, written


def _text(value: Any) -> str:
    """Return the words of a text: a string, or a list of strings and of objects such as links, each with its text."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _text(value.get("text"))
    if isinstance(value, list):
        return "".join(part if isinstance(part, str) else _entity(part) for part in value)
    return ""


def _entity(part: Any) -> str:
    return str(part["text"]) if isinstance(part, Mapping) and isinstance(part.get("text"), str) else ""


def _media(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    if isinstance(value, str):
        return value
    return None if value is None else key.removesuffix("_information")


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    return str(value)[:500] or None


def _refused(reading: Reading, number: str, rule: str) -> Rejection:
    where = f"{reading.name} message {number}"
    return Rejection(where, STAGE, f"{where}: {rule}; export the chat anew.")
