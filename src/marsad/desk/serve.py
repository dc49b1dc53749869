"""Serving a desk: the socket, the first account, and a server that says nothing of who looked at what."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from marsad.desk.accounts import add_account, invite, name_key
from marsad.desk.app import create_app
from marsad.desk.roles import Role
from marsad.desk.services import DESK_FILE
from marsad.desk.settings import DeskSettings
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.store.desk import DeskStore

FIRST_ROLES = frozenset({Role.ADMIN, Role.RESEARCHER, Role.REVIEWER, Role.SAFETY_LEAD, Role.PUBLISHER})
"""What somebody may do who is alone with an observatory; with others, an admin takes roles away again."""

CONSOLE = "console"
"""Who acted where somebody with access to the folder did."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Open a socket to listen at (port 0: any free one); raises Wrong where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, port))
            made.listen(128)
        except OSError as fault:
            rule = f"cannot be used: {fault.strerror}"
            raise Wrong("--host, --port", f"{host}:{port}", rule, "name another, or port 0 for any free one") from fault
        yield made


def link_of(listener: socket.socket, settings: DeskSettings) -> str:
    """Return the address under which the desk is found."""
    host, port = listener.getsockname()[:2]
    if settings.hosts:
        return f"{'https' if settings.https else 'http'}://{settings.hosts[0]}" + ("" if settings.https else f":{port}")
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared, not bound


def first_account(folder: Path, name: str, settings: DeskSettings) -> str:
    """Make an account that may do everything; return the secret of the link by which it gets its password."""
    place = Observatory.open(folder).place(DESK_FILE)
    with DeskStore(place) as store:
        made = add_account(store, name, FIRST_ROLES, (), "en", CONSOLE, settings.now(), settings.random_bytes)
    return made.secret


def renewed(folder: Path, name: str, settings: DeskSettings) -> str:
    """Return the secret of a link by which an account gets a new password, and a new second factor."""
    place = Observatory.open(folder).place(DESK_FILE)
    with DeskStore(place) as store, store.write() as writing:
        row = writing.row("account", name_key=name_key(name))
        if row is None:
            raise Wrong("--new-password", name, "is no account here", "make one: --add-admin")
        writing.change("account", {"account_id": row["account_id"]}, totp=None, totp_step=0)
        writing.remove("passkey", account_id=row["account_id"])
        return invite(writing, row["account_id"], settings.now(), settings.random_bytes)


def serve(folder: Path, settings: DeskSettings, listener: socket.socket) -> None:
    """Serve the desk at this socket until somebody stops it."""
    config = uvicorn.Config(
        create_app(folder, settings), log_level="warning", access_log=False, server_header=False, proxy_headers=False
    )
    uvicorn.Server(config).run(sockets=[listener])
