"""Victim records as the engine's tables: numbers and days, names once each, and who stands beside whom."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import pyarrow as pa

from marsad.engines.with_splink import PairEngine
from marsad.link.persons import keys
from marsad.link.persons.clusters import Vitals
from marsad.link.persons.views import NAME, NAMING, PARTED, RECORDS, WRITTEN
from marsad.model import VictimRecord, Wrong, content_id
from marsad.stage import Query
from marsad.text.normal import fold

_EPOCH = date(1970, 1, 1)
_BATCH = 50_000
_GROUPS = pa.schema([pa.field("rid", pa.int32()), pa.field("grp", pa.string()), pa.field("family", pa.string())])


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of the records outside the engine, in their order: list and record name, vitals, the id it has alone."""

    keys: list[tuple[str, str]]
    vitals: list[Vitals]
    ids: list[str]
    lists: dict[str, int]
    sizes: list[int]


def prepared(engine: PairEngine, records: Iterable[VictimRecord], closed: Collection[str] | None = None) -> Known:
    """Bring records into the engine: tables "records", "groups", "closed" and "views"; return what is kept of them.

    `closed` names the lists in which nobody stands twice; None means all. Raises Wrong for a record id that a list has twice.
    """
    known = Known([], [], [], {}, [])
    tables: dict[str, list[pa.Table]] = {
        "records": [RECORDS.empty_table()],
        "written": [WRITTEN.empty_table()],
        "groups": [_GROUPS.empty_table()],
    }
    seen: set[str] = set()
    for batch in _batches(records):
        first = len(known.keys)
        _keep(known, batch, seen)
        tables["records"].append(_rows(batch, first, known.lists))
        tables["written"].append(_names(batch, first))
        tables["groups"].append(_groups(batch, first))
    for name, parts in tables.items():
        engine.register(name, pa.concat_tables(parts))
    engine.run(Query("select distinct name from written order by name", "distinct_names"))
    columns, _rejected = engine.apply(NAMING, engine.table("distinct_names").cast(NAME))
    engine.register("name_columns", columns)
    shut = [number for name, number in known.lists.items() if closed is None or name in closed]
    engine.register("closed", pa.table({"lst": pa.array(shut, pa.int16())}))
    engine.run(keys.views("written", "name_columns", "records", "closed", "views"))
    return known


def _batches(records: Iterable[VictimRecord]) -> Iterator[list[VictimRecord]]:
    source = iter(records)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _keep(known: Known, batch: list[VictimRecord], seen: set[str]) -> None:
    for record in batch:
        number = known.lists.setdefault(record.list_name, len(known.lists))
        if number == len(known.sizes):
            known.sizes.append(0)
        known.sizes[number] += 1
        own = content_id("person", record.list_name, record.record_id)
        if own in seen:
            rule, remedy = (
                "stands twice",
                "give every row of a list an id of its own, or none, so that rows are counted",
            )
            raise Wrong(f"{record.list_name}, record_id", record.record_id, rule, remedy)
        seen.add(own)
        known.keys.append((record.list_name, record.record_id))
        known.ids.append(own)
        known.vitals.append(
            Vitals(number, record.sex, record.age, _day(record.born), _day(record.died), _believed(record))
        )


def _day(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days


def _believed(record: VictimRecord) -> str | None:
    return next((f"{number.scheme}{number.value}" for number in record.ids if number.believed), None)


def _groups(batch: list[VictimRecord], first: int) -> pa.Table:
    """Return who is told to have died with whom: by the list's incidents, else by day and place."""
    rows = []
    for at, record in enumerate(batch, first):
        together = record.incident or (f"{record.died} {record.place}" if record.died and record.place else None)
        if together is not None or record.family is not None:
            rows.append(
                {
                    "rid": at,
                    "grp": f"{record.list_name}:{together}",
                    "family": record.family and fold(record.family[:80]),
                }
            )
    return pa.Table.from_pylist(rows, schema=_GROUPS)


def _rows(batch: list[VictimRecord], first: int, numbers: dict[str, int]) -> pa.Table:
    columns = {
        "rid": pa.array(range(first, first + len(batch)), pa.int32()),
        "lst": pa.array([numbers[r.list_name] for r in batch], pa.int16()),
        "sex": pa.array([r.sex for r in batch], pa.string()),
        "age": pa.array([r.age for r in batch], pa.int16()),
        "born": pa.array([_day(r.born) for r in batch], pa.int32()),
        "died": pa.array([_day(r.died) for r in batch], pa.int32()),
        "place": pa.array([None if r.place is None else fold(r.place[:100]) for r in batch], pa.string()),
        "id_ok": pa.array([_believed(r) for r in batch], pa.string()),
    }
    return pa.table(columns, schema=RECORDS)


def _names(batch: list[VictimRecord], first: int) -> pa.Table:
    rids: list[int] = []
    names: list[str] = []
    for at, record in enumerate(batch, first):
        written = list(record.names)
        if record.parts is not None:
            written[0] = PARTED.join(part or "" for part in record.parts)
        for name in dict.fromkeys(written):
            rids.append(at)
            names.append(name)
    return pa.table({"rid": pa.array(rids, pa.int32()), "name": pa.array(names, pa.string())}, schema=WRITTEN)
