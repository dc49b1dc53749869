"""How well an incident is attested: each grade, its inputs, and the order in which they are tried."""

from typing import Any

import pytest
from dockets import Told, docket
from hypothesis import given, settings
from hypothesis import strategies as st
from told import GOVERNMENT, MSF, SNHR, SOHR, civilians, fighters, nobody, unknown

from marsad.assess.grading import grade_of, independent
from marsad.model import Grade, Modality, OriginKind, Role

REBELS = "Islamic State"
TWELVE: dict[str, Any] = {"value": 12}


def grade(*told: Told, **given_: Any) -> Grade:
    return grade_of(docket(*told, **given_))[0]


def test_one_source_is_weak_two_are_fair() -> None:
    """Two independent credible sources and an attack by somebody: fair. One: weak. Two of which one is a party: weak."""
    assert grade((SOHR[0], TWELVE)) is Grade.WEAK
    assert grade((SOHR[0], TWELVE), (SNHR[0], TWELVE)) is Grade.FAIR
    assert grade((SOHR[0], TWELVE), (GOVERNMENT, {**fighters(3)})) is Grade.WEAK


def test_two_sources_without_any_attack_are_weak() -> None:
    """Nobody says by whom or with what: deaths alone are not attributed harm."""
    assert grade((SOHR[0], TWELVE), (SNHR[0], TWELVE), perpetrator=None, weapon=None) is Grade.WEAK
    assert grade((SOHR[0], TWELVE), (SNHR[0], TWELVE), perpetrator=None) is Grade.FAIR


def test_two_parties_accused_by_different_origins_are_contested() -> None:
    """One monitor names the government, another the rebels."""
    told = ((SOHR[0], TWELVE), (SNHR[0], {**TWELVE, "perpetrator": REBELS}))
    found, why = grade_of(docket(*told))
    assert found is Grade.CONTESTED
    assert why.values == {"parties": f"{GOVERNMENT}, {REBELS}"}


def test_one_origin_in_doubt_is_no_contest() -> None:
    """The same monitor names both: its own doubt. A second origin that names one of them: still no contest between them."""
    both = ((SOHR[0], TWELVE), (SOHR[0], {"value": 9, "perpetrator": REBELS}))
    assert grade(*both) is Grade.WEAK


def test_an_admission_confirms() -> None:
    """The accused accepts that civilians were killed, be the rest weak."""
    assert grade((SOHR[0], TWELVE), (GOVERNMENT, civilians(2))) is Grade.CONFIRMED
    assert grade((GOVERNMENT, civilians(2))) is Grade.CONFIRMED


@pytest.mark.parametrize("told", [fighters(12), nobody(), {**civilians(2), "modality": Modality.REPORTED}, unknown()])
def test_other_words_of_the_accused_confirm_nothing(told: dict[str, Any]) -> None:
    """Fighters, nobody, a hedge, or not knowing is no admission of harm to civilians."""
    assert grade((SOHR[0], TWELVE), (GOVERNMENT, told)) is not Grade.CONFIRMED


def test_another_party_admits_nothing_for_the_accused() -> None:
    """Only who is accused can accept responsibility."""
    assert grade((SOHR[0], TWELVE), (REBELS, civilians(2))) is Grade.WEAK


def test_fighters_alone_are_discounted() -> None:
    """Every origin says that all of the dead were fighters: no civilian harm; one that does not say so ends it."""
    assert grade((SOHR[0], fighters(12)), (SNHR[0], fighters(9))) is Grade.DISCOUNTED
    assert grade((SOHR[0], fighters(12)), (SNHR[0], TWELVE)) is not Grade.DISCOUNTED
    assert grade((SOHR[0], fighters(12)), (SOHR[0], civilians(1))) is not Grade.DISCOUNTED
    assert grade((SOHR[0], TWELVE), (SOHR[0], fighters(12))) is Grade.DISCOUNTED


def test_what_the_attacker_says_of_its_victims_discounts_nothing() -> None:
    """The army's "dozens of terrorists" is the claim of a party, not evidence: alone it leaves the incident weak."""
    assert grade((GOVERNMENT, fighters(40))) is Grade.WEAK


def test_a_person_s_grade_comes_before_every_rule() -> None:
    """The latest decision on any claim of the incident stands."""
    early = {"grade": {"grade": "fair", "at": "2015-01-01T00:00:00+00:00"}}
    late = {"grade": {"grade": "discounted", "at": "2015-02-01T00:00:00+00:00"}}
    told = ((SOHR[0], {**TWELVE, "decided": late}), (SNHR[0], {**TWELVE, "decided": early}))
    assert grade(*told) is grade(*told[::-1]) is Grade.DISCOUNTED


def test_a_grade_names_its_inputs() -> None:
    """Origins and claims behind a grade are in its explanation."""
    made = docket((SOHR[0], TWELVE), (MSF[0], {"value": 9}))
    _, why = grade_of(made)
    assert why.values["n"] == 2
    assert set(why.claims) == {w.heard.claim.claim_id for w in made.weighed}


def test_corroboration_counts_origins_that_give_a_number() -> None:
    """Copies, context and "nobody knows" corroborate nothing; a zero does."""
    made = docket(
        (SOHR[0], TWELVE),
        (SOHR[0], civilians(3)),
        (SNHR[0], unknown()),
        (MSF[0], {**TWELVE, "role": Role.COPY}),
        ("United Nations", nobody()),
    )
    assert independent(made) == [SOHR[0], "United Nations"]


def test_parties_are_one_voice_where_nobody_else_speaks() -> None:
    """Both sides speak and nobody else: one. A monitor speaks too: the monitor alone."""
    parties = ((GOVERNMENT, TWELVE), (REBELS, {"value": 30}))
    assert independent(docket(*parties)) == [GOVERNMENT]
    assert independent(docket(*parties, (SOHR[0], TWELVE))) == [SOHR[0]]


NAMES = st.sampled_from([SOHR[0], SNHR[0], MSF[0], GOVERNMENT, REBELS, "activists", "Abu Somebody"])
TOLD = st.lists(st.tuples(NAMES, st.sampled_from([TWELVE, civilians(3), fighters(9), nobody(), unknown()])), max_size=6)


@settings(max_examples=150)
@given(TOLD, NAMES, st.sampled_from([TWELVE, civilians(3), nobody()]))
def test_one_more_counted_origin_never_lowers_corroboration(told: list[Told], name: str, one: dict[str, Any]) -> None:
    """Whoever spoke before, and whoever speaks now."""
    before, after = independent(docket(*told)), independent(docket(*told, (name, one)))
    assert len(after) >= len(before)
    kinds = [w.fold.origin.kind for w in docket(*told, (name, one)).weighed]
    assert after == [] or len(after) <= max(1, sum(kind is not OriginKind.PARTY for kind in kinds))
