"""Tolls after linking against those after perfect linking, and reports that name their incident."""

import json
from pathlib import Path
from typing import Any

import pytest

from marsad.model import Wrong
from marsad.pipeline.evaluate_assessing import evaluate_published
from marsad.pipeline.evaluate_same_tolls import evaluate_same_tolls

MONITOR = "Syrian Observatory for Human Rights"


def fact(name: str, outlet: str, day: str, incident: str, low: int, **given: Any) -> dict[str, Any]:
    claim = {"cid": f"{name}.c1", "low": low, "high": low, "qualifier": "exact", "category": "killed"}
    told = {**claim, "victim_type": "unknown", "attribution": MONITOR, "incident": incident, **given}
    return {"id": name, "outlet": outlet, "published": day, "claims": [told]}


def lines(path: Path, *rows: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_what_is_linked_as_people_do_has_the_same_tolls(tmp_path: Path) -> None:
    """Two incidents far apart, with place and day: both the same; without them one of the two cannot be told apart."""
    lines(
        tmp_path / "facts.jsonl",
        fact("a", "Gulf Gate", "2014-11-26", "X1", 12),
        fact("b", "World Desk", "2014-11-26", "X1", 12, attribution="Amnesty International"),
        fact("c", "Weekly Digest", "2015-03-02", "X2", 4),
    )
    where = [
        {"id": "X1", "date": "2014-11-25", "lat": 33.57, "lon": 36.4},
        {"id": "X2", "date": "2015-03-01", "lat": 35.95, "lon": 39.0},
    ]
    (tmp_path / "incidents.json").write_text(json.dumps(where), "utf-8")
    found = dict(evaluate_same_tolls(tmp_path, 1))
    given = found["place, day given"]
    assert (given.incidents, given.same, given.total_same, given.off) == (2, 2, 2, {})
    assert found["claims given"].incidents == 2


def test_claims_without_a_text_are_scored_too(tmp_path: Path) -> None:
    """A table in JSON lines; a report as claims; an incident without a report is left out and counted."""
    lines(tmp_path / "published.jsonl", {"id": "X1", "min": 12, "max": 15}, {"id": "X9", "min": 1, "max": 1})
    one, other = fact("a", "Gulf Gate", "2014-11-26", "X1", 12), fact("b", "World Desk", "2014-11-26", "X1", 15)
    other["claims"][0]["attribution"] = "Amnesty International"
    lines(tmp_path / "reports.jsonl", {**one, "incident": "X1"}, {**other, "incident": ["X1"]})
    found = evaluate_published(tmp_path, None, 1)
    assert (found.reports, found.without) == (2, 1)
    assert (found.given.asked, found.given.both_same) == (1, 1)


def test_what_a_report_tells_of_another_town_is_not_of_the_incident(tmp_path: Path) -> None:
    """Links given: of a report that tells of two towns only what is told of the incident's own town is held against it."""
    (tmp_path / "published.csv").write_text("code,lat,lon,min,max\nX1,35.813,36.608,9,9\n", "utf-8")
    both = "Shelling killed nine people in Ariha, in Syria, on 20 October 2021. On the same day four people were killed in Raqqa."
    rows = [{"id": "a", "incident": "X1", "outlet": "Gulf Gate", "published": "2021-10-21", "lang": "en", "text": both}]
    lines(tmp_path / "reports.jsonl", *rows)
    assert evaluate_published(tmp_path, None, 1).given.both_same == 1


def test_claims_may_say_where_and_when(tmp_path: Path) -> None:
    """Claims without a text, two incidents of one size: with day and point of each line they are linked apart, and right."""
    lines(tmp_path / "published.jsonl", {"id": "X1", "min": 12, "max": 12}, {"id": "X2", "min": 12, "max": 12})
    one, other = fact("a", "Gulf Gate", "2014-11-26", "X1", 12), fact("b", "World Desk", "2014-11-26", "X2", 12)
    lines(
        tmp_path / "reports.jsonl",
        {**one, "incident": "X1", "date": "2014-11-25", "lat": 33.57, "lon": 36.4},
        {**other, "incident": "X2", "date": "2014-11-25", "lat": 35.95, "lon": 39.0},
    )
    found = evaluate_published(tmp_path, None, 1)
    assert (found.linked.asked, found.linked.both_same) == (2, 2)


def test_a_folder_without_what_is_needed_is_refused(tmp_path: Path) -> None:
    """Neither marks nor a table; a table whose reports name other incidents."""
    with pytest.raises(Wrong, match="holds neither"):
        evaluate_same_tolls(tmp_path, 1)
    with pytest.raises(Wrong, match=r"published\.csv"):
        evaluate_published(tmp_path)
    lines(tmp_path / "published.jsonl", {"id": "X1", "min": 12, "max": 15})
    lines(tmp_path / "reports.jsonl", {**fact("a", "Gulf Gate", "2014-11-26", "X7", 12), "incident": "X7"})
    with pytest.raises(Wrong, match="no report of an incident"):
        evaluate_published(tmp_path)
