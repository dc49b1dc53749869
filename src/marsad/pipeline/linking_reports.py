"""Reports that people marked, linked as a run links them: end to end, and with their claims given."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.text_of import text_of
from marsad.engines.local import LocalEngine
from marsad.evaluate.guesses import guess_of
from marsad.evaluate.linked_marks import LinkedMark, linked_marks
from marsad.evaluate.linking import Linking, Weighed, judge_linking
from marsad.evaluate.pairs import compare
from marsad.extract.stage import extraction
from marsad.link.credits import CREDITS
from marsad.link.outline import OUTLINING
from marsad.link.sketch import SKETCHING
from marsad.link.weights import probability
from marsad.model import Claim, Report, ReportId, Sha256, Text, Wrong
from marsad.model.rows import claim_of, claim_row, text_row
from marsad.model.schema import CLAIM, SKETCH, TEXT
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.derive import derive
from marsad.pipeline.evaluate_reading import GOLD, lines_of, open_marked
from marsad.pipeline.given_claims import Known, given_claims, known_of
from marsad.stage import RowStage
from marsad.text.gazetteer import Gazetteer

FACTS, INCIDENTS = "facts.jsonl", "incidents.json"
_FORM = "docs/evaluating.md says what a folder for this holds"
_POLICY = ("ucdp",)
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""When the first report of a folder is taken to be recorded, the next one a second later: nothing hangs on it."""


@dataclass(frozen=True, slots=True)
class _Given:
    """Reports as kept, what was read in each, and what people marked, all in one order; `marked` are the tables sketches,
    outlines and credited of their texts, none where texts were not kept.
    """

    reports: Sequence[Report]
    marks: Sequence[Sequence[LinkedMark]]
    read: Sequence[Sequence[Claim]]
    marked: Mapping[str, pa.Table]

    @property
    def truth(self) -> dict[str, str]:
        """The incident of each mark that is of one."""
        return {mark.cid: mark.incident for marks in self.marks for mark in marks if mark.incident is not None}

    @property
    def dead(self) -> dict[str, int]:
        """The killed that each mark states, where it states any."""
        killed = (
            mark for marks in self.marks for mark in marks if mark.category == "killed" and mark.number is not None
        )
        return {mark.cid: mark.number or 0 for mark in killed}


def evaluate_marked(folder: Path, processes: int | None = None) -> tuple[list[Linking], dict[str, str]]:
    """Return how well the marked reports of a folder are linked: end to end, the found claims of that alone, given claims,
    and these with place and day where incidents.json has them; and, by cid, the origin of what was read where a mark is.

    Raises Wrong, naming file and line, for what is no such folder.
    """
    given = open_marked(folder)
    marks = {str(line["report_id"]): list(linked_marks(line, name)) for _, name, line in lines_of(folder / GOLD)}
    with LocalEngine(processes) as engine:
        kept = _read(engine, given.incoming, [marks[report.report_id] for report in given.reports])
        at, origin = _linked(engine, kept.reports, [claim for claims in kept.read for claim in claims], kept.marked)
        found, whose = {}, {}
        for report, of, claims in zip(given.reports, kept.marks, kept.read, strict=True):
            by_guess = {guess: claim for claim in claims if (guess := guess_of(claim)) is not None}
            pairs = compare(report, list(by_guess)).pairs
            cids = {(mark.start, mark.end): mark.cid for mark in of}
            for pair in pairs:
                if pair.mark is not None and pair.guess is not None:
                    cid = cids[pair.mark.start, pair.mark.end]
                    claim_id = by_guess[pair.guess].claim_id
                    found[cid] = at.get(claim_id, f"unlinked: {cid}")
                    if claim_id in origin:
                        whose[cid] = origin[claim_id]
        truth = kept.truth
        matched = {cid: incident for cid, incident in truth.items() if cid in found}
        linkings = [
            judge_linking("end to end", truth, found, kept.dead),
            judge_linking("claims found", matched, found, kept.dead),
            *_of_given(engine, kept, folder),
        ]
        return linkings, whose


def evaluate_facts(path: Path, processes: int | None = None) -> list[Linking]:
    """Return how well claims without a text are linked: known are only who printed them when, and what they say; and how
    well with place and day, where incidents.json beside the file has them.

    Raises Wrong, naming the line, for what is no such file.
    """
    reports, marks = [], []
    for n, (_, name, line) in enumerate(lines_of(path)):
        of = list(linked_marks(line, name))
        if not isinstance(line.get("outlet"), str):
            raise Wrong(f"{name}, outlet", line.get("outlet"), "is no name", "say who printed it")
        reports.append(report_of(str(line.get("id")), line["outlet"], day_of(line.get("published")), n))
        marks.append(of)
    with LocalEngine(processes) as engine:
        return _of_given(
            engine, _Given(reports, marks, [()] * len(reports), {"sketches": SKETCH.empty_table()}), path.parent
        )


def report_of(report_id: str, outlet: str, published: date | None, n: int) -> Report:
    """Return the n-th report of a folder as an observatory would keep it."""
    return Report(ReportId(report_id), Sha256(""), outlet, published, None, None, _FIRST + timedelta(seconds=n))


def day_of(words: object) -> date | None:
    """Return the day that words give, None where they give none, or only a month or a year."""
    try:
        return date.fromisoformat(str(words))
    except ValueError:
        return None


def _read(engine: LocalEngine, incoming: Mapping[str, Any], marks: Sequence[Sequence[LinkedMark]]) -> _Given:
    reports = [
        report_of(report_id, item.outlet, item.published, n) for n, (report_id, item) in enumerate(incoming.items())
    ]
    rows = []
    for report, item in zip(reports, incoming.values(), strict=True):
        text, _ = text_of(item.data, item.name)
        rows.append(text_row(Text(report.report_id, text, item.published, item.outlet, item.lang)))
    texts = pa.Table.from_pylist(rows, schema=TEXT)
    found, _ = engine.apply(extraction(Gazetteer.open(gazetteer_path())), texts)
    stages: dict[str, RowStage[Text, Any]] = {"sketches": SKETCHING, "outlines": OUTLINING, "credited": CREDITS}
    marked = {name: engine.apply(stage, texts)[0] for name, stage in stages.items()}
    claims: dict[str, list[Claim]] = {}
    for row in found.to_pylist():
        claims.setdefault(row["report_id"], []).append(claim_of(row))
    return _Given(reports, marks, [claims.get(report.report_id, []) for report in reports], marked)


def _linked(
    engine: LocalEngine, reports: Sequence[Report], claims: Sequence[Claim], marked: Mapping[str, pa.Table]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the code of each claim's incident, and its origin, after a run over reports and claims; what it compared stays
    on the engine.
    """
    table = pa.Table.from_pylist([claim_row(claim) for claim in claims], schema=CLAIM)
    made = derive(engine, reports, table, decisions=(), policies=_POLICY, **dict(marked))
    code = {row["incident_id"]: row["code"] for row in made["incident"].to_pylist()}
    at = {row["claim_id"]: code[row["incident_id"]] for row in made["membership"].to_pylist()}
    return at, {row["claim_id"]: row["origin"] for row in made["fold"].to_pylist()}


def _of_given(engine: LocalEngine, kept: _Given, folder: Path) -> list[Linking]:
    """Return how well given claims are linked, and what the probabilities of their pairs are worth."""
    out = [_given(engine, kept, "given claims", {})]
    known = known_in(folder / INCIDENTS)
    if known:
        out.append(_given(engine, kept, "place, day given", known))
    return out


def _given(engine: LocalEngine, kept: _Given, name: str, known: Mapping[str, Known]) -> Linking:
    claims: dict[str, Claim] = {}
    for report, marks, read in zip(kept.reports, kept.marks, kept.read, strict=True):
        claims.update(given_claims(report.report_id, marks, read, known))
    at, _ = _linked(engine, kept.reports, list(claims.values()), kept.marked)
    found = {cid: at[claim.claim_id] for cid, claim in claims.items() if claim.claim_id in at}
    truth = kept.truth
    return judge_linking(name, truth, found, kept.dead, _weighed(engine, claims, truth))


def known_in(path: Path) -> dict[str, Known]:
    """Return where and when the incidents were that incidents.json names; nothing without that file."""
    if not path.is_file():
        return {}
    try:
        listed = json.loads(path.read_bytes())
    except ValueError as fault:
        raise Wrong(path.name, None, f"is no JSON ({str(fault)[:80]})", _FORM) from fault
    if not isinstance(listed, list) or not all(isinstance(each, dict) and "id" in each for each in listed):
        raise Wrong(path.name, None, "is no list of objects with an id", _FORM)
    return {str(each["id"]): known_of(each) for each in listed}


def _weighed(engine: LocalEngine, claims: Mapping[str, Claim], truth: Mapping[str, str]) -> list[Weighed]:
    """Return the compared pairs of tellings, each named by a mark of it, with their probabilities."""
    cids = {claim.claim_id: cid for cid, claim in claims.items()}
    spoken: dict[str, list[str]] = {}
    for row in engine.table("claim_telling").to_pylist():
        spoken.setdefault(row["telling_id"], []).append(cids[row["claim_id"]])
    named = {telling: next((cid for cid in of if cid in truth), of[0]) for telling, of in spoken.items()}
    return [
        (named[row["a"]], named[row["b"]], probability(row["log_odds"])) for row in engine.table("pair").to_pylist()
    ]
