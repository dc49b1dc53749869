"""Exports: asked for, approved by somebody else, fetched by whoever asked, until they expire."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from marsad.desk import requests
from marsad.desk.accounts import log
from marsad.desk.actor import Actor
from marsad.desk.allowed import Refused, Thing
from marsad.desk.api.judging import Verdict, judged, standing
from marsad.desk.exports import FORMS, exported
from marsad.desk.roles import Action
from marsad.desk.routes import may, permit
from marsad.desk.services import Desk

router = APIRouter(prefix="/api/exports", tags=["exports"])
_Name = Annotated[str, Path(max_length=200)]


class Asked(BaseModel):
    """What is to leave the desk, and what for."""

    model_config = ConfigDict(extra="forbid")
    form: Literal["incidents", "tolls", "corrections"]
    reason: str = Field(min_length=3, max_length=500)


class Export(BaseModel):
    """An export that was asked for: waiting, approved until `expires_at`, refused or expired."""

    id: str
    by: str
    form: str
    reason: str
    state: str
    made_at: str
    expires_at: str | None
    approved_by: list[str]


@router.post("", status_code=201)
def ask(request: Request, asked: Asked, actor: Annotated[Actor, Depends(may(Action.ASK_EXPORT))]) -> Export:
    """Ask for an export; somebody else has to approve it."""
    desk: Desk = request.app.state.desk
    now, salt = desk.settings.now(), desk.settings.random_bytes
    made = requests.ask(desk.store, "export", actor.id, {"form": asked.form}, asked.reason, now, salt)
    return _told(standing(desk, made, "export"))


@router.get("")
def listed(
    request: Request,
    actor: Annotated[Actor, Depends(may(Action.SEE_EXPORTS))],
    after: Annotated[str, Query(max_length=200)] = "",
    most: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Export]:
    """Return the exports that one asked for, and those of others that wait for one's approval: newest first, from `after` on."""
    desk: Desk = request.app.state.desk
    seen = requests.Seen(actor.id, actor.may(Action.APPROVE_EXPORT))
    found = requests.listed(desk.store, "export", desk.settings.now(), most, after or None, seen)
    return [_told(one) for one in found]


@router.post("/{request_id}/verdict")
def judge(
    request: Request,
    request_id: _Name,
    asked: Verdict,
    actor: Annotated[Actor, Depends(may(Action.APPROVE_EXPORT))],
) -> Export:
    """Approve or refuse an export that somebody else asked for."""
    return _told(judged(request, request_id, "export", asked, actor))


@router.get("/{request_id}/file", response_class=Response)
def fetch(request: Request, request_id: _Name, actor: Annotated[Actor, Depends(may(Action.FETCH_EXPORT))]) -> Response:
    """Return the file of an approved export, to whoever asked for it, made of what they may see now."""
    desk: Desk = request.app.state.desk
    now = desk.settings.now()
    one = requests.found(desk.store, request_id, "export", now)
    mine = one is not None and one.by == actor.id
    permit(request, actor, Thing(request_id, there=mine))
    assert one is not None  # noqa: S101 - permitted above
    if one.state != "approved":
        raise Refused(f"has this export {one.state}: it can be fetched while it is approved")
    form = str(one.what["form"])
    data = exported(desk, actor, form)
    with desk.store.write() as writing:
        log(writing, now, actor.id, "export fetched", request_id)
    headers = {"Content-Disposition": f'attachment; filename="{FORMS[form]}"', "Content-Security-Policy": "sandbox"}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _told(one: requests.Request) -> Export:
    return Export(
        id=one.request_id,
        by=one.by,
        form=str(one.what.get("form")),
        reason=one.reason,
        state=one.state,
        made_at=one.made_at,
        expires_at=one.expires_at,
        approved_by=list(one.approved_by),
    )
