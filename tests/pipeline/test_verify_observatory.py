"""The check of an observatory: silent if all is well, exact if not, and never brought down by what it reads."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from marsad.collect.incoming import Incoming
from marsad.model import DecisionKind, ReportId, Sha256, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import Rederive, verify_observatory
from marsad.store.derived_tables import SCHEMAS
from marsad.store.public import PublicStore

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def obs(tmp_path: Path) -> Observatory:
    """Seven reports, a decision, a release, and a derived grading."""
    made = Observatory.init(tmp_path / "obs", "test", NOW)
    with made.kept() as kept:
        service = WriteService(kept, made.vault, os.urandom)
        items = [Incoming(f"{n}", f"{n} killed".encode(), "Radio", date(2014, 11, 26)) for n in range(7)]
        first, *_ = service.receive(items, NOW)
        service.decide(
            anchor=f"{first.report_id}:0-1",
            kind=DecisionKind.REJECT,
            body={},
            actor="reader-1",
            reason="misread",
            expected_version=0,
            now=NOW,
        )
        point = service.checkpoint()
        service.record_release(
            number=1, manifest=Sha256("ab" * 32), policy="ucdp", as_known_on=NOW.date(), checkpoint=point, now=NOW
        )
    with PublicStore(made.path / "public.db") as public:
        public.add("ab" * 32, 1, NOW.date(), b"{}")
    with made.derived() as derived:
        derived.put("grading", grading(1))
        derived.mark_read("extract", "1", [ReportId("r1")])
    return made


def grading(origins: int) -> pa.Table:
    row = {"incident_id": "i1", "grade": "weak", "origins": origins, "why": "{}"}
    return pa.Table.from_pylist([row], schema=SCHEMAS["grading"])


def told(obs: Observatory, rederive: Rederive | None = None) -> list[str]:
    return [str(difference) for difference in verify_observatory(obs.path, rederive)]


def tamper(obs: Observatory, *statements: str, name: str = "kept.db") -> None:
    """Change a database as its owner can: without triggers and without checks, leaving the schema as it was."""
    raw = sqlite3.connect(obs.path / name)
    triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").fetchall()
    for trigger, _ in triggers:
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute("PRAGMA ignore_check_constraints=ON")
    for statement in statements:
        raw.execute(statement)
    for _, sql in triggers:
        raw.execute(sql)
    raw.commit()
    raw.close()


def test_all_is_well(obs: Observatory) -> None:
    """An observatory as it was written has no differences, and verifying it changes no file."""
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in obs.path.rglob("*") if path.is_file()}
    assert told(obs) == []
    after = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in obs.path.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("statement", "subject"),
    [
        ("UPDATE report SET outlet = 'Forged' WHERE seq = 3", "report "),
        ("UPDATE report SET published = '2014-11-27' WHERE seq = 3", "report "),
        ("UPDATE report SET lang = 'ar' WHERE seq = 3", "report "),
        ("UPDATE report SET intake_key = 'x' WHERE seq = 3", "report "),
        ("UPDATE report SET recorded_at = '2026-11-23T12:00:00.000000Z' WHERE seq = 3", "report "),
        ("UPDATE evidence SET media_type = 'text/html' WHERE seq = 2", "evidence "),
        ("UPDATE decision SET reason = 'bribed'", "decision "),
        ("UPDATE decision SET actor = 'reader-2'", "decision "),
        ("UPDATE decision SET version = 2", "ledger leaf 21: found decision"),
        ("UPDATE release SET root = '" + "00" * 32 + "'", "release 1"),
        ("UPDATE release SET tree_size = 3", "release 1"),
        ("UPDATE opening SET salt = zeroblob(32) WHERE seq = 3", "report "),
        ("UPDATE leaf SET leaf = CAST(replace(leaf, 'intake', 'nobody') AS BLOB) WHERE seq = 3", "ledger node 0/3"),
        ("UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND idx = 1", "ledger node 1/1"),
        ("DELETE FROM report WHERE seq = 3", "ledger leaf 3: found nothing kept under it"),
        ("DELETE FROM decision", "ledger leaf 21: found nothing kept under it"),
        ("DELETE FROM opening WHERE seq = 3", "report "),
        ("DELETE FROM node WHERE level = 2 AND idx = 0", "ledger node 2/0: found no node"),
        ("DELETE FROM leaf WHERE seq = 22", "release 1: found no ledger leaf"),
        ("DELETE FROM leaf WHERE seq = 3", "kept.db: found"),
        ("INSERT INTO node VALUES (7, 0, zeroblob(32))", "ledger node 7/0"),
        ("UPDATE report SET outlet = x'00' WHERE seq = 3", "kept.db: found non-TEXT value in report.outlet"),
        ("UPDATE evidence SET size = 99 WHERE seq = 2", "vault/"),
    ],
)
def test_what_an_owner_changes_is_found(obs: Observatory, statement: str, subject: str) -> None:
    """Whoever owns the file can get round triggers and checks, but not round the ledger: the thing is named."""
    if "x'00'" in statement:
        damage_type(obs)
    else:
        tamper(obs, statement)
    found = told(obs)
    assert any(difference.startswith(subject) for difference in found), found


def damage_type(obs: Observatory) -> None:
    """Store bytes where a text ought to be, which only a damaged page or a foreign program can do."""
    raw = sqlite3.connect(obs.path / "kept.db")
    raw.execute("PRAGMA writable_schema=ON")
    ((sql,),) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'report'")
    raw.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'report'")
    raw.commit()
    raw.close()
    tamper(obs, "UPDATE report SET outlet = x'00' WHERE seq = 3")
    raw = sqlite3.connect(obs.path / "kept.db")
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'report'", [sql])
    raw.commit()
    raw.close()


def test_a_cut_tail_is_found_by_a_release(obs: Observatory) -> None:
    """Whoever cuts the end off all tables alike leaves a ledger shorter than a release says."""
    statements = [
        f"DELETE FROM {table} WHERE seq >= 8"  # noqa: S608
        for table in ("evidence", "report", "custody", "decision", "opening", "leaf")
    ]
    kept_release = "UPDATE release SET seq = 8"
    nodes = "DELETE FROM node WHERE ((idx + 1) << level) > 8"
    tamper(obs, *statements, kept_release, nodes)
    assert any("a ledger of 9 leaves, expected at least 22" in difference for difference in told(obs))


def test_a_dropped_trigger_is_found(obs: Observatory) -> None:
    """The guards themselves are part of what is checked."""
    raw = sqlite3.connect(obs.path / "kept.db")
    raw.execute("DROP TRIGGER report_no_delete")
    raw.close()
    assert told(obs) == [
        "kept.db: found trigger report_no_delete is missing, expected the tables and rules marsad made; "
        "restore kept.db from a backup."
    ]


@pytest.mark.long
@pytest.mark.parametrize("name", ["kept.db", "derived.db", "public.db"])
@pytest.mark.parametrize("damage", ["gone", "empty", "rubbish", "cut", "folder"])
def test_a_ruined_database_is_a_difference(obs: Observatory, name: str, damage: str) -> None:
    """A file that is gone, empty, cut or no database at all is told; nothing is raised."""
    path = obs.path / name
    data = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "gone":
        path.write_bytes({"empty": b"", "rubbish": b"rubbish" * 9999, "cut": data[: len(data) // 2]}[damage])
    found = told(obs)
    assert found
    assert all(name in difference for difference in found if not difference.startswith(("vault", "ledger", "report")))


def test_a_ruined_vault_is_a_difference(obs: Observatory) -> None:
    """A vault that is gone is told, piece by piece."""
    (obs.path / "vault").rename(obs.path / "elsewhere")
    assert sum("no file, expected 8 bytes of evidence" in difference for difference in told(obs)) == 7


def test_derived_rows_are_compared(obs: Observatory) -> None:
    """With a way to derive anew, every derived row is compared; the difference names table, key, column and values."""
    marks = pa.Table.from_pylist([{"report_id": "r1", "stage": "extract", "version": "1"}], schema=SCHEMAS["reading"])
    assert told(obs, lambda: {"grading": grading(1), "reading": marks}) == []
    assert told(obs, lambda: {"grading": grading(2), "reading": marks.slice(0, 0)}) == [
        "derived.db, grading i1, origins: found 1, expected 2; remove derived.db and run `marsad run`, "
        "which makes it again.",
        "derived.db, reading extract 1 r1: found 1 of it, expected 0; remove derived.db and run `marsad run`, "
        "which makes it again.",
    ]


def test_derived_tables_that_wait_for_a_run(obs: Observatory) -> None:
    """If something new was kept since the last run, derived tables are not compared, and that is said."""
    assert told(obs, lambda: None) == [
        "derived.db: found tables older than what is kept, expected newer ones; run `marsad run` (harmless)."
    ]


def test_deriving_anew_that_fails_is_a_difference(obs: Observatory) -> None:
    """If what is kept is too damaged to derive from, that is told."""

    def fail() -> dict[str, pa.Table]:
        raise Wrong("vault/ab", None, "cannot be read", "restore it")

    assert told(obs, fail)[0].startswith("derived.db: found cannot be read")


@pytest.mark.long
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM release", "public.db, release 1: found no record, expected that of manifest abab"),
        ("UPDATE release SET manifest = '" + "00" * 32 + "'", "public.db, release 1: found no record"),
        ("UPDATE release SET number = 0", "public.db: found CHECK constraint failed in release"),
        ("UPDATE release SET record = record || ' '", "public.db: found release 1, manifest abab"),
        (None, "public.db: found no file, expected the record of release 1; restore public.db from a backup"),
    ],
)
def test_each_release_has_its_record(obs: Observatory, statement: str | None, said: str) -> None:
    """A record that is gone from the public store, stands under another manifest, or was changed, is told."""
    if statement is None:
        (obs.path / "public.db").unlink()
    else:
        tamper(obs, statement, name="public.db")
    differences = told(obs)
    assert [difference for difference in differences if difference.startswith(said)]
    assert all(difference.startswith("public.db") for difference in differences)


def test_progress_is_told(obs: Observatory) -> None:
    """Each part says how many steps it has and takes as many."""
    steps: dict[str, int] = {}
    planned: dict[str, int | None] = {}

    def progress(name: str, count: int | None) -> AbstractContextManager[Callable[[], None]]:
        planned[name], steps[name] = count, 0

        def tick() -> None:
            steps[name] += 1

        return nullcontext(tick)

    verify_observatory(obs.path, lambda: {"grading": grading(1)}, progress)
    assert steps == planned == {"Checking evidence": 7, "Checking the ledger": 23, "Checking what is derived": 1}


def test_there_must_be_an_observatory(tmp_path: Path) -> None:
    """Where there is none, nothing can be verified."""
    with pytest.raises(Wrong, match="is not an observatory"):
        verify_observatory(tmp_path)
