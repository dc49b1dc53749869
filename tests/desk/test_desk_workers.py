"""A desk of several processes: any of them answers, one that dies is replaced, and none outlives whoever started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from desk_world import copied

SERVE = """
import sys, os
from datetime import UTC, datetime
from pathlib import Path
from marsad.desk.serve import link_of, listening
from marsad.desk.settings import DeskSettings
from marsad.desk.workers import serve_many

def now():
    return datetime.now(UTC)

if __name__ == "__main__":
    settings = DeskSettings(now, follow="off")
    with listening("127.0.0.1", 0) as socket:
        print(link_of(socket, settings), flush=True)
        serve_many(Path(sys.argv[1]), settings, socket, 2)
"""


def workers_of(pid: int) -> set[int]:
    """Return the processes that a process has started and that serve."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = {int(child) for task in tasks for child in task.read_text().split()}
    return {child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so, however busy the machine is."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(true)


def there(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def answers(address: str) -> bool:
    """Tell whether the desk at this address answers."""
    try:
        return httpx2.get(f"{address}/sign-in", timeout=30).status_code == 200
    except httpx2.TransportError:
        return False


@pytest.mark.long
def test_workers_come_again_and_go_with_their_desk(twenty_incidents: Path, tmp_path: Path) -> None:
    """One worker killed: another is started, and the desk answers; the desk killed without a word: all are gone."""
    script = tmp_path / "serve.py"
    script.write_text(SERVE)
    command = [sys.executable, str(script), str(copied(twenty_incidents, tmp_path))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        address = desk.stdout.readline().strip()
        until(lambda: answers(address))
        first = workers_of(desk.pid)
        assert len(first) == 2
        os.kill(min(first), signal.SIGKILL)
        until(lambda: len(workers_of(desk.pid) - first) == 1)
        assert answers(address)
        now = workers_of(desk.pid)
        desk.kill()
    until(lambda: not any(map(there, now)))
