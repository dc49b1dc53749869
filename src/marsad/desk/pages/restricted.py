"""What is for some groups alone: whether somebody may see a report or an incident, and what lists have to pass over."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import Request

from marsad.desk.actor import Actor
from marsad.desk.hidden import hidden_from
from marsad.desk.routes import permit
from marsad.desk.targets import Target, incident_target, report_thing
from marsad.pipeline.views.queue_view import Entry, Listed
from marsad.pipeline.views.report_view import Card


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


def without_codes(listed: Listed, codes: frozenset[str]) -> Listed:
    """Return entries of which none names an incident with one of these codes."""
    if not codes:
        return listed
    return replace(listed, entries=tuple(_without(entry, codes) for entry in listed.entries))


def without_homes(cards: Sequence[Card], codes: frozenset[str]) -> tuple[Card, ...]:
    """Return the claims of a report, of which none names an incident with one of these codes."""
    return tuple(replace(card, home=None) if card.home and card.home.code in codes else card for card in cards)


def _without(entry: Entry, codes: frozenset[str]) -> Entry:
    row, *copies = ({**one, "code": None} if one.get("code") in codes else one for one in (entry.row, *entry.copies))
    return replace(entry, row=row, copies=tuple(copies))
