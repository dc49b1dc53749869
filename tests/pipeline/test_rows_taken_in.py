"""Rows of a table in an observatory: kept once, derived again bit for bit, gone on with after a kill, published."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_tables import ACLED, CLASH, RAQQA, UCDP, table

from marsad.cli import main
from marsad.pipeline.observatory import Observatory
from marsad.preserve.vault import sha256_of

MARSAD = [sys.executable, "-c", "from marsad.cli import main; main()"]


def last(*told: str) -> str:
    """Return the last line that a command prints, having made sure that it went well."""
    done = CliRunner().invoke(main, list(told))
    assert done.exit_code == 0, done.output
    return done.output.splitlines()[-1]


def test_a_row_is_kept_once_and_its_file_beside_it(tmp_path: Path) -> None:
    """The next release has one row as it was, one revised and one new: two new reports; both files are in the vault."""
    obs, second = str(tmp_path / "obs"), RAQQA | {"id": "2", "best": "4", "low": "4", "high": "4"}
    last("init", obs)
    releases = [
        table(UCDP, RAQQA, second),
        table(UCDP, second | {"best": "5", "high": "5"}, RAQQA, second | {"id": "3"}),
    ]
    told = []
    for number, data in enumerate(releases):
        (tmp_path / f"v{number}.csv").write_bytes(data)
        told.append(last("add", obs, str(tmp_path / f"v{number}.csv")))
    assert told == ["2 new, 0 known already, 0 refused.", "2 new, 1 known already, 0 refused."]
    vault = Observatory.open(tmp_path / "obs").vault
    assert [vault.get(sha256_of(data)) for data in releases] == releases


@pytest.mark.long
def test_from_rows_to_the_record(tmp_path: Path) -> None:
    """Two data sets and a press report of one raid are one incident; what is derived is derived again; the record is whole."""
    obs, post = str(tmp_path / "obs"), tmp_path / "post.txt"
    last("init", obs)
    (tmp_path / "ged.csv").write_bytes(table(UCDP, RAQQA))
    (tmp_path / "acled.csv").write_bytes(table(ACLED, CLASH | {"fatalities": "90", "source": "Invented Monitor"}))
    post.write_text(
        "On 25 November 2014, 95 people were killed in air strikes on Raqqa, the Invented Council said.", "utf-8"
    )
    for name in ("ged.csv", "acled.csv"):
        last("add", obs, str(tmp_path / name))
    last("add", obs, str(post), "--outlet", "Made-up Post", "--published", "2014-11-26")
    last("run", obs)
    listed = CliRunner().invoke(main, ["incidents", obs]).output
    [incident] = re.findall(r"^(\S+-2014-11-25)\b", listed, re.MULTILINE)
    why = CliRunner().invoke(main, ["why", obs, incident, "killed"]).output
    assert "killed (fatalities): 90" in why
    last("publish", obs, str(tmp_path / "record"))
    assert last("verify", str(tmp_path / "record")).endswith("nothing differs.")
    assert last("verify", obs).endswith("nothing differs.")


@pytest.mark.long
def test_killed_and_gone_on_with(tmp_path: Path) -> None:
    """Killed in the middle of a table, the same command goes on: every row once, nothing differs."""
    obs, path, rows = str(tmp_path / "obs"), tmp_path / "ged.csv", 1500
    last("init", obs)
    path.write_bytes(table(UCDP, *(RAQQA | {"id": str(n)} for n in range(rows))))
    first = subprocess.Popen([*MARSAD, "add", obs, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 600
    kept = 0
    while kept == 0 and time.monotonic() < until and first.poll() is None:
        time.sleep(0.02)
        with Observatory.open(tmp_path / "obs").kept(read_only=True) as store, store.read() as reading:
            kept = reading.report_count()
    first.kill()
    first.wait()
    with Observatory.open(tmp_path / "obs").kept(read_only=True) as store, store.read() as reading:
        kept = reading.report_count()
    assert last("add", obs, str(path)) == f"{rows - kept:,} new, {kept:,} known already, 0 refused."
    assert last("verify", obs).endswith("nothing differs.")
