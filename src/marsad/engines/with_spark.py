"""The Spark engine: stages of marsad on one machine's cores or on a cluster. Needs `marsad[spark]` and Java 17.

What a query makes is written as Parquet and read again: a lost executor costs the tasks it had, never a table, and no plan
grows with the rounds of a loop.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from marsad.engines.nesting import nested
from marsad.engines.spark_functions import made_known
from marsad.engines.spark_ship import Work, shipped
from marsad.failpoint import reached
from marsad.model.schema import REJECTION
from marsad.stage import Nest, Query, Rows, RowStage

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


Blocks = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]
"""What is done with the rows of a partition, a batch at a time."""


class SparkEngine:
    """Runs stages on a Spark session; `scratch` is a folder that driver and executors reach, emptied by `close`."""

    def __init__(self, spark: "SparkSession", scratch: str) -> None:
        self._spark = spark
        made_known(spark)
        self._scratch = scratch.rstrip("/")
        self._sent: set[str] = set()
        self._made = 0
        self._known: dict[str, DataFrame] = {}
        self._folders: dict[str, str] = {}
        self.remove(self._scratch)  # what a driver left that was killed: its folders have the names that ours will have
        self.progress: Callable[[int], None] | None = None
        """Told nothing while Spark works: it counts partitions, not reports."""

    def __enter__(self) -> "SparkEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget all tables and remove what was written for them; the session stays."""
        for name in list(self._known):
            self.drop(name)
        self.remove(self._scratch)

    # What every engine can do (marsad.stage.Engine).

    def register(self, name: str, table: pa.Table) -> None:
        """Make `table` known under `name`, in place of whatever was."""
        self._know(name, self._frame(table))

    def run(self, query: Query) -> Rows:
        """Run one query; return its rows if it makes no table, else nothing."""
        reached(f"query-{query.table or 'rows'}")
        frame = self._spark.sql(query.sql)
        if query.table is None:
            return [tuple(row) for row in frame.collect()]
        self._keep(query.table, frame)
        return []

    def table(self, name: str) -> pa.Table:
        """Return the whole table."""
        return self._known[name].toArrow()

    def apply(
        self, stage: RowStage[Any, Any], table: pa.Table, progress: Callable[[int], None] | None = None
    ) -> tuple[pa.Table, pa.Table]:
        """Return the stage's good rows and its rejections, in the order of the input."""
        reached(f"stage-{stage.name}")
        if not table.num_rows:
            return stage.writes.empty_table(), REJECTION.empty_table()
        made = self._worked(stage, self._frame(table), None).toArrow()
        if progress is not None:
            progress(table.num_rows)
        return stage.split(made)

    def nest(self, name: str, key: str, order: Sequence[str], rows: pa.Schema) -> pa.Table:
        """Return one row a key, keys ascending: the key, and a list of the rows as structs of schema `rows`, in order."""
        frame = self._sorted(self._known[name], Nest(key, tuple(order)), within=False)
        reads = pa.schema([(key, pa.string()), ("rows", pa.list_(pa.struct([f.with_nullable(True) for f in rows])))])
        table = frame.toArrow()
        return pa.Table.from_batches(nested(table.to_batches(), Nest(key, tuple(order)), reads), schema=reads)

    def drop(self, name: str) -> None:
        """Forget the table, and remove what was written for it alone."""
        if self._known.pop(name, None) is not None:
            self._spark.catalog.dropTempView(name)
        folder = self._folders.pop(name, None)
        if folder is not None and folder not in self._folders.values():
            self.remove(folder)

    # What an engine for large tables can do (marsad.stage.LargeEngine).

    def source(self, name: str, folders: Sequence[str], schema: pa.Schema) -> None:
        """Make the Parquet files of these folders known as one table."""
        if not folders:
            self.register(name, schema.empty_table())
            return
        frame = self._spark.read.schema(_spark_schema(schema)).parquet(*folders)
        self._know(name, frame.select(*map(_column, schema.names)))

    def apply_to(
        self, stage: RowStage[Any, Any], source: str, out: str, nest: Nest | None = None, *, where: str = "true"
    ) -> None:
        """Make `out` of the stage's good rows and `{out}_refused` of its rejections, of the rows `where` holds."""
        reached(f"stage-{stage.name}")
        frame = self._known[source].where(where)
        frame = frame.select(*map(_column, stage.reads.names)) if nest is None else self._sorted(frame, nest)
        folder = self._new()
        self._worked(stage, frame, nest).write.parquet(folder)
        made = self._spark.read.parquet(folder)
        good = made.where("rejection is null").select(*map(_column, stage.writes.names))
        bad = made.where("rejection is not null").select("rejection.*")
        self._know(out, good)
        self._know(f"{out}_refused", bad)
        self._folders |= {out: folder, f"{out}_refused": folder}

    def in_blocks(self, work: Blocks, source: str, out: str, writes: pa.Schema) -> None:
        """Make `out` (of schema `writes`) of what `work` makes of the batches of each partition of `source`."""
        frame = self._known[source]
        spread = frame.repartition(self._spark.sparkContext.defaultParallelism, _column(frame.columns[0]))
        self._keep(out, spread.mapInArrow(work, _spark_schema(writes)))

    def save(self, name: str, folder: str) -> None:
        """Write the table into the new folder, whole or not at all."""
        head, _, tail = folder.rstrip("/").rpartition("/")
        part = f"{head}/.{tail}.new"
        self.remove(part)
        self._known[name].write.parquet(part)
        reached(f"saved-{name}")
        self.move(part, folder)

    def names(self, folder: str) -> list[str]:
        """Return what lies in a folder, sorted; nothing where there is none."""
        files, path = self._at(folder)
        if not files.exists(path):
            return []
        names = (status.getPath().getName() for status in files.listStatus(path))
        return sorted(name for name in names if not name.startswith((".", "_")))

    def move(self, old: str, new: str) -> None:
        """Give a folder another name, at once where the file system can."""
        files, path = self._at(old)
        if not files.rename(path, self._at(new)[1]):
            raise OSError(f"{old} cannot be renamed to {new}")

    def remove(self, folder: str) -> None:
        """Remove a folder and all in it."""
        files, path = self._at(folder)
        files.delete(path, True)

    # How it does it.

    def _worked(self, stage: RowStage[Any, Any], frame: "DataFrame", nest: Nest | None) -> "DataFrame":
        work = Work(shipped(stage, self._spark.sparkContext, self._sent), nest)
        return frame.mapInArrow(work, _spark_schema(stage.emits))

    def _sorted(self, frame: "DataFrame", nest: Nest, *, within: bool = True) -> "DataFrame":
        """Return the rows sorted by key and order: each partition by itself with all rows of its keys, or the whole."""
        order = [_column(name).asc_nulls_last() for name in (nest.key, *nest.order)]
        if not within:
            return frame.orderBy(*order)
        return frame.repartition(_column(nest.key)).sortWithinPartitions(*order)

    def _frame(self, table: pa.Table) -> "DataFrame":
        return self._spark.createDataFrame(table.cast(_nullable(table.schema)))

    def _keep(self, name: str, frame: "DataFrame") -> None:
        folder = self._new()
        frame.write.parquet(folder)
        self._know(name, self._spark.read.parquet(folder))
        self._folders[name] = folder

    def _know(self, name: str, frame: "DataFrame") -> None:
        self.drop(name)
        frame.createOrReplaceTempView(name)
        self._known[name] = frame

    def _new(self) -> str:
        self._made += 1
        return f"{self._scratch}/{self._made:06}"

    def _at(self, folder: str) -> tuple[Any, Any]:
        """Return the file system of a folder, and the folder as it knows it: a disk, HDFS, or a store of objects."""
        jvm: Any = self._spark.sparkContext._jvm
        path = jvm.org.apache.hadoop.fs.Path(folder)
        return path.getFileSystem(self._spark.sparkContext._jsc.hadoopConfiguration()), path


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_nullable(schema))


def _nullable(schema: pa.Schema) -> pa.Schema:
    """Return the schema with everything nullable, to the bottom: a rejection that is null has no reason either."""
    return pa.schema([pa.field(field.name, _loosened(field.type)) for field in schema])


def _loosened(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _loosened(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(_loosened(kind.value_type))
    return kind


def _column(name: str) -> Any:
    from pyspark.sql.functions import col

    return col(f"`{name}`")
