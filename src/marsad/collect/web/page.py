"""What a page says: its readable text without menus and advertisements, and what it says of itself. Pure; read it in a worker."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.collect.web.addresses import checked_url
from marsad.collect.web.html_reader import HtmlReader
from marsad.model import Wrong

LOADED_BEFORE: Final = ("trafilatura",)
"""What a worker loads before it is given a file: once, instead of for each file."""

_BYTES: Final = 20 << 20
_DEEPEST: Final = 1_000
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def readable(stream: BinaryIO, address: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield one item about an HTML page: text, title, published (a day), outlet, lang, author, image (an address).

    What is not said is None. Paragraphs stand in lines of their own. Raises Wrong where the page holds no text of its own.
    """
    from trafilatura import bare_extraction

    data = stream.read(_BYTES + 1)
    if len(data) > _BYTES:
        raise Wrong("page", None, f"is longer than {_BYTES:,} bytes", "save the part that matters")
    found: Any = bare_extraction(
        _shallow(data),
        url=address,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
    )
    told: dict[str, Any] = {} if found is None else found.as_dict()
    text = (told.get("text") or "").strip()
    if not text:
        raise Wrong("page", None, "holds no text of its own", "look at its capture: it may be made by a script")
    day = told.get("date")
    yield {
        "text": text,
        "title": told.get("title"),
        "published": day if isinstance(day, str) and _DAY.fullmatch(day) else None,
        "outlet": told.get("sitename") or told.get("hostname"),
        "lang": told.get("language") or _lang(data),
        "author": told.get("author"),
        "image": told.get("image"),
    }


def resources(stream: BinaryIO, address: str, most: int = 100) -> Iterator[str]:
    """Yield the addresses of what a page is made of (pictures, styles, scripts, films), each once, at most so many."""
    data = stream.read(_BYTES)
    finder = _Finder()
    finder.feed(_decoded(data))
    base, seen = finder.base or address, set[str]()
    for found in finder.found:
        try:
            url = checked_url(
                found, base if finder.base is None else checked_url(finder.base, address).geturl()
            ).geturl()
        except Wrong:
            continue
        if url not in seen and url != address:
            seen.add(url)
            yield url
            if len(seen) >= most:
                return


class _Finder(HtmlReader):
    """Collects what the tags of a page name as its parts."""

    _PARTS: Final = {
        ("img", "src"), ("source", "src"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("script", "src"),
        ("iframe", "src"), ("embed", "src"), ("object", "data"), ("input", "src"), ("image", "href"),
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.base: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names."""
        told = {name: value for name, value in attrs if value}
        if tag == "base" and self.base is None:
            self.base = told.get("href")
        if tag == "link" and {"stylesheet", "icon", "preload"} & set((told.get("rel") or "").lower().split()):
            self.found.append(told.get("href") or "")
        for name, value in told.items():
            if (tag, name) in self._PARTS:
                self.found.append(value)
            elif name == "srcset":
                self.found += [part.split()[0] for part in value.split(",") if part.strip()]


def _shallow(data: bytes) -> bytes:
    """Return a page, or raise Wrong where its tags are opened so often that reading it would take for ever."""
    if data.count(b"<") > 400_000:
        raise Wrong("page", None, "has more than 400,000 tags", "save the part that matters")
    depth = deepest = 0
    for match in re.finditer(rb"<(/?)(?:div|span|p|b|i|ul|li|table|tr|td|font|blockquote|section)\b", data):
        depth = max(0, depth + (-1 if match[1] else 1))
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise Wrong("page", None, f"nests more than {_DEEPEST:,} tags in one another", "save the part that matters")
    return data


def _decoded(data: bytes) -> str:
    """Return a page's letters in the encoding that it names, or in UTF-8 where nobody knows that one."""
    found = re.search(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]{2,30})""", data[:4096])
    try:
        return data.decode("utf-8" if found is None else found[1].decode("ascii"), "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _lang(data: bytes) -> str | None:
    found = re.search(rb"""<html[^>]{0,500}\blang\s*=\s*["']?([A-Za-z]{2})\b""", data[:8192], re.IGNORECASE)
    return None if found is None else found[1].decode("ascii").lower()
