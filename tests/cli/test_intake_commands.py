"""`marsad init` and `marsad add`, as a person or a script meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli.intake_commands import add, init
from marsad.pipeline.observatory import Observatory


def run(*words: object, given: str | bytes | None = None) -> Result:
    command = {"init": init, "add": add}[str(words[0])]
    return CliRunner().invoke(command, [str(word) for word in words[1:]], input=given, catch_exceptions=False)


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "obs").exit_code == 0
    return tmp_path / "obs"


def reports(obs: Path) -> list[tuple[str, str | None, str | None]]:
    with Observatory.open(obs).kept() as kept, kept.read() as reading:
        return [(r.outlet, str(r.published) if r.published else None, r.lang) for r in reading.reports()]


def test_init_names_the_next_step(tmp_path: Path) -> None:
    """The observatory is named after its folder unless told otherwise, and the answer says how to go on."""
    result = run("init", tmp_path / "obs")
    assert result.exit_code == 0
    assert f"marsad add {tmp_path / 'obs'}" in result.stdout
    assert Observatory.open(tmp_path / "obs").name == "obs"
    assert run("init", tmp_path / "two", "--name", "مرصد").exit_code == 0
    assert Observatory.open(tmp_path / "two").name == "مرصد"


def test_init_twice(obs: Path) -> None:
    """A second init is refused with exit code 2 and the reason."""
    result = run("init", obs)
    assert result.exit_code == 2
    assert "exists already; name a new folder" in result.stderr


def test_add_a_file(obs: Path, tmp_path: Path) -> None:
    """A file is taken in once; the id is printed; the second time it is known."""
    (tmp_path / "a.txt").write_text("95 killed")
    words = ("add", obs, tmp_path / "a.txt", "--source", "SOHR", "--published", "2014-11-26", "--lang", "en")
    first, second = run(*words), run(*words)
    assert (first.exit_code, second.exit_code) == (0, 0)
    report_id, name = first.stdout.splitlines()[0].split()
    assert (len(report_id), name) == (24, str(tmp_path / "a.txt"))
    assert first.stdout.endswith("1 new, 0 known already, 0 refused.\n")
    assert second.stdout == "0 new, 1 known already, 0 refused.\n"
    assert reports(obs) == [("SOHR", "2014-11-26", "en")]


def test_add_a_folder_with_a_bad_file(obs: Path, tmp_path: Path) -> None:
    """In a folder, what cannot be used is told on standard error, and the rest is taken in."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(15):
        (folder / f"{n:02}.txt").write_text(f"{n} killed")
    (folder / "bad.txt").write_bytes(b"\0")
    result = run("add", obs, folder, "--outlet", "Radio", "--batch", 4)
    assert result.exit_code == 0
    assert result.stdout.count(str(folder)) == 10
    assert "15 new, 0 known already, 1 refused." in result.stdout
    assert result.stderr.startswith(f"{folder}/bad.txt: holds a NUL character")
    assert len(reports(obs)) == 15


def test_add_as_json(obs: Path) -> None:
    """With --json each report, also a refused one, is one JSON object; the summary goes to standard error."""
    one = '{"id": 1, "text": "95 killed", "outlet": "A"}'
    lines = "\n".join([one, '{"id": 2, "text": ""}', one.replace("1", "3", 1)])
    result = run("add", obs, "-", "--json", given=lines)
    first, refused, again = (json.loads(line) for line in result.stdout.splitlines())
    assert first == {"name": "standard input line 1 (1)", "report_id": first["report_id"], "new": True}
    assert refused["refused"].startswith("standard input line 2 (2): holds no words")
    assert again == {**first, "name": "standard input line 3 (3)", "new": False}
    assert "1 new, 1 known already, 1 refused." in result.stderr


def test_add_through_a_pipe(obs: Path) -> None:
    """A text through a pipe is one report."""
    assert run("add", obs, "-", "--outlet", "Radio", given="95 killed\n").exit_code == 0
    assert reports(obs) == [("Radio", None, None)]


def test_a_key_used_twice(obs: Path, tmp_path: Path) -> None:
    """A key sent with another report is refused, and says which report has it."""
    for name, text in (("a.txt", "95 killed"), ("b.txt", "96 killed")):
        (tmp_path / name).write_text(text)
    first = run("add", obs, tmp_path / "a.txt", "--outlet", "Radio", "--key", "k")
    second = run("add", obs, tmp_path / "b.txt", "--outlet", "Radio", "--key", "k")
    assert (first.exit_code, second.exit_code) == (0, 2)
    assert f"was used for report {first.stdout.split()[0]}" in second.stderr
    assert len(reports(obs)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none.txt", "--outlet", "R"), "none.txt: cannot be read: No such file or directory"),
        (("a.txt",), 'a.txt: does not say who printed it; give --outlet "NAME"'),
        (("a.txt", "--outlet", "R", "--published", "26/11/2014"), 'published: "26/11/2014" is not a day written'),
        (("a.txt", "--outlet", "R", "--lang", "arabic"), 'lang: "arabic" is not a language code'),
        (("a.txt", "--outlet", "R", "--limit", "3"), "a.txt: is longer than the 3 bytes of a report"),
        (("bad.txt", "--outlet", "R"), "bad.txt: holds a NUL character"),
        (("bad.jsonl", "--outlet", "R"), "No report was taken in; 1 refused."),
        ((".", "--outlet", "R", "--key", "k"), "can name a single report only"),
        (("empty", "--outlet", "R"), "No report was taken in."),
    ],
)
def test_wrong_input(
    obs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """Wrong input: exit code 2, a message that names file, value, rule and remedy, and nothing written."""
    (tmp_path / "a.txt").write_text("95 killed")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    (tmp_path / "bad.jsonl").write_text("rubbish\n")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in obs.rglob("*")}
    result = run("add", obs, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert {path: path.stat().st_mtime_ns for path in obs.rglob("*")} == before


def test_add_to_what_is_no_observatory(tmp_path: Path) -> None:
    """Reports go into an observatory only."""
    (tmp_path / "a.txt").write_text("95 killed")
    result = run("add", tmp_path, tmp_path / "a.txt", "--outlet", "R")
    assert result.exit_code == 2
    assert "is not an observatory" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("command", ["init", "add"])
def test_help_has_an_example(command: str) -> None:
    """The help shows how the command is used and what its exit codes mean."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"marsad {command} obs/" in result.stdout
    assert "Exit codes:" in result.stdout
