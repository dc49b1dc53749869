"""Intake under `kill -9`: nothing acknowledged is lost, nothing is kept twice, nothing is kept without its leaf."""

import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from intake_under_fire import Account, account, fire, make_reports

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory

ADD = [sys.executable, "-c", "from marsad.cli.intake_commands import add; add()"]
CONTROL = [sys.executable, str(Path(__file__).with_name("two_commits.py"))]


def observatory(tmp_path: Path, reports: int) -> tuple[Path, Path, Path]:
    """Return an empty observatory, a folder of reports, and an empty file for acknowledgements."""
    Observatory.init(tmp_path / "obs", "under fire", datetime(2026, 11, 22, tzinfo=UTC))
    make_reports(tmp_path / "in", reports)
    (tmp_path / "acks").touch()
    return tmp_path / "obs", tmp_path / "in", tmp_path / "acks"


@pytest.mark.long
@pytest.mark.parametrize(
    ("kills", "batch", "reports"),
    [(5, 40, 1200), pytest.param(200, 16, 10_000, marks=pytest.mark.soak)],
    ids=["5 kills", "200 kills"],
)
def test_intake_survives(
    tmp_path: Path, kills: int, batch: int, reports: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """`marsad add` of thousands of reports, killed while it writes and sent again with the same keys, keeps its word."""
    obs, folder, acks = observatory(tmp_path, reports)
    command = [*ADD, str(obs), "--json", "--batch", str(batch), str(folder)]
    barrage = fire(command, obs, acks, kills, random.Random(kills))  # noqa: S311
    with capsys.disabled():
        sys.stdout.write(
            f"[{barrage.landed} of {kills} kills hit a process that was writing, {barrage.starts} starts] "
        )
    assert barrage.finished
    assert barrage.landed >= 0.9 * kills, "too few kills hit a process that was writing to prove anything"
    assert account(obs, acks) == Account(reports, 0, 0, 0, 0, 0)
    assert [str(d) for d in verify_observatory(obs) if not d.harmless] == []


@pytest.mark.long
def test_two_intakes_at_once(tmp_path: Path) -> None:
    """Two processes that take in the same reports at the same time keep each of them once, and both acknowledge all."""
    obs, folder, _ = observatory(tmp_path, 300)
    command = [*ADD, str(obs), "--json", "--batch", "20", str(folder)]
    acks = [tmp_path / "acks", tmp_path / "acks-2"]
    with acks[0].open("wb") as one, acks[1].open("wb") as two:
        processes = [subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL) for out in (one, two)]
        assert [process.wait() for process in processes] == [0, 0]
    assert [account(obs, path) for path in acks] == [Account(300, 0, 0, 0, 0, 0)] * 2
    assert [len(path.read_text().splitlines()) for path in acks] == [300, 300]
    assert verify_observatory(obs) == []


@pytest.mark.long
def test_the_harness_catches_a_second_commit(tmp_path: Path) -> None:
    """An intake that commits leaves after the reports does lose leaves under the same fire: the harness can see it."""
    obs, folder, acks = observatory(tmp_path, 600)
    command = [*CONTROL, str(obs), str(folder)]
    fire(command, obs, acks, 60, random.Random(1), lambda: account(obs, acks).without_leaf > 0)  # noqa: S311
    found = account(obs, acks)
    assert found.without_leaf > 0
    assert found.acknowledged_lost == 0, "what it acknowledged is there; it is the ledger that lies"
    assert any("no ledger leaf" in str(difference) for difference in verify_observatory(obs))
