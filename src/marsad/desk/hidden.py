"""What somebody is not to know of: for lists, which leave it out."""

from dataclasses import dataclass

from marsad.desk.actor import Actor
from marsad.desk.services import Desk
from marsad.desk.targets import anchor_of


@dataclass(frozen=True, slots=True)
class Hidden:
    """Reports by id, and incidents by id and by code, of which somebody is not to know."""

    reports: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


NOTHING = Hidden()


def hidden_from(desk: Desk, actor: Actor) -> Hidden:
    """Return what this person is not to know of: restricted reports, every incident they tell of, restricted incidents."""
    reports, anchors = desk.restrictions.hidden(actor.groups)
    if not reports and not anchors:
        return NOTHING
    asked = {anchor.partition(":")[0] for anchor in anchors} | reports
    rows = desk.derived.table("claim", report_id=asked).to_pylist()
    claims = [r["claim_id"] for r in rows if r["report_id"] in reports or anchor_of(r) in anchors]
    of = desk.derived.table("membership", claim_id=claims).column("incident_id").to_pylist()
    codes = desk.derived.table("incident", incident_id=of).column("code").to_pylist()
    return Hidden(reports, frozenset(of), frozenset(codes))
