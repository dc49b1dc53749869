"""The verdict on what somebody asked for, an export or an opening: the same for both."""

from fastapi import Request
from pydantic import BaseModel, ConfigDict

from marsad.desk import requests
from marsad.desk.actor import Actor
from marsad.desk.allowed import Thing
from marsad.desk.routes import permit
from marsad.desk.services import Desk


class Verdict(BaseModel):
    """What somebody other than the author thinks of it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    approved: bool


def judged(request: Request, request_id: str, kind: str, asked: Verdict, actor: Actor) -> requests.Request:
    """Keep what this person thinks of a request of a kind ("export", "opening"); return it as it stands then."""
    desk: Desk = request.app.state.desk
    now = desk.settings.now()
    one = requests.found(desk.store, request_id, kind, now)
    permit(request, actor, one.thing if one else Thing(request_id, there=False))
    requests.judge(desk.store, request_id, actor.id, asked.approved, now)
    return standing(desk, request_id, kind)


def standing(desk: Desk, request_id: str, kind: str) -> requests.Request:
    """Return a request that was made or judged just now."""
    one = requests.found(desk.store, request_id, kind, desk.settings.now())
    assert one is not None  # noqa: S101 - see above
    return one
