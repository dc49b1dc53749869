"""One's own account: who one is, language, password, sessions."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from marsad.desk import throttle
from marsad.desk.accounts import log
from marsad.desk.actor import Actor
from marsad.desk.roles import TABLE, Action
from marsad.desk.routes import may
from marsad.desk.secrets_of import hashed
from marsad.desk.services import Desk
from marsad.desk.sessions import COOKIE
from marsad.model import Wrong

router = APIRouter(prefix="/api/me", tags=["one's own account"])
_Mine = Annotated[Actor, Depends(may(Action.OWN_ACCOUNT))]


class Me(BaseModel):
    """Who is asking, and what their roles let them do."""

    id: str
    name: str
    roles: list[str]
    groups: list[str]
    language: str
    may: list[str]
    second_factor: bool


class Language(BaseModel):
    """The language in which pages are shown."""

    model_config = ConfigDict(extra="forbid")
    language: Literal["en", "ar"]


class Password(BaseModel):
    """The password there is, and the one there is to be."""

    model_config = ConfigDict(extra="forbid")
    old: str = Field(max_length=300)
    new: str = Field(max_length=300)


@router.get("")
def me(request: Request, actor: _Mine) -> Me:
    """Return who is asking."""
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        row = reading.row("account", account_id=actor.id)
    second = bool(row and row["totp"]) or desk.has_passkey(actor.id)
    allowed = sorted(action.name.lower() for action in TABLE if actor.may(action))
    return Me(
        id=actor.id,
        name=actor.name,
        roles=sorted(actor.roles),
        groups=sorted(actor.groups),
        language=actor.language,
        may=allowed,
        second_factor=second,
    )


@router.post("/language", status_code=204)
def language(request: Request, asked: Language, actor: _Mine) -> None:
    """Show pages in another language from now on."""
    desk: Desk = request.app.state.desk
    with desk.store.write() as writing:
        writing.change("account", {"account_id": actor.id}, language=asked.language)


@router.post("/password", status_code=204)
def password(request: Request, asked: Password, actor: _Mine) -> Response:
    """Set another password; every other session of this account ends, and this one begins anew."""
    desk: Desk = request.app.state.desk
    now = desk.settings.now()
    bucket = f"device:change {actor.id}"
    if throttle.reserve(desk.store, [bucket], now):
        raise Wrong("password", None, "was tried too often", "wait a little")
    with desk.store.read() as reading:
        row = reading.row("account", account_id=actor.id)
    if row is None or not desk.passwords.fits(row["password"], asked.old):
        raise Wrong("password", None, "is not the one there is", "type it again")
    kept = desk.passwords.hash(asked.new, actor.name)
    session = desk.sessions.session(request)
    with desk.store.write() as writing:
        writing.change("account", {"account_id": actor.id}, password=kept)
        writing.remove("session", account_id=actor.id)
        writing.remove("device", account_id=actor.id)
        log(writing, now, actor.id, "password changed", actor.id)
    throttle.forgive(desk.store, [bucket], now)
    answer = Response(status_code=204)
    desk.sessions.begin(answer, actor.id, session.factor if session else "password")
    return answer


@router.post("/sessions/end", status_code=204)
def end_others(request: Request, actor: _Mine) -> None:
    """End every other session of this account, and forget the browsers it was used from."""
    desk: Desk = request.app.state.desk
    mine = hashed(request.cookies.get(COOKIE, ""))
    with desk.store.write() as writing:
        for row in writing.rows("session", account_id=actor.id):
            if row["token_hash"] != mine:
                writing.remove("session", token_hash=row["token_hash"])
        writing.remove("device", account_id=actor.id)
