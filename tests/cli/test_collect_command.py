"""`marsad collect`, `marsad watch` and `marsad copies`, as a person or a script meets them."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from servers import answer, serving

from marsad.cli.collect_command import collect, watch
from marsad.cli.copies_command import copies
from marsad.cli.intake_commands import add, init
from marsad.preserve.vault import Vault

pytest.importorskip("feedparser", reason="needs the extra `collect`")

PAGE = (
    "<html><body><article><p>Nine people were killed on {0} in Harbour Town, doctors said, "
    "and {0} was a market day.</p></article></body></html>"
)


def run(*words: object) -> Result:
    commands = {"init": init, "add": add, "collect": collect, "watch": watch, "copies": copies}
    return CliRunner().invoke(commands[str(words[0])], [str(word) for word in words[1:]], catch_exceptions=False)


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "obs").exit_code == 0
    (tmp_path / "obs/channels").mkdir()
    return tmp_path / "obs"


def describe(obs: Path, name: str, *addresses: str) -> None:
    lines = [
        f"name: {name}",
        f"publisher: {name.title()} Desk",
        "kind: list",
        "addresses:",
        *(f"  - {a}" for a in addresses),
    ]
    (obs / f"channels/{name}.yaml").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.long
def test_collect_takes_in_and_explains(obs: Path) -> None:
    """Two pages, one of which holds nothing: one report; --explain says why and where the other one is kept."""
    with serving({"/1": answer(PAGE.format("Tuesday").encode()), "/2": answer(b"<html></html>")}) as server:
        describe(obs, "harbour", server.url("/1"), server.url("/2"))
        first = run("collect", obs, "--allow", server.place)
        second = run("collect", obs, "--allow", server.place)
    assert first.exit_code == 0
    assert first.stdout.endswith("1 new, 0 known already, 1 refused.\n")
    assert second.stdout == "0 new, 0 known already, 0 refused.\n"
    told = run("collect", obs, "--explain")
    assert "harbour" in told.stdout
    assert "holds no text of its own" in told.stdout
    assert told.stdout.endswith("1 refused; the originals of 1 are kept in quarantine.\n")
    (line,) = run("collect", obs, "--explain", "--json").stdout.splitlines()
    assert Vault(obs / "vault").path(json.loads(line)["evidence"]).is_file()


def test_a_server_inside_is_not_asked_unless_it_is_allowed_by_name(obs: Path) -> None:
    """Without --allow, a channel on this machine is refused, and its server hears nothing."""
    with serving({"/1": answer(b"secret")}) as server:
        describe(obs, "inside", server.url("/1"))
        result = run("collect", obs, "--json")
        assert server.requests == []
    assert result.exit_code == 0
    assert "not a public web server" in json.loads(result.stdout)["reason"]


def test_pause_and_resume(obs: Path) -> None:
    """A paused channel is said to be paused and asked for nothing; resumed, it goes on."""
    with serving({"/1": answer(PAGE.format("Monday").encode())}) as server:
        describe(obs, "harbour", server.url("/1"))
        assert run("collect", obs, "harbour", "--pause").stdout == "harbour is paused.\n"
        assert "is paused" in run("collect", obs, "--allow", server.place).stderr
        assert server.requests == []
        assert run("collect", obs, "harbour", "--resume").stdout == "harbour goes on.\n"
        assert run("collect", obs, "--allow", server.place).stdout.endswith("1 new, 0 known already, 0 refused.\n")


def test_what_is_missing_is_said(obs: Path) -> None:
    """No channel, an unknown one, a bad file: what is wrong and what to do."""
    assert "write one: docs/collecting.md" in run("collect", obs).stderr
    describe(obs, "harbour", "https://e.example/")
    assert run("collect", obs, "other").exit_code == 2
    (obs / "channels/bad.yaml").write_text("name: ''", encoding="utf-8")
    assert "bad.yaml" in run("collect", obs, "harbour", "--pause").stderr


def test_watch_once(obs: Path, tmp_path: Path) -> None:
    """A folder is taken in, once each, with what was refused in quarantine; a folder that is none is refused."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("Nine were killed.", encoding="utf-8")
    (inbox / "b.bin").write_bytes(b"\x00")
    for path in inbox.iterdir():
        os.utime(path, (0, 0))
    words = ("watch", obs, inbox, "--outlet", "Harbour Desk", "--once")
    assert run(*words).stdout.endswith("1 new, 0 known already, 1 refused.\n")
    assert run(*words).stdout == "0 new, 0 known already, 0 refused.\n"
    assert run("watch", obs, tmp_path / "none", "--once").exit_code == 2
    assert "is not a kind of file" in run("collect", obs, "--explain").stdout


def test_copies_tells_links(obs: Path, tmp_path: Path) -> None:
    """The same bytes printed by two outlets, the same address spelt two ways: linked, and both are kept."""
    (tmp_path / "a.txt").write_text("Nine were killed.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nine died, it says now.", encoding="utf-8")
    run("add", obs, tmp_path / "a.txt", "--outlet", "A", "--address", "https://e.example/1?utm_source=x")
    run("add", obs, tmp_path / "a.txt", "--outlet", "B")
    run("add", obs, tmp_path / "b.txt", "--outlet", "A", "--address", "HTTPS://e.example:443/1#top")
    lines = [json.loads(line) for line in run("copies", obs, "--json").stdout.splitlines()]
    assert sorted(line["way"] for line in lines) == ["address", "bytes"]
    assert run("copies", obs).stdout.endswith("2 links; every report is kept.\n")
