"""`marsad verify`, as a person or a script meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli.intake_commands import add, init
from marsad.cli.verify_command import verify


def run(*words: object) -> Result:
    return CliRunner().invoke(verify, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    path = tmp_path / "obs"
    (tmp_path / "a.txt").write_text("95 killed")
    assert CliRunner().invoke(init, [str(path)]).exit_code == 0
    assert CliRunner().invoke(add, [str(path), str(tmp_path / "a.txt"), "--outlet", "Radio"]).exit_code == 0
    return path


def evidence(obs: Path) -> Path:
    (found,) = (path for path in (obs / "vault").rglob("*") if path.is_file())
    return found


def test_nothing_differs(obs: Path) -> None:
    """If all is well, that is said, with exit code 0."""
    result = run(obs)
    assert (result.exit_code, result.stdout) == (0, f"{obs}: nothing differs.\n")


def test_a_difference(obs: Path) -> None:
    """A difference is told in words or as JSON, with exit code 1."""
    evidence(obs).chmod(0o600)
    evidence(obs).write_bytes(b"96 killed")
    words, as_json = run(obs), run(obs, "--json")
    assert (words.exit_code, as_json.exit_code) == (1, 1)
    assert "restore this file from a backup" in words.stdout
    assert f"{obs}: 1 differences." in words.stdout
    (told,) = (json.loads(line) for line in as_json.stdout.splitlines())
    assert told["expected"] == "the bytes received"
    assert told.keys() == {"subject", "found", "expected", "remedy", "harmless"}


def test_a_harmless_leftover(obs: Path) -> None:
    """What an interrupted intake left is told, but nothing is wrong."""
    (obs / "vault" / "incoming" / "tmp1").write_bytes(b"half")
    result = run(obs)
    assert result.exit_code == 0
    assert "(harmless)" in result.stdout


def test_nothing_to_verify(tmp_path: Path) -> None:
    """A folder that is neither observatory nor published is exit code 2."""
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "is neither an observatory (marsad.toml) nor published (SHA256SUMS)" in result.stderr


def test_help_has_an_example() -> None:
    """The help shows how the command is used and what its exit codes mean."""
    assert "marsad verify obs/" in run("--help").stdout
    assert "Exit codes:" in run("--help").stdout
