"""Deriving again: from what is kept, to compare with what is stored; and as it would have stood on a past day."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.engines.local import LocalEngine
from marsad.model import Report, Wrong
from marsad.model.knowledge import KNOWLEDGE
from marsad.model.schema import CLAIM, CONTEXT, REJECTION
from marsad.pipeline.channel_ties import ties_of
from marsad.pipeline.corrected import with_added
from marsad.pipeline.derive import Tables, derivation_version, derive
from marsad.pipeline.gazetteer import fresh_places_file
from marsad.pipeline.knowing import with_knowledge
from marsad.pipeline.methods import methods
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import BESIDE, Reader, chunks, derived_until, texts_of
from marsad.pipeline.spoken import with_spoken
from marsad.store.derived_tables import READING, SCHEMAS


def rederived(observatory: Observatory, processes: int | None = None, gazetteer: Path | None = None) -> Tables | None:
    """Return every derived table made anew from what is kept, storing nothing: what verification compares with.

    Derived again is what the store says it has derived: the reports it has read, and tolls of the reports and decisions
    there were at its last run. What came later is no difference; it waits for the next run. None where another version
    of marsad, other policies or other lists of places made what is stored: the next run makes all of it anew.
    """
    places = fresh_places_file(observatory, gazetteer)
    if places is None:
        return None
    reader, version = Reader.over(places, ties_of(observatory)), derivation_version(methods(observatory))
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports, decisions = list(reading.reports()), list(reading.decisions())
    with observatory.derived(read_only=True) as derived:
        if derived.versions(reader.stage.name) - {reader.version} or derived.versions("derive") - {version}:
            return None
        read = set(derived.table("reading", stage=reader.stage.name).column("report_id").to_pylist())
        state = derived_until(derived)
    known = reports[: state[0]] if state else []
    decisions = decisions[: state[1]] if state else []
    wanted = {r.report_id for r in known} | read
    with LocalEngine(processes) as engine:
        made, bad = _read(observatory, engine, reader, [r for r in reports if r.report_id in wanted])
        made["claim"] = with_added(made["claim"], decisions)
        if state:
            engaged = {str(r.report_id) for r in known}
            claims, sketches, *beside = (_of(made[name], engaged) for name in ("claim", *BESIDE))
            tables = derive(engine, known, claims, sketches, decisions, methods(observatory), *beside)
            tables = with_spoken(tables, _of(made["knowledge"], engaged), claims, decisions)
            made |= _with(made, tables, bad)
    lost = {row["record_id"] for row in bad}
    marks = [(i, reader.stage.name, reader.version) for i in sorted(wanted - lost)]
    marks += [(f"{state[0]}+{state[1]}", "derive", version)] if state else []
    made["reading"] = pa.Table.from_pylist([dict(zip(READING.names, m, strict=True)) for m in marks], schema=READING)
    return {name: made.get(name, shape.empty_table()) for name, shape in SCHEMAS.items()}


def _read(
    observatory: Observatory, engine: LocalEngine, reader: Reader, reports: Sequence[Report]
) -> tuple[Tables, list[dict[str, Any]]]:
    parts: dict[str, list[pa.Table]] = {
        "claim": [CLAIM.empty_table()],
        "context": [CONTEXT.empty_table()],
        "knowledge": [KNOWLEDGE.empty_table()],
        **{name: [stage.writes.empty_table()] for name, stage in BESIDE.items()},
        "rejection": [REJECTION.empty_table()],
    }
    bad: list[dict[str, Any]] = []
    for chunk in chunks(reports):
        table, lost = texts_of(observatory, chunk)
        bad += lost
        for name, made in with_knowledge(engine, reader.read(engine, table), chunk, table).items():
            parts[name].append(made)
    tables = {name: pa.concat_tables(pieces) for name, pieces in parts.items()}
    return {**tables, "claim": tables["claim"].sort_by("claim_id")}, bad


def _of(table: pa.Table, report_ids: set[str]) -> pa.Table:
    return table.filter(pa.compute.is_in(table.column("report_id"), pa.array(sorted(report_ids), pa.string())))


def _with(made: Tables, tables: Tables, bad: Sequence[Mapping[str, Any]]) -> Tables:
    """Return the tables of linking and assessing, the rejections of all stages together."""
    lost = pa.Table.from_pylist(list(bad), schema=REJECTION)
    return {**tables, "rejection": pa.concat_tables([made["rejection"], lost, tables["rejection"]])}


def derived_on(observatory: Observatory, known_on: date) -> Tables:
    """Return the derived tables as they would have stood at the end of a past day (UTC), from what was known by then.

    Raises Wrong where nothing was known yet, or where reports of that time still wait for a run.
    """
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports = list(reading.reports(known_on=known_on))
        decisions = list(reading.decisions(known_on=known_on))
        first = next(reading.reports(), None)
    ids = [r.report_id for r in reports]
    if first is None:
        raise Wrong(str(observatory.path), None, "has no reports yet", f"marsad add {observatory.path} REPORTS")
    if not ids:
        received = first.recorded_at.date()
        rule = f"is before the first report was received on {received} (UTC)"
        raise Wrong("known on", known_on, rule, f"name {received} or a later day")
    with observatory.derived(read_only=True) as derived:
        lost = set(derived.table("rejection", stage="text").column("record_id").to_pylist())
        read = set(derived.table("reading", stage="extract").column("report_id").to_pylist())
        waiting = sum(1 for i in ids if i not in read and i not in lost)
        if waiting:
            rule = f"includes {waiting:,} reports that were not read yet"
            raise Wrong("known on", known_on, rule, f"run `marsad run {observatory.path}` first")
        claims, sketches, *beside = (derived.table(name, report_id=ids) for name in ("claim", *BESIDE))
        told = derived.table("knowledge", report_id=ids)
    with LocalEngine() as engine:
        tables = derive(engine, reports, claims, sketches, decisions, methods(observatory), *beside)
    return {"claim": claims, **with_spoken(tables, told, claims, decisions)}
