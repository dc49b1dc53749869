"""What each claim is to its incident: counted once, a copy, overtaken, or told beside the toll."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import (
    GOVERNMENT,
    SNHR,
    SOHR,
    Prints,
    at_least,
    civilians,
    claim,
    day,
    fighters,
    hear,
    heard,
    nobody,
    unknown,
)

from marsad.link.weigh import weighed
from marsad.model import Bound, Measure, Modality, Relation, RelationKind, Scope
from marsad.model.heard import Heard

ARMY = (GOVERNMENT,)
STORY = " ".join(f"word{k}" for k in range(60))


def roles(*told: Heard) -> list[tuple[str, str]]:
    """Return role and rule of each claim."""
    return [(str(role), rule) for _, (role, rule), _ in weighed(told)]


def counted(*told: Heard) -> list[int | None]:
    """Return the numbers that are counted."""
    return [h.claim.value for h, (role, _), _ in weighed(told) if role == "counted"]


@pytest.mark.long
def test_three_hundred_copies_are_one_origin_and_one_count() -> None:
    """A wire story in 300 outlets: its number is counted once, for the Observatory, the rest are copies."""
    made = Prints()
    for n in range(300):
        made.add(f"Outlet {n}", day(26 + n % 4), {**at_least(95), "by": SOHR}, words=STORY)
    found = [role for role, _ in made.roles().values()]
    assert (found.count("counted"), found.count("copy")) == (1, 299)
    assert made.origins() == [1]
    assert made.toll() == (95, 95, 95)


@pytest.mark.long
def test_a_lightly_reworded_copy_counts_once() -> None:
    """The Courier changes a word and drops the name of the source: still the wire's number."""
    made = Prints()
    made.add("Wire", day(26), {"value": 95}, words=STORY)
    made.add("Courier", day(26), {"value": 95}, words=STORY.replace("word7 ", "other "))
    assert made.origins() == [1]
    assert sorted(rule for _, rule in made.roles().values()) == ["copied-text", "standing"]


def test_an_own_voice_reprint_of_a_number_counts_once() -> None:
    """Text of its own, number of the Observatory's."""
    told = hear(("Wire", 26, {**at_least(95), "by": SOHR}), ("Daily", 27, {"value": 95}))
    assert roles(*told) == [("counted", "standing"), ("copy", "same-number")]


def test_a_number_said_again_in_one_report_counts_once() -> None:
    """The headline and the third paragraph."""
    first = claim("r", 0, value=95, by=SOHR)
    again = claim("r", 100, value=95, by=SOHR, same_as=first.claim_id)
    assert roles(heard(first), heard(again)) == [("counted", "standing"), ("copy", "said-again")]


def test_a_rising_toll_supersedes() -> None:
    """63 on Tuesday, 95 on Wednesday, by the same origin: 95 stands."""
    told = hear(("Wire", 25, {**at_least(63), "by": SOHR}), ("Wire", 26, {**at_least(95), "by": SOHR}))
    assert roles(*told) == [("superseded", "said-something-later"), ("counted", "standing")]


def test_a_falling_toll_supersedes() -> None:
    """Newest is not highest: 150, then 70, then 48."""
    told = hear(*[("White Helmets", 25 + n, {"value": v, "by": SOHR}) for n, v in enumerate((150, 70, 48))])
    assert counted(*told) == [48]


def test_of_one_day_the_higher_number_stands() -> None:
    """Tolls rise in the first hours."""
    told = hear(("A", 25, {"value": 95, "by": SOHR}), ("B", 25, {"value": 63, "by": SOHR}))
    assert counted(*told) == [95]


@pytest.mark.parametrize("by", [SOHR, ()])
def test_a_late_reprint_of_an_old_number_is_no_revision(by: tuple[str, ...]) -> None:
    """63, then 95, then a weekly prints 63 again, with or without the source's name: 95 stands."""
    told = hear(
        ("A", 25, {"value": 63, "by": SOHR}), ("B", 26, {"value": 95, "by": SOHR}), ("C", 30, {"value": 63, "by": by})
    )
    assert counted(*told) == [95]
    assert roles(*told)[2][0] == "superseded"


def test_an_undated_report_revises_nothing() -> None:
    """Nobody knows when it was printed, so it cannot be the last word."""
    undated = Heard(claim("u", value=40, by=SOHR), "Undated", None, None, {})
    assert counted(heard(claim("r", value=95, by=SOHR)), undated) == [95]
    assert counted(undated) == [40]


@pytest.mark.parametrize("modality", [Modality.RETRACTED, Modality.DENIED])
@pytest.mark.parametrize("late", [True, False])
def test_what_an_origin_takes_back_it_no_longer_says(modality: Modality, late: bool) -> None:
    """118, then "we withdraw the figure of 118" or "101 and not 118": not 118, also where a weekly prints it later."""
    told: list[tuple[str, int, dict[str, Any]]] = [
        ("Bulletin", 26, {"value": 118}),
        ("Bulletin", 29, {"value": 118, "modality": modality, "by": ("Bulletin",)}),
        ("Bulletin", 29, {"value": 101}),
    ]
    told += [("Weekly", 30, {"value": 118, "by": ("Bulletin",)})] if late else []
    assert counted(*hear(*told)) == [101]
    assert ("context", "retracted") in roles(*hear(*told))


@pytest.mark.parametrize(("newer", "role"), [(95, "superseded"), (59, "context")])
def test_a_number_that_rose_was_never_wrong(newer: int, role: str) -> None:
    """Sunday's 63 is overtaken by "rose from 63 to 95" and taken back by "59 and not 63"."""
    sunday = claim("sunday", value=63, by=SOHR)
    older = claim("monday", value=63, by=SOHR, modality=Modality.RETRACTED)
    relation = Relation(RelationKind.UPDATES, older.claim_id)
    later = replace(claim("monday", 50, value=newer, by=SOHR), relations=(relation,))
    told = [heard(sunday, published=day(25)), *(heard(c, published=day(26)) for c in (older, later))]
    assert [standing[0].value for _, standing, _ in weighed(told)] == [role, "context", "counted"]


def test_a_withdrawn_number_without_a_new_one_leaves_none() -> None:
    """The correction gives no new figure: the origin says nothing any more, and another origin is untouched."""
    told = hear(
        ("A", 26, {"value": 118, "by": SOHR}),
        ("B", 26, {"value": 118, "by": SNHR}),
        ("A", 29, {"value": 118, "by": SOHR, "modality": Modality.RETRACTED}),
    )
    assert [h.claim.attribution for h, (role, _), _ in weighed(told) if role == "counted"] == [SNHR]


def test_a_zero_of_a_neutral_origin_counts_against_twelve() -> None:
    """ "No casualties", says the UN; twelve, says a commissioner: both are counted."""
    told = hear(("A", 26, {"value": 12, "by": ("Somebody",)}), ("B", 26, {**nobody(), "by": ("United Nations",)}))
    assert counted(*told) == [12, 0]


@pytest.mark.parametrize("denial", [nobody(), {**civilians(12), "modality": Modality.DENIED}])
def test_a_denial_by_the_accused_is_context(denial: dict[str, Any]) -> None:
    """The army says that nobody was hurt, or that no twelve civilians were: told beside the toll."""
    told = hear(("A", 26, {"value": 12, "by": SOHR}), ("B", 26, {**denial, "by": ARMY}))
    assert roles(*told)[1] == ("context", "denied-by-the-accused")


def test_a_denial_of_somebody_elses_number_takes_nothing_back() -> None:
    """The army denies the Observatory's twelve; the Observatory has not."""
    told = hear(("A", 26, {"value": 12, "by": SOHR}), ("B", 26, {"value": 12, "by": ARMY, "modality": Modality.DENIED}))
    assert counted(*told) == [12]


@pytest.mark.parametrize(
    ("given_", "rule"),
    [
        ({"scope": Scope.CUMULATIVE, "value": 195_000}, "running-total"),
        ({"scope": Scope.AGGREGATE, "value": 40}, "several-incidents"),
        ({"scope": Scope.BACKGROUND}, "background"),
        ({"measure": Measure.BODIES_SEEN}, "bodies-seen"),
        ({"modality": Modality.HYPOTHETICAL}, "hypothetical"),
    ],
)
def test_what_is_told_beside_the_toll_is_never_counted(given_: dict[str, Any], rule: str) -> None:
    """Running totals, sums over incidents, background, bodies on footage, what might be: shown, and not added."""
    told = hear(("A", 26, {"value": 12, "by": SOHR}), ("B", 26, {"by": SNHR, **given_}))
    assert roles(*told)[1] == ("context", rule)


def test_what_a_person_rejects_is_not_counted() -> None:
    """Neither the claim nor the copies of its words."""
    wrong = heard(claim("a", value=500), "Wire", decided={"reject": {}})
    copy = heard(claim("b", value=500), "Daily", day(27), of=wrong.claim.claim_id)
    assert roles(wrong, copy) == [("rejected", "decided"), ("copy", "copied-text")]


def test_a_spun_copy_is_set_aside() -> None:
    """The Observatory's 95 people, half of them civilians, become "95 fighters" in one outlet's hands."""
    told = hear(
        ("Wire", 26, {**at_least(95), "by": SOHR}),
        ("Wire", 26, {**civilians(52), "by": SOHR}),
        ("Wire", 26, {**unknown(), "status": fighters(1)["status"], "by": SOHR}),
        ("Ledger", 26, {**fighters(95), "by": SOHR}),
    )
    assert roles(*told)[3] == ("context", "against-its-origin")
    assert counted(*told) == [95, 52, None]


def test_one_copy_more_does_not_make_a_claim_spun() -> None:
    """ "95 civilians" beside "95 people" in the same report, and the same once more as a copy: the outcome is the same."""
    report = [claim("a", 0, value=95, by=SOHR), claim("a", 100, **civilians(95), by=SOHR)]
    report.append(claim("a", 200, **fighters(3), by=SOHR))
    copies = [claim("b", c.start, value=c.value, text=c.text, status=c.status, by=SOHR) for c in report]
    told = [heard(c, "Wire") for c in report]
    more = [heard(c, "Daily", day(27), of=o.claim_id) for c, o in zip(copies, report, strict=True)]
    assert roles(*told) == roles(*told, *more)[:3]


def test_a_smaller_total_beside_a_larger_one_is_not_its_revision() -> None:
    """Nine in the market, eleven in all: eleven; "up from 63 to 95": 95."""
    report = [heard(claim("r", 100 * n, value=v, by=SOHR)) for n, v in enumerate((9, 11))]
    assert roles(*report) == [("context", "beside-a-larger-number"), ("counted", "standing")]


def test_a_vague_word_neither_hides_nor_replaces_a_number() -> None:
    """ "Dozens" and "95" of one origin, in one report or a day apart: 95 is still counted."""
    dozens = {"value": None, "low": 24, "high": 99, "bound": Bound.VAGUE, "text": "dozens", "by": SOHR}
    report = [heard(claim("r", 0, **dozens)), heard(claim("r", 100, value=95, by=SOHR))]
    assert 95 in counted(*report)
    assert 95 in counted(*hear(("A", 25, {"value": 95, "by": SOHR}), ("B", 26, dozens)))


@pytest.mark.parametrize(
    "later",
    [
        {"value": None, "low": 48, "high": 95, "bound": Bound.FRACTION, "derived": True, "text": "more than half"},
        unknown(),
    ],
)
def test_a_share_or_an_unknown_does_not_replace_a_number(later: dict[str, Any]) -> None:
    """52 civilians by name; a day later "more than half were civilians", or "nobody knows": 52 is still counted."""
    status = civilians(1)["status"]
    told = hear(("A", 25, {**civilians(52), "by": SOHR}), ("B", 26, {**later, "status": status, "by": SOHR}))
    assert counted(*told)[0] == 52


def test_the_careful_wording_of_a_number_is_the_one_counted() -> None:
    """Of "95" and "at least 95" of one origin the second is what it said."""
    told = hear(("Daily", 25, {"value": 95, "by": SOHR}), ("Wire", 25, {**at_least(95), "by": SOHR}))
    assert [h.claim.bound for h, (role, _), _ in weighed(told) if role == "counted"] == [Bound.AT_LEAST]


TOLD = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C"]),
        st.integers(24, 28),
        st.sampled_from([5, 12, 30]),
        st.sampled_from([(), SOHR, SNHR, ARMY]),
        st.sampled_from([{}, {"status": "civilian"}, {"modality": Modality.RETRACTED}, {"measure": Measure.INJURED}]),
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(TOLD)
def test_every_claim_has_a_role_and_each_number_of_an_origin_counts_once(told: list[Any]) -> None:
    """No claim is left out, and no origin is counted twice for one number of one thing."""
    items = hear(*sorted(((o, d, {"value": v, "by": by, **more}) for o, d, v, by, more in told), key=lambda t: t[1]))
    rows = weighed(items)
    assert [h for h, _, _ in rows] == items
    kept = [(f.origin.name, h.claim.measure, h.claim.status) for h, (role, _), f in rows if role == "counted"]
    assert len(kept) == len(set(kept))


@pytest.mark.long
@settings(max_examples=40)
@given(TOLD, st.data())
def test_copies_change_nobody_elses_role(told: list[Any], data: st.DataObject) -> None:
    """Put a copy of any claim anywhere after it: every other claim is what it was."""
    items = hear(*sorted(((o, d, {"value": v, "by": by, **more}) for o, d, v, by, more in told), key=lambda t: t[1]))
    if items:
        source = data.draw(st.sampled_from(items))
        one = claim("copy", value=source.claim.value, by=source.claim.attribution, modality=source.claim.modality)
        copy = heard(one, "Copier", day(29), of=source.claim.claim_id)
        assert roles(*items, copy)[: len(items)] == roles(*items)
