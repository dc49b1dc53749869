"""Marks as they stand in a file, and guesses in the terms of marks."""

from typing import Any

import pytest

from marsad.evaluate.guesses import guess_from
from marsad.evaluate.marks import marked
from marsad.model import Wrong

REPORT = {"id": "r", "lang": "en", "text": "At least 9 villagers died near the well."}
MARK = {
    "start": 0,
    "end": 20,
    "low": 9,
    "high": None,
    "category": "killed",
    "victim_type": "unknown",
    "attribution": None,
}


def line(**fields: Any) -> dict[str, Any]:
    return {"report_id": "r", "hard_negative": False, "claims": [{**MARK, **fields}]}


def test_a_mark_needs_seven_fields_and_the_rest_have_defaults() -> None:
    """Scope is incident, status asserted, vague false, unless they are told; no hard negative is None."""
    found = marked(line(), "gold.jsonl line 1", REPORT)
    [mark] = found.marks
    assert (mark.number, mark.counted, mark.scope, mark.status) == (9, True, "incident", "asserted")
    assert (found.hard_negative, found.lang, found.decoys) == (None, "en", ())


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"end": 400}, "0..400"),
        ({"start": 20}, "20..20"),
        ({"text": "Nine villagers"}, "does not stand at 0..20"),
        ({"low": "nine"}, "low"),
        ({"low": -1}, "-1"),
        ({"low": 9, "high": 3}, "above high 3"),
        ({"category": "slain"}, "slain"),
        ({"victim_type": None}, "victim_type"),
        ({"attribution": ["a"]}, "attribution"),
    ],
)
def test_what_cannot_be_a_mark_is_named(fields: dict[str, Any], says: str) -> None:
    """The message names the line, the claim, its field and the value."""
    with pytest.raises(Wrong) as refused:
        marked(line(**fields), "gold.jsonl line 1", REPORT)
    assert "gold.jsonl line 1, claim 1" in str(refused.value)
    assert says in str(refused.value)


def test_a_report_without_a_list_of_claims_was_not_marked() -> None:
    """An empty list says that there are no claims; no list says nothing and is refused."""
    assert marked({"report_id": "r", "claims": []}, "gold.jsonl line 1", REPORT).marks == ()
    with pytest.raises(Wrong, match="claims"):
        marked({"report_id": "r"}, "gold.jsonl line 1", REPORT)


OURS = {"start": 0, "end": 4, "measure": "killed", "value": 90, "low": 91, "high": None, "bound": "more_than"}


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({}, 90, None),
        ({"bound": "less_than", "value": 10, "low": None, "high": 9}, None, 10),
        ({"bound": "fraction", "derived": True, "value": None, "low": 48, "high": 95}, 48, 95),
        ({"bound": "more_than", "derived": True, "value": 90, "low": 48, "high": 95}, 48, 95),
        ({"bound": "vague", "value": None, "low": 24, "high": 99}, 24, 99),
    ],
)
def test_more_than_ninety_is_guessed_as_it_is_marked(fields: dict[str, Any], low: int | None, high: int | None) -> None:
    """Marks give the number as said, marsad's low is one above it; arithmetic and vague words stay as they are."""
    guess = guess_from({**OURS, **fields}, "line 1")
    assert guess is not None
    assert (guess.low, guess.high) == (low, high)


@pytest.mark.parametrize(
    ("measure", "category"),
    [("bodies_seen", "killed"), ("injured", "injured"), ("population", None), ("detained", None), ("abducted", None)],
)
def test_what_nobody_marks_is_no_guess(measure: str, category: str | None) -> None:
    """Bodies seen are marked as killed; people detained or living somewhere are not marked at all."""
    guess = guess_from({**OURS, "measure": measure}, "line 1")
    assert (guess.category if guess else None) == category


def test_another_reader_may_speak_as_marks_do() -> None:
    """`category`, `victim_type` and one name of a speaker are read as well as `measure`, `status` and a chain."""
    theirs = {
        "start": 3,
        "end": 9,
        "low": 4,
        "high": 4,
        "category": "killed",
        "victim_type": "mixed",
        "attribution": "A",
    }
    guess = guess_from(theirs, "line 1")
    assert guess is not None
    assert (guess.category, guess.victim_type, guess.attribution, guess.rule) == ("killed", "mixed", "A", None)
    ours = guess_from({**OURS, "status": "mixed", "attribution": ["A", "B"], "rule": "passive"}, "line 1")
    assert ours is not None
    assert (ours.victim_type, ours.attribution, ours.rule) == ("mixed", "A", "passive")


@pytest.mark.parametrize(
    "fields", [{"start": "0"}, {"end": 0}, {"measure": None}, {"low": "91"}, {"attribution": 7}, {"status": 1}]
)
def test_what_is_no_claim_is_named(fields: dict[str, Any]) -> None:
    """A guess that cannot be one is refused under the name of its line."""
    with pytest.raises(Wrong, match="line 1"):
        guess_from({**OURS, **fields}, "line 1")
