"""A file that reports are taken out of: opened once, named by its SHA-256, with what its name and first bytes tell."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from marsad.collect.incoming import Original
from marsad.model import Evidence, Sha256, Wrong

HEAD = 65_536
"""Bytes by which a file's kind is told."""

LARGEST = 64_000_000_000
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """The file `name`, as people know it, begins with the bytes `head`; `suffix` is that of its name, in small letters.

    Its bytes are in the file `path`, or are `data`; one of the two is None.
    """

    name: str
    suffix: str
    head: bytes
    path: Path | None = None
    data: bytes | None = None

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it for reading, from its start."""
        if self.path is None:
            yield io.BytesIO(self.data or b"")
            return
        with self.path.open("rb") as stream:
            yield stream

    def original(self, media_type: str) -> Original:
        """Return the file as an original: reads it once, to its end, to know its SHA-256."""
        first, second, size = hashlib.sha256(), hashlib.sha3_512(), 0
        with self.opened() as stream:
            while part := stream.read(_PART):
                first.update(part)
                second.update(part)
                size += len(part)
                if size > LARGEST:
                    raise Wrong(self.name, None, f"is larger than {LARGEST:,} bytes", "split it")
        evidence = Evidence(Sha256(first.hexdigest()), size, media_type, second.hexdigest())
        return Original(evidence, path=self.path, data=self.data)

    @property
    def handle(self) -> Path | bytes:
        """What a worker is given: the path, or the bytes."""
        return self.path if self.path is not None else (self.data or b"")


def source_of(path: Path, name: str, *, follow: bool = True) -> Source:
    """Return the file at this path; raises Wrong if it cannot be read, or is a link where links are not followed."""
    with opened_file(path, name, follow=follow) as stream:
        return Source(name, path.suffix.lower(), stream.read(HEAD), path=path)


def opened_file(path: Path, name: str, *, follow: bool = True) -> BinaryIO:
    """Return the file opened for reading; raises Wrong if it is none, or a link where links are not followed."""
    # Without NONBLOCK, a pipe that somebody put into the folder would hold the run up for ever.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    try:
        handle = os.open(path, flags)
    except OSError as fault:
        if not follow and path.is_symlink():
            rule = "is a symbolic link, which is not followed inside a folder"
            raise Wrong(name, None, rule, "name the file itself") from fault
        rule = f"cannot be read: {fault.strerror}"
        raise Wrong(name, None, rule, "check the name and whether you may read it") from fault
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Wrong(name, None, "is not a regular file", "give a file, a folder, or - for standard input")
    return os.fdopen(handle, "rb")
