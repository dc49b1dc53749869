"""The evidence vault: the bytes of every report, each in a file named by its SHA-256, written once.

A call that returns has everything on the disk, also if the power fails the next moment: file and folders are synced.
"""

import fcntl
import hashlib
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from marsad.failpoint import reached
from marsad.model import Sha256, Wrong
from marsad.preserve import parcels
from marsad.preserve.difference import Difference
from marsad.preserve.shelves import INCOMING, files
from marsad.preserve.syncing import can_sync_disk, side_by_side, sync_and_close, sync_disk, sync_folder
from marsad.preserve.vaults import Found

_NAME = re.compile(r"[0-9a-f]{64}")


class Vault:
    """The bytes under `root`, at ab/cd/<sha256>, abcd being the first four digits."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._held = self._batching = False
        self._parcel: parcels.Parcel | None = None
        self._mark, self._written = secrets.token_hex(4), 0

    @staticmethod
    def create(root: Path) -> "Vault":
        """Return a new empty vault at `root`, a folder that must not exist yet; its parent is not synced."""
        root.mkdir(mode=0o700)
        (root / INCOMING).mkdir(mode=0o700)
        sync_folder(root)
        return Vault(root)

    def path(self, sha256: Sha256) -> Path:
        """Return where these bytes lie or would lie; raises ValueError for what is no SHA-256 in lower-case hex."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 in hex")
        return self.root.joinpath(sha256[:2], sha256[2:4], sha256)

    def put(self, data: bytes) -> Sha256:
        """Return the SHA-256 of the bytes once they are on the disk."""
        return self.put_many([data])[0]

    def put_many(self, items: Sequence[bytes]) -> list[Sha256]:
        """Return the SHA-256 of each item once all of them are on the disk; what is there already is not written again.

        Raises Wrong where the disk refuses: then nothing may be taken as kept.
        """
        names = [sha256_of(data) for data in items]
        wanted = dict(zip(names, items, strict=True))
        try:
            with self._intake():
                missing = {name: data for name, data in wanted.items() if not self._intact(name)}
                if self._batching and sum(map(len, items)) <= parcels.LARGEST:
                    self._pack(wanted, missing)
                    return names
                self._write(missing)
                # Files found in place may have been renamed by a run that was killed before it synced their folders.
                reached("vault-sync")
                if not sync_disk(self.root):
                    self._sync_folders(wanted)
        except OSError as fault:
            raise Wrong(
                str(self.root), None, f"cannot be written: {fault.strerror}", "make room or allow it, then add again"
            ) from fault
        return names

    @contextmanager
    def batches(self) -> Iterator[None]:
        """Within the `with`, what `put_many` is given is on the disk in a parcel when it returns, and by itself at the end.

        One sync for a batch, whatever the number of its files. For one thread. Raises Wrong where the disk refuses.
        """
        if self._batching or not can_sync_disk():
            yield
            return
        with self._intake():
            self._batching = True
            try:
                yield
            finally:
                self._batching = False
                try:
                    self._settle()
                except OSError as fault:
                    rule, remedy = f"cannot be written: {fault.strerror}", "make room or allow it, then add again"
                    raise Wrong(str(self.root), None, rule, remedy) from fault

    def put_file(self, source: Path) -> Sha256:
        """Return the SHA-256 of a file once a copy of it is on the disk; no more than a megabyte of it is in memory.

        Raises Wrong where it cannot be read or the disk refuses.
        """
        try:
            with self._intake(), source.open("rb") as stream:
                digest = hashlib.sha256()
                handle, temporary_name = tempfile.mkstemp(dir=self.root / INCOMING)
                temporary = Path(temporary_name)
                try:
                    while data := stream.read(1 << 20):
                        digest.update(data)
                        _write_all(handle, data)
                    os.fchmod(handle, 0o400)
                    os.fsync(handle)
                    name = Sha256(digest.hexdigest())
                    path = self.path(name)
                    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    temporary.replace(path)
                finally:
                    os.close(handle)
                    temporary.unlink(missing_ok=True)
                self._sync_folders([name])
        except OSError as fault:
            rule = f"cannot be kept: {fault.strerror}"
            raise Wrong(str(source), None, rule, "make room or allow it, then add again") from fault
        return name

    def where(self, sha256: Sha256) -> str:
        """Return where these bytes stand or would stand, for people."""
        return str(self.path(sha256))

    def get(self, sha256: Sha256) -> bytes:
        """Return the bytes; raises Wrong where they are missing or are no longer the ones received."""
        try:
            return self._read(sha256)
        except Wrong:
            if not self._recover():
                raise
            return self._read(sha256)

    def _read(self, sha256: Sha256) -> bytes:
        path, remedy = self.path(sha256), "restore this file from a backup"
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", remedy) from fault
        found = sha256_of(data)
        if found != sha256:
            raise Wrong(str(path), found, "is not the SHA-256 under which it was received", remedy)
        return data

    def holds(self, sha256: Sha256, size: int) -> bool:
        """Return whether a file of this size stands under this name; its bytes are not read."""
        return self._holds(sha256, size) or (self._recover() and self._holds(sha256, size))

    def _holds(self, sha256: Sha256, size: int) -> bool:
        try:
            found = self.path(sha256).lstat()
        except FileNotFoundError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == size

    def found(self, strays: list[Difference], after: str = "") -> Iterator[Found]:
        """Yield every file that stands where evidence stands, by name, from behind `after`; all else goes into `strays`."""
        self._recover()
        return files(self.root, strays, after)

    def _intact(self, name: Sha256) -> bool:
        try:
            with open(self._place(name), "rb") as file:  # noqa: PTH123 - a Path costs more than reading a small file
                return sha256_of(file.read()) == name
        except OSError:
            return False  # missing or damaged: written anew

    def _place(self, name: Sha256) -> str:
        """Return `path` as plain words."""
        return f"{self.root}/{name[:2]}/{name[2:4]}/{name}"

    def _pack(self, wanted: dict[Sha256, bytes], missing: dict[Sha256, bytes]) -> None:
        """Put what is wanted into a parcel, and what is missing into files that are synced some time later.

        What is in place may have been left there, not synced, by a run that was killed; it goes into the parcel, too.
        """
        if not wanted:
            return
        if self._parcel is not None and self._parcel.size > parcels.LARGEST:
            self._settle()
        reached("vault-sync")
        parcel, self._parcel = self._parcel, None  # where a sync fails, nothing is known of the parcel any more
        parcel = parcel or parcels.Parcel(self.root / INCOMING)
        try:
            parcel.add(wanted)
        except BaseException:
            parcel.close()
            raise
        self._parcel = parcel
        for name, data in missing.items():
            reached("vault-write")
            self._written += 1
            temporary = f"{self.root}/{INCOMING}/{self._mark}-{self._written}"
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
            try:
                _write_all(handle, data)
            finally:
                os.close(handle)
            reached("vault-name")
            place = self._place(name)
            try:
                os.replace(temporary, place)  # noqa: PTH105
            except FileNotFoundError:
                self.path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.replace(temporary, place)  # noqa: PTH105

    def _settle(self) -> None:
        """Put on the disk what parcels hold until then; where that fails the parcel stays, for the next run to read."""
        parcel, self._parcel = self._parcel, None
        if parcel is None:
            return
        parcel.close()
        reached("vault-settle")
        sync_disk(self.root)
        parcel.path.unlink(missing_ok=True)

    def _recover(self) -> bool:
        """Write anew what a power cut may have left in parcels alone; return whether there was something to do."""
        try:
            if self._held or not any(name.endswith(parcels.SUFFIX) for name in os.listdir(self.root / INCOMING)):  # noqa: PTH208
                return False
            with self._intake():
                return True
        except OSError:
            return False  # a vault that can only be read: what is missing in it is told as missing

    def _clear(self, folder: Path) -> None:
        """Remove what killed runs left, once all that parcels hold is in files on the disk.

        Every file is written again, also one that looks well: after a failed sync it may be well in memory alone.
        """
        left = list(folder.iterdir())
        unread = set()
        for path in left:
            if path.name.endswith(parcels.SUFFIX):
                try:
                    items = {name: data for name, data in parcels.contents(path) if sha256_of(data) == name}
                except OSError:
                    unread.add(path)
                    continue
                self._write(items)
                if not sync_disk(self.root):
                    self._sync_folders(items)
        for path in left:
            if path not in unread:
                path.unlink(missing_ok=True)

    @contextmanager
    def _intake(self) -> Iterator[None]:
        """Hold the intake folder; first clear what killed runs left there, unless somebody else is writing now."""
        if self._held:
            yield
            return
        folder = self.root / INCOMING
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if any(folder.iterdir()) and _locked(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
                self._clear(folder)
            _locked(handle, fcntl.LOCK_SH)
            self._held = True
            yield
        finally:
            self._held = False
            os.close(handle)

    def _write(self, items: dict[Sha256, bytes]) -> None:
        temporary: dict[Sha256, Path] = {}
        handles: list[int] = []
        try:
            for name, data in items.items():
                handle, temporary_name = tempfile.mkstemp(dir=self.root / INCOMING)
                handles.append(handle)
                temporary[name] = Path(temporary_name)
                reached("vault-write")
                _write_all(handle, data)
                os.fchmod(handle, 0o400)
                if len(handles) == 256:  # well below the limit on open files
                    sync_and_close(handles, self.root)
            sync_and_close(handles, self.root)
            for name in items:
                path = self.path(name)
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                reached("vault-name")
                temporary.pop(name).replace(path)
        finally:
            for handle in handles:
                os.close(handle)
            for leftover in temporary.values():
                leftover.unlink(missing_ok=True)

    def _sync_folders(self, names: Iterable[Sha256]) -> None:
        parents = {self.path(name).parent for name in names}
        side_by_side(sync_folder, [*parents, *{parent.parent for parent in parents}, *([self.root] if parents else [])])


def sha256_of(data: bytes) -> Sha256:
    """Return the SHA-256 of the bytes in hex: their name in the vault."""
    return Sha256(hashlib.sha256(data).hexdigest())


def sha3_512_of(data: bytes) -> str:
    """Return the SHA3-512 of the bytes in hex: the second hash, in case the first one is broken some day."""
    return hashlib.sha3_512(data).hexdigest()


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _locked(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    return True
