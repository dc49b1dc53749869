"""How two versions of one table differ: which rows, which columns, what is stored and what follows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from marsad.preserve.difference import Difference

_SHOWN = 50
"""Differences told one by one for each table; the rest are counted."""

Row = dict[str, Any]
Key = tuple[tuple[bool, Any], ...]


def table_differences(
    name: str, stored: pa.Table, expected: pa.Table, keys: Sequence[str], remedy: str
) -> Iterator[Difference]:
    """Yield how the stored table differs from the expected one, row by row, whatever the order of their rows.

    `keys` are the columns that name a row; with none, a row is named by all it holds. Differences beyond the first 50
    are counted.
    """
    columns = list(keys) or stored.schema.names
    order = [(column, "ascending") for column in columns]
    stored, expected = (
        table.select(stored.schema.names).cast(stored.schema).sort_by(order) for table in (stored, expected)
    )
    if stored.equals(expected):
        return
    told = 0
    for difference in _differences(name, _paired(stored, expected, columns), remedy):
        told += 1
        if told <= _SHOWN:
            yield difference
    if told > _SHOWN:
        yield Difference(f"derived.db, {name}", f"{told - _SHOWN:,} further differences", "none", remedy)


def _differences(name: str, pairs: Iterator[tuple[Key, list[Row], list[Row]]], remedy: str) -> Iterator[Difference]:
    for key, was, follows in pairs:
        subject = f"derived.db, {name} {' '.join(str(value) for _, value in key)}"
        if len(was) != len(follows):
            yield Difference(subject, f"{len(was)} of it", f"{len(follows)}", remedy)
        else:
            for column, value in was[0].items():
                if value != follows[0][column]:
                    yield Difference(f"{subject}, {column}", repr(value), repr(follows[0][column]), remedy)


def _paired(stored: pa.Table, expected: pa.Table, columns: Sequence[str]) -> Iterator[tuple[Key, list[Row], list[Row]]]:
    """Yield (key, rows stored under it, rows expected under it) wherever these are not the same; both come sorted."""
    sides = (_keyed(stored, columns, 0), _keyed(expected, columns, 1))
    for key, group in groupby(merge(*sides, key=itemgetter(0)), key=itemgetter(0)):
        rows: tuple[list[Row], list[Row]] = ([], [])
        for _, side, row in group:
            rows[side].append(row)
        if Counter(map(repr, rows[0])) != Counter(map(repr, rows[1])):
            yield key, *rows


def _keyed(table: pa.Table, columns: Sequence[str], side: int) -> Iterator[tuple[Key, int, Row]]:
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            yield tuple((row[column] is None, row[column]) for column in columns), side, row
