"""How long "who held this place on that day" takes among many statements: python -m benchmarks.context_queries [ROWS]

Statements are made up: 3,000 places of which the first are told of most (one in a hundred statements is about the first),
120 sources, 6 parties, four years. Asked are 400 places and days, drawn as the statements were, and the first place 50 times.
Printed are the median, the 95th percentile and the longest, in milliseconds, of the whole question (rows found, read, and
answered), and the median of the processor's time, which says more where other work is done as well.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from marsad.model import Place
from marsad.model.knowledge import KNOWLEDGE
from marsad.pipeline.control import Asked, who_held
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived

SEED, PLACES, SOURCES = 20141126, 3_000, 120
FIRST, DAYS = date(2012, 1, 1), 1_461
PARTIES = ("Army", "IS", "YPG", "Free Army", "Nusra", "Tribes")
ACTS = ("holds", "holds", "holds", "gained", "lost", "contested", "besieges")


def _place(chance: random.Random) -> int:
    """Return a place; the one numbered n about as often as 1/(n + 12)."""
    return int(12 * ((PLACES / 12 + 1) ** chance.random() - 1))


def made_rows(first: int, count: int, chance: random.Random) -> pa.Table:
    """Return so many made-up statements (schema KNOWLEDGE), numbered from `first` on."""
    none = [None] * count
    places = [_place(chance) for _ in range(count)]
    days = [FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(count)]
    dated = [chance.random() < 0.6 for _ in range(count)]
    topics = ["control" if chance.random() < 0.8 else "displaced" for _ in range(count)]
    columns: dict[str, object] = {
        "knowledge_id": [f"{first + n:012x}" for n in range(count)],
        "report_id": [f"r{n // 3}" for n in range(count)],
        "start": [0] * count,
        "end": [14] * count,
        "text": ["they took it at"[:14]] * count,
        "topic": topics,
        "act": [chance.choice(ACTS) if topic == "control" else None for topic in topics],
        "party": [chance.choice(PARTIES) if topic == "control" else None for topic in topics],
        "place_key": [f"gn:{n}" for n in places],
        "place_words": [f"Place {n}" for n in places],
        "place_id": [f"gn:{n}" for n in places],
        "place_name": [f"Place {n}" for n in places],
        "country": ["SY"] * count,
        "latitude": [35.0] * count,
        "longitude": [38.0] * count,
        "place_precision": [1] * count,
        "day": days,
        "occurred_from": [d if known else None for d, known in zip(days, dated, strict=True)],
        "occurred_to": [d if known else None for d, known in zip(days, dated, strict=True)],
        "occurred_precision": [1 if known else None for known in dated],
        "reported": days,
        "recorded": days,
        "source": [f"Source {chance.randrange(SOURCES)}" for _ in range(count)],
        "outlet": ["An Outlet"] * count,
        "stance": ["asserted"] * count,
        "polarity": ["affirmed"] * count,
        "rule": ["made up"] * count,
        "score": [0.9] * count,
        **{name: [[] for _ in range(count)] for name in ("others", "chain", "flags")},
    }
    return pa.table({f.name: pa.array(columns.get(f.name, none), f.type) for f in KNOWLEDGE}, schema=KNOWLEDGE)


def _asked(number: int) -> Asked:
    place = Place(f"Place {number}", f"gn:{number}", f"Place {number}", None, "SY", None, 35.0, 38.0, 1)
    return Asked(place, None, ())


def _timed(name: str, ask: Callable[[], object], times: int) -> None:
    taken, busy = [], []
    for _ in range(times):
        begun, worked = time.perf_counter(), time.process_time()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    taken.sort()
    middle, late = statistics.median(taken), taken[int(len(taken) * 0.95)]
    of_processor = f"of the processor {statistics.median(busy):5.1f} ms"
    print(f"{name:<24} median {middle:6.1f} ms, {of_processor}; 95 of 100 {late:6.1f} ms; longest {taken[-1]:6.1f} ms")


def main(count: int = 1_000_000) -> None:
    """Make the statements, ask, and print how long it took."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        observatory = Observatory.init(Path(folder) / "obs", "asked", datetime(2016, 1, 1, tzinfo=UTC))
        with observatory.derived() as derived:
            for done in range(0, count, 50_000):
                with derived.write():
                    derived.put("knowledge", made_rows(done, min(50_000, count - done), chance))
        print(f"{count:,} statements")
        with observatory.derived(read_only=True) as derived:
            days = [FIRST + timedelta(days=n) for n in range(DAYS)]
            _timed("a place, drawn", lambda: _ask(observatory, derived, _place(chance), chance.choice(days)), 400)
            _timed("the place told of most", lambda: _ask(observatory, derived, 0, chance.choice(days)), 50)


def _ask(observatory: Observatory, derived: Derived, number: int, day: date) -> None:
    who_held(observatory, derived, _asked(number), day)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
