"""What marsad and its workers say to one another: frames of a letter, a length and JSON, in which bytes may stand.

No pickle: what comes out of a worker was made while a hostile file was read, and a pickle is a program.
"""

import base64
import json
import struct
from typing import Any, Final

HEAD: Final = struct.Struct(">cI")
"""A letter for the kind of frame, and the length of what follows, in bytes."""

ITEM, WRONG, FAULT, DONE = b"I", b"W", b"F", b"D"
"""A value; a refusal in four parts; an error with its name and words; the end, without which a file was not read."""

_BYTES: Final = "\0bytes"


def frame(kind: bytes, value: object) -> bytes:
    """Return a frame; raises TypeError for a value that JSON cannot hold (bytes it can), ValueError for half a letter.

    >>> value, _ = unframe(frame(ITEM, {"name": "رقة", "photo": b"\\x00"})[5:]), None
    >>> value
    {'name': 'رقة', 'photo': b'\\x00'}
    """
    body = json.dumps(value, default=_written, ensure_ascii=False, separators=(",", ":")).encode()
    return HEAD.pack(kind, len(body)) + body


def unframe(body: bytes) -> Any:
    """Return the value of a frame without its head; raises ValueError for what is none."""
    try:
        return json.loads(body, object_hook=_read)
    except RecursionError as fault:
        raise ValueError("is nested too deeply") from fault


def _written(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return {_BYTES: base64.b64encode(value).decode("ascii")}
    raise TypeError(f"a parser yielded {type(value).__name__}, which is no value of JSON")


def _read(fields: dict[str, Any]) -> Any:
    if len(fields) == 1 and isinstance(fields.get(_BYTES), str):
        return base64.b64decode(fields[_BYTES], validate=True)
    return fields
