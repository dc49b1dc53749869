"""E-mail: the words of a message, its subject above them; attachments by their names. Pure; run in a worker."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any, BinaryIO, Final

from marsad.model import Wrong

LONGEST: Final = 40_000_000
"""Bytes of one message with all that is attached."""
_MOST_PARTS: Final = 500
_BREAKS: Final = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})
_SILENT: Final = frozenset({"script", "style", "head", "title"})
_FROM: Final = re.compile(rb"From \S+.* \d{1,2}:\d{2}", re.DOTALL)
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


def message(stream: BinaryIO, name: str) -> Iterator[dict[str, Any]]:
    """Yield the one message of an .eml file; raises Wrong where it has no words."""
    data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise Wrong(name, None, f"is longer than {LONGEST:,} bytes", "save it without its attachments")
    yield told(data, name)


def messages(stream: BinaryIO, name: str) -> Iterator[dict[str, Any]]:
    """Yield the messages of an mbox file; one that cannot be read is an item with `refused`, the reason."""
    for number, data in enumerate(_parted(stream), 1):
        where = f"{name} message {number}"
        if data is None:
            yield {"refused": f"{where}: is longer than {LONGEST:,} bytes; save it without its attachments."}
            continue
        try:
            yield told(data, where) | {"number": number}
        except Wrong as wrong:
            yield {"refused": str(wrong)}


def _parted(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the bytes of each message of an mbox; None for one that is too long."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    for line in iter(lambda: stream.readline(1 << 20), b""):
        if blank and _FROM.match(line):
            if begun:
                yield b"".join(lines) if size <= LONGEST else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= LONGEST:
                lines.append(line)
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= LONGEST else None


def told(data: bytes, name: str) -> dict[str, Any]:
    """Return what a message says: text, subject, sent (ISO 8601), sender, id, attached; what is not said is None.

    The plain text is taken where there is one; else the HTML without its marks. Raises Wrong where it has no words.
    """
    try:
        found = BytesParser(policy=policy.default).parsebytes(_QUOTED_FROM.sub(rb"\1", data))
        subject, text = _header(found, "subject"), _body(found)
        attached = [part.get_filename() or part.get_content_type() for part in _parts(found) if part.is_attachment()]
    except Wrong:
        raise
    except Exception as fault:
        raise Wrong(name, None, f"is no message that can be read ({type(fault).__name__})", "save it anew") from fault
    words = "\n\n".join(part for part in (subject, text) if part)
    if not words.strip():
        raise Wrong(name, None, "holds no words", "add what is attached to it by itself")
    moment = _moment(_header(found, "date"))
    return {
        "text": words,
        "subject": subject or None,
        "sent": None if moment is None else moment.isoformat(),
        "sender": _header(found, "from") or None,
        "id": _header(found, "message-id") or None,
        "attached": "; ".join(attached)[:400] or None,
        "by": "marsad",
    }


def _header(found: EmailMessage, name: str) -> str:
    value = found.get(name)
    return " ".join(str(value).encode("utf-8", "replace").decode().split())[:1000] if value is not None else ""


def _moment(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written) if written else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parts(found: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(found.walk()):
        if number >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _body(found: EmailMessage) -> str:
    """Return the words of a message; those of a message that was forwarded whole stand behind them."""
    plain: list[str] = []
    marked: list[str] = []
    for part in _parts(found):
        if part.is_attachment() or part.get_content_maintype() != "text":
            continue
        (marked if part.get_content_subtype() == "html" else plain).append(_decoded(part))
    if any(text.strip() for text in plain):
        return "\n\n".join(text.strip() for text in plain if text.strip())
    return "\n\n".join(filter(None, (without_marks(text) for text in marked)))


def _decoded(part: EmailMessage) -> str:
    """Return the text of a part; Arabic mail without a charset is told by its bytes."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return str(part.get_payload())
    for charset in (part.get_content_charset() or "", "utf-8", "windows-1256"):
        try:
            return data.decode(charset).replace("\r\n", "\n").replace("\0", "")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "")


def without_marks(page: str) -> str:
    """Return the words of HTML, blocks in lines of their own.

    >>> without_marks("<style>p{}</style><p>Two<br>lines</p><p>and&nbsp;more</p>").split("\\n")
    ['Two', 'lines', 'and more']
    """
    reader = _Words()
    reader.feed(page[:LONGEST])
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
