"""Sums over a state: numbers for several days divided as ACLED does, statuses told apart."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from marsad.model import Wrong
from marsad.pipeline.known import STANDING, STATE, State, write_state
from marsad.pipeline.series import series

DOUBTS = ("apart_low", "apart_best", "apart_high", "together_low", "together_best", "together_high")


def state(folder: Path, *told: tuple[date, date, tuple[int, int], tuple[int, int] | None]) -> State:
    """Return a state of incidents: first and last day, total, civilians."""
    rows = [
        {
            **dict.fromkeys(STATE.names),
            "incident_id": f"i{n}",
            "code": f"I{n}",
            "occurred_from": first,
            "occurred_to": last,
        }
        | {"chance": 0.0, "split_chance": 0.0}
        for n, (first, last, _, _) in enumerate(told)
    ]

    def toll(ends: list[tuple[int, int] | None]) -> pa.Table:
        columns: dict[str, Any] = {"low": [e and e[0] for e in ends], "best": [e and e[0] for e in ends]}
        columns |= {"high": [e and e[1] for e in ends], "standing": ["stated"] * len(ends)}
        columns |= {name: [None] * len(ends) for name in DOUBTS}
        return pa.table({n: pa.array(v, pa.string() if n == "standing" else pa.int64()) for n, v in columns.items()})

    tables = {
        "incidents": pa.Table.from_pylist(rows, schema=STATE),
        "standing": STANDING.empty_table(),
        "toll.acled.killed.total": toll([total for _, _, total, _ in told]),
        "toll.acled.killed.civilians": toll([civilians for *_, civilians in told]),
    }
    return write_state(folder / "state", tables)


def test_a_number_for_three_days_is_divided_evenly_the_remainder_to_the_first(tmp_path: Path) -> None:
    """14 in three days: 6, 4, 4. A number for more than a month is of no day. ACLED codebook."""
    given = state(
        tmp_path,
        (date(2014, 11, 25), date(2014, 11, 27), (14, 14), None),
        (date(2014, 11, 26), date(2014, 11, 26), (3, 3), None),
        (date(2014, 1, 1), date(2014, 6, 1), (100, 100), None),
    )
    rows = series(given, ["day"], "acled", evenly=True).to_pylist()
    assert {r["day"]: r["low"] for r in rows} == {"2014-11-25": 6, "2014-11-26": 7, "2014-11-27": 4, "?": 100}
    whole = series(given, ["day"], "acled").to_pylist()
    assert {r["day"]: r["low"] for r in whole} == {"2014-11-26": 3, "?": 114}


def test_statuses_are_rows_of_their_own(tmp_path: Path) -> None:
    """Twenty dead of whom five civilians, and seven of whom nobody says: civilians 5 to 12, unknown up to 22."""
    day = date(2014, 11, 25)
    given = state(tmp_path, (day, day, (20, 20), (5, 5)), (day, day, (7, 7), None))
    rows = {r["status"]: r for r in series(given, ["status"], "acled").to_pylist()}
    assert [(rows[s]["low"], rows[s]["high"]) for s in ("civilians", "unknown")] == [(5, 12), (22, 22)]
    assert (rows["civilians"]["naive_low"], rows["civilians"]["naive_high"]) == (5, 5)


def test_what_was_not_computed_is_refused(tmp_path: Path) -> None:
    """Another policy: the message names it."""
    day = date(2014, 11, 25)
    with pytest.raises(Wrong, match="snhr"):
        series(state(tmp_path, (day, day, (2, 2), None)), ["week"], "snhr")
