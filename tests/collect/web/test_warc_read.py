"""Captures that others made: their pages are found; broken ones and bombs are refused."""

import gzip
import io
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.web.warc_read import responses
from marsad.model import Wrong


def record(body: bytes, kind: str = "response", **headers: str) -> bytes:
    told = {"WARC-Type": kind, "WARC-Target-URI": "<https://e.example/>", "WARC-Date": "2014-11-26T01:00:00Z"}
    told |= {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return b"WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told.items()).encode() + b"\r\n" + body + b"\r\n\r\n"


def http(body: bytes, *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in ("Content-Type: text/html; charset=utf-8", *headers))
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body


def read(data: bytes) -> list[dict[str, Any]]:
    return list(responses(io.BytesIO(data)))


PAGE = "<p>95 قتيلا</p>".encode()


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_found_among_everything_else(packed: bool) -> None:
    """Packed record by record or not at all, packed and chunked answers: the pages come out, other things do not."""
    chunks = b"5\r\n" + PAGE[:5] + b"\r\n" + b"%x\r\n" % (len(PAGE) - 5) + PAGE[5:] + b"\r\n0\r\n\r\n"
    records = [
        record(b"software: x\r\n", "warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(http(PAGE)),
        record(http(gzip.compress(PAGE), "Content-Encoding: gzip")),
        record(http(chunks, "Transfer-Encoding: chunked")),
        record(b"HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\nno"),
        record(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
    ]
    data = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    assert [item["body"] for item in read(data)] == [PAGE] * 3
    assert read(data)[0] | {"body": b""} == {
        "address": "https://e.example/",
        "at": "2014-11-26T01:00:00Z",
        "kind": "text/html",
        "body": b"",
    }


def test_broken_files_are_refused_after_what_was_whole() -> None:
    """Cut off in a record, in its headers, in the packing; a length that is none: Wrong, and the first page has come."""
    whole = record(http(PAGE))
    for broken in (
        record(http(PAGE))[:-20],
        b"WARC/1.0\r\nWARC-Type: response\r\n",
        record(http(PAGE), Content_Length="-5"),
        record(http(PAGE), Content_Length="99999999999999999999"),
        record(http(PAGE), Content_Length="999999999"),
        b"nonsense\r\n\r\n",
        b"WARC/1.0\r\n" + b"x" * 100_000,
    ):
        found = responses(io.BytesIO(whole + broken))
        assert next(found)["body"] == PAGE
        with pytest.raises(Wrong, match="WARC"):
            next(found)
    packed = gzip.compress(whole)
    with pytest.raises(Wrong, match="damaged"):
        read(packed[:-8] + bytes(8))  # the check sum at the end of a packed member


def test_a_bomb_is_refused() -> None:
    """A member that unfolds to a thousand times its size is left after ten megabytes; so is a packed answer inside."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 900000000\r\n\r\n")
    bomb += b"".join(packer.compress(bytes(1 << 20)) for _ in range(60)) + packer.flush()
    with pytest.raises(Wrong, match="bomb"):
        read(bomb)
    assert read(record(http(gzip.compress(bytes(40 << 20)), "Content-Encoding: gzip"))) == []


@given(st.data())
def test_any_damage_is_pages_or_wrong(draw: st.DataObject) -> None:
    """A file with bytes changed anywhere gives pages or Wrong, and no other error."""
    data = bytearray(gzip.compress(record(http(PAGE))) + gzip.compress(record(http(PAGE), "revisit")))
    if draw.draw(st.booleans()):
        data = bytearray(record(http(PAGE)) * 2)
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with suppress(Wrong):
        for item in responses(io.BytesIO(bytes(data))):
            assert isinstance(item["body"], bytes)
