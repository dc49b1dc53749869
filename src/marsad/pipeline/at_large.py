"""Very many reports, from Parquet to Parquet, without an observatory: read, link and assess on this machine or on Spark.

Each step keeps what it made before the next one begins: started again, it goes on where it was. What people decided, where
reports come out of an observatory, is laid over it as a run of that observatory lays it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from marsad.assess.policy import Policy
from marsad.model import Decision
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
from marsad.model.schema_linking import BLOCK, GROUPED, LINKED, PAIR, PROPOSAL, RANGE, TELLING
from marsad.model.schema_state import LEAD, NUMBERED, WEIGHT
from marsad.pipeline import large_linking as link
from marsad.pipeline.derive import derivation_version
from marsad.pipeline.flattening import CLAIM_TELLING, STANDS
from marsad.pipeline.large_decided import People
from marsad.pipeline.large_doubts import doubted
from marsad.pipeline.large_reading import ARRIVED, CHUNK, Progress, read_all
from marsad.pipeline.run import Reader
from marsad.stage import LargeEngine, Query

TABLES = (
    *("copy", "reworded", "telling", "pair", "grouped", "linked", "fold", "lineage", "incident", "numbered"),
    *("membership", "toll", "grading", "proposal", "range", "lead", "weight", "rejection", "added"),
)
"""What comes out beside claims and contexts, which stay where reading put them; `added` are claims that people found."""

_ORIGINAL = pa.schema(
    [("claim_id", pa.string()), ("report_id", pa.string()), ("original", pa.string()), ("counts", pa.int64())]
)
_SCHEMAS: dict[str, pa.Schema] = {
    "added": CLAIM, "block": BLOCK, "lead": LEAD, "weight": WEIGHT, "proposal": PROPOSAL, "range": RANGE,
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


def steps(policies: Sequence[str | Policy], people: People) -> tuple[Step, ...]:
    """Return the steps of linking and assessing, in order."""

    def _with(work: Callable[[LargeEngine, People], None]) -> Callable[[LargeEngine], None]:
        return lambda engine: work(engine, people)

    tolls = ("incident", "numbered", "membership", "fold", "lineage", "toll", "grading", "assess_bad")
    return (
        Step("ranks", ("report",), link.ranked),
        Step("copies", ("twin", "copy", "reworded", "lead"), link.copied, ("sketch", "outline")),
        Step("tellings", ("original", "telling", "claim_telling", "telling_bad"), _with(link.telling), ("twin",)),
        Step("pairs", ("block", "pair", "weight", "pair_bad"), _with(link.paired)),
        Step("groups", ("grouped", "linked", "group_bad"), _with(link.grouped), ("original",)),
        Step("weighing", ("described", "standing", "weigh_bad"), _with(_weighed)),
        Step("tolls", tolls, partial(_assessed, people=people, policies=policies)),
        Step("doubts", ("proposal", "range"), partial(_doubted, people=people, policies=policies), ("block",)),
        Step("rejections", ("rejection", "added"), _with(_rejected)),
    )


def _weighed(engine: LargeEngine, people: People) -> None:
    link.heard(engine, people)
    link.weighed(engine)
    engine.drop("heard")


def _assessed(engine: LargeEngine, people: People, policies: Sequence[str | Policy]) -> None:
    link.heard(engine, people)
    link.assessed(engine, policies)
    engine.drop("heard")


def _doubted(engine: LargeEngine, people: People, policies: Sequence[str | Policy]) -> None:
    people.heard(engine)
    doubted(engine, people.decided, policies)


def _rejected(engine: LargeEngine, people: People) -> None:
    link.rejected(engine, people)
    engine.register("added", people.added)


def derive_at_large(
    engine: LargeEngine,
    reader: Reader,
    reports: str,
    out: str,
    policies: Sequence[str | Policy],
    progress: Progress,
    chunk: int = CHUNK,
    decisions: Sequence[Decision] = (),
) -> Outcome:
    """Derive everything from the reports under `reports` (schema REPORTS) into `out`; costs little where nothing is new.

    `decisions` are what people decided about these reports; they are held in memory, with the claims they concern.
    Leaves OUT/read (what reading gave, chunk by chunk) and OUT/tables (see TABLES), which changes all at once.
    """
    found = read_all(engine, reader, reports, out, progress, chunk)
    people = People(decisions)
    names = (c.rpartition("/")[2] for c in found.chunks)
    stamp = content_id(derivation_version(policies), reader.version, people.stamp, *names)
    for name, schema in (
        ("read_claim", CLAIM),
        ("claim", CLAIM),
        ("sketch", SKETCH),
        ("outline", SKETCH),
        ("credit", CREDIT),
    ):
        engine.source(name, [f"{c}/{name.removeprefix('read_')}" for c in found.chunks], schema)
    engine.source("arrived", [f"{c}/report" for c in found.chunks], ARRIVED)
    engine.source("read_bad", [f"{c}/rejection" for c in found.chunks], REJECTION)
    fresh = stamp not in engine.names(f"{out}/tables")
    if fresh:
        people.laid(engine)
        _linked(engine, f"{out}/work/{stamp}", steps(policies, people), progress)
        _put(engine, out, stamp)
    tables = f"{out}/tables"
    engine.source("incident", [f"{tables}/incident"], INCIDENT)
    engine.source("rejection", [f"{tables}/rejection"], REJECTION)
    counts = {name: _count(engine, name) for name in ("arrived", "read_claim", "incident", "rejection")}
    return Outcome(found.read, counts["arrived"], counts["read_claim"], counts["incident"], counts["rejection"], fresh)


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
