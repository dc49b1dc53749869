"""Where the stores of an observatory lie: files in its folder, or a database of a PostgreSQL server that a team shares."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from marsad.model import Wrong

SCHEMES = ("postgresql://", "postgres://")

_OPTIONS = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name")
_HERE = ("", "localhost", "127.0.0.1", "::1")
_LONGEST = 40
"""Letters that the name of the database may have: names of its roles are made of it, and 63 bytes is all they may have."""


@dataclass(frozen=True, slots=True)
class Server:
    """The database `database` of a PostgreSQL server holds all stores of one observatory. `url` holds no password.

    `conninfo` is what the driver is given: the address, and that what is sent over a network is encrypted.
    """

    url: str
    conninfo: str
    database: str

    def __str__(self) -> str:
        return self.url


Place = Path | Server


def server(url: str, where: str) -> Server:
    """Return the server of an address like postgresql://anna@db.example/obs; `where` it was written, for messages.

    Raises Wrong, repeating nothing of it, for an address with a password, and for one that names no database.

    >>> server("postgresql://anna@db.example:5433/obs", "--store")
    Server(url='postgresql://anna@db.example:5433/obs', conninfo='postgresql://anna@db.example:5433/obs?sslmode=require',
        database='obs')
    """
    remedy = 'write "postgresql://user@host/database"; passwords belong into PGPASSWORD or ~/.pgpass'
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as fault:
        raise Wrong(where, None, "is no address of a PostgreSQL server", remedy) from fault
    if not url.startswith(SCHEMES) or not url.isprintable():
        raise Wrong(where, None, "is no address of a PostgreSQL server", remedy)
    if parts.password is not None or any("password" in name for name, _ in options):
        raise Wrong(where, None, "holds a password, which others would read", remedy)
    for name, _ in options:
        if name not in _OPTIONS:
            raise Wrong(f"{where}, {name[:40]}", None, f"is none of {', '.join(_OPTIONS)}", "leave it out")
    if find_spec("psycopg") is None:
        raise Wrong(
            where, None, "needs the driver of PostgreSQL, which is not installed", 'pip install "marsad[postgres]"'
        )
    database = unquote(parts.path.removeprefix("/"))
    if not database or len(database.encode()) > _LONGEST:
        rule = f"names no database of at most {_LONGEST} letters"
        raise Wrong(where, database[:80] or None, rule, remedy)
    user = "" if not parts.username else f"{quote(unquote(parts.username), safe='')}@"
    at = f"[{host}]" if ":" in host else quote(host, safe=".%")
    address = f"postgresql://{user}{at}{'' if port is None else f':{port}'}/{quote(database, safe='')}"
    said = [f"{name}={quote(value, safe='/')}" for name, value in options]
    sent = list(said)
    if "sslmode" not in dict(options) and host not in _HERE:
        sent.append("sslmode=require")
    return Server(_with(address, said), _with(address, sent), database)


def _with(address: str, options: list[str]) -> str:
    return f"{address}?{'&'.join(options)}" if options else address
