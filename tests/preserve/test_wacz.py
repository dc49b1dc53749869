"""Web archives: whole by their own digests, read by an index that leads to each record, with nothing invented."""

import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.preserve.wacz import Capture, write_wacz

AT = datetime.fromisoformat("2014-11-26T01:15:00+03:00")
PAGE = "<p>قُتل 95</p>".encode()
CAPTURES = [
    Capture(
        "https://www.radio.example/raqqa?a=1", AT, PAGE, "text/html", "راديو, 2014-11-26",
        ((":status", "200 OK"), ("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("X", "a"),
         ("X", "b")),
    ),
    Capture("urn:marsad:report:ab12", AT, b"95 killed", "text/plain", "Gazette, ?"),
]  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> zipfile.ZipFile:
    assert write_wacz(tmp_path / "a.wacz", CAPTURES, "two reports", "marsad 0", AT) == 2
    return zipfile.ZipFile(tmp_path / "a.wacz")


def records(made: zipfile.ZipFile) -> dict[str, bytes]:
    """Return each record by its address, found through the index and unpacked alone."""
    warc, found = made.read("archive/data.warc.gz"), {}
    for line in gzip.decompress(made.read("indexes/index.cdx.gz")).decode().splitlines():
        _, _, told = line.split(" ", 2)
        entry = json.loads(told)
        start = int(entry["offset"])
        found[entry["url"]] = gzip.decompress(warc[start : start + int(entry["length"])])
    return found


def test_every_file_is_as_listed(made: zipfile.ZipFile) -> None:
    """The package lists all files with hash and size, the digest seals the package, and nothing is packed twice."""
    package = json.loads(made.read("datapackage.json"))
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    for one in package["resources"]:
        data = made.read(one["path"])
        assert (one["hash"], one["bytes"]) == (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
    digest = json.loads(made.read("datapackage-digest.json"))
    assert digest["hash"] == f"sha256:{hashlib.sha256(made.read('datapackage.json')).hexdigest()}"
    listed = {one["path"] for one in package["resources"]} | {"datapackage.json", "datapackage-digest.json"}
    assert listed == set(made.namelist())
    assert {info.compress_type for info in made.infolist()} == {zipfile.ZIP_STORED}


def test_what_was_received_is_there_byte_for_byte(made: zipfile.ZipFile) -> None:
    """A page with its headers in their order; a text of which no headers are known gets none."""
    found = records(made)
    page, text = (found[capture.url] for capture in CAPTURES)
    head, body = page.split(b"\r\n\r\n", 2)[1:]
    assert body.removesuffix(b"\r\n\r\n") == PAGE
    assert head.decode().split("\r\n") == [
        "HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", "X-Archive-Orig-Content-Encoding: gzip", "X: a", "X: b",
    ]  # fmt: skip
    assert b"WARC-Type: resource" in text
    assert b"HTTP/1.1" not in text
    assert text.endswith(b"95 killed\r\n\r\n")
    assert b"WARC-Date: 2014-11-25T22:15:00Z" in text, "in UTC, as the format wants it"


def test_pages_have_titles_and_times(made: zipfile.ZipFile) -> None:
    """The list of pages opens with its heading; each page has address, time and title."""
    heading, *pages = (json.loads(line) for line in made.read("pages/pages.jsonl").decode().splitlines())
    assert heading["format"] == "json-pages-1.0"
    assert [(page["url"], page["ts"], page["title"]) for page in pages] == [
        (capture.url, "2014-11-25T22:15:00Z", capture.title) for capture in CAPTURES
    ]


def test_another_program_reads_it(made: zipfile.ZipFile) -> None:
    """warcio, where it is installed, reads every record and finds its digests right."""
    iterator = pytest.importorskip("warcio.archiveiterator", reason="needs warcio")
    read = []
    for record in iterator.ArchiveIterator(io.BytesIO(made.read("archive/data.warc.gz")), check_digests="raise"):
        read.append((record.rec_type, record.content_stream().read()))
    assert read[1:] == [("response", PAGE), ("resource", b"95 killed")]


def test_the_same_twice(tmp_path: Path) -> None:
    """Equal captures make equal files, byte for byte."""
    for name in ("a", "b"):
        write_wacz(tmp_path / name, CAPTURES, "t", "marsad 0", datetime(2026, 11, 22, tzinfo=UTC))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
