"""A clock that is set back and forward: order is the ledger's, nothing is lost or doubled, and each step back is written down."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from intake_under_fire import Account, account, make_reports

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory

MARSAD = [sys.executable, "-c", "from marsad.cli import main; main(prog_name='marsad')"]

pytestmark = pytest.mark.skipif(shutil.which("faketime") is None, reason="needs libfaketime (tools/faults.sh)")

SHIFTS = ("+0", "-1h", "-3653d", "+3653d", "+0")


@pytest.mark.soak
def test_a_clock_set_back_and_forward(tmp_path: Path) -> None:
    """Five intakes: now, an hour ago, ten years ago, in ten years, now again."""
    obs = Observatory.init(tmp_path / "obs", "clock", datetime(2026, 11, 22, tzinfo=UTC)).path
    make_reports(tmp_path / "all", 100)
    files = sorted((tmp_path / "all").iterdir())
    acks = tmp_path / "acks"
    for number, shift in enumerate(SHIFTS):
        part = tmp_path / f"in{number}"
        part.mkdir()
        for file in files[20 * number : 20 * number + 20]:
            shutil.copy(file, part)
        with acks.open("ab") as out:
            command = ["faketime", "-f", shift, *MARSAD, "add", str(obs), str(part), "--json"]
            subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=True)
    assert account(obs, acks) == Account(100, 0, 0, 0, 0, 0)
    assert verify_observatory(obs) == []
    with Observatory.open(obs).kept() as kept, kept.read() as reading:
        outlets = [report.outlet for report in reading.reports()]
        times = [json.loads(leaf)["at"] for _, leaf in reading.leaves()]
    assert outlets == [f"Radio {n % 7}" for n in range(100)], "the order in which they came, whatever the clock said"
    assert (min(times)[:3], max(times)[:3]) == ("201", "203"), "the clock was wrong indeed"
    said = subprocess.run([*MARSAD, "custody", str(obs), "--json"], capture_output=True, check=True).stdout
    steps = [json.loads(line) for line in said.splitlines()]
    assert [step["act"] for step in steps] == ["clock set back"] * 3


@pytest.mark.long
def test_a_clock_that_jumps_during_an_intake(tmp_path: Path) -> None:
    """Time that runs ten thousand times too fast does no harm."""
    obs = Observatory.init(tmp_path / "obs", "clock", datetime(2026, 11, 22, tzinfo=UTC)).path
    make_reports(tmp_path / "in", 60)
    acks = tmp_path / "acks"
    with acks.open("wb") as out:
        command = [
            "faketime",
            "-f",
            "-10y x10000",
            *MARSAD,
            "add",
            str(obs),
            str(tmp_path / "in"),
            "--json",
            "--batch",
            "5",
        ]
        subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=True)
    assert account(obs, acks) == Account(60, 0, 0, 0, 0, 0)
    assert verify_observatory(obs) == []


@pytest.mark.soak
def test_fixity_is_not_skipped_by_a_clock_in_the_future(tmp_path: Path) -> None:
    """A pass made while the clock was ten years ahead does not keep the vault unchecked for ten years."""
    obs = Observatory.init(tmp_path / "obs", "clock", datetime(2026, 11, 22, tzinfo=UTC)).path
    check = [*MARSAD, "fixity", str(obs), "--every", "30"]
    subprocess.run(["faketime", "-f", "+3653d", *check], capture_output=True, check=True)
    assert b"nothing to do" not in subprocess.run(check, capture_output=True, check=True).stdout
    assert b"nothing to do" in subprocess.run(check, capture_output=True, check=True).stdout
