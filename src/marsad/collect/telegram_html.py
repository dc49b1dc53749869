"""Telegram Desktop's export as HTML (`messages.html`, `messages2.html` …): what its pages show of each message."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from typing import BinaryIO

from marsad.collect.messages import Message, day_of
from marsad.collect.row_reports import STAGE
from marsad.collect.telegram_json import Reading
from marsad.stage import Rejection

_TITLE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?: UTC([+-])(\d{2}):?(\d{2}))?")
_PART = 65_536
_DEEPEST = 200
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def is_export(head: str) -> bool:
    """Tell whether an HTML page that begins like this is a page of such an export."""
    return 'class="page_wrap"' in head and (
        "Exported Data" in head or 'class="history"' in head or 'class="message ' in head
    )


class TelegramPage(HTMLParser):
    """Reads a page piece by piece; `messages` yields what it holds, and fills `title` with the chat's name first.

    What a reader sees and this keeps: who, when, words, forwarded from whom. What the page hides or leaves out: when a
    message was edited.
    """

    def __init__(self, reading: Reading) -> None:
        super().__init__(convert_charrefs=True)
        self.title: str | None = None
        self._reading = reading
        self._open: list[str] = []
        self._ready: list[Message | Rejection] = []
        self._sender: str | None = None
        self._clear()

    def _clear(self) -> None:
        self._number, self._kind, self._written = "?", "", ""
        self._words: list[str] = []
        self._who: list[str] = []
        self._forwarded: list[str] = []
        self._media: list[str] = []
        self._service = False

    def messages(self, stream: BinaryIO) -> Iterator[Message | Rejection]:
        """Yield the messages of a page in their order; bytes that are no UTF-8 show as such."""
        import codecs

        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        while data := stream.read(_PART):
            self.feed(decoder.decode(data))
            yield from self._taken()
        self.feed(decoder.decode(b"", final=True))
        self.close()
        self._finish()
        yield from self._taken()

    def _taken(self) -> list[Message | Rejection]:
        taken, self._ready = self._ready, []
        return taken

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where in the page this element lies, by its classes."""
        told = {name: value or "" for name, value in attrs}
        kinds = told.get("class", "").split()
        if tag == "div" and "message" in kinds:
            self._finish()
            self._number = told.get("id", "?").removeprefix("message")[:40]
            self._service = "service" in kinds
            self._kind = "message"
        if tag == "br" and "text" in self._open:
            self._words.append("\n")
        if "date" in kinds and told.get("title") and "forwarded" not in self._open:
            self._written = told["title"]
        if tag in _VOID or len(self._open) >= _DEEPEST:
            return
        self._open.append(self._called(tag, kinds))
        if tag == "a" and "media_wrap" in self._open and told.get("href"):
            self._media.append(told["href"][:200])

    def _called(self, tag: str, kinds: list[str]) -> str:
        """Return what matters of an element: what part of a message it is."""
        for kind in (
            "forwarded",
            "from_name",
            "text",
            "media_wrap",
            "reply_to",
            "page_header",
            "bold",
            "date",
            "reactions",
        ):
            if kind in kinds:
                return kind
        return tag

    def handle_endtag(self, tag: str) -> None:
        """Leave the element; a page is machine-made, so its elements are closed in order."""
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take the words, by the part of the message that they stand in."""
        where = self._open
        if "page_header" in where and not self._kind and data.strip():
            self.title = self.title or " ".join(data.split())
        elif not self._kind or "reply_to" in where or "date" in where or "reactions" in where:
            return
        elif "from_name" in where:
            (self._forwarded if "forwarded" in where else self._who).append(data)
        elif "text" in where:
            self._words.append(data)

    def _finish(self) -> None:
        if not self._kind:
            return
        who = " ".join("".join(self._who).split())
        # A message that goes on after another of the same person shows no name.
        self._sender = who or self._sender
        text = "\n".join(line.strip() for line in "".join(self._words).strip().split("\n"))
        if text and not self._service:
            moment = _moment(self._written)
            where = f"{self._reading.name} message {self._number}"
            if moment is None:
                self._ready.append(Rejection(where, STAGE, f"{where}: has no date; export the chat anew."))
            else:
                forwarded = " ".join("".join(self._forwarded).split())
                sent = day_of(moment, self._reading.zone)
                if self._reading.zone is None:
                    sent = moment.date()  # the clock of whoever made the export, as in the JSON
                made = Message(
                    self._number,
                    text,
                    sent,
                    moment.isoformat(),
                    self._sender,
                    forwarded or None,
                    media="; ".join(self._media)[:400] or None,
                )
                self._ready.append(made)
        self._clear()


def _moment(written: str) -> datetime | None:
    found = _TITLE.search(written)
    if found is None:
        return None
    day, month, year, hour, minute = (int(found[n]) for n in range(1, 6))
    try:
        zone = None
        if found[7]:
            offset = timedelta(hours=int(found[8]), minutes=int(found[9]))
            zone = timezone(-offset if found[7] == "-" else offset)
        return datetime(year, month, day, hour, minute, int(found[6] or 0), tzinfo=zone)
    except ValueError:
        return None
