"""Accounts, modes and restrictions, for those who look after the desk."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from marsad.desk.accounts import OUTSIDE, actor_of, add_account, change_account, invite, log
from marsad.desk.actor import Actor
from marsad.desk.allowed import Refused, Thing
from marsad.desk.roles import Action, Role
from marsad.desk.routes import may, permit
from marsad.desk.services import Desk
from marsad.desk.settings import Mode
from marsad.desk.targets import incident_target, report_thing

router = APIRouter(prefix="/api", tags=["looking after the desk"])
_Name = Annotated[str, Path(max_length=200)]
_Admin = Annotated[Actor, Depends(may(Action.MANAGE_ACCOUNTS))]
_Group = Annotated[str, Field(min_length=1, max_length=80)]


class NewAccount(BaseModel):
    """Somebody joins the team."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=80)
    roles: list[Role] = Field(max_length=10)
    groups: list[_Group] = Field(default=[], max_length=50)
    language: str = Field(default="en", max_length=10)


class Change(BaseModel):
    """What somebody is from now on; `version` is the one you saw."""

    model_config = ConfigDict(extra="forbid")
    roles: list[Role] = Field(max_length=10)
    groups: list[_Group] = Field(default=[], max_length=50)
    disabled: bool = False
    version: int = Field(ge=1, le=2**53)


class Account(BaseModel):
    """Somebody of the team, for an admin: never a hash or a secret."""

    id: str
    name: str
    roles: list[str]
    groups: list[str]
    disabled: bool
    version: int


class Invited(BaseModel):
    """The link by which somebody sets a password, once, within an hour."""

    id: str
    link: str


class ModeAsked(BaseModel):
    """What the desk lets anybody do from now on."""

    model_config = ConfigDict(extra="forbid")
    mode: Mode


class Restriction(BaseModel):
    """Who is in all of these groups may know of it, nobody else; with none, everybody may."""

    model_config = ConfigDict(extra="forbid")
    groups: list[_Group] = Field(max_length=20)


@router.get("/accounts")
def accounts(request: Request, actor: _Admin) -> list[Account]:
    """Return everybody of the team."""
    del actor
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        return [_account(row) for row in reading.rows("account")]


@router.post("/accounts", status_code=201)
def add(request: Request, asked: NewAccount, actor: _Admin) -> Invited:
    """Make an account; return the link for whom it is."""
    desk: Desk = request.app.state.desk
    now, salt = desk.settings.now(), desk.settings.random_bytes
    made = add_account(desk.store, asked.name, asked.roles, asked.groups, asked.language, actor.id, now, salt)
    return Invited(id=made.account_id, link=f"{OUTSIDE}?token={made.secret}")


@router.post("/accounts/{account_id}", status_code=204)
def change(request: Request, account_id: _Name, asked: Change, actor: _Admin) -> None:
    """Give somebody other roles and groups, or disable the account; every session of theirs ends."""
    desk: Desk = request.app.state.desk
    _there(request, desk, actor, account_id)
    change_account(
        desk.store,
        account_id,
        roles=asked.roles,
        groups=asked.groups,
        disabled=asked.disabled,
        version=asked.version,
        by=actor.id,
        now=desk.settings.now(),
    )


@router.post("/accounts/{account_id}/invitation")
def invitation(request: Request, account_id: _Name, actor: _Admin) -> Invited:
    """Return a link by which somebody sets a new password and a new second factor; what they had holds no more."""
    desk: Desk = request.app.state.desk
    _there(request, desk, actor, account_id)
    now = desk.settings.now()
    with desk.store.write() as writing:
        writing.change("account", {"account_id": account_id}, totp=None, totp_step=0, password=None)
        for table in ("passkey", "session", "device"):
            writing.remove(table, account_id=account_id)
        log(writing, now, actor.id, "invited again", account_id)
        secret = invite(writing, account_id, now, desk.settings.random_bytes)
    return Invited(id=account_id, link=f"{OUTSIDE}?token={secret}")


@router.get("/events")
def events(request: Request, actor: _Admin) -> list[dict[str, Any]]:
    """Return what was done with accounts, modes and requests, the newest first, by pseudonym."""
    del actor
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        rows = reading.rows("event")
    return [{name: row[name] for name in ("at", "by", "what", "about")} for row in reversed(rows[-1000:])]


@router.post("/mode", status_code=204)
def mode(request: Request, asked: ModeAsked, actor: Annotated[Actor, Depends(may(Action.CHANGE_MODE))]) -> None:
    """Make the desk read-only, shut it, or open it again; shut, an admin alone can open it."""
    desk: Desk = request.app.state.desk
    if desk.settings.mode is not Mode.OPEN:
        raise Refused(f"was started {desk.settings.mode.value}: start it otherwise")
    with desk.store.write() as writing:
        writing.remove("setting", name="mode")
        writing.add("setting", name="mode", value=asked.mode.value)
        log(writing, desk.settings.now(), actor.id, f"desk {asked.mode.value}")


@router.post("/reports/{report_id}/restriction", status_code=204)
def restrict_report(
    request: Request, report_id: _Name, asked: Restriction, actor: Annotated[Actor, Depends(may(Action.RESTRICT))]
) -> None:
    """Keep a report, and every incident it tells of, to some groups."""
    desk: Desk = request.app.state.desk
    permit(request, actor, report_thing(desk, report_id))
    desk.restrictions.put("report", report_id, asked.groups, actor.id, desk.settings.now())


@router.post("/incidents/{name}/restriction", status_code=204)
def restrict_incident(
    request: Request, name: _Name, asked: Restriction, actor: Annotated[Actor, Depends(may(Action.RESTRICT))]
) -> None:
    """Keep an incident to some groups."""
    desk: Desk = request.app.state.desk
    target = incident_target(desk, name)
    permit(request, actor, target.thing)
    desk.restrictions.put("incident", target.anchors[0], asked.groups, actor.id, desk.settings.now())


def _there(request: Request, desk: Desk, actor: Actor, account_id: str) -> None:
    with desk.store.read() as reading:
        there = reading.row("account", account_id=account_id) is not None
    permit(request, actor, Thing(account_id, there))


def _account(row: dict[str, Any]) -> Account:
    who = actor_of(row)
    return Account(
        id=who.id,
        name=who.name,
        roles=sorted(who.roles),
        groups=sorted(who.groups),
        disabled=bool(row["disabled"]),
        version=row["version"],
    )
