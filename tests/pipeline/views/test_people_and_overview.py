"""What overview and people are made of, away from any page: agreement, names that are kept, provinces that are silent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from marsad.model import Decision, DecisionKind, VictimRecord
from marsad.pipeline.views.coverage import coverage_map, covered
from marsad.pipeline.views.overview_view import agreement, alpha_of
from marsad.pipeline.views.people_view import Pair, masked, order_of, pair_key, pairs_after, shown_as

NOW = datetime(2014, 12, 1, tzinfo=UTC)

KRIPPENDORFF = [
    ["1", "1", "1"],
    ["2", "2", "3", "2"],
    ["3", "3", "3", "3"],
    ["3", "3", "3", "3"],
    ["2", "2", "2", "2"],
    ["1", "2", "3", "4"],
    ["4", "4", "4", "4"],
    ["1", "1", "2", "1"],
    ["2", "2", "2", "2"],
    ["5", "5", "5"],
    ["1", "1"],
    ["3"],
]
"""The worked example of K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C: four observers, gaps."""


def test_alpha_is_that_of_the_worked_example() -> None:
    """0.743 for nominal values, as the paper reckons it by hand."""
    found = alpha_of(KRIPPENDORFF)
    assert found is not None
    assert round(found, 3) == 0.743


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_differs_there_is_no_alpha(units: list[list[str]]) -> None:
    """No pair, or one value alone: agreement by chance cannot be told from agreement."""
    assert alpha_of(units) is None


def judged(anchor: str, actor: str, kind: DecisionKind, version: int, undone: bool = False) -> Decision:
    """Return a judgement."""
    return Decision(anchor, kind, version, {"undone": True} if undone else {}, actor, "read", NOW)


def test_a_judgement_that_was_taken_back_agrees_with_nobody() -> None:
    """What counts is each one's last word; what was undone is none."""
    made = [
        judged("r:1-2", "wren", DecisionKind.ACCEPT, 1),
        judged("r:1-2", "ibis", DecisionKind.REJECT, 1),
        judged("r:3-4", "wren", DecisionKind.ACCEPT, 1),
        judged("r:3-4", "ibis", DecisionKind.ACCEPT, 2),
        judged("r:3-4", "ibis", DecisionKind.ACCEPT, 3, undone=True),
    ]
    found = agreement(made)
    assert (found.claims, found.judgements, found.people) == (1, 2, 2)


def test_names_of_children_and_of_the_perhaps_living_are_initials() -> None:
    """With the right to names they are whole; without, neither name nor number nor day of birth is left."""
    grown = VictimRecord("1", "a", ("Salim Yusuf",), age=40, died=date(2014, 11, 25))
    child = VictimRecord("2", "a", ("رنا سليم", "Rana Salim"), age=17, born=date(1997, 3, 1), died=date(2014, 11, 25))
    living = VictimRecord("3", "a", ("Omar",), age=30)
    assert shown_as(grown, "p", names=False).names == ("Salim Yusuf",)
    for record in (child, living):
        kept = shown_as(record, "p", names=False)
        assert kept.hidden
        assert (kept.born, kept.number) == (None, None)
        assert not any(word in " ".join(kept.names) for name in record.names for word in name.split() if len(word) > 1)
        assert shown_as(record, "p", names=True).names == record.names
        assert masked(kept) == kept


def test_a_province_is_silent_where_nobody_tells_of_it_or_not_lately() -> None:
    """Raqqa speaks now, Daraa spoke a year ago, Idlib never; spellings of a name do not matter."""
    rows = [
        {"country": "SY", "admin1": "Al-Raqqah", "incidents": 9, "origins": 4, "last": "2014-11-25"},
        {"country": "SY", "admin1": "Daraa", "incidents": 2, "origins": 1, "last": "2013-11-25"},
    ]
    areas = {area.name: area for area in covered(rows, timedelta(days=30))}
    assert (areas["Ar Raqqah"].origins, areas["Ar Raqqah"].silent) == (4, False)
    assert (areas["Dar`a"].origins, areas["Dar`a"].silent) == (1, True)
    assert (areas["Idlib"].origins, areas["Idlib"].silent) == (0, True)
    drawn = coverage_map(list(areas.values()), "ar")
    assert drawn.count("<path") == len(areas)
    assert "محافظة إدلب" in drawn
    assert coverage_map([], "en") == ""


def pair_of(n: int, chance: float, *, decided: bool = False) -> Pair:
    """Return a pair of two records."""
    one = shown_as(VictimRecord(f"{n}", "ngo", ("Rana Haddad",), died=date(2014, 11, 25)), "p", names=True)
    said = judged(f"pair~{n}", "wren", DecisionKind.PERSON, 1) if decided else None
    return Pair(f"pair~{n}", one, one, chance, "doubt", joined=False, reasons=(), conflicts=(), decision=said)


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_of_pairs_leave_none_out_while_others_decide(size: int) -> None:
    """Page after page gives each open pair once, also where those of the page before are decided meanwhile."""
    pairs = sorted((pair_of(n, (n * 7 % 10) / 10) for n in range(20)), key=order_of)
    seen: list[str] = []
    key, left = "", list(pairs)
    while part := list(pairs_after(left, key))[:size]:
        seen += [pair.anchor for pair in part]
        key = pair_key(part[-1])
        left = [pair for pair in left if pair not in part]  # decided: no longer among the open ones
    assert seen == [pair.anchor for pair in pairs]


@pytest.mark.parametrize("key", ["", "x", "0~", "0~none~pair~1", "~~~"])
def test_a_key_that_is_none_begins_anew(key: str) -> None:
    """Whatever stands in the address, the list is there."""
    pairs = [pair_of(n, 0.5) for n in range(3)]
    assert list(pairs_after(pairs, key)) == pairs
