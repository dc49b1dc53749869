"""A simulated world: the same for the same seed, true to what it says of itself, and readable by whoever takes reports in."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from marsad.model import Report, Wrong
from marsad.pipeline.simulating import Asked, Made, simulate

SMALL = Asked(120, 3, sources=40)
COPIES = {"verbatim", "cut", "reworded", "paraphrase", "translation"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world as lines of JSON."""
    out = tmp_path_factory.mktemp("made") / "world"
    simulate(SMALL, out)
    return out


@pytest.fixture(scope="module")
def reports(folder: Path) -> list[dict[str, Any]]:
    """Its reports."""
    return lines(folder / "reports" / "00000.jsonl")


def test_the_same_seed_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Every file, reports and truth; another seed makes other reports."""
    simulate(SMALL, tmp_path / "again")
    for path in sorted(folder.rglob("*.jsonl")):
        assert (tmp_path / "again" / path.relative_to(folder)).read_bytes() == path.read_bytes()
    simulate(Asked(120, 4, sources=40), tmp_path / "other")
    assert (tmp_path / "other/reports/00000.jsonl").read_bytes() != (folder / "reports/00000.jsonl").read_bytes()


@pytest.mark.long
def test_processes_and_form_change_nothing(tmp_path: Path) -> None:
    """Made by two processes and written as Parquet, the reports of several blocks are the same."""
    asked = Asked(2_100, 3, ("en", "ar"), 40)
    one, two = simulate(asked, tmp_path / "one"), simulate(asked, tmp_path / "two", "parquet", 2)
    assert one == two
    plain = [(r["id"], r["text"], r["outlet"]) for r in lines(tmp_path / "one/reports/00000.jsonl")]
    table = pq.read_table(tmp_path / "two/reports").to_pylist()
    assert [(r["report_id"], r["text"], r["outlet"]) for r in table] == plain


def test_reports_have_the_ids_that_marsad_gives_them(reports: list[dict[str, Any]]) -> None:
    """The truth names reports as an observatory will: by evidence, outlet and day."""
    from datetime import date
    from hashlib import sha256

    for row in reports[:50]:
        evidence: Any = sha256(row["text"].encode()).hexdigest()
        assert row["id"] == Report.identity(evidence, row["outlet"], date.fromisoformat(row["published"]), None)
    assert len({row["id"] for row in reports}) == len(reports)


def test_every_way_of_copying_and_of_speaking_is_there(folder: Path) -> None:
    """Copies of every kind, revisions up and down, denials, lies, rumours of what never was, reports about nothing."""
    simulate(Asked(1_000, 1), folder.parent / "larger")
    told = {row["how"] for row in lines(folder.parent / "larger/truth/report.jsonl")}
    assert told == COPIES | {"told", "nothing"}
    claims = lines(folder.parent / "larger/truth/claim.jsonl")
    assert {row["kind"] for row in claims} == {"exact", "least", "range", "up", "down", "retract", "deny"}
    assert any(row["lie"] for row in claims)
    assert any(row["fabricated"] for row in lines(folder.parent / "larger/truth/incident.jsonl"))


def test_true_tolls_add_up(folder: Path) -> None:
    """Civilians and fighters are no more than the killed, children and women no more than the civilians."""
    for row in lines(folder / "truth/incident.jsonl"):
        assert row["civilians"] + row["fighters"] <= row["killed"]
        assert row["children"] + row["women"] <= row["civilians"]
        assert row["fabricated"] == (row["killed"] == 0)


def test_copies_tell_what_they_copy(folder: Path, reports: list[dict[str, Any]]) -> None:
    """A verbatim copy has the words of its original, from another outlet, no earlier; any copy has its claims."""
    by_id = {row["id"]: row for row in reports}
    claims: dict[str, list[Any]] = defaultdict(list)
    for row in lines(folder / "truth/claim.jsonl"):
        claims[row["report_id"]].append((row["incident_id"], row["origin"], row["what"], row["low"], row["high"]))
    copies = [row for row in lines(folder / "truth/report.jsonl") if row["how"] in COPIES]
    assert copies
    for row in copies:
        copy, original = by_id[row["report_id"]], by_id[row["of"]]
        assert copy["published"] >= original["published"]
        assert (copy["text"] == original["text"]) or row["how"] != "verbatim"
        assert claims[row["report_id"]] == claims[row["of"]]
        assert copy["outlet"] != original["outlet"]


def test_numbers_stand_in_the_text(folder: Path, reports: list[dict[str, Any]]) -> None:
    """What the truth says a report gives, stands there in digits, but for what is spelt or has an Arabic dual."""
    by_id = {row["id"]: row["text"] for row in reports}
    numbers = [
        (row["report_id"], row["low"]) for row in lines(folder / "truth/claim.jsonl") if row["low"] and row["low"] > 9
    ]
    assert numbers
    for report_id, number in numbers:
        text = by_id[report_id].translate({0x660 + n: str(n) for n in range(10)})
        assert str(number) in text


def test_languages_are_those_asked_for_and_places_have_names_in_them(tmp_path: Path) -> None:
    """An Arabic world has Arabic reports alone, and no town in Latin letters."""
    simulate(Asked(60, 1, ("ar",), 20), tmp_path / "world")
    made = lines(tmp_path / "world/reports/00000.jsonl")
    assert {row["lang"] for row in made} == {"ar"}
    assert not any(letter.isascii() and letter.isalpha() for row in made for letter in row["text"])


def sizes(made: Iterable[Made]) -> list[float]:
    return [m.reports / m.incidents for m in made]


@pytest.mark.long
def test_a_larger_world_is_longer_and_not_denser(tmp_path: Path) -> None:
    """As many reports an incident in a world ten times as large: what grows is time."""
    few, many = sizes(simulate(Asked(n, 1), tmp_path / str(n)) for n in (300, 3_000))
    assert 0.7 < few / many < 1.4


def test_outlets_have_habits(reports: list[dict[str, Any]]) -> None:
    """An outlet prints in one language."""
    langs: dict[str, set[str]] = defaultdict(set)
    for row in reports:
        langs[row["outlet"]].add(row["lang"])
    assert Counter(len(of) for of in langs.values()).keys() == {1}


@pytest.mark.parametrize("asked", [Asked(10, 1, ("xx",)), Asked(0, 1), Asked(5, 1, ())])
def test_an_impossible_world_is_refused(asked: Asked, tmp_path: Path) -> None:
    """A language without sentences, no incident, no language: refused before anything is written."""
    with pytest.raises(Wrong):
        simulate(asked, tmp_path / "world")
    assert not (tmp_path / "world").exists()


def test_nothing_is_written_over(folder: Path) -> None:
    """A folder that is there stays as it is."""
    with pytest.raises(Wrong, match="already"):
        simulate(SMALL, folder)
