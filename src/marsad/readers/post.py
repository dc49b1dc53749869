"""One question to an endpoint over HTTP: the answer's bytes, or the reason why there are none. Never anything else.

No redirect is followed and no proxy asked: the words go where the settings say, and nowhere else.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection

from marsad.readers.address import Address
from marsad.readers.page import Unread

_BUSY = frozenset((429, 500, 502, 503, 504))
"""What an endpoint says that may answer if it is asked again."""

_LONGEST_PAUSE = 60.0
_REASONS = {
    401: "the key is missing or wrong",
    403: "the key does not allow it",
    404: "there is no such path or model; the endpoint in the settings ends before /chat/completions",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """Wait `seconds` for a whole answer of at most `longest` bytes, and ask a busy endpoint `tries` times in all.

    Between tries it waits 1, 2, 4 … seconds, or as long as the endpoint asks for (Retry-After), at most a minute.
    """

    seconds: float = 120.0
    longest: int = 2_000_000
    tries: int = 4


def post(address: Address, body: bytes, key: str | None, patience: Patience, pause: Callable[[float], None]) -> bytes:
    """Return what the endpoint answers to a JSON body; raises Unread with the reason where it gives no good answer.

    `key` goes into the header that such endpoints want and into no message.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    for attempt in range(1, patience.tries + 1):
        status, wait, data = _ask(address, body, headers, patience)
        if status == 200:
            return data
        if status not in _BUSY:
            break
        if attempt < patience.tries:
            pause(min(_LONGEST_PAUSE, 2.0 ** (attempt - 1) if wait is None else wait))
    if 300 <= status < 400:
        raise Unread(f"the endpoint answers {status} and points elsewhere, where no report is sent")
    raise Unread(f"the endpoint answers {status}: {_REASONS.get(status, 'it gives no claims')}")


def _ask(address: Address, body: bytes, headers: dict[str, str], patience: Patience) -> tuple[int, float | None, bytes]:
    """Return the status, how long the endpoint asks to wait, and the answer's bytes."""
    kind = HTTPSConnection if address.secure else HTTPConnection
    connection, watch = kind(address.host, address.port, timeout=patience.seconds), _Watch(patience.seconds)
    try:
        connection.connect()
        watch.over(connection.sock)
        connection.request("POST", f"{address.path}/chat/completions", body, headers)
        response = connection.getresponse()
        answer = response.status, _wait(response), response.read(patience.longest + 1)
        missing = response.length
    except (OSError, HTTPException, ValueError) as fault:
        if watch.late or isinstance(fault, TimeoutError):
            raise Unread(f"no whole answer within {patience.seconds:g} seconds") from None
        told = getattr(fault, "strerror", None) or type(fault).__name__  # its message may hold what was sent
        raise Unread(f"the endpoint cannot be asked: {told}") from None
    finally:
        watch.stop()
        connection.close()
    if watch.late:
        raise Unread(f"no whole answer within {patience.seconds:g} seconds")
    if len(answer[2]) > patience.longest:
        raise Unread(f"the answer is longer than {patience.longest:,} bytes")
    if missing:
        raise Unread(f"the answer breaks off, {missing:,} bytes before its end")
    return answer


class _Watch:
    """Ends an answer that takes too long; a time-out of the socket would begin anew with each byte that drips in."""

    def __init__(self, seconds: float) -> None:
        self.late = False
        self._seconds = seconds
        self._timer: threading.Timer | None = None

    def over(self, connected: socket.socket) -> None:
        """Start to count."""
        self._timer = threading.Timer(self._seconds, self._cut, (connected,))
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Stop to count."""
        if self._timer is not None:
            self._timer.cancel()

    def _cut(self, connected: socket.socket) -> None:
        self.late = True
        # The plain socket's own shutdown: that of TLS would pull the state away under whoever reads.
        with suppress(OSError):  # it has ended by itself
            socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _wait(response: HTTPResponse) -> float | None:
    """Return the seconds that Retry-After asks for, None where it names none (it may also name a day)."""
    asked = (response.getheader("Retry-After") or "").strip()
    return float(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
