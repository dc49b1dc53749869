"""What is for some groups alone: whether somebody may see a report or an incident, and what lists have to pass over."""

from fastapi import Request

from marsad.desk.actor import Actor
from marsad.desk.routes import permit
from marsad.desk.services import Desk
from marsad.desk.targets import Target, incident_target, report_thing


def report_for(request: Request, actor: Actor, report_id: str) -> None:
    """Return where this person may do to this report what the route is for; raises Refused, 404 for what is a secret."""
    permit(request, actor, report_thing(request.app.state.desk, report_id))


def incident_for(request: Request, actor: Actor, name: str) -> Target:
    """Return the incident called so, where this person may do to it what the route is for; raises Refused where not."""
    found = incident_target(request.app.state.desk, name)
    permit(request, actor, found.thing)
    return found


def hidden_reports(request: Request, actor: Actor) -> frozenset[str]:
    """Return the reports that lists do not show to this person."""
    desk: Desk = request.app.state.desk
    reports, _ = desk.restrictions.hidden(actor.groups)
    return reports


def hidden_codes(request: Request, actor: Actor) -> frozenset[str]:
    """Return the codes of the incidents that lists do not show to this person."""
    desk: Desk = request.app.state.desk
    reports, anchors = desk.restrictions.hidden(actor.groups)
    if not reports and not anchors:
        return frozenset()
    ids = sorted({*reports, *(anchor.partition(":")[0] for anchor in anchors)})
    rows = desk.derived.table("claim", report_id=ids).to_pylist()
    claims = [
        r["claim_id"]
        for r in rows
        if r["report_id"] in reports or f"{r['report_id']}:{r['start']}-{r['end']}" in anchors
    ]
    homes = (
        set(desk.derived.table("membership", claim_id=claims).column("incident_id").to_pylist()) if claims else set()
    )
    codes = desk.derived.table("incident", incident_id=homes).column("code").to_pylist() if homes else []
    return frozenset(map(str, codes))
