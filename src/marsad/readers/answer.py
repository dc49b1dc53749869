"""The answer of an OpenAI-compatible endpoint, taken apart: bytes of a stranger in, items out, or a reason."""

import json
from typing import Any

from marsad.readers.page import Unread, shown

_MOST_ITEMS = 500
"""Items that are looked at; no report counts people more often."""


def items_of(data: bytes) -> list[Any]:
    """Return the items that an answer lists under `claims`; raises Unread where it is no answer of the agreed form.

    >>> content = json.dumps({"claims": [{"quote": "nine people"}]})
    >>> items_of(json.dumps({"choices": [{"message": {"content": content}}]}).encode())
    [{'quote': 'nine people'}]
    """
    choice = _first(_object(_json(data, "the answer"), "the answer").get("choices"))
    message = _object(choice.get("message"), "the answer's message")
    if message.get("refusal"):
        raise Unread(f"the model declines: {shown(message['refusal'])}")
    if choice.get("finish_reason") == "length":
        raise Unread("the answer was cut off by the endpoint's own limit of length")
    content = message.get("content")
    if not isinstance(content, str):
        raise Unread("the answer's message holds no text")
    items = _object(_json(content, "the model's text"), "the model's text").get("claims")
    if not isinstance(items, list):
        raise Unread("the model's text has no list of claims")
    if len(items) > _MOST_ITEMS:
        raise Unread(f"the model lists {len(items):,} claims, more than the {_MOST_ITEMS} that any report makes")
    return items


def _json(data: bytes | str, name: str) -> Any:
    """Return what this JSON says, if it is JSON of the strict kind: no name twice, no NaN, no depth without end."""
    try:
        text = data.decode() if isinstance(data, bytes) else data
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Unread(f"{name} is not JSON ({shown(fault)}); it begins “{shown(data[:40], 40)}”") from fault


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a name is given twice")
    return out


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unread(f"{name} is no JSON object")
    return value


def _first(choices: object) -> dict[str, Any]:
    if not isinstance(choices, list) or not choices:
        raise Unread("the answer has no choices")
    return _object(choices[0], "the answer's first choice")
