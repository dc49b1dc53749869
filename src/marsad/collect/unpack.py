"""What lies in an archive, one member after the other, in memory and never on the disk; bombs are refused unopened.

The names in an archive are data. Nothing is ever written under them, and one that points outside is refused all the
same, because it says what the archive was made for.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from marsad.model import Wrong
from marsad.stage import Rejection

_REMEDY: Final = "unpack it yourself on a machine you can lose, and add what you trust"
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_DIRECTORY_BYTES: Final = 16 << 20
_STORED_OR_DEFLATED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME: Final = 1024
_LOCAL_HEADER: Final = 30


@dataclass(frozen=True, slots=True)
class Room:
    """What an archive may unfold to: `entries` members, `total` bytes, `ratio` times its size where that is over `free`."""

    entries: int = 10_000
    total: int = 2 << 30
    ratio: int = 100
    free: int = 10 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as data, and its bytes, to be read once and in order."""

    name: str
    size: int
    stream: BinaryIO


def members(stream: BinaryIO, name: str, room: Room | None = None) -> Iterator[Member | Rejection]:
    """Yield the files of a ZIP archive in its order; read each before the next is asked for.

    A rejection stands for a member that is a link, points outside, is encrypted, or is packed in a way nobody uses.
    Raises Wrong, before anything is unpacked, where the archive is none or is a bomb by what its directory says (too
    many members, too much, too dense, members that overlap). A member's stream raises Wrong where it is damaged or
    unfolds to more than the directory said.
    """
    room = Room() if room is None else room
    _directory(stream, name, room)
    try:
        archive = zipfile.ZipFile(stream)
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as fault:
        raise Wrong(name, None, f"is no ZIP archive that can be read ({str(fault)[:80]})", "save it anew") from fault
    _weigh(infos, name, room)
    seen: set[str] = set()
    with archive:
        for info in infos:
            if info.filename.endswith("/"):  # is_dir() trips over a name of no letters
                continue
            shown = f"{name} › {said(info.filename)}"
            reason = _objection(info, seen)
            if reason is not None:
                yield Rejection(shown, "collect", f"{shown}: {reason}.")
                continue
            seen.add(info.filename.casefold())
            try:
                with archive.open(info) as packed:
                    yield Member(info.filename, info.file_size, Counted(packed, shown, info.file_size))
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
                yield Rejection(shown, "collect", f"{shown}: is damaged ({str(fault)[:80]}).")


def unzipped(stream: BinaryIO, name: str, size: int, room: Room | None = None) -> BinaryIO:
    """Return what a gzip file holds, as a stream that raises Wrong once it unfolds to more than there is room for.

    `size` is that of the packed file, in bytes.
    """
    import gzip

    room = Room() if room is None else room
    return Counted(gzip.GzipFile(fileobj=stream, mode="rb"), name, min(room.total, max(room.free, room.ratio * size)))


class _Packed(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Counted(io.RawIOBase, BinaryIO):
    """A stream that counts what is read from it; raises Wrong, naming `name`, past `limit` bytes and where it is damaged."""

    def __init__(self, packed: _Packed, name: str, limit: int) -> None:
        self._packed, self._name, self._left = packed, name, limit

    def readable(self) -> bool:
        """Return true: it can be read, and only forwards."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer, or less of it; return how many bytes that was."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int | None = -1) -> bytes:
        """Return up to so many bytes, all that are left if no number is given."""
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        try:
            data = self._packed.read(wanted)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
            raise Wrong(self._name, None, f"is damaged ({str(fault)[:80]})", "fetch or save it anew") from fault
        self._left -= len(data)
        if self._left < 0:
            raise Wrong(self._name, None, "unfolds to more than it may: a bomb, or damaged", _REMEDY)
        return bytes(data)


def said(name: str) -> str:
    """Return a name out of an archive fit for a message, at most 100 characters."""
    return "".join(c if c.isprintable() else "�" for c in name[:100])


def outside(name: str) -> bool:
    """Return whether a name in an archive points out of the folder it would be unpacked in.

    >>> [outside(n) for n in ("a/b.txt", "../b", "/etc/passwd", "C:\\\\b", "a/..", "..b")]
    [False, True, True, True, True, False]
    """
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":") or "\0" in name


def _directory(stream: BinaryIO, name: str, room: Room) -> None:
    """Refuse an archive whose directory would itself fill the memory: `zipfile` reads it whole."""
    size = stream.seek(0, io.SEEK_END)
    tail_at = max(0, size - 65_557)
    stream.seek(tail_at)
    tail = stream.read(65_557)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Wrong(name, None, "is no ZIP archive: it has no directory at its end", "save or fetch it anew")
    entries, length = (
        int.from_bytes(tail[at + 10 : at + 12], "little"),
        int.from_bytes(tail[at + 12 : at + 16], "little"),
    )
    if at >= 20 and tail[at - 20 : at - 16] == _LOCATOR64:
        stream.seek(min(int.from_bytes(tail[at - 12 : at - 4], "little"), size))
        record = stream.read(56)
        if record.startswith(_END64):
            entries, length = int.from_bytes(record[32:40], "little"), int.from_bytes(record[40:48], "little")
    stream.seek(0)
    if entries > room.entries or length > _DIRECTORY_BYTES:
        raise Wrong(name, f"{entries:,} members", f"are more than the {room.entries:,} of an archive", _REMEDY)


def _weigh(infos: list[zipfile.ZipInfo], name: str, room: Room) -> None:
    if len(infos) > room.entries:
        raise Wrong(name, f"{len(infos):,} members", f"are more than the {room.entries:,} of an archive", _REMEDY)
    total, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if total > room.total:
        raise Wrong(name, f"{total:,} bytes", f"are more than the {room.total:,} an archive may unfold to", _REMEDY)
    dense = [i for i in infos if i.file_size > room.free and i.file_size > room.ratio * i.compress_size]
    if dense or (total > room.free and total > room.ratio * packed):
        raise Wrong(name, None, f"unfolds to more than {room.ratio} times its size: a bomb", _REMEDY)
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise Wrong(name, said(info.filename), "overlaps with another member: a bomb", _REMEDY)
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _objection(info: zipfile.ZipInfo, seen: set[str]) -> str | None:
    """Return why a member is not taken, None if it is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device, which no archive of reports holds"
    if outside(info.orig_filename) or outside(info.filename):
        return "has a name that points out of its folder"
    if len(info.filename) > _LONGEST_NAME:
        return f"has a name longer than {_LONGEST_NAME:,} characters"
    if info.filename.casefold() in seen:
        return "has the name of another member"
    if info.flag_bits & 1:
        return "is encrypted; unpack it with its password first"
    if info.compress_type not in _STORED_OR_DEFLATED:
        return "is packed in a way marsad does not unpack (only stored or deflated)"
    return None
