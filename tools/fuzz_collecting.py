"""Try to break the parsers of what is collected: seeds of each kind, changed at random, read until the time is over.

    python tools/fuzz_collecting.py [--seconds 60] [--seed 1] [PARSER ...]

A parser may yield values or raise Wrong. Anything else, or more than SLOW seconds of processor time over one input, is a finding:
the input is written to build/fuzz/, and the program ends with 1. A finding is mended and becomes a test.
"""

import argparse
import gzip
import hashlib
import io
import random
import struct
import sys
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from marsad.collect import captures, channels, perceptual, unpack
from marsad.collect.web import addresses, feed, lists, page, robots, warc_read, words
from marsad.collect.workers import frames
from marsad.model import Wrong

SLOW = 5.0
LONGEST = 200_000
FOUND = Path("build/fuzz")


@dataclass(frozen=True)
class Target:
    """A parser, made to take bytes; seeds to begin with; words that its kind of file is made of."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]


def _stream(parser: Callable[..., Iterable[object]], *more: object) -> Callable[[bytes], object]:
    return lambda data: sum(1 for _ in parser(io.BytesIO(data), *more))


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(96)) for y in range(32))
    head = struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _members(data: bytes) -> int:
    count = 0
    for item in unpack.members(io.BytesIO(data), "a.zip"):
        count += isinstance(item, unpack.Member) and len(item.stream.read(1 << 20))
    return count


def _frame(data: bytes) -> object:
    try:
        return frames.unframe(data)
    except ValueError:  # which is what it promises
        return None


def _address(data: bytes) -> object:
    return addresses.canonical(data.decode("utf-8", "replace"))


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>مرصد</title><language>ar</language><item><title>قصف</title>
<link>https://e.example/1</link><guid>g1</guid><pubDate>Tue, 25 Nov 2014 23:30:00 +0300</pubDate>
<description><![CDATA[<p>قتل 95 شخصا</p>]]></description></item></channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><id>urn:1</id><link href="https://e.example/1"/>
<updated>2014-11-26T01:00:00+03:00</updated><content type="html">&lt;p&gt;Nine&lt;/p&gt;</content></entry></feed>"""
MAP = b"<urlset><url><loc>https://e.example/1</loc><lastmod>2014</lastmod></url></urlset>"
PAGE = """<html lang="ar"><head><title>غارات</title><meta property="og:image" content="/a.png"><base href="/d/"></head><body>
<article><h1>غارات</h1><p>قُتل ما لا يقل عن 95 شخصًا في غارات جوية.</p><img srcset="a 1x, b 2x"></article></body></html>""".encode()
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
    len(PAGE),
    PAGE,
)
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.example/\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
WARC = WARC % (len(HTTP), HTTP)
CHANNEL = b"""name: a
publisher: A
kind: feed
address: https://a.example/
reliability:
  - {since: 2014-01-01, grade: reliable, because: x}
expect: {min per day: 1, max per day: 2}
relations:
  - {republishes: B}
"""
ROBOTS = b"User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2\nSitemap: https://a.example/s.xml\n"

XML = (
    b"<",
    b">",
    b"</",
    b"/>",
    b"<![CDATA[",
    b"]]>",
    b"&#x0;",
    b"&amp;",
    b"<!--",
    b"<?xml ?>",
    b"<!DOCTYPE a>",
    b'="',
    b"xmlns:",
)
HTML = (
    *XML,
    b"<div>",
    b"</div>",
    b"<p>",
    b"<table>",
    b"<script>",
    b"<base href=",
    b"<img src=",
    b"<meta charset=utf-7>",
)
WEB = (
    b"http://",
    b"//",
    b"[",
    b"]",
    b"@",
    b"%00",
    b"..",
    b"?",
    b"#",
    b":80",
    b"\xd9\xa1",
    b"xn--",
    b"127.0.0.1",
    b"\\",
)
LINES = (b"\r\n", b"\n", b": ", b"Content-Length: ", b"WARC/1.0\r\n", b"chunked", b"gzip", b"0\r\n", b"ffffffff\r\n")
YAML = (b": ", b"- ", b"{", b"}", b"[", b"&a ", b"*a", b"!!", b"|\n", b"2014-01-01", b"\t", b"? ", b"%YAML")
ANY = (b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"PK\x01\x02", b"PK\x05\x06")

TARGETS = {
    "feed": Target(_stream(feed.entries, "https://e.example/"), (RSS, ATOM), XML),
    "sitemap": Target(_stream(lists.sitemap), (MAP, gzip.compress(MAP)), XML),
    "addresses": Target(
        lambda data: list(lists.addresses(data.decode("utf-8", "replace"))), (b"https://a.example/\n",), WEB
    ),
    "address": Target(_address, (b"https://a.example/b/../?utm_x=1&id=2#c",), WEB),
    "page": Target(_stream(page.readable, "https://e.example/"), (PAGE,), HTML),
    "resources": Target(_stream(page.resources, "https://e.example/"), (PAGE,), HTML),
    "words": Target(_stream(words.words), (PAGE,), HTML),
    "warc": Target(_stream(warc_read.responses), (WARC * 2, gzip.compress(WARC) * 2), LINES),
    "wacz": Target(_stream(captures.wacz_pages), (_zip({"archive/a.warc.gz": gzip.compress(WARC)}),), ANY),
    "zip": Target(_members, (_zip({"a.txt": b"hello" * 50, "b/c.txt": bytes(300)}),), ANY),
    "robots": Target(lambda data: robots.read_robots(data).allows("/abab"), (ROBOTS,), (b"*", b"$", b"/", *LINES)),
    "channel": Target(lambda data: channels.read_channel(data, "a.yaml"), (CHANNEL,), YAML),
    "picture": Target(_stream(perceptual.perceptual), (_png(),), ANY),
    "frame": Target(_frame, (frames.frame(b"I", {"a": [b"x", 1, None]})[5:],), (b"[", b"{", b'"', b"\\u0000bytes")),
}


def changed(seed: bytes, words_of: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Return a seed with one to sixteen changes: bytes turned, cut, doubled, words put in."""
    data = bytearray(seed)
    for _ in range(1 << chance.randrange(5)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0 if at < len(data):
                data[at] = chance.randrange(256)
            case 1 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 2:
                del data[at : at + chance.randrange(1, 40)]
            case 3:
                data[at:at] = data[at : at + chance.randrange(1, 200)] * chance.randrange(1, 5)
            case 4:
                data[at:at] = chance.choice(words_of) * (chance.randrange(1, 2000) if chance.random() < 0.02 else 1)
            case _:
                data[at : at + 4] = chance.randbytes(4)
    return bytes(data[:LONGEST])


def fuzz(name: str, target: Target, seconds: float, chance: random.Random) -> bool:
    """Read changed seeds for so many seconds; say how many, and return whether nothing was found."""
    until, count, wrong = time.monotonic() + seconds, 0, 0
    kept = list(target.seeds)
    while time.monotonic() < until:
        data = changed(chance.choice(kept), target.words, chance)
        count += 1
        start = time.process_time()
        try:
            target.read(data)
        except Wrong:
            wrong += 1
        except Exception:  # noqa: BLE001 - anything else is what is looked for
            return _finding(name, data, traceback.format_exc())
        else:
            if len(kept) < 200 and chance.random() < 0.05:
                kept.append(data)  # still read after all those changes: a better seed
        if time.process_time() - start > SLOW:
            return _finding(name, data, f"took {time.process_time() - start:.1f} s")
    print(f"{name:12} {count:9,} inputs, {wrong:9,} refused, nothing found in {seconds:g} s", flush=True)
    return True


def _finding(name: str, data: bytes, what: str) -> bool:
    FOUND.mkdir(parents=True, exist_ok=True)
    path = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    print(f"{name}: {path}\n{what}", flush=True)
    return False


def main() -> None:
    """Fuzz the parsers named, or all."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("parsers", nargs="*", metavar="PARSER", help=", ".join(TARGETS))
    told = asked.parse_args()
    names = told.parsers or list(TARGETS)
    good = [fuzz(name, TARGETS[name], told.seconds, random.Random(f"{told.seed} {name}")) for name in names]  # noqa: S311
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
