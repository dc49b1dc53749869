"""Killed at any write of intake or of a derived stage, and started again, an observatory ends as if nothing had happened."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from until_death import NOW, Deaths, derive, left, take_in

from marsad import failpoint
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory


@pytest.fixture(scope="module")
def deaths() -> Deaths:
    return Deaths()


def some(places: list[str], many: int | None) -> list[str]:
    """Return all places, or the first one of each stage and as many others as there is time for."""
    if many is None:
        return places
    first = {place.split(":")[0]: place for place in reversed(places)}
    return sorted(random.Random(5).sample(sorted(first.values()), min(many, len(first))))  # noqa: S311


MANY = [pytest.param(3, id="some"), pytest.param(None, id="all", marks=pytest.mark.soak)]


@pytest.mark.long
@pytest.mark.parametrize("many", MANY)
def test_intake_killed_at_every_write(
    tmp_path: Path, deaths: Deaths, many: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes, rows, leaves, salts, nodes: wherever the process dies, the next one completes the same, byte for byte."""
    empty = Observatory.init(tmp_path / "empty", "story", NOW).path
    shutil.copytree(empty, tmp_path / "whole")
    places = deaths.places(take_in, tmp_path / "whole", tmp_path / "log")
    expected = left(tmp_path / "whole")
    assert {place.split(":")[0] for place in places} >= {
        *("vault-write", "vault-name", "vault-sync", "leaf", "opening", "node"),
        *("evidence", "report", "custody", "kept-commit", "kept-committed"),
    }
    for place in some(places, many):
        obs = tmp_path / "killed"
        shutil.copytree(empty, obs)
        assert deaths.run(take_in, obs, place) == -9, place
        assert deaths.run(take_in, obs) == 0, place
        assert left(obs) == expected, place
        shutil.rmtree(obs)
    with capsys.disabled():
        sys.stdout.write(f"[{len(some(places, many))} of {len(places)} places of intake] ")


@pytest.mark.long
@pytest.mark.parametrize("many", MANY)
def test_derived_stages_killed_at_every_write(
    tmp_path: Path, deaths: Deaths, many: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reading, linking, assessing: wherever the run dies, the next one makes the same tables, byte for byte."""
    obs = Observatory.init(tmp_path / "obs", "story", NOW).path
    take_in(obs)
    shutil.copytree(obs, tmp_path / "whole")
    places = deaths.places(derive, tmp_path / "whole", tmp_path / "log")
    expected = left(tmp_path / "whole")
    with Observatory.open(tmp_path / "whole").derived() as derived:
        assert derived.count("toll") > 0, "a story without a toll would prove nothing"
    stages = {place.split(":")[0] for place in places}
    assert stages >= {"stage-extract", "derived-claim", "derived-incident", "derived-toll", "derived-reading"}
    for place in some(places, many):
        killed = tmp_path / "killed"
        shutil.copytree(obs, killed)
        assert deaths.run(derive, killed, place) == -9, place
        assert deaths.run(derive, killed) == 0, place
        assert left(killed) == expected, place
        shutil.rmtree(killed)
    with capsys.disabled():
        sys.stdout.write(f"[{len(some(places, many))} of {len(places)} places of {len(stages)} stages] ")


@pytest.mark.long
def test_killed_again_and_again(tmp_path: Path, deaths: Deaths) -> None:
    """Three deaths in a row at different writes, the third during the run, leave nothing that differs."""
    whole, obs = (Observatory.init(tmp_path / name, "story", NOW).path for name in ("whole", "obs"))
    shutil.copy(whole / "marsad.toml", obs / "marsad.toml")
    take_in(whole)
    derive(whole)
    for work, place in ((take_in, "vault-name:2"), (take_in, "kept-commit:1"), (derive, "derived-toll:1")):
        assert deaths.run(work, obs, place) == -9
    assert [deaths.run(work, obs) for work in (take_in, derive)] == [0, 0]
    assert left(obs) == left(whole)
    assert [d for d in verify_observatory(obs) if not d.harmless] == []


@pytest.mark.long
def test_the_variable_works_from_a_shell(tmp_path: Path) -> None:
    """`MARSAD_FAILPOINT=vault-write:1 marsad add` dies by SIGKILL and acknowledges nothing."""
    obs = Observatory.init(tmp_path / "obs", "story", NOW).path
    (tmp_path / "r.txt").write_text("95 people were killed in Raqqa.")
    command = [sys.executable, "-c", "from marsad.cli import main; main()", "add", str(obs), str(tmp_path / "r.txt")]
    deadly = {**os.environ, failpoint.VARIABLE: "vault-write:1"}
    died = subprocess.run([*command, "--outlet", "Radio"], env=deadly, capture_output=True, check=False)
    assert (died.returncode, died.stdout) == (-9, b"")
    assert subprocess.run([*command, "--outlet", "Radio"], capture_output=True, check=False).returncode == 0
    assert verify_observatory(obs) == []
