"""Passes over the vault: in as many goes as it takes, each complete one an event in the chain of custody."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import Collector
from marsad.pipeline.fixity import STATE, Checked, check
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LYNX = Collector("lynx", "marsad 0.1.0")


def unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


@pytest.fixture
def obs(tmp_path: Path) -> Observatory:
    """Forty pieces of evidence of a hundred bytes."""
    made = Observatory.init(tmp_path / "obs", "fixity", NOW)
    with made.kept() as kept:
        items = [Incoming(f"{n}", f"{n:<100}".encode(), "Radio", date(2014, 11, 26)) for n in range(40)]
        WriteService(kept, made.vault, os.urandom).receive(items, NOW)
    return made


def go(obs: Observatory, at_most: int | None = None, days: int = 0, now: datetime = NOW) -> Checked:
    return check(obs, LYNX, lambda: now, os.urandom, unseen, timedelta(days=days), at_most)


def evidence(obs: Observatory) -> list[Path]:
    return sorted(path for path in (obs.path / "vault").rglob("*") if path.is_file())


def events(obs: Observatory) -> int:
    with obs.kept() as kept, kept.read() as reading:
        return sum(1 for _ in reading.things("custody", act="checked"))


def test_in_one_go(obs: Observatory) -> None:
    """All files, all bytes, nothing differs, and the ledger says so."""
    done = go(obs)
    assert done.state is not None
    assert (done.complete, done.state.files, done.state.bytes, done.state.differences) == (True, 40, 4000, ())
    assert events(obs) == 1
    assert verify_observatory(obs.path) == []


def test_in_many_goes(obs: Observatory) -> None:
    """Ten files at a time: each file once, none left out, one event at the end; damage found on the way is not forgotten."""
    first = evidence(obs)[3]
    first.chmod(0o600)
    first.write_bytes(b"x" * 100)
    goes = [go(obs, 1000) for _ in range(4)]
    last = go(obs, 1000) if not goes[-1].complete else goes[-1]
    assert [done.complete for done in goes[:3]] == [False] * 3
    assert last.complete
    assert last.state is not None
    assert (last.state.files, last.state.bytes) == (40, 4000)
    assert [first.name in one for one in last.state.differences] == [True]
    assert (events(obs), (obs.path / STATE).exists()) == (1, False)


def test_on_a_schedule(obs: Observatory) -> None:
    """Nothing is read again within the days given; after them it is, and a pass that was interrupted goes on at once."""
    go(obs, now=NOW)
    assert go(obs, days=30, now=NOW + timedelta(days=29)).state is None
    later = go(obs, days=30, now=NOW + timedelta(days=31), at_most=500)
    assert later.state is not None
    assert not later.complete
    assert go(obs, days=30, now=NOW + timedelta(days=31)).complete
    assert events(obs) == 2


def test_a_place_mark_that_cannot_be_read(obs: Observatory) -> None:
    """A damaged mark costs a pass from the beginning, and nothing else."""
    go(obs, 1000)
    (obs.path / STATE).write_text('{"after": 7')
    done = go(obs)
    assert done.state is not None
    assert (done.complete, done.state.files) == (True, 40)


def test_reports_that_come_in_between(obs: Observatory) -> None:
    """Evidence received during a pass behind its place is checked, too; before it, with the next pass; nothing is in the way."""
    go(obs, 2000)
    with obs.kept() as kept:
        items = [Incoming(f"n{n}", f"new {n}".encode(), "Radio", date(2014, 11, 26)) for n in range(20)]
        WriteService(kept, obs.vault, os.urandom).receive(items, NOW)
    done = go(obs)
    assert done.complete
    assert done.state is not None
    assert done.state.differences == ()
    assert 40 < done.state.files < 60
