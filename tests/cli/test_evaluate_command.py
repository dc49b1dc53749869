"""`marsad evaluate reading`, `marsad evaluate muc`, as a person or a script meets them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from marked_reports import FOLDER, marked_folder, marked_line, write_lines
from muc_made import muc_folder

from marsad.cli import main


def evaluate(*words: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *(str(word) for word in words)], catch_exceptions=False)


def the_object(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three marked reports in two languages."""
    return marked_folder(tmp_path / "marked")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Predictions with a wrong number in every claim but one, which is missing, and one that nobody marked."""
    lines = []
    for name in FOLDER:
        claims = [{**c, "low": 99, "high": 99} for c in marked_line(name)["claims"][:1]]
        lines.append({"report_id": name, "claims": claims})
    lines[1]["claims"] = [{"start": 0, "end": 9, "low": 1, "high": 1, "category": "killed", "attribution": None}]
    return write_lines(tmp_path / "wrong.jsonl", lines)


def test_tables_fit_eighty_columns(folder: Path, wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of the tables, in both commands, however many digits; sentences may be as long as they are."""
    monkeypatch.setenv("COLUMNS", "80")
    for words in (("reading", folder, "--predictions", wrong), ("muc", muc_folder(tmp_path / "muc"), "--processes", 1)):
        shown = evaluate(*words, "--confusions", 0).stdout
        assert max(map(len, shown.splitlines())) <= 80
        assert "F1" in shown


def test_reading_says_what_was_found_in_each_language(folder: Path) -> None:
    """The first table has a row for all, then for each language, with shares and their intervals."""
    shown = evaluate("reading", folder, "--processes", 1).stdout.splitlines()
    assert shown[0].split() == ["claims", "found", "marks", "precision", "recall", "F1"]
    assert [line.split()[0] for line in shown[2:5]] == ["all", "en", "ar"]
    assert shown[2].split()[1:] == ["4", *["1.000", "1.00–1.00"] * 3]


def test_differences_are_listed_with_their_sentence_as_many_as_asked(folder: Path, wrong: Path) -> None:
    """Two lines each; what is left is counted, and the command that lists it is told."""
    shown = evaluate("reading", folder, "--predictions", wrong, "--kind", "number", "--confusions", 1).stdout
    start = FOLDER["market"][1].index("12 people")
    assert f"number: market {start}–{start + len('12 people')}: 12 → 99\n" in shown
    assert f"    {FOLDER['market'][1].partition(' More')[0]}\n1 more; --confusions 2 lists all.\n" in shown
    assert "missed:" not in shown


def test_reading_as_json(folder: Path, wrong: Path) -> None:
    """One object: sums, figures and intervals by language, differences, rules."""
    told = the_object(evaluate("reading", folder, "--predictions", wrong, "--json"))
    assert set(told) == {"scores", "confusions", "rules"}
    assert told["scores"]["all"]["tally"]["found"] == {"missed": 2, "right": 2, "spurious": 1}
    assert told["scores"]["all"]["figures"]["count.f1"] == 0
    assert told["scores"]["all"]["intervals"]["hard_negative.share"] == [1.0, 1.0]
    assert [c["kind"] for c in told["confusions"]].count("missed") == 2
    assert told["rules"] == [{"rule": "–", "marks": 2, "right": 0, "wrong": 2, "spurious": 1}]


def test_muc_as_json(tmp_path: Path) -> None:
    """One object: scores and differences; no intervals are lost on the way."""
    told = the_object(evaluate("muc", muc_folder(tmp_path / "muc"), "--json", "--kind", "beside", "--processes", 1))
    assert told["scores"]["all"]["figures"]["matched.f1"] == 1
    assert [(e["kind"], e["read"]) for e in told["errors"]] == [("beside", "3 killed")]


@pytest.mark.parametrize("command", ["reading", "muc"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, command: str) -> None:
    """One message that names the folder, exit code 2, no traceback."""
    refused = evaluate(command, tmp_path / "nowhere")
    assert refused.exit_code == 2
    assert "nowhere" in refused.output


@pytest.mark.parametrize("command", ["reading", "muc"])
def test_the_help_of_each_part_shows_an_example(command: str) -> None:
    """An example begins with the command's own name, and exit codes are told."""
    said = evaluate(command, "--help").stdout
    assert f"marsad evaluate {command} " in said
    assert "Exit codes:" in said
