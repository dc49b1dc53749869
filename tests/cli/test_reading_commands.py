"""`marsad run`, `incidents`, `why`, `decide`, `rejections`: an observatory's day, as a person or a script meets it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main

MONITOR = "The Syrian Observatory for Human Rights said"
FIRST = (
    "Air raids kill 40 in Raqqa\n\nSyrian government air strikes on Raqqa on Tuesday killed at least 40 people. "
    f"{MONITOR} 12 of the dead were civilians.\n"
)
SECOND = (
    "The Syrian Network for Human Rights said 55 people were killed in air strikes on Raqqa on Tuesday, "
    "30 of them civilians.\n"
)


def marsad(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given, catch_exceptions=False)


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """An observatory with two reports of one raid, read."""
    path = tmp_path / "obs"
    assert marsad("init", path).exit_code == 0
    for name, text, outlet in (("first", FIRST, "Meridian Press"), ("second", SECOND, "Desert Wind")):
        file = tmp_path / f"{name}.txt"
        file.write_text(text, "utf-8")
        assert marsad("add", path, file, "--outlet", outlet, "--published", "2014-11-26").exit_code == 0
    assert marsad("run", path, "--processes", 1).exit_code == 0
    return path


def test_run_says_what_it_did_and_then_that_nothing_is_new(tmp_path: Path, obs: Path) -> None:
    """A second run does nothing and says so; with --json it is an object either way."""
    assert "Nothing is new. Incidents: 1." in marsad("run", obs).stdout
    assert lines(marsad("run", obs, "--json")) == [
        {"read": 0, "claims": 0, "rejected": 0, "incidents": 1, "derived": False}
    ]


def test_incidents_fit_eighty_columns(obs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table holds date, place, range, civilians, origins and grade, in no more than 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    shown = marsad("incidents", obs).stdout
    assert max(map(len, shown.partition("\n\n")[0].splitlines())) <= 80
    row = next(line for line in shown.splitlines() if "RAQQA-2014-11-25" in line)
    assert row.split() == ["RAQQA-2014-11-25", "2014-11-25", "Raqqa", "40–40–55", "12–12–30", "2", "fair"]


@pytest.mark.parametrize(("columns", "header"), [(66, ["incident", "place"]), (56, ["incident", "killed"])])
def test_a_narrow_table_leaves_out_what_the_code_tells(
    obs: Path, monkeypatch: pytest.MonkeyPatch, columns: int, header: list[str]
) -> None:
    """The date goes first, then the place; the code that `marsad why` asks for stays whole."""
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = marsad("incidents", obs).stdout.splitlines()
    assert shown[0].split()[:2] == header
    assert any(line.startswith("RAQQA-2014-11-25 ") for line in shown)
    assert max(map(len, shown[:3])) <= columns


def test_incidents_as_json(obs: Path) -> None:
    """One object an incident, counts with their standing."""
    [incident] = lines(marsad("incidents", obs, "--json"))
    assert incident["code"] == "RAQQA-2014-11-25"
    assert incident["killed"] == {"low": 40, "best": 40, "high": 55, "standing": "stated"}
    assert (incident["from"], incident["country"], incident["origins"]) == ("2014-11-25", "SY", 2)


def test_incidents_before_any_report(tmp_path: Path) -> None:
    """An empty observatory says what to do."""
    marsad("init", tmp_path / "obs")
    result = marsad("incidents", tmp_path / "obs")
    assert result.exit_code == 0
    assert "No incidents yet" in result.stdout
    assert "marsad add" in result.stdout


def test_why_leads_from_the_number_to_the_words(obs: Path) -> None:
    """The tree names number, policy, rule, quoted words, origin, outlet, day, report and span."""
    shown = " ".join(marsad("why", obs, "raqqa-2014-11-25", "killed", "civilians").stdout.replace("│", " ").split())
    for part in (
        "12–12–30",
        "ucdp",
        "“12 of the dead”",
        "Syrian Observatory for Human Rights",
        "Meridian Press",
        "2014-11-26",
    ):
        assert part in shown


def test_why_in_arabic(obs: Path) -> None:
    """The reasons are said in Arabic when asked."""
    assert "المصادر الأصلية المستقلة" in marsad("why", obs, "RAQQA-2014-11-25", "killed", "--lang", "ar").stdout


@pytest.mark.long
def test_why_as_json_quotes_the_report(obs: Path) -> None:
    """Every finding's words stand at its span in the report as received."""
    [tree] = lines(marsad("why", obs, "RAQQA-2014-11-25", "--json"))
    texts = {"Meridian Press": FIRST, "Desert Wind": SECOND}
    assert tree["findings"]
    for finding in tree["findings"]:
        assert texts[finding["outlet"]][finding["start"] : finding["end"]] == finding["text"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("RAQQA-2014-11-26",), 'incident: "RAQQA-2014-11-26" is not in this observatory; there are RAQQA-2014-11-25'),
        (("RAQQA-2014-11-25", "eaten"), 'MEASURE: "eaten" is not one of killed'),
        (("RAQQA-2014-11-25", "killed", "cats"), 'CATEGORY: "cats" is not one of total'),
        (("RAQQA-2014-11-25", "--policy", "nobody"), 'policy: "nobody" is not one of airwars, ucdp'),
        (
            ("RAQQA-2014-11-25", "--as-known-on", "yesterday"),
            '--as-known-on: "yesterday" is not a day written YYYY-MM-DD',
        ),
        (("RAQQA-2014-11-25", "--as-known-on", "2001-01-01"), "is before the first report was received"),
        (("RAQQA-2014-11-25", "missing"), 'RAQQA-2014-11-25: "missing" is not a toll of this incident'),
    ],
)
def test_why_refuses_what_it_cannot_answer(obs: Path, words: tuple[str, ...], said: str) -> None:
    """Wrong input gets the value, the rule and what to do, and exit code 2."""
    result = marsad("why", obs, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_decision_takes_effect_and_is_never_overruled(obs: Path) -> None:
    """A rejected claim is in no number after the next run, and the table says who is left."""
    [tree] = lines(marsad("why", obs, "RAQQA-2014-11-25", "--json"))
    claims = [f for f in tree["findings"] if f["outlet"] == "Desert Wind"]
    for claim in claims:
        anchor = f"{claim['report_id']}:{claim['start']}-{claim['end']}"
        words = ("--actor", "lynx", "--reason", "withdrawn by the network")
        assert marsad("decide", obs, "reject", anchor, *words).exit_code == 0
    assert marsad("run", obs).exit_code == 0
    [incident] = lines(marsad("incidents", obs, "--json"))
    assert (incident["killed"]["high"], incident["origins"], incident["grade"]) == (40, 1, "weak")
    again = marsad("decide", obs, "reject", anchor, "--actor", "otter", "--reason", "me too")
    assert again.exit_code == 2
    assert "lynx" in again.stderr


def test_rejections_name_the_record_and_the_reason(obs: Path, tmp_path: Path) -> None:
    """A report in a language without a lexicon is listed, the rest is read."""
    assert marsad("rejections", obs).stdout == "Nothing was rejected.\n"
    file = tmp_path / "third.txt"
    file.write_text("Neun Menschen wurden getötet.", "utf-8")
    marsad("add", obs, file, "--outlet", "Zeitung", "--published", "2014-11-27", "--lang", "de")
    assert lines(marsad("run", obs, "--json"))[0]["rejected"] == 1
    [rejection] = lines(marsad("rejections", obs, "--json"))
    assert rejection["stage"] == "extract"
    assert "'de'" in rejection["reason"]


def test_extract_from_a_pipe_keeps_ids_and_order() -> None:
    """JSON lines in, JSON lines out: the ids given, spans that slice the text given."""
    given = [
        {"id": "b", "text": "Shelling killed 12 people in Aleppo on Monday.", "published": "2014-11-26"},
        {"id": "a", "text": "Nothing happened.", "published": "2014-11-26", "outlet": "X", "lang": "en"},
    ]
    result = marsad("extract", "-", "--format", "jsonl", given="".join(json.dumps(g) + "\n" for g in given))
    first, second = lines(result)
    assert (first["report_id"], second) == ("b", {"report_id": "a", "claims": [], "context": []})
    [claim] = first["claims"]
    assert given[0]["text"][claim["start"] : claim["end"]] == claim["text"] == "12 people"
    assert (claim["measure"], claim["low"], claim["high"], claim["bound"]) == ("killed", 12, 12, "exact")
    assert claim["occurred"] == ["2014-11-24", "2014-11-24"]
    assert (claim["place"]["name"], claim["place"]["country"]) == ("Aleppo", "SY")


def test_extract_names_files_by_stem_and_reports_what_it_cannot_read(tmp_path: Path) -> None:
    """The stem is the id; a file that is no text is refused with its name and exit code 2."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("A blast killed three people in Homs.", "utf-8")
    bad.write_bytes(b"\xff\xfe\x00")
    assert lines(marsad("extract", good, "--format", "jsonl"))[0]["report_id"] == "good"
    result = marsad("extract", bad, "--format", "jsonl")
    assert result.exit_code == 2
    assert "bad.txt" in result.stderr
