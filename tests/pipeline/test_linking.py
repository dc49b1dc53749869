"""Linking through the whole derivation: what people say holds, ids stay, doubts are told."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import DUMA, MSF, RIF, SNHR, SOHR, SYRIA, TUESDAY, ZABADANI, Prints, day

from marsad.model import Decision, DecisionKind, ReportId
from marsad.pipeline.derive import Tables

AT = datetime(2014, 12, 2, tzinfo=UTC)


def anchor(made: Prints, report: str, number: int = 0) -> str:
    """Return where a report's claim stands."""
    one = [c for c in made.claims if c.report_id == ReportId(report)][number]
    return f"{one.report_id}:{one.start}-{one.end}"


def decision(at: str, kind: DecisionKind, **body: Any) -> Decision:
    """Return what somebody decided."""
    return Decision(at, kind, 1, body, "lynx", "a reason", AT)


def members(tables: Tables, made: Prints) -> dict[str, set[str]]:
    """Return the reports of each incident."""
    report = {c.claim_id: c.report_id for c in made.claims}
    out: dict[str, set[str]] = {}
    for row in tables["membership"].to_pylist():
        out.setdefault(row["incident_id"], set()).add(report[row["claim_id"]])
    return out


def doubtful() -> tuple[Prints, str, str]:
    """Return two reports of which nobody can be sure: neighbouring days of one town, numbers not far apart."""
    made = Prints()
    one = made.add("A", day(26), {"value": 92, "on": day(25), "by": SOHR})
    other = made.add("B", day(26), {"value": 60, "on": day(24), "by": SNHR, "weapon": "shelling"})
    return made, one, other


def test_what_is_neither_sure_nor_refused_is_asked() -> None:
    """Ninety-two on Tuesday, sixty on Monday: a question, with what hangs on it, and the toll if they are one."""
    made, *_ = doubtful()
    tables = made.derived()
    [asked] = tables["proposal"].to_pylist()
    assert asked["kind"] == "join"
    assert 0.05 < asked["probability"] < 0.5
    assert asked["stake"] == 60
    assert json.loads(asked["why"])["killed"] == "close"
    total = [r for r in tables["range"].to_pylist() if r["policy"] == "ucdp" and r["category"] == "total"]
    assert {tuple(r["others"]) for r in total} == {(i,) for i in members(tables, made)}
    assert {r["together_high"] for r in total} == {92}


def test_a_link_that_is_not_sure_says_what_it_joins() -> None:
    """Linked, but on neighbouring days: undone, there would be two incidents, and their tolls are added up."""
    made = Prints()
    made.add("A", day(25), {"value": 12, "on": day(24), "by": SOHR})
    made.add("B", day(26), {"value": 12, "on": day(25), "by": SNHR, "weapon": "shelling"})
    tables = made.derived()
    assert len(members(tables, made)) == 1
    apart = [r for r in tables["range"].to_pylist() if r["category"] == "total" and r["policy"] == "ucdp"]
    assert {r["parts"] for r in apart} == {2}
    assert {(r["apart_low"], r["apart_high"]) for r in apart if r["measure"] == "killed"} == {(24, 24)}
    [asked] = tables["proposal"].to_pylist()
    assert (asked["kind"], asked["stake"]) == ("part", 12)


@pytest.mark.long
def test_who_is_told_apart_stays_apart() -> None:
    """A person says that two reports of one town and day are of two strikes: they are two, and nobody asks again."""
    made = Prints()
    one = made.add("A", day(26), {"by": SOHR})
    other = made.add("B", day(26), {"by": SNHR})
    assert len(members(made.derived(), made)) == 1
    told = [decision(anchor(made, one), DecisionKind.DIFFER, **{"from": anchor(made, other)})]
    tables = made.derived(told)
    assert sorted(members(tables, made).values(), key=sorted) == sorted([{one}, {other}], key=sorted)
    assert tables["proposal"].num_rows == 0


def test_a_third_that_agrees_with_both_does_not_join_what_was_told_apart() -> None:
    """However much a third report is like both."""
    made = Prints()
    one = made.add("A", day(26), {"value": 95, "by": SOHR})
    other = made.add("B", day(26), {"value": 95, "by": SNHR})
    made.add("C", day(26), {"value": 95, "by": MSF})
    told = [decision(anchor(made, one), DecisionKind.DIFFER, **{"from": anchor(made, other)})]
    for group in members(made.derived(told), made).values():
        assert not {one, other} <= group


@pytest.mark.long
def test_a_reviewed_incident_takes_up_nothing_by_itself() -> None:
    """Settled with two reports; a third of the same town and day stands beside it, and a question says so."""
    made = Prints()
    one = made.add("A", day(26), {"by": SOHR})
    other = made.add("B", day(26), {"by": SNHR})
    settled = [decision(anchor(made, one), DecisionKind.SETTLE, claims=[anchor(made, one), anchor(made, other)])]
    before = made.derived(settled)
    third = made.add("C", day(26), {"by": MSF, "value": 12})
    after = made.derived(settled)
    assert sorted(members(after, made).values(), key=len) == [{third}, {one, other}]
    assert set(members(before, made)) <= set(members(after, made))
    assert [row["kind"] for row in after["proposal"].to_pylist()] == ["join"]


def test_a_copy_of_a_reviewed_report_is_still_a_copy() -> None:
    """What reprints the words of a settled report changes nothing."""
    words = " ".join(f"word{k}" for k in range(60))
    made = Prints()
    one = made.add("A", day(26), {"by": SOHR}, words=words)
    settled = [decision(anchor(made, one), DecisionKind.SETTLE, claims=[anchor(made, one)])]
    copy = made.add("Copier", day(27), {"by": SOHR}, words=words)
    assert list(members(made.derived(settled), made).values()) == [{one, copy}]


@pytest.mark.long
def test_a_decision_that_finds_no_claim_is_told() -> None:
    """A parting whose other end makes no claim any more is a rejection, to be decided again."""
    made = Prints()
    one = made.add("A", day(26), {})
    told = [decision(anchor(made, one), DecisionKind.DIFFER, **{"from": f"{'0' * 24}:1-2"})]
    [rejection] = made.derived(told)["rejection"].to_pylist()
    assert "differ" in rejection["reason"]


_ONE = st.fixed_dictionaries(
    {
        "value": st.sampled_from([3, 12, 12, 40, 95]),
        "place": st.sampled_from([DUMA, DUMA, ZABADANI, RIF, SYRIA]),
        "on": st.sampled_from([day(24), TUESDAY, TUESDAY, day(29)]),
    }
)


@pytest.mark.long
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ONE, min_size=1, max_size=6), _ONE)
def test_ids_stay_when_reports_come(told: list[dict[str, Any]], new: dict[str, Any]) -> None:
    """Whatever comes in later, printed earlier or later: no incident that was there is lost, unless two became one."""
    made = Prints()
    for n, one in enumerate(told):
        made.add(f"Outlet {n}", day(30), one)
    before = members(made.derived(), made)
    made.add("Latecomer", day(1), new)
    after = members(made.derived(), made)
    for incident, reports in before.items():
        assert incident in after or any(reports < group for group in after.values())


@pytest.mark.long
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ONE, min_size=2, max_size=6), st.data())
def test_decisions_are_always_respected(told: list[dict[str, Any]], data: st.DataObject) -> None:
    """Any two claims that a person joined are in one incident, any two that he parted in two, whatever else is told."""
    made = Prints()
    ids = [made.add(f"Outlet {n}", day(30), one) for n, one in enumerate(told)]
    one, other = data.draw(st.permutations(ids))[:2]
    joined = [decision(anchor(made, one), DecisionKind.JOIN, **{"with": anchor(made, other)})]
    assert any({one, other} <= group for group in members(made.derived(joined), made).values())
    parted = [decision(anchor(made, one), DecisionKind.DIFFER, **{"from": anchor(made, other)})]
    assert not any({one, other} <= group for group in members(made.derived(parted), made).values())
