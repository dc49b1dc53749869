"""Exports and sealed sources, as pages: asked for, approved by others, fetched by whoever asked."""

from base64 import b64decode
from datetime import timedelta
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.api import exports, sources
from marsad.desk.api.judging import Verdict
from marsad.desk.pages.shell import page
from marsad.desk.requests import PAGE
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.pipeline.sources import opened_since

router = APIRouter(include_in_schema=False)
_Name = Annotated[str, Path(max_length=200)]
Asked = TypeVar("Asked", exports.Export, sources.OpeningRequest)
_LATELY = timedelta(days=7)
_After = Annotated[str, Query(max_length=200)]
_Why = Annotated[str, Form(min_length=3, max_length=500)]


def _paged(found: list[Asked]) -> tuple[list[Asked], str | None]:
    """Return a page of requests, and the id after which the next one begins, None where there is none."""
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


@router.get("/exports")
def listed(
    request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_EXPORTS))], after: _After = ""
) -> HTMLResponse:
    """Return a page of one's exports, and of those that wait for one's approval."""
    found, next_after = _paged(exports.listed(request, actor, after, PAGE + 1))
    may_ask = actor.may(Action.ASK_EXPORT)
    return page(request, actor, "exports.html", exports=found, next_after=next_after, may_ask=may_ask)


@router.post("/exports")
def ask(
    request: Request,
    actor: Annotated[Actor, Depends(may(Action.ASK_EXPORT))],
    form: Annotated[Literal["incidents", "tolls", "corrections"], Form()],
    reason: _Why,
) -> Response:
    """Ask for an export."""
    exports.ask(request, exports.Asked(form=form, reason=reason), actor)
    return RedirectResponse("/exports", 303)


@router.post("/exports/{request_id}")
def judge(
    request: Request,
    request_id: _Name,
    actor: Annotated[Actor, Depends(may(Action.APPROVE_EXPORT))],
    approved: Annotated[bool, Form()],
) -> Response:
    """Approve or refuse an export of somebody else."""
    exports.judge(request, request_id, Verdict(approved=approved), actor)
    return RedirectResponse("/exports", 303)


@router.get("/sources")
def pseudonyms(request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_SOURCES))]) -> HTMLResponse:
    """Return the pseudonyms of sealed sources, and who had which of them opened lately: no lead opens one unseen by others."""
    desk: Desk = request.app.state.desk
    with desk.kept.read() as reading:
        lately = opened_since(reading, desk.settings.now() - _LATELY)
    return page(request, actor, "sources.html", sources=sources.listed(request, actor), lately=lately)


@router.post("/sources/{pseudonym}")
def open_(
    request: Request,
    pseudonym: _Name,
    actor: Annotated[Actor, Depends(may(Action.OPEN_SOURCE))],
    reason: _Why,
    approval: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Hand out what is sealed of a source, sealed, as a file that the reader's own key opens."""
    box = sources.open_(request, pseudonym, sources.Opening(reason=reason, approval=approval or None), actor)
    headers = {"Content-Disposition": 'attachment; filename="source.age"', "Content-Security-Policy": "sandbox"}
    return Response(b64decode(box.box), media_type="application/octet-stream", headers=headers)


@router.get("/openings")
def openings(
    request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_OPENINGS))], after: _After = ""
) -> HTMLResponse:
    """Return a page of the openings beyond a day's measure that were asked for."""
    found, next_after = _paged(sources.asked_for(request, actor, after, PAGE + 1))
    may_ask = actor.may(Action.OPEN_SOURCE)
    return page(request, actor, "openings.html", openings=found, next_after=next_after, may_ask=may_ask)


@router.post("/openings")
def ask_opening(
    request: Request,
    actor: Annotated[Actor, Depends(may(Action.OPEN_SOURCE))],
    source: Annotated[str, Form(max_length=200)],
    reason: _Why,
) -> Response:
    """Ask two others to approve an opening."""
    sources.ask(request, sources.Asked(source=source, reason=reason), actor)
    return RedirectResponse("/openings", 303)


@router.post("/openings/{request_id}")
def judge_opening(
    request: Request,
    request_id: _Name,
    actor: Annotated[Actor, Depends(may(Action.APPROVE_OPENING))],
    approved: Annotated[bool, Form()],
) -> Response:
    """Approve or refuse an opening of somebody else."""
    sources.judge(request, request_id, Verdict(approved=approved), actor)
    return RedirectResponse("/openings", 303)
