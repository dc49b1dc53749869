"""Explanations tell what is public and leave everything else open."""

from datetime import date

import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import told

from marsad.model import Step
from marsad.publish.public import PublicStep, PublicValue
from marsad.publish.reasons import CLOSED, Teller
from marsad.publish.statements import tell

FINDINGS = [said.finding() for said in cases.RAQQA_SAID]
TOLD = tell("RAQQA-2014-11-25", FINDINGS, frozenset(), cases.policy())
TELLER = Teller(TOLD, {"Raqqa", None}, {"ucdp"}, cases.policy())


def content(value: PublicValue) -> tuple[object, ...]:
    """Return what fills a gap."""
    return tuple(one for one in (value.number, value.day, value.term, *value.origins, value.words) if one is not None)


def test_public_values_pass_each_as_what_it_is() -> None:
    """Numbers, days, terms, origins by id, and words that the record has already."""
    assert content(TELLER.value("n", 95)) == (95,)
    assert content(TELLER.value("day", "2014-11-25")) == (date(2014, 11, 25),)
    assert content(TELLER.value("kind", "monitor")) == ("monitor",)
    assert content(TELLER.value("policy", "ucdp")) == ("ucdp",)
    assert content(TELLER.value("origin", cases.SOHR.name)) == (TOLD.of_name[cases.SOHR.name],)
    assert content(TELLER.value("place", "Raqqa")) == ("Raqqa",)
    assert content(TELLER.value("party", "Government of Syria, SANA")) == ("Government of Syria, SANA",)
    assert TELLER.value("party", "SANA, Enab Baladi").words_ar == "سانا، عنب بلدي"


def test_a_list_of_origins_is_told_by_id_each_as_it_may_be() -> None:
    """A witness among them stands there by id, not by name."""
    value = TELLER.value("origins", f"{cases.SOHR.name}, {cases.WITNESS.name}")
    assert value.origins == (TOLD.of_name[cases.SOHR.name], TOLD.of_name[cases.WITNESS.name])
    assert value.words is None


@given(st.text(max_size=40))
def test_unknown_words_are_left_open(words: str) -> None:
    """What nobody made public does not pass through an explanation."""
    value = TELLER.value("x", f"{words} hidden-{words}")
    assert content(value) == ()


def test_private_words_are_left_open_even_beside_public_ones() -> None:
    """A secret between two public names spoils the whole value."""
    assert content(TELLER.value("x", f"{cases.SOHR.name}, the man with the red van")) == ()


def test_a_hostile_explanation_is_cut() -> None:
    """A key that is none, a claim that is not told, and depth without end."""
    step = Step("../../etc", {"n": 1}, (FINDINGS[0].claim.claim_id,))
    for _ in range(60):
        step = Step("ucdp.best", {"Weird Name": 5, "n": 2}, (), (step,))
    shown, depth = TELLER.step(step), 0
    assert [value.name for value in shown.values] == ["n"]
    while shown.steps:
        shown, depth = shown.steps[0], depth + 1
    assert depth < 20
    assert TELLER.step(Step("A B")).key == "not_told"


def test_the_closed_lists_hold_terms_alone() -> None:
    """Nothing in them could be somebody's name."""
    assert all(term.isascii() and term == term.lower() and " " not in term for term in CLOSED)


@pytest.mark.parametrize("make", [cases.raqqa, cases.nowhere, cases.fighters])
def test_every_step_points_at_statements_that_are_there(make: object) -> None:
    """An explanation opens to words that the page has."""
    assert callable(make)
    incident = told(make())
    known = {one.id for one in incident.statements}
    steps: list[PublicStep] = [incident.why_grade, *(f.why for f in incident.figures if f.why is not None)]
    while steps:
        step = steps.pop()
        assert set(step.statements) <= known
        steps += step.steps
