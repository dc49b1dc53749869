"""The text of a report, from its bytes: the one rule that everything which counts characters goes by."""

import codecs
import re
from collections.abc import Mapping

from marsad.model import Wrong
from marsad.text.row_lines import ROW

_FENCE = "---"
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_LONGEST_FRONT_MATTER = 100
"""Lines; a text that opens with a rule of dashes and has no second one soon is no front matter."""


def text_of(data: bytes, name: str = "report") -> tuple[str, Mapping[str, str]]:
    """Return the text of a report and the fields of its front matter, in lower case, empty where it has none.

    The text is the whole of the bytes, decoded: UTF-8, or UTF-16 where a byte order mark says so; a mark is not part
    of it; line ends stay as received. Only where the bytes begin with front matter (a line `---`, lines `key: value`,
    a line `---`) is the text what follows it. Every span in marsad counts characters of this text.

    Raises Wrong, naming `name`, for bytes that are not text, and for a field that is given twice.

    >>> text_of(b"---\\noutlet: Radio Raqqa\\n---\\n95 were killed.")
    ('95 were killed.', {'outlet': 'Radio Raqqa'})
    >>> text_of(b"95 were killed.\\r\\n")
    ('95 were killed.\\r\\n', {})
    """
    text = _decoded(data, name)
    if "\0" in text:
        raise Wrong(name, None, "holds a NUL character, so it is not a text", "convert it to plain text first")
    fields, end = _front_matter(text)
    told = dict(fields)
    if len(told) < len(fields):
        keys = [key for key, _ in fields]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Wrong(name, twice, "is given twice in the front matter", "keep one of them")
    return text[end:], told


def kind_of(fields: Mapping[str, str]) -> str | None:
    """Return what the front matter says that a text is: "row" for the row of a table, None for words to be read."""
    return ROW if fields.get("kind") == ROW else None


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Wrong(name, "UTF-32", "is an encoding marsad does not read", "save it as UTF-8")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        rule = f"is where it stops being UTF-{16 if wide else 8}"
        raise Wrong(name, f"byte {fault.start}", rule, "save it as UTF-8") from fault


def _front_matter(text: str) -> tuple[list[tuple[str, str]], int]:
    """Return the fields of the front matter and where the text begins: none and 0 if there is no front matter."""
    fields: list[tuple[str, str]] = []
    line, at = _line(text, 0)
    if line != _FENCE:
        return [], 0
    for _ in range(_LONGEST_FRONT_MATTER):
        if at >= len(text):
            break
        line, at = _line(text, at)
        if line == _FENCE:
            return fields, at
        if not line or line.startswith("#"):
            continue
        field = _FIELD.fullmatch(line)
        if field is None:
            break
        fields.append((field[1].lower(), _unquoted((field[2] or "").strip())))
    return [], 0


def _line(text: str, start: int) -> tuple[str, int]:
    """Return the line that starts here, without trailing space, and where the next one starts."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end + 1
    return text[start:end].rstrip(), end


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
