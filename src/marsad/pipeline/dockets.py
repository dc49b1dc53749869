"""Dockets put together again from the derived tables, so that any policy can be applied without another run."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.model import Decision, Incident, Report, ReportId, Role, Wrong
from marsad.model.heard import Docket, Heard, Weighed
from marsad.model.rows import claim_of, fold_of, incident_of
from marsad.pipeline.again import derived_on
from marsad.pipeline.decided import decided_on
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived

Rows = Mapping[str, Any]


def dockets(
    observatory: Observatory, known_on: date | None = None, incident: str | None = None
) -> Iterator[tuple[Incident, Docket]]:
    """Yield each incident, or the one called `incident` (code or id), with its weighed claims, in order of their codes.

    With `known_on` as they would have stood at the end of that day. Raises Wrong where there is no incident of that name.
    """
    tables = _past(observatory, known_on, incident) if known_on else _present(observatory, incident)
    members: dict[str, list[Rows]] = {}
    for row in tables["membership"].to_pylist():
        members.setdefault(row["incident_id"], []).append(row)
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        ids = {ReportId(i) for i in tables["claim"].column("report_id").to_pylist()}
        reports = {r.report_id: r for r in reading.reports_named(sorted(ids))}
        decisions = list(reading.decisions(known_on=known_on))
    yield from _put_together(tables, members, reports, decisions)


def _put_together(
    tables: Mapping[str, Any],
    members: Mapping[str, list[Rows]],
    reports: Mapping[ReportId, Report],
    decisions: Iterable[Decision],
) -> Iterator[tuple[Incident, Docket]]:
    mine = [d for d in decisions if d.anchor.split(":")[0] in reports]
    decided = decided_on(tables["claim"], mine)
    claims = {row["claim_id"]: row for row in decided.claims.to_pylist()}
    folds = {row["claim_id"]: row for row in tables["fold"].to_pylist()}
    for row in sorted(tables["incident"].to_pylist(), key=lambda r: str(r["code"])):
        weighed = []
        for member in members.get(row["incident_id"], []):
            claim = claim_of(claims[member["claim_id"]])
            report = reports[claim.report_id]
            heard = Heard(claim, report.outlet, report.published, None, decided.by_claim.get(claim.claim_id, {}))
            fold = fold_of(folds[claim.claim_id])
            weighed.append(Weighed(heard, Role(member["role"]), member["rule"], fold))
        weighed.sort(key=lambda w: _earliest(w, reports))
        incident = incident_of(row)
        yield incident, Docket(incident.incident_id, incident.perpetrator, incident.weapon, tuple(weighed))


def _earliest(item: Weighed, reports: Mapping[ReportId, Report]) -> tuple[Any, ...]:
    claim = item.heard.claim
    recorded = reports[claim.report_id].recorded_at
    return item.heard.published or date.max, recorded, claim.report_id, claim.start, claim.claim_id


def _present(observatory: Observatory, incident: str | None) -> dict[str, Any]:
    with observatory.derived(read_only=True) as derived:
        if incident is None:
            return {name: derived.table(name) for name in ("incident", "membership", "claim", "fold")}
        chosen = incident_row(derived, incident)
        members = derived.table("membership", incident_id=chosen["incident_id"])
        ids = members.column("claim_id").to_pylist()
        return {
            "incident": derived.table("incident", incident_id=chosen["incident_id"]),
            "membership": members,
            "claim": derived.table("claim", claim_id=ids),
            "fold": derived.table("fold", claim_id=ids),
        }


def _past(observatory: Observatory, known_on: date, incident: str | None) -> dict[str, Any]:
    tables = derived_on(observatory, known_on)
    if incident is None:
        return tables
    rows = tables["incident"].to_pylist()
    chosen = next((r for r in rows if incident.upper() == r["code"] or incident == r["incident_id"]), None)
    if chosen is None:
        raise no_such_incident(incident, [r["code"] for r in rows])
    keep = _where(tables["membership"], "incident_id", {chosen["incident_id"]})
    ids = set(keep.column("claim_id").to_pylist())
    return {
        "incident": _where(tables["incident"], "incident_id", {chosen["incident_id"]}),
        "membership": keep,
        "claim": _where(tables["claim"], "claim_id", ids),
        "fold": _where(tables["fold"], "claim_id", ids),
    }


def _where(table: Any, column: str, values: set[str]) -> Any:

    return table.filter(pc.is_in(table.column(column), value_set=pa.array(sorted(values), pa.string())))


def incident_row(derived: Derived, name: str) -> dict[str, Any]:
    """Return the row of the incident called so, by code or id; raises Wrong, listing near codes, if there is none."""
    for column, wanted in (("code", name.upper()), ("incident_id", name)):
        rows: list[dict[str, Any]] = derived.table("incident", **{column: wanted}).to_pylist()
        if rows:
            return rows[0]
    raise no_such_incident(name, derived.table("incident").column("code").to_pylist())


def no_such_incident(name: str, codes: Iterable[str]) -> Wrong:
    """Return the refusal of a name that no incident has, with codes that begin alike."""
    near = sorted(c for c in codes if c.startswith(name.upper()[:4]))[:5]
    known = f"there are {', '.join(near)}" if near else "`marsad incidents` lists them"
    return Wrong("incident", name, "is not in this observatory", known)
