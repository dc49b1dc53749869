"""Rows of a table in a JSON file: a list of objects, each a row, what is nested in them under names with dots."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marsad.collect.incoming import Found
from marsad.collect.mappings import Columns, known_by, shipped
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import STAGE, Place, RowReader, one_line
from marsad.model import Wrong
from marsad.stage import Rejection

_MOST_CELLS = 2000
_DEEPEST = 8
_MOST_SHAPES = 500
"""Readers remembered, one for each set of columns that objects of a file have."""


def json_reports(
    items: Iterable[Any], place: Place, given: Particulars, mapping: Columns | None = None
) -> Iterator[Found]:
    """Yield the reports of a list of objects; raises Wrong where the first one has columns that nobody knows."""
    readers: dict[tuple[str, ...], RowReader] = {}
    for number, item in enumerate(items, 1):
        where = f"{place.name} row {number}"
        cells = flat(item) if isinstance(item, dict) else None
        if cells is None:
            rule = "is no object" if not isinstance(item, dict) else "is nested too deep or too wide"
            yield Rejection(where, STAGE, f"{where}: {rule}; make it one object a row.")
            continue
        names = tuple(cells)
        if mapping is None:
            mapping = known_by(names, shipped())
            if mapping is None:
                shown = one_line(", ".join(names[:8])[:120])
                rule, remedy = "are the columns of no table that marsad knows", "say what they are: --mapping FILE"
                raise Wrong(place.name, shown or None, rule, remedy)
        if names not in readers:
            if len(readers) >= _MOST_SHAPES:
                readers.clear()
            readers[names] = RowReader(names, mapping, place, given)
        yield from readers[names].reports(number, list(cells.values()))


def flat(item: Mapping[str, Any]) -> dict[str, str] | None:
    """Return an object as cells by name; None where it is nested too deep or has too many.

    >>> flat({"killed": 3, "verified": {"killed": None, "sure": True}, "links": ["a", "b"]})
    {'killed': '3', 'verified.killed': '', 'verified.sure': 'true', 'links': 'a; b'}
    """
    out: dict[str, str] = {}
    todo: list[tuple[str, Any, int]] = [("", item, 0)]
    while todo:
        name, value, depth = todo.pop()
        if depth > _DEEPEST or len(out) + len(todo) > _MOST_CELLS:
            return None
        if isinstance(value, dict):
            inner = [(f"{name}.{key}" if name else str(key), one, depth + 1) for key, one in value.items()]
            todo += reversed(inner)
        elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
            todo += [(f"{name}.{at}", one, depth + 1) for at, one in reversed(list(enumerate(value, 1)))]
        else:
            out[name] = "; ".join(map(_written, value)) if isinstance(value, list) else _written(value)
    return out


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value).encode("utf-8", "replace").decode()
