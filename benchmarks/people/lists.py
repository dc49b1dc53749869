"""Lists of victims drawn from one made-up population, with the truth about who is who, and their way into an engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import pyarrow as pa

from benchmarks.people.harm import LIST, REPORT, harmed, record
from benchmarks.people.population import Human, people
from marsad.collect.victim_rows import Row, victim_record
from marsad.engines.local import LocalEngine
from marsad.model import VictimRecord
from marsad.pipeline.person_tables import Known, prepared


@dataclass(frozen=True, slots=True)
class Drawn:
    """A list as records, and beside each record whom it means."""

    name: str
    records: Sequence[VictimRecord]
    keys: Sequence[int]


def victim(row: Mapping[str, object], list_name: str) -> VictimRecord:
    """Return a row that `record` made as the record that marsad reads from a file."""
    told = {column: str(value) for column, value in row.items() if value is not None}
    made = victim_record(Row(1, told), list_name)
    assert isinstance(made, VictimRecord)
    return made


def a_list(
    random: Random, name: str, humans: Sequence[Human], rates: Mapping[str, float], *, style: int | None, births: bool = True,
    ids: bool = True, incidents: bool = False, first: int = 0,
) -> Drawn:  # fmt: skip
    """Return these people as one list has them."""
    rows = [
        record(
            harmed(h, rates, random),
            f"{name}{first + i}",
            random,
            style=style,
            births=births,
            ids=ids,
            incidents=incidents,
        )
        for i, h in enumerate(humans)
    ]
    return Drawn(name, [victim(row, name) for row in rows], [h.key for h in humans])


def drawn(
    random: Random, count: int, scripts: str, other: Mapping[str, float] | None = None, *, incidents: bool = False
) -> list[Drawn]:
    """Return two lists of a population of `count`: nine in ten of it as an official list, four in ten as another.

    `scripts` is "aa", "al" or "ll"; Latin lists are written in ways that differ. Half of the second list comes from an
    official list too, half from reports, unless `other` gives its rates.
    """
    humans = people(random, count)
    a = [h for h in humans if random.random() < 0.9]
    b = [h for h in humans if random.random() < 0.4]
    cut = len(b) // 2
    first = a_list(random, "A", a, LIST, style=None if scripts[0] == "a" else 0, incidents=incidents)
    style = None if scripts[1] == "a" else random.choice((1, 2, 3))
    parts = ((b[:cut], other or LIST, style), (b[cut:], other or REPORT, style if style is None else 1 + style))
    halves = [
        a_list(
            random,
            "B",
            part,
            rates,
            style=way,
            births=rates is LIST,
            ids=rates is LIST,
            incidents=incidents,
            first=at * cut,
        )
        for at, (part, rates, way) in enumerate(parts)
    ]
    second = Drawn("B", [r for half in halves for r in half.records], [k for half in halves for k in half.keys])
    return [first, second]


def loaded(engine: LocalEngine, lists: Sequence[Drawn]) -> Known:
    """Bring the lists into the engine as the table "views", and a table "truth" (rid, key)."""
    known = prepared(engine, [r for drawn_list in lists for r in drawn_list.records], {d.name for d in lists})
    keys = [key for drawn_list in lists for key in drawn_list.keys]
    engine.register(
        "truth", pa.table({"rid": pa.array(range(len(keys)), pa.int32()), "key": pa.array(keys, pa.int32())})
    )
    return known
