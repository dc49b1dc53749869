"""Submissions of a form from the REST service of KoBo or ODK Central: page by page, each page kept as it was received."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from marsad.collect.incoming import Found, Original
from marsad.collect.json_rows import json_reports
from marsad.collect.mappings import Columns, shipped_as
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import Place
from marsad.model import Wrong

Ask = Callable[[str], bytes]
"""Asks an address and returns what it answers; raises Wrong where it may not be asked or does not answer well."""

MOST_PAGES = 100_000
_LISTS = ("results", "value")
_NEXT = ("next", "@odata.nextLink")


def submissions(ask: Ask, address: str, given: Particulars, mapping: Columns | None = None) -> Iterator[Found]:
    """Yield the reports of all submissions, the first page first; a page that names another goes on there.

    Raises Wrong, after what came before, where an answer is no list of submissions, or leads to another host: the token
    that opens one door is not carried to the next.
    """
    mapping = mapping or shipped_as("kobo")[0]
    seen: set[str] = set()
    following: str | None = address
    for number in range(1, MOST_PAGES + 1):
        if following is None:
            return
        if following in seen:
            raise Wrong("form service", following[:200], "leads back to a page that was read", "tell whoever runs it")
        seen.add(following)
        data = ask(following)
        items, onward = _page(data, following)
        original = Original.of(data, "application/json")
        yield from json_reports(items, Place(f"{_shown(address)} page {number}", original), given, mapping)
        following = None if onward is None else _same_host(onward, following)
    raise Wrong("form service", address[:200], f"has more than {MOST_PAGES:,} pages", "ask for a part of it")


def _page(data: bytes, address: str) -> tuple[list[Any], str | None]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise Wrong(
            "form service", _shown(address), "answers what is no JSON", "see whether the address is that of its data"
        ) from fault
    if isinstance(told, list):
        return told, None
    items = (
        next((told[key] for key in _LISTS if isinstance(told.get(key), list)), None) if isinstance(told, dict) else None
    )
    if items is None:
        rule = "answers no list of submissions"
        raise Wrong(
            "form service", _shown(address), rule, "give the address of its data: …/api/v2/assets/ID/data/?format=json"
        )
    onward = next((told[key] for key in _NEXT if isinstance(told.get(key), str) and told[key]), None)
    return items, onward


def _same_host(onward: str, here: str) -> str:
    target = urljoin(here, onward)
    one, other = urlsplit(target), urlsplit(here)
    if (one.scheme, one.netloc) != (other.scheme, other.netloc):
        raise Wrong("form service", target[:200], f"is on another host than {other.netloc}", "tell whoever runs it")
    return target


def _shown(address: str) -> str:
    """Return an address fit for a message: without what may be a secret in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"[:200]
