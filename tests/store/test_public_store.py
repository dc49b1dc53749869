"""The public store: what was published stays, and there is no place in it for anything else."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from marsad.model import Wrong
from marsad.store.kept import Kept
from marsad.store.public import PUBLIC, PublicStore

MANIFEST = "ab" * 32
RECORD = '{"number": 1, "observatory": "مرصد"}\n'.encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the store will be."""
    return tmp_path / "public.db"


def test_a_record_comes_back_byte_for_byte(path: Path) -> None:
    """Under the checksum of its manifest, also after the file was closed; adding it again changes nothing."""
    with PublicStore(path) as store:
        store.add(MANIFEST, 1, date(2014, 12, 2), RECORD)
        store.add(MANIFEST, 1, date(2014, 12, 2), RECORD)
        assert store.record("cd" * 32) is None
    with PublicStore(path) as store:
        assert store.record(MANIFEST) == RECORD
        assert store.faults() == []


@pytest.mark.parametrize(
    "verb", ["UPDATE release SET number = 2", "DELETE FROM release", "REPLACE INTO release SELECT * FROM release"]
)
def test_what_was_published_is_never_changed(path: Path, verb: str) -> None:
    """The file itself refuses, whoever asks."""
    with PublicStore(path) as store:
        store.add(MANIFEST, 1, date(2014, 12, 2), RECORD)
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="never changed or removed"):
        connection.execute(verb)
    with PublicStore(path) as store:
        assert store.record(MANIFEST) == RECORD


@pytest.mark.parametrize(
    "change",
    [
        "record = replace(record, '1', '2')",
        "number = 2",
        "published = '2014-12-03'",
        f"seal = '{'00' * 32}'",
        f"manifest = '{'cd' * 32}'",
    ],
)
def test_a_changed_release_is_found(path: Path, change: str) -> None:
    """By somebody who took the triggers away, or by a disk that forgets: any change of any part."""
    with PublicStore(path) as store:
        store.add(MANIFEST, 1, date(2014, 12, 2), RECORD)
    with sqlite3.connect(path) as connection:
        [(trigger,)] = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'release_no_update'")
        connection.execute("DROP TRIGGER release_no_update")
        connection.execute(f"UPDATE release SET {change}")  # noqa: S608 - our own words
        connection.execute(trigger)
    with PublicStore(path) as store:
        [fault] = store.faults()
    assert "not what was sealed" in fault


def test_an_attempt_that_never_stood_is_no_obstacle(path: Path) -> None:
    """A publication cut short leaves its record; the next one of that number has another manifest and stands beside it."""
    with PublicStore(path) as store:
        store.add(MANIFEST, 1, date(2014, 12, 2), RECORD)
        store.add("cd" * 32, 1, date(2014, 12, 3), RECORD)
        assert store.record("cd" * 32) == RECORD


@pytest.mark.parametrize(
    ("manifest", "number", "day"), [("AB" * 32, 1, "2014-12-02"), ("ab", 1, "2014-12-02"), (MANIFEST, 0, "2014-12-02")]
)
def test_an_impossible_release_is_refused(path: Path, manifest: str, number: int, day: str) -> None:
    """A checksum in capitals or too short, a number below one."""
    with PublicStore(path) as store, pytest.raises(Wrong, match=r"public\.db"):
        store.add(manifest, number, date.fromisoformat(day), RECORD)


def test_another_store_is_not_taken_for_it(tmp_path: Path) -> None:
    """The private store under this name is refused."""
    Kept.create(tmp_path / "kept.db")
    with pytest.raises(Wrong, match="not the mark"):
        PublicStore(tmp_path / "kept.db")


def test_it_has_one_table_and_no_column_for_anything_private() -> None:
    """Number, manifest, day, record: public all of them."""
    assert {f"{table.name}.{column.name}" for table in PUBLIC.sorted_tables for column in table.columns} == {
        "release.manifest",
        "release.number",
        "release.published",
        "release.record",
        "release.seal",
    }
