"""What was known of one incident at the end of a past day, from its own claims alone: linked as now, weighed as then.

Deriving a past day anew (`pipeline.again.derived_on`) asks for everything that was known; with a million claims that takes
minutes. Weighing one incident's claims takes milliseconds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.assess.policy import Policy
from marsad.assess.stage import Assessed, assessed
from marsad.link.describe import Dossier, Weighing, weighing_of
from marsad.model import Decision, Report, ReportId
from marsad.model.heard import docket_of, heard_of
from marsad.model.rows import canonical_json
from marsad.pipeline.copies import rank_key, turn_of
from marsad.pipeline.decided import decided_on
from marsad.pipeline.dockets import incident_row
from marsad.pipeline.observatory import Observatory

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownOf:
    """Everything that bears on an incident's claims, as stored now; `claims` is the table of them (CLAIM), `code` its name."""

    code: str
    claims: Any
    reports: Mapping[str, Report]
    decisions: Sequence[Decision]
    of: Mapping[str, str | None]
    wire: Mapping[str, tuple[str, str]]
    leader: Mapping[str, tuple[str, float]]


def known_of(observatory: Observatory, code: str, hidden: frozenset[str] = frozenset()) -> KnownOf:
    """Return what bears on the incident called so (code or id), without the reports `hidden`.

    Raises Wrong where there is no such incident.
    """
    with observatory.derived(read_only=True) as derived:
        incident = incident_row(derived, code)
        members = derived.table("membership", incident_id=incident["incident_id"])
        ids = members.column("claim_id").to_pylist()
        claims = derived.table("claim", claim_id=ids)
        shown = [report not in hidden for report in claims.column("report_id").to_pylist()]
        claims = claims.filter(shown)
        of = {row["claim_id"]: row["of"] for row in derived.table("linked", claim_id=ids).to_pylist()}
        names = sorted(set(claims.column("report_id").to_pylist()))
        wire = {r["report_id"]: (r["wire"], r["rule"]) for r in derived.table("credit", report_id=names).to_pylist()}
        retold = derived.table("reworded", report_id=names).to_pylist()
        leader = {row["report_id"]: (row["leader"], row["probability"]) for row in retold}
        for row in derived.table("copy", report_id=names).to_pylist():
            if row["leader"] != row["report_id"]:
                leader[row["report_id"]] = (row["leader"], 1.0)
        anchors = sorted({f"{r['report_id']}:{r['start']}-{r['end']}" for r in claims.to_pylist()})
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        heads = [ReportId(one) for one, _ in leader.values()]
        reports = {str(r.report_id): r for r in reading.reports_named({*map(ReportId, names), *heads})}
        decisions = [decision for _, decision in sorted(reading.decisions_at(anchors), key=lambda item: item[0])]
    leader = {one: (head, sure) for one, (head, sure) in leader.items() if head in reports and head not in hidden}
    mine = {name: report for name, report in reports.items() if name in set(names)}
    return KnownOf(str(incident["code"]), claims, mine, decisions, of, wire, leader)


@dataclass(frozen=True, slots=True)
class WeighedThen:
    """An incident as its claims came to on a day: `claims` are their rows by id, as they were read."""

    weighing: Weighing
    assessed: Assessed
    claims: Mapping[str, Row]


def weighed_then(known: KnownOf, day: date, policies: Sequence[Policy]) -> WeighedThen | None:
    """Return what was known at the end of a day (UTC); None where no claim was known that speaks of an incident."""
    reports = {name: report for name, report in known.reports.items() if report.recorded_at.date() <= day}
    there = known.claims.filter([report in reports for report in known.claims.column("report_id").to_pylist()])
    decided = decided_on(there, [d for d in known.decisions if d.recorded_at.date() <= day])
    rows = _heard(known, reports, decided.claims.to_pylist(), decided.by_claim)
    for weighing in weighing_of(Dossier("now", tuple(map(heard_of, rows)))):
        standing = {one["claim_id"]: one for one in weighing.standing}
        docket = docket_of({
            "incident_id": weighing.incident.incident_id,
            "perpetrator": weighing.incident.perpetrator,
            "weapon": weighing.incident.weapon,
            "heard": [row | standing[row["claim_id"]] for row in rows if row["claim_id"] in standing],
        })  # fmt: skip
        [made] = assessed(docket, policies)
        return WeighedThen(weighing, made, {row["claim_id"]: row for row in there.to_pylist()})
    return None


def _heard(
    known: KnownOf, reports: Mapping[str, Report], claims: Sequence[Row], by_claim: Mapping[str, Mapping[str, Any]]
) -> list[Row]:
    """Return the claims as weighing hears them (rows of HEARD), earliest first; what is copied counts where it was known."""
    received = {r.report_id: n for n, r in enumerate(sorted(reports.values(), key=turn_of))}
    here = {row["claim_id"] for row in claims}
    out = []
    for row in claims:
        name = row["report_id"]
        head, sure = known.leader.get(name, (None, None))
        wire, rule = known.wire.get(name, (None, None))
        told = head in reports or (head is not None and head not in known.reports)
        out.append({
            **row, "outlet": reports[name].outlet, "published": reports[name].published,
            "of": known.of.get(row["claim_id"]) if known.of.get(row["claim_id"]) in here else None,
            "decided": canonical_json(by_claim[row["claim_id"]]) if row["claim_id"] in by_claim else None,
            "received": received[reports[name].report_id], "wire": wire, "wire_rule": rule,
            "reworded": head if told else None, "likeness": sure if told else None,
        })  # fmt: skip
    order: Callable[[Row], Any] = lambda row: (rank_key(reports[row["report_id"]]), row["start"], row["claim_id"])  # noqa: E731
    return sorted(out, key=order)
