"""The objects of a list in a JSON file, one at a time: an export of a chat may be larger than the memory."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from marsad.model import Wrong

LONGEST_ITEM = 8_000_000
"""Characters of one object; a longer one is not read."""

_PART = 262_144
_SPACE = " \t\r\n"


class JsonItems:
    """The items of the list under one of `keys` in the object that the file holds, or of the list that it is.

    The list may stand in an object under one of `inside`.

    While they are iterated, `beside` fills with the other members of the object that stand before the list.
    Raises Wrong, naming `name`, where the file is no JSON of that form.
    """

    def __init__(self, stream: BinaryIO, name: str, keys: tuple[str, ...] = (), inside: tuple[str, ...] = ()) -> None:
        self._stream, self._name, self._keys, self._inside = stream, name, keys, inside
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self._json = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False
        self.beside: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Any]:
        opening = self._peek()
        if opening == "[":
            yield from self._list()
        elif opening == "{":
            yield from self._object()
        else:
            raise self._wrong("is no JSON object and no list")
        if self._peek():
            raise self._wrong("goes on behind its end")

    def _object(self) -> Iterator[Any]:
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            key = self._value()
            if not isinstance(key, str) or self._peek() != ":":
                raise self._wrong("is no JSON object")
            self._at += 1
            if key in self._keys and self._peek() == "[":
                yield from self._list()
            elif key in self._inside and self._peek() == "{":
                yield from self._object()
            else:
                self.beside[key] = self._value()
            if self._next("}"):
                return

    def _list(self) -> Iterator[Any]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._next("]"):
                return

    def _next(self, closing: str) -> bool:
        """Pass over a comma; return true at the end of the list or object instead."""
        found = self._peek()
        if found not in (",", closing) or not found:
            raise self._wrong("breaks off" if not found else f"has {found!r} where a comma belongs")
        self._at += 1
        return found == closing

    def _value(self) -> Any:
        """Return the value that begins here, having read as much as it takes; twice as much at each try."""
        self._peek()
        wanted = 4096
        while True:
            have = len(self._text) - self._at
            if have >= wanted or self._ended:
                try:
                    value, end = self._json.raw_decode(self._text, self._at)
                except (ValueError, RecursionError) as fault:
                    if self._ended or isinstance(fault, RecursionError):
                        raise self._wrong(f"is no JSON ({str(fault)[:60]})") from fault
                else:
                    # A number that ends where the text read so far ends may go on behind it.
                    if end < len(self._text) or self._ended:
                        self._at = end
                        return value
                if have > LONGEST_ITEM:
                    raise self._wrong(f"has an object longer than {LONGEST_ITEM:,} characters")
                wanted = max(wanted * 2, have * 2)
            self._more(wanted)

    def _peek(self) -> str:
        """Return the next character that is no space, "" at the end; what was read before it is let go."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more(1)

    def _more(self, wanted: int) -> None:
        parts = [self._text[self._at :]]
        have = len(parts[0])
        while have < wanted and not self._ended:
            data = self._stream.read(_PART)
            self._ended = not data
            try:
                part = self._decoder.decode(data, self._ended)
            except UnicodeDecodeError as fault:
                raise self._wrong("is not UTF-8") from fault
            parts.append(part)
            have += len(part)
        self._text, self._at = "".join(parts), 0

    def _wrong(self, rule: str) -> Wrong:
        return Wrong(self._name, None, rule, "export it anew as JSON")
