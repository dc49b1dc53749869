"""The invariants of marsad, on small random sets of reports that go through the real extraction, linking and assessing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_world import (
    MONITORS,
    NOW,
    TOWNS,
    Story,
    derived,
    different,
    ground_file,
    killed,
    receive,
    reprint,
    stories,
)
from told import Prints

from marsad.engines.local import LocalEngine
from marsad.model import Decision, DecisionKind, Measure, Wrong
from marsad.model.rows import toll_of
from marsad.pipeline.again import derived_on
from marsad.pipeline.derive import Tables
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

SETS = st.lists(stories(), min_size=1, max_size=5).map(different)
EXAMPLES = int(os.environ.get("MARSAD_EXAMPLES", "7"))
"""Sets of reports tried for each property: a few in `make test`, as many as one likes by hand."""

QUICK = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=max(2, EXAMPLES // 3), deadline=None, suppress_health_check=[HealthCheck.too_slow])
LATER = NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    """One engine for many small sets."""
    with LocalEngine(1, threads=1) as one:
        yield one


def incidents(tables: Tables) -> set[str]:
    return set(tables["incident"].column("incident_id").to_pylist())


def figures(tables: Tables) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return every toll: whose, under what policy, of whom; low, best, high, standing, origins."""
    return {
        (r["incident_id"], r["policy"], r["measure"], r["category"]): (
            *(r["low"], r["best"], r["high"]),
            *(r["standing"], r["origins"]),
        )
        for r in tables["toll"].to_pylist()
    }


def grades(tables: Tables) -> dict[str, tuple[str, int]]:
    return {r["incident_id"]: (r["grade"], r["origins"]) for r in tables["grading"].to_pylist()}


# --- 1: low <= best <= high; categories consistent with their total -----------------------------------------------------


@pytest.mark.long
@QUICK
@given(SETS)
def test_1_tolls_are_in_order_and_agree(engine: LocalEngine, told: list[Story]) -> None:
    """Every toll is a possible count, and there is a way to fill its total with its parts."""
    tables = derived([(s, NOW) for s in told], engine)
    by_incident: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in tables["toll"].to_pylist():
        toll = toll_of(row)  # refuses low > best, best > high
        by_incident.setdefault((toll.incident_id, toll.policy, toll.measure), {})[toll.category] = toll.count
    assert tables["rejection"].num_rows == 0
    for parts in by_incident.values():
        whole = parts.pop("total")
        known = {name: count for name, count in parts.items() if count is not None}
        if whole is None:
            assert not known
            continue
        assert all(count.high <= whole.high for count in known.values())
        sides = [known[name] for name in ("civilians", "combatants") if name in known]
        assert sum(count.low for count in sides) <= whole.high
        assert whole.best is None or sum(count.best or 0 for count in sides) <= whole.best


# --- 2: a copy changes nothing, an independent report never lowers corroboration ----------------------------------------


@pytest.mark.long
@QUICK
@given(SETS, st.data())
def test_2_a_copy_changes_no_toll(engine: LocalEngine, told: list[Story], data: st.DataObject) -> None:
    """Copies under other names, the same day or weeks later, one or many: the same incidents, tolls, grades and origins."""
    copied = data.draw(st.lists(st.sampled_from(told), min_size=1, max_size=4))
    days = st.sampled_from([0, 0, 1, 7, 60])
    copies = [reprint(s, f"Copier {n}", data.draw(days)) for n, s in enumerate(copied)]
    before = derived([(s, NOW) for s in told], engine)
    after = derived([*((s, NOW) for s in told), *((s, LATER) for s in different(copies))], engine)
    assert incidents(after) == incidents(before)
    assert figures(after) == figures(before)
    assert grades(after) == grades(before)


@pytest.mark.long
@FEW
@given(stories(), st.integers(30, 60))
def test_2_many_copies_of_one_story_change_nothing(engine: LocalEngine, story: Story, size: int) -> None:
    """A wire story in dozens of outlets is still one origin."""
    copies = [(reprint(story, f"Copier {n}", n % 9), LATER) for n in range(size)]
    before, after = derived([(story, NOW)], engine), derived([(story, NOW), *copies], engine)
    assert (figures(after), grades(after)) == (figures(before), grades(before))


@pytest.mark.long
@QUICK
@given(SETS, st.integers(70, 90), st.data())
def test_2_an_independent_report_never_lowers_corroboration(
    engine: LocalEngine, told: list[Story], number: int, data: st.DataObject
) -> None:
    """A monitor that nobody named before counts for itself, in the town and on the day of an incident: no fewer origins."""
    before = derived([(s, NOW) for s in told], engine)
    chosen = data.draw(st.sampled_from(sorted(before["incident"].to_pylist(), key=lambda r: r["code"])))
    monitor = "Médecins Sans Frontières"
    text = killed(chosen["place_name"], chosen["occurred_to"], number, monitor)
    further = Story("Sun of Damascus", chosen["occurred_to"] + timedelta(9), text)
    after = derived([*((s, NOW) for s in told), (further, LATER)], engine)
    assert incidents(after) >= incidents(before)
    for incident, (_, origins) in grades(before).items():
        assert grades(after)[incident][1] >= origins
    assert grades(after)[chosen["incident_id"]][1] > 0


# --- 3: the same ids and rows in any order, any batches, any number of processes -----------------------------------------


@pytest.mark.long
@QUICK
@given(SETS, st.randoms(use_true_random=False), st.sampled_from([1, 2, 7]))
def test_3_order_and_batches_do_not_show(engine: LocalEngine, told: list[Story], dice: Any, size: int) -> None:
    """However reports are ordered and cut up, every table comes out row by row the same."""
    times = {story: NOW + timedelta(minutes=n) for n, story in enumerate(told)}
    first = derived(list(times.items()), engine)
    shuffled = list(times.items())
    dice.shuffle(shuffled)
    again = derived(shuffled, engine, batch=size)
    assert all(again[name].equals(first[name]) for name in first if name != "refused")


@pytest.mark.long
def test_3_processes_do_not_show() -> None:
    """Enough incidents to be spread over two processes: the same tables as from one."""
    days = [date(2014, 1, 1) + timedelta(n) for n in range(100)]
    told = [
        (Story("Gulf Gate", d, killed(t, d, 5 + n % 30, MONITORS[n % 4])), NOW)
        for n, d in enumerate(days)
        for t in TOWNS
    ]
    with LocalEngine(1, threads=1) as one, LocalEngine(2, threads=2) as two:
        first, again = derived(told, one), derived(told, two)
    assert first["incident"].num_rows == 500
    assert all(again[name].equals(first[name]) for name in first)


# --- 4: what a person decided is never overwritten --------------------------------------------------------------------


def decision(row: dict[str, Any], kind: DecisionKind, **body: Any) -> Decision:
    """Return a decision about the words of a claim."""
    anchor = f"{row['report_id']}:{row['start']}-{row['end']}"
    return Decision(anchor, kind, 1, body, "reader-1", "read it again", datetime(2015, 1, 1, tzinfo=UTC))


def of_claim(tables: Tables, claim_id: str) -> dict[str, Any]:
    """Return the membership of a claim, empty if it has none."""
    return next((r for r in tables["membership"].to_pylist() if r["claim_id"] == claim_id), {})


@pytest.mark.long
@QUICK
@given(SETS, SETS, st.data())
def test_4_decisions_hold(engine: LocalEngine, told: list[Story], more: list[Story], data: st.DataObject) -> None:
    """Rejected, corrected, parted and graded claims stay so when further reports arrive."""
    first = derived([(s, NOW) for s in told], engine)
    rows = {r["claim_id"]: r for r in first["claim"].to_pylist()}
    inside = sorted(r["claim_id"] for r in first["membership"].to_pylist() if r["role"] == "counted")
    if not inside:
        return
    row = rows[data.draw(st.sampled_from(inside))]
    target = rows[data.draw(st.sampled_from(inside))]
    body: dict[DecisionKind, dict[str, Any]] = {
        DecisionKind.ACCEPT: {},
        DecisionKind.REJECT: {},
        DecisionKind.SIGN_TOLL: {},
        DecisionKind.WITHHOLD: {"incident": True},
        DecisionKind.CORRECT: {"value": 777, "low": 777, "high": 777, "bound": "exact", "derived": False},
        DecisionKind.JOIN: {"with": f"{target['report_id']}:{target['start']}-{target['end']}"},
        DecisionKind.DIFFER: {"from": f"{target['report_id']}:{target['start']}-{target['end']}"},
        DecisionKind.SETTLE: {"claims": [f"{row['report_id']}:{row['start']}-{row['end']}"]},
        DecisionKind.APART: {"name": "another matter"},
        DecisionKind.GRADE: {"grade": "discounted"},
    }
    kind = data.draw(st.sampled_from(list(body)))
    made = decision(row, kind, **body[kind])
    every = different([*told, *more])
    tables = derived([(s, NOW if s in told else LATER) for s in every], engine, [made])
    assert tables["claim"].filter(pa.compute.equal(tables["claim"]["claim_id"], row["claim_id"])).to_pylist() == [row]
    mine = of_claim(tables, row["claim_id"])
    if kind is DecisionKind.REJECT:
        assert mine["role"] == "rejected"
        assert all(row["claim_id"] not in r["why"] for r in tables["toll"].to_pylist())
    elif kind is DecisionKind.CORRECT and mine["role"] == "counted":
        assert any(r["high"] == 777 for r in tables["toll"].to_pylist() if r["incident_id"] == mine["incident_id"])
    elif kind is DecisionKind.JOIN:
        assert mine["incident_id"] == of_claim(tables, target["claim_id"])["incident_id"]
    elif kind is DecisionKind.DIFFER and row["report_id"] != target["report_id"]:
        assert mine["incident_id"] != of_claim(tables, target["claim_id"])["incident_id"]
    elif kind is DecisionKind.APART:
        others = {r["claim_id"] for r in tables["membership"].to_pylist() if r["incident_id"] == mine["incident_id"]}
        spoken = {r["claim_id"] for r in tables["fold"].to_pylist() if r["of"] == row["claim_id"]}
        assert others <= {row["claim_id"], *spoken}
    elif kind is DecisionKind.GRADE:
        assert grades(tables)[mine["incident_id"]][0] == "discounted"
    assert tables["rejection"].num_rows == 0


OF_WORDS = [kind for kind in DecisionKind if kind not in (DecisionKind.PERSON, DecisionKind.CHECK)]
"""Kinds of decisions that are about words of reports."""


@pytest.mark.long
@FEW
@given(SETS, st.sampled_from(OF_WORDS))
def test_4_a_decision_that_fits_nothing_goes_back_to_be_decided(
    engine: LocalEngine, told: list[Story], kind: DecisionKind
) -> None:
    """Words that make no claim, of a report that is there or not: a rejection that names the words, and nothing changes."""
    plain = derived([(s, NOW) for s in told], engine)
    report = plain["copy"].column("report_id")[0].as_py()
    body = {"name": "x", "with": f"{report}:0-1", "grade": "fair"}
    for anchor in (f"{report}:0-1", f"{'0' * 24}:5-9"):
        made = Decision(anchor, kind, 1, body, "reader-1", "because", NOW)
        tables = derived([(s, NOW) for s in told], engine, [made])
        [rejection] = tables["rejection"].to_pylist()
        assert (rejection["record_id"], rejection["stage"]) == (anchor, "decide")
        assert all(tables[name].equals(plain[name]) for name in plain if name not in ("rejection", "refused"))


@pytest.mark.long
@pytest.mark.parametrize(
    "body",
    [
        {"low": 9, "high": 3},
        {"low": "many"},
        {"value": 10**30},
        {"value": 2.5},
        {"attribution": "somebody"},
        {"measure": "murdered"},
        {"occurred": ["2014-11-26", "2014-11-25"]},
        {"occurred": ["yesterday", "today"]},
        {"occurred": 5},
        {"place": {"words": "x", "name": "x", "place_id": "gn:1"}},
        {"place": "Duma"},
        {"perpetrator": 5},
        {"nonsense": 1},
    ],
)
def test_4_an_impossible_correction_is_refused_and_told(engine: LocalEngine, body: dict[str, Any]) -> None:
    """What cannot be a claim leaves the claim as it was read, with one rejection that says why."""
    told = [(Story("Gulf Gate", date(2014, 11, 26), killed("Duma", date(2014, 11, 25), 12)), NOW)]
    plain = derived(told, engine)
    [row] = plain["claim"].to_pylist()
    tables = derived(told, engine, [decision(row, DecisionKind.CORRECT, **body)])
    assert [r["stage"] for r in tables["rejection"].to_pylist()] == ["decide"]
    assert figures(tables) == figures(plain)


def test_4_a_correction_may_move_a_claim_in_time_and_place(engine: LocalEngine) -> None:
    """Day and place are corrected as a person writes them; the incident moves, and exact copies move along."""
    story = Story("Gulf Gate", date(2014, 11, 26), killed("Duma", date(2014, 11, 25), 12))
    told = [(story, NOW), (reprint(story, "Copier", 1), LATER)]
    [row, *_] = [r for r in derived(told, engine)["claim"].to_pylist() if r["report_id"] == story.report().report_id]
    place = {
        "words": "Saraqib",
        "place_id": "gn:2",
        "name": "Saraqib",
        "latitude": 35.0,
        "longitude": 38.0,
        "precision": 1,
    }
    body = {"occurred": ["2014-11-20", "2014-11-20"], "place": place}
    tables = derived(told, engine, [decision(row, DecisionKind.CORRECT, **body)])
    assert [r["code"] for r in tables["incident"].to_pylist()] == ["SARAQIB-2014-11-20"]
    assert tables["membership"].num_rows == 2


# --- 5: every number lists what is behind it, and can be had again for any past day ---------------------------------------


@pytest.mark.long
@QUICK
@given(SETS)
def test_5_every_toll_lists_claims_whose_words_stand_in_their_report(engine: LocalEngine, told: list[Story]) -> None:
    """Each claim named by an explanation exists, in this incident, and its span is those words of the report."""
    tables = derived([(s, NOW) for s in told], engine)
    texts = {s.report().report_id: s.text for s in told}
    claims = {r["claim_id"]: r for r in tables["claim"].to_pylist()}
    members = {(r["incident_id"], r["claim_id"]) for r in tables["membership"].to_pylist()}
    for row in tables["toll"].to_pylist():
        toll = toll_of(row)
        named = {c for step in toll.why.walk() for c in step.claims}
        assert bool(named) or toll.count is None
        for claim_id in named:
            claim = claims[claim_id]
            assert texts[claim["report_id"]][claim["start"] : claim["end"]] == claim["text"]
            assert (toll.incident_id, claim_id) in members


@pytest.mark.long
@settings(max_examples=max(2, EXAMPLES // 3), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SETS, SETS, st.data())
def test_5_a_past_day_gives_what_a_run_on_that_day_gave(
    tmp_path_factory: pytest.TempPathFactory, told: list[Story], more: list[Story], data: st.DataObject
) -> None:
    """Reports and a decision that came later do not show: every table as of that day is what was stored on that day."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path_factory.getbasetemp()))
    places = ground_file(folder)
    then = datetime(2014, 12, 20, 23, 59, 59, tzinfo=UTC)
    obs = Observatory.init(folder / "obs", "past", then)
    receive(obs, told, then)
    run(obs, processes=1, gazetteer=places)
    with obs.derived() as store:
        stored = {
            name: store.table(name) for name in ("claim", "incident", "membership", "fold", "toll", "grading", "copy")
        }
    receive(obs, different([*told, *more]), then + timedelta(seconds=1))
    if stored["claim"].num_rows:
        row = data.draw(st.sampled_from(stored["claim"].to_pylist()))
        with obs.kept() as kept:
            WriteService(kept, obs.vault, os.urandom).decide(
                anchor=f"{row['report_id']}:{row['start']}-{row['end']}",
                kind=DecisionKind.REJECT,
                body={},
                actor="reader-1",
                reason="misread",
                expected_version=0,
                now=then + timedelta(days=2),
            )
    run(obs, processes=1, gazetteer=places)
    past = derived_on(obs, then.date())
    for name, table in stored.items():
        order = [
            (column, "ascending")
            for column in table.schema.names
            if not pa.types.is_list(table.schema.field(column).type)
        ]
        assert past[name].sort_by(order).equals(table.sort_by(order)), name
    with pytest.raises(Wrong, match="before the first report"):
        derived_on(obs, then.date() - timedelta(days=1))
    shutil.rmtree(folder)


# --- 7: one row that cannot be read is one rejection ------------------------------------------------------------------


@pytest.mark.long
@QUICK
@given(SETS, st.data())
def test_7_what_cannot_be_read_is_one_rejection_and_the_rest_goes_on(
    engine: LocalEngine, told: list[Story], data: st.DataObject
) -> None:
    """A report too long to be one, and claims that cannot be: each one rejection, and every other figure as before."""
    vast = Story("Flood", date(2014, 11, 26), "x" * 1_000_001)
    plain = derived([(s, NOW) for s in told], engine)
    tables = derived([*((s, NOW) for s in told), (vast, LATER)], engine)
    [refused] = tables["refused"].to_pylist()
    assert refused["record_id"] == vast.report().report_id
    assert figures(tables) == figures(plain)


def test_7_an_impossible_claim_in_the_store_is_one_rejection() -> None:
    """A damaged row of claims costs that claim alone."""
    made = Prints()
    made.add("A", date(2014, 11, 26), {"value": 12}, {"value": 30, "measure": Measure.INJURED})
    whole = made.derived()
    assert whole["rejection"].num_rows == 0
    object.__setattr__(made.claims[1], "high", 1)
    tables = made.derived()
    [rejection] = tables["rejection"].to_pylist()
    assert (rejection["record_id"], rejection["stage"]) == (made.claims[1].claim_id, "facets")
    killed_only = {k: v for k, v in figures(whole).items() if k[2] == "killed"}
    assert figures(tables) == killed_only
