"""The check that the vault still holds what was received: every file, its size, its bytes, and nothing else."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter

from marsad.preserve.difference import Difference
from marsad.preserve.vaults import AnyVault, Found

_RESTORE = "restore this file from a backup, or remove it and add the same report again"
_LEFTOVER = "an interrupted intake leaves such a file; add the same reports again, or remove it"

_READING = max(2, min(8, os.cpu_count() or 2))
"""Files read and hashed side by side."""
_AHEAD = 4 * _READING
"""Names asked for before the first is answered."""

_Held = tuple[str, int | None, Found | None]
"""A name, with the size the store knows it by, or with what is found under it."""

Tick = Callable[[], None]
Measured = Callable[[str, int], None]
"""Is told each name that was looked at, in ascending order, and how many bytes were read there."""


def differences(vault: AnyVault, evidence: Iterable[tuple[str, int]], tick: Tick) -> Iterator[Difference]:
    """Yield whatever differs between the vault and the evidence, given as (sha256, size) in ascending order.

    Everything is read and hashed once; neither list is held in memory. `tick` is called once for each name.
    """
    yield from differences_after("", vault, evidence, lambda _name, _size: tick())


def differences_after(
    after: str, vault: AnyVault, evidence: Iterable[tuple[str, int]], measured: Measured
) -> Iterator[Difference]:
    """Yield whatever differs from behind the name `after`; `evidence`, too, is to begin behind it."""
    strays: list[Difference] = []
    known: Iterator[_Held] = ((name, size, None) for name, size in evidence)
    there: Iterator[_Held] = ((found.name, None, found) for found in vault.found(strays, after))
    pairs = groupby(merge(known, there, key=itemgetter(0)), key=itemgetter(0))
    with ThreadPoolExecutor(_READING) as pool:  # hashing lets go of Python's lock, and a disk likes to be asked ahead
        under_way: deque[tuple[str, Future[tuple[int, Difference | None]]]] = deque()
        try:
            while True:
                for name, group in islice(pairs, _AHEAD - len(under_way)):
                    under_way.append((name, pool.submit(_compared, name, list(group))))
                if not under_way:
                    break
                name, answer = under_way.popleft()
                read, difference = answer.result()
                if difference is not None:
                    yield difference
                measured(name, read)
        finally:
            pool.shutdown(cancel_futures=True)
    yield from strays


def _compared(name: str, pair: list[_Held]) -> tuple[int, Difference | None]:
    """Return how many bytes were read under this name, and what differs there."""
    sizes = [size for _, size, _ in pair if size is not None]
    entries = [found for _, _, found in pair if found is not None]
    where = f"vault/{name[:2]}/{name[2:4]}/{name}"
    if not entries:
        return 0, Difference(where, "no file", f"{sizes[0]} bytes of evidence", _RESTORE)
    try:
        size, digest = entries[0].measure()
    except OSError as fault:
        said = f"a file that cannot be read ({fault.strerror or fault})"
        return 0, Difference(where, said, "bytes of evidence", _RESTORE)
    if not sizes:
        whole = digest == name
        found = "a file not in the store" if whole else f"a file not in the store, whose SHA-256 is {digest}"
        return size, Difference(where, found, "only evidence that the store knows", _LEFTOVER, harmless=whole)
    if size != sizes[0]:
        return size, Difference(where, f"{size} bytes", f"{sizes[0]} bytes", _RESTORE)
    if digest != name:
        return size, Difference(where, f"bytes whose SHA-256 is {digest}", "the bytes received", _RESTORE)
    return size, None
