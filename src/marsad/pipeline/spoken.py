"""Statements tied to incidents, and grades moved by them: one function of what is derived, in memory and in the store."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from marsad.context.attach import ABOUT, Attached, Happened, attached
from marsad.context.moves import Moved, moved
from marsad.context.register_file import shipped
from marsad.context.who import acting
from marsad.context.withdrawn import undone
from marsad.model import Decision, DecisionKind, Grade, Step
from marsad.model.knowledge import Knowledge, knowledge_of
from marsad.model.rows import canonical_json
from marsad.model.schema import GRADING, REJECTION
from marsad.model.spoken import SPOKEN
from marsad.store.derived import Derived

_RULE = "grade.spoken."
"""What the rule of a grade begins with that a statement moved; the grade before it is the step below."""

_MOVING = sorted(ABOUT)
Row = Mapping[str, Any]
Tables = dict[str, pa.Table]


def speak(derived: Derived, decisions: Iterable[Decision]) -> None:
    """Put the statements about incidents, and the grades that they move, into the store; inside its write().

    Only reports with a statement about something are looked at, and the incidents that they may be about. What was moved by
    statements that no longer stand goes back to the grade it had.
    """
    decisions = list(decisions)
    _accept(derived, decisions)
    before = derived.table("spoken").to_pylist()
    spoke = derived.table("knowledge", topic="statement", act=_MOVING).column("report_id").to_pylist()
    reports = sorted(set(spoke))
    if not reports and not before:
        return
    rows = [
        row
        for part in _parts(reports)
        for row in derived.table("knowledge", topic=["statement", "event"], report_id=part).to_pylist()
    ]
    keys = sorted({row["place_key"] for row in rows if row["place_key"] and "/" not in row["place_key"]})
    claims = [
        row
        for part in _parts(reports)
        for row in derived.table("claim", report_id=part).select(["claim_id", "report_id"]).to_pylist()
    ]
    of = _in_parts(derived, "membership", "claim_id", [row["claim_id"] for row in claims])
    ids = {row["incident_id"] for row in of} | {row["incident_id"] for row in before}
    incidents = {row["incident_id"]: row for row in _in_parts(derived, "incident", "place_id", keys)}
    incidents |= {
        row["incident_id"]: row for row in _in_parts(derived, "incident", "incident_id", sorted(ids - incidents.keys()))
    }
    gradings = _in_parts(derived, "grading", "incident_id", sorted(incidents))
    found, graded = _spoken(rows, list(incidents.values()), _reports_of(of, claims), gradings, decisions)
    derived.renew("spoken", found)
    old = {row["incident_id"]: row for row in gradings}
    changed = [row for row in graded if row != old[row["incident_id"]]]
    if changed:
        was = [old[row["incident_id"]] for row in changed]
        derived.exchange(
            "grading", pa.Table.from_pylist(was, schema=GRADING), pa.Table.from_pylist(changed, schema=GRADING)
        )


def _accept(derived: Derived, decisions: Sequence[Decision]) -> None:
    """Take out of the rejections those decisions that find no claim at their words, but refuse a statement there."""
    refused = derived.table("rejection", stage="decide").to_pylist()
    if refused:
        reports = sorted({row["record_id"].partition(":")[0] for row in refused})
        spans = _anchors(_in_parts(derived, "knowledge", "report_id", reports))
        heard = spans & _refusing(decisions)
        left = [row for row in refused if row["record_id"] not in heard]
        if len(left) < len(refused):
            derived.renew("rejection", pa.Table.from_pylist(left, schema=REJECTION), stage="decide")


def _refusing(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the words at which people did nothing but refuse."""
    kinds: dict[str, set[DecisionKind]] = {}
    for decision in decisions:
        kinds.setdefault(decision.anchor, set()).add(decision.kind)
    return frozenset(anchor for anchor, every in kinds.items() if every == {DecisionKind.REJECT})


def _anchors(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(f"{row['report_id']}:{row['start']}-{row['end']}" for row in rows)


def with_spoken(tables: Tables, knowledge: pa.Table, claims: pa.Table, decisions: Iterable[Decision]) -> Tables:
    """Return derived tables with `spoken` beside them and the grades moved, as `speak` leaves them in the store."""
    decisions = list(decisions)
    rows = [row for row in knowledge.to_pylist() if row["topic"] in ("statement", "event")]
    about = {row["report_id"] for row in rows if row["topic"] == "statement" and row["act"] in ABOUT}
    rows = [row for row in rows if row["report_id"] in about]
    told = claims.select(["claim_id", "report_id"]).to_pylist()
    of = tables["membership"].to_pylist()
    reports = _reports_of(of, [row for row in told if row["report_id"] in about])
    gradings = tables["grading"].to_pylist()
    found, graded = _spoken(rows, tables["incident"].to_pylist(), reports, gradings, decisions)
    spans = _anchors(knowledge.select(["report_id", "start", "end"]).to_pylist()) & _refusing(decisions)
    lost = [r for r in tables["rejection"].to_pylist() if r["stage"] != "decide" or r["record_id"] not in spans]
    return {
        **tables,
        "rejection": pa.Table.from_pylist(lost, schema=REJECTION),
        "spoken": found,
        "grading": pa.Table.from_pylist(graded, schema=GRADING).sort_by("incident_id"),
    }


def _spoken(
    rows: Sequence[Row],
    incidents: Sequence[Row],
    reports: Mapping[str, frozenset[str]],
    gradings: Sequence[Row],
    decisions: Iterable[Decision],
) -> tuple[pa.Table, list[Row]]:
    """Return the statements about these incidents (schema SPOKEN), and their gradings as the statements move them."""
    told = sorted((knowledge_of(row) for row in rows), key=lambda k: k.knowledge_id)
    refused = {d.anchor: d.reason for d in sorted(decisions, key=lambda d: d.version) if d.kind is DecisionKind.REJECT}
    who, gone = acting(told, shipped()), undone(told, refused)
    happened = [_happened(row, reports.get(row["incident_id"], frozenset())) for row in incidents]
    about: dict[str, list[Attached]] = {}
    for statement in attached([k for k in told if k.knowledge_id not in gone], who, happened):
        about.setdefault(statement.incident_id, []).append(statement)
    known = {k.knowledge_id: k for k in told}
    doers = {row["incident_id"]: row["perpetrator"] for row in incidents}
    out, graded = [], []
    for row in gradings:
        base, key = _unmoved(row), row["incident_id"]
        move = moved(Grade(base["grade"]), doers.get(key), about.get(key, ()), who, shipped()) if key in about else None
        for a in about.get(key, ()):
            effect = move.why if move is not None and a.knowledge_id in move.by else None
            out.append(
                {
                    "incident_id": key,
                    "knowledge_id": a.knowledge_id,
                    "act": a.act,
                    "party": a.party,
                    "why": a.why,
                    "effect": effect,
                }
            )
        decided = json.loads(base["why"])["rule"] == "grade.decided"
        graded.append(
            base if move is None or move.grade == base["grade"] or decided else _moved_row(base, move, known, who)
        )
    table = pa.Table.from_pylist(out, schema=SPOKEN)
    return table.sort_by([("incident_id", "ascending"), ("knowledge_id", "ascending")]), graded


def _happened(row: Row, reports: frozenset[str]) -> Happened:
    # Places that the gazetteer does not know are not looked for by their words: namesakes would be taken for one.
    return Happened(
        row["incident_id"],
        row["place_id"],
        row["country"],
        row["occurred_from"],
        row["occurred_to"],
        row["perpetrator"],
        reports,
    )


def _unmoved(row: Row) -> Row:
    """Return a grading as it was before a statement moved it."""
    step = Step.from_json(json.loads(row["why"]))
    if not step.rule.startswith(_RULE):
        return row
    return {**row, "grade": str(step.values["was"]), "why": canonical_json(step.steps[0].as_json())}


def _moved_row(base: Row, move: Moved, known: Mapping[str, Knowledge], who: Mapping[str, Any]) -> Row:
    first = known[move.by[0]]
    parties = ", ".join(sorted({str(who[key].party) for key in move.by}))
    values: dict[str, str | int | None] = {
        "level": move.grade.value,
        "was": base["grade"],
        "party": parties,
        "outlet": first.outlet,
        "words": " ".join(first.text.split())[:200],
    }
    step = Step(f"{_RULE}{move.why}", values, (), (Step.from_json(json.loads(base["why"])),))
    return {**base, "grade": move.grade.value, "why": canonical_json(step.as_json())}


def _reports_of(members: Iterable[Row], claims: Iterable[Row]) -> dict[str, frozenset[str]]:
    of = {row["claim_id"]: row["report_id"] for row in claims}
    out: dict[str, set[str]] = {}
    for row in members:
        if row["claim_id"] in of:
            out.setdefault(row["incident_id"], set()).add(of[row["claim_id"]])
    return {incident: frozenset(reports) for incident, reports in out.items()}


def _parts(names: Sequence[str], size: int = 2_000) -> Iterable[list[str]]:
    return (list(names[at : at + size]) for at in range(0, len(names), size))


def _in_parts(derived: Derived, name: str, column: str, values: Sequence[str]) -> list[Row]:
    return [row for part in _parts(values) for row in derived.table(name, **{column: part}).to_pylist()]
