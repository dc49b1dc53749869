"""A small country with a war: five towns in a gazetteer, and reports composed of plain sentences about what happens there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from marsad.collect.incoming import Incoming
from marsad.engines.local import LocalEngine
from marsad.extract.stage import extraction
from marsad.link.credits import CREDITS
from marsad.link.outline import OUTLINING
from marsad.link.sketch import SKETCHING
from marsad.model import Decision, Report, ReportId, Sha256, Text
from marsad.model.rows import text_row
from marsad.model.schema import TEXT
from marsad.pipeline.derive import Tables, derive
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.preserve.vault import sha256_of
from marsad.stage import Engine, RowStage
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch

TOWNS = ("Duma", "Zabadani", "Saraqib", "Nawa", "Raqqa")
OUTLETS = ("The Harbour Daily", "Gulf Gate", "Weekly Digest", "World Desk", "Evening Dispatch")
MONITORS = (
    "the Syrian Observatory for Human Rights",
    "the Syrian Network for Human Rights",
    "Amnesty International",
    "Human Rights Watch",
)
NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)
POLICIES = ("airwars", "ucdp")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ground_batch() -> pa.RecordBatch:
    """Return the gazetteer of the small country as a file holds it."""
    sites = [
        Site(
            f"gn:{k}", name, None, "SY", "South" if k < 2 else "North", 33.0 + k, 36.0 + k, "city", 200_000, 1, (), True
        )
        for k, name in enumerate(TOWNS)
    ]
    country = Site("iso:SY", "Syria", "سوريا", "SY", None, 35.0, 38.5, "country", 20_000_000, 6, (), True)
    return gazetteer_batch([*sites, country], {"Syria": "SY", "Syrian": "SY"})


def ground() -> Gazetteer:
    """Return the gazetteer of the small country."""
    return Gazetteer(ground_batch())


def ground_file(folder: Path) -> Path:
    """Write the gazetteer to a file in the folder; return its path."""
    path = folder / "small.arrow"
    batch = ground_batch()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return path


@dataclass(frozen=True)
class Story:
    """What an outlet prints on a day."""

    outlet: str
    published: date
    text: str

    def incoming(self) -> Incoming:
        """Return the story as it reaches an observatory."""
        return Incoming("story", self.text.encode(), self.outlet, self.published, lang="en")

    def report(self, recorded_at: datetime = NOW) -> Report:
        """Return the report that an observatory makes of it."""
        sha = Sha256(sha256_of(self.text.encode()))
        report_id = Report.identity(sha, self.outlet, self.published, None)
        return Report(report_id, sha, self.outlet, self.published, "en", None, recorded_at)


def killed(town: str, day: date, number: int, monitor: str | None = None, tail: str = "") -> str:
    """Return a sentence that so many people were killed by air strikes in this town on this day."""
    said = f", {monitor} said" if monitor else ""
    weekday = f"{_WEEKDAYS[day.weekday()]}, {day.day} {day:%B} {day.year}"
    return f"Government air strikes killed {number} people in the Syrian town of {town} on {weekday}{said}. {tail}"


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A report of one day in one town: a number, perhaps a source, civilians, wounded, children, a running total."""
    town, number = draw(st.sampled_from(TOWNS)), draw(st.integers(1, 60))
    day = date(2014, 11, 20) + timedelta(draw(st.integers(0, 4)))
    monitor = draw(st.none() | st.sampled_from(MONITORS))
    tails = [
        f"At least {draw(st.integers(1, number))} of the dead were civilians.",
        "More than half of the dead were civilians.",
        f"Another {draw(st.integers(1, 90))} people were wounded.",
        f"{draw(st.integers(2, 9))} children were among the dead.",
        "It was not known how many fighters were killed.",
        "The war has killed more than 195,000 people since March 2011.",
        "Residents said a market was hit.",
        f"Two days later {draw(st.integers(3, 9))} people were killed in {draw(st.sampled_from(TOWNS))}.",
    ]
    chosen = draw(st.lists(st.sampled_from(tails), max_size=3, unique=True))
    published = day + timedelta(draw(st.integers(0, 3)))
    return Story(draw(st.sampled_from(OUTLETS)), published, killed(town, day, number, monitor, " ".join(chosen)))


def derived(
    given: Sequence[tuple[Story, datetime]], engine: Engine, decisions: Iterable[Decision] = (), batch: int = 256
) -> Tables:
    """Return claims and everything derived from the stories, each received at its time, read in batches of this size."""
    reports = [story.report(at) for story, at in given]
    texts = [
        Text(r.report_id, story.text, r.published, r.outlet, r.lang)
        for r, (story, _) in zip(reports, given, strict=True)
    ]
    table = pa.Table.from_pylist([text_row(text) for text in texts], schema=TEXT)
    stage = extraction(ground())
    claims, refused = _in_batches(stage, table, batch)
    sketches, *beside = (_in_batches(made, table, batch)[0] for made in (SKETCHING, OUTLINING, CREDITS))
    tables = derive(engine, reports, claims, sketches, decisions, POLICIES, *beside)
    return {"claim": claims, "refused": refused, **tables}


def _in_batches(stage: RowStage[Any, Any], table: pa.Table, size: int) -> tuple[pa.Table, pa.Table]:
    out = list(stage.batches(table.to_batches(max_chunksize=size)))
    good, bad = stage.split(pa.Table.from_batches(out, schema=stage.emits))
    key = "claim_id" if "claim_id" in good.schema.names else "report_id"
    return good.sort_by(key), bad


def alone(given: Sequence[Story], at: datetime = NOW) -> Tables:
    """Return what is derived from the stories in one process, all received at once."""
    with LocalEngine(1, threads=1) as engine:
        return derived([(story, at) for story in given], engine)


def different(given: Iterable[Story]) -> list[Story]:
    """Return the stories, each report once."""
    return list({story.report().report_id: story for story in given}.values())


def reprint(story: Story, outlet: str, later: int) -> Story:
    """Return the story as another outlet prints it, some days later."""
    return replace(story, outlet=outlet, published=story.published + timedelta(later))


def receive(observatory: Observatory, given: Iterable[Story], now: datetime) -> list[ReportId]:
    """Keep the stories in an observatory, received at this time; return their ids."""
    with observatory.kept() as kept:
        receipts = WriteService(kept, observatory.vault, bytes).receive([s.incoming() for s in given], now)
    return [receipt.report_id for receipt in receipts]
