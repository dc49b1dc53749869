"""What `marsad why` and `marsad extract` tell of how a claim was read and what others of its report do to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from marsad.cli import main

REPORT = (
    "Air strikes on Raqqa on Tuesday killed 15 people, the Syrian Observatory for Human Rights said, up from nine. "
    "Six civilians were among the dead, it said.\n\n"
    "The army denied killing civilians.\n"
)


def marsad(*words: object) -> str:
    """Return what a command prints; it must not fail."""
    result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report in which a number replaces another one, and somebody denies."""
    file = tmp_path / "report.txt"
    file.write_text(REPORT, "utf-8")
    return file


@pytest.fixture
def obs(tmp_path: Path, report: Path) -> Path:
    """An observatory that has read it."""
    path = tmp_path / "obs"
    marsad("init", path)
    marsad("add", path, report, "--outlet", "Meridian Press", "--published", "2014-11-26")
    marsad("run", path, "--processes", 1)
    return path


@pytest.mark.long
@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        (
            "en",
            (
                "“Tuesday” is 2014-11-25, read against the day of publication, 2014-11-26",
                "replaces “nine”",
                "replaced by “15 people”",
                "denied by army in the same report: “killing civilians”",
                "careful: the place is not named in this sentence",
            ),
        ),
        ("ar", ("بالنظر إلى يوم النشر 2014-11-26", "حلت محلها «15 people»", "ينفيها army", "انتباه: المكان غير مسمى")),
    ],
)
def test_why_tells_how_a_claim_was_read(obs: Path, lang: str, parts: tuple[str, ...]) -> None:
    """The day and what it was counted from, what replaces or denies what, from both sides, and what to be careful about."""
    told = marsad("why", obs, "RAQQA-2014-11-25", "--lang", lang)
    shown = " ".join(told.replace("│", " ").replace("├──", " ").replace("└──", " ").split())
    for part in parts:
        assert part in shown, shown


def test_a_replaced_number_is_in_no_toll(obs: Path) -> None:
    """The Observatory's nine and its 15 are one voice, and the voice says 15."""
    tree: dict[str, Any] = json.loads(marsad("why", obs, "RAQQA-2014-11-25", "killed", "total", "--json"))
    assert [(t["low"], t["best"], t["high"], t["origins"]) for t in tree["tolls"]] == [(15, 15, 15, 1)]
    older = next(f for f in tree["findings"] if f["text"] == "nine")
    newer = next(f for f in tree["findings"] if f["text"] == "15 people")
    assert older["role"] == "context"
    assert newer["relations"] == [{"kind": "updates", "claim_id": older["claim_id"]}]
    assert newer["occurred_by"]["against"] == "2014-11-26"


def test_extract_prints_relations_by_position(report: Path) -> None:
    """A relation names the other claim by its place in the list, as parts and repetitions do."""
    line = json.loads(marsad("extract", report, "--published", "2014-11-26", "--format", "jsonl", "--no-context"))
    claims = line["claims"]
    words = [claim["text"] for claim in claims]
    told = [(c["text"], r["kind"], words[r["claim"]]) for c in claims for r in c["relations"]]
    assert told == [("15 people", "updates", "nine"), ("killing civilians", "denies", "Six civilians")]
    assert claims[0]["occurred_by"] == {
        "words": "Tuesday",
        "precision": 1,
        "carried": False,
        "against": "2014-11-26",
        "against_words": None,
    }
    plain = marsad("extract", report, "--published", "2014-11-26")
    assert "updates “nine”" in plain
    assert "place_inferred" in plain
