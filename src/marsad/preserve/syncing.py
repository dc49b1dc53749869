"""Putting files and the names of files on the disk: one by one, or all that a file system holds at once."""

import ctypes
import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_SYNCING = 8
"""Files synced side by side: the file system then puts many of them into one commit. More gave nothing."""


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


def can_sync_disk() -> bool:
    """Return whether `sync_disk` does anything here."""
    return _SYNCFS


def _tells_errors() -> bool:
    found = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return os.uname().sysname == "Linux" and found is not None and (int(found[1]), int(found[2])) >= (5, 8)


_LIBRARY = ctypes.CDLL(None, use_errno=True)
_SYNCFS = _tells_errors() and hasattr(_LIBRARY, "syncfs")


def sync_and_close(handles: list[int], root: Path) -> None:
    """Sync and close the files, emptying the list as it goes."""
    if len(handles) <= _SYNCING or not sync_disk(root):
        side_by_side(os.fsync, handles)
    while handles:
        os.close(handles.pop())


def side_by_side(sync: Callable[[T], None], items: Sequence[T]) -> None:
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
