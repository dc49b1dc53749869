"""Run `marsad link-persons A B --out OUT` and print the most memory it and its helpers held together, in GB."""

import resource
import sys
import threading
import time
from pathlib import Path

from marsad.cli import main

_EVERY = 0.2


def held() -> int:
    """Return the bytes of memory that this process and its children have to themselves, from /proc."""
    pids = [str(p) for p in _family()]
    total = 0
    for pid in pids:
        try:
            pages = Path(f"/proc/{pid}/statm").read_text().split()
        except OSError:
            continue
        total += (int(pages[1]) - int(pages[2])) * resource.getpagesize()
    return total


def _family() -> list[int]:
    import os

    waiting, found = [os.getpid()], []
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


if __name__ == "__main__":
    most = 0
    done = threading.Event()

    def watch() -> None:
        """Look at the memory until the command is done."""
        global most  # noqa: PLW0603 - one number, told at the end
        while not done.is_set():
            most = max(most, held())
            time.sleep(_EVERY)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    main(["link-persons", sys.argv[1], sys.argv[2], "--out", sys.argv[3]], standalone_mode=False)
    done.set()
    watcher.join()
    print(most / 1e9)
