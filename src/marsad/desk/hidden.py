"""What somebody is not to know of: for lists, which leave it out."""

from dataclasses import dataclass

from marsad.desk.actor import Actor
from marsad.desk.services import Desk
from marsad.desk.targets import anchor_of
from marsad.model import Decision
from marsad.pipeline.decided import named_in


@dataclass(frozen=True, slots=True)
class Hidden:
    """Reports by id, incidents by id and by code, and the anchors of their claims, of which somebody is not to know."""

    reports: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()

    def touches(self, decision: Decision) -> bool:
        """Tell whether a decision is about, or names, something of which somebody is not to know."""
        if not self.reports and not self.anchors:
            return False
        told = (decision.anchor, *named_in(decision))
        return any(anchor in self.anchors or anchor.partition(":")[0] in self.reports for anchor in told)


NOTHING = Hidden()

_REMEMBERED = 100
"""Answers kept in memory: one for each set of groups that somebody belongs to."""


def hidden_from(desk: Desk, actor: Actor) -> Hidden:
    """Return what this person is not to know of: restricted reports, every incident they tell of, restricted incidents."""
    turn = desk.restrictions.turn()  # looked at first: what changes meanwhile is found at the next look
    reports, anchors = desk.restrictions.hidden(actor.groups)
    if not reports and not anchors:
        return NOTHING
    marks = desk.derived.table("reading", stage="derive").to_pylist()
    key = (turn, tuple((m["report_id"], m["version"]) for m in marks), actor.groups)
    found = desk.known_hidden.get(key)
    if found is None:
        if len(desk.known_hidden) >= _REMEMBERED:
            desk.known_hidden.clear()
        found = desk.known_hidden[key] = _worked_out(desk, reports, anchors)
    return found


def _worked_out(desk: Desk, reports: frozenset[str], anchors: frozenset[str]) -> Hidden:
    asked = {anchor.partition(":")[0] for anchor in anchors} | reports
    rows = desk.derived.table("claim", report_id=asked).to_pylist()
    claims = [r["claim_id"] for r in rows if r["report_id"] in reports or anchor_of(r) in anchors]
    of = set(desk.derived.table("membership", claim_id=claims).column("incident_id").to_pylist())
    codes = desk.derived.table("incident", incident_id=of).column("code").to_pylist()
    members = desk.derived.table("membership", incident_id=of).column("claim_id").to_pylist() if of else []
    own = {anchor_of(row) for row in desk.derived.table("claim", claim_id=members).to_pylist()} if members else set()
    return Hidden(reports, frozenset(of), frozenset(codes), frozenset(own | anchors))
