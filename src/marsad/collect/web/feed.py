"""The entries of a feed: RSS, RDF and Atom. Pure: it is given bytes and asks nobody; read it in a worker."""

import io
from calendar import timegm
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Final

from marsad.collect.web.words import words
from marsad.model import Wrong

LOADED_BEFORE: Final = ("feedparser",)
"""What a worker loads before it is given a file: once, instead of for each file."""

_BYTES: Final = 10 << 20
_MOST: Final = 2_000
_LONGEST: Final = 500_000
_REMEDY: Final = "open the address in a browser and look for the address of its feed"


def entries(stream: BinaryIO, base: str = "") -> Iterator[dict[str, Any]]:
    """Yield a feed's entries in its order, at most 2,000: id, address, title, published, lang, html and text.

    First comes one item {"feed": title, "lang": …, "next": …}. Times are ISO 8601 in the zone in which they were told; what
    an entry does not say is None. `html` is the longest form of its content, as sent, at most 500,000 characters; `next`
    is the address of an older page of the feed.
    Raises Wrong for what is no feed, for a document type of its own (whose entities may be a bomb) and past 10 MB.
    """
    import feedparser

    data = stream.read(_BYTES + 1)
    if len(data) > _BYTES:
        raise Wrong("feed", f"{len(data):,} bytes", f"is longer than {_BYTES:,} bytes", _REMEDY)
    if declares_entities(data):
        raise Wrong("feed", None, "declares entities of its own, which no feed needs and bombs are made of", _REMEDY)
    try:
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-location": base},
            resolve_relative_uris=bool(base),
            sanitize_html=False,
        )
    except Exception as fault:  # what it makes of tags that begin within tags ends in errors of any kind
        raise Wrong("feed", base or None, "is so broken that nobody can tell its parts", _REMEDY) from fault
    if not found.get("version"):
        raise Wrong("feed", base or None, "is no RSS and no Atom feed", _REMEDY)
    lang = _text(found.feed.get("language"))
    older = [
        _text(link.get("href")) for link in found.feed.get("links", []) if link.get("rel") in ("next", "prev-archive")
    ]
    yield {"feed": _text(found.feed.get("title")), "lang": lang, "next": older[0] if older else None}
    for entry in found.entries[:_MOST]:
        address, html = _text(entry.get("link")), _longest(entry)
        (told,) = words(io.BytesIO((html or "").encode("utf-8", "replace")))
        yield {
            "id": _text(entry.get("id")) or address,
            "address": address,
            "title": _text(entry.get("title")),
            "published": _time(entry, "published") or _time(entry, "updated"),
            "lang": _text(entry.get("language")) or lang,
            "html": html,
            "text": told["text"],
            "author": _text(entry.get("author")),
        }


def declares_entities(data: bytes) -> bool:
    """Return whether an XML document declares entities or names a document type elsewhere, in any of XML's encodings.

    >>> declares_entities(b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), declares_entities("<!ENTITY a 'b'>".encode("utf-16"))
    (True, True)
    """
    plain = data.replace(b"\0", b"")
    return b"<!ENTITY" in plain or (
        b"<!DOCTYPE" in plain[:4000] and b"[" in plain[:8000].partition(b"<!DOCTYPE")[2].partition(b">")[0]
    )


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    value = value.strip()[:10_000]
    return value or None


def _longest(entry: Any) -> str | None:
    forms = [entry.get("summary"), *(content.get("value") for content in entry.get("content", []))]
    found = max((form for form in forms if isinstance(form, str)), key=len, default="")
    return found[:_LONGEST] or None


def _time(entry: Any, field: str) -> str | None:
    """Return a time in the zone in which it was told, or in UTC where only feedparser understands it; None if nobody does."""
    raw, parsed = entry.get(field), entry.get(f"{field}_parsed")
    told: datetime | None = None
    if isinstance(raw, str):
        for read in (parsedate_to_datetime, datetime.fromisoformat):
            with suppress(ValueError, TypeError, OverflowError, IndexError):
                told = read(raw.strip()[:100])
                break
    if told is not None and told.tzinfo is not None:
        return told.isoformat()
    try:
        return None if parsed is None else datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError, TypeError):
        return None
