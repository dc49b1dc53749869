"""The commands of preserving, as a person meets them: from a key to a restored observatory and a checked hand-over."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main
from marsad.cli.clock import clock
from marsad.model import Wrong


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """An observatory with two reports and a recovery key, whose secret half and shares lie beside."""
    run("init", tmp_path / "obs")
    for n in (7, 9):
        (tmp_path / f"{n}.txt").write_text(f"---\npublished: 2014-11-25T23:30+03:00\n---\n{n} people were killed.")
        add = ("--outlet", "Radio", "--collector", "lynx", "--clock-offset", "-0.5", "--address", "https://r.example/a")
        run("add", tmp_path / "obs", tmp_path / f"{n}.txt", *add)
    recipient = run("keys", "make", tmp_path / "recovery.key").output.strip()
    run("keys", "trust", tmp_path / "obs", recipient, "--holder", "team", "--recovery")
    return tmp_path / "obs"


def test_where_a_report_came_from(obs: Path) -> None:
    """The chain of custody tells collector, tool, the clock's error, address and the time of publication in its zone."""
    report = run(
        "add", obs, obs.parent / "7.txt", "--outlet", "Radio", "--address", "https://r.example/a", "--json"
    ).output
    said = run("custody", obs, report.split('"report_id": "')[1][:24]).output
    for part in ("received by lynx", "marsad 0", "clock -0.5 s", "https://r.example/a", "2014-11-25T23:30+03:00"):
        assert part in said


def test_handed_over_and_checked(obs: Path, tmp_path: Path) -> None:
    """The answer names the root, and the program to check it with, which finds nothing wrong with that root."""
    said = run("bag", obs, tmp_path / "bag", "--to", "the court").output
    root = said.splitlines()[1]
    checked = [sys.executable, "-I", str(tmp_path / "bag/verify.py"), "--known", root]
    assert subprocess.run(checked, capture_output=True, check=False).returncode == 0
    run("wacz", obs, tmp_path / "a.wacz", "--to", "the archive")
    assert run("custody", obs).output.count("handed over") == 2
    run("bag", obs, tmp_path / "bag", "--to", "the court", code=2)
    run("bag", obs, tmp_path / "two", "ffff", "--to", "the court", code=2)


def test_saved_and_brought_back_with_shares_alone(obs: Path, tmp_path: Path) -> None:
    """Key split, drilled with the backup, key file destroyed, joined again from two shares, restored."""
    run("keys", "split", tmp_path / "recovery.key", "--out", tmp_path)
    shares = [tmp_path / f"share-{n}.txt" for n in (1, 2, 3)]
    root = run("backup", obs, tmp_path / "b").output.splitlines()[1]
    assert "any 2 of these 3" in run("keys", "drill", obs, *shares, "--backup", tmp_path / "b").output
    assert "drilled by team" in run("custody", obs).output
    recipient = run("keys", "list", obs).output.split()[0]
    run("keys", "drill", recipient, *shares[1:])
    run("keys", "drill", recipient, shares[0], code=2)
    run("keys", "join", tmp_path / "again.key", shares[2], shares[0])
    run("restore", tmp_path / "b", tmp_path / "new", "--key", tmp_path / "again.key", "--known", root)
    run("verify", tmp_path / "new", "--known", root)
    run("restore", tmp_path / "b", tmp_path / "two", code=2)
    run("backup", obs, tmp_path / "c", "--plain", "--to", recipient, code=2)


def test_watched_by_others(obs: Path, tmp_path: Path) -> None:
    """Witness, anchor and fixity: each says what it did, and again that there is nothing to do."""
    assert "(7 new)" in run("witness", obs, tmp_path / "w").output
    assert "noted: root" in run("timestamp", obs).output
    assert run("timestamp", obs).output == ""
    assert "2 pieces of evidence" in run("fixity", obs).output
    assert "nothing to do" in run("fixity", obs, "--every", "30").output
    run("verify", obs, "--known", tmp_path / "w")
    run("verify", obs, "--known", "nowhere", code=2)
    run("timestamp", obs, "--tsa", "http://127.0.0.1:9/", code=2)


def test_damage_is_told_with_exit_code_1(obs: Path) -> None:
    """A changed piece of evidence is named by fixity, and the pass is kept with it."""
    file = next(path for path in (obs / "vault").rglob("*") if path.is_file())
    file.chmod(0o600)
    file.write_bytes(b"x")
    assert file.name in run("fixity", obs, code=1).output
    assert "differences 1" in run("custody", obs).output


@pytest.mark.parametrize("words", [("--collector", " "), ("--clock-offset", "nan")])
def test_impossible_collectors_and_clocks(obs: Path, words: tuple[str, str]) -> None:
    """Nobody, and a clock that is off by no number, take nothing in."""
    run("add", obs, obs.parent / "7.txt", "--outlet", "Radio", *words, code=2)


def test_what_the_system_knows_of_its_clock() -> None:
    """Either it is synchronised and says how well, or nobody knows; a given offset is the collector's word."""
    assert clock(1.5).offset == 1.5
    told = clock()
    assert (told.offset is None) == ("within" not in told.how)
    with pytest.raises(Wrong, match="is not a number of seconds"):
        clock(float("inf"))
