"""One at a time: who derives holds a turn, and another waits for it rather than writing the same rows."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from marsad.store.places import Server


@contextmanager
def turn(folder: Path, server: Server | None, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the turn of the observatory in `folder`, or of the one on `server`, wherever its other users work.

    `waiting` is told once if another holds it. The end of a process gives its turn back, however it ended.
    """
    if server is not None:
        from marsad.store.postgres import turn_on

        with turn_on(server, waiting):
            yield
        return
    # The folder itself is locked: a lock on the store's file would be lost with any handle on it that SQLite closes.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
