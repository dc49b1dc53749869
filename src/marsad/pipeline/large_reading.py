"""Reports in Parquet, read a few days of print at a time: what a chunk gave lies in a folder that is there whole or not at all.

    OUT/read/VERSION/2014-11-01_2014-11-20/{claim,context,sketch,outline,credit,rejection,report}/*.parquet

A report is read once by each version of reading, however often and in whichever file it comes again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from marsad.model import Wrong
from marsad.model.ids import content_id
from marsad.model.schema import REJECTION, TEXT
from marsad.pipeline.run import BESIDE, Reader
from marsad.stage import LargeEngine, Query, shaped
from marsad.text.row_lines import ROW

ARRIVED = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("recorded_at", pa.string()),
    ]
)
"""A report without its words: who printed it when, and when it came in, as text that sorts."""

REPORTS = pa.schema([*TEXT, ARRIVED.field("recorded_at")])
"""What is read: texts, and when each came in; null where nobody noted it, which is then the day of print."""

CHUNK = 200_000
"""Reports read before what came of them is kept: what an interruption can cost."""

READ = ("claim", "context", *BESIDE, "rejection", "report")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """The folders of chunks that this version has read, and how many reports were read just now."""

    chunks: tuple[str, ...]
    read: int


def read_all(
    engine: LargeEngine, reader: Reader, reports: str, out: str, progress: Progress, chunk: int = CHUNK
) -> Found:
    """Read the reports under `reports` that this reader has not read; return where everything read lies.

    Raises Wrong where a report has no id.
    """
    at = f"{out}/read/{content_id(reader.version)}"
    engine.source("text", [reports], REPORTS)
    engine.source("done", [f"{at}/{name}/report" for name in engine.names(at)], ARRIVED)
    unread = dict(_unread(engine))
    total, read = sum(unread.values()), 0
    for days in _chunks(unread, chunk):
        name = _name(days, set(engine.names(at)))
        _take(engine, days)
        _read_chunk(engine, reader, lambda n, start=read: progress("read", min(total, start + n), total))  # type: ignore[misc]
        part = f"{at}/.{name}"
        engine.remove(part)
        for table in READ:
            engine.save(f"chunk_{table}", f"{part}/{table}")
        engine.move(part, f"{at}/{name}")
        read += sum(unread[day] for day in days)
        progress("read", read, total)
    for table in ("text", "done", "chunk", *(f"chunk_{name}" for name in READ)):
        engine.drop(table)
    return Found(tuple(f"{at}/{name}" for name in engine.names(at)), read)


_DAY = "coalesce(cast(t.published as string), 'undated')"
_NEW = "from text t left join done d on d.report_id = t.report_id where d.report_id is null"


def _unread(engine: LargeEngine) -> Iterator[tuple[str, int]]:
    """Yield the days of print on which reports came that were not read, with how many they are; undated ones last."""
    [(nameless,)] = engine.run(Query("select count(*) from text where report_id is null or text is null"))
    if nameless:
        remedy = "give every row a report_id and a text: docs/cluster.md says what a row is"
        raise Wrong("reports", f"{nameless:,} rows", "have no report_id or no text", remedy)
    rows = engine.run(Query(f"select {_DAY} as day, count(distinct t.report_id) as n {_NEW} group by 1 order by 1"))
    for day, count in rows:
        yield str(day), int(count)


def _chunks(unread: dict[str, int], size: int) -> Iterator[list[str]]:
    """Yield runs of days of about `size` reports; a day with more stands alone."""
    days: list[str] = []
    held = 0
    for day, count in unread.items():
        if days and (held + count > size or day == "undated"):
            yield days
            days, held = [], 0
        days.append(day)
        held += count
    if days:
        yield days


def _name(days: Sequence[str], taken: set[str]) -> str:
    base = days[0] if len(days) == 1 else f"{days[0]}_{days[-1]}"
    name, again = base, 1
    while name in taken:
        again += 1
        name = f"{base}+{again}"
    return name


def _take(engine: LargeEngine, days: Sequence[str]) -> None:
    first, last = days[0], days[-1]
    among = "t.published is null" if first == "undated" else f"t.published between date '{first}' and date '{last}'"
    texts = ", ".join(f'"{name}"' for name in TEXT.names)
    engine.run(
        Query(
            f"""select {texts}, coalesce(recorded_at, cast(published as string), '') as recorded_at from (
                    select t.*, row_number() over (partition by t.report_id order by t.recorded_at) as turn
                    {_NEW} and {among}) u where turn = 1""",
            "chunk",
        )
    )


def _read_chunk(engine: LargeEngine, reader: Reader, progress: Callable[[int], None]) -> None:
    """Make the tables chunk_claim … of the table `chunk`; rows of data sets are read for their claims alone."""
    prose = f"kind is null or kind <> '{ROW}'"
    done = 0

    def tell(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done)

    engine.progress = tell
    engine.apply_to(reader.stage, "chunk", "chunk_claim")
    engine.progress = None
    engine.apply_to(reader.context, "chunk", "chunk_context", where=prose)
    for name, stage in reader.beside.items():
        engine.apply_to(stage, "chunk", f"chunk_{name}", where=prose)
    refused = [f"select * from chunk_{name}_refused" for name in READ[:-2]]
    engine.run(Query(shaped(f"({' union all '.join(refused)}) r", REJECTION), "chunk_rejection"))
    for name in READ[:-2]:
        engine.drop(f"chunk_{name}_refused")
    engine.run(Query(shaped("chunk", ARRIVED), "chunk_report"))
