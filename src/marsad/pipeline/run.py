"""A run: read what is new, then link and assess, and put the outcome in place at once. Interrupted, it goes on later."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from marsad.context.knowing import KNOWING_CONTEXTS
from marsad.engines.local import LocalEngine
from marsad.extract.context_stage import context_reading
from marsad.extract.stage import extraction
from marsad.link.credits import CREDITS, crediting
from marsad.link.outline import OUTLINING
from marsad.link.related import Tie
from marsad.link.sketch import SKETCHING
from marsad.model import Claim, Context, Decision, DecisionKind, Report, ReportId, Text, Wrong
from marsad.model.rows import text_row
from marsad.model.schema import CLAIM, REJECTION, TEXT
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.channel_ties import ties_of
from marsad.pipeline.corrected import ADDED, added_claims
from marsad.pipeline.derive import Tables, derivation_version, derive
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.knowing import with_knowledge
from marsad.pipeline.methods import methods
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.renew import TooMuch, renew
from marsad.pipeline.spoken import speak
from marsad.stage import Engine, Rejection, RowStage
from marsad.store.derived import Derived
from marsad.store.kept import Reading
from marsad.text.gazetteer import Gazetteer
from marsad.text.row_lines import ROW

CHUNK = 1000
"""Reports read before their claims are stored: what an interruption can cost."""

FEW = 50
"""New reports, or decisions, up to which what they touch is looked for, or a fiftieth of the reports; beyond it, everything
is derived anew, which is quicker then."""

T = TypeVar("T")

BESIDE: dict[str, RowStage[Text, Any]] = {"sketch": SKETCHING, "outline": OUTLINING, "credit": CREDITS}
"""What is made of a report's text beside claims and contexts, table by table: by it, linking finds copies and agencies."""

NO_TIES: Mapping[str, Tie] = {}

_DERIVED_STAGES = (
    *("copy", "reworded", "fold", "lineage", "incident", "membership", "toll", "grading"),
    *("telling", "proposal", "range"),
    *("pair", "grouped", "linked", "lead", "numbered", "weight"),
)
_REDONE = ("text", "facets", "tellings", "blocks", "pairs", "groups", "weigh", "assess", "decide")
"""Stages whose rejections each run makes anew; those of extraction stay as long as what it read."""

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: reports read anew, claims and rejections they gave, and the incidents there are now.

    A report whose evidence cannot be read is rejected, is not counted as read, and is tried again by the next run.
    """

    read: int
    claims: int
    rejected: int
    incidents: int
    derived: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """How reports are read: the stages of extraction and context, and a version that changes with all that may change a row."""

    stage: RowStage[Text, Claim]
    context: RowStage[Text, Context]
    version: str
    beside: Mapping[str, RowStage[Text, Any]]

    @staticmethod
    def over(gazetteer: Path | None, tied: Mapping[str, Tie] = NO_TIES) -> "Reader":
        """Return the reader that looks places up in this gazetteer, in the one that marsad ships where None is given.

        `tied` says which outlets speak for others: a report of theirs that credits nobody is read as crediting those.
        """
        path = gazetteer or gazetteer_path()
        places_known = Gazetteer.open(path)
        stage, context = extraction(places_known), context_reading(places_known)
        with path.open("rb") as file:
            places = hashlib.file_digest(file, "sha256").hexdigest()[:16]
        stages = f"{stage.version};{context.name}-{context.version}"
        beside = {**BESIDE, "credit": crediting(tied)}
        stages += "".join(f";{made.name}-{made.version}" for made in beside.values())
        stages += f";{KNOWING_CONTEXTS.name}-{KNOWING_CONTEXTS.version}"
        return Reader(stage, context, f"{stages};places-{places}", beside)

    def read(self, engine: Engine, table: pa.Table, progress: Callable[[int], None] | None = None) -> Tables:
        """Return the claims, contexts, sketches, outlines, credits and rejections that a table of texts gives."""
        claims, refused = engine.apply(self.stage, table, progress)
        # Rows of a table are alike in their words without being copies, and say nothing beside their counts.
        table = table.filter(pc.fill_null(pc.not_equal(table.column("kind"), ROW), True))
        contexts, unread = engine.apply(self.context, table)
        made = {"claim": claims, "context": contexts}
        rejections = [refused, unread]
        for name, stage in self.beside.items():
            made[name], lost = engine.apply(stage, table)
            rejections.append(lost)
        return {**made, "rejection": pa.concat_tables(rejections)}


@contextmanager
def _places(progress: Progress, _name: str, _steps: int | None) -> Iterator[Callable[[], None]]:
    """Tell that lists of places are being laid over the gazetteer."""
    progress("places", 0, 1)
    yield lambda: None
    progress("places", 1, 1)


def _quiet(_what: str, _done: int, _of: int) -> None:
    """Show no progress."""


def run(
    observatory: Observatory,
    progress: Progress = _quiet,
    processes: int | None = None,
    gazetteer: Path | None = None,
    chunk: int = CHUNK,
    opened: Callable[[], AbstractContextManager[Engine]] | None = None,
) -> Outcome:
    """Extract, link and assess whatever is new, and return what was done; costs nothing when nothing is new.

    What a stage has read is stored with what came of it, chunk by chunk; tables of incidents and tolls change all at
    once. So a run may be stopped at any moment and simply started again. Places are looked up in the gazetteer that
    marsad ships, or in the file `gazetteer` in its place, with the observatory's own lists laid over it; `chunk` is how
    many reports are read before their claims are stored; `opened` opens another engine than the local one. While another
    run of the same observatory is under way, this one waits for it.
    """
    waited: list[bool] = []

    def waiting() -> None:
        waited.append(True)
        progress("turn", 0, 1)

    with observatory.turn(waiting):
        if waited:
            progress("turn", 1, 1)
        return _run(observatory, progress, processes, gazetteer, chunk, opened)


def _run(
    observatory: Observatory,
    progress: Progress,
    processes: int | None,
    gazetteer: Path | None,
    chunk: int,
    opened: Callable[[], AbstractContextManager[Engine]] | None,
) -> Outcome:
    reader = Reader.over(places_file(observatory, gazetteer, partial(_places, progress)), ties_of(observatory))
    version = derivation_version(methods(observatory))
    with observatory.kept(read_only=True) as kept, observatory.derived() as derived, kept.read() as reading:
        stamp = stamp_of(reading)
        _forget_other_versions(derived, reader.version)
        fresh = bool(list(derived.unread("derive", version, [stamp])))
        if not fresh and derived.count("reading") == reading.report_count() + 1:
            return Outcome(0, 0, 0, derived.count("incident"), derived=False)
        state = derived_until(derived, version)
        lost = _unreadable(derived)
        count = reading.report_count() - (state[0] if state else 0) + (len(lost) if state else 0)
        new = _Counted(_waiting(derived, reading, state), count, max(FEW, reading.report_count() // 50))
        with LocalEngine(processes) if opened is None else opened() as engine:
            read, claims, refused, bad = _read_new(observatory, derived, engine, reader, new, progress, chunk)
            if fresh or read or bad != lost:
                progress("link", 0, 1)
                if not _renewed(observatory, derived, engine, reading, new.few, state, bad, version, stamp):
                    _derive_all(observatory, derived, engine, reading, bad, version, stamp)
                progress("link", 1, 1)
                fresh = True
        return Outcome(read, claims, refused + len(bad), derived.count("incident"), fresh)


class _Counted:
    """Reports that wait to be read, `count` of them, each handed out once; `few` keeps them as long as there are few."""

    def __init__(self, reports: Iterable[Report], count: int, most: int) -> None:
        self._reports, self.count, self._most = reports, count, most
        self.few: list[Report] | None = []

    def __iter__(self) -> Iterator[Report]:
        for report in self._reports:
            if self.few is not None:
                self.few.append(report)
                if len(self.few) > self._most:
                    self.few = None
            yield report


def _waiting(derived: Derived, reading: Reading, state: tuple[int, int] | None) -> Iterator[Report]:
    """Yield the reports that came in since the last run ended, and those that it could not read; all if there was none."""
    yield from reading.reports(beyond=state[0] if state else 0)
    if state:
        yield from reading.reports_named(ReportId(row["record_id"]) for row in _unreadable(derived))


def _renewed(
    observatory: Observatory,
    derived: Derived,
    engine: Engine,
    reading: Reading,
    reports: Sequence[Report] | None,
    state: tuple[int, int] | None,
    bad: list[dict[str, Any]],
    version: str,
    stamp: ReportId,
) -> bool:
    """Put right what the new reports and decisions touch; return whether that was possible, else nothing is changed.

    `reports` is None where there are too many of them.
    """
    if state is None or reports is None:
        return False
    decisions = list(reading.decisions())
    if len(decisions) - state[1] > FEW:
        return False
    try:
        with derived.write():
            _lay_added(derived, decisions)
            ids = {report.report_id for report in reports}
            renew(engine, derived, reading, ids, decisions, state[1], methods(observatory))
            speak(derived, decisions)
            derived.renew("rejection", pa.Table.from_pylist(bad, schema=REJECTION), stage="text")
            _mark(derived, version, stamp)
    except TooMuch:
        return False
    return True


def _derive_all(
    observatory: Observatory,
    derived: Derived,
    engine: Engine,
    reading: Reading,
    bad: list[dict[str, Any]],
    version: str,
    stamp: ReportId,
) -> None:
    reports, decisions = list(reading.reports()), list(reading.decisions())
    with derived.write():
        _lay_added(derived, decisions)
    found, *beside = (derived.table(name) for name in ("claim", *BESIDE))
    tables = derive(engine, reports, found, beside[0], decisions, methods(observatory), *beside[1:])
    _put(derived, tables, bad, version, stamp, decisions)


def _lay_added(derived: Derived, decisions: Sequence[Decision]) -> None:
    """Put the claims that people added among those that were read; one that the machine reads by now stands already."""
    if not any(decision.kind is DecisionKind.ADD for decision in decisions):
        return
    rows = {row["claim_id"]: row for row in added_claims(decisions)}
    stored = derived.table("claim", claim_id=list(rows))
    for claim, rule in zip(*(stored.column(name).to_pylist() for name in ("claim_id", "rule")), strict=True):
        if rule != ADDED:
            del rows[claim]
    derived.renew("claim", pa.Table.from_pylist(list(rows.values()), schema=CLAIM), rule=ADDED)


def derived_until(derived: Derived, version: str | None = None) -> tuple[int, int] | None:
    """Return how many reports and decisions the stored tolls were made from, None if there are none yet.

    With `version`, None also if another version made them.
    """
    where = {} if version is None else {"version": version}
    marks = derived.table("reading", stage="derive", **where).column("report_id").to_pylist()
    if not marks:
        return None
    counts = str(marks[0]).split("+")
    if len(counts) != 2 or not all(n.isascii() and n.isdigit() for n in counts):
        raise Wrong("derived.db, reading", marks[0], "does not say what was derived", "run `marsad run`")
    return int(counts[0]), int(counts[1])


def stamp_of(reading: Reading) -> ReportId:
    """Return what names a state of what is kept: how many reports and decisions there were; none is ever removed."""
    return ReportId(f"{reading.report_count()}+{reading.count('decision')}")


def _read_new(
    observatory: Observatory,
    derived: Derived,
    engine: Engine,
    reader: Reader,
    reports: _Counted,
    progress: Progress,
    size: int,
) -> tuple[int, int, int, list[dict[str, Any]]]:
    """Read what this reader has not read; return how many reports, claims and rejections, and what could not be read."""
    read = claims = refused = done = 0
    unreadable: list[dict[str, Any]] = []
    for waiting in chunks(reports, size):
        known = {r.report_id: r for r in waiting}
        chunk = list(derived.unread(reader.stage.name, reader.version, known))
        skipped, total = len(waiting) - len(chunk), max(reports.count, done + len(waiting))
        done += skipped
        table, bad = texts_of(observatory, (known[i] for i in chunk))
        start, lost = done, {row["record_id"] for row in bad}
        made = reader.read(engine, table, lambda n, start=start, of=total: progress("read", start + n, of))  # type: ignore[misc]
        made = with_knowledge(engine, made, (known[i] for i in chunk), table)
        with derived.write():
            for name, rows in made.items():
                derived.put(name, rows)
            derived.mark_read(reader.stage.name, reader.version, [i for i in chunk if i not in lost])
        done += len(chunk)
        progress("read", done, total)
        read, claims, refused = (
            read + table.num_rows,
            claims + made["claim"].num_rows,
            refused + made["rejection"].num_rows,
        )
        unreadable += bad
    return read, claims, refused, sorted(unreadable, key=lambda row: row["record_id"])


def _unreadable(derived: Derived) -> list[dict[str, Any]]:
    """Return the rejections of reports whose evidence the last run could not read."""
    rows: list[dict[str, Any]] = derived.table("rejection", stage="text").to_pylist()
    return sorted(rows, key=lambda row: row["record_id"])


def _forget_other_versions(derived: Derived, version: str) -> None:
    """Clear what another version of reading left: rules changed, so every report is read again."""
    if derived.versions("extract") - {version}:
        derived.clear()


def texts_of(observatory: Observatory, reports: Iterable[Report]) -> tuple[pa.Table, list[dict[str, Any]]]:
    """Return the reports' texts as a table, and a rejection for each whose evidence cannot be read."""
    rows, bad = [], []
    for report in reports:
        try:
            rows += [text_row(text) for text in observatory.texts([report])]
        except Wrong as fault:
            bad.append(Rejection(report.report_id, "text", str(fault)).row())
    return pa.Table.from_pylist(rows, schema=TEXT), bad


def _put(
    derived: Derived,
    tables: Tables,
    bad: list[dict[str, Any]],
    version: str,
    stamp: ReportId,
    decisions: Sequence[Decision],
) -> None:
    """Put the new tables in place, keep the rejections of reading, and note what they were made from."""
    kept = [r for r in derived.table("rejection").to_pylist() if r["stage"] not in _REDONE]
    rejection = pa.concat_tables([pa.Table.from_pylist([*kept, *bad], schema=REJECTION), tables["rejection"]])
    with derived.write():
        derived.replace({**{name: tables[name] for name in _DERIVED_STAGES}, "rejection": rejection})
        speak(derived, decisions)
        _mark(derived, version, stamp)


def _mark(derived: Derived, version: str, stamp: ReportId) -> None:
    derived.forget_readings("derive")
    derived.mark_read("derive", version, [stamp])


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield the items in lists of `size`."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
