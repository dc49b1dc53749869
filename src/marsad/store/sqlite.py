"""All that is SQLite's own: how a file is opened, made, guarded and examined. Another database replaces this file."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, MetaData, Table, UniqueConstraint, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from marsad.failpoint import reached
from marsad.model import Wrong

_BUSY_SECONDS = 30
_DISK = "make room on the disk, or look whether it fails, then try again"
_IMMEDIATE = "immediate"

_ALWAYS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",  # a schema put there by somebody else may not call functions
    "PRAGMA recursive_triggers=ON",  # so that REPLACE meets the triggers against deletion
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",  # 64 MiB
)


def engine(path: Path, *, durable: bool, read_only: bool = False, shredding: bool = False) -> Engine:
    """Return an engine on the SQLite file at `path`, which must exist.

    With `durable` a commit is on the disk when it returns (`synchronous=FULL`, measured: none lost in 12 power cuts).
    Without it a power cut may take the last commits, never the file: right for what can be derived again. With
    `shredding`, too, what is deleted is overwritten, and no log keeps it: there is a rollback journal in place of one.
    """
    pragmas = list(_ALWAYS)
    if read_only:
        pragmas.append("PRAGMA query_only=ON")
    elif shredding:
        pragmas += ["PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA", "PRAGMA secure_delete=ON"]
    else:
        pragmas += ["PRAGMA journal_mode=WAL", f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}"]
    opened = partial(_connect, path, read_only)
    # No upper bound: whoever reads one snapshot within another would wait for itself if all were taken.
    made = create_engine("sqlite+pysqlite://", creator=opened, poolclass=QueuePool, max_overflow=-1)
    return _guarded(made, pragmas)


def create(
    path: Path, metadata: MetaData, application_id: int, version: int, *, append_only: bool, shredding: bool = False
) -> None:
    """Make a new database file with these tables, all at once; with `append_only` no row can be changed or removed.

    With `shredding` it keeps the journal of such a file from the first: to change it, one must be alone with the file.

    Raises FileExistsError if there is one. It gets its name when it is complete, so a killed run leaves none behind.
    """
    if path.exists():
        raise FileExistsError(path)
    partial_path = path.with_name(path.name + ".partial")
    for stale in (path, partial_path):  # the log of a file that was removed would be played into the new one
        for suffix in ("", "-wal", "-shm"):
            stale.with_name(stale.name + suffix).unlink(missing_ok=True)
    os.close(os.open(partial_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    made = engine(partial_path, durable=True, shredding=shredding)
    try:
        with made.execution_options(**{_IMMEDIATE: True}).begin() as connection:
            _lay_out(connection, metadata, append_only)
            connection.exec_driver_sql(f"PRAGMA application_id={application_id}")
            connection.exec_driver_sql(f"PRAGMA user_version={version}")
    finally:
        made.dispose()
    partial_path.rename(path)


def snapshot(source: Engine, path: Path, target: Path) -> None:
    """Write the database as it stands now, one moment of it, into the new file `target`; others go on writing meanwhile."""
    with spoken(path), source.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - for the type checker
        raw.execute("VACUUM INTO ?", [str(target)])


@contextmanager
def reading(source: Engine, path: Path) -> Iterator[Connection]:
    """Open one snapshot for reading; what others commit meanwhile is not seen in it."""
    with spoken(path), source.begin() as connection:
        yield connection


@contextmanager
def writing(source: Engine, path: Path) -> Iterator[Connection]:
    """Open one transaction that holds the right to write from its first moment; commit at the end, or nothing."""
    with spoken(path), source.execution_options(**{_IMMEDIATE: True}).begin() as connection:
        yield connection
        reached(f"{path.stem}-commit")
    reached(f"{path.stem}-committed")


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Turn the driver's errors into Wrong: the file, what the database says, and what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, UnicodeDecodeError) as fault:  # a damaged file damages also what is said of it
        said = str(fault.orig if isinstance(fault, DBAPIError) else fault)
        remedy = "run `marsad verify` on the observatory and restore the file from a backup if it is damaged"
        if "locked" in said:
            remedy = "another marsad is writing here; wait for it and try again"
        elif "full" in said:
            remedy = "make room on the disk, then try again"
        elif "I/O" in said:
            remedy = _DISK
        raise Wrong(str(path), said, "is what the database answers", remedy) from fault


def known_version(source: Engine, path: Path, application_id: int, version: int, *, older: bool = False) -> int:
    """Return the version; raises Wrong unless this is the database of marsad with this id, in a shape this marsad knows.

    With `older`, an earlier shape is no error.
    """
    with reading(source, path) as connection:
        found = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        shape = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found != application_id:
        raise Wrong(str(path), f"{found:#x}", "is not the mark of this kind of marsad store", "restore the right file")
    if shape > version:
        raise Wrong(
            str(path), shape, f"is a newer shape than the {version} this marsad knows", "install a newer marsad"
        )
    if shape < version and not older:
        raise Wrong(str(path), shape, f"is an older shape than {version}", "run `marsad migrate` on the observatory")
    return int(shape)


def structure_faults(source: Engine, metadata: MetaData, *, append_only: bool, thorough: bool = True) -> Iterator[str]:
    """Yield what is wrong with the file as a database, or with its tables, indexes and triggers as against ours."""
    with source.begin() as connection:
        if thorough:
            for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
                if said != "ok":
                    yield str(said)
            for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"{table} {rowid} refers to no {parent}"
        found = _schema(connection)
    expected = expected_schema(metadata, append_only=append_only)
    for name in sorted(found.keys() | expected.keys()):
        if name not in found:
            yield f"{name} is missing"
        elif name not in expected:
            yield f"{name} is not marsad's"
        elif found[name] != expected[name]:
            yield f"{name} is not as marsad makes it"


@cache
def expected_schema(metadata: MetaData, *, append_only: bool) -> dict[str, str]:
    """Return every table, index and trigger as a new store has them: what it belongs to and the statement that makes it."""
    blank = _guarded(create_engine("sqlite+pysqlite://", poolclass=StaticPool), [])
    try:
        with blank.begin() as connection:
            _lay_out(connection, metadata, append_only)
            return _schema(connection)
    finally:
        blank.dispose()


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    mode = "rw"
    if read_only and not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        mode = "ro&immutable=1"  # on a medium that cannot be written, the log of a reader has no place either
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,  # transactions begin where `begin` below says, not where the driver guesses
        check_same_thread=False,
    )


def _guarded(made: Engine, pragmas: list[str]) -> Engine:
    @event.listens_for(made, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return made


def _lay_out(connection: Connection, metadata: MetaData, append_only: bool) -> None:
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        elements: list[CreateTable | CreateIndex] = [CreateTable(table), *map(CreateIndex, indexes)]
        for element in elements:
            # Spaces one by one: another SQLAlchemy may set the same statement differently, and a check compares it.
            connection.exec_driver_sql(" ".join(str(element.compile(connection)).split()))
        for trigger in guards(table) if append_only else ():
            connection.exec_driver_sql(trigger)


def guards(table: Table) -> Iterator[str]:
    """Yield triggers that refuse to change, remove or replace a row."""
    said = f"SELECT RAISE(ABORT, '{table.name}: what is kept is never changed or removed')"
    for verb in ("UPDATE", "DELETE"):
        yield f'CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON "{table.name}" BEGIN {said}; END'
    keys = [table.primary_key, *(c for c in table.constraints if isinstance(c, UniqueConstraint))]
    same = sorted("(" + " AND ".join(f"{c.name} = NEW.{c.name}" for c in key.columns) + ")" for key in keys)
    there = f'EXISTS (SELECT 1 FROM "{table.name}" WHERE {" OR ".join(same)})'  # noqa: S608 - our own names
    yield f'CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON "{table.name}" WHEN {there} BEGIN {said}; END'


def _schema(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    return {f"{kind} {name}": f"{table}: {sql}" for kind, name, table, sql in rows}
