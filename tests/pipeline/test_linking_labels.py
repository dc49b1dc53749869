"""What answers are worth, on a made-up year."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from event_tables import event_row, event_table, troubled_year

from marsad.evaluate.event_table import Linked as Table
from marsad.evaluate.event_table import read_event_table
from marsad.link.likeness import Likeness, likenesses
from marsad.link.weights import Weights, default_weights
from marsad.pipeline.linking_labels import (
    ROUNDS,
    Answers,
    Linked,
    answered,
    asked,
    cross_validated,
    linked,
    weighed,
)

NOTHING_KNOWN = Weights(-1.0, 0.0, {})
"""Weights under which every pair is as likely as every other."""


@pytest.fixture
def year(tmp_path: Path) -> Table:
    """Forty-eight events, 120 tellings."""
    return read_event_table(event_table(tmp_path / "year.csv", troubled_year()))


def reports(table: Table) -> dict[str, str]:
    return {telling.telling_id: str(telling.report_id) for telling in table.tellings}


def right(table: Table, pairs: Sequence[tuple[str, str, float, bool]]) -> list[bool]:
    """Return whether each pair is called more likely than not if and only if it is one incident."""
    return [(log_odds > 0) == (table.truth[a] == table.truth[b]) for a, b, log_odds, _ in pairs]


def test_weights_that_know_nothing_learn_from_other_incidents(year: Table) -> None:
    """Every pair is scored once; where half were told right before, eight in ten are after all labels."""
    pairs = list(likenesses(year.tellings))
    scores = [pair for part in cross_validated(pairs, year.truth, NOTHING_KNOWN, None) for pair in part]
    assert sorted((a, b) for a, b, *_ in scores) == sorted((each.a, each.b) for each in pairs)
    before = sum(right(year, weighed(pairs, NOTHING_KNOWN)))
    assert before < 0.7 * len(scores)
    assert sum(right(year, scores)) > 0.8 * len(scores)


@pytest.mark.long
def test_no_answer_about_an_incident_touches_how_its_own_tellings_are_scored(year: Table) -> None:
    """Answer wrongly about pairs of one event alone: only pairs of other incidents are scored otherwise."""
    pairs = list(likenesses(year.tellings))
    inside = [each for each in pairs if year.truth[each.a] == year.truth[each.b] == "E47"]
    assert inside
    turned = [
        Likeness(each.a, each.b, {**each.levels, "time": "far-off"}, 99) if each in inside else each for each in pairs
    ]

    def scores(of: list[Likeness]) -> dict[tuple[str, str], float]:
        parts = cross_validated(of, year.truth, NOTHING_KNOWN, None)
        return {(a, b): log_odds for part in parts for a, b, log_odds, _ in part}

    told, lied = scores(pairs), scores(turned)
    mine = {t for t, event in year.truth.items() if event == "E47"}
    touching = [(each.a, each.b) for each in pairs if {each.a, each.b} & mine and each not in inside]
    assert touching
    assert [told[pair] for pair in touching] == [lied[pair] for pair in touching]
    assert any(told[pair] != lied[pair] for pair in told if not {*pair} & mine)


@pytest.mark.parametrize(("questions", "left"), [(60, 2 / 3), (1000, 0.0)])
def test_answers_settle_what_they_are_about(year: Table, questions: int, left: float) -> None:
    """Sixty answers about 288 pairs leave less than two thirds of the errors; as many as there are questions leave none."""
    pairs = list(likenesses(year.tellings))
    steps = list(answered(pairs, year.truth, reports(year), year.dead, default_weights(), questions))
    assert len(steps) == ROUNDS + 1
    wrong = [
        sum((now.found[a] == now.found[b]) != (year.truth[a] == year.truth[b]) for a, b, *_ in now.pairs)
        for now in steps
    ]
    assert wrong[0] > 0
    assert wrong[-1] <= left * wrong[0]


def made(*scored: tuple[str, str, float], answers: Answers | None = None) -> Linked:
    """Return what linking makes of pairs of tellings, each of a report of its own."""
    nodes = {node for a, b, _ in scored for node in (a, b)}
    return linked([(a, b, log_odds, False) for a, b, log_odds in scored], {node: node for node in nodes}, answers)


def test_asked_first_is_where_many_dead_hang_on_an_even_chance() -> None:
    """Sixty dead at even odds come before sixty at long odds and before two at even odds."""
    now = made(("a", "b", -1.0), ("c", "d", -4.0), ("e", "f", -1.0))
    dead = {"a": 60, "b": 63, "c": 60, "d": 63, "e": 2, "f": 2}
    assert asked(now, Answers(), dead, 2) == [("a", "b"), ("c", "d")]
    assert asked(now, Answers(), {"e": 2, "f": 2}, 1) == [("e", "f")]


def test_what_follows_from_answers_is_not_asked() -> None:
    """a is b, and b is not c: whether a is c is settled. Of two clusters only one pair is asked about at a time."""
    answers = Answers({("a", "b"): True, ("b", "c"): False})
    now = made(("a", "b", 0.0), ("a", "c", 0.0), ("b", "c", 0.0), answers=answers)
    assert now.found["a"] == now.found["b"] != now.found["c"]
    assert asked(now, answers, {}, 9) == []
    two = made(("a", "b", 5.0), ("a", "z", -1.0), ("b", "z", -1.5))
    assert asked(two, Answers(), {}, 9) == [("a", "z"), ("a", "b")]


def test_pairs_are_weighed_as_they_are(tmp_path: Path) -> None:
    """Two reports of one hour in one town are likelier one incident than two a day and a toll apart."""
    rows = [
        event_row("a", "E1", dead=23),
        event_row("b", "E1", dead=23),
        event_row("c", "E2", dead=2, day="2010-12-02"),
    ]
    found: list[Likeness] = list(likenesses(read_event_table(event_table(tmp_path / "t.csv", rows)).tellings))
    by_pair = {(a, b): log_odds for a, b, log_odds, _ in weighed(found, default_weights())}
    assert by_pair["a", "b"] > 0 > by_pair["a", "c"]
