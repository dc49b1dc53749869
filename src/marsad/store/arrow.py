"""Arrow tables to rows of a database and back: days as ISO text, lists as JSON text, truth as 0 and 1."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from marsad.model.rows import canonical_json

_AT_ONCE = 20_000
"""Rows turned at once: enough to be quick, few enough not to hold a table twice."""

Rows = Sequence[Sequence[Any]]


def rows_of(table: pa.Table) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a table as lists of plain tuples."""
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        yield list(zip(*(_plain(column) for column in batch.columns), strict=True))


def table_of(batches: Iterator[Rows], schema: pa.Schema) -> pa.Table:
    """Return the table that these rows make."""
    made = [_batch(rows, schema) for rows in batches if rows]
    return pa.Table.from_batches(made, schema=schema)


def _plain(column: pa.Array) -> list[Any]:
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    elif pa.types.is_boolean(column.type):
        column = column.cast(pa.int64())
    elif pa.types.is_list(column.type):
        return _each_once(column.to_pylist(), canonical_json)
    values: list[Any] = column.to_pylist()
    return values


def _batch(rows: Rows, schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind):
        return pa.array(values, pa.string()).cast(kind)
    if pa.types.is_boolean(kind):
        return pa.array(values, pa.int64()).cast(kind)
    if pa.types.is_list(kind):
        return pa.array(_each_once(values, json.loads), kind)
    return pa.array(values, kind)


def _each_once(values: Sequence[Any], change: Any) -> list[Any]:
    """Return the changed values; equal ones, and most lists of speakers are, are changed once."""
    keys = [tuple(value) if isinstance(value, list) else value for value in values]
    changed = {key: change(list(key) if isinstance(key, tuple) else key) for key in set(keys)}
    return [changed[key] for key in keys]
