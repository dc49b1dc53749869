"""How an incident's figures grew: what the claims that are in it now came to at the end of each day on which more was known.

Linking is left as it is now, so this asks for one incident alone and costs little. What would have been derived on a past
day, when claims may have been linked otherwise, is `pipeline.again.derived_on`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.assess.policies import chosen_policies
from marsad.assess.policy import Policy
from marsad.assess.stage import assessed
from marsad.link.describe import Dossier, weighing_of
from marsad.model import Decision, Report, ReportId, Toll
from marsad.model.heard import docket_of, heard_of
from marsad.model.rows import canonical_json
from marsad.pipeline.copies import rank_key, turn_of
from marsad.pipeline.decided import decided_on
from marsad.pipeline.dockets import incident_row
from marsad.pipeline.methods import methods
from marsad.pipeline.observatory import Observatory

_MOST_DAYS = 60
_MOST_WORK = 6_000
"""Claims times days that are weighed for one page; of a very large incident the last days are shown."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Grown:
    """What the incident came to at the end of `day` (UTC): reports and decisions that were new on it, and all tolls."""

    day: date
    reports: int
    decisions: int
    tolls: tuple[Toll, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that bears on an incident's claims, as stored now; `claims` is the table of them (CLAIM)."""

    claims: Any
    reports: Mapping[str, Report]
    decisions: Sequence[Decision]
    of: Mapping[str, str | None]
    wire: Mapping[str, tuple[str, str]]
    leader: Mapping[str, tuple[str, float]]


def growth(observatory: Observatory, code: str, hidden: Iterable[str] = ()) -> list[Grown]:
    """Return the incident called so day by day, earliest first: each day on which a report came in or something was decided.

    Reports in `hidden` are passed over, as if they had never come. Raises Wrong where there is no such incident.
    """
    known, policies = _known(observatory, code, frozenset(hidden)), chosen_policies(methods(observatory))
    arrivals = [r.recorded_at.date() for r in known.reports.values()]
    decided = [d.recorded_at.date() for d in known.decisions]
    days = sorted({*arrivals, *decided})
    fits = max(1, min(_MOST_DAYS, _MOST_WORK // max(1, known.claims.num_rows)))
    return [Grown(day, arrivals.count(day), decided.count(day), _tolls(known, day, policies)) for day in days[-fits:]]


def _known(observatory: Observatory, code: str, hidden: frozenset[str]) -> _Known:
    with observatory.derived(read_only=True) as derived:
        members = derived.table("membership", incident_id=incident_row(derived, code)["incident_id"])
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
    return _Known(claims, mine, decisions, of, wire, leader)


def _tolls(known: _Known, day: date, policies: Sequence[Policy]) -> tuple[Toll, ...]:
    """Return the tolls at the end of a day; none where no claim was known that speaks of an incident."""
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
        return made.tolls
    return ()


def _heard(
    known: _Known, reports: Mapping[str, Report], claims: Sequence[Row], by_claim: Mapping[str, Mapping[str, Any]]
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
