"""`marsad serve`: look at a published folder in a browser on this machine."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.publish.manifest import SUMS, media_type
from marsad.publish.site.pages import MISSING

HOST = "127.0.0.1"
_TONGUE = re.compile("[a-z]{2}")


class _Handler(SimpleHTTPRequestHandler):
    """Serves files of one folder with their right types, and lets a page load nothing from elsewhere."""

    server_version, sys_version = "marsad", ""

    def guess_type(self, path: Any) -> str:
        """Return the type of a file by its name; text is UTF-8."""
        found = media_type(str(path))
        return f"{found}; charset=utf-8" if found.startswith("text/") or found.endswith("json") else found

    def end_headers(self) -> None:
        """Send the headers that keep a page to itself."""
        self.send_header(
            "Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'"
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """Refuse: a folder without a page has nothing to show."""
        del path
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the record's own page where nothing stands, in the language of the folder that was asked for."""
        page = self._missing() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def _missing(self) -> bytes | None:
        """Return the page that the release has for addresses at which nothing stands; None where it has none."""
        folder, asked = Path(self.directory), self.path.split("/")
        tongue = asked[1] if len(asked) > 2 and _TONGUE.fullmatch(asked[1]) else ""
        for path in (folder / tongue / MISSING, folder / MISSING):
            if path.is_file():
                return path.read_bytes()
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing: who looked at what is nobody's business."""


@contextmanager
def serving(folder: Path, port: int) -> Iterator[ThreadingHTTPServer]:
    """Open a server for the folder on 127.0.0.1 (port 0: any free one); it is closed after the `with`.

    Raises Wrong where the port is taken.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as fault:
        raise Wrong(
            "--port", port, f"cannot be used: {fault.strerror}", "name another, or 0 for any free one"
        ) from fault
    with server:
        yield server


@click.command(cls=Command, short_help="Look at a published folder in a browser.")
@click.argument("out", metavar="PUBLISHED", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes any free one.")
def serve(out: Path, port: int) -> None:
    """Serve a published folder to this machine alone, on 127.0.0.1, until Ctrl-C.

    To publish to others, copy the folder to any web server: it is plain files. Where nothing stands, 404.html is
    sent, as most servers do by themselves; tell yours if it does not.

    \b
    Example:
      marsad serve record/ --port 8080

    Exit codes: 0 stopped, 2 refused.
    """
    if not (out / SUMS).is_file():
        raise Wrong(str(out), None, f"is not published: it has no {SUMS}", "make it with `marsad publish`")
    with serving(out, port) as server:
        click.echo(f"http://{HOST}:{server.server_port}/   (Ctrl-C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")
