"""What decisions make of a single claim: its slots corrected, or a claim that nobody had read."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.model import Claim, Decision, DecisionKind, Measure, ReportId, When
from marsad.model.rows import claim_of, claim_row
from marsad.model.schema import CLAIM

Row = dict[str, Any]

IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What making a claim raises where no claim can be so."""

ADDED = "person"
"""The rule of a claim that a person found."""

_WHEN = tuple(name for name in CLAIM.names if name.startswith("occurred_"))
_PLACE = {
    "words": "place_words",
    "place_id": "place_id",
    "name": "place_name",
    "name_ar": "place_name_ar",
    "country": "country",
    "admin1": "admin1",
    "latitude": "latitude",
    "longitude": "longitude",
    "precision": "place_precision",
}


def standing_on(decisions: Iterable[Decision]) -> dict[str, dict[DecisionKind, Decision]]:
    """Return what stands, by anchor and kind: of each the highest version, none where that was undone.

    Decisions on who is one person, and on the publication policy, are left out: they are not about words of reports.
    """
    latest: dict[str, dict[DecisionKind, Decision]] = {}
    for decision in sorted((d for d in decisions if d.about_words), key=lambda d: d.version):
        latest.setdefault(decision.anchor, {})[decision.kind] = decision
    standing = {a: {k: d for k, d in kinds.items() if not d.undone} for a, kinds in latest.items()}
    return {anchor: kinds for anchor, kinds in standing.items() if kinds}


def corrected(row: Row, body: Mapping[str, Any]) -> Row:
    """Return the row with the corrected slots of the claim; raises one of several errors where no claim can be so."""
    changed = dict(row)
    for slot, value in body.items():
        if slot == "occurred":
            changed |= _occurred(value)
        elif slot == "place":
            changed |= {column: None if value is None else value.get(name) for name, column in _PLACE.items()}
        elif slot == "attribution" and not isinstance(value, list):
            raise ValueError(f"attribution {value!r} is no list of names")
        elif slot not in row:
            raise ValueError(f"{slot!r} is no slot of a claim")
        else:
            changed[slot] = value
    [made] = pa.Table.from_pylist([claim_row(claim_of(changed))], schema=CLAIM).to_pylist()
    lost = [name for name in row if made[name] != changed[name]]
    if lost:
        raise ValueError(f"{', '.join(lost)} cannot be {', '.join(repr(changed[name]) for name in lost)}")
    return dict(made)


def _occurred(value: Any) -> Row:
    if value is None:
        return dict.fromkeys(_WHEN)
    first, last = (date.fromisoformat(day) for day in value)
    precision = When.precision_of((last - first).days + 1)
    told = {"occurred_from": first, "occurred_to": last, "occurred_precision": precision, "occurred_carried": False}
    return {**dict.fromkeys(_WHEN), **told}


def added_claim(decision: Decision) -> Row:
    """Return the claim (schema CLAIM) that a decision of kind ADD makes; raises one of several errors where it makes none."""
    report, _, span = decision.anchor.partition(":")
    start, _, end = span.partition("-")
    measure = Measure(str(decision.body["measure"]))
    blank: Row = dict.fromkeys(CLAIM.names)
    blank |= {"report_id": report, "start": int(start), "end": int(end), "text": str(decision.body["text"])}
    blank |= {"claim_id": Claim.identity(ReportId(report), int(start), int(end), measure), "measure": measure.value}
    blank |= {"bound": "exact", "status": "unknown", "attribution": [], "scope": "incident", "modality": "asserted"}
    blank |= {"relations": [], "flags": [], "derived": False, "rule": ADDED, "score": 1.0, "names": []}
    return corrected(blank, decision.body)


def with_added(claims: pa.Table, decisions: Iterable[Decision]) -> pa.Table:
    """Return the claims, those that people added among them as they stand; what the machine reads itself is not added."""
    claims = claims.filter(pc.not_equal(claims.column("rule"), ADDED))
    rows = {row["claim_id"]: row for row in added_claims(decisions)}
    if not rows:
        return claims
    found = claims.filter(pc.is_in(claims.column("claim_id"), pa.array(list(rows), pa.string())))
    for read in found.column("claim_id").to_pylist():
        del rows[read]
    return pa.concat_tables([claims, pa.Table.from_pylist(list(rows.values()), schema=CLAIM)]).sort_by("claim_id")


def added_claims(decisions: Iterable[Decision]) -> list[Row]:
    """Return the claims (schema CLAIM) that people added; one that is impossible is left out."""
    out = []
    for kinds in standing_on(d for d in decisions if d.kind is DecisionKind.ADD).values():
        with suppress(*IMPOSSIBLE):
            out.append(added_claim(kinds[DecisionKind.ADD]))
    return out
