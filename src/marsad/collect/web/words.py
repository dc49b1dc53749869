"""The words of a piece of HTML, tags taken off: what an entry of a feed says. Pure; read it in a worker."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from marsad.collect.web.html_reader import HtmlReader

_BYTES: Final = 2 << 20
_LINES: Final = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "table"})
_SILENT: Final = frozenset({"script", "style", "template", "noscript"})


def words(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield one item: text, a line for each paragraph, empty where there are no words; and pictures, as written.

    >>> import io
    >>> list(words(io.BytesIO(b"<p>Nine &amp; <b>two</b></p><img src=a.png>")))
    [{'text': 'Nine & two', 'pictures': ['a.png']}]
    """
    reader = _Words()
    reader.feed(stream.read(_BYTES).decode("utf-8", "replace"))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.out).split("\n"))
    yield {"text": "\n".join(filter(None, lines)), "pictures": reader.pictures[:100]}


class _Words(HtmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.pictures: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _LINES:
            self.out.append("\n")
        source = dict(attrs).get("src")
        if tag == "img" and source:
            self.pictures.append(source)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _LINES:
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.out.append(data)
