"""A table whose columns are known: its header found, its rows made reports one at a time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from marsad.collect.csv_rows import Row
from marsad.collect.hxl import hxl_columns, is_hxl
from marsad.collect.incoming import Found
from marsad.collect.mappings import Columns, known_by, plain, shipped
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import Place, RowReader, one_line
from marsad.model import Wrong
from marsad.stage import Rejection

_LOOKED_AT = 40
"""Rows among which the header is looked for: files begin with a title, a licence, notes."""
_MOST_COLUMNS = 2000
_MAP_IT = "say what its columns are: --mapping FILE (docs/kinds.md shows one)"


def table_reports(
    rows: Iterable[Row | Rejection], place: Place, given: Particulars, mapping: Columns | None = None
) -> Iterator[Found]:
    """Yield the reports of a table; `mapping` says what its columns mean, None for a set that marsad should know.

    Raises Wrong, before anything is yielded, where nobody knows what its columns mean.
    """
    source = iter(rows)
    first = list(islice(source, _LOOKED_AT))
    found = [row for row in first if not isinstance(row, Rejection)]
    names, columns, start = _header(found, place.name, mapping)
    reader = RowReader(_unique(names), columns, place, given)
    for row in chain(first, source):
        if isinstance(row, Rejection):
            yield row
        elif row[0] >= start:
            yield from reader.reports(*row)


def _header(rows: Sequence[Row], subject: str, mapping: Columns | None) -> tuple[list[str], Columns, int]:
    """Return the names of the columns, what they mean, and the number of the first row of data."""
    wide = max((len(cells) for _, cells in rows), default=0)
    if wide > _MOST_COLUMNS:
        raise Wrong(subject, f"{wide:,} columns", f"is wider than {_MOST_COLUMNS:,} columns", "leave some out")
    before: list[str] = []
    for number, cells in rows:
        if is_hxl(cells):
            names = [_named(cells, before, at) for at in range(len(cells))]
            return names, mapping or hxl_columns(cells, names), number + 1
        before = cells if any(cells) else before
    wanted = (mapping,) if mapping is not None and mapping.recognised_by else None if mapping is None else ()
    for number, cells in rows:
        if known := known_by(cells, wanted):
            return cells, known, number + 1
        if mapping is not None and _maps(mapping, cells):
            return cells, mapping, number + 1
    for known in shipped() if mapping is None else (mapping,):
        if known.header and rows and _fits(known, rows[0][1]):
            return list(known.header), known, rows[0][0]
    if not rows:
        raise Wrong(subject, None, "has no rows", "name a table with a header and rows")
    if mapping is not None:
        wanted_names = ", ".join(sorted({name for names in mapping.columns.values() for name in names})[:12])
        raise Wrong(
            subject, None, f"has none of the columns that the mapping names ({wanted_names})", "name its columns"
        )
    shown = one_line(", ".join(cell[:30] for cell in rows[0][1][:8] if cell))
    raise Wrong(subject, shown or None, "are the columns of no table that marsad knows", _MAP_IT)


def _named(tags: Sequence[str], header: Sequence[str], at: int) -> str:
    return (header[at].strip() if at < len(header) else "") or tags[at]


def _maps(mapping: Columns, cells: Sequence[str]) -> bool:
    """Tell whether this row has the columns of a mapping: at least half of its fields, or two of them."""
    there = {plain(cell) for cell in cells}
    found = sum(any(plain(name) in there for name in names) for names in mapping.columns.values())
    return found >= min(2, len(mapping.columns))


def _fits(mapping: Columns, cells: Sequence[str]) -> bool:
    """Tell whether the first row of a table without a header may be one of this set: as many cells, codes in place.

    A release that has fewer or more columns than the codebook is not guessed at.
    """
    if len(cells) != len(mapping.header):
        return False
    row = dict(zip(mapping.header, cells, strict=True))
    codes = {"type_of_violence": "123", "where_prec": "1234567", "date_prec": "12345"}
    return all(row.get(name, "").strip() in list(codes[name]) for name in codes) and row["best"].strip().isdigit()


def _unique(names: Sequence[str]) -> list[str]:
    """Return the names, a number added to those that stand twice and a place to those that are empty."""
    seen: dict[str, int] = {}
    out = []
    for at, name in enumerate(names, 1):
        name = " ".join(name.strip().strip("\ufeff").split())[:200] or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return out
