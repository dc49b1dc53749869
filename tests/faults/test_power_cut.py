"""Power cuts: at a random moment of an intake the disk stops being written. What was acknowledged before is on it.

The control writes to SQLite as many programs do, without syncing each commit. It has to lose something, or the harness sees
nothing. A pass of n cuts without a loss means: with 95 % certainty fewer than 3/n of all cuts lose something.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disks import CuttableDisk, can_mount
from intake_under_fire import Account, account, make_reports

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory

ADD = [sys.executable, "-c", "from marsad.cli.intake_commands import add; add()"]

CONTROL = """
import os, sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA journal_mode=WAL")
store.execute("PRAGMA synchronous=NORMAL")
store.execute("CREATE TABLE IF NOT EXISTS report (n INTEGER PRIMARY KEY, body BLOB)")
n = 0
while True:
    store.execute("INSERT INTO report VALUES (?, ?)", (n, os.urandom(700)))
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
    n += 1
"""

pytestmark = pytest.mark.skipif(
    not (can_mount() and shutil.which("mkfs.btrfs") and shutil.which("mkfs.ext4")),
    reason="needs root, the right to mount, and btrfs-progs (tools/faults.sh)",
)


def cut_while(disk: CuttableDisk, command: list[str], acks: Path, wait: float) -> None:
    """Run the command until some acknowledgements have come and a while more, cut the power, and end the process."""
    with acks.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
        try:
            deadline = time.monotonic() + 300
            while acks.stat().st_size == 0 and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(wait)
            before = acks.read_bytes()
            disk.cut()
        finally:
            process.kill()
            process.communicate()
    acks.write_bytes(before)


@pytest.mark.long
@pytest.mark.parametrize(
    "cuts", [1, pytest.param(20, marks=pytest.mark.soak), pytest.param(200, marks=pytest.mark.soak)]
)
def test_nothing_acknowledged_is_lost(tmp_path: Path, cuts: int, capsys: pytest.CaptureFixture[str]) -> None:
    """`marsad add`, its power cut: vault, store and ledger recover by themselves and hold every report acknowledged."""
    rng = random.Random(cuts)  # noqa: S311
    make_reports(tmp_path / "in", 1500)
    disk, acks = CuttableDisk(tmp_path), tmp_path / "acks"
    acknowledged = 0
    with disk.plugged_in() as at:
        for _ in range(cuts):
            shutil.rmtree(at / "obs", ignore_errors=True)
            Observatory.init(at / "obs", "cut", datetime(2026, 11, 22, tzinfo=UTC))
            command = [*ADD, str(at / "obs"), "--json", "--batch", str(rng.choice([1, 4, 20])), str(tmp_path / "in")]
            cut_while(disk, command, acks, rng.uniform(0, 0.6))
            with disk.after_the_cut() as left:
                assert [str(d) for d in verify_observatory(left / "obs") if not d.harmless] == []
                found = account(left / "obs", acks)  # after that: what reads the vault first puts it in order
                assert found == Account(found.reports, 0, 0, 0, 0, 0)
            lines = [line for line in acks.read_text().split("\n") if line.endswith("}")]
            acknowledged += len([json.loads(line) for line in lines])
    assert acknowledged >= cuts, "cuts before anything was acknowledged prove nothing"
    with capsys.disabled():
        sys.stdout.write(f"[{cuts} cuts, {acknowledged:,} reports acknowledged before them, 0 lost] ")


@pytest.mark.soak
@pytest.mark.parametrize("cuts", [12])  # three cuts lose something only as a rule
def test_the_control_does_lose(tmp_path: Path, cuts: int, capsys: pytest.CaptureFixture[str]) -> None:
    """SQLite in WAL mode without full syncing loses acknowledged commits on the same disk: the harness can see it."""
    rng = random.Random(7)  # noqa: S311
    disk, acks, losing = CuttableDisk(tmp_path), tmp_path / "acks", 0
    with disk.plugged_in() as at:
        for _ in range(cuts):
            (at / "t.db").unlink(missing_ok=True)
            (at / "t.db-wal").unlink(missing_ok=True)
            (at / "t.db-shm").unlink(missing_ok=True)
            command = [sys.executable, "-c", CONTROL, str(at / "t.db")]
            cut_while(disk, command, acks, rng.uniform(0.4, 1.2))
            claimed = len(acks.read_text().split("\n")) - 1
            with disk.after_the_cut() as left:
                losing += _stored(left / "t.db") < claimed
    with capsys.disabled():
        sys.stdout.write(f"[the control lost in {losing} of {cuts} cuts] ")
    assert losing > 0


def _stored(path: Path) -> int:
    if not path.exists():
        return 0
    store = sqlite3.connect(path)
    try:
        (count,) = store.execute("SELECT count(*) FROM report").fetchone()
        return int(count)
    except sqlite3.Error:
        return 0
    finally:
        store.close()
