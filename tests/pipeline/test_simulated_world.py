"""A simulated world, taken in and run as an observatory, and derived at large: the same incidents, judged alike."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from marsad.cli import main


def asked(*arguments: object) -> Any:
    """Return what a command prints as JSON."""
    result = CliRunner().invoke(main, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of forty incidents, an observatory that has its reports and has run, and both derived at large."""
    folder = tmp_path_factory.mktemp("simulated")
    run = CliRunner().invoke
    assert run(main, ["simulate", str(folder / "world"), "--incidents", "40", "--sources", "40"]).exit_code == 0
    assert run(main, ["init", str(folder / "obs")]).exit_code == 0
    assert run(main, ["add", str(folder / "obs"), str(folder / "world/reports")]).exit_code == 0
    asked("run", folder / "obs", "--processes", 1)
    return folder


@pytest.mark.long
def test_an_observatory_and_deriving_at_large_find_the_same(world: Path) -> None:
    """Whichever way, as many incidents, as many dead, the same copies: all figures agree, and they are good ones."""
    asked("derive", world / "obs", world / "out", "--processes", 1)
    one = asked("evaluate", "simulated", world / "obs", world / "world/truth")
    other = asked("evaluate", "simulated", world / "out", world / "world/truth")
    assert one == other
    assert one["stood_for"] >= 0.8 * one["told"]
    assert one["killed"]["true"] > 50
    known, every = one["copies"]["verbatim"]
    assert known == every > 0


@pytest.mark.long
def test_deriving_an_observatory_again_reads_what_came_in(world: Path, tmp_path: Path) -> None:
    """Nothing new, nothing read; one report more, one report read."""
    obs, out = Path(shutil.copytree(world / "obs", tmp_path / "obs")), tmp_path / "again"
    first = asked("derive", obs, out, "--processes", 1)
    assert asked("derive", obs, out, "--processes", 1) == {**first, "read": 0, "derived": False}
    line = {
        "text": "Air strikes on Raqqa killed 9 people on Tuesday, medics said.",
        "published": "2014-11-26",
        "outlet": "A",
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(line))
    assert CliRunner().invoke(main, ["add", str(obs), str(tmp_path / "one.jsonl")]).exit_code == 0
    more = asked("derive", obs, out, "--processes", 1)
    assert (more["read"], more["reports"], more["derived"]) == (1, first["reports"] + 1, True)


def test_a_wrong_truth_or_policy_is_refused(world: Path) -> None:
    """Another folder, another policy: one message, and exit code 2."""
    run = CliRunner().invoke
    command = ["evaluate", "simulated", str(world / "obs")]
    assert run(main, [*command, str(world)]).exit_code == 2
    refused = run(main, [*command, str(world / "world/truth"), "--policy", "mine"])
    assert refused.exit_code == 2
    assert "ucdp" in refused.output
    assert run(main, ["derive", str(world / "obs"), str(world / "x"), "--master", "yarn"]).exit_code == 2
