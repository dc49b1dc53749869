"""`marsad brief`, `timeline`, `actors` and `patterns`: what they print, for people and for programs, and what they refuse."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from seed_story import OURS, OURS_PRINTED, made
from small_world import Story

from marsad.cli import main


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an observatory with the story in our words."""
    return made(tmp_path_factory.mktemp("voices") / "obs", Story("AFP", OURS_PRINTED, OURS)).path


def marsad(*arguments: object) -> Result:
    """Return what a command prints, and how it leaves."""
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_a_briefing_folds_to_the_terminal_and_numbers_its_words(obs: Path) -> None:
    """Lines fit; every number behind a clause is in the list of sources, each with the id of its statement."""
    done = marsad("brief", obs, "Idlib", "--on", "2015-03-19", "--sources")
    assert done.exit_code == 0
    assert max(map(len, done.output.splitlines())) <= 100
    assert "[1] " in done.output.partition("[1]")[2] or "\n[1] " in done.output
    assert "Syrian National Coalition condemned: “a crime”" in " ".join(done.output.split())


def test_for_programs_every_clause_has_its_words(obs: Path) -> None:
    """One object a clause, with the ids, places and words of its sources."""
    done = marsad("brief", obs, "Idlib", "--on", "2015-03-19", "--language", "ar", "--json")
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert {"happened", "control", "people", "totals", "said", "planned"} <= {row["section"] for row in rows}
    assert all(row["sources"] and row["sources"][0]["id"] for row in rows)


def test_a_timeline_tells_of_a_place_and_of_an_actor(obs: Path) -> None:
    """The bombing of Idlib on its day; of the Coalition its statements alone."""
    place = [json.loads(line) for line in marsad("timeline", obs, "Idlib", "--json").output.splitlines()]
    assert any(row["kind"] == "incident" and row["from"] == "2015-03-17" for row in place)
    of = ("timeline", obs, "الائتلاف الوطني السوري", "--kind", "statement", "--json")
    said = [json.loads(line) for line in marsad(*of).output.splitlines()]
    assert {row["act"] for row in said} == {"condemned", "warned", "voiced"}
    assert {row["party"] for row in said} == {"Syrian National Coalition"}


def test_actors_are_listed_and_one_is_told(obs: Path) -> None:
    """Both coalitions are in the list; words that may mean either are told so."""
    names = {json.loads(line)["name"] for line in marsad("actors", obs, "--json").output.splitlines()}
    assert {"Syrian National Coalition", "US-led coalition"} <= names
    both = marsad("actors", obs, "the coalition", "--on", "2014-11-26").output
    assert "may mean Syrian National Coalition or US-led coalition" in both
    told = json.loads(marsad("actors", obs, "داعش", "--json").output)
    assert (told["name"], told["type"], told["codes"]["ucdp"]["name"]) == ("Islamic State", "non-state", "IS")


def test_patterns_say_their_denominator(obs: Path) -> None:
    """One incident tells its weapon; none tells a target; a series of one is refused."""
    done = marsad("patterns", obs, "--by", "weapon", "--by", "target")
    assert "By weapon: 1 of 1 incidents tell, 0 do not." in done.output
    assert "By target: 0 of 1 incidents tell, 1 do not." in done.output
    assert marsad("patterns", obs, "--changes", "month").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("brief", "Qwxzztown", "--on", "2015-03-19"), "gazetteer find"),
        (("timeline", "Qwxzztown"), "marsad actors"),
        (("timeline", "the coalition"), "may mean"),
        (("timeline", "Idlib", "--from", "2015-03-19", "--to", "2015-03-01"), "before"),
        (("actors", "Qwxzzbrigade"), "actors.toml"),
        (("patterns", "--place", "Qwxzztown"), "gazetteer"),
    ],
)
def test_what_nobody_knows_is_refused_with_what_to_do(obs: Path, arguments: tuple[str, ...], says: str) -> None:
    """Exit code 2, one message, the next step in it."""
    command, *rest = arguments
    done = marsad(command, obs, *rest)
    assert done.exit_code == 2
    assert says in done.output


def test_a_team_s_own_actor_is_known_at_once_and_a_broken_entry_is_named(obs: Path) -> None:
    """The observatory's file adds to the register; one that breaks a rule says which entry."""
    file = obs / "actors.toml"
    file.write_text('[[actor]]\nname = "Harbour Brigade"\ntype = "non-state"\narmed = true\n', "utf-8")
    assert "non-state, armed" in marsad("actors", obs, "Harbour Brigade").output
    file.write_text('[[actor]]\nname = "Harbour Brigade"\ntype = "gang"\n', "utf-8")
    broken = marsad("actors", obs, "Harbour Brigade")
    file.unlink()
    assert broken.exit_code == 2
    assert "Harbour Brigade" in broken.output
