"""What was asked and answered, written as WARC 1.1 (ISO 28500): a request and a response each, as they went over the wire."""

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from marsad.collect.web.fetch import Exchange

_NAMES: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:marsad:warc")
_KINDS: Final = {"request": "application/http; msgtype=request", "response": "application/http; msgtype=response"}


@dataclass(frozen=True, slots=True)
class Placed:
    """The response of `exchange` lies in the file at `offset`, `length` bytes long; `digest` is that of its content."""

    exchange: Exchange
    offset: int
    length: int
    digest: str


def write_warc(
    exchanges: Sequence[Exchange], at: datetime, software: str, missing: Iterable[tuple[str, str]] = ()
) -> tuple[bytes, list[Placed]]:
    """Return the WARC file of these exchanges, each record packed for itself, and where each response lies in it.

    `missing` are the parts of the page that could not be had, with the reason: they are written down beside it, so that
    nobody takes the capture for a whole one. The same exchanges give the same bytes, up to those of the packer.
    """
    out = bytearray(_record("warcinfo", at, None, f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()))
    placed = []
    for exchange in exchanges:
        request = _record("request", exchange.at, exchange, exchange.request)
        response = _record("response", exchange.at, exchange, exchange.response)
        placed.append(Placed(exchange, len(out), len(response), digest(payload(exchange.response))))
        out += response + request
    lines = [f"missing: {url} {' '.join(reason.split())}\r\n" for url, reason in missing]
    if lines and exchanges:
        out += _record("metadata", at, exchanges[0], "".join(lines).encode())
    return bytes(out), placed


def payload(response: bytes) -> bytes:
    """Return what follows the headers of an answer."""
    return response.partition(b"\r\n\r\n")[2]


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes as a WARC writes it.

    >>> digest(b"")
    'sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ===='
    """
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")


def stamp(at: datetime) -> str:
    """Return a time as WARC writes it, in UTC to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _record(kind: str, at: datetime, exchange: Exchange | None, block: bytes) -> bytes:
    fields = {"WARC-Type": kind, "WARC-Record-ID": _identity(kind, exchange, block), "WARC-Date": stamp(at)}
    if exchange is not None:
        fields |= {"WARC-Target-URI": exchange.url}
    if exchange is not None and kind in _KINDS:
        fields |= {"WARC-IP-Address": exchange.asked}
        if kind == "response":
            fields |= {"WARC-Payload-Digest": digest(payload(block))}
        else:
            fields |= {"WARC-Concurrent-To": _identity("response", exchange, exchange.response)}
    elif exchange is not None:
        fields |= {"WARC-Refers-To": _identity("response", exchange, exchange.response)}
    kind_of_block = _KINDS.get(kind, "application/warc-fields")
    fields |= {"Content-Type": kind_of_block, "WARC-Block-Digest": digest(block), "Content-Length": str(len(block))}
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return gzip.compress(head.encode() + b"\r\n" + block + b"\r\n\r\n", mtime=0)


def _identity(kind: str, exchange: Exchange | None, block: bytes) -> str:
    about = "" if exchange is None else f"{exchange.url} {exchange.at.isoformat()}"
    return f"<urn:uuid:{uuid.uuid5(_NAMES, f'{kind} {about} {hashlib.sha256(block).hexdigest()}')}>"
