"""A PostgreSQL server of the tests' own on loopback: made once for a session in a temporary folder, killed when asked."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from marsad.store.places import Server, server

USER = "marsad"
"""Who owns what the tests make: may make databases and roles, and is no superuser."""

ABSENT = "no PostgreSQL 15 or newer here: tools/postgres.sh installs it"


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found and int(found[-1].parts[-3]) >= 15 else None


_OTHER_ORDER = "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C.UTF-8'"


@dataclass(frozen=True)
class OwnServer:
    """The server in `folder`, on this port of 127.0.0.1, with this password for `USER` and for the superuser postgres."""

    folder: Path
    port: int
    password: str
    programs: Path

    def url(self, database: str, user: str = USER) -> str:
        """Return the address of a database on it."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def place(self, database: str, user: str = USER) -> Server:
        """Return where a database on it lies."""
        return server(self.url(database, user), "--store")

    def connect(self, database: str = "postgres", user: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection that commits each statement, for looking at the server without marsad."""
        at = {"host": "127.0.0.1", "port": self.port, "password": self.password}
        return psycopg.connect(dbname=database, user=user, autocommit=True, **at)  # type: ignore[arg-type]

    @contextmanager
    def database(self, template: str = "template0", how: str = _OTHER_ORDER) -> Iterator[str]:
        """Make a database of a new name for the `with`, and remove it with its roles afterwards.

        Its own language sorts otherwise than code points do, so that a test sees where a column's order hangs on it.
        """
        name = f"obs{secrets.token_hex(4)}"
        with self.connect() as at:
            _say(
                at, f"CREATE DATABASE {name} OWNER {USER} TEMPLATE {template} {how if template == 'template0' else ''}"
            )
        try:
            yield name
        finally:
            with self.connect() as at:
                _say(at, f"DROP DATABASE {name} WITH (FORCE)")
                for (role,) in at.execute(
                    "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", (name,)
                ).fetchall():
                    _say(at, f'DROP OWNED BY "{role}"')
                    _say(at, f'DROP ROLE "{role}"')

    def empty(self, database: str) -> None:
        """Remove all rows of the stores in a database: as superuser, with what guards them out of the way meanwhile."""
        with self.connect(database) as at:
            tables = at.execute(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                " WHERE starts_with(schemaname, 'marsad_') AND tablename <> 'shape'"
            ).fetchall()
            names = [name for (name,) in tables]
            guarded = [name for name in names if name.startswith(("marsad_kept", "marsad_public"))]
            off = "".join(f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in guarded)
            on = "".join(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER no_change;" for name in guarded)
            on += "ALTER TABLE marsad_kept.leaf ENABLE ALWAYS TRIGGER no_gap"
            _say(at, f"SET lock_timeout = '60s'; BEGIN; {off} TRUNCATE {', '.join(names)}; {on}; COMMIT")

    def run(self, *command: str) -> None:
        """Run a program of the server, as somebody who is not root: as root it would refuse."""
        as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        done = subprocess.run(
            [*as_other, *command], capture_output=True, text=True, cwd="/", check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self.run(
            str(self.programs / "pg_ctl"), "-D", str(self.folder), "-l", log, "-w", "-t", "600", "-o", options, "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `immediate` is a crash, after which it has to recover."""
        self.run(str(self.programs / "pg_ctl"), "-D", str(self.folder), "-m", mode, "-w", "-t", "600", "stop")


@contextmanager
def own_server(within: str | None = None) -> Iterator[OwnServer | None]:
    """Make and start a server for the `with`, in a folder of this one; None where none is installed."""
    found = programs()
    if found is None:
        yield None
        return
    above = Path(tempfile.mkdtemp(prefix="marsad-pg-", dir=within or _quick_folder()))  # a socket's path is to be short
    password = secrets.token_hex(8)
    secret = above / "password"
    secret.write_text(password)
    if os.getuid() == 0:
        if within is not None:
            Path(within).chmod(0o711)
        for path in (above, secret):
            shutil.chown(path, "postgres")
    made = OwnServer(above / "data", _free_port(), password, found)
    before = os.environ.get("PGPASSWORD")
    try:
        how = ["-A", "scram-sha-256", "-U", "postgres", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"]
        made.run(str(found / "initdb"), "-D", str(made.folder), *how)
        made.start()
        os.environ["PGPASSWORD"] = password
        with made.connect() as at:
            _say(at, f"CREATE ROLE {USER} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'")
        yield made
    finally:
        if before is None:
            os.environ.pop("PGPASSWORD", None)
        else:
            os.environ["PGPASSWORD"] = before
        if (made.folder / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(above, ignore_errors=True)


def _quick_folder() -> str:
    """Return a folder in memory where there is room: what is synced there costs nothing; else a short path on the disk."""
    memory = Path("/dev/shm")
    return str(memory) if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2e9 else "/tmp"


def _say(at: psycopg.Connection[Any], statement: str) -> None:
    at.execute(statement.encode())


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
