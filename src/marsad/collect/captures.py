"""Captures that somebody else made (WARC, WACZ): each page in them a report, the file itself the original."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, Final

from marsad.collect.how import How
from marsad.collect.incoming import Found, Incoming
from marsad.collect.particulars import Particulars
from marsad.collect.sources import Source
from marsad.collect.unpack import Member, members
from marsad.collect.web.addresses import canonical
from marsad.collect.web.page import readable
from marsad.collect.web.warc_read import responses
from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong
from marsad.stage import Rejection

LOADED_BEFORE: Final = ("trafilatura",)
"""What a worker loads before it is given a file: once, instead of for each file."""

_WHOLE = Limits(seconds=60, cpu=60, per_megabyte=2)


def is_capture(source: Source) -> bool:
    """Return whether a file is a WARC, packed or not, or a WACZ, by its name and first bytes."""
    if source.suffix == ".wacz":
        return source.head.startswith(b"PK")
    packed = source.head.startswith(b"\x1f\x8b") and source.name.lower().endswith(".warc.gz")
    return packed or source.head.startswith(b"WARC/")


def captures(source: Source, given: Particulars, _how: How, workers: Workers) -> Iterator[Found]:
    """Yield the pages of a capture as reports; a rejection for a page without words, or what cannot be read."""
    kind = "application/wacz" if source.suffix == ".wacz" else "application/warc"
    original = source.original(kind)
    parser = "marsad.collect.captures:wacz_pages" if source.suffix == ".wacz" else "marsad.collect.captures:warc_pages"
    for told in workers.read(parser, source.handle, name=source.name, limits=_WHOLE):
        where = f"{source.name} › {told['address'][:200]}"
        outlet = given.outlet or told.get("outlet")
        reason = told.get("refused") or (None if outlet else 'does not say who printed it; give --outlet "NAME"')
        if reason is not None:
            yield Rejection(where, "collect", f"{where}: {reason}")
            continue
        text = (
            told["text"] if not told["title"] or told["title"] in told["text"] else f"{told['title']}\n\n{told['text']}"
        )
        yield Incoming(
            where,
            _plain(text).encode("utf-8", "replace"),
            " ".join(str(outlet).split())[:200],
            given.published or _day(told["published"]),
            given.lang or _lang(told["lang"]),
            _address(told["address"]),
            protected=bool(given.protected),
            original=original,
        )


def warc_pages(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield each page of a WARC: its address and what `readable` tells of it, or refused, the reason. Pure; for a worker."""
    for found in responses(stream):
        try:
            told = next(readable(io.BytesIO(found["body"]), found["address"]))
        except Wrong as wrong:
            told = {"refused": f"{wrong.rule}; {wrong.remedy}."}
        yield {"address": found["address"], **told}


def wacz_pages(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield each page of the WARC files in a WACZ, as `warc_pages` does."""
    for member in members(stream, "WACZ"):
        if isinstance(member, Member) and member.name.startswith("archive/") and ".warc" in member.name:
            yield from warc_pages(member.stream)


def _plain(text: str) -> str:
    """Return a text that comes back from its bytes as it is."""
    text = text.replace("\0", "�").lstrip("\ufeff\n")
    return f"\n{text}" if text.startswith("---") else text


def _address(written: str) -> str | None:
    try:
        return canonical(written)
    except Wrong:
        return None


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def _lang(told: str | None) -> str | None:
    short = (told or "")[:2].lower()
    return short if len(short) == 2 and short.isascii() and short.isalpha() else None
