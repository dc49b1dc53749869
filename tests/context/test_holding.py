"""Who held a place on a day: each source's word side by side, by a named rule, fading where nobody speaks."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_context import BESIEGED, CONTESTED, HELD, LOST, RELIEVED, day, holds, lost, told, took

from marsad.context.control_rules import control_rules
from marsad.context.holding import Answer, held_on
from marsad.model.control import Control

RULES = control_rules()


def _on(controls: list[Control], number: int, **more: object) -> Answer:
    return held_on(controls, day(number), RULES, **more)  # type: ignore[arg-type]


def _rules(answer: Answer) -> list[tuple[str, str]]:
    return [(h.party, h.rule) for h in answer.holdings if h.state is HELD]


def test_who_takes_a_place_holds_it_from_that_day_and_the_other_until_then() -> None:
    """The day before the fall is the loser's, the day of it the winner's."""
    fell = [holds("Monitor", "Army", 0), took("Monitor", "IS", 10)]
    assert _on(fell, 9).party == "Army"
    assert _on(fell, 10).party == "IS"
    assert _on(fell, 10).verdict == "held"
    assert _on(fell, 10).holdings[0].since == (day(10), day(10))


def test_nobody_holds_what_nobody_spoke_of() -> None:
    """Before the first word of it, and where it is said of no place, the answer is unknown, not the first holder's."""
    assert _on([], 5).verdict == "unknown"
    assert _on([took("Monitor", "IS", 10)], 9).verdict == "unknown"


def test_who_lost_a_place_held_it_before_and_less_surely_the_longer_before() -> None:
    """Nothing else says so: the rule is named and fades."""
    answers = [_on([lost("Monitor", "Army", 50)], number) for number in (49, 20, 0)]
    assert _rules(answers[0]) == [("Army", "carried-back")]
    assert answers[0].sure > answers[1].sure > answers[2].sure
    assert _on([lost("Monitor", "Army", 50)], 51).verdict == "unknown"


def test_between_two_days_of_which_it_is_said_it_probably_was_so() -> None:
    """Held on day 0 and on day 100: so on day 50 too, less surely than on day 10 and more than 50 days after the last word."""
    twice = [holds("Monitor", "YPG", 0), holds("Monitor", "YPG", 100)]
    assert _rules(_on(twice, 50)) == [("YPG", "between")]
    assert _on(twice, 10).sure > _on(twice, 50).sure
    assert _on(twice, 50).sure > _on(twice[:1], 50).sure
    assert _on(twice, 0).holdings[0].rule == "stated"


def test_a_statement_fades_by_half_in_its_half_life() -> None:
    """The half-life is data; at it, half of the weight of a plain statement is left."""
    once = [holds("Monitor", "YPG", 0)]
    half = int(RULES.half_life[HELD])
    assert abs(_on(once, half).holdings[0].sure - RULES.asserted / 2) < 0.001
    assert _on(once, 10 * half).verdict == "unknown"


def test_sources_that_disagree_stand_side_by_side() -> None:
    """Neither is dropped, and who holds it is disputed."""
    answer = _on([holds("State agency", "Army", 10), holds("Monitor", "IS", 10)], 10)
    assert answer.verdict == "disputed"
    assert {(h.source, h.party) for h in answer.holdings} == {("State agency", "Army"), ("Monitor", "IS")}
    assert sum(share for _, share in answer.shares) <= 1.0001


def test_what_a_later_change_leaves_behind_contradicts_nobody() -> None:
    """One paper last wrote of the place before it fell; another tells of the fall."""
    answer = _on([holds("Weekly", "Army", 8), took("Monitor", "IS", 10)], 12)
    assert (answer.verdict, answer.party) == ("held", "IS")
    [old] = [h for h in answer.holdings if h.source == "Weekly"]
    assert old.overtaken


def test_an_old_holder_named_after_the_fall_is_a_dispute() -> None:
    """The army's agency still says it holds the place two days after the monitor says it fell."""
    assert _on([holds("Agency", "Army", 12), took("Monitor", "IS", 10)], 13).verdict == "disputed"


def test_another_holder_named_long_after_is_no_dispute() -> None:
    """Two months old, the weekly's word may have been right in its time; two days old, one of the two is wrong."""
    late = [holds("Weekly", "Army", 0), holds("Monitor", "IS", 60)]
    assert (_on(late, 61).verdict, _on(late, 61).party) == ("held", "IS")
    assert _on([holds("Weekly", "Army", 58), holds("Monitor", "IS", 60)], 61).verdict == "disputed"


def test_two_parties_of_one_report_hold_it_together() -> None:
    """Neither ends the other's holding."""
    answer = _on([holds("M", "YPG", 5, report="r"), holds("M", "Free Army", 5, report="r")], 5)
    assert answer.verdict == "shared"
    assert {party for party, _ in answer.shares} == {"YPG", "Free Army"}


def test_parts_of_a_place_are_held_in_part() -> None:
    """Who takes half of a town leaves the other half to who had it."""
    half = [holds("M", "YPG", 0), took("M", "IS", 10, partial=True), holds("M", "YPG", 11, partial=True)]
    assert {(h.party, h.partial) for h in _on(half, 11).holdings if h.state is HELD} >= {("YPG", True), ("IS", True)}
    assert _on([holds("M", "YPG", 0, partial=True)], 0).verdict == "held in part"


def test_a_change_between_two_days_is_as_likely_as_days_have_passed() -> None:
    """Taken some day of a ten-day span: hardly on the first day, surely on the last."""
    span = [took("M", "IS", 0, 9)]
    sures = [_on(span, number).sure for number in (2, 5, 8)]
    assert sures == sorted(sures)
    assert _rules(_on(span, 5)) == [("IS", "changing")]
    assert _on(span, 20).holdings[0].rule == "carried-forward"


def test_a_siege_is_no_holding_and_ends_when_it_is_lifted() -> None:
    """Who stands round a town does not hold it."""
    siege = [holds("M", "YPG", 0), told("M", "IS", BESIEGED, 5), told("M", "YPG", RELIEVED, 20, change=True)]
    assert _on(siege, 6).besieged
    assert _on(siege, 6).party == "YPG"
    assert not _on(siege, 21).besieged


def test_fighting_makes_a_place_contested_for_days_not_for_months() -> None:
    """A clash of one day says little of the next month."""
    fight = [told("M", "IS", CONTESTED, 5)]
    assert _on(fight, 5).verdict == "contested"
    assert _on(fight, 60).verdict == "unknown"


def test_a_place_inside_a_larger_one_that_is_held_is_held_less_surely() -> None:
    """Only where nothing is said of the place itself, and never from parts of the larger one."""
    province = [holds("M", "IS", 5)]
    inherited = _on([], 5, larger=[(RULES.larger_province, province)])
    assert _rules(inherited) == [("IS", "larger-place")]
    assert inherited.sure < _on(province, 5).sure
    assert _on([], 5, larger=[(RULES.larger_province, [holds("M", "IS", 5, partial=True)])]).verdict == "unknown"
    own = _on([holds("M", "Army", 5)], 5, larger=[(RULES.larger_province, province)])
    assert _rules(own) == [("Army", "stated")]


def test_a_source_that_takes_back_its_report_restores_what_it_said_before() -> None:
    """The army's town "fell" and then had not: the army holds it, and the trace names both statements."""
    before = [holds("M", "Army", 0), holds("Other", "Army", 3)]
    fell = took("M", "IS", 10)
    denial = told("M", "IS", LOST, 12, denies=True)
    restored, plain = _on([*before, fell, denial], 15), _on(before, 15)
    assert (restored.verdict, restored.shares, restored.holdings) == (plain.verdict, plain.shares, plain.holdings)
    assert [(w.control, w.by) for w in restored.withdrawn] == [(fell, denial.knowledge_id)]


def test_a_holding_told_with_its_end_was_before_it() -> None:
    """ "The army withdrew on Friday; it had held the town since March", printed on Saturday: nobody holds it on Saturday."""
    left = lost("M", "Army", 10, reported=11, report="r")
    had = replace(holds("M", "Army", 11, report="r"), dated=False)
    assert _on([left, had], 11).verdict == "unknown"
    assert _on([left, had], 9).holdings[0].rule == "stated"
    still = replace(holds("M", "YPG", 11, report="r"), dated=False)
    assert _on([took("M", "IS", 10, partial=True, report="r"), still], 11).verdict == "divided"


def test_nobody_takes_back_what_another_source_said() -> None:
    """The army denies the fall: the monitor's word stands beside it."""
    answer = _on([took("Monitor", "IS", 10), told("Army", "IS", LOST, 11, denies=True)], 12)
    assert answer.withdrawn == ()
    assert answer.party == "IS"


def test_what_a_person_refused_counts_no_more_and_is_shown() -> None:
    """The reason stands beside it."""
    wrong = took("M", "IS", 10)
    answer = _on([holds("M", "Army", 0), wrong], 12, refused={wrong.knowledge_id: "misread: another town"})
    assert answer.party == "Army"
    assert [(w.by, w.reason) for w in answer.withdrawn] == [("decision", "misread: another town")]


_PARTIES = st.sampled_from(["Army", "IS", "YPG"])
_SOURCES = st.sampled_from(["Monitor", "Agency", "Weekly"])


@st.composite
def statements(draw: st.DrawFn) -> Control:
    """Any statement of any source about one place in a hundred days."""
    first = draw(st.one_of(st.none(), st.integers(0, 90)))
    state = draw(st.sampled_from([HELD, LOST, CONTESTED, BESIEGED, RELIEVED]))
    change = first is None or draw(st.booleans())
    span = draw(st.integers(0, 10))
    return told(
        draw(_SOURCES),
        draw(_PARTIES),
        state,
        first,
        (first or 0) + span,
        change=change,
        reported=(first or 0) + span + draw(st.integers(0, 5)),
        partial=draw(st.booleans()),
        hedged=draw(st.booleans()),
    )


_MANY = st.lists(statements(), max_size=14, unique_by=lambda c: c.knowledge_id)


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(_MANY, st.integers(-5, 110), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(many: list[Control], number: int, chance: object) -> None:
    """Statements shuffled, the answer is the same."""
    shuffled = list(many)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _on(shuffled, number) == _on(many, number)


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(_MANY, st.integers(-5, 110))
def test_every_answer_is_between_none_and_sure_and_names_its_evidence(many: list[Control], number: int) -> None:
    """Shares never sum to more than 1, no holding is without a statement, and each statement is one of those given."""
    answer = _on(many, number)
    assert all(0 < h.sure <= 1 for h in answer.holdings)
    assert sum(share for _, share in answer.shares) <= 1.001
    assert all(h.evidence and set(h.evidence) <= set(many) for h in answer.holdings)


@settings(max_examples=200, deadline=None)
@given(_MANY, _SOURCES, _PARTIES, st.integers(0, 90), st.integers(0, 20), st.integers(-5, 110))
def test_a_retraction_restores_the_earlier_state_with_its_trace(
    many: list[Control], source: str, party: str, at: int, later: int, number: int
) -> None:
    """A fall reported and taken back leaves the answer as it was, and stands in the trace."""
    fell = took(source, party, at, reported=at, report="the fall")
    back = told(source, party, LOST, at + later, denies=True, reported=at + later, report="taken back")
    others = [c for c in many if not (c.source == source and c.party == party and c.change and c.state is HELD)]
    before, after = _on(others, number), _on([*others, fell, back], number)
    assert (after.verdict, after.shares, after.holdings) == (before.verdict, before.shares, before.holdings)
    assert fell in [w.control for w in after.withdrawn]


@settings(max_examples=200, deadline=None)
@given(_MANY, st.integers(31, 60), st.integers(0, 29), st.integers(0, 60))
def test_what_a_source_said_before_it_named_another_holder_says_nothing_after(
    many: list[Control], named: int, earlier: int, later: int
) -> None:
    """A source says that YPG held it, then that IS took the whole of it: from then on its older word for YPG counts for nothing,
    whatever was said beside; YPG has of it what it has without that word."""
    took_it = told("Monitor", "IS", HELD, named, change=True)
    beside = [c for c in many if not (c.source == "Monitor" and c.last <= took_it.last) and not c.denies]
    older = told("Monitor", "YPG", HELD, earlier)
    number = named + 1 + later

    def of_ypg(controls: list[Control]) -> list[tuple[str, float]]:
        found = _on(controls, number).holdings
        return [(h.rule, h.sure) for h in found if (h.source, h.party, h.state) == ("Monitor", "YPG", HELD)]

    assert of_ypg([took_it, older, *beside]) == of_ypg([took_it, *beside])
