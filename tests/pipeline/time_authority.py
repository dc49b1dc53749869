"""A time-stamping authority on this machine: openssl answers, a small HTTP server passes the questions on."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_SETTINGS = """
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[tsa]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa_config]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class TimeAuthority:
    """An authority of its own, with a root certificate; `url` answers while `open` lasts. `asked` are the questions it got."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.asked = folder, list[bytes]()
        folder.mkdir()
        (folder / "settings").write_text(_SETTINGS.format(folder=folder))
        (folder / "serial").write_text("01")
        base = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-config", "settings"]
        made = ["-subj", "/CN=Root", "-keyout", "root.key", "-out", "root.pem"]
        self._run(*base, "-x509", "-days", "99", *made, "-extensions", "root")
        self._run(*base, "-subj", "/CN=TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
        sign = [
            "-in",
            "tsa.csr",
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
            "-CAcreateserial",
            "-days",
            "98",
            "-out",
            "tsa.pem",
        ]
        self._run("openssl", "x509", "-req", *sign, "-extfile", "settings", "-extensions", "tsa")

    @property
    def roots(self) -> bytes:
        """The root certificate, in PEM."""
        return (self._folder / "root.pem").read_bytes()

    @property
    def roots_file(self) -> Path:
        """Where the root certificate lies."""
        return self._folder / "root.pem"

    def answer(self, question: bytes) -> bytes:
        """Return openssl's answer to a question (RFC 3161)."""
        self.asked.append(question)
        (self._folder / "q.tsq").write_bytes(question)
        self._run(
            "openssl",
            "ts",
            "-reply",
            "-config",
            "settings",
            "-section",
            "tsa_config",
            "-queryfile",
            "q.tsq",
            "-out",
            "a.tsr",
        )
        return (self._folder / "a.tsr").read_bytes()

    @contextmanager
    def open(self) -> Iterator[str]:
        """Answer on 127.0.0.1 for the `with`; gives the address."""
        with served(self.answer) as url:
            yield url

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, cwd=self._folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def served(answer: Callable[[bytes], bytes | None]) -> Iterator[str]:
    """Answer POST requests on 127.0.0.1 with what `answer` makes of their body."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(503 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
