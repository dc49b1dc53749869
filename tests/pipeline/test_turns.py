"""Two runs of one observatory, a person's and the desk's say: the second waits, and nothing is done twice."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from small_world import MONITORS, NOW, TOWNS, Story, ground_file, killed, receive

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run

PATIENCE = 120
"""Seconds after which something that was to happen is taken not to happen at all."""


@pytest.fixture(params=["in files", "on a server"])
def obs(request: pytest.FixtureRequest, tmp_path: Path) -> Observatory:
    """An observatory of ten reports, none of them read, in either kind of store."""
    store = request.getfixturevalue("stores") if request.param == "on a server" else None
    made = Observatory.init(tmp_path / "obs", "turns", NOW, store)
    day = date(2014, 11, 25)
    receive(made, [Story("Gulf Gate", day, killed(TOWNS[n % 5], day, 5 + n, MONITORS[n % 4])) for n in range(10)], NOW)
    return made


def test_a_run_waits_for_another(obs: Observatory, tmp_path: Path) -> None:
    """It says that it waits, does nothing meanwhile, and does all when its turn comes."""
    places, waits, told = ground_file(tmp_path), Event(), []

    def progress(what: str, done: int, _of: int) -> None:
        told.append((what, done))
        waits.set()

    with ThreadPoolExecutor(1) as pool:
        with obs.turn(lambda: pytest.fail("nobody else is there")):
            later = pool.submit(run, obs, progress, 1, places)
            assert waits.wait(PATIENCE)
            assert told == [("turn", 0)]
            assert not later.done()
        outcome = later.result(PATIENCE)
    assert told[1] == ("turn", 1)
    assert outcome.read == 10
    assert outcome.incidents > 0


@pytest.mark.long
def test_runs_at_once_read_each_report_once(obs: Observatory, tmp_path: Path) -> None:
    """Of three started together, one reads all and the others find nothing new."""
    places = ground_file(tmp_path)
    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(lambda _: run(obs, processes=1, gazetteer=places), range(3)))
    assert sorted(one.read for one in outcomes) == [0, 0, 10]
    assert len({one.incidents for one in outcomes}) == 1


@pytest.mark.long
def test_who_is_killed_gives_the_turn_back(obs: Observatory) -> None:
    """A process that dies with the turn keeps nobody waiting."""
    code = (
        "import sys, time; from pathlib import Path; from marsad.pipeline.observatory import Observatory\n"
        "with Observatory.open(Path(sys.argv[1])).turn(lambda: None): print('mine', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(obs.path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with ThreadPoolExecutor(1) as pool:

        def take() -> bool:
            with obs.turn(lambda: None):
                return True

        assert pool.submit(take).result(PATIENCE)
