"""The vault: what is put is there, what is there is what was put, and nothing half-written ever has a name."""

import fcntl
import hashlib
import os
from pathlib import Path

import pytest

from marsad.model import Sha256, Wrong
from marsad.preserve import syncing
from marsad.preserve import vault as vault_module
from marsad.preserve.difference import Difference
from marsad.preserve.shelves import INCOMING
from marsad.preserve.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.create(tmp_path / "vault")


def files(vault: Vault) -> list[Path]:
    return sorted(path for path in vault.root.rglob("*") if path.is_file())


def test_bytes_lie_under_their_hash(vault: Vault) -> None:
    """Bytes lie at ab/cd/<sha256>, readable by their owner alone, and come back as they were."""
    name = vault.put(b"95 killed")
    expected = hashlib.sha256(b"95 killed").hexdigest()
    assert name == expected
    assert files(vault) == [vault.root / expected[:2] / expected[2:4] / expected]
    assert files(vault)[0].stat().st_mode & 0o777 == 0o400
    assert vault.get(name) == b"95 killed"


def test_many_at_once(vault: Vault) -> None:
    """A batch gives the names in its order; twice the same is one file; nothing stays in the intake folder."""
    items = [f"report {i % 400}".encode() for i in range(600)]
    names = vault.put_many(items)
    assert names == [hashlib.sha256(item).hexdigest() for item in items]
    assert len(files(vault)) == 400
    assert list((vault.root / INCOMING).iterdir()) == []


def test_empty_batch(vault: Vault) -> None:
    """Nothing put is nothing kept."""
    assert vault.put_many([]) == []
    assert files(vault) == []


def test_the_same_again_is_not_written(vault: Vault) -> None:
    """What is there already is left as it is, not written a second time."""
    name = vault.put(b"once")
    before = vault.path(name).stat()
    assert vault.put(b"once") == name
    after = vault.path(name).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("whole", [True, False])
def test_files_and_folders_are_synced_before_it_returns(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    """Each file is synced before it gets its name, then its folder, the folder above and the vault itself.

    Where the system tells of errors, one call syncs the three folders and whatever else is on the disk.
    """
    if whole and not syncing.can_sync_disk():
        pytest.skip("this system does not sync a whole disk, or does not tell of errors")
    happened: list[str] = []
    sync, rename = os.fsync, Path.replace

    def seen_sync(handle: int) -> None:
        happened.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().relative_to(vault.root.parent)}")
        sync(handle)

    def seen_rename(path: Path, to: Path) -> Path:
        happened.append(f"rename {path.relative_to(vault.root.parent)}")
        return rename(path, to)

    def seen_disk(folder: Path) -> bool:
        happened.append(f"sync the disk of {folder.relative_to(vault.root.parent)}")
        return sync_disk(folder)

    sync_disk = syncing.sync_disk
    monkeypatch.setattr(syncing, "_SYNCFS", whole)
    if whole:
        monkeypatch.setattr(vault_module, "sync_disk", seen_disk)
    monkeypatch.setattr(os, "fsync", seen_sync)
    monkeypatch.setattr(Path, "replace", seen_rename)
    name = vault.put(b"x")
    written, renamed, *folders = happened
    assert written.startswith(f"sync vault/{INCOMING}/")
    assert renamed == written.replace("sync", "rename")
    one_by_one = {f"sync vault/{name[:2]}/{name[2:4]}", f"sync vault/{name[:2]}", "sync vault"}
    assert set(folders) == ({"sync the disk of vault"} if whole else one_by_one)
    happened.clear()
    vault.put(b"x")
    assert set(happened) == set(folders), "a file found in place may have been left by a run killed before syncing"


def test_a_disk_that_refuses_is_no_receipt(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """If syncing fails, the call fails, says why, and leaves neither a name nor a half-written file."""

    def fail(handle: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(Wrong, match="Input/output error"):
            vault.put_many([b"a", b"b"])
    assert files(vault) == []


@pytest.mark.parametrize("damage", [b"95 killex", b"95", b"95 killed and more"])
def test_damage_is_told(vault: Vault, damage: bytes) -> None:
    """Bytes that are not those received are never handed out; put again, they are repaired."""
    name = vault.put(b"95 killed")
    vault.path(name).chmod(0o600)
    vault.path(name).write_bytes(damage)
    with pytest.raises(Wrong, match="is not the SHA-256 under which it was received"):
        vault.get(name)
    vault.put(b"95 killed")
    assert vault.get(name) == b"95 killed"


def test_missing_is_told(vault: Vault) -> None:
    """A missing file is named."""
    with pytest.raises(Wrong, match="restore this file"):
        vault.get(Sha256("0" * 64))


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "/" + "0" * 63])
def test_only_hashes_are_names(vault: Vault, name: str) -> None:
    """Nothing but a SHA-256 in lower-case hex leads to a path."""
    with pytest.raises(ValueError, match="is not a SHA-256"):
        vault.path(Sha256(name))


def test_leftovers_are_cleared_unless_somebody_writes(vault: Vault) -> None:
    """What a killed run left half-written goes at the next intake, but not while another intake may own it."""
    leftover = vault.root / INCOMING / "tmp-killed"
    leftover.write_bytes(b"half")
    other = os.open(vault.root / INCOMING, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_SH)
    vault.put(b"first")
    assert leftover.exists()
    os.close(other)
    vault.put(b"second")
    assert not leftover.exists()


def test_holds_looks_at_name_and_size(vault: Vault) -> None:
    """`holds` is true only of a regular file of that size."""
    name = vault.put(b"12345")
    assert vault.holds(name, 5)
    assert not vault.holds(name, 4)
    assert not vault.holds(Sha256("0" * 64), 5)
    vault.path(name).unlink()
    vault.path(name).symlink_to("/dev/null")
    assert not vault.holds(name, 5)


needs_syncfs = pytest.mark.skipif(not syncing.can_sync_disk(), reason="this system does not sync a whole disk")


def parcels_in(vault: Vault) -> list[Path]:
    return sorted((vault.root / INCOMING).glob("*.parcel"))


@needs_syncfs
def test_a_batch_costs_one_sync(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among batches, each is on the disk by one sync however many its files; at the end the disk is synced, no parcel stays."""
    happened: list[str] = []
    data_sync, disk_sync = os.fdatasync, syncing.sync_disk

    def seen_batch(handle: int) -> None:
        happened.append("batch")
        data_sync(handle)

    def seen_disk(at: Path) -> bool:
        happened.append("disk")
        return disk_sync(at)

    monkeypatch.setattr(os, "fdatasync", seen_batch)
    monkeypatch.setattr(vault_module, "sync_disk", seen_disk)
    with vault.batches():
        for batch in range(3):
            items = [b"%d %d" % (batch, n) for n in range(100)]
            names = vault.put_many(items)
            assert [vault.get(name) for name in names] == items
        assert happened == ["batch"] * 3
    assert happened == ["batch"] * 3 + ["disk"]
    assert list((vault.root / INCOMING).iterdir()) == []
    assert len(files(vault)) == 300


@needs_syncfs
@pytest.mark.parametrize("lost", ["missing", "empty", "other bytes"])
@pytest.mark.parametrize("asked", ["get", "holds", "found", "put"])
def test_what_a_power_cut_left_in_a_parcel_alone_is_written_anew(vault: Vault, lost: str, asked: str) -> None:
    """After a cut, files of an acknowledged batch may be gone or empty: whoever looks first has them written again."""
    items = [b"report %d" % n for n in range(20)]
    with vault.batches():
        names = vault.put_many(items)
        parcel = parcels_in(vault)[0].read_bytes()
    (vault.root / INCOMING / "left.parcel").write_bytes(parcel)
    for name in names[::2]:
        vault.path(name).unlink()
        if lost != "missing":
            vault.path(name).write_bytes(b"" if lost == "empty" else b"something else")
    again = Vault(vault.root)
    if asked == "get":
        assert again.get(names[0]) == items[0]
    elif asked == "holds":
        assert again.holds(names[0], len(items[0])) or lost != "missing"
    elif asked == "found":
        assert sorted(found.name for found in again.found([])) == sorted(names)
    else:
        again.put(b"another")
    if asked != "holds" or lost != "other bytes":
        assert [again.get(name) for name in names] == items
        assert parcels_in(vault) == []


@needs_syncfs
def test_a_parcel_cut_short_gives_what_is_whole(vault: Vault) -> None:
    """Of a parcel whose writing was interrupted at any byte, whole items are taken, and never a half one."""
    items = [b"one", b"two and more", b"3" * 50]
    with vault.batches():
        names = vault.put_many(items)
        parcel = parcels_in(vault)[0].read_bytes()
    for cut in range(len(parcel) + 1):
        for name in names:
            vault.path(name).unlink(missing_ok=True)
        (vault.root / INCOMING / "left.parcel").write_bytes(parcel[:cut])
        there = [found.name for found in vault.found([])]
        whole = [n for n, end in zip(names, (70, 150, len(parcel)), strict=True) if end <= cut]
        assert sorted(there) == sorted(whole)


@needs_syncfs
@pytest.mark.parametrize(
    "forged", [b"", b"\n", b"ab 3\nxyz", b"0" * 64 + b" 3\nxyz", b"0" * 64 + b" 9" * 30, b"../x 3\nabc"]
)
def test_a_parcel_that_is_none_writes_nothing(vault: Vault, forged: bytes) -> None:
    """Whatever somebody puts there, nothing gets a name that is not its hash, and the leftover goes."""
    (vault.root / INCOMING / "forged.parcel").write_bytes(forged)
    assert list(vault.found([])) == []
    assert files(vault) == []


@needs_syncfs
def test_a_parcel_in_use_is_let_be(vault: Vault) -> None:
    """While one takes in batches, another neither clears its parcel nor calls it a leftover."""
    with vault.batches():
        vault.put(b"mine")
        other = Vault(vault.root)
        strays: list[Difference] = []
        other.put(b"theirs")
        assert len(list(other.found(strays))) == 2
        assert strays == []
        assert len(parcels_in(vault)) == 1


@needs_syncfs
def test_a_failed_sync_of_the_disk_leaves_the_parcel(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was acknowledged out of a parcel stays in it until the disk has taken the files, and the failure is told."""

    def fail(at: Path) -> bool:
        raise OSError(5, "Input/output error")

    batches = vault.batches()
    batches.__enter__()
    name = vault.put(b"acknowledged")
    with monkeypatch.context() as patched:
        patched.setattr(vault_module, "sync_disk", fail)
        with pytest.raises(Wrong, match="Input/output error"):
            batches.__exit__(None, None, None)
    assert len(parcels_in(vault)) == 1
    vault.path(name).unlink()
    assert Vault(vault.root).get(name) == b"acknowledged"
