"""A connection that cannot last for ever: one deadline over all of it, every byte counted, every byte noted.

Timeouts of a socket start anew with each byte, so that a server which sends one byte in nine seconds holds a page for a
year. Here each read gets what is left of the whole.
"""

import io
import socket
import ssl
import time
from typing import Any, Final

from marsad.collect.web.addresses import Number
from marsad.model import Wrong

_CONNECT_SECONDS: Final = 10.0


class Wire(io.RawIOBase):
    """The receiving end of a connection to one number; `noted` is what came, to be written down as it was.

    Raises TimeoutError past `deadline` (on `time.monotonic`) and OverflowError past `limit` bytes.
    """

    def __init__(self, number: Number, port: int, deadline: float, limit: int) -> None:
        self.noted = bytearray()
        self._deadline, self._limit = deadline, limit
        self._socket = socket.create_connection((str(number), port), timeout=min(_CONNECT_SECONDS, self._left()))

    def secure(self, host: str, context: ssl.SSLContext) -> None:
        """Go over to TLS with the host of this name, whose certificate must be right."""
        self._socket.settimeout(min(_CONNECT_SECONDS, self._left()))
        self._socket = context.wrap_socket(self._socket, server_hostname=host)

    def sendall(self, data: bytes) -> None:
        """Send a request."""
        self._socket.settimeout(self._left())
        self._socket.sendall(data)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        """Return the stream that `http.client` reads an answer from."""
        return io.BufferedReader(self, 1 << 16)

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what has come; return how many bytes that was, 0 at the end."""
        self._socket.settimeout(self._left())
        count = self._socket.recv_into(buffer)
        self.noted += memoryview(buffer)[:count]
        if len(self.noted) > self._limit:
            raise OverflowError
        return count

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
        super().close()

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for it is over")
        return left


def opened(numbers: list[Number], port: int, deadline: float, limit: int) -> Wire:
    """Return a connection to the first number that answers; raises Wrong where none does."""
    fault: OSError = OSError("nobody was asked")
    for number in numbers[:4]:
        try:
            return Wire(number, port, deadline, limit)
        except OSError as refused:
            fault = refused
    raise Wrong("address", f"{numbers[0]}:{port}", f"does not answer ({fault})", "wait and ask again") from fault
