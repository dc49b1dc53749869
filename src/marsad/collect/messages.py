"""A message of a chat as a report: its words, the day it was sent, and in which chat; who sent it stays in the vault."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from marsad.collect.incoming import LIMIT, Found, Incoming, Original
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import STAGE, one_line
from marsad.model import Wrong
from marsad.model.ids import content_id
from marsad.stage import Rejection


@dataclass(frozen=True, slots=True)
class Message:
    """In a chat, somebody wrote `text` on the day `sent`, None where no day can be told.

    `number` is the chat's own for it, or the line on which it begins; `at` is the moment as the export writes it.
    `forwarded` names whom it was forwarded from, `edited` when it was changed last, `media` what was sent with it;
    None where there is nothing of the kind.
    """

    number: str
    text: str
    sent: date | None
    at: str | None = None
    sender: str | None = None
    forwarded: str | None = None
    edited: str | None = None
    media: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """An export of a chat: the program it is from, and its name, None where the export does not tell it.

    `public` says that it is a channel that anybody can read; people in other chats trust that nobody names them.
    """

    program: str
    name: str | None = None
    public: bool = False
    address: str | None = None


def message_reports(
    messages: Iterator[Message | Rejection], chat: Chat, name: str, original: Original, given: Particulars
) -> Iterator[Found]:
    """Yield a report for each message with words; rejections are passed on.

    The outlet is the one given, else the chat's name. Reports of a chat that is not public are protected. Raises Wrong
    where nobody names the chat.
    """
    outlet = given.outlet or ("" if chat.name is None else " ".join(one_line(chat.name).split()))
    if not outlet:
        raise Wrong(name, None, "does not say which chat it is", 'give --outlet "NAME"')
    protected = not chat.public if given.protected is None else given.protected
    told = replace(given, outlet=outlet[:200], protected=protected)
    for message in messages:
        if isinstance(message, Rejection):
            yield message
        elif (text := _storable(message.text)).strip():
            yield _report(replace(message, text=text), chat, f"{name} message {message.number}", original, told)


def _storable(text: str) -> str:
    """Return the words without what no store and no file takes: null characters, halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _report(message: Message, chat: Chat, where: str, original: Original, told: Particulars) -> Found:
    text = message.text
    if len(text) > LIMIT:
        return Rejection(where, STAGE, f"{where}: is longer than {LIMIT:,} characters; split it.")
    head = (
        ("kind", chat.program),
        ("file", original.sha256),
        ("message", message.number),
        ("sent", message.at),
        ("sender", message.sender),
        ("forwarded_from", message.forwarded),
        ("edited", message.edited),
        ("answers", message.answers),
        ("media", message.media),
    )
    front = "".join(f"{key}: {line}\n" for key, value in head if value and (line := one_line(value)))
    published = message.sent or told.published
    key = content_id("message", chat.program, told.outlet, message.at, message.sender, message.forwarded, text)
    assert told.outlet is not None  # noqa: S101 - for the type checker
    return Incoming(
        where,
        f"---\n{front}---\n{text}".encode(),
        told.outlet,
        published,
        told.lang,
        chat.address or told.address,
        key,
        protected=bool(told.protected),
        original=original,
        keyed_by_content=True,
    )


def day_of(moment: datetime, zone: ZoneInfo | None) -> date:
    """Return the day on which a moment was, in a zone; without one, in UTC if the moment has an offset, else as written.

    >>> str(day_of(datetime(2014, 11, 25, 22, 30, tzinfo=UTC), ZoneInfo("Asia/Damascus")))
    '2014-11-26'
    """
    if moment.tzinfo is None:
        return moment.date()
    return moment.astimezone(zone or UTC).date()
