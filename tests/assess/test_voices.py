"""What one origin says, solved: every number of people that fits its words is within the bounds, and few others are."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from dockets import docket
from hypothesis import given, settings
from hypothesis import strategies as st
from told import SNHR, SOHR, at_least, children, civilians, fighters, nobody, unknown

from marsad.assess.voices import Said, Voice, closed, solve, voices_of
from marsad.model import Bound, Category, Count, Group, Measure, Origin, OriginKind, Role, Standing, Status

TOTAL, CIVILIANS, COMBATANTS, CHILDREN = Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS, Category.CHILDREN
HALF = {"value": None, "low": 48, "high": 95, "bound": Bound.FRACTION, "derived": True, "text": "more than half"}


def said(*told: Mapping[str, Any]) -> dict[Category, tuple[int, int | None, int | None]]:
    """Return low, best and high of each category that one origin speaks of."""
    [voice] = voices_of(docket(*[(SOHR[0], one) for one in told]), Measure.KILLED)
    counts = {category: closed(word) for category, word in voice.said.items()}
    return {category: (c.low, c.best, c.high) for category, c in counts.items()}


def test_more_than_half_of_ninety_five() -> None:
    """95 killed, more than half civilians, fighters unknown: civilians 48–95, fighters 0–47."""
    half = {**HALF, "status": Status.CIVILIAN}
    found = said({"value": 95}, half, unknown(status=Status.COMBATANT))
    assert found == {TOTAL: (95, 95, 95), CIVILIANS: (48, None, 95), COMBATANTS: (0, None, 47)}


def test_half_alone_leaves_the_rest() -> None:
    """Without a word on fighters they are what the total leaves: 0–47, derived and not stated."""
    [voice] = voices_of(
        docket((SOHR[0], {"value": 95}), (SOHR[0], {**HALF, "status": Status.CIVILIAN})), Measure.KILLED
    )
    rest = voice.said[COMBATANTS]
    assert (rest.low, rest.high, rest.standing) == (0, 47, Standing.DERIVED)
    assert voice.said[CIVILIANS].standing is Standing.DERIVED
    assert {step.rule for step in rest.steps} == {"arithmetic.rest-of-total"}


def test_fighters_told_leave_the_civilians() -> None:
    """43 of 95 were fighters: at most 52 were civilians; nobody said that the rest were."""
    assert said({"value": 95}, fighters(43))[CIVILIANS] == (0, None, 52)


def test_parts_that_exceed_their_total_widen_it() -> None:
    """12 killed, 9 civilians, 8 fighters: 17, and the step says so; nothing that was stated is thrown away."""
    [voice] = voices_of(docket(*[(SOHR[0], one) for one in ({"value": 12}, civilians(9), fighters(8))]), Measure.KILLED)
    assert {c: (closed(s).low, closed(s).high) for c, s in voice.said.items()} == {
        TOTAL: (17, 17),
        CIVILIANS: (9, 9),
        COMBATANTS: (8, 8),
    }
    assert [s.rule for s in voice.said[TOTAL].steps] == ["arithmetic.parts-exceed-total"]


def test_an_open_total_is_raised_by_its_parts() -> None:
    """ "At least 12", of whom 9 civilians and 8 fighters: at least 17, which contradicts nobody."""
    [voice] = voices_of(docket(*[(SOHR[0], one) for one in (at_least(12), civilians(9), fighters(8))]), Measure.KILLED)
    assert closed(voice.said[TOTAL]) == Count(17, 17, 17)
    assert [s.rule for s in voice.said[TOTAL].steps] == ["arithmetic.total-holds-parts"]


def test_at_least_counts_as_the_number_said() -> None:
    """ "At least 95" has no upper end in words; as a figure it is 95, and its parts are bounded by it."""
    found = said(at_least(95), {**civilians(52), "bound": Bound.AT_LEAST})
    assert found == {TOTAL: (95, 95, 95), CIVILIANS: (52, 52, 95), COMBATANTS: (0, None, 43)}


def test_more_than_counts_from_the_next_number() -> None:
    """ "More than 300" is 301 at least, and 301 where one number is wanted."""
    assert said({"value": 300, "low": 301, "bound": Bound.MORE_THAN}) == {TOTAL: (301, 301, 301)}


def test_at_most_counts_from_nought() -> None:
    """ "Up to 20" sets an upper end and names no best figure."""
    assert said({"value": 20, "low": None, "high": 20, "bound": Bound.AT_MOST}) == {TOTAL: (0, None, 20)}


def test_one_part_without_a_total_says_nothing_of_the_others() -> None:
    """ "12 civilians were killed": 12 in all at least; of fighters nothing is known, above all no zero."""
    assert said(civilians(12)) == {TOTAL: (12, 12, 12), CIVILIANS: (12, 12, 12)}


def test_a_range_of_one_part_reaches_the_total() -> None:
    """12 to 20 civilians: the total is 12 to 20, nothing cut off."""
    found = said(
        {"value": None, "low": 12, "high": 20, "bound": Bound.RANGE, "status": Status.CIVILIAN, "text": "12 to 20"}
    )
    assert found == {TOTAL: (12, None, 20), CIVILIANS: (12, None, 20)}


def test_children_and_women_are_parts_of_the_total() -> None:
    """Seven in all where three women and four children were counted; more children than parts told raise it further."""
    women = {"value": 3, "group": Group.WOMEN, "text": "3 women"}
    assert said(women, children(4))[TOTAL] == (7, 7, 7)
    assert said(civilians(5), fighters(3), children(12))[TOTAL] == (12, 12, 12)


def test_that_nobody_knows_is_no_zero() -> None:
    """Unknown in all: nothing bounds it; with twelve civilians told, at least twelve."""
    [voice] = voices_of(docket((SOHR[0], unknown())), Measure.KILLED)
    assert closed(voice.said[TOTAL]) == Count(0, None, None)
    assert said(unknown(), civilians(12))[TOTAL] == (12, 12, 12)


def test_none_is_a_number() -> None:
    """ "Nobody was killed" is stated, and is nought."""
    assert said(nobody()) == {TOTAL: (0, 0, 0)}


def test_a_number_outweighs_vague_words_shares_and_unknowns() -> None:
    """Of "52 civilians", "more than half" and "nobody knows" the first is what the origin stands by."""
    share, vague = {**HALF, "status": Status.CIVILIAN}, {"value": None, "low": 200, "high": 999, "bound": Bound.VAGUE}
    assert said({"value": 95}, share, civilians(52), unknown(status=Status.CIVILIAN))[CIVILIANS] == (52, 52, 52)
    assert said(vague, {"value": 95})[TOTAL] == (95, 95, 95)


def test_only_what_is_counted_is_heard() -> None:
    """Copies, context and other measures do not speak; each origin speaks once, in the order of names."""
    made = docket(
        (SOHR[0], {"value": 95}),
        (SNHR[0], {"value": 120}),
        (SNHR[0], {"value": 500, "role": Role.CONTEXT}),
        (SOHR[0], {"value": 30, "measure": Measure.INJURED}),
    )
    voices = voices_of(made, Measure.KILLED)
    assert [(v.origin.name, closed(v.said[TOTAL]).low) for v in voices] == [(SNHR[0], 120), (SOHR[0], 95)]


def test_a_part_without_a_name_is_no_category() -> None:
    """ "Twenty bodies could not be identified" is part of a total and says neither who they were nor a total."""
    assert said({"value": 95}, {"value": 20, "part_of": "x"}) == {TOTAL: (95, 95, 95)}


def test_a_lone_part_without_a_name_says_nothing() -> None:
    """Where its total is not counted, such a part must not be taken for one."""
    [voice] = voices_of(docket((SOHR[0], {"value": 20, "part_of": "x"})), Measure.KILLED)
    assert voice.said == {}


def test_unknown_fighters_leave_the_civilians_untold() -> None:
    """ "Nobody knows how many fighters died" says nothing of civilians: no 0–95 is made up for them."""
    assert set(said({"value": 95}, unknown(status=Status.COMBATANT))) == {TOTAL, COMBATANTS}


# --- against every possible solution --------------------------------------------------------------------------------

ENDS = st.none() | st.integers(0, 6)
KNOWN = st.sampled_from([Standing.STATED, Standing.DERIVED, Standing.STATED_UNKNOWN])


@st.composite
def words(draw: st.DrawFn) -> Said | None:
    """Return one word of an origin on a category, None where it says nothing."""
    if draw(st.booleans()):
        return None
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    standing = Standing.STATED_UNKNOWN if low is None and high is None else draw(KNOWN)
    return Said(low, high, low if standing is Standing.STATED else None, standing, ())


def solutions(total: Said, civilian: Said | None, fighter: Said | None) -> set[tuple[int, int, int]]:
    """Return every (total, civilians, fighters) that fits the words; an open total ends with the number said."""
    ends = [(w.floor if w else 0, w.high if w and w.high is not None else 99) for w in (civilian, fighter)]
    (c_low, c_high), (f_low, f_high) = ends
    return {
        (t, c, f)
        for t, c, f in product(range(total.floor, total.top + 1), range(14), range(14))
        if c + f <= t and c_low <= c <= c_high and f_low <= f <= f_high
    }


@settings(max_examples=300)
@given(words(), words(), words())
def test_the_bounds_hold_every_solution_and_touch_them(
    total: Said | None, civilian: Said | None, fighter: Said | None
) -> None:
    """By enumeration: where the words can be true together, each interval is exactly what they allow."""
    if total is None or not total.bounded:
        return
    every = solutions(total, civilian, fighter)
    voice = _voice(total, civilian, fighter)
    if every:
        for number, category in enumerate((TOTAL, CIVILIANS, COMBATANTS)):
            if category in voice.said:
                found = closed(voice.said[category])
                values = [one[number] for one in every]
                assert (found.low, found.high) == (min(values), max(values)), category


@settings(max_examples=300)
@given(words(), words(), words(), words())
def test_the_bounds_agree_and_keep_what_was_stated(
    total: Said | None, civilian: Said | None, fighter: Said | None, child: Said | None
) -> None:
    """Whatever was said: intervals are in order, the total holds its parts, no stated minimum is lowered."""
    before = [s.floor if s else 0 for s in (total, civilian, fighter, child)]
    voice = _voice(total, civilian, fighter, child)
    counts = {category: closed(word) for category, word in voice.said.items() if word.bounded}
    whole = counts.get(TOTAL)
    if whole is None:
        return
    assert whole.high is not None
    sides = [counts[c].low for c in (CIVILIANS, COMBATANTS) if c in counts]
    assert sum(sides) <= whole.low or sum(sides) <= whole.high
    for count in counts.values():
        assert count.high is not None
        assert count.high <= whole.high
    for floor, category in zip(before, (TOTAL, CIVILIANS, COMBATANTS, CHILDREN), strict=True):
        assert floor <= (counts[category].low if category in counts else floor)


def _voice(*told: Said | None) -> Voice:
    order = (TOTAL, CIVILIANS, COMBATANTS, CHILDREN)
    voice = Voice(Origin("X", OriginKind.MONITOR), date(2014, 11, 26))
    for category, word in zip(order, told, strict=False):
        if word is not None:
            voice.said[category] = Said(word.low, word.high, word.best, word.standing, word.claims)
    solve(voice)
    return voice


@pytest.mark.parametrize("floor", [0, 3])
def test_a_word_is_closed_in_order(floor: int) -> None:
    """Closing never makes an impossible count, even where the best figure lies outside."""
    assert closed(Said(floor, floor + 2, 99, Standing.STATED, ())) == Count(floor, floor + 2, floor + 2)
