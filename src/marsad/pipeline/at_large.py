"""Very many reports, from Parquet to Parquet, without an observatory: read, link and assess on this machine or on Spark.

Each step keeps what it made before the next one begins: started again, it goes on where it was. Nobody's decisions are in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from marsad.assess.policy import Policy
from marsad.model.ids import content_id
from marsad.model.schema import (
    CLAIM,
    COPY,
    CREDIT,
    FOLD,
    GRADING,
    INCIDENT,
    LINEAGE,
    MEMBERSHIP,
    REJECTION,
    REWORDED,
    SKETCH,
    TOLL,
)  # fmt: skip
from marsad.model.schema_linking import GROUPED, LINKED, PAIR, TELLING
from marsad.model.schema_state import NUMBERED
from marsad.pipeline import large_linking as link
from marsad.pipeline.derive import derivation_version
from marsad.pipeline.flattening import CLAIM_TELLING, STANDS
from marsad.pipeline.large_reading import ARRIVED, CHUNK, Progress, read_all
from marsad.pipeline.run import Reader
from marsad.stage import LargeEngine, Query

TABLES = (
    *("copy", "reworded", "telling", "pair", "grouped", "linked", "fold", "lineage", "incident", "numbered"),
    *("membership", "toll", "grading", "rejection"),
)
"""What comes out beside claims and contexts, which stay where reading put them."""

_ORIGINAL = pa.schema(
    [("claim_id", pa.string()), ("report_id", pa.string()), ("original", pa.string()), ("counts", pa.int64())]
)
_SCHEMAS: dict[str, pa.Schema] = {
    "report": link.REPORT, "twin": COPY, "copy": COPY, "reworded": REWORDED, "original": _ORIGINAL, "telling": TELLING,
    "claim_telling": CLAIM_TELLING, "pair": PAIR, "grouped": GROUPED, "linked": LINKED, "described": INCIDENT,
    "standing": STANDS, "incident": INCIDENT, "numbered": NUMBERED, "membership": MEMBERSHIP, "fold": FOLD,
    "lineage": LINEAGE, "toll": TOLL, "grading": GRADING, "rejection": REJECTION, "telling_bad": REJECTION,
    "pair_bad": REJECTION, "group_bad": REJECTION, "weigh_bad": REJECTION, "assess_bad": REJECTION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of linking: the tables it leaves, and those that no later step asks for any more."""

    name: str
    makes: tuple[str, ...]
    work: Callable[[LargeEngine], None]
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Reports read just now, and claims, incidents and rejections there are. `derived` is False where nothing was new."""

    read: int
    reports: int
    claims: int
    incidents: int
    rejected: int
    derived: bool


def steps(policies: Sequence[str | Policy]) -> tuple[Step, ...]:
    """Return the steps of linking and assessing, in order."""
    tolls = ("incident", "numbered", "membership", "fold", "lineage", "toll", "grading", "assess_bad")
    return (
        Step("ranks", ("report",), link.ranked),
        Step("copies", ("twin", "copy", "reworded"), link.copied, ("sketch", "outline")),
        Step("tellings", ("original", "telling", "claim_telling", "telling_bad"), link.telling, ("twin",)),
        Step("pairs", ("pair", "pair_bad"), link.paired),
        Step("groups", ("grouped", "linked", "group_bad"), link.grouped, ("original", "claim_telling")),
        Step("weighing", ("described", "standing", "weigh_bad"), _weighed),
        Step("tolls", tolls, partial(_assessed, policies=policies)),
        Step("rejections", ("rejection",), link.rejected),
    )


def _weighed(engine: LargeEngine) -> None:
    link.heard(engine)
    link.weighed(engine)
    engine.drop("heard")


def _assessed(engine: LargeEngine, policies: Sequence[str | Policy]) -> None:
    link.heard(engine)
    link.assessed(engine, policies)
    engine.drop("heard")


def derive_at_large(
    engine: LargeEngine,
    reader: Reader,
    reports: str,
    out: str,
    policies: Sequence[str | Policy],
    progress: Progress,
    chunk: int = CHUNK,
) -> Outcome:
    """Derive everything from the reports under `reports` (schema REPORTS) into `out`; costs little where nothing is new.

    Leaves OUT/read (what reading gave, chunk by chunk) and OUT/tables (see TABLES), which changes all at once.
    """
    found = read_all(engine, reader, reports, out, progress, chunk)
    stamp = content_id(derivation_version(policies), reader.version, *(c.rpartition("/")[2] for c in found.chunks))
    for name, schema in (("claim", CLAIM), ("sketch", SKETCH), ("outline", SKETCH), ("credit", CREDIT)):
        engine.source(name, [f"{c}/{name}" for c in found.chunks], schema)
    engine.source("arrived", [f"{c}/report" for c in found.chunks], ARRIVED)
    engine.source("read_bad", [f"{c}/rejection" for c in found.chunks], REJECTION)
    fresh = stamp not in engine.names(f"{out}/tables")
    if fresh:
        _linked(engine, f"{out}/work/{stamp}", steps(policies), progress)
        _put(engine, out, stamp)
    tables = f"{out}/tables"
    engine.source("incident", [f"{tables}/incident"], INCIDENT)
    engine.source("rejection", [f"{tables}/rejection"], REJECTION)
    counts = {name: _count(engine, name) for name in ("arrived", "claim", "incident", "rejection")}
    return Outcome(found.read, counts["arrived"], counts["claim"], counts["incident"], counts["rejection"], fresh)


def _count(engine: LargeEngine, name: str) -> int:
    [(count,)] = engine.run(Query(f"select count(*) from {name}"))
    return int(count)


def _linked(engine: LargeEngine, work: str, todo: Sequence[Step], progress: Progress) -> None:
    """Run the steps; one whose tables are kept already is not run again."""
    for number, step in enumerate(todo, start=1):
        progress(step.name, number - 1, len(todo))
        at = f"{work}/{number}-{step.name}"
        if not {*step.makes} <= {*engine.names(at)}:
            engine.remove(at)
            step.work(engine)
            part = f"{work}/.{number}-{step.name}"
            engine.remove(part)
            for name in step.makes:
                engine.save(name, f"{part}/{name}")
            engine.move(part, at)
        for name in step.makes:
            engine.source(name, [f"{at}/{name}"], _SCHEMAS[name])
        for name in step.ends:
            engine.drop(name)
    progress("done", len(todo), len(todo))


def _put(engine: LargeEngine, out: str, stamp: str) -> None:
    """Put the tables of this run in place of those of the one before."""
    part, old = f"{out}/.tables.new", f"{out}/.tables.old"
    engine.remove(part)
    for name in TABLES:
        engine.save(name, f"{part}/{name}")
    engine.register("stamp", pa.table({"stamp": pa.array([stamp], pa.string())}))
    engine.save("stamp", f"{part}/{stamp}")
    engine.remove(old)
    if engine.names(f"{out}/tables"):
        engine.move(f"{out}/tables", old)
    engine.move(part, f"{out}/tables")
    engine.remove(old)
    engine.remove(f"{out}/work")
