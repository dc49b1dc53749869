"""What stands before every route: the name of the desk, where a change comes from, how much is sent, and headers."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.desk.settings import DeskSettings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine, under which the desk may always be asked for."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page of the desk may load and do: nothing from elsewhere, and no script or style inside a page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, a browser says "Origin: null" of our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self)",
    "Cache-Control": "no-store",
}


class TooLarge(Exception):
    """More was sent than the desk takes."""


@dataclass
class Over:
    """Whether more was sent than the desk takes, and whether an answer has begun."""

    too_large: bool = False
    started: bool = False


class Armour:
    """Refuses what nobody at this desk would send, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: DeskSettings, failed: Callable[[Request, Exception], Response]) -> None:
        self._app, self._settings, self._failed = app, settings, failed
        self._hosts = HERE | {host.casefold() for host in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # there are no web sockets here
        dressed = _dressed(send, secure=self._settings.https)
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await PlainTextResponse(refusal[1] + "\n", refusal[0])(scope, receive, dressed)
            return
        over = Over()
        try:
            await self._app(scope, self._bounded(receive, over), _noting(dressed, over))
        except TooLarge:
            if not over.started:
                await PlainTextResponse("too large\n", 413)(scope, receive, dressed)
        except Exception as fault:  # noqa: BLE001 - it goes no further: a server's log would print its message
            answer = self._failed(Request(scope), fault)
            if not over.started:
                await answer(scope, receive, dressed)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        if _name(headers.get("host", "")) not in self._hosts:  # also a name that was made to lead here (DNS rebinding)
            return 421, "the desk is not called by this name"
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return 400, "no such length"
        if int(length) > self._settings.body_limit:
            return 413, "too large"
        if scope["method"] not in SAFE and not self._from_here(scope, headers):
            return 403, "this came from another page"
        return None

    def _from_here(self, scope: Scope, headers: Headers) -> bool:
        """Tell whether a change comes from a page of this desk, or from no page at all: that has to show a form's token."""
        del scope
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        wanted = "https" if self._settings.https else "http"
        return parts.scheme == wanted and parts.netloc.casefold() == headers.get("host", "").casefold()

    def _bounded(self, receive: Receive, over: Over) -> Receive:
        left = self._settings.body_limit

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                over.too_large = True
                raise TooLarge
            return message

        return bounded


def _dressed(send: Send, *, secure: bool) -> Send:
    async def dressed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if secure:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            if "server" in headers:
                del headers["server"]
        await send(message)

    return dressed


def _noting(send: Send, over: Over) -> Send:
    async def noting(message: MutableMapping[str, Any]) -> None:
        over.started = True
        if over.too_large and message["type"] == "http.response.start":
            message["status"] = 413  # whatever what was cut off looked like
        await send(message)

    return noting


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    host = host.strip().casefold()
    if host.startswith("["):
        name, _, port = host[1:].partition("]")
        return name if not port or port[1:].isdigit() else host
    return host.rpartition(":")[0] if host.count(":") == 1 else host
