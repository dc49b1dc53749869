"""The map of who held what as one page that needs nothing else: land, places, areas, a slider of days, two languages."""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

COLOURS = ("#2B4C7E", "#8A6D1F", "#5B7B4F", "#7A4B6B", "#3F7277", "#8C5A3C", "#6B6B3A", "#54546E")
"""One for each party, in the order in which they hold most; a ninth and later party is grey."""

_GREY = "#8B8680"


def control_page(
    made: Mapping[str, Any], land: Sequence[Mapping[str, Any]], words: Mapping[str, Mapping[str, str]], title: str
) -> bytes:
    """Return the page for a map made by `control_map`, drawn on these provinces, with words by language ("en", "ar").

    Everything stands in the file: no address is asked for anything. Without JavaScript it shows the table of the last day.
    """
    data = {
        "days": made["days"],
        "features": made["features"],
        "land": [{"geometry": f["geometry"], "properties": {}} for f in land],
        "colours": colours_of(made["features"]),
        "words": words,
    }
    page = (resources.files("marsad.resources") / "context" / "control_page.html").read_text("utf-8")
    told = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    return page.replace("{{title}}", html.escape(title)).replace("{{data}}", told).encode()


def colours_of(features: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return a colour for each party, those first that are named by the most features.

    >>> colours_of([{"properties": {"party": "IS"}}, {"properties": {"party": None}}])
    {'IS': '#2B4C7E'}
    """
    counted: dict[str, int] = {}
    for feature in features:
        for party in feature["properties"].get("shares") or {feature["properties"]["party"]: 1}:
            if party is not None:
                counted[party] = counted.get(party, 0) + 1
    ordered = sorted(counted, key=lambda party: (-counted[party], party))
    return {party: COLOURS[n] if n < len(COLOURS) else _GREY for n, party in enumerate(ordered)}
