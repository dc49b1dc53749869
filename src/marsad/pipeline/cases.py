"""Cases: incidents with everything that bears on them, put together from the derived tables and the kept texts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from marsad.model import Case, Category, Finding, Grade, LinkRange, Measure, Report, ReportId, Role, Step
from marsad.model.rows import claim_of, fold_of, hand_of, incident_of, toll_of
from marsad.pipeline.again import derived_on
from marsad.pipeline.dockets import incident_row, no_such_incident
from marsad.pipeline.observatory import Observatory
from marsad.text.sentences import sentences

SENTENCE = 400
"""Characters of a sentence that a finding keeps."""

Rows = Mapping[str, list[dict[str, Any]]]


def cases(observatory: Observatory, known_on: date | None = None, incident: str | None = None) -> Iterator[Case]:
    """Yield the cases of an observatory in order of code: all, or the one called `incident` (code or id).

    With `known_on` as they would have stood at the end of that day. Raises Wrong, listing near codes, where there is
    no incident of that name.
    """
    tables = _tables(observatory, known_on, incident)
    by_incident = _grouped(tables["membership"], "incident_id")
    claims = {row["claim_id"]: row for row in tables["claim"]}
    folds = {row["claim_id"]: row for row in tables["fold"]}
    lineages = _grouped(tables["lineage"], "claim_id")
    tolls, gradings = _grouped(tables["toll"], "incident_id"), {r["incident_id"]: r for r in tables["grading"]}
    ranges, codes = _grouped(tables["range"], "incident_id"), {r["incident_id"]: r["code"] for r in tables["codes"]}
    reports = _reports(observatory, {row["report_id"] for row in claims.values()})
    for row in sorted(tables["incident"], key=lambda r: str(r["code"])):
        members = by_incident.get(row["incident_id"], [])
        grading = gradings[row["incident_id"]]
        yield Case(
            incident_of(row),
            findings_of(observatory, members, claims, folds, lineages, reports),
            tuple(toll_of(t) for t in tolls.get(row["incident_id"], [])),
            Grade(grading["grade"]),
            grading["origins"],
            Step.from_json(json.loads(grading["why"])),
            tuple(_range_of(r, codes) for r in ranges.get(row["incident_id"], [])),
        )


def findings_of(
    observatory: Observatory,
    members: Iterable[Mapping[str, Any]],
    claims: Mapping[str, dict[str, Any]],
    folds: Mapping[str, dict[str, Any]],
    lineages: Mapping[str, list[dict[str, Any]]],
    reports: Mapping[str, Report],
) -> tuple[Finding, ...]:
    """Return what an incident's claims say, earliest first, from rows of the store: each with the sentence around it."""
    texts = _Texts(observatory, reports)
    found = [
        _finding(claims[m["claim_id"]], folds[m["claim_id"]], lineages.get(m["claim_id"], []), m, reports, texts)
        for m in members
    ]
    return tuple(sorted(found, key=lambda f: (f.published or date.max, f.claim.report_id, f.claim.start)))


def _tables(observatory: Observatory, known_on: date | None, incident: str | None) -> Rows:
    if known_on is not None:
        found = derived_on(observatory, known_on)
        wanted = found["incident"].to_pylist()
        chosen = _chosen(wanted, incident)
        rows = {name: table.to_pylist() for name, table in found.items()} | {"codes": wanted}
        if chosen is None:
            return rows
        members = {m["claim_id"] for m in rows["membership"] if m["incident_id"] == chosen}
        return {
            name: [r for r in table if r.get("incident_id") == chosen or r.get("claim_id") in members]
            for name, table in rows.items()
        } | {"codes": wanted}
    with observatory.derived(read_only=True) as derived:
        if incident is None:
            rows = derived.table("incident").to_pylist()
            names = ("incident", "membership", "claim", "fold", "lineage", "toll", "grading", "range")
            return {name: derived.table(name).to_pylist() for name in names} | {"codes": rows}
        row = incident_row(derived, incident)  # by an index: there may be a million of them
        chosen = row["incident_id"]
        members = derived.table("membership", incident_id=chosen).to_pylist()
        ids = [m["claim_id"] for m in members]
        ranges = derived.table("range", incident_id=chosen).to_pylist()
        others = {other for r in ranges for other in r["others"]}
        return {
            "incident": [row],
            "membership": members,
            "claim": derived.table("claim", claim_id=ids).to_pylist(),
            "fold": derived.table("fold", claim_id=ids).to_pylist(),
            "lineage": derived.table("lineage", claim_id=ids).to_pylist(),
            "toll": derived.table("toll", incident_id=chosen).to_pylist(),
            "grading": derived.table("grading", incident_id=chosen).to_pylist(),
            "range": ranges,
            "codes": [row, *derived.table("incident", incident_id=others).to_pylist()],
        }


def _range_of(row: Mapping[str, Any], codes: Mapping[str, str]) -> LinkRange:
    return LinkRange(
        row["policy"],
        Measure(row["measure"]),
        Category(row["category"]),
        row["parts"],
        (row["apart_low"], row["apart_best"], row["apart_high"]),
        tuple(sorted(codes[other] for other in row["others"] if other in codes)),
        (row["together_low"], row["together_best"], row["together_high"]),
    )


def _chosen(incidents: list[dict[str, Any]], name: str | None) -> str | None:
    """Return the id of the incident that a person means by a code or an id, None for all."""
    if name is None:
        return None
    for row in incidents:
        if name.upper() == row["code"] or name == row["incident_id"]:
            return str(row["incident_id"])
    raise no_such_incident(name, [r["code"] for r in incidents])


def _grouped(rows: Iterable[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        out.setdefault(row[key], []).append(row)
    return out


def _reports(observatory: Observatory, ids: set[str]) -> dict[str, Report]:
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return {r.report_id: r for r in reading.reports_named(sorted(ReportId(i) for i in ids))}


class _Texts:
    """The texts of an incident's reports, each read once."""

    def __init__(self, observatory: Observatory, reports: Mapping[str, Report]) -> None:
        self._observatory, self._reports, self._texts = observatory, reports, dict[str, str]()

    def sentence(self, report_id: str, start: int, end: int) -> str:
        """Return the sentence around a span, cut to SENTENCE characters about it."""
        if report_id not in self._texts:
            self._texts[report_id] = next(self._observatory.texts([self._reports[report_id]])).text
        text = self._texts[report_id]
        found = next((s for s in sentences(text) if s.start <= start < s.end), None)
        first, last = (found.start, max(found.end, end)) if found else (start, end)
        if last - first > SENTENCE:
            first = max(first, start - SENTENCE // 2)
            last = min(last, first + SENTENCE)
        return " ".join(text[first:last].split())


def _finding(
    claim: dict[str, Any],
    fold: dict[str, Any],
    hands: list[dict[str, Any]],
    member: Mapping[str, Any],
    reports: Mapping[str, Report],
    texts: _Texts,
) -> Finding:
    report = reports[claim["report_id"]]
    return Finding(
        claim=claim_of(claim),
        fold=fold_of(fold),
        role=Role(member["role"]),
        rule=member["rule"],
        outlet=report.outlet,
        published=report.published,
        address=report.address,
        sentence=texts.sentence(report.report_id, claim["start"], claim["end"]),
        hands=tuple(hand_of(hand) for hand in sorted(hands, key=lambda hand: int(hand["turn"]))),
        evidence=report.evidence,
    )
