"""A small made-up world in Parquet, and what `derive` makes of it: what engines for large tables are held against."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marsad.engines.local import LocalEngine
from marsad.model import Decision, Report, ReportId, Sha256
from marsad.pipeline.corrected import ADDED, with_added
from marsad.pipeline.derive import derive
from marsad.pipeline.run import Reader
from marsad.pipeline.simulating import Asked, simulate
from marsad.store.derived_tables import KEYS

POLICIES = ("airwars", "ucdp")


def made_up(folder: Path, incidents: int = 25, seed: int = 5) -> Path:
    """Write the reports of a small world; return the folder that holds them."""
    simulate(Asked(incidents, seed, sources=40), folder / "world", "parquet")
    return folder / "world" / "reports"


def derived(reports: Path, reader: Reader, decisions: Sequence[Decision] = ()) -> dict[str, pa.Table]:
    """Return the tables that `derive` makes of the reports, as a run of an observatory does, each in the order of its key.

    `added` are the claims that people found.
    """
    texts = pq.read_table(reports)
    rows = texts.select(["report_id", "outlet", "published", "lang", "recorded_at"]).to_pylist()
    received = [
        Report(
            ReportId(r["report_id"]), Sha256("0" * 64), r["outlet"], r["published"], r["lang"], None,
            datetime.fromisoformat(r["recorded_at"]),
        )
        for r in rows
    ]  # fmt: skip
    with LocalEngine(1, threads=1) as engine:
        read = reader.read(engine, texts.drop_columns(["recorded_at"]))
        beside = (read[name] for name in ("outline", "credit"))
        claims = with_added(read["claim"], decisions)
        made = derive(engine, received, claims, read["sketch"], decisions, POLICIES, *beside)
    made["added"] = claims.filter(pc.equal(claims.column("rule"), ADDED))
    made["rejection"] = pa.concat_tables([made["rejection"], read["rejection"]])
    return {name: in_order(name, table) for name, table in made.items()}


def tables_in(out: Path, names: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the tables that lie under `out`, of those that are named, each in the order of its key."""
    return {
        name: in_order(name, pq.read_table(out / "tables" / name, schema=table.schema))
        for name, table in names.items()
        if (out / "tables" / name).is_dir()
    }


def in_order(name: str, table: pa.Table) -> pa.Table:
    """Return the table in the order of its key."""
    return table.sort_by([(key, "ascending") for key in KEYS.get(name) or _plain(table.schema)]).combine_chunks()


def _plain(schema: pa.Schema) -> list[str]:
    return [field.name for field in schema if not pa.types.is_nested(field.type)]
