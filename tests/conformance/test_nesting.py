"""Sorted rows nested a batch at a time are the groups that sorting them all would give, however the batches are cut."""

from itertools import groupby

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from marsad.engines.nesting import nested
from marsad.stage import Nest

READS = pa.schema([("key", pa.string()), ("size", pa.int64()), ("rows", pa.list_(pa.struct([("n", pa.int64())])))])
GROUPS = st.lists(st.integers(1, 9), max_size=12)
CUTS = st.lists(st.integers(1, 7), min_size=1, max_size=5)


def batches(sizes: list[int], cuts: list[int]) -> list[pa.RecordBatch]:
    """Return rows of groups of these sizes, cut into batches of these lengths in turn."""
    rows = [{"key": f"k{k:02}", "size": size, "n": n} for k, size in enumerate(sizes) for n in range(size)]
    schema = pa.schema([("key", pa.string()), ("size", pa.int64()), ("n", pa.int64())])
    out, at, turn = [], 0, 0
    while at < len(rows):
        out.append(pa.RecordBatch.from_pylist(rows[at : at + cuts[turn % len(cuts)]], schema=schema))
        at, turn = at + cuts[turn % len(cuts)], turn + 1
    return out


@given(GROUPS, CUTS, st.integers(1, 4))
def test_groups_are_whole_wherever_batches_end(sizes: list[int], cuts: list[int], least: int) -> None:
    """Each group once, whole, in order, with what is carried beside its key; groups that are too small are left out."""
    made = batches(sizes, cuts)
    found = [row for b in nested(made, Nest("key", ("n",), ("size",), least), READS) for row in b.to_pylist()]
    rows = [row for batch in made for row in batch.to_pylist()]
    wanted = [
        {"key": key, "size": len(group), "rows": [{"n": row["n"]} for row in group]}
        for key, each in groupby(rows, key=lambda row: row["key"])
        if len(group := list(each)) >= least
    ]
    assert found == wanted


def test_a_group_larger_than_any_batch_is_not_cut() -> None:
    """Ten thousand rows of one key, in batches of a thousand, are one row."""
    [batch] = nested(batches([10_000], [1000]), Nest("key", ("n",), ("size",)), READS)
    assert batch.num_rows == 1
    assert len(batch.column("rows")[0]) == 10_000
