"""An observatory whose stores are on a server does what one in a folder does, to the same rows, ids, root and release."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from small_world import MONITORS, NOW, TOWNS, Story, ground_file, killed, receive

from marsad.model import Collector, DecisionKind, KeyRole, Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.backup import backup, restore
from marsad.pipeline.ledgering import frontier_of
from marsad.pipeline.migrating import migrate
from marsad.pipeline.moving import move_to_files, move_to_server
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publish import publish
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.sources import Sources
from marsad.pipeline.verify import verify_observatory
from marsad.preserve import keys
from marsad.store import copying, databases, postgres_stores
from marsad.store.desk import FILE, DeskStore
from marsad.store.kept_tables import KEPT
from marsad.store.places import Server
from marsad.store.postgres_stores import SHAPES

DAY = date(2014, 11, 25)
LYNX = Collector("lynx", "marsad 0.1.0")


def unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def salts() -> Callable[[int], bytes]:
    """Return what gives the same bytes in the same order each time, so that two ledgers can be compared."""
    state = {"n": 0}

    def more(size: int) -> bytes:
        state["n"] += 1
        return hashlib.shake_256(b"%d" % state["n"]).digest(size)

    return more


def at_work(folder: Path, store: Server | None, places: Path, key: str) -> Observatory:
    """Return an observatory that was used for everything: reports, a decision, a sealed source, a release."""
    obs = Observatory.init(folder, "both alike", NOW, store)
    dice = salts()
    stories = [
        Story("Gulf Gate", DAY + timedelta(n // 7), killed(TOWNS[n % 5], DAY, 5 + n, MONITORS[n % 4]))
        for n in range(12)
    ]
    receive(obs, stories, NOW)
    run(obs, processes=1, gazetteer=places)
    with obs.derived(read_only=True) as derived:
        claim = derived.table("claim").to_pylist()[0]
    with obs.kept() as kept:
        WriteService(kept, obs.vault, dice).decide(
            anchor=f"{claim['report_id']}:{claim['start']}-{claim['end']}",
            kind=DecisionKind.REJECT,
            body={},
            actor="reader-1",
            reason="'; DROP TABLE report; -- \N{ZERO WIDTH JOINER} \ufdd0 قرأته",
            expected_version=0,
            now=NOW,
        )
        sources = Sources(obs, kept, dice)
        sources.trust(key, "reader-1", KeyRole.RECOVERY, NOW)
        sources.seal("lynx-7", NOW, b"Abu Somebody, 0000")
    with DeskStore(obs.place(FILE)) as desk, desk.write() as writing:
        add: dict[str, Any] = {
            "account_id": "ibis-101",
            "name": "Amal أمل",
            "name_key": "amal",
            "roles": "[]",
            "groups": "[]",
        }
        add |= {"language": "ar", "password": None, "totp": None, "totp_step": 0, "disabled": 0, "version": 1}
        writing.add("account", **add, made_at="2026-11-26T10:00:00.000000Z")
        for what in ("account made", "signed in"):
            writing.add("event", at="2026-11-26T10:00:00.000000Z", by="ibis-101", what=what, about=None)
    run(obs, processes=1, gazetteer=places)
    publish(obs.path, folder.with_name(f"{folder.name}-out"), NOW, dice)
    return obs


def root(obs: Observatory) -> tuple[int, str]:
    with obs.kept(read_only=True) as kept, kept.read() as reading:
        frontier = frontier_of(reading)
    return frontier.size, frontier.root.hex()


def content(obs: Observatory) -> dict[str, copying.Digest]:
    """Return the digest of every table of every store."""
    found = {}
    for kind, shape in SHAPES.items():
        if obs.has(f"{kind}.db"):
            database = databases.opened(obs.place(f"{kind}.db"), shape)
            with database.reading() as reading:
                found[kind] = copying.digest_of(reading, shape)
            database.close()
    return found


def faults(obs: Observatory) -> list[str]:
    return [str(one) for one in verify_observatory(obs.path) if not one.harmless]


@pytest.fixture
def places(tmp_path: Path) -> Path:
    return ground_file(tmp_path)


@pytest.fixture
def key() -> tuple[str, str]:
    return keys.make_key()


@pytest.mark.long
def test_both_stores_hold_the_same(tmp_path: Path, stores: Server, places: Path, key: tuple[str, str]) -> None:
    """The same work gives the same rows, ids, tolls and manifest in files and on a server whose language sorts otherwise."""
    here = at_work(tmp_path / "here", None, places, key[1])
    there = at_work(tmp_path / "there", stores, places, key[1])
    assert sorted(path.name for path in there.path.iterdir()) == ["marsad.toml", "vault"]
    with here.derived() as one, there.derived() as other:
        assert one.digest() == other.digest()
        assert one.count("claim") > 10
    with here.kept() as kept, there.kept() as also, kept.read() as one_read, also.read() as other_read:
        for kind in ("evidence", "report", "custody", "decision", "place_list"):
            assert list(one_read.things(kind)) == list(other_read.things(kind))
        # Sealing to a key is random, and so are the salts of reports taken in: roots differ, numbers and subjects do not.
        assert [kind for kind in KEPT.tables if one_read.count(kind) != other_read.count(kind)] == []
    assert faults(here) == faults(there) == []


@pytest.mark.long
def test_a_backup_of_a_server_is_one_of_files(
    tmp_path: Path, stores: Server, places: Path, key: tuple[str, str]
) -> None:
    """What was saved from a server comes back in a folder, with the same root and every row."""
    there = at_work(tmp_path / "there", stores, places, key[1])
    before, kept_before = root(there), content(there)
    made = backup(there, tmp_path / "b", NOW, os.urandom, unseen, LYNX, [])
    assert (made.size, made.root) == before
    back = restore(tmp_path / "b", tmp_path / "back", None, unseen, made.root, tmp_path / "b.sealed")
    assert back.differences == []
    restored = Observatory.open(tmp_path / "back")
    assert restored.store is None
    assert root(restored) == before
    assert {kind: content(restored)[kind] for kind in ("kept", "public", "sealed")} == {
        kind: kept_before[kind] for kind in ("kept", "public", "sealed")
    }


@pytest.mark.long
def test_there_and_back(tmp_path: Path, database: Server, places: Path, key: tuple[str, str]) -> None:
    """Moved to a server and back, an observatory has every row of every table, the same root, and settings as they were."""
    obs = at_work(tmp_path / "obs", None, places, key[1])
    settings = obs.path / SETTINGS
    settings.write_text(settings.read_text("utf-8") + "# a word of our own\n", "utf-8")
    before, rows, said = root(obs), content(obs), settings.read_text("utf-8")
    moved = move_to_server(obs, database, NOW, unseen)
    assert (moved.size, moved.root) == before
    there = Observatory.open(obs.path)
    assert there.store == database
    assert content(there) == rows | {"collecting": content(there)["collecting"]}
    assert faults(there) == []
    assert not list(obs.path.rglob("sealed.db*")), "what is erased later must not survive in a copy"
    receive(there, [Story("Gulf Gate", DAY, killed(TOWNS[0], DAY, 77, None))], NOW)
    grown, more = root(there), content(there)
    back = move_to_files(there, NOW + timedelta(1), unseen)
    assert (back.size, back.root) == grown
    here = Observatory.open(obs.path)
    assert here.store is None
    assert content(here) == more
    assert faults(here) == []
    assert settings.read_text("utf-8") == said
    with pytest.raises(Wrong, match="is not there"):
        there.kept()
    move_to_server(here, database, NOW + timedelta(2), unseen)
    assert root(Observatory.open(obs.path)) == grown


def test_who_still_has_the_old_files_open_adds_nothing(tmp_path: Path, database: Server) -> None:
    """A process that opened the store before it moved is refused, and nothing it says it kept is lost."""
    obs = Observatory.init(tmp_path / "obs", "moving", NOW)
    receive(obs, [Story("Gulf Gate", DAY, killed(TOWNS[0], DAY, 7, None))], NOW)
    with obs.kept() as late:
        move_to_server(obs, database, NOW, unseen)
        with pytest.raises(Wrong, match="has moved to a server"):
            _add_one(obs, late)
    assert faults(Observatory.open(obs.path)) == []


def _add_one(obs: Observatory, late: object) -> None:
    from marsad.collect.incoming import Incoming

    item = Incoming("n", b"9 people were killed.", "Radio", DAY)
    WriteService(late, obs.vault, os.urandom).receive([item], NOW)  # type: ignore[arg-type]


MOVE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from contextlib import nullcontext
from marsad.pipeline.moving import move_to_files, move_to_server
from marsad.pipeline.observatory import Observatory
from marsad.store.places import server

obs, now = Observatory.open(Path(sys.argv[1])), datetime(2026, 11, 22, 12, tzinfo=UTC)
seen = lambda name, steps: nullcontext(lambda: None)
move_to_files(obs, now, seen) if sys.argv[2] == "here" else move_to_server(obs, server(sys.argv[2], "URL"), now, seen)
"""


def moving(obs: Observatory, target: str, failpoint: str = "") -> int:
    """Move in a process of its own, which dies at a failpoint; return how it ended."""
    environment = {**os.environ, "MARSAD_FAILPOINT": failpoint}
    return subprocess.run([sys.executable, "-c", MOVE, str(obs.path), target], env=environment, check=False).returncode


@pytest.mark.long
def test_killed_while_moving(tmp_path: Path, database: Server) -> None:
    """Killed at any step, the old store counts, or the new one does; given again, the move ends with the same root."""
    obs = Observatory.init(tmp_path / "obs", "moving", NOW)
    receive(obs, [Story("Gulf Gate", DAY, killed(TOWNS[n % 5], DAY, n + 7, None)) for n in range(9)], NOW)
    before = root(obs)
    for target, steps in ((database.url, ("copied", "committed")), ("here", ("copied", "placed"))):
        for step in steps:
            assert moving(obs, target, f"move-{step}:1") == -9, step
            assert root(Observatory.open(obs.path)) == before
            assert faults(Observatory.open(obs.path)) == []
        assert moving(obs, target) == 0
        assert root(Observatory.open(obs.path)) == before
        assert faults(Observatory.open(obs.path)) == []


def test_what_is_not_a_copy_is_not_replaced(tmp_path: Path, database: Server) -> None:
    """A database that holds another observatory, or a later state of this one, is refused and stays as it was."""
    obs = Observatory.init(tmp_path / "obs", "mine", NOW)
    receive(obs, [Story("Gulf Gate", DAY, killed(TOWNS[0], DAY, 7, None))], NOW)
    other = Observatory.init(tmp_path / "other", "theirs", NOW, database)
    receive(other, [Story("Desert Sun", DAY, killed(TOWNS[1], DAY, 8, None))], NOW)
    held = root(other)
    with pytest.raises(Wrong, match="is not a copy of this one"):
        move_to_server(obs, database, NOW, unseen)
    with pytest.raises(Wrong, match="holds an observatory already"):
        Observatory.init(tmp_path / "third", "third", NOW, database)
    assert not (tmp_path / "third").exists()
    assert root(other) == held
    assert obs.store is None
    assert faults(obs) == []


def test_a_server_that_loses_what_it_said_is_refused(tmp_path: Path, database: Server) -> None:
    """No store is kept where a commit need not be on the disk: a database set to that is set right for each connection."""
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {database.database} SET synchronous_commit = off".encode())
    obs = Observatory.init(tmp_path / "obs", "safe", NOW, database)
    with obs.kept() as kept, kept.read() as reading:
        assert reading._connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_a_killed_init_leaves_nothing_in_the_way(tmp_path: Path, stores: Server) -> None:
    """Empty stores that a killed `marsad init` left on the server are used by the next one."""
    assert Observatory.init(tmp_path / "obs", "again", NOW, stores).store == replace(stores)


def test_an_older_server_gets_the_desk_that_lay_in_the_folder(tmp_path: Path, database: Server) -> None:
    """Stores made before the desk's tables lay on a server: `migrate` makes them, with the accounts of the folder, once."""
    obs = Observatory.init(tmp_path / "obs", "before", NOW, database)
    with postgres_stores.administering(database) as connection:
        connection.exec_driver_sql("DROP SCHEMA marsad_desk CASCADE")
    with pytest.raises(Wrong, match="migrate"):
        DeskStore(obs.place(FILE))
    account = {
        "account_id": "ibis-101",
        "name": "Amal",
        "name_key": "amal",
        "roles": "[]",
        "groups": "[]",
        "version": 1,
    }
    account |= {"language": "ar", "password": None, "totp": None, "totp_step": 0, "disabled": 0}
    account |= {"made_at": "2026-11-26T10:00:00.000000Z"}
    with DeskStore(obs.path / FILE) as desk, desk.write() as writing:
        writing.add("account", **account)
    assert "The desk's accounts lie on the server now." in list(migrate(obs))
    assert "The desk's accounts lie on the server now." not in list(migrate(obs))
    assert not (obs.path / FILE).exists()
    with DeskStore(obs.place(FILE)) as desk, desk.read() as reading:
        assert reading.rows("account") == [account]
