"""A disk that fills up: what was acknowledged is there, nothing is half there, and with room again work goes on by itself."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disks import can_mount, small_disk
from intake_under_fire import Account, account, make_reports

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory

MARSAD = [sys.executable, "-c", "from marsad.cli import main; main(prog_name='marsad')"]
SIZE, REPORTS = 5_000_000, 1000

pytestmark = pytest.mark.skipif(not can_mount(), reason="needs root and the right to mount: a disk in memory is filled")


def filled(disk: Path, percent: int) -> Path:
    """Fill the disk up to so many percent with a file that can be removed; return the file."""
    ballast = disk / "ballast"
    total, _, free = shutil.disk_usage(disk)
    size = free if percent == 100 else max(0, total * percent // 100 - (total - free))
    with ballast.open("wb") as file:
        try:
            file.write(bytes(size))
        except OSError:
            assert percent == 100
    return ballast


@pytest.mark.long
@pytest.mark.parametrize(
    "percent", [pytest.param(50, marks=pytest.mark.soak), 90, pytest.param(100, marks=pytest.mark.soak)]
)
def test_intake_on_a_disk_that_fills_up(tmp_path: Path, percent: int) -> None:
    """More reports than there is room for, with the disk half full, nearly full and full when they come."""
    make_reports(tmp_path / "in", REPORTS)
    acks = tmp_path / "acks"
    with small_disk(tmp_path / "disk", SIZE) as disk:
        Observatory.init(disk / "obs", "full", datetime(2026, 11, 22, tzinfo=UTC))
        ballast = filled(disk, percent)
        add = [*MARSAD, "add", str(disk / "obs"), str(tmp_path / "in"), "--json", "--batch", "50"]
        with acks.open("wb") as out:
            first = subprocess.run(add, stdout=out, stderr=subprocess.PIPE, check=False)
        assert first.returncode == 2
        assert b"make room" in first.stderr
        said = [str(d) for d in verify_observatory(disk / "obs") if not d.harmless]
        assert all("make room" in one for one in said), "a full disk is not damage, and nothing is to be removed"

        ballast.unlink()
        found = account(disk / "obs", acks)
        assert found == Account(found.reports, 0, 0, 0, 0, 0)
        assert found.reports < REPORTS
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        with acks.open("ab") as out:
            again = subprocess.run(add, stdout=out, stderr=subprocess.PIPE, check=False)
        assert again.returncode == 0, again.stderr
        assert account(disk / "obs", acks) == Account(REPORTS, 0, 0, 0, 0, 0)
        assert verify_observatory(disk / "obs") == []


@pytest.mark.soak
def test_a_backup_without_room_leaves_nothing(tmp_path: Path) -> None:
    """A backup onto a full disk is refused and no part of it stays, neither there nor in the observatory."""
    make_reports(tmp_path / "in", 100)
    obs = Observatory.init(tmp_path / "obs", "full", datetime(2026, 11, 22, tzinfo=UTC))
    subprocess.run([*MARSAD, "add", str(obs.path), str(tmp_path / "in")], check=True, capture_output=True)
    before = sorted(obs.path.iterdir())
    with small_disk(tmp_path / "disk", 20_000) as disk:
        done = subprocess.run(
            [*MARSAD, "backup", str(obs.path), str(disk / "b"), "--plain"], capture_output=True, check=False
        )
        assert (done.returncode, list(disk.iterdir())) == (2, [])
        assert b"make room" in done.stderr
    assert sorted(obs.path.iterdir()) == before


@pytest.mark.long
def test_a_handover_without_room_leaves_nothing(tmp_path: Path) -> None:
    """A hand-over onto a full disk is refused, and the ledger does not say that it was made."""
    make_reports(tmp_path / "in", 100)
    obs = Observatory.init(tmp_path / "obs", "full", datetime(2026, 11, 22, tzinfo=UTC))
    subprocess.run([*MARSAD, "add", str(obs.path), str(tmp_path / "in")], check=True, capture_output=True)
    with small_disk(tmp_path / "disk", 20_000) as disk:
        command = [*MARSAD, "bag", str(obs.path), str(disk / "bag"), "--to", "the court"]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, list(disk.iterdir())) == (2, [])
    said = subprocess.run([*MARSAD, "custody", str(obs.path), "--json"], capture_output=True, check=True).stdout
    assert [json.loads(line)["act"] for line in said.splitlines()] == []
