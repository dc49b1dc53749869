"""Executors and drivers of Spark killed at random times: the same tables, or a clean resume that ends with them."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pyarrow as pa
import pytest
from benchmarks.processes import family
from large_made import derived, made_up, tables_in

from marsad.pipeline.at_large import TABLES
from marsad.pipeline.run import Reader

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'marsad[spark]'")
if which("java") is None:
    pytest.skip("Java is not installed: tools/spark.sh", allow_module_level=True)

pytestmark = pytest.mark.soak
DERIVE = [sys.executable, "-c", "from marsad.cli.derive_command import derive; derive()"]
KILLS = int(os.environ.get("MARSAD_SPARK_KILLS", "10"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a small world."""
    return made_up(tmp_path_factory.mktemp("world"), 12)


@pytest.fixture(scope="module")
def expected(reports: Path) -> dict[str, pa.Table]:
    """What `derive` makes of them in this process."""
    return derived(reports, Reader.over(None))


def started(reports: Path, out: Path, master: str) -> "subprocess.Popen[bytes]":
    """Start deriving on Spark, as the leader of processes of its own."""
    options = ["--engine", "spark", "--master", master, "--shuffles", "1", "--conf", "spark.executor.memory=512m"]
    return subprocess.Popen([*DERIVE, str(reports), str(out), *options], start_new_session=True)


def executors(pid: int) -> Iterator[int]:
    """Yield the executors among what a process started."""
    for one in family(pid):
        try:
            command = Path(f"/proc/{one}/cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in command and b"bin/java" in command:
            yield one


def agrees(out: Path, expected: dict[str, pa.Table]) -> None:
    """Hold the tables against those expected."""
    found = tables_in(out, expected)
    assert set(found) == set(TABLES)
    for name, table in found.items():
        assert table.equals(expected[name]), name


def test_lost_executors_change_nothing(tmp_path: Path, reports: Path, expected: dict[str, pa.Table]) -> None:
    """Two executors, one of them killed now and then while it works: the derivation ends, and its tables are the same."""
    dice = random.Random(1)  # noqa: S311 - the same times every time
    process = started(reports, tmp_path, "local-cluster[2,1,1024]")
    killed = 0
    while process.poll() is None:
        time.sleep(dice.uniform(3, 12))
        there = list(executors(process.pid))
        if len(there) == 2 and killed < KILLS:
            os.kill(dice.choice(there), signal.SIGKILL)
            killed += 1
    assert killed >= min(KILLS, 3)
    assert process.returncode == 0
    agrees(tmp_path, expected)


def test_a_killed_driver_is_begun_again(tmp_path: Path, reports: Path, expected: dict[str, pa.Table]) -> None:
    """The driver and all it started killed at random times: begun again it goes on, and ends with the same tables."""
    dice = random.Random(2)  # noqa: S311 - the same times every time
    for _ in range(KILLS):
        process = started(reports, tmp_path, "local[2]")
        try:
            process.wait(dice.uniform(10, 60))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert started(reports, tmp_path, "local[2]").wait() == 0
    agrees(tmp_path, expected)
