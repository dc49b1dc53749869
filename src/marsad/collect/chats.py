"""Exports of chats as files: opened, told apart, and each message handed on to become a report."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

from marsad.collect import signal_lines, telegram_html, telegram_json, whatsapp
from marsad.collect.how import How
from marsad.collect.incoming import Found, Original
from marsad.collect.json_items import JsonItems
from marsad.collect.messages import Chat, Message, message_reports
from marsad.collect.particulars import Particulars
from marsad.collect.sources import Source
from marsad.collect.telegram_html import TelegramPage
from marsad.collect.telegram_json import Reading
from marsad.collect.unpack import members
from marsad.collect.workers import Workers
from marsad.model import Wrong
from marsad.stage import Rejection

LONGEST_LINE = 1_000_000
_LINES = 500
"""Lines that a worker hands over at a time."""

_PUBLIC = frozenset({"public_channel", "public_supergroup"})
_NAMED = re.compile(
    r"(?:WhatsApp Chat (?:with|-) |Chat de WhatsApp con |Discussion WhatsApp avec |WhatsApp-Chat mit |Chat WhatsApp con "
    r"|محادثة واتساب مع |دردشة واتساب مع |Чат WhatsApp з )(?P<name>.+)",
    re.IGNORECASE,
)
_CHAT_TEXT = re.compile(r"(?:.*/)?(?:_chat\.txt|[^/]*whatsapp[^/]*\.txt|[^/]*واتساب[^/]*\.txt)", re.IGNORECASE)


def telegram(source: Source, given: Particulars, how: How, _workers: Workers) -> Iterator[Found]:
    """Yield the reports of Telegram's `result.json`: of one chat, or of all chats of an account."""
    original = source.original("application/json")
    with source.opened() as stream:
        items = JsonItems(stream, source.name, ("messages", "list"), ("chats",))
        reading = Reading(source.name, how.zone)
        first: list[Any] = []
        rest = iter(items)
        for item in rest:
            if not (isinstance(item, dict) and isinstance(item.get("messages"), list)):
                first.append(item)
                break
            yield from message_reports(
                _said(item["messages"], reading), _telegram_chat(item), source.name, original, given
            )
        if first:
            every = _said(_chained(first, rest), reading)
            yield from message_reports(every, _telegram_chat(items.beside), source.name, original, given)


def _chained(first: list[Any], rest: Iterable[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


def _said(items: Iterable[Any], reading: Reading) -> Iterator[Message | Rejection]:
    for item in items:
        found = telegram_json.telegram_message(item, reading)
        if found is not None:
            yield found


def _telegram_chat(told: dict[str, Any]) -> Chat:
    name = told.get("name")
    return Chat("telegram", name if isinstance(name, str) and name.strip() else None, told.get("type") in _PUBLIC)


def telegram_page(source: Source, given: Particulars, how: How, _workers: Workers) -> Iterator[Found]:
    """Yield the reports of one page of Telegram's export as HTML. It does not tell whether the chat is public: protected."""
    original = source.original("text/html")
    with source.opened() as stream:
        page = TelegramPage(Reading(source.name, how.zone))
        messages = page.messages(stream)
        first = next(messages, None)
        if first is not None:
            every = _chained([first], messages)
            yield from message_reports(every, Chat("telegram", page.title), source.name, original, given)


def signal(source: Source, given: Particulars, how: How, _workers: Workers) -> Iterator[Found]:
    """Yield the reports of messages of Signal as JSON."""
    original = source.original("application/json")
    reading = Reading(source.name, how.zone)
    with source.opened() as stream:
        items = enumerate(JsonItems(stream, source.name, signal_lines.LISTS), 1)
        found = (signal_lines.signal_message(item, number, reading) for number, item in items)
        yield from message_reports(
            (one for one in found if one is not None), Chat("signal"), source.name, original, given
        )


def whatsapp_text(source: Source, given: Particulars, _how: How, _workers: Workers) -> Iterator[Found]:
    """Yield the reports of WhatsApp's export as text."""
    original = source.original("text/plain")
    with source.opened() as stream:
        yield from _whatsapp(_lines(stream), source, original, given, _chat_name(source.name))


def whatsapp_archive(source: Source, given: Particulars, _how: How, workers: Workers) -> Iterator[Found]:
    """Yield the reports of WhatsApp's export as an archive: its text; the pictures in it are named, and kept in it."""
    original = source.original("application/zip")
    parts = workers.read(
        "marsad.collect.chats:archived_lines", source.handle, name=source.name, options={"name": source.name}
    )
    name = next(parts)
    lines = (line for part in parts for line in part)
    yield from _whatsapp(lines, source, original, given, _chat_name(source.name) or _chat_name(str(name)))


def archived_lines(stream: BinaryIO, name: str) -> Iterator[str | list[str]]:
    """Yield the name of the text of a chat in an archive, then its lines, some hundred at a time; run in a worker."""
    for member in members(stream, name):
        if isinstance(member, Rejection) or not _CHAT_TEXT.fullmatch(member.name):
            continue
        yield member.name
        some: list[str] = []
        for line in _lines(cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", member.stream)))):
            some.append(line)
            if len(some) == _LINES:
                yield some
                some = []
        yield some
        return
    raise Wrong(name, None, "holds no text of a chat", "unpack it and add the files in it")


def is_chat_archive(source: Source) -> bool:
    """Tell whether an archive is an export of WhatsApp, by its name or by its members' names in its first bytes."""
    stem = source.name.rsplit("/", 1)[-1].removesuffix(".zip")
    return bool(_NAMED.fullmatch(stem)) or b"_chat.txt" in source.head or b"WhatsApp" in source.head[:400]


def is_whatsapp_text(source: Source) -> bool:
    """Tell whether a text is an export of WhatsApp."""
    return whatsapp.is_export(source.head[:20_000].decode("utf-8", "ignore"))


def is_telegram(source: Source) -> bool:
    """Tell whether a JSON file is Telegram's."""
    return telegram_json.is_export(source.head.decode("utf-8", "ignore"))


def is_telegram_page(source: Source) -> bool:
    """Tell whether an HTML file is Telegram's."""
    return telegram_html.is_export(source.head.decode("utf-8", "ignore"))


def is_signal(source: Source) -> bool:
    """Tell whether a JSON file holds messages of Signal."""
    return signal_lines.is_export(source.head.decode("utf-8", "ignore"))


def _whatsapp(
    lines: Iterator[str], source: Source, original: Original, given: Particulars, name: str | None
) -> Iterator[Found]:
    yield from message_reports(whatsapp.whatsapp_messages(lines), Chat("whatsapp", name), source.name, original, given)


def _chat_name(name: str) -> str | None:
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    found = _NAMED.fullmatch(stem)
    return found["name"].strip() if found else None


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield lines; of one that is too long, its beginning, and bytes that are no UTF-8 show as such."""
    while line := stream.readline(LONGEST_LINE):
        yield line.decode("utf-8", "replace").removeprefix("\ufeff")
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
