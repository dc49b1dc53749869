"""What a process and all that it started hold and have spent, from /proc: Python, its helpers, and Java."""

import os
import resource
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return the process and all that it, and they, started and that are still there."""
    waiting, found = [pid], []
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def memory(pid: int) -> int:
    """Return the bytes that the family holds to itself: pages that processes share (a mapped file) are left out."""
    total = 0
    for one in family(pid):
        try:
            pages = Path(f"/proc/{one}/statm").read_text().split()
        except OSError:
            continue
        total += (int(pages[1]) - int(pages[2])) * resource.getpagesize()
    return total


def cpu_seconds(pid: int) -> float:
    """Return the processor seconds of the family, those of members that ended and were waited for among them."""
    total = 0
    for one in family(pid):
        try:
            told = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(told[n]) for n in (11, 12, 13, 14))
    return total / _TICK
