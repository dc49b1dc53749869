"""Making many pages in several processes: each is forked from this one and sees the release as it is, without a copy."""

import multiprocessing
import os
from collections.abc import Callable, Iterator

from marsad.publish.site.pages import Made, Spread, one_by_one

FEWEST = 200
"""Pages for which processes are worth starting."""

_CHUNK = 25
_make: Callable[[int], Made] | None = None


def spread_over(processes: int | None = None) -> Spread:
    """Return what makes pages in so many processes (None: one for each processor), in order; few are made here.

    The bytes are the same however many there are. Where the system cannot fork, one process does it all.
    """
    count = processes or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return one_by_one
    return lambda make, pages: one_by_one(make, pages) if pages < FEWEST else _forked(make, pages, count)


def _forked(make: Callable[[int], Made], pages: int, processes: int) -> Iterator[Made]:
    global _make  # noqa: PLW0603 - what a forked process finds in its memory needs no pickling
    _make = make
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield from pool.imap(_made, range(pages), chunksize=_CHUNK)
    finally:
        _make = None


def _made(n: int) -> Made:
    assert _make is not None  # noqa: S101 - set before the fork
    return _make(n)
