"""The report page: words and claims side by side, and what is behind them."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.pages.claims_shown import claims_model
from marsad.desk.pages.restricted import hidden_codes, report_for, without_homes
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.report_view import report_candidates, report_view

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_REPORT))]


@router.get("/reports/{report_id}")
def report(request: Request, report_id: str, actor: _See) -> HTMLResponse:
    """Return the page of one report."""
    return report_page(request, actor, report_id)


def report_page(request: Request, actor: Actor, report_id: str, *, status: int = 200, **model: Any) -> HTMLResponse:
    """Return the page of one report; `model` may hold `trouble`, what was refused, and `typed`, what was typed then."""
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    with index_of(desk.observatory) as index:
        view = report_view(desk.observatory, index, report_id)
        view = replace(view, cards=without_homes(view.cards, hidden_codes(request, actor)))
        following = index.next_open(report_id)
    with desk.kept.read() as reading:
        versions = {card.anchor: desk.touched.version(reading, [card.anchor]) for card in view.cards}
    shown = claims_model(view, actor, following, versions)
    return page(request, actor, "report.html", status=status, **{**shown, **model})


@router.get("/reports/{report_id}/candidates")
def candidates(request: Request, report_id: str, actor: _See) -> Response:
    """Return the incidents that a report may be of beside its own, with reasons."""
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    found = report_candidates(desk.observatory, report_id, language_of(request, actor))
    hidden = hidden_codes(request, actor)
    found = [one for one in found if one.code not in hidden]
    model: dict[str, Any] = {"candidates": found, "report_id": report_id, "may_join": actor.may(Action.DECIDE_INCIDENT)}
    return page(request, actor, "candidates.html", **model)
