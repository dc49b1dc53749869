"""Sealed sources: the desk hands out what is sealed as it is, after the ledger says so; it has no key to open it."""

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from marsad.desk import requests
from marsad.desk.actor import Actor
from marsad.desk.allowed import Refused, Thing
from marsad.desk.api.judging import Verdict, judged, standing
from marsad.desk.roles import Action
from marsad.desk.routes import may, permit
from marsad.desk.services import Desk
from marsad.pipeline.sources import A_DAY, Sources, opened_within_a_day, sources

router = APIRouter(prefix="/api", tags=["sealed sources"])
_Name = Annotated[str, Path(max_length=200)]


class Source(BaseModel):
    """A source by pseudonym, since when it is sealed, and whether it was erased."""

    pseudonym: str
    since: str
    erased: bool


class Opening(BaseModel):
    """Why it has to be opened; `approval` is a request that two others approved, beyond a day's measure."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=3, max_length=500)
    approval: str | None = Field(default=None, max_length=100)


class Box(BaseModel):
    """An age file in base64, open to the reader's own key alone: `marsad source open`, or `age -d`."""

    pseudonym: str
    box: str
    recipients: list[str]
    opened_today: int


class Asked(BaseModel):
    """Openings beyond a day's measure are asked for one by one."""

    model_config = ConfigDict(extra="forbid")
    source: str = Field(max_length=200)
    reason: str = Field(min_length=3, max_length=500)


class OpeningRequest(BaseModel):
    """Who asks to open what, why, and who agreed."""

    id: str
    by: str
    source: str
    reason: str
    state: str
    approved_by: list[str]
    made_at: str


@router.get("/sources")
def listed(request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_SOURCES))]) -> list[Source]:
    """Return the pseudonyms of sealed sources."""
    del actor
    desk: Desk = request.app.state.desk
    with desk.kept.read() as reading:
        return [
            Source(pseudonym=s.source_id, since=s.recorded_at.date().isoformat(), erased=erased is not None)
            for s, erased in sources(reading)
        ]


@router.post("/sources/{pseudonym}/opening")
def open_(
    request: Request, pseudonym: _Name, asked: Opening, actor: Annotated[Actor, Depends(may(Action.OPEN_SOURCE))]
) -> Box:
    """Return what is sealed of a source, sealed, after the ledger says who opens it and why; ten a day, then others agree."""
    desk: Desk = request.app.state.desk
    permit(request, actor, _thing(desk, pseudonym))
    now, reason, beyond = desk.settings.now(), asked.reason, False
    with desk.kept.read() as reading:
        before = opened_within_a_day(reading, actor.id, now)
    if before >= A_DAY:
        wanted = asked.approval and requests.found(desk.store, asked.approval, "opening", now)
        if not wanted or wanted.what.get("source") != pseudonym:
            raise Refused(f"lets one person open {A_DAY} sources a day: ask two others to approve this one")
        used = requests.use(desk.store, wanted.request_id, actor.id, now)
        reason, beyond = f"{reason} (approved by {', '.join(used.approved_by)})", True
    service = Sources(desk.observatory, desk.kept, desk.settings.random_bytes)
    _, recipients, box = service.entrust(pseudonym, actor.id, reason, now, beyond=beyond)
    return Box(pseudonym=pseudonym, box=b64encode(box).decode(), recipients=recipients, opened_today=before + 1)


@router.post("/openings", status_code=201)
def ask(request: Request, asked: Asked, actor: Annotated[Actor, Depends(may(Action.OPEN_SOURCE))]) -> OpeningRequest:
    """Ask two others to approve an opening beyond a day's measure."""
    desk: Desk = request.app.state.desk
    permit(request, actor, _thing(desk, asked.source))
    now, salt = desk.settings.now(), desk.settings.random_bytes
    made = requests.ask(desk.store, "opening", actor.id, {"source": asked.source}, asked.reason, now, salt)
    return _told(standing(desk, made, "opening"))


@router.get("/openings")
def asked_for(
    request: Request,
    actor: Annotated[Actor, Depends(may(Action.SEE_OPENINGS))],
    after: Annotated[str, Query(max_length=200)] = "",
    most: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[OpeningRequest]:
    """Return the openings that were asked for: newest first, from the one called `after` on."""
    del actor
    desk: Desk = request.app.state.desk
    return [_told(one) for one in requests.listed(desk.store, "opening", desk.settings.now(), most, after or None)]


@router.post("/openings/{request_id}/verdict")
def judge(
    request: Request,
    request_id: _Name,
    asked: Verdict,
    actor: Annotated[Actor, Depends(may(Action.APPROVE_OPENING))],
) -> OpeningRequest:
    """Approve or refuse an opening that somebody else asked for; it takes two."""
    return _told(judged(request, request_id, "opening", asked, actor))


def _thing(desk: Desk, pseudonym: str) -> Thing:
    with desk.kept.read() as reading:
        there = next(reading.things("source", source_id=pseudonym), None) is not None
    return Thing(pseudonym, there)


def _told(one: requests.Request) -> OpeningRequest:
    return OpeningRequest(
        id=one.request_id,
        by=one.by,
        source=str(one.what.get("source")),
        reason=one.reason,
        state=one.state,
        approved_by=list(one.approved_by),
        made_at=one.made_at,
    )
