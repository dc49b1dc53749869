"""Originals drawn as pixels for whoever looks at them: in a worker with limits, each drawing kept in memory for a while."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from marsad.collect.workers import Limits, Workers
from marsad.model import Wrong

_MEGABYTE = 1 << 20
LIMITS = Limits(seconds=20, cpu=15, memory=768 * _MEGABYTE, output=40 * _MEGABYTE, item=32 * _MEGABYTE)
_KEPT = 24
"""Drawings kept in memory."""

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"})
_PDF = re.compile(r"application/(x-)?pdf(;.*)?")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as a PNG, and how many pages its file has."""

    png: bytes
    pages: int


def parser_of(media: str | None) -> str | None:
    """Return the function that draws a kind of file, None for a kind that is not drawn.

    >>> parser_of("application/pdf"), parser_of("image/svg+xml")
    ('marsad.collect.pixels:page_of_pdf', None)
    """
    if media in _PICTURES:
        return "marsad.collect.pixels:picture"
    return "marsad.collect.pixels:page_of_pdf" if media and _PDF.fullmatch(media) else None


class Drawer:
    """Draws originals; for many threads, of which two draw at a time. Close it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._workers: Workers | None = None
        self._kept: OrderedDict[tuple[str, int], Drawing] = OrderedDict()

    def draw(self, sha256: str, data: bytes, media: str | None, number: int = 1) -> Drawing:
        """Return a page (from 1) of the file with these bytes; raises Wrong where it cannot be drawn within the limits."""
        parser = parser_of(media)
        if parser is None:
            raise Wrong("original", media, "is a kind of file that is not drawn", "download it")
        with self._lock:
            found = self._kept.get((sha256, number))
            if found is not None:
                self._kept.move_to_end((sha256, number))
                return found
            if self._workers is None:
                self._workers = Workers(2, LIMITS)
            workers = self._workers
        options: dict[str, object] = {"name": "original"}
        if parser.endswith("page_of_pdf"):
            options["number"] = number
        elif number != 1:
            raise Wrong("original", number, "is no page: there is one", "name it")
        [made] = list(workers.read(parser, data, name="original", options=options))
        drawing = Drawing(made["png"], made["pages"])
        with self._lock:
            self._kept[sha256, number] = drawing
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return drawing

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            if self._workers is not None:
                self._workers.close()
                self._workers = None
