"""Every stage gives the same rows wherever it runs: row by row, in batches, in processes, on two SQL engines."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from many import many
from second_engine import SqliteEngine
from small_world import MONITORS, OUTLETS, TOWNS, Story, ground_file, killed
from told import TUESDAY

from marsad.assess.stage import assessment
from marsad.engines.local import LocalEngine, pack, unpack
from marsad.extract.context_stage import context_reading
from marsad.extract.stage import extraction
from marsad.link.components import components
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.credits import CREDITS
from marsad.link.describe import WEIGHING
from marsad.link.facets import FACETS
from marsad.link.outline import OUTLINING
from marsad.link.reworded import REWORDING
from marsad.link.sketch import SKETCHING
from marsad.link.stages import BLOCKS, GROUPS, pairing
from marsad.link.tellings import TELLINGS
from marsad.link.weights import default_weights
from marsad.model.rows import claim_row, text_row
from marsad.model.schema import CLAIM, SKETCH, TEXT
from marsad.pipeline.derive import derive
from marsad.pipeline.linking import link
from marsad.stage import Engine, Rejection, RowStage, drive, run_table
from marsad.text.gazetteer import Gazetteer

ROWS = 700
"""Enough for the local engine to start its processes."""

SOME = 150
"""Enough for batches of one, seven and 64 to end in the midst of one; the ninth report cannot be read."""


_AFTERWORDS = (
    "",
    "\nWith AFP",
    " Then came Mr Vale, Ms Reed, Mr Ash, Ms Lake, Mr Hill and Ms Fen, who met 14 men, 15 boys and 16 girls of Mr Vale.",
)
"""What some reports go on to say, for stages that look for agencies and names."""


def texts() -> pa.Table:
    """Return reports of the small country, one of them in a language nobody reads, one without words."""
    dice = random.Random(4)  # noqa: S311 - the same reports every time
    rows = []
    for n in range(ROWS):
        day = TUESDAY + timedelta(dice.randrange(20))
        monitor = dice.choice([None, *MONITORS])
        story = Story(
            dice.choice(OUTLETS), day, killed(dice.choice(TOWNS), day, dice.randrange(1, 40), monitor, f"{n}.")
        )
        report = story.report()
        rows.append(
            {
                "report_id": report.report_id,
                "text": "" if n == 5 else story.text + _AFTERWORDS[n % 3],
                "published": report.published,
                "outlet": report.outlet,
                "lang": "xx" if n == 9 else report.lang,
            }
        )
    return pa.Table.from_pylist(rows, schema=TEXT)


class Asked(LocalEngine):
    """The local engine, keeping what each row stage was asked to read."""

    def __init__(self) -> None:
        super().__init__(1, threads=1)
        self.asked: dict[str, tuple[RowStage[Any, Any], pa.Table]] = {}

    def apply(self, stage: RowStage[Any, Any], table: pa.Table, progress: Any = None) -> tuple[pa.Table, pa.Table]:
        """Note the stage and its input, and apply it."""
        self.asked[stage.name] = stage, table
        return super().apply(stage, table, progress)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[RowStage[Any, Any], pa.Table]]]:
    """Each row stage with rows to read: those that a derivation of many reports hands it."""
    made = many(1, ROWS)
    claims = pa.Table.from_pylist([claim_row(c) for c in made.claims], schema=CLAIM)
    engine = Asked()
    with engine:
        told = pa.Table.from_pylist([text_row(t) for t in made.texts], schema=TEXT)
        sketches, _ = engine.apply(SKETCHING, told)
        derive(engine, made.reports, claims, sketches, [], ["airwars", "ucdp"])
        engine.apply(OUTLINING, texts())
        engine.apply(CREDITS, texts())
        ground = Gazetteer.open(ground_file(tmp_path_factory.mktemp("small")))
        beside = (context_reading(ground), texts())
        yield {**engine.asked, "extract": (extraction(ground), texts()), "context": beside}


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, LocalEngine]]:
    """The local engine in this process, and with two more."""
    with LocalEngine(1, threads=1) as one, LocalEngine(2, threads=1) as two:
        yield {"one": one, "two": two}


_LONG, SHORT = ("tellings", "pairs"), 11
LINKS = (TELLINGS.name, BLOCKS.name, pairing(default_weights()).name, GROUPS.name)
NAMES: tuple[str, ...] = ("extract", "context", SKETCHING.name, OUTLINING.name, CREDITS.name, FACETS.name, *LINKS)
NAMES += (WEIGHING.name, assessment(["ucdp"]).name)


def _light(table: pa.Table) -> pa.Table:
    """Return the rows with the beginnings of their lists: a block of a hundred tellings shows no more than one of ten."""
    for n, field in enumerate(table.schema):
        if pa.types.is_nested(field.type) and field.name in _LONG:
            short = pa.compute.list_slice(table.column(field.name), 0, SHORT)
            table = table.set_column(n, field, short.cast(field.type))
    return table


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_row_stage_gives_the_same_everywhere(
    name: str, inputs: dict[str, tuple[RowStage[Any, Any], pa.Table]], engines: dict[str, LocalEngine]
) -> None:
    """Row by row, in batches of one, seven and 64, in one process and in two: the same rows, the same rejections."""
    stage, table = inputs[name]
    table = pa.concat_tables([_light(table)] * (ROWS // table.num_rows + 1))
    results = list(stage.rows(table.to_pylist()))
    shape = pa.Table.from_pylist([stage.write(r) for r in results if not isinstance(r, Rejection)], schema=stage.writes)
    good, bad = shape.to_pylist(), [r.row() for r in results if isinstance(r, Rejection)]
    assert good
    assert [t.to_pylist() for t in engines["two"].apply(stage, table)] == [good, bad]
    some = table.slice(0, SOME)
    few = [t.to_pylist() for t in engines["one"].apply(stage, some)]
    assert few[0] == good[: len(few[0])]
    assert few[1] == bad[: len(few[1])]
    assert len(few[0]) > 0
    for size in (1, 7, 64):
        out = pa.Table.from_batches(list(stage.batches(some.to_batches(max_chunksize=size))), schema=stage.emits)
        assert [t.to_pylist() for t in stage.split(out)] == few


def test_processes_were_used(
    inputs: dict[str, tuple[RowStage[Any, Any], pa.Table]], engines: dict[str, LocalEngine]
) -> None:
    """With two processes and this many rows the work really leaves the process, and progress is told of every row."""
    stage, table = inputs["extract"]
    told: list[int] = []
    engines["two"].apply(stage, table, told.append)
    assert engines["two"].started(stage)
    assert not engines["one"].started(stage)
    assert sum(told) == table.num_rows


def test_many_batches_come_back_in_order(engines: dict[str, LocalEngine]) -> None:
    """More batches than wait at once: outputs stay in the order of the input."""
    rows = [{"report_id": f"r{n:05}", "text": f"report {n}", "lang": "en"} for n in range(5000)]
    good, _ = engines["two"].apply(SKETCHING, pa.Table.from_pylist(rows, schema=TEXT))
    ids = good.column("report_id").to_pylist()
    assert ids == sorted(ids)
    assert len(set(ids)) == 5000


def test_a_batch_travels_without_the_table_it_is_a_slice_of() -> None:
    """What a process is sent grows with its batch, not with the table; it comes back as it was."""
    rows = [{"key": str(n), "rows": [{"text": f"row {n}-{k}" * 5} for k in range(20)]} for n in range(2000)]
    table = pa.Table.from_pylist(rows)
    first, *_ = table.to_batches(max_chunksize=100)
    assert unpack(pack(first)).equals(first)
    assert len(pack(first)) < table.nbytes / 10


def linked(engine: Engine, seed: int, shuffled: int) -> dict[str, list[dict[str, Any]]]:
    """Return the outcome of every table stage for many reports, their rows handed over in some order."""
    made = many(seed, 160)
    dice = random.Random(shuffled)  # noqa: S311 - the same order every time
    claims = dice.sample(made.claims, len(made.claims))
    ranked = sorted(made.reports, key=lambda r: (r.published, r.recorded_at))
    report = [
        {
            "report_id": r.report_id,
            "rank": n,
            "outlet": r.outlet,
            "published": r.published,
            "day": r.published.toordinal() if r.published else None,
        }
        for n, r in enumerate(ranked)
    ]
    facets = [FACETS.write(f) for c in claims for f in FACETS.function(c) if not isinstance(f, Rejection)]
    marks = [SKETCHING.write(m) for t in made.texts for m in SKETCHING.function(t) if not isinstance(m, Rejection)]
    engine.register("report", pa.Table.from_pylist(dice.sample(report, len(report))))
    engine.register("sketch", pa.Table.from_pylist(dice.sample(marks, len(marks)), schema=SKETCH))
    facet = pa.Table.from_pylist(facets, schema=FACETS.writes)
    engine.register("facet", facet)
    engine.register("said", facet)
    out = {"twin": run_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")}
    out["near"] = run_table(NEAR, engine, {"sketch": "sketch", "report": "report", "twin": "twin"}, "near")
    families = drive(components("near", "family"), engine)
    tables = {"report": "report", "twin": "twin", "labels": families}
    out["copy"] = run_table(FAMILIES, engine, tables, "copy")
    outlined = [
        {"report_id": r.report_id, "mark": 1000 * (n // 3) + k + (n % 3)}
        for n, r in enumerate(made.reports)
        for k in range(12)
    ]
    engine.register("outline", pa.Table.from_pylist(dice.sample(outlined, len(outlined)), schema=SKETCH))
    out["reworded"] = run_table(REWORDING, engine, {name: name for name in REWORDING.reads}, "reworded")
    assert out["reworded"].num_rows
    found = link(engine, default_weights())
    out |= {"telling": found.telling, "pair": found.pair, "grouped": found.grouped, "linked": found.linked}
    return {name: sorted(table.to_pylist(), key=str) for name, table in out.items()}


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_table_stages_give_the_same_on_every_engine_in_any_order(seed: int) -> None:
    """DuckDB and SQLite link many reports alike, in whatever order they get the rows, and something of each kind is there."""
    lite = SqliteEngine()
    with LocalEngine(1, threads=1) as duck:
        first = linked(duck, seed, 1)
        assert linked(duck, seed, 2) == first
        assert linked(lite, seed, 3) == first
    lite.close()
    assert all(first.values())
    assert any(row["of"] for row in first["linked"])
    assert any(row["sure"] != row["plausible"] for row in first["grouped"])


@pytest.mark.long
def test_the_whole_derivation_gives_the_same_on_every_engine() -> None:
    """From claims to tolls on SQLite, row by row what DuckDB gives."""
    lite = SqliteEngine()
    made = many(6, 200)
    first, again = made.derived(), made.derived(engine=lite)
    lite.close()
    assert first["toll"].num_rows > 100
    assert all(again[name].equals(first[name]) for name in first)


def test_every_claim_is_in_one_incident_at_most() -> None:
    """Linking names no claim twice, and forgets none that speaks of harm in a report that tells of an incident."""
    with LocalEngine(1, threads=1) as duck:
        rows = linked(duck, 5, 1)["linked"]
    ids = [row["claim_id"] for row in rows]
    assert len(ids) == len(set(ids))
    made = many(5, 160)
    facets = {c.claim_id: f for c in made.claims for f in FACETS.function(c) if not isinstance(f, Rejection)}
    telling = {f.report_id for f in facets.values() if f.counts}
    assert {f.claim_id for f in facets.values() if f.report_id in telling} == set(ids)


@pytest.mark.long
def test_the_gazetteer_travels_as_a_path(tmp_path: Path) -> None:
    """A stage of extraction reaches other processes with its gazetteer, which they open for themselves."""
    with LocalEngine(2, threads=1) as engine:
        stage = extraction(Gazetteer.open(ground_file(tmp_path)))
        good, _ = engine.apply(stage, texts())
        assert engine.started(stage)
    assert {row["place_name"] for row in good.to_pylist()} <= set(TOWNS)
