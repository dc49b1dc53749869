"""The local engine for tables larger than memory: DuckDB in a file, Parquet for what stages make, memory bounded."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.engines.local import BATCH, LocalEngine
from marsad.engines.nesting import nested
from marsad.failpoint import reached
from marsad.model.schema import REJECTION
from marsad.stage import Nest, Query, Rows, RowStage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GROUP = 20_000
"""Rows gathered before they are written."""

_LEAST, _MOST_MEMORY = 2, 6
"""Gigabytes that DuckDB may hold at least and at most, unless told otherwise."""


def memory_here() -> str:
    """Return what DuckDB may hold at once where nobody says: half of this machine's memory, from 2 to 6 GB.

    What is more goes to the disk.
    """
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2 // 10**9
    return f"{min(_MOST_MEMORY, max(_LEAST, gigabytes))}GB"


class LargeLocal(LocalEngine):
    """Runs stages on this machine over tables in `folder`, which is its alone and may be deleted afterwards.

    `reach` are further folders that it may read. Use it as a context.
    """

    def __init__(
        self, folder: Path, reach: Sequence[Path] = (), processes: int | None = None, memory: str | None = None
    ) -> None:
        super().__init__(processes)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder.resolve()
        self._reach = [self._folder, *(path.resolve() for path in reach)]
        self._memory = memory or memory_here()
        self._made = 0
        self._own: dict[str, Path] = {}
        self.progress: Callable[[int], None] | None = None
        """Is told of rows that a stage has read, while it reads."""

    @cached_property
    def _db(self) -> "DuckDBPyConnection":
        import duckdb

        path = self._folder / "tables.duckdb"
        for old in self._folder.glob("tables.duckdb*"):
            old.unlink()
        db = duckdb.connect(str(path))
        db.execute(f"set temp_directory = '{_quoted(self._folder / 'spill')}'")
        db.execute(f"set memory_limit = '{self._memory}'")
        db.execute(f"set threads = {max(1, min(self.processes, os.cpu_count() or 1))}")
        db.execute("set preserve_insertion_order = false")
        db.execute(f"set allowed_directories = [{', '.join(chr(39) + _quoted(p) + chr(39) for p in self._reach)}]")
        db.execute("set enable_external_access = false")
        return db

    def __exit__(self, *fault: Any) -> None:
        for _, pool in self._pools.values():
            pool.shutdown(cancel_futures=True)
        if "_db" in self.__dict__:
            self._db.close()

    def run(self, query: Query) -> Rows:
        """Run one query; return its rows if it makes no table, else nothing."""
        reached(f"query-{query.table or 'rows'}")
        if query.table is None:
            return self._db.execute(query.sql).fetchall()
        self.drop(query.table)
        self._db.execute(f'create table "{query.table}" as {query.sql}')
        return []

    def source(self, name: str, folders: Sequence[str], schema: pa.Schema) -> None:
        """Make the Parquet files of these folders known as one table."""
        files = [str(f) for folder in folders for f in sorted(Path(folder).resolve().rglob("*.parquet"))]
        if not files:
            self.register(name, schema.empty_table())
            return
        self.drop(name)
        listed = ", ".join(f"'{_quoted(Path(f))}'" for f in files)
        read = f"read_parquet([{listed}], union_by_name = true)"
        told = self._db.execute(f"describe select * from {read}").fetchall()
        there = {row[0] for row in told}
        columns = ", ".join(_column(field, there) for field in schema)
        self._db.execute(f'create view "{name}" as select {columns} from {read}')

    def apply_to(
        self, stage: RowStage[Any, Any], source: str, out: str, nest: Nest | None = None, *, where: str = "true"
    ) -> None:
        """Make `out` of the stage's good rows and `{out}_refused` of its rejections, of the rows `where` holds."""
        reached(f"stage-{stage.name}")
        self._made += 1
        good, bad = (self._folder / "made" / f"{self._made:05}-{part}" for part in ("good", "bad"))
        inputs = self._inputs(stage, source, nest, where)
        first = list(islice(inputs, 2))
        size = _GROUP if len(first) == 2 else sum(batch.num_rows for batch in first)
        inputs = chain(first, inputs)
        with _Sink(good, stage.writes) as kept, _Sink(bad, REJECTION) as refused:
            for output in self._outputs(stage, inputs, size):
                rows, lost = stage.split(pa.Table.from_batches([output]))
                kept.write(rows)
                refused.write(lost)
        self._let_go(stage)
        self.source(out, [str(good)], stage.writes)
        self.source(f"{out}_refused", [str(bad)], REJECTION)
        self._own |= {out: good, f"{out}_refused": bad}

    def _inputs(
        self, stage: RowStage[Any, Any], source: str, nest: Nest | None, where: str
    ) -> Iterator[pa.RecordBatch]:
        columns = "*" if nest else ", ".join(f'"{name}"' for name in stage.reads.names)
        by = (nest.key, *nest.order) if nest else ()
        sorting = ", ".join(f'"{column}" asc nulls last' for column in by)
        query = f'select {columns} from "{source}" where {where}' + (f" order by {sorting}" if nest else "")
        reader: Iterator[pa.RecordBatch] = self._db.sql(query).to_arrow_reader(4000 if nest else BATCH)
        made = nested(reader, nest, stage.reads) if nest else (batch.cast(stage.reads) for batch in reader)
        for batch in made:
            for start in range(0, batch.num_rows, BATCH):
                part = batch.slice(start, BATCH)
                yield part
                if self.progress is not None:
                    self.progress(part.num_rows)

    def _let_go(self, stage: RowStage[Any, Any]) -> None:
        """End the processes of a stage, which hold what it needs."""
        known = self._pools.pop(stage.name, None)
        if known is not None:
            known[1].shutdown()

    def save(self, name: str, folder: str) -> None:
        """Write the table into the new folder, whole or not at all."""
        new = Path(folder).resolve()
        part = new.with_name(f".{new.name}.new")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        path = _quoted(part / "part-0.parquet")
        self._db.execute(f"copy (select * from \"{name}\") to '{path}' (format parquet, compression zstd)")
        reached(f"saved-{name}")
        part.rename(new)

    def names(self, folder: str) -> list[str]:
        """Return what lies in a folder, sorted; nothing where there is none."""
        path = Path(folder)
        return sorted(p.name for p in path.iterdir() if not p.name.startswith(".")) if path.is_dir() else []

    def move(self, old: str, new: str) -> None:
        """Give a folder another name, at once."""
        Path(old).rename(new)

    def remove(self, folder: str) -> None:
        """Remove a folder and all in it."""
        shutil.rmtree(folder, ignore_errors=True)

    def drop(self, name: str) -> None:
        """Forget the table, and the files that a stage made for it alone."""
        if name in self._registered:
            self._db.unregister(name)
            self._registered.discard(name)
            return
        kinds = self._db.execute(
            "select table_type from information_schema.tables where table_name = ?", [name]
        ).fetchall()
        for (kind,) in kinds:
            self._db.execute(f'drop {"view" if kind == "VIEW" else "table"} "{name}"')
        own = self._own.get(name)
        if own is not None and kinds:
            del self._own[name]
            shutil.rmtree(own, ignore_errors=True)


class _Sink:
    """Rows into one Parquet file in a new folder, written a good many at a time."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._schema = schema
        self._writer = pq.ParquetWriter(folder / "part-0.parquet", schema, compression="zstd")
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def write(self, rows: pa.Table) -> None:
        if rows.num_rows:
            self._waiting.append(rows)
            self._rows += rows.num_rows
        if self._rows >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting, self._rows = [], 0

    def __enter__(self) -> "_Sink":
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()


def _column(field: pa.Field, there: set[str]) -> str:
    """Return a column as it stands in a file; null where the file has none of that name."""
    if field.name in there:
        return f'"{field.name}"'
    return f'cast(null as {"date" if pa.types.is_date(field.type) else "varchar"}) as "{field.name}"'


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
