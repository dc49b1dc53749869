"""Who may do what on a team's server: five roles, each with what its work needs, and nothing that changes what is kept.

The roles are groups without a password, named after the database: `obs_ingest`, `obs_review`, `obs_publish`, `obs_audit`,
`obs_desk`. A person's own login is made a member of one or several (docs/teams.md).
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from marsad.store.postgres_layout import quoted

ROLES = ("ingest", "review", "publish", "audit", "desk")

_LEDGER = ("leaf", "node", "opening")
"""What every addition goes into beside its own table."""

_KNOWN = (
    "leaf",
    "node",
    "evidence",
    "report",
    "original",
    "custody",
    "decision",
    "release",
    "place_list",
    "anchor",
    "token",
)
"""Kept tables that everybody at work reads: all but the salts of the ledger, and who sends reports."""

_SEES: Mapping[str, Mapping[str, Sequence[str] | None]] = {
    "ingest": {
        "kept": (*_KNOWN, "quarantine", "restriction", "reader_key", "source", "erasure"),
        "derived": None,
        "collecting": None,
    },
    "review": {
        "kept": (*_KNOWN, "quarantine", "restriction", "reader_key", "source", "erasure", "unsealing"),
        "derived": None,
        "sealed": None,
    },
    "publish": {"kept": (*_KNOWN, "restriction"), "derived": None, "public": None},
    "audit": {"kept": None, "derived": None, "public": None, "sealed": None, "collecting": None},
    "desk": {"desk": None},
}
"""What a role reads, by store: these tables, or all of them (None)."""

_ADDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "ingest": {
        "kept": (*_LEDGER, "evidence", "report", "original", "quarantine", "custody", "place_list", "source"),
        "sealed": ("box",),
    },
    "review": {"kept": (*_LEDGER, "custody", "decision", "restriction", "unsealing")},
    "publish": {"kept": (*_LEDGER, "custody", "release", "anchor", "token"), "public": ("release",)},
    "audit": {},
    "desk": {},
}
"""What a role adds to, by store."""

_CHANGES: Mapping[str, Sequence[str]] = {"ingest": ("derived", "collecting"), "desk": ("desk",)}
"""Stores in which a role changes and removes rows: those that can be made again, and who may sign in at the desk.

Nobody but whoever runs the desk sees accounts and sessions; what such a login does beside it, it is made a member for.
"""

_STORES = ("kept", "derived", "public", "sealed", "collecting", "desk")


def give_rights(connection: Connection, database: str) -> list[str]:
    """Make the roles where they are missing and give each exactly its rights; return the roles that could not be made.

    Rights that a role had before are taken away first. It may be done again at any time, by the owner of the stores.
    """
    missing = []
    _close(connection, database)
    for role in ROLES:
        name = f"{database}_{role}"
        if not _made(connection, name):
            missing.append(name)
            continue
        _take_all(connection, name)
        _grant(connection, "CONNECT, TEMPORARY", f"DATABASE {quoted(database)}", name)
        for store in _there(connection):
            _give(connection, name, role, store)
    return missing


def _give(connection: Connection, name: str, role: str, store: str) -> None:
    sees, adds = _SEES[role].get(store, ()), _ADDS[role].get(store, ())
    schema = f"marsad_{store}"
    if sees == () and not adds and (role == "desk" or store not in ("kept", "derived")):
        return
    _grant(connection, "USAGE", f"SCHEMA {schema}", name)
    _grant(connection, "SELECT", f"{schema}.shape", name)
    if sees is None:
        _grant(connection, "SELECT", f"ALL TABLES IN SCHEMA {schema}", name)
    there = _tables(connection, schema)
    for table in there & set(sees or ()):
        _grant(connection, "SELECT", f"{schema}.{quoted(table)}", name)
    for table in there & set(adds):
        _grant(connection, "INSERT", f"{schema}.{quoted(table)}", name)
    if store in _CHANGES.get(role, ()):
        for table in there - {"shape"}:
            _grant(connection, "SELECT, INSERT, UPDATE, DELETE", f"{schema}.{quoted(table)}", name)
        _grant(connection, "USAGE, SELECT", f"ALL SEQUENCES IN SCHEMA {schema}", name)
    if (role, store) == ("ingest", "sealed"):
        # Who seals can put a new box in the place of an older one, and read none: not even the one just sealed.
        _grant(connection, "SELECT (source_id, version), DELETE", f"{schema}.box", name)


def _there(connection: Connection) -> list[str]:
    """Return the stores that there are: what an older marsad made has no desk."""
    found = set(connection.exec_driver_sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'marsad%%'").scalars())
    return [store for store in _STORES if f"marsad_{store}" in found]


def _tables(connection: Connection, schema: str) -> set[str]:
    """Return the tables of a schema; one of an older shape may lack some."""
    return set(connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).scalars())


def _close(connection: Connection, database: str) -> None:
    """Let nobody in who is in none of the roles."""
    connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {quoted(database)} FROM PUBLIC")


def _made(connection: Connection, name: str) -> bool:
    there = connection.exec_driver_sql("SELECT count(*) FROM pg_roles WHERE rolname = %s", (name,)).scalar_one()
    may = connection.exec_driver_sql(
        "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    ).scalar_one()
    if not there and may:
        connection.exec_driver_sql(f"CREATE ROLE {quoted(name)} NOLOGIN")
    return bool(there or may)


def _take_all(connection: Connection, name: str) -> None:
    for store in _there(connection):
        for what in ("ALL TABLES IN SCHEMA", "ALL SEQUENCES IN SCHEMA", "SCHEMA"):
            connection.exec_driver_sql(f"REVOKE ALL ON {what} marsad_{store} FROM {quoted(name)}")


def _grant(connection: Connection, rights: str, what: str, name: str) -> None:
    connection.exec_driver_sql(f"GRANT {rights} ON {what} TO {quoted(name)}")
