"""`marsad policy`, as the people who look after an observatory's safety meet it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli.intake_commands import add, init
from marsad.cli.policy_command import policy
from marsad.cli.publish_command import publish
from marsad.cli.run_command import run as run_command
from marsad.cli.verify_command import verify

WORDS = (
    "At least 11 people were killed and 30 wounded in government air strikes on the Syrian city of Raqqa on Tuesday, "
    "25 November 2014, the Syrian Observatory for Human Rights said.\n"
)


def decide(obs: Path, actor: str, *words: str) -> Result:
    """Decide about the policy of an observatory."""
    told = [str(obs), "--actor", actor, "--reason", "it was agreed", *words]
    return CliRunner().invoke(policy, told, catch_exceptions=False)


def holds(obs: Path) -> dict[str, int]:
    """Return what holds, by rule."""
    told = json.loads(CliRunner().invoke(policy, [str(obs), "--json"], catch_exceptions=False).output)
    return {one["rule"]: one["value"] for one in told["rules"]}


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """Return an observatory of which nothing was read yet."""
    assert CliRunner().invoke(init, [str(tmp_path / "obs")]).exit_code == 0
    return tmp_path / "obs"


def test_what_is_shown_says_what_is_shipped_and_who_decided_otherwise(obs: Path) -> None:
    """Within 80 columns; a wish of one person alone is told as one."""
    assert decide(obs, "lynx", "--set", "embargo_hours=72", "--sensitive", "mosque").exit_code == 0
    shown = decide(obs, "fox", "--set", "embargo_hours=24").output
    assert max(map(len, shown.splitlines()[:9])) <= 80
    [line] = [one for one in shown.splitlines() if one.startswith("embargo_hours ")]
    assert line.split()[:4] == ["embargo_hours", "72", "hours", "24"]
    assert "lynx" in line
    assert "Added: mosque" in shown
    assert "fox asks for embargo_hours 24" in shown
    assert "asks for" not in decide(obs, "owl", "--set", "embargo_hours=24").output
    assert holds(obs)["embargo_hours"] == 24


@pytest.mark.long
@pytest.mark.parametrize(
    "words",
    [
        ("--set", "embargo_hours"),
        ("--set", "embargo_hours=soon"),
        ("--set", "embargo_hours=24"),
        ("--set", "witnesses=1"),
        ("--set", "min_cell_living=1"),
        ("--sensitive", "hospital"),
        ("--not-sensitive", "mosque"),
    ],
)
def test_what_is_no_decision_is_refused_and_kept_nowhere(obs: Path, words: tuple[str, str]) -> None:
    """No rule, no number, out of bounds, or what holds already: exit code 2, and nothing holds that did not."""
    before = holds(obs)
    assert decide(obs, "lynx", *words).exit_code == 2
    assert holds(obs) == before


@pytest.mark.long
def test_a_release_goes_by_what_was_decided_and_can_be_checked_later(obs: Path, tmp_path: Path) -> None:
    """The embargo holds incidents back; a release from before is still what the observatory says it was."""
    (tmp_path / "a.txt").write_text(WORDS)
    told = ["--outlet", "Radio Furat", "--published", "2014-11-26", "--address", "https://radio-furat.example/1"]
    assert CliRunner().invoke(add, [str(obs), str(tmp_path / "a.txt"), *told]).exit_code == 0
    assert CliRunner().invoke(run_command, [str(obs), "--processes", "1"]).exit_code == 0
    first, second = tmp_path / "first", tmp_path / "second"
    assert "1 incidents shown" in CliRunner().invoke(publish, [str(obs), str(first)]).output
    assert decide(obs, "lynx", "--set", "min_cell_living=40").exit_code == 0
    assert CliRunner().invoke(run_command, [str(obs), "--processes", "1"]).exit_code == 0
    assert "Release 2: 1 incidents shown" in CliRunner().invoke(publish, [str(obs), str(second)]).output
    ends = []
    for out in (first, second):
        record = json.loads((out / "data" / "record.json").read_bytes())
        figures = record["incidents"][0]["figures"]
        ends.append({f["low"] for f in figures if (f["measure"], f["category"]) == ("injured", "total")})
        assert CliRunner().invoke(verify, [str(out), "--observatory", str(obs)]).exit_code == 0
    assert ends == [{30}, {None}]
