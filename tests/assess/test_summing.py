"""Sums that carry what is not known, against every world that fits, tried one by one."""

import random
from datetime import date
from itertools import product
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assess.sums import keys_of, summing
from marsad.engines.local import LocalEngine
from marsad.model import Wrong

SHAPE = pa.schema(
    [
        *(pa.field(n, pa.date32()) for n in ("occurred_from", "occurred_to", "reported", "recorded")),
        *(pa.field(n, pa.string()) for n in ("place", "admin1", "country", "perpetrator", "weapon", "grade", "whole")),
        pa.field("members", pa.int64()),
        *(pa.field(n, pa.float64()) for n in ("chance", "split_chance")),
        *(pa.field(n, pa.int64()) for n in ("low", "best", "high", "apart_low", "apart_best", "apart_high")),
        *(pa.field(n, pa.int64()) for n in ("together_low", "together_best", "together_high", "room")),
        pa.field("has_total", pa.bool_()),
    ]
)


def incident(low: int | None, high: int | None, **given: Any) -> dict[str, Any]:
    day = given.pop("day", date(2014, 11, 25))
    base = {"occurred_from": day, "occurred_to": day, "reported": day, "recorded": day, "has_total": True}
    return {**dict.fromkeys(SHAPE.names), **base, "low": low, "high": high, "chance": 0.0, "split_chance": 0.0, **given}


def sums(rows: list[dict[str, Any]], by: str = "", time: str = "occurred") -> list[dict[str, Any]]:
    with LocalEngine(1, threads=1) as engine:
        engine.register("tally", pa.Table.from_pylist(rows, schema=SHAPE))
        for query in summing("tally", "out", keys_of(by) if by else [], time):
            engine.run(query)
        found: list[dict[str, Any]] = engine.table("out").to_pylist()
        return found


def test_naive_and_carried_are_the_same_where_nothing_is_in_doubt() -> None:
    """Three ranges add up; best only where all have one."""
    [row] = sums([incident(5, 9, best=7), incident(1, 1, best=1), incident(0, 4, best=2)])
    assert (row["naive_low"], row["naive_high"], row["low"], row["high"], row["best"]) == (6, 14, 6, 14, 10)
    [row] = sums([incident(5, 9, best=7), incident(1, 1)])
    assert row["best"] is None


def test_an_unknown_status_is_carried_and_not_nought() -> None:
    """Nobody says how many of twenty were civilians: naive adds nothing, carried nought to twenty."""
    [row] = sums([incident(3, 3), incident(None, None, room=20)])
    assert (row["naive_low"], row["naive_high"], row["low"], row["high"], row["untold"]) == (3, 3, 3, 23, 1)


def test_maybe_one_incident_maybe_two() -> None:
    """Ten here and twelve there, perhaps the same: 12 to 22, while the naive sum is 22."""
    twins = {"whole": "w", "members": 2, "together_low": 12, "together_best": 12, "together_high": 12, "chance": 0.4}
    [row] = sums([incident(10, 10, best=10, **twins), incident(12, 12, best=12, **twins)])
    assert (row["naive_low"], row["naive_high"], row["low"], row["high"]) == (22, 22, 12, 22)
    assert 12 <= row["likely_low"] <= row["likely_high"] <= 22


def test_an_incident_that_may_belong_elsewhere_may_add_nothing_here() -> None:
    """The two are of different weeks: in either week there may be nobody, or the incident with all of its dead."""
    twins = {"whole": "w", "members": 2, "together_low": 12, "together_best": 12, "together_high": 12, "chance": 0.4}
    rows = sums([incident(10, 10, **twins), incident(12, 12, day=date(2014, 12, 5), **twins)], "week")
    assert [(r["week"], r["low"], r["high"]) for r in rows] == [("2014-11-24", 0, 12), ("2014-12-01", 0, 12)]


def test_maybe_several_incidents_told_as_one() -> None:
    """Ten dead in one incident, or ten and seven in two: 10 to 17."""
    [row] = sums([incident(10, 10, best=10, apart_low=17, apart_best=17, apart_high=17, split_chance=0.3)])
    assert (row["naive_high"], row["low"], row["high"], row["doubtful"]) == (10, 10, 17, 1)


def test_what_nothing_bounds_from_above_stays_open() -> None:
    """At least five, and three: eight and more."""
    [row] = sums([incident(5, None), incident(3, 3)])
    assert (row["low"], row["high"], row["naive_high"], row["likely_high"]) == (8, None, None, None)


def test_an_incident_wider_than_a_week_is_of_no_week() -> None:
    """Monday to the Monday after: "?" by week, November by month; without a day "?" by either."""
    wide = incident(4, 4)
    wide["occurred_to"] = date(2014, 12, 1)
    rows = [wide, incident(3, 3), {**incident(2, 2), "occurred_from": None, "occurred_to": None}]
    assert {r["week"]: r["low"] for r in sums(rows, "week")} == {"?": 6, "2014-11-24": 3}
    assert {r["year"]: r["low"] for r in sums(rows, "year")} == {"?": 2, "2014-01-01": 7}


def test_three_times_are_three_series() -> None:
    """Happened in November, reported in December, recorded in January: one dead in each series, never added."""
    late = {**incident(1, 1), "reported": date(2014, 12, 2), "recorded": date(2015, 1, 3)}
    months = {time: [r["month"] for r in sums([late], "month", time)] for time in ("occurred", "reported", "recorded")}
    assert months == {"occurred": ["2014-11-01"], "reported": ["2014-12-01"], "recorded": ["2015-01-01"]}


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_every_world_that_fits_is_within_what_is_carried(told: list[tuple[int, int, bool, bool]]) -> None:
    """Intervals, unknown statuses and a doubtful join: all sums of all worlds, by trying them, reach exactly the ends."""
    rows, worlds = [], []
    for low, width, known, _ in told:
        rows.append(incident(low, low + width) if known else incident(None, None, room=low + width))
        worlds.append(range(low if known else 0, low + width + 1))
    possible = {sum(world) for world in product(*worlds)}
    if len(told) >= 2 and told[0][2] and told[1][2] and told[0][3]:
        one = max(told[0][0], told[1][0]), max(told[0][0] + told[0][1], told[1][0] + told[1][1])
        twins = {"whole": "w", "members": 2, "together_low": one[0], "together_high": one[1], "chance": 0.5}
        rows[0] |= twins
        rows[1] |= twins
        merged = [range(one[0], one[1] + 1), *worlds[2:]]
        possible |= {sum(world) for world in product(*merged)}
    [row] = sums(rows)
    assert (row["low"], row["high"]) == (min(possible), max(possible))
    assert row["low"] <= row["likely_low"] <= row["likely_high"] <= row["high"]


def test_likely_holds_nineteen_sums_of_twenty() -> None:
    """A thousand worlds of sixty incidents, each number as likely as another in its range: 95 of 100 sums are inside."""
    dice = random.Random(4)  # noqa: S311
    spans = [(low := dice.randint(0, 30), low + dice.randint(0, 25)) for _ in range(60)]
    [row] = sums([incident(low, high) for low, high in spans])
    drawn = [sum(dice.randint(*span) for span in spans) for _ in range(1000)]
    inside = sum(row["likely_low"] <= n <= row["likely_high"] for n in drawn) / len(drawn)
    assert 0.93 <= inside <= 0.98
    assert row["likely_high"] - row["likely_low"] < (row["high"] - row["low"]) / 2


def test_sums_of_parts_are_the_sum_of_all() -> None:
    """By place and by week, incidents without doubtful links: the rows add up to the one row of no key."""
    dice = random.Random(9)  # noqa: S311
    rows = [
        incident(n := dice.randint(0, 9), n + 2, place=dice.choice("abc"), day=date(2014, 11, dice.randint(1, 28)))
        for _ in range(50)
    ]
    [whole] = sums(rows)
    for by in ("place", "week,place", "day"):
        parts = sums(rows, by)
        for name in ("incidents", "naive_low", "naive_high", "low", "high"):
            assert sum(r[name] for r in parts) == whole[name]


def test_keys_that_there_are_none_of_are_refused() -> None:
    """The message lists the keys; two times at once are refused."""
    with pytest.raises(Wrong, match="week"):
        keys_of("fortnight")
    with pytest.raises(Wrong, match="twice"):
        keys_of("week,month")
