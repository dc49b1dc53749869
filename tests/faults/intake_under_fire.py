"""The kill harness: a real intake, killed again and again while it writes, and an account of what it left.

The account reads the files with nothing but the standard library, so that it does not share a fault with the code.
"""

import hashlib
import hmac
import json
import random
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = ("evidence", "report", "custody", "decision", "release")


@dataclass(frozen=True)
class Barrage:
    """How the killing went: `landed` kills hit a process that had begun to write; `starts` processes were started."""

    landed: int
    starts: int
    finished: bool


@dataclass(frozen=True)
class Account:
    """What an observatory holds: counts that must all be zero, and how many reports there are."""

    reports: int
    acknowledged_lost: int
    duplicates: int
    without_leaf: int
    without_seal: int
    without_evidence: int


def make_reports(folder: Path, count: int) -> None:
    """Write small reports, each with a key of its own."""
    folder.mkdir()
    for n in range(count):
        text = (
            f"---\noutlet: Radio {n % 7}\npublished: 2014-11-26\nkey: key-{n}\n---\nReport {n}: {n % 90 + 1} killed.\n"
        )
        (folder / f"{n:05}.txt").write_text(text)


def fire(
    command: Sequence[str],
    obs: Path,
    acks: Path,
    kills: int,
    rng: random.Random,
    enough: Callable[[], bool] = lambda: False,
) -> Barrage:
    """Run the command to its end, killing it `kills` times while it writes, and starting it again each time.

    A kill comes at a random moment after the process is seen to write into the vault, soon enough that something is
    left for the next one. What the process prints is added to `acks`. `enough` is asked after each kill whether to stop.
    """
    landed = starts = 0
    total = sum(1 for _ in Path(command[-1]).iterdir()) if Path(command[-1]).is_dir() else 0
    pace = 1000.0  # reports a second, a guess until it is known
    while True:
        starts += 1
        before, began = _kept(acks), _writes(obs)
        with acks.open("ab") as out:
            out.write(b"\n")  # a kill may have torn the last line; what follows is a line of its own
            out.flush()
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
            if landed == kills:
                said = process.communicate()[1]
                assert process.returncode == 0, said.decode()
                return Barrage(landed, starts, finished=True)
            while _writes(obs) == began and process.poll() is None:
                time.sleep(0.0005)
            first = time.monotonic()
            left = max(total - before, 1) / (kills - landed + 1)
            time.sleep(rng.uniform(0, min(0.15, 1.5 * left / pace)))
            process.kill()
            said = process.communicate()[1]
        assert process.returncode in (0, -9), said.decode()
        gained = _kept(acks) - before
        pace = max(gained / (time.monotonic() - first), 100.0) if gained else pace
        if process.returncode == -9 and _writes(obs) != began:
            landed += 1
            if enough():
                return Barrage(landed, starts, finished=False)
        if process.returncode == 0:
            return Barrage(landed, starts, finished=True)


def account(obs: Path, acks: Path) -> Account:
    """Return what is in the store, checked against the vault, the ledger and the acknowledgements."""
    with sqlite3.connect(obs / "kept.db") as store:
        store.row_factory = sqlite3.Row
        leaves = {row["seq"]: bytes(row["leaf"]) for row in store.execute("SELECT * FROM leaf")}
        salts = {row["seq"]: bytes(row["salt"]) for row in store.execute("SELECT * FROM opening")}
        things = [(kind, dict(row)) for kind in KINDS for row in store.execute(f'SELECT * FROM "{kind}"')]  # noqa: S608
    store.close()
    reports = [row for kind, row in things if kind == "report"]
    ids = {row["report_id"] for row in reports}
    claimed = {ack["report_id"] for ack in _acknowledged(acks)}
    return Account(
        reports=len(reports),
        acknowledged_lost=len(claimed - ids),
        duplicates=2 * len(reports) - len(ids) - len({row["intake_key"] for row in reports}),
        without_leaf=sum(row["seq"] not in leaves for _, row in things),
        without_seal=sum(not sealed_rightly(kind, row, leaves, salts) for kind, row in things),
        without_evidence=sum(not _evident(obs, row["evidence"]) for row in reports),
    )


def _acknowledged(acks: Path) -> list[dict[str, str]]:
    """Return the whole lines; one that a kill has torn does not end as it should, and is no acknowledgement."""
    return [json.loads(line) for line in acks.read_text().split("\n") if line.endswith("}")]


def sealed_rightly(kind: str, row: dict[str, object], leaves: dict[int, bytes], salts: dict[int, bytes]) -> bool:
    """Return whether a kept row is the one that its leaf commits to."""
    seq = row.pop("seq")
    assert isinstance(seq, int)
    content = {"content": row, "kind": kind}
    payload = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    commitment = hmac.new(salts.get(seq, b""), payload, hashlib.sha256).hexdigest()
    leaf: dict[str, object] = json.loads(leaves.get(seq, b"{}"))
    return leaf.get("commitment") == commitment


def _evident(obs: Path, sha256: str) -> bool:
    path = obs / "vault" / sha256[:2] / sha256[2:4] / sha256
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _kept(acks: Path) -> int:
    """Return how many reports are known to be kept; the store is left for the next process to recover by itself."""
    return len({line for line in acks.read_bytes().split(b"\n") if b'"report_id"' in line})


def _writes(obs: Path) -> int:
    """Return what changes as soon as anything is written: the time at which the intake folder last changed."""
    return (obs / "vault" / "incoming").stat().st_mtime_ns
