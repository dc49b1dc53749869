"""`marsad candidates` and `queue`, and links in `why`: which incident a report means, as a person or a script asks it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main

MONITOR = "the Syrian Observatory for Human Rights said"
TUESDAY = f"At least 40 people were killed in air strikes on the Syrian city of Raqqa on 25 November 2014, {MONITOR}.\n"
MONDAY = "Shelling killed 31 people in the Syrian city of Raqqa on 24 November 2014, the Syrian Network for Human Rights said.\n"
NEW = "Air strikes on the Syrian city of Raqqa killed 40 people on 25 November 2014, Médecins Sans Frontières said.\n"


def marsad(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given, catch_exceptions=False)


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """An observatory with two reports that may be of one strike: neighbouring days, other numbers."""
    path = tmp_path / "obs"
    assert marsad("init", path).exit_code == 0
    for name, text in (("tuesday", TUESDAY), ("monday", MONDAY)):
        file = tmp_path / f"{name}.txt"
        file.write_text(text, "utf-8")
        assert marsad("add", path, file, "--outlet", name.title(), "--published", "2014-11-26").exit_code == 0
    assert marsad("run", path, "--processes", 1).exit_code == 0
    return path


def test_candidates_are_ranked_with_reasons(tmp_path: Path, obs: Path) -> None:
    """The strike of that day first, with what speaks for it; the other day behind it. Nothing is kept."""
    file = tmp_path / "new.txt"
    file.write_text(NEW, "utf-8")
    [asked] = lines(marsad("candidates", obs, file, "--published", "2014-11-26", "--json"))
    assert [told["text"] for told in asked["told"]] == ["40 people"]
    codes = [one["code"] for one in asked["candidates"]]
    assert codes == ["RAQQA-2014-11-25", "RAQQA-2014-11-24"]
    first, second = asked["candidates"]
    assert first["probability"] > 0.9 > second["probability"]
    assert first["terms"]["killed"] > 0
    plain = marsad("candidates", obs, file, "--published", "2014-11-26").stdout
    assert "+ where: the same place" in plain
    assert "+ المكان: المكان نفسه" in marsad("candidates", obs, file, "--words", "ar").stdout
    assert len(lines(marsad("incidents", obs, "--json"))) == 2


def test_a_report_of_something_new_has_no_candidate(tmp_path: Path, obs: Path) -> None:
    """Another country and year: it would be a new incident. A report that counts nobody tells of none."""
    file = tmp_path / "new.txt"
    file.write_text(
        "An air strike killed 12 people in the Iraqi city of Mosul on 3 May 2016, residents said.\n", "utf-8"
    )
    assert "it would be a new one" in marsad("candidates", obs, file, "--published", "2016-05-04").stdout
    file.write_text("The minister opened a bridge on Monday.\n", "utf-8")
    assert "no incident" in marsad("candidates", obs, file, "--published", "2016-05-04").stdout


def test_the_queue_asks_and_an_answer_settles_it(obs: Path) -> None:
    """The question shows both words and how to answer; answered with no, it is asked no more and the links stay."""
    [asked] = lines(marsad("queue", obs, "--json"))
    assert asked["kind"] == "join"
    assert {asked["ours"]["text"], asked["theirs"]["text"]} == {"At least 40 people", "31 people"}
    plain = marsad("queue", obs).stdout
    assert "Is RAQQA-2014-11-2" in plain
    assert "If not: marsad decide" in plain
    assert all(len(line) < 81 or line.lstrip().startswith("If ") for line in plain.splitlines())
    body = json.dumps({"from": asked["ours"]["anchor"]})
    told = ("--actor", "lynx", "--reason", "two raids")
    assert marsad("decide", obs, "differ", asked["theirs"]["anchor"], "--body", body, *told).exit_code == 0
    assert marsad("run", obs, "--processes", 1).exit_code == 0
    assert marsad("queue", obs).stdout == "No link is in doubt.\n"
    assert len(lines(marsad("incidents", obs, "--json"))) == 2


def test_why_says_what_the_toll_would_be_if_links_were_otherwise(obs: Path) -> None:
    """If the two were one incident: the toll of both, in words and as numbers."""
    plain = marsad("why", obs, "RAQQA-2014-11-25").stdout
    assert "if it were one with RAQQA-2014-11-24" in plain
    assert "لو كانت حادثة واحدة" in marsad("why", obs, "RAQQA-2014-11-25", "--lang", "ar").stdout
    [case] = lines(marsad("why", obs, "RAQQA-2014-11-25", "killed", "total", "--json"))
    assert case["tolls"][0]["links"]["others"] == ["RAQQA-2014-11-24"]


def test_settling_takes_the_claims_of_the_incident(obs: Path) -> None:
    """Reviewed without naming its claims: those that it has now; then it is settled, and asked about as one."""
    [asked] = lines(marsad("queue", obs, "--json"))
    told = ("--actor", "lynx", "--reason", "all sources read")
    assert marsad("decide", obs, "settle", asked["ours"]["anchor"], *told).exit_code == 0
    assert marsad("run", obs, "--processes", 1).exit_code == 0
    assert marsad("rejections", obs).stdout == "Nothing was rejected.\n"


def test_settling_words_that_speak_of_no_incident_is_refused(obs: Path) -> None:
    """The message says what to do."""
    refused = CliRunner().invoke(
        main, ["decide", str(obs), "settle", f"{'a' * 24}:1-2", "--actor", "lynx", "--reason", "none"]
    )
    assert refused.exit_code == 2
    assert "speaks of no incident" in refused.output
