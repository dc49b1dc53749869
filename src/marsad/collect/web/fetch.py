"""Asking a web address: once, at a checked number, in bounded time and space, every redirect as carefully as the first."""

import email.message
import http.client
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final
from urllib.parse import SplitResult, urlunsplit

from marsad.collect.web.addresses import Reach, Resolver, checked_url, numbers_of, port_of, system_resolver
from marsad.collect.web.wire import opened
from marsad.model import Wrong

AGENT: Final = "marsad/0.1 (casualty recording)"
Clock = Callable[[], datetime]
"""Tells the time, in UTC."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PIECE: Final = 1 << 16
_LONGEST_WAIT: Final = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one answer may cost: `seconds` with all its redirects, `size` bytes on the wire and as many unpacked."""

    seconds: float = 60.0
    size: int = 20 << 20
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked of `url` at the number `asked`, and what it answered, byte for byte as it came.

    `response` begins with the status line. `at` is when it was asked, in UTC.
    """

    url: str
    asked: str
    at: datetime
    request: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """The last answer of a row of redirects: its address, status, headers and content, unpacked.

    `headers` have names in lower case, in their order. `exchanges` are all that was said, redirects first.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    exchanges: tuple[Exchange, ...] = field(repr=False)

    def header(self, name: str) -> str | None:
        """Return the first header of this name, in lower case; None if there is none."""
        return next((value for header, value in self.headers if header == name), None)


class Later(Wrong):
    """A server that did not answer well: it may do so later. `wait` is how long it asked to be left alone, in seconds."""

    def __init__(self, subject: str, value: object, rule: str, wait: float | None = None) -> None:
        super().__init__(subject, value, rule, "marsad will ask again, less often each time")
        self.wait = wait


def fetch(
    url: str,
    clock: Clock,
    *,
    reach: Reach | None = None,
    allowance: Allowance | None = None,
    headers: Mapping[str, str] | None = None,
    resolve: Resolver = system_resolver,
) -> Fetched:
    """Return what this address answers, after redirects.

    Raises Wrong where it, or one that it redirects to, may not be asked, where it answers too much, or unpacks to too
    much; Later where it does not answer, breaks off, is too slow, sends less than it said, or answers 429 or 5xx.
    """
    reach, allowance = Reach() if reach is None else reach, Allowance() if allowance is None else allowance
    deadline = time.monotonic() + allowance.seconds
    exchanges: list[Exchange] = []
    parts = checked_url(url)
    while True:
        answer = _ask(parts, clock(), reach, allowance, deadline, dict(headers or {}), resolve, exchanges)
        target = answer.header("location")
        if answer.status not in _REDIRECTS or target is None:
            break
        if len(exchanges) > allowance.redirects:
            raise Wrong(
                "address", url[:200], f"redirects more than {allowance.redirects} times", "give the last address"
            )
        parts = checked_url(target.encode("latin-1", "replace").decode("utf-8", "replace"), urlunsplit(parts))
    if answer.status == 429 or answer.status >= 500:
        wait = waits(answer.header("retry-after"), clock())
        raise Later("address", answer.url[:200], f"answers {answer.status}", wait)
    return answer


def waits(header: str | None, now: datetime) -> float | None:
    """Return for how many seconds a Retry-After header asks, at most a week; None if it asks nothing.

    >>> waits("Sun, 22 Nov 2026 10:02:00 GMT", datetime(2026, 11, 22, 10, tzinfo=UTC)), waits("30", datetime.max)
    (120.0, 30.0)
    """
    if header is None:
        return None
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - now).total_seconds()), _LONGEST_WAIT)


def _ask(
    parts: SplitResult,
    now: datetime,
    reach: Reach,
    allowance: Allowance,
    deadline: float,
    headers: dict[str, str],
    resolve: Resolver,
    exchanges: list[Exchange],
) -> Fetched:
    url = urlunsplit(parts)
    numbers = numbers_of(parts, reach, resolve)
    request = _request(parts, headers)
    try:
        wire = opened(numbers, port_of(parts), deadline, allowance.size + _PIECE)
    except Wrong as refused:
        raise Later("address", url[:200], refused.rule) from refused
    try:
        if parts.scheme == "https":
            wire.secure(parts.hostname or "", _tls())
        wire.sendall(request)
        answer = http.client.HTTPResponse(wire, method="GET")  # type: ignore[arg-type]  # all it wants is makefile()
        answer.begin()
        content = _content(answer, url, allowance.size)
    except TimeoutError as fault:
        raise Later("address", url[:200], f"took longer than {allowance.seconds:g} seconds") from fault
    except OverflowError as fault:
        raise Wrong("address", url[:200], f"answers more than {allowance.size:,} bytes", "raise the limit") from fault
    except ssl.SSLCertVerificationError as fault:
        rule = f"has a certificate that is not right ({fault.verify_message})"
        raise Wrong("address", url[:200], rule, "find out who answers there, and with what right") from fault
    except (OSError, http.client.HTTPException, ValueError) as fault:
        if isinstance(fault, Wrong):
            raise
        raise Later("address", url[:200], f"broke off ({type(fault).__name__}: {str(fault)[:80]})") from fault
    finally:
        wire.close()
    asked = str(numbers[0])
    exchanges.append(Exchange(url, asked, now, request, bytes(wire.noted)))
    return Fetched(url, answer.status, _headers(answer.msg), content, tuple(exchanges))


def _request(parts: SplitResult, headers: dict[str, str]) -> bytes:
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", **headers}
    body = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if "\n" not in value and "\r" not in value)
    return f"GET {target} HTTP/1.1\r\n{body}Connection: close\r\n\r\n".encode("latin-1", "replace")


def _content(answer: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    """Return the content of an answer, unpacked; raises Later where it is shorter than it said."""
    coded = (answer.getheader("Content-Encoding") or "").strip().lower()
    unpack = zlib.decompressobj(47) if coded in ("gzip", "x-gzip", "deflate") else None
    if unpack is None and coded not in ("", "identity"):
        raise Wrong("address", url[:200], f"is packed as {coded[:40]}, which was not asked for", "leave it out")
    out = bytearray()
    while data := answer.read(_PIECE):
        out += data if unpack is None else unpack.decompress(data, limit + 1 - len(out))
        if len(out) > limit:
            raise Wrong(
                "address", url[:200], f"unfolds to more than {limit:,} bytes", "raise the limit, if it is honest"
            )
    if answer.length:
        raise Later("address", url[:200], f"broke off {answer.length:,} bytes before its end")
    if unpack is not None and out and not unpack.eof:
        raise Later("address", url[:200], "broke off inside what it had packed")
    return bytes(out)


def _headers(message: email.message.Message) -> tuple[tuple[str, str], ...]:
    return tuple((name.lower(), str(value)) for name, value in message.items())


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
