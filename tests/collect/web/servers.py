"""Servers on the loopback that answer as they are told, byte for byte, and remember who asked."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Server:
    """`requests` are the requests it got; `answers` what it says to each path, which a test may change."""

    port: int
    answers: dict[str, Answer]
    requests: list[bytes] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Return its number and port."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path on it."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.split(b" ", 2)[1].decode() for request in self.requests]


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str) -> bytes:
    lines = {
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}Connection: close\r\n\r\n".encode() + body


def redirect(target: str) -> bytes:
    return answer(b"", status="302 Found", Location=target)


def dripping(head: bytes, drop: bytes, seconds: float) -> Callable[[socket.socket], None]:
    """Send the head, then a drop every so many seconds, for ever."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(drop)
            time.sleep(seconds)

    return send


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(listening.getsockname()[1], dict(answers))

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                Thread(target=talk, args=(connection,), daemon=True).start()

        def talk(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                request = b""
                while b"\r\n\r\n" not in request:
                    data = connection.recv(65536)
                    if not data:
                        return
                    request += data
                server.requests.append(request)
                said = server.answers.get(
                    server.paths()[-1].partition("?")[0], answer(b"nothing", status="404 Not Found")
                )
                if callable(said):
                    said(connection)
                else:
                    connection.sendall(said)

        Thread(target=serve, daemon=True).start()
        yield server
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
