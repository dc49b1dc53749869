"""Sums of tolls by time, place, perpetrator and so on, over one state of an observatory."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.sums import KEYS, TIMES, summing
from marsad.engines.local import LocalEngine
from marsad.model import Category, Measure, Wrong
from marsad.pipeline.known import State
from marsad.stage import Query

_SIDES = (Category.CIVILIANS, Category.COMBATANTS)
_DOUBTS = ("apart_low", "apart_best", "apart_high", "together_low", "together_best", "together_high")


def series(
    state: State,
    by: Sequence[str],
    policy: str,
    measure: Measure = Measure.KILLED,
    category: Category = Category.TOTAL,
    time: str = "occurred",
    *,
    evenly: bool = False,
) -> pa.Table:
    """Return the sums by these keys; the columns are those of `marsad.assess.sums.summing`.

    With "status" among the keys, civilians, combatants and those of unknown status are rows of their own. `evenly`
    divides a number for several days over them, the remainder going to the first (for sums by time alone).
    Raises Wrong where the state has no tolls of this policy and measure.
    """
    with LocalEngine(1) as engine:
        if "status" not in by:
            facts = _facts(state, by, time, policy, measure, category)
            return _summed(engine, _divided(engine, facts) if evenly and _timed(by) else facts, by, time)
        out = []
        for side in (*_SIDES, None):
            given = state, by, time, policy, measure
            rows = _unknown(*given) if side is None else _facts(*given, side)
            sums = _summed(engine, rows, by, time)
            name = "unknown" if side is None else side.value
            out.append(sums.add_column(0, "status", pa.array([name] * sums.num_rows, pa.string())))
        return pa.concat_tables(out)


def _timed(by: Sequence[str]) -> bool:
    return any(name in TIMES for name in by)


def _summed(engine: LocalEngine, facts: pa.Table, by: Sequence[str], time: str) -> pa.Table:
    engine.register("tally", facts)
    for query in summing("tally", "sums", by, time):
        engine.run(query)
    return engine.table("sums")


def _facts(state: State, by: Sequence[str], time: str, policy: str, measure: Measure, category: Category) -> pa.Table:
    """Return the incidents with what is summed, and the keys that are asked for; `has_total` says of which anybody told."""
    total = state.tolls(policy, measure.value, Category.TOTAL.value)
    if total is None:
        rule = f"has no tolls of the {measure.value} here"
        raise Wrong(
            "--policy", policy, rule, "name a policy of marsad.toml and a measure that somebody told of, or run again"
        )
    times = ("occurred_from", "occurred_to") if time == "occurred" else (time,)
    keys = [*(times if _timed(by) else ()), *(name for name in by if name in KEYS and name != "status")]
    incidents = state.incidents([*dict.fromkeys(keys), "whole", "members", "chance", "split_chance"])
    mine = total if category is Category.TOTAL else state.tolls(policy, measure.value, category.value)
    if mine is None:
        mine = pa.table({f.name: pa.nulls(total.num_rows, f.type) for f in total.schema})
    columns = {name: incidents.column(name) for name in incidents.schema.names}
    columns |= {name: mine.column(name) for name in ("low", "best", "high", *_DOUBTS)}
    columns["has_total"] = pc.is_valid(total.column("low"))
    room = pa.nulls(total.num_rows, pa.int64())
    if category is not Category.TOTAL:
        room = pc.if_else(pc.is_null(mine.column("low")), total.column("high"), pa.scalar(None, pa.int64()))
    columns["room"] = room
    return pa.table(columns)


def _unknown(state: State, by: Sequence[str], time: str, policy: str, measure: Measure) -> pa.Table:
    """Return the incidents with those whose status nobody told: what the total leaves beside civilians and combatants."""
    total = _facts(state, by, time, policy, measure, Category.TOTAL)
    tolls = [state.tolls(policy, measure.value, side.value) for side in _SIDES]
    sides = [toll for toll in tolls if toll is not None]
    zero = pa.scalar(0, pa.int64())
    high, low = total.column("high"), total.column("low")
    best = total.column("best")
    for side in sides:
        high = pc.subtract(high, pc.fill_null(side.column("low"), zero))
        low = pc.subtract(low, pc.coalesce(side.column("high"), side.column("low"), zero))
        best = pc.subtract(best, pc.coalesce(side.column("best"), side.column("low"), zero))
    columns: dict[str, Any] = {name: total.column(name) for name in total.schema.names}
    columns |= {"low": pc.max_element_wise(low, zero), "best": pc.max_element_wise(best, zero)}
    columns["high"] = pc.if_else(pc.is_null(high), high, pc.max_element_wise(high, zero))
    columns |= {name: pa.nulls(total.num_rows, pa.int64()) for name in _DOUBTS}
    return pa.table(columns)


def _divided(engine: LocalEngine, facts: pa.Table) -> pa.Table:
    """Return the rows with numbers for several days divided over them; those of more than a month are left as they are."""

    engine.register("whole_facts", facts)
    parts = {
        name: f"{name} // days + case when n = 0 then {name} % days else 0 end"
        for name in ("low", "best", "high", "room", *_DOUBTS)
    }
    kept = [name for name in facts.schema.names if name not in parts and not name.startswith("occurred_")]
    day = "cast(occurred_from + cast(n as integer) as date)"
    columns = [*kept, *(f"{sql} as {name}" for name, sql in parts.items())]
    columns += [
        f"{day} as occurred_from",
        f"case when days = 1 and wide then occurred_to else {day} end as occurred_to",
    ]
    spans = """select *, occurred_to - occurred_from > 30 as wide,
                      case when occurred_from is null or occurred_to - occurred_from > 30 then 1
                           else occurred_to - occurred_from + 1 end as days from whole_facts"""
    engine.run(
        Query(f"select {', '.join(columns)} from (select *, unnest(range(days)) as n from ({spans}) s) d", "divided")  # noqa: S608
    )
    return engine.table("divided")
