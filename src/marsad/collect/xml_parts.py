"""The XML parts of Office files, as a stream of events: nothing is unfolded that was not weighed, no entity is declared."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final, TypeAlias
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from marsad.collect.unpack import Room, members
from marsad.model import Wrong
from marsad.stage import Rejection

_PART: Final = 1 << 16
_PROLOG: Final = 4096
_DEEPEST: Final = 200
_PASSING: Final = frozenset(
    {"row", "si", "mergeCell", "hyperlink", "conditionalFormatting", "dataValidation", "p", "tbl", "Relationship"}
)
"""Elements that are let go of once they have been read."""

_Parser: TypeAlias = "XMLPullParser[Any]"


def xml_part(stream: BinaryIO, name: str, wanted: str, room: Room) -> Iterator[tuple[str, Element]]:
    """Yield the events of one XML part of the archive; nothing if it is not there. A part that declares entities is refused."""
    stream.seek(0)
    for member in members(stream, name, room):
        if isinstance(member, Rejection) or member.name != wanted:
            continue
        parser: _Parser = XMLPullParser(("start", "end"))
        above: list[Element] = []
        head = b""
        try:
            while data := member.stream.read(_PART):
                if len(head) < _PROLOG:
                    head += data[:_PROLOG]
                    if b"<!DOCTYPE" in head or b"<!\0D" in head:
                        raise Wrong(name, None, "declares entities, as no document does: an attack", "leave it alone")
                parser.feed(data)
                yield from _events(parser, above)
            parser.close()
        except ParseError as fault:
            raise Wrong(name, wanted, f"is damaged ({fault})", "save it anew") from fault
        yield from _events(parser, above)
        return


def _events(parser: "_Parser", above: list[Element]) -> Iterator[tuple[str, Element]]:
    """Yield what was parsed, and let go of every row and string behind it."""
    events: Any = parser.read_events()  # typeshed has a tuple for every kind of event that can be asked for
    for event, element in events:
        assert isinstance(element, Element)  # noqa: S101 - only starts and ends are asked for
        if event == "start":
            above.append(element)
            if len(above) > _DEEPEST:
                raise ParseError("elements are nested too deep")
        else:
            above.pop()
        yield event, element
        if event == "end" and above and tag_of(element) in _PASSING:
            above[-1].remove(element)


def tag_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, wanted: str) -> str | None:
    """Return an attribute by its name without its namespace; None if it is not there."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), None)
