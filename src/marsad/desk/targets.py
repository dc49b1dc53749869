"""What can be decided on: a claim or an incident, as the anchors that make it up, with its version and who may know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marsad.desk.allowed import Thing
from marsad.desk.services import Desk
from marsad.link.facets import HARM
from marsad.model import SIGNS, Decision, DecisionKind, ReportId, Wrong
from marsad.pipeline.anchors import parsed
from marsad.pipeline.corrected import standing_on
from marsad.pipeline.deciding import Seen
from marsad.pipeline.person_decisions import Record, pair_anchor

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A claim, an incident, or a pair of victim records, called `name`.

    `anchors` are the words of its claims, `rows` these claims as they were read.

    `history` holds every decision that touches it, with its number in the ledger; `version` is the last of these numbers.
    """

    kind: str
    name: str
    anchors: tuple[str, ...]
    rows: Sequence[Row]
    history: Sequence[tuple[int, Decision]]
    version: int
    thing: Thing

    def at(self, version: int) -> "Target":
        """Return this as it was at an earlier version."""
        return replace(self, history=[item for item in self.history if item[0] <= version], version=version)

    def seen(self, version: int) -> Seen:
        """Return that somebody saw this at `version`."""
        return Seen(self.anchors, version)

    def decisions(self, until: int | None = None) -> list[Decision]:
        """Return the decisions that touch this, those up to a version alone if one is given."""
        return [d for seq, d in self.history if until is None or seq <= until]

    def standing(self, kind: DecisionKind) -> list[Decision]:
        """Return what stands of one kind, the newest last."""
        kinds = standing_on(self.decisions())
        found = [of[kind] for of in kinds.values() if kind in of]
        return sorted(found, key=lambda d: d.recorded_at)

    def first_harm(self) -> Row | None:
        """Return the claim by which others say that they speak of this incident, None if it has none."""
        return next((row for row in self.rows if row["measure"] in HARM), None)


def anchor_of(row: Row) -> str:
    """Return the words of a claim, as decisions name them."""
    return f"{row['report_id']}:{row['start']}-{row['end']}"


def claim_target(desk: Desk, anchor: str) -> Target:
    """Return what can be decided at these words, whether anybody read a claim there or not; nobody's where there is none."""
    try:
        report_id, _, _ = parsed(anchor)
    except Wrong:
        return _nothing("claim", anchor)
    with desk.kept.read() as reading:
        if reading.report(report_id) is None:
            return _nothing("claim", anchor)
    rows = [row for row in desk.derived.table("claim", report_id=report_id).to_pylist() if anchor_of(row) == anchor]
    of = desk.derived.table("membership", claim_id=[row["claim_id"] for row in rows]).column("incident_id").to_pylist()
    groups = desk.restrictions.of_report(report_id)
    settled = False
    if of:
        whole = _incident(desk, of[0], of[0])
        groups, settled = groups | whole.thing.groups, whole.thing.settled
    return _target(desk, "claim", anchor, (anchor,), rows, groups, settled)


def incident_target(desk: Desk, name: str) -> Target:
    """Return the incident called so, by code or id; nobody's where there is none."""
    # Two look-ups by an index, whether there is one or not: a search for near names would tell by its time.
    by_code, by_id = (
        desk.derived.table("incident", **{c: n}) for c, n in (("code", name.upper()), ("incident_id", name))
    )
    for row in (*by_code.to_pylist(), *by_id.to_pylist()):
        return _incident(desk, row["incident_id"], row["code"])
    return _nothing("incident", name)


def pair_target(desk: Desk, a: Record, b: Record) -> Target:
    """Return a pair of victim records, on which people decide whether they are one person."""
    anchor = pair_anchor(a, b)
    return _target(desk, "pair", anchor, (anchor,), (), frozenset(), False)


def again(desk: Desk, target: Target) -> Target:
    """Return a target as it is now."""
    if target.kind == "claim":
        return claim_target(desk, target.name)
    if target.kind == "incident":
        return incident_target(desk, target.name)
    return _target(desk, "pair", target.name, target.anchors, (), frozenset(), False)


def report_thing(desk: Desk, report_id: str) -> Thing:
    """Return a report, as far as may be known of it."""
    with desk.kept.read() as reading:
        there = reading.report(ReportId(report_id)) is not None
    return Thing(report_id, there, desk.restrictions.of_report(report_id))


def _incident(desk: Desk, incident_id: str, name: str) -> Target:
    members = desk.derived.table("membership", incident_id=incident_id).column("claim_id").to_pylist()
    rows = sorted(
        desk.derived.table("claim", claim_id=members).to_pylist(), key=lambda r: (anchor_of(r), r["claim_id"])
    )
    anchors = tuple(dict.fromkeys(anchor_of(row) for row in rows))
    groups = desk.restrictions.of_incident(anchors)
    made = _target(desk, "incident", name, anchors, rows, groups, settled=False)
    if not made.standing(DecisionKind.SETTLE):
        return made
    return _target(desk, "incident", name, anchors, rows, groups, settled=True)


def _target(
    desk: Desk,
    kind: str,
    name: str,
    anchors: tuple[str, ...],
    rows: Sequence[Row],
    groups: frozenset[str],
    settled: bool,
) -> Target:
    with desk.kept.read() as reading:
        history = desk.touched.history(reading, anchors)
    version = max((seq for seq, _ in history), default=0)
    authors = frozenset(d.actor for _, d in history if d.kind not in SIGNS)
    thing = Thing(name, True, groups, authors, settled)
    return Target(kind, name, anchors, rows, history, version, thing)


def _nothing(kind: str, name: str) -> Target:
    return Target(kind, name, (), (), (), 0, Thing(name, there=False))
