"""The check that the vault still holds what was received: every file, its size, its bytes, and nothing else."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from marsad.preserve.difference import Difference
from marsad.preserve.vault import INCOMING, Vault

_HEX = {2: re.compile(r"[0-9a-f]{2}"), 64: re.compile(r"[0-9a-f]{64}")}
_RESTORE = "restore this file from a backup, or remove it and add the same report again"
_LEFTOVER = "an interrupted intake leaves such a file; add the same reports again, or remove it"

_Held = tuple[str, int | None, os.DirEntry[str] | None]
"""A name, with the size the store knows it by, or with the file found under it."""


def differences(vault: Vault, evidence: Iterable[tuple[str, int]], tick: Callable[[], None]) -> Iterator[Difference]:
    """Yield whatever differs between the vault and the evidence, given as (sha256, size) in ascending order.

    Every file is read and hashed once; neither list is held in memory. `tick` is called once for each name.
    """
    strays: list[Difference] = []
    known: Iterator[_Held] = ((name, size, None) for name, size in evidence)
    found: Iterator[_Held] = ((entry.name, None, entry) for entry in _files(vault.root, strays))
    for name, group in groupby(merge(known, found, key=itemgetter(0)), key=itemgetter(0)):
        pair = list(group)
        sizes = [size for _, size, _ in pair if size is not None]
        entries = [entry for _, _, entry in pair if entry is not None]
        yield from _compare(name, sizes, entries)
        tick()
    yield from strays


def _compare(name: str, sizes: list[int], entries: list[os.DirEntry[str]]) -> Iterator[Difference]:
    where = f"vault/{name[:2]}/{name[2:4]}/{name}"
    if not entries:
        yield Difference(where, "no file", f"{sizes[0]} bytes of evidence", _RESTORE)
        return
    entry = entries[0]
    try:
        data = Path(entry.path).read_bytes()
    except OSError as fault:
        yield Difference(where, f"a file that cannot be read ({fault.strerror})", "bytes of evidence", _RESTORE)
        return
    digest = hashlib.sha256(data).hexdigest()
    if not sizes:
        whole = digest == name
        found = "a file not in the store" if whole else f"a file not in the store, whose SHA-256 is {digest}"
        yield Difference(where, found, "only evidence that the store knows", _LEFTOVER, harmless=whole)
    elif len(data) != sizes[0]:
        yield Difference(where, f"{len(data)} bytes", f"{sizes[0]} bytes", _RESTORE)
    elif digest != name:
        yield Difference(where, f"bytes whose SHA-256 is {digest}", "the bytes received", _RESTORE)


def _files(root: Path, strays: list[Difference]) -> Iterator[os.DirEntry[str]]:
    """Yield every file that stands where evidence stands, by name; put whatever else there is into `strays`."""
    for outer in _folders(root, "vault", strays, spared=INCOMING):
        for inner in _folders(Path(outer.path), f"vault/{outer.name}", strays):
            where = f"vault/{outer.name}/{inner.name}"
            for entry in _listed(Path(inner.path), where, strays):
                if not _HEX[64].fullmatch(entry.name) or entry.name[:4] != outer.name + inner.name:
                    strays.append(_stray(f"{where}/{entry.name}", "a name that is no evidence's"))
                elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                    strays.append(_stray(f"{where}/{entry.name}", "something that is not a regular file"))
                else:
                    yield entry
    for entry in _listed(root / INCOMING, f"vault/{INCOMING}", strays):
        subject = f"vault/{INCOMING}/{entry.name}"
        strays.append(Difference(subject, "a half-written file", "none", _LEFTOVER, harmless=True))


def _folders(
    folder: Path, where: str, strays: list[Difference], spared: str | None = None
) -> Iterator[os.DirEntry[str]]:
    for entry in _listed(folder, where, strays):
        if entry.name == spared:
            continue
        if entry.is_dir(follow_symlinks=False) and _HEX[2].fullmatch(entry.name):
            yield entry
        else:
            strays.append(_stray(f"{where}/{entry.name}", "something that does not belong here"))


def _listed(folder: Path, where: str, strays: list[Difference]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as fault:
        strays.append(Difference(where, f"a folder that cannot be read ({fault.strerror})", "a folder", _RESTORE))
        return []


def _stray(subject: str, found: str) -> Difference:
    return Difference(ascii(subject)[1:-1], found, "only folders and files of evidence", "move it out of the vault")
