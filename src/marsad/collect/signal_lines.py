"""Signal: messages as JSON, in the words of its desktop program's own table.

Signal documents no export of its desktop program. Tools that export it (sigtop) write the columns of its table of messages:
`sent_at` in milliseconds, `body`, `type`, `source`, `conversationId`. Those are read.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marsad.collect.messages import Message, day_of
from marsad.collect.row_reports import STAGE
from marsad.collect.telegram_json import Reading
from marsad.stage import Rejection

LISTS = ("messages",)
_WORDS = ("body", "text", "message")
_SENT = ("sent_at", "sentAt", "timestamp", "date_sent", "received_at")
_WHO = ("sourceName", "sender", "source", "sourceServiceId", "sourceUuid", "sourceE164")
_SAID = frozenset({"incoming", "outgoing", ""})
_LATEST = 10_000_000_000


def is_export(head: str) -> bool:
    """Tell whether a JSON file that begins like this holds messages of Signal."""
    return any(f'"{key}"' in head for key in _SENT[:2]) and '"body"' in head and '"conversationId"' in head


def signal_message(item: Any, number: int, reading: Reading) -> Message | Rejection | None:
    """Return the message that an object is; None for what the program wrote, what was deleted, and what has no words."""
    where = f"{reading.name} message {number}"
    if not isinstance(item, Mapping):
        return Rejection(where, STAGE, f"{where}: is no object; export the chat anew.")
    kind = item.get("type")
    if (isinstance(kind, str) and kind not in _SAID) or item.get("isErased") or item.get("deletedForEveryone"):
        return None
    text = next((value for key in _WORDS if isinstance(value := item.get(key), str) and value.strip()), None)
    if text is None:
        return None
    moment = next((found for key in _SENT if (found := _moment(item.get(key))) is not None), None)
    if moment is None:
        return Rejection(where, STAGE, f"{where}: has no moment at which it was sent; export the chat anew.")
    sender = next((value for key in _WHO if isinstance(value := item.get(key), str) and value), None)
    attached = item.get("attachments")
    media = f"{len(attached)} attached" if isinstance(attached, list) and attached else None
    written = moment.isoformat().replace("+00:00", "Z")
    sender = sender or ("the one who exported" if kind == "outgoing" else None)
    return Message(str(number), text, day_of(moment, reading.zone), written, sender, media=media)


def _moment(value: Any) -> datetime | None:
    """Return a moment written as milliseconds or seconds since 1970, or as ISO 8601 with an offset."""
    if isinstance(value, str) and not value.isdigit():
        try:
            found = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    seconds = float(value)
    seconds = seconds / 1000 if seconds > _LATEST else seconds
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None
