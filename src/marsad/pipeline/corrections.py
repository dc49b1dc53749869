"""What reviewers decided, as marks: the form in which readers are taught and judged (`marsad evaluate reading`)."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.evaluate.guesses import guess_of
from marsad.evaluate.marks import VICTIM_TYPES
from marsad.model import Claim, Decision, DecisionKind, Modality, Report, ReportId, Text, Wrong
from marsad.model.rows import claim_of
from marsad.pipeline.decided import decided_on
from marsad.pipeline.evaluate_reading import GOLD, REPORTS
from marsad.pipeline.observatory import Observatory

JUDGED = frozenset({DecisionKind.ACCEPT, DecisionKind.CORRECT, DecisionKind.REJECT, DecisionKind.ADD})
"""Decisions by which somebody says what a claim is."""

_STATUS = {Modality.REPORTED: "asserted", Modality.HYPOTHETICAL: "unknown"}


@dataclass(frozen=True, slots=True)
class Written:
    """`reports` were written with so many `marks` and `decoys`; of `unfinished` ones some claim was judged, but not all."""

    reports: int
    marks: int
    decoys: int
    unfinished: int


def write_corrections(
    observatory: Observatory, out: Path, hidden: frozenset[str] = frozenset(), partly: bool = False
) -> Written:
    """Write every report whose claims were all judged into the folder `out`, as reports.jsonl and gold.jsonl.

    `partly` takes also those of which some claims were judged, with what the machine read standing for the rest: fit to
    look at, not to judge a reader by. `hidden` reports are left out. Raises Wrong where `out` is there already.
    """
    if out.exists():
        raise Wrong(str(out), None, "exists already", "name a new folder")
    lines, counts, unfinished = [], [0, 0], 0
    for report, text, claims, by_claim in _reviewed(observatory):
        if report.report_id in hidden:
            continue
        whole = all(claim.claim_id in by_claim for claim in claims)
        unfinished += not whole
        if whole or partly:
            line = gold_line(text, claims, by_claim)
            lines.append((report_line(report, text), line))
            counts = [counts[0] + len(line["claims"]), counts[1] + len(line["decoys"])]
    beside = out.with_name(f".{out.name}.part")
    beside.mkdir(mode=0o700)
    for name, turn in ((REPORTS, 0), (GOLD, 1)):
        told = "".join(json.dumps(pair[turn], ensure_ascii=False) + "\n" for pair in lines)
        with os.fdopen(os.open(beside / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(told)
    beside.rename(out)
    return Written(len(lines), counts[0], counts[1], unfinished)


def report_line(report: Report, text: Text) -> dict[str, Any]:
    """Return a line of reports.jsonl."""
    published = report.published.isoformat() if report.published else None
    told = {"id": report.report_id, "outlet": report.outlet, "published": published, "lang": report.lang}
    return {name: value for name, value in {**told, "text": text.text}.items() if value is not None}


def gold_line(text: Text, claims: Sequence[Claim], by_claim: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """Return a line of gold.jsonl: claims as people left them as marks, those they rejected as decoys.

    `by_claim` says by id what was decided on a claim. A claim of what nobody marks (detained, population) is left out.
    """
    marks, decoys = [], []
    for claim in sorted(claims, key=lambda c: (c.start, c.end, c.claim_id)):
        span = {"start": claim.start, "end": claim.end, "text": text.text[claim.start : claim.end]}
        if DecisionKind.REJECT.value in by_claim.get(claim.claim_id, ()):
            decoys.append({**span, "reason": "rejected"})
        elif (mark := _mark(claim)) is not None:
            marks.append({**span, **mark})
    hard = "rejected" if decoys and not marks else None
    return {"report_id": text.report_id, "claims": marks, "decoys": decoys, "hard_negative": hard}


def _mark(claim: Claim) -> dict[str, Any] | None:
    guess = guess_of(claim)
    if guess is None:
        return None
    victims = guess.victim_type if guess.victim_type in VICTIM_TYPES else "unknown"
    return {
        "low": guess.low,
        "high": guess.high,
        "category": guess.category,
        "victim_type": victims,
        "attribution": guess.attribution,
        "vague": guess.vague,
        "scope": guess.scope,
        "status": _STATUS.get(claim.modality, claim.modality.value),
    }


def _reviewed(
    observatory: Observatory,
) -> Iterator[tuple[Report, Text, list[Claim], dict[str, frozenset[str]]]]:
    """Yield every report on whose claims somebody decided, with its claims as people left them, and what was decided."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        by_report: dict[str, list[Decision]] = {}
        for decision in reading.decisions():
            if decision.kind in JUDGED:
                by_report.setdefault(decision.anchor.partition(":")[0], []).append(decision)
        reports = {str(r.report_id): r for r in reading.reports_named(map(ReportId, sorted(by_report)))}
    with observatory.derived(read_only=True) as derived:
        for report_id, decisions in sorted(by_report.items()):
            report = reports[report_id]
            decided = decided_on(derived.table("claim", report_id=report_id), decisions)
            judged = {claim: frozenset(kinds) for claim, kinds in decided.by_claim.items()}
            if not judged:  # everything was taken back
                continue
            [text] = observatory.texts([report])
            yield report, text, [claim_of(row) for row in decided.claims.to_pylist()], judged
