"""All that is PostgreSQL's own: how a server is reached and reached again, who may write, and what its errors mean."""

import math
import select
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors, pq
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from marsad.failpoint import reached
from marsad.model import Wrong
from marsad.store import postgres_layout as layout
from marsad.store.columns import without_nul
from marsad.store.places import Server
from marsad.store.shapes import Lost, Rows, Shape

BUSY_SECONDS = 30
"""How long a writer waits for another."""

PATIENCE = 15.0
"""Seconds in which a server that was reached before, or that says it is starting, is asked again."""

_IDLE = 10.0
"""Seconds for which an idle connection that nothing came over is taken to be whole."""

_HURRY = 1.0
"""The same for one that was never reached: a wrong address is said soon."""

_AT_ONCE = 2_000
"""Rows sent in one statement."""

_TURN = (0x6D727364, 1)
"""The lock of two numbers ("mrsd", 1) that a deriving process holds; locks of one number are those of writers."""

_AGAIN = "see whether the server runs, then do the same again: what is kept already is recognised"


class PostgresDatabase:
    """The store of this shape in its own schema of the server's database."""

    def __init__(self, server: Server, shape: Shape, *, read_only: bool = False) -> None:
        """Open the store; raises Wrong if the server cannot be reached, or holds none that this marsad knows."""
        self.server, self.shape, self._read_only = server, shape, read_only
        self._engine = engine(server, layout.schema_of(shape), read_only=read_only)
        try:
            with self.reading() as connection:
                layout.known_version(connection, shape, self._name)
        except BaseException:
            self._engine.dispose()
            raise

    @property
    def _name(self) -> str:
        return f"{self.server}, {self.shape.kind}"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one snapshot for reading; what others commit meanwhile is not seen in it."""
        with spoken(self._name), self._engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that holds the right to write from its first moment; commit at the end, or nothing.

        Every statement sees what was committed before it, and with the right to write held nobody else commits. A snapshot
        taken while waiting for that right would be older than the last writer's commit.
        """
        with spoken(self._name), self._engine.connect() as connection:
            connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=self._read_only)
            with connection.begin():
                wait_for_turn(connection, self.shape)
                yield connection
                reached(f"{self.shape.kind}-commit")
        reached(f"{self.shape.kind}-committed")

    def insert(self, connection: Connection, table: Table, rows: Rows) -> None:
        """Add rows, some thousands in one statement."""
        put(connection, table, rows)

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the tables, their rules, the triggers that guard them, and who may see which rows."""
        with spoken(self._name), self._engine.connect() as connection, connection.begin() as transaction:
            yield from layout.faults(connection, self.shape)
            transaction.rollback()  # what was made to compare with

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()


def engine(server: Server, schema: str, *, read_only: bool = False) -> Engine:
    """Return an engine whose connections see this schema alone, and commit to the disk whatever the server's habit is."""
    connect = _Connecting(server, schema, read_only)
    made = create_engine("postgresql+psycopg://", creator=connect, poolclass=QueuePool)
    event.listen(made, "checkin", _laid_down)
    event.listen(made, "checkout", _taken_up)
    return made


def _laid_down(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["since"] = time.monotonic()


def _taken_up(connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _taken: object) -> None:
    """Notice a connection that broke while it lay in the pool, before anything is sent over it: it is made anew.

    A server that goes away says so, or its machine does: where nothing came over the line nothing is asked, since asking costs
    as much as a page's own small questions. A line that breaks without a word is found by asking, after a while.
    """
    since = record.info.get("since")
    if since is None or (time.monotonic() - since < _IDLE and not _something_came(connection)):
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as fault:
        raise InvalidatePoolError from fault


def _something_came(connection: psycopg.Connection[Any]) -> bool:
    try:
        line = select.poll()
        line.register(connection.fileno(), select.POLLIN)
        return bool(line.poll(0))
    except (psycopg.Error, OSError, ValueError):
        return True


def put(connection: Connection, table: Table, rows: Rows) -> None:
    """Add rows, column by column. COPY would be quicker, and is refused where rows are secured."""
    statement = _insertion(table)
    for start in range(0, len(rows), _AT_ONCE):
        columns = [list(map(_sent, values)) for values in zip(*rows[start : start + _AT_ONCE], strict=True)]
        connection.exec_driver_sql(statement, tuple(columns))


def wait_for_turn(connection: Connection, shape: Shape) -> None:
    """Take the right to write to the stores of this shape, which the end of the transaction gives back."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (shape.application_id,))
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")


@contextmanager
def turn_on(server: Server, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the turn of whoever derives on this server; `waiting` is told once if another holds it.

    It belongs to a session of its own, so that it is given back when the process ends or its connection breaks.
    """
    made = engine(server, "pg_catalog")
    try:
        with spoken(str(server)), made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s, %s)", _TURN).scalar_one():
                waiting()
                connection.exec_driver_sql("SELECT pg_advisory_lock(%s, %s)", _TURN)
            yield
    finally:
        made.dispose()


class _Connecting:
    """Makes connections, patiently: a server that restarts is asked until it answers."""

    def __init__(self, server: Server, schema: str, read_only: bool) -> None:
        self._server, self._connected = server, False
        # The schema of temporary tables comes last, or anybody could put one before a table of ours.
        settings = {"search_path": f"{schema},pg_temp", "application_name": "marsad", "DateStyle": "ISO"}
        if read_only:
            settings["default_transaction_read_only"] = "on"
        self._options = " ".join(f"-c {name}={value}" for name, value in settings.items())

    def __call__(self) -> psycopg.Connection[Any]:
        begin, refused = time.monotonic(), 0
        while True:
            try:
                made = psycopg.connect(self._server.conninfo, options=self._options, connect_timeout=10)
                break
            except psycopg.OperationalError as fault:
                state = pq.PGconn.ping(self._server.conninfo.encode())
                refused += state == pq.Ping.OK
                if refused > 1:  # once, it may have come back between the two questions
                    raise _not_let_in(str(self._server), fault) from None
                if not refused and time.monotonic() - begin > self._patience(state):
                    raise
                time.sleep(0.1)
        try:
            _durable(made, str(self._server))
        except BaseException:
            made.close()
            raise
        self._connected = True
        return made

    def _patience(self, state: int) -> float:
        """Return how long to go on asking. What the server says may be in any language; whether it is starting is not."""
        if state == pq.Ping.REJECT or (self._connected and state == pq.Ping.NO_RESPONSE):
            return PATIENCE
        return _HURRY if state == pq.Ping.NO_RESPONSE else 0.0


def _durable(connection: psycopg.Connection[Any], name: str) -> None:
    """See to it that a commit is on the disk when it returns; raises Wrong for a server that cannot promise it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
        )
        found = dict(cursor.fetchall())
        for setting in ("fsync", "full_page_writes"):
            if found.get(setting) == "off":
                rule = f"runs with {setting} off, and loses what it said it had when the power goes"
                raise Wrong(name, None, rule, f"set {setting} = on in its postgresql.conf")
        if found.get("synchronous_commit") in ("off", "local"):
            cursor.execute("SET synchronous_commit = on")
        cursor.execute("SHOW server_encoding")
        row = cursor.fetchone()
    connection.commit()
    if row is None or row[0] != "UTF8":
        raise Wrong(
            name, None, "is not in UTF-8", "make the database with createdb --encoding=UTF8 --template=template0"
        )


@contextmanager
def spoken(name: str) -> Iterator[None]:
    """Turn the driver's errors into Wrong: which store, what the server says, and what to do. No value of a row is repeated."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as fault:
        raise _told(name, fault) from None  # the driver's own error repeats what was sent


def _told(name: str, fault: DBAPIError | psycopg.Error) -> Wrong:
    cause: BaseException = fault
    if isinstance(fault, DBAPIError) and fault.orig is not None:
        cause = fault.orig
    said = (cause.diag.message_primary if isinstance(cause, psycopg.Error) else None) or _first_line(cause)
    broken = isinstance(fault, DBAPIError) and fault.connection_invalidated
    gone = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.ConnectionException)
    if isinstance(cause, gone) or broken or (isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None):
        return Lost(name, said, "is what the server, or the way to it, answers", _AGAIN)
    remedies: Sequence[tuple[type[psycopg.Error], str]] = (
        (errors.LockNotAvailable, "another marsad is writing here; wait for it and try again"),
        (errors.InsufficientPrivilege, "ask for a role that may do this: docs/teams.md"),
        (errors.ReadOnlySqlTransaction, "open it to be written to"),
        (errors.DiskFull, "make room on the server's disk, then try again"),
        (errors.InvalidSchemaName, "make the store: marsad init --store"),
        (errors.UndefinedTable, "make the store: marsad init --store"),
    )
    for kind, remedy in remedies:
        if isinstance(cause, kind):
            return Wrong(name, said, "is what the database answers", remedy)
    return Wrong(name, said, "is what the database answers", "run `marsad verify` on the observatory")


def _not_let_in(name: str, fault: psycopg.OperationalError) -> Wrong:
    """Return what is wrong where the server answers, but not us: its own words behind the way to it, without the password."""
    said = (str(fault).strip().splitlines() or [""])[-1].rpartition("failed: ")[2]
    remedy = "check the database and the login in the address, and the password in PGPASSWORD or ~/.pgpass"
    return Wrong(name, said, "is what the server answers", remedy)


def _first_line(fault: BaseException) -> str:
    lines = str(fault).strip().splitlines()
    return lines[0] if lines else type(fault).__name__


def _insertion(table: Table) -> str:
    kinds = [layout.type_of(column) for column in table.columns]
    quoted = layout.quoted(table.name)
    names = ", ".join(layout.quoted(column.name) for column in table.columns)
    places = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return f"INSERT INTO {quoted} ({names}) SELECT * FROM unnest({places})"  # noqa: S608 - our own names


def _sent(value: Any) -> Any:
    """Return a value as it is sent: no number at all (NaN) is nothing, as it is for SQLite."""
    if isinstance(value, str):
        return without_nul(value)
    return None if isinstance(value, float) and math.isnan(value) else value
