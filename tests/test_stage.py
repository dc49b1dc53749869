"""What a stage promises: one row in, results or one rejection out, and batches that say nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.stage import Query, Rejection, Rows, RowStage, TableStage, drive, run_table

READS = pa.schema([pa.field("record", pa.string(), nullable=False), pa.field("n", pa.int64())])
WRITES = pa.schema([pa.field("record", pa.string(), nullable=False), pa.field("half", pa.int64(), nullable=False)])


def _read(row: Mapping[str, Any]) -> tuple[str, int]:
    if row["n"] is None:
        raise ValueError("n is not stated")
    return row["record"], row["n"]


def _halves(record: tuple[str, int]) -> Iterator[tuple[str, int] | Rejection]:
    """Yield a half for each count down to 1; odd numbers fail after the first half, 13 is refused, 8 has no place."""
    name, n = record
    for k in range(min(n, 4)):
        if k == 1 and n % 2:
            raise ZeroDivisionError("odd")
        if n == 6:
            yield Rejection(name, "halves", "six is refused", "6")
            return
        yield name, 2**70 if n == 8 else n // 2


def _write(result: tuple[str, int]) -> dict[str, Any]:
    return {"record": result[0], "half": result[1]}


STAGE: RowStage[tuple[str, int], tuple[str, int]] = RowStage(
    "halves", "1", "record", READS, WRITES, _read, _halves, _write
)
ROWS = st.lists(st.none() | st.integers(0, 12), max_size=12).map(
    lambda ns: [{"record": f"r{k}", "n": n} for k, n in enumerate(ns)]
)


def by_batches(rows: list[dict[str, Any]], size: int) -> tuple[list[Any], list[Any]]:
    """Return good rows and rejections of the rows, cut into batches of this size."""
    table = pa.Table.from_pylist(rows, schema=READS)
    out = list(STAGE.batches(table.to_batches(max_chunksize=size)))
    good, bad = STAGE.split(pa.Table.from_batches(out, schema=STAGE.emits))
    return good.to_pylist(), bad.to_pylist()


@settings(max_examples=60)
@given(ROWS, st.sampled_from([1, 3, 256]))
def test_every_row_is_accounted_for(rows: list[dict[str, Any]], size: int) -> None:
    """What cannot be read, fails half-way, or does not fit the schema is exactly one rejection; the rest goes on."""
    good, bad = by_batches(rows, size)
    for row in rows:
        mine = [r["half"] for r in good if r["record"] == row["record"]]
        refused = [r for r in bad if r["record_id"] == row["record"]]
        n = row["n"]
        fails = n is None or n in (6, 8) or (n % 2 == 1 and n > 1)
        assert mine == ([] if fails else [n // 2] * min(n, 4))
        assert len(refused) == int(fails)


@settings(max_examples=30)
@given(ROWS)
def test_batches_of_any_size_give_the_same(rows: list[dict[str, Any]]) -> None:
    """How rows are cut into batches does not show, and without misfits they say what row by row says."""
    assert by_batches(rows, 1) == by_batches(rows, 5) == by_batches(rows, 256)
    fitting = [row for row in rows if row["n"] != 8]
    singly = list(STAGE.rows(fitting))
    good, bad = by_batches(fitting, 256)
    assert good == [_write(r) for r in singly if not isinstance(r, Rejection)]
    assert bad == [r.row() for r in singly if isinstance(r, Rejection)]


def test_a_rejection_says_what_went_wrong() -> None:
    """Record, stage and reason are named; nothing that was yielded before the failure is left."""
    [rejection] = STAGE.results({"record": "r5", "n": 5})
    assert rejection == Rejection("r5", "halves", "ZeroDivisionError: odd")
    [unread] = STAGE.results({"record": "r6", "n": None})
    assert isinstance(unread, Rejection)
    assert unread.reason == "ValueError: n is not stated"


def test_half_a_letter_is_a_rejection() -> None:
    """Text that no encoding can write, from hostile JSON, is refused with a reason that can be written."""
    stage: RowStage[str, str] = RowStage(
        "echo",
        "1",
        "record",
        READS,
        WRITES,
        lambda r: r["record"],
        lambda r: iter([r]),
        lambda r: {"record": f"\ud800{r}"},
    )
    table = pa.Table.from_batches(
        list(stage.batches(pa.Table.from_pylist([{"record": "x", "n": 1}], schema=READS).to_batches())),
        schema=stage.emits,
    )
    good, bad = stage.split(table)
    assert good.num_rows == 0
    assert [r["record_id"] for r in bad.to_pylist()] == ["x"]


def test_empty_stays_empty() -> None:
    """No rows in, no rows out, with the schema that rows would have had."""
    good, bad = STAGE.split(STAGE.emits.empty_table())
    assert good.schema == WRITES
    assert (good.num_rows, bad.num_rows) == (0, 0)


class Answers:
    """An engine made of answers: what a loop asks is kept, what it is told was written down beforehand."""

    def __init__(self, answers: list[Rows]) -> None:
        self.answers, self.asked = iter(answers), list[Query]()

    def run(self, query: Query) -> Rows:
        """Return the next answer."""
        self.asked.append(query)
        return next(self.answers)

    def table(self, name: str) -> pa.Table:
        """Return a table with the name in it."""
        return pa.table({"record": [name], "half": pa.array([1], pa.int32())})


def test_a_loop_is_driven_by_answers_alone() -> None:
    """A loop gets each query's rows sent back, and its last word is the table it ended with."""

    def loop() -> Any:
        first = yield Query("select 1")
        second = yield Query("select 2", "t")
        return f"{first}{second}"

    engine = Answers([[(1,)], []])
    assert drive(loop(), engine) == "[(1,)][]"  # type: ignore[arg-type]
    assert [q.table for q in engine.asked] == [None, "t"]


def test_a_table_stage_is_cast_to_its_schema() -> None:
    """Whatever type an engine counts in, the outcome has the schema's."""
    stage = TableStage("count", "1", ("a",), WRITES, lambda tables, out: [Query(f"select from {tables['a']}", out)])
    engine = Answers([[]])
    table = run_table(stage, engine, {"a": "x"}, "made")  # type: ignore[arg-type]
    assert table.schema == WRITES
    assert engine.asked == [Query("select from x", "made")]
