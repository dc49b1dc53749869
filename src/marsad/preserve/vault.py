"""The evidence vault: the bytes of every report, each in a file named by its SHA-256, written once.

A call that returns has everything on the disk, also if the power fails the next moment: file and folders are synced.
"""

import ctypes
import fcntl
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from marsad.failpoint import reached
from marsad.model import Sha256, Wrong
from marsad.preserve.difference import Difference
from marsad.preserve.shelves import INCOMING, files
from marsad.preserve.vaults import Found

T = TypeVar("T")

_NAME = re.compile(r"[0-9a-f]{64}")
_SYNCING = 8
"""Files synced side by side: the file system then puts many of them into one commit. More gave nothing."""


class Vault:
    """The bytes under `root`, at ab/cd/<sha256>, abcd being the first four digits."""

    def __init__(self, root: Path) -> None:
        self.root = root

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
        missing = {name: data for name, data in wanted.items() if not self._intact(name)}
        try:
            with self._intake():
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
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise Wrong(
                str(path), None, f"cannot be read: {fault.strerror}", "restore this file from a backup"
            ) from fault
        found = sha256_of(data)
        if found != sha256:
            raise Wrong(
                str(path), found, "is not the SHA-256 under which it was received", "restore this file from a backup"
            )
        return data

    def holds(self, sha256: Sha256, size: int) -> bool:
        """Return whether a file of this size stands under this name; its bytes are not read."""
        try:
            found = self.path(sha256).lstat()
        except FileNotFoundError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == size

    def found(self, strays: list[Difference], after: str = "") -> Iterator[Found]:
        """Yield every file that stands where evidence stands, by name, from behind `after`; all else goes into `strays`."""
        return files(self.root, strays, after)

    def _intact(self, name: Sha256) -> bool:
        try:
            self.get(name)
        except Wrong:
            return False  # missing or damaged: written anew
        return True

    @contextmanager
    def _intake(self) -> Iterator[None]:
        """Hold the intake folder; first clear what killed runs left there, unless somebody else is writing now."""
        folder = self.root / INCOMING
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if any(folder.iterdir()) and _locked(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
                for leftover in folder.iterdir():
                    leftover.unlink()
            _locked(handle, fcntl.LOCK_SH)
            yield
        finally:
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
                    _sync_and_close(handles, self.root)
            _sync_and_close(handles, self.root)
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
        _side_by_side(
            sync_folder, [*parents, *{parent.parent for parent in parents}, *([self.root] if parents else [])]
        )


def sha256_of(data: bytes) -> Sha256:
    """Return the SHA-256 of the bytes in hex: their name in the vault."""
    return Sha256(hashlib.sha256(data).hexdigest())


def sha3_512_of(data: bytes) -> str:
    """Return the SHA3-512 of the bytes in hex: the second hash, in case the first one is broken some day."""
    return hashlib.sha3_512(data).hexdigest()


def sync_folder(folder: Path) -> None:
    """Put the names in this folder on the disk; a synced file without a synced name is lost."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_disk(folder: Path) -> bool:
    """Put everything written to the file system of this folder on the disk, names included; False where that cannot be trusted.

    One call for hundreds of files and folders (syncfs). Before Linux 5.8 it did not tell of errors. Raises OSError.
    """
    if not _SYNCFS:
        return False
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _LIBRARY.syncfs(handle) != 0:
            fault = ctypes.get_errno()
            raise OSError(fault, os.strerror(fault))
    finally:
        os.close(handle)
    return True


def _tells_errors() -> bool:
    found = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return os.uname().sysname == "Linux" and found is not None and (int(found[1]), int(found[2])) >= (5, 8)


_LIBRARY = ctypes.CDLL(None, use_errno=True)
_SYNCFS = _tells_errors() and hasattr(_LIBRARY, "syncfs")


def _sync_and_close(handles: list[int], root: Path) -> None:
    """Sync and close the files, emptying the list as it goes."""
    if len(handles) <= _SYNCING or not sync_disk(root):
        _side_by_side(os.fsync, handles)
    while handles:
        os.close(handles.pop())


def _side_by_side(sync: Callable[[T], None], items: Sequence[T]) -> None:
    """Sync all items, several at a time; raises OSError if one of them fails."""

    def some(start: int) -> None:
        for item in items[start::_SYNCING]:
            sync(item)

    if len(items) <= _SYNCING:  # a thread costs more than it saves
        for item in items:
            sync(item)
        return
    with ThreadPoolExecutor(_SYNCING) as pool:
        list(pool.map(some, range(_SYNCING)))


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
