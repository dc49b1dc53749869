"""What is answered when something is refused or fails: the same few shapes, which tell nothing that was not asked."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from marsad.desk.actor import NotSignedIn
from marsad.desk.allowed import Refused
from marsad.desk.pages.refusing import answered, misfilled, refusal
from marsad.desk.pages.shell import language_of, problem, reader_of
from marsad.desk.pages.stale_page import stale_page
from marsad.desk.pages.tongue import Tongue
from marsad.desk.stale import Stale
from marsad.model import Conflict, Wrong

_LOG = logging.getLogger("marsad.desk")
_FULL = "cannot keep anything at present: the disk is full; nothing was changed"
_AWAY = "cannot reach what it keeps at present; nothing was changed"


def install(app: FastAPI) -> None:
    """Make the app answer refusals and faults."""

    async def not_signed_in(request: Request, fault: Exception) -> Response:
        where = fault.where if isinstance(fault, NotSignedIn) else "/sign-in"
        if _api(request):
            return _json(401, "sign in first")
        return RedirectResponse(where, 303)

    async def refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, Refused)  # noqa: S101 - for the type checker
        return _answer(request, fault.status, fault.rule)

    async def wrong(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, Wrong)  # noqa: S101 - for the type checker
        if str(request.app.state.desk.observatory.path) in str(
            fault
        ):  # what a database says, with the path of its file
            _log(fault)
            full = "full" in str(fault.value)
            return _answer(request, 507 if full else 503, _FULL if full else _AWAY)
        status = 409 if isinstance(fault, Conflict) else 422
        if _api(request):
            return _json(status, str(fault))
        return problem(request, status, "problem", said=refusal(fault, _language(request)))

    async def stale(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, Stale)  # noqa: S101 - for the type checker
        if _api(request):
            return JSONResponse(fault.body, 409)
        return stale_page(request, reader_of(request), fault.body, "/")

    async def invalid(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)  # noqa: S101 - for the type checker
        fields = [".".join(map(str, error["loc"][1:])) for error in fault.errors()]
        told = [(where, str(error["msg"])) for where, error in zip(fields, fault.errors(), strict=True)]
        if _api(request) or not told:
            return _answer(request, 422, misfilled(told, "en", {})[:500] or "is not what is asked for")
        lang = _language(request)
        called = {where: Tongue(lang).term("slot", where) for where in fields if Tongue(lang).has(f"slot.{where}")}
        return problem(request, 422, "problem", said=misfilled(told, lang, called)[:500])

    async def http(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)  # noqa: S101 - for the type checker
        phrase = HTTPStatus(fault.status_code).phrase.lower()
        answer = _answer(request, fault.status_code, "has nothing of this name" if fault.status_code == 404 else phrase)
        answer.headers.update(fault.headers or {})
        return answer

    app.add_exception_handler(NotSignedIn, not_signed_in)
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(Stale, stale)
    app.add_exception_handler(Wrong, wrong)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def failed(request: Request, fault: Exception) -> Response:
    """Return the answer to a request at which something failed that nobody thought of; note what kind of fault, and where."""
    _log(fault)
    return _answer(request, 500, "cannot do this: something went wrong here")


def _log(fault: BaseException) -> None:
    """Note the kind of a fault and where it was, not its message: that may hold words of a report or of a person."""
    trace, lines = fault.__traceback__, []
    while trace is not None:
        lines.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    _LOG.error("%s at %s", type(fault).__name__, " ".join(lines[-4:]))


def _api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _answer(request: Request, status: int, said: str) -> Response:
    """Return what the desk says of itself: "is closed" is "The desk is closed." on a page."""
    if _api(request):
        return _json(status, said)
    return problem(request, status, "problem", said=answered(said, _language(request)))


def _language(request: Request) -> str:
    return language_of(request, reader_of(request))


def _json(status: int, said: str) -> Response:
    return JSONResponse({"error": said}, status)
