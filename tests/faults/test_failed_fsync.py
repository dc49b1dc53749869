"""A disk that fails to sync: after the first failure nothing is acknowledged, and the process ends."""

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from intake_under_fire import Account, account, make_reports

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory

ADD = [sys.executable, "-c", "from marsad.cli.intake_commands import add; add()"]


def can_inject() -> bool:
    """Return whether strace is there and may trace."""
    if shutil.which("strace") is None:
        return False
    probe = ["strace", "-f", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not can_inject(), reason="needs strace (tools/faults.sh), allowed to trace")


@pytest.mark.long
@pytest.mark.parametrize(
    "when",
    [
        9,
        pytest.param(1, marks=pytest.mark.soak),
        pytest.param(25, marks=pytest.mark.soak),
        pytest.param(40, marks=pytest.mark.soak),
    ],
)
def test_no_acknowledgement_after_a_failed_sync(tmp_path: Path, when: int) -> None:
    """The n-th sync of a thread fails with EIO, as on a dying disk; nothing is printed as kept from there on."""
    Observatory.init(tmp_path / "obs", "failing", datetime(2026, 11, 22, tzinfo=UTC))
    make_reports(tmp_path / "in", 120)
    acks, trace = tmp_path / "acks", tmp_path / "trace"
    inject = f"inject=fsync,fdatasync,syncfs:error=EIO:when={when}+"
    command = [
        "strace",
        "-f",
        "-qq",
        "-s",
        "300",
        "-o",
        str(trace),
        "-e",
        "trace=fsync,fdatasync,syncfs,write",
        "-e",
        inject,
    ]
    with acks.open("wb") as out:
        add = [*ADD, str(tmp_path / "obs"), "--json", "--batch", "6", str(tmp_path / "in")]
        done = subprocess.run([*command, *add], stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2, "the process ends, and says why"
    assert b"Input/output error" in done.stderr or b"disk I/O error" in done.stderr, done.stderr
    lines = trace.read_text(errors="replace").splitlines()
    first = next(n for n, line in enumerate(lines) if "(INJECTED)" in line)
    late = [line for line in lines[first:] if re.search(r"write\(1, .*report_id", line)]
    assert late == [], "acknowledged after a failed sync"
    found = account(tmp_path / "obs", acks)
    assert found == Account(found.reports, 0, 0, 0, 0, 0)
    assert found.reports < 120

    again = subprocess.run(
        [*add[:3], str(tmp_path / "obs"), "--json", str(tmp_path / "in")], capture_output=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert sum(1 for line in again.stdout.splitlines() if "report_id" in json.loads(line)) == 120
    assert [str(d) for d in verify_observatory(tmp_path / "obs") if not d.harmless] == []
