"""One's own account as a page: who one is here, another password, other sessions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.own_account import change_password, end_other_sessions, forget_passkey, passkeys_of
from marsad.desk.pages.refusing import refusal
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.model import Wrong

router = APIRouter(include_in_schema=False)
_Mine = Annotated[Actor, Depends(may(Action.OWN_ACCOUNT))]
_Secret = Annotated[str, Form(max_length=300)]


@router.get("/account")
def account(request: Request, actor: _Mine, done: bool = False) -> HTMLResponse:
    """Return the page of one's own account."""
    return page(request, actor, "account.html", trouble=None, done=done, passkeys=passkeys_of(request, actor))


@router.post("/account/password")
def password(request: Request, actor: _Mine, old: _Secret, new: _Secret) -> Response:
    """Set another password, and go on in a fresh session."""
    onward = RedirectResponse("/account?done=1", 303)
    try:
        change_password(request, onward, actor, old, new)
    except Wrong as fault:
        return page(
            request,
            actor,
            "account.html",
            status=422,
            trouble=refusal(fault, language_of(request, actor)),
            done=False,
            passkeys=passkeys_of(request, actor),
        )
    return onward


@router.post("/account/sessions")
def end_others(request: Request, actor: _Mine) -> Response:
    """End every other session of this account."""
    end_other_sessions(request, actor)
    return RedirectResponse("/account?done=1", 303)


@router.post("/account/passkeys")
def remove_passkey(request: Request, actor: _Mine, remove: Annotated[str, Form(max_length=2000)]) -> Response:
    """Forget a passkey of this account."""
    forget_passkey(request, actor, remove)
    return RedirectResponse("/account?done=1", 303)
