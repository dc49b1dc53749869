"""A store of an older shape becomes one of today's, and back, with every row; what would be lost is refused."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from marsad.model import Evidence, Report, ReportId, Sha256, Wrong
from marsad.model.restricted import Restriction
from marsad.store import kept as kept_store
from marsad.store import postgres_stores
from marsad.store import sqlite as file
from marsad.store.kept import Addition, Kept
from marsad.store.kept_rows import evidence_row, report_row, restriction_row
from marsad.store.kept_tables import KEPT
from marsad.store.migrations.run import migrate
from marsad.store.places import Place, Server

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHA = Sha256("ab" * 32)
REPORT = Report(ReportId("0" * 24), SHA, "Radio", date(2014, 11, 26), "en", None, NOON)


def added(kind: str, row: dict[str, Any], seq: int) -> Addition:
    return Addition([(seq, b"leaf")], [(seq, bytes(32))], [(0, seq, bytes(32))], {kind: [{"seq": seq, **row}]})


@pytest.fixture
def in_file(tmp_path: Path) -> Path:
    Kept.create(tmp_path / "kept.db")
    return tmp_path / "kept.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where a store with a report lies."""
    found: Place = request.getfixturevalue("in_file" if request.param == "sqlite" else "own_stores")
    with Kept(found) as kept, kept.write() as writing:
        writing.add(added("evidence", evidence_row(Evidence(SHA, 9, "text/plain", "ab" * 64)), 0))
        writing.add(added("report", report_row(REPORT, "key"), 1))
    return found


@pytest.mark.long
def test_down_and_up_again(place: Place) -> None:
    """A store taken to the version before and back is as marsad makes it, and holds what it held."""
    now = kept_store.SHAPE.version
    assert migrate(place, kept_store.SHAPE, now - 1) == (now, now - 1)
    with pytest.raises(Wrong, match=r"older shape.*marsad migrate"):
        Kept(place)
    assert migrate(place, kept_store.SHAPE) == (now - 1, now)
    assert migrate(place, kept_store.SHAPE) == (now, now)
    with Kept(place) as kept, kept.read() as reading:
        assert list(kept.structure_faults()) == []
        assert list(reading.reports()) == [REPORT]
        assert reading.tree_size() == 2


@pytest.mark.long
def test_alembic_finds_nothing_left_to_do(own_stores: Server) -> None:
    """Compared by alembic, a migrated store on a server has exactly the tables that the code describes."""
    migrate(own_stores, kept_store.SHAPE, 3)
    migrate(own_stores, kept_store.SHAPE)
    with postgres_stores.administering(own_stores) as connection:
        postgres_stores.enter(connection, kept_store.SHAPE)
        options = {"include_object": lambda _o, name, kind, *_: kind != "index" and name != "shape"}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, KEPT)
    told = [one for one in differences if not _hashed(one)]
    assert told == []


def _hashed(difference: Any) -> bool:
    """Return whether it is one of the rules that the server keeps by a hash, because their values may be long."""
    return str(difference[0]) == "add_constraint" and difference[1].table.name in ("report", "decision", "quarantine")


def test_the_shape_before_this_one(tmp_path: Path) -> None:
    """A file as version 3 made it, without the table of restrictions, is brought to today's shape."""
    path = tmp_path / "kept.db"
    laid_out = file.expected_schema(KEPT, append_only=True)
    raw = sqlite3.connect(path)
    for kind in ("table", "index", "trigger"):
        for name, said in laid_out.items():
            belongs_to, _, statement = said.partition(": ")
            if name.startswith(kind) and belongs_to != "restriction" and statement != "None":
                raw.execute(statement)
    raw.execute(f"PRAGMA application_id={kept_store.SHAPE.application_id}")
    raw.execute("PRAGMA user_version=3")
    raw.commit()
    raw.close()
    assert migrate(path, kept_store.SHAPE)[0] == 3
    with Kept(path) as kept:
        assert list(kept.structure_faults()) == []


def test_what_is_kept_is_not_lost_by_going_back(place: Place) -> None:
    """A version that has no place for what is kept is refused, and the store goes on as it was."""
    restricted = Restriction(REPORT.report_id, 1, "safety", "reader-1", "names a child", NOON)
    with Kept(place) as kept, kept.write() as writing:
        writing.add(added("restriction", restriction_row(restricted), 2))
    with pytest.raises(Wrong, match="no shape for the 1 restrictions"):
        migrate(place, kept_store.SHAPE, 3)
    with Kept(place) as kept, kept.read() as reading:
        assert list(kept.structure_faults()) == []
        assert reading.count("restriction") == 1


@pytest.mark.long
@pytest.mark.parametrize("to", [0, 2, 99])
def test_there_has_to_be_a_way(place: Place, to: int) -> None:
    """A version that never was, or that nobody wrote a way to, is refused, and nothing changes."""
    with pytest.raises(Wrong, match=r"no way between|no version between"):
        migrate(place, kept_store.SHAPE, to)
    with Kept(place) as kept:
        assert list(kept.structure_faults()) == []


@pytest.mark.long
def test_killed_in_between(in_file: Path) -> None:
    """Killed before its commit, a migration has changed nothing; given again, it goes through."""
    code = (
        "import sys; from pathlib import Path; from marsad.store import kept; from marsad.store.migrations.run import migrate;"
        "migrate(Path(sys.argv[1]), kept.SHAPE, 3)"
    )
    dies = {**os.environ, "MARSAD_FAILPOINT": "kept-commit:1"}
    done = subprocess.run([sys.executable, "-c", code, str(in_file)], env=dies, check=False)
    assert done.returncode == -9
    with Kept(in_file) as kept:
        assert list(kept.structure_faults()) == []
    assert migrate(in_file, kept_store.SHAPE, 3) == (4, 3)
    raw = sqlite3.connect(in_file)
    assert raw.execute("PRAGMA user_version").fetchone() == (3,)
    raw.close()
