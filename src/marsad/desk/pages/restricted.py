"""What is for some groups alone: whether somebody may see a report or an incident, and what lists have to pass over."""

from fastapi import Request

from marsad.desk.actor import Actor
from marsad.desk.allowed import Thing
from marsad.desk.routes import permit
from marsad.desk.services import Desk


def report_for(request: Request, actor: Actor, report_id: str) -> None:
    """Return where this person may do to this report what the route is for; raises Refused, 404 for what is a secret."""
    groups = _groups(request, "report", report_id)
    permit(request, actor, Thing(report_id, groups=groups))


def hidden_reports(request: Request, actor: Actor) -> frozenset[str]:
    """Return the reports that lists do not show to this person."""
    desk: Desk = request.app.state.desk
    by_report: dict[str, set[str]] = {}
    with desk.store.read() as reading:
        for row in reading.rows("restriction", kind="report"):
            by_report.setdefault(row["object"], set()).add(row["grp"])
    return frozenset(report for report, groups in by_report.items() if not groups <= actor.groups)


def _groups(request: Request, kind: str, name: str) -> frozenset[str]:
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        return frozenset(row["grp"] for row in reading.rows("restriction", kind=kind, object=name))
