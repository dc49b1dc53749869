"""What a page says to whoever reads it: its words apart from data, which stands in elements of its own."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

SILENT = frozenset({"script", "style", "code", "kbd", "textarea", "template"})
VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "col", "source", "wbr"})
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description")
"""Attributes that a browser shows or reads out."""
DATA = frozenset({"clause"})
"""Classes of elements that hold words of reports: clauses of a briefing."""
APART = re.compile("\u2068[^\u2069]*\u2069?")
"""What is set apart within a text: data, too."""
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+(?: [A-Za-z'-]+)*")


class _Said(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._apart: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self._apart[-1]:
            self.pieces += [str(given[name]) for name in SPOKEN if given.get(name)]
        data = bool(DATA & set((given.get("class") or "").split()))
        data |= tag in ("bdi", "text") or given.get("dir") in ("auto", "ltr") or given.get("lang") == "en"
        if tag not in VOID:
            self._apart.append(self._apart[-1] or data or tag in SILENT)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._apart) > 1:
            self._apart.pop()

    def handle_data(self, data: str) -> None:
        if not self._apart[-1]:
            self.pieces.append(data)


def latin_in(html: str, known: frozenset[str]) -> Iterator[str]:
    """Yield each run of Latin words that a page says outside of data, but for those that are `known`."""
    said = _Said()
    said.feed(html)
    for piece in said.pieces:
        for found in LATIN.findall(APART.sub(" ", piece)):
            left = [word for word in found.split() if word not in known]
            if left:
                yield " ".join(left)
