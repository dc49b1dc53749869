"""What sums, changes and explanations cost at scale.

    python -m benchmarks.assessing [INCIDENTS]

Incidents are made: a million unless told otherwise, in four hundred towns over twenty years, one in fifty with a doubtful
link. `sums` is the slowest and the mean of all pairs of keys; `changes` compares two states of which two thousand
incidents differ; `why` is one explanation out of a store with as many incidents; `compare` the same under all
policies. `state` is what the columns cost to write once.
Each is the best of three, in this process, after one run for warmth, in seconds by the clock and, in brackets, of the
processor: on a busy machine the first says little.
"""

import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.assess.policies import POLICIES
from marsad.assess.sums import KEYS
from marsad.collect.incoming import Incoming
from marsad.model import Category, Measure
from marsad.model.schema import GRADING, INCIDENT, MEMBERSHIP, TOLL
from marsad.pipeline.cases import cases
from marsad.pipeline.changes import between
from marsad.pipeline.known import STANDING, STATE, State, write_state
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.series import series
from marsad.pipeline.service import WriteService
from marsad.pipeline.side_by_side import side_by_side

_EPOCH = date(2004, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
_DOUBTS = ("apart_low", "apart_best", "apart_high", "together_low", "together_best", "together_high")


def _names(prefix: str, many: int, picks: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(picks, pa.int32()), [f"{prefix} {n}" for n in range(many)]).cast(
        pa.string()
    )


def state(folder: Path, size: int, moved: int = 0) -> State:
    """Return a state of so many incidents, the first `moved` of which have other figures and one more claim."""
    dice = np.random.default_rng(3)
    day = dice.integers(0, 7300, size) + _EPOCH
    wide = np.where(dice.random(size) < 0.05, 9, 0)
    whole = np.where(np.arange(size) % 50 < 2, np.arange(size) // 50, -1)
    ids = pa.array([f"{n:016x}" for n in range(size)])
    dates = {"occurred_from": day, "occurred_to": day + wide, "reported": day + 2, "recorded": day + 3}
    columns: dict[str, pa.Array] = {name: pa.array(v.astype("int32")).cast(pa.date32()) for name, v in dates.items()}
    columns |= {"incident_id": ids, "code": ids}
    for name, many in (
        ("place", 400),
        ("admin1", 14),
        ("country", 3),
        ("perpetrator", 12),
        ("weapon", 15),
        ("grade", 5),
    ):
        columns[name] = _names(name, many, dice.integers(0, many, size))
    columns["whole"] = pa.array([None if w < 0 else f"w{w}" for w in whole], pa.string())
    columns["members"] = pa.array(np.where(whole >= 0, 2, 0))
    columns["chance"] = pa.array(np.where(whole >= 0, 0.4, 0.0))
    columns["split_chance"] = pa.array(np.zeros(size))
    low = dice.integers(0, 40, size)
    high = low + dice.integers(0, 15, size)
    low[:moved] += 1
    high[:moved] += 1
    numbers = {
        "low": low,
        "best": (low + high) // 2,
        "high": high,
        "together_low": low,
        "together_best": high,
        "together_high": high,
    }
    toll = {
        n: pa.array(numbers[n], pa.int64()) if n in numbers else pa.nulls(size, pa.int64())
        for n in ("low", "best", "high", *_DOUBTS)
    }
    toll["standing"] = pa.array(["stated"] * size)
    none = {n: pa.nulls(size, v.type) for n, v in toll.items()}
    claims = {
        "incident_id": pa.concat_arrays([ids, ids[:moved]]),
        "claim_id": pa.array([*(f"c{n}" for n in range(size)), *(f"d{n}" for n in range(moved))]),
        "report_id": pa.array([*(f"r{n % 90_000}" for n in range(size)), *(["new"] * moved)]),
        "role": pa.array(["counted"] * (size + moved)),
        "rule": pa.array(["standing"] * (size + moved)),
        "origin": pa.array(["a monitor"] * (size + moved)),
    }
    made = {
        "incidents": pa.table({n: columns[n] for n in STATE.names}).cast(STATE),
        "standing": pa.table({n: claims[n] for n in STANDING.names}),
        "toll.ucdp.killed.total": pa.table(toll),
        "toll.ucdp.killed.civilians": pa.table(toll),
        "toll.ucdp.killed.combatants": pa.table(none),
    }
    return write_state(folder, made)


Spent = tuple[float, float]


def best_of(work: Callable[[], object], times: int = 3) -> Spent:
    """Return the seconds by the clock and of the processor of the quickest of some runs, after one for warmth."""
    work()
    took = []
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - start, time.process_time() - used))
    return min(t for t, _ in took), min(u for _, u in took)


def told(name: str, spent: Spent, what: str) -> None:
    """Print a line."""
    print(f"{name:10} {spent[0]:7.3f} s ({spent[1]:.3f})   {what}", flush=True)


def crowded(folder: Path, size: int) -> tuple[Observatory, str]:
    """Return an observatory with one real incident among as many others as asked for, and its code."""
    made = Observatory.init(folder / "obs", "Crowd", datetime(2015, 1, 1, tzinfo=UTC))
    words = (
        "Government air strikes killed 95 people in the Syrian town of Duma on Tuesday, the Syrian Observatory for Human "
        "Rights said. More than half of the dead were civilians. Another 40 people were wounded, activists said."
    )
    items = [
        Incoming(f"s{n}", f"{words} Dispatch {n}.".encode(), f"Outlet {n}", date(2014, 11, 26), lang="en")
        for n in range(12)
    ]
    with made.kept() as kept:
        WriteService(kept, made.vault, os.urandom).receive(items, datetime(2015, 1, 1, tzinfo=UTC))
    run(made, processes=1)
    with made.derived() as derived:
        code = str(derived.table("incident").column("code").to_pylist()[0])
        for start in range(0, size, 100_000):
            ids = [f"f{n:015x}" for n in range(start, min(size, start + 100_000))]
            few = {"incident_id": ids, "code": [f"X-{i}" for i in ids]}
            derived.put("incident", _filled(INCIDENT, few, len(ids)))
            why = {
                "incident_id": ids,
                "grade": ["weak"] * len(ids),
                "origins": [1] * len(ids),
                "why": ["{}"] * len(ids),
            }
            derived.put("grading", _filled(GRADING, why, len(ids)))
            role = {
                "incident_id": ids,
                "claim_id": ids,
                "role": ["counted"] * len(ids),
                "rule": ["standing"] * len(ids),
            }
            derived.put("membership", _filled(MEMBERSHIP, role, len(ids)))
            words_of = {"policy": "ucdp", "measure": "killed", "category": "total", "standing": "stated", "why": "{}"}
            told = {name: [word] * len(ids) for name, word in words_of.items()}
            derived.put("toll", _filled(TOLL, {**told, "incident_id": ids, "origins": [1] * len(ids)}, len(ids)))
    return made, code


def _filled(shape: pa.Schema, told: dict[str, Any], size: int) -> pa.Table:
    return pa.table({f.name: pa.array(told.get(f.name, [None] * size), f.type) for f in shape}, schema=shape)


def _came_later(reports: set[str]) -> set[str]:
    return reports & {"new"}


def main() -> None:
    """Print what each costs."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    random.seed(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start, used = time.perf_counter(), time.process_time()
        now = state(folder / "now", size, 2000)
        told("state", (time.perf_counter() - start, time.process_time() - used), f"{size:,} incidents made and written")
        was = state(folder / "was", size)
        keys = [k for k in ("week", *KEYS) if k != "status"]
        pairs = [*itertools.combinations(keys, 2), ("month", "status")]
        took = {pair: best_of(lambda pair=pair: series(now, pair, "ucdp"), 2) for pair in pairs}  # type: ignore[misc]
        slowest = max(took, key=lambda p: took[p][1])
        told("sums", took[slowest], f"slowest of {len(took)} pairs of keys: {', '.join(slowest)}")
        told("series", took["week", "perpetrator"], "by week, perpetrator")
        total = Measure.KILLED, Category.TOTAL
        spent = best_of(lambda: between(was, now, date(2014, 1, 1), "ucdp", *total, "ucdp", _came_later, set()))
        found = between(was, now, date(2014, 1, 1), "ucdp", *total, "ucdp", _came_later, set())
        told("changes", spent, f"{len(found.changes):,} of {size:,} incidents")
        observatory, code = crowded(folder, size)
        told("why", best_of(lambda: next(cases(observatory, None, code))), f"one of {size:,} incidents")
        every = list(POLICIES.values())
        spent = best_of(lambda: next(side_by_side(observatory, every, None, code)))
        told("compare", spent, f"one of {size:,} incidents under {len(every)} policies")


if __name__ == "__main__":
    main()
