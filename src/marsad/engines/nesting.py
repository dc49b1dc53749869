"""Sorted rows to one row a key, a batch at a time: what a stage over groups reads, without holding the table."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from marsad.stage import Nest

AT_ONCE = 4_000
"""Inner rows of a batch, about: a group is never cut, so a large one makes a large batch."""


def nested(batches: Iterable[pa.RecordBatch], nest: Nest, reads: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield batches of schema `reads` (the key, what is carried, the list) from rows that are sorted by the key.

    A group of fewer than `nest.least` rows is left out. Memory holds the rows of one group and one batch.
    """
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        for piece in _pieces(batch):
            keys = piece.column(nest.key)
            whole = pc.index(keys, keys[-1]).as_py()
            if waiting and waiting[-1].column(nest.key)[0].equals(keys[-1]):
                waiting.append(piece)
                continue
            yield from _made([*waiting, piece.slice(0, whole)], nest, reads)
            waiting = [piece.slice(whole)]
    yield from _made(waiting, nest, reads)


def _pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for start in range(0, batch.num_rows, AT_ONCE):
        yield batch.slice(start, AT_ONCE)


def _made(pieces: Sequence[pa.RecordBatch], nest: Nest, reads: pa.Schema) -> Iterator[pa.RecordBatch]:
    rows = [piece for piece in pieces if piece.num_rows]
    if not rows:
        return
    table = pa.Table.from_batches(rows).combine_chunks()
    starts, sizes = _groups(table.column(nest.key).combine_chunks())
    lists = reads.field(len(reads) - 1).type
    structs = pa.StructArray.from_arrays(
        [_cast(table.column(f.name), f.type) for f in lists.value_type], fields=list(lists.value_type)
    )
    offsets = pa.concat_arrays([starts, pa.array([table.num_rows], pa.int64())]).cast(pa.int32())
    columns = [
        _cast(table.column(name).take(starts), field.type)
        for name, field in zip((nest.key, *nest.carried), list(reads)[:-1], strict=True)
    ]
    out = pa.RecordBatch.from_arrays([*columns, pa.ListArray.from_arrays(offsets, structs).cast(lists)], schema=reads)
    if nest.least > 1:
        out = out.filter(pc.greater_equal(sizes, nest.least))
    if out.num_rows:
        yield out


def _groups(keys: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return where each run of equal keys begins, and how long it is."""
    change = pc.fill_null(pc.not_equal(keys.slice(1), keys.slice(0, len(keys) - 1)), True)
    starts = pa.concat_arrays([pa.array([0], pa.int64()), pc.add(pc.indices_nonzero(change).cast(pa.int64()), 1)])
    ends = pa.concat_arrays([starts.slice(1), pa.array([len(keys)], pa.int64())])
    return starts, pc.subtract(ends, starts)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.Array:
    made = column.cast(kind)
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
