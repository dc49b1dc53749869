"""Counting independent origins of marked incidents, against what a person judged."""

import json
from pathlib import Path
from typing import Any

import pytest

from marsad.evaluate.origins import OriginCount, score_origins
from marsad.model import Wrong
from marsad.pipeline.evaluate_origins import evaluate_origins


def mark(cid: str, number: int | None, by: str | None = None, **given: Any) -> dict[str, Any]:
    """Return one marked claim as a line of marks holds it."""
    return {
        "cid": cid,
        "low": number,
        "high": number,
        "qualifier": "exact",
        "category": "killed",
        "group": None,
        "attribution": by,
        "via": [],
        "incident": "I1",
        "status": "asserted",
        "origin": by,
        **given,
    }


def folder(path: Path, *reports: tuple[str, str, str | None, list[dict[str, Any]]], judged: int | None = None) -> Path:
    """Write a folder of facts: reports with id, outlet and agency, and their claims."""
    lines = [
        {"id": i, "outlet": o, "agency": a, "published": f"2014-11-{20 + n}", "lang": "en", "claims": c}
        for n, (i, o, a, c) in enumerate(reports)
    ]
    (path / "facts.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (path / "incidents.json").write_text(json.dumps([{"id": "I1", "place": "Harbour Town"}]), "utf-8")
    if judged is not None:
        (path / "independent_origins.json").write_text(json.dumps({"I1": judged}), "utf-8")
    return path


def test_outlets_that_repeat_one_source_are_one_origin(tmp_path: Path) -> None:
    """A monitor's 95, an agency's unmarked 95 and an outlet's: one origin found, three names in the marks."""
    given = folder(
        tmp_path,
        ("a", "Wire", None, [mark("a.1", 95, "SOHR")]),
        ("b", "Daily", "AFP", [mark("b.1", 95)]),
        ("c", "Digest", None, [mark("c.1", 95)]),
        judged=1,
    )
    [count] = evaluate_origins([given])
    assert (len(count.found), len(count.marked), count.independent, count.reports) == (1, 3, 1, 3)
    assert score_origins([count]).exact == 1


def test_only_whole_numbers_of_dead_are_judged(tmp_path: Path) -> None:
    """Parts, the injured, several incidents' sums and unknown numbers corroborate no toll; alone, they are all there is."""
    given = folder(
        tmp_path,
        ("a", "Wire", None, [mark("a.1", 95, "SOHR"), mark("a.2", 52, "Harbour League", subset=True)]),
        ("b", "Daily", None, [mark("b.1", 120, "Fenwick Clinic", category="injured"), mark("b.2", None, "Vale")]),
        ("c", "Digest", None, [mark("c.1", 200, "Ash", incident=["I1", "I2"])]),
    )
    first, second = evaluate_origins([given])
    assert first.found == ("Syrian Observatory for Human Rights",)
    assert second.found == ("Ash",)


def test_a_part_belongs_to_the_whole_before_it(tmp_path: Path) -> None:
    """An unmarked 95 of which 52 are the Observatory's is the Observatory's."""
    given = folder(tmp_path, ("a", "Daily", None, [mark("a.1", 95), mark("a.2", 52, "SOHR", subset=True)]))
    assert evaluate_origins([given])[0].found == ("Syrian Observatory for Human Rights",)


def test_the_order_of_marks_does_not_matter(tmp_path: Path) -> None:
    """Whatever stands first in the file, time decides who said it first."""
    reports = [("a", "Wire", None, [mark("a.1", 95, "SOHR")]), ("b", "Daily", None, [mark("b.1", 95)])]
    (tmp_path / "x").mkdir()
    one = evaluate_origins([folder(tmp_path, *reports)])
    text = (tmp_path / "facts.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "x" / "facts.jsonl").write_text("\n".join(reversed(text)), "utf-8")
    assert [c.found for c in evaluate_origins([tmp_path / "x"])] == [c.found for c in one]


def test_scores_are_of_what_was_judged() -> None:
    """One right, one off by two, one that nobody judged."""
    counts = [
        OriginCount("I", 2, ("A",), ("A",), 1),
        OriginCount("J", 2, ("A", "B", "C"), ("A",), 1),
        OriginCount("K", 2, ("A",), ("A",), None),
    ]
    score = score_origins(counts)
    assert (score.incidents, score.exact, score.error) == (2, 0.5, 1.0)
    assert score_origins([counts[2]]).exact is None


def test_what_is_no_such_folder_is_said(tmp_path: Path) -> None:
    """An empty folder, and marks in another form, name the file and what to read."""
    with pytest.raises(Wrong, match=r"gold\.jsonl"):
        evaluate_origins([tmp_path])
    (tmp_path / "facts.jsonl").write_text('{"id": "a", "claims": [{}]}', "utf-8")
    with pytest.raises(Wrong, match="marked claim"):
        evaluate_origins([tmp_path])
