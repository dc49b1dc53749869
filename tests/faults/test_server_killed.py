"""A team's server that crashes again and again under several writers: nothing acknowledged is lost, nothing is kept twice."""

import json
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from intake_under_fire import sealed_rightly
from psycopg.rows import dict_row
from server_of_our_own import OwnServer

from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory
from marsad.store.places import Server, server

ADD = [sys.executable, "-c", "from marsad.cli.intake_commands import add; add()"]
SHARED = 10
"""Reports that every writer sends: they are to be kept once."""


def make_reports(folder: Path, writer: int, count: int) -> None:
    """Write reports of one writer, each with a key of its own, and those that all of them send."""
    folder.mkdir()
    for n in range(count):
        key = f"shared-{n}" if n < SHARED else f"{writer}-{n}"
        text = f"---\noutlet: Radio\npublished: 2014-11-26\nkey: {key}\n---\nReport {key}: {n % 90 + 1} killed.\n"
        (folder / f"{n:05}.txt").write_text(text)


def acknowledged(acks: list[Path]) -> set[str]:
    """Return the reports that were acknowledged, on whole lines."""
    lines = [line for path in acks for line in path.read_text().split("\n") if line.endswith("}")]
    return {told["report_id"] for told in map(json.loads, lines) if "report_id" in told}


class Writers:
    """Processes that add reports, each started again until it has added all of its own."""

    def __init__(self, obs: Path, folder: Path, writers: int, count: int, batch: int) -> None:
        self.acks = [folder / f"acks-{n}" for n in range(writers)]
        self._commands = []
        for n in range(writers):
            make_reports(folder / f"in-{n}", n, count)
            self._commands.append([*ADD, str(obs), "--json", "--batch", str(batch), str(folder / f"in-{n}")])
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self.left = set(range(writers))
        self.failures: list[str] = []

    def go_on(self) -> None:
        """Start those that have stopped before their end."""
        for n in sorted(self.left):
            process = self._running.get(n)
            if process is not None and process.poll() is None:
                continue
            if process is not None:
                assert process.stderr is not None
                said = process.stderr.read().decode()
                process.stderr.close()
                if process.returncode == 0:
                    self.left.discard(n)
                    continue
                assert process.returncode == 2, said
                self.failures.append(said)
            with self.acks[n].open("ab") as out:
                out.write(b"\n")
                out.flush()
                self._running[n] = subprocess.Popen(self._commands[n], stdout=out, stderr=subprocess.PIPE)

    def gained(self) -> int:
        """Return how many acknowledgements there are of what was new: a writer started again acknowledges the old ones, too."""
        return sum(path.read_bytes().count(b'"new": true}\n') for path in self.acks if path.exists())


@pytest.mark.long
@pytest.mark.parametrize(
    ("kills", "writers", "count", "batch"),
    [(3, 4, 40, 5), pytest.param(100, 8, 800, 5, marks=pytest.mark.soak)],
    ids=["3 kills", "100 kills"],
)
def test_a_server_that_crashes(
    tmp_path: Path, postgres: OwnServer, database: Server, kills: int, writers: int, count: int, batch: int
) -> None:
    """Crashed while several processes add reports, the server comes back with all that was acknowledged, each once."""
    obs = Observatory.init(tmp_path / "obs", "under fire", datetime(2026, 11, 22, tzinfo=UTC), database)
    crew, dice = Writers(obs.path, tmp_path, writers, count, batch), random.Random(kills)  # noqa: S311
    landed = 0
    before = 0
    begin = time.monotonic()
    while crew.left and time.monotonic() - begin < 600 + 30 * kills:
        crew.go_on()
        if landed < kills and crew.gained() > before:
            time.sleep(dice.uniform(0, 0.15))
            postgres.stop("immediate")
            postgres.start()
            landed += 1
            before = crew.gained()
        time.sleep(0.01)
    assert not crew.left, crew.failures
    assert landed == kills, "all was added before the server was killed often enough"
    assert account(database, crew) == (SHARED + writers * (count - SHARED), 0, 0, 0, 0)
    assert all("is what the server, or the way to it, answers" in said for said in crew.failures), crew.failures
    assert all(postgres.password not in said for said in crew.failures)
    assert verify_observatory(obs.path) == []


def account(database: Server, crew: Writers) -> tuple[int, int, int, int, int]:
    """Return how many reports there are, and how many were lost, doubled, unsealed, and missing in the ledger's numbers.

    It asks the server with nothing but the driver, so that it does not share a fault with the code.
    """
    with psycopg.connect(database.conninfo, row_factory=dict_row) as at:

        def rows(table: str) -> list[dict[str, Any]]:
            return at.execute(f'SELECT * FROM marsad_kept."{table}"'.encode()).fetchall()  # noqa: S608

        leaves = {row["seq"]: bytes(row["leaf"]) for row in rows("leaf")}
        salts = {row["seq"]: bytes(row["salt"]) for row in rows("opening")}
        things = [(kind, row) for kind in ("evidence", "report", "custody") for row in rows(kind)]
    reports = [row for kind, row in things if kind == "report"]
    ids = {row["report_id"] for row in reports}
    return (
        len(reports),
        len(acknowledged(crew.acks) - ids),
        2 * len(reports) - len(ids) - len({row["intake_key"] for row in reports}),
        sum(not sealed_rightly(kind, row, leaves, salts) for kind, row in things),
        len(set(range(len(leaves))) ^ leaves.keys()) + abs(len(things) - len(leaves)),
    )


@pytest.mark.long
def test_a_server_that_is_not_there_is_told_soon(tmp_path: Path, postgres: OwnServer, database: Server) -> None:
    """Where nobody answers, a command says so within seconds, names the server and what to do, and repeats no password."""
    obs = Observatory.init(tmp_path / "obs", "alone", datetime(2026, 11, 22, tzinfo=UTC), database)
    postgres.stop("fast")
    begin = time.monotonic()
    with pytest.raises(Wrong, match="see whether the server runs"):
        obs.kept()
    took = time.monotonic() - begin  # of what is ours; a process may take long to start on a busy machine
    told = subprocess.run([*ADD, str(obs.path), "-"], input=b"{}", capture_output=True, check=False)
    postgres.start()
    assert told.returncode == 2
    assert database.database.encode() in told.stderr
    assert b"see whether the server runs" in told.stderr
    assert postgres.password.encode() not in told.stderr
    assert b"Traceback" not in told.stderr
    assert took < 30


def test_a_login_that_is_not_let_in_is_told_what_to_check(tmp_path: Path, postgres: OwnServer) -> None:
    """A database that is not there, and a wrong password, are told in the server's words, at once, without the password."""
    for url, said in (
        (postgres.url("no_such_database"), "does not exist"),
        (postgres.url("postgres", "nobody-at-all"), "authentication failed"),
    ):
        with pytest.raises(Wrong, match=f"{said}.*check the database and the login") as refused:
            Observatory.init(tmp_path / "obs", "alone", datetime(2026, 11, 22, tzinfo=UTC), server(url, "--store"))
        assert postgres.password not in str(refused.value)
        assert not (tmp_path / "obs").exists()
