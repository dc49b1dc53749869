"""Reports given as JSON lines: {"id", "text", "published", "outlet", "lang", "address", "key", "protected"}, one a line."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marsad.collect.incoming import LIMIT, Incoming, incoming
from marsad.collect.particulars import Particulars, read_particulars
from marsad.collect.text_of import text_of
from marsad.model import Wrong

_REMEDY = 'write {"id": …, "text": …, "published": "2014-11-26", "outlet": …, "lang": "en"} on one line'


def report_line(line: bytes, name: str, given: Particulars, limit: int = LIMIT) -> Incoming:
    """Return the report on one line; its evidence is the text in UTF-8, its `id` only names it in messages.

    Raises Wrong, naming `name`, for a line that is no JSON object with a text, or whose text would not come back
    from its bytes as it is: one that begins with a byte order mark or with front matter.
    """
    fields = json_object(line, name)
    if isinstance(fields.get("id"), str | int):
        name = f"{name} ({fields['id']})"
    text = fields.get("text")
    if not isinstance(text, str):
        raise Wrong(name, None, "has no text", _REMEDY)
    told: dict[str, str | None] = {}
    for field, value in fields.items():
        if field in ("id", "text"):
            continue
        if field == "protected" and isinstance(value, bool):
            value = str(value).lower()
        if field in ("outlet", "source", "published", "lang", "address", "url", "key", "protected") and not (
            value is None or isinstance(value, str)
        ):
            raise Wrong(f"{name}, {field}", json.dumps(value)[:60], "is not a string", "put it in quotes")
        told[field] = value if isinstance(value, str) else None
    try:
        data = text.encode()
    except UnicodeEncodeError as fault:
        raise Wrong(name, f"character {fault.start}", "is half of a character", "repair the text") from fault
    if text_of(data, name)[0] != text:
        rule = "begins with front matter or a byte order mark"
        raise Wrong(name, None, rule, "give its fields beside the text, and the text without them")
    sent_as = str(fields["id"]) if isinstance(fields.get("id"), str | int) else None
    return replace(incoming(name, data, read_particulars(told, name).over(given), limit), sent_as=sent_as)


def json_object(line: bytes, name: str) -> Mapping[str, Any]:
    """Return the JSON object on this line; raises Wrong, naming `name`, if there is none or a name stands twice."""
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise Wrong(name, None, f"is not a line of JSON ({str(fault)[:80]})", _REMEDY) from fault
    if not isinstance(found, dict):
        raise Wrong(name, None, "is JSON but no object", _REMEDY)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a name is given twice")
    return out
