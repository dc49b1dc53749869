"""HXL: hashtags under the header, and under each hashtag values of its kind. For any HXL table, not only ours."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise

from marsad.publish.checks.cells import day_of
from marsad.publish.checks.fault import Fault

LOOKED_AT = 25
"""Rows among which the hashtags must stand. Source: HXL 1.1 standard."""

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,12}")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_COUNTED = ("#affected", "#population")

Tag = tuple[str, frozenset[str]]


def hxl_faults(rows: Iterable[Sequence[str]]) -> Iterator[Fault]:
    """Yield everything in which these rows are no HXL table. Source: HXL 1.1 standard and dictionary."""
    lines = enumerate(rows, 1)
    first = list(islice(lines, LOOKED_AT))
    at = next((n for n, (_, row) in enumerate(first) if _tagged(row)), None)
    if at is None:
        yield Fault(0, "", "", f"has no row of hashtags among its first {LOOKED_AT} rows")
        return
    number, row = first[at]
    tags: dict[int, Tag] = {}
    for column, cell in enumerate(row):
        tag = tag_of(cell)
        if tag is not None:
            tags[column] = tag
        elif cell.strip():
            yield Fault(number, f"column {column + 1}", cell, "is no hashtag: # and a word, then +attributes")
    names = {column: row[column].replace(" ", "") for column in tags}
    twice = [column for column, tag in tags.items() if list(tags.values()).index(tag) != list(tags).index(column)]
    for column in twice:
        yield Fault(number, names[column], "", "stands over two columns: nobody can tell them apart")
    for number, row in chain(first[at + 1 :], lines):
        if len(row) < len(tags):
            yield Fault(number, "", "", f"has {len(row)} cells where {len(tags)} columns have a hashtag")
            continue
        for column, tag in tags.items():
            rule = value_rule(tag, row[column].strip()) if column < len(row) else None
            if rule is not None:
                yield Fault(number, names[column], row[column], rule)
        yield from _ranges(number, tags, names, row)


def tag_of(cell: str) -> Tag | None:
    """Return the hashtag and its attributes, None for what is no hashtag.

    >>> tag_of("#affected +killed+min")[0], tag_of("#1")
    ('#affected', None)
    """
    if not _TAG.fullmatch(cell.strip()):
        return None
    root, *attributes = [part.strip().lower() for part in cell.strip().split("+")]
    return root, frozenset(attributes)


def value_rule(tag: Tag, value: str) -> str | None:
    """Return the rule that a value breaks under this hashtag, None where it breaks none; an empty cell is not known."""
    root, attributes = tag
    if not value:
        return None
    if root == "#date":
        return None if day_of(value) or re.fullmatch(r"\d{4}(-\d{2})?", value) else "is no day written YYYY-MM-DD"
    if root in _COUNTED and not attributes & {"type", "pct", "text"}:
        return None if _COUNT.fullmatch(value) else "is no whole number of people"
    if root == "#geo" and attributes & {"lat", "lon"}:
        most = 90 if "lat" in attributes else 180
        fine = _NUMBER.fullmatch(value) and abs(float(value)) <= most
        return None if fine else f"is no {'latitude' if most == 90 else 'longitude'} in degrees"
    if root == "#country" and "code" in attributes:
        return None if re.fullmatch(r"[A-Z]{2,3}|[0-9]{3}", value) else "is no ISO code of a country"
    return "begins as a formula, which a spreadsheet would run" if value.startswith(("=", "+", "-", "@")) else None


def _tagged(row: Sequence[str]) -> bool:
    """Tell whether this is meant as the row of hashtags: most of its filled cells begin with #."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return bool(filled) and sum(cell.startswith("#") for cell in filled) * 2 > len(filled)


def _ranges(number: int, tags: Mapping[int, Tag], names: Mapping[int, str], row: Sequence[str]) -> Iterator[Fault]:
    """Yield where a least is above a best, or a best above a most, of the same people."""
    found: dict[Tag, dict[str, tuple[int, int]]] = {}
    for column, (root, attributes) in tags.items():
        value = row[column].strip() if column < len(row) else ""
        if root in _COUNTED and _COUNT.fullmatch(value):
            end = next((one for one in ("min", "max") if one in attributes), "best")
            found.setdefault((root, attributes - {"min", "max", "best"}), {})[end] = (int(value), column)
    for ends in found.values():
        told = [ends[end] for end in ("min", "best", "max") if end in ends]
        for (low, column), (high, other) in pairwise(told):
            if low > high:
                yield Fault(number, names[column], str(low), f"is above {names[other]}, {high}")
