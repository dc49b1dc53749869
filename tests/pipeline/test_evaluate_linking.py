"""Linking measured end to end: marked reports, facts without a text, and a table; beside another scorer where that is at hand."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from event_tables import event_row, event_table, troubled_year
from marked_reports import write_lines

from marsad.evaluate.grouping import grouping
from marsad.evaluate.linking import Linking
from marsad.model import Wrong
from marsad.pipeline.evaluate_linking import Judged, evaluate_linking

ORACLE = Path(__file__).parents[3] / "shared" / "data" / "dev_reports" / "score_claims.py"

RAQQA = "Air strikes killed 63 people in Raqqa on Tuesday, the Harbour Observatory said."
AGAIN = "At least 95 people were killed in Raqqa on Tuesday in air strikes, activists said. Another 30 were injured."
ALEPPO = "A car bomb killed 7 people in Aleppo on Saturday."
TOLD: dict[str, tuple[str, str, dict[str, str]]] = {
    "one": ("2014-11-26", RAQQA, {"63 people": "RAID"}),
    "two": ("2014-11-27", AGAIN, {"At least 95 people": "RAID", "Another 30": "RAID"}),
    "three": ("2014-11-30", ALEPPO, {"7 people": "BOMB"}),
}


def marks_of(name: str) -> dict[str, Any]:
    """Return the line of gold.jsonl of a report of TOLD; one mark more is of a war and asked about by nobody."""
    _, text, incidents = TOLD[name]
    claims = []
    for n, (words, incident) in enumerate(incidents.items()):
        start = text.index(words)
        number = int("".join(c for c in words if c.isdigit()))
        category = "injured" if "30" in words else "killed"
        claim = {"cid": f"{name}.c{n}", "start": start, "end": start + len(words), "low": number, "high": number}
        claims.append(
            {**claim, "category": category, "victim_type": "unknown", "attribution": None, "incident": incident}
        )
    return {"report_id": name, "claims": claims, "decoys": [], "hard_negative": False}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports of two incidents, four claims."""
    path = tmp_path / "marked"
    path.mkdir()
    reports = [
        {"id": name, "text": text, "lang": "en", "published": day, "outlet": f"Paper {name}"}
        for name, (day, text, _) in TOLD.items()
    ]
    write_lines(path / "reports.jsonl", reports)
    write_lines(path / "gold.jsonl", [marks_of(name) for name in TOLD])
    return path


def by_name(judged: Judged) -> dict[str, Linking]:
    return {linking.name: linking for linking in judged.linkings}


def test_marked_reports_are_linked_as_a_run_links_them(folder: Path) -> None:
    """Two papers on one raid, one on a bomb: nothing is split or mixed, end to end and with claims given, and no toll is off."""
    [judged] = evaluate_linking(folder, processes=1)
    assert list(by_name(judged)) == ["end to end", "claims found", "given claims"]
    for linking in judged.linkings:
        assert linking.grouping.every.bcubed.f1 == 1, linking.name
        assert (linking.grouping.splits, linking.grouping.merges, linking.tolls.off) == ((), (), 0)
    given = by_name(judged)["given claims"]
    assert (given.tolls.truth, given.tolls.unlinked) == (95 + 7, 63 + 95 + 7)
    assert given.pairs is not None


def test_a_claim_that_was_not_read_stands_alone_end_to_end_and_is_left_out_of_those_found(folder: Path) -> None:
    """Marked, but in words that no reader takes for a number: only the first score counts it, as missed."""
    line = marks_of("two")
    start = AGAIN.index("activists said")
    extra = {**line["claims"][0], "cid": "two.c9", "start": start, "end": start + 9}
    write_lines(
        folder / "gold.jsonl", [marks_of("one"), {**line, "claims": [*line["claims"], extra]}, marks_of("three")]
    )
    [judged] = evaluate_linking(folder, processes=1)
    found = by_name(judged)
    assert [found[name].grouping.every.items for name in ("end to end", "claims found", "given claims")] == [5, 4, 5]
    assert [len(found[name].grouping.splits) for name in ("end to end", "claims found", "given claims")] == [1, 0, 0]


@pytest.mark.long
def test_a_list_of_incidents_shows_what_linking_alone_loses(folder: Path) -> None:
    """A report that names another town is split off, and is not once the place of its incident is given."""
    reports = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    reports[1]["text"] = AGAIN.replace("Raqqa", "Dmsha")  # no gazetteer knows it
    write_lines(folder / "reports.jsonl", reports)
    raid = {"id": "RAID", "date": "2014-11-25", "place": "Raqqa", "lat": 35.95, "lon": 39.01}
    (folder / "incidents.json").write_text(json.dumps([raid]), "utf-8")
    [judged] = evaluate_linking(folder, processes=1)
    found = by_name(judged)
    assert len(found["given claims"].grouping.splits) == 1
    assert found["place, day given"].grouping.every.bcubed.f1 == 1
    (folder / "incidents.json").write_text("{}", "utf-8")
    with pytest.raises(Wrong, match=r"incidents\.json"):
        evaluate_linking(folder, processes=1)


def test_totals_of_a_war_are_given_and_not_scored(folder: Path) -> None:
    """A mark of a wider scope is no item, whatever its incident is called."""
    line = marks_of("three")
    war = {**line["claims"][0], "scope": "cumulative", "incident": "cum:WAR"}
    write_lines(folder / "gold.jsonl", [marks_of("one"), marks_of("two"), {**line, "claims": [war]}])
    [judged] = evaluate_linking(folder, processes=1)
    assert {linking.grouping.every.items for linking in judged.linkings} == {3}


def test_facts_without_a_text_are_linked_by_what_they_say(tmp_path: Path) -> None:
    """Three outlets give one telling number, on the day and the day after; a fourth gives another a year later."""
    told = [("a", "2014-11-25", 1234), ("b", "2014-11-25", 1234), ("c", "2014-11-26", 1234), ("d", "2015", 77)]
    claim = {"high": None, "category": "killed", "victim_type": "unknown", "attribution": "a monitor"}
    lines = [
        {"id": n, "outlet": n, "published": day, "claims": [{**claim, "low": low, "incident": f"I{low}"}]}
        for n, day, low in told
    ]
    [judged] = evaluate_linking(write_lines(tmp_path / "facts.jsonl", lines))
    [linking] = judged.linkings
    assert linking.name == "given claims"
    assert (linking.grouping.every.items, linking.grouping.every.incidents) == (4, 2)
    assert linking.grouping.merges == ()
    assert linking.grouping.every.pairs.recall == 1


def test_a_table_is_linked_without_and_with_answers(tmp_path: Path) -> None:
    """The curve begins without answers; with answers kept it ends no worse, and the tolls are nearer to the truth."""
    path = event_table(tmp_path / "year.csv", troubled_year())
    said: list[str] = []
    [judged] = evaluate_linking(tmp_path, labels=[30, None], say=said.append)
    assert evaluate_linking(path, labels=[])[0].linkings == judged.linkings
    assert [step.labels for step in judged.learned] == [0, 30, None]
    assert [step.labels for step in judged.kept] == [0, 30]
    first, last = (step.linking for step in judged.kept)
    assert first.tolls.off_unlinked == last.tolls.off_unlinked
    assert last.tolls.off < first.tolls.off < first.tolls.off_unlinked
    assert (last.grouping.every.pairs.f1 or 0) > (first.grouping.every.pairs.f1 or 0)
    assert len(said) == len(set(said)) > 15


def test_the_truth_is_hidden_from_the_linker(tmp_path: Path) -> None:
    """Other event ids on the same rows: the same clusters."""
    rows = troubled_year(12)
    sizes = []
    for name, changed in (("a", {}), ("b", {"event_id": "E0"})):
        path = event_table(tmp_path / f"{name}.csv", [{**row, **changed} for row in rows])
        sizes.append(evaluate_linking(path, labels=[])[0].linkings[0].grouping.sizes)
    assert sizes[0] == sizes[1]


def test_what_holds_nothing_to_link_is_refused(tmp_path: Path) -> None:
    """An empty folder, another table, and a table with a row that cannot be read."""
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    for path in (tmp_path, tmp_path / "other.csv", tmp_path / "nothing"):
        with pytest.raises(Wrong, match="holds neither"):
            evaluate_linking(path)
    with pytest.raises(Wrong, match="line 2: "):
        evaluate_linking(event_table(tmp_path / "bad.csv", [event_row("a", "E", date_start="soon")]))


@pytest.mark.skipif(not ORACLE.exists(), reason="the other scorer is not at hand")
def test_bcubed_is_that_of_another_scorer(tmp_path: Path) -> None:
    """Two incidents, split and mixed: precision, recall and F1 agree to four decimals."""
    incidents = {"a": "X", "b": "X", "c": "X", "d": "Y", "e": "Y"}
    found = {"a": "1", "b": "1", "c": "2", "d": "2"}
    gold = write_lines(tmp_path / "gold.jsonl", [{"claims": [{"cid": c, "incident": i} for c, i in incidents.items()]}])
    pred = write_lines(tmp_path / "pred.jsonl", [{"cid": c, "incident": i} for c, i in found.items()])
    words = [sys.executable, str(ORACLE), "link", "--gold", str(gold), "--pred", str(pred), "--json"]
    told = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)["bcubed"]
    ours = grouping(incidents, found).every.bcubed
    assert [round(x or 0, 4) for x in (ours.precision, ours.recall, ours.f1)] == [
        told[name] for name in ("p", "r", "f1")
    ]
