"""`marsad compare-readers` and `marsad extract --reader`, as a person or a script meets them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from model_server import ModelServer, answering, item, listed
from rich.cells import cell_len

from marsad.cli import main

TEXT = (
    "Air strikes on Raqqa on Tuesday killed at least 12 civilians, a doctor said. The market was closed.\n"
    "The army said nine people died in the raid, and that it would look into what witnesses had told of it before.\n"
)


def marsad(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given, catch_exceptions=False)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A model that finds one claim as the rules do, one otherwise, and one that is not there."""
    nine = item(quote="nine people", low=9, high=9, bound="exact", attribution=["army"])
    with answering(listed(item(attribution=["doctor"]), nine, item(quote="\x1b[2J40 dead"))) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, server: ModelServer) -> Path:
    """Settings that name the model; they protect one outlet."""
    file = tmp_path / "marsad.toml"
    file.write_text(f'protected = ["Ward Four"]\n[reader]\nendpoint = "{server.url}"\nmodel = "tiny-1"\n', "utf-8")
    return file


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "raid.txt"
    file.write_text(TEXT, "utf-8")
    return file


def compare(report: Path, settings: Path, *more: str) -> Result:
    return marsad("compare-readers", report, "--readers", "rules,endpoint", "--settings", settings, *more)


def test_what_differs_is_shown_by_sentence(report: Path, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentence, aspect, both readings; what was rejected; the figures. Nothing that both agree on."""
    monkeypatch.setenv("COLUMNS", "200")
    shown = compare(report, settings).stdout
    lines = shown.splitlines()
    assert lines[0] == "raid: 1 alike"
    assert "\x1b" not in shown
    assert "endpoint rejected: “\\x1b[2J40 dead”: the quotation does not stand in the report" in " ".join(shown.split())
    assert "    differ in status:" in lines
    assert "      rules     killed 9–9 exact “nine people” (army)" in lines
    assert "      endpoint  killed civilian 9–9 exact “nine people” (army)" in lines
    assert "12 civilians" not in shown
    assert any(line.split() == ["claims", "both", "make", "alike", "1"] for line in lines)
    assert max(map(cell_len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_as_json(report: Path, settings: Path) -> None:
    """A line a report and one with the figures; offsets point at the words, relations are left out."""
    one, figures = [json.loads(line) for line in compare(report, settings, "--json").stdout.splitlines()]
    ((pair,),) = [sentence["pairs"] for sentence in one["sentences"]]
    assert (one["report_id"], one["same"], pair["differs"]) == ("raid", 1, ["status"])
    assert TEXT[pair["b"]["start"] : pair["b"]["end"]] == pair["b"]["text"] == "nine people"
    assert "subset_of" not in pair["a"]
    assert one["rejected"]["a"] == []
    assert one["rejected"]["b"][0]["reason"] == "the quotation does not stand in the report"
    assert [reader["name"] for reader in figures["readers"]] == ["rules", "endpoint"]
    assert (figures["reports"], figures["same"], figures["differing"], figures["only"]) == (1, 1, 1, [0, 0])


def test_json_lines_in_json_lines_out(settings: Path, server: ModelServer) -> None:
    """From a pipe; a protected report is rejected, is not sent, and holds nothing up."""
    feed = [
        {"id": "open", "text": TEXT, "outlet": "Meridian Press", "lang": "en"},
        {
            "id": "marked",
            "text": "At least 12 nurses died.",
            "outlet": "Meridian Press",
            "lang": "en",
            "protected": True,
        },
        {"id": "listed", "text": "At least 12 nurses died.", "outlet": "Ward Four", "lang": "en"},
    ]
    given = "".join(json.dumps(line) + "\n" for line in feed)
    out = marsad(
        "extract", "-", "--reader", "endpoint", "--settings", settings, "--format", "jsonl", given=given
    ).stdout
    said: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert [(line["report_id"], len(line["claims"])) for line in said] == [("open", 2), ("marked", 0), ("listed", 0)]
    assert "does not stand in the report" in said[0]["rejected"]
    assert all("its source is protected" in line["rejected"] for line in said[1:])
    assert said[0]["claims"][0]["rule"].startswith("endpoint;tiny-1;prompt-")
    assert len(server.asked) == 1


def test_a_marked_file_is_not_sent(tmp_path: Path, settings: Path, server: ModelServer) -> None:
    """Front matter marks a file; the plain output says why nothing was read."""
    file = tmp_path / "nurse.txt"
    file.write_text("---\nprotected: true\n---\nAt least 12 civilians died.\n", "utf-8")
    shown = marsad("extract", file, "--reader", "endpoint", "--settings", settings)
    assert shown.exit_code == 0
    assert "nurse: its source is protected" in shown.stdout
    assert server.asked == []


@pytest.mark.parametrize(
    ("readers", "message"),
    [
        ("rules", "is not two readers"),
        ("rules,rules", "is not two readers"),
        ("rules,endpoint,spacy", "is not two readers"),
        ("rules,oracle", "is no reader: rules, endpoint, spacy, hf"),
        ("rules,endpoint", "endpoint: is missing"),
    ],
)
def test_readers_that_cannot_be_compared_are_refused(report: Path, readers: str, message: str) -> None:
    """Exit code 2 and a message; no report is read."""
    refused = marsad("compare-readers", report, "--readers", readers)
    assert refused.exit_code == 2
    assert message in refused.stderr
    assert refused.stdout == ""


def test_a_report_that_cannot_be_used_is_named_at_the_end(tmp_path: Path, settings: Path) -> None:
    """In a folder it stops nothing; the exit code tells."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "raid.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a" / "photo.jpg").write_bytes(b"x")
    told = compare(tmp_path / "a", settings, "--json")
    assert told.exit_code == 2
    assert len(told.stdout.splitlines()) == 2
    assert "photo.jpg" in told.stderr
