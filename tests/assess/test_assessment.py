"""Assessing: a docket to its tolls under every policy, each with a count or a reason why there is none."""

import pytest
from dockets import Told, docket
from hypothesis import given, settings
from hypothesis import strategies as st
from told import GOVERNMENT, MSF, SNHR, SOHR, at_least, children, civilians, fighters, nobody, unknown

from marsad.assess.policies import chosen_policies
from marsad.assess.stage import Assessed, assessed, assessment
from marsad.model import Category, Measure, Standing, Toll, Wrong

BOTH = ("airwars", "ucdp")
INJURED = {"value": 30, "measure": Measure.INJURED}


def assess(*told: Told) -> Assessed:
    [made] = assessed(docket(*told), chosen_policies(BOTH))
    return made


def tolls(made: Assessed, policy: str, measure: Measure = Measure.KILLED) -> dict[Category, Toll]:
    return {t.category: t for t in made.tolls if (t.policy, t.measure) == (policy, measure)}


def test_the_killed_are_always_answered_for() -> None:
    """Total, civilians and fighters stand there under each policy, if only to say that nobody told; nothing else does."""
    made = assess((SOHR[0], INJURED))
    for policy in BOTH:
        found = tolls(made, policy)
        assert set(found) == {Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS}
        assert {t.standing for t in found.values()} == {Standing.NOT_STATED}
        assert {t.count for t in found.values()} == {None}
        assert set(tolls(made, policy, Measure.INJURED)) == {Category.TOTAL}
    assert {t.measure for t in made.tolls} == {Measure.KILLED, Measure.INJURED}


def test_measures_are_never_added() -> None:
    """Killed, injured and "killed and wounded" are three tolls."""
    both = {"value": 56, "measure": Measure.KILLED_OR_INJURED}
    made = assess((SOHR[0], {"value": 12}), (SOHR[0], INJURED), (SNHR[0], both))
    numbers = {t.measure: t.count and t.count.low for t in made.tolls if t.category is Category.TOTAL}
    assert numbers == {Measure.KILLED: 12, Measure.INJURED: 30, Measure.KILLED_OR_INJURED: 56}


def test_a_subset_is_never_added_to_its_whole() -> None:
    """95 killed, 4 children and 52 civilians among them: 95."""
    made = assess((SOHR[0], {"value": 95}), (SOHR[0], children(4)), (SOHR[0], civilians(52)))
    for policy in BOTH:
        count = tolls(made, policy)[Category.TOTAL].count
        assert count is not None
        assert (count.low, count.high) == (95, 95)


def test_tolls_come_in_one_order() -> None:
    """By policy, measure and category as the model lists them, each once."""
    made = assess((SOHR[0], children(4)), (SNHR[0], INJURED), (MSF[0], {"value": 9}))
    keys = [(t.policy, t.measure, t.category) for t in made.tolls]
    order = (list(BOTH), list(Measure), list(Category))
    assert keys == sorted(set(keys), key=lambda k: [names.index(part) for names, part in zip(order, k, strict=True)])  # type: ignore[attr-defined]


def test_an_unknown_policy_is_refused() -> None:
    """The message names the policies that there are."""
    with pytest.raises(Wrong, match="airwars, ucdp"):
        assessment(["ucdp", "undp"])


def test_the_version_names_the_policies() -> None:
    """Other policies, other version: what was assessed with them is assessed again."""
    assert assessment(["ucdp"]).version != assessment(["ucdp", "airwars"]).version


NAMES = st.sampled_from([SOHR[0], SNHR[0], MSF[0], GOVERNMENT, "activists", "Abu Somebody"])
NUMBERS = st.integers(0, 20)
CLAIMS = st.one_of(
    NUMBERS.map(lambda n: {"value": n}),
    NUMBERS.map(at_least),
    NUMBERS.map(civilians),
    NUMBERS.map(fighters),
    NUMBERS.map(children),
    st.just(nobody()),
    st.just(unknown()),
    st.just(unknown(status="combatant")),
    st.just(INJURED),
)


@settings(max_examples=150)
@given(st.lists(st.tuples(NAMES, CLAIMS), max_size=7))
def test_tolls_are_in_order_consistent_and_explained(told: list[Told]) -> None:
    """low <= best <= high; every part within its total; every count explained by counted claims; silence is no zero."""
    made = assess(*told)
    claims = {w.heard.claim.claim_id for w in docket(*told).weighed}
    for policy in BOTH:
        for measure in {t.measure for t in made.tolls}:
            found = tolls(made, policy, measure)
            whole = found[Category.TOTAL].count
            for toll in found.values():
                named = {c for step in toll.why.walk() for c in step.claims}
                assert named <= claims
                assert toll.count is None or named
                silent = toll.standing in (Standing.NOT_STATED, Standing.STATED_UNKNOWN)
                assert toll.count is not None or silent
                if toll.count is not None:
                    assert whole is not None
                    assert whole.high is not None
                    assert toll.count.high is not None
                    assert toll.count.high <= whole.high
            sides = [found[c].count for c in (Category.CIVILIANS, Category.COMBATANTS) if c in found]
            if whole is not None and whole.high is not None:
                assert sum(c.low for c in sides if c is not None) <= whole.high
                assert whole.best is None or sum(c.best or 0 for c in sides if c is not None) <= whole.best


def test_a_toll_says_how_many_origins_speak_of_it() -> None:
    """Three origins give a total, one of them civilians."""
    made = assess(
        (SOHR[0], {"value": 95}), (SOHR[0], civilians(52)), (SNHR[0], {"value": 120}), (MSF[0], {"value": 80})
    )
    found = tolls(made, "ucdp")
    assert (found[Category.TOTAL].origins, found[Category.CIVILIANS].origins, made.origins) == (3, 1, 3)
