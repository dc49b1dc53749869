"""Backup and restore: one encrypted file, made while work goes on; what comes back has the same root, or does not come back."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import Collector, KeyRole, Wrong
from marsad.pipeline.backup import SEALED_SUFFIX, BackedUp, backup, restore
from marsad.pipeline.observatory import SEALED, Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.sources import Sources
from marsad.pipeline.verify import verify_observatory
from marsad.preserve import archives, keys
from marsad.preserve.merkle import root_at
from marsad.store.desk import FILE, DeskStore
from marsad.store.kept import Kept

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LYNX = Collector("lynx", "marsad 0.1.0")
WORD = "Deir Hafir"


def unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def reports(first: int, last: int) -> list[Incoming]:
    return [
        Incoming(f"{n}", f"{n} people were killed in {WORD}.".encode(), f"Radio {n % 9}", date(2014, 11, 26))
        for n in range(first, last)
    ]


def take_in(obs: Observatory, kept: Kept, items: list[Incoming]) -> None:
    service = WriteService(kept, obs.vault, os.urandom, LYNX)
    assert sum(1 for _ in service.receive_all(items, lambda: NOW)) == len(items)


def made(obs: Observatory, target: Path, recipients: list[str] | None = None) -> BackedUp:
    return backup(obs, target, NOW, os.urandom, unseen, LYNX, recipients)


@pytest.fixture
def key() -> tuple[str, str]:
    return keys.make_key()


@pytest.fixture
def obs(tmp_path: Path, key: tuple[str, str]) -> Observatory:
    """An observatory with reports, a release, a recovery key and a sealed source."""
    made_obs = Observatory.init(tmp_path / "obs", "saved", NOW)
    with made_obs.kept() as kept:
        take_in(made_obs, kept, reports(0, 30))
        sources = Sources(made_obs, kept, os.urandom)
        sources.trust(key[1], "team", KeyRole.RECOVERY, NOW)
        sources.seal("lynx-7", NOW, b"a contact")
    return made_obs


@pytest.mark.long
def test_restored_elsewhere_it_is_the_same(obs: Observatory, key: tuple[str, str], tmp_path: Path) -> None:
    """The same root, the same reports, the same evidence, the sealed source, and nothing differs."""
    done = made(obs, tmp_path / "b")
    assert (done.files, done.damaged, done.sealed) == (30, (), True)
    restored = restore(tmp_path / "b", tmp_path / "new", key[0], unseen, done.root, tmp_path / f"b{SEALED_SUFFIX}")
    assert (restored.size, restored.root, restored.differences) == (done.size, done.root, [])
    assert verify_observatory(tmp_path / "new") == []
    files = [
        sorted(p.name for p in (path / "vault").rglob("*") if p.is_file()) for path in (obs.path, tmp_path / "new")
    ]
    assert files[0] == files[1]
    assert (tmp_path / "new" / SEALED).exists()
    assert verify_observatory(obs.path) == [], "and the ledger says that it was backed up"


def test_the_backup_says_nothing_to_others(obs: Observatory, tmp_path: Path) -> None:
    """No word, no hash and no name of a file of the observatory stands in it in the open; another key opens nothing."""
    made(obs, tmp_path / "b")
    data = (tmp_path / "b").read_bytes() + (tmp_path / f"b{SEALED_SUFFIX}").read_bytes()
    for word in (WORD, "Radio", "kept.db", "vault", "lynx", "SQLite"):
        assert word.encode() not in data
    assert not any(p.name.encode() in data for p in (obs.path / "vault").rglob("*") if p.is_file())
    with pytest.raises(Wrong, match="cannot be opened with this key"):
        restore(tmp_path / "b", tmp_path / "new", keys.make_key()[0], unseen)
    assert not (tmp_path / "new").exists()


def test_sealed_sources_are_in_their_own_file_alone(obs: Observatory, key: tuple[str, str], tmp_path: Path) -> None:
    """A backup can be kept for ever, what was erased is gone from it, because it was never in it."""
    made(obs, tmp_path / "b")
    restored = restore(tmp_path / "b", tmp_path / "new", key[0], unseen)
    assert not (tmp_path / "new" / SEALED).exists()
    assert [d.subject for d in restored.differences] == [SEALED]


@pytest.mark.long
def test_made_while_reports_come_in(obs: Observatory, key: tuple[str, str], tmp_path: Path) -> None:
    """It shows one moment of the ledger: a root that the ledger had, and every report up to it."""
    stop, came = threading.Event(), threading.Semaphore(0)

    def work() -> None:
        with obs.kept() as kept:
            first = 100
            while not stop.is_set():
                take_in(obs, kept, reports(first, first + 5))
                first += 5
                came.release()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert came.acquire(timeout=300)
        done = made(obs, tmp_path / "b")
        while came.acquire(blocking=False):
            pass
        assert all(came.acquire(timeout=300) for _ in range(2))  # one of them began when the backup was made
    finally:
        stop.set()
        thread.join()
    restored = restore(tmp_path / "b", tmp_path / "new", key[0], unseen, None, tmp_path / f"b{SEALED_SUFFIX}")
    assert (restored.root, restored.differences) == (done.root, [])
    with obs.kept() as kept, kept.read() as reading:
        assert reading.tree_size() > done.size
        assert root_at(done.size, reading.node).hex() == done.root
    assert verify_observatory(obs.path) == []


@pytest.mark.long
def test_damaged_evidence_is_named_and_the_rest_is_saved(
    obs: Observatory, key: tuple[str, str], tmp_path: Path
) -> None:
    """One bad file does not keep the others from being backed up; restored, `verify` names it."""
    file = next(p for p in (obs.path / "vault").rglob("*") if p.is_file())
    file.chmod(0o600)
    file.write_bytes(b"damaged")
    done = made(obs, tmp_path / "b")
    assert (done.files, [Path(one).name for one in done.damaged]) == (29, [file.name])
    restored = restore(tmp_path / "b", tmp_path / "new", key[0], unseen, None, tmp_path / f"b{SEALED_SUFFIX}")
    assert [Path(d.subject).name for d in restored.differences] == [file.name]


@pytest.mark.long
def test_what_is_no_backup_leaves_nothing(obs: Observatory, key: tuple[str, str], tmp_path: Path) -> None:
    """Cut short, changed, of another root, or no backup at all: refused, and the folder is not there."""
    done = made(obs, tmp_path / "b")
    data = (tmp_path / "b").read_bytes()
    for damaged in (
        data[:-1],
        data[: len(data) // 2],
        data[:999] + bytes([data[999] ^ 1]) + data[1000:],
        b"",
        b"x" * 999,
    ):
        (tmp_path / "bad").write_bytes(damaged)
        with pytest.raises(Wrong):
            restore(tmp_path / "bad", tmp_path / "new", key[0], unseen)
        assert not (tmp_path / "new").exists()
    with pytest.raises(Wrong, match="is the root of what was restored, not"):
        restore(tmp_path / "b", tmp_path / "new", key[0], unseen, "ab" * 32)
    with pytest.raises(Wrong, match="exists already"):
        restore(tmp_path / "b", obs.path, key[0], unseen, done.root)
    left = [p.name for p in tmp_path.iterdir() if p.name not in ("obs", "b", f"b{SEALED_SUFFIX}", "bad")]
    assert left == []


def test_without_a_key_it_has_to_be_said(tmp_path: Path) -> None:
    """No recovery key, no backup, unless somebody says that it is to be plain."""
    bare = Observatory.init(tmp_path / "bare", "saved", NOW)
    with pytest.raises(Wrong, match="has no recovery key"):
        made(bare, tmp_path / "b")
    made(bare, tmp_path / "b", [])
    assert restore(tmp_path / "b", tmp_path / "new", None, unseen).differences == []


def with_a_team(obs: Observatory) -> None:
    """Give the observatory a desk with an account, a session and an invitation, and files that a team writes by hand."""
    with DeskStore(obs.path / FILE) as desk, desk.write() as writing:
        account = {"roles": "reviewer", "groups": "", "language": "ar", "totp_step": 0, "disabled": 0, "version": 1}
        writing.add("account", account_id="falcon", name="Nadia", name_key="nadia", made_at=AT, **account)
        writing.add("session", token_hash="5e" * 32, account_id="falcon", factor="both", made_at=AT, seen_at=AT)
        writing.add("invitation", token_hash="1f" * 32, account_id="falcon", expires_at=AT)
    for name, words in WRITTEN.items():
        (obs.path / name).parent.mkdir(exist_ok=True)
        (obs.path / name).write_text(words)
    (obs.path / "people" / "martyrs.linked.json").write_text("{}")
    (obs.path / "people" / "passwd").symlink_to("/etc/passwd")


AT = "2026-11-22T12:00:00.000000Z"
WRITTEN = {
    "channels/desk.yaml": "name: desk",
    "people/شهداء دير حافر.csv": "name\n",
    "policies/own.toml": "[policy]",
    "actors.toml": "[[actor]]",
}


@pytest.mark.long
def test_the_desk_and_what_a_team_wrote_come_back(obs: Observatory, key: tuple[str, str], tmp_path: Path) -> None:
    """Accounts come from the second file, without sessions and invitations; channels, lists and policies from the first."""
    with_a_team(obs)
    done = made(obs, tmp_path / "b")
    assert (done.accounts, done.sealed, done.team_files) == (True, True, len(WRITTEN))
    restored = restore(tmp_path / "b", tmp_path / "new", key[0], unseen, done.root, tmp_path / f"b{SEALED_SUFFIX}")
    assert restored.differences == []
    with DeskStore(tmp_path / "new" / FILE) as desk, desk.read() as reading:
        assert [row["name"] for row in reading.rows("account")] == ["Nadia"]
        assert reading.count("session") == reading.count("invitation") == 0
    assert {name: (tmp_path / "new" / name).read_text() for name in WRITTEN} == WRITTEN
    assert sorted(p.name for p in (tmp_path / "new" / "people").iterdir()) == ["شهداء دير حافر.csv"]
    data = (tmp_path / "new" / FILE).read_bytes()
    assert b"5e5e5e" not in data
    assert b"1f1f1f" not in data
    assert sorted(p.name for p in obs.path.iterdir() if p.name.startswith(".")) == []


@pytest.mark.long
def test_accounts_are_in_the_second_file_alone(obs: Observatory, key: tuple[str, str], tmp_path: Path) -> None:
    """Without the second file no account comes back; and a backup that is not encrypted holds none in either."""
    with_a_team(obs)
    made(obs, tmp_path / "b")
    restore(tmp_path / "b", tmp_path / "new", key[0], unseen)
    assert not (tmp_path / "new" / FILE).exists()
    done = made(obs, tmp_path / "plain", [])
    assert not done.accounts
    restore(tmp_path / "plain", tmp_path / "other", None, unseen, None, tmp_path / f"plain{SEALED_SUFFIX}")
    assert not (tmp_path / "other" / FILE).exists()


@pytest.mark.parametrize(
    "name", ["people/../kept2.db", "channels/.hidden", "people/a/b.csv", "policies/a\nb", "other/a.csv"]
)
def test_a_name_that_is_no_team_file_has_no_place(tmp_path: Path, name: str) -> None:
    """A backup cannot write anywhere else in the observatory, or beside it."""
    with archives.written(tmp_path / "b", []) as add:
        add("backup.json", json.dumps({"format": "marsad backup 1", "root": "", "files": 0}).encode())
        add(name, b"x")
    with pytest.raises(Wrong, match="is no file of an observatory"):
        restore(tmp_path / "b", tmp_path / "new", None, unseen)
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


@pytest.mark.soak
def test_a_hundred_thousand_reports_under_load(
    tmp_path: Path, key: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """100,000 reports backed up while others come in, restored elsewhere: the same root; the minutes are told."""
    obs = Observatory.init(tmp_path / "obs", "large", NOW)
    with obs.kept() as kept:
        Sources(obs, kept, os.urandom).trust(key[1], "team", KeyRole.RECOVERY, NOW)
        service = WriteService(kept, obs.vault, os.urandom, LYNX)
        assert sum(1 for _ in service.receive_all(reports(0, 100_000), lambda: NOW, 2000)) == 100_000
    feed = tmp_path / "feed"
    feed.mkdir()
    for item in reports(100_000, 101_000):
        (feed / f"{item.name}.txt").write_bytes(item.data)
    add = [sys.executable, "-c", "from marsad.cli.intake_commands import add; add()", str(obs.path), str(feed)]
    load = subprocess.Popen(
        [*add, "--outlet", "Wire", "--batch", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    begin = time.monotonic()
    done = made(obs, tmp_path / "b")
    saved = time.monotonic() - begin
    busy = load.poll() is None
    load.kill()
    load.wait()
    begin = time.monotonic()
    restored = restore(tmp_path / "b", tmp_path / "new", key[0], unseen, done.root)
    back = time.monotonic() - begin
    size = (tmp_path / "b").stat().st_size
    found = WORD.encode() in (tmp_path / "b").read_bytes()
    with capsys.disabled():
        sys.stdout.write(
            f"[{done.files:,} files, {size / 1e6:.0f} MB, {saved / 60:.1f} min, restored {back / 60:.1f} min] "
        )
    assert busy, "reports came in during the whole backup"
    assert not found
    assert restored.root == done.root
    assert restored.differences == []
