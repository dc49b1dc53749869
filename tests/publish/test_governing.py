"""The publication policy of a whole observatory: one person keeps more back, two let more be told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import PUBLICATION, Decision, DecisionKind
from marsad.publish.disclose import disclose
from marsad.publish.governing import RULES, WORDS, Asked, fault_of, governed, value_of
from marsad.publish.policy import standing_policy
from marsad.publish.public import PublicIncident

SHIPPED = standing_policy()
BEGIN = datetime(2014, 12, 1, tzinfo=UTC)


def row(*decided: tuple[str, str, dict[str, Any]]) -> list[Decision]:
    """Return decisions one after the other: what kind, by whom, about what."""
    return [
        Decision(PUBLICATION, DecisionKind(kind), n + 1, body, actor, "a reason", BEGIN + timedelta(minutes=n))
        for n, (kind, actor, body) in enumerate(decided)
    ]


def embargo(*decided: tuple[str, str, int]) -> int:
    """Return the hours of the embargo after decisions about it; 24 are shipped."""
    told = row(*((kind, actor, {"embargo_hours": hours}) for kind, actor, hours in decided))
    return int(value_of(governed(SHIPPED, told)[0], "embargo_hours"))


@pytest.mark.parametrize(
    ("decided", "hours"),
    [
        ([], 24),
        ([("withhold", "lynx", 72)], 72),
        ([("withhold", "lynx", 12)], 24),
        ([("withhold", "lynx", 72), ("withhold", "fox", 48)], 72),
        ([("loosen", "lynx", 12)], 24),
        ([("loosen", "lynx", 12), ("loosen", "lynx", 12)], 24),
        ([("loosen", "lynx", 12), ("loosen", " LYNX", 12)], 24),
        ([("loosen", "lynx", 12), ("loosen", "fox", 6)], 24),
        ([("loosen", "lynx", 12), ("loosen", "fox", 12)], 12),
        ([("loosen", "lynx", 12), ("withhold", "owl", 24), ("loosen", "fox", 12)], 24),
        ([("withhold", "owl", 72), ("loosen", "lynx", 24), ("loosen", "fox", 24)], 24),
        ([("loosen", "lynx", 12), ("loosen", "fox", 12), ("withhold", "owl", 48)], 48),
        ([("loosen", "lynx", 12), ("loosen", "fox", 12), ("loosen", "fox", 6)], 12),
    ],
)
def test_one_person_tightens_and_two_loosen(decided: list[tuple[str, str, int]], hours: int) -> None:
    """A pseudonym in another spelling is no second person, two numbers are no agreement, approvals end with a tightening."""
    assert embargo(*decided) == hours


ONE = st.tuples(st.sampled_from(["withhold", "loosen"]), st.just("lynx"), st.integers(0, 200))


@given(st.lists(ONE, max_size=12))
def test_one_person_alone_never_loosens(decided: list[tuple[str, str, int]]) -> None:
    """Whatever is decided in whatever order: without a second person the embargo only grows."""
    ran = [embargo(*decided[:n]) for n in range(len(decided) + 1)]
    assert ran == sorted(ran)


@given(st.sampled_from(sorted(RULES)), st.integers(0, 500))
def test_every_rule_is_tightened_in_its_own_direction(rule: str, by: int) -> None:
    """Longer quotations keep less back, longer embargoes more: a tightening the wrong way changes nothing."""
    stands = value_of(SHIPPED, rule)
    for value in (stands + by, stands - by):
        now = value_of(governed(SHIPPED, row(("withhold", "lynx", {rule: value})))[0], rule)
        assert now == (min(stands, value) if rule == "quotation_limit" else max(stands, value))


def test_words_are_added_by_one_and_taken_off_by_two() -> None:
    """A mosque is told as its province at once; a bakery by its name only after two asked."""
    added, _ = governed(SHIPPED, row(("withhold", "lynx", {WORDS: ["mosque", "جامع"]})))
    assert added.is_sensitive("the great Mosque")
    assert added.is_sensitive("في الجامع الكبير")
    assert not SHIPPED.is_sensitive("the great Mosque")
    asked = ("loosen", "lynx", {WORDS: ["bakery"]})
    alone, waiting = governed(SHIPPED, row(asked))
    assert alone.is_sensitive("a bakery")
    assert waiting == (Asked(WORDS, ("bakery",), "lynx"),)
    both, waiting = governed(SHIPPED, row(asked, ("loosen", "fox", {WORDS: ["bakery"]})))
    assert (both.is_sensitive("a bakery"), waiting) == (False, ())


def test_the_name_of_the_policy_tells_that_it_is_another() -> None:
    """Each release names it; the shipped one has its name back when everything is as it was."""
    tight = row(("withhold", "lynx", {"least_population": 5000}))
    back = row(*(("loosen", who, {"least_population": 1000}) for who in ("lynx", "fox")))
    assert governed(SHIPPED, tight)[0].label != SHIPPED.label
    assert governed(SHIPPED, [*tight, *back])[0].label == SHIPPED.label


def test_a_tightened_policy_keeps_more_of_an_incident_back() -> None:
    """With fifty as the fewest living people, the injured that were told are withheld, in figures and statements."""
    policy = cases.policy()
    strict, _ = governed(policy, row(("withhold", "lynx", {"min_cell_living": 1000})))
    loose, tight = (disclose(cases.raqqa(), one, cases.NOW) for one in (policy, strict))
    assert isinstance(loose, PublicIncident)
    assert isinstance(tight, PublicIncident)
    injured = [[f.low for f in one.figures if f.measure == "injured"] for one in (loose, tight)]
    assert any(low for low in injured[0])
    assert all(not low for low in injured[1])


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("embargo_hours", -1),
        ("embargo_hours", True),
        ("embargo_hours", "48"),
        ("least_change_living", 1),
        ("min_cell_living", 2),
        ("witnesses", 1),
        (WORDS, []),
        (WORDS, ["("]),
        (WORDS, ["x" * 61]),
        (WORDS, "mosque"),
    ],
)
def test_no_two_people_can_decide_what_would_single_somebody_out(rule: str, value: object) -> None:
    """Bounds that no decision crosses, and what is no rule or no word."""
    assert fault_of(rule, value) is not None
