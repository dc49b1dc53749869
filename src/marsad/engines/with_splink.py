"""Pairs of records weighed by Splink, on this machine or spread over Spark's executors. Needs `marsad[persons]`.

What weighs a pair is one database on one processor (DuckDB), wherever that runs: Spark's own functions of strings are
others, and a pair would weigh something else there. So Spark joins each pair with both of its views, and hands them out in
blocks that an executor weighs as this machine would.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import pyarrow as pa

from marsad.engines.local import LocalEngine
from marsad.model import Wrong
from marsad.stage import Engine, Query

_QUIET = ("splink",)
"""Loggers that would print rows or SQL: names are private."""

BLOCK = 50_000
"""Pairs that an executor weighs at once: some tens of megabytes, and Splink's start, half a second, is paid once for them."""


class PairEngine(Engine, Protocol):
    """An engine on which pairs can be weighed: it knows `hash64` of a text, and edits between two short ones."""


class BlockEngine(PairEngine, Protocol):
    """An engine that has no database of this machine, and hands out tables in blocks instead."""

    def in_blocks(self, work: "Weighing", source: str, out: str, writes: pa.Schema) -> None:
        """Make `out` of what `work` makes of the rows of `source`, some at a time."""


def scored(
    engine: PairEngine,
    views: str,
    pairs: str,
    model: Mapping[str, Any],
    frequencies: Sequence[str],
    least: float,
    writes: pa.Schema,
    out: str,
) -> None:
    """Make the table `out` of the pairs whose weight is `least` (in bits) or more.

    `views` and `pairs` name tables of the engine: views with a column vid, pairs (join_key_l, join_key_r, match_key).
    `model` is a Splink model; columns `frequencies` get their shares in `views` as tf_… before. `writes` is what
    comes out: rid_l, rid_r, match_weight, and gamma_… for each comparison, the number of its level: 0 for all else, -1 where
    a value is missing. Raises Wrong where Splink is not installed.
    """
    shares = _with_shares(engine, views, frequencies)
    if isinstance(engine, LocalEngine):
        _predicted(engine, shares, pairs, model, least, writes, out)
        return
    columns = _columns(engine, shares)
    sides = ", ".join(f'{side}."{c}" as {side}_{c}' for side in "lr" for c in columns)
    engine.run(
        Query(
            f"""select p.join_key_l, p.join_key_r, p.match_key, {sides} from {pairs} p
                join {shares} l on l.vid = p.join_key_l join {shares} r on r.vid = p.join_key_r""",
            f"{pairs}_wide",
        )
    )
    blocks = cast("BlockEngine", engine)
    blocks.in_blocks(Weighing(dict(model), least, tuple(columns), writes), f"{pairs}_wide", out, writes)
    engine.drop(f"{pairs}_wide")


@dataclass(frozen=True)
class Weighing:
    """Weighs blocks of pairs that stand beside both of their views: what an executor does with its partition."""

    model: Mapping[str, Any]
    least: float
    columns: tuple[str, ...]
    writes: pa.Schema

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the weighed pairs of batches of pairs, BLOCK of them and more at a time."""
        waiting: list[pa.RecordBatch] = []
        for batch in batches:
            waiting.append(batch)
            if sum(b.num_rows for b in waiting) >= BLOCK:
                yield from self._weighed(waiting)
                waiting = []
        yield from self._weighed(waiting)

    def _weighed(self, batches: Sequence[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = [batch for batch in batches if batch.num_rows]
        if not rows:
            return
        with LocalEngine(1, threads=1) as engine:
            engine.register("wide", pa.Table.from_batches(rows))
            sides = (", ".join(f'{side}_{c} as "{c}"' for c in self.columns) for side in "lr")
            engine.run(Query(" union ".join(f"select {side} from wide" for side in sides), "views"))
            engine.run(Query("select join_key_l, join_key_r, match_key from wide", "pairs"))
            _predicted(engine, "views", "pairs", self.model, self.least, self.writes, "weighed")
            yield from engine.table("weighed").cast(self.writes).to_batches()


def _predicted(
    engine: LocalEngine, shares: str, pairs: str, model: Mapping[str, Any], least: float, writes: pa.Schema, out: str
) -> None:
    """Make `out` of the pairs by Splink, in the local engine's own database."""
    try:
        from splink import DuckDBAPI, Linker, SettingsCreator
    except ImportError as fault:
        raise Wrong("persons", None, "needs Splink", "pip install 'marsad[persons]'") from fault
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    api = DuckDBAPI(connection=engine._db)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = api.register(shares)
        linker = Linker(table, SettingsCreator.from_path_or_dict(dict(model)), log_level=logging.ERROR)
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
        predicted = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        engine.run(Query(f"select {', '.join(writes.names)} from {predicted.physical_name}", out))
        predicted.drop_table_from_database_and_remove_from_cache()


def _columns(engine: Engine, table: str) -> list[str]:
    engine.run(Query(f"select * from {table} where vid is null", f"{table}_none"))
    names = list(engine.table(f"{table}_none").column_names)
    engine.drop(f"{table}_none")
    return names


def _with_shares(engine: Engine, views: str, frequencies: Sequence[str]) -> str:
    """Make a table of the views with a column tf_… for each column: how many of its filled rows have its value too.

    Too, because the two records of a pair are not counted: that somebody is on two lists does not make a name commoner.
    A value that only these two have counts as one record: a brother may have it who stands on neither list.
    """
    out = f"{views}_shares"
    parts = []
    for c in frequencies:
        others = f"greatest(count(*) over (partition by {c}) - 2, 1)"
        parts.append(f"case when {c} is not null then {others} / count({c}) over () end as tf_{c}")
    shares = ", ".join(parts)
    engine.run(Query(f"select *, {shares} from {views}", out))
    return out
