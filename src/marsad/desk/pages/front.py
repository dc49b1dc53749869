"""The ways in and out: signing in, the first password, the second factor, signing out."""

from datetime import datetime
from typing import Annotated, Any

import pyotp
from fastapi import APIRouter, Body, Form, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from marsad.desk import passkeys, throttle
from marsad.desk.accounts import name_key
from marsad.desk.actor import NotSignedIn
from marsad.desk.pages.shell import page
from marsad.desk.secrets_of import form_token, hashed
from marsad.desk.services import Desk
from marsad.desk.sessions import COOKIE, DEVICE, Session
from marsad.store.desk import Row
from marsad.store.instants import instant

router = APIRouter(tags=["in and out"], include_in_schema=False)

_Text = Annotated[str, Form(max_length=1000)]
_STEP = 30
"""Seconds for which a code of a second device holds (RFC 6238)."""


@router.get("/health")
def health() -> JSONResponse:
    """Answer that the desk runs, and nothing else."""
    return JSONResponse({"up": True})


@router.get("/sign-in")
def ask_sign_in(request: Request) -> HTMLResponse:
    """Return the page with the form to sign in."""
    return _outside(request, "sign_in.html")


@router.post("/sign-in")
def sign_in(request: Request, name: _Text, password: _Text) -> Response:
    """Begin a session where name and password fit; the answer is the same whatever does not fit."""
    desk: Desk = request.app.state.desk
    with desk.store.read() as reading:
        account = reading.row("account", name_key=name_key(name))
    buckets = _buckets(request, desk, name, account)
    waiting = throttle.reserve(desk.store, buckets, desk.settings.now())
    if waiting:
        return _wait(request, waiting)
    usable = account is not None and not account["disabled"]
    fits = desk.passwords.fits(account["password"] if account and usable else None, password)
    if not fits or account is None:
        return _outside(request, "sign_in.html", status=403, failed=True, name=name)
    throttle.forgive(desk.store, buckets, desk.settings.now())
    return _entered(request, desk, account, "password")


@router.get("/welcome")
def ask_password(request: Request, token: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
    """Return the page on which somebody who was invited sets a password."""
    return _outside(request, "welcome.html", invitation=token)


@router.post("/welcome")
def set_password(request: Request, invitation: _Text, password: _Text) -> Response:
    """Set the first password, or a new one, of whoever was invited; the invitation works once."""
    desk: Desk = request.app.state.desk
    now = desk.settings.now()
    waiting = throttle.reserve(desk.store, [f"address:{_address(request)}"], now)
    if waiting:
        return _wait(request, waiting)
    with desk.store.read() as reading:
        row = reading.row("invitation", token_hash=hashed(invitation))
        account = reading.row("account", account_id=row["account_id"]) if row else None
    if row is None or account is None or account["disabled"] or row["expires_at"] < instant(now):
        return _outside(request, "welcome.html", status=403, failed=True, invitation="")
    kept = desk.passwords.hash(password, account["name"])
    with desk.store.write() as writing:
        if not writing.remove("invitation", token_hash=row["token_hash"]):  # somebody was quicker
            return _outside(request, "welcome.html", status=403, failed=True, invitation="")
        writing.change("account", {"account_id": account["account_id"]}, password=kept)
        writing.remove("session", account_id=account["account_id"])
        writing.remove("device", account_id=account["account_id"])
    return _entered(request, desk, account, "password")


@router.get("/second-factor")
def ask_second_factor(request: Request) -> Response:
    """Return the page that asks for a code, or shows how to set up a second device where there is none yet."""
    desk: Desk = request.app.state.desk
    session = _begun(request, desk)
    return _second_page(request, desk, session)


@router.post("/second-factor")
def second_factor(request: Request, code: Annotated[str, Form(max_length=20)]) -> Response:
    """Complete a session with a code of the second device; a code works once."""
    desk: Desk = request.app.state.desk
    session = _begun(request, desk)
    account = session.account
    now = desk.settings.now()
    waiting = throttle.reserve(desk.store, [f"account:second {account['account_id']}"], now)
    if waiting:
        return _wait(request, waiting)
    fresh = account["totp"] is None and not desk.has_passkey(account["account_id"])
    secret = account["totp"] or (_offered(session) if fresh else None)
    step = secret and step_of(secret, code, now, account["totp_step"])
    if not step:
        return _second_page(request, desk, session, failed=True)
    with desk.store.write() as writing:
        # The step is compared again where nobody else writes: the same code twice at once works once.
        row = writing.row("account", account_id=account["account_id"])
        if row is None or row["totp_step"] >= step:
            return _second_page(request, desk, session, failed=True)
        writing.change("account", {"account_id": account["account_id"]}, totp=secret, totp_step=step)
    throttle.forgive(desk.store, [f"account:second {account['account_id']}"], now)
    return _entered(request, desk, account, "both")


@router.post("/second-factor/passkey/options")
def ask_passkey(request: Request) -> JSONResponse:
    """Return what a browser needs to show that it holds a passkey of this account."""
    desk: Desk = request.app.state.desk
    session = _begun(request, desk)
    return JSONResponse(passkeys.ask(desk, session, request))


@router.post("/second-factor/passkey")
def second_factor_by_passkey(request: Request, answer: Annotated[dict[str, Any], Body()]) -> Response:
    """Complete a session with a passkey."""
    desk: Desk = request.app.state.desk
    session = _begun(request, desk)
    passkeys.shown(desk, session, request, answer)
    entered = _entered(request, desk, session.account, "both")
    told = Response(status_code=204)
    told.raw_headers += [(k, v) for k, v in entered.raw_headers if k == b"set-cookie"]
    return told


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session."""
    answer = RedirectResponse("/sign-in", 303)
    request.app.state.desk.sessions.end(request, answer)
    return answer


def step_of(secret: str, code: str, now: datetime, last: int) -> int | None:
    """Return the number of the half minute of which this is the code, one before or after now; None if none after `last`."""
    code = "".join(code.split())
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    here = int(now.timestamp()) // _STEP
    made = pyotp.TOTP(secret)
    found = [
        n for n in (here - 1, here, here + 1) if n > last and pyotp.utils.strings_equal(made.generate_otp(n), code)
    ]
    return found[0] if found else None


def _begun(request: Request, desk: Desk) -> Session:
    session = desk.sessions.session(request)
    if session is None:
        raise NotSignedIn
    return session


def _offered(session: Session) -> str | None:
    kind, _, secret = (session.challenge or "").partition(":")
    return secret if kind == "totp" else None


def _second_page(request: Request, desk: Desk, session: Session, failed: bool = False) -> Response:
    account = session.account
    if session.factor == "both" and not failed:
        return RedirectResponse("/", 303)
    passkey = desk.has_passkey(account["account_id"])
    secret = None
    if account["totp"] is None and not passkey:
        secret = _offered(session)
        if secret is None:
            secret = pyotp.random_base32()
            desk.sessions.challenge(session, f"totp:{secret}")
    address = secret and pyotp.TOTP(secret).provisioning_uri(
        name=account["name"], issuer_name=f"marsad {desk.observatory.name}"
    )
    model = {"failed": failed, "secret": secret, "address": address, "passkey": passkey}
    return page(request, None, "second_factor.html", status=403 if failed else 200, **model)


def _entered(request: Request, desk: Desk, account: Row, factor: str) -> Response:
    answer = RedirectResponse("/", 303)
    desk.sessions.begin(answer, account["account_id"], factor, request.cookies.get(COOKIE))
    desk.sessions.remember(answer, account["account_id"], request.cookies.get(DEVICE))
    return answer


def _buckets(request: Request, desk: Desk, name: str, account: Row | None) -> list[str]:
    known = request.cookies.get(DEVICE)
    if known and account and desk.knows_device(known, account["account_id"]):
        return [f"device:{hashed(known)}"]
    return [f"account:{hashed(name_key(name))}", f"address:{_address(request)}"]


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _wait(request: Request, seconds: float) -> Response:
    answer = page(
        request, None, "problem.html", status=429, code=429, said="has heard too many attempts: wait a little"
    )
    answer.headers["Retry-After"] = str(int(seconds) + 1)
    return answer


def _outside(request: Request, template: str, *, status: int = 200, **model: object) -> HTMLResponse:
    """Return a page for somebody who has not signed in, with the cookie that its form's token belongs to."""
    desk: Desk = request.app.state.desk
    shell = HTMLResponse()
    secret = desk.sessions.visitor(request, shell)
    token = form_token(secret) if desk.sessions.session(request) is None else desk.sessions.form_token(request)
    answer = page(request, None, template, status=status, token=token, **{"failed": False, "name": "", **model})
    answer.raw_headers += [(k, v) for k, v in shell.raw_headers if k == b"set-cookie"]
    return answer
