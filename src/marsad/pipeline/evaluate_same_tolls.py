"""Marked folders, their tolls after linking against those after perfect linking: with claims given, and read from texts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from marsad.collect.text_of import text_of
from marsad.engines.local import LocalEngine
from marsad.evaluate.guesses import guess_of
from marsad.evaluate.linked_marks import LinkedMark, linked_marks
from marsad.evaluate.pairs import compare
from marsad.model import Claim, Report, Text, Wrong
from marsad.model.rows import claim_of, claim_row, text_row
from marsad.model.schema import CLAIM, SKETCH, TEXT
from marsad.pipeline.evaluate_assessing import SameTolls, same_tolls
from marsad.pipeline.evaluate_reading import GOLD, lines_of, open_marked
from marsad.pipeline.given_claims import given_claims
from marsad.pipeline.linking_reports import FACTS, INCIDENTS, day_of, known_in, report_of
from marsad.pipeline.run import Reader

_ByReport = dict[str, tuple[Sequence[LinkedMark], Sequence[Claim]]]
"""What was marked and what was read in each report."""


def evaluate_same_tolls(folder: Path, processes: int | None = None) -> list[tuple[str, SameTolls]]:
    """Return, under a name each, for how many incidents of a folder linking gives the tolls of perfect linking.

    A folder may hold reports.jsonl with gold.jsonl (claims as read, and claims given with and without place and day), or
    facts.jsonl. Raises Wrong, naming file and line, for what is no such folder.
    """
    out = []
    if (folder / GOLD).exists():
        out += _marked(folder, processes)
    if (folder / FACTS).exists():
        out += _facts(folder, processes)
    if not out:
        raise Wrong(str(folder), None, f"holds neither {GOLD} nor {FACTS}", "docs/evaluating.md says what it may hold")
    return out


def _marked(folder: Path, processes: int | None) -> list[tuple[str, SameTolls]]:
    given = open_marked(folder)
    marks = {str(line["report_id"]): list(linked_marks(line, name)) for _, name, line in lines_of(folder / GOLD)}
    reports = [report_of(i, item.outlet, item.published, n) for n, (i, item) in enumerate(given.incoming.items())]
    rows = []
    for report, item in zip(reports, given.incoming.values(), strict=True):
        text, _ = text_of(item.data, item.name)
        rows.append(text_row(Text(report.report_id, text, item.published, item.outlet, item.lang)))
    with LocalEngine(processes) as engine:
        made = Reader.over(None).read(engine, pa.Table.from_pylist(rows, schema=TEXT))
        read: dict[str, list[Claim]] = {}
        for row in made["claim"].to_pylist():
            read.setdefault(row["report_id"], []).append(claim_of(row))
        truth: dict[str, str] = {}
        for marked in given.reports:
            mine = read.get(marked.report_id, [])
            by_guess = {guess: claim for claim in mine if (guess := guess_of(claim)) is not None}
            incident = {(m.start, m.end): m.incident for m in marks[marked.report_id]}
            for pair in compare(marked, list(by_guess)).pairs:
                if pair.mark is not None and pair.guess is not None:
                    of = incident[pair.mark.start, pair.mark.end]
                    if of is not None:
                        truth[by_guess[pair.guess].claim_id] = of
        out = [("claims read", same_tolls(engine, reports, made["claim"].sort_by("claim_id"), made, truth))]
        by_report: _ByReport = {str(r.report_id): (marks[r.report_id], read.get(r.report_id, [])) for r in reports}
        return out + _of_given(engine, reports, by_report, made, folder)


def _facts(folder: Path, processes: int | None) -> list[tuple[str, SameTolls]]:
    reports: list[Report] = []
    by_report: _ByReport = {}
    for n, (_, name, line) in enumerate(lines_of(folder / FACTS)):
        report = report_of(str(line.get("id")), str(line.get("outlet")), day_of(line.get("published")), n)
        reports.append(report)
        by_report[report.report_id] = (list(linked_marks(line, name)), list[Claim]())
    with LocalEngine(processes) as engine:
        return _of_given(engine, reports, by_report, {"sketch": SKETCH.empty_table()}, folder)


def _of_given(
    engine: LocalEngine,
    reports: Sequence[Report],
    by_report: _ByReport,
    made: Mapping[str, pa.Table],
    folder: Path,
) -> list[tuple[str, SameTolls]]:
    out = []
    for name, known in (("claims given", {}), ("place, day given", known_in(folder / INCIDENTS))):
        if name != "claims given" and not known:
            continue
        claims: list[Claim] = []
        truth: dict[str, str] = {}
        for report in reports:
            marks, read = by_report[report.report_id]
            incident = {m.cid: m.incident for m in marks}
            for cid, claim in given_claims(report.report_id, marks, read, known):
                claims.append(claim)
                if (of := incident[cid]) is not None:
                    truth[claim.claim_id] = of
        table = pa.Table.from_pylist([claim_row(c) for c in claims], schema=CLAIM).sort_by("claim_id")
        out.append((name, same_tolls(engine, reports, table, made, truth)))
    return out
