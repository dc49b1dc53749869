"""Looking after the desk, as pages: who is on the team, what is for some groups alone, and the switch that shuts the desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.allowed import Refused
from marsad.desk.api import accounts as api
from marsad.desk.pages.refusing import refusal
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action, Role
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.desk.settings import Mode
from marsad.model import Wrong

router = APIRouter(include_in_schema=False)
_Admin = Annotated[Actor, Depends(may(Action.MANAGE_ACCOUNTS))]
_Lead = Annotated[Actor, Depends(may(Action.RESTRICT))]
_Switch = Annotated[Actor, Depends(may(Action.CHANGE_MODE))]
_Name = Annotated[str, Path(max_length=200)]
_Text = Annotated[str, Form(max_length=400)]
_Roles = Annotated[list[Role], Form(max_length=10)]


@router.get("/team")
def team(request: Request, actor: _Admin) -> HTMLResponse:
    """Return the page of everybody's accounts."""
    return _team(request, actor)


@router.post("/team")
def add(request: Request, actor: _Admin, name: _Text, roles: _Roles = [], groups: _Text = "") -> HTMLResponse:  # noqa: B006 - never changed
    """Make an account; show the link for whom it is, once."""
    try:
        asked = api.NewAccount(name=name[:80] or "-", roles=roles, groups=_groups(groups))
        made = api.add(request, asked, actor)
    except Wrong as fault:
        return _team(request, actor, status=422, trouble=refusal(fault, language_of(request, actor)))
    return _team(request, actor, invited=made)


@router.post("/team/{account_id}")
def change(
    request: Request,
    account_id: _Name,
    actor: _Admin,
    version: Annotated[int, Form(ge=1, le=2**53)],
    roles: _Roles = [],  # noqa: B006 - never changed
    groups: _Text = "",
    disabled: Annotated[bool, Form()] = False,
) -> Response:
    """Give somebody other roles and groups, or disable the account."""
    asked = api.Change(roles=roles, groups=_groups(groups), disabled=disabled, version=version)
    try:
        api.change(request, account_id, asked, actor)
    except Wrong as fault:
        if isinstance(fault, Refused):
            raise
        return _team(request, actor, status=422, trouble=refusal(fault, language_of(request, actor)))
    return RedirectResponse("/team" if account_id != actor.id else "/sign-in", 303)


@router.post("/team/{account_id}/invitation")
def invitation(request: Request, account_id: _Name, actor: _Admin) -> HTMLResponse:
    """Show a link by which somebody gets a new password and a new second factor, once."""
    made = api.invitation(request, account_id, actor)
    return _team(request, actor, invited=made)


@router.get("/mode")
def mode(request: Request, actor: _Switch) -> HTMLResponse:
    """Return the page with the switch."""
    return page(request, actor, "mode.html", modes=list(Mode))


@router.post("/mode")
def switch(request: Request, actor: _Switch, to: Annotated[Mode, Form()]) -> Response:
    """Make the desk read-only, shut it, or open it."""
    api.mode(request, api.ModeAsked(mode=to), actor)
    return RedirectResponse("/mode", 303)


@router.get("/restrictions")
def restrictions(request: Request, actor: _Lead) -> HTMLResponse:
    """Return what is for some groups alone, as far as somebody may know of it."""
    return _restrictions(request, actor)


@router.post("/restrictions")
def restrict(
    request: Request, actor: _Lead, kind: Annotated[str, Form(max_length=20)], name: _Text, groups: _Text = ""
) -> Response:
    """Keep a report or an incident to some groups; with none, free it."""
    asked = api.Restriction(groups=_groups(groups))
    if kind == "report":
        api.restrict_report(request, name, asked, actor)
    else:
        api.restrict_incident(request, name, asked, actor)
    return RedirectResponse("/restrictions", 303)


def _team(
    request: Request, actor: Actor, *, status: int = 200, trouble: str | None = None, invited: api.Invited | None = None
) -> HTMLResponse:
    link = str(request.base_url).rstrip("/") + invited.link if invited else None
    people = sorted(api.accounts(request, actor), key=lambda one: one.name.casefold())
    groups = {one.id: ", ".join(one.groups) for one in people}
    model = {"people": people, "groups": groups, "roles": list(Role), "trouble": trouble, "link": link}
    events = api.events(request, actor)[:40]
    return page(request, actor, "team.html", status=status, events=events, **model)


def _restrictions(request: Request, actor: Actor) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        rows = [row for row in reading.rows("restriction") if row["grp"] in actor.groups]
    return page(request, actor, "restrictions.html", rows=rows)


def _groups(told: str) -> list[str]:
    """Return the groups in a line of them.

    >>> _groups("north, legal team ,")
    ['north', 'legal team']
    """
    return [group.strip()[:80] for group in told.replace("،", ",").split(",") if group.strip()][:20]
