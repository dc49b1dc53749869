"""Parcels: the bytes of whole batches in one file, on the disk by one sync, while their own files are not synced yet.

A file and the folder that names it are synced apart, so that a batch of small files costs many times what its bytes cost. In
a parcel they are one piece: who has synced it has everything. When the files themselves are on the disk, the parcel goes. If
the power fails before, they are written anew from it.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from marsad.model import Sha256

SUFFIX = ".parcel"

LARGEST = 16_000_000
"""Bytes in a parcel before the files are synced and it goes: what the next run after a power cut writes anew at most."""

_HEAD = 64 + 1 + 20 + 1  # hash, blank, size in up to 20 digits, end of line


class Parcel:
    """A parcel being written, in a folder that its maker holds; raises OSError where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        """Make an empty one, whose name is on the disk."""
        self.path = folder / f"{secrets.token_hex(8)}{SUFFIX}"
        self.size = 0
        self._handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        named = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(named)
        finally:
            os.close(named)

    def add(self, items: Mapping[Sha256, bytes]) -> None:
        """Return when these bytes are on the disk."""
        whole = b"".join(
            part for name, data in items.items() for part in (b"%s %d\n" % (name.encode(), len(data)), data)
        )
        view = memoryview(whole)
        while view:
            view = view[os.write(self._handle, view) :]
        os.fdatasync(self._handle)
        self.size += len(whole)

    def close(self) -> None:
        """Let go of the file, which stays."""
        os.close(self._handle)


def contents(path: Path) -> Iterator[tuple[Sha256, bytes]]:
    """Yield what was put into a parcel, up to where its writing was interrupted; raises OSError where it cannot be read.

    Whether bytes are those of their name is for the caller to see.
    """
    with path.open("rb") as stream:
        left = os.fstat(stream.fileno()).st_size
        while head := stream.readline(_HEAD):
            name, _, size = head.rstrip(b"\n").partition(b" ")
            left -= len(head)
            if not head.endswith(b"\n") or not size.isdigit() or not name.isalnum() or int(size) > left:
                return
            data = stream.read(int(size))
            left -= len(data)
            yield Sha256(name.decode("ascii", "replace")), data
