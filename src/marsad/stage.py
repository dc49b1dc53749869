"""What a stage is: pure functions over rows, over tables and in loops, that no engine needs to know more about.

RowStage   one row in, any number of rows out; runs row by row, as Arrow batches, and wherever batches go.
TableStage SQL over named tables; runs on every SQL engine.
LoopStage  a generator that yields queries and is sent small answers; it never touches a database.

An engine is whatever can `register`, `run`, `rows`, `apply` and `drop` (see `Engine`).
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import pyarrow as pa

from marsad.model.schema import REJECTION

In = TypeVar("In")
Out = TypeVar("Out")


_MISFITS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What writing results that do not fit a schema ends in: Arrow's errors are among them."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """This record could not be read by this stage, for this reason; `value` shows what was seen, None if nothing fits.

    A rejection stands beside the output: the run goes on, and nothing is passed over in silence.
    """

    record_id: str
    stage: str
    reason: str
    value: str | None = None

    def row(self) -> dict[str, str | None]:
        """Return the rejection as a row of schema REJECTION."""
        return {"record_id": self.record_id, "stage": self.stage, "reason": self.reason, "value": self.value}


@dataclass(frozen=True)
class RowStage(Generic[In, Out]):
    """A named pure function from one record to any number of records, and its lifting to Arrow batches.

    `key` is the column that names a record in a rejection. `read` makes a record of a row of schema `reads`, `write` a
    row of schema `writes` of a result. A record that `read` or `function` cannot take becomes one `Rejection`.
    The function gets no clock, no randomness and no file: what it needs beyond the record is bound to it beforehand.
    """

    name: str
    version: str
    key: str
    reads: pa.Schema
    writes: pa.Schema
    read: Callable[[Mapping[str, Any]], In]
    function: Callable[[In], Iterable[Out | Rejection]]
    write: Callable[[Out], dict[str, Any]]

    @property
    def emits(self) -> pa.Schema:
        """The schema of `batch`: `writes`, every column nullable, and a column `rejection` that is null on good rows."""
        fields = [field.with_nullable(True) for field in self.writes]
        return pa.schema([*fields, pa.field("rejection", pa.struct(list(REJECTION)))])

    def results(self, row: Mapping[str, Any]) -> list[Out | Rejection]:
        """Return everything this stage makes of one row: results, or exactly one rejection and nothing half-done."""
        try:
            return list(self.function(self.read(row)))
        except Exception as fault:  # noqa: BLE001 - one bad record is one Rejection, whatever is wrong with it
            return [self._refusal(row, fault)]

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Out | Rejection]:
        """Yield the results of every row, in order."""
        for row in rows:
            yield from self.results(row)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the results of a batch of schema `reads` as a batch of schema `emits`.

        A record whose results do not fit the schema is one rejection, as one that cannot be read is.
        """
        records = batch.to_pylist()
        try:
            return self._written(row for record in records for row in self._rows_of(record))
        except _MISFITS:
            return self._written(row for record in records for row in self._fitting(record))

    def _rows_of(self, record: Mapping[str, Any]) -> list[dict[str, Any]]:
        results = self.results(record)
        return [{"rejection": r.row()} if isinstance(r, Rejection) else self.write(r) for r in results]

    def _fitting(self, record: Mapping[str, Any]) -> list[dict[str, Any]]:
        try:
            rows = self._rows_of(record)
            self._written(rows)
        except _MISFITS as fault:
            return [{"rejection": self._refusal(record, fault).row()}]
        return rows

    def _written(self, rows: Iterable[dict[str, Any]]) -> pa.RecordBatch:
        return pa.RecordBatch.from_pylist(list(rows), schema=self.emits)

    def _refusal(self, row: Mapping[str, Any], fault: Exception) -> Rejection:
        reason = f"{type(fault).__name__}: {fault}"
        return Rejection(str(row.get(self.key)), self.name, reason.encode("utf-8", "replace").decode()[:500])

    def batches(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield one output batch for each input batch: what `mapInArrow` and Arrow readers ask for."""
        for batch in batches:
            yield self.batch(batch)

    def split(self, table: pa.Table) -> tuple[pa.Table, pa.Table]:
        """Return the good rows (schema `writes`) and the rejections (schema REJECTION) of a table of schema `emits`."""
        bad = table.column("rejection").combine_chunks().is_valid()
        rejected = table.filter(bad).column("rejection").to_pylist()
        good = table.filter(pa.compute.invert(bad)).drop_columns(["rejection"])
        return good.cast(self.writes), pa.Table.from_pylist(rejected, schema=REJECTION)


@dataclass(frozen=True, slots=True)
class Query:
    """One SQL text. With `table` it makes that table; without, it sends its few rows back."""

    sql: str
    table: str | None = None


@dataclass(frozen=True)
class TableStage:
    """Joins and aggregates: `queries` is a pure function from table names to the SQL to run, the last one making `out`.

    SQL is kept to what every engine speaks (no engine's own functions); `reads` names the tables it wants.
    """

    name: str
    version: str
    reads: tuple[str, ...]
    writes: pa.Schema
    queries: Callable[[Mapping[str, str], str], list[Query]]


Rows = list[tuple[Any, ...]]
LoopStage = Callable[..., Generator[Query, Rows, str]]
"""A loop over queries: `drive` runs it on an engine and returns the name of the table it ended with."""


class Engine(Protocol):
    """What a stage may ask of the thing it runs on."""

    def register(self, name: str, table: pa.Table) -> None:
        """Make `table` known under `name`."""

    def run(self, query: Query) -> Rows:
        """Run one query; return its rows if it makes no table, else nothing."""

    def table(self, name: str) -> pa.Table:
        """Return the whole table."""

    def apply(
        self, stage: RowStage[Any, Any], table: pa.Table, progress: Callable[[int], None] | None = None
    ) -> tuple[pa.Table, pa.Table]:
        """Return the stage's good rows and its rejections, in the order of the input; tell `progress` of rows done."""

    def nest(self, name: str, key: str, order: Sequence[str], rows: pa.Schema) -> pa.Table:
        """Return one row a key: the key, and a list of the rows (as structs of schema `rows`) in this order."""

    def drop(self, name: str) -> None:
        """Forget the table."""


@dataclass(frozen=True, slots=True)
class Nest:
    """How rows become what a stage over groups reads: one row a `key` with the list of its rows in this order.

    `carried` names columns that are alike in a group and stand beside the key; groups of fewer than `least` rows are left
    out. Nulls sort last.
    """

    key: str
    order: tuple[str, ...]
    carried: tuple[str, ...] = ()
    least: int = 1


class LargeEngine(Protocol):
    """What may be asked of an engine whose tables are larger than memory: everything goes by name, nothing comes back.

    Folders hold Parquet and may be anywhere the engine reaches. `progress` is told of rows that a stage has read, by
    engines that count them.
    """

    progress: Callable[[int], None] | None

    def register(self, name: str, table: pa.Table) -> None:
        """Make a small `table` known under `name`."""

    def source(self, name: str, folders: Sequence[str], schema: pa.Schema) -> None:
        """Make what lies in these folders known as one table; without a folder, an empty one of this schema."""

    def run(self, query: Query) -> Rows:
        """Run one query; return its rows, a few, if it makes no table, else nothing."""

    def table(self, name: str) -> pa.Table:
        """Return the whole of a small table."""

    def apply_to(
        self, stage: RowStage[Any, Any], source: str, out: str, nest: Nest | None = None, *, where: str = "true"
    ) -> None:
        """Make `out` of the stage's good rows and `{out}_refused` of its rejections, of the rows `where` holds."""

    def save(self, name: str, folder: str) -> None:
        """Write the table into the new folder, whole or not at all."""

    def names(self, folder: str) -> list[str]:
        """Return what lies in a folder, sorted; nothing where there is none."""

    def move(self, old: str, new: str) -> None:
        """Give a folder another name, at once."""

    def remove(self, folder: str) -> None:
        """Remove a folder and all in it; nothing happens where there is none."""

    def drop(self, name: str) -> None:
        """Forget the table."""


_SQL_TYPES = (
    (pa.types.is_string, "string"),
    (pa.types.is_integer, "bigint"),
    (pa.types.is_floating, "double"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_date, "date"),
)


def shaped(table: str, schema: pa.Schema) -> str:
    """Return the SQL that gives a table the columns of a schema, in its order and of its types, on every engine."""
    columns = []
    for field in schema:
        kind = next((sql for fits, sql in _SQL_TYPES if fits(field.type)), None)
        name = f'"{field.name}"'
        columns.append(name if kind is None else f"cast({name} as {kind}) as {name}")
    return f"select {', '.join(columns)} from {table}"  # noqa: S608 - names that the pipeline makes up


def make_table(stage: TableStage, engine: LargeEngine, tables: Mapping[str, str], out: str) -> None:
    """Make `out` by a TableStage, shaped to its schema, and forget what it made on the way."""
    raw = f"{out}_raw"
    queries = stage.queries(tables, raw)
    for query in queries:
        engine.run(query)
    engine.run(Query(shaped(raw, stage.writes), out))
    for query in queries:
        if query.table is not None:
            engine.drop(query.table)


def run_table(stage: TableStage, engine: Engine, tables: Mapping[str, str], out: str) -> pa.Table:
    """Run a TableStage on an engine; return its output, cast to its schema."""
    for query in stage.queries(tables, out):
        engine.run(query)
    return engine.table(out).cast(stage.writes)


def drive(loop: Generator[Query, Rows, str], engine: "Engine | LargeEngine") -> str:
    """Run a LoopStage on an engine until it returns; return the name of its last table."""
    try:
        query = next(loop)
        while True:
            query = loop.send(engine.run(query))
    except StopIteration as stop:
        return str(stop.value)
