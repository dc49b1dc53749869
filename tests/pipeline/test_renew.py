"""What is put right after a few new reports and decisions is what would have been derived from nothing, row for row."""

from pathlib import Path

import pytest
from growing import Growing, Told, grown, reports_of
from many import many
from told import DUMA, SARAQIB, SOHR, TUESDAY, day

import marsad.link.leads
import marsad.link.pairs
import marsad.pipeline.renew
import marsad.pipeline.renew_copies
import marsad.pipeline.taught
from marsad.model import DecisionKind

SEEDS = (3,)


def words(n: int) -> str:
    """Return a text that shares no words with another one."""
    return " ".join(f"w{n}y{k}" for k in range(40))


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_reports_in_any_order_end_where_all_at_once_ends(tmp_path: Path, seed: int) -> None:
    """Eighteen reports, copies among them, in any order, a few at a time: each time every table is what it would be."""
    for store in grown(tmp_path / "obs", seed, 18):
        assert not store.differences()
    assert store.anew == 1


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_decisions_among_them_change_nothing_of_that(tmp_path: Path, seed: int) -> None:
    """People join, part, settle, correct, refuse and take back at random between the reports."""
    for store in grown(tmp_path / "obs", seed, 14, decisions=6):
        assert not store.differences()
    assert store.renewed > store.anew


@pytest.mark.long
def test_where_shelves_are_full_and_marks_common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with shelves for two, marks that three bear counted as common, and weights taught by four answers."""
    for room in (marsad.link.leads, marsad.pipeline.renew_copies):
        monkeypatch.setattr(room, "MANY", 2)
    for learning in (marsad.pipeline.taught, marsad.pipeline.renew):
        monkeypatch.setattr(learning, "ENOUGH", 4)
    monkeypatch.setattr(marsad.link.pairs, "_CROWD", 2)
    for store in grown(tmp_path / "obs", 21, 16, decisions=6):
        assert not store.differences()


@pytest.mark.long
def test_a_claim_taken_back_leaves_its_incident(tmp_path: Path) -> None:
    """A refused claim, and a correction of its place, undo what the claim did; deciding otherwise restores it."""
    store = Growing(tmp_path / "obs")
    told: list[Told] = [
        ("A", TUESDAY, words(1), [{"by": SOHR}]),
        ("B", TUESDAY, words(2), [{}]),
        ("C", day(26), words(3), [{}]),
    ]
    store.take(told)
    store.run()
    anchor = store.anchors()[1]
    taken: list[tuple[DecisionKind, dict[str, object]]] = [
        (DecisionKind.REJECT, {}),
        (DecisionKind.CORRECT, {"place": None}),
        (DecisionKind.CORRECT, {"value": 12}),
        (DecisionKind.APART, {"name": "another"}),
        (DecisionKind.JOIN, {"with": store.anchors()[0]}),
    ]
    for kind, body in taken:
        store.decide(anchor, kind, body)
        store.run()
        assert not store.differences()
    assert store.anew == 1


@pytest.mark.long
def test_an_original_that_comes_after_its_copy(tmp_path: Path) -> None:
    """The copy came in first; when the report that it copies arrives, the family has another leader."""
    store = Growing(tmp_path / "obs")
    store.take([("Copier", day(27), words(1) + " at noon", [{"by": SOHR}]), ("Other", day(27), words(2), [{}])])
    store.run()
    store.take([("Wire", day(26), words(1), [{"by": SOHR}])])
    store.run()
    assert not store.differences()
    assert store.anew == 1


@pytest.mark.long
def test_what_lies_elsewhere_is_left_alone(tmp_path: Path) -> None:
    """A report about Saraqib rewrites no row of Duma: those that stood are still the same rows of the store."""
    store = Growing(tmp_path / "obs")
    store.take([(f"Outlet {n}", day(26), words(n), [{"place": DUMA, "value": 12}]) for n in range(5)])
    store.run()
    with store.observatory.derived(read_only=True) as derived:
        before = {name: derived.table(name).to_pylist() for name in ("incident", "toll", "telling")}
    store.take([("Late", day(26), words(9), [{"place": SARAQIB, "value": 40}])])
    store.run()
    with store.observatory.derived(read_only=True) as derived:
        for name, rows in before.items():
            assert [row for row in derived.table(name).to_pylist() if row in rows] == rows


@pytest.mark.long
def test_a_run_over_everything_made_up_is_the_same(tmp_path: Path) -> None:
    """Sixty reports at once, then one: as from nothing."""
    store, waiting = Growing(tmp_path / "obs"), reports_of(many(5, 61))
    store.take(waiting[:60])
    store.run()
    store.take(waiting[60:])
    store.run()
    assert not store.differences()
