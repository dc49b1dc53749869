"""The hand-marked claims of the example stand in its reports, and could be claims at all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marsad.collect.text_of import text_of
from marsad.model import Bound, Group, Measure, Modality, OriginKind, Scope, Status

EXAMPLE = Path(__file__).parents[2] / "examples" / "raqqa"
REPORTS = sorted(path.stem for path in (EXAMPLE / "reports").glob("*.md"))
GOLD: dict[str, Any] = json.loads((EXAMPLE / "expected" / "claims.json").read_text("utf-8"))
INCIDENTS: dict[str, Any] = json.loads((EXAMPLE / "expected" / "incidents.json").read_text("utf-8"))
FIELDS = {
    *("text", "occurrence", "measure", "low", "high", "bound", "status", "group", "attribution", "scope", "modality"),
    *("occurred", "place", "subset_of", "same_as"),
}


def read(stem: str) -> tuple[str, dict[str, str]]:
    """Return a report's text as extraction gets it, and its front matter."""
    text, fields = text_of((EXAMPLE / "reports" / f"{stem}.md").read_bytes(), stem)
    return text, dict(fields)


def start_of(claim: dict[str, Any], text: str) -> int:
    """Return where the claim's span stands, -1 if it does not."""
    at = -1
    for _ in range(claim["occurrence"]):
        at = text.find(claim["text"], at + 1)
        if at < 0:
            break
    return at


def test_every_report_is_marked_and_nothing_else() -> None:
    """Reports and gold name each other one to one."""
    assert sorted(GOLD["reports"]) == REPORTS
    assert len(REPORTS) >= 14


@pytest.mark.parametrize("stem", REPORTS)
def test_a_report_tells_who_printed_it_and_when(stem: str) -> None:
    """Front matter gives outlet, day and language."""
    _, fields = read(stem)
    assert fields["outlet"]
    assert fields["lang"] in ("en", "ar")
    assert date(2014, 11, 25) <= date.fromisoformat(fields["published"]) <= date(2014, 11, 30)


@pytest.mark.parametrize("stem", REPORTS)
def test_spans_stand_in_the_report_in_order(stem: str) -> None:
    """Each span is found at its occurrence, later claims later in the text, no two claims at one place."""
    text, _ = read(stem)
    starts = [start_of(claim, text) for claim in GOLD["reports"][stem]]
    assert -1 not in starts
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("stem", REPORTS)
def test_a_claim_uses_the_words_of_the_model(stem: str) -> None:
    """Measures, bounds, statuses and so on are values the model has; no field is missing or misspelt."""
    for claim in GOLD["reports"][stem]:
        assert set(claim) - {"loose", "note"} == FIELDS
        assert set(claim.get("loose", [])) <= FIELDS | {"perpetrator"}
        Measure(claim["measure"])
        Bound(claim["bound"])
        Status(claim["status"])
        Scope(claim["scope"])
        Modality(claim["modality"])
        assert claim["group"] is None or Group(claim["group"])


@pytest.mark.parametrize("stem", REPORTS)
def test_bounds_say_what_their_kind_says(stem: str) -> None:
    """Low never exceeds high, and open sides are open where the kind of bound leaves them open."""
    for claim in GOLD["reports"][stem]:
        low, high, bound = claim["low"], claim["high"], claim["bound"]
        assert low is None or high is None or 0 <= low <= high
        if bound in ("exact", "about"):
            assert low == high
            assert low is not None
        elif bound in ("at_least", "more_than"):
            assert low is not None
            assert high is None
        elif bound == "at_most":
            assert low is None
            assert high is not None
        elif bound == "unknown":
            assert (low, high) == (None, None)
        elif bound == "none":
            assert (low, high) == (0, 0)


@pytest.mark.parametrize("stem", REPORTS)
def test_parts_and_repetitions_point_at_other_claims_of_the_report(stem: str) -> None:
    """`subset_of` and `same_as` are positions in the same list, and a repetition points back."""
    claims = GOLD["reports"][stem]
    for index, claim in enumerate(claims):
        assert claim["subset_of"] is None or claim["subset_of"] in set(range(len(claims))) - {index}
        assert claim["same_as"] is None or 0 <= claim["same_as"] < index


def test_incidents_name_reports_that_exist_and_all_of_them() -> None:
    """Every report belongs to an incident or is said to be about none."""
    named = {stem for incident in INCIDENTS["incidents"] for stem in incident["reports"]}
    assert named | set(INCIDENTS["no_incident"]) == set(REPORTS)
    assert not named & set(INCIDENTS["no_incident"])


def test_every_origin_is_printed_by_a_report_of_its_incident() -> None:
    """No origin comes from nowhere, and each has a kind the model knows."""
    for incident in INCIDENTS["incidents"]:
        for origin in incident["origins"]:
            OriginKind(origin["kind"])
            assert origin["stands_by"]
            assert origin["printed_by"]
            assert set(origin["printed_by"]) <= set(incident["reports"])


def test_what_an_origin_stands_by_was_claimed_in_a_report_that_prints_it() -> None:
    """Each figure is one of the hand-marked claims of those reports, measure and bounds alike."""
    for incident in INCIDENTS["incidents"]:
        for origin in incident["origins"]:
            claimed = {
                (claim["measure"], claim["low"], claim["high"])
                for stem in origin["printed_by"]
                for claim in GOLD["reports"][stem]
            }
            for what, figure in origin["stands_by"].items():
                if isinstance(figure, list):
                    assert (what.split()[0], *figure) in claimed, (origin["origin"], what)


def test_a_word_for_word_copy_is_one() -> None:
    """The copy differs from its model in the front matter alone; a reworded one differs in words."""
    how = {(copy["report"], copy["of"]): copy["how"] for copy in INCIDENTS["copies"]}
    for (copy, model), kind in how.items():
        assert (read(copy)[0] == read(model)[0]) == (kind == "word for word")
