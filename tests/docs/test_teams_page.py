"""docs/teams.md, followed step by step: what it says to type is typed, and does what it says."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from server_of_our_own import OwnServer

from marsad.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "teams.md"

_SUDO = 'sudo() { shift 2; PGUSER=postgres "$@"; }; '
"""Becomes the superuser of the test's own server, instead of the one that owns Debian's."""


def steps(name: str, server: OwnServer, report: str) -> list[str]:
    """Return what the page says to type, with the test's own server, names and report in the place of those it invents."""
    typed = [line.strip() for line in PAGE.read_text("utf-8").splitlines() if re.match(r"    \S", line)]
    changed = []
    for line in typed:
        if "apt-get" in line or "marsad move obs/ postgresql" in line:
            continue  # the server is there; and the page says to move or to start anew
        for ours, own in (
            ("db.example/obs", f"127.0.0.1:{server.port}/{name}"),
            ("-h db.example obs", f"-h 127.0.0.1 {name}"),
            ("template0 obs", f"template0 {name}"),
            ("obs_", f"{name}_"),
            ("a long password", server.password),
            ("3f1c…", report),
            ("keeper", f"{name}_keeper"),
            ("anna", f"{name}_anna"),
        ):
            line = line.replace(ours, own)
        line = re.sub(r"(ROLE|TO|PGUSER=)( ?)omar", rf"\1\2{name}_omar", line)
        if line.startswith("marsad"):
            line = f"PGUSER={name}_omar {line}"
        changed.append(line)
    return changed


def typed(line: str, environment: dict[str, str]) -> tuple[int, str]:
    """Type a line into a shell, or, if it is a command of marsad, hand it over here; return how it ended and what it said."""
    words = shlex.split(line)
    if words[1:2] == ["marsad"]:
        name, _, value = words[0].partition("=")
        done = CliRunner(env={**environment, name: value}).invoke(main, words[2:])
        return done.exit_code, done.output
    ran = subprocess.run(["bash", "-c", _SUDO + line], capture_output=True, text=True, env=environment, check=False)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.long
def test_the_page_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: OwnServer) -> None:
    """From nothing to a team: two people with roles, reports taken in, a restriction, and back into a folder."""
    with postgres.database() as name:
        pass  # a name that nobody has; the page makes the database itself
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    text = "At least 11 people were killed in air strikes on Raqqa on Tuesday, the Syrian Observatory for Human Rights said."
    (tmp_path / "reports" / "one.txt").write_text(text)
    environment = {
        **os.environ,
        "PGHOST": "127.0.0.1",
        "PGPORT": str(postgres.port),
        "PGPASSWORD": postgres.password,
        "PATH": f"{postgres.programs}:{os.environ['PATH']}",
    }
    try:
        report, said = "", ""
        for line in steps(name, postgres, "REPORT"):
            if "REPORT" in line:
                with postgres.connect(name) as at:
                    found = at.execute("SELECT report_id FROM marsad_kept.report").fetchone()
                assert found is not None
                report = str(found[0])
            code, told = typed(line.replace("REPORT", report), environment)
            assert code == 0, (line, told)
            assert postgres.password not in told
            said += told
        assert "RAQQA" in said
        assert "moved into the folder; the root is the same" in said
        assert (tmp_path / "obs" / "kept.db").exists()
    finally:
        with postgres.connect() as at:
            at.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
