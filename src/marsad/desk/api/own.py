"""One's own account: who one is, language, password, sessions."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from marsad.desk import passkeys
from marsad.desk.actor import Actor
from marsad.desk.allowed import Thing
from marsad.desk.own_account import change_password, end_other_sessions, forget_passkey, passkeys_of
from marsad.desk.roles import TABLE, Action
from marsad.desk.routes import may, permit
from marsad.desk.services import Desk
from marsad.desk.sessions import COOKIE, Session

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


class Passkey(BaseModel):
    """A passkey, by its id and what its owner calls it."""

    id: str
    label: str
    made_at: str


class NewPasskey(BaseModel):
    """What a browser answered, and what its owner calls it."""

    model_config = ConfigDict(extra="forbid")
    credential: dict[str, Any]
    label: str = Field(default="", max_length=80)


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
    answer = Response(status_code=204)
    change_password(request, answer, actor, asked.old, asked.new)
    return answer


@router.get("/passkeys")
def keys(request: Request, actor: _Mine) -> list[Passkey]:
    """Return the passkeys of this account."""
    rows = passkeys_of(request, actor)
    return [Passkey(id=row["credential_id"], label=row["label"], made_at=row["made_at"]) for row in rows]


@router.post("/passkeys/options")
def offer_key(request: Request, actor: _Mine) -> dict[str, Any]:
    """Return what a browser needs to make a passkey."""
    del actor
    desk: Desk = request.app.state.desk
    return passkeys.offer(desk, _session(request, desk), request)


@router.post("/passkeys", status_code=204)
def keep_key(request: Request, asked: NewPasskey, actor: _Mine) -> Response:
    """Keep the passkey that a browser made; from then on a password alone is not enough, elsewhere: here it was shown."""
    desk: Desk = request.app.state.desk
    passkeys.keep(desk, _session(request, desk), request, asked.credential, asked.label, desk.settings.now())
    answer = Response(status_code=204)
    desk.sessions.begin(answer, actor.id, "both", request.cookies.get(COOKIE))
    return answer


@router.post("/passkeys/{credential_id}/remove", status_code=204)
def remove_key(request: Request, credential_id: Annotated[str, Path(max_length=2000)], actor: _Mine) -> None:
    """Forget a passkey of this account."""
    gone = forget_passkey(request, actor, credential_id)
    permit(request, actor, Thing(credential_id, there=gone))


def _session(request: Request, desk: Desk) -> Session:
    session = desk.sessions.session(request)
    assert session is not None  # noqa: S101 - whoever gets here has signed in
    return session


@router.post("/sessions/end", status_code=204)
def end_others(request: Request, actor: _Mine) -> None:
    """End every other session of this account, and forget the browsers it was used from."""
    end_other_sessions(request, actor)
