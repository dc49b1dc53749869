"""`marsad evaluate linking`, as a person or a script meets it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from event_tables import event_table, troubled_year

from marsad.cli import main


def linking(*words: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", "linking", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A made-up table of 120 tellings."""
    return event_table(tmp_path / "year.csv", troubled_year())


def the_set(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    [only] = json.loads(result.stdout)["sets"]
    return only


def test_tables_fit_eighty_columns_and_say_which_curve_is_which(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was learnt about other incidents and what was answered about these are two tables, each with its sentence."""
    monkeypatch.setenv("COLUMNS", "80")
    shown = linking(year, "--labels", 20, "--confusions", 0).stdout
    assert all(len(line) <= 80 or line.endswith(".") for line in shown.splitlines())
    assert "…" not in shown
    titles = [line.split("  ")[0] for line in shown.splitlines()]
    assert titles.index("labels to learn from") < titles.index("answers kept")
    assert "Learnt from other incidents than those that are linked" in shown
    assert "Answers about these very incidents" in shown


def test_errors_are_listed_by_ids_as_many_as_asked(year: Path) -> None:
    """Splits and merges name incidents and rows, never words of a report; the rest is counted."""
    listed = [
        line for line in linking(year, "--labels", 0).stdout.splitlines() if line.startswith(("split: ", "merged: "))
    ]
    assert listed
    assert all(line.split(": ")[1][0] in "Er" for line in listed)
    shown = linking(year, "--labels", 0, "--confusions", 0).stdout.splitlines()
    assert [line for line in shown if line in listed] == []
    assert any("lists all." in line for line in shown)
    assert not any("Headline" in line for line in (*shown, *listed))


def test_everything_as_json(year: Path) -> None:
    """Both ways to ask for it; without answers there is no curve."""
    told = the_set(linking(year, "--labels", 0, "--format", "json"))
    assert told == the_set(linking(year, "--labels", 0, "--json"))
    [plain] = told["linkings"]
    assert plain["all"]["incidents"] == 48
    assert set(plain["all"]["pairs"]) == {"precision", "recall", "f1"}
    assert sum(plain["sizes"]["incidents"].values()) == 48
    assert plain["tolls"]["unlinked"] > plain["tolls"]["truth"]
    assert sum(bin_["n"] for bin_ in plain["calibration"]["pairs"]["bins"]) > 100
    assert [step["labels"] for step in told["learned"]] == [0]


@pytest.mark.parametrize("labels", ["-1", "many", "²"])
def test_numbers_of_answers_are_numbers(year: Path, labels: str) -> None:
    """Anything else is refused with what to write."""
    refused = linking(year, "--labels", labels)
    assert refused.exit_code == 2
    assert "neither a number nor all" in refused.output
