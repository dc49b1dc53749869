"""The kinds of file that reports come out of: by what each is known, and who reads it.

`docs/kinds.md` tells for each kind what is kept and what is lost.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from marsad.collect import captures, chats, documents
from marsad.collect.csv_rows import csv_rows
from marsad.collect.how import How
from marsad.collect.incoming import Found
from marsad.collect.json_items import JsonItems
from marsad.collect.json_rows import json_reports
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import Place
from marsad.collect.sources import Source
from marsad.collect.tables import table_reports
from marsad.collect.workbooks import workbook
from marsad.collect.workers import Workers
from marsad.model import Wrong

Reader = Callable[[Source, Particulars, How, Workers], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Kind:
    """Files called like `suffixes` may be of this kind, and are if `fits`; `read` yields their reports."""

    suffixes: tuple[str, ...]
    read: Reader
    fits: Callable[[Source], bool] = lambda _source: True


def _csv(source: Source, given: Particulars, how: How, _workers: Workers) -> Iterator[Found]:
    place = Place(source.name, source.original("text/csv"))
    with source.opened() as stream:
        yield from table_reports(csv_rows(stream, source.name), place, given, how.mapping)


def _json(source: Source, given: Particulars, how: How, _workers: Workers) -> Iterator[Found]:
    place = Place(source.name, source.original("application/json"))
    with source.opened() as stream:
        items = JsonItems(stream, source.name, ("results", "data", "rows", "features"))
        yield from json_reports(items, place, given, how.mapping)


KINDS: Mapping[str, Kind] = {
    "csv": Kind((".csv", ".tsv", ".tab"), _csv),
    "telegram": Kind((".json",), chats.telegram, chats.is_telegram),
    "telegram-html": Kind((".html", ".htm"), chats.telegram_page, chats.is_telegram_page),
    "whatsapp": Kind((".txt",), chats.whatsapp_text, chats.is_whatsapp_text),
    "whatsapp-zip": Kind((".zip",), chats.whatsapp_archive, chats.is_chat_archive),
    "signal": Kind((".json",), chats.signal, chats.is_signal),
    "xlsx": Kind((".xlsx", ".xlsm"), workbook),
    "capture": Kind((".warc", ".gz", ".wacz"), captures.captures, captures.is_capture),
    "pdf": Kind((".pdf",), documents.pdf),
    "docx": Kind((".docx",), documents.docx),
    "html": Kind((".html", ".htm", ".xhtml"), documents.page),
    "mail": Kind((".eml",), documents.mail),
    "mbox": Kind((".mbox", ".mbx"), documents.mailbox),
    "picture": Kind((".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif"), documents.picture),
    "json": Kind((".json",), _json),
}
"""The kinds, in the order in which a file is held against them."""


def kind_for(source: Source, how: How) -> Kind | None:
    """Return the kind that a person names, or that the file itself tells; None for a text, or for nothing known."""
    if how.kind is not None:
        if how.kind == "text":
            return None
        if how.kind not in KINDS:
            raise Wrong("--kind", how.kind, f"is none of text, {', '.join(KINDS)}", "name one of them, or leave it out")
        return KINDS[how.kind]
    return next((k for k in KINDS.values() if source.suffix in k.suffixes and k.fits(source)), None)


def suffixes() -> frozenset[str]:
    """Return how the names of files end that are of some kind."""
    return frozenset(suffix for kind in KINDS.values() for suffix in kind.suffixes)
