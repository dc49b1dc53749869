"""From lists of victims to persons: records into the engine, pairs weighed, pairs chosen, persons named."""

from collections.abc import Collection, Iterable
from datetime import date

import pyarrow as pa

from marsad.engines.local import LocalEngine
from marsad.link.persons import keys
from marsad.link.persons.views import NAME, NAMING, PARTED, RECORDS, WRITTEN
from marsad.model import VictimRecord
from marsad.stage import Query
from marsad.text.normal import fold

_EPOCH = date(1970, 1, 1)
_BATCH = 50_000


def prepared(engine: LocalEngine, records: Iterable[VictimRecord], closed: Collection[str]) -> None:
    """Bring records into the engine: tables "views", "closed" and "pairs", the pairs being those worth comparing."""
    numbers: dict[str, int] = {}
    rows: list[pa.Table] = []
    names: list[pa.Table] = []
    batch: list[VictimRecord] = []
    first = 0
    for record in records:
        numbers.setdefault(record.list_name, len(numbers))
        batch.append(record)
        if len(batch) == _BATCH:
            rows.append(_rows(batch, first, numbers))
            names.append(_names(batch, first))
            first += len(batch)
            batch.clear()
    rows.append(_rows(batch, first, numbers))
    names.append(_names(batch, first))
    engine.register("records", pa.concat_tables(rows))
    engine.register("written", pa.concat_tables(names))
    engine.run(Query("select distinct name from written order by name", "distinct_names"))
    columns, _rejected = engine.apply(NAMING, engine.table("distinct_names").cast(NAME))
    engine.register("name_columns", columns)
    engine.register("closed", pa.table({"lst": pa.array([numbers[c] for c in closed if c in numbers], pa.int16())}))
    engine.run(keys.views("written", "name_columns", "records", "closed", "views"))


def _rows(batch: list[VictimRecord], first: int, numbers: dict[str, int]) -> pa.Table:
    believed = [next((f"{i.scheme}{i.value}" for i in r.ids if i.believed), None) for r in batch]
    columns = {
        "rid": pa.array(range(first, first + len(batch)), pa.int32()),
        "lst": pa.array([numbers[r.list_name] for r in batch], pa.int16()),
        "sex": pa.array([r.sex for r in batch], pa.string()),
        "age": pa.array([r.age for r in batch], pa.int16()),
        "born": pa.array([None if r.born is None else (r.born - _EPOCH).days for r in batch], pa.int32()),
        "died": pa.array([None if r.died is None else (r.died - _EPOCH).days for r in batch], pa.int32()),
        "place": pa.array([None if r.place is None else fold(r.place[:100]) for r in batch], pa.string()),
        "id_ok": pa.array(believed, pa.string()),
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
