"""What is for some groups alone: whether somebody may see a report or an incident, and what lists have to pass over."""

from fastapi import Request

from marsad.desk.actor import Actor
from marsad.desk.hidden import hidden_from
from marsad.desk.routes import permit
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
    return hidden_from(request.app.state.desk, actor).reports


def hidden_codes(request: Request, actor: Actor) -> frozenset[str]:
    """Return the codes of the incidents that lists do not show to this person."""
    return hidden_from(request.app.state.desk, actor).codes
