"""A second SQL engine for the conformance tests: SQLite in memory. What runs here and on DuckDB runs on most."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from marsad.stage import Query, Rows, RowStage


class SqliteEngine:
    """Runs stages on SQLite, in this process."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:")
        self.ran = 0

    def register(self, name: str, table: pa.Table) -> None:
        """Make `table` known under `name`: days as ISO text, truth as 0 and 1, lists as JSON."""
        kinds = ", ".join(f'"{field.name}" {_kind(field.type)}' for field in table.schema)
        self.drop(name)
        self._db.execute(f'create table "{name}" ({kinds})')
        places = ", ".join("?" * table.num_columns)
        rows = [tuple(map(_stored, row.values())) for row in table.to_pylist()]
        self._db.executemany(f'insert into "{name}" values ({places})', rows)  # noqa: S608 - our own names

    def run(self, query: Query) -> Rows:
        """Run one query; return its rows if it makes no table, else nothing."""
        self.ran += 1
        if query.table is None:
            return self._db.execute(query.sql).fetchall()
        self.drop(query.table)
        self._db.execute(f'create table "{query.table}" as {query.sql}')
        return []

    def table(self, name: str) -> pa.Table:
        """Return the whole table."""
        names, rows = self._selected(f'select * from "{name}"')  # noqa: S608 - our own names
        return pa.table({column: [row[k] for row in rows] for k, column in enumerate(names)})

    def apply(self, stage: RowStage[Any, Any], table: pa.Table, progress: Any = None) -> tuple[pa.Table, pa.Table]:
        """Return the stage's good rows and its rejections."""
        if progress is not None:
            progress(table.num_rows)
        return stage.split(pa.Table.from_batches(list(stage.batches(table.to_batches())), schema=stage.emits))

    def nest(self, name: str, key: str, order: Sequence[str], rows: pa.Schema) -> pa.Table:
        """Return one row a key: the key, and a list of the rows in this order."""
        sorting = ", ".join(f'"{column}" asc nulls last' for column in (key, *order))
        names, found = self._selected(f'select * from "{name}" order by {sorting}')  # noqa: S608 - our own names
        lists: dict[str, list[dict[str, Any]]] = {}
        for values in found:
            row = dict(zip(names, values, strict=True))
            lists.setdefault(row[key], []).append({f.name: _back(row[f.name], f.type) for f in rows})
        nested = pa.list_(pa.struct([f.with_nullable(True) for f in rows]))
        return pa.table({key: pa.array(lists, pa.string()), "rows": pa.array(list(lists.values()), nested)})

    def drop(self, name: str) -> None:
        """Forget the table."""
        self._db.execute(f'drop table if exists "{name}"')

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def _selected(self, sql: str) -> tuple[list[str], Rows]:
        found = self._db.execute(sql)
        return [column[0] for column in found.description], found.fetchall()


def _kind(of: pa.DataType) -> str:
    if pa.types.is_integer(of) or pa.types.is_boolean(of):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(of) else "TEXT"


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, list) else value


def _back(value: Any, of: pa.DataType) -> Any:
    readers: list[tuple[Callable[[pa.DataType], bool], Callable[[Any], Any]]] = [
        (pa.types.is_date, date.fromisoformat),
        (pa.types.is_boolean, bool),
        (pa.types.is_list, json.loads),
    ]
    return value if value is None else next((read(value) for fits, read in readers if fits(of)), value)
