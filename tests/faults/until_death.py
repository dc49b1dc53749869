"""One intake and one run over a small story, in a process that may be killed at any write, and what such a process leaves.

Salts are worked out from the ledger's length and the clock stands still, so that two runs can be compared byte for byte.
"""

import hashlib
import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path

from marsad import failpoint
from marsad.collect.incoming import Incoming
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

_STORY = (
    ("Radio Raqqa", "Air strikes on Raqqa killed at least 52 civilians on Tuesday, the Syrian Observatory said."),
    ("Television", "Air strikes on Raqqa killed at least 52 civilians on Tuesday, the Syrian Observatory said."),
    (
        "Gazette",
        "On Tuesday 95 people were killed in air strikes on Raqqa, more than half of them civilians, doctors said.",
    ),
    ("الفرات", "قُتل 95 شخصا في غارات على الرقة يوم الثلاثاء، قال أطباء."),
    ("Wire", "A car bomb killed 7 people in Homs on Monday. Three children were among the dead."),
)


def items() -> list[Incoming]:
    """Return five reports: two of one wire, one in Arabic, one about another place."""
    return [Incoming(f"r{n}", text.encode(), outlet, date(2014, 11, 26)) for n, (outlet, text) in enumerate(_STORY)]


def take_in(path: Path) -> None:
    """Take the story in, two reports in a commit; known ones are recognised."""
    observatory = Observatory.open(path)
    with observatory.kept() as kept:

        def salts(size: int) -> bytes:
            raw = sqlite3.connect(path / "kept.db")
            (leaves,) = raw.execute("SELECT count(*) FROM leaf").fetchone()
            raw.close()
            return hashlib.shake_256(b"salts %d" % leaves).digest(size)

        for _ in WriteService(kept, observatory.vault, salts).receive_all(items(), lambda: NOW, batch=2):
            pass


def derive(path: Path) -> None:
    """Read, link and assess what was taken in, storing what was read after every two reports."""
    run(Observatory.open(path), processes=1, chunk=2)


def left(path: Path) -> dict[str, str]:
    """Return what an observatory holds, as a SHA-256 of each file: of a database, as SQLite writes it anew from its rows."""
    found = {}
    for name in ("kept.db", "derived.db"):
        copy = path.parent / f"{path.name}-{name}"
        copy.unlink(missing_ok=True)
        raw = sqlite3.connect(path / name)
        raw.execute("VACUUM INTO ?", [str(copy)])
        raw.close()
        found[name] = hashlib.sha256(copy.read_bytes()).hexdigest()
        copy.unlink()
    for file in sorted((path / "vault").rglob("*")):
        if file.is_file():
            found[str(file.relative_to(path))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


class Deaths:
    """Starts processes that have everything loaded already, so that each takes milliseconds."""

    def __init__(self) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["until_death", "marsad.pipeline.run", "duckdb", "marsad.extract.stage"])

    def run(self, work: Callable[[Path], None], path: Path, where: str = "") -> int | None:
        """Do the work in a process of its own, dying at the failpoint `where`; return its exit code, -9 if it died."""
        process = self._context.Process(target=_work, args=(work, path, where))
        process.start()
        process.join()
        return process.exitcode

    def places(self, work: Callable[[Path], None], path: Path, log: Path) -> list[str]:
        """Do the work and return the names of all failpoints that it reached, in their order."""
        log.write_text("")
        assert self.run(work, path, f"list:{log}") == 0
        return log.read_text().split()


def _work(work: Callable[[Path], None], path: Path, where: str) -> None:
    os.environ[failpoint.VARIABLE] = where
    work(path)
