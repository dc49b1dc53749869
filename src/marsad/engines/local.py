"""The local engine: DuckDB for joins, processes for row stages, Arrow between them. Needs no server."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cached_property
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from marsad.failpoint import reached
from marsad.model.schema import REJECTION
from marsad.stage import Query, Rows, RowStage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 256
"""Rows in a batch: a second's work or so, small enough to spread over processes and to show progress."""

_FEW = 400
"""Rows below which starting processes costs more than it saves."""

_stage: RowStage[Any, Any] | None = None


def _take_up(stage: RowStage[Any, Any]) -> None:
    """Keep the stage in this worker process, so that it travels once and not with every batch."""
    global _stage  # noqa: PLW0603 - one stage a worker, set once when the worker starts
    _stage = stage


def _work(packed: bytes) -> bytes:
    if _stage is None:
        raise RuntimeError("worker has no stage: start it with _take_up")
    return pack(_stage.batch(unpack(packed)))


def pack(batch: pa.RecordBatch) -> bytes:
    """Return a batch as Arrow's stream format, its own rows alone.

    Pickling a batch that is a slice of nested rows would send the whole table with every batch.
    """
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def unpack(packed: bytes) -> pa.RecordBatch:
    """Return the batch that `pack` packed."""
    return pa.ipc.open_stream(packed).read_next_batch()


class LocalEngine:
    """Runs stages on this machine. Use it as a context; `processes` of 1 or 0 keeps everything in this process."""

    def __init__(self, processes: int | None = None, *, threads: int | None = None) -> None:
        self.processes = os.cpu_count() or 1 if processes is None else max(1, processes)
        self._threads = threads
        self._registered: set[str] = set()
        self._pools: dict[str, tuple[RowStage[Any, Any], ProcessPoolExecutor]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, pool in self._pools.values():
            pool.shutdown(cancel_futures=True)
        if "_db" in self.__dict__:
            self._db.close()
            self._spill.cleanup()

    @cached_property
    def _spill(self) -> TemporaryDirectory[str]:
        """Where what does not fit into memory goes: a folder that only this user can read, and that is gone afterwards."""
        return TemporaryDirectory(prefix="marsad-")

    @cached_property
    def _db(self) -> "DuckDBPyConnection":
        """The database of table stages; opened when the first one asks, so that reading a report does not wait for it."""
        import duckdb

        db = duckdb.connect()
        db.execute(f"set temp_directory = '{self._spill.name}'")
        db.execute("create macro hash64(words) as hash(words)")  # each engine has one of its own under this name
        db.execute("set enable_external_access = false")
        if self._threads is not None:
            db.execute(f"set threads = {int(self._threads)}")
        return db

    def register(self, name: str, table: pa.Table) -> None:
        """Make `table` known under `name`, in place of whatever was."""
        self.drop(name)
        self._db.register(name, table)
        self._registered.add(name)

    def run(self, query: Query) -> Rows:
        """Run one query; return its rows if it makes no table, else nothing."""
        reached(f"query-{query.table or 'rows'}")
        if query.table is None:
            return self._db.execute(query.sql).fetchall()
        if query.table in self._registered:
            self.drop(query.table)
        self._db.execute(f'create or replace temp table "{query.table}" as {query.sql}')
        return []

    def table(self, name: str) -> pa.Table:
        """Return the whole table."""
        return self._db.sql(f'select * from "{name}"').to_arrow_table()

    def nest(self, name: str, key: str, order: Sequence[str], rows: pa.Schema) -> pa.Table:
        """Return one row a key, keys ascending: the key, and a list of the rows as structs of schema `rows`, in order."""
        sorting = ", ".join(f'"{column}" asc nulls last' for column in (key, *order))
        table = self._db.sql(f'select * from "{name}" order by {sorting}').to_arrow_table()
        structs = pa.StructArray.from_arrays(
            [table.column(f.name).combine_chunks().cast(f.type) for f in rows],
            fields=[f.with_nullable(True) for f in rows],
        )
        keys = table.column(key).to_pylist()
        starts = [i for i, value in enumerate(keys) if i == 0 or value != keys[i - 1]]
        lists = pa.ListArray.from_arrays(pa.array([*starts, len(keys)], pa.int32()), structs)
        return pa.table({key: pa.array([keys[i] for i in starts], pa.string()), "rows": lists})

    def apply(
        self, stage: RowStage[Any, Any], table: pa.Table, progress: Callable[[int], None] | None = None
    ) -> tuple[pa.Table, pa.Table]:
        """Return the stage's good rows and its rejections, in the order of the input, however many processes worked.

        `progress` is told the number of input rows done each time a batch comes back.
        """
        reached(f"stage-{stage.name}")
        batches = table.to_batches(max_chunksize=BATCH)
        outputs: list[pa.RecordBatch] = []
        for batch, output in zip(batches, self._outputs(stage, batches, table.num_rows), strict=True):
            outputs.append(output)
            if progress is not None:
                progress(batch.num_rows)
        if not outputs:
            return stage.writes.empty_table(), REJECTION.empty_table()
        return stage.split(pa.Table.from_batches(outputs, schema=stage.emits))

    def _outputs(
        self, stage: RowStage[Any, Any], batches: Iterable[pa.RecordBatch], size: int
    ) -> Iterator[pa.RecordBatch]:
        if self.processes == 1 or size < _FEW:
            yield from stage.batches(batches)
            return
        pool = self._pool(stage)
        waiting: deque[Future[bytes]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_work, pack(batch)))
            if len(waiting) > self.processes * 3:
                yield unpack(waiting.popleft().result())
        while waiting:
            yield unpack(waiting.popleft().result())

    def _pool(self, stage: RowStage[Any, Any]) -> ProcessPoolExecutor:
        """Return the processes that have taken up this stage, started the first time it is asked for."""
        known = self._pools.get(stage.name)
        if known is not None and known[0] is stage:
            return known[1]
        if known is not None:
            known[1].shutdown()
        context = multiprocessing.get_context("forkserver")
        pool = ProcessPoolExecutor(self.processes, context, _take_up, (stage,))
        self._pools[stage.name] = (stage, pool)
        return pool

    def started(self, stage: RowStage[Any, Any]) -> bool:
        """Tell whether processes of this engine work on the stage."""
        known = self._pools.get(stage.name)
        return known is not None and known[0] is stage

    def drop(self, name: str) -> None:
        """Forget the table."""
        if name in self._registered:
            self._db.unregister(name)
            self._registered.discard(name)
        else:
            self._db.execute(f'drop table if exists "{name}"')
