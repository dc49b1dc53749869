"""Word documents (DOCX): the words of their body in order, tables row by row, notes at the end; deleted words left out.

Run in a worker.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

from marsad.collect.unpack import Room
from marsad.collect.xml_parts import tag_of, xml_part
from marsad.model import Wrong

ROOM: Final = Room(entries=5_000, total=1 << 29, ratio=200)
_BODY: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_LONGEST: Final = 20_000_000


def words(stream: BinaryIO, name: str) -> Iterator[dict[str, Any]]:
    """Yield one item: the text of the document, its title, and when it was made and changed; what is not told is None.

    Raises Wrong for what is no such document or has no words.
    """
    lines: list[str] = []
    size = 0
    for part in _BODY:
        for line in _paragraphs(xml_part(stream, name, part, ROOM)):
            lines.append(line)
            size += len(line)
            if size > _LONGEST:
                raise Wrong(name, None, f"is longer than {_LONGEST:,} characters", "split it")
    if not any(line.strip() for line in lines):
        raise Wrong(name, None, "is no Word document (DOCX), or has no words", "save it as DOCX or PDF")
    told = {
        tag_of(element): element.text
        for event, element in xml_part(stream, name, "docProps/core.xml", ROOM)
        if event == "end" and element.text
    }
    yield {
        "text": "\n".join(lines).strip("\n"),
        "title": told.get("title"),
        "created": told.get("created"),
        "modified": told.get("modified"),
        "by": "marsad",
    }


def _paragraphs(events: Iterator[tuple[str, Element]]) -> Iterator[str]:
    """Yield paragraphs and rows of tables as lines; cells are parted by tabs."""
    line: list[str] = []
    cells: list[str] | None = None
    removed = depth = 0
    for event, element in events:
        tag = tag_of(element)
        if event == "start":
            removed += tag == "del"
            if tag == "tr":
                depth += 1
                cells = [] if depth == 1 else cells
            elif tag == "tc" and cells is not None and depth == 1:
                cells.append("")
            continue
        if tag == "del":
            removed -= 1
        elif tag == "t" and not removed:
            line.append(element.text or "")
        elif tag in ("tab", "br", "cr") and not removed:
            line.append("\t" if tag == "tab" else "\n")
        elif tag == "p":
            said, line = "".join(line), []
            if cells:
                cells[-1] = f"{cells[-1]} {said}".strip()
            else:
                yield said
        elif tag == "tr":
            depth -= 1
            if depth == 0 and cells is not None:
                yield "\t".join(cells)
                cells = None
