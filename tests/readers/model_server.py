"""A server on loopback that answers as OpenAI-compatible endpoints do, well and badly."""

import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from marsad.readers.address import Address

ITEM = {
    "quote": "at least 12 civilians",
    "occurrence": 1,
    "measure": "killed",
    "low": 12,
    "high": None,
    "bound": "at_least",
    "status": "civilian",
    "group": None,
    "attribution": [],
    "place": None,
    "date": None,
    "scope": "incident",
    "modality": "asserted",
}
"""An item that holds for a report with those words in it."""


@dataclass(frozen=True)
class Answer:
    """What the server says once; `drip` are the seconds between any two of its bytes."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0


def item(**changed: Any) -> dict[str, Any]:
    """Return ITEM with some of it changed."""
    return {**ITEM, **changed}


def said(content: object, **choice: Any) -> Answer:
    """Return the answer of a model that says this, as text or as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    told = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}, **choice}
    return Answer(json.dumps({"id": "x", "object": "chat.completion", "choices": [told]}).encode())


def listed(*items: object) -> Answer:
    """Return the answer of a model that lists these items."""
    return said({"claims": items})


class ModelServer:
    """Gives its answers one after the other, the last one again and again, and remembers what it was asked."""

    def __init__(self, answers: tuple[Answer, ...], tls: Path | None) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Mapping[str, str], dict[str, Any]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.asked.append((self.path, dict(self.headers), json.loads(body)))
                answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                _write(self, answer)

            def log_message(self, *_: object) -> None:
                """Say nothing on standard error."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.http.server_port}/v1"
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)

    @property
    def address(self) -> Address:
        """Where it answers."""
        return Address.of(self.url, "endpoint")


def _write(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    try:
        if not answer.drip:
            handler.wfile.write(answer.body)
            return
        for byte in answer.body:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(answer.drip)
    except OSError:
        return  # who asked has gone away


@contextmanager
def answering(*answers: Answer, tls: Path | None = None) -> Iterator[ModelServer]:
    """Run a server that gives these answers, over TLS with the key and certificate of the file `tls`."""
    server = ModelServer(answers, tls)
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        thread.join()
