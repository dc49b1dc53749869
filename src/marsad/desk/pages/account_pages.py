"""One's own account as a page: who one is here, another password, other sessions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.api import own
from marsad.desk.pages.shell import page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.model import Wrong

router = APIRouter(include_in_schema=False)
_Mine = Annotated[Actor, Depends(may(Action.OWN_ACCOUNT))]
_Secret = Annotated[str, Form(max_length=300)]


@router.get("/account")
def account(request: Request, actor: _Mine, done: bool = False) -> HTMLResponse:
    """Return the page of one's own account."""
    return page(request, actor, "account.html", trouble=None, done=done)


@router.post("/account/password")
def password(request: Request, actor: _Mine, old: _Secret, new: _Secret) -> Response:
    """Set another password, and go on in a fresh session."""
    try:
        answer = own.password(request, own.Password(old=old, new=new), actor)
    except Wrong as fault:
        return page(request, actor, "account.html", status=422, trouble=str(fault), done=False)
    onward = RedirectResponse("/account?done=1", 303)
    onward.raw_headers += [(k, v) for k, v in answer.raw_headers if k == b"set-cookie"]
    return onward


@router.post("/account/sessions")
def end_others(request: Request, actor: _Mine) -> Response:
    """End every other session of this account."""
    own.end_others(request, actor)
    return RedirectResponse("/account?done=1", 303)
