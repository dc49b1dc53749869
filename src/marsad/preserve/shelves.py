"""What lies in a vault on a disk: files of evidence in their folders, and whatever else there is."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from marsad.preserve.difference import Difference
from marsad.preserve.parcels import SUFFIX
from marsad.preserve.vaults import Found

INCOMING = "incoming"
"""The folder inside the vault where files are written before they get their name."""

_HEX = {2: re.compile(r"[0-9a-f]{2}"), 64: re.compile(r"[0-9a-f]{64}")}
_RESTORE = "restore this file from a backup, or remove it and add the same report again"
_LEFTOVER = "an interrupted intake leaves such a file; add the same reports again, or remove it"
_AT_ONCE = 1 << 20


def measured(path: str) -> tuple[int, str]:
    """Return the size and the SHA-256, in hex, of the file, read piece by piece; raises OSError."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        at_once = min(_AT_ONCE, os.fstat(handle).st_size + 1)  # room for a megabyte costs more than a small file
        while piece := os.read(handle, at_once):
            digest.update(piece)
            size += len(piece)
    finally:
        os.close(handle)
    return size, digest.hexdigest()


def files(root: Path, strays: list[Difference], after: str = "") -> Iterator[Found]:
    """Yield every file that stands where evidence stands, by name, from behind the name `after`.

    Whatever else there is goes into `strays`.
    """
    for outer in _folders(root, "vault", strays, after[:2], spared=INCOMING):
        within = after[2:4] if outer.name == after[:2] else ""
        for inner in _folders(Path(outer.path), f"vault/{outer.name}", strays, within):
            where = f"vault/{outer.name}/{inner.name}"
            for entry in _listed(Path(inner.path), where, strays):
                if not _HEX[64].fullmatch(entry.name) or entry.name[:4] != outer.name + inner.name:
                    strays.append(_stray(f"{where}/{entry.name}", "a name that is no evidence's"))
                elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                    strays.append(_stray(f"{where}/{entry.name}", "something that is not a regular file"))
                elif entry.name > after:
                    yield Found(entry.name, partial(measured, entry.path))
    for entry in _listed(root / INCOMING, f"vault/{INCOMING}", strays):
        if entry.name.endswith(SUFFIX):
            continue  # somebody is taking reports in; what nobody held was cleared before
        subject = f"vault/{INCOMING}/{entry.name}"
        strays.append(Difference(subject, "a half-written file", "none", _LEFTOVER, harmless=True))


def _folders(
    folder: Path, where: str, strays: list[Difference], first: str, spared: str | None = None
) -> Iterator[os.DirEntry[str]]:
    for entry in _listed(folder, where, strays):
        if entry.name == spared:
            continue
        if not entry.is_dir(follow_symlinks=False) or not _HEX[2].fullmatch(entry.name):
            strays.append(_stray(f"{where}/{entry.name}", "something that does not belong here"))
        elif entry.name >= first:
            yield entry


def _listed(folder: Path, where: str, strays: list[Difference]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as fault:
        strays.append(Difference(where, f"a folder that cannot be read ({fault.strerror})", "a folder", _RESTORE))
        return []


def _stray(subject: str, found: str) -> Difference:
    return Difference(ascii(subject)[1:-1], found, "only folders and files of evidence", "move it out of the vault")
