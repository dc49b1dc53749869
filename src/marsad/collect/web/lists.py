"""Lists of addresses: sitemaps and plain text, one address a line. Pure; read sitemaps in a worker."""

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree import ElementTree

from marsad.collect.web.addresses import checked_url
from marsad.collect.web.feed import declares_entities
from marsad.model import Wrong

_BYTES: Final = 50 << 20
_MOST: Final = 50_000
_LISTING: Final = 5 << 20
_REMEDY: Final = "give a sitemap of sitemaps.org, or a text with one address a line"


def sitemap(stream: BinaryIO) -> Iterator[dict[str, str | None]]:
    """Yield what a sitemap lists, in its order: address, kind ("page" or "sitemap") and changed, as written or None.

    A packed one is unpacked. Raises Wrong for what is no sitemap, has entities of its own, or is longer than a sitemap
    may be (50 MB, 50,000 addresses).
    """
    data = stream.read(_BYTES + 1)
    if data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data, _BYTES + 1)
        except zlib.error as fault:
            raise Wrong("sitemap", None, f"cannot be unpacked ({fault})", _REMEDY) from fault
    if len(data) > _BYTES:
        raise Wrong("sitemap", None, f"is longer than {_BYTES:,} bytes", _REMEDY)
    if declares_entities(data):
        raise Wrong("sitemap", None, "declares entities of its own, which bombs are made of", _REMEDY)
    parser: Any = ElementTree.XMLPullParser(["end"])
    count = 0
    try:
        for at in range(0, len(data), 1 << 16):
            parser.feed(data[at : at + (1 << 16)])
            for _, element in parser.read_events():
                kind = {"url": "page", "sitemap": "sitemap"}.get(_name(element))
                if kind is None:
                    continue
                told = {_name(child): (child.text or "").strip() for child in element}
                element.clear()
                if told.get("loc"):
                    count += 1
                    if count > _MOST:
                        raise Wrong("sitemap", None, f"lists more than {_MOST:,} addresses", _REMEDY)
                    yield {"address": told["loc"], "kind": kind, "changed": told.get("lastmod") or None}
        parser.close()
    except ElementTree.ParseError as fault:
        raise Wrong("sitemap", None, f"is not XML ({fault})", _REMEDY) from fault


def bucket(stream: BinaryIO) -> Iterator[dict[str, str | None]]:
    """Yield the objects of an S3 listing (ListObjectsV2): key, mark (its ETag) and size, as written; then {"next": token}.

    The token is None on the last page. Raises Wrong for what is no listing, or is longer than a page of one.
    """
    data = stream.read(_LISTING + 1)
    if len(data) > _LISTING or declares_entities(data):
        raise Wrong("bucket", None, "is no listing of at most 1,000 objects", "check the bucket's address")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - without entities and bounded, see above
    except ElementTree.ParseError as fault:
        raise Wrong("bucket", None, f"is not XML ({fault})", "check the bucket's address") from fault
    if _name(root) != "ListBucketResult":
        raise Wrong("bucket", _name(root)[:40], "is not how a listing is called", "check the bucket's address")
    token = None
    for element in root:
        told = {_name(child): (child.text or "").strip() for child in element}
        if _name(element) == "Contents" and told.get("Key"):
            yield {"key": told["Key"], "mark": told.get("ETag", "").strip('"'), "size": told.get("Size")}
        elif _name(element) == "NextContinuationToken":
            token = (element.text or "").strip() or None
    yield {"next": token}


def addresses(text: str) -> Iterator[str | Wrong]:
    """Yield the addresses of a text in order, one a line; Wrong, naming the line, for a line that is none.

    Empty lines and lines that begin with `#` are passed over.
    """
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            try:
                yield checked_url(line).geturl()
            except Wrong as wrong:
                yield Wrong(f"line {number}", wrong.value, wrong.rule, wrong.remedy)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
