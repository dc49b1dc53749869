"""The pages in a WARC file that somebody else made: pure, forwards only, every length bounded. Read it in a worker."""

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.model import Wrong

_PIECE: Final = 1 << 16
_HEAD: Final = 65_536
_RECORD: Final = 64 << 20
_RATIO, _FREE = 100, 10 << 20
_REMEDY: Final = "capture the page anew, or unpack the file on a machine you can lose"


def responses(
    stream: BinaryIO, kinds: tuple[str, ...] = ("text/html", "application/xhtml+xml")
) -> Iterator[dict[str, Any]]:
    """Yield the answers with status 200 and one of these media types: address, at (as written), kind, body, unpacked.

    Answers of other kinds, and records of more than 64 MB, are passed over. Raises Wrong where the file is none, breaks
    off, or unfolds to more than a hundred times its size; what came before has been yielded.
    """
    source = _Unpacked(stream)
    if not (first := source.peek(5)).startswith(b"WARC/"):
        raise Wrong("WARC file", ascii(first)[2:-1], "is not how a WARC file begins", _REMEDY)
    while (fields := _fields(source)) is not None:
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 13):
            raise Wrong("WARC record", length[:40], "is no length", _REMEDY)
        block = source.take(int(length), keep=int(length) <= _RECORD)
        if fields.get("warc-type") == "response" and block is not None:
            answer = _answer(block)
            if answer is not None and answer[0] in kinds:
                address = fields.get("warc-target-uri", "").strip("<>")
                yield {"address": address, "at": fields.get("warc-date"), "kind": answer[0], "body": answer[1]}


class _Unpacked:
    """The bytes of a file, unpacked if it is packed, member by member; counted on both sides."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._buffer, self._in, self._out = stream, bytearray(), 0, 0
        self._packed: bool | None = None
        self._unpacker = zlib.decompressobj(31)
        self._rest = b""

    def peek(self, size: int) -> bytes:
        """Return the next bytes, up to so many, without taking them."""
        while len(self._buffer) < size and self._more():
            pass
        return bytes(self._buffer[:size])

    def line(self) -> bytes:
        """Take the next line with its end; what is left of the file if there is none."""
        at = 0
        while (end := self._buffer.find(b"\n", at)) < 0:
            at = len(self._buffer)
            if at > _HEAD:
                raise Wrong("WARC record", None, f"has a line longer than {_HEAD:,} bytes", _REMEDY)
            if not self._more():
                end = len(self._buffer) - 1
                break
        taken = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        return taken

    def take(self, size: int, keep: bool) -> bytes | None:
        """Take so many bytes and return them, None if they are not to be kept; raises Wrong if the file ends before."""
        kept = bytearray()
        while size:
            if not self._buffer and not self._more():
                raise Wrong("WARC record", None, f"breaks off {size:,} bytes before its end", _REMEDY)
            piece = self._buffer[:size]
            del self._buffer[:size]
            size -= len(piece)
            if keep:
                kept += piece
        return bytes(kept) if keep else None

    def _more(self) -> bool:
        data = self._rest or self._stream.read(_PIECE)
        if not self._rest:
            self._in += len(data)
        self._rest = b""
        if not data:
            return False
        if self._packed is None:
            self._packed = data[:2] == b"\x1f\x8b"
        if not self._packed:
            self._buffer += data
            return True
        if self._unpacker.eof:
            self._unpacker = zlib.decompressobj(31)
        try:
            out = self._unpacker.decompress(data, 1 << 20)
        except zlib.error as fault:
            raise Wrong("WARC file", None, f"is damaged ({fault})", _REMEDY) from fault
        self._rest = self._unpacker.unconsumed_tail or self._unpacker.unused_data
        self._buffer += out
        self._out += len(out)
        if self._out > max(_FREE, _RATIO * self._in):
            raise Wrong("WARC file", None, f"unfolds to more than {_RATIO} times its size: a bomb", _REMEDY)
        return True


def _fields(source: _Unpacked) -> dict[str, str] | None:
    """Return the fields of the next record, None at the end of the file."""
    while (line := source.line()) in (b"\r\n", b"\n"):
        pass
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise Wrong("WARC record", ascii(line[:20])[2:-1], "is not how a record begins", _REMEDY)
    fields: dict[str, str] = {}
    for _ in range(200):
        line = source.line()
        if line in (b"\r\n", b"\n"):
            return fields
        if not line:
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    raise Wrong("WARC record", None, "has no end of its headers", _REMEDY)


def _answer(block: bytes) -> tuple[str, bytes] | None:
    """Return the media type and the content of an answer with status 200; None for any other, or for none."""
    head, _, body = block.partition(b"\r\n\r\n")
    lines = head[:_HEAD].decode("latin-1").split("\r\n")
    words = lines[0].split()
    if len(words) < 2 or not words[0].startswith("HTTP/") or words[1] != "200":
        return None
    told = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if "chunked" in told.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    if told.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
        try:
            unpacker = zlib.decompressobj(47)
            body = unpacker.decompress(body, max(_FREE, min(_RECORD, _RATIO * len(body))))
        except zlib.error:
            return None
        if unpacker.unconsumed_tail:
            return None
    return told.get("content-type", "").partition(";")[0].strip().lower(), body


def _unchunked(body: bytes) -> bytes:
    """Return a body without the lengths of its chunks; as it is, where it has none after all."""
    out, at = bytearray(), 0
    while True:
        end = body.find(b"\r\n", at, at + 40)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or any(c not in b"0123456789abcdefABCDEF" for c in size):
            return bytes(out) or body
        length = int(size, 16)
        if length == 0:
            return bytes(out)
        out += body[end + 2 : end + 2 + length]
        at = end + 2 + length + 2
