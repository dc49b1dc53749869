"""Captures: a page caught with all it is made of, in a file that others' tools accept."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from servers import Server, answer, redirect, serving

from marsad.collect.web.addresses import Reach
from marsad.collect.web.capture import Capture, Whole, capture
from marsad.collect.web.politely import Polite
from marsad.collect.web.wacz import write_wacz
from marsad.collect.web.warc import write_warc
from marsad.collect.web.warc_read import responses
from marsad.collect.workers import Workers
from marsad.model import Wrong

pytest.importorskip("trafilatura", reason="needs the extra `collect`")

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WACZ = os.environ.get("MARSAD_WACZ") or shutil.which("wacz") or str(Path(__file__).parents[3] / "build/wacz/bin/wacz")
PAGE = """<html lang="ar"><head><title>غارات</title><link rel=stylesheet href="/s.css"></head><body><article>
<p>قُتل ما لا يقل عن 95 شخصًا في غارات جوية على مدينة الرقة يوم الثلاثاء، بحسب المرصد الذي نقل عن شهود في المدينة.</p>
</article><img src="p.png"><img src="http://169.254.169.254/x.png"><img src="/gone.png"></body></html>""".encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as made:
        yield made


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    style = b"a{background:url('bg.png')}"
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(style), style)
    answers = {
        "/a": redirect("/d/b"),
        "/d/b": answer(PAGE),
        "/s.css": CHUNKED + chunks,
        "/d/p.png": answer(b"\x89PNG one", "image/png"),
        "/bg.png": answer(b"\x89PNG two", "image/png"),
    }
    with serving(answers) as server:
        yield server


@pytest.fixture(scope="module")
def caught(site: Server, workers: Workers) -> Capture:
    asking = Polite(lambda: NOON, Reach(frozenset({site.place})), 0.0)
    return capture(site.url("/a"), asking, workers)


def wacz_of(found: Capture) -> bytes:
    text = None if found.told is None else found.told["text"]
    return write_wacz(found.exchanges, found.page.url, NOON, title="غارات", text=text, missing=found.missing)


def test_a_page_is_caught_whole(site: Server, caught: Capture) -> None:
    """Redirect, page, style, picture and the picture of the style; what could not be had is missing with its reason."""
    assert [exchange.url.removeprefix(site.url("")) for exchange in caught.exchanges[:5]] == [
        "/a",
        "/d/b",
        "/s.css",
        "/d/p.png",
        "/gone.png",
    ]
    assert caught.exchanges[-1].url == site.url("/bg.png")
    assert [(url, "public" in reason) for url, reason in caught.missing] == [("http://169.254.169.254/x.png", True)]
    assert caught.told is not None
    assert "95 شخصًا" in caught.told["text"]


def test_other_readers_find_what_was_said(caught: Capture) -> None:
    """A reader of WARC that is not ours finds every request and response, digests right, bytes as they were."""
    archiveiterator = pytest.importorskip("warcio.archiveiterator")
    warc, placed = write_warc(caught.exchanges, NOON, "marsad", caught.missing)
    kinds: list[str] = []
    bodies: list[bytes] = []
    for record in archiveiterator.ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        kinds.append(record.rec_type)
        body = record.raw_stream.read()
        if record.rec_type == "response":
            bodies.append(body)
    assert kinds == ["warcinfo", *["response", "request"] * len(caught.exchanges), "metadata"]
    assert bodies == [exchange.response.partition(b"\r\n\r\n")[2] for exchange in caught.exchanges]
    for one in placed:
        (record,) = archiveiterator.ArchiveIterator(io.BytesIO(warc[one.offset : one.offset + one.length]))
        assert record.rec_headers.get_header("WARC-Target-URI") == one.exchange.url


def test_the_same_capture_is_the_same_file(caught: Capture) -> None:
    """Written twice, a capture is the same bytes."""
    assert wacz_of(caught) == wacz_of(caught)


def test_a_capture_says_what_it_lacks(caught: Capture) -> None:
    """Nobody takes a capture for whole that is not: what is missing stands in it, with the reason."""
    warc, _ = write_warc(caught.exchanges, NOON, "marsad", caught.missing)
    import gzip

    assert b"missing: http://169.254.169.254/x.png is at 169.254.169.254" in gzip.decompress(warc)


@pytest.mark.long
@pytest.mark.skipif(not Path(WACZ).exists(), reason="needs the tool wacz: tools/wacz.sh installs it")
def test_wacz_validate_accepts_it(caught: Capture, tmp_path: Path) -> None:
    """The tool of those who made the format calls it valid, and calls it invalid once a byte of it is changed."""
    good, bad = tmp_path / "good.wacz", tmp_path / "bad.wacz"
    good.write_bytes(wacz_of(caught))
    with zipfile.ZipFile(good) as archive, zipfile.ZipFile(bad, "w") as changed:
        for name in archive.namelist():
            data = archive.read(name)
            changed.writestr(name, data + b" " if name == "pages/pages.jsonl" else data)
    said = [
        subprocess.run([WACZ, "validate", "-f", str(path)], capture_output=True, text=True, check=False).stdout
        for path in (good, bad)
    ]
    assert "Validation succeeded" in said[0]
    assert "invalid" in said[1]


def test_the_index_leads_to_the_answers(caught: Capture) -> None:
    """Each line of the index names where in the WARC the answer lies, sorted by address."""
    with zipfile.ZipFile(io.BytesIO(wacz_of(caught))) as archive:
        warc = archive.read("archive/data.warc.gz")
        lines = archive.read("indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(caught.exchanges)
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        piece = warc[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        assert piece.startswith(b"\x1f\x8b")
        if told["mime"] == "text/html" and told["status"] == "200":
            assert [item["body"] for item in responses(io.BytesIO(piece))] in ([PAGE], [b"nothing"])


def test_our_own_captures_are_read_back(caught: Capture, site: Server) -> None:
    """The page of a capture is found in it, at its address."""
    warc, _ = write_warc(caught.exchanges, NOON, "marsad")
    assert (site.url("/d/b"), PAGE) in [(item["address"], item["body"]) for item in responses(io.BytesIO(warc))]
    style = list(responses(io.BytesIO(warc), ("text/css",)))
    assert [item["body"] for item in style] == [b"a{background:url('bg.png')}"]


def test_a_capture_has_an_end(site: Server, workers: Workers) -> None:
    """A page with more parts than are wanted is caught up to there, and the rest is missing."""
    asking = Polite(lambda: NOON, Reach(frozenset({site.place})), 0.0)
    found = capture(site.url("/a"), asking, workers, Whole(parts=1))
    assert [url for url, _ in found.missing] == [site.url("/bg.png")]


def test_a_page_that_is_none_is_refused(site: Server, workers: Workers) -> None:
    """404 is not caught; a picture is caught, and says why it has no text."""
    asking = Polite(lambda: NOON, Reach(frozenset({site.place})), 0.0)
    with pytest.raises(Wrong, match="answers 404"):
        capture(site.url("/none"), asking, workers)
    found = capture(site.url("/bg.png"), asking, workers)
    assert found.told is None
    assert "is no page" in str(found.silent)
    assert replace(found, missing=()).exchanges
