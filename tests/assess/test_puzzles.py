"""Arithmetic of people as reports tell it: short reports read and reckoned, against answers worked out by hand."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marsad.assess.people import by_place
from marsad.assess.reckoning import Reckoning, reckon
from marsad.extract.stage import extraction
from marsad.model import Category, Claim, Measure, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.stage import RowStage
from marsad.text.gazetteer import Gazetteer

PUZZLES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("puzzles.toml").read_text("utf-8"))["puzzle"]
_MEASURES = {"killed or injured": Measure.KILLED_OR_INJURED, "killed": Measure.KILLED, "injured": Measure.INJURED}


@pytest.fixture(scope="module")
def reading() -> RowStage[Text, Claim]:
    """The reader over the gazetteer that marsad ships."""
    return extraction(Gazetteer.open(gazetteer_path()))


def lang_of(text: str) -> str:
    words = set(text.lower().split())
    if any("\u0600" < letter < "\u06ff" for letter in text):
        return "ar"
    return "es" if "lunes," in words else "fr" if "lundi," in words else "it" if "lunedì," in words else "en"


def asked(puzzle: Mapping[str, Any]) -> Iterator[tuple[str, Measure, Category, tuple[int, int | None]]]:
    """Yield what a puzzle asks for: place ("" for the only scene), measure, category, and the answer."""
    for name, ends in puzzle.items():
        if name in ("text", "clash"):
            continue
        words, place, measure, category = name, "", Measure.KILLED, Category.TOTAL
        if words.split(" ")[0].istitle() and words.split(" ")[0] not in _MEASURES:
            place, _, words = words.partition(" ")
        for told in ("killed or injured", "killed", "injured"):
            if words.startswith(told):
                measure, words = _MEASURES[told], words.removeprefix(told).strip()
                break
        if words:
            category = Category(words)
        low, high = ends
        yield place, measure, category, (low, None if high == "open" else high)


def solved(claims: list[Claim], puzzle: Mapping[str, Any]) -> tuple[Reckoning, dict[str, str]]:
    wanted = [(measure, category) for _, measure, category, _ in asked(puzzle)]
    placed = any(place for place, *_ in asked(puzzle))
    scenes = by_place(claims) if placed else None
    names = {c.place.words: by_place([c])[c.claim_id] for c in claims if c.place} if placed else {}
    return reckon(claims, scenes, wanted), {"": "", **names}


@pytest.mark.parametrize("puzzle", PUZZLES, ids=[p["text"][:60] for p in PUZZLES])
def test_a_puzzle_comes_out_as_by_hand(reading: RowStage[Text, Claim], puzzle: dict[str, Any]) -> None:
    """The numbers, and the smallest set of claims that cannot all hold, in their order in the report."""
    text = Text(ReportId("r"), puzzle["text"], date(2014, 11, 26), "Radio", lang_of(puzzle["text"]))
    claims = [claim for claim in reading.function(text) if isinstance(claim, Claim)]
    found, names = solved(claims, puzzle)
    for place, measure, category, answer in asked(puzzle):
        assert found.of(measure, category, names[place]) == answer, (place, measure, category)
    words = {claim.claim_id: claim.text for claim in claims}
    assert sorted(words[c] for c in found.clash) == sorted(puzzle.get("clash", []))
    assert found.exact


def test_there_are_sixty_puzzles() -> None:
    """At least; each a different report."""
    assert len({p["text"] for p in PUZZLES}) == len(PUZZLES) >= 60
