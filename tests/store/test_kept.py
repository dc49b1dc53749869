"""The store of what is kept: added to, never changed, and never without a leaf."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from preserving_values import ROWS

from marsad.model import Decision, DecisionKind, Evidence, ListKind, PlaceList, Release, Report, ReportId, Sha256, Wrong
from marsad.model.restricted import Restriction
from marsad.store import postgres as postgres_store
from marsad.store import sqlite
from marsad.store.instants import instant
from marsad.store.kept import Addition, Kept
from marsad.store.kept_rows import (
    decision_row,
    evidence_row,
    place_list_row,
    release_row,
    report_row,
    restriction_row,
)
from marsad.store.kept_tables import KEPT
from marsad.store.places import Place

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHA = Sha256("ab" * 32)


def report(n: int, recorded_at: datetime = NOON) -> Report:
    return Report(ReportId(f"{n:024x}"), SHA, "Radio", date(2014, 11, 26), "en", None, recorded_at)


def place_list(version: int, country: str | None, used: bool = True) -> PlaceList:
    return PlaceList(SHA, ListKind.OWN, "camps.csv", country, version, used, NOON)


def added(kind: str, rows: list[dict[str, Any]], start: int) -> Addition:
    """Return rows of one kind with a leaf each; what stands in the leaf is not the store's business."""
    numbers = range(start, start + len(rows))
    return Addition(
        [(n, b"leaf %d" % n) for n in numbers],
        [(n, bytes(32)) for n in numbers],
        [(0, n, bytes(32)) for n in numbers],
        {kind: [{"seq": n, **row} for n, row in zip(numbers, rows, strict=True)]},
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Kept.create(tmp_path / "kept.db")
    return tmp_path / "kept.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where an empty store lies: what is said here of one holds for both."""
    found: Place = request.getfixturevalue("path" if request.param == "sqlite" else "stores")
    return found


@pytest.fixture
def in_file(path: Path) -> Iterator[Kept]:
    """The store of `kept`, in a file."""
    with Kept(path) as store:
        fill(store)
        yield store


@pytest.fixture
def kept(place: Place) -> Iterator[Kept]:
    """A store with a piece of evidence, five reports recorded on five days, a decision and a release."""
    with Kept(place) as store:
        fill(store)
        yield store


def fill(store: Kept) -> None:
    decision = Decision("r:0-1", DecisionKind.REJECT, 1, {}, "reader-1", "misread", NOON)
    release = Release(1, SHA, "ucdp", "2026-11-22", 7, SHA, NOON)
    with store.write() as writing:
        writing.add(added("evidence", [evidence_row(Evidence(SHA, 9, "text/plain", "ab" * 64))], 0))
        reports = [report(n, NOON.replace(day=20 + n)) for n in range(5)]
        writing.add(added("report", [report_row(r, f"key {r.report_id}") for r in reports], 1))
        writing.add(added("decision", [decision_row(decision)], 6))
        writing.add(added("release", [release_row(release)], 7))
        writing.add(added("place_list", [place_list_row(place_list(1, None))], 8))


@pytest.fixture
def everything(kept: Kept) -> Kept:
    """The store above with a row in each of its tables."""
    with kept.write() as writing:
        tie = {"report_id": report(0).report_id, "evidence": SHA, "role": "source"}
        writing.add(added("original", [tie], 9))
        refusal = {"name": "a.pdf", "channel": "files", "reason": "is broken", "recorded_at": instant(NOON)}
        writing.add(added("quarantine", [{"evidence": SHA, **refusal}], 10))
        restricted = Restriction(report(0).report_id, 1, "safety", "reader-1", "names a child", NOON)
        writing.add(added("restriction", [restriction_row(restricted)], 11))
        for number, (kind, row) in enumerate(ROWS.items(), 12):
            writing.add(added(kind, [row], number))
    return kept


def test_opened_to_survive_power_cuts_and_strangers(path: Path) -> None:
    """Every connection writes ahead, syncs fully, keeps references, and trusts no schema."""
    engine = sqlite.engine(path, durable=True)
    with sqlite.reading(engine, path) as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "recursive_triggers")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pragmas}
    engine.dispose()
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
    }
    assert found == expected


def test_every_table_is_strict(path: Path) -> None:
    """No table takes a value of another type than its column's."""
    with sqlite3.connect(path) as raw:
        strict = dict(raw.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"))
    raw.close()
    assert {name for name, flag in strict.items() if not flag} == {"sqlite_schema"}
    assert strict.keys() - {"sqlite_schema"} == KEPT.tables.keys()


@pytest.mark.long
@pytest.mark.parametrize("table", sorted(KEPT.tables))
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "REPLACE"])
def test_nothing_kept_is_changed_or_removed(everything: Kept, table: str, verb: str) -> None:
    """Even a plain connection, without any of marsad's settings, cannot change, remove or replace."""
    with plain(everything) as (ask, schema):
        columns = KEPT.tables[table].columns.keys()
        name, key = f'{schema}"{table}"', ", ".join(KEPT.tables[table].primary_key.columns.keys())
        rows = f"SELECT * FROM {name}"  # noqa: S608
        before = ask(rows)
        replaced = f"ON CONFLICT ({key}) DO UPDATE SET {columns[-1]} = excluded.{columns[-1]}"
        statement = {
            "UPDATE": f"UPDATE {name} SET {columns[-1]} = {columns[-1]}",  # noqa: S608
            "DELETE": f"DELETE FROM {name}",  # noqa: S608
            "REPLACE": f"INSERT INTO {name} {rows} {replaced}" if schema else f"INSERT OR REPLACE INTO {name} {rows}",
        }[verb]
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError), match="never changed or removed"):
            ask(statement)
        assert before
        assert ask(rows) == before


@contextmanager
def plain(store: Kept) -> Iterator[tuple[Callable[[str], list[Any]], str]]:
    """Open the store without marsad, as its owner; give what asks it, and what stands before the name of a table."""
    if isinstance(store.path, Path):
        raw = sqlite3.connect(store.path)
        yield lambda statement: raw.execute(statement).fetchall(), ""
        raw.close()
        return
    with psycopg.connect(store.path.conninfo, autocommit=True) as owner:

        def ask(statement: str) -> list[Any]:
            found = owner.execute(statement.encode())
            return found.fetchall() if found.description else []

        yield ask, "marsad_kept."


def test_a_second_version_of_a_report_cannot_replace_the_first(in_file: Kept) -> None:
    """REPLACE on a key other than the number, which would delete the first, is refused as well."""
    assert isinstance(in_file.path, Path)
    raw = sqlite3.connect(in_file.path)
    statement = (
        "INSERT OR REPLACE INTO report SELECT 99, report_id, evidence, outlet, published, lang, address, recorded_at,"
        " 'other key' FROM report LIMIT 1"
    )
    with pytest.raises(sqlite3.IntegrityError, match="what is kept is never changed"):
        raw.execute(statement)
    raw.close()


def test_nothing_without_a_leaf(kept: Kept) -> None:
    """A report whose number has no leaf in the ledger cannot be stored, and nothing of its transaction is."""
    addition = added("report", [report_row(report(77), "k")], 9)
    without = Addition([], addition.openings, addition.nodes, addition.things)
    with pytest.raises(Wrong, match=r"(?i)foreign key"), kept.write() as writing:
        writing.add(without)
    with kept.read() as reading:
        assert reading.report(ReportId(f"{77:024x}")) is None
        assert reading.tree_size() == 9


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("report", {"published": "26/11/2014"}),
        ("report", {"published": "2014-11-26T10"}),
        ("report", {"recorded_at": "2026-11-22 12:00"}),
        ("report", {"outlet": ""}),
        ("report", {"outlet": None}),
        ("report", {"evidence": "cd" * 32}),
        ("report", {"intake_key": "key " + "0" * 24}),
        ("evidence", {"size": -1}),
        ("evidence", {"size": "nine"}),
        ("evidence", {"sha256": "AB" * 32}),
        ("evidence", {"sha256": "ab"}),
        ("decision", {"version": 0}),
        ("release", {"number": 0}),
        ("release", {"root": "ab"}),
        ("place_list", {"version": 0}),
        ("place_list", {"used": 2}),
        ("place_list", {"evidence": "cd" * 32}),
        ("place_list", {"version": 1, "country": "*"}),
    ],
)
def test_impossible_rows_are_refused(kept: Kept, kind: str, change: dict[str, Any]) -> None:
    """The tables themselves refuse what cannot be, whoever writes it."""
    good = {
        "report": report_row(report(9), "k9"),
        "evidence": evidence_row(Evidence(Sha256("cd" * 32), 1, "text/plain", "cd" * 64)),
        "decision": decision_row(Decision("r:1-2", DecisionKind.REJECT, 1, {}, "a", "b", NOON)),
        "release": release_row(Release(2, SHA, "ucdp", "2026-11-22", 7, SHA, NOON)),
        "place_list": place_list_row(place_list(1, "SY")),
    }[kind]
    with pytest.raises(Wrong, match="is what the database answers"), kept.write() as writing:
        writing.add(added(kind, [{**good, **change}], 9))
    with kept.write() as writing:
        writing.add(added(kind, [good], 9))


def test_a_failed_transaction_leaves_nothing(kept: Kept) -> None:
    """An error in the middle undoes all of it."""
    good, bad = (added("report", [report_row(report(9), "k9")], start) for start in (9, 10))

    def add_both() -> None:
        with kept.write() as writing:
            writing.add(good)
            writing.add(bad)

    with pytest.raises(Wrong):
        add_both()
    with kept.read() as reading:
        assert reading.report_count() == 5
        assert reading.tree_size() == 9


def test_a_snapshot_does_not_move(kept: Kept) -> None:
    """What is added while one reads shows in the next reading only."""
    with kept.read() as reading:
        assert reading.report_count() == 5
        with kept.write() as writing:
            writing.add(added("report", [report_row(report(9), "k9")], 9))
        assert reading.report_count() == 5
        assert len(list(reading.reports())) == 5
    with kept.read() as reading:
        assert reading.report_count() == 6


@pytest.mark.long
def test_one_writer_at_a_time(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another holds the right to write, a writer waits, and then says what holds it up; readers go on."""
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    monkeypatch.setattr(postgres_store, "BUSY_SECONDS", 1)
    with Kept(kept.path) as other, kept.write():
        with pytest.raises(Wrong, match="another marsad is writing here"), other.write():
            pytest.fail("two writers at once")
        with other.read() as reading:
            assert reading.report_count() == 5


def test_reports_in_order_and_from_a_point(kept: Kept) -> None:
    """Reports come in the order in which they were recorded, from after a given one, and as known on a past day."""
    with kept.read() as reading:
        assert list(reading.reports()) == [report(n, NOON.replace(day=20 + n)) for n in range(5)]
        assert [r.report_id for r in reading.reports(after=report(2).report_id)] == [
            report(3).report_id,
            report(4).report_id,
        ]
        assert [r.report_id for r in reading.reports(known_on=date(2026, 11, 21))] == [
            report(0).report_id,
            report(1).report_id,
        ]
        assert reading.report_count(known_on=date(2026, 11, 19)) == 0
        assert reading.report_count(known_on=date.max) == 5
        assert {r.report_id for r in reading.reports_named([report(1).report_id, ReportId("none")])} == {
            report(1).report_id
        }


def test_standing_decisions(kept: Kept) -> None:
    """The highest version of each decision stands; on a past day, the highest made by then."""
    later = Decision("r:0-1", DecisionKind.REJECT, 2, {}, "reader-2", "again", NOON.replace(day=24))
    other = Decision("r:0-1", DecisionKind.APART, 1, {"name": "x"}, "reader-2", "apart", NOON.replace(day=24))
    with kept.write() as writing:
        writing.add(added("decision", [decision_row(later), decision_row(other)], 9))
        assert writing.standing_decision("r:0-1", DecisionKind.REJECT) == later
        assert writing.standing_decision("r:0-2", DecisionKind.REJECT) is None
        assert writing.standing_decisions() == [other, later]
        assert [d.actor for d in writing.standing_decisions(date(2026, 11, 23))] == ["reader-1"]
        assert len(list(writing.decisions())) == 3


def test_standing_place_lists(kept: Kept) -> None:
    """For each list and country the last word stands; what was said last comes last, so that what is put back is newest."""
    said = [place_list(1, "SY"), place_list(1, "IQ"), place_list(2, None, used=False), place_list(2, "SY")]
    with kept.write() as writing:
        writing.add(added("place_list", [place_list_row(one) for one in said], 9))
        assert writing.place_lists() == [said[1], said[2], said[3]]


def test_known_by_id_or_key(kept: Kept) -> None:
    """Of any number of sent reports, those known by their id or by their key are told."""
    sent = [(report(n).report_id, f"unused {n}") for n in range(3, 1000)]
    sent += [(ReportId("other"), "key " + report(1).report_id)]
    with kept.read() as reading:
        known = reading.received(sent)
    assert {value for name, value in known.items() if name.startswith("report")} == {
        report(n).report_id for n in (1, 3, 4)
    }
    assert known["key key " + report(1).report_id] == report(1).report_id


def test_nodes_come_in_the_order_they_were_made(place: Place) -> None:
    """Nodes are told by the leaf that completed them, smaller subtrees first."""
    made = [(0, 0), (0, 1), (1, 0), (0, 2), (0, 3), (1, 1), (2, 0)]
    with Kept(place) as store, store.write() as writing:
        writing.add(Addition([], [], [(level, index, bytes(32)) for level, index in reversed(made)]))
        assert [(level, index) for level, index, _ in writing.nodes_as_made()] == made
        assert writing.nodes([(1, 1), (9, 9)]) == {(1, 1): bytes(32)}
        with pytest.raises(KeyError):
            writing.node(3, 0)


def test_only_our_stores_are_opened(tmp_path: Path) -> None:
    """A missing file, another database, a newer store and plain rubbish are refused, each with its reason."""
    with pytest.raises(Wrong, match="unable to open"):
        Kept(tmp_path / "none.db")
    other = tmp_path / "other.db"
    sqlite3.connect(other).close()
    other.write_bytes(b"")
    with pytest.raises(Wrong, match="is not the mark"):
        Kept(other)
    (tmp_path / "rubbish.db").write_bytes(b"rubbish" * 1000)
    with pytest.raises(Wrong, match="file is not a database"):
        Kept(tmp_path / "rubbish.db")
    Kept.create(tmp_path / "newer.db")
    raw = sqlite3.connect(tmp_path / "newer.db")
    raw.execute("PRAGMA user_version=99")
    raw.close()
    with pytest.raises(Wrong, match="install a newer marsad"):
        Kept(tmp_path / "newer.db")


def test_a_store_is_made_once_and_whole(path: Path) -> None:
    """A store is not made over another; what a killed run left of one is cleared away, its log included."""
    with pytest.raises(FileExistsError):
        Kept.create(path)
    second = path.with_name("second.db")
    for leftover in ("second.db.partial", "second.db.partial-wal", "second.db-wal"):
        path.with_name(leftover).write_bytes(b"left by a killed run")
    Kept.create(second)
    with Kept(second) as store:
        assert list(store.structure_faults()) == []
    assert sorted(p.name for p in path.parent.iterdir()) == ["kept.db", "second.db"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP TRIGGER report_no_update", "trigger report_no_update is missing"),
        ("CREATE TABLE extra (a)", "table extra is not marsad's"),
        ("CREATE TRIGGER t AFTER INSERT ON report BEGIN SELECT 1; END", "trigger t is not marsad's"),
        ("ALTER TABLE report ADD COLUMN note TEXT", "table report is not as marsad makes it"),
    ],
)
def test_a_changed_structure_is_told(in_file: Kept, statement: str, told: str) -> None:
    """A trigger dropped, a table or column added: the structure is not as marsad makes it."""
    assert list(in_file.structure_faults()) == []
    assert isinstance(in_file.path, Path)
    raw = sqlite3.connect(in_file.path)
    raw.execute(statement)
    raw.commit()
    raw.close()
    assert list(in_file.structure_faults()) == [told]


def test_read_only_changes_nothing(kept: Kept) -> None:
    """A store opened for reading refuses to write."""
    with Kept(kept.path, read_only=True) as store:
        with store.read() as reading:
            assert reading.report_count() == 5
        with pytest.raises(Wrong, match=r"(?i)read-?only"), store.write() as writing:
            writing.add(added("report", [report_row(report(9), "k9")], 9))


def test_times_need_a_zone() -> None:
    """A time without a zone is refused: nobody could tell what it means."""
    with pytest.raises(ValueError, match="no time zone"):
        instant(datetime(2026, 11, 22, 12))  # noqa: DTZ001
